use std::any::Any;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::hash::Hash;
use std::pin::Pin;

use sqlx::PgConnection;

use super::pages::{Pages, Slot};
use super::unsaved::{Added, Changed, Part, Updated};
use super::{Change, Moment};
use crate::id::Environment;
use crate::postgres::{Place, Writes};

/// Joins the parts of a compound key in the log, because no key contains it.
pub const KEY_JOINT: char = '\u{1f}';

/// A row, or a row and its lines: whatever is fetched, changed and saved together.
pub trait Entry: Clone + PartialEq + Send + Sync + 'static {
    /// What it is looked up by.
    type Key: Clone + Eq + Hash + Ord + Display + Send + Sync + 'static;

    /// What watchers know it as; `None` where there is nothing to watch.
    const KIND: Option<&'static str>;

    /// Its table, where most environments have nothing in it: a batch asks once whether there is
    /// anything, and looks nothing up where there is not.
    const SPARSE: Option<&'static str> = None;

    /// Whether it is updated where its row lies, and known between batches.
    const HAS_PLACE: bool = false;

    /// What it is looked up by.
    fn key(&self) -> Self::Key;

    /// Keeps the revision of its last change.
    fn stamp(&mut self, _revision: i64) {}

    /// Whether it is to be saved although nothing changed that a watcher could see.
    fn quiet(&self, _before: &Self) -> bool {
        false
    }

    /// Becomes what it is once it is written, where that makes a difference.
    fn saved(&mut self) {}

    /// What must be true of it after every command. A violation is our mistake, never the caller's.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// Its key as the log writes it, compound ones joined by [`KEY_JOINT`].
    fn text_key(key: &Self::Key) -> String {
        key.to_string()
    }

    /// Those of `keys` that exist, in any order.
    fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Self::Key],
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;

    /// The same, each with the place at which its row lies: for entries that are updated there, and known between
    /// batches.
    fn find(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Self::Key],
    ) -> impl Future<Output = sqlx::Result<Vec<(Self, Place)>>> + Send {
        async move {
            let entries = Self::load(conn, of, keys).await?;
            Ok(entries.into_iter().map(|it| (it, Place::default())).collect())
        }
    }

    /// Writes that make the rows be as `entries` are, new or not.
    fn save(writes: &mut Writes, of: Environment, entries: &[&Self]);

    /// Writes that make rows be as entries are now, of which it is known what they were.
    fn update(writes: &mut Writes, of: Environment, updated: &[Updated<Self>]) {
        Self::save(writes, of, &updated.iter().map(|it| &it.is).collect::<Vec<_>>());
    }

    /// Writes that insert rows, of which it is known that there are none yet: to be told apart where that costs
    /// less, or where they lie is to be known.
    fn insert(writes: &mut Writes, of: Environment, added: &[Added<Self>]) {
        Self::save(writes, of, &added.iter().map(|it| &it.is).collect::<Vec<_>>());
    }

    /// Writes that delete rows. Only for entries that are ever removed.
    fn remove(writes: &mut Writes, _of: Environment, _keys: &[Self::Key]) {
        writes.fail("these entries are never removed");
    }
}

/// The entries of one kind that a batch knows of.
pub struct Book<E: Entry> {
    /// Open are those that somebody has asked for. What is known from before, and nobody has asked for yet, is kept:
    /// there are many of these, and few are asked for.
    pages: Pages<E::Key, Page<E>>,
    wanted: Vec<E::Key>,
    /// What the command now deciding has put or removed, and what it was before.
    touched: Vec<(Slot, Option<E>)>,
    /// What is to be written, and what it was before.
    dirty: Vec<(Slot, Option<E>)>,
    /// Whether its table has nothing, so that nothing has to be fetched.
    empty: bool,
    /// Whether what is supposed to be new is not looked up.
    supposes: bool,
}

struct Page<E> {
    /// `None` once it is known not to exist.
    entry: Option<E>,
    place: Place,
    fetched: bool,
    /// Whether nobody has looked whether it exists, nor made it.
    is_assumed: bool,
    is_touched: bool,
    is_dirty: bool,
}

impl<E: Entry> Book<E> {
    /// Asks for an entry to be fetched, once.
    pub fn want(&mut self, key: &E::Key) {
        if self.empty {
            return;
        }
        let (page, is_new) = self.pages.open(key);
        if is_new || page.is_assumed {
            *page = Page::default();
            self.wanted.push(key.clone());
        }
    }

    /// Says of an entry that it does not exist yet: its key was made for it. Nothing is fetched, unless somebody
    /// else wants it.
    pub fn want_new(&mut self, key: &E::Key) {
        if self.empty {
            return;
        }
        let (page, is_new) = self.pages.open(key);
        if is_new {
            *page = Page { fetched: true, is_assumed: true, ..Page::default() };
        }
    }

