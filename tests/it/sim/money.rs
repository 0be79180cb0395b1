//! Invoices, credits and payments, in minor units.

use std::collections::BTreeMap;

use erpsync::books::{NameKind, Named};
use erpsync::credit_notes::{
    FreeLine, Issue, SettlementKind, ToldCause, ToldLine, ToldSettlement, What,
};
use erpsync::decimal::Decimal;
use erpsync::error::Reason;
use erpsync::invoices::{self, Record};
use erpsync::money::Currency;
use erpsync::payments;
use erpsync::totals::{Charge, PartKind, PriceMode, Priced, RoundingMode, Tax};
use time::macros::date;

use super::dice::{Dice, erp, find, id, units};
use super::model::{Model, Reception, Thing};
use super::play::{No, Play, fact, ok};

/// In tenths of a percent.
const RATES: [i64; 3] = [190, 70, 81];

/// How many decimals a currency has.
pub fn places(currency: &str) -> u32 {
    match currency {
        "JPY" => 0,
        "KWD" => 3,
        _ => 2,
    }
}

/// So many of the last of so many places.
pub fn decimal(minor: i128, places: u32) -> Decimal {
    Decimal::from_millionths(minor * 10_i128.pow(6 - places)).unwrap()
}

/// A quotient, half away from zero.
pub fn rounded(dividend: i128, divisor: i128) -> i128 {
    let half_more = (2 * dividend.abs() + divisor) / (2 * divisor);
    if dividend < 0 { -half_more } else { half_more }
}

/// What so many units come to, at a price in millionths.
pub fn value(currency: &str, price: i64, count: i64) -> i128 {
    rounded(i128::from(price) * i128::from(count), 10_i128.pow(6 - places(currency)))
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    pub is_net: bool,
    /// Whether taxes are rounded on each line, or once on the document.
    pub per_line: bool,
}

impl Mode {
    pub const ALL: [Mode; 4] = [
        Mode { is_net: true, per_line: true },
        Mode { is_net: true, per_line: false },
        Mode { is_net: false, per_line: true },
        Mode { is_net: false, per_line: false },
    ];

    /// What a rate makes of an amount.
    pub fn tax(self, amount: i128, rate: i64) -> i128 {
        let whole = if self.is_net { 1000 } else { 1000 + rate };
        rounded(amount * i128::from(rate), i128::from(whole))
    }
}

/// An invoice, and how much of it was credited.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub order: i64,
    pub currency: &'static str,
    pub mode: Mode,
    pub lines: Vec<Part>,
    pub charges: Vec<Part>,
    /// Of each rate: what it is of, and how much it is.
    pub taxes: BTreeMap<i64, (i128, i128)>,
    pub total: i128,
}

/// A line or a charge of an invoice.
#[derive(Clone, Debug)]
pub struct Part {
    /// The order's line, where it is one.
    pub order_line: usize,
    pub price: i64,
    pub units: i64,
    /// A discount's is negative.
    pub amount: i128,
    pub rate: i64,
    pub tax: i128,
    pub credited: i64,
}

/// What of an invoice was credited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub lines: Vec<i128>,
    pub taxes: BTreeMap<i64, (i128, i128)>,
    pub total: i128,
}

impl Part {
    /// After `credited` of its units: the cumulative rule.
    fn share(&self, of: i128) -> i128 {
        rounded(of * i128::from(self.credited), i128::from(self.units))
    }
}

