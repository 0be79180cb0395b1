//! What the holder of a lease may answer.

use std::sync::Arc;
use std::time::Duration;

use super::{Answered, Handover, Kind, Lease, NoteHandover, State, Task, due_key, park};
use crate::books::{Books, Command, Identity, Moment, Name, Weight};
use crate::due::Due;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, ParkedId, SystemName, TaskId};
use crate::parking::{self, Parked};

/// Tells that tasks were taken over; an item that could not be read is refused at its place.
pub struct Acknowledge {
    /// The lease, and the number there, if it has one.
    pub items: Vec<Result<(Lease, Option<ExternalId>)>>,
    /// Who says so.
    pub by: SystemName,
    /// What the tasks are about.
    pub orders: Arc<dyn NoteHandover>,
}

/// Gives tasks back for later.
pub struct Defer {
    /// The leases.
    pub items: Vec<Result<Lease>>,
    /// Who says so.
    pub by: SystemName,
    /// What the tasks are about.
    pub orders: Arc<dyn NoteHandover>,
}

/// Refuses tasks, in the words given.
pub struct RefuseTasks {
    /// The lease, the holder's own code, and why.
    pub items: Vec<Result<(Lease, String, String)>>,
    /// Who says so.
    pub by: SystemName,
    /// What the tasks are about.
    pub orders: Arc<dyn NoteHandover>,
}

/// Asks for more time.
pub struct Extend {
    /// The leases.
    pub items: Vec<Result<Lease>>,
    /// Who says so.
    pub by: SystemName,
    /// From now on.
    pub time: Duration,
}

impl Command for Acknowledge {
    type Answer = Vec<Answered>;

