use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use time::OffsetDateTime;
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::token::Position;
use super::wire::{Read, Start, Watch, is_expired};
use super::{Changes, Event, Feed, Page, Reader};
use crate::access::Caller;
use crate::error::{Reason, Refusal, Result};
use crate::proto;
use crate::wire::timestamp;

/// A stream of messages, as tonic takes it.
pub type Messages<M> = Pin<Box<dyn Stream<Item = Result<M, Status>> + Send>>;

/// How long a reader may accept nothing.
const PATIENCE: Duration = Duration::from_secs(30);
/// Messages that wait for a reader at most.
const WAITING_MAX: usize = 4;
/// How often an open stream asks whether its token is still good.
const VALIDITY: Duration = Duration::from_secs(2);
const CHUNK: i64 = 500;
/// A message is closed once it is so large; one entry may be larger.
const MESSAGE_BYTES: usize = 512 * 1024;

impl Changes {
    /// Streams a snapshot and changes, until the reader, the server or the token ends it.
    pub async fn watch<F: Feed>(
        &self,
        caller: Caller,
        feed: F,
        filter: F::Filter,
        watch: Watch,
    ) -> Result<Messages<F::Message>> {
        let reader = self.reader(&caller, feed, filter, &watch).await?;
        let (send, messages) = mpsc::channel(WAITING_MAX);
        let end = Arc::new(Mutex::new(None));
        let told = end.clone();
        let changes = self.clone();
        tokio::spawn(async move {
            let sender = Sender { send, sequence: 0 };
            let Watch { heartbeat, .. } = watch;
            let ended = run(changes, caller, reader, sender, heartbeat).await;
            *told.lock().unwrap_or_else(PoisonError::into_inner) = ended.err();
        });
        // The channel closes after the reason was noted, so it is there to be told last.
        let last =
            stream::once(async move { end.lock().unwrap_or_else(PoisonError::into_inner).take() });
        let last = last.filter_map(|it| async move { it.map(|it| Err(Status::from(it))) });
        Ok(Box::pin(ReceiverStream::new(messages).map(Ok).chain(last)))
    }

    /// The unary twin of a watch: one page, waited for if there is none.
    pub async fn read<F: Feed>(
        &self,
        caller: Caller,
        feed: F,
        filter: F::Filter,
        read: Read,
    ) -> Result<ReadPage<F::Entry>> {
        let Read { start, snapshot_if_expired, page_size, wait } = read;
        let watch = Watch { start, heartbeat: Duration::ZERO, snapshot_if_expired };
        let mut head = self.hub.head(caller.environment);
        let mut reader = self.reader(&caller, feed, filter, &watch).await?;
        let deadline = tokio::time::Instant::now() + wait;
        loop {
            let (entries, snapshot, revision, more) = match reader.next(page_size).await? {
                // An empty page would tell nothing.
                Page::Begin { .. } => continue,
                Page::Chunk(entries) => (entries, true, 0, true),
                Page::End { .. } => (Vec::new(), true, 0, true),
                Page::Changes { entries, revision, is_head, .. } => {
                    let waits = entries.is_empty() && is_head;
                    let stop = self.hub.stopping();
                    if waits {
                        tokio::select! {
                            true = moved_beyond(&mut head, revision) => continue,
                            () = tokio::time::sleep_until(deadline) => (),
                            () = stop.cancelled() => (),
                        }
                    }
                    (entries, false, revision, !is_head)
                }
            };
            let resume_token = reader.token()?;
            return Ok(ReadPage { entries, resume_token, revision, snapshot, more });
        }
    }

    async fn reader<F: Feed>(
        &self,
        caller: &Caller,
        feed: F,
        filter: F::Filter,
        watch: &Watch,
    ) -> Result<Reader<F>> {
        let mut reader = Reader::new(self, feed, filter, caller.environment)?;
        match &watch.start {
            Start::Snapshot => (),
            Start::Now => reader.begin_now().await?,
            Start::Token(token) => match reader.resume(token).await {
                Err(refusal) if watch.snapshot_if_expired && is_expired(&refusal) => (),
                resumed => resumed?,
            },
        }
        Ok(reader)
    }
}

/// One page of the unary twin.
pub struct ReadPage<E> {
    /// Each as it is now.
    pub entries: Vec<E>,
    /// Where the reader stands behind them.
    pub resume_token: String,
    /// Everything up to it was delivered; 0 within a snapshot.
    pub revision: i64,
    /// Whether these are part of a snapshot.
    pub snapshot: bool,
    /// Whether there is more to read at once.
    pub more: bool,
}

struct Sender<M> {
    send: mpsc::Sender<M>,
    sequence: i64,
}

