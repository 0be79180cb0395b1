//! The work that waits for the ERP, at least once: leased, then acknowledged, put off or refused.

mod answer;
mod model;
mod service;
mod store;
mod stream;
mod wire;

pub use answer::{Acknowledge, Defer, Extend, RefuseTasks, finish, needs_finish};
pub use model::{Answered, Handover, Kind, Lease, State, Task};
pub use service::{InboxDesk, TellTasks};
pub use wire::task as told;

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use crate::books::{Books, Command, Identity, Moment, Weight};
use crate::due::{Due, DueKey, Follow};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, OrderId, ParkedId, SystemName, TaskId};
use crate::lanes::Lanes;
use crate::parking::{self, Parked, Payload, TryAgain};
use model::Chain;

/// What `due` knows the end of a lease by.
const DUE: &str = "inbox.lease";
/// What parking knows a task by.
const PARKED: &str = "task";

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Task>().with::<Chain>()
}

/// Orders note on themselves whether they were taken over. They stand below the inbox: they are
/// handed in.
pub trait NoteHandover: Send + Sync + 'static {
    /// Wants what [`handed`](NoteHandover::handed) needs.
    fn needs(&self, books: &mut Books, order: OrderId);

    /// Notes whether the order was taken over.
    fn handed(
        &self,
        books: &mut Books,
        order: OrderId,
        handover: Handover,
        at: Moment,
    ) -> Result<()>;
}

/// What is offered to the ERP.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The number of what it is about.
    pub id: TaskId,
    /// What it asks for.
    pub kind: Kind,
    /// Who said that.
    pub system: SystemName,
    /// What that is called there.
    pub external_id: ExternalId,
    /// The order that it belongs to.
    pub order: OrderId,
    /// How many lines that has.
    pub order_lines: usize,
}

/// The task that an order itself is.
pub fn task_of(order: OrderId) -> TaskId {
    TaskId(order.0)
}

/// What [`offer`] needs, for the order's own task.
pub fn needs_offer(books: &mut Books, order: OrderId) {
    books.of::<Task>().want_new(&task_of(order));
    parking::needs_park(books, ParkedId(order.0), []);
}

/// What [`offer_behind`] needs. To be called each time that a command says what it needs.
pub fn needs_offer_behind(books: &mut Books, id: TaskId, order: OrderId) {
    books.of::<Task>().want(&id);
    let (chains, tasks) = books.pair::<Chain, Task>();
    chains.want(&order);
    if chains.known(&order) {
        tasks.want(&chains.peek(&order).map_or(task_of(order), |it| it.last));
    }
}

/// Offers an order to the ERP; or parks it at once, for a reason.
pub fn offer(
    books: &mut Books,
    offer: Offer,
    parked: Option<Refusal>,
    now: OffsetDateTime,
) -> Result<()> {
    let task = offer.task(parked.clone().map_or(State::Waiting, State::Parked), now);
    if let Some(refusal) = parked {
        park(books, &task, refusal, now)?;
    }
    books.of().put(task);
    Ok(())
}

/// What [`offer_taken`] needs, beside what [`offer`] does.
pub fn needs_taken(books: &mut Books, by: &SystemName, kind: Kind, number: &ExternalId) {
    let name = answer::name(by, kind, number);
    books.of::<Identity>().want(&name);
    parking::needs_wake(books, &name);
}

/// Notes work that was taken over before it could be offered: by whom, and under which number.
pub fn offer_taken(
    books: &mut Books,
    offer: Offer,
    by: SystemName,
    number: ExternalId,
    at: Moment,
) -> Result<()> {
    let name = answer::name(&by, offer.kind, &number);
    let task = offer.task(State::Done { holder: by, number: Some(number) }, at.now);
    answer::give_number(books, name, &task, at)?;
    books.of().put(task);
    Ok(())
}

