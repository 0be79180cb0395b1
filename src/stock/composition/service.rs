use tonic::{Request, Response, Status};

use super::{Composition, SetCompositions, store, wire};
use crate::access::caller;
use crate::books::{Entry, Once};
use crate::changes::{Changes, Entries, Source};
use crate::error::{Refusal, Result};
use crate::id::Sku;
use crate::lanes::Lanes;
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto;
use crate::proto::change_entry::State;
use crate::proto::composition_service_server::CompositionService;
use crate::stock::wire::results;
use crate::wire::{request_name, response};

/// Where it is told and asked what articles are made of.
pub struct CompositionDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
    /// For waiting until something can be read.
    pub changes: Changes,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl CompositionService for CompositionDesk {
    async fn set_compositions(
        &self,
        request: Request<proto::SetCompositionsRequest>,
    ) -> Answer<proto::SetCompositionsResponse> {
        let caller = caller(&request)?;
        let (id, rows) = wire::declared(request.into_inner())?;
        let said = SetCompositions { rows };
        let once = Once::new(request_name(&caller.system, &id), 0, said)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        let results = results(&done.answer);
        response(&done, proto::SetCompositionsResponse { revision: done.revision, results })
    }

    async fn get_composition(
        &self,
        request: Request<proto::GetCompositionRequest>,
    ) -> Answer<proto::GetCompositionResponse> {
        let of = caller(&request)?.environment;
        let proto::GetCompositionRequest { sku, at_least_revision } = request.into_inner();
        let sku = Sku::parse(&sku).map_err(|it| Refusal::field("sku", it))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let found = Composition::load(&mut conn, of, std::slice::from_ref(&sku)).await;
        let found = found.map_err(Refusal::of_read)?.pop();
        let found = found.ok_or_else(|| Refusal::not_found("composition", &sku))?;
        let composition = Some(wire::composition(found));
        Ok(Response::new(proto::GetCompositionResponse { composition }))
    }

    async fn list_compositions(
        &self,
        request: Request<proto::ListCompositionsRequest>,
    ) -> Answer<proto::ListCompositionsResponse> {
        let of = caller(&request)?.environment;
        let proto::ListCompositionsRequest { page_size, page_token, at_least_revision } =
            request.into_inner();
        let page = Page::asked(page_size, &page_token, &"compositions")?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().unwrap_or_default();
        let found = store::page(&mut conn, of, after, page.limit()).await;
        let mut found = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut found, |it| it.sku.to_string());
        let compositions = found.into_iter().map(wire::composition).collect();
        Ok(Response::new(proto::ListCompositionsResponse { compositions, next_page_token }))
    }
}

/// Compositions, as a part of everything.
pub fn source() -> Box<dyn Source> {
    Box::new(Entries::<Composition> {
        key: |it| Some(Sku::stored(it)),
        told: Box::new(|it| (it.revision, State::Composition(wire::composition(it)))),
        gone: |_| None,
        list: |conn, of, after, limit| {
            Box::pin(async move { store::page(conn, of, after.unwrap_or_default(), limit).await })
        },
    })
}
