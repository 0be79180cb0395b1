//! The books are what the model says; and what must hold of any books, holds.

use std::collections::BTreeMap;

use erpsync::books::{Book, Books, Entry};
use erpsync::credit_notes::CreditNote;
use erpsync::decimal::Decimal;
use erpsync::due::{Due, DueKey};
use erpsync::id::{OrderId, ParkedId, TaskId};
use erpsync::inbox::{self, Task};
use erpsync::invoices::Invoice;
use erpsync::orders::{self, Order};
use erpsync::parking::{self, Parked};
use erpsync::payments::Payment;
use erpsync::returns::{Reception, Return};
use erpsync::shipments::Shipment;
use erpsync::stock::Level;
use erpsync::totals::Tax;

use super::dice::key;
use super::model::{self, Handover, LEVELS, Model, State};
use super::money::{Note, places};

/// Fine, or what is wrong.
pub type Found = Result<(), String>;

fn must<T: PartialEq + std::fmt::Debug>(what: impl Fn() -> String, seen: T, so: T) -> Found {
    if seen == so { Ok(()) } else { Err(format!("{}: {seen:?}, and should be {so:?}", what())) }
}

fn holds(what: &str, holds: bool) -> Found {
    if holds { Ok(()) } else { Err(format!("violated: {what}")) }
}

fn whole(it: Decimal) -> i64 {
    i64::try_from(it.millionths() / 1_000_000).unwrap()
}

fn entry<E: Entry<Key: From<i64>>>(books: &mut Books, number: i64) -> Result<&E, String> {
    let book: &Book<E> = books.of::<E>();
    let lacks = || format!("{} {number} is missing", E::KIND.unwrap_or("entry"));
    book.peek(&number.into()).ok_or_else(lacks)
}

/// After every command: levels, orders and tasks, and what must hold of them.
pub fn after_each(books: &mut Books, model: &Model) -> Found {
    for (level, of) in model.levels.iter().enumerate() {
        let seen = books.of::<Level>().peek(&key(level));
        let seen = seen.map_or([0; 3], |it| [it.on_hand, it.reserved, it.back_ordered].map(whole));
        let so = [of.on_hand(), model.reserved(level), model.waiting(level)];
        must(|| format!("level {:?}", LEVELS[level]), seen, so)?;
    }
    for (number, of) in &model.orders {
        order(books.of::<Order>().peek(&OrderId(*number)), of)
            .map_err(|it| format!("order {number}: {it}"))?;
    }
    for (number, of) in &model.tasks {
        let seen = books.of::<Task>().peek(&TaskId(*number)).ok_or("a task is missing")?;
        let state = match &seen.state {
            inbox::State::Behind => State::Behind,
            inbox::State::Waiting => State::Waiting,
            inbox::State::Leased { .. } => State::Leased,
            inbox::State::Parked(_) => State::Parked,
            inbox::State::Withdrawn => State::Withdrawn,
            inbox::State::Done { number, .. } => State::Done(
                number.as_ref().map(|it| it.as_str().trim_start_matches("erp-").parse().unwrap()),
            ),
        };
        let seen = (state, seen.lease, i64::from(seen.attempts), seen.next.map(|it| it.0));
        must(|| format!("task {number}"), seen, (of.state, of.lease, of.attempts, of.next))?;
    }
    conserved(model)
}

fn order(seen: Option<&Order>, of: &model::Order) -> Found {
    let seen = seen.ok_or("it is missing")?;
    must(|| "lines".into(), seen.lines.len(), of.lines.len())?;
    let minor = |it: Decimal| it.millionths() / 10_i128.pow(6 - seen.content.currency.decimals());
    for (nth, (line, of)) in seen.lines.iter().zip(&of.lines).enumerate() {
        let units = [
            line.ordered.quantity,
            line.cancelled,
            line.cancel_requested,
            line.demand[0].reserved,
            line.demand[0].back_ordered,
            line.shipped,
            line.return_requested,
            line.received,
            line.sent_back,
            line.invoiced,
            line.reversed,
            line.credited_quantity,
        ];
        let so = [
            of.ordered,
            of.cancelled,
            of.wished_off,
            of.reserved,
            of.waiting,
            of.shipped,
            of.announced,
            of.received,
            of.sent_back,
            of.invoiced,
            of.reversed,
            of.credited,
        ];
        must(|| format!("line {nth}"), units.map(whole), so)?;
        must(|| format!("line {nth}: money"), minor(line.credited_amount), of.credited_money)?;
        sound(line)?;
    }
    let handover = match &seen.handover {
        inbox::Handover::Waiting => Handover::Waiting,
        inbox::Handover::Acknowledged(_) => Handover::Acknowledged,
        inbox::Handover::Parked => Handover::Parked,
        inbox::Handover::Withdrawn => Handover::Withdrawn,
    };
    let it = &seen.payments;
    let paid = [it.authorised, it.captured, it.refunded, it.charged_back].map(whole);
    must(|| "what the ERP has".into(), handover, of.handover)?;
    must(|| "paid".into(), paid, of.paid)?;
    must(
        || "held, and its version".into(),
        (seen.hold.is_some(), seen.shop_version),
        (of.is_held, of.version),
    )
}

