use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;
use time::OffsetDateTime;
use tokio::time::Instant;
use tonic::{Request, Response, Status, Streaming};

use super::answer::{Acknowledge, Defer, Extend, RefuseTasks};
use super::{Answered, Lease, LeaseTasks, NoteHandover, Task, store, stream, wire};
use crate::access::{Caller, caller};
use crate::books::{Command, Entry};
use crate::changes::{Changes, Messages};
use crate::clock::Clock;
use crate::error::{Refusal, Result};
use crate::id::{Environment, TaskId};
use crate::lanes::{Lanes, Receipt};
use crate::postgres::Reads;
use crate::proto::{self, inbox_service_server::InboxService};

/// About so many lines of orders fit into an answer.
const LINES_MAX: i64 = 2_000;
/// A task that waits for its time shows in no commit.
pub const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Where the ERP takes its work.
#[derive(Clone)]
pub struct InboxDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
    /// For waiting until something happens.
    pub changes: Changes,
    /// What time it is.
    pub clock: Clock,
    /// Who notes on orders whether they were taken over.
    pub orders: Arc<dyn NoteHandover>,
    /// As the ERP is told of its work.
    pub tell: Arc<dyn TellTasks>,
}

/// Tasks, as they are told, with what they are about. That stands below the inbox: it is handed in.
pub trait TellTasks: Send + Sync + 'static {
    /// All of them, in order; their leases are filled in by the inbox.
    fn tell<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        tasks: Vec<Task>,
    ) -> BoxFuture<'a, Result<Vec<proto::LeasedTask>>>;
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl InboxService for InboxDesk {
    async fn lease_tasks(
        &self,
        request: Request<proto::LeaseTasksRequest>,
    ) -> Answer<proto::LeaseTasksResponse> {
        let caller = caller(&request)?;
        let (count, time, wait) = wire::lease(request.into_inner())?;
        let until = Instant::now() + wait;
        let mut head = self.changes.hub.head(caller.environment);
        let leased = loop {
            head.mark_unchanged();
            if let Some(leased) = self.lease(&caller, count, time).await? {
                break leased;
            }
            let rest = until.saturating_duration_since(Instant::now());
            if rest.is_zero() {
                return Ok(Response::new(proto::LeaseTasksResponse::default()));
            }
            tokio::select! {
                () = self.changes.hub.stopping().cancelled() => {
                    return Ok(Response::new(proto::LeaseTasksResponse::default()));
                }
                _ = tokio::time::timeout(rest.min(LOOK_EVERY), head.changed()) => {}
            }
            // Nothing is handed out to a token that has ended meanwhile.
            self.changes.still_welcome(&caller).await?;
        };
        let Receipt { answer, revision, .. } = leased;
        let tasks = self.told(caller.environment, answer).await?;
        Ok(Response::new(proto::LeaseTasksResponse { tasks, revision }))
    }

    async fn acknowledge_tasks(
        &self,
        request: Request<proto::AcknowledgeTasksRequest>,
    ) -> Answer<proto::AcknowledgeTasksResponse> {
        let caller = caller(&request)?;
        let (answers, revision) = self.acknowledge(&caller, request.into_inner()).await?;
        let results = wire::results(answers);
        Ok(Response::new(proto::AcknowledgeTasksResponse { results, revision }))
    }

    async fn defer_tasks(
        &self,
        request: Request<proto::DeferTasksRequest>,
    ) -> Answer<proto::DeferTasksResponse> {
        let caller = caller(&request)?;
        let (answers, revision) = self.defer(&caller, request.into_inner()).await?;
        let results = wire::results(answers);
        Ok(Response::new(proto::DeferTasksResponse { results, revision }))
    }

    async fn refuse_tasks(
        &self,
        request: Request<proto::RefuseTasksRequest>,
    ) -> Answer<proto::RefuseTasksResponse> {
        let caller = caller(&request)?;
        let (answers, revision) = self.refuse(&caller, request.into_inner()).await?;
        let results = wire::results(answers);
        Ok(Response::new(proto::RefuseTasksResponse { results, revision }))
    }

    async fn extend_leases(
        &self,
        request: Request<proto::ExtendLeasesRequest>,
    ) -> Answer<proto::ExtendLeasesResponse> {
        let caller = caller(&request)?;
        let (answers, revision) = self.extend(&caller, request.into_inner()).await?;
        let results = wire::results(answers);
        Ok(Response::new(proto::ExtendLeasesResponse { results, revision }))
    }

    type StreamTasksStream = Messages<proto::StreamTasksResponse>;

    async fn stream_tasks(
        &self,
        request: Request<Streaming<proto::StreamTasksRequest>>,
    ) -> Answer<Self::StreamTasksStream> {
        let caller = caller(&request)?;
        Ok(Response::new(stream::open(self.clone(), caller, request.into_inner()).await?))
    }
}

