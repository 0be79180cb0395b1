use std::collections::HashSet;

use super::service::Attached;
use super::{
    Address, Content, Exchange, Hold, HoldOrder, Line, Opening, OpeningLine, Order, PaymentStatus,
    PlaceOrder, Placed, ResumeOrder, Status,
};
use crate::access::{Caller, SystemKind};
use crate::books::{NameKind, Named};
use crate::decimal::Decimal;
use crate::error::{Faults, Result};
use crate::id::{ExternalId, Location, OrderId, RequestId, Sku, SystemName};
use crate::inbox::Handover;
use crate::money::Currency;
use crate::proto;
use crate::reservations;
use crate::stock::LevelKey;
use crate::totals::Priced;
use crate::wire::{self, document, timestamp};

/// An order to place; all faults at once, in the order of the fields.
pub fn place(
    request: proto::SubmitOrderRequest,
    shop: SystemName,
    id: OrderId,
    exchange: &'static dyn Exchange,
) -> Result<PlaceOrder> {
    let (price_mode, rounding_mode) = (request.price_mode(), request.rounding_mode());
    let proto::SubmitOrderRequest {
        external_order_id,
        order_date,
        already_placed,
        allow_back_order,
        currency_code,
        price_mode: _,
        rounding_mode: _,
        lines,
        charges,
        tax_totals,
        total,
        shipping_address,
        billing_address,
        external_customer_id,
        external_reservation_id,
        opening,
        replaces_return,
    } = request;
    let mut faults = Faults::default();
    let external_id = faults.take("external_order_id", ExternalId::parse(&external_order_id));
    let order_date = wire::date(&mut faults, "order_date", &order_date);
    let currency = faults.take("currency_code", Currency::parse(&currency_code));
    // Where the currency is wrong, amounts are read as far as they can be.
    let places = currency.map_or(6, Currency::decimals);
    let price_mode = document::price_mode(&mut faults, price_mode);
    let rounding_mode = document::rounding_mode(&mut faults, rounding_mode);
    let lines = self::lines(&mut faults, lines, places);
    let charges = document::charges(&mut faults, charges, document::Charged::BesideGoods, places);
    let tax_totals = document::tax_totals(&mut faults, tax_totals, places);
    let total = faults.take("total", document::amount(&total, places, true));
    let shipping_address = address(&mut faults, "shipping_address", shipping_address);
    let billing_address = address(&mut faults, "billing_address", billing_address);
    wire::text(&mut faults, "external_customer_id", &external_customer_id, 255);
    let path = "external_reservation_id";
    let reservation = wire::given(&mut faults, path, &external_reservation_id, ExternalId::parse);
    let reservation = reservation.map(|it| Named::Theirs(reservations::name(&shop, &it)));
    let opening = opening.map(|it| self::opening(&mut faults, it));
    let already_placed = already_placed || opening.is_some();
    let replaces = replaces_return.and_then(|it| {
        let (path, kind) = ("replaces_return", NameKind::Return);
        wire::document_named(&mut faults, path, Some(it), &shop, kind)
    });
    wire::all(faults, || {
        let content = Content {
            order_date,
            already_placed,
            allow_back_order,
            currency: currency?,
            price_mode: price_mode?,
            rounding_mode: rounding_mode?,
            charges,
            tax_totals,
            total: total?,
            shipping_address,
            billing_address,
            external_customer_id,
        };
        Some(PlaceOrder {
            id,
            shop,
            external_id: external_id?,
            content,
            lines,
            reservation,
            opening,
            replaces,
            exchange,
        })
    })
}

fn opening(faults: &mut Faults, opening: proto::OpeningState) -> Opening {
    let taken_over = opening.taken_over.and_then(|it| {
        let erp = faults.take("opening.taken_over.system", SystemName::parse(&it.system));
        let number =
            faults.take("opening.taken_over.external_id", ExternalId::parse(&it.external_id));
        erp.zip(number)
    });
    let mut ids = HashSet::new();
    let mut lines = Vec::with_capacity(opening.lines.len());
    for (nth, line) in opening.lines.into_iter().enumerate() {
        let at = |field| wire::FieldPath { rows: &"opening.lines", nth, field };
        let id = faults.take(at("line_id"), ExternalId::parse(&line.line_id));
        if id.clone().is_some_and(|it| !ids.insert(it)) {
            faults.push(at("line_id"), "must name each line once");
        }
        let mut units = |field, text: &str| match text {
            "" => Some(Decimal::ZERO),
            text => faults.take(at(field), document::amount(text, 6, false)),
        };
        let (shipped, cancelled) =
            (units("shipped", &line.shipped), units("cancelled", &line.cancelled));
        if let (Some(line), Some(shipped), Some(cancelled)) = (id, shipped, cancelled) {
            lines.push(OpeningLine { line, shipped, cancelled });
        }
    }
    Opening { taken_over, lines }
}

