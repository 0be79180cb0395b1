//! What an order is wished to be after it came in: another state, fewer units, or kept back.

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::id::{AmendmentId, CancellationId};
use erpsync::orders::{
    AmendOrder, AnswerAmendment, AnswerCancellation, Granted, HoldOrder, RequestCancellation,
    ResumeOrder, Verdict as Judged, Wished,
};

use super::dice::{Dice, erp, find, id, request, shop, units};
use super::model::{Amendment, Cancellation, Handover, Line, Model, State, Thing, Wish};
use super::money::{Mode, decimal, places};
use super::orders::{charges, lines, say};
use super::play::{No, Play, Verdict, done, ok, once};

/// Another state of an order.
fn wished(dice: &mut Dice, model: &Model, order: i64) -> Wish {
    let of = model.orders.get(&order);
    let there = of.map_or(&[][..], |it| &it.lines);
    let mut wished = Vec::new();
    for (nth, line) in there.iter().enumerate() {
        if dice.one_in(6) {
            continue;
        }
        let least = line.shipped - if dice.one_in(12) { 1 } else { 0 };
        let ordered = (line.kept() + dice.below(5) - 2).max(least).max(1);
        let level = if dice.one_in(24) { line.level ^ 1 } else { line.level };
        let Line { price, off, rate, .. } = *line;
        wished.push((nth, Line { level, price, off, rate, ordered, ..Line::default() }));
    }
    if wished.is_empty() || dice.one_in(4) {
        let line = lines(dice, 1).remove(0);
        // What is untaxed is right in every mode, whichever the order turns out to have.
        let rate = line.rate.filter(|_| of.is_some());
        wished.push((there.len(), Line { rate, ..line }));
    }
    let charges = of.map_or(vec![], |it| charges(dice, it.mode));
    Wish { lines: wished, charges, adds_up: !dice.one_in(16) }
}

fn tell(model: &Model, order: i64, wish: &Wish) -> Wished {
    let mode = model.orders.get(&order).map_or(Mode::ALL[0], |it| it.mode);
    let said = say(model.currency, mode, &wish.lines, &wish.charges);
    let total = said.total + if wish.adds_up { 0 } else { 1 };
    Wished {
        currency: erpsync::money::Currency::parse(model.currency).unwrap(),
        lines: said.lines,
        charges: said.charges,
        tax_totals: said.tax_totals,
        total: decimal(total, places(model.currency)),
        shipping_address: None,
        billing_address: None,
    }
}

/// The order becomes so. More units wait, where they may; else all of them must be there.
fn become_so(model: &mut Model, order: i64, wish: &Wish, may_wait: bool) -> Result<(), No> {
    let of = model.orders.get_mut(&order).unwrap();
    if of.is_over() {
        return Err(Reason::InvalidState.into());
    }
    let mut changes = Vec::new();
    for (nth, line) in of.lines.iter_mut().enumerate() {
        let wish = wish.lines.iter().find(|it| it.0 == nth).map(|it| &it.1);
        if wish.is_some_and(|it| it.level != line.level) {
            return Err(Reason::FieldInvalid.into());
        }
        let ordered = wish.map_or(0, |it| it.ordered);
        // Only what is open can be wished away.
        if line.open() < line.kept() - ordered {
            return Err(Reason::QuantityExceeded.into());
        }
        let before = line.open();
        (line.ordered, line.cancelled) = (ordered, 0);
        if let Some(Line { price, off, rate, .. }) = wish {
            line.is_repriced |= (*price, *off) != (line.price, line.off);
            (line.price, line.off, line.rate) = (*price, *off, *rate);
        }
        changes.push(line.open() - before);
    }
    if !wish.adds_up {
        return Err(Reason::AmountsDoNotAddUp.into());
    }
    (of.charges, of.adds_up) = (wish.charges.clone(), true);
    for (_, line) in wish.lines.iter().filter(|it| it.0 >= changes.len()) {
        of.lines.push(line.clone());
    }
    changes.extend(of.lines[changes.len()..].iter().map(|it| it.ordered));
    // What the order gives back may serve it elsewhere, before it serves others.
    for (nth, change) in changes.iter().enumerate().filter(|it| *it.1 < 0) {
        model.free(order, nth, -change);
    }
    let more: Vec<_> = changes.into_iter().enumerate().filter(|it| it.1 > 0).collect();
    if !may_wait {
        let level = |nth: usize| model.orders[&order].lines[nth].level;
        let is_short = |at: usize| {
            let asked = more.iter().filter(|it| level(it.0) == at).map(|it| it.1);
            model.sellable(at) < asked.sum()
        };
        if more.iter().any(|it| is_short(level(it.0))) {
            return Err(Reason::InsufficientStock.into());
        }
    }
    more.iter().for_each(|(nth, count)| model.promise(order, *nth, *count, true));
    let revision = model.revision;
    let of = model.orders.get_mut(&order).unwrap();
    if of.handover == Handover::Acknowledged {
        // All that is open of a line is known anew with what it has more.
        more.iter().for_each(|it| of.lines[it.0].acknowledge(revision));
    }
    Ok(())
}

