//! What it means for a document to add up.
//!
//! lines + shipping + fees - discounts (+ taxes if prices are net) = total, per tax rate and in
//! sum, in one currency. What does not add up is refused with both sums, never adjusted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::ExternalId;
use crate::money::Currency;

/// Whether prices contain their taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceMode {
    /// Taxes come on top.
    Net,
    /// Taxes are inside.
    Gross,
}

/// Where taxes are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// On each line and charge.
    Line,
    /// Once for each rate of the document.
    Document,
}

impl PriceMode {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PriceMode::Net => "net",
            PriceMode::Gross => "gross",
        }
    }

    /// The mode of this name.
    pub fn parse(text: &str) -> Option<PriceMode> {
        [PriceMode::Net, PriceMode::Gross].into_iter().find(|it| it.as_str() == text)
    }
}

impl RoundingMode {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            RoundingMode::Line => "line",
            RoundingMode::Document => "document",
        }
    }

    /// The mode of this name.
    pub fn parse(text: &str) -> Option<RoundingMode> {
        [RoundingMode::Line, RoundingMode::Document].into_iter().find(|it| it.as_str() == text)
    }
}

/// What a part of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A line of goods.
    Goods,
    /// Adds to the total.
    Shipping,
    /// Adds to the total.
    Fee,
    /// Lowers the total; its amount is positive.
    Discount,
    /// Adds to the total, or lowers it if negative. Has no taxes.
    CashRounding,
    /// Paid ahead of goods: adds to the total.
    Prepayment,
    /// Invoiced ahead of these goods: lowers the total; its amount is positive.
    PrepaymentDeduction,
}

impl PartKind {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PartKind::Goods => "goods",
            PartKind::Shipping => "shipping",
            PartKind::Fee => "fee",
            PartKind::Discount => "discount",
            PartKind::CashRounding => "cash_rounding",
            PartKind::Prepayment => "prepayment",
            PartKind::PrepaymentDeduction => "prepayment_deduction",
        }
    }

    /// An amount of such a part, as far as it counts in the total.
    pub fn signed(self, amount: Decimal) -> Decimal {
        match self {
            PartKind::Discount | PartKind::PrepaymentDeduction => amount.negated(),
            PartKind::Goods
            | PartKind::Shipping
            | PartKind::Fee
            | PartKind::CashRounding
            | PartKind::Prepayment => amount,
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<PartKind> {
        use PartKind::*;
        let all = [Goods, Shipping, Fee, Discount, CashRounding, Prepayment, PrepaymentDeduction];
        all.into_iter().find(|it| it.as_str() == text)
    }
}

/// A tax, by its category and rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// The merchant's own code: `S`, `reduced`.
    pub category: String,
    /// Percent: 19 is 19 %.
    pub rate: Decimal,
    /// The part of the amount that it applies to, as the price mode has it.
    pub base: Decimal,
    /// The tax; `None` on parts of a document that rounds once for each rate.
    pub amount: Option<Decimal>,
}

impl Tax {
    /// Whether it is of the same category and rate.
    pub fn is_alike(&self, other: &Tax) -> bool {
        (&self.category, self.rate) == (&other.category, other.rate)
    }
}

/// What is charged beside goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Its id where it was written.
    pub id: ExternalId,
    /// What it is.
    pub kind: PartKind,
    /// How much.
    pub amount: Decimal,
    /// Its taxes.
    pub taxes: Vec<Tax>,
    /// For people.
    pub description: String,
}

impl Charge {
    /// As far as it counts, at its place.
    pub fn part(&self, nth: usize) -> Part<'_> {
        let Charge { kind, amount, ref taxes, .. } = *self;
        Part { path: format!("charges[{nth}]"), kind, amount, taxes }
    }
}

/// A line or a charge, as far as it counts.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// How it is named in a refusal: `lines[3]`.
    pub path: String,
    /// What it is.
    pub kind: PartKind,
    /// How much.
    pub amount: Decimal,
    /// Its own taxes.
    pub taxes: &'a [Tax],
}