/// Offers more work for an order, behind all that the order has.
pub fn offer_behind(books: &mut Books, offer: Offer, now: OffsetDateTime) -> Result<()> {
    let order = offer.order;
    let chain = chain(books, order);
    let last = books.of::<Task>().get(&chain.last).cloned();
    let last = last.ok_or_else(|| Refusal::internal(format!("order {order} without its task")))?;
    let state = if last.is_done() { State::Waiting } else { State::Behind };
    let task = offer.task(state, now);
    books.of().put(Chain { last: task.id, ..chain });
    books.of().put(Task { next: Some(task.id), ..last });
    books.of().put(task);
    Ok(())
}

fn chain(books: &mut Books, order: OrderId) -> Chain {
    let there = books.of::<Chain>().get(&order).cloned();
    there.unwrap_or(Chain { order, last: task_of(order), held: false })
}

/// What [`hold`] needs, and [`own_task`].
pub fn needs_hold(books: &mut Books, order: OrderId) {
    books.of::<Task>().want(&task_of(order));
    books.of::<Chain>().want(&order);
}

/// Keeps all tasks of an order back, or lets them go on.
pub fn hold(books: &mut Books, order: OrderId, held: bool) {
    let chain = chain(books, order);
    books.of().put(Chain { held, ..chain });
}

/// The task that an order itself is; wanted before.
pub fn own_task(books: &mut Books, order: OrderId) -> Result<Task> {
    let task = books.of::<Task>().get(&task_of(order)).cloned();
    task.ok_or_else(|| Refusal::internal(format!("order {order} without its task")))
}

impl Offer {
    fn task(self, state: State, now: OffsetDateTime) -> Task {
        let Offer { id, kind, system, external_id, order, order_lines } = self;
        Task {
            id,
            kind,
            system,
            external_id,
            order,
            order_lines: i32::try_from(order_lines).unwrap_or(i32::MAX),
            state,
            next: None,
            available_at: now,
            lease: 0,
            attempts: 0,
            offered_at: now,
            revision: 0,
        }
    }
}

/// A parked task shows among all that is parked, under the task's own id.
fn park(books: &mut Books, task: &Task, refusal: Refusal, now: OffsetDateTime) -> Result<()> {
    let parked = Parked {
        id: ParkedId(task.id.0),
        kind: PARKED.into(),
        system: task.system.clone(),
        external_id: task.external_id.to_string(),
        order: Some(task.order),
        refusal,
        payload: Payload::of(1, &task.id)?,
        attempts: 0,
        parked_at: now,
        tried_at: None,
        applied_at: None,
        discarded: None,
        revision: 0,
    };
    parking::park(books, parked)
}

/// What [`mend`] needs.
pub fn needs_mend(books: &mut Books, order: OrderId) {
    books.of::<Task>().want_new(&task_of(order));
    parking::needs_park(books, ParkedId(order.0), []);
}

/// An order adds up now. If its own task was parked because it did not, it is offered as if it had come
/// in so; whether that was it.
pub fn mend(books: &mut Books, order: OrderId, at: Moment) -> Result<bool> {
    let task = own_task(books, order)?;
    let did_not_add_up =
        matches!(&task.state, State::Parked(why) if why.reason == Reason::AmountsDoNotAddUp);
    if did_not_add_up {
        if let Some(parked) = books.of::<Parked>().get(&ParkedId(task.id.0)).cloned() {
            books.of().put(parked.applied(at.now));
        }
        books.of().put(Task { state: State::Waiting, available_at: at.now, ..task });
    }
    Ok(did_not_add_up)
}

/// What [`withdraw`] needs.
pub fn needs_withdraw(books: &mut Books, order: OrderId) {
    answer::needs_finish(books, task_of(order));
}

/// Takes the task of an order back that nobody has seen yet: who says so, and why.
pub fn withdraw(
    books: &mut Books,
    task: Task,
    (by, reason): (&SystemName, &str),
    orders: &dyn NoteHandover,
    at: Moment,
) -> Result<()> {
    if let Some(parked) = books.of::<Parked>().get(&ParkedId(task.id.0)).cloned()
        && parked.is_still()
    {
        books.of().put(parked.given_up(by, reason, at.now));
    }
    answer::drop_task(books, task, orders, at)
}

