use std::marker::PhantomData;

use sqlx::PgConnection;

use super::{ByShop, Document, Which, list, those_of};
use crate::changes::{Asked, Feed, Item};
use crate::error::{Refusal, Result};
use crate::id::Environment;

/// A kind of document that has a watch of its own.
pub trait Watched: Document {
    /// As it is told.
    type Told: prost::Message + Default + Send + 'static;

    /// Tells this stream's tokens from others'.
    const STREAM: &'static str;
    /// What the log calls it, alone.
    const KINDS: &'static [&'static str];

    /// As it is told.
    fn told(self) -> Self::Told;
}

/// Documents of one kind, as the feed tells of them.
pub struct DocumentFeed<D>(PhantomData<fn() -> D>);

impl<D> Default for DocumentFeed<D> {
    fn default() -> Self {
        DocumentFeed(PhantomData)
    }
}

impl<D> Clone for DocumentFeed<D> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<D: Watched> Feed for DocumentFeed<D> {
    type Filter = ByShop;
    type Entry = D::Told;

    const STREAM: &'static str = D::STREAM;

    fn kinds(&self) -> &[&'static str] {
        D::KINDS
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &ByShop,
        after: Option<&str>,
        limit: i64,
        tell: &mut (impl FnMut(Item<D::Told>) + Send),
    ) -> Result<()> {
        let after = after.and_then(|it| it.parse().ok()).unwrap_or(0);
        let which = Which { order: None, of_shop: filter.clone() };
        let found = list::<D>(conn, of, which, after, limit).await;
        items(found.map_err(Refusal::of_read)?).for_each(tell);
        Ok(())
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &ByShop,
        asked: &[Asked],
    ) -> Result<Vec<Item<D::Told>>> {
        let ids: Vec<i64> = asked.iter().filter_map(|it| it.key.parse().ok()).collect();
        let found = those_of::<D>(conn, of, filter, ids).await;
        Ok(items(found.map_err(Refusal::of_read)?).collect())
    }
}

fn items<D: Watched>(documents: Vec<D>) -> impl Iterator<Item = Item<D::Told>> {
    documents.into_iter().map(|it| {
        let (key, revision) = (D::text_key(&it.key()), it.revision());
        Item { key, revision, entry: it.told() }
    })
}