/// What became of each item, and the revision at which everyone sees it.
type Answers = Result<(Vec<Answered>, i64)>;

impl InboxDesk {
    /// Leases what there is; `None` where there is nothing.
    pub(super) async fn lease(
        &self,
        caller: &Caller,
        count: usize,
        time: Duration,
    ) -> Result<Option<Receipt<Vec<Lease>>>> {
        let of = caller.environment;
        loop {
            let candidates = {
                let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
                let ahead = self.clock.ahead_micros();
                let found = store::candidates(&mut conn, of, ahead, count as i64).await;
                that_fit(found.map_err(Refusal::of_read)?)
            };
            if candidates.is_empty() {
                return Ok(None);
            }
            let command = LeaseTasks { candidates, holder: caller.system.clone(), time };
            let leased = self.lanes.of(of).run(command).await?;
            // Others may have been faster: then there may still be more behind.
            if !leased.answer.is_empty() {
                return Ok(Some(leased));
            }
        }
    }

    pub(super) async fn told(
        &self,
        of: Environment,
        leased: Vec<Lease>,
    ) -> Result<Vec<proto::LeasedTask>> {
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        let ids: Vec<TaskId> = leased.iter().map(|it| it.task).collect();
        let tasks = Task::load(&mut conn, of, &ids).await.map_err(Refusal::of_read)?;
        let mut tasks: HashMap<_, _> = tasks.into_iter().map(|it| (it.id, it)).collect();
        let tasks = ids.iter().filter_map(|it| tasks.remove(it)).collect();
        let told = self.tell.tell(&mut conn, of, tasks).await?;
        let with_lease = |(lease, told): (Lease, proto::LeasedTask)| proto::LeasedTask {
            lease: lease.to_string(),
            ..told
        };
        Ok(leased.into_iter().zip(told).map(with_lease).collect())
    }

    // In single calls and over a stream, the same.

    pub(super) async fn acknowledge(
        &self,
        caller: &Caller,
        request: proto::AcknowledgeTasksRequest,
    ) -> Answers {
        let items = wire::items("tasks", request.tasks, wire::acknowledgement)?;
        let (by, orders) = (caller.system.clone(), self.orders.clone());
        self.answer(caller, Acknowledge { items, by, orders }).await
    }

    pub(super) async fn defer(
        &self,
        caller: &Caller,
        request: proto::DeferTasksRequest,
    ) -> Answers {
        let items = wire::items("tasks", request.tasks, wire::deferral)?;
        let (by, orders) = (caller.system.clone(), self.orders.clone());
        self.answer(caller, Defer { items, by, orders }).await
    }

    pub(super) async fn refuse(
        &self,
        caller: &Caller,
        request: proto::RefuseTasksRequest,
    ) -> Answers {
        let items = wire::items("tasks", request.tasks, wire::refusal)?;
        let (by, orders) = (caller.system.clone(), self.orders.clone());
        self.answer(caller, RefuseTasks { items, by, orders }).await
    }

    pub(super) async fn extend(
        &self,
        caller: &Caller,
        request: proto::ExtendLeasesRequest,
    ) -> Answers {
        let time = wire::extension(&request)?;
        let items = wire::items("leases", request.leases, wire::lease_named)?;
        self.answer(caller, Extend { items, by: caller.system.clone(), time }).await
    }

    async fn answer<C: Command<Answer = Vec<Answered>>>(
        &self,
        caller: &Caller,
        command: C,
    ) -> Answers {
        let done = self.lanes.of(caller.environment).run(command).await?;
        Ok((done.answer, done.revision))
    }

    /// Now, as near to the database's clock as a server can tell without asking.
    pub(super) fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + time::Duration::microseconds(self.clock.ahead_micros())
    }
}

/// As many as an answer can carry, and at least one.
fn that_fit(candidates: Vec<(TaskId, i32)>) -> Vec<TaskId> {
    let mut room = LINES_MAX;
    let fits = candidates.into_iter().enumerate().take_while(|(nth, (_, lines))| {
        room -= i64::from(*lines);
        *nth == 0 || 0 <= room
    });
    fits.map(|(_, (id, _))| id).collect()
}
