use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use super::{End, Line, Reservation, State};
use crate::books::Entry;
use crate::documents::{Document, corrupt};
use crate::id::{Environment, ExternalId, Location, OrderId, ReservationId, Sku, SystemName};
use crate::postgres::{Writes, write};
use crate::stock::LevelKey;

impl Entry for Reservation {
    type Key = ReservationId;

    const KIND: Option<&'static str> = Some("reservation");

    const SPARSE: Option<&'static str> = Some("reservation");

    fn key(&self) -> ReservationId {
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
        keys: &[ReservationId],
    ) -> sqlx::Result<Vec<Reservation>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select id, system, external_id, state, created_at, held_until, ended_at, ended_by,
                    order_id, revision
                from reservation
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
        // `offset 0` leaves the planner no choice but one look-up for each reservation.
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select reservation_id, line, sku, location, quantity
                from reservation_line
                where environment = $1 and reservation_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.reservation_id, found.line
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(conn)
        .await?;
        let mut lines: HashMap<i64, Vec<Line>> = HashMap::new();
        for row in &rows {
            lines.entry(row.try_get("reservation_id")?).or_default().push(line(row)?);
        }
        heads.iter().map(|it| head(it, &mut lines)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Reservation]) {
        save_heads(writes, of, entries);
        save_lines(writes, of, entries);
    }
}

fn save_heads(writes: &mut Writes, of: Environment, entries: &[&Reservation]) {
    let states: Vec<Columns> = entries.iter().map(|it| columns(&it.state)).collect();
    write(
        writes,
        "
        insert into reservation (environment, id, system, external_id, state, created_at,
            held_until, ended_at, ended_by, order_id, revision)
        select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::timestamptz[]), unnest($7::timestamptz[]), unnest($8::timestamptz[]),
            unnest($9::text[]), unnest($10::bigint[]), unnest($11::bigint[])
        on conflict (environment, id) do update
        set state = excluded.state,
            held_until = excluded.held_until,
            ended_at = excluded.ended_at,
            ended_by = excluded.ended_by,
            order_id = excluded.order_id,
            revision = excluded.revision
        ",
    )
    .bind(of.0)
    .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
    .bind(states.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.created_at).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.until).collect::<Vec<_>>())
    .bind(states.iter().map(|it| it.1.map(|it| it.at)).collect::<Vec<_>>())
    .bind(states.iter().map(|it| it.1.map(|it| it.by.as_str())).collect::<Vec<_>>())
    .bind(states.iter().map(|it| it.2.map(|it| it.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
}

fn save_lines(writes: &mut Writes, of: Environment, entries: &[&Reservation]) {
    let all =
        || entries.iter().flat_map(|it| (0_i32..).zip(&it.lines).map(move |line| (it.id.0, line)));
    let lines = || all().map(|(_, (_, line))| line);
    write(
        writes,
        "
        insert into reservation_line (environment, reservation_id, line, sku, location, quantity)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::numeric[])
        on conflict (environment, reservation_id, line) do nothing
        ",
    )
    .bind(of.0)
    .bind(all().map(|it| it.0).collect::<Vec<_>>())
    .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<_>>())
    .bind(lines().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.quantity).collect::<Vec<_>>());
}

/// A state's name, who put an end to it and when, and the order.
type Columns<'a> = (&'static str, Option<&'a End>, Option<OrderId>);

fn columns(state: &State) -> Columns<'_> {
    match state {
        State::Held => ("held", None, None),
        State::Consumed { end, order } => ("consumed", Some(end), *order),
        State::Released(end) => ("released", Some(end), None),
        State::Expired => ("expired", None, None),
    }
}

fn head(row: &PgRow, lines: &mut HashMap<i64, Vec<Line>>) -> sqlx::Result<Reservation> {
    let id: i64 = row.try_get("id")?;
    let at: Option<OffsetDateTime> = row.try_get("ended_at")?;
    let by: Option<&str> = row.try_get("ended_by")?;
    let end = at.zip(by).map(|(at, by)| End { by: SystemName::stored(by), at });
    let order: Option<i64> = row.try_get("order_id")?;
    let state = match (row.try_get("state")?, end) {
        ("held", None) => State::Held,
        ("consumed", Some(end)) => State::Consumed { end, order: order.map(OrderId) },
        ("released", Some(end)) => State::Released(end),
        ("expired", None) => State::Expired,
        (other, _) => return Err(corrupt(other)),
    };
    Ok(Reservation {
        id: ReservationId(id),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        lines: lines.remove(&id).unwrap_or_default(),
        created_at: row.try_get("created_at")?,
        until: row.try_get("held_until")?,
        state,
        revision: row.try_get("revision")?,
    })
}

fn line(row: &PgRow) -> sqlx::Result<Line> {
    let level = LevelKey {
        sku: Sku::stored(row.try_get("sku")?),
        location: Location::stored(row.try_get("location")?),
    };
    Ok(Line { level, quantity: row.try_get("quantity")? })
}

impl Document for Reservation {
    // Of whoever holds it, also before there is an order.
    const OF_SHOP: &'static str = "head.system = all($2::text[])";

    fn revision(&self) -> i64 {
        self.revision
    }
}