/// A document, as far as it must add up.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// In which currency.
    pub currency: Currency,
    /// Whether prices contain taxes.
    pub price_mode: PriceMode,
    /// Where taxes are rounded.
    pub rounding_mode: RoundingMode,
    /// Lines and charges.
    pub parts: Vec<Part<'a>>,
    /// Taxes of the whole document, by category and rate.
    pub tax_totals: &'a [Tax],
    /// What is to be paid.
    pub total: Decimal,
}

impl Document<'_> {
    /// Fine, or the first sum that is wrong, with both figures.
    pub fn must_add_up(&self) -> Result<()> {
        // What is deducted is measured by what is left of its prepayment.
        let parts = self.parts.iter().filter(|it| it.kind != PartKind::PrepaymentDeduction);
        for part in parts {
            part.taxes.iter().try_for_each(|tax| self.base_must_be_within(part, tax))?;
        }
        self.sums_must_agree()
    }

    /// The same of what is left of a document: less may be left than what bears a tax.
    pub fn sums_must_agree(&self) -> Result<()> {
        let mut by_rate: BTreeMap<(&str, Decimal), (Decimal, Decimal)> = BTreeMap::new();
        let mut sum = Vec::new();
        self.cash_rounding_must_be_small()?;
        for part in &self.parts {
            let sign = |it: Decimal| part.kind.signed(it);
            sum.push(sign(part.amount));
            for tax in part.taxes {
                let amount = self.tax_of_part(part, tax)?;
                let key = (tax.category.as_str(), tax.rate);
                let (base, taxed) = by_rate.entry(key).or_default();
                *base = base.try_add(sign(tax.base))?;
                *taxed = taxed.try_add(sign(amount))?;
            }
        }
        for given in self.tax_totals {
            let what = format!("tax total {} {} %", given.category, given.rate);
            let key = (given.category.as_str(), given.rate);
            let (base, taxed) = by_rate.remove(&key).unwrap_or_default();
            self.must_be(&format!("{what}: base"), given.base, base)?;
            let amount = given.amount.unwrap_or_default();
            match self.rounding_mode {
                RoundingMode::Line => self.must_be(&what, amount, taxed)?,
                RoundingMode::Document => self.must_be_near(&what, amount, given)?,
            }
            if self.price_mode == PriceMode::Net {
                sum.push(amount);
            }
        }
        if let Some(((category, rate), (base, _))) = by_rate.into_iter().next() {
            return Err(self.wrong(
                &format!("tax total {category} {rate} %: base"),
                Decimal::ZERO,
                base,
            ));
        }
        self.must_be("total", self.total, Decimal::try_sum(sum)?)
    }

    /// Rounding to what coins there are is no line for whatever does not add up.
    fn cash_rounding_must_be_small(&self) -> Result<()> {
        let parts = self.parts.iter().filter(|it| it.kind == PartKind::CashRounding);
        let rounding = Decimal::try_sum(parts.map(|it| it.amount))?;
        let most = self.currency.cash_rounding_max();
        if rounding.abs() <= most {
            Ok(())
        } else {
            Err(self.wrong("cash rounding", rounding, most))
        }
    }

    /// A tax applies to what a part comes to, or to some of it; two may apply to the same.
    fn base_must_be_within(&self, part: &Part<'_>, tax: &Tax) -> Result<()> {
        let (zero, base, amount) = (Decimal::ZERO, tax.base, part.amount);
        if (amount.min(zero)..=amount.max(zero)).contains(&base) {
            Ok(())
        } else {
            Err(self.wrong(&format!("{}.taxes: base", part.path), base, amount))
        }
    }

    /// The tax of a part: present exactly where the document rounds on parts.
    fn tax_of_part(&self, part: &Part<'_>, tax: &Tax) -> Result<Decimal> {
        let path = format!("{}.taxes", part.path);
        match (self.rounding_mode, tax.amount) {
            (RoundingMode::Line, Some(amount)) => {
                self.must_be_near(&path, amount, tax)?;
                Ok(amount)
            }
            (RoundingMode::Document, None) => Ok(Decimal::ZERO),
            (RoundingMode::Line, None) => {
                Err(Refusal::field(path, "must have amounts, because taxes are rounded per line"))
            }
            (RoundingMode::Document, Some(_)) => Err(Refusal::field(
                path,
                "must have no amounts, because taxes are rounded per document",
            )),
        }
    }

    /// A tax may differ from its rate by one minor unit, because it was rounded.
    fn must_be_near(&self, what: &str, given: Decimal, tax: &Tax) -> Result<()> {
        let hundred = Decimal::whole(100);
        let whole = match self.price_mode {
            PriceMode::Net => hundred,
            PriceMode::Gross => hundred.try_add(tax.rate)?,
        };
        let computed = Decimal::share(tax.base, tax.rate, whole, self.currency.decimals())?;
        let apart = given.try_sub(computed)?.abs();
        if apart <= self.currency.minor_unit() {
            Ok(())
        } else {
            Err(self.wrong(what, given, computed))
        }
    }

    fn must_be(&self, what: &str, given: Decimal, computed: Decimal) -> Result<()> {
        if given == computed { Ok(()) } else { Err(self.wrong(what, given, computed)) }
    }

    fn wrong(&self, what: &str, given: Decimal, computed: Decimal) -> Refusal {
        does_not_add_up(what, self.currency, given, computed)
    }
}

