//! Credit notes: of invoices, and of none.

use std::collections::BTreeMap;

use erpsync::books::{NameKind, Named};
use erpsync::credit_notes::{FreeLine, Issue, ToldCause, ToldLine, What};
use erpsync::decimal::Decimal;
use erpsync::error::Reason;
use erpsync::money::Currency;
use time::macros::date;

use super::super::dice::{Dice, erp, find, id, units};
use super::super::model::{Model, Reception, Return, Thing};
use super::super::play::{Play, fact, ok};
use super::correction::{Correction, Wanted, ahead};
use super::settle::{parts, settled, told};
use super::{
    Invoice, Levy, Mode, Note, Part, RATES, add_up, decimal, places, told_tax, told_totals,
};

/// For these reasons a note that was issued already is kept, and tried again.
const KEPT: &[Reason] = &[
    Reason::WaitsForDocument,
    Reason::AmountsDoNotAddUp,
    Reason::CurrencyMismatch,
    Reason::CreditExceedsInvoice,
    Reason::CauseAlreadyCredited,
];

/// Units of an invoice, or all that is left of it.
pub fn credit(dice: &mut Dice, model: &Model) -> Play {
    let may_be_prepaid = dice.one_in(8);
    let fits = |it: &Invoice| it.is_open() && (may_be_prepaid || it.prepaid.is_none());
    let invoice = dice.name(NameKind::Invoice, &model.invoices, fits);
    let wanted = match dice.one_in(3) {
        true => Wanted::All,
        false => units_of(dice, model.invoices.get(&invoice.number), |it| it.units - it.credited),
    };
    say(dice, model, invoice, wanted, None)
}

/// Units of an invoice that came back.
pub fn refund(dice: &mut Dice, model: &Model) -> Play {
    let is_open =
        |it: &Return| it.lines.values().any(|line| line.credited < line.cap(it.is_proved));
    let (cause, back) = match dice.one_in(2) {
        true => {
            let fits = |it: &Return| !it.is_credited && is_open(it);
            let back = dice.name(NameKind::Return, &model.returns, fits);
            (back, Some(back.number))
        }
        false => {
            let fits = |it: &Reception| !it.is_credited && is_open(&model.returns[&it.of]);
            let came = dice.name(NameKind::Reception, &model.receptions, fits);
            (came, model.receptions.get(&came.number).map(|it| it.of))
        }
    };
    let back = back.and_then(|it| model.returns.get(&it));
    let creditable = |it: &Part| {
        let line = back.and_then(|back| Some((back, back.lines.get(&it.order_line)?)));
        let left = line.map_or(0, |(back, line)| line.cap(back.is_proved) - line.credited);
        left.min(it.units - it.credited)
    };
    let fits = |it: &Invoice| {
        back.is_none_or(|back| back.order == it.order)
            && it.lines.iter().any(|it| 0 < creditable(it))
    };
    let invoice = dice.name(NameKind::Invoice, &model.invoices, fits);
    let wanted = units_of(dice, model.invoices.get(&invoice.number), creditable);
    let cause = (cause, dice.named(cause));
    say(dice, model, invoice, wanted, Some(cause))
}

/// Amounts of an invoice's lines, and no units.
pub fn reduce(dice: &mut Dice, model: &Model) -> Play {
    let fits = |it: &Invoice| it.lines.iter().any(|it| it.given().0 < it.amount);
    let invoice = dice.name(NameKind::Invoice, &model.invoices, fits);
    let wanted = amounts(dice, model.invoices.get(&invoice.number));
    say(dice, model, invoice, wanted, None)
}

/// Money that was paid ahead: some of it, or all that is left.
pub fn pay_back(dice: &mut Dice, model: &Model) -> Play {
    let fits = |it: &Invoice| it.prepaid.is_some() && it.is_open();
    let invoice = dice.name(NameKind::Invoice, &model.invoices, fits);
    let wanted = match dice.one_in(4) {
        true => Wanted::All,
        false => prepaid(dice, model.invoices.get(&invoice.number)),
    };
    say(dice, model, invoice, wanted, None)
}