pub fn lines(faults: &mut Faults, lines: Vec<proto::OrderLine>, places: u32) -> Vec<Line> {
    let mut ids = HashSet::new();
    wire::lines(faults, lines, |faults, at, line| {
        let proto::OrderLine {
            line_id,
            sku,
            location,
            description,
            quantity,
            unit_price,
            discount,
            amount,
            taxes,
        } = line;
        let id = faults.take(at("line_id"), ExternalId::parse(&line_id));
        if id.clone().is_some_and(|it| !ids.insert(it)) {
            faults.push(at("line_id"), "must be unique within the order");
        }
        let sku = faults.take(at("sku"), Sku::parse(&sku));
        let place_given = !location.is_empty();
        let location = faults.take(at("location"), Location::parse_or_main(&location));
        wire::text(faults, at("description"), &description, 1_000);
        let given = document::Given { quantity, unit_price, discount, amount, taxes };
        let ordered = document::priced(faults, at, given, places);
        let level = LevelKey { sku: sku?, location: location? };
        Some(Line { place_given, ..Line::new(id?, level, description, ordered?) })
    })
}

pub fn address(
    faults: &mut Faults,
    path: &str,
    address: Option<proto::Address>,
) -> Option<Address> {
    let proto::Address {
        name,
        company,
        street,
        street_extra,
        postal_code,
        city,
        region,
        country_code,
        email,
        phone,
    } = address?;
    let fields = [
        ("name", &name),
        ("company", &company),
        ("street", &street),
        ("street_extra", &street_extra),
        ("postal_code", &postal_code),
        ("city", &city),
        ("region", &region),
        ("email", &email),
        ("phone", &phone),
    ];
    for (field, value) in fields {
        wire::text(faults, format_args!("{path}.{field}"), value, 255);
    }
    let is_country =
        country_code.len() == 2 && country_code.bytes().all(|it| it.is_ascii_uppercase());
    if !country_code.is_empty() && !is_country {
        faults.push(format!("{path}.country_code"), "must be two capital letters of ISO 3166-1");
    }
    Some(Address {
        name,
        company,
        street,
        street_extra,
        postal_code,
        city,
        region,
        country_code,
        email,
        phone,
    })
}

pub fn promises(placed: &Placed, lines: &[ExternalId]) -> Vec<proto::OrderLinePromise> {
    let promise = |(nth, id): (usize, &ExternalId)| {
        let (reserved, back_ordered) = placed.promises.get(nth)?;
        Some(proto::OrderLinePromise {
            line_id: id.to_string(),
            reserved: reserved.to_string(),
            back_ordered: back_ordered.to_string(),
            location: placed.locations.get(nth).map(Location::to_string).unwrap_or_default(),
        })
    };
    lines.iter().enumerate().filter_map(promise).collect()
}

/// An order, and the documents that belong to it.
pub fn order(order: Order, attached: Attached) -> proto::Order {
    let payment_summary = Some(payments(&order));
    let amounts_problem = order.must_add_up().err().map(proto::Problem::from);
    let status = match order.status() {
        Status::Open => proto::OrderStatus::Open,
        Status::Cancelled => proto::OrderStatus::Cancelled,
        Status::PartShipped => proto::OrderStatus::PartShipped,
        Status::Shipped => proto::OrderStatus::Shipped,
    };
    let Order {
        id,
        shop,
        external_id,
        placed_at,
        content,
        lines,
        handover,
        hold,
        payments: _,
        documents: _,
        shop_version,
        replaces,
        wording: _,
        revision,
    } = order;
    let (handover, erp_number) = match handover {
        Handover::Waiting => (proto::OrderHandover::Waiting, None),
        Handover::Acknowledged(number) => (proto::OrderHandover::Acknowledged, number),
        Handover::Parked => (proto::OrderHandover::Parked, None),
        Handover::Withdrawn => (proto::OrderHandover::Withdrawn, None),
    };
    let currency = content.currency;
    proto::Order {
        order_id: id.to_string(),
        shop: shop.to_string(),
        external_order_id: external_id.to_string(),
        revision,
        place_time: Some(timestamp(placed_at)),
        order_date: content.order_date.map(|it| it.to_string()).unwrap_or_default(),
        already_placed: content.already_placed,
        allow_back_order: content.allow_back_order,
        status: status.into(),
        currency_code: currency.to_string(),
        price_mode: document::told_price_mode(content.price_mode).into(),
        rounding_mode: document::told_rounding_mode(content.rounding_mode).into(),
        quantities: lines.iter().map(|it| quantities(it, currency)).collect(),
        lines: lines.into_iter().map(line).collect(),
        charges: content.charges.into_iter().map(document::told_charge).collect(),
        tax_totals: content.tax_totals.into_iter().map(document::told_tax).collect(),
        total: content.total.to_string(),
        shipping_address: content.shipping_address.map(told_address),
        billing_address: content.billing_address.map(told_address),
        external_customer_id: content.external_customer_id,
        amounts_problem,
        handover: handover.into(),
        erp_number: erp_number.map(|it| it.to_string()).unwrap_or_default(),
        shipments: attached.shipments,
        invoices: attached.invoices,
        payment_summary,
        payments: attached.payments,
        hold: hold.map(told_hold),
        cancellations: attached.cancellations,
        shop_version,
        amendments: attached.amendments,
        replaces_return_id: replaces.map(|it| it.to_string()).unwrap_or_default(),
    }
}

