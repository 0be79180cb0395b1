//! Goods on their way back: announced, allowed or declined, received.

mod model;
mod receive;
mod service;
mod store;
mod wire;

pub use model::{Disposition, ReceivedLine, Reception, Return, ReturnLine, State, Status};
pub use receive::{Receive, ToldLine};
pub use service::ReturnDesk;
pub use wire::told;

use serde::Serialize;
use time::Date;

use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find_now, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, ReturnId, SystemName, TaskId};
use crate::inbox::{self, Kind};
use crate::orders::{Line, Order};
use crate::parking;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Return>().with::<Reception>()
}

/// Announces that goods come back.
#[derive(Clone, Debug, Serialize)]
pub struct RequestReturn {
    /// Made before the queue.
    #[serde(skip)]
    pub id: ReturnId,
    /// Who announces it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: Named,
    /// When the buyer withdrew from the purchase.
    pub withdrawal_date: Option<Date>,
    /// Each line of the order once: how many units, and why.
    pub lines: Vec<(ExternalId, Decimal, String)>,
    /// Whether the ERP has to be told: it is not the one that announces it.
    #[serde(skip)]
    pub for_erp: bool,
}

impl RequestReturn {
    /// What whoever announces it calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Return, id }
    }
}

impl Command for RequestReturn {
    type Answer = ReturnId;

    fn needs(&self, books: &mut Books) {
        books.of::<Return>().want(&self.id);
        parking::needs_wake(books, &self.name());
        if let Some(order) = want::<Order>(books, &self.order)
            && self.for_erp
        {
            inbox::needs_offer_behind(books, TaskId(self.id.0), order.id);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<ReturnId> {
        let mut order: Order = find_now(books, &self.order)?;
        let mut lines = Vec::with_capacity(self.lines.len());
        for (id, units, reason) in &self.lines {
            let place = order.place_of(id)?;
            announce(&mut order.lines[place], *units)?;
            lines.push(ReturnLine {
                line: id.clone(),
                reason: reason.clone(),
                requested: *units,
                restocked: Decimal::ZERO,
                quarantined: Decimal::ZERO,
                scrapped: Decimal::ZERO,
                sent_back: Decimal::ZERO,
                credited: Decimal::ZERO,
            });
        }
        if self.for_erp {
            let offer = order.offer(TaskId(self.id.0), Kind::Return);
            let (system, external_id) = (self.system.clone(), self.external_id.clone());
            inbox::offer_behind(books, inbox::Offer { system, external_id, ..offer }, at.now)?;
        }
        books.of().put(Return {
            id: self.id,
            system: self.system.clone(),
            external_id: self.external_id.clone(),
            order: order.id,
            state: State::Requested,
            withdrawal_date: self.withdrawal_date,
            lines,
            credited_by: None,
            requested_at: at.now,
            revision: 0,
        });
        books.of().put(order);
        parking::wake(books, &self.name(), at.now);
        Ok(self.id)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2 * self.lines.len(), bytes: 512 + 128 * self.lines.len() }
    }
}

/// No more comes back than has left.
fn announce(line: &mut Line, units: Decimal) -> Result<()> {
    let possible = line.returnable();
    if possible < units {
        let message =
            format!("line \"{}\": {units} to come back, and only {possible} can", line.id);
        return Err(Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", &line.id)
            .with("asked", units)
            .with("possible", possible));
    }
    line.return_requested = line.return_requested.try_add(units)?;
    Ok(())
}

/// Allows a return; what has come already is applied.
#[derive(Clone, Debug, Serialize)]
pub struct Approve {
    /// Which.
    pub named: Named,
}

impl Command for Approve {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(found) = want::<Return>(books, &self.named) {
            parking::needs_wake(books, &found.name());
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found: Return = find_now(books, &self.named)?;
        match found.state {
            State::Declined(_) => Err(found.refuse_step("APPROVED")),
            State::Approved => Ok(()),
            State::Requested => {
                parking::wake(books, &found.name(), at.now);
                books.of().put(Return { state: State::Approved, ..found });
                Ok(())
            }
        }
    }
}

/// Declines a return, and frees its units for another.
#[derive(Clone, Debug, Serialize)]
pub struct Decline {
    /// Which.
    pub named: Named,
    /// Why, for people.
    pub reason: String,
}

impl Command for Decline {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(found) = want::<Return>(books, &self.named) {
            books.of::<Order>().want(&found.order);
            parking::needs_wake(books, &found.name());
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found: Return = find_now(books, &self.named)?;
        if matches!(found.state, State::Declined(_)) {
            return Ok(());
        }
        if found.lines.iter().any(|it| it.received().is_positive()) {
            return Err(found.refuse_step("DECLINED"));
        }
        let mut order = order_of(books, &found)?;
        for line in &found.lines {
            let place = order.place_of(&line.line)?;
            let of = &mut order.lines[place];
            of.return_requested = of.return_requested.try_sub(line.requested)?;
        }
        books.of().put(order);
        // What has come all the same is parked for a new reason.
        parking::wake(books, &found.name(), at.now);
        books.of().put(Return { state: State::Declined(self.reason.clone()), ..found });
        Ok(())
    }
}

/// The order of a return; wanted before.
pub fn order_of(books: &mut Books, of: &Return) -> Result<Order> {
    let order = books.of::<Order>().get(&of.order).cloned();
    order.ok_or_else(|| Refusal::internal(format!("return {} without its order", of.id)))
}
