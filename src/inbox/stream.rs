//! The inbox over one stream: leases and answers as in single calls, and never more leases at a time
//! than the client can work on.

use std::collections::HashMap;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tonic::{Status, Streaming};

use super::service::{InboxDesk, LOOK_EVERY};
use super::{Answered, wire};
use crate::access::Caller;
use crate::changes::{Messages, VALIDITY, send_patiently, streamed, unreadable};
use crate::error::{Reason, Result};
use crate::lanes::Receipt;
use crate::proto::{self, stream_tasks_request::Message, stream_tasks_response::Event};
use crate::wire::timestamp;

/// What the first message asks for.
pub struct Open {
    /// How many leases at most are held at a time.
    pub leases_max: usize,
    /// For how long.
    pub time: Duration,
    /// How often to hear that nothing has happened.
    pub heartbeat: Duration,
}

/// Reads the first message, and begins to hand tasks out.
pub async fn open(
    desk: InboxDesk,
    caller: Caller,
    mut requests: Streaming<proto::StreamTasksRequest>,
) -> Result<Messages<proto::StreamTasksResponse>, Status> {
    let first = requests.message().await?.unwrap_or_default();
    let open = wire::open(first)?;
    Ok(streamed(move |send| {
        Stream { desk, caller, open, requests, send, held: HashMap::new() }.run()
    }))
}

struct Stream {
    desk: InboxDesk,
    caller: Caller,
    open: Open,
    requests: Streaming<proto::StreamTasksRequest>,
    send: mpsc::Sender<proto::StreamTasksResponse>,
    /// Leases that were handed out here and not answered yet, and when they end. What is answered
    /// beside the stream counts until then.
    held: HashMap<String, OffsetDateTime>,
}

impl Stream {
    async fn run(mut self) -> Result<()> {
        let changes = self.desk.changes.clone();
        let stop = self.caller.leaving.0.clone();
        let mut head = changes.hub.head(self.caller.environment);
        let mut beats = interval(self.open.heartbeat);
        beats.reset();
        let mut checks = interval(VALIDITY);
        checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut listens = self.tell(Event::Opened(wire::opened(&self.open))).await?;
        while listens {
            head.mark_unchanged();
            listens = self.hand_out().await?;
            tokio::select! {
                said = self.requests.message() => match said {
                    Ok(Some(said)) => listens &= self.answer(said).await?,
                    // Its leases run out like all others.
                    Ok(None) => return Ok(()),
                    Err(status) => return unreadable(&status),
                },
                _ = head.changed() => {}
                // A task that waits for its time, or a lease that ends, shows in no commit.
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = beats.tick() => {
                    let server_time = Some(timestamp(OffsetDateTime::now_utc()));
                    let leased = self.held.len() as i32;
                    let beat = proto::TaskStreamHeartbeat { server_time, leased };
                    listens &= self.tell(Event::Heartbeat(beat)).await?;
                }
                _ = checks.tick() => changes.still_welcome(&self.caller).await?,
                () = self.send.closed() => return Ok(()),
                () = stop.cancelled() => {
                    let retry_delay = Some(prost_types::Duration { seconds: 1, nanos: 0 });
                    self.tell(Event::GoingAway(proto::GoingAway { retry_delay })).await?;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// `false` where nobody listens any more.
    async fn tell(&mut self, event: Event) -> Result<bool> {
        let message = proto::StreamTasksResponse { event: Some(event) };
        send_patiently(&self.send, &self.caller.leaving.0, message).await
    }

    /// What there is, as far as there is room; `false` where nobody listens any more.
    async fn hand_out(&mut self) -> Result<bool> {
        loop {
            let now = self.desk.now();
            self.held.retain(|_, until| now < *until);
            let room = self.open.leases_max.saturating_sub(self.held.len());
            if room == 0 {
                return Ok(true);
            }
            let leased = self.desk.lease(&self.caller, room, self.open.time).await?;
            let Some(Receipt { answer, revision, .. }) = leased else { return Ok(true) };
            let until = now + self.open.time;
            self.held.extend(answer.iter().map(|it| (it.to_string(), until)));
            let tasks = self.desk.told(self.caller.environment, answer).await?;
            let tasks = Event::Tasks(proto::LeaseTasksResponse { tasks, revision });
            if !self.tell(tasks).await? {
                return Ok(false);
            }
        }
    }

    /// The same as the single call of this name; `false` where nobody listens any more.
    async fn answer(&mut self, said: proto::StreamTasksRequest) -> Result<bool> {
        let proto::StreamTasksRequest { number, message } = said;
        let (leases, extended, answered) = match message {
            None => (vec![], None, Err(wire::no_answer(None))),
            Some(Message::Open(it)) => (vec![], None, Err(wire::no_answer(Some(&it)))),
            Some(Message::Acknowledge(it)) => {
                let leases = it.tasks.iter().map(|it| it.lease.clone()).collect();
                (leases, None, self.desk.acknowledge(&self.caller, it).await)
            }
            Some(Message::Defer(it)) => {
                let leases = it.tasks.iter().map(|it| it.lease.clone()).collect();
                (leases, None, self.desk.defer(&self.caller, it).await)
            }
            Some(Message::Refuse(it)) => {
                let leases = it.tasks.iter().map(|it| it.lease.clone()).collect();
                (leases, None, self.desk.refuse(&self.caller, it).await)
            }
            Some(Message::Extend(it)) => {
                let (leases, time) = (it.leases.clone(), wire::extension(&it).ok());
                (leases, time, self.desk.extend(&self.caller, it).await)
            }
        };
        let mut told = proto::TaskStreamResults { number, ..Default::default() };
        match answered {
            Err(refusal) => told.problem = Some(refusal.into()),
            Ok((answers, revision)) => {
                leases.iter().zip(&answers).for_each(|(lease, it)| self.note(lease, it, extended));
                (told.results, told.revision) = (wire::results(answers), revision);
            }
        }
        self.tell(Event::Results(told)).await
    }

    /// Whether a lease is still held after its answer, and until when.
    fn note(&mut self, lease: &str, answered: &Answered, extended: Option<Duration>) {
        use Reason::{LeaseSuperseded, NotFound};
        match (answered, extended) {
            (Answered::Refused(it), _) if !matches!(it.reason, LeaseSuperseded | NotFound) => {}
            (Answered::Applied, Some(time)) => {
                let until = self.desk.now() + time;
                // One that ended here is not ours to count again.
                self.held.entry(lease.to_owned()).and_modify(|it| *it = until);
            }
            _ => drop(self.held.remove(lease)),
        }
    }
}
