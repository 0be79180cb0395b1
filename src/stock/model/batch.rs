//! Rows of a batch, and what becomes of each.

use serde::{Deserialize, Serialize};

use super::LevelKey;
use crate::decimal::Decimal;
use crate::error::Refusal;

/// An absolute reading of a level.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// Of what, and where.
    pub key: LevelKey,
    /// Units that lie there.
    pub on_hand: Decimal,
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each reading; 0: not numbered.
    pub sequence: i64,
    /// The highest ledger number that it contains; 0: none given.
    pub ledger_through: i64,
}

/// A relative change of a level.
#[derive(Clone, Debug, Serialize)]
pub struct Adjustment {
    /// Of what, and where.
    pub key: LevelKey,
    /// Units that came or went.
    pub quantity: Decimal,
    /// Its number in the source's ledger; 0: none.
    pub ledger_number: i64,
    /// Why, for people.
    pub reason: String,
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was done.
    Applied,
    /// It said what was true already.
    Unchanged,
    /// It was said before.
    Duplicate,
    /// Something newer is known.
    Stale,
    /// It was not done.
    Refused(Refusal),
}
