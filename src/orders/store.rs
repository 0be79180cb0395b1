mod addresses;
mod lines;

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::{Content, Hold, Order, Payments};
use crate::books::{Added, Books, Entry};
use crate::documents::{self, Amounts, ByShop, Kept, OfShop, Wording};
use crate::id::{Environment, ExternalId, OrderId, ReturnId, SystemName};
use crate::inbox::Handover;
use crate::money::Currency;
use crate::postgres::{Write, Writes, write};
use addresses::Addresses;
use lines::Lines;

impl OfShop for Order {
    fn needs_shop(&self, _: &mut Books) {}

    fn shop(&self, _: &mut Books) -> Option<SystemName> {
        Some(self.shop.clone())
    }
}

impl Entry for Order {
    type Key = OrderId;

    const KIND: Option<&'static str> = Some("order");

    fn key(&self) -> OrderId {
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
        keys: &[OrderId],
    ) -> sqlx::Result<Vec<Order>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select id, shop, external_id, placed_at, order_date, already_placed,
                    allow_back_order, currency, price_mode, rounding_mode, total,
                    external_customer_id, handover, erp_number, held_by, hold_reason, held_at,
                    authorised, captured, refunded, charged_back, documents, shop_version,
                    replaces_return, revision
                from orders
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
        let mut parts = Parts {
            lines: Lines::load(conn, of, &ids).await?,
            kept: documents::load_amounts(conn, of, &ids).await?,
            addresses: addresses::load(conn, of, &ids).await?,
        };
        heads.iter().map(|it| order(it, &mut parts)).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Order]) {
        // Nothing but what stands below is in it.
        heads(write(writes, AssertSqlSafe(format!("{INSERT} {OR_UPDATE}"))), of, entries);
        lines::save(writes, of, entries);
        // What is said anew is written as if it were new.
        let anew = entries.iter().copied().filter(|it| it.wording == Wording::Anew);
        let anew: Vec<&Order> = anew.collect();
        if !anew.is_empty() {
            let ids: Vec<i64> = anew.iter().map(|it| it.id.0).collect();
            documents::forget_amounts(writes, of, &ids);
            addresses::forget(writes, of, &ids);
            wording(writes, of, &anew);
        }
    }

    fn insert(writes: &mut Writes, of: Environment, added: &[Added<Order>]) {
        let orders: Vec<_> = added.iter().map(|it| &it.is).collect();
        heads(write(writes, INSERT), of, &orders);
        lines::insert(writes, of, &orders);
        wording(writes, of, &orders);
    }
}

/// What is written when it is said, and stays as it was said.
fn wording(writes: &mut Writes, of: Environment, entries: &[&Order]) {
    let amounts = entries.iter().map(|it| Amounts {
        document: it.id.0,
        line_taxes: it.lines.iter().map(|line| &line.ordered.taxes).collect(),
        charges: &it.content.charges,
        tax_totals: &it.content.tax_totals,
    });
    documents::save_amounts(writes, of, amounts.collect());
    addresses::save(writes, of, entries);
}

const INSERT: &str = "
    insert into orders (environment, id, shop, external_id, placed_at, order_date, already_placed,
        allow_back_order, currency, price_mode, rounding_mode, total, external_customer_id, handover,
        erp_number, held_by, hold_reason, held_at, authorised, captured, refunded, charged_back,
        documents, shop_version, replaces_return, revision)
    select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
        unnest($5::timestamptz[]), unnest($6::date[]), unnest($7::boolean[]), unnest($8::boolean[]),
        unnest($9::text[]), unnest($10::text[]), unnest($11::text[]), unnest($12::numeric[]),
        unnest($13::text[]), unnest($14::text[]), unnest($15::text[]), unnest($16::text[]),
        unnest($17::text[]), unnest($18::timestamptz[]), unnest($19::numeric[]),
        unnest($20::numeric[]), unnest($21::numeric[]), unnest($22::numeric[]), unnest($23::int[]),
        unnest($24::bigint[]), unnest($25::bigint[]), unnest($26::bigint[])
    ";

const OR_UPDATE: &str = "
    on conflict (environment, id) do update
    set total = excluded.total, shop_version = excluded.shop_version, handover = excluded.handover,
        erp_number = excluded.erp_number, held_by = excluded.held_by,
        hold_reason = excluded.hold_reason, held_at = excluded.held_at,
        authorised = excluded.authorised, captured = excluded.captured,
        refunded = excluded.refunded, charged_back = excluded.charged_back,
        documents = excluded.documents, revision = excluded.revision
    ";

