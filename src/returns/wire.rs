use std::collections::HashSet;

use time::OffsetDateTime;

use super::{
    Acceptance, Approve, Close, Decline, DispatchProof, Disposition, Inspect, Judged, Receive,
    RequestReturn, Return, ReturnLine, State, Status, ToldLine,
};
use crate::access::{Caller, SystemKind};
use crate::books::{NameKind, Named};
use crate::decimal::Decimal;
use crate::error::{Faults, Result};
use crate::id::{ExternalId, Location, RequestId, ReturnId, Sku, SystemName};
use crate::proto;
use crate::wire::{self, document, timestamp};

const TEXT_MAX: usize = 1_000;

pub fn request(
    request: proto::RequestReturnRequest,
    Caller { system, kind, .. }: Caller,
    id: ReturnId,
) -> Result<RequestReturn> {
    let proto::RequestReturnRequest {
        external_return_id,
        order,
        withdrawal_date,
        lines,
        expire_time,
        dispatch_proof,
        refund_shipping,
    } = request;
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
        wire::text(faults, at("reason"), &reason, TEXT_MAX);
        Some((id?, quantity?, reason))
    });
    let expires_at = expiry(&mut faults, expire_time);
    let proof = proof(&mut faults, dispatch_proof);
    wire::all(faults, || {
        Some(RequestReturn {
            id,
            system,
            external_id: external_id?,
            order: order?,
            withdrawal_date,
            lines,
            expires_at,
            proof,
            refund_shipping,
            for_erp: kind != SystemKind::Erp,
        })
    })
}

fn expiry(faults: &mut Faults, given: Option<prost_types::Timestamp>) -> Option<OffsetDateTime> {
    let parsed = wire::parse_instant(given?);
    faults.take("expire_time", parsed.map_err(str::to_owned))
}

fn proof(faults: &mut Faults, proof: Option<proto::DispatchProof>) -> Option<DispatchProof> {
    let proto::DispatchProof { carrier, reference, dispatch_date } = proof?;
    wire::text(faults, "dispatch_proof.carrier", &carrier, 255);
    let reference = faults.take("dispatch_proof.reference", ExternalId::parse(&reference));
    let date = wire::needed_date(faults, "dispatch_proof.dispatch_date", &dispatch_date);
    Some(DispatchProof { carrier, reference: reference?, date: date? })
}

