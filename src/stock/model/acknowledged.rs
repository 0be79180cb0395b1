//! What is open of the orders that the ERP knows. Its own figures count them as well, so that they
//! can be told from what it has promised to others.

use super::{Level, Statement};
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};

/// How many revisions a level keeps apart; the lowest are folded beyond.
const REVISIONS_MAX: usize = 256;

/// Units that are open, of orders' lines that the ERP knows as they are since one revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// When it told so: the acknowledgement, or the answer that last gave a line more units.
    pub revision: i64,
    /// How many.
    pub units: Decimal,
}

/// Units of an acknowledged order that are open no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fulfilled {
    /// As whose they were kept; 0: the ERP did not know of them.
    pub acknowledged: i64,
    /// How many.
    pub units: Decimal,
}

impl Level {
    /// What the source of the last statement has promised to orders that erpsync does not know,
    /// as far as it can be told: all that it has promised, less what is open here of the orders
    /// that it counts.
    ///
    /// Units of those that are taken off stay in it until the next statement, because the last one
    /// may have been read when the source had given them up already.
    pub fn committed_elsewhere(&self) -> Result<Decimal> {
        let counted = self.statement.as_ref().map(|it| self.counted_by(it));
        let others = self.committed.try_sub(counted.transpose()?.unwrap_or_default())?;
        Ok(others.max(Decimal::ZERO))
    }

    /// What is open here of the orders that a statement counts.
    pub(super) fn counted_by(&self, statement: &Statement) -> Result<Decimal> {
        let counted = self.acknowledged.iter().filter(|it| statement.counts(it.revision));
        Decimal::try_sum(counted.map(|it| it.units))
    }

    /// The ERP has told that it knows these units. Revisions rise.
    pub fn acknowledge(&mut self, revision: i64, units: Decimal) -> Result<()> {
        if units.is_zero() {
            return Ok(());
        }
        match self.acknowledged.last_mut().filter(|it| it.revision == revision) {
            Some(last) => last.units = last.units.try_add(units)?,
            None => self.acknowledged.push(Acknowledged { revision, units }),
        }
        if REVISIONS_MAX < self.acknowledged.len() {
            self.fold_acknowledged()?;
        }
        Ok(())
    }

    /// Two revisions become the higher one: counted later than might be, never too early. Both are
    /// counted by the last statement, or neither is.
    fn fold_acknowledged(&mut self) -> Result<()> {
        let is_counted =
            |it: &Acknowledged| self.statement.as_ref().is_some_and(|by| by.counts(it.revision));
        let pair =
            self.acknowledged.windows(2).position(|it| is_counted(&it[0]) == is_counted(&it[1]));
        let lower = self.acknowledged.remove(pair.unwrap_or_default());
        let higher = &mut self.acknowledged[pair.unwrap_or_default()];
        higher.units = higher.units.try_add(lower.units)?;
        Ok(())
    }

    /// Units that the ERP knows since a revision are open no more.
    pub fn settle(&mut self, acknowledged: i64, units: Decimal) -> Result<Fulfilled> {
        if acknowledged == 0 || units.is_zero() {
            return Ok(Fulfilled::default());
        }
        // Folded ones stand at the next revision above.
        let place = self.acknowledged.partition_point(|it| it.revision < acknowledged);
        let lost = || Refusal::internal(format!("{units} of {acknowledged} are not open here"));
        let kept = self.acknowledged.get_mut(place).ok_or_else(lost)?;
        let acknowledged = kept.revision;
        kept.units = kept.units.try_sub(units)?;
        if kept.units.is_zero() {
            self.acknowledged.remove(place);
        }
        Ok(Fulfilled { acknowledged, units })
    }
}
