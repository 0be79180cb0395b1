//! What a credit note would come to.

use super::{CreditNote, Issue};
use crate::books::{Books, Command, Moment, Weight};
use crate::error::Result;
use crate::parking::Fact;

/// Works a credit note out as if it were issued now, and issues nothing.
pub struct Preview(pub Issue);

/// The id that a note would have; none has it.
const NOBODY: i64 = 0;

impl Command for Preview {
    type Answer = CreditNote;

    fn needs(&self, books: &mut Books) {
        self.0.needs(NOBODY, books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<CreditNote> {
        let note = self.0.note(NOBODY, books, at)?;
        books.undo();
        Ok(note)
    }

    fn weight(&self) -> Weight {
        self.0.weight()
    }
}
