use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Address, Content, Line, Order};
use crate::books::Entry;
use crate::decimal::Decimal;
use crate::id::{Environment, ExternalId, Location, OrderId, Sku, SystemName};
use crate::inbox::Handover;
use crate::money::Currency;
use crate::stock::LevelKey;
use crate::totals::{Charge, PartKind, PriceMode, RoundingMode, Tax};

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

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[OrderId],
    ) -> sqlx::Result<Vec<Order>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, shop, external_id, placed_at, order_date, already_placed,
                    allow_back_order, currency, price_mode, rounding_mode, total,
                    external_customer_id, handover, erp_number, revision
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
        let mut parts = Parts::load(conn, of, &ids).await?;
        heads.iter().map(|it| order(it, &mut parts)).collect()
    }

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&Order],
    ) -> sqlx::Result<()> {
        save_heads(conn, of, entries).await?;
        save_lines(conn, of, entries).await?;
        // The rest is as it was said, for ever: it is written with a new order alone.
        let new: Vec<&Order> = entries.iter().copied().filter(|it| it.is_new()).collect();
        save_charges(conn, of, &new).await?;
        save_taxes(conn, of, &new).await?;
        save_addresses(conn, of, &new).await
    }
}

impl Order {
    /// Placed by the command whose revision it carries: nothing became of it yet but promises.
    fn is_new(&self) -> bool {
        let untouched = |it: &Line| it.cancelled.is_zero() && it.shipped.is_zero();
        self.handover == Handover::Waiting && self.lines.iter().all(untouched)
    }
}

