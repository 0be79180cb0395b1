//! Orders as the inbox hands them over.

use super::{Line, Order, fulfil};
use crate::books::{Books, Moment};
use crate::error::{Refusal, Result};
use crate::id::OrderId;
use crate::inbox::{Handover, NoteHandover};
use crate::stock::Level;

/// Notes on each order whether the ERP has taken it over.
pub struct OrderTasks;

impl NoteHandover for OrderTasks {
    fn needs(&self, books: &mut Books, order: OrderId) {
        let (orders, levels) = books.pair::<Order, Level>();
        orders.want(&order);
        if let Some(order) = orders.peek(&order) {
            order.lines.iter().flat_map(Line::levels).for_each(|it| levels.want(it));
        }
    }

    fn handed(
        &self,
        books: &mut Books,
        order: OrderId,
        handover: Handover,
        at: Moment,
    ) -> Result<()> {
        let mut order = of_task(books, order)?;
        if let Handover::Acknowledged(_) = handover {
            fulfil::acknowledge(books, &mut order, at)?;
        }
        books.of().put(Order { handover, ..order });
        Ok(())
    }
}

fn of_task(books: &mut Books, order: OrderId) -> Result<Order> {
    let found = books.of::<Order>().get(&order).cloned();
    found.ok_or_else(|| Refusal::internal(format!("a task without its order {order}")))
}
