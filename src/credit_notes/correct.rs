//! Credits of an invoice: what its units and charges come to, and that no more of them is credited
//! than was invoiced, or came back.

use std::collections::BTreeMap;

use super::{
    Cause, CreditLine, CreditNote, Issue, Kind, ToldCause, ToldLine, What, taxes_must_agree,
};
use crate::books::{Books, Moment};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::{CreditNoteId, ExternalId};
use crate::invoices::{Credited, Invoice};
use crate::money::{Currency, currency_mismatch};
use crate::orders::Order;
use crate::parking;
use crate::returns::{Reception, Return};
use crate::totals::{Tax, does_not_add_up};

/// What is credited of an invoice: of each line that is named its place, and how it was told.
struct Wanted {
    lines: Vec<(usize, ToldLine)>,
    charges: Vec<usize>,
}

impl Issue {
    /// The note, with all that it lowers.
    pub(super) fn correct(
        &self,
        id: CreditNoteId,
        books: &mut Books,
        at: Moment,
    ) -> Result<CreditNote> {
        let named = self.invoice().ok_or_else(|| Refusal::internal("a note of no invoice"))?;
        let mut invoice: Invoice = self.find(books, named)?;
        self.must_be_in(invoice.currency)?;
        let order = books.of::<Order>().get(&invoice.order).cloned();
        let lost = || Refusal::internal(format!("invoice {} without its order", invoice.id));
        let mut order = order.ok_or_else(lost)?;
        if invoice.prepaid.is_some() {
            return self.lower_prepayment(id, books, (invoice, order), at);
        }
        let wanted = self.wanted(&invoice)?;
        let units = units_by_order_line(&invoice, &wanted)?;
        let cause = match self.cause() {
            None => None,
            Some(cause) => Some(self.use_cause(books, id, cause, &order, &units)?),
        };

        let before = invoice.credited()?;
        let places = invoice.currency.decimals();
        for (place, told) in &wanted.lines {
            let line = &mut invoice.lines[*place];
            match (&self.what, told.amount) {
                (What::PriceReduction { .. }, Some(by)) => line.reduce(by, places)?,
                _ => line.credited_quantity = line.credited_quantity.try_add(told.quantity)?,
            }
        }
        invoice.credited_charges.extend(&wanted.charges);
        restore_prepayments(books, &invoice, &wanted.charges, at)?;
        let after = invoice.credited()?;
        invoice.must_not_be_exceeded(&after)?;

        let note = self.told(id, &invoice, cause, &wanted, (&before, &after), at)?;
        for ((place, told), line) in wanted.lines.iter().zip(&note.lines) {
            let of = order.place_of(&invoice.lines[*place].order_line)?;
            let of = &mut order.lines[of];
            of.credited_quantity = of.credited_quantity.try_add(told.quantity)?;
            of.credited_amount = of.credited_amount.try_add(line.amount)?;
            if cause.is_none() {
                of.reversed = of.reversed.try_add(told.quantity)?;
            }
        }
        order.documents += 1;
        books.of().put(order);
        books.of().put(invoice);
        Ok(note)
    }

    fn must_be_in(&self, currency: Currency) -> Result<()> {
        let given = match &self.what {
            What::Reversal { currency, .. }
            | What::Correction { currency, .. }
            | What::PriceReduction { currency, .. }
            | What::Prepayment { currency, .. } => *currency,
            What::FreeCredit { .. } => None,
        };
        match given.filter(|it| *it != currency) {
            Some(given) => Err(currency_mismatch("the credit note", currency, given)),
            None => Ok(()),
        }
    }

    fn wanted(&self, invoice: &Invoice) -> Result<Wanted> {
        match &self.what {
            What::Correction { lines, charges, .. } => Ok(Wanted {
                lines: lines.iter().map(|it| line_of(invoice, it)).collect::<Result<_>>()?,
                charges: charges.iter().map(|it| charge_of(invoice, it)).collect::<Result<_>>()?,
            }),
            What::PriceReduction { lines, .. } => {
                for (nth, line) in lines.iter().enumerate() {
                    let amount = line.amount.unwrap_or_default();
                    must_be_whole(invoice.currency, format!("lines[{nth}].amount"), amount)?;
                }
                Ok(Wanted {
                    lines: lines.iter().map(|it| line_of(invoice, it)).collect::<Result<_>>()?,
                    charges: Vec::new(),
                })
            }
            What::Prepayment { .. } => {
                let told = "must name a line: only a prepayment invoice has none";
                Err(Refusal::field("lines[0].invoice_line_id", told))
            }
            What::Reversal { .. } | What::FreeCredit { .. } => all_that_is_left(invoice),
        }
    }

