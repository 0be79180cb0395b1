use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::units;
use crate::books::{Books, Entry};
use crate::documents::{OfShop, corrupt};
use crate::id::{
    CreditNoteId, Environment, ExternalId, Location, ReceptionId, ReturnId, Sku, SystemName,
};
use crate::postgres::{Writes, write};
use crate::returns::{Came, ReceivedLine, Reception, Return};
use crate::stock::LevelKey;

/// Nobody watches a reception: what it changes shows on its return.
impl Entry for Reception {
    type Key = ReceptionId;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> ReceptionId {
        self.id
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[ReceptionId],
    ) -> sqlx::Result<Vec<Reception>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select id, system, external_id, return_id, credited_by, recorded_at
                from reception
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
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select reception_id, line, order_line_id, quantity, came, sku, location,
                    ledger_number, pending, restocked, quarantined, scrapped, sent_back, rejected,
                    rejected_apart
                from reception_line
                where environment = $1 and reception_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.reception_id, found.line
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(conn)
        .await?;
        let mut lines: HashMap<i64, Vec<ReceivedLine>> = HashMap::new();
        for row in &rows {
            lines.entry(row.try_get("reception_id")?).or_default().push(received_line(row)?);
        }
        heads.iter().map(|it| reception(it, &mut lines)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Reception]) {
        write(
            writes,
            "
            insert into reception (environment, id, system, external_id, return_id, credited_by,
                recorded_at)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::bigint[]), unnest($6::bigint[]), unnest($7::timestamptz[])
            on conflict (environment, id) do update set credited_by = excluded.credited_by
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.of.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.credited_by.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.recorded_at).collect::<Vec<_>>());
        let all =
            || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
        let lines = || all().map(|(_, (_, line))| line);
        write(
            writes,
            "
            insert into reception_line (environment, reception_id, line, order_line_id, quantity,
                came, sku, location, ledger_number, pending, restocked, quarantined, scrapped,
                sent_back, rejected, rejected_apart)
            select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]),
                unnest($5::numeric[]), unnest($6::text[]), unnest($7::text[]), unnest($8::text[]),
                unnest($9::bigint[]), unnest($10::numeric[]), unnest($11::numeric[]),
                unnest($12::numeric[]), unnest($13::numeric[]), unnest($14::numeric[]),
                unnest($15::numeric[]), unnest($16::numeric[])
            on conflict (environment, reception_id, line) do update
            set pending = excluded.pending,
                restocked = excluded.restocked,
                quarantined = excluded.quarantined,
                scrapped = excluded.scrapped,
                sent_back = excluded.sent_back,
                rejected = excluded.rejected,
                rejected_apart = excluded.rejected_apart
            ",
        )
        .bind(of.0)
        .bind(all().map(|(id, _)| id).collect::<Vec<i64>>())
        .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
        .bind(lines().map(|it| it.line.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.quantity).collect::<Vec<_>>())
        .bind(lines().map(|it| it.came.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| it.ledger_number).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.pending).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.restocked).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.quarantined).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.scrapped).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.sent_back).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.rejected).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.rejected_apart).collect::<Vec<_>>());
    }
}

fn reception(row: &PgRow, lines: &mut HashMap<i64, Vec<ReceivedLine>>) -> sqlx::Result<Reception> {
    let id: i64 = row.try_get("id")?;
    Ok(Reception {
        id: ReceptionId(id),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        of: ReturnId(row.try_get("return_id")?),
        lines: lines.remove(&id).unwrap_or_default(),
        credited_by: row.try_get::<Option<i64>, _>("credited_by")?.map(CreditNoteId),
        recorded_at: row.try_get("recorded_at")?,
    })
}

fn received_line(row: &PgRow) -> sqlx::Result<ReceivedLine> {
    let came = row.try_get("came")?;
    Ok(ReceivedLine {
        line: ExternalId::stored(row.try_get("order_line_id")?),
        quantity: row.try_get("quantity")?,
        came: Came::parse(came).ok_or_else(|| corrupt(came))?,
        level: LevelKey {
            sku: Sku::stored(row.try_get("sku")?),
            location: Location::stored(row.try_get("location")?),
        },
        ledger_number: row.try_get("ledger_number")?,
        units: units(row)?,
    })
}

impl OfShop for Reception {
    fn needs_shop(&self, books: &mut Books) {
        books.of::<Return>().want(&self.of);
        if let Some(of) = books.of::<Return>().peek(&self.of).cloned() {
            of.needs_shop(books);
        }
    }

    fn shop(&self, books: &mut Books) -> Option<SystemName> {
        let of = books.of::<Return>().get(&self.of).cloned()?;
        of.shop(books)
    }
}
