use sqlx::PgConnection;

use super::book::{Entry, Later};
use super::rows::{Appended, Row};
use crate::id::Environment;

/// What commands have changed and nobody has written yet, taken out of the books so that they go on.
pub struct Unsaved(pub(super) Vec<Box<dyn Part>>);

impl Unsaved {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes all of it, book by book.
    pub async fn save(&self, conn: &mut PgConnection, of: Environment) -> sqlx::Result<()> {
        for part in &self.0 {
            part.save(conn, of).await?;
        }
        Ok(())
    }
}

/// What of one book is to be written.
pub(super) trait Part: Send + Sync {
    fn save<'a>(&'a self, conn: &'a mut PgConnection, of: Environment) -> Later<'a, ()>;
}

/// Entries as they are to be, and keys of those that are gone.
pub(super) struct Changed<E: Entry> {
    pub there: Vec<E>,
    pub gone: Vec<E::Key>,
}

impl<E: Entry> Part for Changed<E> {
    fn save<'a>(&'a self, conn: &'a mut PgConnection, of: Environment) -> Later<'a, ()> {
        Box::pin(async move {
            if !self.gone.is_empty() {
                E::remove(conn, of, &self.gone).await?;
            }
            if !self.there.is_empty() {
                E::save(conn, of, &self.there.iter().collect::<Vec<_>>()).await?;
            }
            Ok(())
        })
    }
}

impl<R: Row> Part for Vec<Appended<R>> {
    fn save<'a>(&'a self, conn: &'a mut PgConnection, of: Environment) -> Later<'a, ()> {
        Box::pin(R::save(conn, of, self))
    }
}
