//! What the ERP has invoiced.

mod credited;
mod model;
mod prepayment;
mod service;
mod store;
mod wire;

pub use credited::{Credited, Reduced};
pub use model::{Invoice, InvoiceLine, Kind};
pub use prepayment::{Deduction, Prepaid, Sums};
pub use service::InvoiceDesk;
pub use wire::invoice as told;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::Date;

use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{Wording, find, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, InvoiceId, OrderId, SystemName};
use crate::money::{Currency, currency_mismatch};
use crate::orders::Order;
use crate::parking::{self, Fact};
use crate::totals::{Charge, PriceMode, Priced, RoundingMode, Tax};

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Invoice>()
}

/// An invoice was posted, as the ERP tells of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Who tells.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// What it is.
    #[serde(default, skip_serializing_if = "Kind::is_standard")]
    pub kind: Kind,
    /// Of which order.
    pub order: Named,
    /// The date on the document.
    pub invoice_date: Date,
    /// In which currency.
    pub currency: Currency,
    /// Whether prices contain taxes.
    pub price_mode: PriceMode,
    /// Where taxes are rounded.
    pub rounding_mode: RoundingMode,
    /// What was invoiced.
    pub lines: Vec<ToldLine>,
    /// What is charged beside goods.
    pub charges: Vec<Charge>,
    /// Which prepayments its charges deduct, by their places.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub deducts: BTreeMap<usize, Named>,
    /// Taxes of the whole invoice.
    pub tax_totals: Vec<Tax>,
    /// What is to be paid.
    pub total: Decimal,
}

/// A line as it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToldLine {
    /// Its id on the invoice.
    pub id: ExternalId,
    /// The order's line.
    pub order_line: ExternalId,
    /// What was invoiced.
    pub invoiced: Priced,
}

impl Fact for Record {
    const KIND: &'static str = "invoice";

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Invoice, id }
    }

    fn names(&self) -> Vec<Name> {
        let deducted = self.deducts.values().filter_map(Named::name);
        self.order.name().into_iter().chain(deducted).cloned().collect()
    }

    fn needs(&self, id: i64, books: &mut Books) {
        books.of::<Invoice>().want(&InvoiceId(id));
        want::<Order>(books, &self.order);
        for prepayment in self.deducts.values() {
            if let Some(prepayment) = want::<Invoice>(books, prepayment) {
                // It may have to wait until there is more left of it.
                parking::needs_wait(books, &prepayment.name());
            }
        }
    }

    type Made = ();

    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut order: Order = find(books, &self.order)?;
        let mut invoice = self.invoice(id, order.id, at);
        let expected = order.content.currency;
        if invoice.currency != expected {
            return Err(currency_mismatch("the invoice", expected, invoice.currency));
        }
        invoice.must_add_up()?;
        invoice_units(&mut order, &invoice)?;
        self.deduct(books, &mut invoice)?;
        order.documents += 1;
        books.of().put(order);
        books.of().put(invoice);
        Ok(())
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        let kept = [
            Reason::WaitsForDocument,
            Reason::AmountsDoNotAddUp,
            Reason::CurrencyMismatch,
            Reason::QuantityExceeded,
            Reason::PrepaymentMismatch,
            Reason::PrepaymentExceeded,
        ];
        kept.contains(&refusal.reason)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        find::<Order>(books, &self.order).ok().map(|it| it.id)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 3 * self.lines.len(), bytes: 1024 + 512 * self.lines.len() }
    }
}

impl Record {
    fn invoice(&self, id: i64, order: OrderId, at: Moment) -> Invoice {
        let told = self.clone();
        let nothing = Sums::nothing(told.tax_totals.len());
        let prepaid = Prepaid { deducted: nothing.clone(), credited: nothing };
        let line = |ToldLine { id, order_line, invoiced }| {
            let credited_quantity = Decimal::ZERO;
            InvoiceLine { id, order_line, invoiced, credited_quantity, reduced: None }
        };
        Invoice {
            id: InvoiceId(id),
            system: told.system,
            external_id: told.external_id,
            kind: told.kind,
            order,
            invoice_date: told.invoice_date,
            currency: told.currency,
            price_mode: told.price_mode,
            rounding_mode: told.rounding_mode,
            lines: told.lines.into_iter().map(line).collect(),
            charges: told.charges,
            tax_totals: told.tax_totals,
            total: told.total,
            deductions: BTreeMap::new(),
            credited_charges: BTreeSet::new(),
            prepaid: (told.kind == Kind::Prepayment).then_some(prepaid),
            recorded_at: at.now,
            wording: Wording::New,
            revision: 0,
        }
    }

    /// What was paid ahead is paid once: no more of a prepayment is deducted than is left of it.
    fn deduct(&self, books: &mut Books, invoice: &mut Invoice) -> Result<()> {
        for (place, named) in &self.deducts {
            let mut prepayment: Invoice = find(books, named)?;
            let taxes = prepayment.deduct(invoice, &invoice.charges[*place])?;
            invoice.deductions.insert(*place, Deduction { of: prepayment.id, taxes });
            books.of().put(prepayment);
        }
        Ok(())
    }
}

/// No more is invoiced of a line than was ordered and not cancelled, over all lines that name it.
fn invoice_units(order: &mut Order, invoice: &Invoice) -> Result<()> {
    let mut units: BTreeMap<usize, Decimal> = BTreeMap::new();
    for line in &invoice.lines {
        let sum = units.entry(order.place_of(&line.order_line)?).or_default();
        *sum = sum.try_add(line.invoiced.quantity)?;
    }
    for (place, units) in units {
        let line = &mut order.lines[place];
        let possible = line.invoiceable();
        if possible < units {
            let message =
                format!("line \"{}\": {units} to be invoiced, and only {possible} can be", line.id);
            return Err(Refusal::new(Reason::QuantityExceeded, message)
                .with("line_id", &line.id)
                .with("asked", units)
                .with("possible", possible));
        }
        line.invoiced = line.invoiced.try_add(units)?;
    }
    Ok(())
}
