use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::book::{AnyBook, Later};
use super::unsaved::Part;
use super::{Change, Moment};
use crate::id::Environment;
use crate::postgres::Writes;

/// A row of a history: appended, listed, never changed and never loaded by a command.
pub trait Row: Send + Sync + 'static {
    /// What the log calls rows of a command that changed nothing else: that one needs a revision of
    /// its own too, because it is the rows' key.
    const KIND: &'static str;

    /// Writes that append rows. A row's key is the revision of its command and its place among the
    /// rows that the command appended, so it needs none of its own.
    fn save(writes: &mut Writes, of: Environment, rows: &[Appended<Self>])
    where
        Self: Sized;
}

/// A row, when it was appended and as which of its command's.
pub struct Appended<R> {
    /// Of the command that appended it.
    pub at: Moment,
    /// From 0, within the command.
    pub ordinal: i32,
    /// The row.
    pub row: R,
}

/// What commands of a batch have appended.
pub struct Rows<R: Row> {
    kept: Vec<Appended<R>>,
    /// By the command now deciding.
    new: Vec<R>,
}

impl<R: Row> Rows<R> {
    /// Appends a row, if the command is not refused.
    pub fn append(&mut self, row: R) {
        self.new.push(row);
    }
}

impl<R: Row> AnyBook for Rows<R> {
    /// Histories are asked for, not watched.
    fn kind(&self) -> Option<&'static str> {
        None
    }

    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    fn has_changes(&self) -> bool {
        !self.new.is_empty()
    }

    fn accept(&mut self, at: Moment, changes: &mut Vec<Change>) {
        if changes.is_empty() && !self.new.is_empty() {
            changes.push(Change { kind: R::KIND, removed: false, key: String::new() });
        }
        let appended = (0..).zip(self.new.drain(..));
        self.kept.extend(appended.map(|(ordinal, row)| Appended { at, ordinal, row }));
    }

    fn refuse(&mut self) {
        self.new.clear();
    }

    fn is_dirty(&self) -> bool {
        !self.kept.is_empty()
    }

    fn sparse(&self) -> Option<&'static str> {
        None
    }

    fn lacks(&self) -> bool {
        false
    }

    fn has_none(&self) -> bool {
        false
    }

    fn are_empty(&mut self, _tables: &BTreeSet<&'static str>) {}

    fn load<'a>(&'a mut self, _conn: &'a mut PgConnection, _of: Environment) -> Later<'a, bool> {
        Box::pin(async { Ok(false) })
    }

    fn take_unsaved(&mut self) -> Option<Box<dyn Part>> {
        let kept = std::mem::take(&mut self.kept);
        (!kept.is_empty()).then(|| Box::new(kept) as Box<dyn Part>)
    }

    fn size(&self) -> usize {
        0
    }

    fn begin_anew(&mut self) -> usize {
        0
    }

    fn forget(&mut self) {}

    fn assume_the_rest_is_absent(&mut self) -> bool {
        false
    }
}

impl<R: Row> Default for Rows<R> {
    fn default() -> Self {
        Self { kept: Vec::new(), new: Vec::new() }
    }
}
