mod turn;

pub use turn::Turn;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _, SqlSafeStr as _, SqlStr};
use time::OffsetDateTime;

use crate::books::Change;
use crate::clock::Clock;
use crate::id::Environment;
use crate::postgres::{self, Writes, array, write};

/// What tells whether anybody has written an environment: it differs once somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The newest revision; 0 where nothing ever happened.
    pub revision: i64,
    /// When that was.
    pub at: Option<OffsetDateTime>,
    /// How often something was saved that has no revision.
    pub quiet_batches: i64,
}

/// What a batch finds once it has the lock.
#[derive(Clone, Copy)]
pub struct Opened {
    /// Where the history ends.
    pub mark: Mark,
    /// The database's clock, never before the newest revision's.
    pub now: OffsetDateTime,
}

impl Opened {
    /// As [`opening`] told.
    fn told(row: &PgRow) -> sqlx::Result<Opened> {
        let time = |micros: i64| {
            let nanos = i128::from(micros) * 1_000;
            OffsetDateTime::from_unix_timestamp_nanos(nanos)
                .map_err(|it| sqlx::Error::Decode(it.into()))
        };
        let at: Option<i64> = row.try_get("at")?;
        let mark = Mark {
            revision: row.try_get("revision")?,
            at: at.map(time).transpose()?,
            quiet_batches: row.try_get("quiet_batches")?,
        };
        Ok(Opened { mark, now: time(row.try_get("now")?)? })
    }
}

/// What a batch supposes that was decided before it had the lock.
pub struct Supposed {
    /// Where the history ends.
    pub mark: Mark,
    /// What time it is.
    pub now: OffsetDateTime,
    /// How far the clock is ahead of the database's.
    pub ahead_micros: i64,
}

impl Supposed {
    /// Takes the lock, and fails unless it is so.
    fn take(&self, writes: &mut Writes, of: Environment) {
        let Supposed { mark, now, ahead_micros } = self;
        write(writes, "select take_turn($1, $2, $3, $4, $5, $6, $7)")
            .bind(LOCK_CLASS)
            .bind(of.0)
            .bind(mark.revision)
            .bind(mark.at.map(micros))
            .bind(mark.quiet_batches)
            .bind(micros(*now))
            .bind(ahead_micros);
    }
}

/// Microseconds since 1970.
fn micros(at: OffsetDateTime) -> i64 {
    (at.unix_timestamp_nanos() / 1_000) as i64
}

/// The class of erpsync's advisory locks; the other half of the key is the environment.
const LOCK_CLASS: i32 = 0x4552_5053;

/// Until the transaction ends, nobody else writes this environment, and it sees no other.
pub async fn lock(conn: &mut PgConnection, of: Environment) -> sqlx::Result<()> {
    let sql = format!("select pg_advisory_xact_lock({LOCK_CLASS}, {of}), {}", naming(of));
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
    Ok(())
}

/// The statement that takes the lock, and tells what is found then.
fn opening(of: Environment, clock: &Clock) -> String {
    format!("select * from open_lane({LOCK_CLASS}, {of}, {})", clock.ahead_micros())
}

/// What names the environment: of it alone anything is seen.
fn naming(of: Environment) -> String {
    format!("set_config('{}', '{of}', true)", postgres::ENVIRONMENT)
}

/// Asks which tables have nothing of an environment.
pub struct Sparse {
    tables: Vec<&'static str>,
    sql: SqlStr,
}

impl Sparse {
    /// Of so many tables.
    pub fn new(tables: BTreeSet<&'static str>) -> Sparse {
        let tables: Vec<_> = tables.into_iter().collect();
        let any = |it: &&str| format!("exists (select from {it} where environment = $1)");
        let any = tables.iter().map(any).collect::<Vec<_>>().join(", ");
        // Nothing but what stands in our code is in it.
        let sql = AssertSqlSafe(format!("select array[{any}]::boolean[]")).into_sql_str();
        Sparse { tables, sql }
    }

