//! What somebody should look at, although nothing was refused.
//!
//! An incident is a condition that holds or does not: more has left than was ordered, say. Whoever
//! decides on what it is about observes it, in the same command; so an incident begins and ends with
//! what it tells of, and nobody has to tick it off. Incidents know no slice.

mod model;
mod service;
mod store;
mod wire;

pub use model::{Finding, Incident, IncidentKey, Kind};
pub use service::{IncidentFeed, MonitoringDesk};

use time::OffsetDateTime;

use crate::books::Books;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Incident>()
}

/// What [`observe`] needs.
pub fn needs_observe(books: &mut Books, key: &IncidentKey) {
    books.of::<Incident>().want(key);
}

/// Says whether a condition holds now, and what was found. The incident begins, changes or ends; one
/// that ended may begin again.
pub fn observe(
    books: &mut Books,
    key: &IncidentKey,
    finding: Option<Finding>,
    now: OffsetDateTime,
) {
    let book = books.of::<Incident>();
    let before = book.get(key).cloned();
    let after = match (before, finding) {
        (Some(there), Some(finding)) => there.found(finding, now),
        (None, Some(finding)) => Incident::begin(key.clone(), finding, now),
        (Some(there), None) => there.end(now),
        (None, None) => return,
    };
    book.put(after);
}
