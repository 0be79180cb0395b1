use tonic::{Request, Response, Status};

use super::{Payment, wire};
use crate::access::caller;
use crate::documents::{Shelf, of_orders};
use crate::error::{Faults, Refusal, Result};
use crate::id::Ids;
use crate::lanes::Lanes;
use crate::orders;
use crate::parking::{Told, fact_result};
use crate::proto::{self, payment_service_server::PaymentService};
use crate::wire::{all, order_named, response};

/// Where payments are told of and asked for.
pub struct PaymentDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub shelf: Shelf,
    /// For new ids.
    pub ids: Ids,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl PaymentService for PaymentDesk {
    async fn record_payment(
        &self,
        request: Request<proto::RecordPaymentRequest>,
    ) -> Answer<proto::RecordPaymentResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let once = Told::once(&self.ids, wire::record(request.into_inner(), caller)?)?;
        let done = self.lanes.of(of).run(once).await?;
        let (payment_id, result) = (done.answer.id.to_string(), fact_result(&done.answer));
        let revision = done.revision;
        response(&done, proto::RecordPaymentResponse { payment_id, result, revision })
    }

    async fn get_payment_summary(
        &self,
        request: Request<proto::GetPaymentSummaryRequest>,
    ) -> Answer<proto::GetPaymentSummaryResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::GetPaymentSummaryRequest { order, at_least_revision } = request.into_inner();
        let mut faults = Faults::default();
        let named = order_named(&mut faults, "order", order, &caller.system);
        let named = all(faults, || named)?;
        self.shelf.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.shelf.reads.of(of).await.map_err(Refusal::of_read)?;
        let order = orders::look_up(&mut conn, &caller, &named).await?;
        let payments = of_orders::<Payment>(&mut conn, of, &[order.id]).await;
        Ok(Response::new(proto::GetPaymentSummaryResponse {
            order_id: order.id.to_string(),
            summary: Some(orders::told_payments(&order)),
            payments: payments.map_err(Refusal::of_read)?.into_iter().map(wire::payment).collect(),
        }))
    }
}