fn say(
    dice: &mut Dice,
    model: &Model,
    invoice: Thing,
    wanted: Wanted,
    cause: Option<(Thing, Named)>,
) -> Play {
    let number = dice.number(NameKind::CreditNote);
    let there = model.invoices.get(&invoice.number);
    let already_issued = dice.one_in(2);
    let currency = dice.some_currency();
    let mut correction = Correction {
        wanted,
        cause,
        waits: already_issued,
        is_in_currency: currency == dice.currency(),
        total: None,
        settled: vec![],
    };
    if there.is_some()
        && let Ok(note) = correction.issue(&mut model.clone(), invoice.number)
    {
        correction.total = dice.one_in(2).then_some(note.total + i128::from(dice.one_in(12)));
        correction.settled = parts(dice, model, note.total);
    }
    let named = dice.named(invoice);
    let minor = |it: i128| decimal(it, places(model.currency));
    let mode = there.map_or(Mode::ALL[0], |it| it.mode);
    let other = Some(currency).filter(|it| *it != dice.currency());
    let what = correction.told(&named, other, (model.currency, mode));
    let command = Issue {
        total: correction.total.map(minor),
        settlements: correction.settled.iter().map(|it| told(it, model.currency)).collect(),
        ..issue(number, already_issued, what)
    };
    let kept = if already_issued { KEPT } else { &[] };
    fact(number, dice.parked(), kept, command, move |model| {
        find(&model.invoices, invoice, &named, already_issued)?;
        let note = correction.issue(model, invoice.number)?;
        model.notes.insert(number, note);
        model.wake(Thing::of(NameKind::CreditNote, number));
        ok()
    })
}

impl Correction {
    /// As the API says it: amounts as the invoice has them, in another currency where that is told.
    fn told(&self, of: &Named, currency: Option<Currency>, (own, mode): (&str, Mode)) -> What {
        let invoice = of.clone();
        match &self.wanted {
            Wanted::All => What::Reversal { invoice, currency },
            Wanted::Units(lines, charges) => What::Correction {
                invoice,
                currency,
                cause: self.cause.clone().map(|(cause, named)| match cause.kind {
                    NameKind::Return => ToldCause::Return(named),
                    _ => ToldCause::Reception(named),
                }),
                lines: lines.iter().map(|(nth, count)| line(*nth, *count)).collect(),
                charges: charges.iter().map(id).collect(),
            },
            Wanted::Amounts(lines) => {
                let line = |(nth, by): &(usize, i128)| ToldLine {
                    amount: Some(decimal(*by, places(own))),
                    ..line(*nth, 0)
                };
                What::PriceReduction { invoice, currency, lines: lines.iter().map(line).collect() }
            }
            Wanted::Prepaid(parts) => {
                let lines = parts.iter().map(|it| free_line(own, mode, it));
                What::Prepayment { invoice, currency, lines: lines.collect() }
            }
        }
    }
}

/// Units of lines, of each mostly as many as are left of it; perhaps with a charge.
fn units_of(dice: &mut Dice, there: Option<&Invoice>, left: impl Fn(&Part) -> i64) -> Wanted {
    let lines = there.map_or(&[][..], |it| &it.lines);
    let mut units: BTreeMap<usize, i64> = BTreeMap::new();
    for _ in 0..1 + dice.below(2) {
        let nth = dice.fitting(lines, |it| 0 < left(it));
        units.insert(nth, dice.about(lines.get(nth).map_or(1, &left)));
    }
    let charges = there.map_or(&[][..], |it| &it.charges);
    let is_named = !charges.is_empty() && dice.one_in(2);
    let charges = is_named.then(|| dice.fitting(charges, |it| it.credited == 0));
    Wanted::Units(units.into_iter().collect(), charges.into_iter().collect())
}

fn amounts(dice: &mut Dice, there: Option<&Invoice>) -> Wanted {
    let there = there.map_or(&[][..], |it| &it.lines);
    let mut lines: BTreeMap<usize, i128> = BTreeMap::new();
    for _ in 0..1 + dice.below(2) {
        let nth = dice.fitting(there, |it| it.given().0 < it.amount);
        let line = there.get(nth);
        let left = line.map_or(1, |it| it.amount - it.given().0);
        let by = match dice.below(8) {
            0 => left + 1,
            1 => left,
            _ => left / i128::from(1 + dice.few()) + i128::from(dice.below(3)),
        };
        lines.insert(nth, by.max(1));
    }
    Wanted::Amounts(lines.into_iter().collect())
}