    fn told(
        &self,
        id: CreditNoteId,
        invoice: &Invoice,
        cause: Option<Cause>,
        wanted: &Wanted,
        (before, after): (&Credited, &Credited),
        at: Moment,
    ) -> Result<CreditNote> {
        let mut lines = Vec::with_capacity(wanted.lines.len());
        for (nth, (place, told)) in wanted.lines.iter().enumerate() {
            let amount = after.lines[*place].try_sub(before.lines[*place])?;
            let taxes = steps(&before.line_taxes[*place], &after.line_taxes[*place])?;
            let currency = invoice.currency;
            if let Some(given) = told.amount.filter(|it| *it != amount) {
                return Err(does_not_add_up(&format!("lines[{nth}]"), currency, given, amount));
            }
            if !told.taxes.is_empty() {
                taxes_must_agree(&format!("lines[{nth}].taxes"), currency, &told.taxes, &taxes)?;
            }
            lines.push(CreditLine {
                invoice_line: Some(told.invoice_line.clone()),
                quantity: Some(told.quantity).filter(|it| it.is_positive()),
                amount,
                taxes,
                description: told.description.clone(),
                sku: String::new(),
            });
        }
        let mut tax_totals = steps(&before.tax_totals, &after.tax_totals)?;
        tax_totals.retain(is_something);
        let kind = match self.what {
            What::Reversal { .. } => Kind::Reversal,
            What::PriceReduction { .. } => Kind::PriceReduction,
            _ => Kind::Correction,
        };
        let Issue { system, external_id, credit_date, reason, .. } = self.clone();
        Ok(CreditNote {
            id,
            system,
            external_id,
            kind,
            lowers: Some((invoice.id, invoice.order)),
            cause,
            credit_date,
            reason,
            currency: invoice.currency,
            price_mode: invoice.price_mode,
            rounding_mode: invoice.rounding_mode,
            lines,
            charges: wanted.charges.iter().map(|it| invoice.charges[*it].clone()).collect(),
            tax_totals,
            total: after.total.try_sub(before.total)?,
            settlements: Vec::new(),
            settled: None,
            recorded_at: at.now,
            revision: 0,
        })
    }

    /// A cause has one note, which credits no more than was accepted.
    fn use_cause(
        &self,
        books: &mut Books,
        id: CreditNoteId,
        cause: &ToldCause,
        order: &Order,
        units: &BTreeMap<ExternalId, Decimal>,
    ) -> Result<Cause> {
        let (mut of, reception) = match cause {
            ToldCause::Return(named) => (self.find::<Return>(books, named)?, None),
            ToldCause::Reception(named) => {
                let reception: Reception = self.find(books, named)?;
                let of = books.of::<Return>().get(&reception.of).cloned();
                let lost = || Refusal::internal("a reception without its return");
                (of.ok_or_else(lost)?, Some(reception))
            }
        };
        if of.order != order.id {
            let told = "must be a return of the invoice's order";
            return Err(Refusal::field("cause", told));
        }
        let (told, credited_by) = match &reception {
            Some(reception) => (format!("reception {}", reception.id), reception.credited_by),
            None => (format!("return {}", of.id), of.credited_by),
        };
        if let Some(by) = credited_by {
            let message = format!("{told} was credited before, by credit note {by}");
            return Err(Refusal::new(Reason::CauseAlreadyCredited, message)
                .with("cause", told)
                .with("credit_note_id", by));
        }
        for (line, units) in units {
            let place = of.lines.iter().position(|it| it.line == *line);
            let left = place.map_or(Decimal::ZERO, |it| of.creditable(&of.lines[it]));
            let with_proof = of.proof.is_some();
            let here = reception.as_ref().map_or(left, |it| it.creditable(line, with_proof));
            let possible = left.min(here);
            let Some(place) = place.filter(|_| *units <= possible) else {
                return Err(exceeds(line, *units, possible, "came back and was accepted"));
            };
            let of_return = &mut of.lines[place];
            of_return.credited = of_return.credited.try_add(*units)?;
        }
        let cause = match reception {
            Some(mut reception) => {
                reception.credited_by = Some(id);
                let cause = Cause::Reception(reception.id, of.id);
                books.of().put(reception);
                cause
            }
            None => {
                of.credited_by = Some(id);
                Cause::Return(of.id)
            }
        };
        books.of().put(of);
        Ok(cause)
    }
}

