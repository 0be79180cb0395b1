//! A batch on its way into the database.

use std::time::{Duration, Instant};

use sqlx::Error;
use tokio::sync::oneshot;
use tokio::task::{JoinError, JoinHandle};

use super::ahead::{Ready, Size};
use super::batch::{Batch, Decided};
use super::job::Jobs;
use super::store::{Mark, Turn};

/// The end of a batch.
pub type Landed = Result<Written, Unwritten>;

/// A batch that is durable, of which nobody has heard yet.
pub struct Written {
    pub jobs: Jobs,
    pub decided: Decided,
}

/// A batch that was not written, or it is not known.
pub struct Unwritten {
    pub jobs: Jobs,
    pub cause: Error,
    /// Where the history ended before it, if that is known.
    pub mark: Option<Mark>,
}

/// A batch that a task of its own writes.
pub struct Flight {
    pub writing: JoinHandle<Landed>,
    /// Heard when nothing is left but to make it durable, if there is such a moment.
    pub commits: oneshot::Receiver<()>,
    pub size: Size,
    pub since: Instant,
    /// Where the history ends once it is written.
    pub leaves: Mark,
}

impl Flight {
    /// Sends a batch on its way; the one after it.
    pub fn of(ready: Ready) -> (Flight, Batch) {
        let Ready { jobs, size, decided, next, turn } = ready;
        let (committing, commits) = oneshot::channel();
        // Whoever waits for it may have gone.
        let committing = move || {
            let _ = committing.send(());
        };
        let writing = tokio::spawn(write(jobs, decided, turn, committing));
        let (since, leaves) = (Instant::now(), next.mark());
        (Flight { writing, commits, size, since, leaves }, next)
    }

    /// Its end, once.
    pub async fn landed(&mut self) -> Landed {
        end(&mut self.writing).await
    }
}

/// The end of what is being written, once.
pub async fn end(writing: &mut JoinHandle<Landed>) -> Landed {
    writing.await.unwrap_or_else(lost)
}

/// Writes a batch; says when nothing is left but to make it durable.
pub async fn write(jobs: Jobs, mut decided: Decided, turn: Turn, commits: impl FnOnce()) -> Landed {
    match decided.write(turn, commits).await {
        Ok(()) => Ok(Written { jobs, decided }),
        Err(cause) => Err(Unwritten { jobs, cause, mark: Some(decided.mark()) }),
    }
}

/// What became of a batch whose task came to an end by itself is not known; its callers hear that already.
fn lost(cause: JoinError) -> Landed {
    let cause = Error::Io(std::io::Error::other(cause));
    Err(Unwritten { jobs: Jobs::new(), cause, mark: None })
}

/// How long batches take to be written, by what the last ones took.
#[derive(Default)]
pub struct Times {
    light: Option<Duration>,
    heavy: Option<Duration>,
}

impl Times {
    /// One has landed.
    pub fn landed(&mut self, Flight { size, since, .. }: &Flight) {
        let row = since.elapsed() / size.rows.max(1) as u32;
        let of_row = self.of(size.is_heavy);
        *of_row = Some(of_row.map_or(row, |it| (it * 3 + row) / 4));
    }

    /// About how long one takes, if any have landed.
    pub fn takes(&mut self, size: Size) -> Option<Duration> {
        self.of(size.is_heavy).map(|it| it * size.rows as u32)
    }

    fn of(&mut self, is_heavy: bool) -> &mut Option<Duration> {
        if is_heavy { &mut self.heavy } else { &mut self.light }
    }
}
