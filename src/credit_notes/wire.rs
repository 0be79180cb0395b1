mod preview;

pub use preview::{Previewed, preview, previewed, previewed_order};

use std::collections::HashSet;

use super::{
    Cause, CreditLine, CreditNote, FreeLine, Issue, Kind, Settle, Settlement, SettlementKind,
    ToldCause, ToldLine, ToldSettlement, What,
};
use crate::access::Caller;
use crate::books::{NameKind, Named};
use crate::decimal::Decimal;
use crate::documents::ByShop;
use crate::error::{Faults, Result};
use crate::id::{ExternalId, SystemName};
use crate::money::Currency;
use crate::proto;
use crate::wire::{self, document, timestamp};

const TEXT_MAX: usize = 1_000;
const CHARGES_MAX: usize = 100;
const SETTLEMENTS_MAX: usize = 20;

pub fn issue(request: proto::IssueCreditNoteRequest, system: SystemName) -> Result<Issue> {
    let kind = kind(request.kind());
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_credit_note_id", ExternalId::parse(&request.external_credit_note_id));
    if kind.is_none() {
        faults.push("kind", "must be REVERSAL, CORRECTION, PRICE_REDUCTION or FREE_CREDIT");
    }
    let currency =
        wire::given(&mut faults, "currency_code", &request.currency_code, Currency::parse);
    // Where the currency is the invoice's, amounts are read as far as they can be.
    let places = currency.map_or(6, Currency::decimals);
    let credit_date = wire::needed_date(&mut faults, "credit_date", &request.credit_date);
    wire::text(&mut faults, "reason", &request.reason, TEXT_MAX);
    let tax_totals = document::tax_totals(&mut faults, request.tax_totals.clone(), places);
    let total =
        wire::given(&mut faults, "total", &request.total, |it| document::amount(it, places, false));
    let settlements = settlements(&mut faults, request.settlements.clone(), places, &system);
    let (already_issued, reason) = (request.already_issued, request.reason.clone());
    let what = match kind {
        None => None,
        Some(Kind::Reversal) => reversal(&mut faults, request, currency, &system),
        Some(Kind::Correction) => correction(&mut faults, request, currency, &system),
        Some(Kind::PriceReduction) => price_reduction(&mut faults, request, currency, &system),
        Some(Kind::FreeCredit) => free_credit(&mut faults, request, currency),
    };
    wire::all(faults, || {
        Some(Issue {
            system,
            external_id: external_id?,
            already_issued,
            credit_date: credit_date?,
            reason,
            what: what?,
            tax_totals,
            total,
            settlements,
        })
    })
}

fn kind(kind: proto::CreditNoteKind) -> Option<Kind> {
    match kind {
        proto::CreditNoteKind::Unspecified => None,
        proto::CreditNoteKind::Reversal => Some(Kind::Reversal),
        proto::CreditNoteKind::Correction => Some(Kind::Correction),
        proto::CreditNoteKind::PriceReduction => Some(Kind::PriceReduction),
        proto::CreditNoteKind::FreeCredit => Some(Kind::FreeCredit),
    }
}

fn reversal(
    faults: &mut Faults,
    request: proto::IssueCreditNoteRequest,
    currency: Option<Currency>,
    system: &SystemName,
) -> Option<What> {
    let invoice = invoice(faults, request.invoice.clone(), system);
    must_be_absent(faults, "cause", request.cause.is_some(), "a reversal");
    must_be_absent(faults, "lines", !request.lines.is_empty(), "a reversal");
    must_be_absent(faults, "charge_ids", !request.charge_ids.is_empty(), "a reversal");
    modes_must_be_absent(faults, &request);
    Some(What::Reversal { invoice: invoice?, currency })
}

fn correction(
    faults: &mut Faults,
    request: proto::IssueCreditNoteRequest,
    currency: Option<Currency>,
    system: &SystemName,
) -> Option<What> {
    modes_must_be_absent(faults, &request);
    let proto::IssueCreditNoteRequest { invoice, cause, lines, charge_ids, .. } = request;
    let invoice = self::invoice(faults, invoice, system);
    let cause = cause.and_then(|it| self::cause(faults, it, system));
    if CHARGES_MAX < charge_ids.len() {
        faults.push("charge_ids", format!("must have at most {CHARGES_MAX} entries"));
        return None;
    }
    let mut seen = HashSet::new();
    let mut charges = Vec::with_capacity(charge_ids.len());
    for (nth, id) in charge_ids.iter().enumerate() {
        let path = format!("charge_ids[{nth}]");
        let id = faults.take(path.clone(), ExternalId::parse(id));
        if id.clone().is_some_and(|it| !seen.insert(it)) {
            faults.push(path, "must name each charge once");
        }
        charges.extend(id);
    }
    let places = currency.map_or(6, Currency::decimals);
    let lines = match (lines.is_empty(), charges.is_empty()) {
        // Shipping may be credited alone.
        (true, false) => Vec::new(),
        _ => correction_lines(faults, lines, places),
    };
    Some(What::Correction { invoice: invoice?, currency, cause, lines, charges })
}

