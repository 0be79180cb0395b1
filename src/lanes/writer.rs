//! Runs batches of one environment, one after the other.
//!
//! A batch is decided on the books of the one before, which know what that one has written, and mostly before it has
//! the lock: while the one before it is being written, or right away if nothing is. With the lock it is true if nobody
//! else has written meanwhile; if somebody has, or the batch before it failed, it is decided again.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::PgPool;
use tokio::task::yield_now;
use tokio::time::sleep;

use super::Announce;
use super::ahead::{Ahead, Next, Ready, Size};
use super::batch::Batch;
use super::blame::{Blame, blame};
use super::flight::{self, Flight, Landed, Times, Unwritten, Written};
use super::job::Jobs;
use super::known::Known;
use super::queues::{Gathered, Queues};
use super::store::{Mark, Opened, Sparse, Turn};
use crate::books::Books;
use crate::clock::Clock;
use crate::error::{Refusal, Result};
use crate::id::Environment;
use crate::postgres::LANES_MAX;

/// How often a batch may find no connection free.
const TIMEOUTS_MAX: u32 = 2;
/// How often a writer beside the lane, or a deadlock, may make a batch begin again.
const AGAIN_MAX: u32 = 10;
/// As many rows have to wait before any of them are decided ahead of their turn: few are sooner done together
/// with those that come meanwhile.
const AHEAD_ROWS: usize = 64;
/// So many entries the books may know of when another batch is decided on them.
const ON_BOOKS_MAX: usize = 32 * 1024;
/// So many answers take longer than it takes to have another thread give them.
const MANY_ANSWERS: usize = 16;
/// So many times nothing is decided ahead once another server has written.
const OTHERS_REST: usize = 64;
/// In so many batches names are looked up once one was said again: whoever lost its line says many again.
const DOUBTS: usize = 64;

/// Runs batches of one environment, one after the other.
pub struct Writer {
    pool: PgPool,
    of: Environment,
    books: Arc<dyn Fn() -> Books + Send + Sync>,
    clock: Clock,
    announce: Arc<dyn Announce>,
    sparse: Sparse,
    others: Others,
    known: Known,
    /// In how many more batches names are looked up.
    doubts: usize,
    times: Times,
}

/// Whether other servers write this environment, too: then what is decided ahead is mostly decided again.
#[derive(Default)]
struct Others {
    /// What this server has left behind when it had written last, if it has.
    mark: Option<Mark>,
    /// How many more times they have to be reckoned with.
    rest: usize,
}

impl Others {
    /// This is found.
    fn found(&mut self, mark: Mark) {
        self.rest = self.rest.saturating_sub(1);
        if self.mark.is_some_and(|it| it != mark) {
            self.came();
        }
    }

    /// This server has written, and left this.
    fn left(&mut self, mark: Mark) {
        self.mark = Some(mark);
    }

    fn came(&mut self) {
        self.rest = OTHERS_REST;
    }

    fn are_away(&self) -> bool {
        self.rest == 0
    }
}

impl Writer {
    pub fn new(
        pool: PgPool,
        of: Environment,
        books: Arc<dyn Fn() -> Books + Send + Sync>,
        clock: Clock,
        announce: Arc<dyn Announce>,
        known: Known,
    ) -> Writer {
        let sparse = Sparse::new(books().sparse());
        let others = Others::default();
        let (doubts, times) = (0, Times::default());
        Writer { pool, of, books, clock, announce, sparse, others, known, doubts, times }
    }

    /// Runs what was gathered as a batch, and those that gather while one is written, and answers everyone in
    /// them.
    pub async fn settle(&mut self, queues: &mut Queues) {
        let begun = self.begin_next().await;
        // Whoever came while others had all the connections, or the lock, goes along.
        queues.fill();
        let Gathered { jobs, rows, is_heavy } = queues.take();
        let size = Size { rows, is_heavy };
        let ready = match begun {
            Ok((mut batch, mut turn)) => match batch.decide(&mut turn, jobs).await {
                Ok(()) => Ready::of(batch, size, turn),
                // The cause is met, and judged, again.
                Err(_) => return self.settle_alone(batch.jobs).await,
            },
            Err(Blame::Database) => return unavailable(jobs),
            Err(_) => return self.settle_alone(jobs).await,
        };
        // Few come one after the other: then there is nothing to be done meanwhile.
        if AHEAD_ROWS <= rows && self.others.are_away() {
            self.write_ahead(ready, queues).await;
        } else {
            self.write(ready).await;
        }
    }

