//! What a lane knows when nothing waits: what it has found, and what it has written since.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::batch::Batch;
use super::store::{Mark, Opened};
use crate::books::Books;

/// Entries that all lanes of a process know between batches. With 200,000 levels that were uploaded again and again the
/// process took 170 MiB, all that an upload works with included, and 30 when it started.
const ENTRIES_MAX: usize = 256 * 1024;

/// How many entries the lanes of a process know.
pub type Entries = Arc<AtomicUsize>;

/// The books of the last batch, which are true as long as nobody else writes.
pub struct Known {
    books: Option<(Mark, Books)>,
    entries: usize,
    of_all: Entries,
}

impl Known {
    pub fn new(of_all: Entries) -> Known {
        Known { books: None, entries: 0, of_all }
    }

    /// Keeps what a batch knows that is to decide nothing; where there is no room, of no entry.
    pub fn keep(&mut self, batch: Batch) {
        let (mark, mut books) = batch.end();
        let all = self.count(books.begin_anew());
        if ENTRIES_MAX < all {
            books.forget();
            self.count(0);
        }
        self.books = Some((mark, books));
    }

    /// The books, if they are true.
    pub fn take(&mut self, opened: &Opened) -> Option<Books> {
        let (mark, books) = self.books.take()?;
        (mark == opened.mark).then_some(books)
    }

    /// Forgets all of it.
    pub fn forget(&mut self) {
        self.books = None;
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