/// What is sold of one article, at what price, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priced {
    /// Units.
    pub quantity: Decimal,
    /// Of a unit.
    pub unit_price: Decimal,
    /// Taken off the line.
    pub discount: Decimal,
    /// What it comes to.
    pub amount: Decimal,
    /// Its taxes.
    pub taxes: Vec<Tax>,
}

impl Priced {
    /// As far as it counts, at its place.
    pub fn part(&self, nth: usize) -> Part<'_> {
        let path = format!("lines[{nth}]");
        Part { path, kind: PartKind::Goods, amount: self.amount, taxes: &self.taxes }
    }

    /// The line's amount is its quantity times its price less its discount, to the cent.
    pub fn must_add_up(&self, currency: Currency, nth: usize) -> Result<()> {
        let Priced { quantity, unit_price, discount, amount, .. } = *self;
        let computed = line_amount(currency, quantity, unit_price, discount)?;
        if computed == amount {
            return Ok(());
        }
        let part = format!("lines[{nth}]");
        Err(does_not_add_up(&part, currency, amount, computed))
    }
}

/// The refusal of a sum that is wrong, with both figures.
pub fn does_not_add_up(
    what: &str,
    currency: Currency,
    given: Decimal,
    computed: Decimal,
) -> Refusal {
    let message = format!(
        "the amounts do not add up: {what} is given as {currency} {given}, and comes to {currency} {computed}"
    );
    Refusal::new(Reason::AmountsDoNotAddUp, message)
        .with("part", what)
        .with("given", given)
        .with("computed", computed)
        .with("currency_code", currency)
}

