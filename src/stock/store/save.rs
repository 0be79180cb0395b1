//! Levels as they are written: of each only what has changed, where that is known.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;

use crate::id::{Environment, SystemName};
use crate::postgres::{Write, Writes, array, write};
use crate::stock::{Acknowledged, Beyond, Level};

const INSERT: &str = "
    insert into stock_level (environment, sku, location, on_hand, reserved, back_ordered, unnumbered,
        ledger_numbers, ledger_quantities, beyond_systems, beyond_revisions, beyond_acknowledged,
        beyond_fulfilled, committed, acknowledged_revisions, acknowledged_units, stated_on_hand,
        source_epoch, statement_sequence, ledger_through, stated_by, stated_by_leader,
        stated_available, stated_committed, orders_counted_through, effects_through, queue_first,
        queue_next, kept_back, revision, stale_readings, stale_by, has_namesakes)
    select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::numeric[]), unnest($5::numeric[]),
        unnest($6::numeric[]), unnest($7::numeric[]), unnest($8::text[])::bigint[],
        unnest($9::text[])::numeric[], unnest($10::text[])::text[], unnest($11::text[])::bigint[],
        unnest($12::text[])::bigint[], unnest($13::text[])::numeric[], unnest($14::numeric[]),
        unnest($15::text[])::bigint[], unnest($16::text[])::numeric[], unnest($17::numeric[]),
        unnest($18::bigint[]), unnest($19::bigint[]), unnest($20::bigint[]), unnest($21::text[]),
        unnest($22::boolean[]), unnest($23::numeric[]), unnest($24::numeric[]),
        unnest($25::bigint[]), unnest($26::bigint[]), unnest($27::bigint[]), unnest($28::bigint[]),
        unnest($29::numeric[]), unnest($30::bigint[]), unnest($31::bigint[]), unnest($32::text[]),
        unnest($33::boolean[])
    ";

const OR_UPDATE: &str = "
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
    ";

/// What is different of a level, when it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Changed {
    /// How much of it is promised: by an order.
    Reserved,
    /// What was said of it: by a reading.
    Stated,
    /// More than that.
    More,
    /// Nobody knows.
    Unknown,
}

impl Changed {
    fn of(level: &Level) -> Changed {
        let Some(before) = level.found.entry() else { return Changed::Unknown };
        let ((promised, said, rest), was) = (parts(level), parts(before));
        match (promised == was.0, said == was.1, rest == was.2) {
            (_, true, true) => Changed::Reserved,
            (true, false, true) => Changed::Stated,
            _ => Changed::More,
        }
    }
}

/// What changes by itself: what is promised, what was said, and all the rest.
fn parts(level: &Level) -> (impl PartialEq, impl PartialEq, impl PartialEq) {
    let Level {
        key: _,
        statement,
        stale,
        unnumbered,
        beyond,
        on_hand,
        reserved,
        committed,
        acknowledged,
        back_ordered,
        queue_first,
        queue_next,
        has_namesakes,
        kept_back,
        revision: _,
        found: _,
    } = level;
    let queue = (back_ordered, queue_first, queue_next);
    (
        reserved,
        (statement, stale, unnumbered, on_hand, committed),
        (beyond, acknowledged, queue, has_namesakes, kept_back),
    )
}

/// Of which there are no rows.
pub fn insert(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    all(write(writes, INSERT), of, levels);
}

/// Those whose rows are known, where they lie: by functions, of which the migrations say why. Others may have rows
/// or not.
pub fn save(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    let mut by_change: BTreeMap<Changed, Vec<&Level>> = BTreeMap::new();
    for level in levels {
        by_change.entry(Changed::of(level)).or_default().push(level);
    }
    for (changed, levels) in by_change {
        let levels = &levels[..];
        match changed {
            Changed::Reserved => update_reserved(writes, of, levels),
            Changed::Stated => update_stated(writes, of, levels),
            Changed::More => update(writes, of, levels),
            Changed::Unknown => {
                // Nothing but what stands above is in it.
                all(write(writes, AssertSqlSafe(format!("{INSERT} {OR_UPDATE}"))), of, levels);
            }
        }
    }
}

