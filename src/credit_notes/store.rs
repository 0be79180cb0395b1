use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Cause, CreditLine, CreditNote, Kind, Settled, Settlement, SettlementKind};
use crate::books::{Books, Entry};
use crate::documents::{self, Amounts, Document, Kept, OfShop, corrupt};
use crate::id::{
    CreditNoteId, Environment, ExternalId, InvoiceId, OrderId, ReceptionId, ReturnId, SystemName,
};
use crate::money::Currency;
use crate::orders::Order;
use crate::postgres::{Writes, write};

impl Entry for CreditNote {
    type Key = CreditNoteId;

    const KIND: Option<&'static str> = Some("credit_note");

    fn key(&self) -> CreditNoteId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[CreditNoteId],
    ) -> sqlx::Result<Vec<CreditNote>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, kind, invoice_id, order_id, reception_id, return_id,
                    credit_date, reason, currency, price_mode, rounding_mode, total, settled_at,
                    settled_by, recorded_at, revision
                from credit_note
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
        let mut parts = Parts::load(conn, of, &ids).await?;
        heads.iter().map(|it| note(it, &mut parts)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&CreditNote]) {
        save_heads(writes, of, entries);
        save_lines(writes, of, entries);
        save_settlements(writes, of, entries);
        let amounts = entries.iter().map(|it| Amounts {
            document: it.id.0,
            line_taxes: it.lines.iter().map(|line| &line.taxes).collect(),
            charges: &it.charges,
            tax_totals: &it.tax_totals,
        });
        documents::save_amounts(writes, of, amounts.collect());
    }
}

fn save_heads(writes: &mut Writes, of: Environment, entries: &[&CreditNote]) {
    let reception = |it: &CreditNote| match it.cause {
        Some(Cause::Reception(id, _)) => Some(id.0),
        _ => None,
    };
    let of_return = |it: &CreditNote| match it.cause {
        Some(Cause::Reception(_, id) | Cause::Return(id)) => Some(id.0),
        None => None,
    };
    write(
        writes,
        "
        insert into credit_note (environment, id, system, external_id, kind, invoice_id, order_id,
            reception_id, return_id, credit_date, reason, currency, price_mode, rounding_mode,
            total, settled_at, settled_by, recorded_at, revision)
        select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::bigint[]), unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::bigint[]),
            unnest($10::date[]), unnest($11::text[]), unnest($12::text[]), unnest($13::text[]),
            unnest($14::text[]), unnest($15::numeric[]), unnest($16::timestamptz[]),
            unnest($17::text[]), unnest($18::timestamptz[]), unnest($19::bigint[])
        on conflict (environment, id) do update
        set settled_at = excluded.settled_at,
            settled_by = excluded.settled_by,
            revision = excluded.revision
        ",
    )
    .bind(of.0)
    .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.lowers.map(|it| it.0.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.lowers.map(|it| it.1.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| reception(it)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| of_return(it)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.credit_date).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| &*it.reason).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.currency.to_string()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.price_mode.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.rounding_mode.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.total).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.settled.as_ref().map(|it| it.at)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.settled.as_ref().map(|it| it.by.as_str())).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.recorded_at).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
}

fn save_lines(writes: &mut Writes, of: Environment, entries: &[&CreditNote]) {
    let all =
        || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
    let lines = || all().map(|(_, (_, line))| line);
    write(
        writes,
        "
        insert into credit_note_line (environment, credit_note_id, line, invoice_line_id, quantity,
            amount, description, sku)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]), unnest($5::numeric[]),
            unnest($6::numeric[]), unnest($7::text[]), unnest($8::text[])
        on conflict (environment, credit_note_id, line) do nothing
        ",
    )
    .bind(of.0)
    .bind(all().map(|(id, _)| id).collect::<Vec<i64>>())
    .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
    .bind(lines().map(|it| it.invoice_line.as_ref().map(ExternalId::as_str)).collect::<Vec<_>>())
    .bind(lines().map(|it| it.quantity).collect::<Vec<_>>())
    .bind(lines().map(|it| it.amount).collect::<Vec<_>>())
    .bind(lines().map(|it| &*it.description).collect::<Vec<_>>())
    .bind(lines().map(|it| &*it.sku).collect::<Vec<_>>());
}

fn save_settlements(writes: &mut Writes, of: Environment, entries: &[&CreditNote]) {
    let all: Vec<(i64, i32, Settlement)> = entries
        .iter()
        .flat_map(|it| (0..).zip(&it.settlements).map(|(nth, settled)| (it.id.0, nth, *settled)))
        .collect();
    if all.is_empty() {
        return;
    }
    write(
        writes,
        "
        insert into credit_note_settlement (environment, credit_note_id, settlement, kind, amount,
            invoice_id)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]), unnest($5::numeric[]),
            unnest($6::bigint[])
        on conflict (environment, credit_note_id, settlement) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.kind.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.amount).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.invoice.map(|it| it.0)).collect::<Vec<_>>());
}

