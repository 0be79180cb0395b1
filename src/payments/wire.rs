use super::{Event, Payment, Record};
use crate::access::{Caller, SystemKind};
use crate::documents::ByShop;
use crate::error::{Faults, Result};
use crate::id::ExternalId;
use crate::money::Currency;
use crate::proto;
use crate::wire::{self, document, timestamp};

pub fn record(request: proto::RecordPaymentRequest, caller: Caller) -> Result<Record> {
    let event = request.event();
    let proto::RecordPaymentRequest {
        external_payment_id,
        order,
        event: _,
        currency_code,
        amount,
        event_time,
        method,
        reference,
    } = request;
    let mut faults = Faults::default();
    let external_id = faults.take("external_payment_id", ExternalId::parse(&external_payment_id));
    let order = wire::order_named(&mut faults, "order", order, &caller.system);
    let event = self::event(event);
    if event.is_none() {
        faults.push("event", "must be AUTHORISED, CAPTURED, REFUNDED, FAILED or CHARGED_BACK");
    }
    let currency = faults.take("currency_code", Currency::parse(&currency_code));
    // Where the currency is wrong, the amount is read as far as it can be.
    let places = currency.map_or(6, Currency::decimals);
    let within = document::amount(&amount, places, false).and_then(|_| document::positive(&amount));
    let amount = faults.take("amount", within);
    let event_time = event_time
        .and_then(|it| faults.take("event_time", wire::parse_instant(it).map_err(str::to_owned)));
    wire::text(&mut faults, "method", &method, 64);
    wire::text(&mut faults, "reference", &reference, 255);
    let (for_erp, sees) = (caller.kind != SystemKind::Erp, ByShop::seen_by(&caller));
    wire::all(faults, || {
        Some(Record {
            system: caller.system,
            external_id: external_id?,
            order: order?,
            event: event?,
            currency: currency?,
            amount: amount?,
            event_time,
            method,
            reference,
            for_erp,
            sees,
        })
    })
}

fn event(event: proto::PaymentEvent) -> Option<Event> {
    match event {
        proto::PaymentEvent::Unspecified => None,
        proto::PaymentEvent::Authorised => Some(Event::Authorised),
        proto::PaymentEvent::Captured => Some(Event::Captured),
        proto::PaymentEvent::Refunded => Some(Event::Refunded),
        proto::PaymentEvent::Failed => Some(Event::Failed),
        proto::PaymentEvent::ChargedBack => Some(Event::ChargedBack),
    }
}

/// As it is told.
pub fn payment(payment: Payment) -> proto::Payment {
    let Payment {
        id,
        system,
        external_id,
        order,
        event,
        currency,
        amount,
        event_time,
        method,
        reference,
        recorded_at,
        revision,
    } = payment;
    let event = match event {
        Event::Authorised => proto::PaymentEvent::Authorised,
        Event::Captured => proto::PaymentEvent::Captured,
        Event::Refunded => proto::PaymentEvent::Refunded,
        Event::Failed => proto::PaymentEvent::Failed,
        Event::ChargedBack => proto::PaymentEvent::ChargedBack,
    };
    proto::Payment {
        payment_id: id.to_string(),
        system: system.to_string(),
        external_payment_id: external_id.to_string(),
        order_id: order.to_string(),
        event: event.into(),
        currency_code: currency.to_string(),
        amount: amount.to_string(),
        event_time: event_time.map(timestamp),
        method,
        reference,
        record_time: Some(timestamp(recorded_at)),
        revision,
    }
}
