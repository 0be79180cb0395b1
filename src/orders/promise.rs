//! What an order asks for is promised, waits, or is refused: at which place, and how much of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{Content, Line, Order, fulfil};
use crate::admin::{Settings, TheSettings};
use crate::books::Books;
use crate::error::Result;
use crate::id::SystemName;
use crate::stock::selling::{self, Anywhere, Sellability};
use crate::stock::{self, BackOrder, BackOrderKey, Level, LevelKey, Units};

/// What may become of units that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// They may be refused.
    Wish {
        /// Whether they wait instead where too little is there.
        may_wait: bool,
    },
    /// They are sold, or granted by the ERP: what is not there waits.
    Fact,
}

impl Claim {
    /// Of an order that comes in.
    pub fn of(books: &mut Books, content: &Content) -> Claim {
        if content.already_placed {
            return Claim::Fact;
        }
        let settings = books.of::<Settings>().get(&TheSettings).cloned().unwrap_or_default();
        Claim::Wish { may_wait: content.allow_back_order && settings.back_orders_allowed }
    }

    /// Of a change that a shop wishes afterwards: what was sold already may at least wait.
    pub fn of_wish(books: &mut Books, content: &Content) -> Claim {
        match Claim::of(books, content) {
            Claim::Fact => Claim::Wish { may_wait: true },
            wish => wish,
        }
    }
}

/// Wants where units of these lines may be promised, or wait.
pub fn needs_promise<'a>(
    books: &mut Books,
    shop: &SystemName,
    lines: impl IntoIterator<Item = &'a Line>,
) {
    let mut levels: BTreeMap<LevelKey, i64> = BTreeMap::new();
    for line in lines {
        books.of::<Sellability>().want(&line.level.sku);
        line.levels().for_each(|it| books.of::<Sellability>().want(&it.sku));
        // Also where a place is named: the shop may not sell from there.
        let mut places = selling::needs_places(books, shop);
        if !line.is_anywhere() {
            places = vec![line.level.location.clone()];
        }
        for location in places {
            for demand in &line.demand {
                let sku = demand.level.sku.clone();
                *levels.entry(LevelKey { sku, location: location.clone() }).or_default() += 1;
            }
        }
    }
    for (key, count) in levels {
        selling::needs_sellable(books, shop, &key);
        stock::needs_enqueue(books, &key);
        // Each line may take a place at the end of the queue.
        let levels = books.of::<Level>();
        if !levels.known(&key) {
            continue;
        }
        let next = levels.peek(&key).map_or(1, |it| it.queue_next);
        for position in next..next + count {
            books.of::<BackOrder>().want(&BackOrderKey { level: key.clone(), position });
        }
    }
}

/// Promises what the lines of an order are missing, first of all what is `held` for it: all that may not
/// wait, or nothing; what may wait as far as it is there.
pub fn promise(
    books: &mut Books,
    order: &mut Order,
    held: &mut Units,
    claim: Claim,
    now: OffsetDateTime,
) -> Result<()> {
    settle(books, order, held)?;
    fulfil::take(&mut order.lines, held)?;
    let mut whole = Vec::new();
    for nth in 0..order.lines.len() {
        let line = &order.lines[nth];
        if !line.is_missing_any()? {
            continue;
        }
        let level = line.level.clone();
        let waits = match claim {
            Claim::Fact => true,
            Claim::Wish { may_wait } => {
                selling::must_be_for_sale(books, &level.sku, now)?;
                selling::must_sell_from(books, &order.shop, &level)?;
                let mut all = line.levels().map(|it| &it.sku).chain([&level.sku]);
                may_wait && all.all(|it| selling::may_wait(books, it, now))
            }
        };
        if waits {
            let shop = order.shop.clone();
            let free = |books: &mut Books, it: &LevelKey| selling::sellable(books, &shop, it);
            fulfil::promise_or_wait(books, order, nth, free, now)?;
        } else {
            whole.push(nth);
        }
    }
    fulfil::promise_all(books, order, &whole)
}

/// Gives each line that names no place the first of its shop's that can serve all of it, those before
/// others where something is held for it; where none can, the one that has most of it. The largest
/// choose first.
fn settle(books: &mut Books, order: &mut Order, held: &Units) -> Result<()> {
    let (mut anywhere, settled): (Vec<_>, Vec<_>) =
        (0..order.lines.len()).partition(|nth| order.lines[*nth].is_anywhere());
    if anywhere.is_empty() {
        return Ok(());
    }
    let mut taken = Units::new();
    for nth in settled {
        take(&mut taken, &order.lines[nth])?;
    }
    anywhere.sort_by_key(|nth| Reverse(order.lines[*nth].open()));
    for nth in anywhere {
        let line = &order.lines[nth];
        let of = line.demand.iter().map(|it| (&it.level.sku, it.each)).collect();
        let asked = Anywhere { units: line.open(), of };
        let place = selling::choose(books, &order.shop, &asked, (held, &taken))?;
        if let Some(place) = place {
            order.lines[nth].serve_from(place);
        }
        take(&mut taken, &order.lines[nth])?;
    }
    Ok(())
}

/// What a line is missing is not there for those that choose after it.
fn take(taken: &mut Units, line: &Line) -> Result<()> {
    for demand in &line.demand {
        let sum = taken.entry(demand.level.clone()).or_default();
        *sum = sum.try_add(demand.missing(line.open())?)?;
    }
    Ok(())
}
