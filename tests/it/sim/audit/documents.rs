//! Every document is as it was told, and what became of it is what the model says.

use erpsync::books::{Books, NameKind};
use erpsync::credit_notes::{Cause, CreditNote};
use erpsync::decimal::Decimal;
use erpsync::due::{Due, DueKey};
use erpsync::id::ParkedId;
use erpsync::incidents::{self, IncidentKey};
use erpsync::invoices::Invoice;
use erpsync::parking::{self, Parked};
use erpsync::payments::Payment;
use erpsync::reservations::{self, Reservation};
use erpsync::returns::{self, Came, Reception, Return, State};
use erpsync::shipments::Shipment;
use erpsync::totals::Tax;

use super::super::carts::promise_of;
use super::super::dice::key;
use super::super::model::{Allowed, Model, Promise, Trouble, Units, What};
use super::super::money::{Note, Sums, Taxes, places};
use super::super::payments::EVENTS;
use super::{Found, Scope, entry, holds, must, whole};

pub fn are_as_told(books: &Books, model: &Model, scope: &Scope) -> Found {
    carts(books, model)?;
    shipments(books, model, scope)?;
    returns(books, model, scope)?;
    receptions(books, model, scope)?;
    invoices(books, model, scope)?;
    let order = |it: &Note| it.invoice.map(|it| model.invoices[&it].order);
    for (number, of) in model.notes.iter().filter(|it| order(it.1).is_none_or(|it| scope.has(it))) {
        must(|| format!("credit note {number}"), &note(entry(books, *number)?), of)?;
    }
    for (number, of) in model.payments.iter().filter(|it| scope.has(it.1.order)) {
        let seen: &Payment = entry(books, *number)?;
        let seen = (seen.order.0, seen.event, whole(seen.amount));
        must(|| format!("payment {number}"), seen, (of.order, EVENTS[of.event], of.amount))?;
    }
    for (number, of) in &model.parked {
        let parked: &Parked = entry(books, *number)?;
        holds("what is parked waits", parked.is_still())?;
        let is_due = books.see::<Due>().peek(&due(parking::DUE, *number)).is_some();
        must(|| format!("parked {number} is due"), is_due, of.is_due)?;
    }
    incidents(books, model)
}

pub fn due(kind: &'static str, number: i64) -> DueKey {
    DueKey { kind, key: ParkedId(number).to_string() }
}

fn carts(books: &Books, model: &Model) -> Found {
    for (number, of) in &model.carts {
        let seen: &Reservation = entry(books, *number)?;
        must(|| format!("reservation {number}"), promise_of(&seen.state), of.state)?;
        let lines: Vec<_> = seen.lines.iter().map(|it| (&it.level, whole(it.quantity))).collect();
        let so: Vec<_> = of.lines.iter().map(|it| (key(*it.0), *it.1)).collect();
        let mut so: Vec<_> = so.iter().map(|it| (&it.0, it.1)).collect();
        so.sort();
        must(|| format!("reservation {number}: units"), lines, so)?;
        let is_due = books.see::<Due>().peek(&due(reservations::DUE, *number)).is_some();
        must(|| format!("reservation {number} ends"), is_due, of.state == Promise::Held)?;
    }
    Ok(())
}

fn shipments(books: &Books, model: &Model, scope: &Scope) -> Found {
    for (number, of) in model.shipments.iter().filter(|it| scope.has(it.1.order)) {
        let seen: &Shipment = entry(books, *number)?;
        must(|| format!("shipment {number}"), seen.cancelled.is_some(), of.is_undone)?;
        let left: Vec<_> = seen.lines.iter().map(|it| whole(it.quantity)).collect();
        let so: Vec<_> = of.lines.iter().map(|it| it.2).collect();
        must(|| format!("shipment {number}: units"), left, so)?;
    }
    Ok(())
}

fn units(seen: &returns::Units) -> Units {
    let at = [seen.pending, seen.restocked, seen.quarantined, seen.scrapped, seen.sent_back];
    let (rejected, apart) = (whole(seen.rejected), whole(seen.rejected_apart));
    Units { at: at.map(whole), rejected, rejected_apart: apart }
}

fn returns(books: &Books, model: &Model, scope: &Scope) -> Found {
    for (number, of) in model.returns.iter().filter(|it| scope.has(it.1.order)) {
        let seen: &Return = entry(books, *number)?;
        let allowed = match &seen.state {
            State::Requested => Allowed::Asked,
            State::Approved => Allowed::Yes,
            State::Declined(_) => Allowed::No,
            State::Closed(_) => Allowed::Closed,
            State::Expired => Allowed::Over,
        };
        must(|| format!("return {number}"), allowed, of.allowed)?;
        let minor = |it: Decimal| it.millionths() / 10_i128.pow(6 - places(model.currency));
        let lines = seen.lines.iter().map(|it| {
            let counts = [it.requested, it.lost, it.wrong_item, it.released, it.credited];
            let counts = counts.map(whole);
            (units(&it.units), counts, whole(seen.creditable(it)), minor(it.loss_of_value))
        });
        let so = of.lines.values().map(|it| {
            let creditable = (it.cap(of.is_proved) - it.credited).max(0);
            let counts = [it.announced, it.lost, it.mistaken, it.released, it.credited];
            (it.units, counts, creditable, it.worth_less)
        });
        let (lines, so): (Vec<_>, Vec<_>) = (lines.collect(), so.collect());
        must(|| format!("return {number}: units"), lines, so)?;
        must(|| format!("return {number}: note"), seen.credited_by.is_some(), of.is_credited)?;
        let replaced_by: Vec<_> = seen.replaced_by.iter().map(|it| it.0).collect();
        must(|| format!("return {number}: exchange"), &replaced_by, &of.replaced_by)?;
    }
    Ok(())
}

