//! Money that is invoiced ahead of goods: what later invoices deduct of it, and what credit notes take
//! off it.
//!
//! It has amounts and no units, so what became of it is kept in sums: in all, and at each rate.
//! Whatever is deducted or credited is taken from what is left; so no order of doing so takes more.

use super::{Invoice, Kind};
use crate::books::Name;
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::InvoiceId;
use crate::money::currency_mismatch;
use crate::totals::{Charge, PriceMode, RoundingMode, Tax};

/// Amounts of an invoice, in all and at each of its rates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// As the price mode has it.
    pub amount: Decimal,
    /// Base and tax of each rate, in the order of the invoice's tax totals.
    pub rates: Vec<(Decimal, Decimal)>,
}

/// What became of a prepayment invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepaid {
    /// By later invoices.
    pub deducted: Sums,
    /// By credit notes.
    pub credited: Sums,
}

/// That a charge of an invoice deducts a prepayment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deduction {
    /// Which.
    pub of: InvoiceId,
    /// What each tax of the charge takes of it: as told, or worked out where taxes are rounded per
    /// document.
    pub taxes: Vec<Decimal>,
}

impl Sums {
    /// Nothing, at so many rates.
    pub fn nothing(rates: usize) -> Sums {
        Sums { amount: Decimal::ZERO, rates: vec![Default::default(); rates] }
    }

    /// Both together.
    pub fn plus(&self, other: &Sums) -> Result<Sums> {
        self.with(other, Decimal::try_add)
    }

    /// What is left without the other.
    pub fn minus(&self, other: &Sums) -> Result<Sums> {
        self.with(other, Decimal::try_sub)
    }

    fn with(
        &self,
        other: &Sums,
        step: impl Fn(Decimal, Decimal) -> Result<Decimal>,
    ) -> Result<Sums> {
        let rates = self.rates.iter().zip(&other.rates);
        let rates = rates.map(|(a, b)| Ok((step(a.0, b.0)?, step(a.1, b.1)?)));
        let rates = rates.collect::<Result<_>>()?;
        Ok(Sums { amount: step(self.amount, other.amount)?, rates })
    }

    /// With taxes.
    pub fn total(&self, price_mode: PriceMode) -> Result<Decimal> {
        let taxes = self.rates.iter().map(|it| it.1);
        match price_mode {
            PriceMode::Gross => Ok(self.amount),
            PriceMode::Net => Decimal::try_sum(taxes)?.try_add(self.amount),
        }
    }

    /// Whether nothing of it is less than nothing.
    pub fn is_sound(&self) -> bool {
        let rates = self.rates.iter().flat_map(|it| [it.0, it.1]);
        !rates.chain([self.amount]).any(Decimal::is_negative)
    }

    /// Whether there is nothing.
    pub fn is_nothing(&self) -> bool {
        let rates = self.rates.iter().flat_map(|it| [it.0, it.1]);
        rates.chain([self.amount]).all(Decimal::is_zero)
    }
}

impl Invoice {
    /// Sums at its own rates, as taxes of these.
    pub fn at_rates(&self, sums: &Sums) -> Vec<Tax> {
        let rates = self.tax_totals.iter().zip(&sums.rates);
        rates.map(|(of, it)| Tax { base: it.0, amount: Some(it.1), ..of.clone() }).collect()
    }

    /// What of a prepayment may still be deducted, or credited.
    pub fn unspent(&self) -> Result<Sums> {
        let Some(prepaid) = &self.prepaid else { return Err(Refusal::internal("no prepayment")) };
        self.held()?.minus(&prepaid.deducted)?.minus(&prepaid.credited)
    }

    /// What a prepayment came to when it was invoiced.
    fn held(&self) -> Result<Sums> {
        let rates = self.tax_totals.iter().map(|it| (it.base, it.amount.unwrap_or_default()));
        let amount = Decimal::try_sum(self.charges.iter().map(|it| it.amount))?;
        Ok(Sums { amount, rates: rates.collect() })
    }

