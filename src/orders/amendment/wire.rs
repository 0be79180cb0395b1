use super::{AmendOrder, Amendment, AnswerAmendment, Status, Verdict, Wished};
use crate::access::Caller;
use crate::books::NameKind;
use crate::error::{Faults, Result};
use crate::id::{AmendmentId, ExternalId, RequestId, SystemName};
use crate::money::Currency;
use crate::orders::wire::{address, line, lines, told_address};
use crate::proto;
use crate::wire::{self, document, timestamp};

pub fn amend(
    request: proto::AmendOrderRequest,
    system: SystemName,
    id: AmendmentId,
) -> Result<AmendOrder> {
    let proto::AmendOrderRequest { external_amendment_id, order, shop_version, state } = request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_amendment_id", ExternalId::parse(&external_amendment_id));
    let order = wire::order_named(&mut faults, "order", order, &system);
    if shop_version < 1 {
        faults.push("shop_version", "must be more than zero, and rise with each amendment");
    }
    let wished = self::state(&mut faults, "state", state);
    wire::all(faults, || {
        let (external_id, order, wished) = (external_id?, order?, wished?);
        Some(AmendOrder { id, system, external_id, order, shop_version, wished })
    })
}

pub fn answer(
    request: proto::AnswerAmendmentRequest,
    caller: Caller,
) -> Result<(RequestId, AnswerAmendment)> {
    let decision = request.decision();
    let proto::AnswerAmendmentRequest { request_id, amendment, decision: _, state, reason } =
        request;
    let by = caller.system;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let kind = NameKind::Amendment;
    let named = wire::document_named(&mut faults, "amendment", amendment, &by, kind);
    wire::text(&mut faults, "reason", &reason, 1_000);
    let verdict = match (decision, state) {
        (proto::AmendmentDecision::Unspecified, _) => {
            faults.push("decision", "must be ACCEPT or REFUSE");
            None
        }
        (proto::AmendmentDecision::Refuse, None) => Some(Verdict::Nothing),
        (proto::AmendmentDecision::Refuse, Some(_)) => {
            faults.push("state", "must be empty where all is refused");
            None
        }
        (proto::AmendmentDecision::Accept, None) => Some(Verdict::All),
        (proto::AmendmentDecision::Accept, state) => {
            self::state(&mut faults, "state", state).map(|it| Verdict::Other(Box::new(it)))
        }
    };
    if decision == proto::AmendmentDecision::Refuse && reason.is_empty() {
        faults.push("reason", "must say why");
    }
    wire::all(faults, || {
        let (named, verdict) = (named?, verdict?);
        Some((request_id?, AnswerAmendment { named, by, verdict, reason }))
    })
}

fn state(faults: &mut Faults, path: &str, state: Option<proto::OrderState>) -> Option<Wished> {
    let Some(state) = state else {
        faults.push(path, "must be there");
        return None;
    };
    let proto::OrderState {
        currency_code,
        lines: told,
        charges,
        tax_totals,
        total,
        shipping_address,
        billing_address,
    } = state;
    let mut within = Faults::default();
    let currency = within.take("currency_code", Currency::parse(&currency_code));
    // Where the currency is wrong, amounts are read as far as they can be.
    let places = currency.map_or(6, Currency::decimals);
    let lines = lines(&mut within, told, places);
    let charges = document::charges(&mut within, charges, document::Charged::BesideGoods, places);
    let tax_totals = document::tax_totals(&mut within, tax_totals, places);
    let total = within.take("total", document::amount(&total, places, true));
    let shipping_address = address(&mut within, "shipping_address", shipping_address);
    let billing_address = address(&mut within, "billing_address", billing_address);
    faults.extend_below(path, within);
    let (currency, total) = (currency?, total?);
    Some(Wished { currency, lines, charges, tax_totals, total, shipping_address, billing_address })
}

/// As it is told.
pub fn status(status: Status) -> proto::AmendmentStatus {
    match status {
        Status::Requested => proto::AmendmentStatus::Requested,
        Status::Accepted => proto::AmendmentStatus::Accepted,
        Status::PartAccepted => proto::AmendmentStatus::PartAccepted,
        Status::Refused => proto::AmendmentStatus::Refused,
    }
}

/// As it is told.
pub fn amendment(amendment: Amendment) -> proto::Amendment {
    let Amendment {
        id,
        system,
        external_id,
        order,
        shop_version,
        wished,
        status,
        decision,
        requested_at,
        revision,
    } = amendment;
    let (decided_by, decision_reason, decision_time) = match decision {
        None => Default::default(),
        Some(it) => (it.by.to_string(), it.reason, Some(timestamp(it.at))),
    };
    proto::Amendment {
        amendment_id: id.to_string(),
        system: system.to_string(),
        external_amendment_id: external_id.to_string(),
        order_id: order.to_string(),
        shop_version,
        state: Some(told_state(wished)),
        status: self::status(status).into(),
        decided_by,
        decision_reason,
        request_time: Some(timestamp(requested_at)),
        decision_time,
        revision,
    }
}

fn told_state(wished: Wished) -> proto::OrderState {
    let Wished { currency, lines, charges, tax_totals, total, shipping_address, billing_address } =
        wished;
    proto::OrderState {
        currency_code: currency.to_string(),
        lines: lines.into_iter().map(line).collect(),
        charges: charges.into_iter().map(document::told_charge).collect(),
        tax_totals: tax_totals.into_iter().map(document::told_tax).collect(),
        total: total.to_string(),
        shipping_address: shipping_address.map(told_address),
        billing_address: billing_address.map(told_address),
    }
}
