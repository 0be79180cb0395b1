use super::retry::{leave, want};
use super::{Kinds, Parked};
use crate::books::{Books, Command, Moment};
use crate::error::Result;
use crate::id::{ParkedId, SystemName};

/// Gives something parked up, for good.
pub struct Discard {
    /// What.
    pub id: ParkedId,
    /// Who says so.
    pub by: SystemName,
    /// Why, for people.
    pub reason: String,
    /// Who knows what its being parked keeps from others.
    pub kinds: Kinds,
}

impl Command for Discard {
    /// Whether it was given up just now, and not before; `None` where there is nothing of this id.
    type Answer = Option<bool>;

    fn needs(&self, books: &mut Books) {
        if let Some(parked) = want(books, self.id)
            && parked.is_still()
            && let Ok(kind) = self.kinds.of(&parked)
        {
            kind.needs_discard(&parked, books);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Option<bool>> {
        let Some(parked) = books.of::<Parked>().get(&self.id).cloned() else { return Ok(None) };
        if parked.applied_at.is_some() {
            return Err(parked.refuse_step("APPLIED", "DISCARDED"));
        }
        if parked.discarded.is_some() {
            return Ok(Some(false));
        }
        self.kinds.of(&parked)?.discard(&parked, books, at)?;
        leave(books, &parked);
        books.of().put(parked.given_up(&self.by, &self.reason, at.now));
        Ok(Some(true))
    }
}
