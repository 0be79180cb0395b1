//! What a credit note would come to: of an invoice, or of units of an order over all its invoices.

use std::collections::BTreeMap;

use time::Date;

use super::correct::exceeds;
use super::{CreditNote, Issue, ToldCause, ToldLine, What};
use crate::books::{Books, Command, Moment, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{ByShop, find_now, want};
use crate::error::Result;
use crate::id::{ExternalId, InvoiceId, SystemName};
use crate::invoices::Invoice;
use crate::orders::Order;
use crate::parking::Fact;
use crate::returns::{Reception, Return};

/// Works a credit note out as if it were issued now, and issues nothing.
pub struct Preview {
    /// What would be issued.
    pub issue: Issue,
    /// Of whose orders whoever asks sees invoices and returns.
    pub sees: ByShop,
}

/// Works out what crediting units of an order's lines would come to, likewise.
#[derive(Clone)]
pub struct PreviewOrder {
    /// Who asks.
    pub system: SystemName,
    /// Which order.
    pub order: Named,
    /// Each line once, and how many units.
    pub lines: Vec<(ExternalId, Decimal)>,
    /// Its invoices, oldest first. Whoever asks has looked: whether that are all is looked at again.
    pub invoices: Vec<InvoiceId>,
}

/// The id that a note would have; none has it.
const NOBODY: i64 = 0;

impl Command for Preview {
    type Answer = CreditNote;

    fn needs(&self, books: &mut Books) {
        self.issue.needs(NOBODY, books);
        if let Some(invoice) = self.issue.invoice() {
            self.sees.want::<Invoice>(books, invoice);
        }
        match self.issue.cause() {
            None => {}
            Some(ToldCause::Return(it)) => drop(self.sees.want::<Return>(books, it)),
            Some(ToldCause::Reception(it)) => drop(self.sees.want::<Reception>(books, it)),
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<CreditNote> {
        if let Some(invoice) = self.issue.invoice() {
            self.sees.find_now::<Invoice>(books, invoice)?;
        }
        match self.issue.cause() {
            None => {}
            Some(ToldCause::Return(it)) => drop(self.sees.find_now::<Return>(books, it)?),
            Some(ToldCause::Reception(it)) => drop(self.sees.find_now::<Reception>(books, it)?),
        }
        let note = self.issue.note(NOBODY, books, at)?;
        books.undo();
        Ok(note)
    }

    fn weight(&self) -> Weight {
        self.issue.weight()
    }
}

impl Command for PreviewOrder {
    /// One note for each invoice of which something would be credited; `None` where the order has
    /// invoices that were not named.
    type Answer = Option<(Order, Vec<CreditNote>)>;

    fn needs(&self, books: &mut Books) {
        want::<Order>(books, &self.order);
        for invoice in &self.invoices {
            Issue::correction(&self.system, *invoice, Vec::new()).needs(NOBODY, books);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Self::Answer> {
        let order: Order = find_now(books, &self.order)?;
        let invoices = self.invoices.iter().filter_map(|it| books.of::<Invoice>().get(it).cloned());
        let invoices: Vec<Invoice> = invoices.filter(|it| it.order == order.id).collect();
        if !are_all(&order, &invoices)? {
            return Ok(None);
        }
        let mut notes = Vec::new();
        for (invoice, lines) in self.of_invoices(&order, &invoices)? {
            notes.push(Issue::correction(&self.system, invoice, lines).note(NOBODY, books, at)?);
        }
        books.undo();
        Ok(Some((order, notes)))
    }

    fn weight(&self) -> Weight {
        Weight { rows: 3 * self.lines.len(), bytes: 1024 + 256 * self.lines.len() }
    }
}

/// Whether all that was invoiced of an order stands on these.
fn are_all(order: &Order, invoices: &[Invoice]) -> Result<bool> {
    let lines = || invoices.iter().flat_map(|it| &it.lines);
    order.lines.iter().try_fold(true, |all, line| {
        let units = lines().filter(|it| it.order_line == line.id).map(|it| it.invoiced.quantity);
        Ok(all && Decimal::try_sum(units)? == line.invoiced)
    })
}

impl PreviewOrder {
    /// Which lines of which invoice, the oldest that anything is left of first.
    fn of_invoices(
        &self,
        order: &Order,
        invoices: &[Invoice],
    ) -> Result<BTreeMap<InvoiceId, Vec<ToldLine>>> {
        let mut found: BTreeMap<InvoiceId, Vec<ToldLine>> = BTreeMap::new();
        for (id, asked) in &self.lines {
            order.place_of(id)?;
            let mut rest = *asked;
            for invoice in invoices {
                for line in invoice.lines.iter().filter(|it| it.order_line == *id) {
                    let left = line.invoiced.quantity.try_sub(line.credited_quantity)?;
                    let units = rest.min(left);
                    if units.is_positive() {
                        rest = rest.try_sub(units)?;
                        found.entry(invoice.id).or_default().push(ToldLine::of(&line.id, units));
                    }
                }
            }
            if rest.is_positive() {
                return Err(exceeds(id, *asked, asked.try_sub(rest)?, "is left of its invoices"));
            }
        }
        Ok(found)
    }
}

impl Issue {
    /// A credit note of units of an invoice, that nobody issues, and that therefore has neither number
    /// nor date.
    fn correction(system: &SystemName, invoice: InvoiceId, lines: Vec<ToldLine>) -> Issue {
        let (invoice, currency, cause) = (Named::Ours(invoice.0), None, None);
        let charges = Vec::new();
        Issue::nobodys(system, What::Correction { invoice, currency, cause, lines, charges })
    }

    /// A credit note that nobody issues.
    pub(super) fn nobodys(system: &SystemName, what: What) -> Issue {
        Issue {
            system: system.clone(),
            external_id: ExternalId::stored(""),
            already_issued: false,
            credit_date: Date::MIN,
            reason: String::new(),
            what,
            tax_totals: Vec::new(),
            total: None,
            settlements: Vec::new(),
        }
    }
}
