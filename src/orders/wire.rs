use std::collections::HashSet;

use serde::Serialize;
use time::Date;
use time::macros::format_description;

use super::{Address, Charge, Content, Handover, Line, Order, PlaceOrder, Placed, Status};
use crate::books::{Name, NameKind};
use crate::decimal::Decimal;
use crate::error::{Faults, Refusal, Result};
use crate::id::{ExternalId, Location, OrderId, Sku, SystemName};
use crate::money::Currency;
use crate::proto;
use crate::stock::LevelKey;
use crate::totals::{PartKind, PriceMode, RoundingMode, Tax};
use crate::wire::{self, timestamp};

const LINES_MAX: usize = 2_000;
const CHARGES_MAX: usize = 100;
const TAX_TOTALS_MAX: usize = 50;
const TAXES_MAX: usize = 10;

/// What a watcher wants to see.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filter {
    pub shop: Option<SystemName>,
}

/// Which order a request names.
pub enum Reference {
    Ours(OrderId),
    Theirs(Name),
}

/// An order to place; all faults at once, in the order of the fields.
pub fn place(
    request: proto::SubmitOrderRequest,
    shop: SystemName,
    id: OrderId,
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
    } = request;
    let mut faults = Faults::default();
    let external_id = faults.take("external_order_id", ExternalId::parse(&external_order_id));
    let order_date = date(&mut faults, &order_date);
    let currency = faults.take("currency_code", Currency::parse(&currency_code));
    // Where the currency is wrong, amounts are read as far as they can be.
    let places = currency.map_or(6, Currency::decimals);
    let price_mode = match price_mode {
        proto::PriceMode::Net => Some(PriceMode::Net),
        proto::PriceMode::Gross => Some(PriceMode::Gross),
        proto::PriceMode::Unspecified => {
            faults.push("price_mode", "must be NET or GROSS");
            None
        }
    };
    let rounding_mode = match rounding_mode {
        proto::RoundingMode::Line => Some(RoundingMode::Line),
        proto::RoundingMode::Document => Some(RoundingMode::Document),
        proto::RoundingMode::Unspecified => {
            faults.push("rounding_mode", "must be LINE or DOCUMENT");
            None
        }
    };
    let lines = self::lines(&mut faults, lines, places);
    let charges = self::charges(&mut faults, charges, places);
    if TAX_TOTALS_MAX < tax_totals.len() {
        faults.push("tax_totals", "must have at most 50 entries");
    }
    let tax_totals = taxes(&mut faults, "tax_totals", tax_totals, None, places, TAX_TOTALS_MAX);
    let total = faults.take("total", amount(&total, places, true));
    let shipping_address = address(&mut faults, "shipping_address", shipping_address);
    let billing_address = address(&mut faults, "billing_address", billing_address);
    text(&mut faults, "external_customer_id", &external_customer_id, 255);
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
        Some(PlaceOrder { id, shop, external_id: external_id?, content, lines })
    })
}