pub fn approve(
    request: proto::ApproveReturnRequest,
    system: &SystemName,
) -> Result<(RequestId, Approve)> {
    let proto::ApproveReturnRequest {
        request_id,
        r#return,
        expire_time,
        dispatch_proof,
        refund_shipping,
    } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let named = wire::document_named(&mut faults, "return", r#return, system, NameKind::Return);
    let expires_at = expiry(&mut faults, expire_time);
    let proof = proof(&mut faults, dispatch_proof);
    wire::all(faults, || {
        Some((request_id?, Approve { named: named?, expires_at, proof, refund_shipping }))
    })
}

pub fn decline(
    request: proto::DeclineReturnRequest,
    system: &SystemName,
) -> Result<(RequestId, Decline)> {
    let proto::DeclineReturnRequest { request_id, r#return, reason } = request;
    let (request_id, named) = ended(&request_id, r#return, &reason, system)?;
    Ok((request_id, Decline { named, reason }))
}

pub fn close(
    request: proto::CloseReturnRequest,
    system: &SystemName,
) -> Result<(RequestId, Close)> {
    let proto::CloseReturnRequest { request_id, r#return, reason } = request;
    let (request_id, named) = ended(&request_id, r#return, &reason, system)?;
    Ok((request_id, Close { named, reason }))
}

/// Which return is ended, by which request; why must be told.
fn ended(
    request_id: &str,
    of: Option<proto::DocumentReference>,
    reason: &str,
    system: &SystemName,
) -> Result<(RequestId, Named)> {
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, request_id)?;
    let named = wire::document_named(&mut faults, "return", of, system, NameKind::Return);
    if reason.is_empty() {
        faults.push("reason", "must say why");
    }
    wire::text(&mut faults, "reason", reason, TEXT_MAX);
    wire::all(faults, || Some((request_id?, named?)))
}

pub fn receive(request: proto::ReceiveReturnRequest, system: SystemName) -> Result<Receive> {
    let proto::ReceiveReturnRequest { external_reception_id, r#return, lines } = request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_reception_id", ExternalId::parse(&external_reception_id));
    let of = wire::document_named(&mut faults, "return", r#return, &system, NameKind::Return);
    let lines = wire::lines(&mut faults, lines, |faults, at, line| {
        // What is not known here is none that could be told.
        let state = proto::ReceptionState::try_from(line.state);
        let state = state.unwrap_or(proto::ReceptionState::Awaiting);
        let disposition = disposition(line.disposition());
        let proto::ReceptionLine {
            line_id,
            quantity,
            disposition: _,
            location,
            ledger_number,
            state: _,
            wrong_sku,
        } = line;
        use proto::ReceptionState::{Lost, Received, Unspecified, WrongItem};
        match (state, disposition) {
            (Unspecified | Received | WrongItem, None) => {
                let told = "must be RESTOCK, QUARANTINE, SCRAP, SEND_BACK or PENDING";
                faults.push(at("disposition"), told);
            }
            (Lost, Some(_)) => faults.push(at("disposition"), "must be left out with LOST"),
            (Unspecified | Received | WrongItem, Some(_)) | (Lost, None) => {}
            _ => faults.push(at("state"), "must be RECEIVED, LOST or WRONG_ITEM"),
        }
        let line = faults.take(at("line_id"), ExternalId::parse(&line_id));
        let quantity = faults.take(at("quantity"), document::positive(&quantity));
        let location = wire::given(faults, at("location"), &location, Location::parse);
        wire::ledger_number(faults, at("ledger_number"), ledger_number);
        match (state, wrong_sku.is_empty()) {
            (WrongItem, true) => faults.push(at("wrong_sku"), "must name what came"),
            (WrongItem, false) | (_, true) => {}
            (_, false) => faults.push(at("wrong_sku"), "must be left out but with WRONG_ITEM"),
        }
        let wrong_sku = wire::given(faults, at("wrong_sku"), &wrong_sku, Sku::parse);
        let (line, quantity) = (line?, quantity?);
        Some(ToldLine { line, quantity, disposition, wrong_sku, location, ledger_number })
    });
    wire::all(faults, || Some(Receive { system, external_id: external_id?, of: of?, lines }))
}

pub fn inspect(request: proto::InspectReturnRequest, system: SystemName) -> Result<Inspect> {
    let proto::InspectReturnRequest { external_inspection_id, reception, lines } = request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_inspection_id", ExternalId::parse(&external_inspection_id));
    let kind = NameKind::Reception;
    let of = wire::document_named(&mut faults, "reception", reception, &system, kind);
    let lines = wire::lines(&mut faults, lines, judged);
    wire::all(faults, || Some(Inspect { system, external_id: external_id?, of: of?, lines }))
}

fn judged(faults: &mut Faults, at: wire::At<'_>, line: proto::InspectionLine) -> Option<Judged> {
    use Disposition::{Pending, Quarantine, SendBack};
    let (acceptance, to) = (line.acceptance(), disposition(line.disposition()));
    let from = proto::Disposition::try_from(line.from);
    let proto::InspectionLine {
        line_id,
        quantity,
        from: _,
        acceptance: _,
        reason,
        disposition: _,
        location,
        ledger_number,
        loss_of_value,
        wrong_sku,
    } = line;
    let line = faults.take(at("line_id"), ExternalId::parse(&line_id));
    let quantity = faults.take(at("quantity"), document::positive(&quantity));
    let from = match from {
        Ok(proto::Disposition::Unspecified | proto::Disposition::Pending) => Some(Pending),
        Ok(proto::Disposition::Quarantine) => Some(Quarantine),
        _ => {
            faults.push(at("from"), "must be PENDING or QUARANTINE");
            None
        }
    };
    let acceptance = match acceptance {
        proto::AcceptanceState::Accepted => Some(Acceptance::Accepted),
        proto::AcceptanceState::Rejected => Some(Acceptance::Rejected),
        proto::AcceptanceState::Unspecified | proto::AcceptanceState::Pending => {
            faults.push(at("acceptance"), "must be ACCEPTED or REJECTED");
            None
        }
    };
    if acceptance == Some(Acceptance::Rejected) && reason.is_empty() {
        faults.push(at("reason"), "must say why they were rejected");
    }
    wire::text(faults, at("reason"), &reason, TEXT_MAX);
    match (from, to) {
        (_, None | Some(Pending)) => {
            faults.push(at("disposition"), "must be RESTOCK, QUARANTINE, SCRAP or SEND_BACK");
        }
        (Some(Quarantine), Some(Quarantine)) => {
            faults.push(at("disposition"), "must be RESTOCK, SCRAP or SEND_BACK");
        }
        (_, Some(SendBack)) if acceptance == Some(Acceptance::Accepted) => {
            faults.push(at("disposition"), "must not be SEND_BACK of what was accepted");
        }
        _ => {}
    }
    let location = wire::given(faults, at("location"), &location, Location::parse);
    wire::ledger_number(faults, at("ledger_number"), ledger_number);
    let wrong_sku = wire::given(faults, at("wrong_sku"), &wrong_sku, Sku::parse);
    let may_deduct = acceptance == Some(Acceptance::Accepted) && wrong_sku.is_none();
    let loss_of_value =
        wire::given(faults, at("loss_of_value"), &loss_of_value, |it| match may_deduct {
            // How many decimals it may have, the order knows.
            true => document::amount(it, 6, false),
            false => Err("must be left out but of the line's own article, ACCEPTED".into()),
        });
    Some(Judged {
        line: line?,
        wrong_sku,
        quantity: quantity?,
        from: from?,
        acceptance: acceptance?,
        reason,
        to: to?,
        location,
        ledger_number,
        loss_of_value: loss_of_value.unwrap_or(Decimal::ZERO),
    })
}

fn disposition(disposition: proto::Disposition) -> Option<Disposition> {
    match disposition {
        proto::Disposition::Unspecified => None,
        proto::Disposition::Restock => Some(Disposition::Restock),
        proto::Disposition::Quarantine => Some(Disposition::Quarantine),
        proto::Disposition::Scrap => Some(Disposition::Scrap),
        proto::Disposition::SendBack => Some(Disposition::SendBack),
        proto::Disposition::Pending => Some(Disposition::Pending),
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
        Status::Closed => proto::ReturnStatus::Closed,
        Status::Expired => proto::ReturnStatus::Expired,
    };
    let (refund_due_date, refund_hold) = match told.refund() {
        None => (String::new(), proto::RefundHold::Unspecified),
        Some(it) if it.is_held => (it.due.to_string(), proto::RefundHold::GoodsOrProof),
        Some(it) => (it.due.to_string(), proto::RefundHold::None),
    };
    let quantities = told.lines.iter().map(|it| quantities(&told, it)).collect();
    let Return {
        id,
        system,
        external_id,
        order,
        state,
        withdrawal_date,
        proof,
        refund_shipping,
        expires_at,
        lines,
        complete_at: _,
        replaced_by,
        documents: _,
        credited_by: _,
        requested_at,
        revision,
    } = told;
    let (decline_reason, close_reason) = match state {
        State::Declined(reason) => (reason, String::new()),
        State::Closed(reason) => (String::new(), reason),
        State::Requested | State::Approved | State::Expired => Default::default(),
    };
    proto::Return {
        return_id: id.to_string(),
        system: system.to_string(),
        external_return_id: external_id.to_string(),
        order_id: order.to_string(),
        status: status.into(),
        withdrawal_date: withdrawal_date.map(|it| it.to_string()).unwrap_or_default(),
        quantities,
        lines: lines.into_iter().map(line).collect(),
        decline_reason,
        request_time: Some(timestamp(requested_at)),
        revision,
        close_reason,
        expire_time: expires_at.map(timestamp),
        dispatch_proof: proof.map(told_proof),
        refund_shipping,
        refund_due_date,
        refund_hold: refund_hold.into(),
        replacement_order_ids: replaced_by.iter().map(ToString::to_string).collect(),
    }
}

fn told_proof(proof: DispatchProof) -> proto::DispatchProof {
    let DispatchProof { carrier, reference, date } = proof;
    proto::DispatchProof {
        carrier,
        reference: reference.to_string(),
        dispatch_date: date.to_string(),
    }
}

fn quantities(of: &Return, line: &ReturnLine) -> proto::ReturnLineQuantities {
    let units = &line.units;
    proto::ReturnLineQuantities {
        line_id: line.line.to_string(),
        requested: line.requested.to_string(),
        received: units.received().to_string(),
        restocked: units.restocked.to_string(),
        quarantined: units.quarantined.to_string(),
        scrapped: units.scrapped.to_string(),
        sent_back: units.sent_back.to_string(),
        credited: line.credited.to_string(),
        pending: units.pending.to_string(),
        accepted: units.accepted().to_string(),
        rejected: units.rejected.to_string(),
        awaited: line.awaited().to_string(),
        lost: line.lost.to_string(),
        wrong_item: line.wrong_item.to_string(),
        released: line.released.to_string(),
        creditable: of.creditable(line).to_string(),
        over_credited: of.over_credited(line).to_string(),
        loss_of_value: line.loss_of_value.to_string(),
        rejection_reason: line.rejection_reason.clone(),
    }
}

fn line(line: ReturnLine) -> proto::ReturnLine {
    let ReturnLine { line, reason, requested, .. } = line;
    proto::ReturnLine { line_id: line.to_string(), quantity: requested.to_string(), reason }
}
