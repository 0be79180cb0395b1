//! Goods on their way back: announced, allowed or declined, received, judged, and done with.

mod end;
mod exchange;
mod inspect;
mod model;
mod over_credited;
mod receive;
mod service;
mod store;
mod wire;

pub use end::{Close, Decline, Expire, follow};
pub use exchange::InExchange;
pub use inspect::{Inspect, Judged};
pub use model::{
    Acceptance, Came, DispatchProof, Disposition, ReceivedLine, Reception, Refund, Return,
    ReturnLine, State, Status, Units,
};
pub use receive::{Receive, ToldLine};
pub use service::ReturnDesk;
pub use wire::told;

use serde::Serialize;
use time::{Date, OffsetDateTime};

use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find_now, want};
use crate::due::{Due, DueKey};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, ReturnId, SystemName, TaskId};
use crate::inbox::{self, Kind};
use crate::orders::{Line, Order};
use crate::parking;

/// What `due` knows the end of a return's time by.
const DUE: &str = "return.expiry";

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
    /// When it ends if nothing has come by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<OffsetDateTime>,
    /// That the buyer has sent the goods already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<DispatchProof>,
    /// Whether the buyer is to get the standard shipping of the order back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub refund_shipping: bool,
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
        books.of::<Due>().want(&due_key(self.id));
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
            lines.push(ReturnLine::new(id.clone(), *units, reason.clone()));
        }
        if self.for_erp {
            let offer = order.offer(TaskId(self.id.0), Kind::Return);
            let (system, external_id) = (self.system.clone(), self.external_id.clone());
            inbox::offer_behind(books, inbox::Offer { system, external_id, ..offer }, at.now)?;
        }
        if let Some(end) = self.expires_at {
            ends_at(books, self.id, end, at)?;
        }
        books.of().put(Return {
            id: self.id,
            system: self.system.clone(),
            external_id: self.external_id.clone(),
            order: order.id,
            state: State::Requested,
            withdrawal_date: self.withdrawal_date,
            proof: self.proof.clone(),
            refund_shipping: self.refund_shipping,
            expires_at: self.expires_at,
            lines,
            complete_at: None,
            replaced_by: Vec::new(),
            documents: 0,
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
    /// When it ends if nothing has come by then; `None`: as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<OffsetDateTime>,
    /// That the buyer has sent the goods; `None`: as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<DispatchProof>,
    /// Whether the buyer gets the standard shipping of the order back; `None`: as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_shipping: Option<bool>,
}

impl Command for Approve {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(found) = want::<Return>(books, &self.named) {
            books.of::<Due>().want(&due_key(found.id));
            parking::needs_wake(books, &found.name());
            over_credited::needs_put(books, found.id);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found = find_now::<Return>(books, &self.named)?.at(at.now);
        match found.state {
            State::Requested | State::Approved => {}
            State::Declined(_) | State::Closed(_) | State::Expired => {
                return Err(found.refuse_step("APPROVED"));
            }
        }
        if let Some(end) = self.expires_at {
            ends_at(books, found.id, end, at)?;
        }
        parking::wake(books, &found.name(), at.now);
        let approved = Return {
            state: State::Approved,
            expires_at: self.expires_at.or(found.expires_at),
            proof: self.proof.clone().or(found.proof),
            refund_shipping: self.refund_shipping.unwrap_or(found.refund_shipping),
            ..found
        };
        // Once it is proved that they were sent, more units may be credited.
        over_credited::put(books, approved, at.now)
    }
}

/// Somebody comes back to a return when its time is over.
fn ends_at(books: &mut Books, id: ReturnId, end: OffsetDateTime, at: Moment) -> Result<()> {
    if end <= at.now {
        return Err(Refusal::field("expire_time", "must lie ahead"));
    }
    books.of().put(Due { key: due_key(id), at: end });
    Ok(())
}

fn due_key(id: ReturnId) -> DueKey {
    DueKey { kind: DUE, key: id.to_string() }
}

/// The order of a return; wanted before.
pub fn order_of(books: &mut Books, of: &Return) -> Result<Order> {
    let order = books.of::<Order>().get(&of.order).cloned();
    order.ok_or_else(|| Refusal::internal(format!("return {} without its order", of.id)))
}
