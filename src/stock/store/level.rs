//! Levels as they are read.

use sqlx::postgres::PgRow;
use sqlx::{Decode, Postgres, Row as _, Type};

use crate::decimal::Decimal;
use crate::id::{Location, Sku, SystemName};
use crate::stock::{Acknowledged, Beyond, Fulfilled, Level, LevelKey, Stale, Statement};

/// What a level is read from, in the order in which [`level`] reads it: finding a thousand levels' columns
/// by their names takes longer than reading them.
pub const COLUMNS: &str = "sku, location, stated_on_hand, stated_by, stated_by_leader, source_epoch,
    statement_sequence, ledger_through, stated_available, stated_committed, orders_counted_through,
    effects_through, stale_by, stale_readings, unnumbered, ledger_numbers, ledger_quantities,
    beyond_systems, beyond_revisions, beyond_acknowledged, beyond_fulfilled, on_hand, reserved, committed,
    acknowledged_revisions, acknowledged_units, back_ordered, queue_first, queue_next, has_namesakes,
    kept_back, revision";

/// The columns of a row, one after the other.
struct Columns<'a> {
    row: &'a PgRow,
    nth: usize,
}

impl<'a> Columns<'a> {
    fn next<T: Decode<'a, Postgres> + Type<Postgres>>(&mut self) -> sqlx::Result<T> {
        self.nth += 1;
        self.row.try_get(self.nth - 1)
    }
}

/// Reads a level.
pub fn level(row: &PgRow) -> sqlx::Result<Level> {
    let mut columns = Columns { row, nth: 0 };
    let it = &mut columns;
    Ok(Level {
        key: LevelKey { sku: Sku::stored(it.next()?), location: Location::stored(it.next()?) },
        statement: statement(it)?,
        stale: stale(it)?,
        unnumbered: it.next()?,
        beyond: beyond(it)?,
        on_hand: it.next()?,
        reserved: it.next()?,
        committed: it.next()?,
        acknowledged: acknowledged(it)?,
        back_ordered: it.next()?,
        queue_first: it.next()?,
        queue_next: it.next()?,
        has_namesakes: it.next()?,
        kept_back: it.next()?,
        revision: it.next()?,
    })
}

fn statement(it: &mut Columns<'_>) -> sqlx::Result<Option<Statement>> {
    let on_hand: Option<Decimal> = it.next()?;
    let by = it.next::<Option<&str>>()?.map(SystemName::stored);
    let led = it.next()?;
    let numbers: [Option<i64>; 3] = [it.next()?, it.next()?, it.next()?];
    let (available, committed) = (it.next()?, it.next()?);
    let (orders_counted_through, effects_through) = (it.next()?, it.next()?);
    // All of them are there, or none: a constraint says so.
    let [epoch, sequence, ledger_through] = numbers.map(Option::unwrap_or_default);
    Ok(on_hand.map(|on_hand| Statement {
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
    }))
}

fn stale(it: &mut Columns<'_>) -> sqlx::Result<Option<Stale>> {
    let by: Option<&str> = it.next()?;
    let readings = it.next()?;
    Ok(by.map(|it| Stale { by: SystemName::stored(it), readings }))
}

/// Rows from before the others were noted have only numbers and quantities.
fn beyond(it: &mut Columns<'_>) -> sqlx::Result<Vec<Beyond>> {
    let (numbers, quantities): (Option<Vec<i64>>, Option<Vec<Decimal>>) = (it.next()?, it.next()?);
    let systems: Option<Vec<String>> = it.next()?;
    let (revisions, acknowledged): (Option<Vec<i64>>, _) = (it.next()?, it.next()?);
    let units = it.next()?;
    let all = numbers.into_iter().flatten().zip(quantities.into_iter().flatten()).enumerate();
    let beyond = all.map(|(nth, (number, quantity))| Beyond {
        by: nth_of(&systems, nth).filter(|it| !it.is_empty()).map(|it| SystemName::stored(&it)),
        number,
        revision: nth_of(&revisions, nth).unwrap_or_default(),
        quantity,
        fulfilled: Fulfilled {
            acknowledged: nth_of(&acknowledged, nth).unwrap_or_default(),
            units: nth_of(&units, nth).unwrap_or_default(),
        },
    });
    Ok(beyond.collect())
}

fn acknowledged(it: &mut Columns<'_>) -> sqlx::Result<Vec<Acknowledged>> {
    let (revisions, units): (Option<Vec<i64>>, Option<Vec<Decimal>>) = (it.next()?, it.next()?);
    let all = revisions.into_iter().flatten().zip(units.into_iter().flatten());
    Ok(all.map(|(revision, units)| Acknowledged { revision, units }).collect())
}

/// Nothing, where there is no list, or it ends before.
fn nth_of<T: Clone>(list: &Option<Vec<T>>, nth: usize) -> Option<T> {
    list.as_ref()?.get(nth).cloned()
}
