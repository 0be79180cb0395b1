//! Wishes for another state of an order. Until the ERP has seen the order they are granted at once;
//! then the ERP decides.

mod apply;
mod model;
mod store;
pub(super) mod wire;

pub use model::{Amendment, Status, Wished};

use serde::{Deserialize, Serialize};

use super::promise::Claim;
use super::{Decision, Line, Order, needs_over_shipment, observe_over_shipment, put_and_serve};
use crate::admin::{Settings, TheSettings};
use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::documents::{find_now, want};
use crate::error::{Refusal, Result};
use crate::id::{AmendmentId, ExternalId, SystemName, TaskId};
use crate::inbox::{self, Handover, Kind};
use crate::parking;
use crate::stock::LevelKey;
use apply::{amend, needs_amend};

/// Wishes an order to be another.
#[derive(Clone, Debug, Serialize)]
pub struct AmendOrder {
    /// Made before the queue.
    #[serde(skip)]
    pub id: AmendmentId,
    /// The shop.
    pub system: SystemName,
    /// Its number of this wish.
    pub external_id: ExternalId,
    /// Which order.
    pub order: Named,
    /// Its version of the order, which this state is; rises.
    pub shop_version: i64,
    /// The state.
    pub wished: Wished,
}

/// Says what comes of such a wish.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerAmendment {
    /// Which.
    pub named: Named,
    /// Who answers.
    pub by: SystemName,
    /// What is granted.
    pub verdict: Verdict,
    /// Why so, for people.
    pub reason: String,
}

/// What of a wish is granted.
#[derive(Clone, Debug, Serialize)]
pub enum Verdict {
    /// Nothing.
    Nothing,
    /// The state that was wished.
    All,
    /// Another state.
    Other(Box<Wished>),
}

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is so, or the ERP has to answer.
    Said(AmendmentId, Status),
    /// A newer version was said before: nothing happened.
    Stale,
}

impl AmendOrder {
    /// What the shop calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Amendment, id }
    }
}

impl Command for AmendOrder {
    type Answer = Outcome;

    fn needs(&self, books: &mut Books) {
        books.of::<Amendment>().want(&self.id);
        books.of::<Settings>().want(&TheSettings);
        parking::needs_wake(books, &self.name());
        let Some(order) = want::<Order>(books, &self.order) else { return };
        needs_over_shipment(books, order.id);
        inbox::needs_hold(books, order.id);
        inbox::needs_mend(books, order.id);
        inbox::needs_offer_behind(books, TaskId(self.id.0), order.id);
        needs_amend(books, &order, &self.wished);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Outcome> {
        let order: Order = find_now(books, &self.order)?;
        if order.shop != self.system {
            return Err(Refusal::not_found("order", &self.order));
        }
        if self.shop_version <= order.shop_version {
            return Ok(Outcome::Stale);
        }
        let claim = Claim::of_wish(books, &order.content);
        // What is impossible now is refused now, whoever decides.
        let amended = amend(books, &order, &self.wished, claim, at)?;
        let is_unseen = inbox::own_task(books, order.id)?.was_never_seen();
        let (by, external_id) = (self.system.clone(), self.external_id.clone());
        let mut order = if is_unseen {
            match inbox::mend(books, order.id, at)? {
                true => Order { handover: Handover::Waiting, ..amended },
                false => amended,
            }
        } else {
            books.undo();
            let offer = order.offer(TaskId(self.id.0), Kind::Amendment);
            let (system, external_id) = (by.clone(), external_id.clone());
            inbox::offer_behind(books, inbox::Offer { system, external_id, ..offer }, at.now)?;
            order
        };
        let decision =
            is_unseen.then(|| Decision { by: by.clone(), reason: String::new(), at: at.now });
        let status = if is_unseen { Status::Accepted } else { Status::Requested };
        order.shop_version = self.shop_version;
        order.documents += 1;
        books.of().put(Amendment {
            id: self.id,
            system: by,
            external_id,
            order: order.id,
            shop_version: self.shop_version,
            wished: self.wished.clone(),
            status,
            decision,
            requested_at: at.now,
            revision: 0,
        });
        observe_over_shipment(books, &order, at)?;
        let levels = levels(&order);
        put_and_serve(books, order, levels)?;
        parking::wake(books, &self.name(), at.now);
        Ok(Outcome::Said(self.id, status))
    }

    fn weight(&self) -> Weight {
        weight(&self.wished)
    }
}

impl Command for AnswerAmendment {
    type Answer = Status;

    fn needs(&self, books: &mut Books) {
        let Some(found) = want::<Amendment>(books, &self.named) else { return };
        inbox::needs_finish(books, TaskId(found.id.0));
        needs_over_shipment(books, found.order);
        books.of::<Order>().want(&found.order);
        let Some(order) = books.of::<Order>().peek(&found.order).cloned() else { return };
        if let Some(wished) = self.verdict.of(&found) {
            needs_amend(books, &order, wished);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Status> {
        let found: Amendment = find_now(books, &self.named)?;
        if found.status != Status::Requested {
            return Err(found.refuse_step());
        }
        let order = books.of::<Order>().get(&found.order).cloned();
        let mut order = order.ok_or_else(|| Refusal::internal("an amendment of no order"))?;
        if let Some(wished) = self.verdict.of(&found) {
            // The ERP has done it: where it promised more than there is, the rest waits.
            order = amend(books, &order, wished, Claim::Fact, at)?;
        }
        inbox::finish(books, TaskId(found.id.0), &self.by, at)?;
        let status = match &self.verdict {
            Verdict::Nothing => Status::Refused,
            Verdict::All => Status::Accepted,
            Verdict::Other(_) => Status::PartAccepted,
        };
        let (by, reason) = (self.by.clone(), self.reason.clone());
        let decision = Some(Decision { by, reason, at: at.now });
        order.documents += 1;
        books.of().put(Amendment { status, decision, ..found });
        match status {
            Status::Refused => books.of().put(order),
            _ => {
                observe_over_shipment(books, &order, at)?;
                let levels = levels(&order);
                put_and_serve(books, order, levels)?;
            }
        }
        Ok(status)
    }

    fn weight(&self) -> Weight {
        match &self.verdict {
            Verdict::Other(wished) => weight(wished),
            Verdict::All | Verdict::Nothing => Weight { rows: 400, bytes: 1024 },
        }
    }
}

impl Verdict {
    /// The state that the order is to have.
    fn of<'a>(&'a self, found: &'a Amendment) -> Option<&'a Wished> {
        match self {
            Verdict::Nothing => None,
            Verdict::All => Some(&found.wished),
            Verdict::Other(wished) => Some(wished),
        }
    }
}

fn weight(wished: &Wished) -> Weight {
    Weight { rows: 4 * wished.lines.len(), bytes: 1024 + 1024 * wished.lines.len() }
}

/// Where units may have become free.
fn levels(order: &Order) -> Vec<LevelKey> {
    order.lines.iter().flat_map(Line::levels).cloned().collect()
}
