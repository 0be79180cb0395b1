//! What was bought, and what became of it.

mod amendment;
mod cancellation;
mod fulfil;
mod hold;
mod model;
mod opening;
mod over_shipment;
mod promise;
mod serve;
mod service;
mod store;
mod tasks;
mod wire;

pub use amendment::wire::amendment as told_amendment;
pub use amendment::{AmendOrder, Amendment, AnswerAmendment, Verdict, Wished};
pub use cancellation::wire::{cancellation as told_cancellation, order_lines as cancelled_lines};
pub use cancellation::{
    AnswerCancellation, Cancellation, CancellationLine, Decision, Granted, Outcome,
    RequestCancellation,
};
pub use fulfil::{Goods, cancel, goods, needs_all, needs_line, reopen, ship, want_goods};
pub use hold::{HoldOrder, ResumeOrder};
pub use model::{Address, Content, Demand, Hold, Line, Order, PaymentStatus, Payments, Status};
pub use opening::{Opening, OpeningLine};
pub use over_shipment::{is_over_shipment_tolerated, needs_over_shipment, observe_over_shipment};
pub use promise::needs_promise;
pub use serve::{ServeOrders, put_and_serve};
pub use service::{Attached, Attachments, OrderDesk, OrderFeed, look_up};
pub use tasks::OrderTasks;
pub use wire::payments as told_payments;

use serde::{Deserialize, Serialize};

use crate::admin::{Settings, TheSettings};
use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::Wording;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, Location, OrderId, ReturnId, SystemName};
use crate::inbox::{self, Handover, Kind, task_of};
use crate::parking;
use crate::reservations;
use crate::stock::{self, Units};
use promise::{Claim, promise};

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Order>().with::<Amendment>().with::<Cancellation>()
}

/// Takes an order in; answers what was promised.
#[derive(Clone, Serialize)]
pub struct PlaceOrder {
    /// Made before the queue.
    #[serde(skip)]
    pub id: OrderId,
    /// Who submits it.
    pub shop: SystemName,
    /// Under which number.
    pub external_id: ExternalId,
    /// As it was said.
    pub content: Content,
    /// What is ordered; nothing became of it yet.
    pub lines: Vec<Line>,
    /// What is held for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation: Option<Named>,
    /// What had become of it before erpsync was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The return in exchange for which it is placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Named>,
    /// Who knows returns.
    #[serde(skip)]
    pub exchange: &'static dyn Exchange,
}

/// Returns note which orders replace them. They stand below orders: they are handed in.
pub trait Exchange: Send + Sync {
    /// Wants what [`replace`](Exchange::replace) needs.
    fn needs(&self, books: &mut Books, of: &Named);

    /// Notes that an order of a shop is placed in exchange; our id of the return, or why it cannot be.
    fn replace(
        &self,
        books: &mut Books,
        of: &Named,
        shop: &SystemName,
        order: OrderId,
    ) -> Result<ReturnId>;
}

/// What was promised when an order came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Ours.
    pub id: OrderId,
    /// Of each line: what was reserved, and what waits.
    pub promises: Vec<(Decimal, Decimal)>,
    /// Why what was held for it was not taken over, though it was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_taken_over: Option<Refusal>,
    /// Of each line: where. Answers of before lines had a choice do not say it.
    #[serde(default)]
    pub locations: Vec<Location>,
}

impl Command for PlaceOrder {
    type Answer = Placed;

    fn needs(&self, books: &mut Books) {
        books.of::<Order>().want_new(&self.id);
        books.of::<Settings>().want(&TheSettings);
        inbox::needs_offer(books, self.id);
        if let Some((erp, number)) = self.taken_over() {
            inbox::needs_taken(books, erp, Kind::Order, number);
        }
        parking::needs_wake(books, &self.name());
        let lines = fulfil::want_settled(books, &self.lines);
        needs_promise(books, &self.shop, &lines);
        if let Some(reservation) = &self.reservation {
            reservations::needs_end(books, reservation, &ServeOrders);
        }
        if let Some(of) = &self.replaces {
            self.exchange.needs(books, of);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Placed> {
        place(books, self, at)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2 * self.lines.len(), bytes: 1024 + 512 * self.lines.len() }
    }
}

impl PlaceOrder {
    /// What the shop calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.shop.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Order, id }
    }

