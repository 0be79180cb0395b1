//! The transaction in which a lane writes.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Executor, PgConnection, PgPool, Postgres};

use super::{Opened, naming, opening};
use crate::clock::Clock;
use crate::id::Environment;

/// An environment's turn to write: a transaction that has its lock. One that is not committed ends with its
/// connection: nobody else gets one of which it is not known what happened on it.
pub struct Turn(Option<PoolConnection<Postgres>>);

impl Turn {
    /// Begins, with the lock, in one journey.
    pub async fn begin(
        pool: &PgPool,
        of: Environment,
        clock: &Clock,
    ) -> sqlx::Result<(Turn, Opened)> {
        let mut turn = Turn(Some(pool.acquire().await?));
        let opening = format!("begin; select {}; {}", naming(of), opening(of, clock));
        let opened = turn.open(opening).await?;
        Ok((turn, opened))
    }

    /// Begins without the lock, to read before one's turn.
    pub async fn begin_ahead(pool: &PgPool, of: Environment) -> sqlx::Result<Turn> {
        let mut turn = Turn(Some(pool.acquire().await?));
        turn.execute(AssertSqlSafe(format!("begin; select {}", naming(of)))).await?;
        Ok(turn)
    }

    /// Takes the lock.
    pub async fn lock(&mut self, of: Environment, clock: &Clock) -> sqlx::Result<Opened> {
        self.open(opening(of, clock)).await
    }

    async fn open(&mut self, opening: String) -> sqlx::Result<Opened> {
        let rows = sqlx::raw_sql(AssertSqlSafe(opening)).fetch_all(&mut **self).await?;
        Opened::told(rows.last().ok_or(sqlx::Error::RowNotFound)?)
    }

    /// Makes everything durable.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        self.execute("commit").await?;
        // Goes home.
        self.0 = None;
        Ok(())
    }

    /// Gives up what was done.
    pub async fn roll_back(mut self) -> sqlx::Result<()> {
        self.execute("rollback").await?;
        self.0 = None;
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Out of the pool, and closed by being dropped: Postgres rolls back.
        drop(self.0.take().map(PoolConnection::detach));
    }
}

impl Deref for Turn {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.0.as_ref().expect("only what is over has none")
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.0.as_mut().expect("only what is over has none")
    }
}