/// All that is left of a prepayment in two parts, or in one; now and then more than there is.
fn prepaid(dice: &mut Dice, there: Option<&Invoice>) -> Wanted {
    let Some(of) = there else { return Wanted::Prepaid(vec![ahead(1, vec![])]) };
    let left = of.left();
    let share = i128::from(dice.few() + 1);
    let too_much = i128::from(dice.one_in(12));
    let part = |of_it: &dyn Fn(i128) -> i128| {
        let levy = |(rate, (base, tax)): (&i64, &(i128, i128))| {
            let base = of_it(*base);
            let near = if of.prepaid.is_some() { of.mode.tax(base, *rate).min(*tax) } else { 0 };
            Levy { rate: *rate, base, tax: if of.mode.per_line { near } else { 0 } }
        };
        let levies = left.rates.iter().map(levy).filter(|it| 0 < it.base);
        ahead((of_it(left.amount) + too_much).max(1), levies.collect())
    };
    Wanted::Prepaid(match dice.one_in(2) {
        true => vec![part(&|it| it)],
        false => vec![part(&|it| it / share), part(&|it| it / (share + 1))],
    })
}

/// Units of an invoice's line.
pub fn line(nth: usize, count: i64) -> ToldLine {
    ToldLine {
        invoice_line: id(nth),
        quantity: units(count),
        amount: None,
        taxes: vec![],
        description: String::new(),
    }
}

fn free_line(currency: &str, mode: Mode, part: &Part) -> FreeLine {
    let tax = |it: &Levy| {
        let tax = mode.per_line.then_some(it.tax);
        told_tax(currency, it.rate, it.base, tax)
    };
    FreeLine {
        quantity: None,
        amount: decimal(part.amount, places(currency)),
        taxes: part.levies.iter().map(tax).collect(),
        description: String::new(),
        sku: String::new(),
    }
}

/// A credit note, of which nothing else is told.
pub fn issue(number: i64, already_issued: bool, what: What) -> Issue {
    Issue {
        system: erp(),
        external_id: id(number),
        already_issued,
        credit_date: date!(2026 - 11 - 24),
        reason: String::new(),
        what,
        tax_totals: vec![],
        total: None,
        settlements: vec![],
    }
}

pub fn credit_freely(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::CreditNote);
    let currency = dice.some_currency();
    let (mode, of) = (dice.of(&Mode::ALL), currency.to_string());
    let mut lines = Vec::new();
    for _ in 0..dice.few() {
        let amount = i128::from(dice.below(500));
        let levy = if dice.one_in(2) { Some((dice.of(&RATES), amount)) } else { None };
        lines.push(Part { amount, ..Part::default() }.taxed(mode, levy));
    }
    let already_issued = dice.one_in(2);
    let (taxes, sum) = add_up(mode, &lines);
    let total = sum + i128::from(dice.one_in(8));
    let parts = parts(dice, model, total);
    let minor = |it: i128| -> Decimal { decimal(it, places(&of)) };
    let what = What::FreeCredit {
        currency,
        price_mode: mode.price(),
        rounding_mode: mode.rounding(),
        lines: lines.iter().map(|it| free_line(&of, mode, it)).collect(),
    };
    let command = Issue {
        total: Some(minor(total)),
        tax_totals: told_totals(&of, &taxes),
        settlements: parts.iter().map(|it| told(it, &of)).collect(),
        ..issue(number, already_issued, what)
    };
    let kept = if already_issued { KEPT } else { &[] };
    let lines: Vec<i128> = lines.iter().map(|it| it.amount).collect();
    fact(number, dice.parked(), kept, command, move |model| {
        if total != sum {
            return Err(Reason::AmountsDoNotAddUp.into());
        }
        let (lines, taxes) = (lines.clone(), taxes.clone());
        let (invoice, cause, currency) = (None, None, of.clone());
        let mut note = Note { invoice, currency, lines, taxes, total, cause, settled: None };
        if !parts.is_empty() {
            note.settled = Some(settled(model, &note, &parts)?);
        }
        model.notes.insert(number, note);
        model.wake(Thing::of(NameKind::CreditNote, number));
        ok()
    })
}