async fn save_heads(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let content = || entries.iter().map(|it| &it.content);
    sqlx::query(
        "
        insert into orders (environment, id, shop, external_id, placed_at, order_date,
            already_placed, allow_back_order, currency, price_mode, rounding_mode, total,
            external_customer_id, handover, erp_number, revision)
        select $1, entry.*
        from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::date[],
            $7::boolean[], $8::boolean[], $9::text[], $10::text[], $11::text[], $12::numeric[],
            $13::text[], $14::text[], $15::text[], $16::bigint[]) as entry
        on conflict (environment, id) do update
        set handover = excluded.handover, erp_number = excluded.erp_number,
            revision = excluded.revision
        ",
    )
    .bind(of.0)
    .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.shop.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.placed_at).collect::<Vec<_>>())
    .bind(content().map(|it| it.order_date).collect::<Vec<_>>())
    .bind(content().map(|it| it.already_placed).collect::<Vec<_>>())
    .bind(content().map(|it| it.allow_back_order).collect::<Vec<_>>())
    .bind(content().map(|it| it.currency.to_string()).collect::<Vec<_>>())
    .bind(content().map(|it| price_mode(it.price_mode)).collect::<Vec<_>>())
    .bind(content().map(|it| rounding_mode(it.rounding_mode)).collect::<Vec<_>>())
    .bind(content().map(|it| it.total).collect::<Vec<_>>())
    .bind(content().map(|it| it.external_customer_id.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| handover(&it.handover).0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| handover(&it.handover).1).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_lines(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let all = || {
        entries.iter().flat_map(|order| (0_i32..).zip(&order.lines).map(move |it| (order.id.0, it)))
    };
    let lines = || all().map(|(_, (_, line))| line);
    sqlx::query(
        "
        insert into order_line (environment, order_id, line, line_id, sku, location, description,
            ordered, unit_price, discount, amount, cancelled, reserved, back_ordered, shipped,
            return_requested, received, sent_back, invoiced, reversed, credited_quantity,
            credited_amount, queue_position)
        select $1, entry.*
        from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[],
            $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[],
            $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[],
            $23::bigint[]) as entry
        on conflict (environment, order_id, line) do update
        set cancelled = excluded.cancelled,
            reserved = excluded.reserved,
            back_ordered = excluded.back_ordered,
            shipped = excluded.shipped,
            return_requested = excluded.return_requested,
            received = excluded.received,
            sent_back = excluded.sent_back,
            invoiced = excluded.invoiced,
            reversed = excluded.reversed,
            credited_quantity = excluded.credited_quantity,
            credited_amount = excluded.credited_amount,
            queue_position = excluded.queue_position
        ",
    )
    .bind(of.0)
    .bind(all().map(|(order, _)| order).collect::<Vec<_>>())
    .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<_>>())
    .bind(lines().map(|it| it.id.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.description.as_str()).collect::<Vec<_>>())
    .bind(lines().map(|it| it.ordered).collect::<Vec<_>>())
    .bind(lines().map(|it| it.unit_price).collect::<Vec<_>>())
    .bind(lines().map(|it| it.discount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.amount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.cancelled).collect::<Vec<_>>())
    .bind(lines().map(|it| it.reserved).collect::<Vec<_>>())
    .bind(lines().map(|it| it.back_ordered).collect::<Vec<_>>())
    .bind(lines().map(|it| it.shipped).collect::<Vec<_>>())
    .bind(lines().map(|it| it.return_requested).collect::<Vec<_>>())
    .bind(lines().map(|it| it.received).collect::<Vec<_>>())
    .bind(lines().map(|it| it.sent_back).collect::<Vec<_>>())
    .bind(lines().map(|it| it.invoiced).collect::<Vec<_>>())
    .bind(lines().map(|it| it.reversed).collect::<Vec<_>>())
    .bind(lines().map(|it| it.credited_quantity).collect::<Vec<_>>())
    .bind(lines().map(|it| it.credited_amount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.queue_position).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_charges(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let all: Vec<(i64, i32, &Charge)> = entries
        .iter()
        .flat_map(|it| (0..).zip(&it.content.charges).map(|(nth, charge)| (it.id.0, nth, charge)))
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "
        insert into order_charge (environment, order_id, charge, charge_id, kind, amount,
            description)
        select $1, entry.*
        from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::numeric[], $7::text[])
            as entry
        on conflict (environment, order_id, charge) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.id.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| part_kind(it.2.kind)).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.amount).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2.description.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_taxes(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let mut all: Vec<(i64, &str, i32, i32, &Tax)> = Vec::new();
    for order in entries {
        let mut push = |part, place, taxes| {
            let taxes: &Vec<Tax> = taxes;
            all.extend((0..).zip(taxes).map(|(nth, it)| (order.id.0, part, place, nth, it)));
        };
        (0..).zip(&order.lines).for_each(|(place, it)| push("line", place, &it.taxes));
        let charges = &order.content.charges;
        (0..).zip(charges).for_each(|(place, it)| push("charge", place, &it.taxes));
        push("total", 0, &order.content.tax_totals);
    }
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "
        insert into order_tax (environment, order_id, part, place, tax, category, rate, base,
            amount)
        select $1, entry.*
        from unnest($2::bigint[], $3::text[], $4::int[], $5::int[], $6::text[], $7::numeric[],
            $8::numeric[], $9::numeric[]) as entry
        on conflict (environment, order_id, part, place, tax) do nothing
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
    .bind(all.iter().map(|it| it.4.amount).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_addresses(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let all: Vec<(i64, &str, &Address)> = entries
        .iter()
        .flat_map(|it| {
            let content = &it.content;
            let roles =
                [("shipping", &content.shipping_address), ("billing", &content.billing_address)];
            roles.into_iter().filter_map(|(role, at)| Some((it.id.0, role, at.as_ref()?)))
        })
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    let texts = |pick: fn(&Address) -> &String| {
        all.iter().map(|it| pick(it.2).as_str()).collect::<Vec<_>>()
    };
    sqlx::query(
        "
        insert into order_address (environment, order_id, role, name, company, street,
            street_extra, postal_code, city, region, country_code, email, phone)
        select $1, entry.*
        from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]) as entry
        on conflict (environment, order_id, role) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(texts(|it| &it.name))
    .bind(texts(|it| &it.company))
    .bind(texts(|it| &it.street))
    .bind(texts(|it| &it.street_extra))
    .bind(texts(|it| &it.postal_code))
    .bind(texts(|it| &it.city))
    .bind(texts(|it| &it.region))
    .bind(texts(|it| &it.country_code))
    .bind(texts(|it| &it.email))
    .bind(texts(|it| &it.phone))
    .execute(conn)
    .await?;
    Ok(())
}

/// The rows below the heads, by order.
struct Parts {
    lines: HashMap<i64, Vec<PgRow>>,
    charges: HashMap<i64, Vec<PgRow>>,
    taxes: HashMap<(i64, String, i32), Vec<Tax>>,
    addresses: HashMap<(i64, String), Address>,
}

impl Parts {
    async fn load(conn: &mut PgConnection, of: Environment, ids: &[i64]) -> sqlx::Result<Parts> {
        // `offset 0` leaves the planner no choice but one look-up for each order.
        let lines = "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select order_id, line, line_id, sku, location, description, ordered, unit_price,
                    discount, amount, cancelled, reserved, back_ordered, shipped,
                    return_requested, received, sent_back, invoiced, reversed, credited_quantity,
                    credited_amount, queue_position
                from order_line
                where environment = $1 and order_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.order_id, found.line
            ";
        let charges = "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select order_id, charge, charge_id, kind, amount, description
                from order_charge
                where environment = $1 and order_id = asked.id
                order by charge
                offset 0
            ) as found
            order by found.order_id, found.charge
            ";
        let taxes = "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select order_id, part, place, tax, category, rate, base, amount
                from order_tax
                where environment = $1 and order_id = asked.id
                order by part, place, tax
                offset 0
            ) as found
            order by found.order_id, found.part, found.place, found.tax
            ";
        let addresses = "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select order_id, role, name, company, street, street_extra, postal_code, city,
                    region, country_code, email, phone
                from order_address
                where environment = $1 and order_id = asked.id
                offset 0
            ) as found
            ";
        let mut parts = Parts {
            lines: HashMap::new(),
            charges: HashMap::new(),
            taxes: HashMap::new(),
            addresses: HashMap::new(),
        };
        for row in sqlx::query(lines).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            parts.lines.entry(row.try_get("order_id")?).or_default().push(row);
        }
        for row in sqlx::query(charges).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            parts.charges.entry(row.try_get("order_id")?).or_default().push(row);
        }
        for row in sqlx::query(taxes).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            let key = (row.try_get("order_id")?, row.try_get("part")?, row.try_get("place")?);
            parts.taxes.entry(key).or_default().push(tax(&row)?);
        }
        for row in sqlx::query(addresses).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            let key = (row.try_get("order_id")?, row.try_get("role")?);
            parts.addresses.insert(key, address(&row)?);
        }
        Ok(parts)
    }

    fn take_taxes(&mut self, order: i64, part: &str, place: i32) -> Vec<Tax> {
        self.taxes.remove(&(order, part.into(), place)).unwrap_or_default()
    }
}

