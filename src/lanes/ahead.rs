//! What comes after the batch that is being written.

use super::batch::{Batch, Decided};
use super::job::Jobs;
use super::queues::{BATCH_MAX, LIGHT_ROWS_MAX};
use super::store::Turn;

/// A batch that is decided before it has the lock.
pub struct Ahead {
    pub batch: Batch,
    pub rows: usize,
    /// Whether any of it is: then others would wait long for it.
    pub is_heavy: bool,
    /// Where it reads, as long as that goes well.
    pub turn: Option<Turn>,
}

impl Ahead {
    /// Nothing yet.
    pub fn of(batch: Batch) -> Ahead {
        Ahead { batch, rows: 0, is_heavy: false, turn: None }
    }

    pub fn is_empty(&self) -> bool {
        self.batch.jobs.is_empty()
    }

    /// As much as is written as one transaction. The rest stays in its queue, which is bounded.
    pub fn is_full(&self) -> bool {
        BATCH_MAX <= self.batch.jobs.len() || LIGHT_ROWS_MAX <= self.rows
    }
}

/// A batch to which nothing is added any more, on its way into the database.
pub struct Ready {
    pub jobs: Jobs,
    pub decided: Decided,
    /// The one after it.
    pub next: Batch,
    pub turn: Turn,
}

impl Ready {
    pub fn of(batch: Batch, turn: Turn) -> Ready {
        let (jobs, decided, next) = batch.split();
        Ready { jobs, decided, next, turn }
    }
}

/// What comes after a batch that is being written.
pub enum Next {
    /// Nothing was decided ahead; what is known by then.
    Nothing(Batch),
    /// It has the lock, and is true.
    Ready(Box<Ready>),
    /// It is to be decided again.
    Again(Jobs),
}

impl Next {
    pub fn jobs(self) -> Jobs {
        match self {
            Next::Nothing(batch) => batch.jobs,
            Next::Ready(ready) => ready.jobs,
            Next::Again(jobs) => jobs,
        }
    }
}