    /// The ERP that has it already, and its number there.
    fn taken_over(&self) -> Option<&(SystemName, ExternalId)> {
        self.opening.as_ref()?.taken_over.as_ref()
    }
}

/// Takes an order in, promises what it asks for (all of it or nothing, unless it may wait) with what
/// is held for it, and offers it to the ERP. What was placed already is never refused; where it does
/// not add up, or names a return that it cannot replace, somebody has to look at it before the ERP gets it.
pub fn place(books: &mut Books, order: &PlaceOrder, at: Moment) -> Result<Placed> {
    let (name, taken_over) = (order.name(), order.taken_over().cloned());
    let order = order.clone();
    let PlaceOrder { id, shop, external_id, content, mut lines, reservation, .. } = order;
    if let Some(opening) = order.opening {
        opening.apply(&mut lines)?;
    }
    let replaces = order.replaces.map(|it| order.exchange.replace(books, &it, &shop, id));
    let (replaces, unknown) =
        replaces.transpose().map_or_else(|it| (None, Some(it)), |it| (it, None));
    let sums = model::must_add_up(&content, &lines).err();
    if !content.already_placed
        && let Some(wrong) = sums.as_ref().or(unknown.as_ref())
    {
        return Err(wrong.clone());
    }
    // Sums are mended by an amendment, and then nobody looks at what else was wrong.
    let wrong = unknown.or(sums);
    let lines: Result<Vec<_>> = lines.iter().map(|it| fulfil::settled(books, it)).collect();
    let lines = lines?;
    let claim = Claim::of(books, &content);
    let handover = match (&taken_over, &wrong) {
        (Some((_, number)), _) => Handover::Acknowledged(Some(number.clone())),
        (None, Some(_)) => Handover::Parked,
        (None, None) => Handover::Waiting,
    };
    let placed_at = at.now;
    let (payments, documents, revision) = (Payments::default(), 0, 0);
    let mut order = Order {
        id,
        shop,
        external_id,
        placed_at,
        content,
        lines,
        handover,
        hold: None,
        payments,
        documents,
        shop_version: 0,
        replaces,
        wording: Wording::New,
        revision,
    };
    let (mut held, not_taken_over) = take_over(books, &order, reservation, at)?;
    promise(books, &mut order, &mut held, claim, at.now)?;
    let promises = order.lines.iter().map(|it| (it.reserved(), it.back_ordered())).collect();
    let offer = order.offer(task_of(id), Kind::Order);
    match taken_over {
        Some((erp, number)) => {
            fulfil::acknowledge(books, &mut order, at)?;
            inbox::offer_taken(books, offer, erp, number, at)?;
        }
        None => inbox::offer(books, offer, wrong, at.now)?,
    }
    parking::wake(books, &name, at.now);
    for (level, units) in &held {
        stock::release(books, level, *units, at.now)?;
    }
    let locations = order.lines.iter().map(|it| it.level.location.clone()).collect();
    put_and_serve(books, order, held.into_keys())?;
    Ok(Placed { id, promises, locations, not_taken_over })
}

/// What is held for an order is its own from now on. One that was placed already is not refused for
/// having come too late.
fn take_over(
    books: &mut Books,
    order: &Order,
    reservation: Option<Named>,
    at: Moment,
) -> Result<(Units, Option<Refusal>)> {
    let Some(named) = reservation else { return Ok(Default::default()) };
    match reservations::consume(books, &named, &order.shop, order.id, at) {
        Ok(held) => Ok((held, None)),
        Err(refusal)
            if order.content.already_placed
                && matches!(refusal.reason, Reason::NotFound | Reason::InvalidState) =>
        {
            Ok((Default::default(), Some(refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}
