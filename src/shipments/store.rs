use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Cancelled, Shipment, ShippedLine, Undone};
use crate::books::Entry;
use crate::documents::{Document, corrupt};
use crate::id::{Environment, ExternalId, Location, OrderId, ShipmentId, Sku, SystemName};
use crate::postgres::{Writes, write};
use crate::stock::LevelKey;

impl Entry for Shipment {
    type Key = ShipmentId;

    const KIND: Option<&'static str> = Some("shipment");

    fn key(&self) -> ShipmentId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[ShipmentId],
    ) -> sqlx::Result<Vec<Shipment>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, order_id, ship_date, carrier, tracking_numbers,
                    cancelled_by, cancellation_number, undone, cancelled_at, completes_order,
                    recorded_at, revision
                from shipment
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
        // `offset 0` leaves the planner no choice but one look-up for each shipment.
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select shipment_id, line, order_line_id, sku, location, quantity, ledger_number,
                    completes_line
                from shipment_line
                where environment = $1 and shipment_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.shipment_id, found.line
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(conn)
        .await?;
        let mut lines: HashMap<i64, Vec<ShippedLine>> = HashMap::new();
        for row in &rows {
            lines.entry(row.try_get("shipment_id")?).or_default().push(line(row)?);
        }
        heads.iter().map(|it| shipment(it, &mut lines)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Shipment]) {
        let cancelled = || entries.iter().map(|it| it.cancelled.as_ref());
        write(
            writes,
            "
            insert into shipment (environment, id, system, external_id, order_id, ship_date,
                carrier, tracking_numbers, cancelled_by, cancellation_number, undone, cancelled_at,
                completes_order, recorded_at, revision)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::bigint[]), unnest($6::date[]), unnest($7::text[]), unnest($8::text[]),
                unnest($9::text[]), unnest($10::text[]), unnest($11::text[]),
                unnest($12::timestamptz[]), unnest($13::bool[]), unnest($14::timestamptz[]),
                unnest($15::bigint[])
            on conflict (environment, id) do update
            set cancelled_by = excluded.cancelled_by,
                cancellation_number = excluded.cancellation_number,
                undone = excluded.undone,
                cancelled_at = excluded.cancelled_at,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.ship_date).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.carrier).collect::<Vec<_>>())
        .bind_json(entries.iter().map(|it| Some(&it.tracking_numbers)))
        .bind(cancelled().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(cancelled().map(|it| it.map(|it| it.external_id.as_str())).collect::<Vec<_>>())
        .bind(cancelled().map(|it| it.map(|it| it.undone.as_str())).collect::<Vec<_>>())
        .bind(cancelled().map(|it| it.map(|it| it.at)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.completes_order).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.recorded_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
        let all =
            || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
        let lines = || all().map(|(_, (_, line))| line);
        write(
            writes,
            "
            insert into shipment_line (environment, shipment_id, line, order_line_id, sku, location,
                quantity, ledger_number, completes_line)
            select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]),
                unnest($5::text[]), unnest($6::text[]), unnest($7::numeric[]),
                unnest($8::bigint[]), unnest($9::bool[])
            on conflict (environment, shipment_id, line) do nothing
            ",
        )
        .bind(of.0)
        .bind(all().map(|(shipment, _)| shipment).collect::<Vec<i64>>())
        .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
        .bind(lines().map(|it| it.line.as_ref().map(ExternalId::as_str)).collect::<Vec<_>>())
        .bind(lines().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.quantity).collect::<Vec<_>>())
        .bind(lines().map(|it| it.ledger_number).collect::<Vec<_>>())
        .bind(lines().map(|it| it.completes_line).collect::<Vec<_>>());
    }
}

fn shipment(head: &PgRow, lines: &mut HashMap<i64, Vec<ShippedLine>>) -> sqlx::Result<Shipment> {
    let id: i64 = head.try_get("id")?;
    let undone: Option<&str> = head.try_get("undone")?;
    let cancelled = match undone {
        None => None,
        Some(undone) => Some(Cancelled {
            by: SystemName::stored(head.try_get("cancelled_by")?),
            external_id: ExternalId::stored(head.try_get("cancellation_number")?),
            undone: Undone::parse(undone).ok_or_else(|| corrupt(undone))?,
            at: head.try_get("cancelled_at")?,
        }),
    };
    Ok(Shipment {
        id: ShipmentId(id),
        system: SystemName::stored(head.try_get("system")?),
        external_id: ExternalId::stored(head.try_get("external_id")?),
        order: OrderId(head.try_get("order_id")?),
        ship_date: head.try_get("ship_date")?,
        carrier: head.try_get("carrier")?,
        tracking_numbers: serde_json::from_str(head.try_get("tracking_numbers")?)
            .map_err(corrupt)?,
        lines: lines.remove(&id).unwrap_or_default(),
        completes_order: head.try_get("completes_order")?,
        cancelled,
        recorded_at: head.try_get("recorded_at")?,
        revision: head.try_get("revision")?,
    })
}

fn line(row: &PgRow) -> sqlx::Result<ShippedLine> {
    Ok(ShippedLine {
        line: row.try_get::<Option<&str>, _>("order_line_id")?.map(ExternalId::stored),
        level: LevelKey {
            sku: Sku::stored(row.try_get("sku")?),
            location: Location::stored(row.try_get("location")?),
        },
        quantity: row.try_get("quantity")?,
        ledger_number: row.try_get("ledger_number")?,
        completes_line: row.try_get("completes_line")?,
    })
}

impl Document for Shipment {
    fn revision(&self) -> i64 {
        self.revision
    }
}
