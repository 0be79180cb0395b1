//! What invoices deduct of prepayments, and what became of prepayments.

use std::collections::{BTreeMap, HashMap};

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::super::{Deduction, Invoice, Prepaid, Sums};
use crate::decimal::Decimal;
use crate::documents::{Wording, corrupt};
use crate::id::{Environment, InvoiceId};
use crate::postgres::{Writes, write};

/// Deductions by invoice, and by the places of their charges.
pub type Deductions = HashMap<i64, BTreeMap<usize, Deduction>>;

pub async fn load(
    conn: &mut PgConnection,
    of: Environment,
    invoices: &[i64],
) -> sqlx::Result<Deductions> {
    // `offset 0` leaves the planner no choice but one look-up for each invoice.
    let rows = sqlx::query(
        "
        select found.*
        from unnest((select $2::bigint[])) as asked(id)
        cross join lateral (
            select invoice_id, charge, prepayment_id, taxes
            from invoice_deduction
            where environment = $1 and invoice_id = asked.id
            offset 0
        ) as found
        ",
    )
    .bind(of.0)
    .bind(invoices)
    .fetch_all(conn)
    .await?;
    let mut found = Deductions::new();
    for row in &rows {
        let charge: i32 = row.try_get("charge")?;
        let deduction = Deduction {
            of: InvoiceId(row.try_get("prepayment_id")?),
            taxes: row.try_get("taxes")?,
        };
        let charge = usize::try_from(charge).map_err(|_| corrupt("this charge"))?;
        found.entry(row.try_get("invoice_id")?).or_default().insert(charge, deduction);
    }
    Ok(found)
}

/// Keeps what new invoices deduct: it never changes.
pub fn save(writes: &mut Writes, of: Environment, entries: &[&Invoice]) {
    let new = entries.iter().filter(|it| it.wording == Wording::New);
    let all: Vec<(i64, i32, &Deduction)> = new
        .flat_map(|it| it.deductions.iter().map(|(place, what)| (it.id.0, *place as i32, what)))
        .collect();
    if all.is_empty() {
        return;
    }
    write(
        writes,
        "
        insert into invoice_deduction (environment, invoice_id, charge, prepayment_id, taxes)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::bigint[]),
            unnest($5::text[])::numeric[]
        on conflict (environment, invoice_id, charge) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.of.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| super::array(it.2.taxes.iter())).collect::<Vec<_>>());
}

/// What became of a prepayment; `None` where it is none.
pub fn prepaid(head: &PgRow) -> sqlx::Result<Option<Prepaid>> {
    let deducted: Option<Vec<Decimal>> = head.try_get("deducted")?;
    let credited: Option<Vec<Decimal>> = head.try_get("prepaid_credited")?;
    let both = deducted.zip(credited);
    Ok(both.map(|it| Prepaid { deducted: sums(&it.0), credited: sums(&it.1) }))
}

/// As one array: the amount, then base and tax of each rate.
pub fn array_of(sums: &Sums) -> String {
    let rates = sums.rates.iter().flat_map(|it| [it.0, it.1]);
    super::array([sums.amount].into_iter().chain(rates))
}

fn sums(kept: &[Decimal]) -> Sums {
    let (amount, rates) = kept.split_first().map_or((Decimal::ZERO, kept), |it| (*it.0, it.1));
    Sums { amount, rates: rates.chunks_exact(2).map(|it| (it[0], it[1])).collect() }
}
