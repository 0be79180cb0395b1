//! How far an import has come: one that was interrupted goes on where it stopped, and one that is done is not
//! sent again. The server would answer most batches as before, but not those that have changed nothing: it
//! does not remember them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::results::{Ended, REFUSED};
use crate::cli::end::End;
use crate::cli::follow::beside;
use crate::cli::output::word;

/// So many refused rows are told on the terminal.
pub const TOLD_MAX: usize = 10;

/// Kept beside the results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Of which file, read how.
    pub file: String,
    /// Into which environment, by whom, in which of its lives.
    pub into: String,
    /// Which time it is stated; empty: the first.
    pub again: String,
    /// Batches that were answered.
    pub batches: usize,
    /// How much of the results was written by then.
    pub written: u64,
    /// What became of the rows so far.
    pub outcomes: BTreeMap<String, u64>,
    /// Rows that the server had answered before, to an earlier run.
    pub replayed: u64,
    /// The first rows that were refused, for people.
    pub told: Vec<String>,
}

impl Progress {
    /// Counts a row.
    pub fn note(&mut self, ended: &Ended<'_>) {
        let Ended { row, outcome, reason, message } = ended;
        *self.outcomes.entry(word(outcome, "")).or_default() += 1;
        if *outcome == REFUSED && self.told.len() < TOLD_MAX {
            self.told.push(format!("line {}: {message} ({reason})", row.line));
        }
    }

    /// How many rows have ended.
    pub fn rows(&self) -> u64 {
        self.outcomes.values().sum()
    }

    /// How far an earlier run of the same file to the same place has come; nothing where its results are
    /// gone.
    pub fn read(results: &Path, file: &str, into: &str) -> Result<Option<Progress>, End> {
        if !results.exists() {
            return Ok(None);
        }
        let path = place(results);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(End::Failed(format!("{}: {cause}", path.display()))),
        };
        // Of another file or to elsewhere, or not ours: this run writes its results anew.
        let progress = serde_json::from_str(&text).ok();
        Ok(progress.filter(|it: &Progress| it.file == file && it.into == into))
    }

    /// As a whole or not at all.
    pub fn write(&self, results: &Path) -> Result<(), End> {
        let path = place(results);
        let new = beside(&path, "new");
        let text = serde_json::to_string(self).map_err(|it| it.to_string())?;
        std::fs::write(&new, text)
            .and_then(|()| std::fs::rename(&new, &path))
            .map_err(|cause| End::Failed(format!("{}: {cause}", path.display())))
    }
}

fn place(results: &Path) -> PathBuf {
    beside(results, "progress")
}
