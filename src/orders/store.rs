use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Address, Content, Demand, Hold, Line, Order, Payments};
use crate::books::Entry;
use crate::decimal::Decimal;
use crate::documents::{self, Amounts, Wording};
use crate::id::{Environment, ExternalId, Location, OrderId, ReturnId, Sku, SystemName};
use crate::inbox::Handover;
use crate::money::Currency;
use crate::stock::LevelKey;
use crate::totals::{Priced, Tax};

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
        let anew = entries.iter().filter(|it| it.wording == Wording::Anew).map(|it| it.id.0);
        forget_content(conn, of, &anew.collect::<Vec<_>>()).await?;
        // The rest is as it was said: it is written when it is said.
        let new = entries.iter().copied().filter(|it| it.wording != Wording::Stored);
        let new: Vec<&Order> = new.collect();
        let amounts = new.iter().map(|it| Amounts {
            document: it.id.0,
            line_taxes: it.lines.iter().map(|line| &line.ordered.taxes).collect(),
            charges: &it.content.charges,
            tax_totals: &it.content.tax_totals,
        });
        documents::save_amounts(conn, of, amounts.collect()).await?;
        save_addresses(conn, of, &new).await
    }
}

/// What is said anew is written as if it were new.
async fn forget_content(
    conn: &mut PgConnection,
    of: Environment,
    orders: &[i64],
) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    documents::forget_amounts(conn, of, orders).await?;
    sqlx::query(
        "delete from order_address where environment = $1 and order_id = any($2::bigint[])",
    )
    .bind(of.0)
    .bind(orders)
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_heads(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let content = || entries.iter().map(|it| &it.content);
    let holds = || entries.iter().map(|it| it.hold.as_ref());
    sqlx::query(
        "
        insert into orders (environment, id, shop, external_id, placed_at, order_date,
            already_placed, allow_back_order, currency, price_mode, rounding_mode, total,
            external_customer_id, handover, erp_number, held_by, hold_reason, held_at, authorised,
            captured, refunded, charged_back, documents, shop_version, replaces_return, revision)
        select $1, entry.*
        from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::date[],
            $7::boolean[], $8::boolean[], $9::text[], $10::text[], $11::text[], $12::numeric[],
            $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::timestamptz[],
            $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[], $23::int[],
            $24::bigint[], $25::bigint[], $26::bigint[]) as entry
        on conflict (environment, id) do update
        set total = excluded.total, shop_version = excluded.shop_version,
            handover = excluded.handover, erp_number = excluded.erp_number,
            held_by = excluded.held_by, hold_reason = excluded.hold_reason,
            held_at = excluded.held_at, authorised = excluded.authorised, captured = excluded.captured,
            refunded = excluded.refunded, charged_back = excluded.charged_back,
            documents = excluded.documents, revision = excluded.revision
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
            ordered, unit_price, discount, amount, cancelled, cancel_requested, reserved,
            back_ordered, shipped, return_requested, received, lost, sent_back, invoiced, reversed,
            credited_quantity, credited_amount, queue_position, demands)
        select $1, entry.*
        from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[],
            $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[],
            $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[],
            $23::numeric[], $24::numeric[], $25::bigint[], $26::int[]) as entry
        on conflict (environment, order_id, line) do update
        set description = excluded.description,
            ordered = excluded.ordered,
            unit_price = excluded.unit_price,
            discount = excluded.discount,
            amount = excluded.amount,
            cancelled = excluded.cancelled,
            cancel_requested = excluded.cancel_requested,
            reserved = excluded.reserved,
            back_ordered = excluded.back_ordered,
            shipped = excluded.shipped,
            return_requested = excluded.return_requested,
            received = excluded.received,
            lost = excluded.lost,
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
    .bind(lines().map(|it| it.ordered.quantity).collect::<Vec<_>>())
    .bind(lines().map(|it| it.ordered.unit_price).collect::<Vec<_>>())
    .bind(lines().map(|it| it.ordered.discount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.ordered.amount).collect::<Vec<_>>())
    .bind(lines().map(|it| it.cancelled).collect::<Vec<_>>())
    .bind(lines().map(|it| it.cancel_requested).collect::<Vec<_>>())
    .bind(lines().map(Line::reserved).collect::<Vec<_>>())
    .bind(lines().map(Line::back_ordered).collect::<Vec<_>>())
    .bind(lines().map(|it| it.shipped).collect::<Vec<_>>())
    .bind(lines().map(|it| it.return_requested).collect::<Vec<_>>())
    .bind(lines().map(|it| it.received).collect::<Vec<_>>())
    .bind(lines().map(|it| it.lost).collect::<Vec<_>>())
    .bind(lines().map(|it| it.sent_back).collect::<Vec<_>>())
    .bind(lines().map(|it| it.invoiced).collect::<Vec<_>>())
    .bind(lines().map(|it| it.reversed).collect::<Vec<_>>())
    .bind(lines().map(|it| it.credited_quantity).collect::<Vec<_>>())
    .bind(lines().map(|it| it.credited_amount).collect::<Vec<_>>())
    .bind(lines().map(|it| plain(it).map_or(0, |it| it.queue_position)).collect::<Vec<_>>())
    .bind(
        lines()
            .map(|it| if it.is_plain() { 0 } else { it.demand.len() as i32 })
            .collect::<Vec<_>>(),
    )
    .execute(&mut *conn)
    .await?;
    save_demands(conn, of, entries).await
}

/// What a line needs of its own article, which stands on the line itself.
fn plain(line: &Line) -> Option<&Demand> {
    line.demand.first().filter(|_| line.is_plain())
}