/// Hands tasks out; answers the leases. Whoever asks has looked which may be there.
pub struct LeaseTasks {
    /// Hints: looked at again, by key.
    pub candidates: Vec<TaskId>,
    /// To whom.
    pub holder: SystemName,
    /// For how long.
    pub time: Duration,
}

impl Command for LeaseTasks {
    type Answer = Vec<Lease>;

    fn needs(&self, books: &mut Books) {
        for id in &self.candidates {
            books.of::<Task>().want(id);
            books.of::<Due>().want(&due_key(*id));
            if let Some(order) = books.of::<Task>().peek(id).map(|it| it.order) {
                books.of::<Chain>().want(&order);
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Self::Answer> {
        let mut leases = Vec::new();
        for id in &self.candidates {
            let Some(mut task) = books.of::<Task>().get(id).cloned() else { continue };
            if !chain(books, task.order).held && task.lease(&self.holder, at.now, self.time) {
                leases.push(Lease { task: *id, number: task.lease });
                books.of().put(Due { key: due_key(*id), at: at.now + self.time });
                books.of().put(task);
            }
        }
        Ok(leases)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 3 * self.candidates.len(), bytes: 64 * self.candidates.len() }
    }
}

/// Ends a lease whose time is over.
pub struct Expire {
    /// Of which task.
    pub id: TaskId,
    /// What the tasks are about.
    pub orders: Arc<dyn NoteHandover>,
}

impl Command for Expire {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        answer::needs(books, self.id, &*self.orders);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        books.of::<Due>().remove(&due_key(self.id));
        let Some(mut task) = books.of::<Task>().get(&self.id).cloned() else { return Ok(()) };
        let State::Leased { until, .. } = task.state else { return Ok(()) };
        if at.now < until {
            books.of().put(Due { key: due_key(self.id), at: until });
            return Ok(());
        }
        task.put_off(at.now);
        answer::rest(books, task, &*self.orders, at)
    }
}

/// Follows leases that have become due to end.
pub fn follow(lanes: Lanes, orders: Arc<dyn NoteHandover>) -> (&'static str, Follow) {
    let follow: Follow = Box::new(move |of, key| {
        let (lane, orders) = (lanes.of(of), orders.clone());
        Box::pin(async move {
            let id = TaskId::parse(&key).map_err(Refusal::internal)?;
            lane.run(Expire { id, orders }).await.map(|_| ())
        })
    });
    (DUE, follow)
}

/// Offers parked tasks again, or gives them up.
pub struct RetryTasks(pub Arc<dyn NoteHandover>);

impl RetryTasks {
    /// As parking knows them.
    pub fn kind(self) -> (&'static str, Arc<dyn TryAgain>) {
        (PARKED, Arc::new(self))
    }

    fn task(&self, parked: &Parked, books: &mut Books) -> Result<Task> {
        let task = books.of::<Task>().get(&TaskId(parked.id.0)).cloned();
        task.ok_or_else(|| Refusal::internal("a parked task without its task"))
    }
}

impl TryAgain for RetryTasks {
    fn needs(&self, parked: &Parked, books: &mut Books) {
        answer::needs(books, TaskId(parked.id.0), &*self.0);
    }

    fn apply(&self, parked: &Parked, books: &mut Books, at: Moment) -> Result<()> {
        let mut task = self.task(parked, books)?;
        if matches!(task.state, State::Parked(_)) {
            (task.state, task.attempts, task.available_at) = (State::Waiting, 0, at.now);
            answer::note(books, &task, &*self.0, Handover::Waiting, at)?;
            books.of().put(task);
        }
        Ok(())
    }

    fn needs_discard(&self, parked: &Parked, books: &mut Books) {
        answer::needs(books, TaskId(parked.id.0), &*self.0);
    }

    fn discard(&self, parked: &Parked, books: &mut Books, at: Moment) -> Result<()> {
        let task = self.task(parked, books)?;
        answer::drop_task(books, task, &*self.0, at)
    }
}

fn due_key(id: TaskId) -> DueKey {
    DueKey { kind: DUE, key: id.to_string() }
}
