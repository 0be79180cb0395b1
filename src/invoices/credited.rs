//! What of an invoice was credited, in money.
//!
//! It follows from the units and charges that were credited, by the cumulative rule: after k of n units
//! the k-th share of the whole, rounded. So any way of splitting adds up exactly. A price reduction
//! credits money and no units; from then on the units that are left share what is left.

use std::collections::BTreeMap;

use super::{Invoice, InvoiceLine, Sums};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::totals::{PriceMode, RoundingMode, Tax};

/// What was credited of a line when its price was last reduced; units credited since share the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reduced {
    /// Units that had been credited by then.
    pub units: Decimal,
    /// What had been credited, with the reduction.
    pub amount: Decimal,
    /// Of each tax of the line, likewise: of its base, and of its amount.
    pub taxes: Vec<(Decimal, Decimal)>,
}

/// What of an invoice was credited, in money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credited {
    /// Of each line.
    pub lines: Vec<Decimal>,
    /// Of each line, by the place of its tax.
    pub line_taxes: Vec<Vec<Tax>>,
    /// Of each category and rate.
    pub tax_totals: Vec<Tax>,
    /// In sum.
    pub total: Decimal,
}

impl InvoiceLine {
    /// What was credited of it so far, and of each of its taxes.
    pub fn credited(&self, places: u32) -> Result<(Decimal, Vec<Tax>)> {
        let InvoiceLine { invoiced, credited_quantity, .. } = self;
        let never = Reduced::default();
        let reduced = self.reduced.as_ref().unwrap_or(&never);
        let since = credited_quantity.try_sub(reduced.units)?;
        let left = invoiced.quantity.try_sub(reduced.units)?;
        let reached = |whole: Decimal, before: Decimal| match left.is_zero() {
            true => Ok(before),
            false => before.try_add(Decimal::share(whole.try_sub(before)?, since, left, places)?),
        };
        let amount = reached(invoiced.amount, reduced.amount)?;
        let mut taxes = Vec::with_capacity(invoiced.taxes.len());
        for (nth, tax) in invoiced.taxes.iter().enumerate() {
            let before = reduced.taxes.get(nth).copied().unwrap_or_default();
            let base = reached(tax.base, before.0)?;
            let amount = tax.amount.map(|it| reached(it, before.1)).transpose()?;
            taxes.push(Tax { base, amount, ..tax.clone() });
        }
        Ok((amount, taxes))
    }

    /// Takes an amount off it, and the same share of its taxes; units that are left share what then is
    /// left.
    pub fn reduce(&mut self, by: Decimal, places: u32) -> Result<()> {
        let (credited, taxes) = self.credited(places)?;
        let left = self.invoiced.amount.try_sub(credited)?;
        if left < by {
            let id = &self.id;
            let message = format!("\"{id}\": {by} to be taken off, and only {left} is left of it");
            return Err(Refusal::new(Reason::CreditExceedsInvoice, message)
                .with("line_id", id)
                .with("asked", by)
                .with("possible", left));
        }
        let share = |of: Decimal, part: Decimal| Decimal::share(of, part, left, places);
        let mut reached = Decimal::ZERO;
        let mut reduced = Vec::with_capacity(taxes.len());
        for (whole, so_far) in self.invoiced.taxes.iter().zip(taxes) {
            // Bases are split cumulatively, so that together they are lowered by the whole amount.
            let before = share(by, reached)?;
            reached = reached.try_add(whole.base.try_sub(so_far.base)?)?;
            let base = so_far.base.try_add(share(by, reached)?.try_sub(before)?)?;
            let tax = so_far.amount.unwrap_or_default();
            let tax_left = whole.amount.unwrap_or_default().try_sub(tax)?;
            reduced.push((base, tax.try_add(share(tax_left, by)?)?));
        }
        self.reduced = Some(Reduced {
            units: self.credited_quantity,
            amount: credited.try_add(by)?,
            taxes: reduced,
        });
        Ok(())
    }
}

