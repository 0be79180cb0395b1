use tokio::sync::oneshot;

use super::Receipt;
use crate::books::{Books, Change, Command, Decided, Moment};
use crate::error::{Refusal, Result};

/// A command in the queue, whatever its answer's type.
pub trait Job: Send {
    fn ask(&self, books: &mut Books);

    /// Keeps the outcome, because nobody may hear of it before the commit. Done again, from the
    /// start, if the batch has to be.
    fn decide(&mut self, books: &mut Books, at: Moment) -> Vec<Change>;

    /// Tells the outcome, or why there is none.
    fn answer(self: Box<Self>, written: Result<()>);
}

/// Commands, in order of arrival.
pub type Jobs = Vec<Box<dyn Job>>;

pub struct Waiting<C: Command> {
    command: C,
    outcome: Result<Receipt<C::Answer>>,
    reply: oneshot::Sender<Result<Receipt<C::Answer>>>,
}

impl<C: Command> Waiting<C> {
    pub fn new(command: C, reply: oneshot::Sender<Result<Receipt<C::Answer>>>) -> Self {
        Self { command, outcome: Err(Refusal::unavailable()), reply }
    }
}

impl<C: Command> Job for Waiting<C> {
    fn ask(&self, books: &mut Books) {
        books.ask(&self.command);
    }

    fn decide(&mut self, books: &mut Books, at: Moment) -> Vec<Change> {
        match books.decide(&self.command, at) {
            Ok(Decided { answer, changes, replayed }) => {
                let head = if changes.is_empty() { at.revision - 1 } else { at.revision };
                let revision = replayed.unwrap_or(head);
                self.outcome = Ok(Receipt { answer, revision, replayed: replayed.is_some() });
                changes
            }
            Err(refusal) => {
                self.outcome = Err(refusal);
                Vec::new()
            }
        }
    }

    fn answer(self: Box<Self>, written: Result<()>) {
        // Whoever no longer waits does not want to know.
        let _ = self.reply.send(written.and(self.outcome));
    }
}
