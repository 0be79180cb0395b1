//! How prepayments and their deduction are said.

use std::collections::BTreeMap;

use super::super::{Invoice, Kind, Sums};
use crate::books::{NameKind, Named};
use crate::error::Faults;
use crate::id::SystemName;
use crate::proto;
use crate::totals::Charge;
use crate::wire::document::{self, Charged};
use crate::wire::document_named;

/// What an invoice is; unspecified: an ordinary one.
pub fn kind(faults: &mut Faults, kind: i32) -> Option<Kind> {
    match proto::InvoiceKind::try_from(kind) {
        Ok(proto::InvoiceKind::Unspecified | proto::InvoiceKind::Standard) => Some(Kind::Standard),
        Ok(proto::InvoiceKind::Prepayment) => Some(Kind::Prepayment),
        Err(_) => {
            faults.push("kind", "must be STANDARD or PREPAYMENT");
            None
        }
    }
}

/// Charges, and which prepayments they deduct, by their places.
pub fn charges(
    faults: &mut Faults,
    mut charges: Vec<proto::Charge>,
    is_prepayment: bool,
    places: u32,
    caller: &SystemName,
) -> (Vec<Charge>, BTreeMap<usize, Named>) {
    if is_prepayment {
        let charges = document::charges(faults, charges, Charged::Prepayments, places);
        return (charges, BTreeMap::new());
    }
    let mut deducts = BTreeMap::new();
    for (nth, charge) in charges.iter_mut().enumerate() {
        if charge.kind() == proto::ChargeKind::PrepaymentDeduction {
            let path = format!("charges[{nth}].prepayment_invoice");
            let named = charge.prepayment_invoice.take();
            let named = document_named(faults, &path, named, caller, NameKind::Invoice);
            deducts.extend(named.map(|it| (nth, it)));
        }
    }
    (document::charges(faults, charges, Charged::WithDeductions, places), deducts)
}

/// As it is told.
pub fn told_kind(kind: Kind) -> proto::InvoiceKind {
    match kind {
        Kind::Standard => proto::InvoiceKind::Standard,
        Kind::Prepayment => proto::InvoiceKind::Prepayment,
    }
}

/// As they are told, with what they deduct.
pub fn told_charges(invoice: &Invoice) -> Vec<proto::Charge> {
    let told = |(nth, charge): (usize, &Charge)| {
        let prepayment_invoice = invoice.deductions.get(&nth).map(|it| {
            let reference = proto::document_reference::Reference::DocumentId(it.of.to_string());
            proto::DocumentReference { reference: Some(reference) }
        });
        proto::Charge { prepayment_invoice, ..document::told_charge(charge.clone()) }
    };
    invoice.charges.iter().enumerate().map(told).collect()
}

/// What became of a prepayment; nothing can be said of one whose figures left their range.
pub fn told(invoice: &Invoice) -> Option<proto::Prepayment> {
    let prepaid = invoice.prepaid.as_ref()?;
    let amounts = |sums: &Sums| {
        Some(proto::PrepaymentAmounts {
            amount: sums.amount.to_string(),
            tax_totals: invoice.at_rates(sums).into_iter().map(document::told_tax).collect(),
            total: sums.total(invoice.price_mode).ok()?.to_string(),
        })
    };
    Some(proto::Prepayment {
        deducted: amounts(&prepaid.deducted),
        deductible: amounts(&invoice.unspent().ok()?),
    })
}
