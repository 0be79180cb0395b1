//! What uses up the promises of an order's line: shipping and cancelling.

use std::collections::BTreeMap;

use super::{Line, Order, ServeOrders};
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::ExternalId;
use crate::stock::{self, BackOrder, BackOrderKey, Level, LevelKey, ServeBackOrders};

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

/// Wants where lines may wait that are open again.
pub fn needs_places<'a>(books: &mut Books, lines: impl IntoIterator<Item = &'a Line>) {
    for (key, count) in lines_by_level(lines) {
        books.of::<Level>().want(key);
        // Each line may take a place at the end of the queue.
        let levels = books.of::<Level>();
        if !levels.known(key) {
            continue;
        }
        let next = levels.peek(key).map_or(1, |it| it.queue_next);
        for position in next..next + count {
            books.of::<BackOrder>().want(&BackOrderKey { level: key.clone(), position });
        }
    }
}

fn lines_by_level<'a>(lines: impl IntoIterator<Item = &'a Line>) -> BTreeMap<&'a LevelKey, i64> {
    let mut count = BTreeMap::new();
    lines.into_iter().for_each(|it| *count.entry(&it.level).or_default() += 1);
    count
}

/// Units that had left are to leave again: promised at once from what lies there, where `is_there`;
/// else they wait, with what of the line waits already or behind all others. The caller puts the
/// order, and then serves the line's level.
pub fn reopen(
    books: &mut Books,
    order: &mut Order,
    place: usize,
    units: Decimal,
    is_there: bool,
) -> Result<()> {
    let line = &mut order.lines[place];
    let possible = line.returnable();
    if possible < units {
        let message = format!(
            "line \"{}\": {units} to be sent again, and only {possible} are not announced or back",
            line.id
        );
        return Err(Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", &line.id)
            .with("asked", units)
            .with("possible", possible));
    }
    let before = line.open();
    line.shipped = line.shipped.try_sub(units)?;
    let open = line.open().try_sub(before)?;
    if is_there {
        promise_or_wait(books, order, place, open)
    } else {
        wait(books, order, place, open)
    }
}

/// Promises units of a line that are open from what lies there; the rest waits.
pub fn promise_or_wait(
    books: &mut Books,
    order: &mut Order,
    place: usize,
    units: Decimal,
) -> Result<()> {
    let line = &mut order.lines[place];
    let promised = units.min(stock::level(books, &line.level).sellable());
    if promised.is_positive() {
        stock::promise(books, &line.level, promised)?;
        line.reserved = line.reserved.try_add(promised)?;
    }
    wait(books, order, place, units.try_sub(promised)?)
}

/// Units of a line wait, with what of it waits already or behind all others.
fn wait(books: &mut Books, order: &mut Order, place: usize, units: Decimal) -> Result<()> {
    if !units.is_positive() {
        return Ok(());
    }
    let line = &mut order.lines[place];
    match place_in_queue(line) {
        Some(place) => stock::wait_longer(books, &place, units)?,
        None => {
            let nth = i32::try_from(place).map_err(Refusal::internal)?;
            line.queue_position = stock::enqueue(books, &line.level, order.id, nth, units)?;
        }
    }
    line.back_ordered = line.back_ordered.try_add(units)?;
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
    free(books, line, units)?;
    line.cancelled = line.cancelled.try_add(units)?;
    Ok(())
}

/// Units are open no more: those that wait first, then what was reserved.
pub fn free(books: &mut Books, line: &mut Line, units: Decimal) -> Result<()> {
    let waiting = units.min(line.back_ordered);
    withdraw(books, line, waiting)?;
    release(books, line, units.try_sub(waiting)?)
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
