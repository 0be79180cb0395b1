//! What came in, cannot be applied yet, and must not get lost.
//!
//! A [`Fact`] about something unknown waits here until that arrives; a document that does not tie
//! out, or a task that nobody wants, until somebody looks at it. Whoever makes something known calls
//! [`wake`], and what waits for it is tried again, each in a command of its own. Parking knows no
//! slice: the server hands in who can try again, by kind.

mod discard;
mod fact;
mod model;
mod retry;
mod service;
mod store;
mod wire;

pub use discard::Discard;
pub use fact::{Fact, Taken, Told};
pub use model::{Discarded, Parked, Payload, is_passing};
pub use retry::{DUE, Kinds, Retried, Retry, TryAgain, follow};
pub use service::ParkingDesk;
pub use wire::{fact_result, parked as told};

use crate::books::{Books, Name};
use crate::documents::awaited;
use crate::due::{Due, DueKey};
use crate::error::{Reason, Refusal, Result};
use crate::id::ParkedId;
use model::{WAITING_MAX, Waiting};

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Parked>().with::<Waiting>()
}

/// What [`park`] needs, for all the names that it may have to wait for.
pub fn needs_park<'a>(books: &mut Books, id: ParkedId, names: impl IntoIterator<Item = &'a Name>) {
    books.of::<Parked>().want(&id);
    names.into_iter().for_each(|it| books.of::<Waiting>().want(it));
}

/// Wants what waiting for one more name needs.
pub fn needs_wait(books: &mut Books, name: &Name) {
    books.of::<Waiting>().want(name);
}

/// Keeps what cannot be applied. One whose refusal was made by
/// [`waits_for`](crate::documents::waits_for) is tried again when that name arrives; where too many
/// wait for it already, this is refused.
///
/// What is parked must have no effect: a verb that may already have changed something calls
/// [`Books::undo`] first.
pub fn park(books: &mut Books, parked: Parked) -> Result<()> {
    if let Some(awaited) = awaited(&parked.refusal) {
        await_name(books, awaited, parked.id, &parked.refusal)?;
    }
    books.of().put(parked);
    Ok(())
}

/// What [`wake`] needs. To be called each time that a command says what it needs.
pub fn needs_wake(books: &mut Books, name: &Name) {
    let (waiting, due) = books.pair::<Waiting, Due>();
    waiting.want(name);
    let parked = waiting.peek(name).map_or(&[][..], |it| &it.parked);
    parked.iter().for_each(|it| due.want(&due_key(*it)));
}

/// A name has become known: whoever waited for it is tried again, each in a command of its own.
pub fn wake(books: &mut Books, name: &Name, now: time::OffsetDateTime) {
    let (waiting, due) = books.pair::<Waiting, Due>();
    if let Some(Waiting { parked, .. }) = waiting.get(name) {
        parked.iter().for_each(|it| due.put(Due { key: due_key(*it), at: now }));
        waiting.remove(name);
    }
}

fn await_name(books: &mut Books, name: Name, id: ParkedId, why: &Refusal) -> Result<()> {
    let book = books.of::<Waiting>();
    let mut waiting =
        book.get(&name).cloned().unwrap_or_else(|| Waiting { name, parked: Vec::new() });
    if waiting.parked.contains(&id) {
        return Ok(());
    }
    if WAITING_MAX <= waiting.parked.len() {
        return Err(Refusal::new(
            Reason::Overloaded,
            format!("{}; {WAITING_MAX} wait for it already, so this was not kept", why.message),
        ));
    }
    waiting.parked.push(id);
    book.put(waiting);
    Ok(())
}

fn due_key(id: ParkedId) -> DueKey {
    DueKey { kind: DUE, key: id.to_string() }
}
