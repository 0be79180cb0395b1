//! What came of an import, for people and for programs.

use std::path::Path;

use serde_json::json;

use super::progress::{Progress, TOLD_MAX};
use super::results::{Ended, Results};
use super::rows::{Reader, Row};
use crate::cli::end::End;
use crate::cli::output::{Format, print};

/// What is known before anything is sent.
pub struct Summary<'a> {
    file: &'a str,
    rows: u64,
    /// Which column was taken for what, and which was not read.
    how: String,
    results: Option<&'a Path>,
}

impl<'a> Summary<'a> {
    pub fn new(
        file: &'a str,
        header: &[String],
        reader: &Reader,
        rows: usize,
        results: Option<&'a Path>,
    ) -> Summary<'a> {
        let taken =
            reader.columns.iter().map(|(field, nth)| format!("{field} from {}", header[*nth]));
        let unread = (0..header.len()).filter(|nth| !reader.columns.values().any(|it| it == nth));
        let unread: Vec<_> = unread.map(|nth| header[nth].as_str()).collect();
        let mut how = taken.collect::<Vec<_>>().join(", ");
        if !unread.is_empty() {
            how += &format!("; not read: {}", unread.join(", "));
        }
        Summary { file, rows: rows as u64, how, results }
    }

    /// Of a dry run: what is wrong here. The server may have more to say.
    pub fn checked(&self, rows: &[Row], format: Format) -> Result<(), End> {
        let mut progress = Progress::default();
        let mut ended = Vec::new();
        for row in rows {
            let ended_so = Ended::unsent(row);
            progress.note(&ended_so);
            ended.push(ended_so);
        }
        if let Some(path) = self.results {
            Results::begin(path)?.write(&ended)?;
        }
        self.tell(&progress, format)
    }

    /// Of one that was sent.
    pub fn sent(&self, progress: &Progress, format: Format) -> Result<(), End> {
        if 0 < progress.replayed {
            eprintln!(
                "{} rows were imported already: they were answered as before, and nothing has changed; --again \
                 states them anew",
                progress.replayed
            );
        }
        self.tell(progress, format)
    }

    fn tell(&self, progress: &Progress, format: Format) -> Result<(), End> {
        let Summary { file, rows, how, results } = self;
        let refused = progress.outcomes.get("refused").copied().unwrap_or_default();
        for told in &progress.told {
            eprintln!("{file}: {told}");
        }
        let more = refused.saturating_sub(TOLD_MAX as u64);
        let told_by = results.map_or(String::new(), |it| format!(": see {}", it.display()));
        if 0 < more {
            eprintln!("{file}: and {more} more rows{told_by}");
        }
        match format {
            Format::Json => {
                let summary = json!({
                    "file": file,
                    "rows": rows,
                    "outcomes": progress.outcomes,
                    "replayed": progress.replayed,
                    "results": results,
                });
                print(&format!("{summary}\n"))?;
            }
            Format::Table => {
                let mut text = format!("{file}: {rows} rows ({how})\n");
                let widest = progress.outcomes.keys().map(|it| it.len()).max().unwrap_or_default();
                for (outcome, rows) in &progress.outcomes {
                    text += &format!("{outcome:widest$}  {rows:>8}\n");
                }
                print(&text)?;
            }
        }
        End::of_items(&format!("rows were refused{told_by}"), *rows, refused)
    }
}