impl Invoice {
    /// As it adds up. Each rounded tax may be a minor unit off, as other systems round.
    pub fn new(
        order: i64,
        currency: &'static str,
        mode: Mode,
        (mut lines, mut charges): (Vec<Part>, Vec<Part>),
        mut off: impl FnMut() -> i128,
    ) -> Invoice {
        let mut taxes: BTreeMap<i64, (i128, i128)> = BTreeMap::new();
        for part in lines.iter_mut().chain(&mut charges) {
            let sum = taxes.entry(part.rate).or_default();
            sum.0 += part.amount;
            if mode.per_line {
                part.tax = mode.tax(part.amount, part.rate) + off();
                sum.1 += part.tax;
            }
        }
        for (rate, (base, tax)) in taxes.iter_mut().filter(|_| !mode.per_line) {
            *tax = mode.tax(*base, *rate) + off();
        }
        let parts: i128 = lines.iter().chain(&charges).map(|it| it.amount).sum();
        let on_top: i128 = taxes.values().map(|it| it.1).sum();
        let total = parts + if mode.is_net { on_top } else { 0 };
        Invoice { order, currency, mode, lines, charges, taxes, total }
    }

    /// What was credited so far: after k of n units, the k-th share of the whole.
    pub fn given(&self) -> Given {
        let mut given = Given::default();
        self.taxes.keys().for_each(|it| {
            given.taxes.insert(*it, (0, 0));
        });
        for (nth, part) in self.lines.iter().chain(&self.charges).enumerate() {
            let amount = part.share(part.amount);
            if nth < self.lines.len() {
                given.lines.push(amount);
            }
            let sum = given.taxes.get_mut(&part.rate).unwrap();
            *sum = (sum.0 + amount, sum.1 + part.share(part.tax));
            given.total += amount;
        }
        for (rate, (base, tax)) in &mut given.taxes {
            let whole = self.taxes[rate];
            if !self.mode.per_line {
                *tax = if whole.0 == 0 { 0 } else { share_of(whole.1, *base, whole.0) };
            }
            if self.mode.is_net {
                given.total += *tax;
            }
        }
        given
    }

    /// Whether anything is left to credit.
    fn is_open(&self) -> bool {
        self.lines.iter().any(|it| it.credited < it.units)
    }

    /// Whether no more was given than there was, of each rate and in sum.
    fn covers(&self, given: &Given) -> bool {
        let rates = given.taxes.iter().all(|(rate, (base, tax))| {
            let whole = self.taxes[rate];
            base.abs() <= whole.0.abs() && tax.abs() <= whole.1.abs()
        });
        rates && given.total.abs() <= self.total.abs()
    }

    fn amount(&self, minor: i128) -> Decimal {
        decimal(minor, places(self.currency))
    }

    fn tax(&self, rate: i64, base: i128, tax: Option<i128>) -> Tax {
        Tax {
            category: "S".into(),
            rate: decimal(i128::from(rate), 1),
            base: self.amount(base),
            amount: tax.map(|it| self.amount(it)),
        }
    }

    /// As the ERP says it.
    pub fn record(&self, number: i64, order: Named) -> Record {
        let tax = |it: &Part, sign: i128| {
            let tax = self.mode.per_line.then_some(sign * it.tax);
            vec![self.tax(it.rate, sign * it.amount, tax)]
        };
        let line = |(nth, it): (usize, &Part)| invoices::ToldLine {
            id: id(nth),
            order_line: id(it.order_line),
            invoiced: Priced {
                quantity: units(it.units),
                unit_price: decimal(i128::from(it.price), 6),
                discount: units(0),
                amount: self.amount(it.amount),
                taxes: tax(it, 1),
            },
        };
        let charge = |(nth, it): (usize, &Part)| {
            let (kind, sign) = match it.amount < 0 {
                true => (PartKind::Discount, -1),
                false => (PartKind::Shipping, 1),
            };
            let (amount, taxes) = (self.amount(sign * it.amount), tax(it, sign));
            Charge { id: id(nth), kind, amount, taxes, description: String::new() }
        };
        let taxes = self.taxes.iter();
        Record {
            system: erp(),
            external_id: id(number),
            order,
            kind: invoices::Kind::Standard,
            deducts: BTreeMap::new(),
            invoice_date: date!(2026 - 11 - 23),
            currency: Currency::parse(self.currency).unwrap(),
            price_mode: if self.mode.is_net { PriceMode::Net } else { PriceMode::Gross },
            rounding_mode: match self.mode.per_line {
                true => RoundingMode::Line,
                false => RoundingMode::Document,
            },
            lines: self.lines.iter().enumerate().map(line).collect(),
            charges: self.charges.iter().enumerate().map(charge).collect(),
            tax_totals: taxes.map(|(rate, it)| self.tax(*rate, it.0, Some(it.1))).collect(),
            total: self.amount(self.total),
        }
    }
}