fn lines(faults: &mut Faults, lines: Vec<proto::OrderLine>, places: u32) -> Vec<Line> {
    if !(1..=LINES_MAX).contains(&lines.len()) {
        faults
            .push("lines", format!("must have 1 to {LINES_MAX} entries, and has {}", lines.len()));
        return Vec::new();
    }
    let mut ids = HashSet::new();
    let mut parsed = Vec::with_capacity(lines.len());
    for (nth, line) in lines.into_iter().enumerate() {
        let proto::OrderLine {
            line_id,
            sku,
            location,
            description,
            quantity,
            unit_price,
            discount,
            amount: given,
            taxes: given_taxes,
        } = line;
        let at = |field: &str| format!("lines[{nth}].{field}");
        let id = faults.take(at("line_id"), ExternalId::parse(&line_id));
        if id.clone().is_some_and(|it| !ids.insert(it)) {
            faults.push(at("line_id"), "must be unique within the order");
        }
        let sku = faults.take(at("sku"), Sku::parse(&sku));
        let location = faults.take(at("location"), Location::parse_or_main(&location));
        text(faults, &at("description"), &description, 1_000);
        let positive = |it: Decimal| {
            if it.is_positive() { Ok(it) } else { Err("must be more than 0".to_owned()) }
        };
        let ordered = faults.take(at("quantity"), Decimal::parse(&quantity).and_then(positive));
        let unit_price = faults.take(at("unit_price"), amount(&unit_price, 6, false));
        let discount = if discount.is_empty() { "0" } else { &discount };
        let discount = faults.take(at("discount"), amount(discount, places, false));
        let amount = faults.take(at("amount"), amount(&given, places, true));
        let taxes = taxes(faults, &at("taxes"), given_taxes, amount, places, TAXES_MAX);
        let whole = || {
            Some(Line {
                id: id?,
                level: LevelKey { sku: sku?, location: location? },
                description,
                ordered: ordered?,
                unit_price: unit_price?,
                discount: discount?,
                amount: amount?,
                taxes,
                cancelled: Decimal::ZERO,
                reserved: Decimal::ZERO,
                back_ordered: Decimal::ZERO,
                shipped: Decimal::ZERO,
                return_requested: Decimal::ZERO,
                received: Decimal::ZERO,
                sent_back: Decimal::ZERO,
                invoiced: Decimal::ZERO,
                reversed: Decimal::ZERO,
                credited_quantity: Decimal::ZERO,
                credited_amount: Decimal::ZERO,
                queue_position: 0,
            })
        };
        parsed.extend(whole());
    }
    parsed
}

fn charges(faults: &mut Faults, charges: Vec<proto::Charge>, places: u32) -> Vec<Charge> {
    if CHARGES_MAX < charges.len() {
        faults.push("charges", format!("must have at most {CHARGES_MAX} entries"));
        return Vec::new();
    }
    let mut ids = HashSet::new();
    let mut parsed = Vec::with_capacity(charges.len());
    for (nth, charge) in charges.into_iter().enumerate() {
        let kind = charge.kind();
        let proto::Charge { charge_id, kind: _, amount: given, taxes: given_taxes, description } =
            charge;
        let at = |field: &str| format!("charges[{nth}].{field}");
        let id = faults.take(at("charge_id"), ExternalId::parse(&charge_id));
        if id.clone().is_some_and(|it| !ids.insert(it)) {
            faults.push(at("charge_id"), "must be unique within the order");
        }
        let kind = match kind {
            proto::ChargeKind::Shipping => Some(PartKind::Shipping),
            proto::ChargeKind::Fee => Some(PartKind::Fee),
            proto::ChargeKind::Discount => Some(PartKind::Discount),
            proto::ChargeKind::CashRounding => Some(PartKind::CashRounding),
            proto::ChargeKind::Unspecified => {
                faults.push(at("kind"), "must be SHIPPING, FEE, DISCOUNT or CASH_ROUNDING");
                None
            }
        };
        let may_be_negative = kind == Some(PartKind::CashRounding);
        let amount = faults.take(at("amount"), amount(&given, places, may_be_negative));
        let taxes = taxes(faults, &at("taxes"), given_taxes, amount, places, TAXES_MAX);
        if may_be_negative && !taxes.is_empty() {
            faults.push(at("taxes"), "must be empty for cash rounding");
        }
        text(faults, &at("description"), &description, 1_000);
        let whole = || Some(Charge { id: id?, kind: kind?, amount: amount?, taxes, description });
        parsed.extend(whole());
    }
    parsed
}

