use std::collections::HashMap;
use std::hash::Hash;
use std::ops::{Index, IndexMut};
use std::sync::atomic::{AtomicU32, Ordering};

use foldhash::fast::RandomState;

/// So much room stays where all is taken out.
const ROOM: usize = 256;

/// Pages by key. Some are open; the others are kept, as they were when the pages were last begun anew, until somebody
/// opens them. Each lies in a slot, in which it stays, so that who knows the slot need not look for it.
pub(super) struct Pages<K, P> {
    slots: HashMap<K, Slot, RandomState>,
    pages: Vec<Kept<K, P>>,
    open: Vec<Slot>,
    /// Slots whose page was taken out.
    free: Vec<Slot>,
    /// Which was looked for last, for a command names the same page several times: [`NONE`] if it may be gone.
    last: AtomicU32,
}

const NONE: u32 = u32::MAX;

/// Where a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot(u32);

struct Kept<K, P> {
    key: K,
    page: P,
    is_open: bool,
}

impl<K: Clone + Eq + Hash, P: Default> Pages<K, P> {
    /// The page of a key, if it is open.
    pub fn get(&self, key: &K) -> Option<&P> {
        let kept = &self.pages[self.find(key)?.0 as usize];
        kept.is_open.then_some(&kept.page)
    }

    /// The slot of an open page.
    pub fn slot(&self, key: &K) -> Option<Slot> {
        let slot = self.find(key)?;
        self.pages[slot.0 as usize].is_open.then_some(slot)
    }

    fn find(&self, key: &K) -> Option<Slot> {
        let last = self.last.load(Ordering::Relaxed);
        if self.pages.get(last as usize).is_some_and(|it| it.key == *key) {
            return Some(Slot(last));
        }
        let slot = *self.slots.get(key)?;
        self.last.store(slot.0, Ordering::Relaxed);
        Some(slot)
    }

    /// The page of a key, which is open then; whether it is a new one.
    pub fn open(&mut self, key: &K) -> (&mut P, bool) {
        let (slot, is_new) = match self.find(key) {
            Some(slot) => (slot, false),
            None => (self.add(key.clone()), true),
        };
        let kept = &mut self.pages[slot.0 as usize];
        if !kept.is_open {
            kept.is_open = true;
            self.open.push(slot);
        }
        (&mut kept.page, is_new)
    }

    fn add(&mut self, key: K) -> Slot {
        let kept = Kept { key: key.clone(), page: P::default(), is_open: false };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.pages[slot.0 as usize] = kept;
                slot
            }
            None => {
                self.pages.push(kept);
                Slot(self.pages.len() as u32 - 1)
            }
        };
        self.slots.insert(key, slot);
        slot
    }

    /// The key of a page.
    pub fn key(&self, slot: Slot) -> &K {
        &self.pages[slot.0 as usize].key
    }

    /// Those that are open.
    pub fn iter(&self) -> impl Iterator<Item = &P> {
        self.open.iter().map(|it| &self[*it])
    }

    /// How many are open.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Closes all, and takes out those that are not to be kept. How many there are.
    pub fn begin_anew(&mut self, is_kept: impl Fn(&P) -> bool) -> usize {
        *self.last.get_mut() = NONE;
        let mut gone = Vec::new();
        for slot in self.open.drain(..) {
            let kept = &mut self.pages[slot.0 as usize];
            kept.is_open = false;
            if !is_kept(&kept.page) {
                gone.push(slot);
            }
        }
        let left = self.pages.len() - self.free.len() - gone.len();
        if left == 0 {
            self.forget();
            return 0;
        }
        for slot in gone {
            let kept = &mut self.pages[slot.0 as usize];
            kept.page = P::default();
            self.slots.remove(&kept.key);
            self.free.push(slot);
        }
        left
    }

    /// Takes out all of them.
    pub fn forget(&mut self) {
        let Pages { slots, pages, open, free, last } = self;
        *last.get_mut() = NONE;
        slots.clear();
        slots.shrink_to(ROOM);
        pages.clear();
        pages.shrink_to(ROOM);
        open.clear();
        open.shrink_to(ROOM);
        *free = Vec::new();
    }
}

impl<K, P> Index<Slot> for Pages<K, P> {
    type Output = P;

    fn index(&self, slot: Slot) -> &P {
        &self.pages[slot.0 as usize].page
    }
}

impl<K, P> IndexMut<Slot> for Pages<K, P> {
    fn index_mut(&mut self, slot: Slot) -> &mut P {
        &mut self.pages[slot.0 as usize].page
    }
}

impl<K, P> Default for Pages<K, P> {
    fn default() -> Self {
        let (pages, open, free) = Default::default();
        Pages { slots: HashMap::default(), pages, open, free, last: AtomicU32::new(NONE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_when_it_is_opened_again() {
        let mut pages = Pages::<&str, u32>::default();
        for (key, value) in [("a", 1), ("b", 2), ("c", 3)] {
            let (page, is_new) = pages.open(&key);
            assert!(is_new);
            *page = value;
        }
        assert_eq!(pages.begin_anew(|it| *it != 2), 2);
        assert_eq!((pages.get(&"a"), pages.slot(&"a"), pages.len()), (None, None, 0));
        assert_eq!(pages.open(&"a"), (&mut 1, false));
        // In the place of the one that is gone.
        assert_eq!(pages.open(&"d"), (&mut 0, true));
        assert_eq!(pages.open(&"b"), (&mut 0, true));
        assert_eq!(pages.iter().collect::<Vec<_>>(), [&1, &0, &0]);
        let slot = pages.slot(&"b").unwrap();
        pages[slot] = 7;
        assert_eq!((pages.key(slot), pages.get(&"b"), pages[slot]), (&"b", Some(&7), 7));
        assert_eq!(pages.begin_anew(|_| false), 1);
        assert_eq!(pages.open(&"c"), (&mut 3, false));
        assert_eq!(pages.begin_anew(|_| false), 0);
        assert_eq!(pages.open(&"c"), (&mut 0, true));
    }

    #[test]
    fn what_was_looked_for_last_may_be_gone() {
        let mut pages = Pages::<&str, u32>::default();
        for (key, value) in [("a", 1), ("b", 2)] {
            *pages.open(&key).0 = value;
        }
        assert_eq!(pages.get(&"b"), Some(&2));
        assert_eq!(pages.begin_anew(|it| *it != 2), 1);
        assert_eq!(pages.open(&"b"), (&mut 0, true));
    }
}
