use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use super::{Acknowledged, BackOrder, BackOrderKey, Beyond, Fulfilled, Level, LevelKey, Statement};
use crate::books::{Appended, Entry, Row};
use crate::decimal::Decimal;
use crate::id::{Environment, Location, OrderId, Sku, SystemName};

/// What moved, and why.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Of what, and where.
    pub key: LevelKey,
    /// Who told of it; `None`: told before that was noted.
    pub by: Option<SystemName>,
    /// Units that came or went.
    pub quantity: Decimal,
    /// Its number in the source's ledger; 0: none.
    pub ledger_number: i64,
    /// For people.
    pub cause: String,
    /// Whether a statement contained it already.
    pub contained: bool,
}

impl Entry for Level {
    type Key = LevelKey;

    const KIND: Option<&'static str> = Some("stock_level");

    fn key(&self) -> LevelKey {
        self.key.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    /// A newer reading of the same figures tells nobody anything.
    fn quiet(&self, before: &Level) -> bool {
        self.looks_like(before)
    }

    fn check(&self) -> Result<(), String> {
        self.must_be_sound()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[LevelKey],
    ) -> sqlx::Result<Vec<Level>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest($2::text[], $3::text[]) as asked(sku, location)
            cross join lateral (
                select sku, location, on_hand, reserved, back_ordered, unnumbered, ledger_numbers,
                    ledger_quantities, beyond_systems, beyond_revisions, beyond_acknowledged,
                    beyond_fulfilled, committed, acknowledged_revisions, acknowledged_units,
                    stated_on_hand, source_epoch, statement_sequence, ledger_through, stated_by,
                    stated_by_leader, stated_available, stated_committed, orders_counted_through,
                    effects_through, queue_first, queue_next, kept_back, revision
                from stock_level
                where environment = $1 and sku = asked.sku and location = asked.location
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.location.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(level).collect()
    }

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&Level],
    ) -> sqlx::Result<()> {
        let said = || entries.iter().map(|it| it.statement.as_ref());
        sqlx::query(
            "
            insert into stock_level (environment, sku, location, on_hand, reserved, back_ordered,
                unnumbered, ledger_numbers, ledger_quantities, beyond_systems, beyond_revisions,
                beyond_acknowledged, beyond_fulfilled, committed, acknowledged_revisions,
                acknowledged_units, stated_on_hand, source_epoch, statement_sequence,
                ledger_through, stated_by, stated_by_leader, stated_available, stated_committed,
                orders_counted_through, effects_through, queue_first, queue_next, kept_back,
                revision)
            select $1, sku, location, on_hand, reserved, back_ordered, unnumbered,
                ledger_numbers::bigint[], ledger_quantities::numeric[], beyond_systems::text[],
                beyond_revisions::bigint[], beyond_acknowledged::bigint[],
                beyond_fulfilled::numeric[], committed, acknowledged_revisions::bigint[],
                acknowledged_units::numeric[], stated_on_hand, source_epoch, statement_sequence,
                ledger_through, stated_by, stated_by_leader, stated_available, stated_committed,
                orders_counted_through, effects_through, queue_first, queue_next, kept_back,
                revision
            from unnest($2::text[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[],
                    $7::numeric[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                    $13::text[], $14::numeric[], $15::text[], $16::text[], $17::numeric[],
                    $18::bigint[], $19::bigint[], $20::bigint[], $21::text[], $22::boolean[],
                    $23::numeric[], $24::numeric[], $25::bigint[], $26::bigint[], $27::bigint[],
                    $28::bigint[], $29::numeric[], $30::bigint[])
                as entry(sku, location, on_hand, reserved, back_ordered, unnumbered,
                    ledger_numbers, ledger_quantities, beyond_systems, beyond_revisions,
                    beyond_acknowledged, beyond_fulfilled, committed, acknowledged_revisions,
                    acknowledged_units, stated_on_hand, source_epoch, statement_sequence,
                    ledger_through, stated_by, stated_by_leader, stated_available,
                    stated_committed, orders_counted_through, effects_through, queue_first,
                    queue_next, kept_back, revision)
            on conflict (environment, sku, location) do update
            set on_hand = excluded.on_hand,
                reserved = excluded.reserved,
                back_ordered = excluded.back_ordered,
                unnumbered = excluded.unnumbered,
                ledger_numbers = excluded.ledger_numbers,
                ledger_quantities = excluded.ledger_quantities,
                beyond_systems = excluded.beyond_systems,
                beyond_revisions = excluded.beyond_revisions,
                beyond_acknowledged = excluded.beyond_acknowledged,
                beyond_fulfilled = excluded.beyond_fulfilled,
                committed = excluded.committed,
                acknowledged_revisions = excluded.acknowledged_revisions,
                acknowledged_units = excluded.acknowledged_units,
                stated_on_hand = excluded.stated_on_hand,
                source_epoch = excluded.source_epoch,
                statement_sequence = excluded.statement_sequence,
                ledger_through = excluded.ledger_through,
                stated_by = excluded.stated_by,
                stated_by_leader = excluded.stated_by_leader,
                stated_available = excluded.stated_available,
                stated_committed = excluded.stated_committed,
                orders_counted_through = excluded.orders_counted_through,
                effects_through = excluded.effects_through,
                queue_first = excluded.queue_first,
                queue_next = excluded.queue_next,
                kept_back = excluded.kept_back,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.location.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.on_hand).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.reserved).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.back_ordered).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.unnumbered).collect::<Vec<_>>())
        // Arrays of arrays are one array to Postgres, so each travels as its text.
        .bind(arrays(entries, |it| array(it.beyond.iter().map(|it| it.number))))
        .bind(arrays(entries, |it| array(it.beyond.iter().map(|it| it.quantity))))
        .bind(arrays(entries, |it| array(it.beyond.iter().map(|it| quoted(name(it.by.as_ref()))))))
        .bind(arrays(entries, |it| array(it.beyond.iter().map(|it| it.revision))))
        .bind(arrays(entries, |it| array(it.beyond.iter().map(|it| it.fulfilled.acknowledged))))
        .bind(arrays(entries, |it| array(it.beyond.iter().map(|it| it.fulfilled.units))))
        .bind(entries.iter().map(|it| it.committed).collect::<Vec<_>>())
        .bind(arrays(entries, |it| array(it.acknowledged.iter().map(|it| it.revision))))
        .bind(arrays(entries, |it| array(it.acknowledged.iter().map(|it| it.units))))
        .bind(said().map(|it| it.map(|it| it.on_hand)).collect::<Vec<_>>())
        .bind(said().map(|it| it.map(|it| it.epoch)).collect::<Vec<_>>())
        .bind(said().map(|it| it.map(|it| it.sequence)).collect::<Vec<_>>())
        .bind(said().map(|it| it.map(|it| it.ledger_through)).collect::<Vec<_>>())
        .bind(said().map(|it| it?.by.as_ref().map(SystemName::as_str)).collect::<Vec<_>>())
        .bind(said().map(|it| it.is_some_and(|it| it.led)).collect::<Vec<_>>())
        .bind(said().map(|it| it?.available).collect::<Vec<_>>())
        .bind(said().map(|it| it?.committed).collect::<Vec<_>>())
        .bind(said().map(|it| it?.orders_counted_through).collect::<Vec<_>>())
        .bind(said().map(|it| it?.effects_through).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.queue_first).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.queue_next).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.kept_back).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>())
        .execute(conn)
        .await?;
        Ok(())
    }
}

