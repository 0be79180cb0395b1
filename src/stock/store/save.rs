//! Levels as they are written: of each only what has changed, where that is known.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;

use crate::books::{Added, Updated};
use crate::id::{Environment, SystemName};
use crate::postgres::{Write, Writes, array, write};
use crate::stock::{Acknowledged, Beyond, Level, Statement};

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
    /// What figures were said of it: by the next reading of a source.
    Figures,
    /// What was said of it: by another reading.
    Stated,
    /// More than that.
    More,
    /// Nobody knows.
    Unknown,
}

impl Changed {
    fn of(Updated { was, is, place, .. }: &Updated<Level>) -> Changed {
        let ((promised, figures, said, rest), before) = (parts(is), parts(was));
        let (promised, figures) = (promised == before.0, figures == before.1);
        match (promised, figures, said == before.2, rest == before.3) {
            _ if !place.is_known() => Changed::Unknown,
            (_, true, true, true) => Changed::Reserved,
            (true, _, true, true) => Changed::Figures,
            (true, _, _, true) => Changed::Stated,
            _ => Changed::More,
        }
    }
}

/// What changes by itself: what is promised, the figures that were said, what else was said, and all the rest.
fn parts(level: &Level) -> (impl PartialEq, impl PartialEq, impl PartialEq, impl PartialEq) {
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
    } = level;
    let statement = statement.as_ref().map(|it| {
        let Statement {
            by,
            led,
            epoch,
            sequence,
            ledger_through,
            on_hand,
            available,
            committed,
            orders_counted_through,
            effects_through,
        } = it;
        let through = (orders_counted_through, effects_through);
        ((on_hand, sequence, ledger_through), (by, led, epoch, available, committed, through))
    });
    let (figures, said) = statement.unzip();
    let queue = (back_ordered, queue_first, queue_next);
    (
        reserved,
        (on_hand, figures),
        (said, stale, unnumbered, committed),
        (beyond, acknowledged, queue, has_namesakes, kept_back),
    )
}

/// Of which there are no rows.
pub fn insert(writes: &mut Writes, of: Environment, added: &[Added<Level>]) {
    let levels: Vec<_> = added.iter().map(|it| &it.is).collect();
    // Nothing but what stands above is in it, here and below.
    let write = write(writes, AssertSqlSafe(format!("{INSERT} returning ctid")));
    all(write, of, &levels).tells(added.iter().map(|it| it.becomes.clone()).collect());
}

/// Whether there are rows of them, or not.
pub fn save<'a>(writes: &'a mut Writes, of: Environment, levels: &[&Level]) -> &'a mut Write {
    let write = write(writes, AssertSqlSafe(format!("{INSERT} {OR_UPDATE} returning ctid")));
    all(write, of, levels)
}

/// So many of a page's rows move until the page is swept, about.
const MOVES_UNTIL_SWEPT: u16 = 16;

/// Has Postgres clear pages on which levels lie that are to be updated there: of each page now and then, for a row that
/// moves lies under another item then.
fn sweep(writes: &mut Writes, of: Environment, updated: &[Updated<Level>]) {
    let mut pages = BTreeMap::new();
    for Updated { is, place, .. } in updated {
        if let Some(tid) = place.tid().filter(|it| it.item() % MOVES_UNTIL_SWEPT == 0) {
            pages.insert(tid.block(), is);
        }
    }
    if !pages.is_empty() {
        let write = write(writes, "select sweep_stock_levels($1, $2, $3)");
        keys(write, of, &pages.into_values().collect::<Vec<_>>());
    }
}

/// Where they lie, if that is known: by functions, of which the migrations say why.
pub fn update(writes: &mut Writes, of: Environment, updated: &[Updated<Level>]) {
    sweep(writes, of, updated);
    let mut by_change: BTreeMap<Changed, Vec<&Updated<Level>>> = BTreeMap::new();
    for it in updated {
        by_change.entry(Changed::of(it)).or_default().push(it);
    }
    for (changed, updated) in by_change {
        let levels = &updated.iter().map(|it| &it.is).collect::<Vec<_>>()[..];
        let lie_at = || updated.iter().map(|it| it.place.tid()).collect::<Vec<_>>();
        let write = match changed {
            Changed::Reserved => update_reserved(writes, of, levels).bind(lie_at()),
            Changed::Figures => update_figures(writes, of, levels).bind(lie_at()),
            Changed::Stated => update_stated(writes, of, levels).bind(lie_at()),
            Changed::More => update_all(writes, of, levels).bind(lie_at()),
            Changed::Unknown => save(writes, of, levels),
        };
        write.tells(updated.iter().map(|it| it.becomes.clone()).collect());
    }
}

fn update_reserved<'a>(
    writes: &'a mut Writes,
    of: Environment,
    levels: &[&Level],
) -> &'a mut Write {
    let write = write(writes, "select update_reserved_of_stock_levels($1, $2, $3, $4, $5, $6)");
    keys(write, of, levels)
        .bind(column(levels, |it| it.reserved))
        .bind(column(levels, |it| it.revision))
}

fn update_figures<'a>(writes: &'a mut Writes, of: Environment, levels: &[&Level]) -> &'a mut Write {
    let said = || levels.iter().map(|it| it.statement.as_ref());
    let write =
        write(writes, "select update_figures_of_stock_levels($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    keys(write, of, levels)
        .bind(column(levels, |it| it.on_hand))
        .bind(said().map(|it| it.map(|it| it.on_hand)).collect::<Vec<_>>())
        .bind(said().map(|it| it.map(|it| it.sequence)).collect::<Vec<_>>())
        .bind(said().map(|it| it.map(|it| it.ledger_through)).collect::<Vec<_>>())
        .bind(column(levels, |it| it.revision))
}

fn update_stated<'a>(writes: &'a mut Writes, of: Environment, levels: &[&Level]) -> &'a mut Write {
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
    stale(write, levels)
}

fn update_all<'a>(writes: &'a mut Writes, of: Environment, levels: &[&Level]) -> &'a mut Write {
    let write = write(
        writes,
        "
        select update_stock_levels($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
            $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
            $33, $34)
        ",
    );
    all(write, of, levels)
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
