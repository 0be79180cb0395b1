//! What a lane knows when nothing waits: what it has found, and what it has written since.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::batch::Batch;

/// Entries that all lanes of a process know between batches. With 200,000 levels that were uploaded again and again the
/// process took 170 MiB, all that an upload works with included, and 30 when it started.
const ENTRIES_MAX: usize = 256 * 1024;

/// How many entries the lanes of a process know.
pub type Entries = Arc<AtomicUsize>;

/// The last batch's books, with a batch of nothing on them: they are true as long as nobody else writes.
pub struct Known {
    next: Option<Batch>,
    entries: usize,
    of_all: Entries,
}

impl Known {
    pub fn new(of_all: Entries) -> Known {
        Known { next: None, entries: 0, of_all }
    }

    /// Keeps what a batch knows that is to decide nothing; where there is no room, of no entry.
    pub fn keep(&mut self, mut next: Batch) {
        let all = self.count(next.begin_anew());
        if ENTRIES_MAX < all {
            next.forget();
            self.count(0);
        }
        self.next = Some(next);
    }

    /// A batch that begins now, on what is known, if anything is.
    pub fn take(&mut self) -> Option<Batch> {
        let mut next = self.next.take()?;
        next.catch_up();
        Some(next)
    }

    /// Whether anything is known.
    pub fn is_any(&self) -> bool {
        self.next.is_some()
    }

    /// Forgets all of it.
    pub fn forget(&mut self) {
        self.next = None;
        self.count(0);
    }

    /// So many are known; how many of all lanes these are.
    fn count(&mut self, entries: usize) -> usize {
        let before = std::mem::replace(&mut self.entries, entries);
        let all = self.of_all.fetch_add(entries, Ordering::Relaxed) + entries;
        self.of_all.fetch_sub(before, Ordering::Relaxed);
        all - before
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        self.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_lanes_know_is_counted() {
        let of_all = Entries::default();
        let mut one = Known::new(of_all.clone());
        let mut two = Known::new(of_all);
        assert_eq!(one.count(3), 3);
        assert_eq!(two.count(4), 7);
        assert_eq!(one.count(1), 5);
        drop(two);
        assert_eq!(one.count(1), 1);
    }
}