fn order(head: &PgRow, parts: &mut Parts) -> sqlx::Result<Order> {
    let id: i64 = head.try_get("id")?;
    let mut lines = Vec::new();
    for row in parts.lines.remove(&id).unwrap_or_default() {
        let taxes = parts.take_taxes(id, "line", row.try_get("line")?);
        lines.push(line(&row, taxes)?);
    }
    let mut charges = Vec::new();
    for row in parts.charges.remove(&id).unwrap_or_default() {
        let taxes = parts.take_taxes(id, "charge", row.try_get("charge")?);
        charges.push(Charge {
            id: ExternalId::stored(row.try_get("charge_id")?),
            kind: parse_part_kind(row.try_get("kind")?)?,
            amount: row.try_get("amount")?,
            taxes,
            description: row.try_get("description")?,
        });
    }
    let content = Content {
        order_date: head.try_get("order_date")?,
        already_placed: head.try_get("already_placed")?,
        allow_back_order: head.try_get("allow_back_order")?,
        currency: Currency::parse(head.try_get("currency")?).map_err(corrupt)?,
        price_mode: match head.try_get("price_mode")? {
            "net" => PriceMode::Net,
            "gross" => PriceMode::Gross,
            other => return Err(corrupt(other)),
        },
        rounding_mode: match head.try_get("rounding_mode")? {
            "line" => RoundingMode::Line,
            "document" => RoundingMode::Document,
            other => return Err(corrupt(other)),
        },
        charges,
        tax_totals: parts.take_taxes(id, "total", 0),
        total: head.try_get("total")?,
        shipping_address: parts.addresses.remove(&(id, "shipping".into())),
        billing_address: parts.addresses.remove(&(id, "billing".into())),
        external_customer_id: head.try_get("external_customer_id")?,
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
            other => return Err(corrupt(other)),
        },
        revision: head.try_get("revision")?,
    })
}