    /// Says of an entry that it is hardly there yet. It is fetched if this book supposes nothing.
    pub(super) fn suppose_new(&mut self, key: &E::Key) {
        if self.supposes { self.want_new(key) } else { self.want(key) }
    }

    /// Whether the book supposes so, from now on.
    pub(super) fn supposes(&mut self, supposes: bool) {
        self.supposes = supposes;
    }

    /// Whether nobody has looked whether it exists, nor made it.
    pub(super) fn is_supposed_new(&self, key: &E::Key) -> bool {
        self.pages.get(key).is_some_and(|it| it.is_assumed)
    }

    /// For those who do not yet know whether it was fetched.
    pub fn peek(&self, key: &E::Key) -> Option<&E> {
        self.pages.get(key)?.entry.as_ref()
    }

    /// Those that exist, as far as they were fetched.
    pub fn entries(&self) -> impl Iterator<Item = &E> {
        self.pages.iter().filter_map(|it| it.entry.as_ref())
    }

    /// Whether it was fetched: then an absent entry does not exist.
    pub fn known(&self, key: &E::Key) -> bool {
        self.empty || self.pages.get(key).is_some_and(|it| it.fetched)
    }

    /// The entry, if it exists.
    ///
    /// # Panics
    /// If it was never wanted, so that a lacking `needs` cannot pass for "does not exist". (In a table that
    /// has nothing, nothing exists.)
    pub fn get(&self, key: &E::Key) -> Option<&E> {
        match self.pages.get(key).filter(|it| it.fetched) {
            Some(page) => page.entry.as_ref(),
            None if self.empty => None,
            None => panic!("{key} was never wanted"),
        }
    }

    /// Makes the entry be so.
    pub fn put(&mut self, entry: E) {
        self.change(entry.key(), Some(entry));
    }

    /// Makes the entry not be.
    pub fn remove(&mut self, key: &E::Key) {
        self.change(key.clone(), None);
    }

    fn change(&mut self, key: E::Key, entry: Option<E>) {
        if self.empty {
            self.pages.open(&key).0.fetched = true;
        }
        let slot = self.pages.slot(&key).filter(|it| self.pages[*it].fetched);
        let slot = slot.unwrap_or_else(|| panic!("{key} was never wanted"));
        let page = &mut self.pages[slot];
        let before = std::mem::replace(&mut page.entry, entry);
        if !page.is_touched {
            page.is_touched = true;
            self.touched.push((slot, before));
        }
    }
}

/// A book whose entries are somebody else's business.
pub(super) trait AnyBook: Any + Send + Sync {
    /// What the log calls its entries; `None`: nobody watches them.
    fn kind(&self) -> Option<&'static str>;
    /// What every touched entry must be, or why it is not.
    fn check(&self) -> Result<(), String>;
    /// Whether the command now deciding has changed anything that a watcher can see.
    fn has_changes(&self) -> bool;
    /// Keeps what was touched, and tells what watchers can see.
    fn accept(&mut self, at: Moment, changes: &mut Vec<Change>);
    /// Puts back what was touched.
    fn refuse(&mut self);
    /// Whether anything is to be saved.
    fn is_dirty(&self) -> bool;
    /// The entries' table, if it is to be asked whether it has any.
    fn sparse(&self) -> Option<&'static str>;
    /// Whether anything that is wanted was not fetched yet.
    fn lacks(&self) -> bool;
    /// Whether it is known that there are no entries, saved or not.
    fn has_none(&self) -> bool;
    /// These tables have nothing.
    fn are_empty(&mut self, tables: &BTreeSet<&'static str>);
    fn load<'a>(&'a mut self, conn: &'a mut PgConnection, of: Environment) -> Later<'a, bool>;
    /// What is to be saved, if anything is; the book goes on as if it were.
    fn take_unsaved(&mut self) -> Option<Box<dyn Part>>;
    /// How many entries it knows of.
    fn size(&self) -> usize;
    /// Begins anew, and keeps of what it knows only what has a place. How much that is.
    fn begin_anew(&mut self) -> usize;
    /// Lets go of what it has kept.
    fn forget(&mut self);
    fn assume_the_rest_is_absent(&mut self) -> bool;
}

pub(super) type Later<'a, T> = Pin<Box<dyn Future<Output = sqlx::Result<T>> + Send + 'a>>;

impl<E: Entry> AnyBook for Book<E> {
    fn kind(&self) -> Option<&'static str> {
        E::KIND
    }