/// I1 to I7, as far as they speak of one line.
fn sound(line: &orders::Line) -> Found {
    let [ordered, cancelled, reserved, waiting, shipped] = [
        line.ordered.quantity,
        line.cancelled,
        line.demand[0].reserved,
        line.demand[0].back_ordered,
        line.shipped,
    ]
    .map(whole);
    let [announced, received, sent_back, invoiced, reversed, credited] = [
        line.return_requested,
        line.received,
        line.sent_back,
        line.invoiced,
        line.reversed,
        line.credited_quantity,
    ]
    .map(whole);
    let least = [cancelled, reserved, waiting, shipped, announced, received, sent_back, invoiced];
    holds("I1: none is negative", least.into_iter().chain([reversed, credited]).all(|it| it >= 0))?;
    holds("I1: no more is cancelled than was ordered", cancelled <= ordered)?;
    let open = (ordered - cancelled - shipped).max(0);
    holds("I2: what is open is reserved or waits", reserved + waiting == open)?;
    holds("I4: no more comes back than left", announced + received - sent_back <= shipped)?;
    holds("I7: no more is credited than was invoiced", reversed <= credited && credited <= invoiced)
}

/// I9: of each article, what lies there, has left for good or is lost, is what came from outside.
fn conserved(model: &Model) -> Found {
    for sku in 0..2 {
        let of = |level: &usize| level / 2 == sku;
        let levels = || model.levels.iter().enumerate().filter(|it| of(&it.0)).map(|it| it.1);
        let lines = model.orders.values().flat_map(|it| &it.lines).filter(|it| of(&it.level));
        let shipments = model.shipments.values().filter(|it| it.is_lost).flat_map(|it| &it.lines);
        let lost = shipments.filter(|it| it.0.is_some() && of(&it.1)).map(|it| it.2);
        let back = model.returns.values().flat_map(|back| {
            let lines = &model.orders[&back.order].lines;
            back.lines.iter().filter(move |it| lines[*it.0].level / 2 == sku).map(|it| it.1.came[0])
        });
        let there: i64 = levels().map(model::Level::on_hand).sum();
        let kept = lines.map(|it| it.shipped).sum::<i64>() + lost.sum::<i64>() - back.sum::<i64>();
        let outside: i64 = levels().map(|it| it.outside).sum();
        must(|| format!("I9: units of article {sku}"), there + kept, outside)?;
    }
    Ok(())
}

/// Now and then: every document, and what must hold of all of them together.
pub fn of_everything(books: &mut Books, model: &Model) -> Found {
    for (number, of) in &model.shipments {
        let seen: &Shipment = entry(books, *number)?;
        must(|| format!("shipment {number}"), seen.cancelled.is_some(), of.is_undone)?;
    }
    for (number, of) in &model.returns {
        let seen: &Return = entry(books, *number)?;
        let came: Vec<_> = seen
            .lines
            .iter()
            .map(|it| it.units)
            .map(|it| [it.restocked, it.quarantined, it.scrapped, it.sent_back].map(whole))
            .collect();
        let so: Vec<_> = of.lines.values().map(|it| it.came).collect();
        must(|| format!("return {number}"), came, so)?;
        let credited: Vec<_> = seen.lines.iter().map(|it| whole(it.credited)).collect();
        let so: Vec<_> = of.lines.values().map(|it| it.credited).collect();
        must(|| format!("return {number}: credited"), credited, so)?;
        must(|| format!("return {number}: note"), seen.credited_by.is_some(), of.is_credited)?;
    }
    for (number, of) in &model.receptions {
        let seen: &Reception = entry(books, *number)?;
        must(
            || format!("reception {number}"),
            (seen.of.0, seen.credited_by.is_some()),
            (of.of, of.is_credited),
        )?;
    }
    for number in model.payments.keys() {
        entry::<Payment>(books, *number)?;
    }
    for number in model.parked.keys() {
        let parked: &Parked = entry(books, *number)?;
        holds("what is parked waits", parked.is_still())?;
        let is_due = books.of::<Due>().peek(&due(*number)).is_some();
        must(|| format!("parked {number} is due"), is_due, model.parked[number].is_due)?;
    }
    money(books, model)
}

