//! The lines of orders, and what those need that are made of other articles.

use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use crate::decimal::Decimal;
use crate::documents::Kept;
use crate::id::{Environment, ExternalId, Location, Sku};
use crate::orders::{Demand, Line, Order};
use crate::postgres::{Write, Writes, write};
use crate::stock::LevelKey;
use crate::totals::{Priced, Tax};

/// A line, with its order and its place in it.
type Placed<'a> = (i64, i32, &'a Line);

const INSERT: &str = "
    insert into order_line (environment, order_id, line, line_id, sku, location, description, ordered,
        unit_price, discount, amount, reserved, back_ordered, queue_position, demands, cancelled,
        cancel_requested, shipped, return_requested, received, lost, sent_back, invoiced, reversed,
        credited_quantity, credited_amount, acknowledged)
    select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]), unnest($5::text[]),
        unnest($6::text[]), unnest($7::text[]), unnest($8::numeric[]), unnest($9::numeric[]),
        unnest($10::numeric[]), unnest($11::numeric[]), unnest($12::numeric[]),
        unnest($13::numeric[]), unnest($14::bigint[]), unnest($15::int[]),
    ";

/// What became of it.
const BECAME: &str = "
    unnest($16::numeric[]), unnest($17::numeric[]), unnest($18::numeric[]), unnest($19::numeric[]),
    unnest($20::numeric[]), unnest($21::numeric[]), unnest($22::numeric[]), unnest($23::numeric[]),
    unnest($24::numeric[]), unnest($25::numeric[]), unnest($26::numeric[]), unnest($27::bigint[])
    ";

/// Nothing.
const BECAME_NOTHING: &str = "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0";

const OR_UPDATE: &str = "
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
        queue_position = excluded.queue_position,
        acknowledged = excluded.acknowledged
    ";

/// Lines of orders that may have been written before.
pub fn save(writes: &mut Writes, of: Environment, orders: &[&Order]) {
    // Nothing but what stands above is in it.
    let write = write(writes, AssertSqlSafe(format!("{INSERT} {BECAME} {OR_UPDATE}")));
    let lines: Vec<Placed> = placed(orders).collect();
    became(said(write, of, &lines), &lines);
    save_demands(writes, of, orders);
}

/// Lines of orders of which nothing was written.
pub fn insert(writes: &mut Writes, of: Environment, orders: &[&Order]) {
    // Of most nothing became yet; a batch may hold an order and its shipment.
    let (fresh, others): (Vec<Placed>, Vec<Placed>) =
        placed(orders).partition(|(_, _, line)| line.is_untouched());
    if !fresh.is_empty() {
        let sql = format!("{INSERT} {BECAME_NOTHING}");
        said(write(writes, AssertSqlSafe(sql)), of, &fresh);
    }
    if !others.is_empty() {
        let sql = format!("{INSERT} {BECAME}");
        became(said(write(writes, AssertSqlSafe(sql)), of, &others), &others);
    }
    save_demands(writes, of, orders);
}

fn placed<'a>(orders: &[&'a Order]) -> impl Iterator<Item = Placed<'a>> {
    let lines = |order: &'a Order| {
        (0_i32..).zip(&order.lines).map(move |(nth, line)| (order.id.0, nth, line))
    };
    orders.iter().flat_map(move |it| lines(it))
}

/// What was ordered, and is promised.
fn said<'a>(write: &'a mut Write, of: Environment, lines: &[Placed]) -> &'a mut Write {
    let demands = |it: &Line| if it.is_plain() { 0 } else { it.demand.len() as i32 };
    write
        .bind(of.0)
        .bind(lines.iter().map(|it| it.0).collect::<Vec<_>>())
        .bind(lines.iter().map(|it| it.1).collect::<Vec<_>>())
        .bind(column(lines, |it| it.id.as_str()))
        .bind(column(lines, |it| it.level.sku.as_str()))
        .bind(column(lines, |it| it.level.location.as_str()))
        .bind(column(lines, |it| it.description.as_str()))
        .bind(column(lines, |it| it.ordered.quantity))
        .bind(column(lines, |it| it.ordered.unit_price))
        .bind(column(lines, |it| it.ordered.discount))
        .bind(column(lines, |it| it.ordered.amount))
        .bind(column(lines, Line::reserved))
        .bind(column(lines, Line::back_ordered))
        .bind(column(lines, |it| plain(it).map_or(0, |it| it.queue_position)))
        .bind(column(lines, demands))
}