    /// Writes a batch, and answers everyone in it.
    async fn write(&mut self, Ready { jobs, decided, next, turn, .. }: Ready) {
        match flight::write(jobs, decided, turn, || ()).await {
            Ok(written) => {
                self.others.left(next.mark());
                self.tell(Some(written));
                self.keep(next);
            }
            Err(unwritten) => self.fail(unwritten).await,
        }
    }

    /// The same, and decides the next ones ahead, until nothing more waits.
    async fn write_ahead(&mut self, ready: Ready, queues: &mut Queues) {
        let (mut flight, mut next) = Flight::of(ready);
        let mut before = None;
        loop {
            // It is on its way first, and then heard of the one before it.
            yield_now().await;
            self.tell(before.take());
            let (landed, after) = match next.knows() < ON_BOOKS_MAX {
                true => self.meanwhile(&mut flight, next, queues).await,
                false => (flight.landed().await, Next::Nothing(next)),
            };
            let written = match landed {
                Ok(written) => written,
                Err(unwritten) => {
                    let after = after.without_the_one_before().await;
                    self.fail(unwritten).await;
                    return match after {
                        Ok(written) => self.tell(Some(written)),
                        Err(jobs) => self.settle_alone(jobs).await,
                    };
                }
            };
            self.times.landed(&flight);
            self.others.left(flight.leaves);
            (flight, next) = match after {
                Next::Ready(ready) => Flight::of(*ready),
                Next::Sent(mut sent, batch) => {
                    // Until now it has waited.
                    sent.since = Instant::now();
                    (sent, batch)
                }
                Next::Nothing(batch) => {
                    self.tell(Some(written));
                    return self.keep(batch);
                }
                Next::Again(jobs) => {
                    self.tell(Some(written));
                    return self.settle_alone(jobs).await;
                }
            };
            before = Some(written);
        }
    }

    /// A batch of nothing yet: on what is known, or under the lock.
    async fn begin_next(&mut self) -> Result<(Batch, Turn), Blame> {
        let (mut batch, turn) = if let Some(batch) = self.known.take()
            && let Ok(turn) = Turn::to_come(&self.pool, self.of).await
        {
            (batch, turn)
        } else {
            let (mut turn, opened) = self.begin().await?;
            self.others.found(opened.mark);
            let books = self.open(&mut turn).await.map_err(|it| blame(&it))?;
            (Batch::new(self.of, books, opened, self.clock.clone()), turn)
        };
        batch.suppose(self.supposes());
        Ok((batch, turn))
    }

    /// Whether the next batch is to suppose of names that they are new.
    fn supposes(&mut self) -> bool {
        let doubts = self.doubts;
        self.doubts = doubts.saturating_sub(1);
        doubts == 0
    }

    /// Keeps what is known for the next batch, unless somebody else has probably written until then.
    fn keep(&mut self, batch: Batch) {
        match self.others.are_away() {
            true => self.known.keep(batch),
            false => self.known.forget(),
        }
    }

    /// Whether it knows anything between batches.
    pub fn knows_any(&self) -> bool {
        self.known.is_any()
    }

    /// Forgets it.
    pub fn forget(&mut self) {
        self.known.forget();
    }