/// Taxes of a part, whose bases default to all of its amount, or of the whole document.
fn taxes(
    faults: &mut Faults,
    path: &str,
    taxes: Vec<proto::Tax>,
    whole: Option<Decimal>,
    places: u32,
    count_max: usize,
) -> Vec<Tax> {
    if count_max < taxes.len() {
        faults.push(path, format!("must have at most {count_max} entries"));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut parsed = Vec::with_capacity(taxes.len());
    for (nth, proto::Tax { category, rate, base, amount: given }) in taxes.into_iter().enumerate() {
        let at = |field: &str| format!("{path}[{nth}].{field}");
        if category.is_empty() {
            faults.push(at("category"), "must not be empty");
        }
        text(faults, &at("category"), &category, 32);
        let within = |it: Decimal| {
            let fits = !it.is_negative() && it <= Decimal::whole(100);
            if fits { Ok(it) } else { Err("must be 0 to 100".to_owned()) }
        };
        let rate = faults.take(at("rate"), Decimal::parse(&rate).and_then(within));
        if rate.is_some_and(|it| !seen.insert((category.clone(), it))) {
            faults.push(format!("{path}[{nth}]"), "must name each category and rate once");
        }
        let base = match (base.as_str(), whole) {
            ("", Some(whole)) => Some(whole),
            (base, _) => faults.take(at("base"), amount(base, places, true)),
        };
        let tax = match given.as_str() {
            "" => Some(None),
            given => faults.take(at("amount"), amount(given, places, true)).map(Some),
        };
        let whole = || Some(Tax { category, rate: rate?, base: base?, amount: tax? });
        parsed.extend(whole());
    }
    parsed
}

fn amount(text: &str, places: u32, may_be_negative: bool) -> Result<Decimal, String> {
    let amount = Decimal::parse(text)?;
    if amount.has_more_places_than(places) {
        return Err(format!("must have at most {places} decimals"));
    }
    if amount.is_negative() && !may_be_negative {
        return Err("must not be negative".into());
    }
    Ok(amount)
}

fn date(faults: &mut Faults, text: &str) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let format = format_description!("[year]-[month]-[day]");
    let date = Date::parse(text, format).map_err(|_| "must be a date like 2026-11-23");
    faults.take("order_date", date)
}

fn text(faults: &mut Faults, path: &str, text: &str, bytes_max: usize) {
    if bytes_max < text.len() || text.contains('\0') {
        faults.push(path, format!("must have at most {bytes_max} bytes, and no NUL"));
    }
}

