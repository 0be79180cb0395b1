use futures_util::future::BoxFuture;
use sqlx::{PgConnection, PgPool};

use super::{Document, Which, list, not_found};
use crate::books::Named;
use crate::changes::{Asked, Changes, Item, Source};
use crate::error::{Refusal, Result};
use crate::id::{Environment, OrderId};
use crate::page::Page;
use crate::proto::ChangeEntry;
use crate::proto::change_entry::State;

/// Where documents are read.
#[derive(Clone)]
pub struct Shelf {
    /// For reads.
    pub reads: PgPool,
    /// For waiting until a revision can be read.
    pub changes: Changes,
}

/// Which page of a list is asked for.
pub struct PageAsked {
    /// By our id; empty: of all orders.
    pub order_id: String,
    /// As in the request.
    pub page_size: i32,
    /// As in the request.
    pub page_token: String,
    /// As in the request.
    pub at_least_revision: i64,
}

impl Shelf {
    /// One document. NOT_FOUND, in the same words whoever's it may be.
    pub async fn get<D: Document>(
        &self,
        of: Environment,
        named: &Named,
        at_least_revision: i64,
    ) -> Result<D> {
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let found = match named.look_up(&mut conn, of).await.map_err(Refusal::of_read)? {
            Some(id) => D::load(&mut conn, of, &[id.into()]).await.map_err(Refusal::of_read)?.pop(),
            None => None,
        };
        found.ok_or_else(|| not_found::<D>(named))
    }

    /// A page of documents, and the token for the next.
    pub async fn page<D: Document>(
        &self,
        of: Environment,
        asked: PageAsked,
    ) -> Result<(Vec<D>, String)> {
        let PageAsked { order_id, page_size, page_token, at_least_revision } = asked;
        let order = match order_id.as_str() {
            "" => None,
            id => Some(OrderId::parse(id).map_err(|it| Refusal::field("order_id", it))?),
        };
        let page = Page::asked(page_size, &page_token, &(D::KIND, &order))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| it.parse().ok()).unwrap_or(0);
        let which = Which { order, shop: None };
        let found = list::<D>(&mut conn, of, which, after, page.limit()).await;
        let mut documents = found.map_err(Refusal::of_read)?;
        let next = page.cut(&mut documents, |it| it.key().to_string());
        Ok((documents, next))
    }
}

/// Documents of one kind, as a part of everything, and how they are told.
pub fn source<D: Document, T: 'static>(tell: fn(D) -> T, state: fn(T) -> State) -> Box<dyn Source> {
    Box::new(Part { tell, state })
}

struct Part<D, T> {
    tell: fn(D) -> T,
    state: fn(T) -> State,
}

impl<D: Document, T: 'static> Part<D, T> {
    fn items(&self, documents: Vec<D>) -> Vec<Item<ChangeEntry>> {
        let item = |it: D| {
            let (key, revision) = (D::text_key(&it.key()), it.revision());
            crate::changes::item(self.kind(), key, revision, false, (self.state)((self.tell)(it)))
        };
        documents.into_iter().map(item).collect()
    }
}

impl<D: Document, T: 'static> Source for Part<D, T> {
    fn kind(&self) -> &'static str {
        D::KIND.unwrap_or_default()
    }

    fn snapshot<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        after: Option<&'a str>,
        limit: i64,
    ) -> BoxFuture<'a, Result<Vec<Item<ChangeEntry>>>> {
        Box::pin(async move {
            let after = after.and_then(|it| it.parse().ok()).unwrap_or(0);
            let found = list::<D>(conn, of, Which::default(), after, limit).await;
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
            let ids = asked.iter().filter_map(|it| it.key.parse::<i64>().ok());
            let keys: Vec<D::Key> = ids.map(D::Key::from).collect();
            let found = D::load(conn, of, &keys).await;
            Ok(self.items(found.map_err(Refusal::of_read)?))
        })
    }
}
