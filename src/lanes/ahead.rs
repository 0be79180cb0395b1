//! What comes after the batch that is being written.

use super::batch::{Batch, Decided};
use super::flight::{Flight, Written};
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

    /// Takes nothing more in.
    pub fn close(self) -> Next {
        let Ahead { batch, size, turn } = self;
        match turn {
            Some(turn) => Next::Ready(Box::new(Ready::of(batch, size, turn))),
            None if batch.jobs.is_empty() => Next::Nothing(batch),
            // Something failed: it is met, and judged, again.
            None => Next::Again(batch.jobs),
        }
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

/// What comes after a batch that is being written.
pub enum Next {
    /// Nothing was decided ahead; what is known by then.
    Nothing(Batch),
    /// It is decided, and to be sent once the one before it is written.
    Ready(Box<Ready>),
    /// It is on its way, and waits for its turn in Postgres; the one after it.
    Sent(Flight, Batch),
    /// It is to be decided again.
    Again(Jobs),
}

impl Next {
    /// What becomes of it where the one before it was not written: it is to be decided again. Unless it is not known
    /// that that one was: this one, which was sent behind it, finds out.
    pub async fn without_the_one_before(self) -> Result<Written, Jobs> {
        match self {
            Next::Nothing(batch) => Err(batch.jobs),
            Next::Ready(ready) => Err(ready.jobs),
            Next::Sent(mut flight, _) => flight.landed().await.map_err(|it| it.jobs),
            Next::Again(jobs) => Err(jobs),
        }
    }
}
