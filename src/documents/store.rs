//! What all documents with amounts keep alike: charges, and taxes of lines, charges and the whole.

use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::{ByShop, Document};

use crate::decimal::Decimal;
use crate::id::{Environment, ExternalId, OrderId};
use crate::postgres::{Writes, write};
use crate::totals::{Charge, PartKind, PriceMode, RoundingMode, Tax};

/// Which documents of a kind to list.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Of this order alone.
    pub order: Option<OrderId>,
    /// Of these shops' orders alone.
    pub of_shop: ByShop,
}

/// What holds of a row of `head` where its order is of each of the shops `$2`.
pub const OF_SHOP: &str = "
    (cardinality($2::text[]) = 0 or exists (
        select from orders
        where orders.environment = $1 and orders.id = head.order_id and orders.shop = all($2)
    ))
    ";

/// Documents of a kind by id, from behind `after` on.
pub async fn list<D: Document>(
    conn: &mut PgConnection,
    of: Environment,
    which: Which,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<D>> {
    let ids = format!(
        "
        select id
        from {} as head
        where environment = $1 and $3 < id and ($4::bigint is null or order_id = $4) and {}
        order by id
        limit $5
        ",
        D::KIND.unwrap_or_default(),
        D::OF_SHOP
    );
    // Nothing but a name that stands in our code is in it.
    let ids = sqlx::query_scalar(AssertSqlSafe(ids))
        .bind(of.0)
        .bind(which.of_shop.shops())
        .bind(after)
        .bind(which.order.map(|it| it.0))
        .bind(limit)
        .fetch_all(&mut *conn)
        .await?;
    by_ids(conn, of, ids).await
}

/// Those of some documents that are let through.
pub async fn those_of<D: Document>(
    conn: &mut PgConnection,
    of: Environment,
    of_shop: &ByShop,
    ids: Vec<i64>,
) -> sqlx::Result<Vec<D>> {
    if of_shop.is_all() {
        return by_ids(conn, of, ids).await;
    }
    let ids_of_shop = format!(
        "
        select id
        from {} as head
        where environment = $1 and id = any($3::bigint[]) and {}
        ",
        D::KIND.unwrap_or_default(),
        D::OF_SHOP
    );
    // Nothing but a name that stands in our code is in it.
    let ids = sqlx::query_scalar(AssertSqlSafe(ids_of_shop))
        .bind(of.0)
        .bind(of_shop.shops())
        .bind(ids)
        .fetch_all(&mut *conn)
        .await?;
    by_ids(conn, of, ids).await
}

/// All documents of a kind of some orders, oldest first.
pub async fn of_orders<D: Document>(
    conn: &mut PgConnection,
    of: Environment,
    orders: &[OrderId],
) -> sqlx::Result<Vec<D>> {
    let ids = format!(
        "
        select found.id
        from unnest((select $2::bigint[])) as asked(id)
        cross join lateral (
            select id from {} where environment = $1 and order_id = asked.id offset 0
        ) as found
        ",
        D::KIND.unwrap_or_default()
    );
    // Nothing but a name that stands in our code is in it.
    let ids = sqlx::query_scalar(AssertSqlSafe(ids))
        .bind(of.0)
        .bind(orders.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(&mut *conn)
        .await?;
    by_ids(conn, of, ids).await
}

/// Documents of these ids, oldest first. Where none is named, Postgres is not asked.
pub async fn by_ids<D: Document>(
    conn: &mut PgConnection,
    of: Environment,
    ids: Vec<i64>,
) -> sqlx::Result<Vec<D>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<D::Key> = ids.into_iter().map(D::Key::from).collect();
    let mut documents = D::load(conn, of, &keys).await?;
    documents.sort_by_key(|it| it.key());
    Ok(documents)
}

/// The charges and taxes of a document, to be kept.
pub struct Amounts<'a> {
    /// Our id, of whatever kind it is.
    pub document: i64,
    /// Of each line.
    pub line_taxes: Vec<&'a Vec<Tax>>,
    /// What is charged beside goods.
    pub charges: &'a [Charge],
    /// Taxes of the whole document.
    pub tax_totals: &'a Vec<Tax>,
}

/// Keeps charges and taxes of new documents: they never change.
pub fn save_amounts(writes: &mut Writes, of: Environment, amounts: Vec<Amounts<'_>>) {
    save_charges(writes, of, &amounts);
    save_taxes(writes, of, &amounts);
}

/// Forgets the charges and taxes of documents that are said anew.
pub fn forget_amounts(writes: &mut Writes, of: Environment, documents: &[i64]) {
    for table in ["document_charge", "document_tax"] {
        let sql = format!(
            "delete from {table} where environment = $1 and document_id = any($2::bigint[])"
        );
        // Nothing but a name that stands above is in it.
        write(writes, AssertSqlSafe(sql)).bind(of.0).bind(documents);
    }
}

fn save_charges(writes: &mut Writes, of: Environment, amounts: &[Amounts<'_>]) {
    let all: Vec<(i64, i32, &Charge)> = amounts
        .iter()
        .flat_map(|it| (0..).zip(it.charges).map(|(nth, charge)| (it.document, nth, charge)))
        .collect();
    if all.is_empty() {
        return;
    }
    write(
        writes,
        "
        insert into document_charge (environment, document_id, charge, charge_id, kind, amount,
            description)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::numeric[]), unnest($7::text[])
        on conflict (environment, document_id, charge) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.id.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.kind.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.amount).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.description.as_str()).collect::<Vec<_>>());
}