fn line(row: &PgRow, taxes: Vec<Tax>) -> sqlx::Result<Line> {
    Ok(Line {
        id: ExternalId::stored(row.try_get("line_id")?),
        level: LevelKey {
            sku: Sku::stored(row.try_get("sku")?),
            location: Location::stored(row.try_get("location")?),
        },
        description: row.try_get("description")?,
        ordered: row.try_get("ordered")?,
        unit_price: row.try_get("unit_price")?,
        discount: row.try_get("discount")?,
        amount: row.try_get("amount")?,
        taxes,
        cancelled: row.try_get("cancelled")?,
        reserved: row.try_get("reserved")?,
        back_ordered: row.try_get("back_ordered")?,
        shipped: row.try_get("shipped")?,
        return_requested: row.try_get("return_requested")?,
        received: row.try_get("received")?,
        sent_back: row.try_get("sent_back")?,
        invoiced: row.try_get("invoiced")?,
        reversed: row.try_get("reversed")?,
        credited_quantity: row.try_get("credited_quantity")?,
        credited_amount: row.try_get("credited_amount")?,
        queue_position: row.try_get("queue_position")?,
    })
}

fn tax(row: &PgRow) -> sqlx::Result<Tax> {
    Ok(Tax {
        category: row.try_get("category")?,
        rate: row.try_get("rate")?,
        base: row.try_get("base")?,
        amount: row.try_get::<Option<Decimal>, _>("amount")?,
    })
}

fn address(row: &PgRow) -> sqlx::Result<Address> {
    Ok(Address {
        name: row.try_get("name")?,
        company: row.try_get("company")?,
        street: row.try_get("street")?,
        street_extra: row.try_get("street_extra")?,
        postal_code: row.try_get("postal_code")?,
        city: row.try_get("city")?,
        region: row.try_get("region")?,
        country_code: row.try_get("country_code")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
    })
}

fn handover(handover: &Handover) -> (&'static str, Option<&str>) {
    match handover {
        Handover::Waiting => ("waiting", None),
        Handover::Acknowledged(number) => ("acknowledged", number.as_ref().map(ExternalId::as_str)),
        Handover::Parked => ("parked", None),
    }
}

fn price_mode(mode: PriceMode) -> &'static str {
    match mode {
        PriceMode::Net => "net",
        PriceMode::Gross => "gross",
    }
}

fn rounding_mode(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::Line => "line",
        RoundingMode::Document => "document",
    }
}

fn part_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Goods => "goods",
        PartKind::Shipping => "shipping",
        PartKind::Fee => "fee",
        PartKind::Discount => "discount",
        PartKind::CashRounding => "cash_rounding",
    }
}

fn parse_part_kind(text: &str) -> sqlx::Result<PartKind> {
    use PartKind::*;
    let all = [Goods, Shipping, Fee, Discount, CashRounding];
    all.into_iter().find(|it| part_kind(*it) == text).ok_or_else(|| corrupt(text))
}

fn corrupt(what: impl std::fmt::Display) -> sqlx::Error {
    sqlx::Error::Decode(format!("nobody could have written {what}").into())
}

/// Orders by id, which is the order in which they came, from behind `after` on; only of one shop,
/// where one is named.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    shop: Option<&SystemName>,
    after: Option<OrderId>,
    limit: i64,
) -> sqlx::Result<Vec<Order>> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "
        select id
        from orders
        where environment = $1 and id > $2 and ($3::text is null or shop = $3)
        order by id
        limit $4
        ",
    )
    .bind(of.0)
    .bind(after.map_or(0, |it| it.0))
    .bind(shop.map(SystemName::as_str))
    .bind(limit)
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<OrderId> = ids.into_iter().map(OrderId).collect();
    let mut orders = Order::load(conn, of, &ids).await?;
    orders.sort_by_key(|it| it.id);
    Ok(orders)
}
