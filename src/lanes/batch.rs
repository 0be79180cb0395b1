use std::slice;
use std::sync::Arc;

use sqlx::{PgConnection, PgPool};

use super::Announce;
use super::job::Job;
use super::store::{self, Head, Opening};
use super::turn::Turn;
use crate::books::{Books, Change, Moment};
use crate::clock::Clock;
use crate::error::{Refusal, Result};
use crate::id::Environment;
use crate::postgres::LANES_MAX;

/// How often a batch may find no connection free.
const TIMEOUTS_MAX: u32 = 2;
/// How often a writer beside the lane, or a deadlock, may make a batch begin again.
const AGAIN_MAX: u32 = 10;

/// Runs batches of one environment, one after the other.
pub struct Writer {
    pool: PgPool,
    of: Environment,
    books: Arc<dyn Fn() -> Books + Send + Sync>,
    clock: Clock,
    announce: Arc<dyn Announce>,
    opening: Opening,
}

type Jobs = Vec<Box<dyn Job>>;

/// What a failed batch says about its commands.
#[derive(PartialEq)]
enum Blame {
    /// Nothing: begin again.
    Nobody,
    /// The connection was lost; whether the batch was committed is not known.
    Connection,
    /// The database is full, shuts down, or did not let it begin.
    Database,
    /// One of them cannot be written.
    Command,
}

impl Writer {
    pub fn new(
        pool: PgPool,
        of: Environment,
        books: Arc<dyn Fn() -> Books + Send + Sync>,
        clock: Clock,
        announce: Arc<dyn Announce>,
    ) -> Writer {
        let opening = Opening::new(books().sparse());
        Writer { pool, of, books, clock, announce, opening }
    }

    /// Runs a batch and answers everyone in it.
    ///
    /// If the database refuses it, one command is to blame and the others must not suffer: the
    /// halves are run one after the other, and their halves, until the guilty one is alone.
    pub async fn settle(&mut self, jobs: Jobs) {
        let mut parts = vec![jobs];
        while let Some(mut part) = parts.pop() {
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
                Err(Blame::Nobody | Blame::Connection | Blame::Database) => {
                    part.into_iter().for_each(|it| it.answer(Err(Refusal::unavailable())));
                }
            }
        }
    }

    /// Tries again what is nobody's fault.
    async fn write_patiently(&mut self, jobs: &mut Jobs) -> Result<(), Blame> {
        let mut agains = 0;
        loop {
            let turn = self.begin().await?;
            let cause = match self.write(turn, jobs).await {
                Ok(()) => return Ok(()),
                Err(cause) => cause,
            };
            let environment = self.of.0;
            let commands = jobs.len();
            tracing::warn!(environment, commands, %cause, "a batch was not written: {cause}");
            match blame(&cause) {
                Blame::Connection => {
                    self.announce.unknown(self.of);
                    // Commands with names may be said again by their callers, and are answered
                    // from their record; so the batch is not run twice here.
                    return Err(Blame::Connection);
                }
                Blame::Nobody if agains < AGAIN_MAX => agains += 1,
                blame => return Err(blame),
            }
        }
    }

    /// Begins. A connection that broke while nobody used it is found out here, and costs nothing; there may
    /// be as many as there are connections. No command is to blame for whatever fails before it was said.
    async fn begin(&self) -> Result<Turn, Blame> {
        let mut timeouts = 0;
        for _ in 0..=LANES_MAX {
            let cause = match Turn::begin(&self.pool, self.of).await {
                Ok(turn) => return Ok(turn),
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

    async fn write(&mut self, mut turn: Turn, jobs: &mut Jobs) -> sqlx::Result<()> {
        let mut books = (self.books)();
        let (Head { revision: head, now }, empty) =
            self.opening.ask(&mut turn, self.of, &self.clock).await?;
        books.are_empty(&empty);

        self.gather(&mut books, &mut turn, jobs).await?;

        let mut revision = head;
        let mut changes: Vec<(i64, Vec<Change>)> = Vec::new();
        for job in jobs.iter_mut() {
            // An earlier command may have made what this one depends on.
            if books.are_dirty() {
                self.gather(&mut books, &mut turn, slice::from_mut(job)).await?;
            }
            let changed = job.decide(&mut books, Moment { now, revision: revision + 1 });
            if !changed.is_empty() {
                revision += 1;
                changes.push((revision, changed));
            }
        }

        books.save(&mut turn, self.of).await?;
        store::append(&mut turn, self.of, now, &changes).await?;
        turn.commit().await?;
        if head < revision {
            self.announce.committed(self.of, head + 1, revision, &changes);
        }
        Ok(())
    }

    /// Fetches what commands need, until nothing is missing.
    async fn gather(
        &self,
        books: &mut Books,
        conn: &mut PgConnection,
        jobs: &mut [Box<dyn Job>],
    ) -> sqlx::Result<()> {
        loop {
            jobs.iter().for_each(|it| it.ask(books));
            if !books.load(conn, self.of).await? {
                return Ok(());
            }
        }
    }
}

fn blame(cause: &sqlx::Error) -> Blame {
    match cause {
        sqlx::Error::Database(it) => {
            let code = it.code().unwrap_or_default();
            match code.get(..2) {
                // Somebody wrote the log without the lock: its rows are there, so begin anew.
                _ if it.constraint() == Some("log_pkey") => Blame::Nobody,
                Some("08") => Blame::Connection,
                Some("40") => Blame::Nobody,
                Some("53") => Blame::Database,
                _ if code.starts_with("57P") => Blame::Connection,
                _ => Blame::Command,
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Blame::Connection,
        sqlx::Error::Protocol(_) => Blame::Command,
        _ => Blame::Command,
    }
}
