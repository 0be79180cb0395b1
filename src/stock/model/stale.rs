//! Readings that are older than what is known already. One may have been overtaken; many in a row mean
//! that their source has lost count.

use super::Level;
use crate::id::SystemName;

/// So many in a row are more than could have been overtaken by one another.
const MANY: i64 = 5;

/// How many readings of a level, one after the other, were older than its statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Whose they were.
    pub by: SystemName,
    /// How many.
    pub readings: i64,
}

impl Level {
    /// One more was stale.
    pub(super) fn note_stale(&mut self, by: &SystemName) {
        let same = self.stale.take().filter(|it| it.by == *by);
        let readings = same.map_or(0, |it| it.readings) + 1;
        self.stale = Some(Stale { by: by.clone(), readings });
    }

    /// Whose readings were stale again and again.
    pub fn lags_behind(&self) -> Option<&SystemName> {
        self.stale.as_ref().filter(|it| MANY <= it.readings).map(|it| &it.by)
    }
}
