use super::{ByShop, Document, Which, list, not_found, those_of};
use crate::access::Caller;
use crate::books::Named;
use crate::changes::{Changes, Entries, Source};
use crate::error::{Refusal, Result};
use crate::id::OrderId;
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::change_entry::State;

/// Where documents are read.
#[derive(Clone)]
pub struct Shelf {
    /// For reads.
    pub reads: Reads,
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
    /// One document, if the caller sees it. NOT_FOUND, in the same words whoever's it may be.
    pub async fn get<D: Document>(
        &self,
        caller: &Caller,
        named: &Named,
        at_least_revision: i64,
    ) -> Result<D> {
        let of = caller.environment;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let found = match named.look_up(&mut conn, of).await.map_err(Refusal::of_read)? {
            Some(id) => {
                let found = those_of(&mut conn, of, &ByShop::seen_by(caller), vec![id]).await;
                found.map_err(Refusal::of_read)?.pop()
            }
            None => None,
        };
        found.ok_or_else(|| not_found::<D>(named))
    }

    /// A page of the documents that the caller sees, and the token for the next.
    pub async fn page<D: Document>(
        &self,
        caller: &Caller,
        asked: PageAsked,
    ) -> Result<(Vec<D>, String)> {
        let (of, of_shop) = (caller.environment, ByShop::seen_by(caller));
        let PageAsked { order_id, page_size, page_token, at_least_revision } = asked;
        let order = match order_id.as_str() {
            "" => None,
            id => Some(OrderId::parse(id).map_err(|it| Refusal::field("order_id", it))?),
        };
        let page = Page::asked(page_size, &page_token, &(D::KIND, &order))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| it.parse().ok()).unwrap_or(0);
        let which = Which { order, of_shop };
        let found = list::<D>(&mut conn, of, which, after, page.limit()).await;
        let mut documents = found.map_err(Refusal::of_read)?;
        let next = page.cut(&mut documents, |it| it.key().to_string());
        Ok((documents, next))
    }
}

/// Documents of one kind, as a part of everything, and how they are told.
pub fn source<D: Document, T: 'static>(tell: fn(D) -> T, state: fn(T) -> State) -> Box<dyn Source> {
    Box::new(Entries::<D> {
        key: |it| it.parse::<i64>().ok().map(D::Key::from),
        told: Box::new(move |it| (it.revision(), state(tell(it)))),
        gone: |_| None,
        list: |conn, of, after, limit| {
            let after = after.and_then(|it| it.parse().ok()).unwrap_or(0);
            Box::pin(async move { list(conn, of, Which::default(), after, limit).await })
        },
    })
}
