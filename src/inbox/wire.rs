use std::time::Duration;

use super::stream::Open;
use super::{Answered, Kind, Lease, State, Task};
use crate::error::{Faults, Refusal, Result};
use crate::id::ExternalId;
use crate::proto::{self, stream_tasks_request::Message};
use crate::wire::{self, timestamp};

/// How many tasks one call may ask for or answer.
const ITEMS_MAX: usize = 100;
const TASKS_DEFAULT: i32 = 10;

/// What is asked for: how many, for how long, and how long to wait for them.
pub fn lease(request: proto::LeaseTasksRequest) -> Result<(usize, Duration, Duration)> {
    let proto::LeaseTasksRequest { max_tasks, lease_time, wait } = request;
    let mut faults = Faults::default();
    let count = self::count(&mut faults, "max_tasks", max_tasks);
    let time = self::lease_time(&mut faults, "lease_time", lease_time);
    let wait = wire::duration(&mut faults, "wait", wait, 0, 0, 25);
    wire::all(faults, || Some((count?, time, wait)))
}

fn count(faults: &mut Faults, path: &str, count: i32) -> Option<usize> {
    match count {
        0 => Some(TASKS_DEFAULT as usize),
        it => faults
            .take(path, usize::try_from(it).map_err(|_| "must not be negative"))
            .map(|it| it.min(ITEMS_MAX)),
    }
}

fn lease_time(faults: &mut Faults, path: &str, time: Option<prost_types::Duration>) -> Duration {
    wire::duration(faults, path, time, 60, 10, 600)
}

/// For how much longer.
pub fn extension(request: &proto::ExtendLeasesRequest) -> Result<Duration> {
    let mut faults = Faults::default();
    let time = lease_time(&mut faults, "lease_time", request.lease_time);
    faults.check().map(|()| time)
}

pub fn lease_named(
    faults: &mut Faults,
    at: &dyn Fn(&str) -> String,
    lease: String,
) -> Option<Lease> {
    faults.take(at(""), Lease::parse(&lease))
}

/// What the first message of a stream asks for.
pub fn open(first: proto::StreamTasksRequest) -> Result<Open> {
    let Some(Message::Open(open)) = first.message else {
        return Err(Refusal::field("open", "must be said first"));
    };
    let proto::OpenTaskStream { max_leased, lease_time, heartbeat_interval } = open;
    let mut faults = Faults::default();
    let leases_max = count(&mut faults, "open.max_leased", max_leased);
    let time = self::lease_time(&mut faults, "open.lease_time", lease_time);
    let path = "open.heartbeat_interval";
    let heartbeat = wire::duration(&mut faults, path, heartbeat_interval, 10, 1, 60);
    wire::all(faults, || Some(Open { leases_max: leases_max?, time, heartbeat }))
}

/// What came of it.
pub fn opened(open: &Open) -> proto::TaskStreamOpened {
    let lease_time = prost_types::Duration::try_from(open.time).ok();
    proto::TaskStreamOpened { max_leased: open.leases_max as i32, lease_time }
}

/// The refusal of what is no answer to a task.
pub fn no_answer(message: Option<&proto::OpenTaskStream>) -> Refusal {
    match message {
        Some(_) => Refusal::field("open", "must be said once, and first"),
        None => Refusal::field("message", "must be acknowledge, defer, refuse or extend"),
    }
}

/// Each item, or why it could not be read; refused as a whole where there are none or too many.
pub fn items<I, T>(
    path: &str,
    items: Vec<I>,
    read: impl Fn(&mut Faults, &dyn Fn(&str) -> String, I) -> Option<T>,
) -> Result<Vec<Result<T>>> {
    if !(1..=ITEMS_MAX).contains(&items.len()) {
        let told = format!("must have 1 to {ITEMS_MAX} entries, and has {}", items.len());
        return Err(Refusal::field(path, told));
    }
    let read = |(nth, item)| {
        let mut faults = Faults::default();
        let read = read(&mut faults, &|field| format!("{path}[{nth}]{field}"), item);
        wire::all(faults, || read)
    };
    Ok(items.into_iter().enumerate().map(read).collect())
}

