//! Rows of a batch, and what becomes of each.

use serde::{Deserialize, Serialize};

use super::LevelKey;
use crate::decimal::Decimal;
use crate::error::Refusal;
use crate::id::SystemName;

/// An absolute reading of a level.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// Of what, and where.
    pub key: LevelKey,
    /// The figure: units that lie there, or what `basis` says.
    pub on_hand: Decimal,
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each reading; 0: not numbered.
    pub sequence: i64,
    /// The highest ledger number that it contains; 0: none given.
    pub ledger_through: i64,
    /// What the figure is.
    #[serde(skip_serializing_if = "Basis::is_on_hand")]
    pub basis: Basis,
    /// What the source has promised to all its orders, those of erpsync among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed: Option<Decimal>,
    /// The revision up to which the source knew what erpsync had answered it; given wherever the
    /// reading says anything of orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_counted_through: Option<i64>,
    /// The revision up to which movements told by other systems are in the source's books; `None`:
    /// those recorded before the reading arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effects_through: Option<i64>,
}

/// What the figure of a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Basis {
    /// Units that lie there.
    #[default]
    OnHand,
    /// Units that lie there, less those of the source's open orders.
    Available,
}

impl Basis {
    fn is_on_hand(&self) -> bool {
        *self == Basis::OnHand
    }
}

/// Who states a reading.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// Its name.
    pub system: &'a SystemName,
    /// Whether it is the leading system of the place; where there is none, nobody is.
    pub leads: bool,
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