/// The rows below the heads, by credit note.
struct Parts {
    lines: HashMap<i64, Vec<CreditLine>>,
    settlements: HashMap<i64, Vec<Settlement>>,
    kept: Kept,
}

impl Parts {
    async fn load(conn: &mut PgConnection, of: Environment, ids: &[i64]) -> sqlx::Result<Parts> {
        // `offset 0` leaves the planner no choice but one look-up for each credit note.
        let lines = "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select credit_note_id, line, invoice_line_id, quantity, amount, description, sku
                from credit_note_line
                where environment = $1 and credit_note_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.credit_note_id, found.line
            ";
        let settlements = "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select credit_note_id, settlement, kind, amount, invoice_id
                from credit_note_settlement
                where environment = $1 and credit_note_id = asked.id
                order by settlement
                offset 0
            ) as found
            order by found.credit_note_id, found.settlement
            ";
        let kept = documents::load_amounts(conn, of, ids).await?;
        let mut parts = Parts { lines: HashMap::new(), settlements: HashMap::new(), kept };
        for row in sqlx::query(lines).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            let id: i64 = row.try_get("credit_note_id")?;
            let line = line(&row, id, &mut parts.kept)?;
            parts.lines.entry(id).or_default().push(line);
        }
        for row in sqlx::query(settlements).bind(of.0).bind(ids).fetch_all(conn).await? {
            let kind = row.try_get("kind")?;
            let kind = SettlementKind::parse(kind).ok_or_else(|| corrupt(kind))?;
            let invoice = row.try_get::<Option<_>, _>("invoice_id")?.map(InvoiceId);
            let settled = Settlement { kind, amount: row.try_get("amount")?, invoice };
            parts.settlements.entry(row.try_get("credit_note_id")?).or_default().push(settled);
        }
        Ok(parts)
    }
}

fn settled(head: &PgRow) -> sqlx::Result<Option<Settled>> {
    let Some(at) = head.try_get("settled_at")? else { return Ok(None) };
    Ok(Some(Settled { by: SystemName::stored(head.try_get("settled_by")?), at }))
}

fn note(head: &PgRow, parts: &mut Parts) -> sqlx::Result<CreditNote> {
    let id: i64 = head.try_get("id")?;
    let number = |column: &str| head.try_get::<Option<i64>, _>(column);
    let kind = head.try_get("kind")?;
    let of_return = number("return_id")?.map(ReturnId);
    Ok(CreditNote {
        id: CreditNoteId(id),
        system: SystemName::stored(head.try_get("system")?),
        external_id: ExternalId::stored(head.try_get("external_id")?),
        kind: Kind::parse(kind).ok_or_else(|| corrupt(kind))?,
        lowers: number("invoice_id")?.map(InvoiceId).zip(number("order_id")?.map(OrderId)),
        cause: match number("reception_id")?.map(ReceptionId) {
            Some(reception) => of_return.map(|it| Cause::Reception(reception, it)),
            None => of_return.map(Cause::Return),
        },
        credit_date: head.try_get("credit_date")?,
        reason: head.try_get("reason")?,
        currency: Currency::parse(head.try_get("currency")?).map_err(corrupt)?,
        price_mode: documents::price_mode(head)?,
        rounding_mode: documents::rounding_mode(head)?,
        lines: parts.lines.remove(&id).unwrap_or_default(),
        charges: parts.kept.charges(id),
        tax_totals: parts.kept.tax_totals(id),
        total: head.try_get("total")?,
        settlements: parts.settlements.remove(&id).unwrap_or_default(),
        settled: settled(head)?,
        recorded_at: head.try_get("recorded_at")?,
        revision: head.try_get("revision")?,
    })
}

fn line(row: &PgRow, note: i64, kept: &mut Kept) -> sqlx::Result<CreditLine> {
    Ok(CreditLine {
        invoice_line: row.try_get::<Option<&str>, _>("invoice_line_id")?.map(ExternalId::stored),
        quantity: row.try_get("quantity")?,
        amount: row.try_get("amount")?,
        taxes: kept.line_taxes(note, row.try_get("line")?),
        description: row.try_get("description")?,
        sku: row.try_get("sku")?,
    })
}

impl OfShop for CreditNote {
    fn needs_shop(&self, books: &mut Books) {
        if let Some((_, order)) = &self.lowers {
            books.of::<Order>().want(order);
        }
    }

    fn shop(&self, books: &mut Books) -> Option<SystemName> {
        let (_, order) = self.lowers.as_ref()?;
        Some(books.of::<Order>().get(order)?.shop.clone())
    }
}

impl Document for CreditNote {
    fn revision(&self) -> i64 {
        self.revision
    }
}
