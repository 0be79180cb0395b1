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
use crate::id::{Environment, RequestId};

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

    /// Begins the next one, because an operator says that the database was restored. Said again
    /// with the same id, it only answers.
    pub async fn declare(&self, request_id: &RequestId) -> Result<Begun> {
        let begun = declare(&self.owner, Some(request_id)).await.map_err(Refusal::of_read)?;
        // Another server may have begun a newer one since.
        self.number.fetch_max(begun.number, Ordering::AcqRel);
        Ok(begun)
    }

    /// Reads again which one it is: another process may have begun the next.
    pub async fn refresh(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        if let Some((number, ..)) = newest(conn).await? {
            self.number.store(number, Ordering::Release);
        }
        Ok(())
    }
}

/// An incarnation that began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its number.
    pub number: i64,
    /// The operators' revision at which it began.
    pub revision: i64,
    /// Whether it had begun when this was said first.
    pub replayed: bool,
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
            begin(&mut tx, number, here, None).await?;
            number
        }
    };
    tx.commit().await?;
    conn.close().await?;
    Ok(Incarnation { number: Arc::new(AtomicI64::new(number)), owner: owner.clone() })
}

/// Begins the next incarnation whatever the database looks like, once for each request.
async fn declare(owner: &PgConnectOptions, request: Option<&RequestId>) -> sqlx::Result<Begun> {
    let mut conn = owner.clone().connect().await?;
    let mut tx = conn.begin().await?;
    sqlx::query("lock table incarnation in exclusive mode").execute(&mut *tx).await?;
    let there = sqlx::query("select number, revision from incarnation where request_id = $1")
        .bind(request.map(RequestId::as_str))
        .fetch_optional(&mut *tx)
        .await?;
    let begun = match there {
        Some(it) => Begun { number: it.try_get(0)?, revision: it.try_get(1)?, replayed: true },
        None => {
            let number = newest(&mut tx).await?.map_or(0, |it| it.0) + 1;
            let here = place(&mut tx).await?;
            let revision = begin(&mut tx, number, here, request).await?;
            Begun { number, revision, replayed: false }
        }
    };
    tx.commit().await?;
    conn.close().await?;
    Ok(begun)
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

/// Writes the incarnation, and a row into every history that there is; answers the operators' new
/// revision. Each lane's lock is taken, so that no batch runs across the jump.
async fn begin(
    conn: &mut PgConnection,
    number: i64,
    (identifier, timeline): (i64, i32),
    request: Option<&RequestId>,
) -> sqlx::Result<i64> {
    // The copy may be older than an environment's first write, of which readers know.
    let mut environments: Vec<i32> = sqlx::query_scalar(
        "select number from tenant_environment where environment = 0 order by number",
    )
    .fetch_all(&mut *conn)
    .await?;
    environments.insert(0, Environment::OPERATORS.0);
    // A database in which nothing ever happened has nothing to lose.
    let is_first = number == 1;
    let mut revisions = Vec::new();
    for environment in environments.into_iter().filter(|_| !is_first) {
        crate::lanes::lock(conn, Environment(environment)).await?;
        let revision: i64 = sqlx::query_scalar(
            "
            insert into log (environment, revision, kind, removed, keys, at)
            select $1, coalesce(newest.revision, 0) + $2, 'incarnation', false, array[$3::text],
                greatest(newest.at, clock_timestamp())
            from (select 1) as one
            left join lateral (
                select revision, at
                from log
                where environment = $1
                order by revision desc
                limit 1
            ) as newest on true
            returning revision
            ",
        )
        .bind(environment)
        .bind(JUMP)
        .bind(number.to_string())
        .fetch_one(&mut *conn)
        .await?;
        revisions.push(revision);
    }
    let revision = revisions.first().copied().unwrap_or(0);
    sqlx::query(
        "
        insert into incarnation (number, system_identifier, timeline, at, revision, request_id)
        values ($1, $2, $3, clock_timestamp(), $4, $5)
        ",
    )
    .bind(number)
    .bind(identifier)
    .bind(timeline)
    .bind(revision)
    .bind(request.map(RequestId::as_str))
    .execute(conn)
    .await?;
    Ok(revision)
}
