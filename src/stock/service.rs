use std::collections::HashMap;
use std::sync::Arc;

use sqlx::PgConnection;
use tonic::{Request, Response, Status, Streaming};

use super::composition;
use super::selling::{self, Eyes};
use super::store::{self, Besides};
use super::wire::{self, Filter, Readings};
use super::{AdjustStock, Level, LevelKey, ServeBackOrders, SetStock};
use crate::access::caller;
use crate::books::{Entry, KEY_JOINT, Once};
use crate::changes::{
    Asked, Changes, Feed, Item, Messages, ReadPage, WatchResponse, read_start, watch_start,
};
use crate::error::{Refusal, Result};
use crate::id::{Environment, SystemName};
use crate::lanes::{Committed, Lanes};
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::{self, stock_service_server::StockService};
use crate::uploads;
use crate::wire::{request_name, response};

/// Where stock is told and asked for.
pub struct StockDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
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
        let (by, back_orders) = (caller.system.clone(), self.back_orders);
        let statement = SetStock { rows, by, back_orders };
        let once = Once::new(request_name(&caller.system, &id), 0, statement)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let results = wire::results(&done.answer);
        response(&done, proto::SetStockResponse { revision: done.revision, results })
    }

    type PushStockStream = Messages<proto::PushStockResponse>;

    async fn push_stock(
        &self,
        request: Request<Streaming<proto::PushStockRequest>>,
    ) -> Answer<Self::PushStockStream> {
        let caller = caller(&request)?;
        let readings = Readings { by: caller.system.clone(), back_orders: self.back_orders };
        let road = (&self.lanes, &self.changes);
        Ok(Response::new(uploads::push(readings, road, caller, request.into_inner()).await?))
    }

    async fn adjust_stock(
        &self,
        request: Request<proto::AdjustStockRequest>,
    ) -> Answer<proto::AdjustStockResponse> {
        let caller = caller(&request)?;
        let (id, rows) = wire::adjustments(request.into_inner())?;
        let (by, back_orders) = (caller.system.clone(), self.back_orders);
        let movements = AdjustStock { rows, by, back_orders };
        let once = Once::new(request_name(&caller.system, &id), 0, movements)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let results = wire::results(&done.answer);
        response(&done, proto::AdjustStockResponse { revision: done.revision, results })
    }

    async fn get_stock(
        &self,
        request: Request<proto::GetStockRequest>,
    ) -> Answer<proto::GetStockResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::GetStockRequest { sku, location, at_least_revision } = request.into_inner();
        let key = wire::key(&sku, &location)?;
        let filter = wire::filter(&caller, None)?;
        self.changes.wait_for(of, at_least_revision).await?;
        let moment = self.reads.moment_of(of).await;
        let mut tx = moment.map_err(Refusal::of_read)?;
        let besides = Besides::levels_of(&mut tx, of).await.map_err(Refusal::of_read)?;
        let level = told_of(&mut tx, of, besides, &filter, vec![key.clone()]).await?.pop();
        let name = format!("{} at {}", key.sku, key.location);
        let level = level.filter(|it| !it.removed);
        let level = level.ok_or_else(|| Refusal::not_found("stock level", name))?;
        Ok(Response::new(proto::GetStockResponse { level: Some(level) }))
    }

    async fn list_stock(
        &self,
        request: Request<proto::ListStockRequest>,
    ) -> Answer<proto::ListStockResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::ListStockRequest { sku, location, page_size, page_token, at_least_revision } =
            request.into_inner();
        let filter = wire::list_filter(&caller, &sku, &location)?;
        let page = Page::asked(page_size, &page_token, &("stock", &filter))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let moment = self.reads.moment_of(of).await;
        let mut tx = moment.map_err(Refusal::of_read)?;
        let after = page.after.as_deref();
        let mut levels = Vec::new();
        let tell = |it| levels.push(it);
        tell_from(&mut tx, of, &filter, after, page.limit(), tell).await?;
        let next_page_token = page.cut(&mut levels, wire::key_in_log);
        Ok(Response::new(proto::ListStockResponse { levels, next_page_token }))
    }

    async fn list_stock_movements(
        &self,
        request: Request<proto::ListStockMovementsRequest>,
    ) -> Answer<proto::ListStockMovementsResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::ListStockMovementsRequest { sku, location, page_size, page_token } =
            request.into_inner();
        let key = wire::key(&sku, &location)?;
        let filter = wire::filter(&caller, None)?;
        let page = Page::asked(page_size, &page_token, &("stock movements", &key))?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let narrowed = selling::narrowed(&mut conn, of, &filter).await.map_err(Refusal::of_read)?;
        if narrowed.is_none_or(|it| !it.lets_through(&key)) {
            return Ok(Response::new(proto::ListStockMovementsResponse::default()));
        }
        let before = page.after.as_deref().and_then(|it| it.split_once(KEY_JOINT));
        let before = before.and_then(|(it, nth)| Some((it.parse().ok()?, nth.parse().ok()?)));
        let found = store::movements(&mut conn, of, &key, before, page.limit()).await;
        let mut movements = found.map_err(Refusal::of_read)?;
        let next_page_token =
            page.cut(&mut movements, |it| format!("{}{KEY_JOINT}{}", it.revision, it.ordinal));
        let movements = movements.into_iter().map(wire::movement).collect();
        Ok(Response::new(proto::ListStockMovementsResponse { movements, next_page_token }))
    }

    type WatchStockStream = Messages<WatchResponse>;

    async fn watch_stock(
        &self,
        request: Request<proto::WatchStockRequest>,
    ) -> Answer<Self::WatchStockStream> {
        let caller = caller(&request)?;
        let proto::WatchStockRequest { filter, start } = request.into_inner();
        let (filter, watch) = (wire::filter(&caller, filter)?, watch_start(start)?);
        Ok(Response::new(self.changes.watch(caller, StockFeed::Sold, filter, watch).await?))
    }

    async fn read_stock_changes(
        &self,
        request: Request<proto::ReadStockChangesRequest>,
    ) -> Answer<proto::ReadStockChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadStockChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let filter = wire::filter(&caller, filter)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let page = self.changes.read(caller, StockFeed::Sold, filter, read).await?;
        let ReadPage { entries: levels, resume_token, revision, snapshot, begins, more } = page;
        Ok(Response::new(proto::ReadStockChangesResponse {
            levels,
            resume_token,
            revision,
            snapshot,
            more,
            snapshot_begins: begins,
        }))
    }

    async fn assign_locations(
        &self,
        request: Request<proto::AssignLocationsRequest>,
    ) -> Answer<proto::AssignLocationsResponse> {
        selling::assign_locations(self, request).await
    }

    async fn list_assignments(
        &self,
        request: Request<proto::ListAssignmentsRequest>,
    ) -> Answer<proto::ListAssignmentsResponse> {
        selling::list_assignments(self, request).await
    }

    async fn set_buffers(
        &self,
        request: Request<proto::SetBuffersRequest>,
    ) -> Answer<proto::SetBuffersResponse> {
        selling::set_buffers(self, request).await
    }

    async fn list_buffers(
        &self,
        request: Request<proto::ListBuffersRequest>,
    ) -> Answer<proto::ListBuffersResponse> {
        selling::list_buffers(self, request).await
    }

    async fn set_sellability(
        &self,
        request: Request<proto::SetSellabilityRequest>,
    ) -> Answer<proto::SetSellabilityResponse> {
        selling::set_sellability(self, request).await
    }

    async fn list_sellability(
        &self,
        request: Request<proto::ListSellabilityRequest>,
    ) -> Answer<proto::ListSellabilityResponse> {
        selling::list_sellability(self, request).await
    }
}

