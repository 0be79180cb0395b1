//! Credits of a prepayment invoice: amounts with their taxes, of what later invoices have not deducted.

use super::correct::{is_something, must_be_whole, steps};
use super::{CreditLine, CreditNote, FreeLine, Issue, Kind, What};
use crate::books::{Books, Moment};
use crate::error::{Reason, Refusal, Result};
use crate::id::CreditNoteId;
use crate::invoices::Invoice;
use crate::orders::Order;
use crate::totals::{Document, Part, PartKind, RoundingMode};

impl Issue {
    /// The note, with what it lowers.
    pub(super) fn lower_prepayment(
        &self,
        id: CreditNoteId,
        books: &mut Books,
        (mut invoice, mut order): (Invoice, Order),
        at: Moment,
    ) -> Result<CreditNote> {
        let (kind, lines) = match &self.what {
            What::Reversal { .. } => (Kind::Reversal, vec![unspent(&invoice)?]),
            What::Prepayment { lines, .. } => {
                for (nth, line) in lines.iter().enumerate() {
                    let path = |field| format!("lines[{nth}].{field}");
                    must_be_whole(invoice.currency, path("amount"), line.amount)?;
                    for tax in &line.taxes {
                        must_be_whole(invoice.currency, path("taxes"), tax.base)?;
                        let amount = tax.amount.unwrap_or_default();
                        must_be_whole(invoice.currency, path("taxes"), amount)?;
                    }
                }
                (Kind::PriceReduction, lines.iter().cloned().map(line).collect())
            }
            What::PriceReduction { .. } => {
                let told = "must be empty: a prepayment invoice has no lines";
                return Err(Refusal::field("lines[0].invoice_line_id", told));
            }
            What::Correction { .. } | What::FreeCredit { .. } => {
                let told = "must be REVERSAL or PRICE_REDUCTION: a prepayment invoice has no units";
                return Err(Refusal::field("kind", told));
            }
        };
        let before = invoice.credited()?;
        for (nth, line) in lines.iter().enumerate() {
            invoice.take_off(&format!("lines[{nth}]"), line.amount, &line.taxes)?;
        }
        let after = invoice.credited()?;
        let tax_totals = steps(&before.tax_totals, &after.tax_totals)?;
        let total = after.total.try_sub(before.total)?;
        let Issue { system, external_id, credit_date, reason, .. } = self.clone();
        let note = CreditNote {
            id,
            system,
            external_id,
            kind,
            lowers: Some((invoice.id, invoice.order)),
            cause: None,
            credit_date,
            reason,
            currency: invoice.currency,
            price_mode: invoice.price_mode,
            rounding_mode: invoice.rounding_mode,
            lines,
            charges: Vec::new(),
            tax_totals: tax_totals.into_iter().filter(is_something).collect(),
            total,
            settlements: Vec::new(),
            settled: None,
            recorded_at: at.now,
            revision: 0,
        };
        if kind == Kind::PriceReduction {
            must_add_up(&note)?;
        }
        order.documents += 1;
        books.of().put(order);
        books.of().put(invoice);
        Ok(note)
    }
}

/// All that was neither deducted nor credited.
fn unspent(invoice: &Invoice) -> Result<CreditLine> {
    let left = invoice.unspent()?;
    if left.is_nothing() {
        let message = format!(
            "nothing is left of prepayment {}: all of it was deducted or credited",
            invoice.id
        );
        return Err(Refusal::new(Reason::CreditExceedsInvoice, message)
            .with("line_id", &invoice.external_id)
            .with("asked", invoice.total)
            .with("possible", left.amount));
    }
    let mut taxes = invoice.at_rates(&left);
    taxes.retain(is_something);
    if invoice.rounding_mode == RoundingMode::Document {
        taxes.iter_mut().for_each(|it| it.amount = None);
    }
    let (quantity, description, sku) = (None, String::new(), String::new());
    let amount = left.amount;
    Ok(CreditLine { invoice_line: None, quantity, amount, taxes, description, sku })
}

fn line(line: FreeLine) -> CreditLine {
    let FreeLine { quantity, amount, taxes, description, sku } = line;
    CreditLine { invoice_line: None, quantity, amount, taxes, description, sku }
}

/// Taxes are told as the invoice has them: on lines, each near its rate; or only in sum, where they
/// follow from what is left.
fn must_add_up(note: &CreditNote) -> Result<()> {
    let per_document = note.rounding_mode == RoundingMode::Document;
    let part = |(nth, line)| {
        let line: &CreditLine = line;
        let path = format!("lines[{nth}]");
        Part { path, kind: PartKind::Prepayment, amount: line.amount, taxes: &line.taxes }
    };
    let parts: Vec<Part<'_>> = note.lines.iter().enumerate().map(part).collect();
    if per_document {
        let with_amounts = |it: &&Part<'_>| it.taxes.iter().any(|it| it.amount.is_some());
        return match parts.iter().find(with_amounts) {
            None => Ok(()),
            Some(Part { path, .. }) => Err(Refusal::field(
                format!("{path}.taxes"),
                "must have no amounts, because taxes are rounded per document",
            )),
        };
    }
    Document {
        currency: note.currency,
        price_mode: note.price_mode,
        rounding_mode: note.rounding_mode,
        parts,
        tax_totals: &note.tax_totals,
        total: note.total,
    }
    .sums_must_agree()
}
