//! An invoice, and what of it was credited.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::books::{Name, NameKind};
use crate::decimal::Decimal;
use crate::documents::Wording;
use crate::error::Result;
use crate::id::{ExternalId, InvoiceId, OrderId, SystemName};
use crate::money::Currency;
use crate::totals::{Charge, Document, PriceMode, Priced, RoundingMode, Tax};

use super::{Deduction, Prepaid, Reduced};

/// An invoice, as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    /// Ours.
    pub id: InvoiceId,
    /// Who told of it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// What it is.
    pub kind: Kind,
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
    /// What its charges deduct of prepayments, by their places.
    pub deductions: BTreeMap<usize, Deduction>,
    /// Charges that were credited, by their places.
    pub credited_charges: BTreeSet<usize>,
    /// What became of it, if it is a prepayment.
    pub prepaid: Option<Prepaid>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Whether its charges and taxes have still to be written.
    pub wording: Wording,
    /// Of the last change.
    pub revision: i64,
}

/// What an invoice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Of goods, and what is charged beside them.
    #[default]
    Standard,
    /// Of money ahead of goods: amounts and no units.
    Prepayment,
}

impl Kind {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Standard => "standard",
            Kind::Prepayment => "prepayment",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<Kind> {
        [Kind::Standard, Kind::Prepayment].into_iter().find(|it| it.as_str() == text)
    }

    /// Whether nothing special has to be said of it.
    pub fn is_standard(&self) -> bool {
        *self == Kind::Standard
    }
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
    /// What price reductions took off it, if any did.
    pub reduced: Option<Reduced>,
}

impl Invoice {
    /// What whoever told of it calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Invoice, id }
    }

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

    /// What must be true of every invoice.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let lines = self.lines.iter().all(|it| {
            !it.credited_quantity.is_negative() && it.credited_quantity <= it.invoiced.quantity
        });
        let reduced = self.lines.iter().all(|line| {
            line.reduced.as_ref().is_none_or(|it| {
                it.units <= line.credited_quantity && it.amount <= line.invoiced.amount
            })
        });
        let charges = self.credited_charges.iter().all(|it| *it < self.charges.len());
        let prepaid = self.prepaid.as_ref().map(|it| {
            let left = self.unspent().map_err(|it| it.message)?;
            Ok(left.is_sound() && it.deducted.is_sound() && it.credited.is_sound())
        });
        let claims = [
            (prepaid.unwrap_or(Ok::<_, String>(true))?, "a prepayment is taken at most once"),
            (lines, "no more units of a line are credited than were invoiced"),
            (reduced, "no more is taken off a line than it comes to"),
            (charges, "only charges that are there are credited"),
        ];
        if let Some((_, claim)) = claims.iter().find(|(holds, _)| !holds) {
            return Err(format!("violated: {claim}: {self:?}"));
        }
        let credited = self.credited().map_err(|it| it.message)?;
        self.must_not_be_exceeded(&credited).map_err(|it| format!("violated: {it}: {self:?}"))
    }
}