/// The same rule over money: what a part of the base has of the tax.
fn share_of(tax: i128, base: i128, whole: i128) -> i128 {
    let sign = if whole < 0 { -1 } else { 1 };
    rounded(sign * tax * base, whole.abs())
}

pub fn invoice(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Invoice);
    let order = dice.order(model, |it| it.lines.iter().any(|it| it.can_be_invoiced() > 0));
    let there = model.orders.get(&order.number).map_or(&[][..], |it| &it.lines);
    let mut lines = Vec::new();
    for _ in 0..1 + dice.below(2) {
        let order_line = dice.line(there.len().max(1));
        let of = there.get(order_line);
        let (possible, price) = of.map_or((1, 0), |it| (it.can_be_invoiced(), it.price));
        let units = dice.about(possible.min(6));
        let (amount, rate) = (value(dice.currency, price, units), dice.of(&RATES));
        lines.push(Part { order_line, price, units, amount, rate, tax: 0, credited: 0 });
    }
    let mut charges = Vec::new();
    if dice.one_in(3) {
        let goods = lines[0].amount;
        let amount = if dice.one_in(2) { -(goods / 3) } else { 100 + i128::from(dice.below(400)) };
        let rate = if amount < 0 { lines[0].rate } else { dice.of(&RATES) };
        let charge = Part { amount, rate, units: 1, ..lines[0].clone() };
        charges.extend((amount != 0).then_some(charge));
    }
    let (mode, currency) = (dice.of(&Mode::ALL), dice.currency);
    let off = || if dice.one_in(6) { i128::from(dice.below(3) - 1) } else { 0 };
    let mut invoice = Invoice::new(0, currency, mode, (lines, charges), off);

    let adds_up = !dice.one_in(24);
    invoice.total += if adds_up { 0 } else { 1 };
    let named = dice.named(order);
    let currency = dice.some_currency();
    let is_ours = currency == dice.currency();
    let command = Record { currency, ..invoice.record(number, named.clone()) };
    let kept = &[
        Reason::WaitsForDocument,
        Reason::AmountsDoNotAddUp,
        Reason::CurrencyMismatch,
        Reason::QuantityExceeded,
    ];
    fact(number, dice.parked(), kept, command, move |model| {
        let order = model.order_of(order, &named, true)?;
        if !is_ours {
            return Err(Reason::CurrencyMismatch.into());
        }
        if !adds_up {
            return Err(Reason::AmountsDoNotAddUp.into());
        }
        let of = model.orders.get_mut(&order).unwrap();
        for line in &invoice.lines {
            of.line(line.order_line)?;
        }
        for line in &invoice.lines {
            let of = of.line(line.order_line)?;
            if of.can_be_invoiced() < line.units {
                return Err(Reason::QuantityExceeded.into());
            }
            of.invoiced += line.units;
        }
        model.invoices.insert(number, Invoice { order, ..invoice.clone() });
        model.wake(Thing::of(NameKind::Invoice, number));
        ok()
    })
}

/// Units by line.
type Units = Vec<(usize, i64)>;

/// What a credit note says of the invoice.
#[derive(Clone)]
struct Correction {
    /// Lines and units, and charges; `None`: all that is left.
    wanted: Option<(Units, Vec<usize>)>,
    cause: Option<(Thing, Named)>,
    waits: bool,
    is_in_currency: bool,
    total: Option<i128>,
    settled: Vec<(SettlementKind, i128)>,
}

