//! A credit of no invoice: it stands for itself, and must add up by itself.

use super::{CreditLine, CreditNote, FreeLine, Issue, Kind, What};
use crate::books::Moment;
use crate::error::{Refusal, Result};
use crate::id::CreditNoteId;
use crate::totals::{Document, Part, PartKind};

impl Issue {
    /// The note, if it adds up.
    pub(super) fn free(&self, id: CreditNoteId, at: Moment) -> Result<CreditNote> {
        let What::FreeCredit { currency, price_mode, rounding_mode, lines } = &self.what else {
            return Err(Refusal::internal("not a free credit"));
        };
        let part = |(nth, line)| {
            let line: &FreeLine = line;
            let path = format!("lines[{nth}]");
            Part { path, kind: PartKind::Goods, amount: line.amount, taxes: &line.taxes }
        };
        let total = self.total.unwrap_or_default();
        Document {
            currency: *currency,
            price_mode: *price_mode,
            rounding_mode: *rounding_mode,
            parts: lines.iter().enumerate().map(part).collect(),
            tax_totals: &self.tax_totals,
            total,
        }
        .must_add_up()?;
        let line = |FreeLine { quantity, amount, taxes, description, sku }| CreditLine {
            invoice_line: None,
            quantity,
            amount,
            taxes,
            description,
            sku,
        };
        let Issue { system, external_id, credit_date, reason, .. } = self.clone();
        Ok(CreditNote {
            id,
            system,
            external_id,
            kind: Kind::FreeCredit,
            lowers: None,
            cause: None,
            credit_date,
            reason,
            currency: *currency,
            price_mode: *price_mode,
            rounding_mode: *rounding_mode,
            lines: lines.iter().cloned().map(line).collect(),
            charges: Vec::new(),
            tax_totals: self.tax_totals.clone(),
            total,
            settlements: Vec::new(),
            settled: None,
            recorded_at: at.now,
            revision: 0,
        })
    }
}
