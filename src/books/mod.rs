//! What a batch of commands knows and changes, in memory.
//!
//! A [`Command`] says which entries it needs, somebody fetches them, and then it decides: at once,
//! alone, without a database or a clock. Books know no slice. They keep four promises:
//! * a command that is refused, or panics, has changed nothing;
//! * a command that was not given an entry cannot mistake it for one that does not exist;
//! * every entry that changed is saved and announced, and no other;
//! * an entry that a command leaves in a state that may not be is put back.

mod book;
mod identity;
mod once;
mod pages;
mod rows;
mod store;
mod unsaved;

pub use book::{Book, Entry, KEY_JOINT};
pub use identity::{Heard, Identity, Name, NameKind, Named};
pub use once::{Once, Said};
pub use rows::{Appended, Row, Rows};
pub use unsaved::{Added, Unsaved, Updated};

use std::any::{Any, TypeId};
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use foldhash::fast::RandomState;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::error::{Refusal, Result};
use crate::id::Environment;
use book::AnyBook;

/// One thing a caller wants done, entirely or not at all.
pub trait Command: Send + 'static {
    /// What the caller is told when it is done.
    type Answer: Send + 'static;

    /// Wants the entries it decides on. Asked again after each fetch, until nothing is missing: a
    /// return first wants its order, and then the levels of what was ordered.
    fn needs(&self, books: &mut Books);

    /// Decides, and changes the books accordingly.
    fn decide(&self, books: &mut Books, at: Moment) -> Result<Self::Answer>;

    /// How much room it takes in a queue.
    fn weight(&self) -> Weight {
        Weight::default()
    }

    /// Whether it is a part of much, which lets others go first: rows of an upload, say. Such commands
    /// keep their order among each other, and so do all others.
    fn is_heavy(&self) -> bool {
        false
    }

    /// The name under which it is said, where saying it again is to do nothing.
    fn name(&self) -> Option<&Name> {
        None
    }
}

/// How much room a command takes in a queue.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    /// Rows that it may write.
    pub rows: usize,
    /// Bytes that it holds while it waits.
    pub bytes: usize,
}

impl Default for Weight {
    fn default() -> Self {
        Weight { rows: 1, bytes: 512 }
    }
}

/// When a command decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The database's clock, which never runs back within an environment.
    pub now: OffsetDateTime,
    /// The revision that the command gets if it changes something.
    pub revision: i64,
}

/// An entry that is not what it was, as watchers know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The entry's kind.
    pub kind: &'static str,
    /// Whether it is gone.
    pub removed: bool,
    /// The entry's key.
    pub key: String,
}

/// What came of a command.
#[derive(Debug)]
pub struct Decided<A> {
    /// What the caller is told.
    pub answer: A,
    /// What watchers are told, in order of the books.
    pub changes: Vec<Change>,
    /// The revision of the first answer, where this one only repeats it.
    pub replayed: Option<i64>,
}

/// One book for each kind of entry, saved in the order in which they were added.
#[derive(Default)]
pub struct Books {
    books: Vec<Box<dyn AnyBook>>,
    positions: HashMap<TypeId, usize, RandomState>,
}

impl Books {
    /// Books of the identities alone; slices add theirs.
    pub fn new() -> Books {
        Books::default().with::<Identity>()
    }

    /// Adds a book.
    #[must_use]
    pub fn with<E: Entry>(mut self) -> Self {
        self.add(Book::<E>::default());
        self
    }

    /// Adds a history.
    #[must_use]
    pub fn with_rows<R: Row>(mut self) -> Self {
        self.add(Rows::<R>::default());
        self
    }

    fn add<B: AnyBook>(&mut self, book: B) {
        self.positions.insert(TypeId::of::<B>(), self.books.len());
        self.books.push(Box::new(book));
    }

