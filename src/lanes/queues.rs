//! What waits, and in which order it is taken.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::job::Jobs;
use super::writer::Writer;
use super::{Lanes, Queued, Room};
use crate::id::Environment;

/// Commands in one transaction.
pub const BATCH_MAX: usize = 512;
/// Rows of light commands in one transaction, about; the last may go beyond it.
pub const LIGHT_ROWS_MAX: usize = 8_000;
/// The same of heavy ones.
const HEAVY_ROWS_MAX: usize = 2_000;
/// The same where light ones have come lately, that wait for no more than these.
const HEAVY_ROWS_BESIDE_LIGHT: usize = 1_000;
/// Lately: so many transactions of heavy ones ago.
const LATELY: usize = 16;
/// So long a lane knows what it knows when nothing is said: others may have more use for the room.
const REST: Duration = Duration::from_secs(10);
/// So long it is there then.
const IDLE: Duration = Duration::from_secs(60);

/// Light and heavy commands take turns: all light ones that wait in one transaction, then some heavy
/// ones in another. So an upload goes on while orders come in, and no order waits for more of it than that.
pub struct Queues {
    light: mpsc::Receiver<Queued>,
    heavy: mpsc::Receiver<Queued>,
    room: Arc<Room>,
    /// What comes next, taken out of its queue.
    gathered: Gathered,
    /// Whether what was taken last was heavy.
    was_heavy: bool,
    /// For how many more transactions of heavy ones it is lately that a light one came.
    light_lately: usize,
}

/// What is run as one transaction: of one weight.
#[derive(Default)]
pub struct Gathered {
    /// In order of arrival.
    pub jobs: Jobs,
    /// How many rows they may write.
    pub rows: usize,
    pub is_heavy: bool,
}

impl Queues {
    pub fn new(
        light: mpsc::Receiver<Queued>,
        heavy: mpsc::Receiver<Queued>,
        room: Arc<Room>,
    ) -> Queues {
        // The first is light, if both wait.
        let gathered = Gathered::default();
        Queues { light, heavy, room, gathered, was_heavy: true, light_lately: 0 }
    }

    /// Rows that were gathered.
    pub fn rows(&self) -> usize {
        self.gathered.rows
    }

    /// Takes what was gathered.
    pub fn take(&mut self) -> Gathered {
        self.was_heavy = self.gathered.is_heavy;
        self.light_lately =
            if self.was_heavy { self.light_lately.saturating_sub(1) } else { LATELY };
        std::mem::take(&mut self.gathered)
    }

    /// Gathers at least one command more, waiting for it; heavy ones only where they `may` come. `false` where
    /// nobody is left who could say anything, or no more fit into one transaction.
    pub async fn gather(&mut self, heavy_may: bool) -> bool {
        if self.gathered.jobs.is_empty() {
            let heavy_first = heavy_may && !self.was_heavy;
            let first = heavy_first.then(|| self.heavy.try_recv().ok()).flatten();
            let (first, is_heavy) = match first {
                Some(it) => (it, true),
                None => tokio::select! {
                    biased;
                    Some(it) = self.light.recv() => (it, false),
                    Some(it) = self.heavy.recv(), if heavy_may => (it, true),
                    else => return false,
                },
            };
            self.gathered.is_heavy = is_heavy;
            self.add(first);
        } else if self.is_full() {
            return false;
        } else {
            let waiting = if self.gathered.is_heavy { &mut self.heavy } else { &mut self.light };
            let Some(next) = waiting.recv().await else { return false };
            self.add(next);
        }
        self.fill();
        true
    }

    /// Gathers what waits, as far as it fits.
    pub fn fill(&mut self) {
        while !self.is_full() {
            let waiting = if self.gathered.is_heavy { &mut self.heavy } else { &mut self.light };
            let Ok(next) = waiting.try_recv() else { break };
            self.add(next);
        }
    }

    fn is_full(&self) -> bool {
        let Gathered { jobs, rows, is_heavy } = &self.gathered;
        let rows_max = match is_heavy {
            false => LIGHT_ROWS_MAX,
            true if 0 < self.light_lately => HEAVY_ROWS_BESIDE_LIGHT,
            true => HEAVY_ROWS_MAX,
        };
        jobs.len() == BATCH_MAX || rows_max <= *rows
    }

    fn add(&mut self, Queued { job, weight }: Queued) {
        self.room.give_back(weight);
        self.gathered.rows += weight.rows;
        self.gathered.jobs.push(job);
    }

    /// Takes nothing in any more; whether something came in at the last moment.
    fn close(&mut self) -> bool {
        self.light.close();
        self.heavy.close();
        let late = self.light.try_recv().map(|it| (it, false));
        let late = late.or_else(|_| self.heavy.try_recv().map(|it| (it, true)));
        let Ok((first, is_heavy)) = late else { return false };
        self.gathered.is_heavy = is_heavy;
        self.add(first);
        true
    }
}

/// Runs what waits, batch by batch, until nobody is left who could say anything, or nobody has for a while.
pub async fn drive(mut queues: Queues, mut writer: Writer, lanes: Lanes, of: Environment) {
    loop {
        if queues.gathered.jobs.is_empty() {
            let wait = if writer.knows_any() { REST } else { IDLE };
            match tokio::time::timeout(wait, queues.gather(true)).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(_) if writer.knows_any() => {
                    writer.forget();
                    continue;
                }
                Err(_) => {
                    // Closed under the lock, so that nobody takes a handle of a lane that ends.
                    let mut open = lanes.open_lanes();
                    if !queues.close() {
                        open.remove(&of);
                        return;
                    }
                }
            }
        }
        writer.settle(&mut queues).await;
    }
}
