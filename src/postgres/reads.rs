use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgPool, PgTransaction, Postgres};

use super::ENVIRONMENT;
use crate::id::Environment;

/// Connections to read over. Whoever takes one says in which environment, and sees no row of another.
#[derive(Clone, Debug)]
pub struct Reads(PgPool);

impl Reads {
    /// Over these connections.
    pub fn over(pool: PgPool) -> Reads {
        Reads(pool)
    }

    /// To read in an environment, each statement what is there when it begins.
    pub async fn of(&self, environment: Environment) -> sqlx::Result<PgTransaction<'static>> {
        self.begin("begin read only", environment).await
    }

    /// To read in an environment; all that is read is of one moment.
    pub async fn moment_of(
        &self,
        environment: Environment,
    ) -> sqlx::Result<PgTransaction<'static>> {
        self.begin("begin isolation level repeatable read read only", environment).await
    }

    /// The same, to walk through all of a table by its key, a page at a time. A table that has just been
    /// filled has no statistics yet, and Postgres would sort it whole for each page.
    pub async fn walk_of(&self, environment: Environment) -> sqlx::Result<PgTransaction<'static>> {
        let begin = "begin isolation level repeatable read read only; set local enable_sort = off";
        self.begin(begin, environment).await
    }

    /// For what belongs to no environment: keys, numbers, and functions that look into all of them.
    pub async fn of_none(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        self.0.acquire().await
    }

    /// Closes all.
    pub async fn close(&self) {
        self.0.close().await;
    }

    /// Begins and names the environment in one go, so that it costs no second journey.
    async fn begin(
        &self,
        begin: &'static str,
        Environment(number): Environment,
    ) -> sqlx::Result<PgTransaction<'static>> {
        let begin = format!("{begin}; set local {ENVIRONMENT} = '{number}'");
        self.0.begin_with(AssertSqlSafe(begin)).await
    }
}
