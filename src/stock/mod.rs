//! How much of each article lies where, and how much of it is promised.

mod model;
mod queue;
pub mod selling;
mod service;
mod store;
mod wire;

pub use model::{
    Adjustment, BackOrder, BackOrderKey, Level, LevelKey, Moved, Outcome, Reading, Statement,
};
pub use queue::{
    NoBackOrders, Room, ServeBackOrders, enqueue, serve_queue, wait_longer, want_queue, withdraw,
};
pub use service::{StockDesk, StockFeed};
pub use store::{Movement, Recorded};
use wire::Filter;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::books::{Books, Command, Moment, Weight};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::SystemName;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    selling::books(books).with::<Level>().with::<BackOrder>().with_rows::<Movement>()
}

/// States readings; answers what became of each row. A row that could not be read is refused with
/// its place.
#[derive(Clone, Serialize)]
pub struct SetStock {
    /// In order.
    pub rows: Vec<Result<Reading>>,
    /// Who gets what becomes free.
    #[serde(skip)]
    pub back_orders: &'static dyn ServeBackOrders,
}

/// Tells of movements; answers what became of each row.
#[derive(Clone, Serialize)]
pub struct AdjustStock {
    /// In order.
    pub rows: Vec<Result<Adjustment>>,
    /// Who gets what becomes free.
    #[serde(skip)]
    pub back_orders: &'static dyn ServeBackOrders,
}

impl Command for SetStock {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        for Reading { key, on_hand, .. } in self.rows.iter().flatten() {
            books.of::<Level>().want(key);
            // What it may free: all that it counts beyond what is promised, and what moved since.
            let room = books.of::<Level>().peek(key).and_then(|level| {
                let beyond = level.numbered.iter().map(|it| it.1.max(Decimal::ZERO));
                let all = Decimal::try_sum(beyond.chain([*on_hand])).ok()?;
                all.try_sub(level.reserved).ok()
            });
            self.back_orders.needs(books, key, room.unwrap_or_default());
        }
    }

    fn decide(&self, books: &mut Books, _: Moment) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            outcomes.push(match row {
                Ok(reading) => set(books, reading).unwrap_or_else(Outcome::Refused),
                Err(refusal) => Outcome::Refused(refusal.clone()),
            });
            if let Ok(Reading { key, .. }) = row {
                self.back_orders.serve(books, key)?;
            }
        }
        Ok(outcomes)
    }

    fn weight(&self) -> Weight {
        weight(self.rows.len())
    }
}

impl Command for AdjustStock {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        let mut room = Room::default();
        let rows = self.rows.iter().flatten();
        rows.for_each(|it| room.add(&it.key, it.quantity));
        room.needs(books, self.back_orders);
    }

    fn decide(&self, books: &mut Books, _: Moment) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            outcomes.push(match row {
                Ok(it) => adjust(books, it).unwrap_or_else(Outcome::Refused),
                Err(refusal) => Outcome::Refused(refusal.clone()),
            });
            if let Ok(Adjustment { key, .. }) = row {
                self.back_orders.serve(books, key)?;
            }
        }
        Ok(outcomes)
    }

    fn weight(&self) -> Weight {
        weight(self.rows.len())
    }
}

fn weight(rows: usize) -> Weight {
    Weight { rows, bytes: 256 * rows }
}

/// Takes a reading in.
pub fn set(books: &mut Books, reading: &Reading) -> Result<Outcome> {
    let mut level = level(books, &reading.key);
    let outcome = level.state(reading)?;
    if matches!(outcome, Outcome::Applied | Outcome::Unchanged) {
        books.of().put(level);
    }
    Ok(outcome)
}

/// Takes a movement in that somebody tells of by hand.
pub fn adjust(books: &mut Books, adjustment: &Adjustment) -> Result<Outcome> {
    let Adjustment { key, quantity, ledger_number, reason } = adjustment;
    let cause = format!("adjustment: {reason}");
    let moved = move_units(books, key, *quantity, *ledger_number, cause.trim_end_matches(": "))?;
    Ok(match moved {
        Moved::Applied => Outcome::Applied,
        Moved::Contained => Outcome::Unchanged,
        Moved::Duplicate => Outcome::Duplicate,
    })
}

/// Changes what lies there, and notes why. A number that is known changes and notes nothing.
pub fn move_units(
    books: &mut Books,
    key: &LevelKey,
    quantity: Decimal,
    ledger_number: i64,
    cause: &str,
) -> Result<Moved> {
    let mut level = level(books, key);
    let moved = level.moved(quantity, ledger_number)?;
    if moved != Moved::Duplicate {
        let contained = moved == Moved::Contained;
        let (key, cause) = (key.clone(), cause.to_owned());
        books.rows().append(Movement { key, quantity, ledger_number, cause, contained });
        books.of().put(level);
    }
    Ok(moved)
}

/// Each article once for each place: two lines of 3 need 6.
pub fn demand(
    units: impl IntoIterator<Item = (LevelKey, Decimal)>,
) -> Result<BTreeMap<LevelKey, Decimal>> {
    let mut demand: BTreeMap<LevelKey, Decimal> = BTreeMap::new();
    for (level, units) in units {
        let sum = demand.entry(level).or_default();
        *sum = sum.try_add(units)?;
    }
    Ok(demand)
}

/// Promises every quantity to a shop, or none and tells all that is short. An article is named once
/// for each place, with the sum of what is wanted of it.
pub fn reserve(
    books: &mut Books,
    shop: &SystemName,
    wanted: &BTreeMap<LevelKey, Decimal>,
) -> Result<()> {
    let short: Vec<_> = wanted
        .iter()
        .filter_map(|(key, asked)| {
            let sellable = selling::sellable(books, shop, key);
            (sellable < *asked).then_some((key, *asked, sellable))
        })
        .collect();
    if let Some((key, asked, sellable)) = short.first() {
        let told: Vec<_> = short
            .iter()
            .take(5)
            .map(|(key, asked, sellable)| {
                format!("\"{}\" at \"{}\": {asked} asked, {sellable} there", key.sku, key.location)
            })
            .collect();
        let rest = short.len() - told.len();
        let more = if 0 < rest { format!("; and {rest} more") } else { String::new() };
        let message = format!("too little stock: {}{more}", told.join("; "));
        return Err(Refusal::new(Reason::InsufficientStock, message)
            .with("sku", &key.sku)
            .with("location", &key.location)
            .with("asked", asked)
            .with("sellable", sellable));
    }
    for (key, asked) in wanted {
        promise(books, key, *asked)?;
    }
    Ok(())
}

/// Promises units, whether they lie there or not: the caller has asked before.
pub fn promise(books: &mut Books, key: &LevelKey, units: Decimal) -> Result<()> {
    let mut level = level(books, key);
    level.reserved = level.reserved.try_add(units)?;
    books.of().put(level);
    Ok(())
}

/// Takes a promise back. The caller then lets back orders be served.
pub fn release(books: &mut Books, key: &LevelKey, units: Decimal) -> Result<()> {
    promise(books, key, units.negated())
}

/// The level, or the empty one that it begins with.
pub fn level(books: &mut Books, key: &LevelKey) -> Level {
    books.of::<Level>().get(key).cloned().unwrap_or_else(|| Level::new(key.clone()))
}