fn correction_lines(
    faults: &mut Faults,
    lines: Vec<proto::CreditNoteLine>,
    places: u32,
) -> Vec<ToldLine> {
    let mut seen = HashSet::new();
    wire::lines(faults, lines, |faults, at, line| {
        let proto::CreditNoteLine { invoice_line_id, quantity, amount, taxes, description, sku } =
            line;
        let id = faults.take(at("invoice_line_id"), ExternalId::parse(&invoice_line_id));
        if id.clone().is_some_and(|it| !seen.insert(it)) {
            faults.push(at("invoice_line_id"), "must name each line once");
        }
        let quantity = faults.take(at("quantity"), document::positive(&quantity));
        let taxes_at = at("taxes");
        let (amount, taxes) = match amount.as_str() {
            "" => (None, document::taxes_alone(faults, &taxes_at, taxes, places)),
            text => {
                let amount = faults.take(at("amount"), document::amount(text, places, true));
                (amount, document::taxes(faults, &taxes_at, taxes, amount, places))
            }
        };
        wire::text(faults, at("description"), &description, TEXT_MAX);
        must_be_absent(faults, at("sku"), !sku.is_empty(), "a correction");
        let (invoice_line, quantity) = (id?, quantity?);
        Some(ToldLine { invoice_line, quantity, amount, taxes, description })
    })
}

fn price_reduction(
    faults: &mut Faults,
    request: proto::IssueCreditNoteRequest,
    currency: Option<Currency>,
    system: &SystemName,
) -> Option<What> {
    const HERE: &str = "a price reduction";
    modes_must_be_absent(faults, &request);
    must_be_absent(faults, "cause", request.cause.is_some(), HERE);
    must_be_absent(faults, "charge_ids", !request.charge_ids.is_empty(), HERE);
    let invoice = self::invoice(faults, request.invoice, system);
    let places = currency.map_or(6, Currency::decimals);
    let is_anonymous = |it: &proto::CreditNoteLine| it.invoice_line_id.is_empty();
    if !request.lines.is_empty() && request.lines.iter().all(is_anonymous) {
        let lines = prepayment_lines(faults, request.lines, places);
        return Some(What::Prepayment { invoice: invoice?, currency, lines });
    }
    let mut seen = HashSet::new();
    let lines = wire::lines(faults, request.lines, |faults, at, line| {
        let proto::CreditNoteLine { invoice_line_id, quantity, amount, taxes, description, sku } =
            line;
        let id = faults.take(at("invoice_line_id"), ExternalId::parse(&invoice_line_id));
        if id.clone().is_some_and(|it| !seen.insert(it)) {
            faults.push(at("invoice_line_id"), "must name each line once");
        }
        must_be_absent(faults, at("quantity"), !quantity.is_empty(), HERE);
        let amount = faults.take(at("amount"), document::amount(&amount, places, false));
        if amount.is_some_and(|it| it.is_zero()) {
            faults.push(at("amount"), "must be more than zero");
        }
        let taxes = document::taxes(faults, &at("taxes"), taxes, amount, places);
        wire::text(faults, at("description"), &description, TEXT_MAX);
        must_be_absent(faults, at("sku"), !sku.is_empty(), HERE);
        let (invoice_line, quantity) = (id?, Decimal::ZERO);
        Some(ToldLine { invoice_line, quantity, amount: Some(amount?), taxes, description })
    });
    Some(What::PriceReduction { invoice: invoice?, currency, lines })
}

/// Amounts of a prepayment invoice, which has no lines that could be named.
fn prepayment_lines(
    faults: &mut Faults,
    lines: Vec<proto::CreditNoteLine>,
    places: u32,
) -> Vec<FreeLine> {
    const HERE: &str = "a price reduction";
    wire::lines(faults, lines, |faults, at, line| {
        let proto::CreditNoteLine { invoice_line_id: _, quantity, amount, taxes, description, sku } =
            line;
        must_be_absent(faults, at("quantity"), !quantity.is_empty(), HERE);
        let amount = faults.take(at("amount"), document::amount(&amount, places, false));
        if amount.is_some_and(|it| it.is_zero()) {
            faults.push(at("amount"), "must be more than zero");
        }
        let taxes = document::taxes(faults, &at("taxes"), taxes, amount, places);
        document::must_not_be_negative(faults, &at("taxes"), &taxes);
        wire::text(faults, at("description"), &description, TEXT_MAX);
        must_be_absent(faults, at("sku"), !sku.is_empty(), HERE);
        Some(FreeLine { quantity: None, amount: amount?, taxes, description, sku })
    })
}

