use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;
use tonic::{Request, Response, Status};

use super::wire;
use super::{Exchange, Order, Outcome, amendment, cancellation, store};
use crate::access::{Caller, caller};
use crate::books::{Entry, Named, Once};
use crate::changes::{
    Asked, Changes, Feed, Item, Messages, ReadPage, WatchResponse, read_start, watch_start,
};
use crate::documents::{ByShop, Seen};
use crate::error::{Faults, Refusal, Result};
use crate::id::{AmendmentId, CancellationId, Environment, Ids, OrderId};
use crate::lanes::Lanes;
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::{self, order_service_server::OrderService};
use crate::wire::{all, request_name, response};

/// Where orders come in and are asked for.
pub struct OrderDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
    /// For watches.
    pub changes: Changes,
    /// As orders are told.
    pub feed: OrderFeed,
    /// For new ids.
    pub ids: Ids,
    /// Who knows returns.
    pub exchange: &'static dyn Exchange,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl OrderService for OrderDesk {
    async fn submit_order(
        &self,
        request: Request<proto::SubmitOrderRequest>,
    ) -> Answer<proto::SubmitOrderResponse> {
        let caller = caller(&request)?;
        let id = OrderId(self.ids.next_number());
        let shop = caller.system.clone();
        let order = wire::place(request.into_inner(), shop, id, self.exchange)?;
        let lines: Vec<_> = order.lines.iter().map(|it| it.id.clone()).collect();
        let once = Once::new(order.name(), id.0, order)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let answer = proto::SubmitOrderResponse {
            order_id: done.answer.id.to_string(),
            revision: done.revision,
            promises: wire::promises(&done.answer, &lines),
            reservation_problem: done.answer.not_taken_over.clone().map(proto::Problem::from),
        };
        response(&done, answer)
    }

    async fn amend_order(
        &self,
        request: Request<proto::AmendOrderRequest>,
    ) -> Answer<proto::AmendOrderResponse> {
        let caller = caller(&request)?;
        let id = AmendmentId(self.ids.next_number());
        let wish = amendment::wire::amend(request.into_inner(), caller.system, id)?;
        let once = Once::new(wish.name(), id.0, wish)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (amendment_id, status) = match done.answer {
            amendment::Outcome::Said(id, status) => {
                (id.to_string(), amendment::wire::status(status))
            }
            amendment::Outcome::Stale => (String::new(), proto::AmendmentStatus::Stale),
        };
        let (status, revision) = (status.into(), done.revision);
        response(&done, proto::AmendOrderResponse { amendment_id, status, revision })
    }

    async fn answer_amendment(
        &self,
        request: Request<proto::AnswerAmendmentRequest>,
    ) -> Answer<proto::AnswerAmendmentResponse> {
        let caller = caller(&request)?;
        let lane = self.lanes.of(caller.environment);
        let system = caller.system.clone();
        let (request_id, answer) = amendment::wire::answer(request.into_inner(), caller)?;
        let done = lane.run(Once::new(request_name(&system, &request_id), 0, answer)?).await?;
        let status = amendment::wire::status(done.answer).into();
        response(&done, proto::AnswerAmendmentResponse { status, revision: done.revision })
    }

    async fn hold_order(
        &self,
        request: Request<proto::HoldOrderRequest>,
    ) -> Answer<proto::HoldOrderResponse> {
        let caller = caller(&request)?;
        let lane = self.lanes.of(caller.environment);
        let system = caller.system.clone();
        let sees = ByShop::seen_by(&caller);
        let (request_id, hold) = wire::hold(request.into_inner(), caller)?;
        let hold = Seen::<Order, _>::new(sees, hold.order.clone(), hold);
        let done = lane.run(Once::new(request_name(&system, &request_id), 0, hold)?).await?;
        response(&done, proto::HoldOrderResponse { revision: done.revision })
    }

    async fn resume_order(
        &self,
        request: Request<proto::ResumeOrderRequest>,
    ) -> Answer<proto::ResumeOrderResponse> {
        let caller = caller(&request)?;
        let lane = self.lanes.of(caller.environment);
        let system = caller.system.clone();
        let sees = ByShop::seen_by(&caller);
        let (request_id, resume) = wire::resume(request.into_inner(), caller)?;
        let resume = Seen::<Order, _>::new(sees, resume.order.clone(), resume);
        let done = lane.run(Once::new(request_name(&system, &request_id), 0, resume)?).await?;
        response(&done, proto::ResumeOrderResponse { revision: done.revision })
    }

    async fn request_cancellation(
        &self,
        request: Request<proto::RequestCancellationRequest>,
    ) -> Answer<proto::RequestCancellationResponse> {
        let caller = caller(&request)?;
        let id = CancellationId(self.ids.next_number());
        let (of, sees) = (caller.environment, ByShop::seen_by(&caller));
        let wish = cancellation::wire::request(request.into_inner(), caller.system, id)?;
        let (name, order) = (wish.name(), wish.order.clone());
        let once = Once::new(name, id.0, Seen::<Order, _>::new(sees, order, wish))?;
        let done = self.lanes.of(of).run(once).await?;
        let Outcome { id, status, lines } = done.answer.clone();
        let answer = proto::RequestCancellationResponse {
            cancellation_id: id.to_string(),
            status: cancellation::wire::status(status).into(),
            lines: lines.into_iter().map(cancellation::wire::line).collect(),
            revision: done.revision,
        };
        response(&done, answer)
    }

    async fn answer_cancellation(
        &self,
        request: Request<proto::AnswerCancellationRequest>,
    ) -> Answer<proto::AnswerCancellationResponse> {
        let caller = caller(&request)?;
        let lane = self.lanes.of(caller.environment);
        let system = caller.system.clone();
        let (request_id, answer) = cancellation::wire::answer(request.into_inner(), caller)?;
        let done = lane.run(Once::new(request_name(&system, &request_id), 0, answer)?).await?;
        let Outcome { status, lines, .. } = done.answer.clone();
        let answer = proto::AnswerCancellationResponse {
            status: cancellation::wire::status(status).into(),
            lines: lines.into_iter().map(cancellation::wire::line).collect(),
            revision: done.revision,
        };
        response(&done, answer)
    }

    async fn get_order(
        &self,
        request: Request<proto::GetOrderRequest>,
    ) -> Answer<proto::GetOrderResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::GetOrderRequest { order, at_least_revision } = request.into_inner();
        let mut faults = Faults::default();
        let named = crate::wire::order_named(&mut faults, "order", order, &caller.system);
        let named = all(faults, || named)?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let order = look_up(&mut conn, &caller, &named).await?;
        let order = self.feed.told(&mut conn, of, vec![order]).await?.into_values().next();
        Ok(Response::new(proto::GetOrderResponse { order }))
    }

    async fn list_orders(
        &self,
        request: Request<proto::ListOrdersRequest>,
    ) -> Answer<proto::ListOrdersResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::ListOrdersRequest { shop, page_size, page_token, at_least_revision } =
            request.into_inner();
        let filter = ByShop::parse(&caller, "shop", &shop)?;
        let page = Page::asked(page_size, &page_token, &("orders", &filter))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| OrderId::parse(it).ok());
        let found = store::list(&mut conn, of, &filter, after, page.limit()).await;
        let mut orders = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut orders, |it| it.id.to_string());
        let orders = self.feed.items(&mut conn, of, orders).await?;
        let orders = orders.into_iter().map(|it| it.entry).collect();
        Ok(Response::new(proto::ListOrdersResponse { orders, next_page_token }))
    }

    type WatchOrdersStream = Messages<WatchResponse>;

    async fn watch_orders(
        &self,
        request: Request<proto::WatchOrdersRequest>,
    ) -> Answer<Self::WatchOrdersStream> {
        let caller = caller(&request)?;
        let proto::WatchOrdersRequest { filter, start } = request.into_inner();
        let filter = ByShop::parse(&caller, "filter.shop", &filter.unwrap_or_default().shop)?;
        let watch = watch_start(start)?;
        Ok(Response::new(self.changes.watch(caller, self.feed.clone(), filter, watch).await?))
    }

    async fn read_order_changes(
        &self,
        request: Request<proto::ReadOrderChangesRequest>,
    ) -> Answer<proto::ReadOrderChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadOrderChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let filter = ByShop::parse(&caller, "filter.shop", &filter.unwrap_or_default().shop)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let page = self.changes.read(caller, self.feed.clone(), filter, read).await?;
        let ReadPage { entries: orders, resume_token, revision, snapshot, more, begins: _ } = page;
        let answer =
            proto::ReadOrderChangesResponse { orders, resume_token, revision, snapshot, more };
        Ok(Response::new(answer))
    }
}