    /// What is done while a batch is written, until it is: the next one is decided, as far as enough of it waits,
    /// and sent behind it.
    async fn meanwhile(
        &mut self,
        flight: &mut Flight,
        mut batch: Batch,
        queues: &mut Queues,
    ) -> (Landed, Next) {
        batch.suppose(self.supposes());
        let mut ahead = Ahead::of(batch);
        let mut goes_on = true;
        let mut closing = pin!(sleep(self.until_closing(flight)));
        let Flight { writing, commits, .. } = flight;
        loop {
            // Whoever would have to wait for heavy ones goes with them, and be it alone.
            let rows = if ahead.size.is_heavy { 1 } else { AHEAD_ROWS };
            let is_first = ahead.is_empty();
            tokio::select! {
                biased;
                landed = flight::end(writing) => {
                    let next = match landed.is_ok() {
                        true => ahead.close(),
                        false => Next::Again(ahead.batch.jobs),
                    };
                    return (landed, next);
                }
                _ = &mut *commits, if !is_first => break,
                () = &mut closing, if !is_first => break,
                more = queues.gather(is_first), if goes_on => goes_on = more,
            }
            if goes_on && rows <= queues.rows() {
                goes_on = self.has_room() && self.decide_ahead(&mut ahead, queues).await.is_ok();
            }
            if ahead.is_full() {
                break;
            }
        }
        let next = match ahead.close() {
            Next::Ready(ready) if ready.decided.may_wait() => {
                let (sent, batch) = Flight::of(*ready);
                Next::Sent(sent, batch)
            }
            next => next,
        };
        (flight::end(writing).await, next)
    }

    /// How long the next one may take more in while this one is written: then its statements are made, and are with
    /// Postgres when this one is done.
    fn until_closing(&mut self, flight: &Flight) -> Duration {
        self.times.takes(flight.size).map_or(Duration::MAX, |it| it * 3 / 4)
    }

    /// Decides what was gathered before it has the lock.
    async fn decide_ahead(&mut self, ahead: &mut Ahead, queues: &mut Queues) -> sqlx::Result<()> {
        let mut turn = match ahead.turn.take() {
            Some(turn) => turn,
            None => Turn::to_come(&self.pool, self.of).await?,
        };
        let Gathered { jobs, rows, is_heavy } = queues.take();
        ahead.size.rows += rows;
        ahead.size.is_heavy |= is_heavy;
        ahead.batch.decide(&mut turn, jobs).await?;
        ahead.turn = Some(turn);
        Ok(())
    }

    /// Whether nobody has to wait for a connection if one more is taken.
    fn has_room(&self) -> bool {
        0 < self.pool.num_idle() || self.pool.size() < LANES_MAX
    }

    /// Tells what changed, and answers everyone who is in it.
    fn tell(&self, written: Option<Written>) {
        if let Some(Written { jobs, decided }) = written {
            decided.announce(&*self.announce);
            answer(jobs);
        }
    }

    /// A batch was not written, or it is not known.
    async fn fail(&mut self, Unwritten { jobs, cause, mark }: Unwritten) {
        match self.met(&jobs, &cause) {
            // Commands with names may be said again by their callers, and are answered from their
            // record; so the batch is not run twice here.
            Blame::Connection if !self.is_still(mark).await => {
                self.announce.unknown(self.of);
                unavailable(jobs);
            }
            Blame::Database => unavailable(jobs),
            _ => self.settle_alone(jobs).await,
        }
    }

    /// Whether the history still ends there, although the connection over which something was written is lost. It is
    /// moved then, so that nothing can come of what may be under way.
    async fn is_still(&mut self, mark: Option<Mark>) -> bool {
        let Ok((turn, opened)) = self.begin().await else { return false };
        Some(opened.mark) == mark && turn.move_on(&opened).await.is_ok()
    }

    /// Runs a batch by itself, and answers everyone in it.
    ///
    /// If the database refuses it, one command is to blame and the others must not suffer: the
    /// halves are run one after the other, and their halves, until the guilty one is alone.
    async fn settle_alone(&mut self, jobs: Jobs) {
        // What this server writes here is not taken for another's.
        self.others.mark = None;
        let mut parts = vec![jobs];
        while let Some(mut part) = parts.pop().filter(|it| !it.is_empty()) {
            match self.write_patiently(&mut part).await {
                Ok(()) => part.into_iter().for_each(|it| it.answer(Ok(()))),
                Err(Blame::Command) if 1 < part.len() => {
                    let rest = part.split_off(part.len() / 2);
                    parts.extend([rest, part]);
                }
                Err(Blame::Command) => {
                    // The cause was logged where it was met.
                    let refusal = Refusal::internal("the database refused this command");
                    part.into_iter().for_each(|it| it.answer(Err(refusal.clone())));
                }
                Err(_) => unavailable(part),
            }
        }
    }

