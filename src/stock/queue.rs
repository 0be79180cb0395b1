//! Back orders: who waits for an article, oldest first.

use super::{BackOrder, BackOrderKey, Level, LevelKey, level};
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::id::OrderId;

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

/// For books in which nobody can wait.
pub struct NoBackOrders;

impl ServeBackOrders for NoBackOrders {
    fn needs(&self, _: &mut Books, _: &LevelKey, _: Decimal) {}

    fn serve(&self, _: &mut Books, _: &LevelKey) -> Result<()> {
        Ok(())
    }
}

/// Wants as much of the queue as may be served with `room` units, and answers the orders in it
/// that are known so far. Asked again until it is long enough.
pub fn want_queue(books: &mut Books, key: &LevelKey, room: Decimal) -> Vec<OrderId> {
    let Some(level) = books.of::<Level>().peek(key) else { return Vec::new() };
    let (first, next) = (level.queue_first, level.queue_next);
    let mut room = room.millionths();
    let mut orders = Vec::new();
    for position in first..next {
        let place = BackOrderKey { level: key.clone(), position };
        let queue = books.of::<BackOrder>();
        if !queue.known(&place) {
            for position in position..next.min(position + AHEAD) {
                queue.want(&BackOrderKey { level: key.clone(), position });
            }
            break;
        }
        if let Some(waiting) = queue.peek(&place) {
            orders.push(waiting.order);
            room -= waiting.quantity.millionths();
        }
        if room <= 0 {
            break;
        }
    }
    orders
}

/// Puts an order's line at the end of the queue, and answers its position. Wanted before, at
/// `queue_next` and as many places beyond as the command may use.
pub fn enqueue(
    books: &mut Books,
    key: &LevelKey,
    order: OrderId,
    line: i32,
    quantity: Decimal,
) -> Result<i64> {
    let mut level = level(books, key);
    let position = level.queue_next;
    level.queue_next += 1;
    level.back_ordered = level.back_ordered.try_add(quantity)?;
    let place = BackOrderKey { level: key.clone(), position };
    books.of().put(BackOrder { key: place, order, line, quantity });
    books.of().put(level);
    Ok(position)
}

/// More units wait at a place of the queue.
pub fn wait_longer(books: &mut Books, place: &BackOrderKey, units: Decimal) -> Result<()> {
    let waiting = books.of::<BackOrder>().get(place).cloned();
    let mut waiting = waiting.ok_or_else(|| nobody(place))?;
    waiting.quantity = waiting.quantity.try_add(units)?;
    let mut level = level(books, &place.level);
    level.back_ordered = level.back_ordered.try_add(units)?;
    books.of().put(waiting);
    books.of().put(level);
    Ok(())
}

fn nobody(place: &BackOrderKey) -> Refusal {
    Refusal::internal(format!("nobody waits at {place}"))
}

/// Fewer units wait at a place of the queue; at none, the place is given up.
pub fn withdraw(books: &mut Books, place: &BackOrderKey, units: Decimal) -> Result<()> {
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
    books.of().put(level);
    Ok(())
}

/// Whoever waits longest.
pub fn front(books: &mut Books, key: &LevelKey) -> Option<BackOrder> {
    let Level { queue_first, queue_next, .. } = level(books, key);
    let mut places =
        (queue_first..queue_next).map(|position| BackOrderKey { level: key.clone(), position });
    places.find_map(|it| books.of::<BackOrder>().get(&it).cloned())
}
