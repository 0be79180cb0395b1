use sqlx::{PgConnection, PgPool};
use tonic::{Request, Response, Status};

use super::wire::{self, Filter, Reference};
use super::{Order, store};
use crate::access::caller;
use crate::books::{Entry, Identity, Name, NameKind, Once};
use crate::changes::{
    Asked, Changes, Event, Feed, Item, Messages, ReadPage, read_start, watch_start,
};
use crate::error::{Refusal, Result};
use crate::id::{Environment, Ids, OrderId};
use crate::lanes::Lanes;
use crate::page::Page;
use crate::proto::{self, order_service_server::OrderService};
use crate::wire::response;

/// Where orders come in and are asked for.
pub struct OrderDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: PgPool,
    /// For watches.
    pub changes: Changes,
    /// For new ids.
    pub ids: Ids,
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
        let order = wire::place(request.into_inner(), caller.system.clone(), id)?;
        let lines: Vec<_> = order.lines.iter().map(|it| it.id.clone()).collect();
        let external_id = order.external_id.to_string();
        let name = Name { system: caller.system, kind: NameKind::Order, id: external_id };
        let once = Once::new(name, id.0, order)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let answer = proto::SubmitOrderResponse {
            order_id: done.answer.id.to_string(),
            revision: done.revision,
            promises: wire::promises(&done.answer, &lines),
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
        let reference = wire::reference(order, &caller.system)?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let order = find(&mut conn, of, &reference).await?;
        Ok(Response::new(proto::GetOrderResponse { order: Some(wire::order(order)) }))
    }

    async fn list_orders(
        &self,
        request: Request<proto::ListOrdersRequest>,
    ) -> Answer<proto::ListOrdersResponse> {
        let of = caller(&request)?.environment;
        let proto::ListOrdersRequest { shop, page_size, page_token, at_least_revision } =
            request.into_inner();
        let filter = wire::shop_filter("shop", &shop)?;
        let page = Page::asked(page_size, &page_token, &("orders", &filter))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| OrderId::parse(it).ok());
        let found = store::list(&mut conn, of, filter.shop.as_ref(), after, page.limit()).await;
        let mut orders = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut orders, |it| it.id.to_string());
        let orders = orders.into_iter().map(wire::order).collect();
        Ok(Response::new(proto::ListOrdersResponse { orders, next_page_token }))
    }

    type WatchOrdersStream = Messages<proto::WatchOrdersResponse>;

    async fn watch_orders(
        &self,
        request: Request<proto::WatchOrdersRequest>,
    ) -> Answer<Self::WatchOrdersStream> {
        let caller = caller(&request)?;
        let proto::WatchOrdersRequest { filter, start } = request.into_inner();
        let (filter, watch) = (wire::filter(filter)?, watch_start(start)?);
        Ok(Response::new(self.changes.watch(caller, OrderFeed, filter, watch).await?))
    }

    async fn read_order_changes(
        &self,
        request: Request<proto::ReadOrderChangesRequest>,
    ) -> Answer<proto::ReadOrderChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadOrderChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let filter = wire::filter(filter)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let page = self.changes.read(caller, OrderFeed, filter, read).await?;
        let ReadPage { entries: orders, resume_token, revision, snapshot, more } = page;
        let answer =
            proto::ReadOrderChangesResponse { orders, resume_token, revision, snapshot, more };
        Ok(Response::new(answer))
    }
}

/// The order that a request names; in the same words whoever's it may be.
async fn find(conn: &mut PgConnection, of: Environment, reference: &Reference) -> Result<Order> {
    let (id, told) = match reference {
        Reference::Ours(id) => (Some(*id), id.to_string()),
        Reference::Theirs(name) => {
            let named = Identity::load(conn, of, std::slice::from_ref(name)).await;
            let named = named.map_err(Refusal::of_read)?.pop();
            (named.map(|it| OrderId(it.subject)), name.id.clone())
        }
    };
    let found = match id {
        Some(id) => Order::load(conn, of, &[id]).await.map_err(Refusal::of_read)?.pop(),
        None => None,
    };
    found.ok_or_else(|| Refusal::not_found("order", told))
}

/// Orders, as the feed tells of them.
#[derive(Clone, Copy, Debug)]
pub struct OrderFeed;

impl Feed for OrderFeed {
    type Filter = Filter;
    type Entry = proto::Order;
    type Message = proto::WatchOrdersResponse;

    const STREAM: &'static str = "orders";

    fn kinds(&self) -> &'static [&'static str] {
        &["order"]
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<Item<proto::Order>>> {
        let after = after.and_then(|it| OrderId::parse(it).ok());
        let orders = store::list(conn, of, filter.shop.as_ref(), after, limit).await;
        Ok(orders.map_err(Refusal::of_read)?.into_iter().map(item).collect())
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        asked: &[Asked],
    ) -> Result<Vec<Item<proto::Order>>> {
        let ids: Vec<_> = asked.iter().filter_map(|it| OrderId::parse(&it.key).ok()).collect();
        let mut orders = Order::load(conn, of, &ids).await.map_err(Refusal::of_read)?;
        orders.retain(|it| filter.shop.as_ref().is_none_or(|shop| *shop == it.shop));
        Ok(orders.into_iter().map(item).collect())
    }

    fn message(
        resume_token: String,
        stream_sequence: i64,
        event: Event<proto::Order>,
    ) -> proto::WatchOrdersResponse {
        use proto::watch_orders_response::Event as Told;
        let event = Some(match event {
            Event::SnapshotBegin(begin) => Told::SnapshotBegin(begin),
            Event::SnapshotChunk(orders) => {
                Told::SnapshotChunk(proto::OrderSnapshotChunk { orders })
            }
            Event::SnapshotEnd(end) => Told::SnapshotEnd(end),
            Event::Changes { previous_revision, revision, entries: orders } => {
                Told::Changes(proto::OrderChanges { previous_revision, revision, orders })
            }
            Event::Heartbeat(beat) => Told::Heartbeat(beat),
            Event::GoingAway(going) => Told::GoingAway(going),
        });
        proto::WatchOrdersResponse { resume_token, stream_sequence, event }
    }
}

fn item(order: Order) -> Item<proto::Order> {
    Item { key: order.id.to_string(), revision: order.revision, entry: wire::order(order) }
}
