//! Money paid ahead of goods: what is left of it, and what is taken.

use erpsync::error::Reason;

use super::super::play::No;
use super::{Invoice, Levy, Mode, Part, Taxes, share_of};

/// An amount, and what of it is at each rate: base and tax.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub amount: i128,
    pub rates: Taxes,
}

impl Sums {
    /// Of a part that lowers or raises a total, without its sign.
    pub fn of_part(part: &Part) -> Sums {
        let sign = if part.is_deduction() { -1 } else { 1 };
        let rate = |it: &Levy| (it.rate, (sign * it.base, sign * it.tax));
        Sums { amount: sign * part.amount, rates: part.levies.iter().map(rate).collect() }
    }

    pub fn of(&self, rate: i64) -> (i128, i128) {
        self.rates.get(&rate).copied().unwrap_or_default()
    }

    pub fn add(&mut self, other: &Sums) {
        self.with(other, 1);
    }

    pub fn take(&mut self, other: &Sums) {
        self.with(other, -1);
    }

    fn with(&mut self, other: &Sums, sign: i128) {
        self.amount += sign * other.amount;
        for (rate, (base, tax)) in &other.rates {
            let sum = self.rates.entry(*rate).or_default();
            *sum = (sum.0 + sign * base, sum.1 + sign * tax);
        }
    }

    /// With taxes.
    pub fn total(&self, mode: Mode) -> i128 {
        let on_top: i128 = self.rates.values().map(|it| it.1).sum();
        self.amount + if mode.is_net { on_top } else { 0 }
    }

    pub fn is_nothing(&self) -> bool {
        self.amount == 0 && self.rates.values().all(|it| *it == (0, 0))
    }
}

impl Invoice {
    /// What of a prepayment may still be deducted, or credited.
    pub fn left(&self) -> Sums {
        let amount = self.charges.iter().map(|it| it.amount).sum();
        let mut left = Sums { amount, rates: self.taxes.clone() };
        if let Some(prepaid) = &self.prepaid {
            left.take(&prepaid.deducted);
            left.take(&prepaid.credited);
        }
        left
    }

    /// What an amount takes of what is left; `why` not, where it is more. A tax that was not told,
    /// because it is rounded on the document, is the share of what is left that its base is.
    pub fn taken(&self, part: &Sums, why: Reason) -> Result<Sums, No> {
        let left = self.left();
        let mut taken = Sums { amount: part.amount, ..Sums::default() };
        let mut fits = part.amount <= left.amount;
        for (rate, (base, told)) in &part.rates {
            let there = left.of(*rate);
            let tax = match self.mode.per_line {
                true => *told,
                false if there.0 == 0 => 0,
                false => share_of(there.1, *base, there.0),
            };
            fits &= *base <= there.0 && tax <= there.1;
            taken.rates.insert(*rate, (*base, tax));
        }
        if fits && self.takes_its_taxes(&taken, &left) { Ok(taken) } else { Err(why.into()) }
    }

    /// Money that bore a tax is taken with it: what is taken without one is no more than what is left that
    /// bears none. Where several taxes lie on the same money, each is looked at by itself.
    fn takes_its_taxes(&self, taken: &Sums, left: &Sums) -> bool {
        let held: i128 = self.charges.iter().map(|it| it.amount).sum();
        let bases = |it: &Taxes| it.values().map(|it| it.0).sum::<i128>();
        let fits = |taken_base: i128, left_base: i128| {
            taken.amount - taken_base <= (left.amount - left_base).max(0)
        };
        if bases(&self.taxes) <= held {
            return fits(bases(&taken.rates), bases(&left.rates));
        }
        self.taxes.keys().all(|rate| fits(taken.of(*rate).0, left.of(*rate).0))
    }
}
