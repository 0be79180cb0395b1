use futures_util::future::join_all;
use tonic::{Request, Response, Status};

use super::{Discard, Kinds, Retry, store, wire};
use crate::access::{Caller, caller};
use crate::changes::Changes;
use crate::error::{Refusal, Result};
use crate::id::ParkedId;
use crate::lanes::Lanes;
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::{self, parking_service_server::ParkingService};

/// Where what is parked is looked at, tried again, and given up.
pub struct ParkingDesk {
    /// For retries.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
    /// For waiting until a revision can be read.
    pub changes: Changes,
    /// Who can try again.
    pub kinds: Kinds,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ParkingService for ParkingDesk {
    async fn list_parked(
        &self,
        request: Request<proto::ListParkedRequest>,
    ) -> Answer<proto::ListParkedResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let request = request.into_inner();
        let filter = wire::filter(&caller, &request)?;
        let page = Page::asked(request.page_size, &request.page_token, &("parked", &filter))?;
        self.changes.wait_for(of, request.at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(|it| ParkedId::parse(it).ok());
        let found = store::list(&mut conn, of, &filter, after, page.limit()).await;
        let mut parked = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut parked, |it| it.id.to_string());
        let parked = parked.into_iter().map(wire::parked).collect();
        Ok(Response::new(proto::ListParkedResponse { parked, next_page_token }))
    }

    async fn retry_parked(
        &self,
        request: Request<proto::RetryParkedRequest>,
    ) -> Answer<proto::RetryParkedResponse> {
        let lane = self.lanes.of(caller(&request)?.environment);
        let ids = wire::ids(&request.into_inner().parked_ids)?;
        // All are in the queue before the first is answered, and stay in order.
        let tries = ids.iter().map(|id| lane.run(Retry { id: *id, kinds: self.kinds.clone() }));
        let tried = join_all(tries).await;
        let revision = tried.iter().flatten().map(|it| it.revision).max().unwrap_or_default();
        let tried = tried.into_iter().map(|it| it.map(|it| it.answer));
        let results = ids.iter().zip(tried).map(|(id, it)| wire::retried(*id, it)).collect();
        Ok(Response::new(proto::RetryParkedResponse { results, revision }))
    }

    async fn discard_parked(
        &self,
        request: Request<proto::DiscardParkedRequest>,
    ) -> Answer<proto::DiscardParkedResponse> {
        let Caller { environment, system: by, .. } = caller(&request)?;
        let (ids, reason) = wire::discard(&request.into_inner())?;
        let lane = self.lanes.of(environment);
        let discard = |id| {
            let (by, reason, kinds) = (by.clone(), reason.clone(), self.kinds.clone());
            lane.run(Discard { id, by, reason, kinds })
        };
        let done = join_all(ids.iter().map(|it| discard(*it))).await;
        let revision = done.iter().flatten().map(|it| it.revision).max().unwrap_or_default();
        let done = done.into_iter().map(|it| it.map(|it| it.answer));
        let results = ids.iter().zip(done).map(|(id, it)| wire::discarded(*id, it)).collect();
        Ok(Response::new(proto::DiscardParkedResponse { results, revision }))
    }
}
