//! What uses up the promises of an order's line: shipping and cancelling.

use time::OffsetDateTime;

use super::{Demand, Line, Order, ServeOrders};
use crate::books::{Books, Moment};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, OrderId, SystemName};
use crate::stock::{self, BackOrder, BackOrderKey, Fulfilled, LevelKey, Room, Units};

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

    /// What goods that a document tells of are made of: of a line what it was placed for, beyond the
    /// order themselves.
    fn goods(&self, goods: &Goods) -> Result<Vec<(LevelKey, Decimal)>> {
        let (line, told, units) = *goods;
        match line {
            None => Ok(vec![(told.clone(), units)]),
            Some(line) => self.lines[self.place_of(line)?].in_stock(units, Some(&told.location)),
        }
    }
}

/// What a document tells of: the order's line, if it is of one; what, and where; how many units.
pub type Goods<'a> = (Option<&'a ExternalId>, &'a LevelKey, Decimal);

/// Wants what moving such goods needs at the levels where they are kept, and answers how much of each, as far as it is known.
pub fn want_goods(books: &mut Books, order: &Order, goods: Goods) -> Vec<(LevelKey, Decimal)> {
    let mut levels = Vec::new();
    for (level, units) in order.goods(&goods).unwrap_or_default() {
        // What is not exact is refused when it is decided.
        let of = |(it, each)| (it, units.try_times(each).unwrap_or_default());
        levels.extend(stock::want_kept(books, &level).into_iter().map(of));
    }
    levels.iter().for_each(|it| stock::needs_move(books, &it.0));
    levels
}

/// The levels at which such goods are kept, and how much of each.
pub fn goods(books: &mut Books, order: &Order, goods: Goods) -> Result<Vec<(LevelKey, Decimal)>> {
    let mut levels = Vec::new();
    for (level, units) in order.goods(&goods)? {
        for (level, each) in stock::kept(books, &level)? {
            levels.push((level, units.try_times(each)?));
        }
    }
    Ok(levels)
}

/// Wants what lines that are new to their order need; the lines, as far as that is known.
pub fn want_settled(books: &mut Books, lines: &[Line]) -> Vec<Line> {
    let settled = |it: &Line| made_of(it, stock::want_kept(books, &it.level));
    lines.iter().map(settled).collect()
}

/// A line that is new to its order, with what it needs as things are.
pub fn settled(books: &mut Books, line: &Line) -> Result<Line> {
    Ok(made_of(line, stock::kept(books, &line.level)?))
}

fn made_of(line: &Line, kept: Vec<(LevelKey, Decimal)>) -> Line {
    let demand = kept.into_iter().map(|(level, each)| Demand::new(level, each)).collect();
    Line { demand, ..line.clone() }
}

/// Wants the places in queues of a line of which as many units as `units` may become free.
pub fn needs_line(books: &mut Books, room: &mut Room, line: &Line, units: Decimal) {
    // What is not exact is refused when it is decided.
    needs(books, room, line, |it| units.try_times(it.each).unwrap_or_default());
}

/// Wants what lines need of which all that is promised to them may become free.
pub fn needs_all<'a>(books: &mut Books, lines: impl IntoIterator<Item = &'a Line>) {
    let mut room = Room::default();
    lines.into_iter().for_each(|line| needs(books, &mut room, line, |it| it.reserved));
    room.needs(books, &ServeOrders);
}

fn needs(books: &mut Books, room: &mut Room, line: &Line, units: impl Fn(&Demand) -> Decimal) {
    for demand in &line.demand {
        room.add(&demand.level, units(demand));
        // Whoever waits behind it may get what it waits no longer for.
        room.add(&demand.level, demand.back_ordered);
        if let Some(place) = demand.place_in_queue() {
            books.of::<BackOrder>().want(&place);
        }
    }
}

