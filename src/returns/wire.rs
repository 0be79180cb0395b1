use std::collections::HashSet;

use super::{
    Approve, Decline, Disposition, Receive, RequestReturn, Return, ReturnLine, State, Status,
    ToldLine,
};
use crate::access::{Caller, SystemKind};
use crate::books::NameKind;
use crate::error::{Faults, Result};
use crate::id::{ExternalId, Location, RequestId, ReturnId, SystemName};
use crate::proto;
use crate::wire::{self, document, timestamp};

const TEXT_MAX: usize = 1_000;

pub fn request(
    request: proto::RequestReturnRequest,
    Caller { system, kind, .. }: Caller,
    id: ReturnId,
) -> Result<RequestReturn> {
    let proto::RequestReturnRequest { external_return_id, order, withdrawal_date, lines } = request;
    let mut faults = Faults::default();
    let external_id = faults.take("external_return_id", ExternalId::parse(&external_return_id));
    let order = wire::order_named(&mut faults, "order", order, &system);
    let withdrawal_date = wire::date(&mut faults, "withdrawal_date", &withdrawal_date);
    let mut seen = HashSet::new();
    let lines = wire::lines(&mut faults, lines, |faults, at, line| {
        let proto::ReturnLine { line_id, quantity, reason } = line;
        let id = faults.take(at("line_id"), ExternalId::parse(&line_id));
        if id.clone().is_some_and(|it| !seen.insert(it)) {
            faults.push(at("line_id"), "must name each line once");
        }
        let quantity = faults.take(at("quantity"), document::positive(&quantity));
        wire::text(faults, &at("reason"), &reason, TEXT_MAX);
        Some((id?, quantity?, reason))
    });
    wire::all(faults, || {
        let (external_id, order) = (external_id?, order?);
        let for_erp = kind != SystemKind::Erp;
        Some(RequestReturn { id, system, external_id, order, withdrawal_date, lines, for_erp })
    })
}

pub fn approve(
    request: proto::ApproveReturnRequest,
    system: &SystemName,
) -> Result<(RequestId, Approve)> {
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request.request_id)?;
    let kind = NameKind::Return;
    let named = wire::document_named(&mut faults, "return", request.r#return, system, kind);
    wire::all(faults, || Some((request_id?, Approve { named: named? })))
}

pub fn decline(
    request: proto::DeclineReturnRequest,
    system: &SystemName,
) -> Result<(RequestId, Decline)> {
    let proto::DeclineReturnRequest { request_id, r#return, reason } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let named = wire::document_named(&mut faults, "return", r#return, system, NameKind::Return);
    if reason.is_empty() {
        faults.push("reason", "must say why");
    }
    wire::text(&mut faults, "reason", &reason, TEXT_MAX);
    wire::all(faults, || Some((request_id?, Decline { named: named?, reason })))
}

pub fn receive(request: proto::ReceiveReturnRequest, system: SystemName) -> Result<Receive> {
    let proto::ReceiveReturnRequest { external_reception_id, r#return, lines } = request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_reception_id", ExternalId::parse(&external_reception_id));
    let of = wire::document_named(&mut faults, "return", r#return, &system, NameKind::Return);
    let lines = wire::lines(&mut faults, lines, |faults, at, line| {
        let disposition = disposition(line.disposition());
        if disposition.is_none() {
            let told = "must be RESTOCK, QUARANTINE, SCRAP or SEND_BACK";
            faults.push(at("disposition"), told);
        }
        let proto::ReceptionLine { line_id, quantity, disposition: _, location, ledger_number } =
            line;
        let line = faults.take(at("line_id"), ExternalId::parse(&line_id));
        let quantity = faults.take(at("quantity"), document::positive(&quantity));
        let location = wire::given(faults, at("location"), &location, Location::parse);
        wire::ledger_number(faults, at("ledger_number"), ledger_number);
        let (line, quantity, disposition) = (line?, quantity?, disposition?);
        Some(ToldLine { line, quantity, disposition, location, ledger_number })
    });
    wire::all(faults, || Some(Receive { system, external_id: external_id?, of: of?, lines }))
}

fn disposition(disposition: proto::Disposition) -> Option<Disposition> {
    match disposition {
        proto::Disposition::Unspecified => None,
        proto::Disposition::Restock => Some(Disposition::Restock),
        proto::Disposition::Quarantine => Some(Disposition::Quarantine),
        proto::Disposition::Scrap => Some(Disposition::Scrap),
        proto::Disposition::SendBack => Some(Disposition::SendBack),
    }
}

/// As it is told.
pub fn told(told: Return) -> proto::Return {
    let status = match told.status() {
        Status::Requested => proto::ReturnStatus::Requested,
        Status::Approved => proto::ReturnStatus::Approved,
        Status::Declined => proto::ReturnStatus::Declined,
        Status::PartReceived => proto::ReturnStatus::PartReceived,
        Status::Received => proto::ReturnStatus::Received,
    };
    let Return {
        id,
        system,
        external_id,
        order,
        state,
        withdrawal_date,
        lines,
        credited_by: _,
        requested_at,
        revision,
    } = told;
    proto::Return {
        return_id: id.to_string(),
        system: system.to_string(),
        external_return_id: external_id.to_string(),
        order_id: order.to_string(),
        status: status.into(),
        withdrawal_date: withdrawal_date.map(|it| it.to_string()).unwrap_or_default(),
        quantities: lines.iter().map(quantities).collect(),
        lines: lines.into_iter().map(line).collect(),
        decline_reason: match state {
            State::Declined(reason) => reason,
            State::Requested | State::Approved => String::new(),
        },
        request_time: Some(timestamp(requested_at)),
        revision,
    }
}

fn quantities(line: &ReturnLine) -> proto::ReturnLineQuantities {
    proto::ReturnLineQuantities {
        line_id: line.line.to_string(),
        requested: line.requested.to_string(),
        received: line.received().to_string(),
        restocked: line.restocked.to_string(),
        quarantined: line.quarantined.to_string(),
        scrapped: line.scrapped.to_string(),
        sent_back: line.sent_back.to_string(),
        credited: line.credited.to_string(),
    }
}

fn line(line: ReturnLine) -> proto::ReturnLine {
    let ReturnLine { line, reason, requested, .. } = line;
    proto::ReturnLine { line_id: line.to_string(), quantity: requested.to_string(), reason }
}
