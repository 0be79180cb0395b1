use std::collections::VecDeque;
use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tonic::{Status, Streaming};

use super::{Batch, Done, Finish, Open, Upload, UploadKey};
use crate::access::Caller;
use crate::books::{Command, Said};
use crate::changes::{Changes, Messages, VALIDITY, send_patiently, streamed, unreadable};
use crate::error::{Reason, Refusal, Result};
use crate::id::RequestId;
use crate::lanes::{Lane, Lanes, Receipt, Submitted};

/// Batches that may be on their way; more are not read, and HTTP/2 holds the sender back.
pub const UNACKNOWLEDGED_MAX: usize = 8;
/// How long an open upload may say nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// One slice's side of an upload: what its batches are, and how it says things.
pub trait Push: Send + Sync + 'static {
    /// What the client says.
    type Request: Send + 'static;
    /// What the server says.
    type Response: Send + 'static;
    /// What became of a row that was not done.
    type Row: Serialize + DeserializeOwned + Send + 'static;
    /// What a batch does.
    type Rows: Said + Command<Answer = Done<Self::Row>>;

    /// Reads what the client says.
    fn hear(&self, request: Self::Request) -> Result<Word<Self::Rows>>;

    /// Says something to the client.
    fn tell(event: Event<Self::Row>) -> Self::Response;
}

/// What a client says while it uploads.
pub enum Word<C> {
    /// It opens.
    Open(RequestId),
    /// Some rows, and their number.
    Batch(i64, C),
    /// There are no more.
    Finish,
}

/// What a client is told while it uploads.
pub enum Event<R> {
    /// The upload is open, so far.
    Opened(Upload),
    /// A batch was done.
    Acknowledged(i64, Receipt<Done<R>>),
    /// All was.
    Finished(Upload),
    /// This server stops.
    GoingAway(Duration),
}

/// Opens an upload, and takes in what follows.
pub async fn push<P: Push>(
    slice: P,
    (lanes, changes): (&Lanes, &Changes),
    caller: Caller,
    mut requests: Streaming<P::Request>,
) -> Result<Messages<P::Response>, Status> {
    let first = requests.message().await?;
    let Some(Word::Open(id)) = first.map(|it| slice.hear(it)).transpose()? else {
        return Err(Refusal::field("open", "must come first").into());
    };
    let key = UploadKey { system: caller.system.clone(), id };
    let lane = lanes.of(caller.environment);
    let changes = changes.clone();
    Ok(streamed(move |send| {
        let on_its_way = VecDeque::new();
        Stream { slice, lane, changes, caller, key, requests, send, on_its_way }.run()
    }))
}

struct Stream<P: Push> {
    slice: P,
    lane: Lane,
    changes: Changes,
    caller: Caller,
    key: UploadKey,
    requests: Streaming<P::Request>,
    send: mpsc::Sender<P::Response>,
    on_its_way: VecDeque<(i64, Submitted<Done<P::Row>>)>,
}

impl<P: Push> Stream<P> {
    async fn run(mut self) -> Result<()> {
        let stop = self.changes.hub.stopping().clone();
        let mut checks = interval(VALIDITY);
        checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let opened = self.lane.run(Open(self.key.clone())).await?.answer;
        let mut last = opened.last_batch_number;
        if !self.tell(Event::Opened(opened)).await? {
            return Ok(());
        }
        let mut patience = Box::pin(tokio::time::sleep(PATIENCE));
        loop {
            let has_room = self.on_its_way.len() < UNACKNOWLEDGED_MAX;
            tokio::select! {
                answered = first(&mut self.on_its_way) => {
                    let (number, receipt) = answered?;
                    last = last.max(number);
                    if !self.tell(Event::Acknowledged(number, receipt)).await? {
                        return Ok(());
                    }
                    patience.as_mut().reset(tokio::time::Instant::now() + PATIENCE);
                }
                said = self.requests.message(), if has_room => {
                    let said = match said {
                        Ok(Some(said)) => said,
                        // It broke, or it has no more to say now: what was read is done and answered, and
                        // the upload stays open.
                        Ok(None) => return self.answer_all().await.map(|_| ()),
                        Err(status) => return unreadable(&status),
                    };
                    patience.as_mut().reset(tokio::time::Instant::now() + PATIENCE);
                    match self.slice.hear(said)? {
                        Word::Batch(number, rows) => {
                            let batch = Batch::new(self.key.clone(), number, rows)?;
                            self.on_its_way.push_back((number, self.lane.submit(batch)?));
                        }
                        Word::Finish => return self.finish().await,
                        Word::Open(_) => return Err(Refusal::field("open", "must come once")),
                    }
                }
                () = &mut patience, if self.on_its_way.is_empty() => return Err(self.idle(last)),
                _ = checks.tick() => self.changes.still_welcome(&self.caller).await?,
                () = self.send.closed() => return Ok(()),
                () = stop.cancelled() => return self.go_away().await,
            }
        }
    }

    /// `false` where nobody listens any more.
    async fn tell(&self, event: Event<P::Row>) -> Result<bool> {
        send_patiently(&self.send, self.changes.hub.stopping(), P::tell(event)).await
    }

    /// Answers what is on its way; `false` where nobody listens any more.
    async fn answer_all(&mut self) -> Result<bool> {
        while !self.on_its_way.is_empty() {
            let (number, receipt) = first(&mut self.on_its_way).await?;
            if !self.tell(Event::Acknowledged(number, receipt)).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn finish(mut self) -> Result<()> {
        // What is on its way stands before it in the lane.
        let finished = self.lane.submit(Finish(self.key.clone()))?;
        if self.answer_all().await? {
            let finished = finished.answer().await?.answer;
            self.tell(Event::Finished(finished)).await?;
        }
        Ok(())
    }

    async fn go_away(mut self) -> Result<()> {
        if self.answer_all().await? {
            self.tell(Event::GoingAway(Duration::from_secs(1))).await?;
        }
        Ok(())
    }

    fn idle(&self, last: i64) -> Refusal {
        let id = &self.key.id;
        let message = format!(
            "upload \"{id}\" said nothing for {} s; open it again when there is more, and go on behind batch {last}",
            PATIENCE.as_secs()
        );
        Refusal::new(Reason::UploadIdle, message)
            .with("upload_id", id)
            .with("last_batch_number", last)
            .after(Duration::from_secs(1))
    }
}

/// The answer to the oldest batch on its way; never, where there is none.
async fn first<R: Send + 'static>(
    on_its_way: &mut VecDeque<(i64, Submitted<Done<R>>)>,
) -> Result<(i64, Receipt<Done<R>>)> {
    let Some((number, submitted)) = on_its_way.front_mut() else {
        return std::future::pending().await;
    };
    let (number, answered) = (*number, submitted.answered().await);
    on_its_way.pop_front();
    Ok((number, answered?))
}
