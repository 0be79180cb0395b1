use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::model::{Filter, Waiting};
use super::{Discarded, Parked, Payload};
use crate::books::{Entry, Name};
use crate::documents::Document;
use crate::error::Refusal;
use crate::id::{Environment, OrderId, ParkedId, SystemName};
use crate::postgres::{Writes, array, write};

impl Entry for Parked {
    type Key = ParkedId;

    const KIND: Option<&'static str> = Some("parked");

    const SPARSE: Option<&'static str> = Some("parked");

    fn key(&self) -> ParkedId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[ParkedId],
    ) -> sqlx::Result<Vec<Parked>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select id, kind, system, external_id, order_id, refusal, payload_version, payload,
                    attempts, parked_at, tried_at, applied_at, discarded_at,
                    discarded_by, discard_reason, revision
                from parked
                where environment = $1 and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(read).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Parked]) {
        let discarded = || entries.iter().map(|it| it.discarded.as_ref());
        write(
            writes,
            "
            insert into parked (environment, id, kind, system, external_id, order_id, reason,
                refusal, payload_version, payload, attempts, parked_at, tried_at, applied_at,
                discarded_at, discarded_by, discard_reason, revision)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::text[]), unnest($6::bigint[]), unnest($7::text[]), unnest($8::text[]),
                unnest($9::smallint[]), unnest($10::bytea[]), unnest($11::int[]),
                unnest($12::timestamptz[]), unnest($13::timestamptz[]), unnest($14::timestamptz[]),
                unnest($15::timestamptz[]), unnest($16::text[]), unnest($17::text[]),
                unnest($18::bigint[])
            on conflict (environment, id) do update
            set order_id = excluded.order_id,
                reason = excluded.reason,
                refusal = excluded.refusal,
                attempts = excluded.attempts,
                parked_at = excluded.parked_at,
                tried_at = excluded.tried_at,
                applied_at = excluded.applied_at,
                discarded_at = excluded.discarded_at,
                discarded_by = excluded.discarded_by,
                discard_reason = excluded.discard_reason,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.kind).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.external_id).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.refusal.reason_name()).collect::<Vec<_>>())
        .bind_json(entries.iter().map(|it| Some(&it.refusal)))
        .bind(entries.iter().map(|it| it.payload.version).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &it.payload.json[..]).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.attempts).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.parked_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.tried_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.applied_at).collect::<Vec<_>>())
        .bind(discarded().map(|it| it.map(|it| it.at)).collect::<Vec<_>>())
        .bind(discarded().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(discarded().map(|it| it.map(|it| &*it.reason)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

/// What is parked, oldest first, after an id.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    filter: &Filter,
    after: Option<ParkedId>,
    limit: i64,
) -> sqlx::Result<Vec<Parked>> {
    let sql = format!(
        "
        select id, kind, system, external_id, order_id, refusal, payload_version, payload,
            attempts, parked_at, tried_at, applied_at, discarded_at,
                    discarded_by, discard_reason, revision
        from parked as head
        where environment = $1 and $3 < id
            and ($4 or (applied_at is null and discarded_at is null))
            and ($5::text is null or kind = $5)
            and ($6::text is null or system = $6)
            and ($7::text is null or reason = $7)
            and ($8::bigint is null or order_id = $8)
            and {}
        order by id
        limit $9
        ",
        Parked::OF_SHOP
    );
    // Nothing but what stands in our code is in it.
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(of.0)
        .bind(filter.sees.shops())
        .bind(after.map_or(0, |it| it.0))
        .bind(filter.with_applied)
        .bind(&filter.kind)
        .bind(filter.system.as_ref().map(|it| it.as_str()))
        .bind(&filter.reason)
        .bind(filter.order.map(|it| it.0))
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &PgRow) -> sqlx::Result<Parked> {
    let refusal: Refusal = serde_json::from_str(row.try_get("refusal")?)
        .map_err(|it| sqlx::Error::Decode(it.into()))?;
    let discarded = match row.try_get("discarded_at")? {
        None => None,
        Some(at) => Some(Discarded {
            by: SystemName::stored(row.try_get("discarded_by")?),
            reason: row.try_get("discard_reason")?,
            at,
        }),
    };
    Ok(Parked {
        id: ParkedId(row.try_get("id")?),
        kind: row.try_get("kind")?,
        system: SystemName::stored(row.try_get("system")?),
        external_id: row.try_get("external_id")?,
        order: row.try_get::<Option<_>, _>("order_id")?.map(OrderId),
        refusal,
        payload: Payload {
            version: row.try_get("payload_version")?,
            json: row.try_get("payload")?,
        },
        attempts: row.try_get("attempts")?,
        parked_at: row.try_get("parked_at")?,
        tried_at: row.try_get("tried_at")?,
        applied_at: row.try_get("applied_at")?,
        discarded,
        revision: row.try_get("revision")?,
    })
}

impl Document for Parked {
    // Where its order is not known, it is of whoever told it.
    const OF_SHOP: &'static str = "
        case
            when cardinality($2::text[]) = 0 then true
            when head.order_id is null then head.system = all($2)
            else exists (
                select from orders
                where orders.environment = $1 and orders.id = head.order_id and orders.shop = all($2)
            )
        end
        ";

    fn revision(&self) -> i64 {
        self.revision
    }
}

impl Entry for Waiting {
    type Key = Name;

    const KIND: Option<&'static str> = None;

    const SPARSE: Option<&'static str> = Some("parked_waiting");

    fn key(&self) -> Name {
        self.name.clone()
    }

    fn check(&self) -> Result<(), String> {
        if self.parked.is_empty() {
            return Err("nobody waits".into());
        }
        Ok(())
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Name],
    ) -> sqlx::Result<Vec<Waiting>> {
        let rows = sqlx::query(
            "
            select asked.nth, found.parked
            from unnest((select $2::text[]), (select $3::text[]), (select $4::text[]))
                with ordinality
                as asked(system, kind, id, nth)
            cross join lateral (
                select parked
                from parked_waiting
                where environment = $1
                    and system = asked.system and kind = asked.kind and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.id.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.into_iter()
            .map(|it| {
                let parked: Vec<i64> = it.try_get("parked")?;
                Ok(Waiting {
                    name: keys[it.try_get::<i64, _>("nth")? as usize - 1].clone(),
                    parked: parked.into_iter().map(ParkedId).collect(),
                })
            })
            .collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Waiting]) {
        write(
            writes,
            "
            insert into parked_waiting (environment, system, kind, id, parked)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::text[])::bigint[]
            on conflict (environment, system, kind, id) do update set parked = excluded.parked
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.name.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.name.kind.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.name.id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| array::numbers(&it.parked)).collect::<Vec<_>>());
    }

    fn remove(writes: &mut Writes, of: Environment, keys: &[Name]) {
        write(
            writes,
            "
            delete from parked_waiting
            using unnest($2::text[], $3::text[], $4::text[]) as gone(system, kind, id)
            where environment = $1 and parked_waiting.system = gone.system
                and parked_waiting.kind = gone.kind and parked_waiting.id = gone.id
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.id.as_str()).collect::<Vec<_>>());
    }
}
