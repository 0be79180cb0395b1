use std::fmt;
use std::sync::Arc;

/// Where the database keeps an entry's row, and what stands there, as long as nobody has changed it since it was
/// found.
///
/// No part of what the entry is: all of them are alike.
#[derive(Clone)]
pub struct Found<E>(Option<Arc<Row<E>>>);

struct Row<E> {
    place: Box<str>,
    entry: E,
}

impl<E> Found<E> {
    /// There, and like this.
    pub fn at(place: &str, entry: E) -> Found<E> {
        Found(Some(Arc::new(Row { place: place.into(), entry })))
    }

    /// The place, if it is known.
    pub fn place(&self) -> Option<&str> {
        Some(&self.0.as_ref()?.place)
    }

    /// What stands there, if that is known.
    pub fn entry(&self) -> Option<&E> {
        Some(&self.0.as_ref()?.entry)
    }
}

impl<E> Default for Found<E> {
    fn default() -> Found<E> {
        Found(None)
    }
}

impl<E> PartialEq for Found<E> {
    fn eq(&self, _: &Found<E>) -> bool {
        true
    }
}

impl<E> fmt::Debug for Found<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Found").field(&self.place()).finish()
    }
}