impl Invoice {
    /// What was credited so far.
    pub fn credited(&self) -> Result<Credited> {
        if let Some(prepaid) = &self.prepaid {
            let tax_totals = self.at_rates(&prepaid.credited);
            let total = prepaid.credited.total(self.price_mode)?;
            return Ok(Credited { tax_totals, total, ..Credited::default() });
        }
        let places = self.currency.decimals();
        let mut by_rate: BTreeMap<(&str, Decimal), (Decimal, Decimal)> = BTreeMap::new();
        let mut add = |tax: &Tax, base: Decimal, amount: Decimal| -> Result<()> {
            // The keys live as long as the invoice: looked up there, not in the share.
            let known = self.tax_totals.iter().find(|it| it.is_alike(tax));
            let Some(known) = known else { return Ok(()) };
            let (bases, amounts) = by_rate.entry((&known.category, known.rate)).or_default();
            *bases = bases.try_add(base)?;
            *amounts = amounts.try_add(amount)?;
            Ok(())
        };
        let mut credited = Credited::default();
        let mut sum = Decimal::ZERO;
        for line in &self.lines {
            let (amount, taxes) = line.credited(places)?;
            for tax in &taxes {
                add(tax, tax.base, tax.amount.unwrap_or_default())?;
            }
            sum = sum.try_add(amount)?;
            credited.lines.push(amount);
            credited.line_taxes.push(taxes);
        }
        let is_deduction = |it: &&usize| self.deductions.contains_key(it);
        for place in self.credited_charges.iter().filter(|it| !is_deduction(it)) {
            let charge = &self.charges[*place];
            let sign = |it: Decimal| charge.kind.signed(it);
            for tax in &charge.taxes {
                add(tax, sign(tax.base), sign(tax.amount.unwrap_or_default()))?;
            }
            sum = sum.try_add(sign(charge.amount))?;
        }
        // What was prepaid lowers what is to be paid, and not what the goods come to: they are shared
        // out as if nothing were deducted, and then what is deducted no more.
        let (deducted, restored) = self.deducted_and_restored()?;
        sum = sum.try_sub(restored.amount)?;
        for (nth, whole) in self.tax_totals.iter().enumerate() {
            let key = (whole.category.as_str(), whole.rate);
            let (base, mut amount) = by_rate.get(&key).copied().unwrap_or_default();
            if self.rounding_mode == RoundingMode::Document {
                // The cumulative rule over what was credited of this rate.
                let of = whole.amount.unwrap_or_default().try_add(deducted.rates[nth].1)?;
                let all = whole.base.try_add(deducted.rates[nth].0)?;
                let (part, all) = match all.is_zero() {
                    // A rate at which it only deducts: what rounding left of it goes with that.
                    true => (restored.rates[nth].0, deducted.rates[nth].0),
                    false => (base, all),
                };
                if !all.is_zero() {
                    amount = Decimal::share(of, part, all, places)?;
                }
            }
            let base = base.try_sub(restored.rates[nth].0)?;
            let amount = amount.try_sub(restored.rates[nth].1)?;
            if self.price_mode == PriceMode::Net {
                sum = sum.try_add(amount)?;
            }
            credited.tax_totals.push(Tax { base, amount: Some(amount), ..whole.clone() });
        }
        credited.total = sum;
        Ok(credited)
    }

    /// What its charges deduct of prepayments, and what of that was credited.
    fn deducted_and_restored(&self) -> Result<(Sums, Sums)> {
        let restored = self.deducted(|it| self.credited_charges.contains(&it))?;
        Ok((self.deducted(|_| true)?, restored))
    }