fn update_reserved(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    let write = write(writes, "select update_reserved_of_stock_levels($1, $2, $3, $4, $5, $6)");
    keys(write, of, levels)
        .bind(column(levels, |it| it.reserved))
        .bind(column(levels, |it| it.revision))
        .bind(column(levels, |it| it.found.place()));
}

fn update_stated(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    let write = write(
        writes,
        "
        select update_stated_of_stock_levels($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
            $14, $15, $16, $17, $18, $19, $20)
        ",
    );
    keys(write, of, levels)
        .bind(column(levels, |it| it.on_hand))
        .bind(column(levels, |it| it.unnumbered))
        .bind(column(levels, |it| it.committed));
    stated(write, levels).bind(column(levels, |it| it.revision));
    stale(write, levels).bind(column(levels, |it| it.found.place()));
}

fn update(writes: &mut Writes, of: Environment, levels: &[&Level]) {
    let write = write(
        writes,
        "
        select update_stock_levels($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
            $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
            $33, $34)
        ",
    );
    all(write, of, levels).bind(column(levels, |it| it.found.place()));
}

/// Binds all that a level is made of.
fn all<'a>(write: &'a mut Write, of: Environment, levels: &[&Level]) -> &'a mut Write {
    let beyond = |array: fn(&[Beyond]) -> String| lists(levels, |it| &it.beyond, array);
    let open = |array: fn(&[Acknowledged]) -> String| lists(levels, |it| &it.acknowledged, array);
    keys(write, of, levels)
        .bind(column(levels, |it| it.on_hand))
        .bind(column(levels, |it| it.reserved))
        .bind(column(levels, |it| it.back_ordered))
        .bind(column(levels, |it| it.unnumbered))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.number))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.quantity))))
        .bind(beyond(|it| array::texts(it.iter().map(|it| name(it.by.as_ref())))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.revision))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.fulfilled.acknowledged))))
        .bind(beyond(|it| array::numbers(it.iter().map(|it| it.fulfilled.units))))
        .bind(column(levels, |it| it.committed))
        .bind(open(|it| array::numbers(it.iter().map(|it| it.revision))))
        .bind(open(|it| array::numbers(it.iter().map(|it| it.units))));
    stated(write, levels)
        .bind(column(levels, |it| it.queue_first))
        .bind(column(levels, |it| it.queue_next))
        .bind(column(levels, |it| it.kept_back))
        .bind(column(levels, |it| it.revision));
    stale(write, levels).bind(column(levels, |it| it.has_namesakes))
}

fn keys<'a>(write: &'a mut Write, of: Environment, levels: &[&Level]) -> &'a mut Write {
    write
        .bind(of.0)
        .bind(column(levels, |it| it.key.sku.as_str()))
        .bind(column(levels, |it| it.key.location.as_str()))
}

fn stated<'a>(write: &'a mut Write, levels: &[&Level]) -> &'a mut Write {
    let said = || levels.iter().map(|it| it.statement.as_ref());
    write
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
}

fn stale<'a>(write: &'a mut Write, levels: &[&Level]) -> &'a mut Write {
    let stale = || levels.iter().map(|it| it.stale.as_ref());
    write
        .bind(stale().map(|it| it.map_or(0, |it| it.readings)).collect::<Vec<_>>())
        .bind(stale().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
}

fn column<'a, T>(levels: &[&'a Level], of: impl Fn(&'a Level) -> T) -> Vec<T> {
    levels.iter().map(|it| of(it)).collect()
}

/// A list of each level as an array; none, where it is empty.
fn lists<T>(
    levels: &[&Level],
    list: impl Fn(&Level) -> &Vec<T>,
    array: fn(&[T]) -> String,
) -> Vec<Option<String>> {
    levels.iter().map(|it| (!list(it).is_empty()).then(|| array(list(it)))).collect()
}

/// Empty, where it was not noted.
pub fn name(by: Option<&SystemName>) -> &str {
    by.map_or("", SystemName::as_str)
}
