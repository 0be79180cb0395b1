//! Movements, and which of them are kept apart until a statement contains them.

use super::{Fulfilled, Level, Statement};
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::SystemName;

/// How many movements a level keeps apart; the lowest are folded beyond.
pub(super) const BEYOND_MAX: usize = 256;

/// A movement that the last statement does not contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// Who told of it; `None`: told before that was noted, by the source itself.
    pub by: Option<SystemName>,
    /// Its number in that system's ledger; 0: none.
    pub number: i64,
    /// When it was recorded.
    pub revision: i64,
    /// Units that came or went.
    pub quantity: Decimal,
    /// What of them left for an order that the ERP knows.
    pub fulfilled: Fulfilled,
}

/// What became of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// On hand has changed.
    Applied,
    /// The last statement contains it: nothing changed.
    Contained,
    /// Its ledger number is known: nothing changed.
    Duplicate,
}

impl Beyond {
    /// By ledger number, then as recorded.
    pub(super) fn place(&self) -> (i64, i64) {
        (self.number, self.revision)
    }

    fn is_told_beside(&self, statement: &Statement) -> bool {
        self.by.as_ref().is_some_and(|it| statement.is_told_beside(it))
    }
}

impl Statement {
    /// Whether a system tells of movements beside the leader that has stated this: their numbers
    /// are of another ledger.
    pub fn is_told_beside(&self, by: &SystemName) -> bool {
        self.led && self.is_of_other(by)
    }

    /// Whether it contains what moved before it arrived.
    pub(super) fn contains(&self, moved: &Beyond) -> bool {
        if moved.is_told_beside(self) {
            return self.effects_through.is_none_or(|through| moved.revision <= through);
        }
        // Without a ledger number on either side, what was recorded before is contained.
        self.ledger_through == 0 || moved.number <= self.ledger_through
    }
}

impl Level {
    /// What other systems have told of since the leader's last statement, or before it and it does
    /// not contain them. They count.
    pub fn pending(&self) -> impl Iterator<Item = &Beyond> {
        let statement = self.statement.as_ref();
        self.beyond.iter().filter(move |it| statement.is_some_and(|of| it.is_told_beside(of)))
    }

    /// Takes a movement in.
    pub fn moved(&mut self, mut moved: Beyond) -> Result<Moved> {
        let statement = self.statement.as_ref();
        let is_beside = statement.is_some_and(|it| moved.is_told_beside(it));
        let counts = statement.is_some_and(|it| it.counts(moved.fulfilled.acknowledged));
        let left = if counts { moved.fulfilled.units } else { Decimal::ZERO };
        if 0 < moved.number {
            let through = statement.map_or(0, |it| it.ledger_through);
            if !is_beside && moved.number <= through {
                // What is available does not tell whether an order that it counts has left: at its
                // arrival those units were open, and lay here.
                if left.is_zero() || statement.is_none_or(|it| it.available.is_none()) {
                    return Ok(Moved::Contained);
                }
                moved.quantity = left.negated();
            }
            let is_led = statement.is_some_and(|it| it.led);
            let is_same = |it: &Beyond| it.number == moved.number && (!is_led || it.by == moved.by);
            if self.beyond.iter().any(is_same) {
                return Ok(Moved::Duplicate);
            }
        }
        self.on_hand = self.on_hand.try_add(moved.quantity)?;
        self.committed = self.committed.try_sub(left)?;
        if 0 < moved.number || is_beside {
            let place = self.beyond.partition_point(|it| it.place() <= moved.place());
            self.beyond.insert(place, moved);
            if BEYOND_MAX < self.beyond.len() {
                let folded = self.beyond.remove(0);
                self.unnumbered = self.unnumbered.try_add(folded.quantity)?;
            }
        } else {
            self.unnumbered = self.unnumbered.try_add(moved.quantity)?;
        }
        Ok(Moved::Applied)
    }
}