    /// Deducts this prepayment by a charge of another invoice; what each tax of the charge takes.
    pub fn deduct(&mut self, by: &Invoice, charge: &Charge) -> Result<Vec<Decimal>> {
        self.must_fit(by, charge)?;
        let exceeded = |part: &str, asked: Decimal, possible: Decimal| {
            let (id, charge) = (self.id, &charge.id);
            let Name { system, kind, id: name } = self.name();
            let message = format!(
                "\"{charge}\": {part}: {asked} to be deducted of prepayment {id}, and only \
                {possible} is left of it; this waits until there is more"
            );
            Refusal::new(Reason::PrepaymentExceeded, message)
                .with("kind", kind.as_str())
                .with("name", name)
                .with("system", system)
                .with("charge_id", charge)
                .with("invoice_id", id)
                .with("part", part)
                .with("asked", asked)
                .with("possible", possible)
        };
        let (taken, taxes) = self.taken(charge.amount, &charge.taxes, &exceeded)?;
        if let Some(prepaid) = &mut self.prepaid {
            prepaid.deducted = prepaid.deducted.plus(&taken)?;
        }
        Ok(taxes)
    }

    /// What a charge has deducted may be deducted again: it was credited.
    pub fn restore(&mut self, charge: &Charge, taxes: &[Decimal]) -> Result<()> {
        let taken = self.sums_of(charge.amount, charge.taxes.iter().zip(taxes.iter().copied()));
        if let Some(prepaid) = &mut self.prepaid {
            prepaid.deducted = prepaid.deducted.minus(&taken)?;
        }
        Ok(())
    }

    /// Takes an amount with its taxes off this prepayment; `path` names it in a refusal.
    pub fn take_off(&mut self, path: &str, amount: Decimal, taxes: &[Tax]) -> Result<()> {
        let exceeded = |part: &str, asked: Decimal, possible: Decimal| {
            let message = format!(
                "{path}: {part}: {asked} to be credited of prepayment {}, and only {possible} is left \
                of it",
                self.id
            );
            Refusal::new(Reason::CreditExceedsInvoice, message)
                .with("line_id", path)
                .with("asked", asked)
                .with("possible", possible)
        };
        let (taken, _) = self.taken(amount, taxes, &exceeded)?;
        if let Some(prepaid) = &mut self.prepaid {
            prepaid.credited = prepaid.credited.plus(&taken)?;
        }
        Ok(())
    }

    /// What some of its charges have deducted of prepayments, by their places; at its own rates.
    pub fn deducted(&self, is_meant: impl Fn(usize) -> bool) -> Result<Sums> {
        let mut deducted = Sums::nothing(self.tax_totals.len());
        for (place, it) in self.deductions.iter().filter(|it| is_meant(*it.0)) {
            let charge = &self.charges[*place];
            let taxes = charge.taxes.iter().zip(it.taxes.iter().copied());
            deducted = deducted.plus(&self.sums_of(charge.amount, taxes))?;
        }
        Ok(deducted)
    }

    /// An amount and its taxes, at this invoice's rates.
    fn sums_of<'a>(
        &self,
        amount: Decimal,
        taxes: impl Iterator<Item = (&'a Tax, Decimal)>,
    ) -> Sums {
        let mut sums = Sums { amount, ..Sums::nothing(self.tax_totals.len()) };
        for (tax, amount) in taxes {
            if let Some(place) = self.tax_totals.iter().position(|it| it.is_alike(tax)) {
                sums.rates[place] = (tax.base, amount);
            }
        }
        sums
    }

