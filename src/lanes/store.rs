use std::collections::BTreeMap;

use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use crate::books::Change;
use crate::clock::Clock;
use crate::id::Environment;
use crate::postgres;

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
    sqlx::query("select pg_advisory_xact_lock($1, $2), set_config($3, $2::text, true)")
        .bind(LOCK_CLASS)
        .bind(of.0)
        .bind(postgres::ENVIRONMENT)
        .execute(conn)
        .await?;
    Ok(())
}

/// The head. A statement of its own after the lock: a statement sees what was committed when it
/// began, and it may have begun before the lock was had.
pub async fn head_and_now(
    conn: &mut PgConnection,
    of: Environment,
    clock: &Clock,
) -> sqlx::Result<Head> {
    let row = sqlx::query(
        "
        select coalesce(newest.revision, 0) as revision,
            greatest(newest.at, clock_timestamp() + make_interval(secs => $2)) as now
        from (select 1) as one
        left join lateral (
            select revision, at
            from log
            where environment = $1
            order by revision desc
            limit 1
        ) as newest on true
        ",
    )
    .bind(of.0)
    .bind(clock.ahead_micros() as f64 / 1e6)
    .fetch_one(conn)
    .await?;
    Ok(Head { revision: row.try_get("revision")?, now: row.try_get("now")? })
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
pub async fn append(
    conn: &mut PgConnection,
    of: Environment,
    at: OffsetDateTime,
    changes: &[(i64, Vec<Change>)],
) -> sqlx::Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut packed: BTreeMap<(i64, &str, bool), Vec<&str>> = BTreeMap::new();
    for (revision, changed) in changes {
        for Change { kind, removed, key } in changed {
            packed.entry((*revision, kind, *removed)).or_default().push(key);
        }
    }
    // Arrays of arrays are one array to Postgres, so the keys are sent flat, with their row.
    let rows = || packed.keys();
    let keys = || {
        (1_i64..).zip(packed.values()).flat_map(|(nth, it)| it.iter().map(move |key| (nth, *key)))
    };
    // Whoever else writes one of these revisions meets its part 0.
    let parts = rows().scan((0, 0), |(last, part), (revision, _, _)| {
        *part = if last == revision { *part + 1 } else { 0 };
        *last = *revision;
        Some(*part)
    });
    let parts: Vec<i32> = parts.collect();
    sqlx::query(
        "
        insert into log (environment, revision, part, kind, removed, keys, at)
        select $1, entry.revision, entry.part, entry.kind, entry.removed, packed.keys, $2
        from unnest($3::bigint[], $4::int[], $5::text[], $6::boolean[]) with ordinality
            as entry(revision, part, kind, removed, nth)
        join (
            select nth, array_agg(key order by place) as keys
            from unnest($7::bigint[], $8::text[]) with ordinality as given(nth, key, place)
            group by nth
        ) as packed on packed.nth = entry.nth
        order by entry.nth
        ",
    )
    .bind(of.0)
    .bind(at)
    .bind(rows().map(|it| it.0).collect::<Vec<_>>())
    .bind(parts)
    .bind(rows().map(|it| it.1).collect::<Vec<_>>())
    .bind(rows().map(|it| it.2).collect::<Vec<_>>())
    .bind(keys().map(|it| it.0).collect::<Vec<_>>())
    .bind(keys().map(|it| it.1).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves the start of the log to the last revision before `before`, never to the head, and deletes
/// what lies behind it; request names go after `names_before`.
pub async fn prune(
    conn: &mut PgConnection,
    of: Environment,
    before: OffsetDateTime,
    names_before: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query(
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
    .bind(before)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "
        delete from identity
        where environment = $1 and kind in ('request', 'upload_batch') and at < $2
        ",
    )
    .bind(of.0)
    .bind(names_before)
    .execute(&mut *conn)
    .await?;
    sqlx::query("delete from upload where environment = $1 and at < $2")
        .bind(of.0)
        .bind(names_before)
        .execute(conn)
        .await?;
    Ok(())
}
