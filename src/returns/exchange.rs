//! Orders that are placed in exchange for what comes back.

use super::Return;
use crate::books::{Books, Named};
use crate::documents::{find_now, want};
use crate::error::{Refusal, Result};
use crate::id::{OrderId, ReturnId, SystemName};
use crate::orders::{Exchange, Order};

/// Notes on returns which orders replace them.
pub struct InExchange;

impl Exchange for InExchange {
    fn needs(&self, books: &mut Books, of: &Named) {
        if let Some(of) = want::<Return>(books, of) {
            books.of::<Order>().want(&of.order);
        }
    }

    fn replace(
        &self,
        books: &mut Books,
        of: &Named,
        shop: &SystemName,
        order: OrderId,
    ) -> Result<ReturnId> {
        let mut of: Return = find_now(books, of)?;
        if super::order_of(books, &of)?.shop != *shop {
            let told = "must be a return of an order of the same shop";
            return Err(Refusal::field("replaces_return", told));
        }
        let id = of.id;
        of.replaced_by.push(order);
        books.of().put(of);
        Ok(id)
    }
}