fn free_credit(
    faults: &mut Faults,
    request: proto::IssueCreditNoteRequest,
    currency: Option<Currency>,
) -> Option<What> {
    must_be_absent(faults, "invoice", request.invoice.is_some(), "a free credit");
    must_be_absent(faults, "cause", request.cause.is_some(), "a free credit");
    must_be_absent(faults, "charge_ids", !request.charge_ids.is_empty(), "a free credit");
    for (path, text) in [
        ("currency_code", &request.currency_code),
        ("reason", &request.reason),
        ("total", &request.total),
    ] {
        if text.is_empty() {
            faults.push(path, "must be present in a free credit");
        }
    }
    let price_mode = document::price_mode(faults, request.price_mode());
    let rounding_mode = document::rounding_mode(faults, request.rounding_mode());
    let places = currency.map_or(6, Currency::decimals);
    let lines = wire::lines(faults, request.lines, |faults, at, line| {
        let proto::CreditNoteLine { invoice_line_id, quantity, amount, taxes, description, sku } =
            line;
        let is_named = !invoice_line_id.is_empty();
        must_be_absent(faults, at("invoice_line_id"), is_named, "a free credit");
        let quantity = wire::given(faults, at("quantity"), &quantity, document::positive);
        let amount = faults.take(at("amount"), document::amount(&amount, places, false));
        let taxes = document::taxes(faults, &at("taxes"), taxes, amount, places);
        wire::text(faults, at("description"), &description, TEXT_MAX);
        wire::text(faults, at("sku"), &sku, 255);
        Some(FreeLine { quantity, amount: amount?, taxes, description, sku })
    });
    let (currency, price_mode, rounding_mode) = (currency?, price_mode?, rounding_mode?);
    Some(What::FreeCredit { currency, price_mode, rounding_mode, lines })
}

fn invoice(
    faults: &mut Faults,
    invoice: Option<proto::DocumentReference>,
    system: &SystemName,
) -> Option<Named> {
    wire::document_named(faults, "invoice", invoice, system, NameKind::Invoice)
}

fn cause(faults: &mut Faults, cause: proto::CreditCause, system: &SystemName) -> Option<ToldCause> {
    use proto::credit_cause::Cause as Given;
    let mut named =
        |path, given, kind| wire::document_named(faults, path, Some(given), system, kind);
    match cause.cause? {
        Given::Reception(it) => {
            named("cause.reception", it, NameKind::Reception).map(ToldCause::Reception)
        }
        Given::Return(it) => named("cause.return", it, NameKind::Return).map(ToldCause::Return),
    }
}

fn must_be_absent(faults: &mut Faults, path: impl Into<String>, is_there: bool, of: &str) {
    if is_there {
        faults.push(path, format!("must be absent in {of}"));
    }
}

fn modes_must_be_absent(faults: &mut Faults, request: &proto::IssueCreditNoteRequest) {
    let told = "a note of an invoice: they are the invoice's";
    must_be_absent(faults, "price_mode", request.price_mode != 0, told);
    must_be_absent(faults, "rounding_mode", request.rounding_mode != 0, told);
}

fn settlements(
    faults: &mut Faults,
    settlements: Vec<proto::Settlement>,
    places: u32,
    system: &SystemName,
) -> Vec<ToldSettlement> {
    if SETTLEMENTS_MAX < settlements.len() {
        faults.push("settlements", format!("must have at most {SETTLEMENTS_MAX} entries"));
        return Vec::new();
    }
    let mut parsed = Vec::with_capacity(settlements.len());
    for (nth, settled) in settlements.into_iter().enumerate() {
        let kind = settlement_kind(settled.kind());
        if kind.is_none() {
            faults.push(format!("settlements[{nth}].kind"), "must be a kind of settlement");
        }
        let amount = document::amount(&settled.amount, places, true);
        let amount = faults.take(format!("settlements[{nth}].amount"), amount);
        let path = format!("settlements[{nth}].invoice");
        let invoice = match settled.invoice {
            Some(_) if kind.is_some_and(|it| it != SettlementKind::OpenBalance) => {
                faults.push(path, "must be absent unless a balance is lowered");
                None
            }
            Some(it) => wire::document_named(faults, &path, Some(it), system, NameKind::Invoice),
            None => None,
        };
        let parts = kind.zip(amount);
        parsed.extend(parts.map(|(kind, amount)| ToldSettlement { kind, amount, invoice }));
    }
    parsed
}

