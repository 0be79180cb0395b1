//! Documents that lower invoices.

mod correct;
mod free;
mod model;
mod prepaid;
mod preview;
mod service;
mod settle;
mod store;
mod wire;

pub use model::{Cause, CreditLine, CreditNote, Kind, Settled, Settlement, SettlementKind};
pub use preview::{Preview, PreviewOrder};
pub use service::CreditNoteDesk;
pub use settle::{Settle, ToldSettlement};
pub use wire::credit_note as told;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{ByShop, find, find_now, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{CreditNoteId, ExternalId, OrderId, SystemName};
use crate::invoices::Invoice;
use crate::money::Currency;
use crate::orders::Order;
use crate::parking::{self, Fact};
use crate::returns::{Reception, Return};
use crate::totals::{PriceMode, RoundingMode, Tax, does_not_add_up};
use settle::needs_settlements;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<CreditNote>()
}

/// A credit note to issue, or one that the ERP has issued already.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Issue {
    /// Who issues it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Whether it cannot be refused.
    pub already_issued: bool,
    /// The date on the document.
    pub credit_date: Date,
    /// Why, for people.
    pub reason: String,
    /// What is credited.
    pub what: What,
    /// Taxes of the whole note; empty: as worked out.
    pub tax_totals: Vec<Tax>,
    /// What is credited in sum; `None`: as worked out.
    pub total: Option<Decimal>,
    /// How it was settled.
    pub settlements: Vec<ToldSettlement>,
}

/// What is credited.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// All that is left of an invoice.
    Reversal {
        /// The invoice.
        invoice: Named,
        /// Told again, to be compared.
        currency: Option<Currency>,
    },
    /// Units of an invoice's lines, or its charges.
    Correction {
        /// The invoice.
        invoice: Named,
        /// Told again, to be compared.
        currency: Option<Currency>,
        /// What it is issued for.
        cause: Option<ToldCause>,
        /// Each line once.
        lines: Vec<ToldLine>,
        /// Charges that are credited as a whole.
        charges: Vec<ExternalId>,
    },
    /// Amounts of an invoice's lines, and no units.
    PriceReduction {
        /// The invoice.
        invoice: Named,
        /// Told again, to be compared.
        currency: Option<Currency>,
        /// Each line once, of no quantity, with an amount.
        lines: Vec<ToldLine>,
    },
    /// Amounts of a prepayment invoice.
    Prepayment {
        /// The invoice.
        invoice: Named,
        /// Told again, to be compared.
        currency: Option<Currency>,
        /// How much, with taxes.
        lines: Vec<FreeLine>,
    },
    /// Of no invoice.
    FreeCredit {
        /// In which currency.
        currency: Currency,
        /// Whether amounts contain taxes.
        price_mode: PriceMode,
        /// Where taxes are rounded.
        rounding_mode: RoundingMode,
        /// What for.
        lines: Vec<FreeLine>,
    },
}

/// What a credit note is issued for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldCause {
    /// What came back at one time.
    Reception(Named),
    /// A return as a whole.
    Return(Named),
}

/// Units of a line of the invoice, or an amount of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToldLine {
    /// The invoice's line.
    pub invoice_line: ExternalId,
    /// Units; zero in a price reduction.
    pub quantity: Decimal,
    /// How much; `None`: as worked out.
    pub amount: Option<Decimal>,
    /// Its taxes; empty: as worked out.
    pub taxes: Vec<Tax>,
    /// For people.
    pub description: String,
}

/// What a free credit is for, or how much of a prepayment is credited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FreeLine {
    /// Units, for information.
    pub quantity: Option<Decimal>,
    /// How much.
    pub amount: Decimal,
    /// Its taxes.
    pub taxes: Vec<Tax>,
    /// What for, for people.
    pub description: String,
    /// The article, for information.
    pub sku: String,
}

impl ToldLine {
    /// Units, as they come to.
    fn of(invoice_line: &ExternalId, quantity: Decimal) -> ToldLine {
        let (invoice_line, description) = (invoice_line.clone(), String::new());
        ToldLine { invoice_line, quantity, amount: None, taxes: Vec::new(), description }
    }
}

impl Fact for Issue {
    const KIND: &'static str = "credit_note";

