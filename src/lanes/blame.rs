//! Who is to blame where a batch was not written.

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

/// The function in which a batch waits for its turn, in whatever language Postgres names it.
const WAITS_FOR_THE_LOCK: &str = "open_lane(";

/// What a failed batch says about its commands.
#[derive(PartialEq)]
pub enum Blame {
    /// Nothing: begin again.
    Nobody,
    /// Something was said before, and supposed not to have been.
    Supposed,
    /// Somebody else has written, or the clock was set: decide again.
    Overtaken,
    /// The connection was lost; whether the batch was committed is not known.
    Connection,
    /// The database is full, shuts down, or did not let it begin.
    Database,
    /// One of them cannot be written.
    Command,
}

pub fn blame(cause: &sqlx::Error) -> Blame {
    match cause {
        sqlx::Error::Database(it) => {
            let code = it.code().unwrap_or_default();
            match code.get(..2) {
                // Somebody wrote the log without the lock: its rows are there, so begin anew.
                _ if it.constraint() == Some("log_pkey") => Blame::Nobody,
                // Or somebody gave a name without it.
                _ if it.constraint() == Some("identity_pkey") => Blame::Supposed,
                // Cancelled before it had the lock.
                Some("57") if waited_for_the_lock(&**it) => Blame::Database,
                // As `take_turn` says.
                _ if code == "ES001" => Blame::Overtaken,
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

/// Whether it happened in the function that takes the lock.
fn waited_for_the_lock(cause: &dyn DatabaseError) -> bool {
    let cause = cause.try_downcast_ref::<PgDatabaseError>().filter(|it| it.code() == "57014");
    cause.and_then(|it| it.r#where()).is_some_and(|it| it.contains(WAITS_FOR_THE_LOCK))
}
