//! What the ERP invoices: goods, what is charged beside them, and money ahead of them.

use std::collections::BTreeMap;

use erpsync::books::{NameKind, Named};
use erpsync::error::Reason;
use erpsync::invoices::Record;
use erpsync::totals::PartKind;

use super::super::dice::{Dice, find};
use super::super::model::{Line, Model, Order, Thing};
use super::super::play::{No, Play, fact, ok};
use super::paper::Prepaid;
use super::{Invoice, Levy, Mode, Part, RATES, Sums, places};

/// For these reasons an invoice is kept, and tried again.
const KEPT: &[Reason] = &[
    Reason::WaitsForDocument,
    Reason::AmountsDoNotAddUp,
    Reason::CurrencyMismatch,
    Reason::QuantityExceeded,
    Reason::PrepaymentMismatch,
    Reason::PrepaymentExceeded,
];

pub fn invoice(dice: &mut Dice, model: &Model) -> Play {
    let order = dice.order(model, |it| it.lines.iter().any(|it| it.can_be_invoiced() > 0));
    say(dice, model, order, None)
}

/// An invoice that deducts a prepayment: mostly one of its own order, of which something is left.
pub fn deduct(dice: &mut Dice, model: &Model) -> Play {
    let is_left = |it: &Invoice| it.prepaid.is_some() && it.is_open();
    let of = dice.name(NameKind::Invoice, &model.invoices, is_left);
    let order = match model.invoices.get(&of.number) {
        Some(it) if !dice.one_in(16) => Thing::of(NameKind::Order, it.order),
        _ => dice.order(model, |_| true),
    };
    let named = dice.named(of);
    say(dice, model, order, Some((of, named)))
}

fn say(dice: &mut Dice, model: &Model, order: Thing, prepayment: Option<(Thing, Named)>) -> Play {
    let number = dice.number(NameKind::Invoice);
    let there = model.orders.get(&order.number);
    let prepaid = prepayment.as_ref().and_then(|it| model.invoices.get(&it.0.number));
    let mode = match prepaid {
        Some(it) if !dice.one_in(12) => it.mode,
        _ => mode(dice, there),
    };
    let lines = goods(dice, mode, there);
    let mut charges = beside(dice, mode, lines.first());
    let mut deducts = BTreeMap::new();
    if let Some(of) = prepayment {
        deducts.insert(charges.len(), of);
        charges.push(deduction(dice, mode, prepaid));
    }
    let is_near = charges.iter().filter(|it| it.is_deduction()).all(|it| is_near(it, mode));
    let off = || if dice.one_in(6) { i128::from(dice.below(3) - 1) } else { 0 };
    let invoice = Invoice::new(model.currency, mode, (lines, charges), off);
    tell(dice, order, number, Invoice { deducts, ..invoice }, is_near)
}

/// Money ahead of goods.
pub fn prepay(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Invoice);
    let order = dice.order(model, |it| !it.is_over());
    let there = model.orders.get(&order.number);
    let mode = mode(dice, there);
    let goods =
        there.map_or(0, |it| it.lines.iter().map(|it| it.worth(model.currency, it.ordered)).sum());
    let mut charges = Vec::new();
    for _ in 0..1 + dice.below(2) {
        let amount = 1 + goods / i128::from(dice.few()) + i128::from(dice.below(50));
        let levies = levies(dice, amount, None);
        charges.push(Part::charge(PartKind::Prepayment, amount).taxed(mode, levies));
    }
    // Nothing of it may be less than nothing.
    let off = || i128::from(dice.one_in(6));
    let invoice = Invoice::new(model.currency, mode, (vec![], charges), off);
    tell(dice, order, number, Invoice { prepaid: Some(Prepaid::default()), ..invoice }, true)
}

fn tell(dice: &mut Dice, order: Thing, number: i64, mut invoice: Invoice, is_near: bool) -> Play {
    let adds_up = is_near && !dice.one_in(24);
    invoice.total += if adds_up || !is_near { 0 } else { 1 };
    let named = dice.named(order);
    let currency = dice.some_currency();
    let is_ours = currency == dice.currency();
    let command = Record { currency, ..invoice.record(number, named.clone()) };
    fact(number, dice.parked(), KEPT, command, move |model| {
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
            let price = (of.price, i128::from(of.off * line.units));
            of.is_repriced |= price != (line.price, line.discount);
        }
        let mut invoice = Invoice { order, ..invoice.clone() };
        invoice.deduct(model)?;
        model.invoices.insert(number, invoice);
        model.wake(Thing::of(NameKind::Invoice, number));
        ok()
    })
}