pub fn amend(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Amendment);
    let order = dice.order(model, |it| !it.is_over());
    let wished = wished(dice, model, order.number);
    let there = model.orders.get(&order.number).map_or(0, |it| it.version);
    let version = (there + dice.below(8)).max(1);
    let named = dice.named(order);
    let command = AmendOrder {
        id: AmendmentId(number),
        system: shop(),
        external_id: id(number),
        order: named.clone(),
        shop_version: version,
        wished: tell(model, order.number, &wished),
    };
    once(
        (command.name(), number),
        command,
        |it| format!("{it:?}").contains("Stale").to_string(),
        move |model| {
            let order = model.order_of(order, &named, false)?;
            let of = &model.orders[&order];
            if version <= of.version {
                return Ok("true".into());
            }
            let (may_wait, is_unseen) = (of.may_wait, model.is_unseen(order));
            let before = model.clone();
            become_so(model, order, &wished, may_wait)?;
            if !is_unseen {
                // It was possible; the ERP decides.
                *model = before;
                model.offer_behind(order, NameKind::Amendment, number);
            } else {
                model.mend(order);
            }
            model.orders.get_mut(&order).unwrap().version = version;
            let wished = wished.clone();
            model.amendments.insert(number, Amendment { order, wished, is_answered: is_unseen });
            model.serve_all();
            model.wake(Thing::of(NameKind::Amendment, number));
            Ok("false".into())
        },
    )
}

pub fn judge(dice: &mut Dice, model: &Model) -> Play {
    let amendment = dice.name(NameKind::Amendment, &model.amendments, |it| !it.is_answered);
    let order = model.amendments.get(&amendment.number).map_or(0, |it| it.order);
    let (granted, other) = (dice.below(4), wished(dice, model, order));
    let other = Wish { adds_up: true, ..other };
    let verdict = match granted {
        0 => Judged::Nothing,
        1 => Judged::Other(Box::new(tell(model, order, &other))),
        _ => Judged::All,
    };
    let named = dice.named(amendment);
    let command =
        AnswerAmendment { named: named.clone(), by: erp(), verdict, reason: String::new() };
    once(request(dice.fresh()), command, done, move |model| {
        let found = find(&model.amendments, amendment, &named, false)?.clone();
        if found.is_answered {
            return Err(Reason::InvalidState.into());
        }
        match granted {
            0 => {}
            1 => become_so(model, found.order, &other, true)?,
            _ => become_so(model, found.order, &found.wished, true)?,
        }
        model.finish(amendment.number)?;
        model.amendments.get_mut(&amendment.number).unwrap().is_answered = true;
        model.serve_all();
        ok()
    })
}

