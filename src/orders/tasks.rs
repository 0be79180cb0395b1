//! Orders as the inbox hands them over.

use super::Order;
use crate::books::Books;
use crate::error::{Refusal, Result};
use crate::id::OrderId;
use crate::inbox::{Handover, NoteHandover};

/// Notes on each order whether the ERP has taken it over.
pub struct OrderTasks;

impl NoteHandover for OrderTasks {
    fn needs(&self, books: &mut Books, order: OrderId) {
        books.of::<Order>().want(&order);
    }

    fn handed(&self, books: &mut Books, order: OrderId, handover: Handover) -> Result<()> {
        let order = of_task(books, order)?;
        books.of().put(Order { handover, ..order });
        Ok(())
    }
}

fn of_task(books: &mut Books, order: OrderId) -> Result<Order> {
    let found = books.of::<Order>().get(&order).cloned();
    found.ok_or_else(|| Refusal::internal(format!("a task without its order {order}")))
}
