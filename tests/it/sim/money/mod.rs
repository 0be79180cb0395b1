//! Money, in minor units: what parts of documents come to, and their taxes.

mod correction;
mod credit;
mod invoice;
mod paper;
mod prepaid;
mod settle;

use std::collections::BTreeMap;

use erpsync::decimal::Decimal;
use erpsync::totals::{Charge, PartKind, PriceMode, Priced, RoundingMode, Tax};

use super::dice::{id, units};
pub use credit::{credit, credit_freely, issue, line, pay_back, reduce, refund};
pub use invoice::{deduct, invoice, prepay};
pub use paper::{Invoice, Note};
pub use prepaid::Sums;
pub use settle::settle;

/// In tenths of a percent.
pub const RATES: [i64; 3] = [190, 70, 81];

/// How many decimals a currency has.
pub fn places(currency: &str) -> u32 {
    match currency {
        "JPY" => 0,
        "KWD" => 3,
        _ => 2,
    }
}

/// So many of the last of so many places.
pub fn decimal(minor: i128, places: u32) -> Decimal {
    Decimal::from_millionths(minor * 10_i128.pow(6 - places)).unwrap()
}

/// A quotient, half away from zero.
pub fn rounded(dividend: i128, divisor: i128) -> i128 {
    let half_more = (2 * dividend.abs() + divisor) / (2 * divisor);
    if dividend < 0 { -half_more } else { half_more }
}

/// What a part of the whole has of something.
pub fn share_of(of: i128, part: i128, whole: i128) -> i128 {
    let sign = if whole < 0 { -1 } else { 1 };
    rounded(sign * of * part, whole.abs())
}

/// What so many units come to, at a price in millionths.
pub fn value(currency: &str, price: i64, count: i64) -> i128 {
    rounded(i128::from(price) * i128::from(count), 10_i128.pow(6 - places(currency)))
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    pub is_net: bool,
    /// Whether taxes are rounded on each line, or once on the document.
    pub per_line: bool,
}

impl Mode {
    pub const ALL: [Mode; 4] = [
        Mode { is_net: true, per_line: true },
        Mode { is_net: true, per_line: false },
        Mode { is_net: false, per_line: true },
        Mode { is_net: false, per_line: false },
    ];

    /// What a rate makes of an amount.
    pub fn tax(self, amount: i128, rate: i64) -> i128 {
        let whole = if self.is_net { 1000 } else { 1000 + rate };
        rounded(amount * i128::from(rate), i128::from(whole))
    }

    pub fn price(self) -> PriceMode {
        if self.is_net { PriceMode::Net } else { PriceMode::Gross }
    }

    pub fn rounding(self) -> RoundingMode {
        if self.per_line { RoundingMode::Line } else { RoundingMode::Document }
    }
}

/// A tax of a part: of what, and how much. Where taxes are rounded on the document, how much is not
/// said of a part; of a deduction it is what that takes of its prepayment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levy {
    pub rate: i64,
    pub base: i128,
    pub tax: i128,
}

/// A line or a charge of a document.
#[derive(Clone, Debug)]
pub struct Part {
    pub kind: PartKind,
    /// The order's line, where it is one.
    pub order_line: usize,
    pub price: i64,
    pub units: i64,
    /// Taken off a line.
    pub discount: i128,
    /// What lowers the total is negative, with its taxes.
    pub amount: i128,
    pub levies: Vec<Levy>,
    pub credited: i64,
    /// What was credited when its price was last reduced.
    pub reduced: Option<Reduced>,
}

/// What of a line was credited at one time; units credited since share the rest.
#[derive(Clone, Debug)]
pub struct Reduced {
    pub units: i64,
    pub amount: i128,
    /// Bases and taxes, by levy.
    pub levies: Vec<(i128, i128)>,
}

impl Default for Part {
    fn default() -> Part {
        Part {
            kind: PartKind::Goods,
            order_line: 0,
            price: 0,
            units: 1,
            discount: 0,
            amount: 0,
            levies: vec![],
            credited: 0,
            reduced: None,
        }
    }
}

/// Of each rate: what it is of, and how much it is.
pub type Taxes = BTreeMap<i64, (i128, i128)>;

impl Part {
    pub fn charge(kind: PartKind, amount: i128) -> Part {
        Part { kind, amount, ..Part::default() }
    }

    #[must_use]
    pub fn off(self, discount: i64) -> Part {
        Part { discount: discount.into(), ..self }
    }

