//! What all documents have in common: they are named by our id or by a system's number, looked up,
//! listed, and told to whoever watches everything.

mod store;

pub use store::{Amounts, Kept, corrupt, load_amounts, price_mode, rounding_mode, save_amounts};

use futures_util::future::BoxFuture;
use sqlx::{PgConnection, PgPool};

use crate::books::{Books, Entry, Name, NameKind, Named};
use crate::changes::{Asked, Changes, Item, Source};
use crate::error::{Reason, Refusal, Result};
use crate::id::{Environment, OrderId, SystemName};
use crate::page::Page;
use crate::proto::ChangeEntry;
use crate::proto::change_entry::State;

/// A kind of entry that is looked up and listed like every other.
pub trait Document: Entry<Key: From<i64>> {
    /// Of its last change.
    fn revision(&self) -> i64;

    /// All of them, or all of an order, by id, from behind `after` on.
    fn list(
        conn: &mut PgConnection,
        of: Environment,
        order: Option<OrderId>,
        after: i64,
        limit: i64,
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;
}

/// Wants an entry and what leads to it; the entry, as far as it is known.
pub fn want<E: Entry<Key: From<i64>>>(books: &mut Books, named: &Named) -> Option<E> {
    let key = named.want(books)?.into();
    books.of::<E>().want(&key);
    books.of::<E>().peek(&key).cloned()
}

/// The entry that is named. Unknown ones are NOT_FOUND by our id, and waited for by a system's.
pub fn find<E: Entry<Key: From<i64>>>(books: &mut Books, named: &Named) -> Result<E> {
    let found = match named.id(books) {
        Some(id) => books.of::<E>().get(&id.into()).cloned(),
        None => None,
    };
    found.ok_or_else(|| match named {
        Named::Ours(id) => not_found::<E>(id),
        Named::Theirs(name) => waits_for(name),
    })
}

/// The same for a wish, which does not wait.
pub fn find_now<E: Entry<Key: From<i64>>>(books: &mut Books, named: &Named) -> Result<E> {
    find(books, named).map_err(|it| match awaited(&it) {
        Some(name) => not_found::<E>(&name.id),
        None => it,
    })
}

fn not_found<E: Entry>(name: impl std::fmt::Display) -> Refusal {
    Refusal::not_found(E::KIND.unwrap_or("document"), name)
}

/// The refusal of what names something that has not arrived yet: a fact is parked for it.
pub fn waits_for(name: &Name) -> Refusal {
    let Name { system, kind, id } = name;
    let what = kind.as_str().replace('_', " ");
    let message = format!("{what} \"{id}\" of {system} is not known yet; this waits for it");
    Refusal::new(Reason::WaitsForDocument, message)
        .with("kind", kind.as_str())
        .with("name", id)
        .with("system", system)
}

/// The name that such a refusal waits for.
pub fn awaited(refusal: &Refusal) -> Option<Name> {
    if refusal.reason != Reason::WaitsForDocument {
        return None;
    }
    let fact = |it: &str| refusal.metadata.get(it);
    let kind = NameKind::parse(fact("kind")?)?;
    Some(Name { system: SystemName::stored(fact("system")?), kind, id: fact("name")?.clone() })
}

/// Documents by our ids, oldest first.
pub async fn load_in_order<D: Document>(
    conn: &mut PgConnection,
    of: Environment,
    ids: Vec<i64>,
) -> sqlx::Result<Vec<D>> {
    let keys: Vec<D::Key> = ids.into_iter().map(D::Key::from).collect();
    let mut documents = D::load(conn, of, &keys).await?;
    documents.sort_by_key(|it| it.key());
    Ok(documents)
}

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
        let found = D::list(&mut conn, of, order, after, page.limit()).await;
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
            let found = D::list(conn, of, None, after, limit).await;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_is_found_by_what_it_waits_for() {
        for kind in ["order", "shipment", "invoice", "return", "reception", "credit_note"] {
            let name = Name {
                system: SystemName::stored("shop-a"),
                kind: NameKind::parse(kind).unwrap(),
                id: "4711".into(),
            };
            let refusal = waits_for(&name);
            assert_eq!(awaited(&refusal), Some(name));
            let kept = serde_json::to_string(&refusal).unwrap();
            assert_eq!(serde_json::from_str::<Refusal>(&kept).unwrap(), refusal);
        }
        assert_eq!(awaited(&Refusal::not_found("order", "4711")), None);
    }
}
