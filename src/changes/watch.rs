use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{FutureExt, Stream, StreamExt, stream};
use prost::Message as _;
use prost::bytes::Bytes;
use time::OffsetDateTime;
use tokio::sync::{mpsc, watch};
use tokio::time::MissedTickBehavior;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::{Code, Status};

use super::reader::{MESSAGE_BYTES, Page, Reader};
use super::wire::{Changed, Chunk, Event, Read, Start, Watch, WatchResponse, is_expired};
use super::{Changes, Feed};
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
/// How often whoever is waited for asks whether the token is still good.
pub const VALIDITY: Duration = Duration::from_secs(2);
/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(5);
/// Entries that are read at once.
const CHUNK: i64 = 1_000;

impl Changes {
    /// Streams a snapshot and changes, until the reader, the server or the token ends it.
    pub async fn watch<F: Feed>(
        &self,
        caller: Caller,
        feed: F,
        filter: F::Filter,
        watch: Watch,
    ) -> Result<Messages<WatchResponse>> {
        let reader = self.reader(&caller, feed, filter, &watch).await?;
        let changes = self.clone();
        Ok(streamed(|send| async move {
            let stop = caller.leaving.0.clone();
            let mut sender = Sender::new(send, stop);
            run(&changes, &caller, reader, &mut sender, watch).await
        }))
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
        let mut begins = false;
        loop {
            let (entries, snapshot, revision, more) = match reader.next_part(page_size).await? {
                // An empty page would tell nothing.
                Page::Begin { .. } => {
                    begins = true;
                    continue;
                }
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
                            () = tokio::time::sleep(VALIDITY) => {
                                self.still_welcome(&caller).await?;
                                continue;
                            }
                        }
                    }
                    (entries, false, revision, !is_head)
                }
            };
            let resume_token = reader.token()?;
            let entries = entries.into_iter().map(F::Entry::decode);
            let entries = entries.collect::<Result<_, _>>().map_err(Refusal::internal)?;
            return Ok(ReadPage { entries, resume_token, revision, snapshot, begins, more });
        }
    }

    /// Whether the token of an open stream is still good. A database that is away says nothing about it.
    pub async fn still_welcome(&self, caller: &Caller) -> Result<()> {
        // In memory of its own, which is given back; streams live long, and mostly wait.
        match Box::pin(self.access.still_valid(caller)).await {
            Err(refusal) if refusal.reason == Reason::TokenInvalid => Err(refusal),
            _ => Ok(()),
        }
    }

    async fn reader<F: Feed>(
        &self,
        caller: &Caller,
        feed: F,
        filter: F::Filter,
        watch: &Watch,
    ) -> Result<Reader<F>> {
        // Another process may have declared a restore.
        let mut conn = self.reads.of(caller.environment).await.map_err(Refusal::of_read)?;
        self.incarnation.refresh(&mut conn).await.map_err(Refusal::of_read)?;
        drop(conn);
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

/// A stream that `run` fills, and whose end it tells.
pub fn streamed<M, R>(run: impl FnOnce(mpsc::Sender<M>) -> R) -> Messages<M>
where
    M: Send + 'static,
    R: Future<Output = Result<()>> + Send + 'static,
{
    let (send, messages) = mpsc::channel(WAITING_MAX);
    // Not closed before the end is noted, so that it is there to be told last.
    let open = send.clone();
    let running = Box::pin(run(send));
    let end = Arc::new(Mutex::new(None));
    let told = end.clone();
    tokio::spawn(async move {
        let ended = running.await;
        *told.lock().unwrap_or_else(PoisonError::into_inner) = ended.err();
        drop(open);
    });
    let last =
        stream::once(async move { end.lock().unwrap_or_else(PoisonError::into_inner).take() });
    let last = last.filter_map(|it| async move { it.map(|it| Err(Status::from(it))) });
    Box::pin(ReceiverStream::new(messages).map(Ok).chain(last))
}

/// How a stream ends whose requests cannot be read: what is too large or no message is told; a line
/// that broke is nobody's fault.
pub fn unreadable(status: &Status) -> Result<()> {
    match status.code() {
        Code::OutOfRange | Code::ResourceExhausted => Err(Refusal::new(
            Reason::MessageTooLarge,
            "the message is above 4 MiB; send less at a time",
        )),
        Code::Internal => Err(Refusal::new(
            Reason::RequestMalformed,
            format!("the bytes are not a message of this method: {}", status.message()),
        )),
        _ => Ok(()),
    }
}

/// Sends a message to a reader that may be slow; `false` where nobody listens any more.
pub async fn send_patiently<M>(
    send: &mpsc::Sender<M>,
    stop: &CancellationToken,
    message: M,
) -> Result<bool> {
    let impatient = async {
        stop.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    let sent = tokio::select! {
        sent = send.send_timeout(message, PATIENCE) => sent,
        () = impatient => return Ok(false),
    };
    match sent {
        Ok(()) => Ok(true),
        Err(mpsc::error::SendTimeoutError::Closed(_)) => Ok(false),
        Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(Refusal::new(
            Reason::SlowConsumer,
            "nothing was accepted for 30 s; connect again, and go on from what you have acted on",
        )),
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
    /// Whether the snapshot begins with it.
    pub begins: bool,
    /// Whether there is more to read at once.
    pub more: bool,
}

struct Sender {
    send: mpsc::Sender<WatchResponse>,
    sequence: i64,
    /// Of the last message that was accepted.
    last_token: String,
    /// Whether it was accepted at once.
    had_room: bool,
    stop: CancellationToken,
}

impl Sender {
    fn new(send: mpsc::Sender<WatchResponse>, stop: CancellationToken) -> Sender {
        Sender { send, sequence: 0, last_token: String::new(), had_room: true, stop }
    }

    /// `false` where nobody listens any more.
    async fn tell(&mut self, resume_token: String, event: Event) -> Result<bool> {
        let stream_sequence = self.sequence + 1;
        let told = WatchResponse {
            resume_token: resume_token.clone(),
            stream_sequence,
            event: Some(event),
        };
        self.had_room = 0 < self.send.capacity();
        let sent = send_patiently(&self.send, &self.stop, told).await;
        let listens = sent.map_err(|it| it.with("resume_token", &self.last_token))?;
        if listens {
            self.sequence = stream_sequence;
            self.last_token = resume_token;
        }
        Ok(listens)
    }
}

async fn run<F: Feed>(
    changes: &Changes,
    caller: &Caller,
    mut reader: Reader<F>,
    sender: &mut Sender,
    Watch { start, heartbeat, snapshot_if_expired }: Watch,
) -> Result<()> {
    let bell = changes.hub.bell(caller.environment);
    let (mut head, mut is_rung) = (bell.head(), false);
    let stop = &caller.leaving.0;
    let mut beats = tokio::time::interval(heartbeat);
    let mut checks = tokio::time::interval(VALIDITY);
    checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Whoever begins now has no token yet, and learns at once from where on nothing is missed.
    if start != Start::Now {
        beats.reset();
    }
    loop {
        if stop.is_cancelled() {
            let retry_delay = Some(prost_types::Duration { seconds: 1, nanos: 0 });
            let going = proto::GoingAway { retry_delay };
            sender.tell(reader.token()?, Event::GoingAway(going)).await?;
            return Ok(());
        }
        // However much there is to read.
        if checks.tick().now_or_never().is_some() {
            changes.still_welcome(caller).await?;
        }
        let before = reader.position.clone();
        // In memory of its own, too.
        let page = match Box::pin(reader.next(CHUNK)).await {
            Ok(page) => page,
            // The feed outlives a database that is away for a moment.
            Err(refusal) if refusal.reason == Reason::DatabaseUnavailable => {
                tokio::select! {
                    () = stop.cancelled() => (),
                    () = sender.send.closed() => return Ok(()),
                    () = tokio::time::sleep(Duration::from_millis(200)) => (),
                }
                continue;
            }
            Err(refusal) if snapshot_if_expired && is_expired(&refusal) => {
                reader.begin_again();
                continue;
            }
            Err(refusal) => return Err(refusal),
        };
        let token = reader.token()?;
        // Who has no room for what it is told comes late for reasons of its own.
        if std::mem::take(&mut is_rung) && sender.had_room {
            bell.heard();
        }
        let mut waits_behind = None;
        let listens = match page {
            Page::Begin { as_of: as_of_revision } => {
                let begin = proto::SnapshotBegin { as_of_revision };
                sender.tell(token, Event::SnapshotBegin(begin)).await?
            }
            Page::Chunk(entries) => {
                sender.tell(token, Event::SnapshotChunk(Chunk { entries })).await?
            }
            Page::End { count: entry_count } => {
                let end = proto::SnapshotEnd { entry_count };
                sender.tell(token, Event::SnapshotEnd(end)).await?
            }
            Page::Changes { previous, revision, entries, is_head } => {
                waits_behind = is_head.then_some(revision);
                let mut parts = parts(entries);
                let last = parts.pop();
                let mut listens = true;
                // Only the last part moves the reader and its token.
                for entries in parts {
                    let early = reader.token_of(&before)?;
                    let changed =
                        Changed { previous_revision: previous, revision: previous, entries };
                    listens = listens && sender.tell(early, Event::Changes(changed)).await?;
                }
                if let Some(entries) = last {
                    let changed = Changed { previous_revision: previous, revision, entries };
                    listens = listens && sender.tell(token, Event::Changes(changed)).await?;
                }
                listens
            }
        };
        if !listens {
            return Ok(());
        }
        let Some(revision) = waits_behind else { continue };
        loop {
            tokio::select! {
                moved = moved_beyond(&mut head, revision) => match moved {
                    true => {
                        is_rung = true;
                        break;
                    }
                    false => return Ok(()),
                },
                _ = beats.tick() => {
                    let server_time = Some(timestamp(OffsetDateTime::now_utc()));
                    let beat = proto::Heartbeat { revision, server_time };
                    if !sender.tell(reader.token()?, Event::Heartbeat(beat)).await? {
                        return Ok(());
                    }
                    reader.told = revision;
                }
                _ = checks.tick() => changes.still_welcome(caller).await?,
                () = sender.send.closed() => return Ok(()),
                () = stop.cancelled() => break,
            }
        }
    }
}

async fn moved_beyond(head: &mut watch::Receiver<i64>, revision: i64) -> bool {
    head.wait_for(|it| revision < *it).await.is_ok()
}

/// Cuts entries into messages; none where there is nothing.
fn parts(entries: Vec<Bytes>) -> Vec<Vec<Bytes>> {
    let mut parts: Vec<Vec<Bytes>> = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        let size = entry.len();
        match parts.last_mut() {
            Some(part) if bytes + size <= MESSAGE_BYTES => part.push(entry),
            _ => {
                parts.push(vec![entry]);
                bytes = 0;
            }
        }
        bytes += size;
    }
    parts
}