fn settlement_kind(kind: proto::SettlementKind) -> Option<SettlementKind> {
    // One spelling for the wire and the database.
    let name = kind.as_str_name().trim_start_matches("SETTLEMENT_KIND_").to_ascii_lowercase();
    SettlementKind::parse(&name)
}

fn told_settlement(settlement: Settlement) -> proto::Settlement {
    let name = format!("SETTLEMENT_KIND_{}", settlement.kind.as_str().to_ascii_uppercase());
    let kind = proto::SettlementKind::from_str_name(&name).unwrap_or_default();
    let invoice = settlement.invoice.map(|it| {
        let reference = proto::document_reference::Reference::DocumentId(it.to_string());
        proto::DocumentReference { reference: Some(reference) }
    });
    proto::Settlement { kind: kind.into(), amount: settlement.amount.to_string(), invoice }
}

/// How a credit note was settled.
pub fn settle(request: proto::SettleCreditNoteRequest, caller: Caller) -> Result<Settle> {
    let (sees, system) = (ByShop::seen_by(&caller), caller.system);
    let proto::SettleCreditNoteRequest { external_settlement_id, credit_note, settlements } =
        request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_settlement_id", ExternalId::parse(&external_settlement_id));
    let kind = NameKind::CreditNote;
    let of = wire::document_named(&mut faults, "credit_note", credit_note, &system, kind);
    if settlements.is_empty() {
        faults.push("settlements", "must have at least one entry");
    }
    // Compared with the note's total, which has no more places than its currency.
    let parts = self::settlements(&mut faults, settlements, 6, &system);
    wire::all(faults, || Some(Settle { system, external_id: external_id?, of: of?, parts, sees }))
}

/// As it is told.
pub fn credit_note(note: CreditNote) -> proto::CreditNote {
    let CreditNote {
        id,
        system,
        external_id,
        kind,
        lowers,
        cause,
        credit_date,
        reason,
        currency,
        price_mode,
        rounding_mode,
        lines,
        charges,
        tax_totals,
        total,
        settlements,
        settled,
        recorded_at,
        revision,
    } = note;
    let kind = match kind {
        Kind::Reversal => proto::CreditNoteKind::Reversal,
        Kind::Correction => proto::CreditNoteKind::Correction,
        Kind::PriceReduction => proto::CreditNoteKind::PriceReduction,
        Kind::FreeCredit => proto::CreditNoteKind::FreeCredit,
    };
    let (reception_id, return_id) = match cause {
        Some(Cause::Reception(reception, of)) => (reception.to_string(), of.to_string()),
        Some(Cause::Return(of)) => (String::new(), of.to_string()),
        None => (String::new(), String::new()),
    };
    proto::CreditNote {
        credit_note_id: id.to_string(),
        system: system.to_string(),
        external_credit_note_id: external_id.to_string(),
        kind: kind.into(),
        invoice_id: lowers.map(|it| it.0.to_string()).unwrap_or_default(),
        order_id: lowers.map(|it| it.1.to_string()).unwrap_or_default(),
        reception_id,
        return_id,
        credit_date: credit_date.to_string(),
        reason,
        currency_code: currency.to_string(),
        price_mode: document::told_price_mode(price_mode).into(),
        rounding_mode: document::told_rounding_mode(rounding_mode).into(),
        lines: lines.into_iter().map(line).collect(),
        charges: charges.into_iter().map(document::told_charge).collect(),
        tax_totals: tax_totals.into_iter().map(document::told_tax).collect(),
        total: total.to_string(),
        settlements: settlements.into_iter().map(told_settlement).collect(),
        settle_time: settled.as_ref().map(|it| timestamp(it.at)),
        settled_by: settled.map(|it| it.by.to_string()).unwrap_or_default(),
        record_time: Some(timestamp(recorded_at)),
        revision,
    }
}

fn line(line: CreditLine) -> proto::CreditNoteLine {
    let CreditLine { invoice_line, quantity, amount, taxes, description, sku } = line;
    proto::CreditNoteLine {
        invoice_line_id: invoice_line.map(|it| it.to_string()).unwrap_or_default(),
        quantity: quantity.map(|it| it.to_string()).unwrap_or_default(),
        amount: amount.to_string(),
        taxes: taxes.into_iter().map(document::told_tax).collect(),
        description,
        sku,
    }
}
