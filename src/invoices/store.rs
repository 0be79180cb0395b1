mod prepayment;

use std::collections::{BTreeSet, HashMap};

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Invoice, InvoiceLine, Kind, Reduced};
use crate::books::{Books, Entry};
use crate::decimal::Decimal;
use crate::documents::{self, Amounts, Document, Kept, OfShop, Wording, corrupt};
use crate::id::{Environment, ExternalId, InvoiceId, OrderId, SystemName};
use crate::money::Currency;
use crate::orders::Order;
use crate::postgres::{Writes, write};
use crate::totals::Priced;

impl Entry for Invoice {
    type Key = InvoiceId;

    const KIND: Option<&'static str> = Some("invoice");

    fn key(&self) -> InvoiceId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    fn check(&self) -> Result<(), String> {
        self.must_be_sound()
    }

    fn saved(&mut self) {
        self.wording = Wording::Stored;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[InvoiceId],
    ) -> sqlx::Result<Vec<Invoice>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, kind, order_id, invoice_date, currency, price_mode,
                    rounding_mode, total, credited_charges, deducted, prepaid_credited, recorded_at,
                    revision
                from invoice
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
        // `offset 0` leaves the planner no choice but one look-up for each invoice.
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select invoice_id, line, line_id, order_line_id, quantity, unit_price, discount,
                    amount, credited_quantity, reduced_units, reduced_amount, reduced_taxes
                from invoice_line
                where environment = $1 and invoice_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.invoice_id, found.line
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(&mut *conn)
        .await?;
        let mut kept = documents::load_amounts(conn, of, &ids).await?;
        let mut lines: HashMap<i64, Vec<InvoiceLine>> = HashMap::new();
        for row in &rows {
            let id: i64 = row.try_get("invoice_id")?;
            lines.entry(id).or_default().push(line(row, id, &mut kept)?);
        }
        let mut deductions = prepayment::load(conn, of, &ids).await?;
        let parts = &mut (&mut lines, &mut kept, &mut deductions);
        heads.iter().map(|it| invoice(it, parts)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Invoice]) {
        save_heads(writes, of, entries);
        save_lines(writes, of, entries);
        prepayment::save(writes, of, entries);
        // Charges and taxes never change: they are written once.
        let new = entries.iter().filter(|it| it.wording == Wording::New).map(|it| Amounts {
            document: it.id.0,
            line_taxes: it.lines.iter().map(|line| &line.invoiced.taxes).collect(),
            charges: &it.charges,
            tax_totals: &it.tax_totals,
        });
        documents::save_amounts(writes, of, new.collect());
    }
}

fn save_heads(writes: &mut Writes, of: Environment, entries: &[&Invoice]) {
    let charges = entries.iter().map(|it| array(it.credited_charges.iter()));
    let prepaid = || entries.iter().map(|it| it.prepaid.as_ref());
    let deducted = prepaid().map(|it| it.map(|it| prepayment::array_of(&it.deducted)));
    let credited = prepaid().map(|it| it.map(|it| prepayment::array_of(&it.credited)));
    write(
        writes,
        "
        insert into invoice (environment, id, system, external_id, kind, order_id, invoice_date,
            currency, price_mode, rounding_mode, total, credited_charges, deducted,
            prepaid_credited, recorded_at, revision)
        select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::bigint[]), unnest($7::date[]), unnest($8::text[]), unnest($9::text[]),
            unnest($10::text[]), unnest($11::numeric[]), unnest($12::text[])::int[],
            unnest($13::text[])::numeric[], unnest($14::text[])::numeric[],
            unnest($15::timestamptz[]), unnest($16::bigint[])
        on conflict (environment, id) do update
        set credited_charges = excluded.credited_charges,
            deducted = excluded.deducted,
            prepaid_credited = excluded.prepaid_credited,
            revision = excluded.revision
        ",
    )
    .bind(of.0)
    .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.invoice_date).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.currency.to_string()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.price_mode.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.rounding_mode.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.total).collect::<Vec<_>>())
    .bind(charges.collect::<Vec<_>>())
    .bind(deducted.collect::<Vec<_>>())
    .bind(credited.collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.recorded_at).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
}

