use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::Arc;

use super::fact::Again;
use super::model::Waiting;
use super::{Fact, Parked, await_name, due_key, is_passing};
use crate::books::{Books, Command, Moment};
use crate::documents::awaited;
use crate::due::{Due, Follow};
use crate::error::{Reason, Refusal, Result};
use crate::id::ParkedId;
use crate::lanes::Lanes;

/// What `due` knows a retry by.
pub const DUE: &str = "parked.retry";

/// Who can apply what is parked, of one kind.
pub trait TryAgain: Send + Sync + 'static {
    /// Wants what [`apply`](TryAgain::apply) decides on.
    fn needs(&self, parked: &Parked, books: &mut Books);

    /// Applies it, or says why not. It never parks it again: a refusal undoes what was done, and
    /// leaves it parked for the new reason. One made by [`waits_for`](crate::documents::waits_for)
    /// waits for that name, which [`needs_park`](super::needs_park) must have wanted.
    fn apply(&self, parked: &Parked, books: &mut Books, at: Moment) -> Result<()>;

    /// Wants what [`discard`](TryAgain::discard) changes.
    fn needs_discard(&self, parked: &Parked, books: &mut Books);

    /// Undoes what its being parked keeps from others.
    fn discard(&self, parked: &Parked, books: &mut Books, at: Moment) -> Result<()>;
}

/// Who tries again, by kind.
#[derive(Clone, Default)]
pub struct Kinds(Arc<HashMap<&'static str, Arc<dyn TryAgain>>>);

impl Kinds {
    /// All of these.
    pub fn new(kinds: impl IntoIterator<Item = (&'static str, Arc<dyn TryAgain>)>) -> Kinds {
        Kinds(Arc::new(kinds.into_iter().collect()))
    }

    /// Who tries facts of one kind again.
    pub fn fact<F: Fact>() -> (&'static str, Arc<dyn TryAgain>) {
        (F::KIND, Arc::new(Again::<F>(PhantomData)))
    }

    pub(super) fn of(&self, parked: &Parked) -> Result<&Arc<dyn TryAgain>> {
        let kind = self.0.get(parked.kind.as_str());
        kind.ok_or_else(|| Refusal::internal(format!("nobody retries a parked {}", parked.kind)))
    }
}

/// What came of a retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retried {
    /// It is applied now.
    Applied,
    /// It was applied before.
    Duplicate,
    /// It stays parked, for this reason.
    Parked(Refusal),
}

/// Tries something parked again.
pub struct Retry {
    /// What.
    pub id: ParkedId,
    /// Who can.
    pub kinds: Kinds,
}

/// Notes a retry that failed by our own fault, and so could not note it itself.
struct StaysParked {
    id: ParkedId,
    refusal: Refusal,
}

impl Command for Retry {
    /// `None` where there is nothing of this id.
    type Answer = Option<Retried>;

    fn needs(&self, books: &mut Books) {
        if let Some(parked) = want(books, self.id)
            && parked.is_still()
            && let Ok(kind) = self.kinds.of(&parked)
        {
            kind.needs(&parked, books);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Option<Retried>> {
        let Some(parked) = books.of::<Parked>().get(&self.id).cloned() else {
            books.of::<Due>().remove(&due_key(self.id));
            return Ok(None);
        };
        if parked.applied_at.is_some() {
            books.of::<Due>().remove(&due_key(self.id));
            return Ok(Some(Retried::Duplicate));
        }
        if parked.discarded.is_some() {
            return Err(parked.refuse_step("DISCARDED", "APPLIED"));
        }
        match self.kinds.of(&parked)?.apply(&parked, books, at) {
            Ok(()) => {
                leave(books, &parked);
                books.of().put(parked.applied(at.now));
                Ok(Some(Retried::Applied))
            }
            Err(refusal) if is_passing(&refusal) || refusal.reason == Reason::Internal => {
                Err(refusal)
            }
            Err(refusal) => {
                books.undo();
                Ok(Some(Retried::Parked(stay(books, parked, refusal, at))))
            }
        }
    }
}

impl Command for StaysParked {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        want(books, self.id);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        if let Some(parked) = books.of::<Parked>().get(&self.id).cloned()
            && parked.is_still()
        {
            stay(books, parked, self.refusal.clone(), at);
        }
        Ok(())
    }
}

/// Follows what has become due for a retry.
pub fn follow(lanes: Lanes, kinds: Kinds) -> (&'static str, Follow) {
    let follow: Follow = Box::new(move |of, key| {
        let (lane, kinds) = (lanes.of(of), kinds.clone());
        Box::pin(async move {
            let id = ParkedId::parse(&key).map_err(Refusal::internal)?;
            match lane.run(Retry { id, kinds }).await {
                // Our own fault stays our own fault: it is noted, and nobody tries for ever.
                Err(refusal) if !is_passing(&refusal) => {
                    lane.run(StaysParked { id, refusal }).await?;
                    Ok(())
                }
                tried => tried.map(|_| ()),
            }
        })
    });
    (DUE, follow)
}

/// Wants it and what leads to it; it, as far as it is known.
pub(super) fn want(books: &mut Books, id: ParkedId) -> Option<Parked> {
    books.of::<Due>().want(&due_key(id));
    books.of::<Parked>().want(&id);
    let parked = books.of::<Parked>().peek(&id).cloned()?;
    if let Some(name) = parked.awaits() {
        books.of::<Waiting>().want(&name);
    }
    Some(parked)
}

/// Nobody has to come back to it.
pub(super) fn leave(books: &mut Books, parked: &Parked) {
    books.of::<Due>().remove(&due_key(parked.id));
    let Some(name) = parked.awaits() else { return };
    let book = books.of::<Waiting>();
    let Some(mut waiting) = book.get(&name).cloned() else { return };
    waiting.parked.retain(|it| *it != parked.id);
    if waiting.parked.is_empty() {
        book.remove(&name);
    } else {
        book.put(waiting);
    }
}

/// It stays, for a new reason; which is told.
fn stay(books: &mut Books, parked: Parked, refusal: Refusal, at: Moment) -> Refusal {
    leave(books, &parked);
    let refusal = match awaited(&refusal) {
        // Where too many wait for that name, somebody has to retry it by hand, and is told so.
        Some(name) => await_name(books, name, parked.id, &refusal).err().unwrap_or(refusal),
        None => refusal,
    };
    books.of().put(parked.tried(refusal.clone(), at.now));
    refusal
}
