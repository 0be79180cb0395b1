//! What must hold between documents, of any books whatever: sums that one document keeps are those of
//! the documents that they are of.

use std::collections::{BTreeMap, BTreeSet};

use erpsync::books::{Books, Entry};
use erpsync::credit_notes::{CreditLine, CreditNote, Kind, SettlementKind};
use erpsync::decimal::Decimal;
use erpsync::id::{InvoiceId, OrderId};
use erpsync::invoices::{Invoice, InvoiceLine, Sums};
use erpsync::orders::{Line, Order};
use erpsync::payments::{Event, Payment};
use erpsync::returns::{self, Came, Reception, Return};
use erpsync::totals::{Charge, PriceMode, RoundingMode, Tax};

use super::super::model::{self, Model};
use super::{Found, Scope, holds, must};

/// All documents, by what they belong to.
struct All<'a> {
    invoices: BTreeMap<OrderId, Vec<&'a Invoice>>,
    notes: BTreeMap<InvoiceId, Vec<&'a CreditNote>>,
    returns: BTreeMap<OrderId, Vec<&'a Return>>,
    payments: BTreeMap<OrderId, Vec<&'a Payment>>,
}

fn by<E: Entry, K: Ord>(books: &Books, of: impl Fn(&E) -> Option<K>) -> BTreeMap<K, Vec<&E>> {
    let mut all: BTreeMap<K, Vec<&E>> = BTreeMap::new();
    for entry in books.see::<E>().entries() {
        if let Some(of) = of(entry) {
            all.entry(of).or_default().push(entry);
        }
    }
    all
}

pub fn hold(books: &Books, model: &Model, scope: &Scope) -> Found {
    let meant = |it: OrderId| scope.has(it.0).then_some(it);
    let lowers = |it: &CreditNote| it.lowers.filter(|it| scope.has(it.1.0)).map(|it| it.0);
    let all = All {
        invoices: by(books, |it: &Invoice| meant(it.order)),
        notes: by(books, lowers),
        returns: by(books, |it: &Return| meant(it.order)),
        payments: by(books, |it: &Payment| meant(it.order)),
    };
    for order in books.see::<Order>().entries().filter(|it| scope.has(it.id.0)) {
        let wrong = |it| format!("order {}: {it}", order.id);
        all.order(order, &model.orders[&order.id.0]).map_err(wrong)?;
    }
    for invoice in all.invoices.values().flatten() {
        all.invoice(invoice).map_err(|it| format!("invoice {}: {it}", invoice.id))?;
    }
    let mut causes = BTreeSet::new();
    for note in books.see::<CreditNote>().entries() {
        let wrong = |it| format!("credit note {}: {it}", note.id);
        if note.lowers.is_none_or(|it| scope.has(it.1.0)) {
            on_its_own(note).map_err(wrong)?;
        }
        let is_only = note.cause.is_none_or(|it| causes.insert(format!("{it:?}")));
        holds("C6: one cause, at most one note", is_only).map_err(wrong)?;
    }
    let returns: Vec<_> = all.returns.values().flatten().collect();
    let is_of = |it: &Reception| returns.iter().any(|of| of.id == it.of).then_some(it.of);
    let receptions = by(books, is_of);
    for of in returns {
        let own = receptions.get(&of.id).map_or(&[][..], |it| it);
        came_back(of, own).map_err(|it| format!("return {}: {it}", of.id))?;
    }
    Ok(())
}

fn sum(all: impl IntoIterator<Item = Decimal>) -> i128 {
    all.into_iter().map(Decimal::millionths).sum()
}

/// A unit of something, in millionths.
const ONE: i128 = 1_000_000;

/// Lines of one order on its invoices and credit notes.
struct Billed<'a> {
    lines: Vec<(&'a Invoice, &'a InvoiceLine)>,
    /// With the line that each is of.
    credits: Vec<(&'a CreditNote, &'a CreditLine, &'a InvoiceLine)>,
}

