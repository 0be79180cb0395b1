use tonic::{Request, Response, Status};

use super::{Invoice, wire};
use crate::access::caller;
use crate::books::NameKind;
use crate::documents::{PageAsked, Shelf};
use crate::error::Result;
use crate::id::Ids;
use crate::lanes::Lanes;
use crate::parking::{Told, fact_result};
use crate::proto::{self, invoice_service_server::InvoiceService};
use crate::wire::{one_document, response};

/// Where invoices are told of and asked for.
pub struct InvoiceDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub shelf: Shelf,
    /// For new ids.
    pub ids: Ids,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl InvoiceService for InvoiceDesk {
    async fn record_invoice(
        &self,
        request: Request<proto::RecordInvoiceRequest>,
    ) -> Answer<proto::RecordInvoiceResponse> {
        let caller = caller(&request)?;
        let record = wire::record(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, record)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (invoice_id, result) = (done.answer.id.to_string(), fact_result(&done.answer));
        let revision = done.revision;
        response(&done, proto::RecordInvoiceResponse { invoice_id, result, revision })
    }

    async fn get_invoice(
        &self,
        request: Request<proto::GetInvoiceRequest>,
    ) -> Answer<proto::GetInvoiceResponse> {
        let caller = caller(&request)?;
        let proto::GetInvoiceRequest { invoice, at_least_revision } = request.into_inner();
        let named = one_document("invoice", invoice, &caller.system, NameKind::Invoice)?;
        let found = self.shelf.get::<Invoice>(&caller, &named, at_least_revision);
        Ok(Response::new(proto::GetInvoiceResponse { invoice: Some(wire::invoice(found.await?)) }))
    }

    async fn list_invoices(
        &self,
        request: Request<proto::ListInvoicesRequest>,
    ) -> Answer<proto::ListInvoicesResponse> {
        let caller = caller(&request)?;
        let proto::ListInvoicesRequest { order_id, page_size, page_token, at_least_revision } =
            request.into_inner();
        let asked = PageAsked { order_id, page_size, page_token, at_least_revision };
        let (invoices, next_page_token) = self.shelf.page::<Invoice>(&caller, asked).await?;
        let invoices = invoices.into_iter().map(wire::invoice).collect();
        Ok(Response::new(proto::ListInvoicesResponse { invoices, next_page_token }))
    }
}
