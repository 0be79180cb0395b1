use std::collections::HashSet;

use super::{
    AnswerCancellation, Cancellation, CancellationLine, Granted, RequestCancellation, Status,
};
use crate::access::Caller;
use crate::books::NameKind;
use crate::error::{Faults, Result};
use crate::id::{CancellationId, ExternalId, RequestId, SystemName};
use crate::proto;
use crate::wire::{self, document, timestamp};

const TEXT_MAX: usize = 1_000;

pub fn request(
    request: proto::RequestCancellationRequest,
    system: SystemName,
    id: CancellationId,
) -> Result<RequestCancellation> {
    let proto::RequestCancellationRequest { external_cancellation_id, order, reason, lines } =
        request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_cancellation_id", ExternalId::parse(&external_cancellation_id));
    let order = wire::order_named(&mut faults, "order", order, &system);
    wire::text(&mut faults, "reason", &reason, TEXT_MAX);
    let lines = match lines.is_empty() {
        true => Vec::new(),
        false => order_lines(&mut faults, lines),
    };
    wire::all(faults, || {
        let (external_id, order) = (external_id?, order?);
        Some(RequestCancellation { id, system, external_id, order, reason, lines })
    })
}

/// Units to take off lines, each line once; without a number of units, all that can be.
pub fn order_lines(
    faults: &mut Faults,
    lines: Vec<proto::OrderLineCancellation>,
) -> Vec<(ExternalId, Option<crate::decimal::Decimal>)> {
    let mut seen = HashSet::new();
    wire::lines(faults, lines, |faults, at, line| {
        let proto::OrderLineCancellation { line_id, quantity } = line;
        let id = faults.take(at("line_id"), ExternalId::parse(&line_id));
        if id.clone().is_some_and(|it| !seen.insert(it)) {
            faults.push(at("line_id"), "must name each line once");
        }
        let units = wire::given(faults, at("quantity"), &quantity, document::positive);
        Some((id?, units))
    })
}

pub fn answer(
    request: proto::AnswerCancellationRequest,
    caller: Caller,
) -> Result<(RequestId, AnswerCancellation)> {
    let decision = request.decision();
    let proto::AnswerCancellationRequest { request_id, cancellation, decision: _, lines, reason } =
        request;
    let by = caller.system;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let kind = NameKind::Cancellation;
    let named = wire::document_named(&mut faults, "cancellation", cancellation, &by, kind);
    wire::text(&mut faults, "reason", &reason, TEXT_MAX);
    let granted = match (decision, lines.is_empty()) {
        (proto::CancellationDecision::Unspecified, _) => {
            faults.push("decision", "must be ACCEPT or REFUSE");
            None
        }
        (proto::CancellationDecision::Refuse, true) => Some(Granted::Nothing),
        (proto::CancellationDecision::Refuse, false) => {
            faults.push("lines", "must be empty where all is refused");
            None
        }
        (proto::CancellationDecision::Accept, true) => Some(Granted::All),
        (proto::CancellationDecision::Accept, false) => {
            let lines = order_lines(&mut faults, lines).into_iter().enumerate();
            let told = |(nth, (id, units))| {
                let Some(units) = units else {
                    faults.push(format!("lines[{nth}].quantity"), "must say how many are off");
                    return None;
                };
                Some((id, units))
            };
            Some(Granted::Lines(lines.filter_map(told).collect()))
        }
    };
    if decision == proto::CancellationDecision::Refuse && reason.is_empty() {
        faults.push("reason", "must say why");
    }
    wire::all(faults, || {
        let (named, granted) = (named?, granted?);
        Some((request_id?, AnswerCancellation { named, by, granted, reason }))
    })
}

/// As it is told.
pub fn line(line: CancellationLine) -> proto::CancellationLine {
    proto::CancellationLine {
        line_id: line.line.to_string(),
        requested: line.requested.to_string(),
        cancelled: line.cancelled.to_string(),
    }
}

/// As it is told.
pub fn status(status: Status) -> proto::CancellationStatus {
    match status {
        Status::Requested => proto::CancellationStatus::Requested,
        Status::Accepted => proto::CancellationStatus::Accepted,
        Status::PartAccepted => proto::CancellationStatus::PartAccepted,
        Status::Refused => proto::CancellationStatus::Refused,
    }
}

/// As it is told.
pub fn cancellation(cancellation: Cancellation) -> proto::Cancellation {
    let status = status(cancellation.status());
    let Cancellation {
        id,
        system,
        external_id,
        order,
        reason,
        lines,
        decision,
        requested_at,
        revision,
    } = cancellation;
    let (decided_by, decision_reason, decision_time) = match decision {
        None => Default::default(),
        Some(it) => (it.by.to_string(), it.reason, Some(timestamp(it.at))),
    };
    proto::Cancellation {
        cancellation_id: id.to_string(),
        system: system.to_string(),
        external_cancellation_id: external_id.to_string(),
        order_id: order.to_string(),
        status: status.into(),
        reason,
        lines: lines.into_iter().map(line).collect(),
        decided_by,
        decision_reason,
        request_time: Some(timestamp(requested_at)),
        decision_time,
        revision,
    }
}