impl<'a> All<'a> {
    fn billed(&self, order: OrderId, line: &Line) -> Billed<'a> {
        let mut billed = Billed { lines: vec![], credits: vec![] };
        for invoice in self.invoices.get(&order).into_iter().flatten() {
            let own = invoice.lines.iter().filter(|it| it.order_line == line.id);
            for of in own {
                billed.lines.push((invoice, of));
                let notes = self.notes.get(&invoice.id).into_iter().flatten();
                for note in notes {
                    let named = |it: &&CreditLine| it.invoice_line.as_ref() == Some(&of.id);
                    let credits = note.lines.iter().filter(named);
                    billed.credits.extend(credits.map(|it| (*note, it, of)));
                }
            }
        }
        billed
    }

    fn order(&self, order: &Order, of: &model::Order) -> Found {
        for (line, of) in order.lines.iter().zip(&of.lines) {
            let billed = self.billed(order.id, line);
            billed.is_summed_up(line).map_err(|it| format!("line {}: {it}", line.id))?;
            billed.balances(order, line, of).map_err(|it| format!("line {}: {it}", line.id))?;
            self.comes_back(order.id, line).map_err(|it| format!("line {}: {it}", line.id))?;
        }
        let own = || self.payments.get(&order.id).into_iter().flatten();
        let paid = [Event::Authorised, Event::Captured, Event::Refunded, Event::ChargedBack]
            .map(|event| sum(own().filter(|it| it.event == event).map(|it| it.amount)));
        let it = &order.payments;
        let kept = [it.authorised, it.captured, it.refunded, it.charged_back];
        must(|| "payments".into(), kept.map(Decimal::millionths), paid)?;
        let document = Paper {
            mode: (order.content.price_mode, order.content.rounding_mode),
            lines: order
                .lines
                .iter()
                .map(|it| (it.ordered.amount, &it.ordered.taxes[..]))
                .collect(),
            charges: &order.content.charges,
            tax_totals: &order.content.tax_totals,
            total: order.content.total,
            minor: order.content.currency.minor_unit().millionths(),
        };
        must(|| "I11".into(), document.adds_up().is_ok(), of.adds_up)
    }

    /// What an order's line says of what comes back is what its returns say.
    fn comes_back(&self, order: OrderId, line: &Line) -> Found {
        let own = self.returns.get(&order).into_iter().flatten();
        let own: Vec<_> = own.flat_map(|it| &it.lines).filter(|it| it.line == line.id).collect();
        let sums = [
            sum(own.iter().map(|it| it.awaited())),
            sum(own.iter().map(|it| it.units.received())),
            sum(own.iter().map(|it| it.lost)),
            sum(own.iter().map(|it| it.units.sent_back)),
        ];
        let kept = [line.return_requested, line.received, line.lost, line.sent_back];
        must(|| "I4: what comes back".into(), kept.map(Decimal::millionths), sums)
    }

    fn invoice(&self, invoice: &Invoice) -> Found {
        let notes = || self.notes.get(&invoice.id).into_iter().flatten();
        let credited = invoice.credited().map_err(|it| it.message)?;
        let given = sum(notes().map(|it| it.total));
        must(
            || "what it has given is what its notes have".into(),
            credited.total.millionths(),
            given,
        )?;
        for (nth, tax) in credited.tax_totals.iter().enumerate() {
            let alike = || notes().flat_map(|it| &it.tax_totals).filter(|it| it.is_alike(tax));
            let given = (sum(alike().map(|it| it.base)), sum(alike().filter_map(|it| it.amount)));
            let seen = (tax.base.millionths(), tax.amount.unwrap_or_default().millionths());
            must(|| format!("C2: tax {nth} that it has given is that of its notes"), seen, given)?;
        }
        for (line, amount) in invoice.lines.iter().zip(&credited.lines) {
            let lines = || notes().flat_map(|it| &it.lines);
            let own = || lines().filter(|it| it.invoice_line.as_ref() == Some(&line.id));
            let given = sum(own().map(|it| it.amount));
            must(|| format!("C3: line {}", line.id), amount.millionths(), given)?;
            let units = sum(own().filter_map(|it| it.quantity));
            must(
                || format!("I7: units of line {}", line.id),
                line.credited_quantity.millionths(),
                units,
            )?;
            holds("I7: units", units <= line.invoiced.quantity.millionths())?;
            holds("I7: amounts", given.abs() <= line.invoiced.amount.millionths().abs())?;
        }
        for note in notes() {
            holds("C5: in the invoice's currency", note.currency == invoice.currency)?;
            let is_named = |it: &CreditLine| match &it.invoice_line {
                Some(id) => invoice.lines.iter().any(|it| it.id == *id),
                None => invoice.prepaid.is_some(),
            };
            holds("C1: each line names its invoice's", note.lines.iter().all(is_named))?;
        }
        self.prepaid(invoice)?;
        let document = Paper {
            mode: (invoice.price_mode, invoice.rounding_mode),
            lines: invoice
                .lines
                .iter()
                .map(|it| (it.invoiced.amount, &it.invoiced.taxes[..]))
                .collect(),
            charges: &invoice.charges,
            tax_totals: &invoice.tax_totals,
            total: invoice.total,
            minor: invoice.currency.minor_unit().millionths(),
        };
        document.adds_up()
    }

    /// What was prepaid was credited, stands deducted on other invoices of the order, or is left; of
    /// each rate, and nothing of it is less than nothing.
    fn prepaid(&self, invoice: &Invoice) -> Found {
        let Some(prepaid) = &invoice.prepaid else { return Ok(()) };
        let mut deducted = Sums::nothing(invoice.tax_totals.len());
        for by in self.invoices.get(&invoice.order).into_iter().flatten() {
            let stands = |it: &(&usize, _)| !by.credited_charges.contains(it.0);
            for (place, deduction) in by.deductions.iter().filter(stands) {
                if deduction.of != invoice.id {
                    continue;
                }
                let charge = &by.charges[*place];
                let mut part = Sums::nothing(invoice.tax_totals.len());
                part.amount = charge.amount;
                for (tax, amount) in charge.taxes.iter().zip(&deduction.taxes) {
                    let at = invoice.tax_totals.iter().position(|it| it.is_alike(tax));
                    part.rates[at.ok_or("a rate that was not prepaid is deducted")?] =
                        (tax.base, *amount);
                }
                deducted = deducted.plus(&part).map_err(|it| it.message)?;
            }
        }
        must(|| "what of it stands deducted".into(), &prepaid.deducted, &deducted)?;
        let left = invoice.unspent().map_err(|it| it.message)?;
        holds("no more of it is taken than was paid", left.is_sound() && deducted.is_sound())
    }
}

