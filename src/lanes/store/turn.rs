//! The transaction in which a lane writes.

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Executor, PgConnection, PgPool, Postgres};

use super::{Opened, Supposed, naming, opening};
use crate::clock::Clock;
use crate::id::Environment;
use crate::postgres::Writes;

/// An environment's turn to write. What is decided before it is had supposes where the history ends; nothing of it is
/// written if that is not so.
///
/// One that is not over ends with its connection: nobody else gets one of which it is not known what happened on it.
pub struct Turn {
    conn: Option<PoolConnection<Postgres>>,
    of: Environment,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// Nothing was said on its connection.
    Idle,
    /// Its transaction has begun, to read.
    Reading,
    /// It has the lock.
    Locked,
    /// It is not known what is going on.
    Under,
}

impl Turn {
    /// Begins, with the lock, in one journey.
    pub async fn begin(
        pool: &PgPool,
        of: Environment,
        clock: &Clock,
    ) -> sqlx::Result<(Turn, Opened)> {
        let mut turn = Turn::to_come(pool, of).await?;
        turn.stage = Stage::Under;
        let opening = format!("begin; select {}; {}", naming(of), opening(of, clock));
        let rows = sqlx::raw_sql(AssertSqlSafe(opening)).fetch_all(turn.conn()).await?;
        let opened = Opened::told(rows.last().ok_or(sqlx::Error::RowNotFound)?)?;
        turn.stage = Stage::Locked;
        Ok((turn, opened))
    }

    /// A connection, and nothing else yet.
    pub async fn to_come(pool: &PgPool, of: Environment) -> sqlx::Result<Turn> {
        Ok(Turn { conn: Some(pool.acquire().await?), of, stage: Stage::Idle })
    }

    /// To read, before or under the lock.
    pub async fn read(&mut self) -> sqlx::Result<&mut PgConnection> {
        if self.stage == Stage::Idle {
            self.stage = Stage::Under;
            let begin = format!("begin; select {}", naming(self.of));
            self.conn().execute(AssertSqlSafe(begin)).await?;
            self.stage = Stage::Reading;
        }
        Ok(self.conn())
    }

    /// Takes the lock.
    async fn lock(&mut self, supposed: &Supposed) -> sqlx::Result<()> {
        let mut taking = Writes::default();
        supposed.take(&mut taking, self.of);
        let conn = self.read().await?;
        taking.run(conn).await?;
        self.stage = Stage::Locked;
        Ok(())
    }

    /// Writes, and makes it durable. What is one statement takes the lock itself, and is its own transaction, unless
    /// there is one; says when nothing is left to do but to make it durable.
    pub async fn write(
        mut self,
        mut writes: Writes,
        supposed: &Supposed,
        commits: impl FnOnce(),
    ) -> sqlx::Result<()> {
        if self.stage != Stage::Locked {
            if writes.are_one() {
                writes.begin_with(|it| supposed.take(it, self.of));
            } else {
                self.lock(supposed).await?;
            }
        }
        let is_alone = self.stage == Stage::Idle;
        self.stage = Stage::Under;
        writes.run(self.conn()).await?;
        commits();
        if !is_alone {
            self.conn().execute("commit").await?;
        }
        self.stage = Stage::Idle;
        Ok(())
    }

    /// Moves the end of the history, and nothing else: whatever supposes that it is where it was is overtaken.
    pub async fn move_on(self, Opened { mark, now }: &Opened) -> sqlx::Result<()> {
        let mut writes = Writes::default();
        super::note_quiet(&mut writes, self.of);
        let supposed = Supposed { mark: *mark, now: *now, ahead_micros: 0 };
        self.write(writes, &supposed, || ()).await
    }

    fn conn(&mut self) -> &mut PgConnection {
        self.conn.as_mut().expect("only what is over has none")
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let conn = self.conn.take();
        // Out of the pool, and closed by being dropped: Postgres rolls back.
        if self.stage != Stage::Idle {
            drop(conn.map(PoolConnection::detach));
        }
    }
}