/// What a line of goods comes to: quantity times price, rounded to the currency, less its discount.
pub fn line_amount(
    currency: Currency,
    quantity: Decimal,
    unit_price: Decimal,
    discount: Decimal,
) -> Result<Decimal> {
    quantity.times(unit_price, currency.decimals())?.try_sub(discount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn tax(rate: &str, base: &str, amount: Option<&str>) -> Tax {
        Tax { category: "S".into(), rate: d(rate), base: d(base), amount: amount.map(d) }
    }

    struct Given {
        currency: &'static str,
        modes: (PriceMode, RoundingMode),
        parts: Vec<(PartKind, &'static str, Vec<Tax>)>,
        tax_totals: Vec<Tax>,
    }

    #[track_caller]
    fn check(given: &Given, total: &str, expected: Result<(), (&str, &str)>) {
        let parts = given.parts.iter().map(|(kind, amount, taxes)| Part {
            path: "part".into(),
            kind: *kind,
            amount: d(amount),
            taxes,
        });
        let document = Document {
            currency: Currency::parse(given.currency).unwrap(),
            price_mode: given.modes.0,
            rounding_mode: given.modes.1,
            parts: parts.collect(),
            tax_totals: &given.tax_totals,
            total: d(total),
        };
        let refused = document.must_add_up();
        let seen = refused.as_ref().copied().map_err(|it| {
            let fact = |key: &str| it.metadata.get(key).map_or("", String::as_str);
            (fact("given"), fact("computed"))
        });
        assert_eq!(seen, expected);
    }

    use PartKind::{CashRounding, Discount, Goods, Shipping};
    use PriceMode::{Gross, Net};
    use RoundingMode::{Document as PerDocument, Line as PerLine};

    /// R16: net 100, discount 20, tax 10 %.
    #[test]
    fn a_discount_lowers_the_tax_too() {
        let given = Given {
            currency: "EUR",
            modes: (Net, PerLine),
            parts: vec![
                (Goods, "100", vec![tax("10", "100", Some("10"))]),
                (Discount, "20", vec![tax("10", "20", Some("2"))]),
            ],
            tax_totals: vec![tax("10", "80", Some("8"))],
        };
        check(&given, "88", Ok(()));
        check(&given, "90", Err(("90", "88")));
    }

    #[test]
    fn rounding_per_line_and_per_document_are_each_right_in_their_own_mode() {
        let line = |amount| (Goods, "0.99", vec![tax("19", "0.99", amount)]);
        let given = |mode, part: Option<&'static str>, total| Given {
            currency: "EUR",
            modes: (Gross, mode),
            parts: vec![line(part), line(part), line(part)],
            tax_totals: vec![tax("19", "2.97", Some(total))],
        };
        check(&given(PerLine, Some("0.16"), "0.48"), "2.97", Ok(()));
        check(&given(PerLine, Some("0.16"), "0.47"), "2.97", Err(("0.47", "0.48")));
        check(&given(PerDocument, None, "0.47"), "2.97", Ok(()));
        check(&given(PerDocument, None, "0.49"), "2.97", Err(("0.49", "0.47")));
        check(&given(PerLine, Some("0.18"), "0.54"), "2.97", Err(("0.18", "0.16")));
    }

    #[test]
    fn shipping_rates_and_cash_rounding() {
        let given = Given {
            currency: "CHF",
            modes: (Gross, PerDocument),
            parts: vec![
                (Goods, "10.03", vec![tax("8.1", "10.03", None)]),
                (Shipping, "7", vec![tax("2.6", "3", None), tax("8.1", "4", None)]),
                (CashRounding, "0.02", vec![]),
            ],
            tax_totals: vec![tax("8.1", "14.03", Some("1.05")), tax("2.6", "3", Some("0.08"))],
        };
        check(&given, "17.05", Ok(()));
        let mut much = given.parts.clone();
        (much[2].1, much[0].1) = ("0.51", "10.03");
        let much = Given { parts: much, tax_totals: given.tax_totals.clone(), ..given };
        check(&much, "17.54", Err(("0.51", "0.5")));
        let lacks = Given { tax_totals: given.tax_totals[..1].to_vec(), ..given };
        check(&lacks, "17.05", Err(("0", "3")));
    }

    #[test]
    fn a_tax_applies_to_no_more_than_its_part() {
        let given = |bases: [&'static str; 2], total| Given {
            currency: "EUR",
            modes: (Net, PerDocument),
            parts: vec![
                (Goods, "100", vec![tax("10", bases[0], None), tax("5", bases[1], None)]),
                (Discount, "20", vec![]),
            ],
            tax_totals: vec![tax("10", bases[0], Some(total)), tax("5", bases[1], Some("5"))],
        };
        // All of it, twice; or some.
        check(&given(["100", "100"], "10"), "95", Ok(()));
        check(&given(["40", "100"], "4"), "89", Ok(()));
        check(&given(["100.01", "100"], "10"), "95", Err(("100.01", "100")));
        check(&given(["-40", "100"], "-4"), "81", Err(("-40", "100")));
    }

    #[test]
    fn without_taxes_amounts_still_add_up() {
        let given = Given {
            currency: "JPY",
            modes: (Gross, PerLine),
            parts: vec![(Goods, "100", vec![]), (Goods, "1", vec![])],
            tax_totals: vec![],
        };
        check(&given, "101", Ok(()));
        check(&given, "100", Err(("100", "101")));
    }

    #[test]
    fn lines() {
        let eur = Currency::parse("EUR").unwrap();
        assert_eq!(line_amount(eur, d("2"), d("48"), d("19.2")).unwrap(), d("76.8"));
        assert_eq!(line_amount(eur, d("3"), d("0.335"), d("0")).unwrap(), d("1.01"));
    }
}