impl<M> Sender<M> {
    /// `false` where nobody listens any more.
    async fn tell<F: Feed<Message = M>>(
        &mut self,
        token: String,
        event: Event<F::Entry>,
    ) -> Result<bool> {
        self.sequence += 1;
        let message = F::message(token, self.sequence, event);
        match self.send.send_timeout(message, PATIENCE).await {
            Ok(()) => Ok(true),
            Err(mpsc::error::SendTimeoutError::Closed(_)) => Ok(false),
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(Refusal::new(
                Reason::SlowConsumer,
                "nothing was accepted for 30 s; resume from the last token",
            )),
        }
    }
}

async fn run<F: Feed>(
    changes: Changes,
    caller: Caller,
    mut reader: Reader<F>,
    mut sender: Sender<F::Message>,
    heartbeat: Duration,
) -> Result<()> {
    let mut head = changes.hub.head(caller.environment);
    let stop = changes.hub.stopping().clone();
    let mut beats = tokio::time::interval(heartbeat);
    let mut checks = tokio::time::interval(VALIDITY);
    beats.reset();
    loop {
        let before = reader.position.clone();
        let page = match reader.next(CHUNK).await {
            Ok(page) => page,
            // The feed outlives a database that is away for a moment.
            Err(refusal) if refusal.reason == Reason::DatabaseUnavailable => {
                tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    () = sender.send.closed() => return Ok(()),
                    () = tokio::time::sleep(Duration::from_millis(200)) => continue,
                }
            }
            Err(refusal) => return Err(refusal),
        };
        let token = reader.token()?;
        let mut waits_behind = None;
        let told = match page {
            Page::Begin { as_of: as_of_revision } => {
                let begin = proto::SnapshotBegin { as_of_revision };
                sender.tell::<F>(token, Event::SnapshotBegin(begin)).await?
            }
            Page::Chunk(entries) => {
                let parts = parts(entries);
                // Only the last part moves the token.
                let early = reader.token_of(&before)?;
                let last = parts.len() - 1;
                let mut told = true;
                for (nth, part) in parts.into_iter().enumerate() {
                    let token = if nth == last { token.clone() } else { early.clone() };
                    told = told && sender.tell::<F>(token, Event::SnapshotChunk(part)).await?;
                }
                told
            }
            Page::End { count: entry_count } => {
                let end = proto::SnapshotEnd { entry_count };
                sender.tell::<F>(token, Event::SnapshotEnd(end)).await?
            }
            Page::Changes { previous, revision, entries, is_head } => {
                if is_head {
                    waits_behind = Some(revision);
                }
                let mut told = true;
                if !entries.is_empty() {
                    beats.reset();
                    let parts = parts(entries);
                    let early = reader.token_of(&Position::Behind(previous))?;
                    let last = parts.len() - 1;
                    for (nth, entries) in parts.into_iter().enumerate() {
                        let (token, revision) = match nth == last {
                            true => (token.clone(), revision),
                            false => (early.clone(), previous),
                        };
                        let event =
                            Event::Changes { previous_revision: previous, revision, entries };
                        told = told && sender.tell::<F>(token, event).await?;
                    }
                }
                told
            }
        };
        if !told {
            return Ok(());
        }
        let Some(revision) = waits_behind else { continue };
        loop {
            tokio::select! {
                moved = moved_beyond(&mut head, revision) => if moved { break } else { return Ok(()) },
                _ = beats.tick() => {
                    let server_time = Some(timestamp(OffsetDateTime::now_utc()));
                    let beat = proto::Heartbeat { revision, server_time };
                    if !sender.tell::<F>(reader.token()?, Event::Heartbeat(beat)).await? {
                        return Ok(());
                    }
                }
                _ = checks.tick() => match changes.access.still_valid(&caller).await {
                    Err(refusal) if refusal.reason == Reason::TokenInvalid => return Err(refusal),
                    // A database that is away says nothing about a token.
                    _ => (),
                },
                () = sender.send.closed() => return Ok(()),
                () = stop.cancelled() => {
                    let retry_delay = Some(prost_types::Duration { seconds: 1, nanos: 0 });
                    let going = proto::GoingAway { retry_delay };
                    sender.tell::<F>(reader.token()?, Event::GoingAway(going)).await?;
                    return Ok(());
                }
            }
        }
    }
}

/// Waits until the head is beyond a revision; `false` where it will not move any more.
async fn moved_beyond(head: &mut watch::Receiver<i64>, revision: i64) -> bool {
    head.wait_for(|it| revision < *it).await.is_ok()
}

/// Cuts entries into messages.
fn parts<E: prost::Message>(entries: Vec<E>) -> Vec<Vec<E>> {
    let mut parts = vec![Vec::new()];
    let mut bytes = 0;
    for entry in entries {
        let size = entry.encoded_len();
        if MESSAGE_BYTES < bytes + size && parts.last().is_some_and(|it| !it.is_empty()) {
            parts.push(Vec::new());
            bytes = 0;
        }
        bytes += size;
        if let Some(part) = parts.last_mut() {
            part.push(entry);
        }
    }
    parts
}
