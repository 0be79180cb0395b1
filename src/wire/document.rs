//! What all documents with amounts have in common, on the wire.

use std::collections::HashSet;
use std::fmt;

use super::{At, FieldPath, text};
use crate::decimal::Decimal;
use crate::error::Faults;
use crate::id::ExternalId;
use crate::proto;
use crate::totals::{Charge, PartKind, PriceMode, Priced, RoundingMode, Tax};

const CHARGES_MAX: usize = 100;
const TAX_TOTALS_MAX: usize = 50;
const TAXES_MAX: usize = 10;

/// Whether prices contain taxes.
pub fn price_mode(faults: &mut Faults, mode: proto::PriceMode) -> Option<PriceMode> {
    match mode {
        proto::PriceMode::Net => Some(PriceMode::Net),
        proto::PriceMode::Gross => Some(PriceMode::Gross),
        proto::PriceMode::Unspecified => {
            faults.push("price_mode", "must be NET or GROSS");
            None
        }
    }
}

/// Where taxes are rounded.
pub fn rounding_mode(faults: &mut Faults, mode: proto::RoundingMode) -> Option<RoundingMode> {
    match mode {
        proto::RoundingMode::Line => Some(RoundingMode::Line),
        proto::RoundingMode::Document => Some(RoundingMode::Document),
        proto::RoundingMode::Unspecified => {
            faults.push("rounding_mode", "must be LINE or DOCUMENT");
            None
        }
    }
}

/// Whether prices contain taxes.
pub fn told_price_mode(mode: PriceMode) -> proto::PriceMode {
    match mode {
        PriceMode::Net => proto::PriceMode::Net,
        PriceMode::Gross => proto::PriceMode::Gross,
    }
}

/// Where taxes are rounded.
pub fn told_rounding_mode(mode: RoundingMode) -> proto::RoundingMode {
    match mode {
        RoundingMode::Line => proto::RoundingMode::Line,
        RoundingMode::Document => proto::RoundingMode::Document,
    }
}

/// Which charges a document may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charged {
    /// What is charged beside goods.
    BesideGoods,
    /// That, and what was invoiced ahead of them.
    WithDeductions,
    /// What is paid ahead of goods, and nothing else.
    Prepayments,
}

impl Charged {
    fn kind(self, kind: proto::ChargeKind) -> Result<PartKind, &'static str> {
        use Charged::{BesideGoods, Prepayments, WithDeductions};
        use proto::ChargeKind as Kind;
        match (self, kind) {
            (BesideGoods | WithDeductions, Kind::Shipping) => Ok(PartKind::Shipping),
            (BesideGoods | WithDeductions, Kind::Fee) => Ok(PartKind::Fee),
            (BesideGoods | WithDeductions, Kind::Discount) => Ok(PartKind::Discount),
            (BesideGoods | WithDeductions, Kind::CashRounding) => Ok(PartKind::CashRounding),
            (WithDeductions, Kind::PrepaymentDeduction) => Ok(PartKind::PrepaymentDeduction),
            (Prepayments, Kind::Prepayment) => Ok(PartKind::Prepayment),
            (BesideGoods, _) => Err("must be SHIPPING, FEE, DISCOUNT or CASH_ROUNDING"),
            (WithDeductions, _) => {
                Err("must be SHIPPING, FEE, DISCOUNT, CASH_ROUNDING or PREPAYMENT_DEDUCTION")
            }
            (Prepayments, _) => Err("must be PREPAYMENT"),
        }
    }
}

