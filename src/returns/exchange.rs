//! Orders that are placed in exchange for what comes back.

use super::Return;
use crate::books::{Books, Named};
use crate::documents::{ByShop, want};
use crate::error::Result;
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
        let mut of: Return = ByShop::own(shop).find_now(books, of)?;
        let id = of.id;
        of.replaced_by.push(order);
        books.of().put(of);
        Ok(id)
    }
}
