use sqlx::PgConnection;
use tonic::{Request, Response, Status};

use super::store::{self, Which};
use super::wire::{self, Filter};
use super::{Incident, IncidentKey};
use crate::access::caller;
use crate::changes::{
    Asked, Changes, Feed, Item, Messages, ReadPage, WatchResponse, read_start, watch_start,
};
use crate::error::{Refusal, Result};
use crate::id::Environment;
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::{self, monitoring_service_server::MonitoringService};

/// Where incidents are asked for.
pub struct MonitoringDesk {
    /// For reads.
    pub reads: Reads,
    /// For watches.
    pub changes: Changes,
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl MonitoringService for MonitoringDesk {
    async fn list_incidents(
        &self,
        request: Request<proto::ListIncidentsRequest>,
    ) -> Answer<proto::ListIncidentsResponse> {
        let caller = caller(&request)?;
        let of = caller.environment;
        let proto::ListIncidentsRequest {
            kind,
            with_ended,
            page_size,
            page_token,
            at_least_revision,
        } = request.into_inner();
        let filter = Filter::parse(&caller, "kind", kind)?;
        let page = Page::asked(page_size, &page_token, &("incidents", &filter, with_ended))?;
        self.changes.wait_for(of, at_least_revision).await?;
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let after = page.after.as_deref().and_then(IncidentKey::of_log);
        let which = Which { filter: &filter, with_ended };
        let found = store::list(&mut conn, of, which, after.as_ref(), page.limit()).await;
        let mut incidents = found.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut incidents, |it| it.key.to_string());
        let incidents = incidents.into_iter().map(wire::incident).collect();
        Ok(Response::new(proto::ListIncidentsResponse { incidents, next_page_token }))
    }

    type WatchIncidentsStream = Messages<WatchResponse>;

    async fn watch_incidents(
        &self,
        request: Request<proto::WatchIncidentsRequest>,
    ) -> Answer<Self::WatchIncidentsStream> {
        let caller = caller(&request)?;
        let proto::WatchIncidentsRequest { filter, start } = request.into_inner();
        let filter = Filter::parse(&caller, "filter.kind", filter.unwrap_or_default().kind)?;
        let watch = watch_start(start)?;
        Ok(Response::new(self.changes.watch(caller, IncidentFeed, filter, watch).await?))
    }

    async fn read_incident_changes(
        &self,
        request: Request<proto::ReadIncidentChangesRequest>,
    ) -> Answer<proto::ReadIncidentChangesResponse> {
        let caller = caller(&request)?;
        let proto::ReadIncidentChangesRequest { filter, resume_token, on_expired, page_size, wait } =
            request.into_inner();
        let filter = Filter::parse(&caller, "filter.kind", filter.unwrap_or_default().kind)?;
        let read = read_start(resume_token, on_expired, page_size, wait)?;
        let page = self.changes.read(caller, IncidentFeed, filter, read).await?;
        let ReadPage { entries: incidents, resume_token, revision, snapshot, more, begins: _ } =
            page;
        let answer = proto::ReadIncidentChangesResponse {
            incidents,
            resume_token,
            revision,
            snapshot,
            more,
        };
        Ok(Response::new(answer))
    }
}

/// Incidents, as the feed tells of them.
#[derive(Clone, Copy, Debug)]
pub struct IncidentFeed;

impl Feed for IncidentFeed {
    type Filter = Filter;
    type Entry = proto::Incident;

    const STREAM: &'static str = "incidents";

    fn kinds(&self) -> &[&'static str] {
        &["incident"]
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        after: Option<&str>,
        limit: i64,
        tell: &mut (impl FnMut(Item<proto::Incident>) + Send),
    ) -> Result<()> {
        let after = after.and_then(IncidentKey::of_log);
        let which = Which { filter, with_ended: true };
        let found = store::list(conn, of, which, after.as_ref(), limit).await;
        found.map_err(Refusal::of_read)?.into_iter().map(item).for_each(tell);
        Ok(())
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Filter,
        asked: &[Asked],
    ) -> Result<Vec<Item<proto::Incident>>> {
        let keys = asked.iter().filter_map(|it| IncidentKey::of_log(&it.key));
        let keys: Vec<_> = keys.filter(|it| filter.lets_through(it.kind)).collect();
        let found = store::those_of(conn, of, filter, &keys).await;
        Ok(found.map_err(Refusal::of_read)?.into_iter().map(item).collect())
    }
}

fn item(incident: Incident) -> Item<proto::Incident> {
    let (key, revision) = (incident.key.to_string(), incident.revision);
    Item { key, revision, entry: wire::incident(incident) }
}