    /// What an amount with its taxes takes of what is left. Taxes that were not told, because they are
    /// rounded per document, are the share of what is left that their base is.
    fn taken(
        &self,
        amount: Decimal,
        taxes: &[Tax],
        exceeded: &dyn Fn(&str, Decimal, Decimal) -> Refusal,
    ) -> Result<(Sums, Vec<Decimal>)> {
        let left = self.unspent()?;
        let within = |part: &str, asked: Decimal, possible: Decimal| match asked <= possible {
            true => Ok(()),
            false => Err(exceeded(part, asked, possible)),
        };
        within("amount", amount, left.amount)?;
        let mut takes = Vec::with_capacity(taxes.len());
        for tax in taxes {
            let place = self.tax_totals.iter().position(|it| it.is_alike(tax));
            let (base, possible) = place.map_or_else(Default::default, |it| left.rates[it]);
            let rate = format!("{} {} %", tax.category, tax.rate);
            within(&format!("base {rate}"), tax.base, base)?;
            let asked = match tax.amount {
                Some(told) => told,
                None if base.is_zero() => Decimal::ZERO,
                None => Decimal::share(possible, tax.base, base, self.currency.decimals())?,
            };
            within(&format!("tax {rate}"), asked, possible)?;
            takes.push(asked);
        }
        let taken = self.sums_of(amount, taxes.iter().zip(takes.iter().copied()));
        for (part, asked, possible) in self.untaxed(&taken, &left)? {
            within(&part, asked, possible)?;
        }
        Ok((taken, takes))
    }

    /// How much is taken without a tax, and how much of what is left bears none. Money that was taxed
    /// when it was prepaid, and is deducted untaxed, would be taxed twice.
    ///
    /// Where several taxes lie on the same money, each is looked at by itself.
    fn untaxed(&self, taken: &Sums, left: &Sums) -> Result<Vec<(String, Decimal, Decimal)>> {
        let bases = |it: &Sums| Decimal::try_sum(it.rates.iter().map(|it| it.0));
        let held = self.held()?;
        // Of what was taken before that was looked at, less may be left than what bears a tax.
        let without = |part: String, taken_base: Decimal, left_base: Decimal| {
            let possible = left.amount.try_sub(left_base)?.max(Decimal::ZERO);
            Ok((part, taken.amount.try_sub(taken_base)?, possible))
        };
        if bases(&held)? <= held.amount {
            return Ok(vec![without("untaxed".into(), bases(taken)?, bases(left)?)?]);
        }
        let rates = self.tax_totals.iter().zip(taken.rates.iter().zip(&left.rates));
        rates
            .map(|(tax, (taken, left))| {
                without(format!("untaxed {} {} %", tax.category, tax.rate), taken.0, left.0)
            })
            .collect()
    }

    /// A prepayment is deducted by an invoice of its own order, told in its own modes.
    fn must_fit(&self, by: &Invoice, charge: &Charge) -> Result<()> {
        if self.currency != by.currency {
            return Err(currency_mismatch("the invoice", self.currency, by.currency));
        }
        let mode = |it: PriceMode| it.as_str().to_uppercase();
        let rounding = |it: RoundingMode| it.as_str().to_uppercase();
        let kind = |it: Kind| it.as_str().to_uppercase();
        for (part, expected, given) in [
            ("KIND", kind(Kind::Prepayment), kind(self.kind)),
            ("ORDER", by.order.to_string(), self.order.to_string()),
            ("PRICE_MODE", mode(by.price_mode), mode(self.price_mode)),
            ("ROUNDING_MODE", rounding(by.rounding_mode), rounding(self.rounding_mode)),
        ] {
            if expected != given {
                let (charge, id) = (&charge.id, self.id);
                let what = part.to_lowercase().replace('_', " ");
                let message = format!(
                    "\"{charge}\": invoice {id} cannot be deducted here: its {what} is {given}, and \
                    would have to be {expected}"
                );
                return Err(Refusal::new(Reason::PrepaymentMismatch, message)
                    .with("charge_id", charge)
                    .with("invoice_id", id)
                    .with("part", part)
                    .with("expected", expected)
                    .with("given", given));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
