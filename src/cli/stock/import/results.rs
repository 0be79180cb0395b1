//! What became of each row, in a file of its own.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use csv::Writer;

use super::rows::Row;
use crate::cli::end::End;

const COLUMNS: [&str; 6] = ["line", "sku", "location", "outcome", "reason", "message"];

/// The results of an import: a row for each row of the file, in its order.
pub struct Results {
    path: PathBuf,
    file: File,
}

/// The outcome of a row that was not done.
pub const REFUSED: &str = "REFUSED";

/// What became of one row.
pub struct Ended<'a> {
    pub row: &'a Row,
    pub outcome: &'a str,
    pub reason: &'a str,
    pub message: &'a str,
}

impl<'a> Ended<'a> {
    /// Of a row that is not sent: refused here, or found good in a dry run.
    pub fn unsent(row: &'a Row) -> Ended<'a> {
        match &row.reading {
            Ok(_) => Ended { row, outcome: "GOOD", reason: "", message: "" },
            Err(fault) => {
                let (reason, message) = (fault.reason, fault.message.as_str());
                Ended { row, outcome: REFUSED, reason, message }
            }
        }
    }
}

impl Results {
    /// Begins them anew.
    pub fn begin(path: &Path) -> Result<Results, End> {
        let failed = |cause: io::Error| End::Failed(format!("{}: {cause}", path.display()));
        let file = File::create(path).map_err(failed)?;
        let mut results = Results { path: path.to_owned(), file };
        results.write_all(&[COLUMNS])?;
        Ok(results)
    }

    /// Goes on after so many bytes: what was written later was not noted any more.
    pub fn resume(path: &Path, written: u64) -> Result<Results, End> {
        let failed = |cause: io::Error| End::Failed(format!("{}: {cause}", path.display()));
        let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() < written {
            return Err(End::Failed(format!(
                "{} is shorter than it was: remove it, to begin anew",
                path.display()
            )));
        }
        file.set_len(written).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok(Results { path: path.to_owned(), file })
    }

    /// Writes what became of some rows, and answers how much there is now.
    pub fn write(&mut self, ended: &[Ended<'_>]) -> Result<u64, End> {
        let rows: Vec<_> = ended
            .iter()
            .map(|it| {
                let Ended { row, outcome, reason, message } = it;
                [&row.line.to_string(), &row.sku, &row.location, *outcome, *reason, *message]
                    .map(str::to_owned)
            })
            .collect();
        self.write_all(&rows)?;
        self.file.stream_position().map_err(|cause| self.failed(cause))
    }

    fn write_all<T: AsRef<[u8]>, const N: usize>(&mut self, rows: &[[T; N]]) -> Result<(), End> {
        let mut text = Writer::from_writer(Vec::new());
        for row in rows {
            text.write_record(row)?;
        }
        let text = text.into_inner().map_err(|it| it.to_string())?;
        self.file.write_all(&text).map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: io::Error) -> End {
        End::Failed(format!("{}: {cause}", self.path.display()))
    }
}
