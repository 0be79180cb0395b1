use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Amendment, Status};
use crate::books::Entry;
use crate::documents::{Document, corrupt};
use crate::id::{AmendmentId, Environment, ExternalId, OrderId, SystemName};
use crate::orders::Decision;
use crate::postgres::{Writes, write};

impl Entry for Amendment {
    type Key = AmendmentId;

    const KIND: Option<&'static str> = Some("amendment");

    fn key(&self) -> AmendmentId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[AmendmentId],
    ) -> sqlx::Result<Vec<Amendment>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, order_id, shop_version, wished, status, decided_by,
                    decision_reason, decided_at, requested_at, revision
                from amendment
                where environment = $1 and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(amendment).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Amendment]) {
        let decisions = || entries.iter().map(|it| it.decision.as_ref());
        write(
            writes,
            "
            insert into amendment (environment, id, system, external_id, order_id, shop_version,
                wished, status, decided_by, decision_reason, decided_at, requested_at, revision)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::bigint[]), unnest($6::bigint[]), unnest($7::text[]), unnest($8::text[]),
                unnest($9::text[]), unnest($10::text[]), unnest($11::timestamptz[]),
                unnest($12::timestamptz[]), unnest($13::bigint[])
            on conflict (environment, id) do update
            set status = excluded.status,
                decided_by = excluded.decided_by,
                decision_reason = excluded.decision_reason,
                decided_at = excluded.decided_at,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.shop_version).collect::<Vec<_>>())
        .bind_json(entries.iter().map(|it| Some(&it.wished)))
        .bind(entries.iter().map(|it| it.status.as_str()).collect::<Vec<_>>())
        .bind(decisions().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(decisions().map(|it| it.map(|it| &*it.reason)).collect::<Vec<_>>())
        .bind(decisions().map(|it| it.map(|it| it.at)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.requested_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

fn amendment(row: &PgRow) -> sqlx::Result<Amendment> {
    let status = row.try_get("status")?;
    let decision = match row.try_get("decided_by")? {
        None => None,
        Some(by) => Some(Decision {
            by: SystemName::stored(by),
            reason: row.try_get("decision_reason")?,
            at: row.try_get("decided_at")?,
        }),
    };
    Ok(Amendment {
        id: AmendmentId(row.try_get("id")?),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        order: OrderId(row.try_get("order_id")?),
        shop_version: row.try_get("shop_version")?,
        wished: serde_json::from_str(row.try_get("wished")?).map_err(corrupt)?,
        status: Status::parse(status).ok_or_else(|| corrupt(status))?,
        decision,
        requested_at: row.try_get("requested_at")?,
        revision: row.try_get("revision")?,
    })
}

impl Document for Amendment {
    fn revision(&self) -> i64 {
        self.revision
    }
}