impl Billed<'_> {
    /// What an order's line says of invoices and credits is what these say.
    fn is_summed_up(&self, line: &Line) -> Found {
        let reversals = self.credits.iter().filter(|it| it.0.cause.is_none());
        let sums = [
            sum(self.lines.iter().map(|it| it.1.invoiced.quantity)),
            sum(reversals.filter_map(|it| it.1.quantity)),
            sum(self.credits.iter().filter_map(|it| it.1.quantity)),
            sum(self.credits.iter().map(|it| it.1.amount)),
        ];
        let kept = [line.invoiced, line.reversed, line.credited_quantity, line.credited_amount];
        must(|| "what is billed of it".into(), kept.map(Decimal::millionths), sums)
    }

    /// C7, as the price mode has it: what was ordered, with all amendments and without what was
    /// cancelled, was invoiced and not reversed, or is still to be invoiced; but for rounding, of which
    /// there is at most half a minor unit each time. What was reversed counts as it was invoiced,
    /// whatever its price was lowered by before. Charges of an order and of its invoices are not tied
    /// to each other.
    fn balances(&self, order: &Order, line: &Line, of: &model::Line) -> Found {
        let mode = order.content.price_mode;
        if of.is_repriced || self.lines.iter().any(|it| it.0.price_mode != mode) {
            return Ok(());
        }
        let minor = order.content.currency.minor_unit().millionths();
        let each = i128::from(of.price) - i128::from(of.off) * minor;
        let ordered = line.share_of(line.ordered.amount, order.content.currency).millionths();
        let invoiced = sum(self.lines.iter().map(|it| it.1.invoiced.amount));
        let reversals = self.credits.iter().filter(|it| it.0.cause.is_none());
        let reversals = reversals.filter_map(|(_, credit, of)| Some((credit.quantity?, of)));
        let reversed = reversals.clone().map(|(units, of)| {
            let whole = of.invoiced.amount.millionths() * units.millionths();
            whole / of.invoiced.quantity.millionths()
        });
        let reversed: i128 = reversed.sum();
        let open = each * line.invoiceable().millionths() / ONE;
        let rounding = ordered - (invoiced - reversed + open);
        let times = 2 + self.lines.len() + 2 * reversals.count();
        let is_rounding = 2 * rounding.abs() <= minor * times as i128;
        let told = format!(
            "C7: {ordered} ordered, {invoiced} invoiced, {reversed} reversed, {open} to be invoiced"
        );
        holds(&told, is_rounding)
    }
}

/// I5: units that came are in one place each, and those of a return are those of its receptions.
fn came_back(of: &Return, receptions: &[&Reception]) -> Found {
    for line in &of.lines {
        let own = receptions.iter().flat_map(|it| &it.lines).filter(|it| it.line == line.line);
        let mut came = returns::Units::default();
        let (mut lost, mut other) = (0, 0);
        for part in own {
            match part.came {
                Came::Received => {
                    came.follow(&returns::Units::default(), &part.units).map_err(|it| it.message)?
                }
                // What turned up came back later.
                Came::Lost => lost += part.quantity.millionths(),
                Came::WrongItem => other += part.quantity.millionths(),
            }
        }
        must(|| format!("I5: line {}", line.line), line.units, came)?;
        let places =
            [came.pending, came.restocked, came.quarantined, came.scrapped, came.sent_back];
        let received = sum(places);
        must(|| "I5: received".into(), line.units.received().millionths(), received)?;
        holds("what was lost was told to be", line.lost.millionths() <= lost)?;
        must(|| "what came instead".into(), line.wrong_item.millionths(), other)?;
        let parts = received + other + sum([line.lost, line.released]);
        let awaited = line.awaited().millionths();
        must(|| "each announced unit".into(), parts + awaited, line.requested.millionths())?;
        holds("none of it is negative", 0 <= awaited && came.are_sound())?;
    }
    Ok(())
}

