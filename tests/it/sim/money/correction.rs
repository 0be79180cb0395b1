//! What is credited of an invoice, and that it is no more than there was.

use std::collections::BTreeMap;

use erpsync::books::{NameKind, Named};
use erpsync::error::Reason;

use super::super::dice::find;
use super::super::model::{Model, Reception, Thing};
use super::super::play::No;
use super::invoice::is_near;
use super::settle::{Settled, settled};
use super::{Invoice, Levy, Note, Part, Sums};

/// What of an invoice is credited.
#[derive(Clone)]
pub enum Wanted {
    /// All that is left.
    All,
    /// Units of lines, and charges as a whole.
    Units(Vec<(usize, i64)>, Vec<usize>),
    /// Amounts of lines, and no units.
    Amounts(Vec<(usize, i128)>),
    /// Amounts of money that was paid ahead.
    Prepaid(Vec<Part>),
}

/// What a credit note says of an invoice.
#[derive(Clone)]
pub struct Correction {
    pub wanted: Wanted,
    pub cause: Option<(Thing, Named)>,
    pub waits: bool,
    pub is_in_currency: bool,
    pub total: Option<i128>,
    pub settled: Vec<Settled>,
}

/// What is credited of lines, and which charges are.
#[derive(Default)]
struct Taken {
    units: Vec<(usize, i64)>,
    charges: Vec<usize>,
}

impl Correction {
    /// The note; the model is as it would be after it.
    pub fn issue(&self, model: &mut Model, invoice: i64) -> Result<Note, No> {
        if !self.is_in_currency {
            return Err(Reason::CurrencyMismatch.into());
        }
        let of = model.invoices[&invoice].clone();
        let mut note = match of.prepaid {
            Some(_) => self.lower_prepayment(model, invoice, of)?,
            None => self.lower(model, invoice, of)?,
        };
        if self.total.is_some_and(|it| it != note.total) {
            return Err(Reason::AmountsDoNotAddUp.into());
        }
        if !self.settled.is_empty() {
            note.settled = Some(settled(model, &note, &self.settled)?);
        }
        Ok(note)
    }

    fn lower(&self, model: &mut Model, number: i64, mut of: Invoice) -> Result<Note, No> {
        let before = of.given();
        let taken = self.take(&mut of)?;
        if let Some((cause, named)) = &self.cause {
            let mut by_line: BTreeMap<usize, i64> = BTreeMap::new();
            for (nth, count) in &taken.units {
                *by_line.entry(of.lines[*nth].order_line).or_default() += count;
            }
            self.use_cause(model, *cause, named, of.order, &by_line)?;
        }
        for nth in &taken.charges {
            if let Some((Thing { number, .. }, _)) = of.deducts.get(nth) {
                let prepayment = model.invoices.get_mut(number).unwrap();
                let prepaid = prepayment.prepaid.as_mut().unwrap();
                prepaid.deducted.take(&Sums::of_part(&of.charges[*nth]));
                // Whoever wants more than was left is tried again.
                model.wake(Thing::of(NameKind::Invoice, *number));
            }
        }
        let after = of.given();
        if !of.covers(&after) {
            return Err(Reason::CreditExceedsInvoice.into());
        }
        let step = |(nth, _): &(usize, i64)| after.lines[*nth] - before.lines[*nth];
        let lines = taken.units.iter().map(step).collect();
        let mut note = Note::between((number, &of), &before, &after, lines);
        note.cause = self.cause.as_ref().map(|it| (it.0.kind, it.0.number));
        let order = model.orders.get_mut(&of.order).unwrap();
        for ((nth, count), step) in taken.units.iter().zip(&note.lines) {
            let line = order.line(of.lines[*nth].order_line)?;
            line.credited += count;
            line.credited_money += step;
            line.reversed += if self.cause.is_none() { *count } else { 0 };
        }
        model.invoices.insert(number, of);
        Ok(note)
    }

    /// Takes what is wanted.
    fn take(&self, of: &mut Invoice) -> Result<Taken, No> {
        let exceeds: No = Reason::CreditExceedsInvoice.into();
        let left = |it: &Part| it.units - it.credited;
        let (units, charges) = match &self.wanted {
            Wanted::All => {
                let lines = of.lines.iter().map(left).enumerate().filter(|it| it.1 > 0);
                let charges = of.charges.iter().enumerate().filter(|it| it.1.credited == 0);
                let all: (Vec<_>, Vec<_>) = (lines.collect(), charges.map(|it| it.0).collect());
                if all.0.is_empty() && all.1.is_empty() {
                    return Err(exceeds);
                }
                all
            }
            Wanted::Units(lines, charges) => (lines.clone(), charges.clone()),
            Wanted::Amounts(lines) => {
                if lines.iter().any(|it| of.lines.len() <= it.0) {
                    return Err(Reason::NotFound.into());
                }
                if !lines.iter().all(|(nth, by)| of.lines[*nth].reduce(*by)) {
                    return Err(exceeds);
                }
                (lines.iter().map(|it| (it.0, 0)).collect(), vec![])
            }
            Wanted::Prepaid(_) => return Err(Reason::FieldInvalid.into()),
        };
        for (nth, count) in &units {
            let line = of.lines.get_mut(*nth).ok_or(Reason::NotFound)?;
            if left(line) < *count {
                return Err(exceeds);
            }
            line.credited += count;
        }
        for nth in &charges {
            let charge = of.charges.get_mut(*nth).ok_or(Reason::NotFound)?;
            if charge.credited == 1 {
                return Err(exceeds);
            }
            charge.credited = 1;
        }
        Ok(Taken { units, charges })
    }

    fn lower_prepayment(
        &self,
        model: &mut Model,
        number: i64,
        mut of: Invoice,
    ) -> Result<Note, No> {
        let before = of.given();
        let parts = match &self.wanted {
            Wanted::All if of.left().is_nothing() => {
                return Err(Reason::CreditExceedsInvoice.into());
            }
            Wanted::All => vec![of.left()],
            Wanted::Prepaid(parts) => parts.iter().map(Sums::of_part).collect(),
            Wanted::Units(..) | Wanted::Amounts(_) => return Err(Reason::FieldInvalid.into()),
        };
        for part in &parts {
            let taken = of.taken(part, Reason::CreditExceedsInvoice)?;
            of.prepaid.as_mut().unwrap().credited.add(&taken);
        }
        if let Wanted::Prepaid(parts) = &self.wanted
            && !parts.iter().all(|it| is_near(it, of.mode))
        {
            return Err(Reason::AmountsDoNotAddUp.into());
        }
        let lines = parts.iter().map(|it| it.amount).collect();
        let note = Note::between((number, &of), &before, &of.given(), lines);
        model.invoices.insert(number, of);
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
        let is_proved = of.is_proved;
        for (nth, count) in by_line {
            let line = of.lines.get_mut(nth).ok_or(Reason::CreditExceedsInvoice)?;
            let here = |it: &Reception| it.creditable(*nth, is_proved);
            let here = reception.as_ref().map_or(i64::MAX, here);
            if (line.cap(is_proved) - line.credited).max(0).min(here) < *count {
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
}

/// Amounts as if they were paid ahead: each with what is at each rate.
pub fn ahead(amount: i128, levies: Vec<Levy>) -> Part {
    Part { amount, levies, ..Part::default() }
}
