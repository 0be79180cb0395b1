//! Which life of the database this is.
//!
//! A restore from an older copy loses revisions that readers were told of. So whenever the rows
//! live in another cluster, or on another timeline, than when they were last served, or an operator
//! says so, a new incarnation begins: every environment's history jumps far ahead, and tokens of
//! readers from before are refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, Row as _};

use crate::error::{Refusal, Result};

/// How far revisions jump: more than any environment writes between two copies.
const JUMP: i64 = 1_000_000_000;

/// The incarnation that this process serves.
#[derive(Clone, Debug)]
pub struct Incarnation {
    number: Arc<AtomicI64>,
    owner: PgConnectOptions,
}

impl Incarnation {
    /// Its number; rises by one with each.
    pub fn number(&self) -> i64 {
        self.number.load(Ordering::Acquire)
    }

    /// Begins the next one, because an operator says that the database was restored.
    pub async fn declare(&self) -> Result<i64> {
        let number = declare(&self.owner).await.map_err(Refusal::of_read)?;
        self.number.store(number, Ordering::Release);
        Ok(number)
    }

    /// Reads again which one it is: another process may have begun the next.
    pub async fn refresh(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        if let Some((number, ..)) = newest(conn).await? {
            self.number.store(number, Ordering::Release);
        }
        Ok(())
    }
}

/// Asked once at the start: begins a new incarnation where the rows have moved.
pub async fn begin_if_moved(owner: &PgConnectOptions) -> sqlx::Result<Incarnation> {
    let mut conn = owner.clone().connect().await?;
    let mut tx = conn.begin().await?;
    // Two servers that start at once must not begin two.
    sqlx::query("lock table incarnation in exclusive mode").execute(&mut *tx).await?;
    let there = newest(&mut tx).await?;
    let here = place(&mut tx).await?;
    let number = match there {
        Some((number, identifier, timeline)) if (identifier, timeline) == here => number,
        there => {
            let number = there.map_or(0, |it| it.0) + 1;
            begin(&mut tx, number, here).await?;
            number
        }
    };
    tx.commit().await?;
    conn.close().await?;
    Ok(Incarnation { number: Arc::new(AtomicI64::new(number)), owner: owner.clone() })
}

/// Begins the next incarnation whatever the database looks like.
pub async fn declare(owner: &PgConnectOptions) -> sqlx::Result<i64> {
    let mut conn = owner.clone().connect().await?;
    let mut tx = conn.begin().await?;
    sqlx::query("lock table incarnation in exclusive mode").execute(&mut *tx).await?;
    let number = newest(&mut tx).await?.map_or(0, |it| it.0) + 1;
    let here = place(&mut tx).await?;
    begin(&mut tx, number, here).await?;
    tx.commit().await?;
    conn.close().await?;
    Ok(number)
}

async fn newest(conn: &mut PgConnection) -> sqlx::Result<Option<(i64, i64, i32)>> {
    let row = sqlx::query(
        "select number, system_identifier, timeline from incarnation order by number desc limit 1",
    )
    .fetch_optional(conn)
    .await?;
    row.map(|it| Ok((it.try_get(0)?, it.try_get(1)?, it.try_get(2)?))).transpose()
}

async fn place(conn: &mut PgConnection) -> sqlx::Result<(i64, i32)> {
    let row = sqlx::query(
        "
        select system_identifier, timeline_id
        from pg_control_system(), pg_control_checkpoint()
        ",
    )
    .fetch_one(conn)
    .await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// Writes the incarnation, and a row into every history that there is. Each lane's lock is taken,
/// so that no batch runs across the jump.
async fn begin(
    conn: &mut PgConnection,
    number: i64,
    (identifier, timeline): (i64, i32),
) -> sqlx::Result<()> {
    sqlx::query(
        "
        insert into incarnation (number, system_identifier, timeline, at)
        values ($1, $2, $3, clock_timestamp())
        ",
    )
    .bind(number)
    .bind(identifier)
    .bind(timeline)
    .execute(&mut *conn)
    .await?;
    let environments: Vec<i32> =
        sqlx::query_scalar("select distinct environment from log order by environment")
            .fetch_all(&mut *conn)
            .await?;
    for environment in environments {
        crate::lanes::lock(conn, crate::id::Environment(environment)).await?;
        sqlx::query(
            "
            insert into log (environment, revision, kind, removed, keys, at)
            select environment, revision + $2, 'incarnation', false, array[$3::text],
                greatest(at, clock_timestamp())
            from log
            where environment = $1
            order by revision desc
            limit 1
            ",
        )
        .bind(environment)
        .bind(JUMP)
        .bind(number.to_string())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
