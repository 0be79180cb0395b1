//! Work is handed to the ERP and answered; what is parked is tried again, or given up.

use std::sync::Arc;
use std::time::Duration;

use erpsync::books::NameKind;
use erpsync::error::{Reason, Refusal};
use erpsync::id::{ParkedId, TaskId};
use erpsync::inbox::{
    Acknowledge, Answered, Defer, Expire, Extend, Lease, LeaseTasks, RefuseTasks,
};
use erpsync::orders::OrderTasks;
use erpsync::parking::{Discard, Retried, Retry};
use erpsync::server;

use super::HOURS;
use super::dice::{Dice, erp, id};
use super::model::{Handover, Model, State, Task, Thing};
use super::play::{No, Play, Verdict, done, ok, plain};

const ATTEMPTS_MAX: i64 = 10;
/// For how long a task is leased, in seconds.
const LEASE: i64 = 600;

impl Model {
    /// An order is work for the ERP; or somebody has to look at it first.
    pub fn offer(&mut self, task: i64, kind: NameKind, order: i64, is_parked: bool) {
        let state = if is_parked { State::Parked } else { State::Waiting };
        let (next, put_off, until, lease, attempts) = (None, None, 0, 0, 0);
        let new = Task { kind, order, state, next, put_off, until, lease, attempts };
        self.tasks.insert(task, new);
    }

    /// The ERP has had an order before it came in, and calls it so.
    pub fn offer_taken(&mut self, order: i64, number: i64) {
        self.offer(order, NameKind::Order, order, false);
        self.task(order).state = State::Done(Some(number));
    }

    /// Whether the ERP has never seen an order, and so need not be asked.
    pub fn is_unseen(&self, order: i64) -> bool {
        let task = &self.tasks[&order];
        task.lease == 0 && !matches!(task.state, State::Done(_))
    }

    /// More work for an order, behind all that it has.
    pub fn offer_behind(&mut self, order: i64, kind: NameKind, task: i64) {
        let last = self.orders[&order].last_task;
        let is_done = matches!(self.tasks[&last].state, State::Done(_) | State::Withdrawn);
        self.tasks.get_mut(&last).unwrap().next = Some(task);
        self.orders.get_mut(&order).unwrap().last_task = task;
        self.offer(task, kind, order, false);
        self.tasks.get_mut(&task).unwrap().state =
            if is_done { State::Waiting } else { State::Behind };
    }

    fn task(&mut self, task: i64) -> &mut Task {
        self.tasks.get_mut(&task).unwrap()
    }

    /// What a task is about has been answered.
    pub fn finish(&mut self, task: i64) -> Result<(), No> {
        match self.task(task).state {
            State::Done(_) | State::Withdrawn => {}
            State::Behind => return Err(Reason::InvalidState.into()),
            _ => self.end(task, State::Done(None)),
        }
        Ok(())
    }

    /// Nobody has seen it, and nobody has to.
    pub fn drop_task(&mut self, task: i64) {
        self.note(task, Handover::Withdrawn);
        self.end(task, State::Withdrawn);
    }

    fn end(&mut self, task: i64, state: State) {
        let next = self.task(task).next;
        self.task(task).state = state;
        if let Some(next) = next.map(|it| self.task(it)).filter(|it| it.state == State::Behind) {
            next.state = State::Waiting;
        }
    }

    /// An order shows what became of its own task.
    fn note(&mut self, task: i64, handover: Handover) {
        if self.task(task).kind == NameKind::Order {
            let order = self.task(task).order;
            self.orders.get_mut(&order).unwrap().handover = handover;
        }
    }

    /// The ERP has not seen an order, and it adds up now: if it was parked for that, it goes on.
    pub fn mend(&mut self, order: i64) {
        if self.task(order).state == State::Parked && !self.orders[&order].replaces_nothing {
            self.note(order, Handover::Waiting);
            self.task(order).state = State::Waiting;
        }
    }

    /// For later, or for somebody to look at after too many attempts.
    fn put_off(&mut self, task: i64) -> &'static str {
        let now = self.now;
        if self.task(task).attempts < ATTEMPTS_MAX {
            let task = self.task(task);
            (task.state, task.put_off) = (State::Waiting, Some(now));
            "Applied"
        } else {
            self.task(task).state = State::Parked;
            self.note(task, Handover::Parked);
            "parked AttemptsExhausted"
        }
    }

    /// Whether this is the newest lease, and nobody has given it back.
    fn is_held(&mut self, task: i64, lease: i64) -> bool {
        let task = self.task(task);
        let rests = matches!(task.state, State::Waiting | State::Parked);
        lease > 0 && lease == task.lease && (rests || task.state == State::Leased)
    }

    fn was_given_back(&mut self, task: i64, lease: i64) -> bool {
        let task = self.task(task);
        matches!(task.state, State::Waiting | State::Parked) && lease + 1 == task.lease
    }
}

