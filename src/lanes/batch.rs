//! What is written as one transaction.

use std::slice;
use std::sync::Arc;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::job::{Job, Jobs};
use super::store::{self, Mark, Opened, Supposed, Turn};
use super::{Announce, Committed};
use crate::books::{Books, Change, Moment};
use crate::clock::Clock;
use crate::id::Environment;
use crate::postgres::Writes;

/// Commands that are decided together, on books that know what was true before them.
pub struct Batch {
    /// In order of arrival.
    pub jobs: Jobs,
    of: Environment,
    books: Books,
    /// Before the first of them.
    mark: Mark,
    now: OffsetDateTime,
    changes: Vec<(i64, Vec<Change>)>,
    began: Began,
}

/// Since when time is counted that the database was not asked for.
struct Began {
    at: Instant,
    ahead_micros: i64,
    clock: Clock,
}

/// A batch that was decided, on its way into the database.
pub struct Decided {
    of: Environment,
    supposed: Supposed,
    writes: Writes,
    /// Once it is written.
    committed: Arc<Committed>,
}

impl Batch {
    /// A batch of nothing yet, on such books.
    pub fn new(of: Environment, books: Books, opened: Opened, clock: Clock) -> Batch {
        let Opened { mark, now } = opened;
        let began = Began { at: Instant::now(), ahead_micros: clock.ahead_micros(), clock };
        Batch { jobs: Vec::new(), of, books, mark, now, changes: Vec::new(), began }
    }

    /// Begins anew, and keeps what books keep. Of how many entries they know then.
    pub fn begin_anew(&mut self) -> usize {
        self.books.begin_anew()
    }

    /// Lets go of what its books keep.
    pub fn forget(&mut self) {
        self.books.forget();
    }

    /// It is now, and not when the batch before it was decided.
    pub fn catch_up(&mut self) {
        self.now += self.began.passed();
    }

    /// Whether it supposes of names that they are new, or looks them up.
    pub fn suppose(&mut self, supposes: bool) {
        self.books.suppose(supposes);
    }

    /// Takes commands in, and decides them.
    pub async fn decide(&mut self, turn: &mut Turn, jobs: Jobs) -> sqlx::Result<()> {
        let first = self.jobs.len();
        self.jobs.extend(jobs);
        let Batch { jobs, of, books, mark, now, changes, .. } = self;
        let jobs = &mut jobs[first..];
        gather(books, turn, *of, jobs).await?;
        let mut pace = Pace::default();
        for job in jobs {
            pace.keep().await;
            // An earlier command may have made what this one depends on.
            if books.are_dirty() {
                gather(books, turn, *of, slice::from_mut(job)).await?;
            }
            let at = Moment { now: *now, revision: mark.revision + 1 + changes.len() as i64 };
            let mut changed = job.decide(books, at);
            // What was supposed of it is looked up, after all.
            while books.lack() {
                gather(books, turn, *of, slice::from_mut(job)).await?;
                changed = job.decide(books, at);
            }
            if !changed.is_empty() {
                changes.push((at.revision, changed));
            }
        }
        Ok(())
    }

    /// Whom to answer, what is to be written, and the batch after it, on books that know of it.
    pub fn split(self) -> (Jobs, Decided, Batch) {
        let Batch { jobs, of, mut books, mut mark, now, changes, mut began } = self;
        let (saved, empty) = (books.take_unsaved(), books.empty());
        let supposed = Supposed { mark, now, ahead_micros: began.ahead_micros };
        if !changes.is_empty() {
            mark.revision += changes.len() as i64;
            mark.at = Some(now);
        }
        let mut writes = Writes::default();
        saved.save(&mut writes, of);
        if changes.is_empty() && !saved.is_empty() {
            mark.quiet_batches += 1;
            store::note_quiet(&mut writes, of);
        }
        store::append(&mut writes, of, now, &changes);
        let committed = Arc::new(Committed { changes, saved, empty });
        let decided = Decided { of, supposed, writes, committed };
        let now = now + began.passed();
        let next = Batch { jobs: Jobs::new(), of, books, mark, now, changes: Vec::new(), began };
        (jobs, decided, next)
    }

    /// Of how many entries its books know.
    pub fn knows(&self) -> usize {
        self.books.size()
    }

    /// What is there before it.
    pub fn mark(&self) -> Mark {
        self.mark
    }
}

impl Began {
    /// How much time has passed, in whole microseconds, which are all that the database keeps; counted anew from
    /// here.
    fn passed(&mut self) -> Duration {
        let (at, ahead_micros) = (Instant::now(), self.clock.ahead_micros());
        let micros = (at - self.at).as_micros() as i64 + ahead_micros - self.ahead_micros;
        (self.at, self.ahead_micros) = (at, ahead_micros);
        Duration::from_micros(u64::try_from(micros).unwrap_or_default())
    }
}

impl Decided {
    /// Where the history ends before it.
    pub fn mark(&self) -> Mark {
        self.supposed.mark
    }

    /// Whether it may be sent while the one before it is being written.
    pub fn may_wait(&self) -> bool {
        self.writes.may_wait()
    }

    /// Makes it durable; says when that is all that is left to do.
    pub async fn write(&mut self, turn: Turn, commits: impl FnOnce()) -> sqlx::Result<()> {
        turn.write(std::mem::take(&mut self.writes), &self.supposed, commits).await
    }

    /// Tells what changed, now that it is durable.
    pub fn announce(self, to: &dyn Announce) {
        if !self.committed.changes.is_empty() {
            to.committed(self.of, self.committed);
        }
    }
}

/// Fetches what commands need, until nothing is missing.
async fn gather(
    books: &mut Books,
    turn: &mut Turn,
    of: Environment,
    jobs: &mut [Box<dyn Job>],
) -> sqlx::Result<()> {
    let mut pace = Pace::default();
    loop {
        for job in jobs.iter_mut() {
            pace.keep().await;
            job.ask(books);
        }
        if !books.lack() {
            return Ok(());
        }
        books.load(turn.read().await?, of).await?;
    }
}

/// Lets others go on now and then: deciding takes a processor, and answers and other environments wait for one.
struct Pace(Instant);

impl Pace {
    const LENGTH: Duration = Duration::from_millis(4);

    async fn keep(&mut self) {
        if Pace::LENGTH < self.0.elapsed() {
            tokio::task::yield_now().await;
            *self = Pace::default();
        }
    }
}

impl Default for Pace {
    fn default() -> Pace {
        Pace(Instant::now())
    }
}
