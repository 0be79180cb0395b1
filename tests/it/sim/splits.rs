//! Every way to credit an invoice adds up: all ways to split up to five units, at 200 awkward prices
//! and rates, in every mode. What each step must come to is worked out in whole numbers.

use erpsync::books::{Books, Command, Moment, Named};
use erpsync::credit_notes::{CreditNote, What};
use erpsync::id::{CreditNoteId, OrderId, ParkedId};
use erpsync::orders::PlaceOrder;
use erpsync::parking::{Fact, Told};
use erpsync::returns::InExchange;
use erpsync::server;
use time::OffsetDateTime;

use super::audit::note;
use super::dice::{id, shop};
use super::model::Line;
use super::money::{Invoice, Mode, Note, Part, issue, line, value};
use super::orders::{content, say};

const PRICES: i64 = 200;
const UNITS_MAX: i64 = 5;

/// All ways to add up to so many.
fn splits(units: i64) -> Vec<Vec<i64>> {
    if units == 0 {
        return vec![vec![]];
    }
    let with = |first: i64| {
        let rests = splits(units - first).into_iter();
        rests.map(move |rest| [vec![first], rest].concat()).collect::<Vec<_>>()
    };
    (1..=units).flat_map(with).collect()
}

fn run<C: Command>(books: &mut Books, command: &C) -> C::Answer {
    books.ask(command);
    while books.assume_the_rest_is_absent() {
        books.ask(command);
    }
    let at = Moment { now: OffsetDateTime::UNIX_EPOCH, revision: 1 };
    books.decide(command, at).expect("it is possible").answer
}

fn tell<F: Fact>(books: &mut Books, number: i64, fact: F) {
    let parked = ParkedId(1_000_000 + number);
    let taken = run(books, &Told { id: number, parked, fact });
    assert_eq!(taken.parked, None);
}

/// An order of one article at a price, as much of it as all invoices need.
fn order(books: &mut Books, currency: &'static str, price: i64) {
    let mode = Mode { is_net: false, per_line: true };
    let said = say(currency, mode, &[(0, Line { price, ordered: 1_000, ..Line::default() })], &[]);
    let content = content(currency, mode, &said, true);
    let lines = said.lines;
    let (shop, external_id, reservation) = (shop(), id(1), None);
    let order = PlaceOrder {
        id: OrderId(1),
        shop,
        external_id,
        content,
        lines,
        reservation,
        opening: None,
        replaces: None,
        exchange: &InExchange,
    };
    run(books, &order);
}

/// An invoice of so many units beside one that stays; then units are credited in these steps, and
/// what is left is reversed.
fn credit(books: &mut Books, number: i64, mut invoice: Invoice, steps: &[i64]) {
    let first = number;
    tell(books, number, invoice.record(number, Named::Ours(1)));
    let of = || Named::Ours(number);
    let mut given = Vec::new();
    for (nth, count) in steps.iter().chain([&0]).enumerate() {
        let number = number + 1 + nth as i64;
        let before = invoice.given();
        let (what, changed) = if *count == 0 {
            invoice.lines[1].credited = 1;
            (What::Reversal { invoice: of(), currency: None }, 1)
        } else {
            invoice.lines[0].credited += count;
            let (lines, charges) = (vec![line(0, *count)], vec![]);
            (What::Correction { invoice: of(), currency: None, cause: None, lines, charges }, 0)
        };
        tell(books, number, issue(number, false, what));
        let seen = books.of::<CreditNote>().get(&CreditNoteId(number)).expect("it was issued");
        let seen = note(seen);
        let after = invoice.given();
        let step = after.lines[changed] - before.lines[changed];
        let expected = Note::between((first, &invoice), &before, &after, vec![step]);
        assert_eq!(seen, expected, "step {nth} of {steps:?} of {invoice:?}");
        given.push(seen);
    }
    let sum: i128 = given.iter().map(|it| it.total).sum();
    assert_eq!(sum, invoice.total, "{steps:?} of {invoice:?}");
    for (rate, tax) in &invoice.taxes {
        let sum: i128 = given.iter().filter_map(|it| it.taxes.get(rate)).map(|it| it.1).sum();
        assert_eq!(sum, tax.1, "{steps:?} of {invoice:?}");
    }
}

/// Each mode by itself, so that they run side by side.
fn every_split_adds_up(mode: Mode) {
    let steps: Vec<Vec<i64>> = (1..=UNITS_MAX).flat_map(splits).collect();
    assert_eq!(steps.len(), 31);
    for nth in 0..PRICES {
        let price = 7 + nth * 1_234_567 % 99_999_989;
        let rate = 1 + nth * 37 % 270;
        let currency = ["EUR", "JPY", "KWD"][nth as usize % 3];
        let mut books = server::books();
        order(&mut books, currency, price);
        let part = |units: i64| {
            let amount = value(currency, price, units);
            let part = Part { price, units, amount, ..Part::default() };
            part.taxed(mode, [(rate, amount)])
        };
        for (nth, steps) in steps.iter().enumerate() {
            let number = 10 * (nth as i64 + 1);
            let lines = vec![part(steps.iter().sum()), part(1)];
            let invoice = Invoice::new(currency, mode, (lines, vec![]), || 0);
            credit(&mut books, number, invoice, steps);
        }
    }
}

#[test]
fn net_rounded_on_lines() {
    every_split_adds_up(Mode { is_net: true, per_line: true });
}

#[test]
fn net_rounded_on_the_document() {
    every_split_adds_up(Mode { is_net: true, per_line: false });
}

#[test]
fn gross_rounded_on_lines() {
    every_split_adds_up(Mode { is_net: false, per_line: true });
}

#[test]
fn gross_rounded_on_the_document() {
    every_split_adds_up(Mode { is_net: false, per_line: false });
}