fn heads(write: &mut Write, of: Environment, entries: &[&Order]) {
    let content = || entries.iter().map(|it| &it.content);
    let holds = || entries.iter().map(|it| it.hold.as_ref());
    write
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.shop.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.placed_at).collect::<Vec<_>>())
        .bind(content().map(|it| it.order_date).collect::<Vec<_>>())
        .bind(content().map(|it| it.already_placed).collect::<Vec<_>>())
        .bind(content().map(|it| it.allow_back_order).collect::<Vec<_>>())
        .bind(content().map(|it| it.currency.to_string()).collect::<Vec<_>>())
        .bind(content().map(|it| it.price_mode.as_str()).collect::<Vec<_>>())
        .bind(content().map(|it| it.rounding_mode.as_str()).collect::<Vec<_>>())
        .bind(content().map(|it| it.total).collect::<Vec<_>>())
        .bind(content().map(|it| it.external_customer_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| handover(&it.handover).0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| handover(&it.handover).1).collect::<Vec<_>>())
        .bind(holds().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(holds().map(|it| it.map(|it| &*it.reason)).collect::<Vec<_>>())
        .bind(holds().map(|it| it.map(|it| it.at)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.payments.authorised).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.payments.captured).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.payments.refunded).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.payments.charged_back).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.documents).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.shop_version).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.replaces.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
}

/// The rows below the heads, by order.
struct Parts {
    lines: Lines,
    kept: Kept,
    addresses: Addresses,
}

fn order(head: &PgRow, parts: &mut Parts) -> sqlx::Result<Order> {
    let id: i64 = head.try_get("id")?;
    let lines = parts.lines.of(id, &mut parts.kept)?;
    let content = Content {
        order_date: head.try_get("order_date")?,
        already_placed: head.try_get("already_placed")?,
        allow_back_order: head.try_get("allow_back_order")?,
        currency: Currency::parse(head.try_get("currency")?).map_err(documents::corrupt)?,
        price_mode: documents::price_mode(head)?,
        rounding_mode: documents::rounding_mode(head)?,
        charges: parts.kept.charges(id),
        tax_totals: parts.kept.tax_totals(id),
        total: head.try_get("total")?,
        shipping_address: parts.addresses.remove(&(id, "shipping".into())),
        billing_address: parts.addresses.remove(&(id, "billing".into())),
        external_customer_id: head.try_get("external_customer_id")?,
    };
    let hold = match head.try_get("held_by")? {
        None => None,
        Some(by) => Some(Hold {
            by: SystemName::stored(by),
            reason: head.try_get("hold_reason")?,
            at: head.try_get("held_at")?,
        }),
    };
    Ok(Order {
        id: OrderId(id),
        shop: SystemName::stored(head.try_get("shop")?),
        external_id: ExternalId::stored(head.try_get("external_id")?),
        placed_at: head.try_get("placed_at")?,
        content,
        lines,
        handover: match head.try_get("handover")? {
            "waiting" => Handover::Waiting,
            "acknowledged" => {
                let number: Option<&str> = head.try_get("erp_number")?;
                Handover::Acknowledged(number.map(ExternalId::stored))
            }
            "parked" => Handover::Parked,
            "withdrawn" => Handover::Withdrawn,
            other => return Err(documents::corrupt(other)),
        },
        hold,
        payments: Payments {
            authorised: head.try_get("authorised")?,
            captured: head.try_get("captured")?,
            refunded: head.try_get("refunded")?,
            charged_back: head.try_get("charged_back")?,
        },
        documents: head.try_get("documents")?,
        shop_version: head.try_get("shop_version")?,
        replaces: head.try_get::<Option<i64>, _>("replaces_return")?.map(ReturnId),
        wording: Wording::Stored,
        revision: head.try_get("revision")?,
    })
}

fn handover(handover: &Handover) -> (&'static str, Option<&str>) {
    match handover {
        Handover::Waiting => ("waiting", None),
        Handover::Acknowledged(number) => ("acknowledged", number.as_ref().map(ExternalId::as_str)),
        Handover::Parked => ("parked", None),
        Handover::Withdrawn => ("withdrawn", None),
    }
}

/// Orders by id, which is the order in which they came, from behind `after` on; only those
/// that are let through.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    filter: &ByShop,
    after: Option<OrderId>,
    limit: i64,
) -> sqlx::Result<Vec<Order>> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "
        select id
        from orders
        where environment = $1 and id > $2 and shop = all($3::text[])
        order by id
        limit $4
        ",
    )
    .bind(of.0)
    .bind(after.map_or(0, |it| it.0))
    .bind(filter.shops())
    .bind(limit)
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<OrderId> = ids.into_iter().map(OrderId).collect();
    let mut orders = Order::load(conn, of, &ids).await?;
    orders.sort_by_key(|it| it.id);
    Ok(orders)
}