/// C1, C4, and that its parts are its total.
fn on_its_own(note: &CreditNote) -> Found {
    let is_free = note.kind == Kind::FreeCredit;
    let names_none = note.lines.iter().all(|it| it.invoice_line.is_none());
    holds("C1: a free credit is of no invoice", is_free == note.lowers.is_none())?;
    holds("C1: a free credit names no line", !is_free || names_none)?;
    let charges = note.charges.iter().map(|it| it.kind.signed(it.amount));
    let taxes = note.tax_totals.iter().filter_map(|it| it.amount);
    let on_top = if note.price_mode == PriceMode::Net { sum(taxes) } else { 0 };
    let parts = sum(note.lines.iter().map(|it| it.amount).chain(charges)) + on_top;
    must(|| "its parts are its total".into(), note.total.millionths(), parts)?;
    if note.settled.is_none() {
        return holds("C4: what is not settled has no parts", note.settlements.is_empty());
    }
    let of = |kind: Option<SettlementKind>| {
        let own = note.settlements.iter().filter(|it| kind.is_none_or(|kind| it.kind == kind));
        sum(own.map(|it| it.amount))
    };
    must(|| "C4: how it was settled".into(), of(None), note.total.millionths())?;
    let most = note.currency.minor_unit().millionths();
    let most = most * (note.lines.len() + note.tax_totals.len()) as i128;
    holds("C4: rounding is small", of(Some(SettlementKind::ErpRounding)).abs() <= most)?;
    let names_balance = note
        .settlements
        .iter()
        .all(|it| (it.kind == SettlementKind::OpenBalance) == it.invoice.is_some());
    holds("C4: a balance is of an invoice, and nothing else is", names_balance)
}

/// A document, as far as it must add up.
struct Paper<'a> {
    mode: (PriceMode, RoundingMode),
    lines: Vec<(Decimal, &'a [Tax])>,
    charges: &'a [Charge],
    tax_totals: &'a [Tax],
    total: Decimal,
    minor: i128,
}

impl Paper<'_> {
    /// I11: lines, shipping and fees, less discounts and what is deducted, with taxes if they come on
    /// top, are the total; bases of each rate are those of its parts, and taxes too where these have
    /// them.
    fn adds_up(&self) -> Found {
        let charges = || self.charges.iter();
        let lines = self.lines.iter().flat_map(|it| it.1).map(|it| (it, false));
        let on_charges = charges().flat_map(|it| {
            it.taxes.iter().map(|tax| (tax, it.kind.signed(Decimal::ONE).is_negative()))
        });
        let parts: Vec<_> = lines.chain(on_charges).collect();
        for whole in self.tax_totals {
            let (mut base, mut tax) = (0, 0);
            for (part, is_lower) in parts.iter().filter(|it| it.0.is_alike(whole)) {
                let sign = if *is_lower { -1 } else { 1 };
                base += sign * part.base.millionths();
                tax += sign * part.amount.unwrap_or_default().millionths();
            }
            must(|| "I11: a base".into(), whole.base.millionths(), base)?;
            let given = whole.amount.unwrap_or_default().millionths();
            match self.mode.1 {
                RoundingMode::Line => must(|| "I11: a tax".into(), given, tax)?,
                RoundingMode::Document => {
                    let inside = match self.mode.0 {
                        PriceMode::Net => 100 * ONE,
                        PriceMode::Gross => 100 * ONE + whole.rate.millionths(),
                    };
                    let apart = given * inside - base * whole.rate.millionths();
                    // Rounded, and as others round.
                    holds("I11: a tax is near", 2 * apart.abs() <= 3 * self.minor * inside)?;
                }
            }
        }
        let is_named =
            |it: &&(&Tax, bool)| self.tax_totals.iter().any(|whole| whole.is_alike(it.0));
        holds("I11: each rate is told", parts.iter().filter(is_named).count() == parts.len())?;
        let taxes = self.tax_totals.iter().filter_map(|it| it.amount);
        let on_top = if self.mode.0 == PriceMode::Net { sum(taxes) } else { 0 };
        let all = self.lines.iter().map(|it| it.0);
        let all = all.chain(charges().map(|it| it.kind.signed(it.amount)));
        must(|| "I11: the total".into(), self.total.millionths(), sum(all) + on_top)
    }
}