    /// Asks.
    pub async fn empty(
        &self,
        turn: &mut Turn,
        of: Environment,
    ) -> sqlx::Result<BTreeSet<&'static str>> {
        let conn = turn.read().await?;
        let any: Vec<bool> =
            sqlx::query_scalar(self.sql.clone()).bind(of.0).fetch_one(conn).await?;
        Ok(self.tables.iter().zip(any).filter(|(_, any)| !any).map(|(table, _)| *table).collect())
    }
}

/// Notes that something is saved that has no revision.
pub fn note_quiet(writes: &mut Writes, of: Environment) {
    write(
        writes,
        "
        insert into lane (environment, quiet_batches)
        values ($1, 1)
        on conflict (environment) do update set quiet_batches = lane.quiet_batches + 1
        ",
    )
    .bind(of.0);
}

/// The newest revision of an environment; 0 where nothing ever happened.
pub async fn head(conn: &mut PgConnection, of: Environment) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "
        select coalesce(
            (select revision from log where environment = $1 order by revision desc limit 1), 0)
        ",
    )
    .bind(of.0)
    .fetch_one(conn)
    .await
}

/// Writes what each revision changed, packed: one row for each kind, with its keys in an array.
pub fn append(
    writes: &mut Writes,
    of: Environment,
    at: OffsetDateTime,
    changes: &[(i64, Vec<Change>)],
) {
    if changes.is_empty() {
        return;
    }
    let mut packed: BTreeMap<(i64, &str, bool), Vec<&str>> = BTreeMap::new();
    for (revision, changed) in changes {
        for Change { kind, removed, key } in changed {
            packed.entry((*revision, kind, *removed)).or_default().push(key);
        }
    }
    let rows = || packed.keys();
    // Whoever else writes one of these revisions meets its part 0.
    let parts = rows().scan((0, 0), |(last, part), (revision, _, _)| {
        *part = if last == revision { *part + 1 } else { 0 };
        *last = *revision;
        Some(*part)
    });
    let parts: Vec<i32> = parts.collect();
    write(
        writes,
        "
        insert into log (environment, revision, part, kind, removed, keys, at)
        select $1, unnest($3::bigint[]), unnest($4::int[]), unnest($5::text[]), unnest($6::boolean[]),
            unnest($7::text[])::text[], $2
        ",
    )
    .bind(of.0)
    .bind(at)
    .bind(rows().map(|it| it.0).collect::<Vec<_>>())
    .bind(parts)
    .bind(rows().map(|it| it.1).collect::<Vec<_>>())
    .bind(rows().map(|it| it.2).collect::<Vec<_>>())
    .bind(packed.values().map(|it| array::texts(it.iter().copied())).collect::<Vec<_>>());
}

/// Moves the start of the log to the last revision before `before`, never to the head, and deletes
/// what lies behind it; request names go after `names_before`.
pub fn prune(
    writes: &mut Writes,
    of: Environment,
    before: OffsetDateTime,
    names_before: OffsetDateTime,
) {
    write(
        writes,
        "
        with ended as (
            select max(revision) as revision
            from log
            where environment = $1 and at < $2
                and revision < (select max(revision) from log where environment = $1)
        ), started as (
            insert into log_start (environment, revision)
            select $1, revision from ended where revision is not null
            on conflict (environment) do update
            set revision = greatest(log_start.revision, excluded.revision)
        )
        delete from log
        where environment = $1 and revision <= (select revision from ended)
        ",
    )
    .bind(of.0)
    .bind(before);
    write(
        writes,
        "
        delete from identity
        where environment = $1 and kind in ('request', 'upload_batch') and at < $2
        ",
    )
    .bind(of.0)
    .bind(names_before);
    write(writes, "delete from upload where environment = $1 and at < $2")
        .bind(of.0)
        .bind(names_before);
}
