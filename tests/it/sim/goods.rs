//! Stock is stated and moved; orders come in; goods leave, come back undelivered, or are cancelled.

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::id::OrderId;
use erpsync::orders::{Content, Line as OrderLine, PlaceOrder, ServeOrders};
use erpsync::returns::InExchange;
use erpsync::shipments::{self, CancelLines, CancelShipment, Ship, Undone};
use erpsync::stock::{AdjustStock, Adjustment, Basis, Outcome, Reading, SetStock};
use erpsync::totals::{PriceMode, Priced, RoundingMode};

use super::dice::{Dice, erp, find, id, key, location, request, shop, units};
use super::model::{Handover, Line, Model, Order, Shipment, Thing, at_place};
use super::money::{self, decimal, value};
use super::play::{No, Play, done, fact, ok, once};

/// What a line costs, in millionths: awkward ones among them.
const PRICES: [i64; 8] = [333_333, 9_990_000, 70_000, 19_950_000, 5_000, 48_000_000, 1_000_000, 0];

fn outcome(outcomes: Vec<Outcome>) -> String {
    let outcome = outcomes.into_iter().next().unwrap();
    match outcome {
        Outcome::Refused(refusal) => format!("{:?}", refusal.reason),
        outcome => format!("{outcome:?}"),
    }
}

pub fn adjust(dice: &mut Dice, _: &Model) -> Play {
    let level = dice.below(4) as usize;
    let (moved, ledger) = (dice.below(20) - 4, dice.ledger());
    let row = Adjustment {
        key: key(level),
        quantity: units(moved),
        ledger_number: ledger,
        reason: String::new(),
    };
    let command = AdjustStock { rows: vec![Ok(row)], by: erp(), back_orders: &ServeOrders };
    once(request(dice.fresh()), command, outcome, move |model| {
        let outcome = model.levels[level].moves(moved, ledger);
        model.levels[level].outside += moved;
        model.serve(level);
        Ok(outcome.into())
    })
}

pub fn state(dice: &mut Dice, model: &Model) -> Play {
    let level = dice.below(4) as usize;
    let there = &model.levels[level];
    let said = (there.on_hand() + dice.below(7) - 3).max(-2);
    let last = there.reading.map_or(0, |it| it.0);
    let sequence = match dice.below(12) {
        0 => 0,
        1 => last,
        2 => (last - 1).max(0),
        _ => last + 1 + dice.below(2),
    };
    let through = if dice.one_in(3) { 0 } else { dice.some_ledger() };
    let reading = Reading {
        key: key(level),
        on_hand: units(said),
        epoch: 0,
        sequence,
        ledger_through: through,
        basis: Basis::OnHand,
        committed: None,
        orders_counted_through: None,
        effects_through: None,
    };
    let command = SetStock { rows: vec![Ok(reading)], by: erp(), back_orders: &ServeOrders };
    once(request(dice.fresh()), command, outcome, move |model| {
        let level = &mut model.levels[level];
        let before = level.on_hand();
        if let Some(last) = level.reading {
            let unnumbered = Reason::StatementSequenceRequired;
            let reused = Reason::StatementSequenceReused;
            match sequence {
                0 if last.0 > 0 => return Ok(format!("{unnumbered:?}")),
                _ if sequence < last.0 => return Ok("Stale".into()),
                0 => {}
                _ if sequence > last.0 => {}
                _ if (last.1, last.2) == (through, said) => return Ok("Duplicate".into()),
                _ => return Ok(format!("{reused:?}")),
            }
        }
        let is_first = level.reading.is_none();
        level.reading = Some((sequence, through, said));
        level.base = said;
        level.moved.retain(|it| through > 0 && it.0 > through);
        let change = level.on_hand() - before;
        level.outside += change;
        model.serve_all();
        Ok(if is_first || change != 0 { "Applied" } else { "Unchanged" }.into())
    })
}

/// Lines to order: of which article, at what price, how many.
pub fn lines(dice: &mut Dice, count: i64) -> Vec<Line> {
    let line = |dice: &mut Dice| {
        let (level, price) = (dice.below(4) as usize, dice.of(&PRICES));
        Line { level, price, ordered: dice.few(), ..Line::default() }
    };
    (0..count).map(|_| line(dice)).collect()
}

