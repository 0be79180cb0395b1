use tonic::{Request, Response, Status};

use super::wire::Previewed;
use super::{CreditNote, Preview, PreviewOrder, wire};
use crate::access::caller;
use crate::books::NameKind;
use crate::changes::{Messages, ReadPage, WatchResponse, read_start, watch_start};
use crate::documents::{ByShop, DocumentFeed, PageAsked, Seen, Shelf, Watched, of_orders};
use crate::error::{Refusal, Result};
use crate::id::{Environment, Ids, OrderId};
use crate::invoices::Invoice;
use crate::lanes::Lanes;
use crate::orders::Order;
use crate::parking::{Told, fact_result};
use crate::proto::{self, credit_note_service_server::CreditNoteService};
use crate::wire::{one_document, response};

/// Where credit notes are issued and asked for.
pub struct CreditNoteDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub shelf: Shelf,
    /// For new ids.
    pub ids: Ids,
}

type Answer<T> = Result<Response<T>, Status>;

/// How often invoices of an order are looked for that come in meanwhile.
const LOOKS_MAX: usize = 20;

impl CreditNoteDesk {
    /// Which invoices an order has, a command cannot look up. One that came in between is found the next
    /// time, because it was committed then.
    async fn preview_order(
        &self,
        (of, sees): (Environment, ByShop),
        mut preview: PreviewOrder,
    ) -> Result<proto::PreviewCreditNoteResponse> {
        for _ in 0..LOOKS_MAX {
            let mut conn = self.shelf.reads.of(of).await.map_err(Refusal::of_read)?;
            let order = preview.order.look_up(&mut conn, of).await.map_err(Refusal::of_read)?;
            let orders: Vec<_> = order.into_iter().map(OrderId).collect();
            let invoices = of_orders::<Invoice>(&mut conn, of, &orders).await;
            drop(conn);
            let invoices = invoices.map_err(Refusal::of_read)?;
            preview.invoices = invoices.into_iter().map(|it| it.id).collect();
            let named = preview.order.clone();
            let seen = Seen::<Order, _>::new(sees.clone(), named, preview.clone());
            let done = self.lanes.of(of).run(seen).await?;
            if let Some((order, notes)) = done.answer {
                return wire::previewed_order(&order, notes, done.revision);
            }
        }
        Err(Refusal::internal("the invoices of an order are not those of its lines"))
    }
}

#[tonic::async_trait]
impl CreditNoteService for CreditNoteDesk {
    async fn issue_credit_note(
        &self,
        request: Request<proto::IssueCreditNoteRequest>,
    ) -> Answer<proto::IssueCreditNoteResponse> {
        let caller = caller(&request)?;
        let issue = wire::issue(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, issue)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let answer = proto::IssueCreditNoteResponse {
            credit_note_id: done.answer.id.to_string(),
            result: fact_result(&done.answer),
            total: done.answer.made.map(|it| it.to_string()).unwrap_or_default(),
            revision: done.revision,
        };
        response(&done, answer)
    }

    async fn settle_credit_note(
        &self,
        request: Request<proto::SettleCreditNoteRequest>,
    ) -> Answer<proto::SettleCreditNoteResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let settle = wire::settle(request.into_inner(), caller)?;
        let once = Told::once(&self.ids, settle)?;
        let done = self.lanes.of(of).run(once).await?;
        let (result, revision) = (fact_result(&done.answer), done.revision);
        response(&done, proto::SettleCreditNoteResponse { result, revision })
    }

    async fn preview_credit_note(
        &self,
        request: Request<proto::PreviewCreditNoteRequest>,
    ) -> Answer<proto::PreviewCreditNoteResponse> {
        let caller = caller(&request)?;
        let (of, sees) = (caller.environment, ByShop::seen_by(&caller));
        match wire::preview(request.into_inner(), caller.system)? {
            Previewed::Invoice(issue) => {
                let done = self.lanes.of(of).run(Preview { issue, sees }).await?;
                Ok(Response::new(wire::previewed(done.answer, done.revision)))
            }
            Previewed::Order(preview) => {
                Ok(Response::new(self.preview_order((of, sees), preview).await?))
            }
        }
    }

    async fn get_credit_note(
        &self,
        request: Request<proto::GetCreditNoteRequest>,
    ) -> Answer<proto::GetCreditNoteResponse> {
        let caller = caller(&request)?;
        let proto::GetCreditNoteRequest { credit_note, at_least_revision } = request.into_inner();
        let kind = NameKind::CreditNote;
        let named = one_document("credit_note", credit_note, &caller.system, kind)?;
        let found = self.shelf.get::<CreditNote>(&caller, &named, at_least_revision);
        Ok(Response::new(proto::GetCreditNoteResponse {
            credit_note: Some(wire::credit_note(found.await?)),
        }))
    }

    async fn list_credit_notes(
        &self,
        request: Request<proto::ListCreditNotesRequest>,
    ) -> Answer<proto::ListCreditNotesResponse> {
        let caller = caller(&request)?;
        let proto::ListCreditNotesRequest { order_id, page_size, page_token, at_least_revision } =
            request.into_inner();
        let asked = PageAsked { order_id, page_size, page_token, at_least_revision };
        let (credit_notes, next_page_token) = self.shelf.page::<CreditNote>(&caller, asked).await?;
        let credit_notes = credit_notes.into_iter().map(wire::credit_note).collect();
        Ok(Response::new(proto::ListCreditNotesResponse { credit_notes, next_page_token }))
    }

    type WatchCreditNotesStream = Messages<WatchResponse>;

    async fn watch_credit_notes(
        &self,
        request: Request<proto::WatchCreditNotesRequest>,
    ) -> Answer<Self::WatchCreditNotesStream> {
        let caller = caller(&request)?;
        let proto::WatchCreditNotesRequest { filter, start } = request.into_inner();
        let filter = ByShop::parse(&caller, "filter.shop", &filter.unwrap_or_default().shop)?;
        let (feed, watch) = (DocumentFeed::<CreditNote>::default(), watch_start(start)?);
        Ok(Response::new(self.shelf.changes.watch(caller, feed, filter, watch).await?))
    }

    async fn read_credit_note_changes(
        &self,
        request: Request<proto::ReadCreditNoteChangesRequest>,
    ) -> Answer<proto::ReadCreditNoteChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadCreditNoteChangesRequest {
            filter,
            resume_token,
            on_expired,
            page_size,
            wait,
        } = request.into_inner();
        let filter = ByShop::parse(&caller, "filter.shop", &filter.unwrap_or_default().shop)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let feed = DocumentFeed::<CreditNote>::default();
        let page = self.shelf.changes.read(caller, feed, filter, read).await?;
        let ReadPage { entries: credit_notes, resume_token, revision, snapshot, more, begins: _ } =
            page;
        let answer = proto::ReadCreditNoteChangesResponse {
            credit_notes,
            resume_token,
            revision,
            snapshot,
            more,
        };
        Ok(Response::new(answer))
    }
}

impl Watched for CreditNote {
    type Told = proto::CreditNote;

    const STREAM: &'static str = "credit_notes";
    const KINDS: &'static [&'static str] = &["credit_note"];

    fn told(self) -> proto::CreditNote {
        wire::credit_note(self)
    }
}