/// A credit note, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub invoice: Option<i64>,
    pub lines: Vec<i128>,
    /// What of it is tax, by rate.
    pub taxes: BTreeMap<i64, (i128, i128)>,
    pub total: i128,
}

impl Note {
    /// What an invoice has given from one state to another, of these lines.
    pub fn between(invoice: i64, before: &Given, after: &Given, lines: &[usize]) -> Note {
        let step = |(rate, it): (&i64, &(i128, i128))| {
            let before = before.taxes[rate];
            (*rate, (it.0 - before.0, it.1 - before.1))
        };
        let taxes = after.taxes.iter().map(step).filter(|it| it.1 != (0, 0));
        Note {
            invoice: Some(invoice),
            lines: lines.iter().map(|it| after.lines[*it] - before.lines[*it]).collect(),
            taxes: taxes.collect(),
            total: after.total - before.total,
        }
    }
}

impl Correction {
    /// The note; the model is as it would be after it.
    fn issue(&self, model: &mut Model, invoice: i64) -> Result<Note, No> {
        if !self.is_in_currency {
            return Err(Reason::CurrencyMismatch.into());
        }
        let mut of = model.invoices[&invoice].clone();
        let before = of.given();
        let left = |it: &Part| it.units - it.credited;
        let (lines, charges) = self.wanted.clone().unwrap_or_else(|| {
            let lines = of.lines.iter().map(left).enumerate().filter(|it| it.1 > 0);
            let charges = of.charges.iter().enumerate().filter(|it| it.1.credited == 0);
            (lines.collect(), charges.map(|it| it.0).collect())
        });
        let exceeds: No = Reason::CreditExceedsInvoice.into();
        if lines.is_empty() && charges.is_empty() {
            return Err(exceeds);
        }
        let mut by_line: BTreeMap<usize, i64> = BTreeMap::new();
        for (nth, count) in &lines {
            let line = of.lines.get_mut(*nth).ok_or(Reason::NotFound)?;
            if left(line) < *count {
                return Err(exceeds);
            }
            line.credited += count;
            *by_line.entry(line.order_line).or_default() += count;
        }
        for nth in &charges {
            let charge = of.charges.get_mut(*nth).ok_or(Reason::NotFound)?;
            if charge.credited == 1 {
                return Err(exceeds);
            }
            charge.credited = 1;
        }
        if let Some((cause, named)) = &self.cause {
            self.use_cause(model, *cause, named, of.order, &by_line)?;
        }
        let after = of.given();
        if !of.covers(&after) {
            return Err(exceeds);
        }
        let places: Vec<usize> = lines.iter().map(|it| it.0).collect();
        let note = Note::between(invoice, &before, &after, &places);
        let order = model.orders.get_mut(&of.order).unwrap();
        for ((nth, count), step) in lines.iter().zip(&note.lines) {
            let line = order.line(of.lines[*nth].order_line)?;
            line.credited += count;
            line.credited_money += step;
            line.reversed += if self.cause.is_none() { *count } else { 0 };
        }
        self.must_agree(&note)?;
        model.invoices.insert(invoice, of);
        Ok(note)
    }

    /// One cause, one note; and no more than came back and was accepted.
    fn use_cause(
        &self,
        model: &mut Model,
        cause: Thing,
        named: &Named,
        order: i64,
        by_line: &BTreeMap<usize, i64>,
    ) -> Result<(), No> {
        let (number, reception) = match cause.kind {
            NameKind::Reception => {
                let reception = find(&model.receptions, cause, named, self.waits)?;
                (reception.of, Some(reception.clone()))
            }
            _ => (cause.number, None),
        };
        let of = find(&model.returns, Thing { number, ..cause }, named, self.waits)?;
        if of.order != order {
            return Err(Reason::FieldInvalid.into());
        }
        if reception.as_ref().map_or(of.is_credited, |it| it.is_credited) {
            return Err(Reason::CauseAlreadyCredited.into());
        }
        let of = model.returns.get_mut(&number).unwrap();
        for (nth, count) in by_line {
            let line = of.lines.get_mut(nth).ok_or(Reason::CreditExceedsInvoice)?;
            let accepted = |it: &Reception| it.accepted.get(nth).copied().unwrap_or(0);
            let here = reception.as_ref().map_or(i64::MAX, accepted);
            if (line.accepted() - line.credited).min(here) < *count {
                return Err(Reason::CreditExceedsInvoice.into());
            }
            line.credited += count;
        }
        match reception {
            Some(_) => model.receptions.get_mut(&cause.number).unwrap().is_credited = true,
            None => of.is_credited = true,
        }
        Ok(())
    }