    /// Tries again what is nobody's fault.
    async fn write_patiently(&mut self, jobs: &mut Jobs) -> Result<(), Blame> {
        let mut agains = 0;
        loop {
            let (turn, opened) = self.begin().await?;
            let Err(cause) = self.write_alone(turn, opened, jobs).await else { return Ok(()) };
            self.warn(jobs, &cause);
            match blame(&cause) {
                Blame::Connection => {
                    self.announce.unknown(self.of);
                    return Err(Blame::Connection);
                }
                Blame::Nobody | Blame::Supposed | Blame::Overtaken if agains < AGAIN_MAX => {
                    agains += 1;
                }
                blame => return Err(blame),
            }
        }
    }

    async fn write_alone(
        &mut self,
        mut turn: Turn,
        opened: Opened,
        jobs: &mut Jobs,
    ) -> sqlx::Result<()> {
        let books = self.open(&mut turn).await?;
        let mut batch = Batch::new(self.of, books, opened, self.clock.clone());
        let outcome = batch.decide(&mut turn, std::mem::take(jobs)).await;
        let (done, mut decided, _) = batch.split();
        *jobs = done;
        outcome?;
        decided.write(turn, || ()).await?;
        decided.announce(&*self.announce);
        Ok(())
    }

    /// Empty books, which suppose nothing.
    async fn open(&mut self, turn: &mut Turn) -> sqlx::Result<Books> {
        let mut books = (self.books)();
        books.are_empty(&self.sparse.empty(turn, self.of).await?);
        Ok(books)
    }

    /// Begins. A connection that broke while nobody used it is found out here, and costs nothing; there may
    /// be as many as there are connections. No command is to blame for whatever fails before it was said.
    async fn begin(&mut self) -> Result<(Turn, Opened), Blame> {
        let mut timeouts = 0;
        for _ in 0..=LANES_MAX {
            let cause = match Turn::begin(&self.pool, self.of, &self.clock).await {
                Ok(begun) => return Ok(begun),
                Err(cause) => cause,
            };
            tracing::warn!(environment = self.of.0, %cause, "a batch did not begin: {cause}");
            timeouts += u32::from(matches!(cause, sqlx::Error::PoolTimedOut));
            if blame(&cause) != Blame::Connection || timeouts == TIMEOUTS_MAX {
                break;
            }
        }
        Err(Blame::Database)
    }

    /// What a batch met that was decided before it had the lock.
    fn met(&mut self, jobs: &Jobs, cause: &sqlx::Error) -> Blame {
        let blame = blame(cause);
        match blame {
            Blame::Overtaken => self.others.came(),
            Blame::Supposed => self.doubts = DOUBTS,
            _ => {}
        }
        self.warn(jobs, cause);
        blame
    }

    fn warn(&self, jobs: &Jobs, cause: &sqlx::Error) {
        let (environment, commands) = (self.of.0, jobs.len());
        let why = match blame(cause) {
            Blame::Supposed => "something was said again: names are looked up",
            Blame::Overtaken => "another server has written: decided again",
            _ => {
                tracing::warn!(environment, commands, %cause, "a batch was not written: {cause}");
                return;
            }
        };
        tracing::debug!(environment, commands, "{why}");
    }
}

/// Answers everyone in a batch that was written: many of them beside the lane, which has the next to write.
fn answer(jobs: Jobs) {
    let many = MANY_ANSWERS <= jobs.len();
    let answer = move || jobs.into_iter().for_each(|it| it.answer(Ok(())));
    if many {
        tokio::spawn(async move { answer() });
    } else {
        answer();
    }
}

fn unavailable(jobs: Jobs) {
    jobs.into_iter().for_each(|it| it.answer(Err(Refusal::unavailable())));
}
