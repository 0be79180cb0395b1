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
    /// Where it will lie, for entries of which that is known.
    pub becomes: Place,
}

/// An entry that there was not.
pub struct Added<E> {
    /// As it is to be.
    pub is: E,
    /// Where its row will lie, for entries of which that is known.
    pub becomes: Place,
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

#[cfg(test)]
mod tests {
    use sqlx::PgConnection;

    use super::*;
    use crate::books::Moment;
    use crate::books::book::{AnyBook as _, Book};
    use crate::postgres::Tid;

    /// Something that is updated where it lies.
    #[derive(Clone, PartialEq)]
    struct Thing(u32);

    impl Entry for Thing {
        type Key = String;
        const KIND: Option<&'static str> = None;
        const HAS_PLACE: bool = true;

        fn key(&self) -> String {
            "thing".into()
        }

        async fn load(
            _: &mut PgConnection,
            _: Environment,
            _: &[String],
        ) -> sqlx::Result<Vec<Thing>> {
            Ok(Vec::new())
        }

        fn save(_: &mut Writes, _: Environment, _: &[&Thing]) {}
    }

    /// One batch more that writes it: where it found it, and where it will tell that it lies.
    fn written(book: &mut Book<Thing>, to: u32) -> (Option<Tid>, Place) {
        book.put(Thing(to));
        let at = Moment { now: time::OffsetDateTime::UNIX_EPOCH, revision: to.into() };
        book.accept(at, &mut Vec::new());
        let part: Box<dyn Any> = book.take_unsaved().unwrap();
        let Changed { mut there, mut new, .. } = *part.downcast::<Changed<Thing>>().unwrap();
        match (there.pop(), new.pop()) {
            (Some(it), None) => (it.place.tid(), it.becomes),
            (None, Some(it)) => (None, it.becomes),
            _ => panic!("it is written once"),
        }
    }

    #[test]
    fn a_row_does_not_lie_where_the_batch_before_the_last_has_put_it() {
        let mut book = Book::<Thing>::default();
        book.want_new(&"thing".to_owned());
        let (_, first) = written(&mut book, 1);
        // While the first is on its way.
        let (found, second) = written(&mut book, 2);
        assert_eq!(found, None);
        first.tell(Tid(1));
        // While the second is.
        let (found, third) = written(&mut book, 3);
        assert_eq!(found, None);
        second.tell(Tid(2));
        third.tell(Tid(3));
        assert_eq!(written(&mut book, 4).0, Some(Tid(3)));
    }
}