/// Wants all that the model knows of, to be looked through.
pub fn want_all(books: &mut Books, model: &Model) {
    fn want<E: Entry<Key: From<i64>>, T>(books: &mut Books, all: &BTreeMap<i64, T>) {
        all.keys().for_each(|it| books.of::<E>().want(&(*it).into()));
    }
    (0..LEVELS.len()).for_each(|it| books.of::<Level>().want(&key(it)));
    want::<Order, _>(books, &model.orders);
    want::<Task, _>(books, &model.tasks);
    want::<Shipment, _>(books, &model.shipments);
    want::<Invoice, _>(books, &model.invoices);
    want::<Return, _>(books, &model.returns);
    want::<Reception, _>(books, &model.receptions);
    want::<CreditNote, _>(books, &model.notes);
    want::<Payment, _>(books, &model.payments);
    want::<Parked, _>(books, &model.parked);
    model.parked.keys().for_each(|it| books.of::<Due>().want(&due(*it)));
}

fn due(parked: i64) -> DueKey {
    DueKey { kind: parking::DUE, key: ParkedId(parked).to_string() }
}

/// What was said comes back from the database as it was said: all of it but when.
pub fn same_words(memory: &mut Books, stored: &mut Books, model: &Model) -> Found {
    for number in model.orders.keys() {
        let seen: &Order = entry(stored, *number)?;
        let (placed_at, wording, hold) = (seen.placed_at, seen.wording, seen.hold.clone());
        let so: &Order = entry(memory, *number)?;
        let so = Order { placed_at, wording, hold, ..so.clone() };
        must(|| format!("order {number}"), seen, &so)?;
    }
    for number in model.invoices.keys() {
        let seen: &Invoice = entry(stored, *number)?;
        let (recorded_at, wording) = (seen.recorded_at, seen.wording);
        let so: &Invoice = entry(memory, *number)?;
        let so = Invoice { recorded_at, wording, ..so.clone() };
        must(|| format!("invoice {number}"), seen, &so)?;
    }
    Ok(())
}

/// C2, C3 and I7: notes are what the model says, and an invoice has given what its notes have.
fn money(books: &mut Books, model: &Model) -> Found {
    let mut by_invoice: BTreeMap<i64, i128> = BTreeMap::new();
    for (number, of) in &model.notes {
        let seen: &CreditNote = entry(books, *number)?;
        must(|| format!("credit note {number}"), &note(seen), of)?;
        if let Some(invoice) = of.invoice {
            *by_invoice.entry(invoice).or_default() += of.total;
        }
    }
    for (number, of) in &model.invoices {
        let seen: &Invoice = entry(books, *number)?;
        let credited = seen.credited().map_err(|it| it.message)?;
        let minor = credited.total.millionths() / 10_i128.pow(6 - places(of.currency));
        let notes = by_invoice.remove(number).unwrap_or_default();
        must(|| format!("invoice {number} has given what its notes have"), minor, notes)?;
        holds("no more is given than was invoiced", minor.abs() <= of.total.abs())?;
    }
    Ok(())
}

/// A credit note, in minor units.
pub fn note(seen: &CreditNote) -> Note {
    let minor = |it: Decimal| it.millionths() / 10_i128.pow(6 - seen.currency.decimals());
    let tax = |it: &Tax| {
        let rate = i64::try_from(it.rate.millionths() / 100_000).unwrap();
        (rate, (minor(it.base), minor(it.amount.unwrap())))
    };
    Note {
        invoice: seen.lowers.map(|it| it.0.0),
        lines: seen.lines.iter().map(|it| minor(it.amount)).collect(),
        taxes: seen.tax_totals.iter().map(tax).collect(),
        total: minor(seen.total),
    }
}