fn address(faults: &mut Faults, path: &str, address: Option<proto::Address>) -> Option<Address> {
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
        text(faults, &format!("{path}.{field}"), value, 255);
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

/// Which order is meant; an empty system is the caller.
pub fn reference(
    reference: Option<proto::OrderReference>,
    caller: &SystemName,
) -> Result<Reference> {
    use proto::order_reference::Reference as Given;
    let given = reference.and_then(|it| it.reference);
    let given = given.ok_or_else(|| Refusal::field("order", "must name an order"))?;
    match given {
        Given::OrderId(id) => {
            let id = OrderId::parse(&id).map_err(|it| Refusal::field("order.order_id", it))?;
            Ok(Reference::Ours(id))
        }
        Given::External(proto::ExternalReference { system, external_id }) => {
            let mut faults = Faults::default();
            let system = match system.as_str() {
                "" => Some(caller.clone()),
                system => faults.take("order.external.system", SystemName::parse(system)),
            };
            let id = faults.take("order.external.external_id", ExternalId::parse(&external_id));
            wire::all(faults, || {
                let (system, id) = (system?, id?.to_string());
                Some(Reference::Theirs(Name { system, kind: NameKind::Order, id }))
            })
        }
    }
}

pub fn filter(filter: Option<proto::OrderFilter>) -> Result<Filter> {
    shop_filter("filter.shop", &filter.unwrap_or_default().shop)
}

pub fn shop_filter(path: &str, shop: &str) -> Result<Filter> {
    if shop.is_empty() {
        return Ok(Filter::default());
    }
    let shop = SystemName::parse(shop).map_err(|it| Refusal::field(path, it))?;
    Ok(Filter { shop: Some(shop) })
}

pub fn promises(placed: &Placed, lines: &[ExternalId]) -> Vec<proto::OrderLinePromise> {
    let promise = |((reserved, back_ordered), id): (&(Decimal, Decimal), &ExternalId)| {
        proto::OrderLinePromise {
            line_id: id.to_string(),
            reserved: reserved.to_string(),
            back_ordered: back_ordered.to_string(),
        }
    };
    placed.promises.iter().zip(lines).map(promise).collect()
}

pub fn order(order: Order) -> proto::Order {
    let amounts_problem = order.must_add_up().err().map(proto::Problem::from);
    let status = match order.status() {
        Status::Open => proto::OrderStatus::Open,
        Status::Cancelled => proto::OrderStatus::Cancelled,
        Status::PartShipped => proto::OrderStatus::PartShipped,
        Status::Shipped => proto::OrderStatus::Shipped,
    };
    let Order { id, shop, external_id, placed_at, content, lines, handover, revision } = order;
    let (handover, erp_number) = match handover {
        Handover::Waiting => (proto::OrderHandover::Waiting, None),
        Handover::Acknowledged(number) => (proto::OrderHandover::Acknowledged, number),
        Handover::Parked => (proto::OrderHandover::Parked, None),
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
        price_mode: match content.price_mode {
            PriceMode::Net => proto::PriceMode::Net,
            PriceMode::Gross => proto::PriceMode::Gross,
        }
        .into(),
        rounding_mode: match content.rounding_mode {
            RoundingMode::Line => proto::RoundingMode::Line,
            RoundingMode::Document => proto::RoundingMode::Document,
        }
        .into(),
        quantities: lines.iter().map(|it| quantities(it, currency)).collect(),
        lines: lines.into_iter().map(line).collect(),
        charges: content.charges.into_iter().map(charge).collect(),
        tax_totals: content.tax_totals.into_iter().map(tax).collect(),
        total: content.total.to_string(),
        shipping_address: content.shipping_address.map(told_address),
        billing_address: content.billing_address.map(told_address),
        external_customer_id: content.external_customer_id,
        amounts_problem,
        handover: handover.into(),
        erp_number: erp_number.map(|it| it.to_string()).unwrap_or_default(),
        shipments: Vec::new(),
        invoices: Vec::new(),
    }
}

fn quantities(line: &Line, currency: Currency) -> proto::OrderLineQuantities {
    proto::OrderLineQuantities {
        ordered: line.ordered.to_string(),
        cancelled: line.cancelled.to_string(),
        reserved: line.reserved.to_string(),
        back_ordered: line.back_ordered.to_string(),
        shipped: line.shipped.to_string(),
        open: line.open().to_string(),
        current_amount: line.share_of(line.amount, currency).to_string(),
        current_discount: line.share_of(line.discount, currency).to_string(),
        over_shipped: line.over_shipped().to_string(),
        return_requested: line.return_requested.to_string(),
        received: line.received.to_string(),
        sent_back: line.sent_back.to_string(),
        invoiced: line.invoiced.to_string(),
        reversed: line.reversed.to_string(),
        credited_quantity: line.credited_quantity.to_string(),
        credited_amount: line.credited_amount.to_string(),
        to_credit: line.to_credit().to_string(),
    }
}

fn line(line: Line) -> proto::OrderLine {
    let Line { id, level, description, ordered, unit_price, discount, amount, taxes, .. } = line;
    proto::OrderLine {
        line_id: id.to_string(),
        sku: level.sku.to_string(),
        location: level.location.to_string(),
        description,
        quantity: ordered.to_string(),
        unit_price: unit_price.to_string(),
        discount: discount.to_string(),
        amount: amount.to_string(),
        taxes: taxes.into_iter().map(tax).collect(),
    }
}

fn charge(charge: Charge) -> proto::Charge {
    let Charge { id, kind, amount, taxes, description } = charge;
    let kind = match kind {
        PartKind::Shipping => proto::ChargeKind::Shipping,
        PartKind::Fee => proto::ChargeKind::Fee,
        PartKind::Discount => proto::ChargeKind::Discount,
        PartKind::CashRounding => proto::ChargeKind::CashRounding,
        PartKind::Goods => proto::ChargeKind::Unspecified,
    };
    proto::Charge {
        charge_id: id.to_string(),
        kind: kind.into(),
        amount: amount.to_string(),
        taxes: taxes.into_iter().map(tax).collect(),
        description,
    }
}

fn tax(Tax { category, rate, base, amount }: Tax) -> proto::Tax {
    let amount = amount.map(|it| it.to_string()).unwrap_or_default();
    proto::Tax { category, rate: rate.to_string(), base: base.to_string(), amount }
}

fn told_address(address: Address) -> proto::Address {
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
