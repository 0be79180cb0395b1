//! What all documents have in common: they are named by our id or by a system's number, looked up,
//! listed, and told to whoever watches everything.

mod feed;
mod own;
mod service;
mod store;

pub use feed::{DocumentFeed, Watched};
pub use own::{ByShop, OfShop, Seen};
pub use service::{PageAsked, Shelf, source};
pub use store::{
    Amounts, Kept, OF_SHOP, Which, by_ids, corrupt, forget_amounts, list, load_amounts, of_orders,
    price_mode, rounding_mode, save_amounts, those_of,
};

use crate::books::{Books, Entry, Name, NameKind, Named};
use crate::error::{Reason, Refusal, Result};
use crate::id::SystemName;

/// A kind of entry that is looked up and listed like every other. Its head rows stand in a table of
/// the name of its kind, with an `id`, and the `order_id` of the order that it concerns, if any.
pub trait Document: Entry<Key: From<i64>> {
    /// What holds of a row of its table, `head`, where it is let through by a [`ByShop`], whose shops
    /// are `$2`. Unless it says otherwise, a document is of its order's shop.
    const OF_SHOP: &'static str = OF_SHOP;

    /// Of its last change.
    fn revision(&self) -> i64;
}

/// Whether what a document says has still to be written. It is said once, and rarely anew; what
/// becomes of it changes with every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// As it was read.
    Stored,
    /// Said by a command of this batch.
    New,
    /// Said anew by a command of this batch: what was said before goes.
    Anew,
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

/// The name that such a refusal waits for; or, where there is too little left of a document, the name of
/// that, of which there may be more again.
pub fn awaited(refusal: &Refusal) -> Option<Name> {
    if !matches!(refusal.reason, Reason::WaitsForDocument | Reason::PrepaymentExceeded) {
        return None;
    }
    let fact = |it: &str| refusal.metadata.get(it);
    let kind = NameKind::parse(fact("kind")?)?;
    Some(Name { system: SystemName::stored(fact("system")?), kind, id: fact("name")?.clone() })
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