impl Invoice {
    /// What was paid ahead is paid once.
    fn deduct(&mut self, model: &mut Model) -> Result<(), No> {
        for (nth, (thing, named)) in &self.deducts {
            let of = find(&model.invoices, *thing, named, true)?;
            if of.prepaid.is_none() || (of.order, of.mode) != (self.order, self.mode) {
                return Err(Reason::PrepaymentMismatch.into());
            }
            let part = &mut self.charges[*nth];
            let taken = of.taken(&Sums::of_part(part), Reason::PrepaymentExceeded);
            // Until something is given back.
            let prepayment = Thing::of(NameKind::Invoice, thing.number);
            let taken = taken.map_err(|_| No::TooLittleOf(prepayment))?;
            part.levies.iter_mut().for_each(|it| it.tax = -taken.of(it.rate).1);
            let prepaid = model.invoices.get_mut(&thing.number).unwrap().prepaid.as_mut().unwrap();
            prepaid.deducted.add(&taken);
        }
        Ok(())
    }
}

/// Mostly the order's own; taxes may be rounded elsewhere.
fn mode(dice: &mut Dice, order: Option<&Order>) -> Mode {
    match order {
        Some(it) if !dice.one_in(4) => it.mode,
        Some(it) if !dice.one_in(6) => Mode { per_line: !it.mode.per_line, ..it.mode },
        _ => dice.of(&Mode::ALL),
    }
}

/// Under which rates an amount stands, and how much of it under each: mostly all under the one.
fn levies(dice: &mut Dice, amount: i128, rate: Option<i64>) -> Vec<(i64, i128)> {
    let first = rate.filter(|_| !dice.one_in(8)).unwrap_or_else(|| dice.of(&RATES));
    let other = dice.of(&RATES);
    match dice.below(8) {
        0 => vec![],
        1 if other != first => vec![(first, amount - amount / 3), (other, amount / 3)],
        _ => vec![(first, amount)],
    }
}

fn goods(dice: &mut Dice, mode: Mode, order: Option<&Order>) -> Vec<Part> {
    let there = order.map_or(&[][..], |it| &it.lines);
    let mut lines: Vec<Part> = Vec::new();
    // Shipping may be invoiced alone.
    for _ in 0..dice.below(12).clamp(0, 1) + dice.below(2) {
        let nth = dice.fitting(there, |it| 0 < it.can_be_invoiced());
        if lines.iter().any(|it| it.order_line == nth) && !dice.one_in(6) {
            continue;
        }
        let of = there.get(nth).cloned().unwrap_or_default();
        let units = dice.about(of.can_be_invoiced().min(6));
        let part = Line { rate: None, ..of.clone() }.part(dice.currency, mode, nth, units);
        let levies = levies(dice, part.amount, of.rate);
        lines.push(part.taxed(mode, levies));
    }
    lines
}

/// What is charged beside goods.
fn beside(dice: &mut Dice, mode: Mode, goods: Option<&Part>) -> Vec<Part> {
    let rate = goods.and_then(|it| it.levies.first()).map(|it| it.rate);
    let amount = -(goods.map_or(0, |it| it.amount) / 3);
    let mut charges = Vec::new();
    if dice.one_in(6) && amount != 0 {
        let levies = rate.map(|it| (it, amount));
        charges.push(Part::charge(PartKind::Discount, amount).taxed(mode, levies));
    }
    if dice.one_in(6) || goods.is_none() {
        let amount = 100 + i128::from(dice.below(400));
        let levies = levies(dice, amount, rate);
        charges.push(Part::charge(PartKind::Shipping, amount).taxed(mode, levies));
    }
    if dice.one_in(12) {
        charges.push(Part::charge(PartKind::CashRounding, i128::from(dice.below(5) - 2)));
    }
    charges
}

/// All that is left of a prepayment, or a part of it; now and then more than there is.
fn deduction(dice: &mut Dice, mode: Mode, of: Option<&Invoice>) -> Part {
    let left = of.map_or_else(Sums::default, Invoice::left);
    let quarters = i128::from(dice.few());
    let some = |it: i128| if quarters == 4 { it } else { it * quarters / 4 };
    let too_much = i128::from(dice.one_in(12));
    let levy = |(rate, (base, tax)): (&i64, &(i128, i128))| {
        let base = some(*base);
        let near = mode.tax(base, *rate);
        let tax = if quarters == 4 { *tax } else { near.min(*tax) };
        let tax = if mode.per_line { tax } else { 0 };
        Levy { rate: *rate, base: -base, tax: -tax }
    };
    let rates = left.rates.iter().filter(|it| it.1.0 != 0);
    Part {
        kind: PartKind::PrepaymentDeduction,
        amount: -(some(left.amount) + too_much),
        levies: rates.map(levy).collect(),
        ..Part::default()
    }
}

/// Whether each of its taxes is what its rate makes of its base, but for a minor unit.
pub fn is_near(part: &Part, mode: Mode) -> bool {
    let near = |it: &Levy| (it.tax - mode.tax(it.base, it.rate)).abs() <= 1;
    !mode.per_line || part.levies.iter().all(near)
}

/// How much rounding to what coins there are may come to, in minor units.
pub fn coins_max(currency: &str) -> i128 {
    match places(currency) {
        3 => 500,
        _ => 50,
    }
}