pub fn wish_off(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Cancellation);
    let order = dice.order(model, |it| !it.is_over());
    let there = model.orders.get(&order.number).map_or(&[][..], |it| &it.lines);
    let mut asked = Vec::new();
    if !dice.one_in(3) {
        let nth = dice.line(there.len().max(1));
        let open = there.get(nth).map_or(1, |it| it.open());
        asked.push((nth, if dice.one_in(3) { None } else { Some(dice.about(open)) }));
    }
    let named = dice.named(order);
    let command = RequestCancellation {
        id: CancellationId(number),
        system: shop(),
        external_id: id(number),
        order: named.clone(),
        reason: String::new(),
        lines: asked.iter().map(|(nth, count)| (id(nth), count.map(units))).collect(),
    };
    once((command.name(), number), command, done, move |model| {
        let order = model.order_of(order, &named, false)?;
        let of = model.orders.get_mut(&order).unwrap();
        let possible = |it: &Line| (it.open() - it.wished_off).max(0);
        let mut wished = Vec::new();
        for (nth, count) in &asked {
            let there = possible(of.line(*nth)?);
            let count = count.unwrap_or(there);
            if there < count || count == 0 {
                return Err(Reason::QuantityExceeded.into());
            }
            wished.push((*nth, count));
        }
        if asked.is_empty() {
            let all = of.lines.iter().map(possible).enumerate();
            wished = all.filter(|it| it.1 > 0).collect();
            if wished.is_empty() {
                return Err(Reason::InvalidState.into());
            }
        }
        let is_unseen = model.is_unseen(order);
        for (nth, count) in &wished {
            let line = &mut model.orders.get_mut(&order).unwrap().lines[*nth];
            if is_unseen {
                line.cancelled += count;
                model.free(order, *nth, *count);
            } else {
                line.wished_off += count;
            }
        }
        if !is_unseen {
            model.offer_behind(order, NameKind::Cancellation, number);
        } else if model.orders[&order].is_cancelled() {
            model.drop_task(order);
        }
        let cancellation = Cancellation { order, wished, is_answered: is_unseen };
        model.cancellations.insert(number, cancellation);
        model.serve_all();
        model.wake(Thing::of(NameKind::Cancellation, number));
        ok()
    })
}

pub fn answer(dice: &mut Dice, model: &Model) -> Play {
    let cancellation =
        dice.name(NameKind::Cancellation, &model.cancellations, |it| !it.is_answered);
    let (verdict, nth, count) = (dice.below(4), dice.below(2) as usize, dice.below(4));
    let granted = match verdict {
        0 => Granted::Nothing,
        1 => Granted::Lines(vec![(id(nth), units(count))]),
        _ => Granted::All,
    };
    let named = dice.named(cancellation);
    let command =
        AnswerCancellation { named: named.clone(), by: erp(), granted, reason: String::new() };
    once(request(dice.fresh()), command, done, move |model| {
        let found = find(&model.cancellations, cancellation, &named, false)?.clone();
        if found.is_answered {
            return Err(Reason::InvalidState.into());
        }
        if verdict == 1 && !found.wished.iter().any(|it| it.0 == nth) {
            return Err(Reason::OrderLineNotFound.into());
        }
        for (place, wished) in &found.wished {
            let line = &mut model.orders.get_mut(&found.order).unwrap().lines[*place];
            let possible = line.open().min(*wished);
            let granted = match verdict {
                0 => 0,
                1 if *place == nth => count,
                1 => 0,
                _ => possible,
            };
            if possible < granted {
                return Err(Reason::QuantityExceeded.into());
            }
            line.wished_off -= wished;
            line.cancelled += granted;
            model.free(found.order, *place, granted);
        }
        model.finish(cancellation.number)?;
        model.cancellations.get_mut(&cancellation.number).unwrap().is_answered = true;
        model.serve_all();
        ok()
    })
}

pub fn hold(dice: &mut Dice, model: &Model) -> Play {
    let order = dice.order(model, |it| !it.is_over());
    let (named, by_erp) = (dice.named(order), dice.one_in(2));
    let (order_named, reason) = (named.clone(), String::new());
    let command = HoldOrder { order: order_named, by: erp(), reason, by_erp };
    once(request(dice.fresh()), command, done, move |model| {
        let order = model.order_of(order, &named, false)?;
        let is_free = matches!(model.tasks[&order].state, State::Waiting | State::Parked);
        if !by_erp && !is_free {
            return Err(Reason::InvalidState.into());
        }
        model.orders.get_mut(&order).unwrap().is_held = true;
        ok()
    })
}

pub fn resume(dice: &mut Dice, model: &Model) -> Play {
    let order = dice.order(model, |it| it.is_held);
    let named = dice.named(order);
    let command = ResumeOrder { order: named.clone() };
    once(request(dice.fresh()), command, done, move |model| -> Verdict {
        let order = model.order_of(order, &named, false)?;
        model.orders.get_mut(&order).unwrap().is_held = false;
        ok()
    })
}
