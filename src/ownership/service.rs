use tonic::{Request, Response, Status};

use super::{Ownership, store, wire};
use crate::access::{SystemKind, caller};
use crate::admin;
use crate::books::{Entry, KEY_JOINT, Once};
use crate::changes::{Changes, Entries, Source};
use crate::error::{Refusal, Result};
use crate::lanes::Lanes;
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::change_entry::State;
use crate::proto::{self, ownership_service_server::OwnershipService};
use crate::wire::{request_name, response};

/// Where it is said and asked who leads.
pub struct OwnershipDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
    /// For waiting until a revision can be read.
    pub changes: Changes,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl OwnershipService for OwnershipDesk {
    async fn set_ownership(
        &self,
        request: Request<proto::SetOwnershipRequest>,
    ) -> Answer<proto::SetOwnershipResponse> {
        let caller = caller(&request)?;
        let (id, set) = wire::set(request.into_inner())?;
        if let Some(leader) = &set.leader {
            // Systems live in another environment's lane. One that exists never goes, nor changes.
            let found = admin::system_of(&self.reads, caller.environment, leader).await;
            let found = found.map_err(Refusal::of_read)?;
            let system = found.ok_or_else(|| Refusal::not_found("system", leader))?;
            if system.kind != SystemKind::Erp {
                return Err(Refusal::field("leader", "must be an ERP").into());
            }
        }
        let once = Once::new(request_name(&caller.system, &id), 0, set)?;
        let done = self.lanes.of(caller.environment).run(once).await?;
        response(&done, proto::SetOwnershipResponse { revision: done.revision })
    }

    async fn get_ownership(
        &self,
        request: Request<proto::GetOwnershipRequest>,
    ) -> Answer<proto::GetOwnershipResponse> {
        let of = caller(&request)?.environment;
        let request = request.into_inner();
        let key = wire::key(request.data_set(), &request.location)?;
        self.changes.wait_for(of, request.at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let found = Ownership::load(&mut conn, of, std::slice::from_ref(&key)).await;
        let found = found.map_err(Refusal::of_read)?.pop();
        let name = || format!("{} at {}", key.data_set.as_str(), key.location);
        let found = found.ok_or_else(|| Refusal::not_found("ownership", name()))?;
        Ok(Response::new(proto::GetOwnershipResponse { ownership: Some(wire::ownership(found)) }))
    }

    async fn list_ownership(
        &self,
        request: Request<proto::ListOwnershipRequest>,
    ) -> Answer<proto::ListOwnershipResponse> {
        let of = caller(&request)?.environment;
        let proto::ListOwnershipRequest { page_size, page_token } = request.into_inner();
        let page = Page::asked(page_size, &page_token, &"ownership")?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| it.split_once(KEY_JOINT));
        let found = store::list(&mut conn, of, after.unwrap_or_default(), page.limit()).await;
        let mut found = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut found, |it| it.key.to_string());
        let ownerships = found.into_iter().map(wire::ownership).collect();
        Ok(Response::new(proto::ListOwnershipResponse { ownerships, next_page_token }))
    }
}

/// Who leads, as a part of everything.
pub fn source() -> Box<dyn Source> {
    Box::new(Entries::<Ownership> {
        key: wire::key_of_log,
        told: Box::new(|it| (it.revision, State::Ownership(wire::ownership(it)))),
        gone: |key| Some(State::Ownership(wire::nobody(&key))),
        list: |conn, of, after, limit| {
            let after = after.and_then(|it| it.split_once(KEY_JOINT)).unwrap_or_default();
            Box::pin(async move { store::list(conn, of, after, limit).await })
        },
    })
}
