//! The books are what the model says; and what must hold of any books, holds.

mod documents;
mod rules;
mod stored;

use std::collections::{BTreeMap, BTreeSet};

use erpsync::books::{Book, Books, Change, Entry};
use erpsync::credit_notes::CreditNote;
use erpsync::decimal::Decimal;
use erpsync::id::{OrderId, TaskId};
use erpsync::inbox::{self, Task};
use erpsync::invoices::Invoice;
use erpsync::orders::{self, Order};
use erpsync::payments::Payment;
use erpsync::returns::Return;
use erpsync::shipments::Shipment;
use erpsync::stock::Level;

use super::dice::key;
use super::model::{self, Handover, LEVELS, Model, RESTOCKED, State};
use super::money::places;
pub use documents::note;
pub use stored::{same_words, want_all};

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

fn entry<E: Entry<Key: From<i64>>>(books: &Books, number: i64) -> Result<&E, String> {
    let book: &Book<E> = books.see::<E>();
    let lacks = || format!("{} {number} is missing", E::KIND.unwrap_or("entry"));
    book.peek(&number.into()).ok_or_else(lacks)
}

/// Which orders are looked at, with all that belongs to them.
pub enum Scope {
    All,
    /// Those that a command has touched: of others all is as it was.
    Orders(BTreeSet<i64>),
}

impl Scope {
    /// Of what has changed.
    pub fn of(books: &Books, changes: &[Change]) -> Scope {
        let order = |it: &Change| {
            let number = it.key.parse().ok()?;
            let order = match it.kind {
                "order" => OrderId(number),
                "shipment" => entry::<Shipment>(books, number).ok()?.order,
                "invoice" => entry::<Invoice>(books, number).ok()?.order,
                "return" => entry::<Return>(books, number).ok()?.order,
                "payment" => entry::<Payment>(books, number).ok()?.order,
                "credit_note" => entry::<CreditNote>(books, number).ok()?.lowers?.1,
                _ => return None,
            };
            Some(order.0)
        };
        Scope::Orders(changes.iter().filter_map(order).collect())
    }

    fn has(&self, order: i64) -> bool {
        match self {
            Scope::All => true,
            Scope::Orders(orders) => orders.contains(&order),
        }
    }
}

/// After every command: all that it may have touched, and what must hold of it.
pub fn after_each(books: &Books, model: &Model, scope: &Scope) -> Found {
    for (nth, level) in LEVELS.iter().enumerate() {
        levels(books, model, nth).map_err(|it| format!("level {level:?}: {it}"))?;
    }
    for (number, of) in model.orders.iter().filter(|it| scope.has(*it.0)) {
        order(books.see::<Order>().peek(&OrderId(*number)), of, model.currency)
            .map_err(|it| format!("order {number}: {it}"))?;
    }
    for (number, of) in &model.tasks {
        let seen = books.see::<Task>().peek(&TaskId(*number)).ok_or("a task is missing")?;
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
    documents::are_as_told(books, model, scope)?;
    conserved(model)?;
    rules::hold(books, model, scope)
}

fn levels(books: &Books, model: &Model, level: usize) -> Found {
    let of = &model.levels[level];
    let so = [
        of.on_hand(),
        model.reserved(level),
        model.waiting(level),
        model.elsewhere(level),
        model.sellable(level),
    ];
    let Some(seen) = books.see::<Level>().peek(&key(level)) else {
        return must(String::new, [0; 5], so);
    };
    let elsewhere = seen.committed_elsewhere().map_err(|it| it.message)?;
    let figures = [seen.on_hand, seen.reserved, seen.back_ordered, elsewhere, seen.sellable()];
    must(|| "figures".into(), figures.map(whole), so)?;
    let mut known: BTreeMap<i64, i64> = BTreeMap::new();
    let lines = model.orders.values().flat_map(|it| &it.lines);
    for line in lines.filter(|it| it.level == level && it.known_open != 0) {
        *known.entry(line.known).or_default() += line.known_open;
    }
    let seen = seen.acknowledged.iter().map(|it| (it.revision, whole(it.units))).collect();
    must(|| "what the ERP knows as open".into(), seen, known)
}

fn order(seen: Option<&Order>, of: &model::Order, currency: &str) -> Found {
    let seen = seen.ok_or("it is missing")?;
    must(|| "lines".into(), seen.lines.len(), of.lines.len())?;
    let minor = |it: Decimal| it.millionths() / 10_i128.pow(6 - places(currency));
    for (nth, (line, of)) in seen.lines.iter().zip(&of.lines).enumerate() {
        let units = [
            line.ordered.quantity,
            line.cancelled,
            line.cancel_requested,
            line.demand[0].reserved,
            line.demand[0].back_ordered,
            line.shipped,
            line.over_shipped(),
            line.return_requested,
            line.received,
            line.lost,
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
            of.over_shipped(),
            of.announced,
            of.received,
            of.lost,
            of.sent_back,
            of.invoiced,
            of.reversed,
            of.credited,
        ];
        must(|| format!("line {nth}"), units.map(whole), so)?;
        let money = [
            line.credited_amount,
            line.ordered.amount,
            line.share_of(line.ordered.amount, seen.content.currency),
        ];
        let so = [of.credited_money, of.worth(currency, of.ordered), of.kept_worth(currency)];
        must(|| format!("line {nth}: money, I10"), money.map(minor), so)?;
        must(|| format!("line {nth}: known since"), line.acknowledged, of.known)?;
        let known_open = if of.known == 0 { 0 } else { of.open() };
        holds("what the ERP knows of a line is open", of.known_open == known_open)?;
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
    must(|| "in exchange".into(), seen.replaces.map(|it| it.0), of.replaces)?;
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
    let [announced, received, lost, sent_back, invoiced, reversed, credited] = [
        line.return_requested,
        line.received,
        line.lost,
        line.sent_back,
        line.invoiced,
        line.reversed,
        line.credited_quantity,
    ]
    .map(whole);
    let least =
        [cancelled, reserved, waiting, shipped, announced, received, lost, sent_back, invoiced];
    holds("I1: none is negative", least.into_iter().chain([reversed, credited]).all(|it| it >= 0))?;
    holds("I1: no more is cancelled than was ordered", cancelled <= ordered)?;
    let open = (ordered - cancelled - shipped).max(0);
    holds("I2: what is open is reserved or waits", reserved + waiting == open)?;
    let back = announced + received + lost - sent_back;
    holds("I4: no more comes back than left", back <= shipped)?;
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
            let own = back.lines.iter().filter(move |it| lines[*it.0].level / 2 == sku);
            own.map(|it| it.1.units.at[RESTOCKED])
        });
        let there: i64 = levels().map(model::Level::on_hand).sum();
        let kept = lines.map(|it| it.shipped).sum::<i64>() + lost.sum::<i64>() - back.sum::<i64>();
        let outside: i64 = levels().map(|it| it.outside).sum();
        must(|| format!("I9: units of article {sku}"), there + kept, outside)?;
    }
    Ok(())
}
