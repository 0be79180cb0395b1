use sqlx::{PgConnection, PgPool};
use tonic::{Request, Response, Status};

use super::wire::{self, Filter};
use super::{AdjustStock, Level, ServeBackOrders, SetStock, store};
use crate::access::caller;
use crate::books::{Entry, KEY_JOINT, Once};
use crate::changes::{
    Asked, Changes, Event, Feed, Item, Messages, ReadPage, read_start, watch_message, watch_start,
};
use crate::error::{Refusal, Result};
use crate::id::Environment;
use crate::lanes::Lanes;
use crate::page::Page;
use crate::proto::{self, stock_service_server::StockService};
use crate::wire::{request_name, response};

/// Where stock is told and asked for.
pub struct StockDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: PgPool,
    /// For watches.
    pub changes: Changes,
    /// Who gets what becomes free.
    pub back_orders: &'static dyn ServeBackOrders,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl StockService for StockDesk {
    async fn set_stock(
        &self,
        request: Request<proto::SetStockRequest>,
    ) -> Answer<proto::SetStockResponse> {
        let caller = caller(&request)?;
        let (id, rows) = wire::readings(request.into_inner())?;
        let statement = SetStock { rows, back_orders: self.back_orders };
        let once = Once::new(request_name(&caller.system, &id), 0, statement)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let results = wire::results(&done.answer);
        response(&done, proto::SetStockResponse { revision: done.revision, results })
    }

    async fn adjust_stock(
        &self,
        request: Request<proto::AdjustStockRequest>,
    ) -> Answer<proto::AdjustStockResponse> {
        let caller = caller(&request)?;
        let (id, rows) = wire::adjustments(request.into_inner())?;
        let movements = AdjustStock { rows, back_orders: self.back_orders };
        let once = Once::new(request_name(&caller.system, &id), 0, movements)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let results = wire::results(&done.answer);
        response(&done, proto::AdjustStockResponse { revision: done.revision, results })
    }

    async fn get_stock(
        &self,
        request: Request<proto::GetStockRequest>,
    ) -> Answer<proto::GetStockResponse> {
        let of = caller(&request)?.environment;
        let proto::GetStockRequest { sku, location, at_least_revision } = request.into_inner();
        let key = wire::key(&sku, &location)?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let found = Level::load(&mut conn, of, std::slice::from_ref(&key)).await;
        let level = found.map_err(Refusal::of_read)?.pop();
        let name = format!("{} at {}", key.sku, key.location);
        let level = level.ok_or_else(|| Refusal::not_found("stock level", name))?;
        Ok(Response::new(proto::GetStockResponse { level: Some(wire::level(level)) }))
    }

    async fn list_stock(
        &self,
        request: Request<proto::ListStockRequest>,
    ) -> Answer<proto::ListStockResponse> {
        let of = caller(&request)?.environment;
        let proto::ListStockRequest { sku, location, page_size, page_token, at_least_revision } =
            request.into_inner();
        let filter = wire::list_filter(&sku, &location)?;
        let page = Page::asked(page_size, &page_token, &("stock", &filter))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| it.split_once(KEY_JOINT));
        let only = (&filter.skus[..], &filter.locations[..]);
        let found = store::list(&mut conn, of, only, after, page.limit()).await;
        let mut levels = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut levels, |it| it.key.to_string());
        let levels = levels.into_iter().map(wire::level).collect();
        Ok(Response::new(proto::ListStockResponse { levels, next_page_token }))
    }

    async fn list_stock_movements(
        &self,
        request: Request<proto::ListStockMovementsRequest>,
    ) -> Answer<proto::ListStockMovementsResponse> {
        let of = caller(&request)?.environment;
        let proto::ListStockMovementsRequest { sku, location, page_size, page_token } =
            request.into_inner();
        let key = wire::key(&sku, &location)?;
        let page = Page::asked(page_size, &page_token, &("stock movements", &key))?;
        let mut conn = self.reads.acquire().await.map_err(Refusal::of_read)?;
        let before = page.after.as_deref().and_then(|it| it.split_once(KEY_JOINT));
        let before = before.and_then(|(it, nth)| Some((it.parse().ok()?, nth.parse().ok()?)));
        let found = store::movements(&mut conn, of, &key, before, page.limit()).await;
        let mut movements = found.map_err(Refusal::of_read)?;
        let next_page_token =
            page.cut(&mut movements, |it| format!("{}{KEY_JOINT}{}", it.revision, it.ordinal));
        let movements = movements.into_iter().map(wire::movement).collect();
        Ok(Response::new(proto::ListStockMovementsResponse { movements, next_page_token }))
    }

    type WatchStockStream = Messages<proto::WatchStockResponse>;

    async fn watch_stock(
        &self,
        request: Request<proto::WatchStockRequest>,
    ) -> Answer<Self::WatchStockStream> {
        let caller = caller(&request)?;
        let proto::WatchStockRequest { filter, start } = request.into_inner();
        let (filter, watch) = (wire::filter(filter)?, watch_start(start)?);
        Ok(Response::new(self.changes.watch(caller, StockFeed, filter, watch).await?))
    }

    async fn read_stock_changes(
        &self,
        request: Request<proto::ReadStockChangesRequest>,
    ) -> Answer<proto::ReadStockChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadStockChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let filter = wire::filter(filter)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let page = self.changes.read(caller, StockFeed, filter, read).await?;
        let ReadPage { entries: levels, resume_token, revision, snapshot, more } = page;
        let answer =
            proto::ReadStockChangesResponse { levels, resume_token, revision, snapshot, more };
        Ok(Response::new(answer))
    }
}

/// Stock, as the feed tells of it.
#[derive(Clone, Copy, Debug)]
pub struct StockFeed;

impl Feed for StockFeed {
    type Filter = Filter;
    type Entry = proto::StockLevel;
    type Message = proto::WatchStockResponse;

    const STREAM: &'static str = "stock";

    fn kinds(&self) -> &'static [&'static str] {
        &["stock_level"]
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<Item<proto::StockLevel>>> {
        let after = after.and_then(|it| it.split_once(KEY_JOINT));
        let only = (&filter.skus[..], &filter.locations[..]);
        let levels = store::list(conn, of, only, after, limit).await.map_err(Refusal::of_read)?;
        Ok(levels.into_iter().map(item).collect())
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        asked: &[Asked],
    ) -> Result<Vec<Item<proto::StockLevel>>> {
        let keys = asked.iter().filter_map(|it| wire::key_of_log(&it.key));
        let keys: Vec<_> = keys.filter(|it| filter.lets_through(it)).collect();
        let levels = Level::load(conn, of, &keys).await.map_err(Refusal::of_read)?;
        Ok(levels.into_iter().map(item).collect())
    }

    fn message(
        resume_token: String,
        stream_sequence: i64,
        event: Event<proto::StockLevel>,
    ) -> proto::WatchStockResponse {
        let said = (resume_token, stream_sequence, event);
        watch_message!(said => WatchStockResponse, watch_stock_response, StockSnapshotChunk, StockChanges { levels })
    }
}

fn item(level: Level) -> Item<proto::StockLevel> {
    Item { key: level.key.to_string(), revision: level.revision, entry: wire::level(level) }
}
