use tonic::{Request, Response, Status};

use super::{AssignLocations, SetBuffers, SetSellability, store, wire};
use crate::access::caller;
use crate::books::Once;
use crate::error::{Refusal, Result};
use crate::id::Sku;
use crate::page::Page;
use crate::proto;
use crate::stock::StockDesk;
use crate::stock::wire::results;
use crate::wire::{request_name, response};

type Answer<T> = Result<Response<T>, Status>;

pub async fn assign_locations(
    desk: &StockDesk,
    request: Request<proto::AssignLocationsRequest>,
) -> Answer<proto::AssignLocationsResponse> {
    let caller = caller(&request)?;
    let (id, rows) = wire::assignments(request.into_inner())?;
    let once = Once::new(request_name(&caller.system, &id), 0, AssignLocations { rows })?;
    let done = desk.lanes.of(caller.environment).run(once).await?;
    let (revision, results) = (done.revision, results(&done.answer));
    response(&done, proto::AssignLocationsResponse { revision, results })
}

pub async fn list_assignments(
    desk: &StockDesk,
    request: Request<proto::ListAssignmentsRequest>,
) -> Answer<proto::ListAssignmentsResponse> {
    let caller = caller(&request)?;
    let of = caller.environment;
    let proto::ListAssignmentsRequest { shop, page_size, page_token, at_least_revision } =
        request.into_inner();
    let shop = wire::whose(&caller, &shop)?;
    let page = Page::asked(page_size, &page_token, &("assignments", &shop))?;
    desk.changes.wait_for(of, at_least_revision).await?;
    let mut conn = desk.reads.of(of).await.map_err(Refusal::of_read)?;
    let after = page.after.as_deref();
    let found = store::assignments(&mut conn, of, shop.as_ref(), after, page.limit()).await;
    let mut found = found.map_err(Refusal::of_read)?;
    let next_page_token = page.cut(&mut found, |it| it.shop.to_string());
    let assignments = found.into_iter().map(wire::told_assignment).collect();
    Ok(Response::new(proto::ListAssignmentsResponse { assignments, next_page_token }))
}

pub async fn set_buffers(
    desk: &StockDesk,
    request: Request<proto::SetBuffersRequest>,
) -> Answer<proto::SetBuffersResponse> {
    let caller = caller(&request)?;
    let (id, rows) = wire::buffers(request.into_inner())?;
    let once = Once::new(request_name(&caller.system, &id), 0, SetBuffers { rows })?;
    let done = desk.lanes.of(caller.environment).run(once).await?;
    let (revision, results) = (done.revision, results(&done.answer));
    response(&done, proto::SetBuffersResponse { revision, results })
}

pub async fn list_buffers(
    desk: &StockDesk,
    request: Request<proto::ListBuffersRequest>,
) -> Answer<proto::ListBuffersResponse> {
    let caller = caller(&request)?;
    let of = caller.environment;
    let proto::ListBuffersRequest { shop, page_size, page_token, at_least_revision } =
        request.into_inner();
    let shop = wire::whose(&caller, &shop)?;
    let page = Page::asked(page_size, &page_token, &("buffers", &shop))?;
    desk.changes.wait_for(of, at_least_revision).await?;
    let mut conn = desk.reads.of(of).await.map_err(Refusal::of_read)?;
    let after = page.after.as_deref().and_then(wire::buffer_key);
    let found = store::buffers(&mut conn, of, shop.as_ref(), after.as_ref(), page.limit()).await;
    let mut found = found.map_err(Refusal::of_read)?;
    let next_page_token = page.cut(&mut found, |it| it.key.to_string());
    let buffers = found.into_iter().map(wire::told_buffer).collect();
    Ok(Response::new(proto::ListBuffersResponse { buffers, next_page_token }))
}

pub async fn set_sellability(
    desk: &StockDesk,
    request: Request<proto::SetSellabilityRequest>,
) -> Answer<proto::SetSellabilityResponse> {
    let caller = caller(&request)?;
    // Each row has its own identity, so the call needs none.
    let rows = wire::articles(request.into_inner())?;
    let done = desk.lanes.of(caller.environment).run(SetSellability { rows }).await?;
    let (revision, results) = (done.revision, results(&done.answer));
    response(&done, proto::SetSellabilityResponse { revision, results })
}

pub async fn list_sellability(
    desk: &StockDesk,
    request: Request<proto::ListSellabilityRequest>,
) -> Answer<proto::ListSellabilityResponse> {
    let of = caller(&request)?.environment;
    let proto::ListSellabilityRequest { sku, page_size, page_token, at_least_revision } =
        request.into_inner();
    let sku = match sku.as_str() {
        "" => None,
        sku => Some(Sku::parse(sku).map_err(|it| Refusal::field("sku", it))?),
    };
    let page = Page::asked(page_size, &page_token, &("sellability", &sku))?;
    desk.changes.wait_for(of, at_least_revision).await?;
    let mut conn = desk.reads.of(of).await.map_err(Refusal::of_read)?;
    let after = page.after.as_deref();
    let found = store::articles(&mut conn, of, sku.as_ref(), after, page.limit()).await;
    let mut found = found.map_err(Refusal::of_read)?;
    let next_page_token = page.cut(&mut found, |it| it.said.sku.to_string());
    let articles = found.into_iter().map(wire::told_article).collect();
    Ok(Response::new(proto::ListSellabilityResponse { articles, next_page_token }))
}
