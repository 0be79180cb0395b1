use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::TryFutureExt as _;
use futures_util::future::BoxFuture;
use prost::bytes::Bytes;
use tokio::sync::OnceCell;

use super::Item;
use super::token::Scope;
use crate::error::Result;
use crate::id::Environment;

/// How long what was read is told to others as what there is now.
const FRESH: Duration = Duration::from_secs(1);
/// Pages that are kept at most, and their bytes.
const PAGES_MAX: usize = 256;
const BYTES_MAX: usize = 32 * 1024 * 1024;

/// What watchers of this process were told a moment ago. Whoever stands where another stood is told
/// the same, in the same bytes, and the database is asked once, however many watch.
///
/// It works because watchers come to stand at the same places: a page reaches to where the newest
/// page reached, or to the head. So those that fell behind join the others with their next page.
#[derive(Clone, Default)]
pub struct Pages(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    pages: HashMap<Place, Shared>,
    /// The oldest first.
    order: VecDeque<(Place, Shared)>,
    /// How far the newest page of each environment reached.
    reached: HashMap<Environment, i64>,
}

type Shared = Arc<OnceCell<Result<Arc<Found>>>>;

/// Where a watcher stands, and what it wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Of which stream, through which filter.
    pub scope: Scope,
    /// Behind this revision.
    pub from: i64,
}

/// What was found behind a place.
#[derive(Debug)]
pub struct Found {
    /// What has changed, by key; `None` where the reader now sees other entries than before.
    pub items: Option<Vec<Item<Bytes>>>,
    /// Where they end.
    pub end: i64,
    /// How far the history had come.
    pub head: i64,
    /// When it was there to be told.
    pub ready: Instant,
}

impl Found {
    fn bytes(&self) -> usize {
        let items = self.items.iter().flatten();
        items.map(|it| it.key.len() + it.entry.len() + size_of::<Item<Bytes>>()).sum()
    }

    /// Whether another who comes to the place is told the same. Where nothing was, something may be.
    fn may_be_kept(&self, from: i64) -> bool {
        self.items.is_some() && from < self.end
    }
}

impl Pages {
    /// What is behind a place: read by whoever comes first, while the others wait for it. What was
    /// read before a revision was there is read again, once: what is read then has it, unless the
    /// history ends before it, after a restore say.
    pub async fn behind<'a>(
        &self,
        place: Place,
        at_least: i64,
        read: impl Fn() -> BoxFuture<'a, Result<Found>>,
    ) -> Result<Arc<Found>> {
        let (found, shared) = self.shared(&place, &read).await;
        if !found.as_ref().is_ok_and(|it| it.head < at_least) {
            return found;
        }
        self.kept().forget(&place, &shared);
        self.shared(&place, &read).await.0
    }

    async fn shared<'a>(
        &self,
        place: &Place,
        read: impl Fn() -> BoxFuture<'a, Result<Found>>,
    ) -> (Result<Arc<Found>>, Shared) {
        let shared = self.kept().at(place);
        let found = shared.get_or_init(|| read().map_ok(Arc::new)).await.clone();
        match &found {
            Ok(it) if it.may_be_kept(place.from) => self.kept().reached(place.scope.of, it.end),
            _ => self.kept().forget(place, &shared),
        }
        (found, shared)
    }

    /// How far the newest page of an environment reached; 0 before the first.
    pub fn reached(&self, of: Environment) -> i64 {
        self.kept().reached.get(&of).copied().unwrap_or_default()
    }

    /// Nothing panics while holding it.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn at(&mut self, place: &Place) -> Shared {
        if let Some(there) = self.pages.get(place).filter(|it| !is_stale(it)) {
            return there.clone();
        }
        let shared = Shared::default();
        self.pages.insert(place.clone(), shared.clone());
        self.order.push_back((place.clone(), shared.clone()));
        self.tidy();
        shared
    }

    fn reached(&mut self, of: Environment, end: i64) {
        let reached = self.reached.entry(of).or_default();
        *reached = end.max(*reached);
    }

    fn forget(&mut self, place: &Place, shared: &Shared) {
        if self.pages.get(place).is_some_and(|it| Arc::ptr_eq(it, shared)) {
            self.pages.remove(place);
        }
    }

    /// Lets go of what nobody is told any more, and of the oldest of what is too much.
    fn tidy(&mut self) {
        let bytes = |it: &Shared| match it.get() {
            Some(Ok(found)) => found.bytes(),
            _ => 0,
        };
        let mut total: usize = self.order.iter().map(|(_, it)| bytes(it)).sum();
        while let Some((_, oldest)) = self.order.front() {
            let too_much = PAGES_MAX < self.order.len() || BYTES_MAX < total;
            if !too_much && !is_stale(oldest) {
                break;
            }
            total -= bytes(oldest);
            if let Some((place, oldest)) = self.order.pop_front() {
                self.forget(&place, &oldest);
            }
        }
    }
}

