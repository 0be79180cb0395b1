//! What comes after the batch that is being written.

use std::time::Duration;

use super::batch::{Batch, Decided};
use super::job::Jobs;
use super::queues::{BATCH_MAX, LIGHT_ROWS_MAX};
use super::store::Turn;

/// A batch that is decided before it has the lock.
pub struct Ahead {
    pub batch: Batch,
    pub size: Size,
    /// In which it is written, as long as that goes well.
    pub turn: Option<Turn>,
}

impl Ahead {
    /// Nothing yet.
    pub fn of(batch: Batch) -> Ahead {
        Ahead { batch, size: Size::default(), turn: None }
    }

    pub fn is_empty(&self) -> bool {
        self.batch.jobs.is_empty()
    }

    /// As much as is written as one transaction. The rest stays in its queue, which is bounded.
    pub fn is_full(&self) -> bool {
        BATCH_MAX <= self.batch.jobs.len() || LIGHT_ROWS_MAX <= self.size.rows
    }
}

/// A batch to which nothing is added any more, on its way into the database.
pub struct Ready {
    pub jobs: Jobs,
    pub size: Size,
    pub decided: Decided,
    /// The one after it.
    pub next: Batch,
    pub turn: Turn,
}

impl Ready {
    pub fn of(batch: Batch, size: Size, turn: Turn) -> Ready {
        let (jobs, decided, next) = batch.split();
        Ready { jobs, size, decided, next, turn }
    }
}

/// How much a batch is.
#[derive(Clone, Copy, Default)]
pub struct Size {
    pub rows: usize,
    /// Whether any of it is: then others would wait long for it.
    pub is_heavy: bool,
}

/// How long batches take to be written, by what the last ones took.
#[derive(Default)]
pub struct Pace {
    light: Option<Duration>,
    heavy: Option<Duration>,
}

impl Pace {
    /// One of this size took so long.
    pub fn took(&mut self, size: Size, time: Duration) {
        let row = time / size.rows.max(1) as u32;
        let of_row = self.of(size.is_heavy);
        *of_row = Some(of_row.map_or(row, |it| (it * 3 + row) / 4));
    }

    /// About how long one of this size takes, if any were written.
    pub fn takes(&mut self, size: Size) -> Option<Duration> {
        self.of(size.is_heavy).map(|it| it * size.rows as u32)
    }

    fn of(&mut self, is_heavy: bool) -> &mut Option<Duration> {
        if is_heavy { &mut self.heavy } else { &mut self.light }
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