/// The order that a caller's request names; in the same words whoever's it may be.
pub async fn look_up(conn: &mut PgConnection, caller: &Caller, named: &Named) -> Result<Order> {
    let of = caller.environment;
    let found = match named.look_up(conn, of).await.map_err(Refusal::of_read)? {
        Some(id) => Order::load(conn, of, &[OrderId(id)]).await.map_err(Refusal::of_read)?.pop(),
        None => None,
    };
    let seen = found.filter(|it| ByShop::seen_by(caller).lets_through(Some(&it.shop)));
    seen.ok_or_else(|| Refusal::not_found("order", named))
}

/// What is told with an order.
#[derive(Default)]
pub struct Attached {
    /// What has left.
    pub shipments: Vec<proto::Shipment>,
    /// What was invoiced.
    pub invoices: Vec<proto::Invoice>,
    /// What happened to its payments.
    pub payments: Vec<proto::Payment>,
    /// What else it was wished to be.
    pub amendments: Vec<proto::Amendment>,
    /// What was wished off it.
    pub cancellations: Vec<proto::Cancellation>,
}

/// The documents of orders. They stand below orders: they are handed in.
pub trait Attachments: Send + Sync + 'static {
    /// Those of each order that has any.
    fn of<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        orders: &'a [OrderId],
    ) -> BoxFuture<'a, Result<HashMap<OrderId, Attached>>>;
}