fn became(write: &mut Write, lines: &[Placed]) {
    write
        .bind(column(lines, |it| it.cancelled))
        .bind(column(lines, |it| it.cancel_requested))
        .bind(column(lines, |it| it.shipped))
        .bind(column(lines, |it| it.return_requested))
        .bind(column(lines, |it| it.received))
        .bind(column(lines, |it| it.lost))
        .bind(column(lines, |it| it.sent_back))
        .bind(column(lines, |it| it.invoiced))
        .bind(column(lines, |it| it.reversed))
        .bind(column(lines, |it| it.credited_quantity))
        .bind(column(lines, |it| it.credited_amount))
        .bind(column(lines, |it| it.acknowledged));
}

fn column<'a, T>(lines: &[Placed<'a>], of: impl Fn(&'a Line) -> T) -> Vec<T> {
    lines.iter().map(|it| of(it.2)).collect()
}

/// What a line needs of its own article, which stands on the line itself.
fn plain(line: &Line) -> Option<&Demand> {
    line.demand.first().filter(|_| line.is_plain())
}

fn save_demands(writes: &mut Writes, of: Environment, entries: &[&Order]) {
    let mut all = Vec::new();
    for order in entries {
        for (line, it) in (0_i32..).zip(&order.lines).filter(|it| !it.1.is_plain()) {
            all.extend((0_i32..).zip(&it.demand).map(|(nth, it)| (order.id.0, line, nth, it)));
        }
    }
    if all.is_empty() {
        return;
    }
    write(
        writes,
        "
        insert into order_line_demand (environment, order_id, line, demand, sku, location, each,
            reserved, back_ordered, queue_position)
        select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::int[]), unnest($5::text[]),
            unnest($6::text[]), unnest($7::numeric[]), unnest($8::numeric[]),
            unnest($9::numeric[]), unnest($10::bigint[])
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
    .bind(all.iter().map(|it| it.3.queue_position).collect::<Vec<_>>());
}

/// The lines of some orders, as they were read.
pub struct Lines {
    rows: HashMap<i64, Vec<PgRow>>,
    demands: HashMap<(i64, i32), Vec<Demand>>,
}

impl Lines {
    /// Reads them.
    pub async fn load(
        conn: &mut PgConnection,
        of: Environment,
        orders: &[i64],
    ) -> sqlx::Result<Lines> {
        // `offset 0` leaves the planner no choice but one look-up for each order.
        let sql = "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select order_id, line, line_id, sku, location, description, ordered, unit_price,
                    discount, amount, cancelled, cancel_requested, reserved, back_ordered,
                    shipped, return_requested, received, lost, sent_back, invoiced, reversed,
                    credited_quantity, credited_amount, queue_position, demands, acknowledged
                from order_line
                where environment = $1 and order_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.order_id, found.line
            ";
        let mut lines = Lines { rows: HashMap::new(), demands: HashMap::new() };
        let mut made_of_others = Vec::new();
        for row in sqlx::query(sql).bind(of.0).bind(orders).fetch_all(&mut *conn).await? {
            let order: i64 = row.try_get("order_id")?;
            if 0 < row.try_get::<i32, _>("demands")? {
                made_of_others.push(order);
            }
            lines.rows.entry(order).or_default().push(row);
        }
        if !made_of_others.is_empty() {
            made_of_others.dedup();
            lines.demands = demands(conn, of, &made_of_others).await?;
        }
        Ok(lines)
    }

    /// Those of an order, with their taxes.
    pub fn of(&mut self, order: i64, kept: &mut Kept) -> sqlx::Result<Vec<Line>> {
        let rows = self.rows.remove(&order).unwrap_or_default();
        rows.iter()
            .map(|row| {
                let nth = row.try_get("line")?;
                line(row, kept.line_taxes(order, nth), self.demands.remove(&(order, nth)))
            })
            .collect()
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
        from unnest((select $2::bigint[])) as asked(id)
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
        acknowledged: row.try_get("acknowledged")?,
    })
}
