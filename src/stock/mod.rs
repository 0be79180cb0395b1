//! How much of each article lies where, and how much of it is promised.

pub mod composition;
mod lagging;
mod model;
mod namesakes;
mod queue;
pub mod selling;
mod service;
mod short;
mod store;
mod upload;
mod wire;

pub use composition::{
    Composition, CompositionDesk, Declared, Parts, SetCompositions, kept, want_kept,
};
use lagging::Lagging;
pub use model::{
    Acknowledged, Adjustment, BackOrder, BackOrderKey, Basis, Beyond, Fulfilled, Level, LevelKey,
    Moved, Outcome, Reading, Stale, Statement, Teller,
};
use namesakes::Namesakes;
pub use queue::{
    NoBackOrders, Room, ServeBackOrders, enqueue, serve_queue, wait_longer, want_queue, withdraw,
};
pub use service::{StockDesk, StockFeed};
pub use store::{Movement, Recorded};
use wire::Filter;

use std::collections::BTreeMap;

use serde::Serialize;
use time::OffsetDateTime;

use crate::books::{Books, Command, Moment, Weight};
use crate::decimal::Decimal;
use crate::error::{Faults, Reason, Refusal, Result};
use crate::id::SystemName;
use crate::ownership::{self, DataSet};

/// How much of each article at each place.
pub type Units = BTreeMap<LevelKey, Decimal>;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    let books = composition::books(selling::books(books));
    let books = books.with::<Level>().with::<Namesakes>().with::<BackOrder>();
    books.with::<Lagging>().with_rows::<Movement>()
}

/// States readings; answers what became of each row. A row that could not be read is refused with
/// its place.
#[derive(Clone, Serialize)]
pub struct SetStock {
    /// In order.
    pub rows: Vec<Result<Reading>>,
    /// Who says so.
    #[serde(skip)]
    pub by: SystemName,
    /// Who gets what becomes free.
    #[serde(skip)]
    pub back_orders: &'static dyn ServeBackOrders,
}

/// Tells of movements; answers what became of each row.
#[derive(Clone, Serialize)]
pub struct AdjustStock {
    /// In order.
    pub rows: Vec<Result<Adjustment>>,
    /// Who says so.
    #[serde(skip)]
    pub by: SystemName,
    /// Who gets what becomes free.
    #[serde(skip)]
    pub back_orders: &'static dyn ServeBackOrders,
}

