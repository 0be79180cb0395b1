mod turn;

pub use turn::Turn;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AssertSqlSafe, PgConnection, Row as _, SqlSafeStr as _, SqlStr};
use time::OffsetDateTime;

use crate::books::Change;
use crate::clock::Clock;
use crate::id::Environment;
use crate::postgres::{self, Writes, array, write};

/// Where the history of an environment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The newest revision; 0 where nothing ever happened.
    pub revision: i64,
    /// The database's clock, never before the newest revision's.
    pub now: OffsetDateTime,
}

/// The class of erpsync's advisory locks; the other half of the key is the environment.
const LOCK_CLASS: i32 = 0x4552_5053;

/// Until the transaction ends, nobody else writes this environment, and it sees no other.
pub async fn lock(conn: &mut PgConnection, of: Environment) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(locking(of))).execute(conn).await?;
    Ok(())
}

/// The statements that take the lock, and let see this environment alone.
fn locking(of: Environment) -> String {
    format!("select pg_advisory_xact_lock({LOCK_CLASS}, {of}), {}", naming(of))
}

/// What names the environment.
fn naming(of: Environment) -> String {
    format!("set_config('{}', '{of}', true)", postgres::ENVIRONMENT)
}

/// What a batch finds.
pub struct Opened {
    /// Where the history ends.
    pub head: Head,
    /// How often something was saved that has no revision.
    pub quiet_batches: i64,
    /// Tables that have nothing of the environment.
    pub empty: BTreeSet<&'static str>,
}

/// What a batch asks first: where the history ends, what time it is, and which tables have nothing of the
/// environment. A statement of its own after the lock: a statement sees what was committed when it began,
/// and it may have begun before the lock was had.
pub struct Opening {
    sparse: Vec<&'static str>,
    sql: SqlStr,
}

impl Opening {
    /// Asks for so many tables.
    pub fn new(sparse: BTreeSet<&'static str>) -> Opening {
        let sparse: Vec<_> = sparse.into_iter().collect();
        let any = |it: &&str| format!("exists (select from {it} where environment = $1)");
        let any = sparse.iter().map(any).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "
            select coalesce(newest.revision, 0) as revision,
                greatest(newest.at, clock_timestamp() + make_interval(secs => $2)) as now,
                coalesce((select quiet_batches from lane where environment = $1), 0) as quiet_batches,
                array[{any}]::boolean[] as any
            from (select 1) as one
            left join lateral (
                select revision, at
                from log
                where environment = $1
                order by revision desc
                limit 1
            ) as newest on true
            "
        );
        // Nothing but what stands in our code is in it.
        Opening { sparse, sql: AssertSqlSafe(sql).into_sql_str() }
    }

    /// Asks.
    pub async fn ask(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        clock: &Clock,
    ) -> sqlx::Result<Opened> {
        let row = sqlx::query(self.sql.clone())
            .bind(of.0)
            .bind(clock.ahead_micros() as f64 / 1e6)
            .fetch_one(conn)
            .await?;
        let any: Vec<bool> = row.try_get("any")?;
        let empty = self.sparse.iter().zip(any).filter(|(_, any)| !any).map(|(table, _)| *table);
        Ok(Opened {
            head: Head { revision: row.try_get("revision")?, now: row.try_get("now")? },
            quiet_batches: row.try_get("quiet_batches")?,
            empty: empty.collect(),
        })
    }
}

/// Takes the lock for a batch that was decided before it had it; whether nobody else has written since its
/// books were opened, so that what they know is true. One journey: Postgres begins the second statement when
/// the first has the lock.
pub async fn lock_unchanged(
    conn: &mut PgConnection,
    of: Environment,
    revision: i64,
    quiet_batches: i64,
) -> sqlx::Result<bool> {
    let sql = format!(
        "
        {};
        select 1
        where {revision} = coalesce((
                select revision from log where environment = {of} order by revision desc limit 1
            ), 0)
            and {quiet_batches} = coalesce((
                select quiet_batches from lane where environment = {of}
            ), 0)
        ",
        locking(of)
    );
    // The lock's row, and one more where nothing changed.
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(conn).await?;
    Ok(rows.len() == 2)
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
