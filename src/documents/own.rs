//! A shop sees and changes what is of its own orders. What is of others' is not there for it: it is left
//! out where things are listed or watched, and where it is named, the answer is that for what is unknown.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{find, find_now, not_found, waits_for, want};
use crate::access::Caller;
use crate::books::{Books, Command, Entry, Moment, Name, Named, Weight};
use crate::error::{Refusal, Result};
use crate::id::SystemName;

/// Of which shop's orders, and of their documents, somebody wants to see what there is, and may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByShop {
    /// Only those of this shop's orders.
    pub shop: Option<SystemName>,
    /// Through whose eyes: a shop's own; `None`: as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<SystemName>,
}

impl ByShop {
    /// All that a caller may see.
    pub fn seen_by(caller: &Caller) -> ByShop {
        ByShop { shop: None, seen_by: caller.eyes() }
    }

    /// All that a shop may see.
    pub fn own(shop: &SystemName) -> ByShop {
        ByShop { shop: None, seen_by: Some(shop.clone()) }
    }

    /// The filter of a caller's request, which has the shop at `path`.
    pub fn parse(caller: &Caller, path: &str, shop: &str) -> Result<ByShop> {
        let shop = (!shop.is_empty()).then(|| SystemName::parse(shop)).transpose();
        let shop = shop.map_err(|it| Refusal::field(path, it))?;
        Ok(ByShop { shop, ..ByShop::seen_by(caller) })
    }

    /// The shops of which an order must be, each of them: none of two different ones.
    pub fn shops(&self) -> Vec<&str> {
        self.shop.iter().chain(&self.seen_by).map(SystemName::as_str).collect()
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        self.shops().is_empty()
    }

    /// Whether what is of this shop is let through.
    pub fn lets_through(&self, shop: Option<&SystemName>) -> bool {
        self.shops().iter().all(|it| shop.is_some_and(|shop| shop.as_str() == *it))
    }

    /// Wants an entry, whose it is, and what leads there.
    pub fn want<E: OfShop>(&self, books: &mut Books, named: &Named) -> Option<E> {
        let found = want::<E>(books, named)?;
        if !self.is_all() {
            found.needs_shop(books);
        }
        Some(found)
    }

    /// The entry that is named, if it is let through: else as for one that is unknown.
    pub fn find<E: OfShop>(&self, books: &mut Books, named: &Named) -> Result<E> {
        let found: E = find(books, named)?;
        match (self.sees(books, &found), named) {
            (true, _) => Ok(found),
            (false, Named::Ours(id)) => Err(not_found::<E>(id)),
            (false, Named::Theirs(name)) => Err(waits_for(name)),
        }
    }

    /// The same for a wish, which does not wait.
    pub fn find_now<E: OfShop>(&self, books: &mut Books, named: &Named) -> Result<E> {
        let found: E = find_now(books, named)?;
        if self.sees(books, &found) { Ok(found) } else { Err(not_found::<E>(named)) }
    }

    fn sees<E: OfShop>(&self, books: &mut Books, found: &E) -> bool {
        self.is_all() || self.lets_through(found.shop(books).as_ref())
    }
}

/// What may belong to a shop.
pub trait OfShop: Entry<Key: From<i64>> {
    /// Wants what [`shop`](OfShop::shop) looks at.
    fn needs_shop(&self, books: &mut Books);

    /// Whose it is; `None`: no shop's.
    fn shop(&self, books: &mut Books) -> Option<SystemName>;
}

/// A wish about something, of somebody who may not see it.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent, bound(serialize = "C: Serialize"))]
pub struct Seen<E, C> {
    #[serde(skip)]
    by: ByShop,
    #[serde(skip)]
    named: Named,
    wish: C,
    #[serde(skip)]
    what: PhantomData<fn() -> E>,
}

impl<E: OfShop, C: Command> Seen<E, C> {
    /// A caller's wish about what is named.
    pub fn new(by: ByShop, named: Named, wish: C) -> Seen<E, C> {
        Seen { by, named, wish, what: PhantomData }
    }
}

impl<E: OfShop, C: Command> Command for Seen<E, C> {
    type Answer = C::Answer;

    fn needs(&self, books: &mut Books) {
        self.by.want::<E>(books, &self.named);
        self.wish.needs(books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<C::Answer> {
        self.by.find_now::<E>(books, &self.named)?;
        self.wish.decide(books, at)
    }

    fn weight(&self) -> Weight {
        self.wish.weight()
    }

    fn is_heavy(&self) -> bool {
        self.wish.is_heavy()
    }

    fn name(&self) -> Option<&Name> {
        self.wish.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_sees_its_own() {
        let name = |it: &str| (!it.is_empty()).then(|| SystemName::stored(it));
        for (asked, eyes, of, seen) in [
            ("", "", "shop-a", true),
            ("", "", "", true),
            ("shop-a", "", "shop-a", true),
            ("shop-b", "", "shop-a", false),
            ("", "shop-a", "shop-a", true),
            ("", "shop-b", "shop-a", false),
            ("", "shop-a", "", false),
            ("shop-a", "shop-a", "shop-a", true),
            ("shop-a", "shop-b", "shop-a", false),
            ("shop-a", "shop-b", "shop-b", false),
        ] {
            let by = ByShop { shop: name(asked), seen_by: name(eyes) };
            assert_eq!(by.lets_through(name(of).as_ref()), seen, "{by:?} of {of}");
        }
    }
}