fn save_lines(writes: &mut Writes, of: Environment, entries: &[&Invoice]) {
    let all =
        || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
    let lines = || all().map(|(_, (_, line))| line);
    let reduced = || lines().map(|it| it.reduced.as_ref());
    let taxes = reduced().map(|it| {
        let flat = it?.taxes.iter().flat_map(|(base, amount)| [base, amount]);
        Some(array(flat))
    });
    write(
        writes,
        "
        insert into invoice_line (environment, invoice_id, line, line_id, order_line_id, quantity,
            unit_price, discount, amount, credited_quantity, reduced_units, reduced_amount,
            reduced_taxes)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::numeric[]), unnest($7::numeric[]), unnest($8::numeric[]),
            unnest($9::numeric[]), unnest($10::numeric[]), unnest($11::numeric[]),
            unnest($12::numeric[]), unnest($13::text[])::numeric[]
        on conflict (environment, invoice_id, line) do update
        set credited_quantity = excluded.credited_quantity,
            reduced_units = excluded.reduced_units,
            reduced_amount = excluded.reduced_amount,
            reduced_taxes = excluded.reduced_taxes
        ",
    )
    .bind(of.0)
    .bind(all().map(|(invoice, _)| invoice).collect::<Vec<i64>>())
    .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
    .bind(lines().map(|it| it.id.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.order_line.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.invoiced.quantity).collect::<Vec<_>>())
    .bind(lines().map(|it| it.invoiced.unit_price).collect::<Vec<_>>())
    .bind(lines().map(|it| it.invoiced.discount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.invoiced.amount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.credited_quantity).collect::<Vec<_>>())
    .bind(reduced().map(|it| it.map(|it| it.units)).collect::<Vec<_>>())
    .bind(reduced().map(|it| it.map(|it| it.amount)).collect::<Vec<_>>())
    .bind(taxes.collect::<Vec<_>>());
}

/// The rows below the heads, by invoice.
type Parts<'a> =
    (&'a mut HashMap<i64, Vec<InvoiceLine>>, &'a mut Kept, &'a mut prepayment::Deductions);

fn invoice(head: &PgRow, (lines, kept, deductions): &mut Parts<'_>) -> sqlx::Result<Invoice> {
    let id: i64 = head.try_get("id")?;
    let kind = head.try_get("kind")?;
    let credited: Vec<i32> = head.try_get("credited_charges")?;
    Ok(Invoice {
        id: InvoiceId(id),
        system: SystemName::stored(head.try_get("system")?),
        external_id: ExternalId::stored(head.try_get("external_id")?),
        kind: Kind::parse(kind).ok_or_else(|| corrupt(kind))?,
        order: OrderId(head.try_get("order_id")?),
        invoice_date: head.try_get("invoice_date")?,
        currency: Currency::parse(head.try_get("currency")?).map_err(corrupt)?,
        price_mode: documents::price_mode(head)?,
        rounding_mode: documents::rounding_mode(head)?,
        lines: lines.remove(&id).unwrap_or_default(),
        charges: kept.charges(id),
        tax_totals: kept.tax_totals(id),
        total: head.try_get("total")?,
        deductions: deductions.remove(&id).unwrap_or_default(),
        credited_charges: credited.into_iter().map(|it| it as usize).collect::<BTreeSet<_>>(),
        prepaid: prepayment::prepaid(head)?,
        recorded_at: head.try_get("recorded_at")?,
        wording: Wording::Stored,
        revision: head.try_get("revision")?,
    })
}

fn line(row: &PgRow, invoice: i64, kept: &mut Kept) -> sqlx::Result<InvoiceLine> {
    Ok(InvoiceLine {
        id: ExternalId::stored(row.try_get("line_id")?),
        order_line: ExternalId::stored(row.try_get("order_line_id")?),
        invoiced: Priced {
            quantity: row.try_get("quantity")?,
            unit_price: row.try_get("unit_price")?,
            discount: row.try_get("discount")?,
            amount: row.try_get("amount")?,
            taxes: kept.line_taxes(invoice, row.try_get("line")?),
        },
        credited_quantity: row.try_get("credited_quantity")?,
        reduced: reduced(row)?,
    })
}

fn reduced(row: &PgRow) -> sqlx::Result<Option<Reduced>> {
    let Some(units) = row.try_get("reduced_units")? else { return Ok(None) };
    let taxes: Vec<Decimal> = row.try_get("reduced_taxes")?;
    let taxes = taxes.chunks_exact(2).map(|it| (it[0], it[1])).collect();
    Ok(Some(Reduced { units, amount: row.try_get("reduced_amount")?, taxes }))
}

/// Arrays of arrays are one array to Postgres, so they travel as texts.
fn array(entries: impl Iterator<Item = impl ToString>) -> String {
    format!("{{{}}}", entries.map(|it| it.to_string()).collect::<Vec<_>>().join(","))
}

impl OfShop for Invoice {
    fn needs_shop(&self, books: &mut Books) {
        books.of::<Order>().want(&self.order);
    }

    fn shop(&self, books: &mut Books) -> Option<SystemName> {
        Some(books.of::<Order>().get(&self.order)?.shop.clone())
    }
}

impl Document for Invoice {
    fn revision(&self) -> i64 {
        self.revision
    }
}