/// As the API says it, at its place.
pub fn told(currency: &str, nth: usize, line: &Line) -> OrderLine {
    let priced = Priced {
        quantity: units(line.ordered),
        unit_price: decimal(i128::from(line.price), 6),
        discount: units(0),
        amount: decimal(value(currency, line.price, line.ordered), money::places(currency)),
        taxes: vec![],
    };
    let line = OrderLine::new(id(nth), key(line.level), String::new(), priced);
    OrderLine { place_given: true, ..line }
}

/// What so many lines come to.
pub fn worth(currency: &str, lines: &[Line]) -> i128 {
    lines.iter().map(|it| value(currency, it.price, it.ordered)).sum()
}

pub fn place(dice: &mut Dice, _: &Model) -> Play {
    let number = dice.number(NameKind::Order);
    let count = dice.few().min(3);
    let lines = lines(dice, count);
    let (is_sold, may_wait) = (dice.one_in(8), dice.one_in(2));
    let adds_up = !dice.one_in(16);
    let total = worth(dice.currency, &lines) + if adds_up { 0 } else { 1 };
    let content = Content {
        order_date: None,
        already_placed: is_sold,
        allow_back_order: may_wait,
        currency: dice.currency(),
        price_mode: PriceMode::Gross,
        rounding_mode: RoundingMode::Line,
        charges: vec![],
        tax_totals: vec![],
        total: decimal(total, money::places(dice.currency)),
        shipping_address: None,
        billing_address: None,
        external_customer_id: String::new(),
    };
    let told = lines.iter().enumerate().map(|(nth, it)| told(dice.currency, nth, it)).collect();
    let (shop, external_id, reservation) = (shop(), id(number), None);
    let (id, lines_told) = (OrderId(number), told);
    let command = PlaceOrder {
        id,
        shop,
        external_id,
        content,
        lines: lines_told,
        reservation,
        opening: None,
        replaces: None,
        exchange: &InExchange,
    };
    let name = command.name();
    once((name, number), command, done, move |model| {
        if !adds_up && !is_sold {
            return Err(Reason::AmountsDoNotAddUp.into());
        }
        let may_wait = may_wait || is_sold;
        if !may_wait {
            must_be_there(model, &lines)?;
        }
        let handover = if adds_up { Handover::Waiting } else { Handover::Parked };
        let lines = lines.clone();
        let counts: Vec<i64> = lines.iter().map(|it| it.ordered).collect();
        let order = Order { lines, may_wait, handover, last_task: number, ..Order::default() };
        model.orders.insert(number, order);
        counts.into_iter().enumerate().for_each(|(nth, it)| model.promise(number, nth, it, true));
        model.offer(number, NameKind::Order, number, !adds_up);
        model.wake(Thing::of(NameKind::Order, number));
        ok()
    })
}

/// All of it or nothing, over the sum of each article at each place.
fn must_be_there(model: &Model, lines: &[Line]) -> Result<(), No> {
    let asked = |level| lines.iter().filter(|it| it.level == level).map(|it| it.ordered).sum();
    let is_short = |level: usize| model.sellable(level) < asked(level);
    let wanted = lines.iter().map(|it| it.level);
    match wanted.clone().any(is_short) {
        true => Err(Reason::InsufficientStock.into()),
        false => Ok(()),
    }
}

pub fn ship(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Shipment);
    let order = dice.order(model, |it| !it.is_over());
    let there = model.orders.get(&order.number);
    let mut left = Vec::new();
    for _ in 0..1 + dice.below(2) {
        let line = dice.line(there.map_or(1, |it| it.lines.len()));
        let of = there.and_then(|it| it.lines.get(line));
        let (level, open) = of.map_or((0, 1), |it| (it.level, it.open()));
        // From where it is served, or from the other place.
        let level = if dice.one_in(5) { level ^ 1 } else { level };
        let line = if dice.one_in(24) { None } else { Some(line) };
        left.push((line, level, dice.about(open), dice.ledger()));
    }
    let named = dice.named(order);
    let told = left.iter().map(|(line, level, count, ledger_number)| shipments::ToldLine {
        line: line.map(id),
        sku: line.is_none().then(|| key(*level).sku),
        location: location(*level),
        quantity: units(*count),
        ledger_number: *ledger_number,
        completes_line: false,
    });
    let command = Ship {
        system: erp(),
        external_id: id(number),
        order: named.clone(),
        ship_date: None,
        carrier: String::new(),
        tracking_numbers: vec![],
        lines: told.collect(),
        completes_order: false,
    };
    fact(number, dice.parked(), &[Reason::WaitsForDocument], command, move |model| {
        let order = model.order_of(order, &named, true)?;
        let mut lines = Vec::new();
        for (line, level, count, ledger) in &left {
            let level = match line {
                Some(nth) => at_place(leave(model, order, *nth, *count)?, *level),
                None => *level,
            };
            model.levels[level].moves(-count, *ledger);
            if line.is_none() {
                model.levels[level].outside -= count;
            }
            lines.push((*line, level, *count));
        }
        let shipment = Shipment { order, lines, is_undone: false, is_lost: false };
        model.shipments.insert(number, shipment);
        model.serve_all();
        model.wake(Thing::of(NameKind::Shipment, number));
        ok()
    })
}

