//! What time makes due: a lease ends, something parked is tried again.
//!
//! A command that wants to be followed by another puts a [`Due`]; a scanner submits that one when
//! its time has come, and it rechecks by itself. So a late scanner delays, and changes nothing.

mod scanner;
mod store;

use std::fmt;

use time::OffsetDateTime;

use crate::books::Books;
use crate::lanes::Committed;

pub use scanner::{Follow, Scanner};

/// The books of what is due.
pub fn books(books: Books) -> Books {
    books.with::<Due>()
}

/// Whether there is anything new to come back to.
pub fn is_put(committed: &Committed) -> bool {
    committed.saved.entries::<Due>().next().is_some()
}

/// Something to come back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub key: DueKey,
    /// From when on.
    pub at: OffsetDateTime,
}

/// What to come back to; there is one time for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DueKey {
    /// Says which command: `inbox.lease`.
    pub kind: &'static str,
    /// Says about what: an id.
    pub key: String,
}

impl fmt::Display for DueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.key)
    }
}
