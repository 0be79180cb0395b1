//! The one road for a write.
//!
//! Every environment has one lane in each server process: a queue, and a task that takes all that
//! waits and runs it as one transaction, while the next batch gathers. So a batch is as large as
//! the database is slow, and nobody ever waits for a batch to fill.
//!
//! ```text
//! load what is needed ─ decide in order of arrival ─ take the environment's lock ─ save ─ commit
//! ```
//!
//! The lock is taken before anything is written, and what was decided before it was had is true or decided
//! again, so an environment has one history whose revisions have no gaps, however many servers write it. A
//! lane knows no slice.

mod ahead;
mod batch;
mod blame;
mod flight;
mod job;
mod known;
mod prune;
mod queues;
mod store;
mod writer;

pub use prune::Prune;
pub(crate) use prune::books;
pub use store::{head, lock};

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::PgPool;
use tokio::runtime::{self, Handle, Runtime};
use tokio::sync::{mpsc, oneshot};

use crate::books::{Books, Change, Command, Unsaved, Weight};
use crate::clock::Clock;
use crate::error::{Reason, Refusal, Result};
use crate::id::Environment;
use job::{Job, Waiting};
use known::{Entries, Known};
use queues::{Queues, drive};
use writer::Writer;

/// Lanes have threads of their own, as many as there are processors. So the system sees to it that what Postgres
/// answered is gone on with at once, however many callers are being answered just then: they wait for it.
static THREADS: LazyLock<Runtime> = LazyLock::new(|| {
    let threads = runtime::Builder::new_multi_thread().thread_name("lanes").enable_all().build();
    threads.expect("a process that may have threads")
});

const WAITING_MAX: usize = 4096;
const WAITING_ROWS_MAX: usize = 200_000;
const WAITING_BYTES_MAX: usize = 256 * 1024 * 1024;

/// What was answered, and the revision at or after which everyone sees why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt<A> {
    /// The command's own answer.
    pub answer: A,
    /// Of the change; of the head at that moment where nothing changed; of the first answer where
    /// this one repeats it.
    pub revision: i64,
    /// Whether the answer repeats an earlier one.
    pub replayed: bool,
}

/// Hears of every commit of this process.
pub trait Announce: Send + Sync + 'static {
    /// Revisions are durable, of which at least one changed something.
    fn committed(&self, of: Environment, committed: Arc<Committed>);

    /// Whether the last batch was committed is not known: the log will tell.
    fn unknown(&self, of: Environment);
}

/// What was written as one transaction.
#[derive(Default)]
pub struct Committed {
    /// What each revision changed: none is missing between the first and the last.
    pub changes: Vec<(i64, Vec<Change>)>,
    /// What was saved, as it is now.
    pub saved: Unsaved,
    /// Those of the sparse tables that were known to have nothing then.
    pub empty: BTreeSet<&'static str>,
}

impl Committed {
    /// Its first revision and its last, where it has any.
    pub fn revisions(&self) -> Option<(i64, i64)> {
        Some((self.changes.first()?.0, self.changes.last()?.0))
    }
}

/// The lanes of this process, opened when first asked for.
#[derive(Clone)]
pub struct Lanes(Arc<Shared>);

struct Shared {
    pool: PgPool,
    books: Arc<dyn Fn() -> Books + Send + Sync>,
    clock: Clock,
    announce: Arc<dyn Announce>,
    threads: Handle,
    entries: Entries,
    open: Mutex<HashMap<Environment, Lane>>,
}

impl Lanes {
    /// Lanes over a pool of their own; `books` makes empty books of all that there is to write.
    pub fn new(
        pool: PgPool,
        books: impl Fn() -> Books + Send + Sync + 'static,
        clock: Clock,
        announce: Arc<dyn Announce>,
    ) -> Lanes {
        let (books, threads) = (Arc::new(books), THREADS.handle().clone());
        let (entries, open) = Default::default();
        Lanes(Arc::new(Shared { pool, books, clock, announce, threads, entries, open }))
    }

