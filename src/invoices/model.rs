//! An invoice, and what of it was credited.
//!
//! What was credited follows from the units and charges that were, by the cumulative rule: after k
//! of n units the k-th share of the whole, rounded. So any way of splitting adds up exactly.

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, OffsetDateTime};

use crate::decimal::Decimal;
use crate::documents::Wording;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, InvoiceId, OrderId, SystemName};
use crate::money::Currency;
use crate::totals::{Charge, Document, PartKind, PriceMode, Priced, RoundingMode, Tax};

/// An invoice, as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    /// Ours.
    pub id: InvoiceId,
    /// Who told of it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: OrderId,
    /// The date on the document.
    pub invoice_date: Date,
    /// In which currency.
    pub currency: Currency,
    /// Whether prices contain taxes.
    pub price_mode: PriceMode,
    /// Where taxes are rounded.
    pub rounding_mode: RoundingMode,
    /// What was invoiced.
    pub lines: Vec<InvoiceLine>,
    /// What is charged beside goods.
    pub charges: Vec<Charge>,
    /// Taxes of the whole invoice.
    pub tax_totals: Vec<Tax>,
    /// What is to be paid.
    pub total: Decimal,
    /// Charges that were credited, by their places.
    pub credited_charges: BTreeSet<usize>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Whether its charges and taxes have still to be written.
    pub wording: Wording,
    /// Of the last change.
    pub revision: i64,
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq)]
pub struct InvoiceLine {
    /// Its id on the invoice.
    pub id: ExternalId,
    /// The order's line.
    pub order_line: ExternalId,
    /// What was invoiced.
    pub invoiced: Priced,
    /// How many of its units were credited.
    pub credited_quantity: Decimal,
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

impl Invoice {
    /// Fine, or what does not add up.
    pub fn must_add_up(&self) -> Result<()> {
        for (nth, line) in self.lines.iter().enumerate() {
            line.invoiced.must_add_up(self.currency, nth)?;
        }
        let lines = self.lines.iter().enumerate().map(|(nth, it)| it.invoiced.part(nth));
        let charges = self.charges.iter().enumerate().map(|(nth, it)| it.part(nth));
        Document {
            currency: self.currency,
            price_mode: self.price_mode,
            rounding_mode: self.rounding_mode,
            parts: lines.chain(charges).collect(),
            tax_totals: &self.tax_totals,
            total: self.total,
        }
        .must_add_up()
    }

    /// What was credited so far.
    pub fn credited(&self) -> Result<Credited> {
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
        for InvoiceLine { invoiced, credited_quantity, .. } in &self.lines {
            let share = |it| Decimal::share(it, *credited_quantity, invoiced.quantity, places);
            let amount = share(invoiced.amount)?;
            let mut taxes = Vec::with_capacity(invoiced.taxes.len());
            for tax in &invoiced.taxes {
                let (base, of_it) = (share(tax.base)?, tax.amount.map(share).transpose()?);
                add(tax, base, of_it.unwrap_or_default())?;
                taxes.push(Tax { base, amount: of_it, ..tax.clone() });
            }
            sum = sum.try_add(amount)?;
            credited.lines.push(amount);
            credited.line_taxes.push(taxes);
        }
        for place in &self.credited_charges {
            let charge = &self.charges[*place];
            let sign = |it: Decimal| match charge.kind {
                PartKind::Discount => it.negated(),
                _ => it,
            };
            for tax in &charge.taxes {
                add(tax, sign(tax.base), sign(tax.amount.unwrap_or_default()))?;
            }
            sum = sum.try_add(sign(charge.amount))?;
        }
        for whole in &self.tax_totals {
            let key = (whole.category.as_str(), whole.rate);
            let (base, mut amount) = by_rate.get(&key).copied().unwrap_or_default();
            if self.rounding_mode == RoundingMode::Document {
                // The cumulative rule over what was credited of this rate.
                let of = whole.amount.unwrap_or_default();
                amount = match whole.base.is_zero() {
                    true => Decimal::ZERO,
                    false => Decimal::share(of, base, whole.base, places)?,
                };
            }
            if self.price_mode == PriceMode::Net {
                sum = sum.try_add(amount)?;
            }
            credited.tax_totals.push(Tax { base, amount: Some(amount), ..whole.clone() });
        }
        credited.total = sum;
        Ok(credited)
    }

    /// What must be true of every invoice.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let lines = self.lines.iter().all(|it| {
            !it.credited_quantity.is_negative() && it.credited_quantity <= it.invoiced.quantity
        });
        let charges = self.credited_charges.iter().all(|it| *it < self.charges.len());
        let claims = [
            (lines, "no more units of a line are credited than were invoiced"),
            (charges, "only charges that are there are credited"),
        ];
        if let Some((_, claim)) = claims.iter().find(|(holds, _)| !holds) {
            return Err(format!("violated: {claim}: {self:?}"));
        }
        let credited = self.credited().map_err(|it| it.message)?;
        self.must_not_be_exceeded(&credited).map_err(|it| format!("violated: {it}: {self:?}"))
    }

    /// No more is credited than was invoiced, of each rate and in sum. A discount on the whole
    /// invoice has to be credited with the lines that it lowered.
    pub fn must_not_be_exceeded(&self, credited: &Credited) -> Result<()> {
        let rates = credited.tax_totals.iter().zip(&self.tax_totals);
        let of_rates = rates.flat_map(|(part, whole)| {
            let what = format!("tax {} {} %", whole.category, whole.rate);
            let amount = |it: &Tax| it.amount.unwrap_or_default();
            [(what.clone(), part.base, whole.base), (what, amount(part), amount(whole))]
        });
        let total = ("total".to_owned(), credited.total, self.total);
        for (what, asked, possible) in of_rates.chain([total]) {
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