/// Units leave: what was reserved for them is used up first, then what waits. What is beyond the
/// order was promised to nobody. Answers, of each level, what the ERP had counted as open until then.
/// The caller moves the units, and then serves the line's levels.
pub fn ship(
    books: &mut Books,
    line: &mut Line,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<Vec<(LevelKey, Fulfilled)>> {
    let promised = units.min(line.open());
    for demand in &mut line.demand {
        let units = promised.try_times(demand.each)?;
        let reserved = units.min(demand.reserved);
        release(books, demand, reserved, now)?;
        withdraw(books, demand, units.try_sub(reserved)?, now)?;
    }
    line.shipped = line.shipped.try_add(units)?;
    settle(books, line, promised)
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
    at: Moment,
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
    let more = line.open().try_sub(before)?;
    if line.acknowledged != 0 {
        acknowledge_more(books, line, more, at)?;
    }
    if !is_there {
        return wait(books, order, place, at.now);
    }
    // They were this order's before, so no buffer keeps them from it.
    let free = |books: &mut Books, it: &LevelKey| stock::level(books, it).sellable();
    promise_or_wait(books, order, place, free, at.now)
}

/// What is held for an order goes to its lines, as far as they need it. It is promised already.
pub fn take(lines: &mut [Line], held: &mut Units) -> Result<()> {
    for line in lines {
        let open = line.open();
        for demand in &mut line.demand {
            if let Some(held) = held.get_mut(&demand.level) {
                let taken = demand.missing(open)?.min(*held);
                demand.reserved = demand.reserved.try_add(taken)?;
                *held = held.try_sub(taken)?;
            }
        }
    }
    Ok(())
}

/// Promises what lines are missing, or nothing of it: each article once for each place, with the sum of
/// what all of them need.
pub fn promise_all(books: &mut Books, order: &mut Order, places: &[usize]) -> Result<()> {
    let mut wanted = Vec::new();
    for place in places {
        let line = &mut order.lines[*place];
        let open = line.open();
        for demand in &mut line.demand {
            let units = demand.missing(open)?;
            if units.is_positive() {
                wanted.push((demand.level.clone(), units));
                demand.reserved = demand.reserved.try_add(units)?;
            }
        }
    }
    stock::reserve(books, &order.shop, &stock::demand(wanted)?)
}

/// Promises what a line is missing of each article that it needs, from what is `free`; the rest waits.
pub fn promise_or_wait(
    books: &mut Books,
    order: &mut Order,
    place: usize,
    free: impl Fn(&mut Books, &LevelKey) -> Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    let whose = (order.id, &order.shop, place);
    let open = order.lines[place].open();
    for demand in &mut order.lines[place].demand {
        let missing = demand.missing(open)?;
        let promised = missing.min(free(books, &demand.level));
        if promised.is_positive() {
            stock::promise(books, &demand.level, promised)?;
            demand.reserved = demand.reserved.try_add(promised)?;
        }
        wait_for(books, whose, demand, missing.try_sub(promised)?, now)?;
    }
    Ok(())
}

/// What a line is missing waits, for each article that it needs.
fn wait(books: &mut Books, order: &mut Order, place: usize, now: OffsetDateTime) -> Result<()> {
    let whose = (order.id, &order.shop, place);
    let open = order.lines[place].open();
    for demand in &mut order.lines[place].demand {
        let missing = demand.missing(open)?;
        wait_for(books, whose, demand, missing, now)?;
    }
    Ok(())
}

/// They wait with what waits already, or behind all others.
fn wait_for(
    books: &mut Books,
    (order, shop, line): (OrderId, &SystemName, usize),
    demand: &mut Demand,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    if !units.is_positive() {
        return Ok(());
    }
    match demand.place_in_queue() {
        Some(place) => stock::wait_longer(books, &place, units)?,
        None => {
            let line = i32::try_from(line).map_err(Refusal::internal)?;
            let whose = (order, shop, line);
            demand.queue_position = stock::enqueue(books, &demand.level, whose, units, now)?;
        }
    }
    demand.back_ordered = demand.back_ordered.try_add(units)?;
    Ok(())
}

/// Units are taken off the order: those that wait first, then what was reserved. The caller then
/// serves the line's level.
pub fn cancel(
    books: &mut Books,
    line: &mut Line,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    if line.open() < units {
        let (id, open) = (&line.id, line.open());
        let message = format!("line \"{id}\": {units} to be cancelled, and only {open} is open");
        return Err(Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", id)
            .with("asked", units)
            .with("possible", open));
    }
    free(books, line, units, now)?;
    line.cancelled = line.cancelled.try_add(units)?;
    Ok(())
}

/// Units are open no more: those that wait first, then what was reserved.
pub fn free(books: &mut Books, line: &mut Line, units: Decimal, now: OffsetDateTime) -> Result<()> {
    for demand in &mut line.demand {
        let units = units.try_times(demand.each)?;
        let waiting = units.min(demand.back_ordered);
        withdraw(books, demand, waiting, now)?;
        release(books, demand, units.try_sub(waiting)?, now)?;
    }
    settle(books, line, units)?;
    Ok(())
}

/// Units of a line are open no more, of which the ERP may know.
fn settle(books: &mut Books, line: &Line, units: Decimal) -> Result<Vec<(LevelKey, Fulfilled)>> {
    let settled = line.in_stock(units, None)?.into_iter().map(|(level, units)| {
        let fulfilled = stock::settle(books, &level, line.acknowledged, units)?;
        Ok((level, fulfilled))
    });
    settled.collect()
}

/// The ERP knows the lines of an order as they are.
pub fn acknowledge(books: &mut Books, order: &mut Order, at: Moment) -> Result<()> {
    let unknown = order.lines.iter_mut().filter(|it| it.acknowledged == 0);
    unknown.into_iter().try_for_each(|it| acknowledge_more(books, it, it.open(), at))
}

/// The ERP knows a line with more units than before: all that is open of it is known to be so from now
/// on, because a line has one such revision, and later is safe.
pub fn acknowledge_more(
    books: &mut Books,
    line: &mut Line,
    more: Decimal,
    at: Moment,
) -> Result<()> {
    settle(books, line, line.open().try_sub(more)?)?;
    line.acknowledged = at.revision;
    for (level, units) in line.in_stock(line.open(), None)? {
        stock::acknowledge(books, &level, at.revision, units)?;
    }
    Ok(())
}

/// A promise is not held any longer.
fn release(
    books: &mut Books,
    demand: &mut Demand,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    if units.is_positive() {
        stock::release(books, &demand.level, units, now)?;
        demand.reserved = demand.reserved.try_sub(units)?;
    }
    Ok(())
}

/// Nobody waits for these any longer.
fn withdraw(
    books: &mut Books,
    demand: &mut Demand,
    units: Decimal,
    now: OffsetDateTime,
) -> Result<()> {
    if units.is_positive() {
        let lost = || Refusal::internal(format!("{} is waited for in no queue", demand.level));
        let place = demand.place_in_queue().ok_or_else(lost)?;
        stock::withdraw(books, &place, units, now)?;
        demand.back_ordered = demand.back_ordered.try_sub(units)?;
    }
    Ok(())
}

impl Demand {
    fn place_in_queue(&self) -> Option<BackOrderKey> {
        let (level, position) = (self.level.clone(), self.queue_position);
        let waits = self.back_ordered.is_positive() && 0 < position;
        waits.then_some(BackOrderKey { level, position })
    }
}