/// Orders and their documents, as the feed tells of them.
#[derive(Clone)]
pub struct OrderFeed {
    /// Who knows the documents.
    pub attachments: Arc<dyn Attachments>,
}

impl OrderFeed {
    /// Orders, with all that belongs to them.
    pub async fn told(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        orders: Vec<Order>,
    ) -> Result<HashMap<OrderId, proto::Order>> {
        let ids: Vec<OrderId> = orders.iter().map(|it| it.id).collect();
        let mut attached = self.attachments.of(conn, of, &ids).await?;
        let told = orders.into_iter().map(|it| {
            let attached = attached.remove(&it.id).unwrap_or_default();
            (it.id, wire::order(it, attached))
        });
        Ok(told.collect())
    }

    /// The same in the order given, for the feed.
    async fn items(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        orders: Vec<Order>,
    ) -> Result<Vec<Item<proto::Order>>> {
        let ids: Vec<OrderId> = orders.iter().map(|it| it.id).collect();
        let mut told = self.told(conn, of, orders).await?;
        let item = |entry: proto::Order| {
            let (key, revision) = (entry.order_id.clone(), entry.revision);
            Item { key, revision, entry }
        };
        Ok(ids.iter().filter_map(|it| told.remove(it)).map(item).collect())
    }
}

impl Feed for OrderFeed {
    type Filter = ByShop;
    type Entry = proto::Order;

    const STREAM: &'static str = "orders";

    fn kinds(&self) -> &'static [&'static str] {
        &["order"]
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &ByShop,
        after: Option<&str>,
        limit: i64,
        tell: &mut (impl FnMut(Item<proto::Order>) + Send),
    ) -> Result<()> {
        let after = after.and_then(|it| OrderId::parse(it).ok());
        let orders = store::list(conn, of, filter, after, limit).await;
        let items = self.items(conn, of, orders.map_err(Refusal::of_read)?).await?;
        items.into_iter().for_each(tell);
        Ok(())
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &ByShop,
        asked: &[Asked],
    ) -> Result<Vec<Item<proto::Order>>> {
        let ids: Vec<_> = asked.iter().filter_map(|it| OrderId::parse(&it.key).ok()).collect();
        let mut orders = Order::load(conn, of, &ids).await.map_err(Refusal::of_read)?;
        orders.retain(|it| filter.lets_through(Some(&it.shop)));
        self.items(conn, of, orders).await
    }
}
