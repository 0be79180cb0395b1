use tonic::{Request, Response, Status};

use super::{Reservation, wire};
use crate::access::caller;
use crate::books::{NameKind, Once};
use crate::documents::Shelf;
use crate::id::{Ids, ReservationId};
use crate::lanes::Lanes;
use crate::proto::{self, reservation_service_server::ReservationService};
use crate::stock::ServeBackOrders;
use crate::wire::{one_document, request_name, response, timestamp};

/// Where units are held for carts.
pub struct ReservationDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub shelf: Shelf,
    /// For new ids.
    pub ids: Ids,
    /// Who gets what becomes free.
    pub back_orders: &'static dyn ServeBackOrders,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ReservationService for ReservationDesk {
    async fn create_reservation(
        &self,
        request: Request<proto::CreateReservationRequest>,
    ) -> Answer<proto::CreateReservationResponse> {
        let caller = caller(&request)?;
        let (of, id) = (caller.environment, ReservationId(self.ids.next_number()));
        let hold = wire::hold(request.into_inner(), caller, id)?;
        let done = self.lanes.of(of).run(Once::new(hold.name(), id.0, hold)?).await?;
        let answer = proto::CreateReservationResponse {
            reservation_id: done.answer.id.to_string(),
            expire_time: Some(timestamp(done.answer.until)),
            revision: done.revision,
        };
        response(&done, answer)
    }

    async fn consume_reservation(
        &self,
        request: Request<proto::ConsumeReservationRequest>,
    ) -> Answer<proto::ConsumeReservationResponse> {
        let caller = caller(&request)?;
        let (request_id, consume) = wire::consume(request.into_inner(), &caller)?;
        let once = Once::new(request_name(&caller.system, &request_id), 0, consume)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        response(&done, proto::ConsumeReservationResponse { revision: done.revision })
    }

    async fn release_reservation(
        &self,
        request: Request<proto::ReleaseReservationRequest>,
    ) -> Answer<proto::ReleaseReservationResponse> {
        let caller = caller(&request)?;
        let (request_id, release) = wire::release(request.into_inner(), &caller, self.back_orders)?;
        let once = Once::new(request_name(&caller.system, &request_id), 0, release)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        response(&done, proto::ReleaseReservationResponse { revision: done.revision })
    }

    async fn extend_reservation(
        &self,
        request: Request<proto::ExtendReservationRequest>,
    ) -> Answer<proto::ExtendReservationResponse> {
        let caller = caller(&request)?;
        let (request_id, extend) = wire::extend(request.into_inner(), &caller)?;
        let once = Once::new(request_name(&caller.system, &request_id), 0, extend)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (expire_time, revision) = (Some(timestamp(done.answer)), done.revision);
        response(&done, proto::ExtendReservationResponse { expire_time, revision })
    }

    async fn get_reservation(
        &self,
        request: Request<proto::GetReservationRequest>,
    ) -> Answer<proto::GetReservationResponse> {
        let caller = caller(&request)?;
        let proto::GetReservationRequest { reservation, at_least_revision } = request.into_inner();
        let kind = NameKind::Reservation;
        let named = one_document("reservation", reservation, &caller.system, kind)?;
        let found = self.shelf.get::<Reservation>(&caller, &named, at_least_revision);
        let reservation = Some(wire::told(found.await?));
        Ok(Response::new(proto::GetReservationResponse { reservation }))
    }
}