    /// C4: what is told of the whole, and how it was settled, comes to the same.
    fn must_agree(&self, note: &Note) -> Result<(), No> {
        let settled: i128 = self.settled.iter().map(|it| it.1).sum();
        let rounding = self.settled.iter().filter(|it| it.0 == SettlementKind::ErpRounding);
        let rounding: i128 = rounding.map(|it| it.1).sum();
        let most = (note.lines.len() + note.taxes.len()) as i128;
        let is_settled =
            self.settled.is_empty() || (settled == note.total && rounding.abs() <= most);
        match is_settled && self.total.is_none_or(|it| it == note.total) {
            true => Ok(()),
            false => Err(Reason::AmountsDoNotAddUp.into()),
        }
    }
}

const KEPT: &[Reason] = &[
    Reason::WaitsForDocument,
    Reason::AmountsDoNotAddUp,
    Reason::CurrencyMismatch,
    Reason::CreditExceedsInvoice,
    Reason::CauseAlreadyCredited,
];

pub fn credit(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::CreditNote);
    let (cause, back) = cause(dice, model);
    let of = back.and_then(|it| model.returns.get(&it)).map(|it| it.order);
    let fits = |it: &Invoice| it.is_open() && of.is_none_or(|of| it.order == of);
    let invoice = dice.name(NameKind::Invoice, &model.invoices, fits);
    let there = model.invoices.get(&invoice.number);
    let is_whole = cause.is_none() && dice.one_in(3);
    let wanted = (!is_whole).then(|| {
        let mut lines: BTreeMap<usize, i64> = BTreeMap::new();
        for _ in 0..1 + dice.below(2) {
            let nth = dice.line(there.map_or(1, |it| it.lines.len()));
            let line = there.and_then(|it| it.lines.get(nth));
            lines.insert(nth, dice.about(line.map_or(1, |it| it.units - it.credited)));
        }
        let count = there.map_or(0, |it| it.charges.len());
        let charges = if count > 0 && dice.one_in(2) { vec![dice.line(count)] } else { vec![] };
        (lines.into_iter().collect::<Vec<_>>(), charges)
    });
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
        correction.settled = settle(dice, note.total);
    }
    let named = dice.named(invoice);
    let minor = |it: i128| decimal(it, places(dice.currency));
    let told = Some(currency).filter(|it| *it != dice.currency());
    let what = match &correction.wanted {
        None => What::Reversal { invoice: named.clone(), currency: told },
        Some((lines, charges)) => What::Correction {
            invoice: named.clone(),
            currency: told,
            cause: correction.cause.clone().map(|(cause, named)| match cause.kind {
                NameKind::Return => ToldCause::Return(named),
                _ => ToldCause::Reception(named),
            }),
            lines: lines.iter().map(|(nth, count)| line(*nth, *count)).collect(),
            charges: charges.iter().map(id).collect(),
        },
    };
    let settlement = |(kind, amount): &(SettlementKind, i128)| ToldSettlement {
        kind: *kind,
        amount: minor(*amount),
        invoice: None,
    };
    let command = Issue {
        total: correction.total.map(minor),
        settlements: correction.settled.iter().map(settlement).collect(),
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

/// What a note is issued for, if for anything; and the return that it is of.
fn cause(dice: &mut Dice, model: &Model) -> (Option<(Thing, Named)>, Option<i64>) {
    let (cause, back) = match dice.below(6) {
        0..3 => return (None, None),
        3 => {
            let back = dice.name(NameKind::Return, &model.returns, |it| !it.is_credited);
            (back, Some(back.number))
        }
        _ => {
            let came = dice.name(NameKind::Reception, &model.receptions, |it| !it.is_credited);
            (came, model.receptions.get(&came.number).map(|it| it.of))
        }
    };
    (Some((cause, dice.named(cause))), back)
}

/// Mostly not told; else mostly right.
fn settle(dice: &mut Dice, total: i128) -> Vec<(SettlementKind, i128)> {
    use SettlementKind::{ErpRounding, Goodwill, Refund};
    match dice.below(10) {
        0 => vec![(Refund, total)],
        1 => vec![(Refund, total - 1), (ErpRounding, 1)],
        2 => vec![(Refund, total - 40), (ErpRounding, 40)],
        3 => vec![(Refund, total - 40), (Goodwill, 40)],
        4 => vec![(Refund, total + 1)],
        _ => vec![],
    }
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

pub fn credit_freely(dice: &mut Dice, _: &Model) -> Play {
    let number = dice.number(NameKind::CreditNote);
    let lines: Vec<i128> = (0..dice.few()).map(|_| i128::from(dice.below(500))).collect();
    let already_issued = dice.one_in(2);
    let total = lines.iter().sum::<i128>() + i128::from(dice.one_in(8));
    let minor = |it: &i128| decimal(*it, places(dice.currency));
    let line = |amount: &i128| FreeLine {
        quantity: None,
        amount: minor(amount),
        taxes: vec![],
        description: String::new(),
        sku: String::new(),
    };
    let what = What::FreeCredit {
        currency: dice.currency(),
        price_mode: PriceMode::Gross,
        rounding_mode: RoundingMode::Line,
        lines: lines.iter().map(line).collect(),
    };
    let command = Issue { total: Some(minor(&total)), ..issue(number, already_issued, what) };
    let kept = if already_issued { KEPT } else { &[] };
    fact(number, dice.parked(), kept, command, move |model| {
        if total != lines.iter().sum::<i128>() {
            return Err(Reason::AmountsDoNotAddUp.into());
        }
        let (lines, taxes) = (lines.clone(), BTreeMap::new());
        model.notes.insert(number, Note { invoice: None, lines, taxes, total });
        model.wake(Thing::of(NameKind::CreditNote, number));
        ok()
    })
}

pub fn pay(dice: &mut Dice, model: &Model) -> Play {
    use payments::Event::{Authorised, Captured, ChargedBack, Failed, Refunded};
    let number = dice.number(NameKind::Payment);
    let order = dice.order(model, |_| true);
    let events = [Authorised, Captured, Refunded, ChargedBack, Failed];
    let (event, amount) = (dice.below(5) as usize, dice.few());
    let (named, for_erp) = (dice.named(order), dice.one_in(2));
    let currency = dice.some_currency();
    let is_ours = currency == dice.currency();
    let command = payments::Record {
        system: erp(),
        external_id: id(number),
        order: named.clone(),
        event: events[event],
        currency,
        amount: units(amount),
        event_time: None,
        method: String::new(),
        reference: String::new(),
        for_erp,
        sees: Default::default(),
    };
    let kept = &[Reason::WaitsForDocument, Reason::CurrencyMismatch];
    fact(number, dice.parked(), kept, command, move |model| {
        let order = model.order_of(order, &named, true)?;
        if !is_ours {
            return Err(Reason::CurrencyMismatch.into());
        }
        if let Some(sum) = model.orders.get_mut(&order).unwrap().paid.get_mut(event) {
            *sum += amount;
        }
        if for_erp {
            model.offer_behind(order, NameKind::Payment, number);
        }
        model.payments.insert(number, amount);
        model.wake(Thing::of(NameKind::Payment, number));
        ok()
    })
}