fn arrays(entries: &[&Level], array: impl Fn(&Level) -> String) -> Vec<String> {
    entries.iter().map(|it| array(it)).collect()
}

fn array<T: ToString>(items: impl Iterator<Item = T>) -> String {
    format!("{{{}}}", items.map(|it| it.to_string()).collect::<Vec<_>>().join(","))
}

/// As an item of an array's text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Empty, where it was not noted.
fn name(by: Option<&SystemName>) -> &str {
    by.map_or("", SystemName::as_str)
}

fn level(row: &PgRow) -> sqlx::Result<Level> {
    let on_hand: Option<Decimal> = row.try_get("stated_on_hand")?;
    let statement = match on_hand {
        None => None,
        Some(on_hand) => Some(Statement {
            by: row.try_get::<Option<&str>, _>("stated_by")?.map(SystemName::stored),
            led: row.try_get("stated_by_leader")?,
            epoch: row.try_get("source_epoch")?,
            sequence: row.try_get("statement_sequence")?,
            ledger_through: row.try_get("ledger_through")?,
            on_hand,
            available: row.try_get("stated_available")?,
            committed: row.try_get("stated_committed")?,
            orders_counted_through: row.try_get("orders_counted_through")?,
            effects_through: row.try_get("effects_through")?,
        }),
    };
    Ok(Level {
        key: key(row)?,
        statement,
        unnumbered: row.try_get("unnumbered")?,
        beyond: beyond(row)?,
        on_hand: row.try_get("on_hand")?,
        reserved: row.try_get("reserved")?,
        committed: row.try_get("committed")?,
        acknowledged: acknowledged(row)?,
        back_ordered: row.try_get("back_ordered")?,
        queue_first: row.try_get("queue_first")?,
        queue_next: row.try_get("queue_next")?,
        kept_back: row.try_get("kept_back")?,
        revision: row.try_get("revision")?,
    })
}