fn told_hold(hold: Hold) -> proto::OrderHold {
    let Hold { by, reason, at } = hold;
    proto::OrderHold { system: by.to_string(), reason, hold_time: Some(timestamp(at)) }
}

pub fn hold(request: proto::HoldOrderRequest, caller: Caller) -> Result<(RequestId, HoldOrder)> {
    let proto::HoldOrderRequest { request_id, order, reason } = request;
    let (by, by_erp) = (caller.system, caller.kind == SystemKind::Erp);
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let order = wire::order_named(&mut faults, "order", order, &by);
    if reason.is_empty() {
        faults.push("reason", "must say why");
    }
    wire::text(&mut faults, "reason", &reason, 1_000);
    wire::all(faults, || Some((request_id?, HoldOrder { order: order?, by, reason, by_erp })))
}

pub fn resume(
    request: proto::ResumeOrderRequest,
    caller: Caller,
) -> Result<(RequestId, ResumeOrder)> {
    let proto::ResumeOrderRequest { request_id, order } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let order = wire::order_named(&mut faults, "order", order, &caller.system);
    wire::all(faults, || Some((request_id?, ResumeOrder { order: order? })))
}

/// What was paid of an order, in sum.
pub fn payments(order: &Order) -> proto::PaymentSummary {
    let (payments, total) = (&order.payments, order.content.total);
    let status = match payments.status(total) {
        PaymentStatus::Unpaid => proto::PaymentStatus::Unpaid,
        PaymentStatus::Authorised => proto::PaymentStatus::Authorised,
        PaymentStatus::PartPaid => proto::PaymentStatus::PartPaid,
        PaymentStatus::Paid => proto::PaymentStatus::Paid,
        PaymentStatus::Refunded => proto::PaymentStatus::Refunded,
        PaymentStatus::ChargedBack => proto::PaymentStatus::ChargedBack,
    };
    proto::PaymentSummary {
        status: status.into(),
        currency_code: order.content.currency.to_string(),
        authorised: payments.authorised.to_string(),
        captured: payments.captured.to_string(),
        refunded: payments.refunded.to_string(),
        charged_back: payments.charged_back.to_string(),
        paid: payments.paid().to_string(),
        total: total.to_string(),
    }
}

fn quantities(line: &Line, currency: Currency) -> proto::OrderLineQuantities {
    proto::OrderLineQuantities {
        ordered: line.ordered.quantity.to_string(),
        cancelled: line.cancelled.to_string(),
        reserved: line.reserved().to_string(),
        back_ordered: line.back_ordered().to_string(),
        shipped: line.shipped.to_string(),
        open: line.open().to_string(),
        current_amount: line.share_of(line.ordered.amount, currency).to_string(),
        current_discount: line.share_of(line.ordered.discount, currency).to_string(),
        over_shipped: line.over_shipped().to_string(),
        return_requested: line.return_requested.to_string(),
        received: line.received.to_string(),
        sent_back: line.sent_back.to_string(),
        invoiced: line.invoiced.to_string(),
        reversed: line.reversed.to_string(),
        credited_quantity: line.credited_quantity.to_string(),
        credited_amount: line.credited_amount.to_string(),
        to_credit: line.to_credit().to_string(),
        cancel_requested: line.cancel_requested.to_string(),
        lost: line.lost.to_string(),
    }
}

pub fn line(line: Line) -> proto::OrderLine {
    let Line { id, level, description, ordered, .. } = line;
    let Priced { quantity, unit_price, discount, amount, taxes } = ordered;
    proto::OrderLine {
        line_id: id.to_string(),
        sku: level.sku.to_string(),
        location: level.location.to_string(),
        description,
        quantity: quantity.to_string(),
        unit_price: unit_price.to_string(),
        discount: discount.to_string(),
        amount: amount.to_string(),
        taxes: taxes.into_iter().map(document::told_tax).collect(),
    }
}

pub fn told_address(address: Address) -> proto::Address {
    let Address {
        name,
        company,
        street,
        street_extra,
        postal_code,
        city,
        region,
        country_code,
        email,
        phone,
    } = address;
    proto::Address {
        name,
        company,
        street,
        street_extra,
        postal_code,
        city,
        region,
        country_code,
        email,
        phone,
    }
}
