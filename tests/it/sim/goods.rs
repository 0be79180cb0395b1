//! Goods leave, come back undelivered, or are taken off their order.

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::shipments::{self, CancelLines, CancelShipment, Ship, Undone};

use super::dice::{Dice, erp, find, id, key, location, request, units};
use super::model::{Left, Model, Shipment, Thing, at_place};
use super::play::{No, Play, done, fact, ok, once};

pub fn ship(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Shipment);
    let order = dice.order(model, |it| !it.is_over());
    let there = model.orders.get(&order.number);
    let mut left = Vec::new();
    // Nothing more of some lines, or of the whole order, will leave.
    let (completes, completes_order) = (dice.one_in(12), dice.one_in(24));
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
        completes_line: completes,
    });
    let command = Ship {
        system: erp(),
        external_id: id(number),
        order: named.clone(),
        ship_date: None,
        carrier: String::new(),
        tracking_numbers: vec![],
        lines: told.collect(),
        completes_order,
    };
    fact(number, dice.parked(), &[Reason::WaitsForDocument], command, move |model| {
        let order = model.order_of(order, &named, true)?;
        let mut lines = Vec::new();
        for (line, from, count, ledger) in &left {
            let mut from = *from;
            match line {
                Some(nth) => {
                    let (level, left) = leave(model, order, *nth, *count)?;
                    from = at_place(level, from);
                    // From elsewhere it fulfils nothing there.
                    let left = if from == level { left } else { Left::default() };
                    model.levels[from].moves_for(-count, *ledger, left);
                }
                None => {
                    model.levels[from].moves(-count, *ledger);
                    model.levels[from].outside -= count;
                }
            }
            lines.push((*line, from, *count));
        }
        for nth in 0..model.orders[&order].lines.len() {
            let is_named = left.iter().any(|it| it.0 == Some(nth));
            if completes_order || (completes && is_named) {
                let line = &mut model.orders.get_mut(&order).unwrap().lines[nth];
                let open = line.open();
                line.cancelled += open;
                model.free(order, nth, open);
            }
        }
        let shipment = Shipment { order, lines, is_undone: false, is_lost: false };
        model.shipments.insert(number, shipment);
        model.serve_all();
        model.wake(Thing::of(NameKind::Shipment, number));
        ok()
    })
}

/// Units of a line leave, those that were promised first; answers where it is served from, and what
/// of them the ERP had counted as open.
fn leave(model: &mut Model, order: i64, nth: usize, count: i64) -> Result<(usize, Left), No> {
    let line = model.orders.get_mut(&order).unwrap().line(nth)?;
    let promised = count.min(line.open());
    let reserved = promised.min(line.reserved);
    line.reserved -= reserved;
    line.waiting -= promised - reserved;
    line.shipped += count;
    line.settle(promised);
    let (level, known) = (line.level, line.known);
    model.stop_waiting(order, nth);
    Ok((level, Left { units: promised, known }))
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
        let revision = model.revision;
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
                    if line.known != 0 {
                        line.acknowledge(revision);
                    }
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
