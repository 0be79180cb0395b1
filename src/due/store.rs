use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use super::{Due, DueKey};
use crate::books::Entry;
use crate::id::Environment;
use crate::postgres::{Reads, Writes, write};

impl Entry for Due {
    type Key = DueKey;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> DueKey {
        self.key.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[DueKey],
    ) -> sqlx::Result<Vec<Due>> {
        let rows = sqlx::query(
            "
            select asked.nth, found.at
            from unnest((select $2::text[]), (select $3::text[])) with ordinality
                as asked(kind, key, nth)
            cross join lateral (
                select at
                from due
                where environment = $1 and kind = asked.kind and key = asked.key
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.kind).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| &*it.key).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.into_iter()
            .map(|it| {
                let key = keys[it.try_get::<i64, _>("nth")? as usize - 1].clone();
                Ok(Due { key, at: it.try_get("at")? })
            })
            .collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Due]) {
        write(
            writes,
            "
            insert into due (environment, kind, key, at)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::timestamptz[])
            on conflict (environment, kind, key) do update set at = excluded.at
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.kind).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.key.key).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.at).collect::<Vec<_>>());
    }

    fn remove(writes: &mut Writes, of: Environment, keys: &[DueKey]) {
        write(
            writes,
            "
            delete from due
            using unnest($2::text[], $3::text[]) as gone(kind, key)
            where environment = $1 and due.kind = gone.kind and due.key = gone.key
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.kind).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| &*it.key).collect::<Vec<_>>());
    }
}

/// Something that is due.
pub struct Found {
    pub environment: Environment,
    pub kind: String,
    pub key: String,
}

/// What is due now, longest waiting first, and how long until the next after that.
pub async fn due_now(reads: &Reads, ahead_micros: i64, limit: i64) -> sqlx::Result<Vec<Found>> {
    let rows = sqlx::query(
        "
        select environment, kind, key
        from due_by(clock_timestamp() + $1 * interval '1 microsecond', $2)
        ",
    )
    .bind(ahead_micros)
    .bind(limit)
    .fetch_all(&mut *reads.of_none().await?)
    .await?;
    rows.into_iter()
        .map(|it| {
            let environment = Environment(it.try_get("environment")?);
            Ok(Found { environment, kind: it.try_get("kind")?, key: it.try_get("key")? })
        })
        .collect()
}

/// When the next thing is due, by the clock of the database.
pub async fn next(reads: &Reads, ahead_micros: i64) -> sqlx::Result<Option<std::time::Duration>> {
    let row = sqlx::query(
        "
        select due_next() as at, clock_timestamp() + $1 * interval '1 microsecond' as now
        ",
    )
    .bind(ahead_micros)
    .fetch_one(&mut *reads.of_none().await?)
    .await?;
    let at: Option<OffsetDateTime> = row.try_get("at")?;
    let now: OffsetDateTime = row.try_get("now")?;
    Ok(at.map(|at| (at - now).try_into().unwrap_or_default()))
}

/// The environments that have a history.
pub async fn environments(reads: &Reads) -> sqlx::Result<Vec<Environment>> {
    let found: Vec<i32> = sqlx::query_scalar("select environment from environments_with_history()")
        .fetch_all(&mut *reads.of_none().await?)
        .await?;
    Ok(found.into_iter().map(Environment).collect())
}