    fn needs(&self, books: &mut Books) {
        for (lease, number) in self.items.iter().flatten() {
            needs(books, lease.task, &*self.orders);
            let kind = books.of::<Task>().peek(&lease.task).map(|it| it.kind);
            if let Some((number, kind)) = number.as_ref().zip(kind) {
                let name = name(&self.by, kind, number);
                books.of::<Identity>().want(&name);
                parking::needs_wake(books, &name);
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Answered>> {
        each(&self.items, |(lease, number)| {
            let task = task(books, *lease)?;
            let is_newest = 0 < lease.number && lease.number == task.lease;
            let may_be_told_late = match &task.state {
                State::Done { number: there, .. } if is_newest => {
                    if there == number || number.is_none() {
                        return Ok(Answered::Duplicate);
                    }
                    there.is_none()
                }
                // Nobody had to; that somebody has is a fact all the same.
                State::Withdrawn => is_newest,
                _ => false,
            };
            if !may_be_told_late {
                task.must_be_held(*lease, &self.by)?;
            }
            if let Some(number) = number {
                give_number(books, name(&self.by, task.kind, number), &task, at)?;
            }
            note(books, &task, &*self.orders, Handover::Acknowledged(number.clone()), at)?;
            done(books, task, &self.by, number.clone(), at);
            Ok(Answered::Applied)
        })
    }

    fn weight(&self) -> Weight {
        weight(self.items.len())
    }
}

impl Command for Defer {
    type Answer = Vec<Answered>;

    fn needs(&self, books: &mut Books) {
        self.items.iter().flatten().for_each(|it| needs(books, it.task, &*self.orders));
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Answered>> {
        each(&self.items, |lease| {
            let mut task = task(books, *lease)?;
            if task.was_given_back(*lease) {
                return Ok(Answered::Duplicate);
            }
            task.must_be_held(*lease, &self.by)?;
            task.put_off(at.now);
            give_back(books, task, &*self.orders, at)
        })
    }

    fn weight(&self) -> Weight {
        weight(self.items.len())
    }
}

impl Command for RefuseTasks {
    type Answer = Vec<Answered>;

    fn needs(&self, books: &mut Books) {
        self.items.iter().flatten().for_each(|it| needs(books, it.0.task, &*self.orders));
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Answered>> {
        each(&self.items, |(lease, code, message)| {
            let mut task = task(books, *lease)?;
            if task.was_given_back(*lease) {
                return Ok(Answered::Duplicate);
            }
            task.must_be_held(*lease, &self.by)?;
            let refusal = Refusal::new(Reason::TaskRefused, message.clone());
            let refusal = refusal.with("system", &self.by).with("code", code);
            task.state = State::Parked(refusal);
            give_back(books, task, &*self.orders, at)
        })
    }

    fn weight(&self) -> Weight {
        weight(self.items.len())
    }
}

impl Command for Extend {
    type Answer = Vec<Answered>;

    fn needs(&self, books: &mut Books) {
        for lease in self.items.iter().flatten() {
            books.of::<Task>().want(&lease.task);
            books.of::<Due>().want(&due_key(lease.task));
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Answered>> {
        each(&self.items, |lease| {
            let mut task = task(books, *lease)?;
            task.must_be_held(*lease, &self.by)?;
            if !matches!(task.state, State::Leased { .. }) {
                // It ended, and anybody may lease the task at any moment.
                return Err(task.superseded(*lease));
            }
            let until = at.now + self.time;
            task.state = State::Leased { holder: self.by.clone(), until };
            books.of().put(Due { key: due_key(task.id), at: until });
            books.of().put(task);
            Ok(Answered::Applied)
        })
    }

    fn weight(&self) -> Weight {
        weight(self.items.len())
    }
}

/// What any answer to a task needs.
pub(super) fn needs(books: &mut Books, id: TaskId, orders: &dyn NoteHandover) {
    needs_finish(books, id);
    if let Some(order) = books.of::<Task>().peek(&id).map(|it| it.order) {
        orders.needs(books, order);
    }
}

/// What [`finish`] needs.
pub fn needs_finish(books: &mut Books, id: TaskId) {
    books.of::<Task>().want(&id);
    books.of::<Due>().want(&due_key(id));
    parking::needs_park(books, ParkedId(id.0), []);
    if let Some(next) = books.of::<Task>().peek(&id).and_then(|it| it.next) {
        books.of::<Task>().want(&next);
    }
}

/// Whoever has answered what a task asks has done it, whether it was leased or not.
pub fn finish(books: &mut Books, id: TaskId, by: &SystemName, at: Moment) -> Result<()> {
    let task = books.of::<Task>().get(&id).cloned();
    let task = task.ok_or_else(|| Refusal::internal(format!("no task {id}")))?;
    match task.state {
        State::Done { .. } | State::Withdrawn => Ok(()),
        State::Behind => Err(Refusal::step(format_args!("task {id}"), task.state.name(), "DONE")),
        State::Waiting | State::Leased { .. } | State::Parked(_) => {
            done(books, task, by, None, at);
            Ok(())
        }
    }
}

fn done(
    books: &mut Books,
    mut task: Task,
    by: &SystemName,
    number: Option<ExternalId>,
    at: Moment,
) {
    books.of::<Due>().remove(&due_key(task.id));
    // It may have been parked while somebody still worked on it.
    if let Some(parked) = books.of::<Parked>().get(&ParkedId(task.id.0)).cloned()
        && parked.is_still()
    {
        books.of().put(parked.applied(at.now));
    }
    task.state = State::Done { holder: by.clone(), number };
    let_next(books, &task, at);
    books.of().put(task);
}

/// An order shows whether it was taken over; all else shows by its task alone.
pub(super) fn note(
    books: &mut Books,
    task: &Task,
    orders: &dyn NoteHandover,
    handover: Handover,
    at: Moment,
) -> Result<()> {
    match task.kind {
        Kind::Order => orders.handed(books, task.order, handover, at),
        Kind::Amendment | Kind::Cancellation | Kind::Return | Kind::Payment => Ok(()),
    }
}

/// The next task of the order may be taken.
fn let_next(books: &mut Books, done: &Task, at: Moment) {
    let Some(next) = done.next else { return };
    if let Some(next) = books.of::<Task>().get(&next).cloned()
        && next.state == State::Behind
    {
        books.of().put(Task { state: State::Waiting, available_at: at.now, ..next });
    }
}

/// Each item by itself: one that is refused has changed nothing, because it is refused first.
fn each<T>(
    items: &[Result<T>],
    mut decide: impl FnMut(&T) -> Result<Answered>,
) -> Result<Vec<Answered>> {
    let mut answers = Vec::with_capacity(items.len());
    for item in items {
        let answer = item.as_ref().map_err(Clone::clone).and_then(&mut decide);
        answers.push(match answer {
            // Ours, not the caller's: nothing of the batch is done.
            Err(refusal) if refusal.reason == Reason::Internal => return Err(refusal),
            answer => answer.unwrap_or_else(Answered::Refused),
        });
    }
    Ok(answers)
}

fn task(books: &mut Books, lease: Lease) -> Result<Task> {
    let task = books.of::<Task>().get(&lease.task).cloned();
    task.ok_or_else(|| Refusal::not_found("task", lease.task))
}

/// The lease ends by its holder's own word.
fn give_back(
    books: &mut Books,
    mut task: Task,
    orders: &dyn NoteHandover,
    at: Moment,
) -> Result<Answered> {
    task.lease += 1;
    books.of::<Due>().remove(&due_key(task.id));
    let answer = match &task.state {
        State::Parked(refusal) => Answered::Parked(refusal.clone()),
        _ => Answered::Applied,
    };
    rest(books, task, orders, at)?;
    Ok(answer)
}

/// The task waits, or is parked.
pub(super) fn rest(
    books: &mut Books,
    task: Task,
    orders: &dyn NoteHandover,
    at: Moment,
) -> Result<()> {
    if let State::Parked(refusal) = &task.state {
        park(books, &task, refusal.clone(), at.now)?;
        note(books, &task, orders, Handover::Parked, at)?;
    }
    books.of().put(task);
    Ok(())
}

/// Nobody has to do it any more, and what is behind it goes on.
pub(super) fn drop_task(
    books: &mut Books,
    task: Task,
    orders: &dyn NoteHandover,
    at: Moment,
) -> Result<()> {
    note(books, &task, orders, Handover::Withdrawn, at)?;
    let_next(books, &task, at);
    books.of().put(Task { state: State::Withdrawn, ..task });
    Ok(())
}

pub(super) fn name(system: &SystemName, kind: Kind, number: &ExternalId) -> Name {
    Name { system: system.clone(), kind: kind.names(), id: number.to_string() }
}

/// From now on it is known by this number, and whoever waited for that is tried again.
pub(super) fn give_number(books: &mut Books, name: Name, task: &Task, at: Moment) -> Result<()> {
    if let Some(there) = books.of::<Identity>().get(&name) {
        if there.subject == task.id.0 {
            return Ok(());
        }
        let kind = name.kind.as_str();
        let message = format!(
            "{kind} number \"{}\" of {} is that of {kind} {} already",
            name.id, name.system, there.subject
        );
        return Err(Refusal::new(Reason::ForeignNumberInUse, message)
            .with("kind", kind)
            .with("name", name.id));
    }
    parking::wake(books, &name, at.now);
    let subject = task.id.0;
    books.of().put(Identity { name, subject, revision: at.revision, at: at.now, said: None });
    Ok(())
}

fn weight(items: usize) -> Weight {
    Weight { rows: 4 * items, bytes: 512 * items }
}
