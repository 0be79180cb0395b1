use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Cancellation, CancellationLine, Decision};
use crate::books::Entry;
use crate::documents::Document;
use crate::id::{CancellationId, Environment, ExternalId, OrderId, SystemName};
use crate::postgres::{Writes, write};

impl Entry for Cancellation {
    type Key = CancellationId;

    const KIND: Option<&'static str> = Some("cancellation");

    fn key(&self) -> CancellationId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    fn check(&self) -> Result<(), String> {
        self.must_be_sound()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[CancellationId],
    ) -> sqlx::Result<Vec<Cancellation>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, order_id, reason, decided_by, decision_reason,
                    decided_at, requested_at, revision
                from cancellation
                where environment = $1 and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(&mut *conn)
        .await?;
        if heads.is_empty() {
            return Ok(Vec::new());
        }
        // `offset 0` leaves the planner no choice but one look-up for each cancellation.
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select cancellation_id, line, order_line_id, requested, cancelled
                from cancellation_line
                where environment = $1 and cancellation_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.cancellation_id, found.line
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(conn)
        .await?;
        let mut lines: HashMap<i64, Vec<CancellationLine>> = HashMap::new();
        for row in &rows {
            lines.entry(row.try_get("cancellation_id")?).or_default().push(CancellationLine {
                line: ExternalId::stored(row.try_get("order_line_id")?),
                requested: row.try_get("requested")?,
                cancelled: row.try_get("cancelled")?,
            });
        }
        heads.iter().map(|it| head(it, &mut lines)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Cancellation]) {
        let decisions = || entries.iter().map(|it| it.decision.as_ref());
        write(
            writes,
            "
            insert into cancellation (environment, id, system, external_id, order_id, reason,
                decided_by, decision_reason, decided_at, requested_at, revision)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::bigint[]), unnest($6::text[]), unnest($7::text[]), unnest($8::text[]),
                unnest($9::timestamptz[]), unnest($10::timestamptz[]), unnest($11::bigint[])
            on conflict (environment, id) do update
            set decided_by = excluded.decided_by,
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
        .bind(entries.iter().map(|it| &*it.reason).collect::<Vec<_>>())
        .bind(decisions().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(decisions().map(|it| it.map(|it| &*it.reason)).collect::<Vec<_>>())
        .bind(decisions().map(|it| it.map(|it| it.at)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.requested_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
        let all =
            || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
        let lines = || all().map(|(_, (_, line))| line);
        write(
            writes,
            "
            insert into cancellation_line (environment, cancellation_id, line, order_line_id,
                requested, cancelled)
            select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]),
                unnest($5::numeric[]), unnest($6::numeric[])
            on conflict (environment, cancellation_id, line) do update
            set cancelled = excluded.cancelled
            ",
        )
        .bind(of.0)
        .bind(all().map(|(id, _)| id).collect::<Vec<i64>>())
        .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
        .bind(lines().map(|it| it.line.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.requested).collect::<Vec<_>>())
        .bind(lines().map(|it| it.cancelled).collect::<Vec<_>>());
    }
}

fn head(
    row: &PgRow,
    lines: &mut HashMap<i64, Vec<CancellationLine>>,
) -> sqlx::Result<Cancellation> {
    let id: i64 = row.try_get("id")?;
    let decision = match row.try_get("decided_by")? {
        None => None,
        Some(by) => Some(Decision {
            by: SystemName::stored(by),
            reason: row.try_get("decision_reason")?,
            at: row.try_get("decided_at")?,
        }),
    };
    Ok(Cancellation {
        id: CancellationId(id),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        order: OrderId(row.try_get("order_id")?),
        reason: row.try_get("reason")?,
        lines: lines.remove(&id).unwrap_or_default(),
        decision,
        requested_at: row.try_get("requested_at")?,
        revision: row.try_get("revision")?,
    })
}

impl Document for Cancellation {
    fn revision(&self) -> i64 {
        self.revision
    }
}