    /// What is credited in sum.
    type Made = Decimal;

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::CreditNote, id }
    }

    fn names(&self) -> Vec<Name> {
        let cause = match self.cause() {
            Some(ToldCause::Reception(named) | ToldCause::Return(named)) => named.name(),
            None => None,
        };
        let invoice = self.invoice().and_then(Named::name);
        let settled = self.settlements.iter().filter_map(|it| it.invoice.as_ref()?.name());
        invoice.into_iter().chain(cause).chain(settled).cloned().collect()
    }

    fn needs(&self, id: i64, books: &mut Books) {
        books.of::<CreditNote>().want(&CreditNoteId(id));
        needs_settlements(books, &self.settlements, &ByShop::default());
        if let Some(invoice) = self.invoice()
            && let Some(invoice) = want::<Invoice>(books, invoice)
        {
            books.of::<Order>().want(&invoice.order);
            // What it has deducted may have to be given back, and somebody may wait for that.
            for deduction in invoice.deductions.values() {
                books.of::<Invoice>().want(&deduction.of);
                let name = books.of::<Invoice>().peek(&deduction.of).map(Invoice::name);
                name.iter().for_each(|it| parking::needs_wake(books, it));
            }
        }
        match self.cause() {
            None => {}
            Some(ToldCause::Return(named)) => {
                want::<Return>(books, named);
            }
            Some(ToldCause::Reception(named)) => {
                if let Some(reception) = want::<Reception>(books, named) {
                    books.of::<Return>().want(&reception.of);
                }
            }
        }
    }

    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<Decimal> {
        let note = self.note(id, books, at)?;
        let total = note.total;
        books.of().put(note);
        Ok(total)
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        let kept = [
            Reason::WaitsForDocument,
            Reason::AmountsDoNotAddUp,
            Reason::CurrencyMismatch,
            Reason::CreditExceedsInvoice,
            Reason::CauseAlreadyCredited,
        ];
        self.already_issued && kept.contains(&refusal.reason)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        Some(find::<Invoice>(books, self.invoice()?).ok()?.order)
    }

    fn weight(&self) -> Weight {
        let lines = match &self.what {
            What::Reversal { .. } => 100,
            What::Correction { lines, .. } | What::PriceReduction { lines, .. } => lines.len(),
            What::Prepayment { lines, .. } | What::FreeCredit { lines, .. } => lines.len(),
        };
        Weight { rows: 3 * lines, bytes: 1024 + 256 * lines }
    }
}

impl Issue {
    /// The note, with all that it lowers, but not yet put.
    fn note(&self, id: i64, books: &mut Books, at: Moment) -> Result<CreditNote> {
        let id = CreditNoteId(id);
        let note = match &self.what {
            What::FreeCredit { .. } => self.free(id, at)?,
            _ => self.correct(id, books, at)?,
        };
        self.must_agree(&note)?;
        self.settle(books, note, at)
    }

    fn invoice(&self) -> Option<&Named> {
        match &self.what {
            What::Reversal { invoice, .. }
            | What::Correction { invoice, .. }
            | What::PriceReduction { invoice, .. }
            | What::Prepayment { invoice, .. } => Some(invoice),
            What::FreeCredit { .. } => None,
        }
    }

    fn cause(&self) -> Option<&ToldCause> {
        match &self.what {
            What::Correction { cause, .. } => cause.as_ref(),
            What::Reversal { .. }
            | What::PriceReduction { .. }
            | What::Prepayment { .. }
            | What::FreeCredit { .. } => None,
        }
    }

    /// What is named; what has not arrived yet is waited for by facts alone.
    fn find<E: crate::books::Entry<Key: From<i64>>>(
        &self,
        books: &mut Books,
        named: &Named,
    ) -> Result<E> {
        if self.already_issued { find(books, named) } else { find_now(books, named) }
    }

    /// What is told of the whole must be what the lines come to.
    fn must_agree(&self, note: &CreditNote) -> Result<()> {
        let currency = note.currency;
        if let Some(given) = self.total
            && given != note.total
        {
            return Err(does_not_add_up("total", currency, given, note.total));
        }
        if !self.tax_totals.is_empty() {
            taxes_must_agree("tax total", currency, &self.tax_totals, &note.tax_totals)?;
        }
        Ok(())
    }
}

/// Taxes that are told must be those that were worked out, each category and rate.
fn taxes_must_agree(what: &str, currency: Currency, given: &[Tax], computed: &[Tax]) -> Result<()> {
    let amount = |it: Option<&Tax>| it.and_then(|it| it.amount).unwrap_or_default();
    let base = |it: Option<&Tax>| it.map(|it| it.base).unwrap_or_default();
    for tax in given.iter().chain(computed) {
        let told = given.iter().find(|it| it.is_alike(tax));
        let worked_out = computed.iter().find(|it| it.is_alike(tax));
        let what = format!("{what} {} {} %", tax.category, tax.rate);
        if base(told) != base(worked_out) {
            let what = format!("{what}: base");
            return Err(does_not_add_up(&what, currency, base(told), base(worked_out)));
        }
        if amount(told) != amount(worked_out) {
            return Err(does_not_add_up(&what, currency, amount(told), amount(worked_out)));
        }
    }
    Ok(())
}
