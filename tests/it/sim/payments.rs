//! What happened to payments.

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::payments::{Event, Record};

use super::dice::{Dice, erp, id, units};
use super::model::{Model, Payment, Thing};
use super::play::{Play, fact, ok};

/// In the order in which an order sums them up; the last it does not.
pub const EVENTS: [Event; 5] =
    [Event::Authorised, Event::Captured, Event::Refunded, Event::ChargedBack, Event::Failed];

pub fn pay(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Payment);
    let order = dice.order(model, |_| true);
    let (event, amount) = (dice.below(5) as usize, dice.few());
    let (named, for_erp) = (dice.named(order), dice.one_in(2));
    let currency = dice.some_currency();
    let is_ours = currency == dice.currency();
    let command = Record {
        system: erp(),
        external_id: id(number),
        order: named.clone(),
        event: EVENTS[event],
        currency,
        amount: units(amount),
        event_time: None,
        method: String::new(),
        reference: String::new(),
        for_erp,
        sees: Default::default(),
    };
    let kept = &[Reason::WaitsForDocument, Reason::CurrencyMismatch];
    fact(number, dice.parked(), kept, command, move |model| {
        let order = model.order_of(order, &named, true)?;
        if !is_ours {
            return Err(Reason::CurrencyMismatch.into());
        }
        if let Some(sum) = model.orders.get_mut(&order).unwrap().paid.get_mut(event) {
            *sum += amount;
        }
        if for_erp {
            model.offer_behind(order, NameKind::Payment, number);
        }
        model.payments.insert(number, Payment { order, event, amount });
        model.wake(Thing::of(NameKind::Payment, number));
        ok()
    })
}
