use super::model::Filter;
use super::{Parked, Retried, Taken};
use crate::access::Caller;
use crate::documents::ByShop;
use crate::error::{Faults, Refusal, Result};
use crate::id::{OrderId, ParkedId, SystemName};
use crate::proto;
use crate::wire::{self, timestamp};

/// How many may be retried or discarded at once.
const IDS_MAX: usize = 100;

pub fn filter(caller: &Caller, request: &proto::ListParkedRequest) -> Result<Filter> {
    let proto::ListParkedRequest { kind, system, reason, order_id, with_applied, .. } = request;
    let mut faults = Faults::default();
    wire::text(&mut faults, "kind", kind, 64);
    let given = |it: &String| (!it.is_empty()).then(|| it.clone());
    let system = given(system).and_then(|it| faults.take("system", SystemName::parse(&it)));
    wire::text(&mut faults, "reason", reason, 64);
    let order = given(order_id).and_then(|it| faults.take("order_id", OrderId::parse(&it)));
    let (kind, reason, with_applied) = (given(kind), given(reason), *with_applied);
    let sees = ByShop::seen_by(caller);
    wire::all(faults, || Some(Filter { kind, system, reason, order, with_applied, sees }))
}

pub fn ids(parked_ids: &[String]) -> Result<Vec<ParkedId>> {
    let mut faults = Faults::default();
    let ids = read_ids(&mut faults, parked_ids);
    wire::all(faults, || Some(ids))
}

/// What is given up, and why.
pub fn discard(request: &proto::DiscardParkedRequest) -> Result<(Vec<ParkedId>, String)> {
    let proto::DiscardParkedRequest { parked_ids, reason } = request;
    let mut faults = Faults::default();
    let ids = read_ids(&mut faults, parked_ids);
    if reason.is_empty() {
        faults.push("reason", "must say why");
    }
    wire::text(&mut faults, "reason", reason, 1_000);
    wire::all(faults, || Some((ids, reason.clone())))
}

fn read_ids(faults: &mut Faults, parked_ids: &[String]) -> Vec<ParkedId> {
    if !(1..=IDS_MAX).contains(&parked_ids.len()) {
        let there = parked_ids.len();
        faults.push("parked_ids", format!("must have 1 to {IDS_MAX} entries, and has {there}"));
        return Vec::new();
    }
    let ids = parked_ids.iter().enumerate();
    ids.filter_map(|(nth, it)| faults.take(format!("parked_ids[{nth}]"), ParkedId::parse(it)))
        .collect()
}

/// As it is told.
pub fn parked(parked: Parked) -> proto::Parked {
    let Parked {
        id,
        kind,
        system,
        external_id,
        order,
        refusal,
        payload: _,
        attempts,
        parked_at,
        tried_at,
        applied_at,
        discarded,
        revision,
    } = parked;
    let discarded = discarded.map(|it| (timestamp(it.at), it.by.to_string(), it.reason));
    let (discard_time, discarded_by, discard_reason) = match discarded {
        None => Default::default(),
        Some((at, by, reason)) => (Some(at), by, reason),
    };
    proto::Parked {
        parked_id: id.to_string(),
        kind,
        system: system.to_string(),
        external_id,
        order_id: order.map(|it| it.to_string()).unwrap_or_default(),
        problem: Some(refusal.into()),
        attempts,
        park_time: Some(timestamp(parked_at)),
        retry_time: tried_at.map(timestamp),
        apply_time: applied_at.map(timestamp),
        revision,
        discard_time,
        discarded_by,
        discard_reason,
    }
}

pub fn retried(id: ParkedId, retried: Result<Option<Retried>>) -> proto::RetryResult {
    let parked_id = id.to_string();
    let (outcome, problem) = match retried {
        Ok(Some(Retried::Applied)) => (proto::Outcome::Applied, None),
        Ok(Some(Retried::Duplicate)) => (proto::Outcome::Duplicate, None),
        Ok(Some(Retried::Parked(refusal))) => (proto::Outcome::Parked, Some(refusal)),
        Ok(None) => (proto::Outcome::Refused, Some(Refusal::not_found("parked", id))),
        Err(refusal) => (proto::Outcome::Refused, Some(refusal)),
    };
    let (outcome, problem) = (outcome.into(), problem.map(proto::Problem::from));
    proto::RetryResult { parked_id, outcome, problem }
}

pub fn discarded(id: ParkedId, discarded: Result<Option<bool>>) -> proto::DiscardResult {
    let parked_id = id.to_string();
    let (outcome, problem) = match discarded {
        Ok(Some(true)) => (proto::Outcome::Applied, None),
        Ok(Some(false)) => (proto::Outcome::Duplicate, None),
        Ok(None) => (proto::Outcome::Refused, Some(Refusal::not_found("parked", id))),
        Err(refusal) => (proto::Outcome::Refused, Some(refusal)),
    };
    let (outcome, problem) = (outcome.into(), problem.map(proto::Problem::from));
    proto::DiscardResult { parked_id, outcome, problem }
}

/// What became of a fact, as every slice tells it.
pub fn fact_result<M>(taken: &Taken<M>) -> Option<proto::FactResult> {
    Some(match &taken.parked {
        None => proto::FactResult {
            outcome: proto::Outcome::Applied.into(),
            parked_id: String::new(),
            problem: None,
        },
        Some((id, refusal)) => proto::FactResult {
            outcome: proto::Outcome::Parked.into(),
            parked_id: id.to_string(),
            problem: Some(refusal.clone().into()),
        },
    })
}
