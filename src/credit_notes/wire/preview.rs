//! What crediting would come to, asked and told.

use std::collections::HashSet;

use super::{correction, credit_note, kind, must_be_absent, price_reduction, reversal};
use crate::credit_notes::{CreditNote, Issue, Kind, PreviewOrder};
use crate::decimal::Decimal;
use crate::error::{Faults, Result};
use crate::id::{ExternalId, SystemName};
use crate::orders::Order;
use crate::proto;
use crate::wire::{self, document};

/// What is to be worked out.
pub enum Previewed {
    Invoice(Issue),
    /// Its invoices are still to be looked up.
    Order(PreviewOrder),
}

/// Of an invoice a credit note that nobody issues, or units of an order.
pub fn preview(request: proto::PreviewCreditNoteRequest, system: SystemName) -> Result<Previewed> {
    if request.order.is_some() || !request.order_lines.is_empty() {
        return preview_order(request, system).map(Previewed::Order);
    }
    let proto::PreviewCreditNoteRequest {
        kind,
        invoice,
        cause,
        lines,
        charge_ids,
        order: _,
        order_lines: _,
    } = request;
    let request = proto::IssueCreditNoteRequest {
        kind,
        invoice,
        cause,
        lines,
        charge_ids,
        ..Default::default()
    };
    let mut faults = Faults::default();
    let what = match self::kind(request.kind()) {
        Some(Kind::Reversal) => reversal(&mut faults, request, None, &system),
        Some(Kind::Correction) => correction(&mut faults, request, None, &system),
        Some(Kind::PriceReduction) => price_reduction(&mut faults, request, None, &system),
        Some(Kind::FreeCredit) | None => {
            faults.push("kind", "must be REVERSAL, CORRECTION or PRICE_REDUCTION");
            None
        }
    };
    wire::all(faults, || Some(Previewed::Invoice(Issue::nobodys(&system, what?))))
}

fn preview_order(
    request: proto::PreviewCreditNoteRequest,
    system: SystemName,
) -> Result<PreviewOrder> {
    const HERE: &str = "a preview of an order";
    let mut faults = Faults::default();
    if kind(request.kind()) != Some(Kind::Correction) {
        faults.push("kind", "must be CORRECTION: units are credited of an order's lines");
    }
    let proto::PreviewCreditNoteRequest {
        kind: _,
        invoice,
        cause,
        lines,
        charge_ids,
        order,
        order_lines,
    } = request;
    must_be_absent(&mut faults, "invoice", invoice.is_some(), HERE);
    must_be_absent(&mut faults, "cause", cause.is_some(), HERE);
    must_be_absent(&mut faults, "lines", !lines.is_empty(), HERE);
    must_be_absent(&mut faults, "charge_ids", !charge_ids.is_empty(), HERE);
    let order = wire::order_named(&mut faults, "order", order, &system);
    let mut seen = HashSet::new();
    let mut wanted = Vec::with_capacity(order_lines.len());
    if !(1..=wire::LINES_MAX).contains(&order_lines.len()) {
        let there = order_lines.len();
        let told = format!("must have 1 to {} entries, and has {there}", wire::LINES_MAX);
        faults.push("order_lines", told);
    } else {
        for (nth, line) in order_lines.into_iter().enumerate() {
            let proto::OrderLineCredit { order_line_id, quantity } = line;
            let at = |field| wire::FieldPath { rows: &"order_lines", nth, field };
            let id = faults.take(at("order_line_id"), ExternalId::parse(&order_line_id));
            if id.clone().is_some_and(|it| !seen.insert(it)) {
                faults.push(at("order_line_id"), "must name each line once");
            }
            let quantity = faults.take(at("quantity"), document::positive(&quantity));
            wanted.extend(id.zip(quantity));
        }
    }
    wire::all(faults, || {
        Some(PreviewOrder { system, order: order?, lines: wanted, invoices: Vec::new() })
    })
}

/// What it would come to.
pub fn previewed(note: CreditNote, as_of_revision: i64) -> proto::PreviewCreditNoteResponse {
    let proto::CreditNote {
        invoice_id,
        order_id,
        currency_code,
        price_mode,
        rounding_mode,
        lines,
        charges,
        tax_totals,
        total,
        ..
    } = credit_note(note);
    proto::PreviewCreditNoteResponse {
        invoice_id,
        order_id,
        currency_code,
        price_mode,
        rounding_mode,
        lines,
        charges,
        tax_totals,
        total,
        as_of_revision,
        credit_notes: Vec::new(),
    }
}

/// What crediting units of an order would come to, one note for each of its invoices.
pub fn previewed_order(
    order: &Order,
    notes: Vec<CreditNote>,
    as_of_revision: i64,
) -> Result<proto::PreviewCreditNoteResponse> {
    let total = Decimal::try_sum(notes.iter().map(|it| it.total))?;
    let told = |it| {
        let proto::CreditNote {
            invoice_id,
            price_mode,
            rounding_mode,
            lines,
            tax_totals,
            total,
            ..
        } = credit_note(it);
        proto::PreviewedCreditNote {
            invoice_id,
            price_mode,
            rounding_mode,
            lines,
            tax_totals,
            total,
        }
    };
    Ok(proto::PreviewCreditNoteResponse {
        order_id: order.id.to_string(),
        currency_code: order.content.currency.to_string(),
        total: total.to_string(),
        as_of_revision,
        credit_notes: notes.into_iter().map(told).collect(),
        ..Default::default()
    })
}
