//! How a credit note was settled: with it, or later. All parts together are its total, and whatever
//! was kept back or given beyond it says what it is.

use serde::{Deserialize, Serialize};

use super::{CreditNote, Issue, Settled, Settlement, SettlementKind};
use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::ByShop;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, InvoiceId, OrderId, SystemName};
use crate::invoices::Invoice;
use crate::money::currency_mismatch;
use crate::parking::Fact;
use crate::totals::does_not_add_up;

/// A credit note was settled, as the ERP or the shop tells of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settle {
    /// Who tells.
    pub system: SystemName,
    /// Its number of this, not of the note.
    pub external_id: ExternalId,
    /// Which note.
    pub of: Named,
    /// How; at least one part.
    pub parts: Vec<ToldSettlement>,
    /// Of whose orders whoever tells sees notes and invoices: others are as unknown ones.
    #[serde(default, skip_serializing_if = "ByShop::is_all")]
    pub sees: ByShop,
}

/// A part of the settlement, as it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToldSettlement {
    /// How.
    pub kind: SettlementKind,
    /// How much of the total.
    pub amount: Decimal,
    /// Whose open balance is lower; `None`: that of the invoice that the note lowers.
    pub invoice: Option<Named>,
}

impl Fact for Settle {
    const KIND: &'static str = "settlement";

    type Made = ();

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Settlement, id }
    }

    fn names(&self) -> Vec<Name> {
        let invoices = self.parts.iter().filter_map(|it| it.invoice.as_ref()?.name());
        self.of.name().into_iter().chain(invoices).cloned().collect()
    }

    fn needs(&self, _: i64, books: &mut Books) {
        self.sees.want::<CreditNote>(books, &self.of);
        needs_settlements(books, &self.parts, &self.sees);
    }

    fn apply(&self, _: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut note: CreditNote = self.sees.find(books, &self.of)?;
        if note.settled.is_some() {
            return Err(Refusal::step(format!("credit note {}", note.id), "SETTLED", "SETTLED"));
        }
        note.settlements = settlements(books, &note, &self.parts, &self.sees)?;
        note.settled = Some(Settled { by: self.system.clone(), at: at.now });
        books.of().put(note);
        Ok(())
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        use Reason::{AmountsDoNotAddUp, CurrencyMismatch, InvalidState, WaitsForDocument};
        let kept = [WaitsForDocument, AmountsDoNotAddUp, CurrencyMismatch, InvalidState];
        kept.contains(&refusal.reason)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        self.sees.find::<CreditNote>(books, &self.of).ok()?.lowers.map(|it| it.1)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 1 + self.parts.len(), bytes: 1024 + 256 * self.parts.len() }
    }
}

impl Issue {
    /// The note, settled as it was told with it.
    pub(super) fn settle(
        &self,
        books: &mut Books,
        note: CreditNote,
        at: Moment,
    ) -> Result<CreditNote> {
        if self.settlements.is_empty() {
            return Ok(note);
        }
        let settlements = settlements(books, &note, &self.settlements, &ByShop::default())?;
        let settled = Some(Settled { by: self.system.clone(), at: at.now });
        Ok(CreditNote { settlements, settled, ..note })
    }
}

/// Wants what [`settlements`] looks at.
pub fn needs_settlements(books: &mut Books, parts: &[ToldSettlement], sees: &ByShop) {
    for named in parts.iter().filter_map(|it| it.invoice.as_ref()) {
        sees.want::<Invoice>(books, named);
    }
}

/// The parts of a settlement, if they are the note's total.
fn settlements(
    books: &mut Books,
    note: &CreditNote,
    parts: &[ToldSettlement],
    sees: &ByShop,
) -> Result<Vec<Settlement>> {
    let mut settlements = Vec::with_capacity(parts.len());
    for (nth, ToldSettlement { kind, amount, invoice }) in parts.iter().enumerate() {
        let invoice = match kind {
            SettlementKind::OpenBalance => Some(lowered(books, note, invoice.as_ref(), nth, sees)?),
            _ => None,
        };
        settlements.push(Settlement { kind: *kind, amount: *amount, invoice });
    }
    must_be_total(note, &settlements)?;
    Ok(settlements)
}

/// The invoice whose open balance is lower now.
fn lowered(
    books: &mut Books,
    note: &CreditNote,
    named: Option<&Named>,
    nth: usize,
    sees: &ByShop,
) -> Result<InvoiceId> {
    let Some(named) = named else {
        let own = note.lowers.map(|it| it.0);
        let field = || format!("settlements[{nth}].invoice");
        return own.ok_or_else(|| Refusal::field(field(), "must be named by a free credit"));
    };
    let invoice: Invoice = sees.find(books, named)?;
    if invoice.currency != note.currency {
        return Err(currency_mismatch("the invoice", note.currency, invoice.currency));
    }
    Ok(invoice.id)
}

fn must_be_total(note: &CreditNote, settlements: &[Settlement]) -> Result<()> {
    let currency = note.currency;
    let sum_of = |kind: Option<SettlementKind>| {
        let of_kind = settlements.iter().filter(|it| kind.is_none_or(|kind| it.kind == kind));
        Decimal::try_sum(of_kind.map(|it| it.amount))
    };
    let settled = sum_of(None)?;
    if settled != note.total {
        return Err(does_not_add_up("settlements", currency, settled, note.total));
    }
    // Rounding by the ERP: a minor unit for each line and rate, and no more.
    let parts = i32::try_from(note.lines.len() + note.tax_totals.len()).unwrap_or(i32::MAX);
    let most = currency.minor_unit().times(Decimal::whole(parts), currency.decimals())?;
    for (kind, most) in [
        (SettlementKind::ErpRounding, most),
        (SettlementKind::CashRounding, currency.cash_rounding_max()),
    ] {
        let rounding = sum_of(Some(kind))?;
        if most < rounding.abs() {
            let what = format!("settlements: {}", kind.as_str().to_ascii_uppercase());
            return Err(does_not_add_up(&what, currency, rounding, most));
        }
    }
    Ok(())
}
