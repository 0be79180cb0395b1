use tonic::{Request, Response, Status};

use super::{Shipment, wire};
use crate::access::caller;
use crate::books::{NameKind, Once};
use crate::documents::{PageAsked, Shelf};
use crate::error::Result;
use crate::id::Ids;
use crate::lanes::Lanes;
use crate::parking::{Told, fact_result};
use crate::proto::{self, shipment_service_server::ShipmentService};
use crate::wire::{one_document, request_name, response};

/// Where shipments are told of and asked for.
pub struct ShipmentDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub shelf: Shelf,
    /// For new ids.
    pub ids: Ids,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ShipmentService for ShipmentDesk {
    async fn create_shipment(
        &self,
        request: Request<proto::CreateShipmentRequest>,
    ) -> Answer<proto::CreateShipmentResponse> {
        let caller = caller(&request)?;
        let ship = wire::ship(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, ship)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (shipment_id, result) = (done.answer.id.to_string(), fact_result(&done.answer));
        let revision = done.revision;
        response(&done, proto::CreateShipmentResponse { shipment_id, result, revision })
    }

    async fn cancel_shipment(
        &self,
        request: Request<proto::CancelShipmentRequest>,
    ) -> Answer<proto::CancelShipmentResponse> {
        let caller = caller(&request)?;
        let undo = wire::undo(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, undo)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (result, revision) = (fact_result(&done.answer), done.revision);
        response(&done, proto::CancelShipmentResponse { result, revision })
    }

    async fn cancel_order_lines(
        &self,
        request: Request<proto::CancelOrderLinesRequest>,
    ) -> Answer<proto::CancelOrderLinesResponse> {
        let caller = caller(&request)?;
        let (request_id, cancel) = wire::cancel(request.into_inner(), &caller.system)?;
        let once = Once::new(request_name(&caller.system, &request_id), 0, cancel)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (lines, revision) = (wire::cancelled(done.answer.clone()), done.revision);
        response(&done, proto::CancelOrderLinesResponse { lines, revision })
    }

    async fn get_shipment(
        &self,
        request: Request<proto::GetShipmentRequest>,
    ) -> Answer<proto::GetShipmentResponse> {
        let caller = caller(&request)?;
        let proto::GetShipmentRequest { shipment, at_least_revision } = request.into_inner();
        let named = one_document("shipment", shipment, &caller.system, NameKind::Shipment)?;
        let found = self.shelf.get::<Shipment>(&caller, &named, at_least_revision);
        Ok(Response::new(proto::GetShipmentResponse {
            shipment: Some(wire::shipment(found.await?)),
        }))
    }

    async fn list_shipments(
        &self,
        request: Request<proto::ListShipmentsRequest>,
    ) -> Answer<proto::ListShipmentsResponse> {
        let caller = caller(&request)?;
        let proto::ListShipmentsRequest { order_id, page_size, page_token, at_least_revision } =
            request.into_inner();
        let asked = PageAsked { order_id, page_size, page_token, at_least_revision };
        let (shipments, next_page_token) = self.shelf.page::<Shipment>(&caller, asked).await?;
        let shipments = shipments.into_iter().map(wire::shipment).collect();
        Ok(Response::new(proto::ListShipmentsResponse { shipments, next_page_token }))
    }
}