/// What is charged beside goods or ahead of them; amounts have at most `places` decimals. Whoever may
/// deduct prepayments has taken the references to them out.
pub fn charges(
    faults: &mut Faults,
    charges: Vec<proto::Charge>,
    charged: Charged,
    places: u32,
) -> Vec<Charge> {
    if CHARGES_MAX < charges.len() {
        faults.push("charges", format!("must have at most {CHARGES_MAX} entries"));
        return Vec::new();
    }
    let mut ids = HashSet::new();
    let mut parsed = Vec::with_capacity(charges.len());
    for (nth, charge) in charges.into_iter().enumerate() {
        let kind = charge.kind();
        let proto::Charge {
            charge_id,
            kind: _,
            amount: given,
            taxes: given_taxes,
            description,
            prepayment_invoice,
        } = charge;
        let at = |field| FieldPath { rows: &"charges", nth, field };
        let id = faults.take(at("charge_id"), ExternalId::parse(&charge_id));
        if id.clone().is_some_and(|it| !ids.insert(it)) {
            faults.push(at("charge_id"), "must be unique within the document");
        }
        let kind = faults.take(at("kind"), charged.kind(kind));
        let may_be_negative = kind == Some(PartKind::CashRounding);
        let amount = faults.take(at("amount"), amount(&given, places, may_be_negative));
        let taxes = taxes(faults, &at("taxes"), given_taxes, amount, places);
        if may_be_negative && !taxes.is_empty() {
            faults.push(at("taxes"), "must be empty for cash rounding");
        }
        if matches!(kind, Some(PartKind::Prepayment | PartKind::PrepaymentDeduction)) {
            must_not_be_negative(faults, &at("taxes"), &taxes);
        }
        if prepayment_invoice.is_some() {
            faults.push(at("prepayment_invoice"), "must be absent unless one is deducted");
        }
        text(faults, at("description"), &description, 1_000);
        let whole = || Some(Charge { id: id?, kind: kind?, amount: amount?, taxes, description });
        parsed.extend(whole());
    }
    parsed
}

/// Taxes of what is paid ahead, which is never less than nothing.
pub fn must_not_be_negative(faults: &mut Faults, path: &dyn fmt::Display, taxes: &[Tax]) {
    for (nth, Tax { base, amount, .. }) in taxes.iter().enumerate() {
        for (field, it) in [("base", Some(*base)), ("amount", *amount)] {
            if it.is_some_and(Decimal::is_negative) {
                faults.push(format!("{path}[{nth}].{field}"), "must not be negative");
            }
        }
    }
}

/// A priced line as it was given.
pub struct Given {
    /// Units, more than zero.
    pub quantity: String,
    /// Not negative.
    pub unit_price: String,
    /// Not negative; empty: none.
    pub discount: String,
    /// What it comes to.
    pub amount: String,
    /// Its taxes.
    pub taxes: Vec<proto::Tax>,
}

/// A priced line; `at` is the path of its fields.
pub fn priced(faults: &mut Faults, at: At<'_>, given: Given, places: u32) -> Option<Priced> {
    let Given { quantity, unit_price, discount, amount: whole, taxes: given } = given;
    let quantity = faults.take(at("quantity"), positive(&quantity));
    let unit_price = faults.take(at("unit_price"), amount(&unit_price, 6, false));
    let discount = if discount.is_empty() { "0" } else { &discount };
    let discount = faults.take(at("discount"), amount(discount, places, false));
    let whole = faults.take(at("amount"), amount(&whole, places, true));
    let taxes = taxes(faults, &at("taxes"), given, whole, places);
    let (quantity, unit_price, discount) = (quantity?, unit_price?, discount?);
    Some(Priced { quantity, unit_price, discount, amount: whole?, taxes })
}

/// Units, more than zero.
pub fn positive(text: &str) -> Result<Decimal, String> {
    let quantity = Decimal::parse(text)?;
    if quantity.is_positive() { Ok(quantity) } else { Err("must be more than 0".into()) }
}

/// Taxes of the whole document.
pub fn tax_totals(faults: &mut Faults, taxes: Vec<proto::Tax>, places: u32) -> Vec<Tax> {
    parse_taxes(faults, &"tax_totals", taxes, Base::Needed, places, TAX_TOTALS_MAX)
}

