//! Making an order what it is wished to be.

use super::Wished;
use crate::books::{Books, Moment};
use crate::decimal::Decimal;
use crate::documents::Wording;
use crate::error::{Reason, Refusal, Result};
use crate::inbox::Handover;
use crate::money::currency_mismatch;
use crate::orders::promise::{Claim, promise};
use crate::orders::{Line, Order, Status, fulfil, model, needs_promise};
use crate::stock::{LevelKey, Units};
use crate::totals::Priced;

/// Wants what [`amend`] decides on.
pub fn needs_amend(books: &mut Books, order: &Order, wished: &Wished) {
    fulfil::needs_all(books, &order.lines);
    let wished = fulfil::want_settled(books, &wished.lines);
    needs_promise(books, &order.shop, order.lines.iter().chain(&wished));
}

/// The order as it is wished. What units it needs no more is free, and what more it needs is promised
/// or waits; the caller puts it, and then serves the levels of its lines.
pub fn amend(
    books: &mut Books,
    order: &Order,
    wished: &Wished,
    claim: Claim,
    at: Moment,
) -> Result<Order> {
    let mut amended = said(books, order, wished)?;
    let open_before = |nth: usize| order.lines.get(nth).map_or(Decimal::ZERO, Line::open);
    let mut grown = Vec::new();
    // What the order itself gives back may serve it elsewhere, before it serves others.
    for (nth, line) in amended.lines.iter_mut().enumerate() {
        let change = line.open().try_sub(open_before(nth))?;
        if change.is_negative() {
            fulfil::free(books, line, change.negated(), at.now)?;
        } else if change.is_positive() {
            grown.push((nth, change));
        }
    }
    promise(books, &mut amended, &mut Units::new(), claim, at.now)?;
    if let Handover::Acknowledged(_) = order.handover {
        // Only now it is known where the lines are served from.
        for (nth, more) in grown {
            fulfil::acknowledge_more(books, &mut amended.lines[nth], more, at)?;
        }
    }
    Ok(amended)
}

/// The order as it is wished, with its promises as they were; or why it cannot be.
fn said(books: &mut Books, order: &Order, wished: &Wished) -> Result<Order> {
    if matches!(order.status(), Status::Shipped | Status::Cancelled) {
        let what = format!("order {}", order.id);
        return Err(Refusal::step(what, order.status().name(), "AMENDED"));
    }
    let currency = order.content.currency;
    if wished.currency != currency {
        return Err(currency_mismatch("the amendment", currency, wished.currency));
    }
    let mut amended = order.clone();
    for line in &mut amended.lines {
        let ordered = match wished.lines.iter().enumerate().find(|(_, it)| it.id == line.id) {
            Some((nth, wished)) => {
                must_be_of(line, wished, nth)?;
                line.description = wished.description.clone();
                wished.ordered.clone()
            }
            None => nothing(&line.ordered),
        };
        must_not_have_left(line, ordered.quantity)?;
        (line.ordered, line.cancelled) = (ordered, Decimal::ZERO);
    }
    let is_new = |it: &&Line| order.lines.iter().all(|there| there.id != it.id);
    for line in wished.lines.iter().filter(is_new) {
        amended.lines.push(fulfil::settled(books, line)?);
    }
    let content = &mut amended.content;
    content.charges = wished.charges.clone();
    content.tax_totals = wished.tax_totals.clone();
    content.total = wished.total;
    content.shipping_address = wished.shipping_address.clone();
    content.billing_address = wished.billing_address.clone();
    model::must_add_up(&amended.content, &amended.lines)?;
    amended.wording = Wording::Anew;
    Ok(amended)
}

/// A line is of one article for ever.
fn must_be_of(line: &Line, wished: &Line, nth: usize) -> Result<()> {
    let is_there = wished.is_anywhere() || line.level.location == wished.level.location;
    if line.level.sku == wished.level.sku && is_there {
        return Ok(());
    }
    let LevelKey { sku, location } = &line.level;
    let told =
        format!("must be \"{sku}\" at \"{location}\" as before; another article is a new line");
    Err(Refusal::field(format!("lines[{nth}].sku"), told))
}

/// What has left cannot be wished away.
fn must_not_have_left(line: &Line, wished: Decimal) -> Result<()> {
    let asked = line.kept().try_sub(wished)?;
    let possible = line.open();
    if possible < asked {
        let (id, left) = (&line.id, line.shipped);
        let message = format!("line \"{id}\": {wished} are wished, and {left} have left already");
        return Err(Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", id)
            .with("asked", asked)
            .with("possible", possible));
    }
    Ok(())
}

/// A line that is not wished any more.
fn nothing(before: &Priced) -> Priced {
    let (quantity, unit_price) = (Decimal::ZERO, before.unit_price);
    Priced { quantity, unit_price, discount: quantity, amount: quantity, taxes: Vec::new() }
}
