//! Levels as they are read.

use futures_util::TryStreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;
use sqlx::{Decode, Postgres, Row as _, Type};

use crate::decimal::Decimal;
use crate::id::{Location, Sku, SystemName};
use crate::postgres::Place;
use crate::stock::{Acknowledged, Beyond, Fulfilled, Level, LevelKey, Stale, Statement};

/// What readers are told of a level, in the order in which [`told`] reads it: finding a thousand levels' columns
/// by their names takes longer than reading them.
pub const TOLD: &str = "sku, location, stated_on_hand, stated_by, source_epoch, statement_sequence,
    ledger_through, stated_available, stated_committed, orders_counted_through, effects_through,
    stale_by, stale_readings, ledger_numbers, ledger_quantities, beyond_systems, beyond_revisions,
    beyond_acknowledged, beyond_fulfilled, on_hand, reserved, committed, acknowledged_revisions,
    acknowledged_units, back_ordered, revision";

/// What it takes beside that to decide, in the order in which [`whole`] reads it.
pub const REST: &str =
    "stated_by_leader, unnumbered, queue_first, queue_next, has_namesakes, kept_back";

/// The columns of a row, one after the other.
pub struct Columns<'a> {
    row: &'a PgRow,
    nth: usize,
    /// Whether they may be of other types than they are read as.
    may_be_others: bool,
}

impl<'a> Columns<'a> {
    fn next<T: Decode<'a, Postgres> + Type<Postgres>>(&mut self) -> sqlx::Result<T> {
        self.nth += 1;
        match self.may_be_others {
            true => self.row.try_get(self.nth - 1),
            false => self.row.try_get_unchecked(self.nth - 1),
        }
    }
}

/// Reads the rows of an answer, each as it comes, while Postgres goes on with the next. Of which types its columns
/// are is seen with the first: it is the same for all.
pub async fn each<T>(
    mut rows: BoxStream<'_, sqlx::Result<PgRow>>,
    read: impl Fn(&mut Columns<'_>) -> sqlx::Result<T>,
    mut tell: impl FnMut(T),
) -> sqlx::Result<()> {
    let mut may_be_others = true;
    while let Some(row) = rows.try_next().await? {
        tell(read(&mut Columns { row: &row, nth: 0, may_be_others })?);
        may_be_others = false;
    }
    Ok(())
}

/// Reads a level, and where it lies.
pub fn whole(it: &mut Columns<'_>) -> sqlx::Result<(Level, Place)> {
    let mut level = told(it)?;
    let led = it.next()?;
    if let Some(statement) = &mut level.statement {
        statement.led = led;
    }
    level.unnumbered = it.next()?;
    level.queue_first = it.next()?;
    level.queue_next = it.next()?;
    level.has_namesakes = it.next()?;
    level.kept_back = it.next()?;
    Ok((level, Place::of(it.next()?)))
}

/// Reads what of a level readers are told; the rest is as that of a new one.
pub fn told(it: &mut Columns<'_>) -> sqlx::Result<Level> {
    let key = LevelKey { sku: Sku::stored(it.next()?), location: Location::stored(it.next()?) };
    Ok(Level {
        statement: statement(it)?,
        stale: stale(it)?,
        beyond: beyond(it)?,
        on_hand: it.next()?,
        reserved: it.next()?,
        committed: it.next()?,
        acknowledged: acknowledged(it)?,
        back_ordered: it.next()?,
        revision: it.next()?,
        ..Level::new(key)
    })
}

fn statement(it: &mut Columns<'_>) -> sqlx::Result<Option<Statement>> {
    let on_hand: Option<Decimal> = it.next()?;
    let by = it.next::<Option<&str>>()?.map(SystemName::stored);
    let numbers: [Option<i64>; 3] = [it.next()?, it.next()?, it.next()?];
    let (available, committed) = (it.next()?, it.next()?);
    let (orders_counted_through, effects_through) = (it.next()?, it.next()?);
    // All of them are there, or none: a constraint says so.
    let [epoch, sequence, ledger_through] = numbers.map(Option::unwrap_or_default);
    Ok(on_hand.map(|on_hand| Statement {
        by,
        led: false,
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