    /// The lane of an environment. One whose task ended is opened again.
    pub fn of(&self, environment: Environment) -> Lane {
        let mut open = self.open_lanes();
        match open.get(&environment).filter(|it| !it.light.is_closed()) {
            Some(lane) => lane.clone(),
            None => {
                let lane = self.open(environment);
                open.insert(environment, lane.clone());
                lane
            }
        }
    }

    fn open(&self, of: Environment) -> Lane {
        let (light, light_waiting) = mpsc::channel(WAITING_MAX);
        let (heavy, heavy_waiting) = mpsc::channel(WAITING_MAX);
        let room = Arc::new(Room::default());
        let queues = Queues::new(light_waiting, heavy_waiting, room.clone());
        let Shared { pool, books, clock, announce, entries, .. } = &*self.0;
        let (books, announce) = (books.clone(), announce.clone());
        let known = Known::new(entries.clone());
        let writer = Writer::new(pool.clone(), of, books, clock.clone(), announce, known);
        self.0.threads.spawn(drive(queues, writer, self.clone(), of));
        Lane { light, heavy, room }
    }

    /// Nothing panics while holding it, and if something did, a map is still a map.
    fn open_lanes(&self) -> MutexGuard<'_, HashMap<Environment, Lane>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The one road for the writes of one environment.
#[derive(Clone)]
pub struct Lane {
    light: mpsc::Sender<Queued>,
    heavy: mpsc::Sender<Queued>,
    room: Arc<Room>,
}

/// How much of the queue is taken.
#[derive(Default)]
struct Room {
    rows: AtomicUsize,
    bytes: AtomicUsize,
}

struct Queued {
    job: Box<dyn Job>,
    weight: Weight,
}

impl Lane {
    /// Runs a command. Whoever stops waiting only loses the answer, never half of the deed.
    pub async fn run<C: Command>(&self, command: C) -> Result<Receipt<C::Answer>> {
        self.submit(command)?.answer().await
    }

    /// Puts a command into the queue. Commands of one kind are decided in the order in which they were
    /// submitted.
    pub fn submit<C: Command>(&self, command: C) -> Result<Submitted<C::Answer>> {
        let weight = command.weight();
        let queue = if command.is_heavy() { &self.heavy } else { &self.light };
        let (reply, answer) = oneshot::channel();
        let queued = Queued { job: Box::new(Waiting::new(command, reply)), weight };
        if !self.room.take(weight) {
            return Err(overloaded());
        }
        queue.try_send(queued).map_err(|it| {
            self.room.give_back(weight);
            match it {
                mpsc::error::TrySendError::Full(_) => overloaded(),
                mpsc::error::TrySendError::Closed(_) => Refusal::unavailable(),
            }
        })?;
        Ok(Submitted(answer))
    }
}

/// The answer to come of a command that is in the queue.
pub struct Submitted<A>(oneshot::Receiver<Result<Receipt<A>>>);

impl<A> Submitted<A> {
    /// The answer.
    pub async fn answer(mut self) -> Result<Receipt<A>> {
        self.answered().await
    }

    /// The answer, once; whoever stops waiting may wait again.
    pub async fn answered(&mut self) -> Result<Receipt<A>> {
        (&mut self.0).await.unwrap_or_else(|_| Err(Refusal::unavailable()))
    }
}

impl Room {
    fn take(&self, Weight { rows, bytes }: Weight) -> bool {
        let rows_taken = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let bytes_taken = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let fits = rows_taken <= WAITING_ROWS_MAX && bytes_taken <= WAITING_BYTES_MAX;
        if !fits {
            self.give_back(Weight { rows, bytes });
        }
        fits
    }

    fn give_back(&self, Weight { rows, bytes }: Weight) {
        self.rows.fetch_sub(rows, Ordering::Relaxed);
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

fn overloaded() -> Refusal {
    Refusal::new(Reason::Overloaded, "too much waits already; say the same again in a moment")
        .after(Duration::from_millis(200))
}