async fn save_demands(
    conn: &mut PgConnection,
    of: Environment,
    entries: &[&Order],
) -> sqlx::Result<()> {
    let mut all = Vec::new();
    for order in entries {
        for (line, it) in (0_i32..).zip(&order.lines).filter(|it| !it.1.is_plain()) {
            all.extend((0_i32..).zip(&it.demand).map(|(nth, it)| (order.id.0, line, nth, it)));
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "
        insert into order_line_demand (environment, order_id, line, demand, sku, location, each,
            reserved, back_ordered, queue_position)
        select $1, entry.*
        from unnest($2::bigint[], $3::int[], $4::int[], $5::text[], $6::text[], $7::numeric[],
            $8::numeric[], $9::numeric[], $10::bigint[]) as entry
        on conflict (environment, order_id, line, demand) do update
        set reserved = excluded.reserved,
            back_ordered = excluded.back_ordered,
            queue_position = excluded.queue_position
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.2).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3.level.sku.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3.level.location.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3.each).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3.reserved).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3.back_ordered).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.3.queue_position).collect::<Vec<_>>())
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
    demands: HashMap<(i64, i32), Vec<Demand>>,
    kept: documents::Kept,
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
                    discount, amount, cancelled, cancel_requested, reserved, back_ordered,
                    shipped, return_requested, received, lost, sent_back, invoiced, reversed,
                    credited_quantity, credited_amount, queue_position, demands
                from order_line
                where environment = $1 and order_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.order_id, found.line
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
            demands: HashMap::new(),
            kept: documents::load_amounts(conn, of, ids).await?,
            addresses: HashMap::new(),
        };
        let mut made_of_others = Vec::new();
        for row in sqlx::query(lines).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            let order: i64 = row.try_get("order_id")?;
            if 0 < row.try_get::<i32, _>("demands")? {
                made_of_others.push(order);
            }
            parts.lines.entry(order).or_default().push(row);
        }
        if !made_of_others.is_empty() {
            made_of_others.dedup();
            parts.demands = demands(conn, of, &made_of_others).await?;
        }
        for row in sqlx::query(addresses).bind(of.0).bind(ids).fetch_all(&mut *conn).await? {
            let key = (row.try_get("order_id")?, row.try_get("role")?);
            parts.addresses.insert(key, address(&row)?);
        }
        Ok(parts)
    }
}

async fn demands(
    conn: &mut PgConnection,
    of: Environment,
    orders: &[i64],
) -> sqlx::Result<HashMap<(i64, i32), Vec<Demand>>> {
    let rows = sqlx::query(
        "
        select found.*
        from unnest($2::bigint[]) as asked(id)
        cross join lateral (
            select order_id, line, demand, sku, location, each, reserved, back_ordered,
                queue_position
            from order_line_demand
            where environment = $1 and order_id = asked.id
            offset 0
        ) as found
        order by found.order_id, found.line, found.demand
        ",
    )
    .bind(of.0)
    .bind(orders)
    .fetch_all(conn)
    .await?;
    let mut demands: HashMap<(i64, i32), Vec<Demand>> = HashMap::new();
    for row in rows {
        let level = LevelKey {
            sku: Sku::stored(row.try_get("sku")?),
            location: Location::stored(row.try_get("location")?),
        };
        let line = (row.try_get("order_id")?, row.try_get("line")?);
        demands.entry(line).or_default().push(Demand {
            level,
            each: row.try_get("each")?,
            reserved: row.try_get("reserved")?,
            back_ordered: row.try_get("back_ordered")?,
            queue_position: row.try_get("queue_position")?,
        });
    }
    Ok(demands)
}

fn order(head: &PgRow, parts: &mut Parts) -> sqlx::Result<Order> {
    let id: i64 = head.try_get("id")?;
    let mut lines = Vec::new();
    for row in parts.lines.remove(&id).unwrap_or_default() {
        let nth = row.try_get("line")?;
        let taxes = parts.kept.line_taxes(id, nth);
        lines.push(line(&row, taxes, parts.demands.remove(&(id, nth)))?);
    }
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

fn line(row: &PgRow, taxes: Vec<Tax>, demand: Option<Vec<Demand>>) -> sqlx::Result<Line> {
    let level = LevelKey {
        sku: Sku::stored(row.try_get("sku")?),
        location: Location::stored(row.try_get("location")?),
    };
    let demand = match demand {
        Some(demand) => demand,
        None => vec![Demand {
            reserved: row.try_get("reserved")?,
            back_ordered: row.try_get("back_ordered")?,
            queue_position: row.try_get("queue_position")?,
            ..Demand::new(level.clone(), Decimal::ONE)
        }],
    };
    Ok(Line {
        id: ExternalId::stored(row.try_get("line_id")?),
        level,
        place_given: true,
        description: row.try_get("description")?,
        ordered: Priced {
            quantity: row.try_get("ordered")?,
            unit_price: row.try_get("unit_price")?,
            discount: row.try_get("discount")?,
            amount: row.try_get("amount")?,
            taxes,
        },
        cancelled: row.try_get("cancelled")?,
        cancel_requested: row.try_get("cancel_requested")?,
        demand,
        shipped: row.try_get("shipped")?,
        return_requested: row.try_get("return_requested")?,
        received: row.try_get("received")?,
        lost: row.try_get("lost")?,
        sent_back: row.try_get("sent_back")?,
        invoiced: row.try_get("invoiced")?,
        reversed: row.try_get("reversed")?,
        credited_quantity: row.try_get("credited_quantity")?,
        credited_amount: row.try_get("credited_amount")?,
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
        Handover::Withdrawn => ("withdrawn", None),
    }
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
