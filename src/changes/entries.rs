//! Entries of the books as parts of everything.

use std::collections::HashSet;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;

use super::everything::{Source, Tell, item};
use super::{Asked, Item};
use crate::books::Entry;
use crate::error::{Refusal, Result};
use crate::id::Environment;
use crate::proto::ChangeEntry;
use crate::proto::change_entry::State;

type Listed<'a, E> = BoxFuture<'a, sqlx::Result<Vec<E>>>;

/// One kind of entry, as a part of everything.
pub struct Entries<E: Entry> {
    /// Reads a key of the log.
    pub key: fn(&str) -> Option<E::Key>,
    /// Its revision, and itself.
    pub told: Box<dyn Fn(E) -> (i64, State) + Send + Sync>,
    /// One that was removed: named, and nothing more. `None`: none ever is.
    pub gone: fn(E::Key) -> Option<State>,
    /// All of them by key, from behind a key on.
    pub list: for<'a> fn(&'a mut PgConnection, Environment, Option<&'a str>, i64) -> Listed<'a, E>,
}

impl<E: Entry> Entries<E> {
    fn items(&self, entries: Vec<E>) -> impl Iterator<Item = Item<ChangeEntry>> {
        entries.into_iter().map(|it: E| {
            let key = E::text_key(&it.key());
            let (revision, state) = (self.told)(it);
            item(self.kind(), key, revision, false, state)
        })
    }

    fn removed(&self, asked: &Asked) -> Option<Item<ChangeEntry>> {
        let state = (self.gone)((self.key)(&asked.key)?)?;
        Some(item(self.kind(), asked.key.clone(), asked.revision, true, state))
    }
}

impl<E: Entry> Source for Entries<E> {
    fn kind(&self) -> &'static str {
        E::KIND.unwrap_or_default()
    }

    fn snapshot<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        after: Option<&'a str>,
        limit: i64,
        tell: Tell<'a>,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let found = (self.list)(conn, of, after, limit).await;
            self.items(found.map_err(Refusal::of_read)?).for_each(tell);
            Ok(())
        })
    }

    fn read<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        asked: &'a [Asked],
    ) -> BoxFuture<'a, Result<Vec<Item<ChangeEntry>>>> {
        Box::pin(async move {
            let keys: Vec<_> = asked.iter().filter_map(|it| (self.key)(&it.key)).collect();
            let found = E::load(conn, of, &keys).await.map_err(Refusal::of_read)?;
            let there: HashSet<_> = found.iter().map(|it| E::text_key(&it.key())).collect();
            let gone = asked.iter().filter(|it| it.removed && !there.contains(&it.key));
            let gone: Vec<_> = gone.filter_map(|it| self.removed(it)).collect();
            Ok(self.items(found).chain(gone).collect())
        })
    }
}
