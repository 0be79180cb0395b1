use tonic::{Request, Response, Status};

use super::{Return, wire};
use crate::access::caller;
use crate::books::{NameKind, Once};
use crate::changes::{Messages, ReadPage, WatchResponse, read_start, watch_start};
use crate::documents::{ByShop, DocumentFeed, PageAsked, Seen, Shelf, Watched};
use crate::error::Result;
use crate::id::{Ids, ReturnId};
use crate::lanes::Lanes;
use crate::orders::Order;
use crate::parking::{Told, fact_result};
use crate::proto::{self, return_service_server::ReturnService};
use crate::wire::{one_document, request_name, response};

/// Where returns are announced, decided, received and asked for.
pub struct ReturnDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub shelf: Shelf,
    /// For new ids.
    pub ids: Ids,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ReturnService for ReturnDesk {
    async fn request_return(
        &self,
        request: Request<proto::RequestReturnRequest>,
    ) -> Answer<proto::RequestReturnResponse> {
        let caller = caller(&request)?;
        let id = ReturnId(self.ids.next_number());
        let (of, sees) = (caller.environment, ByShop::seen_by(&caller));
        let announced = wire::request(request.into_inner(), caller, id)?;
        let (name, order) = (announced.name(), announced.order.clone());
        let once = Once::new(name, id.0, Seen::<Order, _>::new(sees, order, announced))?;
        let done = self.lanes.of(of).run(once).await?;
        let (return_id, revision) = (done.answer.to_string(), done.revision);
        response(&done, proto::RequestReturnResponse { return_id, revision })
    }

    async fn approve_return(
        &self,
        request: Request<proto::ApproveReturnRequest>,
    ) -> Answer<proto::ApproveReturnResponse> {
        let caller = caller(&request)?;
        let (request_id, approve) = wire::approve(request.into_inner(), &caller.system)?;
        let (sees, named) = (ByShop::seen_by(&caller), approve.named.clone());
        let approve = Seen::<Return, _>::new(sees, named, approve);
        let once = Once::new(request_name(&caller.system, &request_id), 0, approve)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        response(&done, proto::ApproveReturnResponse { revision: done.revision })
    }

    async fn decline_return(
        &self,
        request: Request<proto::DeclineReturnRequest>,
    ) -> Answer<proto::DeclineReturnResponse> {
        let caller = caller(&request)?;
        let (request_id, decline) = wire::decline(request.into_inner(), &caller.system)?;
        let (sees, named) = (ByShop::seen_by(&caller), decline.named.clone());
        let decline = Seen::<Return, _>::new(sees, named, decline);
        let once = Once::new(request_name(&caller.system, &request_id), 0, decline)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        response(&done, proto::DeclineReturnResponse { revision: done.revision })
    }

    async fn receive_return(
        &self,
        request: Request<proto::ReceiveReturnRequest>,
    ) -> Answer<proto::ReceiveReturnResponse> {
        let caller = caller(&request)?;
        let receive = wire::receive(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, receive)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (reception_id, result) = (done.answer.id.to_string(), fact_result(&done.answer));
        let revision = done.revision;
        response(&done, proto::ReceiveReturnResponse { reception_id, result, revision })
    }

    async fn inspect_return(
        &self,
        request: Request<proto::InspectReturnRequest>,
    ) -> Answer<proto::InspectReturnResponse> {
        let caller = caller(&request)?;
        let inspect = wire::inspect(request.into_inner(), caller.system)?;
        let once = Told::once(&self.ids, inspect)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let (result, revision) = (fact_result(&done.answer), done.revision);
        response(&done, proto::InspectReturnResponse { result, revision })
    }

    async fn close_return(
        &self,
        request: Request<proto::CloseReturnRequest>,
    ) -> Answer<proto::CloseReturnResponse> {
        let caller = caller(&request)?;
        let (request_id, close) = wire::close(request.into_inner(), &caller.system)?;
        let (sees, named) = (ByShop::seen_by(&caller), close.named.clone());
        let close = Seen::<Return, _>::new(sees, named, close);
        let once = Once::new(request_name(&caller.system, &request_id), 0, close)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        response(&done, proto::CloseReturnResponse { revision: done.revision })
    }

    async fn get_return(
        &self,
        request: Request<proto::GetReturnRequest>,
    ) -> Answer<proto::GetReturnResponse> {
        let caller = caller(&request)?;
        let proto::GetReturnRequest { r#return, at_least_revision } = request.into_inner();
        let named = one_document("return", r#return, &caller.system, NameKind::Return)?;
        let found = self.shelf.get::<Return>(&caller, &named, at_least_revision);
        Ok(Response::new(proto::GetReturnResponse { r#return: Some(wire::told(found.await?)) }))
    }

    async fn list_returns(
        &self,
        request: Request<proto::ListReturnsRequest>,
    ) -> Answer<proto::ListReturnsResponse> {
        let caller = caller(&request)?;
        let proto::ListReturnsRequest { order_id, page_size, page_token, at_least_revision } =
            request.into_inner();
        let asked = PageAsked { order_id, page_size, page_token, at_least_revision };
        let (returns, next_page_token) = self.shelf.page::<Return>(&caller, asked).await?;
        let returns = returns.into_iter().map(wire::told).collect();
        Ok(Response::new(proto::ListReturnsResponse { returns, next_page_token }))
    }

    type WatchReturnsStream = Messages<WatchResponse>;

    async fn watch_returns(
        &self,
        request: Request<proto::WatchReturnsRequest>,
    ) -> Answer<Self::WatchReturnsStream> {
        let caller = caller(&request)?;
        let proto::WatchReturnsRequest { filter, start } = request.into_inner();
        let filter = ByShop::parse(&caller, "filter.shop", &filter.unwrap_or_default().shop)?;
        let (feed, watch) = (DocumentFeed::<Return>::default(), watch_start(start)?);
        Ok(Response::new(self.shelf.changes.watch(caller, feed, filter, watch).await?))
    }

    async fn read_return_changes(
        &self,
        request: Request<proto::ReadReturnChangesRequest>,
    ) -> Answer<proto::ReadReturnChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadReturnChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let filter = ByShop::parse(&caller, "filter.shop", &filter.unwrap_or_default().shop)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let feed = DocumentFeed::<Return>::default();
        let page = self.shelf.changes.read(caller, feed, filter, read).await?;
        let ReadPage { entries: returns, resume_token, revision, snapshot, more, begins: _ } = page;
        let answer =
            proto::ReadReturnChangesResponse { returns, resume_token, revision, snapshot, more };
        Ok(Response::new(answer))
    }
}

impl Watched for Return {
    type Told = proto::Return;

    const STREAM: &'static str = "returns";
    const KINDS: &'static [&'static str] = &["return"];

    fn told(self) -> proto::Return {
        wire::told(self)
    }
}
