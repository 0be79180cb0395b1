//! Goods are to come back: announced, allowed or declined, and done with.

use std::collections::BTreeMap;

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::id::ReturnId;
use erpsync::returns::{Approve, Close, Decline, DispatchProof, Expire, RequestReturn};
use time::OffsetDateTime;
use time::macros::date;

use super::HOURS;
use super::dice::{Dice, find, id, request, shop, units};
use super::model::{Allowed, Back, Model, PENDING, Return, Thing};
use super::play::{Play, done, ok, once, plain};

/// By when something must have come, if that is said: soon, later, or before now.
fn end(dice: &mut Dice, model: &Model) -> Option<i64> {
    let lifetime = 600 + dice.fresh();
    match dice.below(12) {
        0..2 => Some(model.now + lifetime),
        2 => Some(model.now + lifetime + 2 * HOURS),
        3 if dice.one_in(4) => Some(-1),
        _ => None,
    }
}

fn instant(model: &Model, seconds: Option<i64>) -> Option<OffsetDateTime> {
    seconds.map(|it| model.instant(it))
}

fn proof(dice: &mut Dice) -> Option<DispatchProof> {
    let proof = DispatchProof {
        carrier: String::new(),
        reference: id("parcel"),
        date: date!(2026 - 11 - 23),
    };
    dice.one_in(4).then_some(proof)
}

pub fn announce(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Return);
    let order = dice.order(model, |it| it.lines.iter().any(|it| it.can_come_back() > 0));
    let there = model.orders.get(&order.number).map_or(&[][..], |it| &it.lines);
    let mut lines = BTreeMap::new();
    for _ in 0..1 + dice.below(2) {
        let nth = dice.fitting(there, |it| 0 < it.can_come_back());
        let possible = there.get(nth).map_or(1, |it| it.can_come_back());
        lines.insert(nth, dice.about(possible));
    }
    let (named, for_erp) = (dice.named(order), dice.one_in(2));
    let (until, proof) = (end(dice, model), proof(dice));
    let is_proved = proof.is_some();
    let command = RequestReturn {
        id: ReturnId(number),
        system: shop(),
        external_id: id(number),
        order: named.clone(),
        withdrawal_date: None,
        lines: lines.iter().map(|(nth, count)| (id(nth), units(*count), String::new())).collect(),
        expires_at: instant(model, until),
        proof,
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
        if until.is_some_and(|it| it <= model.now) {
            return Err(Reason::FieldInvalid.into());
        }
        if for_erp {
            model.offer_behind(order, NameKind::Return, number);
        }
        let back =
            |(nth, count): (&usize, &i64)| (*nth, Back { announced: *count, ..Back::default() });
        let lines = lines.iter().map(back).collect();
        let (allowed, is_credited, replaced_by) = (Allowed::Asked, false, vec![]);
        let back = Return { order, allowed, lines, is_credited, is_proved, until, replaced_by };
        model.returns.insert(number, back);
        model.wake(Thing::of(NameKind::Return, number));
        ok()
    })
}

pub fn approve(dice: &mut Dice, model: &Model) -> Play {
    // Once more: with more time, or with proof of what was credited too early.
    let again = dice.one_in(4);
    let fits = |it: &Return| match it.allowed_at(model.now) {
        Allowed::Asked => !again,
        allowed => again && allowed == Allowed::Yes && (it.is_proved || 0 < it.over_credited()),
    };
    let back = dice.name(NameKind::Return, &model.returns, fits);
    let named = dice.named(back);
    let (until, proof) = (end(dice, model), proof(dice));
    let is_proved = proof.is_some();
    let expires_at = instant(model, until);
    let command = Approve { named: named.clone(), expires_at, proof, refund_shipping: None };
    once(request(dice.fresh()), command, done, move |model| {
        let now = model.now;
        let allowed = find(&model.returns, back, &named, false)?.allowed_at(now);
        if !matches!(allowed, Allowed::Asked | Allowed::Yes) {
            return Err(Reason::InvalidState.into());
        }
        if until.is_some_and(|it| it <= now) {
            return Err(Reason::FieldInvalid.into());
        }
        let of = model.returns.get_mut(&back.number).unwrap();
        of.allowed = Allowed::Yes;
        of.is_proved |= is_proved;
        of.until = until.or(of.until);
        model.wake(Thing::of(NameKind::Return, back.number));
        ok()
    })
}

pub fn decline(dice: &mut Dice, model: &Model) -> Play {
    let back = dice.name(NameKind::Return, &model.returns, |it| !it.has_begun());
    let named = dice.named(back);
    let command = Decline { named: named.clone(), reason: "worn".into() };
    once(request(dice.fresh()), command, done, move |model| {
        let found = find(&model.returns, back, &named, false)?;
        match found.allowed_at(model.now) {
            Allowed::No => return ok(),
            Allowed::Asked | Allowed::Yes if !found.has_begun() => {}
            _ => return Err(Reason::InvalidState.into()),
        }
        finish(model, back.number, Allowed::No);
        ok()
    })
}

pub fn close(dice: &mut Dice, model: &Model) -> Play {
    let back = dice.name(NameKind::Return, &model.returns, Return::has_begun);
    let named = dice.named(back);
    let command = Close { named: named.clone(), reason: "kept it".into() };
    once(request(dice.fresh()), command, done, move |model| {
        let found = find(&model.returns, back, &named, false)?;
        match found.allowed_at(model.now) {
            Allowed::Closed => return ok(),
            Allowed::No | Allowed::Over => return Err(Reason::InvalidState.into()),
            Allowed::Asked | Allowed::Yes => {}
        }
        // Its units would hang in the air.
        if found.lines.values().any(|it| 0 < it.units.at[PENDING]) {
            return Err(Reason::InvalidState.into());
        }
        finish(model, back.number, Allowed::Closed);
        ok()
    })
}

/// Time is looked at: a return of which nothing has come is over.
pub fn run_out(dice: &mut Dice, model: &Model) -> Play {
    let back = dice.name(NameKind::Return, &model.returns, is_to_end(model.now)).number;
    plain(format!("Expire return {back}"), Expire(ReturnId(back)), done, move |model| {
        let now = model.now;
        if model.returns.get(&back).is_some_and(is_to_end(now)) {
            finish(model, back, Allowed::Over);
        }
        ok()
    })
}

fn is_to_end(now: i64) -> impl Fn(&Return) -> bool {
    move |it| it.allowed != Allowed::Over && it.allowed_at(now) == Allowed::Over
}

/// What is awaited is awaited no more.
fn finish(model: &mut Model, number: i64, allowed: Allowed) {
    let of = model.returns.get_mut(&number).unwrap();
    of.allowed = allowed;
    let order = model.orders.get_mut(&of.order).unwrap();
    for (nth, line) in &mut of.lines {
        let awaited = line.awaited();
        line.released += awaited;
        order.lines[*nth].announced -= awaited;
    }
    model.wake(Thing::of(NameKind::Return, number));
}