/// Rows from before the others were noted have only numbers and quantities.
fn beyond(row: &PgRow) -> sqlx::Result<Vec<Beyond>> {
    let numbers: Vec<i64> = row.try_get("ledger_numbers")?;
    let quantities: Vec<Decimal> = row.try_get("ledger_quantities")?;
    let systems: Vec<String> = row.try_get("beyond_systems")?;
    let revisions: Vec<i64> = row.try_get("beyond_revisions")?;
    let acknowledged: Vec<i64> = row.try_get("beyond_acknowledged")?;
    let units: Vec<Decimal> = row.try_get("beyond_fulfilled")?;
    let all = numbers.into_iter().zip(quantities).enumerate();
    let beyond = all.map(|(nth, (number, quantity))| Beyond {
        by: systems.get(nth).filter(|it| !it.is_empty()).map(|it| SystemName::stored(it)),
        number,
        revision: revisions.get(nth).copied().unwrap_or_default(),
        quantity,
        fulfilled: Fulfilled {
            acknowledged: acknowledged.get(nth).copied().unwrap_or_default(),
            units: units.get(nth).copied().unwrap_or_default(),
        },
    });
    Ok(beyond.collect())
}

fn acknowledged(row: &PgRow) -> sqlx::Result<Vec<Acknowledged>> {
    let revisions: Vec<i64> = row.try_get("acknowledged_revisions")?;
    let units: Vec<Decimal> = row.try_get("acknowledged_units")?;
    let all = revisions.into_iter().zip(units);
    Ok(all.map(|(revision, units)| Acknowledged { revision, units }).collect())
}

impl Entry for BackOrder {
    type Key = BackOrderKey;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> BackOrderKey {
        self.key.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[BackOrderKey],
    ) -> sqlx::Result<Vec<BackOrder>> {
        let rows = sqlx::query(
            "
            select asked.nth, found.order_id, found.shop, found.line, found.quantity
            from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality
                as asked(sku, location, position, nth)
            cross join lateral (
                select order_id, shop, line, quantity
                from back_order
                where environment = $1 and sku = asked.sku and location = asked.location
                    and position = asked.position
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.position).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter()
            .map(|it| {
                Ok(BackOrder {
                    key: keys[it.try_get::<i64, _>("nth")? as usize - 1].clone(),
                    order: OrderId(it.try_get("order_id")?),
                    shop: SystemName::stored(it.try_get("shop")?),
                    line: it.try_get("line")?,
                    quantity: it.try_get("quantity")?,
                })
            })
            .collect()
    }

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&BackOrder],
    ) -> sqlx::Result<()> {
        sqlx::query(
            "
            insert into back_order (environment, sku, location, position, order_id, shop, line,
                quantity)
            select $1, sku, location, position, order_id, shop, line, quantity
            from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::int[],
                    $8::numeric[])
                as entry(sku, location, position, order_id, shop, line, quantity)
            on conflict (environment, sku, location, position) do update
            set quantity = excluded.quantity
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.level.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.level.location.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.position).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.shop.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.line).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.quantity).collect::<Vec<_>>())
        .execute(conn)
        .await?;
        Ok(())
    }

    async fn remove(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[BackOrderKey],
    ) -> sqlx::Result<()> {
        sqlx::query(
            "
            delete from back_order
            using unnest($2::text[], $3::text[], $4::bigint[]) as gone(sku, location, position)
            where back_order.environment = $1 and back_order.sku = gone.sku
                and back_order.location = gone.location and back_order.position = gone.position
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.position).collect::<Vec<_>>())
        .execute(conn)
        .await?;
        Ok(())
    }
}