    /// What the log calls the entries that can be watched.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.books.iter().filter_map(|it| it.kind())
    }

    /// The tables that most environments have nothing in.
    pub fn sparse(&self) -> BTreeSet<&'static str> {
        self.books.iter().filter_map(|it| it.sparse()).collect()
    }

    /// Nothing is looked up in these.
    pub fn are_empty(&mut self, tables: &BTreeSet<&'static str>) {
        self.books.iter_mut().for_each(|it| it.are_empty(tables));
    }

    /// Those of the sparse tables that have nothing, once all of this is saved.
    pub fn empty(&self) -> BTreeSet<&'static str> {
        self.books.iter().filter(|it| it.has_none()).filter_map(|it| it.sparse()).collect()
    }

    /// Whether what is said under a name is supposed to be said for the first time, as it mostly is: then names are
    /// not looked up, unless a command is refused or leaves nothing behind. If one was given before, what is written
    /// meets it.
    pub fn suppose(&mut self, supposes: bool) {
        self.of::<Identity>().supposes(supposes);
    }

    /// The book of one kind of entry.
    pub fn of<E: Entry>(&mut self) -> &mut Book<E> {
        self.open()
    }

    /// The same, for whoever only looks.
    pub fn see<E: Entry>(&self) -> &Book<E> {
        let book = &*self.books[self.position::<Book<E>>()];
        (book as &dyn Any).downcast_ref().expect("its position was found by its type")
    }

    /// The history of one kind.
    pub fn rows<R: Row>(&mut self) -> &mut Rows<R> {
        self.open()
    }

    /// Two books at once, for the verb that moves something from one to the other.
    pub fn pair<E: Entry, F: Entry>(&mut self) -> (&mut Book<E>, &mut Book<F>) {
        let at = [self.position::<Book<E>>(), self.position::<Book<F>>()];
        let [first, second] = self.books.get_disjoint_mut(at).expect("two different books");
        (cast(first), cast(second))
    }

    fn open<B: Any>(&mut self) -> &mut B {
        let at = self.position::<B>();
        cast(&mut self.books[at])
    }

    fn position<B: Any>(&self) -> usize {
        let found = self.positions.get(&TypeId::of::<B>()).copied();
        found.unwrap_or_else(|| panic!("there is no {}", std::any::type_name::<B>()))
    }

    /// Asks a command what it needs; what a panicking one did not get to say, it will lack.
    pub fn ask<C: Command>(&mut self, command: &C) {
        let _ = catch_unwind(AssertUnwindSafe(|| command.needs(self)));
    }

    /// Everything happens, and what changed is told; or nothing happens. If the books [lack](Books::lack) something
    /// then, it is to be decided again once that was fetched.
    pub fn decide<C: Command>(&mut self, command: &C, at: Moment) -> Result<Decided<C::Answer>> {
        // Unwinding cannot leave the books half changed: what was touched is put back below.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let replayed = self.said_at(command.name());
            command.decide(self, at).map(|answer| (answer, replayed))
        }));
        let violated = self.books.iter().find_map(|it| it.check().err());
        let supposed = command.name().filter(|it| self.of::<Identity>().is_supposed_new(it));
        let is_kept = supposed.is_none_or(|it| self.of::<Identity>().peek(it).is_some());
        let refusal = match (outcome, violated) {
            (Ok(Ok((answer, replayed))), None) if is_kept => {
                let mut changes = Vec::new();
                self.books.iter_mut().for_each(|it| it.accept(at, &mut changes));
                return Ok(Decided { answer, changes, replayed });
            }
            (Ok(Err(refusal)), _) => refusal,
            (Ok(Ok(_)), Some(violation)) => Refusal::internal(violation),
            // Nobody hears of it: it is decided again.
            (Ok(Ok(_)), None) => Refusal::unavailable(),
            (Err(_), _) => Refusal::internal("a command panicked"),
        };
        self.books.iter_mut().for_each(|it| it.refuse());
        if let Some(name) = supposed {
            // It may have been said before, and have ended in another way then.
            self.of::<Identity>().want(name);
        }
        Err(refusal)
    }

    /// The revision of the first answer under this name, if it was given before.
    fn said_at(&mut self, name: Option<&Name>) -> Option<i64> {
        Some(self.of::<Identity>().get(name?)?.revision)
    }

    /// Whether anything that is wanted was not fetched yet.
    pub fn lack(&self) -> bool {
        self.books.iter().any(|it| it.lacks())
    }

    /// Puts back what the command now deciding has changed so far, if it goes on with another deed.
    pub fn undo(&mut self) {
        self.books.iter_mut().for_each(|it| it.refuse());
    }

    /// Whether the command now deciding has changed anything that a watcher can see.
    pub fn has_changes(&self) -> bool {
        self.books.iter().any(|it| it.has_changes())
    }

    /// Whether anything changed that is not written yet.
    pub fn are_dirty(&self) -> bool {
        self.books.iter().any(|it| it.is_dirty())
    }

    /// Fetches what was wanted since the last time; `false` where nothing was.
    pub async fn load(&mut self, conn: &mut PgConnection, of: Environment) -> sqlx::Result<bool> {
        let mut any = false;
        for book in &mut self.books {
            any |= book.load(conn, of).await?;
        }
        Ok(any)
    }

    /// Takes out what changed since the last time, to be written. The books go on as if it were.
    pub fn take_unsaved(&mut self) -> Unsaved {
        Unsaved(self.books.iter_mut().filter_map(|it| it.take_unsaved()).collect())
    }

    /// How many entries they know of.
    pub fn size(&self) -> usize {
        self.books.iter().map(|it| it.size()).sum()
    }

    /// They are as empty ones, but need not fetch again what has a place: that they keep, until it is wanted. How
    /// many entries these are.
    pub fn begin_anew(&mut self) -> usize {
        self.books.iter_mut().map(|it| it.begin_anew()).sum()
    }

    /// Lets go of what they keep.
    pub fn forget(&mut self) {
        self.books.iter_mut().for_each(|it| it.forget());
    }

    /// Without a database: what was wanted and is not there does not exist. `false` where nothing
    /// was wanted.
    pub fn assume_the_rest_is_absent(&mut self) -> bool {
        // Every book is to be settled, so no short circuit.
        self.books.iter_mut().fold(false, |any, it| it.assume_the_rest_is_absent() | any)
    }
}

fn cast<B: Any>(book: &mut Box<dyn AnyBook>) -> &mut B {
    (&mut **book as &mut dyn Any).downcast_mut().expect("its position was found by its type")
}