fn answered(answers: Vec<Answered>) -> String {
    let answer = answers.into_iter().next().unwrap();
    match answer {
        Answered::Parked(refusal) => format!("parked {:?}", refusal.reason),
        Answered::Refused(refusal) => format!("{:?}", refusal.reason),
        answer => format!("{answer:?}"),
    }
}

fn refused(reason: Reason) -> Verdict {
    Ok(format!("{reason:?}"))
}

/// One of the tasks, and mostly its newest lease.
fn some_lease(dice: &mut Dice, model: &Model) -> (i64, i64) {
    let leased = model.tasks.iter().filter(|it| it.1.state == State::Leased).map(|it| *it.0);
    let leased: Vec<i64> = leased.collect();
    let all: Vec<i64> = model.tasks.keys().copied().collect();
    let from = if leased.is_empty() || dice.one_in(4) { &all } else { &leased };
    if from.is_empty() || dice.one_in(40) {
        return (999_999, 1);
    }
    let task = dice.of(from);
    let lease = model.tasks[&task].lease - if dice.one_in(8) { 1 } else { 0 };
    (task, lease.max(1))
}

fn lease_of((task, number): (i64, i64)) -> Lease {
    Lease { task: TaskId(task), number }
}

pub fn lease(dice: &mut Dice, model: &Model) -> Play {
    // Whether a task that was put off may be leased is a question of seconds: it is not asked before
    // two hours are over.
    let is_recent = |it: i64| model.now - it < HOURS;
    let rests = |it: &Task| it.state == State::Waiting && it.put_off.is_some_and(is_recent);
    let all: Vec<i64> = model.tasks.iter().filter(|it| !rests(it.1)).map(|it| *it.0).collect();
    let mut wanted = Vec::new();
    for _ in 0..dice.few() {
        let task = if all.is_empty() { 999_999 } else { dice.of(&all) };
        wanted.extend((!wanted.contains(&task)).then_some(task));
    }
    let candidates = wanted.iter().map(|it| TaskId(*it)).collect();
    let time = Duration::from_secs(LEASE as u64);
    let command = LeaseTasks { candidates, holder: erp(), time };
    let tell = |leases: Vec<Lease>| format!("{leases:?}");
    plain(format!("LeaseTasks {wanted:?}"), command, tell, move |model| {
        let now = model.now;
        let mut leases = Vec::new();
        for id in &wanted {
            let Some(task) = model.tasks.get(id) else { continue };
            if task.state == State::Waiting && !model.orders[&task.order].is_held {
                let task = model.task(*id);
                (task.state, task.put_off, task.until) = (State::Leased, None, now + LEASE);
                // Odd, also where the one before ended by itself.
                task.lease += 1 + task.lease % 2;
                task.attempts += 1;
                leases.push(lease_of((*id, task.lease)));
            }
        }
        Ok(format!("{leases:?}"))
    })
}

pub fn acknowledge(dice: &mut Dice, model: &Model) -> Play {
    let (task, lease) = some_lease(dice, model);
    let number = match dice.below(8) {
        0 => None,
        1 => Some(task - 1),
        _ => Some(task),
    };
    let told = number.map(|it| id(format!("erp-{it}")));
    let (items, by) = (vec![Ok((lease_of((task, lease)), told))], erp());
    let command = Acknowledge { items, by, orders: Arc::new(OrderTasks) };
    plain(format!("Acknowledge {task}.{lease} as {number:?}"), command, answered, move |model| {
        let Some(there) = model.tasks.get(&task).cloned() else {
            return refused(Reason::NotFound);
        };
        let is_newest = lease > 0 && lease == there.lease;
        let is_late = match there.state {
            State::Done(given) if is_newest => {
                if number.is_none() || given == number {
                    return Ok("Duplicate".into());
                }
                given.is_none()
            }
            State::Withdrawn => is_newest,
            _ => false,
        };
        if !is_late && !model.is_held(task, lease) {
            return refused(Reason::LeaseSuperseded);
        }
        if let Some(number) = number {
            let of = model.erp_numbers.entry((there.kind, number)).or_insert(task);
            if *of != task {
                return refused(Reason::ForeignNumberInUse);
            }
            model.wake(Thing { kind: there.kind, number, by_erp: true });
        }
        if there.kind == NameKind::Order {
            model.acknowledge(there.order);
        }
        model.note(task, Handover::Acknowledged);
        model.end(task, State::Done(number));
        Ok("Applied".into())
    })
}

pub fn defer(dice: &mut Dice, model: &Model) -> Play {
    let lease = some_lease(dice, model);
    let items = vec![Ok(lease_of(lease))];
    let command = Defer { items, by: erp(), orders: Arc::new(OrderTasks) };
    plain(format!("Defer {lease:?}"), command, answered, move |model| {
        give_back(model, lease, |model, task| model.put_off(task))
    })
}

