//! Less of an article lies there than is promised: a fact, and somebody should look at it, because not
//! everybody can be sent what he was promised.

use time::OffsetDateTime;

use super::{Level, LevelKey, level};
use crate::books::Books;
use crate::decimal::Decimal;
use crate::incidents::{self, Finding, IncidentKey, Kind};

/// Wants what [`observe`] needs where units may come or go.
pub fn needs_move(books: &mut Books, key: &LevelKey) {
    incidents::needs_observe(books, &of(key));
}

/// Wants what [`observe`] needs where a figure may be stated. To be called each time that a command says what
/// it needs.
pub fn needs_statement(books: &mut Books, key: &LevelKey, figure: Decimal) {
    // Nothing is missing where nothing is promised or will be, and nothing was taken since. That is most
    // of a catalogue.
    let nothing = |it: &Level| {
        let promised = it.reserved.is_positive() || it.back_ordered.is_positive();
        !promised && it.beyond.is_empty() && !it.short().is_positive()
    };
    let level = books.of::<Level>().peek(key);
    if figure.is_negative() || !level.is_none_or(nothing) {
        needs_move(books, key);
    }
}

/// Wants what [`observe`] needs where a promise may be taken back. To be called likewise.
pub fn needs_release(books: &mut Books, key: &LevelKey) {
    if books.of::<Level>().peek(key).is_some_and(|it| it.short().is_positive()) {
        needs_move(books, key);
    }
}

/// Begins or ends the incident of a level that is to be put.
pub fn observe(books: &mut Books, after: &Level, now: OffsetDateTime) {
    let (before, short) = (level(books, &after.key).short(), after.short());
    if !before.is_positive() && !short.is_positive() {
        return;
    }
    let Level { key, on_hand, reserved, .. } = after;
    let finding = short.is_positive().then(|| {
        let LevelKey { sku, location } = key;
        let message = format!(
            "{short} of \"{sku}\" at \"{location}\" are missing: {reserved} are promised, {on_hand} on hand; \
            count again, get more, ship from elsewhere, or cancel what cannot be sent"
        );
        Finding::new(message)
            .with("sku", sku)
            .with("location", location)
            .with("short", short)
            .with("reserved", reserved)
            .with("on_hand", on_hand)
    });
    incidents::observe(books, &of(key), finding, now);
}

fn of(key: &LevelKey) -> IncidentKey {
    IncidentKey { kind: Kind::Short, subject: key.to_string() }
}
