//! What was bought, and what became of it.

mod model;
mod serve;
mod service;
mod store;
mod wire;

pub use model::{Address, Charge, Content, Handover, Line, Order, Status};
pub use serve::ServeOrders;
pub use service::{OrderDesk, OrderFeed};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::admin::{Settings, TheSettings};
use crate::books::{Books, Command, Moment, Weight};
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::{ExternalId, OrderId, SystemName};
use crate::stock::{self, BackOrder, BackOrderKey, Level, LevelKey};

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Order>()
}

/// Takes an order in; answers what was promised.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceOrder {
    /// Made before the queue.
    #[serde(skip)]
    pub id: OrderId,
    /// Who submits it.
    pub shop: SystemName,
    /// Under which number.
    pub external_id: ExternalId,
    /// As it was said.
    pub content: Content,
    /// What is ordered; nothing became of it yet.
    pub lines: Vec<Line>,
}

/// What was promised when an order came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Ours.
    pub id: OrderId,
    /// Of each line: what was reserved, and what waits.
    pub promises: Vec<(Decimal, Decimal)>,
}

impl Command for PlaceOrder {
    type Answer = Placed;

    fn needs(&self, books: &mut Books) {
        books.of::<Order>().want(&self.id);
        books.of::<Settings>().want(&TheSettings);
        for (key, lines) in lines_by_level(&self.lines) {
            books.of::<Level>().want(key);
            // Each line may take a place at the end of the queue.
            if let Some(next) = next_position(books, key) {
                for position in next..next + lines {
                    books.of::<BackOrder>().want(&BackOrderKey { level: key.clone(), position });
                }
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Placed> {
        place(books, self, at)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2 * self.lines.len(), bytes: 1024 + 512 * self.lines.len() }
    }
}

/// Takes an order in, and promises what it asks for: all of it or nothing, unless it may wait.
/// What was placed already is never refused.
pub fn place(books: &mut Books, order: &PlaceOrder, at: Moment) -> Result<Placed> {
    let PlaceOrder { id, shop, external_id, content, lines } = order.clone();
    if !content.already_placed {
        model::must_add_up(&content, &lines)?;
    }
    let settings = books.of::<Settings>().get(&TheSettings).cloned().unwrap_or_default();
    let may_wait = content.allow_back_order && settings.back_orders_allowed;
    let (placed_at, handover) = (at.now, Handover::Waiting);
    let mut order =
        Order { id, shop, external_id, placed_at, content, lines, handover, revision: 0 };
    if may_wait || order.content.already_placed {
        promise_or_wait(books, &mut order)?;
    } else {
        stock::reserve(books, &demand(&order.lines)?)?;
        order.lines.iter_mut().for_each(|it| it.reserved = it.ordered);
    }
    let promises = order.lines.iter().map(|it| (it.reserved, it.back_ordered)).collect();
    books.of().put(order);
    Ok(Placed { id, promises })
}

/// Reserves what is there, line by line; the rest waits behind all who wait already.
fn promise_or_wait(books: &mut Books, order: &mut Order) -> Result<()> {
    for (nth, line) in (0..).zip(&mut order.lines) {
        let there = stock::level(books, &line.level).sellable();
        line.reserved = line.ordered.min(there);
        line.back_ordered = line.ordered.try_sub(line.reserved)?;
        if line.reserved.is_positive() {
            stock::promise(books, &line.level, line.reserved)?;
        }
        if line.back_ordered.is_positive() {
            let waits = line.back_ordered;
            line.queue_position = stock::enqueue(books, &line.level, order.id, nth, waits)?;
        }
    }
    Ok(())
}

/// Each article once for each place: two lines of 3 need 6.
fn demand(lines: &[Line]) -> Result<BTreeMap<LevelKey, Decimal>> {
    let mut demand: BTreeMap<LevelKey, Decimal> = BTreeMap::new();
    for line in lines {
        let sum = demand.entry(line.level.clone()).or_default();
        *sum = sum.try_add(line.ordered)?;
    }
    Ok(demand)
}

fn lines_by_level(lines: &[Line]) -> BTreeMap<&LevelKey, i64> {
    let mut count = BTreeMap::new();
    lines.iter().for_each(|it| *count.entry(&it.level).or_default() += 1);
    count
}

/// Where the queue of a level ends, once that is known.
fn next_position(books: &mut Books, key: &LevelKey) -> Option<i64> {
    let levels = books.of::<Level>();
    levels.known(key).then(|| levels.peek(key).map_or(1, |it| it.queue_next))
}