/// Stock, as the feed tells of it.
#[derive(Clone, Copy, Debug)]
pub enum StockFeed {
    /// All that may be sold: also of articles that are made of others.
    Sold,
    /// What is kept in stock alone, each unit once.
    Kept,
}

impl Feed for StockFeed {
    type Filter = Filter;
    type Entry = proto::StockLevel;

    const STREAM: &'static str = "stock";

    fn kinds(&self) -> &'static [&'static str] {
        match self {
            StockFeed::Sold => {
                &["composition", "stock_level", "stock_assignment", "stock_buffer", "sellability"]
            }
            StockFeed::Kept => &["stock_level"],
        }
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        after: Option<&str>,
        limit: i64,
        tell: &mut (impl FnMut(Item<proto::StockLevel>) + Send),
    ) -> Result<()> {
        match self {
            StockFeed::Sold => tell_from(conn, of, filter, after, limit, |it| tell(item(it))).await,
            StockFeed::Kept => {
                let after = after.and_then(|it| it.split_once(KEY_JOINT));
                let only = (&filter.skus[..], &filter.locations[..]);
                let tell = |it| tell(item(wire::level(it)));
                store::list(conn, of, only, after, limit, tell).await.map_err(Refusal::of_read)
            }
        }
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        asked: &[Asked],
    ) -> Result<Vec<Item<proto::StockLevel>>> {
        let wire::Touched { levels, skus } = wire::touched(filter, asked);
        let levels: Vec<_> = levels.into_iter().collect();
        let levels = match self {
            StockFeed::Sold => {
                let besides = Besides::levels_of(conn, of).await.map_err(Refusal::of_read)?;
                let keys = composition::affected(conn, of, besides, &levels, &skus).await;
                told_of(conn, of, besides, filter, keys.map_err(Refusal::of_read)?).await?
            }
            StockFeed::Kept => {
                let levels = Level::load(conn, of, &levels).await.map_err(Refusal::of_read)?;
                levels.into_iter().map(wire::level).collect()
            }
        };
        Ok(levels.into_iter().map(item).collect())
    }

    /// A level is told as it was saved, where there is nothing that makes it look otherwise.
    fn recall(
        &self,
        filter: &Filter,
        saved: &[Arc<Committed>],
        asked: &[Asked],
    ) -> Option<Vec<Item<proto::StockLevel>>> {
        if !saved.iter().all(|it| Besides::is_nothing(&it.empty)) {
            return None;
        }
        let levels = saved.iter().flat_map(|it| it.saved.entries::<Level>());
        let levels: HashMap<&LevelKey, &Level> = levels.map(|it| (&it.key, it)).collect();
        let keys = wire::touched(filter, asked).levels;
        let eyes = Eyes::plain(filter.shop.as_ref());
        let told = |it: &LevelKey| {
            let seen = eyes.see(Level::clone(levels.get(it)?));
            Some(item(selling::told(seen)))
        };
        keys.iter().filter(|it| filter.lets_through(it)).map(told).collect()
    }

    /// A shop to which other locations were assigned sees other levels than before.
    fn begins_again(&self, filter: &Filter, asked: &[Asked]) -> bool {
        let shop = filter.shop.as_ref().map(SystemName::as_str);
        asked.iter().any(|it| it.kind == "stock_assignment" && Some(&*it.key) == shop)
    }
}

