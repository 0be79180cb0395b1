use time::OffsetDateTime;
use tonic::{Request, Response, Status};

use super::{Changes, Everything, Messages, ReadPage, WatchResponse, read_start, watch_start};
use crate::access::caller;
use crate::error::Result;
use crate::proto::{self, change_service_server::ChangeService};
use crate::wire::timestamp;

/// Where everything is told.
pub struct ChangeDesk {
    /// For watches.
    pub changes: Changes,
    /// What there is to tell of.
    pub everything: Everything,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ChangeService for ChangeDesk {
    type WatchChangesStream = Messages<WatchResponse>;

    async fn watch_changes(
        &self,
        request: Request<proto::WatchChangesRequest>,
    ) -> Answer<Self::WatchChangesStream> {
        let caller = caller(&request)?;
        let proto::WatchChangesRequest { filter, start } = request.into_inner();
        let proto::ChangeFilter { kinds } = filter.unwrap_or_default();
        let (filter, watch) = (self.everything.filter(kinds)?, watch_start(start)?);
        let feed = self.everything.clone();
        Ok(Response::new(self.changes.watch(caller, feed, filter, watch).await?))
    }

    async fn read_changes(
        &self,
        request: Request<proto::ReadChangesRequest>,
    ) -> Answer<proto::ReadChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let proto::ChangeFilter { kinds } = filter.unwrap_or_default();
        let filter = self.everything.filter(kinds)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let page = self.changes.read(caller, self.everything.clone(), filter, read).await?;
        let ReadPage { entries, resume_token, revision, snapshot, more, begins: _ } = page;
        let answer = proto::ReadChangesResponse { entries, resume_token, revision, snapshot, more };
        Ok(Response::new(answer))
    }

    async fn get_head(
        &self,
        request: Request<proto::GetHeadRequest>,
    ) -> Answer<proto::GetHeadResponse> {
        let of = caller(&request)?.environment;
        let proto::GetHeadRequest {} = request.into_inner();
        let (revision, log_start_revision) = self.changes.head_and_start(of).await?;
        Ok(Response::new(proto::GetHeadResponse {
            revision,
            log_start_revision,
            incarnation: self.changes.incarnation.number(),
            server_time: Some(timestamp(OffsetDateTime::now_utc())),
        }))
    }
}
