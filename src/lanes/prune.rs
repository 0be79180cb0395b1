use std::fmt;

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::store;
use crate::books::{Books, Command, Entry, Moment};
use crate::error::Result;
use crate::id::Environment;
use crate::postgres::Writes;

/// How long a reader may be away and still resume.
const LOG_KEPT: Duration = Duration::days(14);
/// How long a request id is remembered.
const REQUESTS_KEPT: Duration = Duration::days(30);

/// Forgets what is old: the log beyond 14 days, request ids beyond 30. A command like any other,
/// so that no reader meets a log whose start is not where it is said to be.
#[derive(Clone, Copy, Debug)]
pub struct Prune;

/// Where the log begins. Known by being moved, never read.
#[derive(Clone, Debug, PartialEq)]
struct Start {
    log_before: OffsetDateTime,
    requests_before: OffsetDateTime,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct TheStart;

impl Command for Prune {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Start>().want(&TheStart);
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<()> {
        let (log_before, requests_before) = (now - LOG_KEPT, now - REQUESTS_KEPT);
        books.of().put(Start { log_before, requests_before });
        Ok(())
    }
}

impl Entry for Start {
    type Key = TheStart;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> TheStart {
        TheStart
    }

    async fn load(
        _: &mut PgConnection,
        _: Environment,
        _: &[TheStart],
    ) -> sqlx::Result<Vec<Start>> {
        Ok(Vec::new())
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Start]) {
        for Start { log_before, requests_before } in entries {
            store::prune(writes, of, *log_before, *requests_before);
        }
    }
}

impl fmt::Display for TheStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the start of the log")
    }
}

/// The books that the lanes themselves keep.
pub(crate) fn books(books: Books) -> Books {
    books.with::<Start>()
}
