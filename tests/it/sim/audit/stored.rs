//! Other books of the same world: what they have to know, and that they say it in the same words.

use std::collections::BTreeMap;

use erpsync::books::{Books, Entry};
use erpsync::credit_notes::CreditNote;
use erpsync::due::Due;
use erpsync::inbox::Task;
use erpsync::incidents::{Incident, IncidentKey};
use erpsync::invoices::Invoice;
use erpsync::orders::Order;
use erpsync::parking::{self, Parked};
use erpsync::payments::Payment;
use erpsync::reservations::{self, Reservation};
use erpsync::returns::{Reception, Return};
use erpsync::shipments::Shipment;
use erpsync::stock::Level;

use super::super::dice::key;
use super::super::model::{LEVELS, Model};
use super::documents::due;
use super::{Found, entry, must};

/// Wants all that the model knows of, to be looked through.
pub fn want_all(books: &mut Books, memory: &Books, model: &Model) {
    fn want<E: Entry<Key: From<i64>>, T>(books: &mut Books, all: &BTreeMap<i64, T>) {
        all.keys().for_each(|it| books.of::<E>().want(&(*it).into()));
    }
    (0..LEVELS.len()).for_each(|it| books.of::<Level>().want(&key(it)));
    want::<Reservation, _>(books, &model.carts);
    want::<Order, _>(books, &model.orders);
    want::<Task, _>(books, &model.tasks);
    want::<Shipment, _>(books, &model.shipments);
    want::<Invoice, _>(books, &model.invoices);
    want::<Return, _>(books, &model.returns);
    want::<Reception, _>(books, &model.receptions);
    want::<CreditNote, _>(books, &model.notes);
    want::<Payment, _>(books, &model.payments);
    want::<Parked, _>(books, &model.parked);
    let incidents: Vec<IncidentKey> =
        memory.see::<Incident>().entries().map(|it| it.key.clone()).collect();
    incidents.iter().for_each(|it| books.of::<Incident>().want(it));
    for (kind, all) in [
        (parking::DUE, model.parked.keys().collect::<Vec<_>>()),
        (reservations::DUE, model.carts.keys().collect()),
    ] {
        all.into_iter().for_each(|it| books.of::<Due>().want(&due(kind, *it)));
    }
}

/// What was said comes back from the database as it was said: all of it but when.
pub fn same_words(memory: &Books, stored: &Books, model: &Model) -> Found {
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
    for number in model.notes.keys() {
        let seen: &CreditNote = entry(stored, *number)?;
        let (recorded_at, settled) = (seen.recorded_at, seen.settled.clone());
        let so: &CreditNote = entry(memory, *number)?;
        let so = CreditNote { recorded_at, settled, ..so.clone() };
        must(|| format!("credit note {number}"), seen, &so)?;
    }
    for number in model.returns.keys() {
        let seen: &Return = entry(stored, *number)?;
        let (requested_at, complete_at) = (seen.requested_at, seen.complete_at);
        let so: &Return = entry(memory, *number)?;
        let so = Return { requested_at, complete_at, ..so.clone() };
        must(|| format!("return {number}"), seen, &so)?;
    }
    for so in memory.see::<Level>().entries() {
        let seen = stored.see::<Level>().peek(&so.key);
        must(|| format!("level {}", so.key), seen, Some(so))?;
    }
    Ok(())
}