impl Row for Movement {
    const KIND: &'static str = "stock_movement";

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        rows: &[Appended<Movement>],
    ) -> sqlx::Result<()> {
        sqlx::query(
            "
            insert into stock_movement (environment, sku, location, revision, ordinal, at,
                quantity, ledger_number, cause, contained, system)
            select $1, sku, location, revision, ordinal, at, quantity, ledger_number, cause,
                contained, system
            from unnest($2::text[], $3::text[], $4::bigint[], $5::int[], $6::timestamptz[],
                    $7::numeric[], $8::bigint[], $9::text[], $10::boolean[], $11::text[])
                as entry(sku, location, revision, ordinal, at, quantity, ledger_number, cause,
                    contained, system)
            ",
        )
        .bind(of.0)
        .bind(rows.iter().map(|it| it.row.key.sku.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.key.location.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.at.revision).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.ordinal).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.at.now).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.quantity).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.ledger_number).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.cause.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.contained).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| name(it.row.by.as_ref())).collect::<Vec<_>>())
        .execute(conn)
        .await?;
        Ok(())
    }
}

/// Levels by key, from behind `after` on; only those of the named skus and locations, where any
/// are named.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    (skus, locations): (&[Sku], &[Location]),
    after: Option<(&str, &str)>,
    limit: i64,
) -> sqlx::Result<Vec<Level>> {
    let (sku, location) = after.unwrap_or_default();
    let rows = sqlx::query(
        "
        select sku, location, on_hand, reserved, back_ordered, unnumbered, ledger_numbers,
            ledger_quantities, beyond_systems, beyond_revisions, beyond_acknowledged,
            beyond_fulfilled, committed, acknowledged_revisions, acknowledged_units,
            stated_on_hand, source_epoch, statement_sequence, ledger_through, stated_by,
            stated_by_leader, stated_available, stated_committed, orders_counted_through,
            effects_through, queue_first, queue_next, kept_back, revision
        from stock_level
        where environment = $1 and (sku, location) > ($2, $3)
            and (cardinality($4::text[]) = 0 or sku = any($4))
            and (cardinality($5::text[]) = 0 or location = any($5))
        order by sku, location
        limit $6
        ",
    )
    .bind(of.0)
    .bind(sku)
    .bind(location)
    .bind(skus.iter().map(Sku::as_str).collect::<Vec<_>>())
    .bind(locations.iter().map(Location::as_str).collect::<Vec<_>>())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(level).collect()
}

/// The places at which somebody waits for an article.
pub async fn waiting(
    conn: &mut PgConnection,
    of: Environment,
    sku: &Sku,
) -> sqlx::Result<Vec<LevelKey>> {
    let rows = sqlx::query(
        "
        select sku, location
        from stock_level
        where environment = $1 and sku = $2 and 0 < back_ordered
        ",
    )
    .bind(of.0)
    .bind(sku.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(key).collect()
}

fn key(row: &PgRow) -> sqlx::Result<LevelKey> {
    Ok(LevelKey {
        sku: Sku::stored(row.try_get("sku")?),
        location: Location::stored(row.try_get("location")?),
    })
}

/// A movement as it was recorded.
pub struct Recorded {
    /// Of the command that recorded it.
    pub revision: i64,
    /// As which of its command's.
    pub ordinal: i32,
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub movement: Movement,
}

/// Movements of one level, newest first, from before `before` (revision, ordinal) on.
pub async fn movements(
    conn: &mut PgConnection,
    of: Environment,
    key: &LevelKey,
    before: Option<(i64, i32)>,
    limit: i64,
) -> sqlx::Result<Vec<Recorded>> {
    let (revision, ordinal) = before.unwrap_or((i64::MAX, i32::MAX));
    let rows = sqlx::query(
        "
        select revision, ordinal, at, quantity, ledger_number, cause, contained, system
        from stock_movement
        where environment = $1 and sku = $2 and location = $3 and (revision, ordinal) < ($4, $5)
        order by revision desc, ordinal desc
        limit $6
        ",
    )
    .bind(of.0)
    .bind(key.sku.as_str())
    .bind(key.location.as_str())
    .bind(revision)
    .bind(ordinal)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|it| {
            let movement = Movement {
                key: key.clone(),
                by: Some(it.try_get("system")?)
                    .filter(|it: &&str| !it.is_empty())
                    .map(SystemName::stored),
                quantity: it.try_get("quantity")?,
                ledger_number: it.try_get("ledger_number")?,
                cause: it.try_get("cause")?,
                contained: it.try_get("contained")?,
            };
            let (revision, ordinal) = (it.try_get("revision")?, it.try_get("ordinal")?);
            Ok(Recorded { revision, ordinal, at: it.try_get("at")?, movement })
        })
        .collect()
}