/// Units of a line leave, those that were promised first; answers where it is served from.
fn leave(model: &mut Model, order: i64, nth: usize, count: i64) -> Result<usize, No> {
    let line = model.orders.get_mut(&order).unwrap().line(nth)?;
    let promised = count.min(line.open());
    let reserved = promised.min(line.reserved);
    line.reserved -= reserved;
    line.waiting -= promised - reserved;
    line.shipped += count;
    let level = line.level;
    model.stop_waiting(order, nth);
    Ok(level)
}

pub fn undo(dice: &mut Dice, model: &Model) -> Play {
    use Undone::{NeverLeft, Quarantine, Restock, Scrap};
    let number = dice.number(NameKind::ShipmentCancellation);
    let shipment = dice.name(NameKind::Shipment, &model.shipments, |it| !it.is_undone);
    let undone = dice.of(&[NeverLeft, Restock, Quarantine, Scrap]);
    let (named, ledger) = (dice.named(shipment), dice.ledger());
    let command = CancelShipment {
        system: erp(),
        external_id: id(number),
        of: named.clone(),
        undone,
        ledger_number: ledger,
    };
    let kept = &[Reason::WaitsForDocument, Reason::InvalidState, Reason::QuantityExceeded];
    fact(number, dice.parked(), kept, command, move |model| {
        let Shipment { order, lines, is_undone, .. } =
            find(&model.shipments, shipment, &named, true)?.clone();
        if is_undone {
            return Err(Reason::InvalidState.into());
        }
        let is_on_shelf = matches!(undone, NeverLeft | Restock);
        for (line, level, count) in lines {
            if is_on_shelf {
                model.levels[level].moves(count, ledger);
            }
            match line {
                Some(nth) => {
                    let line = model.orders.get_mut(&order).unwrap().line(nth)?;
                    if line.can_come_back() < count {
                        return Err(Reason::QuantityExceeded.into());
                    }
                    let before = line.open();
                    line.shipped -= count;
                    let open = line.open() - before;
                    model.promise(order, nth, open, undone == NeverLeft);
                }
                None if is_on_shelf => model.levels[level].outside += count,
                None => {}
            }
        }
        let shipment = model.shipments.get_mut(&shipment.number).unwrap();
        (shipment.is_undone, shipment.is_lost) = (true, !is_on_shelf);
        model.serve_all();
        model.wake(Thing::of(NameKind::ShipmentCancellation, number));
        ok()
    })
}

pub fn cancel(dice: &mut Dice, model: &Model) -> Play {
    let order = dice.order(model, |it| !it.is_over());
    let there = model.orders.get(&order.number);
    let nth = dice.line(there.map_or(1, |it| it.lines.len()));
    let open = there.and_then(|it| it.lines.get(nth)).map_or(1, |it| it.open());
    let asked = if dice.one_in(4) { None } else { Some(dice.about(open)) };
    let named = dice.named(order);
    let lines = vec![(id(nth), asked.map(units))];
    let command = CancelLines { order: named.clone(), lines };
    once(request(dice.fresh()), command, done, move |model| {
        let order = model.order_of(order, &named, false)?;
        let line = model.orders.get_mut(&order).unwrap().line(nth)?;
        let count = asked.unwrap_or(line.open());
        if line.open() < count {
            return Err(Reason::QuantityExceeded.into());
        }
        line.cancelled += count;
        model.free(order, nth, count);
        model.serve_all();
        ok()
    })
}
