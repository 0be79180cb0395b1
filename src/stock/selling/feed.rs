//! The same, to whoever watches everything.

use futures_util::future::BoxFuture;
use sqlx::PgConnection;

use super::{Assignment, Buffer, Sellability, store, wire};
use crate::books::Entry;
use crate::changes::{Asked, Item, Source, item};
use crate::error::{Refusal, Result};
use crate::id::{Environment, Sku, SystemName};
use crate::proto::ChangeEntry;
use crate::proto::change_entry::State;

/// All of it, kind by kind.
pub fn sources() -> [Box<dyn Source>; 3] {
    [
        Box::new(Part::<Assignment> {
            key: |it| Some(SystemName::stored(it)),
            told: |it| (it.revision, State::StockAssignment(wire::told_assignment(it))),
            list: |conn, of, after, limit| {
                Box::pin(async move { store::assignments(conn, of, None, after, limit).await })
            },
        }),
        Box::new(Part::<Buffer> {
            key: wire::buffer_key,
            told: |it| (it.revision, State::StockBuffer(wire::told_buffer(it))),
            list: |conn, of, after, limit| {
                let after = after.and_then(wire::buffer_key);
                Box::pin(async move { store::buffers(conn, of, None, after.as_ref(), limit).await })
            },
        }),
        Box::new(Part::<Sellability> {
            key: |it| Some(Sku::stored(it)),
            told: |it| (it.revision, State::Sellability(wire::told_article(it))),
            list: |conn, of, after, limit| {
                Box::pin(async move { store::articles(conn, of, None, after, limit).await })
            },
        }),
    ]
}

type Listed<'a, E> = BoxFuture<'a, sqlx::Result<Vec<E>>>;

/// One kind of entry: how its keys are read, how it is told, and how all of them are listed.
struct Part<E: Entry> {
    key: fn(&str) -> Option<E::Key>,
    told: fn(E) -> (i64, State),
    list: for<'a> fn(&'a mut PgConnection, Environment, Option<&'a str>, i64) -> Listed<'a, E>,
}

impl<E: Entry> Part<E> {
    fn items(&self, entries: Vec<E>) -> Vec<Item<ChangeEntry>> {
        let told = |it: E| {
            let key = E::text_key(&it.key());
            let (revision, state) = (self.told)(it);
            item(self.kind(), key, revision, false, state)
        };
        entries.into_iter().map(told).collect()
    }
}

impl<E: Entry> Source for Part<E> {
    fn kind(&self) -> &'static str {
        E::KIND.unwrap_or_default()
    }

    fn snapshot<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        after: Option<&'a str>,
        limit: i64,
    ) -> BoxFuture<'a, Result<Vec<Item<ChangeEntry>>>> {
        Box::pin(async move {
            let found = (self.list)(conn, of, after, limit).await;
            Ok(self.items(found.map_err(Refusal::of_read)?))
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
            let found = E::load(conn, of, &keys).await;
            Ok(self.items(found.map_err(Refusal::of_read)?))
        })
    }
}