fn item(level: proto::StockLevel) -> Item<proto::StockLevel> {
    Item { key: wire::key_in_log(&level), revision: level.revision, entry: level }
}

/// Tells levels by key, from behind `after` on, as a reader sees them.
async fn tell_from(
    conn: &mut PgConnection,
    of: Environment,
    filter: &Filter,
    after: Option<&str>,
    limit: i64,
    mut tell: impl FnMut(proto::StockLevel),
) -> Result<()> {
    let besides = Besides::levels_of(conn, of).await.map_err(Refusal::of_read)?;
    let Some(narrowed) = narrowed(conn, of, besides, filter).await? else { return Ok(()) };
    let after = after.and_then(|it| it.split_once(KEY_JOINT));
    let tell = |it| tell(wire::shown(it));
    let told = composition::list(conn, of, besides, &narrowed, after, limit, tell).await;
    told.map_err(Refusal::of_read)
}

/// Those of these levels that a reader sees, as it sees them.
async fn told_of(
    conn: &mut PgConnection,
    of: Environment,
    besides: Besides,
    filter: &Filter,
    mut keys: Vec<LevelKey>,
) -> Result<Vec<proto::StockLevel>> {
    let Some(narrowed) = narrowed(conn, of, besides, filter).await? else { return Ok(Vec::new()) };
    keys.retain(|it| narrowed.lets_through(it));
    let found =
        composition::shown(conn, of, besides, narrowed.shop.as_ref(), &keys, Vec::new()).await;
    Ok(found.map_err(Refusal::of_read)?.into_iter().map(wire::shown).collect())
}

/// A filter, less what the shop that reads does not see; `None` where nothing is left.
async fn narrowed(
    conn: &mut PgConnection,
    of: Environment,
    besides: Besides,
    filter: &Filter,
) -> Result<Option<Filter>> {
    match besides.assignments {
        true => selling::narrowed(conn, of, filter).await.map_err(Refusal::of_read),
        false => Ok(Some(filter.clone())),
    }
}
