//! What uses up the promises of an order's line: shipping and cancelling.

use super::{Line, Order, ServeOrders};
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::ExternalId;
use crate::stock::{self, BackOrder, BackOrderKey, Level, ServeBackOrders};

impl Order {
    /// The place of a line.
    pub fn place_of(&self, line: &ExternalId) -> Result<usize> {
        let place = self.lines.iter().position(|it| it.id == *line);
        place.ok_or_else(|| {
            let message = format!("order {} has no line \"{line}\"", self.id);
            Refusal::new(Reason::OrderLineNotFound, message)
                .with("order_id", self.id)
                .with("line_id", line)
        })
    }
}

/// Wants the level and the queue of a line of which as much as `room` may become free.
pub fn needs_line(books: &mut Books, line: &Line, room: Decimal) {
    books.of::<Level>().want(&line.level);
    if let Some(place) = place_in_queue(line) {
        books.of::<BackOrder>().want(&place);
    }
    ServeOrders.needs(books, &line.level, room);
}

/// Units leave: what was reserved for them is used up first, then what waits. What is beyond the
/// order was promised to nobody. The caller moves the units, and then serves the line's level.
pub fn ship(books: &mut Books, line: &mut Line, units: Decimal) -> Result<()> {
    let promised = units.min(line.open());
    let reserved = promised.min(line.reserved);
    release(books, line, reserved)?;
    withdraw(books, line, promised.try_sub(reserved)?)?;
    line.shipped = line.shipped.try_add(units)?;
    Ok(())
}

/// Units are taken off the order: those that wait first, then what was reserved. The caller then
/// serves the line's level.
pub fn cancel(books: &mut Books, line: &mut Line, units: Decimal) -> Result<()> {
    if line.open() < units {
        let (id, open) = (&line.id, line.open());
        let message = format!("line \"{id}\": {units} to be cancelled, and only {open} is open");
        return Err(Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", id)
            .with("asked", units)
            .with("possible", open));
    }
    let waiting = units.min(line.back_ordered);
    withdraw(books, line, waiting)?;
    release(books, line, units.try_sub(waiting)?)?;
    line.cancelled = line.cancelled.try_add(units)?;
    Ok(())
}

/// A promise is not held any longer.
fn release(books: &mut Books, line: &mut Line, units: Decimal) -> Result<()> {
    if units.is_positive() {
        stock::release(books, &line.level, units)?;
        line.reserved = line.reserved.try_sub(units)?;
    }
    Ok(())
}

/// Nobody waits for these any longer.
fn withdraw(books: &mut Books, line: &mut Line, units: Decimal) -> Result<()> {
    if units.is_positive() {
        let lost = || Refusal::internal(format!("line {} waits, and is in no queue", line.id));
        let place = place_in_queue(line).ok_or_else(lost)?;
        stock::withdraw(books, &place, units)?;
        line.back_ordered = line.back_ordered.try_sub(units)?;
    }
    Ok(())
}

fn place_in_queue(line: &Line) -> Option<BackOrderKey> {
    let (level, position) = (line.level.clone(), line.queue_position);
    (line.back_ordered.is_positive() && 0 < position).then_some(BackOrderKey { level, position })
}