/// Taxes of a part, whose bases default to all of its amount: to nothing if that is at fault itself.
pub fn taxes(
    faults: &mut Faults,
    path: &dyn fmt::Display,
    taxes: Vec<proto::Tax>,
    whole: Option<Decimal>,
    places: u32,
) -> Vec<Tax> {
    parse_taxes(faults, path, taxes, Base::Whole(whole), places, TAXES_MAX)
}

/// Taxes of a part whose amount was left out, so that nothing is their default.
pub fn taxes_alone(
    faults: &mut Faults,
    path: &dyn fmt::Display,
    taxes: Vec<proto::Tax>,
    places: u32,
) -> Vec<Tax> {
    parse_taxes(faults, path, taxes, Base::Needed, places, TAXES_MAX)
}

/// What a tax applies to where it does not say so.
#[derive(Clone, Copy)]
enum Base {
    /// It must say so.
    Needed,
    /// All of its part, if that could be read.
    Whole(Option<Decimal>),
}

fn parse_taxes(
    faults: &mut Faults,
    path: &dyn fmt::Display,
    taxes: Vec<proto::Tax>,
    default: Base,
    places: u32,
    count_max: usize,
) -> Vec<Tax> {
    if count_max < taxes.len() {
        faults.push(path.to_string(), format!("must have at most {count_max} entries"));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut parsed = Vec::with_capacity(taxes.len());
    for (nth, proto::Tax { category, rate, base, amount: given }) in taxes.into_iter().enumerate() {
        let at = |field| FieldPath { rows: path, nth, field };
        if category.is_empty() {
            faults.push(at("category"), "must not be empty");
        }
        text(faults, at("category"), &category, 32);
        let within = |it: Decimal| {
            let fits = !it.is_negative() && it <= Decimal::whole(100);
            if fits { Ok(it) } else { Err("must be 0 to 100".to_owned()) }
        };
        let rate = faults.take(at("rate"), Decimal::parse(&rate).and_then(within));
        if rate.is_some_and(|it| !seen.insert((category.clone(), it))) {
            faults.push(format!("{path}[{nth}]"), "must name each category and rate once");
        }
        let base = match (base.as_str(), default) {
            ("", Base::Whole(whole)) => whole,
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

/// An amount of money; `places` are the decimals of its currency.
pub fn amount(text: &str, places: u32, may_be_negative: bool) -> Result<Decimal, String> {
    let amount = Decimal::parse(text)?;
    if amount.has_more_places_than(places) {
        return Err(format!("must have at most {places} decimals"));
    }
    if amount.is_negative() && !may_be_negative {
        return Err("must not be negative".into());
    }
    Ok(amount)
}

/// A charge.
pub fn told_charge(charge: Charge) -> proto::Charge {
    let Charge { id, kind, amount, taxes, description } = charge;
    let kind = match kind {
        PartKind::Shipping => proto::ChargeKind::Shipping,
        PartKind::Fee => proto::ChargeKind::Fee,
        PartKind::Discount => proto::ChargeKind::Discount,
        PartKind::CashRounding => proto::ChargeKind::CashRounding,
        PartKind::Prepayment => proto::ChargeKind::Prepayment,
        PartKind::PrepaymentDeduction => proto::ChargeKind::PrepaymentDeduction,
        PartKind::Goods => proto::ChargeKind::Unspecified,
    };
    proto::Charge {
        charge_id: id.to_string(),
        kind: kind.into(),
        amount: amount.to_string(),
        taxes: taxes.into_iter().map(told_tax).collect(),
        description,
        prepayment_invoice: None,
    }
}

/// A tax.
pub fn told_tax(Tax { category, rate, base, amount }: Tax) -> proto::Tax {
    let amount = amount.map(|it| it.to_string()).unwrap_or_default();
    proto::Tax { category, rate: rate.to_string(), base: base.to_string(), amount }
}