    /// Under these rates, each of so much of it.
    #[must_use]
    pub fn taxed(self, mode: Mode, of: impl IntoIterator<Item = (i64, i128)>) -> Part {
        let tax = |rate, base| if mode.per_line { mode.tax(base, rate) } else { 0 };
        let levy = |(rate, base)| Levy { rate, base, tax: tax(rate, base) };
        Part { levies: of.into_iter().map(levy).collect(), ..self }
    }

    pub fn is_deduction(&self) -> bool {
        self.kind == PartKind::PrepaymentDeduction
    }

    /// What was credited of it: amount, and of each levy base and tax. After k of n units since its
    /// price was last reduced, the k-th share of what was left then.
    pub fn given(&self) -> (i128, Vec<(i128, i128)>) {
        let never = Reduced { units: 0, amount: 0, levies: vec![(0, 0); self.levies.len()] };
        let before = self.reduced.as_ref().unwrap_or(&never);
        let (since, left) = (self.credited - before.units, self.units - before.units);
        let reached = |whole: i128, before: i128| match left {
            0 => before,
            _ => before + rounded((whole - before) * i128::from(since), left.into()),
        };
        let levies = self.levies.iter().zip(&before.levies);
        let levies =
            levies.map(|(it, before)| (reached(it.base, before.0), reached(it.tax, before.1)));
        (reached(self.amount, before.amount), levies.collect())
    }

    /// Takes an amount off what is left of it, and the same share of each tax; `false` where it is
    /// less. Of bases in such a way that they are lowered by it together.
    pub fn reduce(&mut self, by: i128) -> bool {
        let (amount, levies) = self.given();
        let left = self.amount - amount;
        if left < by {
            return false;
        }
        let (mut passed, mut reduced) = (0, Vec::new());
        for (levy, (base, tax)) in self.levies.iter().zip(levies) {
            let before = share_of(by, passed, left);
            passed += levy.base - base;
            let of_base = share_of(by, passed, left) - before;
            reduced.push((base + of_base, tax + share_of(levy.tax - tax, by, left)));
        }
        self.reduced = Some(Reduced { units: self.credited, amount: amount + by, levies: reduced });
        true
    }

    /// As the API says it: what lowers the total is positive there.
    fn told(&self, amount: i128) -> i128 {
        let is_lower = matches!(self.kind, PartKind::Discount | PartKind::PrepaymentDeduction);
        if is_lower { -amount } else { amount }
    }

    fn told_taxes(&self, currency: &str, mode: Mode) -> Vec<Tax> {
        let told = |it: &Levy| {
            let tax = mode.per_line.then_some(self.told(it.tax));
            told_tax(currency, it.rate, self.told(it.base), tax)
        };
        self.levies.iter().map(told).collect()
    }

    /// As a line.
    pub fn priced(&self, currency: &str, mode: Mode) -> Priced {
        Priced {
            quantity: units(self.units),
            unit_price: decimal(self.price.into(), 6),
            discount: decimal(self.discount, places(currency)),
            amount: decimal(self.amount, places(currency)),
            taxes: self.told_taxes(currency, mode),
        }
    }

    /// As a charge.
    pub fn charged(&self, currency: &str, mode: Mode, nth: usize) -> Charge {
        Charge {
            id: id(nth),
            kind: self.kind,
            amount: decimal(self.told(self.amount), places(currency)),
            taxes: self.told_taxes(currency, mode),
            description: String::new(),
        }
    }
}

pub fn told_tax(currency: &str, rate: i64, base: i128, tax: Option<i128>) -> Tax {
    let minor = |it| decimal(it, places(currency));
    let rate = decimal(rate.into(), 1);
    Tax { category: "S".into(), rate, base: minor(base), amount: tax.map(minor) }
}

pub fn told_totals(currency: &str, taxes: &Taxes) -> Vec<Tax> {
    let told = taxes.iter().map(|(rate, it)| told_tax(currency, *rate, it.0, Some(it.1)));
    told.collect()
}

/// Taxes of a whole document, and what it comes to.
pub fn add_up<'a>(mode: Mode, parts: impl IntoIterator<Item = &'a Part>) -> (Taxes, i128) {
    let (mut taxes, mut total) = (Taxes::new(), 0);
    for part in parts {
        total += part.amount;
        for levy in &part.levies {
            let sum = taxes.entry(levy.rate).or_default();
            sum.0 += levy.base;
            sum.1 += levy.tax;
        }
    }
    for (rate, (base, tax)) in taxes.iter_mut().filter(|_| !mode.per_line) {
        *tax = mode.tax(*base, *rate);
    }
    let on_top: i128 = taxes.values().map(|it| it.1).sum();
    (taxes, total + if mode.is_net { on_top } else { 0 })
}