/// The units that are credited of each line of the order.
fn units_by_order_line(
    invoice: &Invoice,
    wanted: &Wanted,
) -> Result<BTreeMap<ExternalId, Decimal>> {
    let mut units: BTreeMap<ExternalId, Decimal> = BTreeMap::new();
    for (place, line) in &wanted.lines {
        let sum = units.entry(invoice.lines[*place].order_line.clone()).or_default();
        *sum = sum.try_add(line.quantity)?;
    }
    Ok(units)
}

fn line_of(invoice: &Invoice, told: &ToldLine) -> Result<(usize, ToldLine)> {
    let place = invoice.lines.iter().position(|it| it.id == told.invoice_line);
    let place = place.ok_or_else(|| Refusal::not_found("invoice line", &told.invoice_line))?;
    let line = &invoice.lines[place];
    let left = line.invoiced.quantity.try_sub(line.credited_quantity)?;
    if left < told.quantity {
        return Err(exceeds(&line.id, told.quantity, left, "is left of the invoice"));
    }
    Ok((place, told.clone()))
}

fn charge_of(invoice: &Invoice, id: &ExternalId) -> Result<usize> {
    let place = invoice.charges.iter().position(|it| it.id == *id);
    let place = place.ok_or_else(|| Refusal::not_found("invoice charge", id))?;
    if invoice.credited_charges.contains(&place) {
        return Err(exceeds(id, Decimal::ONE, Decimal::ZERO, "is left of the invoice"));
    }
    Ok(place)
}

fn all_that_is_left(invoice: &Invoice) -> Result<Wanted> {
    let mut lines = Vec::new();
    for (place, line) in invoice.lines.iter().enumerate() {
        let quantity = line.invoiced.quantity.try_sub(line.credited_quantity)?;
        if quantity.is_positive() {
            lines.push((place, ToldLine::of(&line.id, quantity)));
        }
    }
    let charges = 0..invoice.charges.len();
    let charges: Vec<usize> = charges.filter(|it| !invoice.credited_charges.contains(it)).collect();
    if lines.is_empty() && charges.is_empty() {
        let told = &invoice.external_id;
        return Err(exceeds(told, invoice.total, Decimal::ZERO, "is left of the invoice"));
    }
    Ok(Wanted { lines, charges })
}

pub(super) fn exceeds(
    line: impl std::fmt::Display,
    asked: Decimal,
    possible: Decimal,
    what: &str,
) -> Refusal {
    let message = format!("\"{line}\": {asked} to be credited, and only {possible} {what}");
    Refusal::new(Reason::CreditExceedsInvoice, message)
        .with("line_id", line)
        .with("asked", asked)
        .with("possible", possible)
}

/// An amount has no more decimals than the invoice's currency: a note that does not name it was read as
/// far as it could be.
pub(super) fn must_be_whole(currency: Currency, path: String, amount: Decimal) -> Result<()> {
    let places = currency.decimals();
    if amount.has_more_places_than(places) {
        return Err(Refusal::field(path, format!("must have at most {places} decimals")));
    }
    Ok(())
}

/// What a credited charge had deducted of a prepayment may be deducted again; whoever waits for that is
/// tried again.
fn restore_prepayments(
    books: &mut Books,
    invoice: &Invoice,
    charges: &[usize],
    at: Moment,
) -> Result<()> {
    for place in charges {
        let Some(deduction) = invoice.deductions.get(place) else { continue };
        let prepayment = books.of::<Invoice>().get(&deduction.of).cloned();
        let lost = || Refusal::internal(format!("a deduction of no invoice {}", deduction.of));
        let mut prepayment = prepayment.ok_or_else(lost)?;
        prepayment.restore(&invoice.charges[*place], &deduction.taxes)?;
        parking::wake(books, &prepayment.name(), at.now);
        books.of().put(prepayment);
    }
    Ok(())
}

/// Whether there is anything of a tax.
pub(super) fn is_something(tax: &Tax) -> bool {
    !tax.base.is_zero() || tax.amount.is_some_and(|it| !it.is_zero())
}

/// What was credited now: the difference to what was before, rate by rate.
pub(super) fn steps(before: &[Tax], after: &[Tax]) -> Result<Vec<Tax>> {
    let step = |(before, after): (&Tax, &Tax)| {
        let amount = match (before.amount, after.amount) {
            (Some(before), Some(after)) => Some(after.try_sub(before)?),
            (_, after) => after,
        };
        Ok(Tax { base: after.base.try_sub(before.base)?, amount, ..after.clone() })
    };
    before.iter().zip(after).map(step).collect()
}
