//! Goods come back: announced, allowed or declined, received.

use std::collections::BTreeMap;

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::id::ReturnId;
use erpsync::returns::{self, Approve, Decline, Disposition, Receive, RequestReturn};

use super::dice::{Dice, erp, find, id, location, request, shop, units};
use super::model::{Allowed, Back, Model, Reception, Return, Thing, at_place};
use super::play::{No, Play, done, fact, ok, once};

const DISPOSITIONS: [Disposition; 4] =
    [Disposition::Restock, Disposition::Quarantine, Disposition::Scrap, Disposition::SendBack];

pub fn announce(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Return);
    let order = dice.order(model, |it| it.lines.iter().any(|it| it.can_come_back() > 0));
    let there = model.orders.get(&order.number).map_or(&[][..], |it| &it.lines);
    let mut lines = BTreeMap::new();
    for _ in 0..1 + dice.below(2) {
        let nth = dice.line(there.len().max(1));
        let possible = there.get(nth).map_or(1, |it| it.can_come_back());
        lines.insert(nth, dice.about(possible));
    }
    let (named, for_erp) = (dice.named(order), dice.one_in(2));
    let command = RequestReturn {
        id: ReturnId(number),
        system: shop(),
        external_id: id(number),
        order: named.clone(),
        withdrawal_date: None,
        lines: lines.iter().map(|(nth, count)| (id(nth), units(*count), String::new())).collect(),
        expires_at: None,
        proof: None,
        refund_shipping: false,
        for_erp,
    };
    once((command.name(), number), command, done, move |model| {
        let order = model.order_of(order, &named, false)?;
        for (nth, count) in &lines {
            let line = model.orders.get_mut(&order).unwrap().line(*nth)?;
            if line.can_come_back() < *count {
                return Err(Reason::QuantityExceeded.into());
            }
            line.announced += count;
        }
        if for_erp {
            model.offer_behind(order, NameKind::Return, number);
        }
        let back =
            |(nth, count): (&usize, &i64)| (*nth, Back { announced: *count, ..Back::default() });
        let lines = lines.iter().map(back).collect();
        let (allowed, is_credited) = (Allowed::Asked, false);
        model.returns.insert(number, Return { order, allowed, lines, is_credited });
        model.wake(Thing::of(NameKind::Return, number));
        ok()
    })
}

pub fn approve(dice: &mut Dice, model: &Model) -> Play {
    let back = dice.name(NameKind::Return, &model.returns, |it| it.allowed == Allowed::Asked);
    let named = dice.named(back);
    let approve =
        Approve { named: named.clone(), expires_at: None, proof: None, refund_shipping: None };
    once(request(dice.fresh()), approve, done, move |model| {
        let allowed = find(&model.returns, back, &named, false)?.allowed;
        match allowed {
            Allowed::No => return Err(Reason::InvalidState.into()),
            Allowed::Yes => {}
            Allowed::Asked => {
                model.returns.get_mut(&back.number).unwrap().allowed = Allowed::Yes;
                model.wake(Thing::of(NameKind::Return, back.number));
            }
        }
        ok()
    })
}

pub fn decline(dice: &mut Dice, model: &Model) -> Play {
    let back = dice.name(NameKind::Return, &model.returns, |_| true);
    let named = dice.named(back);
    let command = Decline { named: named.clone(), reason: "worn".into() };
    once(request(dice.fresh()), command, done, move |model| {
        let found = find(&model.returns, back, &named, false)?.clone();
        if found.allowed == Allowed::No {
            return ok();
        }
        if found.lines.values().any(|it| it.awaited() < it.announced) {
            return Err(Reason::InvalidState.into());
        }
        for (nth, line) in &found.lines {
            let of = &mut model.orders.get_mut(&found.order).unwrap().lines[*nth];
            of.announced -= line.announced;
        }
        model.returns.get_mut(&back.number).unwrap().allowed = Allowed::No;
        model.wake(Thing::of(NameKind::Return, back.number));
        ok()
    })
}

pub fn receive(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Reception);
    let back = dice.name(NameKind::Return, &model.returns, Return::is_awaited);
    let there = model.returns.get(&back.number);
    let order = there.and_then(|it| model.orders.get(&it.order));
    let lines: Vec<(usize, i64)> = match there {
        Some(it) => it.lines.iter().map(|it| (*it.0, it.1.awaited())).collect(),
        None => vec![(0, 1)],
    };
    let mut came = Vec::new();
    for (nth, awaited) in lines {
        let nth = if dice.one_in(24) { nth + 1 } else { nth };
        let level = order.and_then(|it| it.lines.get(nth)).map_or(0, |it| it.level);
        let level = if dice.one_in(4) { level ^ 1 } else { level };
        came.push((nth, dice.about(awaited), dice.below(4) as usize, level, dice.ledger()));
    }
    let told = came.iter().map(|(nth, count, what, level, ledger_number)| returns::ToldLine {
        line: id(nth),
        quantity: units(*count),
        disposition: Some(DISPOSITIONS[*what]),
        wrong_sku: None,
        location: location(*level),
        ledger_number: *ledger_number,
    });
    let named = dice.named(back);
    let (system, external_id) = (erp(), id(number));
    let command = Receive { system, external_id, of: named.clone(), lines: told.collect() };
    let kept = &[Reason::WaitsForDocument, Reason::InvalidState, Reason::QuantityExceeded];
    fact(number, dice.parked(), kept, command, move |model| {
        let found = find(&model.returns, back, &named, true)?.clone();
        match found.allowed {
            Allowed::Asked => return Err(No::WaitsFor(back)),
            Allowed::No => return Err(Reason::InvalidState.into()),
            Allowed::Yes => {}
        }
        let mut accepted = BTreeMap::new();
        for (nth, count, what, level, ledger) in &came {
            let line = model.orders.get_mut(&found.order).unwrap().line(*nth)?;
            let level = at_place(line.level, *level);
            let of = model.returns.get_mut(&back.number).unwrap().lines.get_mut(nth);
            let of = of.filter(|it| *count <= it.awaited()).ok_or(Reason::QuantityExceeded)?;
            of.came[*what] += count;
            line.announced -= count;
            line.received += count;
            match DISPOSITIONS[*what] {
                Disposition::SendBack => line.sent_back += count,
                _ => *accepted.entry(*nth).or_default() += count,
            }
            if DISPOSITIONS[*what] == Disposition::Restock {
                model.levels[level].moves(*count, *ledger);
            }
        }
        model
            .receptions
            .insert(number, Reception { of: back.number, accepted, is_credited: false });
        model.serve_all();
        model.wake(Thing::of(NameKind::Reception, number));
        ok()
    })
}
