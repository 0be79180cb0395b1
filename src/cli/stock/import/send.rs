//! Rows in batches, each under an identity that follows from the file.

use std::path::Path;
use std::time::SystemTime;

use erpsync_client::{Connection, proto};
use indicatif::{ProgressBar, ProgressStyle};

use super::file::File;
use super::progress::Progress;
use super::results::{Ended, Results};
use super::rows::{Reader, Row};
use crate::cli::end::End;

/// As many as one call takes.
const BATCH: usize = 1_000;

/// What is to be sent.
pub struct Sending<'a> {
    pub file: &'a File,
    pub reader: &'a Reader,
    pub rows: &'a [Row],
    pub results: Option<&'a Path>,
}

impl Sending<'_> {
    /// Sends what was not sent yet.
    pub async fn send(&self, connection: &Connection, again: bool) -> Result<Progress, End> {
        let (file, into) = (self.identity(), whither(connection).await?);
        let batches = batches(self.rows);
        let count = batches.len();
        let earlier = match self.results {
            Some(results) => Progress::read(results, &file, &into)?,
            None => None,
        };
        let (mut progress, mut results) = match (earlier, self.results) {
            (Some(progress), _) if progress.batches == count && !again => {
                eprintln!(
                    "{} was imported already, and nothing was sent; --again states it anew",
                    self.file.name
                );
                return Ok(progress);
            }
            (Some(progress), Some(path)) if progress.batches < count => {
                eprintln!("going on after {} rows, where it stopped", progress.rows());
                let results = Results::resume(path, progress.written)?;
                (progress, Some(results))
            }
            (_, path) => {
                let again = if again { moment() } else { String::new() };
                let progress = Progress { file, into, again, ..Progress::default() };
                (progress, path.map(Results::begin).transpose()?)
            }
        };
        let bar = bar(self.rows.len() as u64);
        for (nth, rows) in batches.into_iter().enumerate().skip(progress.batches) {
            bar.set_position(progress.rows());
            let outcome = self.batch(connection, nth, rows, &mut progress, &mut results).await;
            outcome.map_err(|end| stopped(end, nth, count, self.results))?;
        }
        bar.finish_and_clear();
        Ok(progress)
    }

    /// One batch: said, noted in the results, and then as done.
    async fn batch(
        &self,
        connection: &Connection,
        nth: usize,
        rows: &[Row],
        progress: &mut Progress,
        results: &mut Option<Results>,
    ) -> Result<(), End> {
        let readings: Vec<_> = rows.iter().filter_map(|it| it.reading.clone().ok()).collect();
        let mut answered = Vec::new();
        if !readings.is_empty() {
            let Progress { file, again, .. } = &*progress;
            let request_id = format!("import-{file}{again}-{nth}");
            let request = proto::SetStockRequest { request_id, readings };
            let answer = connection.stock().set_stock(request).await?;
            if answer.metadata().get("erpsync-replayed").is_some() {
                progress.replayed += answer.get_ref().results.len() as u64;
            }
            answered = answer.into_inner().results;
        }
        let mut answered = answered.iter();
        let mut ended = Vec::new();
        for row in rows {
            let row = match &row.reading {
                Err(_) => Ended::unsent(row),
                Ok(_) => {
                    let missing = || "the server has answered fewer rows than were sent".to_owned();
                    let result = answered.next().ok_or_else(missing)?;
                    let outcome = result.outcome().as_str_name().trim_start_matches("OUTCOME_");
                    let problem = result.problem.as_ref();
                    let reason = problem.map_or("", |it| &it.reason);
                    let message = problem.map_or("", |it| &it.message);
                    Ended { row, outcome, reason, message }
                }
            };
            progress.note(&row);
            ended.push(row);
        }
        progress.batches = nth + 1;
        if let (Some(results), Some(path)) = (results, self.results) {
            progress.written = results.write(&ended)?;
            progress.write(path)?;
        }
        Ok(())
    }

    /// Of the file, and of how it is read: whatever changes what would be said.
    fn identity(&self) -> String {
        let (bytes, delimiter) = self.file.content();
        let Reader { columns, width: _, defaults, decimal_comma } = self.reader;
        let how = format!("{delimiter} {columns:?} {defaults:?} {decimal_comma}");
        let mut hasher = blake3::Hasher::new();
        hasher.update(how.as_bytes()).update(&[0]).update(bytes);
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// Where it is stated: what was imported elsewhere, or before the database was restored, is not here.
async fn whither(connection: &Connection) -> Result<String, End> {
    let request = proto::GetServerInfoRequest {};
    let info = connection.server_info().get_server_info(request).await?.into_inner();
    let proto::GetServerInfoResponse { tenant, environment, system, incarnation, .. } = info;
    Ok(format!("{tenant}/{environment}/{system}/{incarnation}"))
}

/// Rows together with as many good ones as one call takes.
fn batches(rows: &[Row]) -> Vec<&[Row]> {
    let (mut batches, mut begin, mut good) = (Vec::new(), 0, 0);
    for (nth, row) in rows.iter().enumerate() {
        good += usize::from(row.reading.is_ok());
        if good == BATCH {
            batches.push(&rows[begin..=nth]);
            (begin, good) = (nth + 1, 0);
        }
    }
    if begin < rows.len() {
        batches.push(&rows[begin..]);
    }
    batches
}

/// Drawn on a terminal alone.
fn bar(rows: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} rows, {eta} left");
    let bar = ProgressBar::new(rows);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Another time of the same file.
fn moment() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("-{:x}", since.as_micros())
}

fn stopped(end: End, done: usize, count: usize, results: Option<&Path>) -> End {
    let why = match end {
        End::Failed(why) if 0 < done => why,
        other => return other,
    };
    let how = match results {
        Some(_) => "started again, it goes on there",
        None => "started again, it repeats what was done, which changes nothing",
    };
    End::Failed(format!("stopped after {done} of {count} batches: {why}; {how}"))
}
