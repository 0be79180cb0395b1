//! How credit notes are settled: with them, or later.

use erpsync::books::{NameKind, Named};
use erpsync::credit_notes::{Settle, SettlementKind, ToldSettlement};
use erpsync::error::Reason;

use super::super::dice::{Dice, erp, find, id};
use super::super::model::{Model, Thing};
use super::super::play::{No, Play, fact, ok};
use super::invoice::coins_max;
use super::{Note, decimal, places};

/// A part of a settlement: how, how much, and whose balance is lower, if that is said.
pub type Settled = (SettlementKind, i128, Option<(Thing, Named)>);

pub fn settle(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Settlement);
    let note = dice.name(NameKind::CreditNote, &model.notes, |it| it.settled.is_none());
    let there = model.notes.get(&note.number);
    let mut parts = parts(dice, model, there.map_or(100, |it| it.total));
    if parts.is_empty() {
        parts.push((SettlementKind::Refund, there.map_or(100, |it| it.total), None));
    }
    let currency = there.map_or(dice.currency.into(), |it| it.currency.clone());
    let named = dice.named(note);
    let told = parts.iter().map(|it| told(it, &currency)).collect();
    let command = Settle {
        system: erp(),
        external_id: id(number),
        of: named.clone(),
        parts: told,
        sees: Default::default(),
    };
    let kept = &[
        Reason::WaitsForDocument,
        Reason::AmountsDoNotAddUp,
        Reason::CurrencyMismatch,
        Reason::InvalidState,
    ];
    fact(number, dice.parked(), kept, command, move |model| {
        let found = find(&model.notes, note, &named, true)?.clone();
        if found.settled.is_some() {
            return Err(Reason::InvalidState.into());
        }
        let settled = settled(model, &found, &parts)?;
        model.notes.insert(note.number, Note { settled: Some(settled), ..found });
        ok()
    })
}

/// How a total is settled: often not told; else mostly right.
pub fn parts(dice: &mut Dice, model: &Model, total: i128) -> Vec<Settled> {
    use SettlementKind::*;
    let some = i128::from(dice.below(40));
    let balance = dice.one_in(2).then(|| {
        let of = dice.name(NameKind::Invoice, &model.invoices, |_| true);
        (of, dice.named(of))
    });
    let others = [Goodwill, RestockingFee, LossOfValue, Shipping, Exchange, StoreCredit];
    let other = dice.of(&others);
    match dice.below(16) {
        0 => vec![(Refund, total, None)],
        1 => vec![(Refund, total - 1, None), (ErpRounding, 1, None)],
        2 => vec![(Refund, total - 40, None), (ErpRounding, 40, None)],
        3 => vec![(Refund, total - some, None), (other, some, None)],
        4 => vec![(Refund, total + 1, None)],
        5 => vec![(OpenBalance, total, balance)],
        6 => vec![(StoreCredit, some, None), (OpenBalance, total - some, balance)],
        7 => vec![(Refund, total + 2, None), (CashRounding, -2, None)],
        8 => vec![(Refund, total - 501, None), (CashRounding, 501, None)],
        _ => vec![],
    }
}

pub fn told((kind, amount, invoice): &Settled, currency: &str) -> ToldSettlement {
    let amount = decimal(*amount, places(currency));
    ToldSettlement { kind: *kind, amount, invoice: invoice.as_ref().map(|it| it.1.clone()) }
}

/// C4: how it was settled, if its parts come to the total.
pub fn settled(
    model: &Model,
    note: &Note,
    parts: &[Settled],
) -> Result<Vec<(SettlementKind, i128, Option<i64>)>, No> {
    use SettlementKind::{CashRounding, ErpRounding, OpenBalance};
    let mut settled = Vec::new();
    for (kind, amount, balance) in parts {
        let balance = match (kind, balance) {
            (OpenBalance, Some((of, named))) => {
                let found = find(&model.invoices, *of, named, true)?;
                if found.currency != note.currency {
                    return Err(Reason::CurrencyMismatch.into());
                }
                Some(of.number)
            }
            (OpenBalance, None) => Some(note.invoice.ok_or(Reason::FieldInvalid)?),
            _ => None,
        };
        settled.push((*kind, *amount, balance));
    }
    let sum = |of: &[SettlementKind]| -> i128 {
        settled.iter().filter(|it| of.contains(&it.0)).map(|it| it.1).sum()
    };
    let all: i128 = settled.iter().map(|it| it.1).sum();
    let most = (note.lines.len() + note.taxes.len()) as i128;
    let adds_up = all == note.total
        && sum(&[ErpRounding]).abs() <= most
        && sum(&[CashRounding]).abs() <= coins_max(&note.currency);
    if adds_up { Ok(settled) } else { Err(Reason::AmountsDoNotAddUp.into()) }
}
