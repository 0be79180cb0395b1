mod prepayment;

use std::collections::HashSet;

use super::{Invoice, InvoiceLine, Kind, Record, ToldLine};
use crate::error::{Faults, Result};
use crate::id::{ExternalId, SystemName};
use crate::money::Currency;
use crate::proto;
use crate::totals::Priced;
use crate::wire::{self, document, timestamp};

pub fn record(request: proto::RecordInvoiceRequest, system: SystemName) -> Result<Record> {
    let (price_mode, rounding_mode) = (request.price_mode(), request.rounding_mode());
    let proto::RecordInvoiceRequest {
        external_invoice_id,
        order,
        invoice_date,
        currency_code,
        price_mode: _,
        rounding_mode: _,
        lines,
        charges,
        tax_totals,
        total,
        kind,
    } = request;
    let mut faults = Faults::default();
    let external_id = faults.take("external_invoice_id", ExternalId::parse(&external_invoice_id));
    let order = wire::order_named(&mut faults, "order", order, &system);
    let invoice_date = wire::needed_date(&mut faults, "invoice_date", &invoice_date);
    let currency = faults.take("currency_code", Currency::parse(&currency_code));
    // Where the currency is wrong, amounts are read as far as they can be.
    let places = currency.map_or(6, Currency::decimals);
    let price_mode = document::price_mode(&mut faults, price_mode);
    let rounding_mode = document::rounding_mode(&mut faults, rounding_mode);
    let kind = prepayment::kind(&mut faults, kind);
    let is_prepayment = kind == Some(Kind::Prepayment);
    let lines = match (lines.is_empty(), charges.is_empty()) {
        // Shipping may be invoiced alone.
        (true, false) => Vec::new(),
        (is_empty, _) if is_prepayment => {
            let path = if is_empty { "charges" } else { "lines" };
            faults.push(path, "a prepayment invoice has charges and no lines");
            Vec::new()
        }
        _ => self::lines(&mut faults, lines, places),
    };
    let (charges, deducts) =
        prepayment::charges(&mut faults, charges, is_prepayment, places, &system);
    let tax_totals = document::tax_totals(&mut faults, tax_totals, places);
    if is_prepayment {
        document::must_not_be_negative(&mut faults, &"tax_totals", &tax_totals);
    }
    let total = faults.take("total", document::amount(&total, places, true));
    wire::all(faults, || {
        Some(Record {
            system,
            external_id: external_id?,
            kind: kind?,
            order: order?,
            invoice_date: invoice_date?,
            currency: currency?,
            price_mode: price_mode?,
            rounding_mode: rounding_mode?,
            lines,
            charges,
            deducts,
            tax_totals,
            total: total?,
        })
    })
}

fn lines(faults: &mut Faults, lines: Vec<proto::InvoiceLine>, places: u32) -> Vec<ToldLine> {
    let mut ids = HashSet::new();
    wire::lines(faults, lines, |faults, at, line| {
        let proto::InvoiceLine {
            invoice_line_id,
            order_line_id,
            quantity,
            unit_price,
            discount,
            amount,
            taxes,
        } = line;
        let id = faults.take(at("invoice_line_id"), ExternalId::parse(&invoice_line_id));
        if id.clone().is_some_and(|it| !ids.insert(it)) {
            faults.push(at("invoice_line_id"), "must be unique within the invoice");
        }
        let order_line = faults.take(at("order_line_id"), ExternalId::parse(&order_line_id));
        let given = document::Given { quantity, unit_price, discount, amount, taxes };
        let invoiced = document::priced(faults, at, given, places);
        Some(ToldLine { id: id?, order_line: order_line?, invoiced: invoiced? })
    })
}

/// As it is told.
pub fn invoice(invoice: Invoice) -> proto::Invoice {
    let credits = credits(&invoice);
    let prepayment = prepayment::told(&invoice);
    let charges = prepayment::told_charges(&invoice);
    let Invoice {
        id,
        system,
        external_id,
        kind,
        order,
        invoice_date,
        currency,
        price_mode,
        rounding_mode,
        lines,
        charges: _,
        tax_totals,
        total,
        deductions: _,
        credited_charges: _,
        prepaid: _,
        recorded_at,
        wording: _,
        revision,
    } = invoice;
    proto::Invoice {
        invoice_id: id.to_string(),
        system: system.to_string(),
        external_invoice_id: external_id.to_string(),
        order_id: order.to_string(),
        invoice_date: invoice_date.to_string(),
        currency_code: currency.to_string(),
        price_mode: document::told_price_mode(price_mode).into(),
        rounding_mode: document::told_rounding_mode(rounding_mode).into(),
        lines: lines.into_iter().map(line).collect(),
        charges,
        tax_totals: tax_totals.into_iter().map(document::told_tax).collect(),
        total: total.to_string(),
        credits,
        record_time: Some(timestamp(recorded_at)),
        revision,
        kind: prepayment::told_kind(kind).into(),
        prepayment,
    }
}

/// What was credited; nothing can be said of an invoice whose figures left their range.
fn credits(invoice: &Invoice) -> Option<proto::InvoiceCredits> {
    let credited = invoice.credited().ok()?;
    let line = |(line, amount): (&InvoiceLine, crate::decimal::Decimal)| proto::LineCredit {
        quantity: line.credited_quantity.to_string(),
        amount: amount.to_string(),
    };
    let charges = invoice.credited_charges.iter();
    Some(proto::InvoiceCredits {
        lines: invoice.lines.iter().zip(credited.lines).map(line).collect(),
        charge_ids: charges.map(|it| invoice.charges[*it].id.to_string()).collect(),
        tax_totals: credited.tax_totals.into_iter().map(document::told_tax).collect(),
        total: credited.total.to_string(),
    })
}

fn line(line: InvoiceLine) -> proto::InvoiceLine {
    let InvoiceLine { id, order_line, invoiced, credited_quantity: _, reduced: _ } = line;
    let Priced { quantity, unit_price, discount, amount, taxes } = invoiced;
    proto::InvoiceLine {
        invoice_line_id: id.to_string(),
        order_line_id: order_line.to_string(),
        quantity: quantity.to_string(),
        unit_price: unit_price.to_string(),
        discount: discount.to_string(),
        amount: amount.to_string(),
        taxes: taxes.into_iter().map(document::told_tax).collect(),
    }
}
