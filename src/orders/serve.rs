//! Back orders get what becomes free, oldest first, in the same command.

use super::Order;
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::stock::{self, LevelKey, ServeBackOrders};

/// Gives free units to the order lines that wait longest.
pub struct ServeOrders;

impl ServeBackOrders for ServeOrders {
    fn needs(&self, books: &mut Books, key: &LevelKey, room: Decimal) {
        for order in stock::want_queue(books, key, room) {
            books.of::<Order>().want(&order);
        }
    }

    fn serve(&self, books: &mut Books, key: &LevelKey) -> Result<()> {
        stock::serve_queue(books, key, |books, waiting, served| {
            let lost = || Refusal::internal(format!("{} is of no order", waiting.key));
            let order = books.of::<Order>().get(&waiting.order).cloned();
            let mut order = order.ok_or_else(lost)?;
            let line = order.lines.get_mut(waiting.line as usize).ok_or_else(lost)?;
            let demand = line.demand.iter_mut().find(|it| it.level == *key).ok_or_else(lost)?;
            demand.back_ordered = demand.back_ordered.try_sub(served)?;
            demand.reserved = demand.reserved.try_add(served)?;
            books.of().put(order);
            Ok(())
        })
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
