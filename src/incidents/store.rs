use serde_json::from_str;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::wire::Filter;
use super::{Incident, IncidentKey, Kind};
use crate::books::Entry;
use crate::documents::{OF_SHOP, corrupt};
use crate::id::{Environment, OrderId};
use crate::postgres::{Writes, write};

impl Entry for Incident {
    type Key = IncidentKey;

    const KIND: Option<&'static str> = Some("incident");

    const SPARSE: Option<&'static str> = Some("incident");

    fn key(&self) -> IncidentKey {
        self.key.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
        self.ending = false;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[IncidentKey],
    ) -> sqlx::Result<Vec<Incident>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::text[]), (select $3::text[])) as asked(kind, subject)
            cross join lateral (
                select kind, subject, message, facts, order_id, times, began_at, ended_at, revision
                from incident
                where environment = $1 and kind = asked.kind and subject = asked.subject
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| &*it.subject).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(read).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Incident]) {
        write(
            writes,
            "
            insert into incident (environment, kind, subject, message, facts, order_id, times,
                began_at, ended_at, revision)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
                unnest($6::bigint[]), unnest($7::bigint[]), unnest($8::timestamptz[]),
                unnest($9::timestamptz[]), unnest($10::bigint[])
            on conflict (environment, kind, subject) do update
            set message = excluded.message,
                facts = excluded.facts,
                order_id = excluded.order_id,
                times = excluded.times,
                began_at = excluded.began_at,
                ended_at = excluded.ended_at,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.kind.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.key.subject).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.message).collect::<Vec<_>>())
        .bind_json(entries.iter().map(|it| Some(&it.facts)))
        .bind(entries.iter().map(|it| it.order.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.times).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.began_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.ended_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

/// Which incidents to list.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// Of a kind, and whose.
    pub filter: &'a Filter,
    /// Also those that have ended.
    pub with_ended: bool,
}

/// Incidents by kind and subject, from behind `after` on.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    which: Which<'_>,
    after: Option<&IncidentKey>,
    limit: i64,
) -> sqlx::Result<Vec<Incident>> {
    let sql = format!(
        "
        select kind, subject, message, facts, order_id, times, began_at, ended_at, revision
        from incident as head
        where environment = $1 and (kind, subject) > ($3, $4)
            and ($5::text is null or kind = $5)
            and ($6 or ended_at is null)
            and (order_id is null or {OF_SHOP})
        order by kind, subject
        limit $7
        "
    );
    // Nothing but what stands in our code is in it.
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(of.0)
        .bind(which.filter.sees.shops())
        .bind(after.map_or("", |it| it.kind.as_str()))
        .bind(after.map_or("", |it| &it.subject))
        .bind(which.filter.kind.map(Kind::as_str))
        .bind(which.with_ended)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// Those of some incidents that a reader sees.
pub async fn those_of(
    conn: &mut PgConnection,
    of: Environment,
    filter: &Filter,
    keys: &[IncidentKey],
) -> sqlx::Result<Vec<Incident>> {
    let sql = format!(
        "
        select kind, subject, message, facts, order_id, times, began_at, ended_at, revision
        from unnest($3::text[], $4::text[]) as asked(kind, subject)
        join incident as head using (kind, subject)
        where environment = $1 and (order_id is null or {OF_SHOP})
        "
    );
    // Nothing but what stands in our code is in it.
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(of.0)
        .bind(filter.sees.shops())
        .bind(keys.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| &*it.subject).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &PgRow) -> sqlx::Result<Incident> {
    let kind = row.try_get("kind")?;
    Ok(Incident {
        key: IncidentKey {
            kind: Kind::parse(kind).ok_or_else(|| corrupt(kind))?,
            subject: row.try_get("subject")?,
        },
        message: row.try_get("message")?,
        facts: from_str(row.try_get("facts")?).map_err(|it| sqlx::Error::Decode(it.into()))?,
        order: row.try_get::<Option<_>, _>("order_id")?.map(OrderId),
        times: row.try_get("times")?,
        began_at: row.try_get("began_at")?,
        ended_at: row.try_get("ended_at")?,
        revision: row.try_get("revision")?,
        ending: false,
    })
}
