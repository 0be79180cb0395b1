use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::id::Environment;
use crate::lanes::Committed;

/// How long what was committed is told from memory.
const FRESH: Duration = Duration::from_secs(1);
/// Entries that are kept at most, of all environments.
const ENTRIES_MAX: usize = 16 * 1024;
/// The same of batches, each of which is looked at when one is looked for.
const BATCHES_MAX: usize = 1_024;

/// What this process has committed a moment ago, as it was saved.
#[derive(Default)]
pub struct Recent(Mutex<Kept>);

/// The oldest first.
#[derive(Default)]
struct Kept {
    batches: VecDeque<(Environment, Instant, Arc<Committed>)>,
    entries: usize,
}

impl Recent {
    /// Keeps a batch, for a moment.
    pub fn keep(&self, of: Environment, committed: Arc<Committed>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entries += committed.saved.len();
        kept.batches.push_back((of, Instant::now(), committed));
        kept.tidy();
    }

    /// Lets go of what is not told any more.
    pub fn tidy(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).tidy();
    }

    /// All that an environment's history has behind a revision, up to `head`; `None` where something of
    /// it is not here: somebody else wrote it, or it is too long ago.
    pub fn behind(&self, of: Environment, from: i64, head: i64) -> Option<Vec<Arc<Committed>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut found, mut until) = (VecDeque::new(), head);
        for (_, at, batch) in kept.batches.iter().rev().filter(|it| it.0 == of) {
            let (first, last) = batch.revisions()?;
            // What was committed meanwhile is left for the next time.
            if until < last && found.is_empty() {
                continue;
            }
            if until != last || FRESH < at.elapsed() {
                return None;
            }
            found.push_front(batch.clone());
            until = first - 1;
            if until <= from {
                return Some(found.into());
            }
        }
        None
    }
}

impl Kept {
    fn tidy(&mut self) {
        while let Some((_, at, oldest)) = self.batches.front() {
            let too_much = ENTRIES_MAX < self.entries || BATCHES_MAX < self.batches.len();
            if !too_much && at.elapsed() < FRESH {
                break;
            }
            self.entries -= oldest.saved.len();
            self.batches.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Environment = Environment(1);

    fn batch(revisions: std::ops::RangeInclusive<i64>) -> Arc<Committed> {
        let changes = revisions.map(|it| (it, Vec::new())).collect();
        Arc::new(Committed { changes, ..Committed::default() })
    }

    /// The first revisions of what is behind one, up to a head.
    fn behind(recent: &Recent, from: i64, head: i64) -> Option<Vec<i64>> {
        let found = recent.behind(HERE, from, head)?;
        Some(found.iter().filter_map(|it| it.revisions()).map(|it| it.0).collect())
    }

    #[test]
    fn all_or_nothing_is_told() {
        let recent = Recent::default();
        recent.keep(HERE, batch(1..=3));
        recent.keep(Environment(2), batch(4..=9));
        recent.keep(HERE, batch(4..=4));
        recent.keep(HERE, batch(5..=6));
        assert_eq!(behind(&recent, 0, 6), Some(vec![1, 4, 5]));
        // From within one, and not beyond what is known to be there.
        assert_eq!(behind(&recent, 2, 4), Some(vec![1, 4]));
        assert_eq!(behind(&recent, 4, 6), Some(vec![5]));
        assert_eq!(behind(&recent, 5, 6), Some(vec![5]));
        // Another has written since, or before.
        assert_eq!(behind(&recent, 4, 7), None);
        assert_eq!(behind(&recent, -1, 6), None);
        recent.keep(HERE, batch(8..=8));
        assert_eq!(behind(&recent, 5, 8), None);
        assert_eq!(behind(&recent, 7, 8), Some(vec![8]));
        // A head in the midst of one is none of this process.
        assert_eq!(behind(&recent, 0, 2), None);
    }

    #[test]
    fn no_more_is_kept_than_may_be() {
        let recent = Recent::default();
        (1..=BATCHES_MAX as i64 + 1).for_each(|it| recent.keep(HERE, batch(it..=it)));
        assert_eq!(recent.0.lock().unwrap().batches.len(), BATCHES_MAX);
        assert_eq!(behind(&recent, 0, 2), None);
        assert_eq!(behind(&recent, 1, 2), Some(vec![2]));
    }
}