pub fn acknowledgement(
    faults: &mut Faults,
    at: &dyn Fn(&str) -> String,
    item: proto::TaskAcknowledgement,
) -> Option<(Lease, Option<ExternalId>)> {
    let proto::TaskAcknowledgement { lease, external_number } = item;
    let lease = faults.take(at(".lease"), Lease::parse(&lease));
    let number = match external_number.as_str() {
        "" => Some(None),
        it => faults.take(at(".external_number"), ExternalId::parse(it)).map(Some),
    };
    Some((lease?, number?))
}

pub fn deferral(
    faults: &mut Faults,
    at: &dyn Fn(&str) -> String,
    item: proto::TaskDeferral,
) -> Option<Lease> {
    let proto::TaskDeferral { lease, message } = item;
    let lease = faults.take(at(".lease"), Lease::parse(&lease));
    wire::text(faults, at(".message"), &message, 1_000);
    lease
}

pub fn refusal(
    faults: &mut Faults,
    at: &dyn Fn(&str) -> String,
    item: proto::TaskRefusal,
) -> Option<(Lease, String, String)> {
    let proto::TaskRefusal { lease, code, message } = item;
    let lease = faults.take(at(".lease"), Lease::parse(&lease));
    wire::text(faults, at(".code"), &code, 64);
    if message.is_empty() {
        faults.push(at(".message"), "must say why");
    }
    wire::text(faults, at(".message"), &message, 1_000);
    Some((lease?, code, message))
}

pub fn results(answers: Vec<Answered>) -> Vec<proto::TaskResult> {
    let result = |(index, answer)| {
        let (outcome, problem) = match answer {
            Answered::Applied => (proto::Outcome::Applied, None),
            Answered::Duplicate => (proto::Outcome::Duplicate, None),
            Answered::Parked(refusal) => (proto::Outcome::Parked, Some(refusal)),
            Answered::Refused(refusal) => (proto::Outcome::Refused, Some(refusal)),
        };
        let (outcome, problem) = (outcome.into(), problem.map(proto::Problem::from));
        proto::TaskResult { index, outcome, problem }
    };
    (0..).zip(answers).map(result).collect()
}

/// As it is told.
pub fn task(task: Task) -> proto::Task {
    let Task {
        id,
        kind,
        system,
        external_id,
        order,
        order_lines: _,
        state,
        next: _,
        available_at,
        lease: _,
        attempts,
        offered_at,
        revision,
    } = task;
    let mut told = proto::Task {
        task_id: id.to_string(),
        kind: match kind {
            Kind::Order => proto::TaskKind::Order,
            Kind::Amendment => proto::TaskKind::Amendment,
            Kind::Cancellation => proto::TaskKind::Cancellation,
            Kind::Return => proto::TaskKind::Return,
            Kind::Payment => proto::TaskKind::Payment,
        }
        .into(),
        order_id: order.to_string(),
        system: system.to_string(),
        external_id: external_id.to_string(),
        attempts,
        offer_time: Some(timestamp(offered_at)),
        revision,
        ..Default::default()
    };
    let state = match state {
        State::Behind => proto::TaskState::Behind,
        State::Waiting => {
            told.available_time = Some(timestamp(available_at));
            proto::TaskState::Waiting
        }
        State::Leased { holder, until } => {
            told.holder = holder.to_string();
            told.lease_end_time = Some(timestamp(until));
            proto::TaskState::Leased
        }
        State::Parked(refusal) => {
            told.problem = Some(refusal.into());
            proto::TaskState::Parked
        }
        State::Withdrawn => proto::TaskState::Withdrawn,
        State::Done { holder, number } => {
            told.holder = holder.to_string();
            told.external_number = number.map(|it| it.to_string()).unwrap_or_default();
            proto::TaskState::Done
        }
    };
    told.set_state(state);
    told
}
