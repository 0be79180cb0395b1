//! Invoices and credit notes on paper.

use std::collections::BTreeMap;

use erpsync::books::{NameKind, Named};
use erpsync::credit_notes::SettlementKind;
use erpsync::invoices::{Kind, Record, ToldLine};
use erpsync::money::Currency;
use time::macros::date;

use super::super::dice::{erp, id};
use super::super::model::Thing;
use super::{Mode, Part, Sums, Taxes, add_up, decimal, places, share_of, told_totals};

/// An invoice, and how much of it was credited.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub order: i64,
    pub currency: &'static str,
    pub mode: Mode,
    pub lines: Vec<Part>,
    pub charges: Vec<Part>,
    /// Which prepayments its charges deduct, by their places.
    pub deducts: BTreeMap<usize, (Thing, Named)>,
    pub taxes: Taxes,
    pub total: i128,
    /// What became of it, if it is of money ahead of goods.
    pub prepaid: Option<Prepaid>,
}

/// What of a prepayment is gone.
#[derive(Clone, Debug, Default)]
pub struct Prepaid {
    pub deducted: Sums,
    pub credited: Sums,
}

/// What of an invoice was credited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub lines: Vec<i128>,
    pub taxes: Taxes,
    pub total: i128,
}

impl Invoice {
    /// As it adds up. Each rounded tax may be a minor unit off, as other systems round.
    pub fn new(
        currency: &'static str,
        mode: Mode,
        (mut lines, mut charges): (Vec<Part>, Vec<Part>),
        mut off: impl FnMut() -> i128,
    ) -> Invoice {
        if mode.per_line {
            let goods = lines.iter_mut().chain(&mut charges).filter(|it| !it.is_deduction());
            goods.flat_map(|it| &mut it.levies).for_each(|it| it.tax += off());
        }
        let (mut taxes, mut total) = add_up(mode, lines.iter().chain(&charges));
        for (_, tax) in taxes.values_mut().filter(|_| !mode.per_line) {
            let off = off();
            *tax += off;
            total += if mode.is_net { off } else { 0 };
        }
        let (order, deducts, prepaid) = (0, BTreeMap::new(), None);
        Invoice { order, currency, mode, lines, charges, deducts, taxes, total, prepaid }
    }

    /// What was credited so far. Goods are credited as if nothing had been prepaid; a deduction that is
    /// credited takes off what it had lowered.
    pub fn given(&self) -> Given {
        if let Some(prepaid) = &self.prepaid {
            let taxes = self.taxes.keys().map(|it| (*it, prepaid.credited.of(*it))).collect();
            let total = prepaid.credited.total(self.mode);
            return Given { lines: vec![], taxes, total };
        }
        let mut given = Given::default();
        let mut by_rate: Taxes = self.taxes.keys().map(|it| (*it, (0, 0))).collect();
        for (nth, part) in self.lines.iter().chain(&self.charges).enumerate() {
            if part.is_deduction() {
                continue;
            }
            let (amount, levies) = part.given();
            if nth < self.lines.len() {
                given.lines.push(amount);
            }
            for (levy, (base, tax)) in part.levies.iter().zip(levies) {
                let sum = by_rate.get_mut(&levy.rate).unwrap();
                *sum = (sum.0 + base, sum.1 + tax);
            }
            given.total += amount;
        }
        let (deducted, restored) = (self.deducted(false), self.deducted(true));
        given.total -= restored.amount;
        for (rate, (base, tax)) in by_rate {
            let (whole, without) = (self.taxes[&rate], deducted.of(rate));
            let all = (whole.0 + without.0, whole.1 + without.1);
            let tax = match self.mode.per_line {
                true => tax,
                // It only deducts at this rate: what rounding left of the tax goes with that.
                false if all.0 == 0 && without.0 == 0 => 0,
                false if all.0 == 0 => share_of(all.1, restored.of(rate).0, without.0),
                false => share_of(all.1, base, all.0),
            };
            let back = restored.of(rate);
            given.taxes.insert(rate, (base - back.0, tax - back.1));
            given.total += if self.mode.is_net { tax - back.1 } else { 0 };
        }
        given
    }