fn receptions(books: &Books, model: &Model, scope: &Scope) -> Found {
    let order = |it: &i64| model.returns[it].order;
    for (number, of) in model.receptions.iter().filter(|it| scope.has(order(&it.1.of))) {
        let seen: &Reception = entry(books, *number)?;
        let is_credited = seen.credited_by.is_some();
        must(|| format!("reception {number}"), (seen.of.0, is_credited), (of.of, of.is_credited))?;
        let what = |it: Came| match it {
            Came::Received => What::Own,
            Came::Lost => What::Lost,
            Came::WrongItem => What::Other,
        };
        let lines = seen.lines.iter().map(|it| (what(it.came), units(&it.units)));
        let so = of.lines.iter().map(|it| (it.what, it.units));
        let (lines, so): (Vec<_>, Vec<_>) = (lines.collect(), so.collect());
        must(|| format!("reception {number}: units"), lines, so)?;
    }
    Ok(())
}

fn invoices(books: &Books, model: &Model, scope: &Scope) -> Found {
    for (number, of) in model.invoices.iter().filter(|it| scope.has(it.1.order)) {
        let seen: &Invoice = entry(books, *number)?;
        let credited = seen.credited().map_err(|it| it.message)?;
        let given = of.given();
        let minor = |it: Decimal| it.millionths() / 10_i128.pow(6 - places(of.currency));
        let lines = credited.lines.iter().map(|it| minor(*it)).collect();
        must(|| format!("invoice {number}: credited of lines"), lines, given.lines)?;
        let so = (given.taxes, given.total);
        let seen_so = (taxes(&credited.tax_totals, minor), minor(credited.total));
        must(|| format!("invoice {number}: credited"), seen_so, so)?;
        let Some(prepaid) = &of.prepaid else { continue };
        let lacks = || format!("invoice {number} is no prepayment");
        let seen_of = seen.prepaid.as_ref().ok_or_else(lacks)?;
        for (seen_of, of) in
            [(&seen_of.deducted, &prepaid.deducted), (&seen_of.credited, &prepaid.credited)]
        {
            let rates = taxes(&seen.at_rates(seen_of), minor);
            let amount = minor(seen_of.amount);
            let rates = rates.into_iter().filter(|it| it.1 != (0, 0)).collect();
            let of_rates = of.rates.iter().filter(|it| *it.1 != (0, 0));
            let so = Sums { amount: of.amount, rates: of_rates.map(|it| (*it.0, *it.1)).collect() };
            must(|| format!("prepayment {number}"), Sums { amount, rates }, so)?;
        }
    }
    Ok(())
}

fn taxes(all: &[Tax], minor: impl Fn(Decimal) -> i128) -> Taxes {
    let tax = |it: &Tax| {
        let rate = i64::try_from(it.rate.millionths() / 100_000).unwrap();
        (rate, (minor(it.base), minor(it.amount.unwrap())))
    };
    all.iter().map(tax).collect()
}

/// A credit note, in minor units.
pub fn note(seen: &CreditNote) -> Note {
    let minor = |it: Decimal| it.millionths() / 10_i128.pow(6 - seen.currency.decimals());
    let settled = seen.settlements.iter();
    let settled = settled.map(|it| (it.kind, minor(it.amount), it.invoice.map(|it| it.0)));
    Note {
        invoice: seen.lowers.map(|it| it.0.0),
        currency: seen.currency.to_string(),
        lines: seen.lines.iter().map(|it| minor(it.amount)).collect(),
        taxes: taxes(&seen.tax_totals, minor),
        total: minor(seen.total),
        cause: seen.cause.map(|it| match it {
            Cause::Reception(reception, _) => (NameKind::Reception, reception.0),
            Cause::Return(of) => (NameKind::Return, of.0),
        }),
        settled: seen.settled.is_some().then(|| settled.collect()),
    }
}

/// They hold as long as what they tell of, and tell how much it is.
fn incidents(books: &Books, model: &Model) -> Found {
    for ((trouble, number), of) in &model.incidents {
        let (kind, fact) = match trouble {
            Trouble::OverShipped => (incidents::Kind::OverShipped, "over_shipped"),
            Trouble::BeyondOrder => (incidents::Kind::ShippedBeyondOrder, "quantity"),
            Trouble::OverCredited => (incidents::Kind::OverCredited, "over_credited"),
        };
        let key = IncidentKey { kind, subject: number.to_string() };
        let seen = books.see::<incidents::Incident>().peek(&key);
        let seen = seen.ok_or_else(|| format!("nobody tells of {trouble:?} {number}"))?;
        let units = seen.facts.get(fact).cloned().unwrap_or_default();
        must(
            || format!("{trouble:?} {number}"),
            (units, seen.ended_at.is_none(), seen.times),
            (of.units.to_string(), of.holds, of.times),
        )?;
    }
    let known = books.see::<incidents::Incident>().entries();
    let known = known.filter(|it| {
        use incidents::Kind::{OverCredited, OverShipped, ShippedBeyondOrder};
        matches!(it.key.kind, OverShipped | ShippedBeyondOrder | OverCredited)
    });
    must(|| "incidents".into(), known.count(), model.incidents.len())
}
