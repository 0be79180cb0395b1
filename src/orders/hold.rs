//! Holding an order back from the ERP.

use serde::Serialize;

use super::{Hold, Order};
use crate::books::{Books, Command, Moment, Named, Weight};
use crate::documents::{find_now, want};
use crate::error::{Refusal, Result};
use crate::id::SystemName;
use crate::inbox;

/// Holds an order: none of its tasks is handed out until it is resumed.
#[derive(Clone, Debug, Serialize)]
pub struct HoldOrder {
    /// Which.
    pub order: Named,
    /// Who holds it.
    pub by: SystemName,
    /// Why, for people.
    pub reason: String,
    /// Whether that is the ERP, which may hold what it has.
    #[serde(skip)]
    pub by_erp: bool,
}

/// Lets an order go on.
#[derive(Clone, Debug, Serialize)]
pub struct ResumeOrder {
    /// Which.
    pub order: Named,
}

impl Command for HoldOrder {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(order) = want::<Order>(books, &self.order) {
            inbox::needs_hold(books, order.id);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let order: Order = find_now(books, &self.order)?;
        let task = inbox::own_task(books, order.id)?;
        if !self.by_erp && !task.can_be_kept_back() {
            let what = format!("order {}", order.id);
            return Err(Refusal::step(what, task.state.name(), "HELD"));
        }
        inbox::hold(books, order.id, true);
        let (by, reason) = (self.by.clone(), self.reason.clone());
        let at = order.hold.as_ref().map_or(at.now, |it| it.at);
        books.of().put(Order { hold: Some(Hold { by, reason, at }), ..order });
        Ok(())
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2, bytes: 1024 }
    }
}

impl Command for ResumeOrder {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(order) = want::<Order>(books, &self.order) {
            inbox::needs_hold(books, order.id);
        }
    }

    fn decide(&self, books: &mut Books, _: Moment) -> Result<()> {
        let order: Order = find_now(books, &self.order)?;
        if order.hold.is_some() {
            inbox::hold(books, order.id, false);
            books.of().put(Order { hold: None, ..order });
        }
        Ok(())
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2, bytes: 256 }
    }
}