    /// What its charges deduct of prepayments: all of them, or those that were credited.
    pub fn deducted(&self, credited: bool) -> Sums {
        let mut sums = Sums::default();
        let charges = self.charges.iter().filter(|it| it.is_deduction());
        charges
            .filter(|it| !credited || it.credited == 1)
            .for_each(|it| sums.add(&Sums::of_part(it)));
        sums
    }

    /// Whether anything is left to credit.
    pub fn is_open(&self) -> bool {
        match &self.prepaid {
            Some(_) => !self.left().is_nothing(),
            None => self.lines.iter().any(|it| it.credited < it.units),
        }
    }

    /// Whether no more was given than there was, of each rate and in sum, whatever was prepaid.
    pub fn covers(&self, given: &Given) -> bool {
        let (deducted, restored) = (self.deducted(false), self.deducted(true));
        let within = |part: i128, whole: i128| part.abs() <= whole.abs();
        let rates = given.taxes.iter().all(|(rate, part)| {
            let (whole, all, back) = (self.taxes[rate], deducted.of(*rate), restored.of(*rate));
            within(part.0 + back.0, whole.0 + all.0) && within(part.1 + back.1, whole.1 + all.1)
        });
        let (part, whole) = (restored.total(self.mode), deducted.total(self.mode));
        rates && within(given.total + part, self.total + whole)
    }

    /// As the ERP says it.
    pub fn record(&self, number: i64, order: Named) -> Record {
        let line = |(nth, it): (usize, &Part)| ToldLine {
            id: id(nth),
            order_line: id(it.order_line),
            invoiced: it.priced(self.currency, self.mode),
        };
        let charges = self.charges.iter().enumerate();
        let deducts = self.deducts.iter().map(|(nth, of)| (*nth, of.1.clone()));
        Record {
            system: erp(),
            external_id: id(number),
            order,
            kind: if self.prepaid.is_some() { Kind::Prepayment } else { Kind::Standard },
            deducts: deducts.collect(),
            invoice_date: date!(2026 - 11 - 23),
            currency: Currency::parse(self.currency).unwrap(),
            price_mode: self.mode.price(),
            rounding_mode: self.mode.rounding(),
            lines: self.lines.iter().enumerate().map(line).collect(),
            charges: charges.map(|(nth, it)| it.charged(self.currency, self.mode, nth)).collect(),
            tax_totals: told_totals(self.currency, &self.taxes),
            total: decimal(self.total, places(self.currency)),
        }
    }
}

/// A credit note, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub invoice: Option<i64>,
    pub currency: String,
    pub lines: Vec<i128>,
    /// What of it is tax, by rate.
    pub taxes: Taxes,
    pub total: i128,
    /// What it was issued for.
    pub cause: Option<(NameKind, i64)>,
    /// How it was settled, if that was told; with the invoice whose balance is lower.
    pub settled: Option<Vec<(SettlementKind, i128, Option<i64>)>>,
}

impl Note {
    /// What an invoice has given from one state to another, of these lines.
    pub fn between(
        (number, invoice): (i64, &Invoice),
        before: &Given,
        after: &Given,
        lines: Vec<i128>,
    ) -> Note {
        let step = |(rate, it): (&i64, &(i128, i128))| {
            let before = before.taxes[rate];
            (*rate, (it.0 - before.0, it.1 - before.1))
        };
        let taxes = after.taxes.iter().map(step).filter(|it| it.1 != (0, 0));
        Note {
            invoice: Some(number),
            currency: invoice.currency.into(),
            lines,
            taxes: taxes.collect(),
            total: after.total - before.total,
            cause: None,
            settled: None,
        }
    }
}