fn save_taxes(writes: &mut Writes, of: Environment, amounts: &[Amounts<'_>]) {
    let mut all: Vec<(i64, &str, i32, i32, &Tax)> = Vec::new();
    for Amounts { document, line_taxes, charges, tax_totals } in amounts {
        let lines = (0..).zip(line_taxes).map(|(place, it)| ("line", place, *it));
        let charges = (0..).zip(*charges).map(|(place, it)| ("charge", place, &it.taxes));
        for (part, place, taxes) in lines.chain(charges).chain([("total", 0, *tax_totals)]) {
            all.extend((0..).zip(taxes).map(|(nth, it)| (*document, part, place, nth, it)));
        }
    }
    if all.is_empty() {
        return;
    }
    write(
        writes,
        "
        insert into document_tax (environment, document_id, part, place, tax, category, rate, base,
            amount)
        select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::int[]), unnest($5::int[]),
            unnest($6::text[]), unnest($7::numeric[]), unnest($8::numeric[]),
            unnest($9::numeric[])
        on conflict (environment, document_id, part, place, tax) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.4.category.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.4.rate).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.4.base).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.4.amount).collect::<Vec<_>>());
}

/// The charges and taxes of some documents, as they were kept.
#[derive(Default)]
pub struct Kept {
    charges: HashMap<i64, Vec<Charge>>,
    taxes: HashMap<(i64, String, i32), Vec<Tax>>,
}

/// Reads charges and taxes of documents.
pub async fn load_amounts(
    conn: &mut PgConnection,
    of: Environment,
    documents: &[i64],
) -> sqlx::Result<Kept> {
    // `offset 0` leaves the planner no choice but one look-up for each document.
    let charges = "
        select found.*
        from unnest((select $2::bigint[])) as asked(id)
        cross join lateral (
            select document_id, charge, charge_id, kind, amount, description
            from document_charge
            where environment = $1 and document_id = asked.id
            order by charge
            offset 0
        ) as found
        order by found.document_id, found.charge
        ";
    let taxes = "
        select found.*
        from unnest((select $2::bigint[])) as asked(id)
        cross join lateral (
            select document_id, part, place, tax, category, rate, base, amount
            from document_tax
            where environment = $1 and document_id = asked.id
            order by part, place, tax
            offset 0
        ) as found
        order by found.document_id, found.part, found.place, found.tax
        ";
    let mut kept = Kept::default();
    for row in sqlx::query(taxes).bind(of.0).bind(documents).fetch_all(&mut *conn).await? {
        let key = (row.try_get("document_id")?, row.try_get("part")?, row.try_get("place")?);
        kept.taxes.entry(key).or_default().push(tax(&row)?);
    }
    for row in sqlx::query(charges).bind(of.0).bind(documents).fetch_all(&mut *conn).await? {
        let document: i64 = row.try_get("document_id")?;
        let taxes = kept.taxes.remove(&(document, "charge".into(), row.try_get("charge")?));
        kept.charges.entry(document).or_default().push(Charge {
            id: ExternalId::stored(row.try_get("charge_id")?),
            kind: PartKind::parse(row.try_get("kind")?).ok_or_else(|| corrupt("this charge"))?,
            amount: row.try_get("amount")?,
            taxes: taxes.unwrap_or_default(),
            description: row.try_get("description")?,
        });
    }
    Ok(kept)
}

impl Kept {
    /// What is charged beside goods.
    pub fn charges(&mut self, document: i64) -> Vec<Charge> {
        self.charges.remove(&document).unwrap_or_default()
    }

    /// The taxes of a line.
    pub fn line_taxes(&mut self, document: i64, line: i32) -> Vec<Tax> {
        self.taxes.remove(&(document, "line".into(), line)).unwrap_or_default()
    }

    /// Taxes of the whole document.
    pub fn tax_totals(&mut self, document: i64) -> Vec<Tax> {
        self.taxes.remove(&(document, "total".into(), 0)).unwrap_or_default()
    }
}

fn tax(row: &PgRow) -> sqlx::Result<Tax> {
    Ok(Tax {
        category: row.try_get("category")?,
        rate: row.try_get("rate")?,
        base: row.try_get("base")?,
        amount: row.try_get::<Option<Decimal>, _>("amount")?,
    })
}

/// The column `price_mode`.
pub fn price_mode(row: &PgRow) -> sqlx::Result<PriceMode> {
    let text = row.try_get("price_mode")?;
    PriceMode::parse(text).ok_or_else(|| corrupt(text))
}

/// The column `rounding_mode`.
pub fn rounding_mode(row: &PgRow) -> sqlx::Result<RoundingMode> {
    let text = row.try_get("rounding_mode")?;
    RoundingMode::parse(text).ok_or_else(|| corrupt(text))
}

/// What stands in a row and can stand in none.
pub fn corrupt(what: impl std::fmt::Display) -> sqlx::Error {
    sqlx::Error::Decode(format!("nobody could have written {what}").into())
}
