use std::any::Any;

use super::book::Entry;
use super::rows::{Appended, Row};
use crate::id::Environment;
use crate::postgres::{Place, Writes};

/// What commands have changed and nobody has written yet, taken out of the books so that they go on.
#[derive(Default)]
pub struct Unsaved(pub(super) Vec<Box<dyn Part>>);

impl Unsaved {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many entries and rows there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|it| it.len()).sum()
    }

    /// Those of one kind, as they are to be.
    pub fn entries<E: Entry>(&self) -> impl Iterator<Item = &E> {
        let parts = self.0.iter().map(|it| &**it as &dyn Any);
        parts
            .filter_map(|it| it.downcast_ref::<Changed<E>>())
            .flat_map(|it| it.there.iter().map(|it| &it.is).chain(it.new.iter().map(|it| &it.is)))
    }

    /// Adds what writes it.
    pub fn save(&self, writes: &mut Writes, of: Environment) {
        self.0.iter().for_each(|it| it.save(writes, of));
    }
}

/// What of one book is to be written.
pub(super) trait Part: Any + Send + Sync {
    fn len(&self) -> usize;
    fn save(&self, writes: &mut Writes, of: Environment);
}

/// An entry that there was, and that is another now.
pub struct Updated<E> {
    /// As it was stored.
    pub was: E,
    /// As it is to be.
    pub is: E,
    /// Where its row lies.
    pub place: Place,
}

/// An entry that there was not.
pub struct Added<E> {
    /// As it is to be.
    pub is: E,
    /// Where its row will lie, for entries of which that is known.
    pub place: Place,
}

/// Entries as they are to be, and keys of those that are gone.
pub(super) struct Changed<E: Entry> {
    /// Of which the database has rows.
    pub there: Vec<Updated<E>>,
    pub new: Vec<Added<E>>,
    pub gone: Vec<E::Key>,
}

impl<E: Entry> Default for Changed<E> {
    fn default() -> Changed<E> {
        Changed { there: Vec::new(), new: Vec::new(), gone: Vec::new() }
    }
}

impl<E: Entry> Part for Changed<E> {
    fn len(&self) -> usize {
        self.there.len() + self.new.len() + self.gone.len()
    }

    fn save(&self, writes: &mut Writes, of: Environment) {
        if !self.gone.is_empty() {
            E::remove(writes, of, &self.gone);
        }
        if !self.there.is_empty() {
            E::update(writes, of, &self.there);
        }
        if !self.new.is_empty() {
            E::insert(writes, of, &self.new);
        }
    }
}

impl<R: Row> Part for Vec<Appended<R>> {
    fn len(&self) -> usize {
        self.len()
    }

    fn save(&self, writes: &mut Writes, of: Environment) {
        R::save(writes, of, self);
    }
}
