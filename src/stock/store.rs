mod besides;
mod lagging;
mod level;
mod movements;
mod namesakes;
mod queue;

pub use besides::Besides;
pub use movements::{Movement, Recorded, movements};

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use self::level::{COLUMNS, level};
use super::{Acknowledged, Beyond, Level, LevelKey};
use crate::books::{Entry, Found};
use crate::id::{Environment, Location, Sku, SystemName};
use crate::postgres::{Write, Writes, array, write};

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
        let sql = format!(
            "
            select found.*
            from (select unnest($2::text[]) as sku, unnest($3::text[]) as location) as asked
            cross join lateral (
                select {COLUMNS}, ctid::text as found
                from stock_level
                where environment = $1 and sku = asked.sku and location = asked.location
                limit 1
            ) as found
            "
        );
        // Nothing but what stands in our code is in it.
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(of.0)
            .bind(keys.iter().map(|it| it.sku.as_str()).collect::<Vec<_>>())
            .bind(keys.iter().map(|it| it.location.as_str()).collect::<Vec<_>>())
            .fetch_all(conn)
            .await?;
        let found = |it: &PgRow| Ok(Level { found: Found::at(it.try_get("found")?), ..level(it)? });
        rows.iter().map(found).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Level]) {
        let (found, others): (Vec<&Level>, Vec<&Level>) =
            entries.iter().copied().partition(|it| it.found.place().is_some());
        if !found.is_empty() {
            update(writes, of, &found);
        }
        if !others.is_empty() {
            upsert(writes, of, &others);
        }
    }

    fn saved(&mut self) {
        self.found = Found::default();
    }
}

/// Those whose rows are known, where they lie: by a function, of which the migration says why.
fn update(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    let write = write(
        writes,
        "
        select update_stock_levels($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
            $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
            $33, $34)
        ",
    );
    columns(write, of, levels).bind(levels.iter().map(|it| it.found.place()).collect::<Vec<_>>());
}

/// Others, new or not.
fn upsert(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    let write = write(
        writes,
        "
        insert into stock_level (environment, sku, location, on_hand, reserved, back_ordered,
            unnumbered, ledger_numbers, ledger_quantities, beyond_systems, beyond_revisions,
            beyond_acknowledged, beyond_fulfilled, committed, acknowledged_revisions,
            acknowledged_units, stated_on_hand, source_epoch, statement_sequence,
            ledger_through, stated_by, stated_by_leader, stated_available, stated_committed,
            orders_counted_through, effects_through, queue_first, queue_next, kept_back,
            revision, stale_readings, stale_by, has_namesakes)
        select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::numeric[]),
            unnest($5::numeric[]), unnest($6::numeric[]), unnest($7::numeric[]),
            unnest($8::text[])::bigint[], unnest($9::text[])::numeric[],
            unnest($10::text[])::text[], unnest($11::text[])::bigint[],
            unnest($12::text[])::bigint[], unnest($13::text[])::numeric[],
            unnest($14::numeric[]), unnest($15::text[])::bigint[],
            unnest($16::text[])::numeric[], unnest($17::numeric[]), unnest($18::bigint[]),
            unnest($19::bigint[]), unnest($20::bigint[]), unnest($21::text[]),
            unnest($22::boolean[]), unnest($23::numeric[]), unnest($24::numeric[]),
            unnest($25::bigint[]), unnest($26::bigint[]), unnest($27::bigint[]),
            unnest($28::bigint[]), unnest($29::numeric[]), unnest($30::bigint[]),
            unnest($31::bigint[]), unnest($32::text[]), unnest($33::boolean[])
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
            revision = excluded.revision,
            stale_readings = excluded.stale_readings,
            stale_by = excluded.stale_by,
            has_namesakes = excluded.has_namesakes
        ",
    );
    columns(write, of, levels);
}

/// Binds what a level is made of.
fn columns<'a>(write: &'a mut Write, of: Environment, entries: &[&Level]) -> &'a mut Write {
    let said = || entries.iter().map(|it| it.statement.as_ref());
    let beyond = |array: fn(&[Beyond]) -> String| lists(entries, |it| &it.beyond, array);
    let open = |array: fn(&[Acknowledged]) -> String| lists(entries, |it| &it.acknowledged, array);
    let stale = || entries.iter().map(|it| it.stale.as_ref());
    write
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.location.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.on_hand).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.reserved).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.back_ordered).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.unnumbered).collect::<Vec<_>>())
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.number))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.quantity))))
        .bind(beyond(|it| array::texts(it.iter().map(|it| name(it.by.as_ref())))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.revision))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.fulfilled.acknowledged))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.fulfilled.units))))
        .bind(entries.iter().map(|it| it.committed).collect::<Vec<_>>())
        .bind(open(|it| array::numbers(it.iter().map(|it| it.revision))))
        .bind(open(|it| array::numbers(it.iter().map(|it| it.units))))
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
        .bind(stale().map(|it| it.map_or(0, |it| it.readings)).collect::<Vec<_>>())
        .bind(stale().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.has_namesakes).collect::<Vec<_>>())
}

/// A list of each level as an array; none, where it is empty.
fn lists<T>(
    entries: &[&Level],
    list: impl Fn(&Level) -> &Vec<T>,
    array: fn(&[T]) -> String,
) -> Vec<Option<String>> {
    entries.iter().map(|it| (!list(it).is_empty()).then(|| array(list(it)))).collect()
}

/// Empty, where it was not noted.
fn name(by: Option<&SystemName>) -> &str {
    by.map_or("", SystemName::as_str)
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
    let sql = format!(
        "
        select {COLUMNS}
        from stock_level
        where environment = $1 and (sku, location) > ($2, $3)
            and (cardinality($4::text[]) = 0 or sku = any($4))
            and (cardinality($5::text[]) = 0 or location = any($5))
        order by sku, location
        limit $6
        "
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
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