fn is_stale(shared: &Shared) -> bool {
    match shared.get() {
        Some(Ok(found)) => FRESH < found.ready.elapsed(),
        Some(Err(_)) => true,
        // Being read.
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;

    use super::*;
    use crate::error::{Reason, Refusal};

    fn place(from: i64) -> Place {
        let scope = Scope { of: Environment(1), incarnation: 1, stream: "stock", filter: vec![] };
        Place { scope, from }
    }

    /// A history that was read so many times.
    #[derive(Default)]
    struct History {
        head: i64,
        is_away: bool,
        reads: AtomicUsize,
    }

    impl History {
        fn to(head: i64) -> History {
            History { head, ..Default::default() }
        }

        fn read(&self) -> BoxFuture<'_, Result<Found>> {
            Box::pin(async {
                self.reads.fetch_add(1, Ordering::Relaxed);
                // The others come to wait.
                tokio::task::yield_now().await;
                if self.is_away {
                    return Err(Refusal::unavailable());
                }
                let items = Some(Vec::new());
                Ok(Found { items, end: self.head, head: self.head, ready: Instant::now() })
            })
        }

        fn reads(&self) -> usize {
            self.reads.load(Ordering::Relaxed)
        }
    }

    #[tokio::test]
    async fn what_many_are_told_is_read_once() {
        let (pages, history) = (Pages::default(), History::to(7));
        let all = (0..100).map(|_| pages.behind(place(5), 0, || history.read()));
        for found in join_all(all).await {
            assert_eq!(found.unwrap().end, 7);
        }
        // One who comes later, too; but not one who stands elsewhere.
        pages.behind(place(5), 7, || history.read()).await.unwrap();
        assert_eq!(history.reads(), 1);
        pages.behind(place(6), 0, || history.read()).await.unwrap();
        assert_eq!(history.reads(), 2);
        assert_eq!(pages.reached(Environment(1)), 7);
        assert_eq!(pages.reached(Environment(2)), 0);
    }

    #[tokio::test]
    async fn what_may_have_changed_is_read_again() {
        let (pages, history) = (Pages::default(), History::to(7));
        // Nothing was there; by now something may be.
        for _ in 0..2 {
            pages.behind(place(7), 0, || history.read()).await.unwrap();
        }
        assert_eq!(history.reads(), 2);
        pages.behind(place(5), 0, || history.read()).await.unwrap();
        let history = History::to(8);
        let found = pages.behind(place(5), 8, || history.read()).await.unwrap();
        assert_eq!((found.end, history.reads()), (8, 1));
    }

    #[tokio::test]
    async fn who_waits_for_what_a_restore_took_away_does_not_wait_for_ever() {
        let (pages, history) = (Pages::default(), History::to(7));
        let found = pages.behind(place(5), 9, || history.read()).await.unwrap();
        assert_eq!((found.end, history.reads()), (7, 2));
    }

    #[tokio::test]
    async fn who_waited_for_what_could_not_be_read_is_told_so() {
        let pages = Pages::default();
        let away = History { is_away: true, ..History::to(7) };
        let all = (0..100).map(|_| pages.behind(place(5), 0, || away.read()));
        for found in join_all(all).await {
            assert_eq!(found.unwrap_err().reason, Reason::DatabaseUnavailable);
        }
        assert_eq!(away.reads(), 1);
        let back = History::to(7);
        assert_eq!(pages.behind(place(5), 0, || back.read()).await.unwrap().end, 7);
    }

    #[tokio::test]
    async fn no_more_is_kept_than_may_be() {
        let (pages, history) = (Pages::default(), History::to(10_000));
        for from in 0..2_000 {
            pages.behind(place(from), 0, || history.read()).await.unwrap();
        }
        let kept = pages.kept();
        assert_eq!((kept.pages.len(), kept.order.len()), (PAGES_MAX, PAGES_MAX));
        assert!(kept.pages.contains_key(&place(1_999)));
    }
}
