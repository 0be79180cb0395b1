//! Back orders: who waits for an article, oldest first.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{BackOrder, BackOrderKey, Level, LevelKey, level, namesakes, put, selling, short};
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::id::{OrderId, SystemName};

/// How many places of a queue are fetched at once.
const AHEAD: i64 = 32;

/// Gives what becomes free to whoever waits. Orders do it, which stand below stock: they are
/// handed in.
pub trait ServeBackOrders: Send + Sync {
    /// Wants what serving needs if as much as `room` may become free.
    fn needs(&self, books: &mut Books, key: &LevelKey, room: Decimal);

    /// Serves, oldest first, until nothing is free or nobody waits.
    fn serve(&self, books: &mut Books, key: &LevelKey) -> Result<()>;
}

/// What one command may make free, over all that it does: several lines may be of one article.
#[derive(Default)]
pub struct Room(BTreeMap<LevelKey, Decimal>);

impl Room {
    /// So many more units of a level.
    pub fn add(&mut self, key: &LevelKey, units: Decimal) {
        let sum = self.0.entry(key.clone()).or_default();
        // What is beyond all figures is refused when it is decided.
        *sum = sum.try_add(units.max(Decimal::ZERO)).unwrap_or(*sum);
    }

    /// Wants the levels, and what serving whoever waits for them needs.
    pub fn needs(&self, books: &mut Books, back_orders: &dyn ServeBackOrders) {
        for (key, units) in &self.0 {
            books.of::<Level>().want(key);
            back_orders.needs(books, key, *units);
        }
    }
}

/// For books in which nobody can wait.
pub struct NoBackOrders;

impl ServeBackOrders for NoBackOrders {
    fn needs(&self, _: &mut Books, _: &LevelKey, _: Decimal) {}

    fn serve(&self, _: &mut Books, _: &LevelKey) -> Result<()> {
        Ok(())
    }
}

/// Wants as much of the queue as may be served if `room` units become free beside those that are,
/// and answers the orders in it that may be, as far as they are known. Asked again until it is long
/// enough.
pub fn want_queue(books: &mut Books, key: &LevelKey, room: Decimal) -> Vec<OrderId> {
    // What may become free may have been promised without lying there.
    short::needs_release(books, key);
    namesakes::needs(books, key);
    let Some(level) = books.of::<Level>().peek(key) else { return Vec::new() };
    let (first, next) = (level.queue_first, level.queue_next);
    // Somebody's buffer may keep what is free already.
    let mut room = room.try_add(level.sellable()).unwrap_or(room);
    let mut orders = Vec::new();
    for position in first..next {
        if !room.is_positive() {
            break;
        }
        let place = BackOrderKey { level: key.clone(), position };
        let queue = books.of::<BackOrder>();
        if !queue.known(&place) {
            // Twice as much each time: those whose buffer keeps them from all of it are passed by.
            let ahead = AHEAD.max(position - first);
            for position in position..next.min(position + ahead) {
                queue.want(&BackOrderKey { level: key.clone(), position });
            }
            break;
        }
        let Some(BackOrder { order, shop, quantity, .. }) = queue.peek(&place).cloned() else {
            continue;
        };
        if !selling::needs_sellable(books, &shop, key) {
            continue;
        }
        let left = room.try_sub(selling::buffer(books, &shop, key)).unwrap_or_default();
        if left.is_positive() {
            orders.push(order);
            room = room.try_sub(quantity.min(left)).unwrap_or_default();
        }
    }
    orders
}

