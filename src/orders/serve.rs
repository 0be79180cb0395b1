//! Back orders get what becomes free, oldest first, in the same command.

use super::Order;
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::stock::{self, BackOrder, LevelKey, ServeBackOrders};

/// Gives free units to the order lines that wait longest.
pub struct ServeOrders;

impl ServeBackOrders for ServeOrders {
    fn needs(&self, books: &mut Books, key: &LevelKey, room: Decimal) {
        for order in stock::want_queue(books, key, room) {
            books.of::<Order>().want(&order);
        }
    }

    fn serve(&self, books: &mut Books, key: &LevelKey) -> Result<()> {
        loop {
            let mut level = stock::level(books, key);
            let there = level.sellable();
            if level.back_ordered.is_zero() || there.is_zero() {
                return Ok(());
            }
            let lost = || Refusal::internal(format!("{key} waits, and nobody is in its queue"));
            let mut waiting = stock::front(books, key).ok_or_else(lost)?;
            let served = waiting.quantity.min(there);
            waiting.quantity = waiting.quantity.try_sub(served)?;

            let order = books.of::<Order>().get(&waiting.order).cloned();
            let mut order = order.ok_or_else(lost)?;
            let line = order.lines.get_mut(waiting.line as usize).ok_or_else(lost)?;
            let demand = line.demand.iter_mut().find(|it| it.level == *key).ok_or_else(lost)?;
            demand.back_ordered = demand.back_ordered.try_sub(served)?;
            demand.reserved = demand.reserved.try_add(served)?;
            books.of().put(order);

            level.back_ordered = level.back_ordered.try_sub(served)?;
            level.reserved = level.reserved.try_add(served)?;
            if waiting.quantity.is_zero() {
                level.queue_first = waiting.key.position + 1;
                books.of::<BackOrder>().remove(&waiting.key);
            } else {
                level.queue_first = waiting.key.position;
                books.of().put(waiting);
            }
            books.of().put(level);
        }
    }
}

/// Puts an order of which units of these levels may have become free: they serve whoever waits.
pub fn put_and_serve(
    books: &mut Books,
    order: Order,
    freed: impl IntoIterator<Item = LevelKey>,
) -> Result<()> {
    books.of().put(order);
    freed.into_iter().try_for_each(|it| ServeOrders.serve(books, &it))
}