    fn is_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    fn sparse(&self) -> Option<&'static str> {
        E::SPARSE
    }

    fn lacks(&self) -> bool {
        !self.wanted.is_empty()
    }

    fn has_none(&self) -> bool {
        self.empty && self.pages.iter().all(|it| it.entry.is_none())
    }

    fn are_empty(&mut self, tables: &BTreeSet<&'static str>) {
        self.empty = E::SPARSE.is_some_and(|it| tables.contains(it));
    }

    fn check(&self) -> Result<(), String> {
        for (slot, _) in &self.touched {
            if let Some(entry) = &self.pages[*slot].entry {
                let (kind, key) = (E::KIND.unwrap_or("entry"), self.pages.key(*slot));
                entry.check().map_err(|it| format!("{kind} {key}: {it}"))?;
            }
        }
        Ok(())
    }

    fn has_changes(&self) -> bool {
        E::KIND.is_some()
            && self.touched.iter().any(|(slot, before)| match (before, &self.pages[*slot].entry) {
                (Some(before), Some(after)) => before != after && !after.quiet(before),
                (before, after) => before != after,
            })
    }

    fn accept(&mut self, at: Moment, changes: &mut Vec<Change>) {
        for (slot, before) in self.touched.drain(..) {
            let page = &mut self.pages[slot];
            page.is_touched = false;
            if before == page.entry {
                continue;
            }
            page.is_assumed = false;
            let is_quiet = match (&before, &page.entry) {
                (Some(before), Some(after)) => after.quiet(before),
                _ => false,
            };
            if let (Some(kind), false) = (E::KIND, is_quiet) {
                let removed = page.entry.is_none();
                if let Some(entry) = &mut page.entry {
                    entry.stamp(at.revision);
                }
                changes.push(Change { kind, removed, key: E::text_key(self.pages.key(slot)) });
            }
            let page = &mut self.pages[slot];
            if !page.is_dirty {
                page.is_dirty = true;
                self.dirty.push((slot, before));
            }
        }
    }

    fn refuse(&mut self) {
        for (slot, before) in self.touched.drain(..) {
            let page = &mut self.pages[slot];
            page.is_touched = false;
            page.entry = before;
        }
    }

    fn load<'a>(&'a mut self, conn: &'a mut PgConnection, of: Environment) -> Later<'a, bool> {
        Box::pin(async move {
            if self.wanted.is_empty() {
                return Ok(false);
            }
            for (entry, place) in E::find(conn, of, &self.wanted).await? {
                let slot = self.pages.slot(&entry.key()).expect("only what was wanted comes");
                let page = &mut self.pages[slot];
                page.entry = Some(entry);
                page.place = place;
            }
            Ok(self.assume_the_rest_is_absent())
        })
    }

    fn take_unsaved(&mut self) -> Option<Box<dyn Part>> {
        let mut changed = Changed::<E>::default();
        for (slot, was) in self.dirty.drain(..) {
            let page = &mut self.pages[slot];
            page.is_dirty = false;
            match (was, &mut page.entry) {
                (was, Some(entry)) => {
                    let is = entry.clone();
                    entry.saved();
                    // Of its own for each time that it is written: what the batch before this one tells, which may
                    // still be on its way, is true no more.
                    let becomes = if E::HAS_PLACE { Place::to_come() } else { Place::default() };
                    let place = std::mem::replace(&mut page.place, becomes.clone());
                    match was {
                        Some(was) => changed.there.push(Updated { was, is, place, becomes }),
                        None => changed.new.push(Added { is, becomes }),
                    }
                }
                (Some(_), None) => {
                    page.place = Place::default();
                    changed.gone.push(self.pages.key(slot).clone());
                }
                (None, None) => {}
            }
        }
        let any = 0 < changed.len();
        any.then(|| Box::new(changed) as Box<dyn Part>)
    }

    fn size(&self) -> usize {
        self.pages.len()
    }

    fn begin_anew(&mut self) -> usize {
        self.empty = self.has_none();
        self.pages.begin_anew(|it| it.entry.is_some() && it.place.is_known())
    }

    fn forget(&mut self) {
        self.pages.forget();
    }

    fn assume_the_rest_is_absent(&mut self) -> bool {
        let any = !self.wanted.is_empty();
        for key in self.wanted.drain(..) {
            let slot = self.pages.slot(&key).expect("wanted pages stay");
            self.pages[slot].fetched = true;
        }
        any
    }
}

impl<E: Entry> Default for Book<E> {
    fn default() -> Self {
        Self {
            pages: Pages::default(),
            wanted: Vec::new(),
            touched: Vec::new(),
            dirty: Vec::new(),
            empty: false,
            supposes: false,
        }
    }
}

impl<E> Default for Page<E> {
    fn default() -> Self {
        Self {
            entry: None,
            place: Place::default(),
            fetched: false,
            is_assumed: false,
            is_touched: false,
            is_dirty: false,
        }
    }
}