/// Gives what is free to whoever waits, oldest first, and passes by those whose shop must leave it
/// there. `give` lets the order know how much of what it waits for it has now.
pub fn serve_queue(
    books: &mut Books,
    key: &LevelKey,
    mut give: impl FnMut(&mut Books, &BackOrder, Decimal) -> Result<()>,
) -> Result<()> {
    let Some(Level { queue_first, queue_next, .. }) = books.of::<Level>().get(key).cloned() else {
        return Ok(());
    };
    // The least buffer of those who stay, and who is the first of them.
    let (mut kept_back, mut first): (Option<Decimal>, _) = (None, None);
    for position in queue_first..queue_next {
        let mut there = level(books, key);
        if there.back_ordered.is_zero() || there.sellable().is_zero() {
            // Who is not reached keeps waiting for anything at all.
            return Ok(());
        }
        let place = BackOrderKey { level: key.clone(), position };
        let Some(mut waiting) = books.of::<BackOrder>().get(&place).cloned() else { continue };
        let buffer = selling::buffer(books, &waiting.shop, key);
        let served = waiting.quantity.min(there.sellable_less(buffer));
        if served.is_positive() {
            give(books, &waiting, served)?;
            waiting.quantity = waiting.quantity.try_sub(served)?;
            there.back_ordered = there.back_ordered.try_sub(served)?;
            there.reserved = there.reserved.try_add(served)?;
        }
        if waiting.quantity.is_zero() {
            books.of::<BackOrder>().remove(&place);
        } else {
            kept_back = Some(kept_back.map_or(buffer, |it| it.min(buffer)));
            first.get_or_insert(position);
            books.of().put(waiting);
        }
        there.queue_first = first.unwrap_or(position + 1);
        books.of().put(there);
    }
    let mut there = level(books, key);
    there.kept_back = kept_back.unwrap_or_default();
    books.of().put(there);
    Ok(())
}

/// Puts an order's line at the end of the queue, and answers its position. Wanted before, at
/// `queue_next` and as many places beyond as the command may use, with
/// [`needs_enqueue`](super::needs_enqueue).
pub fn enqueue(
    books: &mut Books,
    key: &LevelKey,
    (order, shop, line): (OrderId, &SystemName, i32),
    quantity: Decimal,
    now: OffsetDateTime,
) -> Result<i64> {
    let mut level = waited_for(books, key, shop);
    let position = level.queue_next;
    level.queue_next += 1;
    level.back_ordered = level.back_ordered.try_add(quantity)?;
    let place = BackOrderKey { level: key.clone(), position };
    books.of().put(BackOrder { key: place, order, shop: shop.clone(), line, quantity });
    put(books, level, now);
    Ok(position)
}

/// A level for which an order of this shop waits, too.
fn waited_for(books: &mut Books, key: &LevelKey, shop: &SystemName) -> Level {
    let (mut level, buffer) = (level(books, key), selling::buffer(books, shop, key));
    let is_first = level.back_ordered.is_zero();
    level.kept_back = if is_first { buffer } else { level.kept_back.min(buffer) };
    level
}

/// More units wait at a place of the queue.
pub fn wait_longer(books: &mut Books, place: &BackOrderKey, units: Decimal) -> Result<()> {
    let waiting = books.of::<BackOrder>().get(place).cloned();
    let mut waiting = waiting.ok_or_else(|| nobody(place))?;
    waiting.quantity = waiting.quantity.try_add(units)?;
    let mut level = waited_for(books, &place.level, &waiting.shop);
    level.back_ordered = level.back_ordered.try_add(units)?;
    books.of().put(waiting);
    books.of().put(level);
    Ok(())
}

fn nobody(place: &BackOrderKey) -> Refusal {
    Refusal::internal(format!("nobody waits at {place}"))
}

/// Fewer units wait at a place of the queue; at none, the place is given up.
pub fn withdraw(
    books: &mut Books,
    place: &BackOrderKey,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    let waiting = books.of::<BackOrder>().get(place).cloned();
    let mut waiting = waiting.ok_or_else(|| nobody(place))?;
    waiting.quantity = waiting.quantity.try_sub(units)?;
    if waiting.quantity.is_zero() {
        books.of::<BackOrder>().remove(place);
    } else {
        books.of().put(waiting);
    }
    let mut level = level(books, &place.level);
    level.back_ordered = level.back_ordered.try_sub(units)?;
    put(books, level, now);
    Ok(())
}
