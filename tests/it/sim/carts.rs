//! Units are held for carts, and each is let go once: sold, given back, or when its time is over.

use std::collections::BTreeMap;
use std::time::Duration;

use erpsync::books::{Name, NameKind, Named};
use erpsync::error::Reason;
use erpsync::id::{Location, ReservationId};
use erpsync::orders::ServeOrders;
use erpsync::reservations::{self, Asked, By, Consume, Expire, Extend, Hold, Release};

use super::HOURS;
use super::dice::{Dice, erp, find, key, other_shop, request, shop, units};
use super::model::{Cart, Model, Promise, Thing};
use super::play::{No, Play, done, ok, once, plain};

/// For how long something is held, in seconds: until hours pass, or longer; and longer each time, so
/// that to hold it longer is always a change.
fn lifetime(dice: &mut Dice) -> i64 {
    let hours = if dice.one_in(4) { 2 * HOURS } else { 0 };
    600 + dice.fresh() + hours
}

fn seconds(count: i64) -> Duration {
    Duration::from_secs(count as u64)
}

/// How a cart is called, by our number or its shop's.
pub fn named(dice: &mut Dice, model: &Model, cart: Thing) -> Named {
    match dice.named(cart) {
        Named::Theirs(name) if model.carts.get(&cart.number).is_some_and(|it| it.is_others) => {
            Named::Theirs(Name { system: other_shop(), ..name })
        }
        named => named,
    }
}

pub fn put_aside(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Reservation);
    let mut lines = Vec::new();
    for _ in 0..dice.few().min(3) {
        let level = dice.below(4) as usize;
        lines.push((level, dice.about(model.sellable(level).min(4))));
    }
    let (lifetime, is_others) = (lifetime(dice), dice.one_in(8));
    let line = |(level, count): &(usize, i64)| {
        let place = key(*level);
        // Without a place it is looked for at the shop's first.
        let location = Some(place.location).filter(|it| *it != Location::main() || count % 2 == 0);
        Asked { sku: place.sku, location, quantity: units(*count) }
    };
    let system = if is_others { other_shop() } else { shop() };
    let command = Hold {
        id: ReservationId(number),
        external_id: super::dice::id(number),
        lines: lines.iter().map(line).collect(),
        lifetime: seconds(lifetime),
        system,
    };
    once((command.name(), number), command, done, move |model| {
        let mut wanted: BTreeMap<usize, i64> = BTreeMap::new();
        for (level, count) in &lines {
            *wanted.entry(*level).or_default() += count;
        }
        if wanted.iter().any(|(level, it)| model.sellable(*level) < *it) {
            return Err(Reason::InsufficientStock.into());
        }
        let (until, state) = (model.now + lifetime, Promise::Held);
        model.carts.insert(number, Cart { is_others, lines: wanted, until, state });
        ok()
    })
}

/// One that is mostly held still; who acts on it: its shop, or whoever may act on all.
fn some_cart(dice: &mut Dice, model: &Model) -> (Thing, Named, By) {
    let cart = dice.name(NameKind::Reservation, &model.carts, |it| it.is_held(model.now));
    let named = named(dice, model, cart);
    let only_own = dice.one_in(2);
    let system = if only_own { shop() } else { erp() };
    (cart, named, By { system, only_own })
}

/// The cart, if it is held still and whose it is may act on it.
fn held(model: &Model, (cart, named, by): &(Thing, Named, By)) -> Result<Cart, No> {
    let found = find(&model.carts, *cart, named, false)?;
    if by.only_own && found.is_others {
        return Err(Reason::NotFound.into());
    }
    match found.is_held(model.now) {
        true => Ok(found.clone()),
        false => Err(Reason::InvalidState.into()),
    }
}

/// Nothing is promised to it any more.
fn end(model: &mut Model, number: i64, state: Promise) {
    model.carts.get_mut(&number).unwrap().state = state;
}

pub fn sell_elsewhere(dice: &mut Dice, model: &Model) -> Play {
    let of = some_cart(dice, model);
    let command = Consume { reservation: of.1.clone(), by: of.2.clone() };
    once(request(dice.fresh()), command, done, move |model| {
        let cart = held(model, &of)?;
        end(model, of.0.number, Promise::Sold(None));
        for (level, count) in cart.lines {
            model.levels[level].moves(-count, 0);
            model.levels[level].outside -= count;
        }
        ok()
    })
}

pub fn give_back(dice: &mut Dice, model: &Model) -> Play {
    let of = some_cart(dice, model);
    let command =
        Release { reservation: of.1.clone(), by: of.2.clone(), back_orders: &ServeOrders };
    once(request(dice.fresh()), command, done, move |model| {
        held(model, &of)?;
        end(model, of.0.number, Promise::GivenBack);
        model.serve_all();
        ok()
    })
}

pub fn hold_longer(dice: &mut Dice, model: &Model) -> Play {
    let of = some_cart(dice, model);
    let lifetime = lifetime(dice);
    let (reservation, by) = (of.1.clone(), of.2.clone());
    let command = Extend { reservation, by, lifetime: seconds(lifetime) };
    once(request(dice.fresh()), command, done, move |model| {
        let cart = held(model, &of)?;
        let until = cart.until.max(model.now + lifetime);
        model.carts.get_mut(&of.0.number).unwrap().until = until;
        ok()
    })
}

/// Time is looked at: what it has ended is free for others.
pub fn let_go(dice: &mut Dice, model: &Model) -> Play {
    let is_over = |it: &Cart| it.state == Promise::Held && !it.is_held(model.now);
    let cart = dice.name(NameKind::Reservation, &model.carts, is_over).number;
    let command = Expire { id: ReservationId(cart), back_orders: &ServeOrders };
    plain(format!("Expire reservation {cart}"), command, done, move |model| {
        let now = model.now;
        let there = model.carts.get(&cart);
        if there.is_some_and(|it| it.state == Promise::Held && !it.is_held(now)) {
            end(model, cart, Promise::Over);
            model.serve_all();
        }
        ok()
    })
}

/// As the books have it.
pub fn promise_of(seen: &reservations::State) -> Promise {
    match seen {
        reservations::State::Held => Promise::Held,
        reservations::State::Consumed { order, .. } => Promise::Sold(order.map(|it| it.0)),
        reservations::State::Released(_) => Promise::GivenBack,
        reservations::State::Expired => Promise::Over,
    }
}