    /// No more is credited than was invoiced, of each rate and in sum, whatever of it had been prepaid.
    /// A discount on the whole invoice has to be credited with the lines that it lowered.
    pub fn must_not_be_exceeded(&self, credited: &Credited) -> Result<()> {
        let (deducted, restored) = self.deducted_and_restored()?;
        let mut sums = Vec::with_capacity(2 * self.tax_totals.len() + 1);
        let rates = credited.tax_totals.iter().zip(&self.tax_totals);
        for (nth, (part, whole)) in rates.enumerate() {
            let what = format!("tax {} {} %", whole.category, whole.rate);
            let amount = |it: &Tax| it.amount.unwrap_or_default();
            let (all, back) = (deducted.rates[nth], restored.rates[nth]);
            let bases = (part.base.try_add(back.0)?, whole.base.try_add(all.0)?);
            let taxes = (amount(part).try_add(back.1)?, amount(whole).try_add(all.1)?);
            sums.extend([(what.clone(), bases.0, bases.1), (what, taxes.0, taxes.1)]);
        }
        let asked = credited.total.try_add(restored.total(self.price_mode)?)?;
        let possible = self.total.try_add(deducted.total(self.price_mode)?)?;
        sums.push(("total".to_owned(), asked, possible));
        for (what, asked, possible) in sums {
            if possible.abs() < asked.abs() {
                let currency = self.currency;
                let message = format!(
                    "{what}: {currency} {asked} would be credited of {currency} {possible}"
                );
                return Err(Refusal::new(Reason::CreditExceedsInvoice, message)
                    .with("line_id", what)
                    .with("asked", asked)
                    .with("possible", possible));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ExternalId;
    use crate::totals::Priced;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    /// A line of 3 units with a tax of 19 % in it and another of 7 % on a part of it.
    fn line(amount: &str, taxes: &[(&str, &str)]) -> InvoiceLine {
        let tax = |(nth, (base, amount)): (usize, &(&str, &str))| Tax {
            category: nth.to_string(),
            rate: d("19"),
            base: d(base),
            amount: Some(d(amount)),
        };
        let invoiced = Priced {
            quantity: d("3"),
            unit_price: d(amount),
            discount: Decimal::ZERO,
            amount: d(amount),
            taxes: taxes.iter().enumerate().map(tax).collect(),
        };
        let (id, order_line) = (ExternalId::stored("1"), ExternalId::stored("0"));
        InvoiceLine { id, order_line, invoiced, credited_quantity: Decimal::ZERO, reduced: None }
    }

    fn credited(line: &InvoiceLine) -> String {
        let (amount, taxes) = line.credited(2).unwrap();
        let taxes = taxes.iter().map(|it| format!(" {}/{}", it.base, it.amount.unwrap()));
        format!("{amount}{}", taxes.collect::<String>())
    }

    /// C3 and its vectors: a step is what falls to so many units, or an amount that is taken off.
    #[test]
    fn units_share_what_is_left() {
        const TAX: &[(&str, &str)] = &[("90", "14.37")];
        const TWO: &[(&str, &str)] = &[("60", "9.58"), ("30", "1.96")];
        for (amount, taxes, steps, expected) in [
            ("57", &[][..], &["1", "1", "1"][..], &["19", "38", "57"][..]),
            ("100", &[], &["1", "1", "1"], &["33.33", "66.67", "100"]),
            ("90", &[], &["-45", "1", "1", "1"], &["45", "60", "75", "90"]),
            ("90", &[], &["1", "-20", "1", "-20", "1"], &["30", "50", "70", "90", "90"]),
            ("90", &[], &["-90", "3"], &["90", "90"]),
            ("90", TAX, &["-45", "1", "2"], &["45 45/7.19", "60 60/9.58", "90 90/14.37"]),
            (
                "90",
                TWO,
                &["1", "-10", "2"],
                &["30 20/3.19 10/0.65", "40 26.67/4.26 13.33/0.87", "90 60/9.58 30/1.96"],
            ),
        ] {
            let mut line = line(amount, taxes);
            for (step, expected) in steps.iter().zip(expected) {
                match d(step) {
                    by if by.is_negative() => line.reduce(by.negated(), 2).unwrap(),
                    units => {
                        line.credited_quantity = line.credited_quantity.try_add(units).unwrap();
                    }
                }
                assert_eq!(credited(&line), *expected, "{amount} {steps:?}");
            }
        }
    }

    #[test]
    fn no_more_is_taken_off_than_is_left() {
        let mut line = line("90", &[]);
        line.credited_quantity = d("2");
        let refused = line.reduce(d("30.01"), 2).unwrap_err();
        assert_eq!(refused.reason, Reason::CreditExceedsInvoice);
        assert_eq!(refused.metadata["possible"], "30");
        line.reduce(d("30"), 2).unwrap();
        assert_eq!(line.reduce(d("0.01"), 2).unwrap_err().metadata["possible"], "0");
        line.credited_quantity = d("3");
        assert_eq!(credited(&line), "90");
    }
}
