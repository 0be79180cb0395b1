//! What is true of one level: the statement, what moved since, and what is promised.

mod acknowledged;
mod batch;
mod movement;
mod stale;
mod statement;
#[cfg(test)]
mod tests;

pub use acknowledged::{Acknowledged, Fulfilled};
pub use batch::{Adjustment, Basis, Outcome, Reading, Teller};
pub use movement::{Beyond, Moved};
pub use stale::Stale;
pub use statement::Statement;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::books::KEY_JOINT;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::{Location, OrderId, Sku, SystemName};

/// An article at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LevelKey {
    /// The article.
    pub sku: Sku,
    /// The place.
    pub location: Location,
}

/// How much of an article lies at a place, and how much of it is promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Of what, and where.
    pub key: LevelKey,
    /// What the source said last.
    pub statement: Option<Statement>,
    /// What was said since, and was older.
    pub stale: Option<Stale>,
    /// What moved since without a ledger number, and movements kept apart that were folded.
    pub unnumbered: Decimal,
    /// What moved beyond the statement, kept apart because the next one may contain it or not; by
    /// ledger number, rising.
    pub beyond: Vec<Beyond>,
    /// The sum of all these.
    pub on_hand: Decimal,
    /// Promised to open orders.
    pub reserved: Decimal,
    /// What the statement says is promised by its source, less what of it has left since.
    pub committed: Decimal,
    /// How much of the orders that the ERP knows is open here, by revision, rising.
    pub acknowledged: Vec<Acknowledged>,
    /// What orders wait for.
    pub back_ordered: Decimal,
    /// The first position of the queue of back orders that may still wait.
    pub queue_first: i64,
    /// The position that the next back order gets.
    pub queue_next: i64,
    /// Whether other levels are called the same but for case.
    pub has_namesakes: bool,
    /// How much may lie free although somebody waits: the least buffer of the shops whose orders do.
    pub kept_back: Decimal,
    /// Of the last change.
    pub revision: i64,
}

impl Level {
    /// Nothing was ever said of it.
    pub fn new(key: LevelKey) -> Level {
        Level {
            key,
            statement: None,
            stale: None,
            unnumbered: Decimal::ZERO,
            beyond: Vec::new(),
            on_hand: Decimal::ZERO,
            reserved: Decimal::ZERO,
            committed: Decimal::ZERO,
            acknowledged: Vec::new(),
            back_ordered: Decimal::ZERO,
            queue_first: 1,
            queue_next: 1,
            has_namesakes: false,
            kept_back: Decimal::ZERO,
            revision: 0,
        }
    }

    /// What nobody has promised; below zero where more is promised than lies there.
    pub fn free(&self) -> Result<Decimal> {
        self.on_hand.try_sub(self.reserved)?.try_sub(self.committed_elsewhere()?)
    }

    /// What may still be sold.
    pub fn sellable(&self) -> Decimal {
        self.sellable_less(Decimal::ZERO)
    }

    /// What may still be sold by whoever must leave so much.
    pub fn sellable_less(&self, buffer: Decimal) -> Decimal {
        let left = self.free().and_then(|it| it.try_sub(buffer));
        left.unwrap_or_default().max(Decimal::ZERO)
    }

    /// What is promised and does not lie there.
    pub fn short(&self) -> Decimal {
        self.reserved.try_sub(self.on_hand).unwrap_or_default().max(Decimal::ZERO)
    }

    /// Whether whoever watches sees the same.
    pub fn looks_like(&self, other: &Level) -> bool {
        let seen = |it: &Level| {
            let figures = (it.on_hand, it.reserved, it.back_ordered, it.committed_elsewhere().ok());
            (figures, it.statement.is_some())
        };
        seen(self) == seen(other) && self.pending().eq(other.pending())
    }

    /// Whether nothing lies there, and nothing is promised, here or elsewhere, or waited for.
    pub fn is_void(&self) -> bool {
        let Level { on_hand, reserved, back_ordered, committed, .. } = self;
        [on_hand, reserved, back_ordered, committed].iter().all(|it| it.is_zero())
    }

    /// What must be true of every level.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let said = self.statement.as_ref().map_or(Decimal::ZERO, |it| it.on_hand);
        let moved = self.beyond.iter().map(|it| it.quantity).chain([said, self.unnumbered]);
        let sum = Decimal::try_sum(moved).map_err(|it| it.message)?;
        let claims = [
            (sum == self.on_hand, "on hand is the statement and what moved since"),
            (!self.reserved.is_negative(), "reserved is not negative"),
            (!self.back_ordered.is_negative(), "back ordered is not negative"),
            (self.queue_first <= self.queue_next, "the queue does not end before it begins"),
            (
                self.back_ordered.is_zero() || self.sellable() <= self.kept_back,
                "free units serve back orders",
            ),
            (self.beyond.is_sorted_by_key(Beyond::place), "movements kept apart rise"),
            (self.acknowledged.is_sorted_by(|a, b| a.revision < b.revision), "revisions rise"),
            (
                self.acknowledged.iter().all(|it| it.units.is_positive()),
                "what is open of acknowledged orders is positive",
            ),
            (self.committed_elsewhere().is_ok(), "what is committed elsewhere can be told"),
        ];
        match claims.iter().find(|(holds, _)| !holds) {
            Some((_, claim)) => Err(format!("violated: {claim}: {self:?}")),
            None => Ok(()),
        }
    }
}

/// A place in the queue for an article: an order's line, and how much of it still waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackOrder {
    /// For what, and as the how-manieth.
    pub key: BackOrderKey,
    /// Whose.
    pub order: OrderId,
    /// Of which shop that is.
    pub shop: SystemName,
    /// Which of its lines, from 0.
    pub line: i32,
    /// How much still waits.
    pub quantity: Decimal,
}

/// A place in a queue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackOrderKey {
    /// The queue.
    pub level: LevelKey,
    /// From 1, in order of arrival.
    pub position: i64,
}

impl fmt::Display for LevelKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{KEY_JOINT}{}", self.sku, self.location)
    }
}

impl fmt::Display for BackOrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{KEY_JOINT}{}", self.level, self.position)
    }
}