impl Command for SetStock {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        lagging::needs_source(books, &self.by);
        for Reading { key, on_hand, .. } in self.rows.iter().flatten() {
            ownership::needs_lead(books, DataSet::Stock, &key.location);
            for (key, each) in want_kept(books, key) {
                let figure = on_hand.try_times(each).unwrap_or_default();
                short::needs_statement(books, &key, figure);
                namesakes::needs(books, &key);
                lagging::needs_level(books, &key);
                // What it may free: all that it counts beyond what is promised, with what is open of
                // the orders that it excludes, and what moved since.
                let room = books.of::<Level>().peek(&key).and_then(|level| {
                    let counted = on_hand.try_times(each).ok()?;
                    let open = level.acknowledged.iter().map(|it| it.units);
                    let left = level.beyond.iter().map(|it| it.fulfilled.units);
                    let beyond = level.beyond.iter().map(|it| it.quantity.max(Decimal::ZERO));
                    let all = open.chain(left).chain(beyond).chain([counted]);
                    let all = Decimal::try_sum(all).ok()?;
                    all.try_sub(level.reserved).ok()
                });
                self.back_orders.needs(books, &key, room.unwrap_or_default());
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(self.rows.len());
        for (nth, row) in self.rows.iter().enumerate() {
            let told = row.as_ref().map_err(Refusal::clone).and_then(|it| it.in_stock(books));
            let set = |reading: &Reading| {
                reading.must_know_what_was(nth, at)?;
                set(books, reading, &self.by, at)
            };
            let outcome = told.as_ref().map_err(Refusal::clone).and_then(set);
            outcomes.push(outcome.unwrap_or_else(Outcome::Refused));
            if let Ok(Reading { key, .. }) = &told {
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
        for Adjustment { key, quantity, .. } in self.rows.iter().flatten() {
            for (key, each) in want_kept(books, key) {
                needs_move(books, &key);
                // What is not exact is refused when it is decided.
                room.add(&key, quantity.try_times(each).unwrap_or_default());
            }
        }
        room.needs(books, self.back_orders);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let told = row.as_ref().map_err(Refusal::clone).and_then(|it| it.in_stock(books));
            let adjust = |it: &Adjustment| adjust(books, it, &self.by, at);
            let outcome = told.as_ref().map_err(Refusal::clone).and_then(adjust);
            outcomes.push(outcome.unwrap_or_else(Outcome::Refused));
            if let Ok(Adjustment { key, .. }) = &told {
                self.back_orders.serve(books, key)?;
            }
        }
        Ok(outcomes)
    }

    fn weight(&self) -> Weight {
        weight(self.rows.len())
    }
}

impl Reading {
    /// Nobody can have heard of a revision that was not yet.
    fn must_know_what_was(&self, nth: usize, at: Moment) -> Result<()> {
        let newest = at.revision - 1;
        let mut faults = Faults::default();
        for (field, known) in [
            ("orders_counted_through", self.orders_counted_through),
            ("effects_through", self.effects_through),
        ] {
            if known.is_some_and(|it| newest < it) {
                let told = format!("must be a revision that was answered; the newest is {newest}");
                faults.push(format!("readings[{nth}].{field}"), told);
            }
        }
        faults.check()
    }
}

fn weight(rows: usize) -> Weight {
    Weight { rows, bytes: 256 * rows }
}

/// Takes a reading in. Where another system leads the place it is refused, and that is noted.
pub fn set(books: &mut Books, reading: &Reading, by: &SystemName, at: Moment) -> Result<Outcome> {
    let leads = ownership::must_lead(books, DataSet::Stock, &reading.key.location, by, at)?;
    let before = level(books, &reading.key);
    let mut level = before.clone();
    let outcome = level.state(reading, Teller { system: by, leads })?;
    if matches!(outcome, Outcome::Applied | Outcome::Unchanged | Outcome::Stale) {
        lagging::observe(books, &before, &level, at.now);
        put(books, level, at.now);
    }
    Ok(outcome)
}

/// Takes a movement in that somebody tells of by hand.
pub fn adjust(
    books: &mut Books,
    adjustment: &Adjustment,
    by: &SystemName,
    at: Moment,
) -> Result<Outcome> {
    let Adjustment { key, quantity, ledger_number, reason } = adjustment;
    let cause = format!("adjustment: {reason}");
    let cause = cause.trim_end_matches(": ");
    let (quantity, ledger_number) = (*quantity, *ledger_number);
    let fulfilled = Fulfilled::default();
    let moving = Moving { by, at, quantity, ledger_number, fulfilled, cause };
    let moved = move_units(books, key, moving)?;
    Ok(match moved {
        Moved::Applied => Outcome::Applied,
        Moved::Contained => Outcome::Unchanged,
        Moved::Duplicate => Outcome::Duplicate,
    })
}

/// Units that come or go.
pub struct Moving<'a> {
    /// Who tells of it.
    pub by: &'a SystemName,
    /// When.
    pub at: Moment,
    /// How many.
    pub quantity: Decimal,
    /// Its number in the teller's ledger; 0: none.
    pub ledger_number: i64,
    /// What of them leaves for an order that the ERP knows.
    pub fulfilled: Fulfilled,
    /// Why, for people.
    pub cause: &'a str,
}

/// Changes what lies there, and notes why. A number that is known changes and notes nothing. Wanted
/// before, with [`needs_move`].
pub fn move_units(books: &mut Books, key: &LevelKey, moving: Moving<'_>) -> Result<Moved> {
    let Moving { by, at, quantity, ledger_number, fulfilled, cause } = moving;
    let mut level = level(books, key);
    let by = Some(by.clone());
    let (number, revision) = (ledger_number, at.revision);
    let beyond = Beyond { by: by.clone(), number, revision, quantity, fulfilled };
    let moved = level.moved(beyond)?;
    if moved != Moved::Duplicate {
        let contained = moved == Moved::Contained;
        let (key, cause) = (key.clone(), cause.to_owned());
        books.rows().append(Movement { key, by, quantity, ledger_number, cause, contained });
        put(books, level, at.now);
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

/// The ERP knows these units as open, from this revision on.
pub fn acknowledge(books: &mut Books, key: &LevelKey, revision: i64, units: Decimal) -> Result<()> {
    let mut level = level(books, key);
    level.acknowledge(revision, units)?;
    books.of().put(level);
    Ok(())
}

/// Units that the ERP knows since a revision are open no more.
pub fn settle(
    books: &mut Books,
    key: &LevelKey,
    acknowledged: i64,
    units: Decimal,
) -> Result<Fulfilled> {
    let mut level = level(books, key);
    let fulfilled = level.settle(acknowledged, units)?;
    books.of().put(level);
    Ok(fulfilled)
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

/// Takes a promise back. The caller then lets back orders be served, and has said before that they may
/// be.
pub fn release(
    books: &mut Books,
    key: &LevelKey,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    let mut level = level(books, key);
    level.reserved = level.reserved.try_sub(units)?;
    put(books, level, now);
    Ok(())
}

/// Wants what moving units needs. To be called each time that a command says what it needs.
pub fn needs_move(books: &mut Books, key: &LevelKey) {
    books.of::<Level>().want(key);
    short::needs_move(books, key);
    namesakes::needs(books, key);
}

/// Wants what waiting for units needs. To be called likewise.
pub fn needs_enqueue(books: &mut Books, key: &LevelKey) {
    // Whoever waits at a level that is short does not change that, and it is looked at all the same.
    short::needs_release(books, key);
    namesakes::needs(books, key);
}

/// Keeps a level of which somebody may have to hear.
fn put(books: &mut Books, mut after: Level, now: OffsetDateTime) {
    namesakes::note(books, &mut after);
    short::observe(books, &after, now);
    let key = after.key.clone();
    books.of().put(after);
    namesakes::observe(books, &key, now);
}

/// The level, or the empty one that it begins with.
pub fn level(books: &mut Books, key: &LevelKey) -> Level {
    books.of::<Level>().get(key).cloned().unwrap_or_else(|| Level::new(key.clone()))
}
