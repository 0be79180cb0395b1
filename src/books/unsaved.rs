use super::book::Entry;
use super::rows::{Appended, Row};
use crate::id::Environment;
use crate::postgres::Writes;

/// What commands have changed and nobody has written yet, taken out of the books so that they go on.
pub struct Unsaved(pub(super) Vec<Box<dyn Part>>);

impl Unsaved {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What writes it, book by book: made when it is asked for.
    pub fn writes(&self, of: Environment) -> impl Iterator<Item = Writes> {
        self.0.iter().map(move |it| {
            let mut writes = Writes::default();
            it.save(&mut writes, of);
            writes
        })
    }
}

/// What of one book is to be written.
pub(super) trait Part: Send + Sync {
    fn save(&self, writes: &mut Writes, of: Environment);
}

/// Entries as they are to be, and keys of those that are gone.
pub(super) struct Changed<E: Entry> {
    pub there: Vec<E>,
    pub gone: Vec<E::Key>,
}

impl<E: Entry> Part for Changed<E> {
    fn save(&self, writes: &mut Writes, of: Environment) {
        if !self.gone.is_empty() {
            E::remove(writes, of, &self.gone);
        }
        if !self.there.is_empty() {
            E::save(writes, of, &self.there.iter().collect::<Vec<_>>());
        }
    }
}

impl<R: Row> Part for Vec<Appended<R>> {
    fn save(&self, writes: &mut Writes, of: Environment) {
        R::save(writes, of, self);
    }
}
