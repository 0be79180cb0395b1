use tonic::{Request, Response, Status};

use super::{CreditNote, Preview, wire};
use crate::access::caller;
use crate::books::NameKind;
use crate::changes::{Event, Messages, ReadPage, read_start, watch_message, watch_start};
use crate::documents::{ByShop, DocumentFeed, PageAsked, Shelf, Watched};
use crate::error::Result;
use crate::id::Ids;
use crate::lanes::Lanes;
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
        let settle = wire::settle(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, settle)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (result, revision) = (fact_result(&done.answer), done.revision);
        response(&done, proto::SettleCreditNoteResponse { result, revision })
    }

    async fn preview_credit_note(
        &self,
        request: Request<proto::PreviewCreditNoteRequest>,
    ) -> Answer<proto::PreviewCreditNoteResponse> {
        let caller = caller(&request)?;
        let preview = Preview(wire::preview(request.into_inner(), caller.system)?);
        let done = self.lanes.of(caller.environment).run(preview).await?;
        Ok(Response::new(wire::previewed(done.answer, done.revision)))
    }

    async fn get_credit_note(
        &self,
        request: Request<proto::GetCreditNoteRequest>,
    ) -> Answer<proto::GetCreditNoteResponse> {
        let caller = caller(&request)?;
        let proto::GetCreditNoteRequest { credit_note, at_least_revision } = request.into_inner();
        let kind = NameKind::CreditNote;
        let named = one_document("credit_note", credit_note, &caller.system, kind)?;
        let found = self.shelf.get::<CreditNote>(caller.environment, &named, at_least_revision);
        Ok(Response::new(proto::GetCreditNoteResponse {
            credit_note: Some(wire::credit_note(found.await?)),
        }))
    }

    async fn list_credit_notes(
        &self,
        request: Request<proto::ListCreditNotesRequest>,
    ) -> Answer<proto::ListCreditNotesResponse> {
        let of = caller(&request)?.environment;
        let proto::ListCreditNotesRequest { order_id, page_size, page_token, at_least_revision } =
            request.into_inner();
        let asked = PageAsked { order_id, page_size, page_token, at_least_revision };
        let (credit_notes, next_page_token) = self.shelf.page::<CreditNote>(of, asked).await?;
        let credit_notes = credit_notes.into_iter().map(wire::credit_note).collect();
        Ok(Response::new(proto::ListCreditNotesResponse { credit_notes, next_page_token }))
    }

    type WatchCreditNotesStream = Messages<proto::WatchCreditNotesResponse>;

    async fn watch_credit_notes(
        &self,
        request: Request<proto::WatchCreditNotesRequest>,
    ) -> Answer<Self::WatchCreditNotesStream> {
        let caller = caller(&request)?;
        let proto::WatchCreditNotesRequest { filter, start } = request.into_inner();
        let filter = ByShop::parse("filter.shop", &filter.unwrap_or_default().shop)?;
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
        let filter = ByShop::parse("filter.shop", &filter.unwrap_or_default().shop)?;
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
    type Message = proto::WatchCreditNotesResponse;

    const STREAM: &'static str = "credit_notes";
    const KINDS: &'static [&'static str] = &["credit_note"];

    fn told(self) -> proto::CreditNote {
        wire::credit_note(self)
    }

    fn message(
        resume_token: String,
        stream_sequence: i64,
        event: Event<proto::CreditNote>,
    ) -> Self::Message {
        let said = (resume_token, stream_sequence, event);
        watch_message!(said => WatchCreditNotesResponse, watch_credit_notes_response, CreditNoteSnapshotChunk, CreditNoteChanges { credit_notes })
    }
}