pub fn refuse(dice: &mut Dice, model: &Model) -> Play {
    let lease = some_lease(dice, model);
    let items = vec![Ok((lease_of(lease), "E-17".into(), "no such customer".into()))];
    let command = RefuseTasks { items, by: erp(), orders: Arc::new(OrderTasks) };
    plain(format!("RefuseTasks {lease:?}"), command, answered, move |model| {
        give_back(model, lease, |model, task| {
            model.task(task).state = State::Parked;
            model.note(task, Handover::Parked);
            "parked TaskRefused"
        })
    })
}

fn give_back(
    model: &mut Model,
    (task, lease): (i64, i64),
    and_then: impl Fn(&mut Model, i64) -> &'static str,
) -> Verdict {
    if !model.tasks.contains_key(&task) {
        return refused(Reason::NotFound);
    }
    if model.was_given_back(task, lease) {
        return Ok("Duplicate".into());
    }
    if !model.is_held(task, lease) {
        return refused(Reason::LeaseSuperseded);
    }
    let answer = and_then(model, task);
    model.task(task).lease += 1;
    Ok(answer.into())
}

pub fn extend(dice: &mut Dice, model: &Model) -> Play {
    let (task, lease) = some_lease(dice, model);
    // Longer each time, so that it is always a change.
    let more = LEASE + dice.fresh();
    let time = Duration::from_secs(more as u64);
    let command = Extend { items: vec![Ok(lease_of((task, lease)))], by: erp(), time };
    plain(format!("Extend {task}.{lease}"), command, answered, move |model| {
        let now = model.now;
        if !model.tasks.contains_key(&task) {
            return refused(Reason::NotFound);
        }
        if !model.is_held(task, lease) || model.task(task).state != State::Leased {
            return refused(Reason::LeaseSuperseded);
        }
        model.task(task).until = now + more;
        Ok("Applied".into())
    })
}

pub fn expire(dice: &mut Dice, model: &Model) -> Play {
    let (task, _) = some_lease(dice, model);
    let command = Expire { id: TaskId(task), orders: Arc::new(OrderTasks) };
    plain(format!("Expire {task}"), command, done, move |model| {
        let now = model.now;
        let there = model.tasks.get(&task);
        if there.is_some_and(|it| it.state == State::Leased && it.until <= now) {
            model.put_off(task);
        }
        ok()
    })
}

/// What is parked: facts, and tasks under their own numbers.
fn some_parked(dice: &mut Dice, model: &Model) -> i64 {
    let due = model.parked.iter().filter(|it| it.1.is_due).map(|it| *it.0);
    let due: Vec<i64> = due.collect();
    if !due.is_empty() && !dice.one_in(4) {
        return dice.of(&due);
    }
    let tasks = model.tasks.iter().filter(|it| it.1.state == State::Parked).map(|it| *it.0);
    let all: Vec<i64> = model.parked.keys().copied().chain(tasks).collect();
    if all.is_empty() { 999_999 } else { dice.of(&all) }
}

pub fn retry(dice: &mut Dice, model: &Model) -> Play {
    let parked = some_parked(dice, model);
    retry_of(parked)
}

/// Whoever is parked under this number is tried again.
pub fn retry_of(parked: i64) -> Play {
    let tell = |it: Option<Retried>| match it {
        Some(Retried::Parked(Refusal { reason, .. })) => format!("parked {reason:?}"),
        told => format!("{told:?}"),
    };
    let command = Retry { id: ParkedId(parked), kinds: server::kinds() };
    plain(format!("Retry {parked}"), command, tell, move |model| {
        if let Some(task) = model.tasks.get(&parked) {
            if task.state == State::Parked {
                model.note(parked, Handover::Waiting);
                let task = model.task(parked);
                (task.state, task.attempts, task.put_off) = (State::Waiting, 0, None);
            }
            return Ok("Some(Applied)".into());
        }
        let Some(fact) = model.parked.get(&parked).cloned() else { return Ok("None".into()) };
        let before = model.clone();
        match (fact.judge)(model) {
            Ok(_) => {
                model.parked.remove(&parked);
                Ok("Some(Applied)".into())
            }
            Err(no) => {
                *model = before;
                let waits = match no {
                    No::WaitsFor(thing) | No::TooLittleOf(thing) => Some(thing),
                    No::Because(_) => None,
                };
                let is_due = false;
                model.parked.insert(parked, super::model::Parked { waits, is_due, ..fact });
                Ok(format!("parked {:?}", no.reason()))
            }
        }
    })
}

pub fn discard(dice: &mut Dice, model: &Model) -> Play {
    let parked = some_parked(dice, model);
    let kinds = server::kinds();
    let command = Discard { id: ParkedId(parked), by: erp(), reason: String::new(), kinds };
    plain(
        format!("Discard {parked}"),
        command,
        |it| format!("{it:?}"),
        move |model| {
            if model.tasks.contains_key(&parked) {
                model.drop_task(parked);
            } else if let Some(fact) = model.parked.remove(&parked) {
                // Its number is free again.
                model.freed.push(fact.name);
            } else {
                return Ok("None".into());
            }
            Ok("Some(true)".into())
        },
    )
}
