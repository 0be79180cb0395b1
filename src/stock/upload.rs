//! Readings by the thousand: what a single call states, as batches of an upload.

use serde::Serialize;

use super::{Outcome, SetStock};
use crate::books::{Books, Command, Moment, Weight};
use crate::error::Result;
use crate::uploads::{Counts, Done};

/// States readings, and tells only of those rows that were not applied.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Batch(pub SetStock);

impl Command for Batch {
    type Answer = Done<Outcome>;

    fn needs(&self, books: &mut Books) {
        self.0.needs(books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Done<Outcome>> {
        let outcomes = self.0.decide(books, at)?;
        let mut counts = Counts::default();
        for outcome in &outcomes {
            *match outcome {
                Outcome::Applied => &mut counts.applied,
                Outcome::Unchanged => &mut counts.unchanged,
                Outcome::Duplicate => &mut counts.duplicate,
                Outcome::Stale => &mut counts.stale,
                Outcome::Refused(_) => &mut counts.refused,
            } += 1;
        }
        let others = (0..).zip(outcomes).filter(|(_, it)| *it != Outcome::Applied);
        Ok(Done { counts, others: others.collect() })
    }

    fn weight(&self) -> Weight {
        self.0.weight()
    }
}
