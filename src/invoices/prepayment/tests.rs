use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use time::OffsetDateTime;

use super::*;
use crate::documents::Wording;
use crate::id::{ExternalId, OrderId, SystemName};
use crate::money::Currency;
use crate::totals::PartKind;

/// So many of the last places of a currency.
fn minor(currency: Currency, count: i64) -> Decimal {
    let each = currency.minor_unit().millionths();
    Decimal::from_millionths(i128::from(count) * each).unwrap()
}

fn charge(kind: PartKind, amount: Decimal, taxes: Vec<Tax>) -> Charge {
    Charge { id: ExternalId::stored("c"), kind, amount, taxes, description: String::new() }
}

/// An invoice of one order with one charge; a prepayment, or what deducts one.
fn invoice(id: i64, kind: Kind, modes: (PriceMode, RoundingMode), charge: Charge) -> Invoice {
    let taxes = charge.taxes.clone();
    let nothing = Sums::nothing(taxes.len());
    let prepaid = Prepaid { deducted: nothing.clone(), credited: nothing };
    Invoice {
        id: InvoiceId(id),
        system: SystemName::stored("erp"),
        external_id: ExternalId::stored("r"),
        kind,
        order: OrderId(1),
        invoice_date: time::macros::date!(2026 - 11 - 25),
        currency: Currency::parse("EUR").unwrap(),
        price_mode: modes.0,
        rounding_mode: modes.1,
        lines: vec![],
        total: match modes.0 {
            PriceMode::Gross => charge.amount,
            PriceMode::Net => {
                let taxes = taxes.iter().filter_map(|it| it.amount);
                Decimal::try_sum(taxes).unwrap().try_add(charge.amount).unwrap()
            }
        },
        charges: vec![charge],
        tax_totals: taxes,
        deductions: BTreeMap::new(),
        credited_charges: BTreeSet::new(),
        prepaid: (kind == Kind::Prepayment).then_some(prepaid),
        recorded_at: OffsetDateTime::UNIX_EPOCH,
        wording: Wording::New,
        revision: 0,
    }
}

fn tax(currency: Currency, rate: i32, base: i64, amount: Option<i64>) -> Tax {
    Tax {
        category: "S".into(),
        rate: Decimal::whole(rate),
        base: minor(currency, base),
        amount: amount.map(|it| minor(currency, it)),
    }
}

const NET: (PriceMode, RoundingMode) = (PriceMode::Net, RoundingMode::Line);

/// 300.00 at 19 %, of order 1, net, in euros.
fn prepayment() -> Invoice {
    let eur = Currency::parse("EUR").unwrap();
    let taxes = vec![tax(eur, 19, 30_000, Some(5_700))];
    let charge = charge(PartKind::Prepayment, minor(eur, 30_000), taxes);
    invoice(1, Kind::Prepayment, NET, charge)
}

/// What cannot be deducted, and why; nothing has changed then.
#[test]
fn only_what_is_left_of_its_own_order_is_deducted() {
    let eur = Currency::parse("EUR").unwrap();
    let deduction = |amount, rate, base, tax_amount| {
        let taxes = vec![tax(eur, rate, base, Some(tax_amount))];
        charge(PartKind::PrepaymentDeduction, minor(eur, amount), taxes)
    };
    let good = deduction(10_000, 19, 10_000, 1_900);
    let untaxed = Charge { taxes: vec![], ..good.clone() };
    let closing = |change: fn(&mut Invoice)| {
        let mut closing = invoice(2, Kind::Standard, NET, good.clone());
        change(&mut closing);
        closing
    };
    let same = closing(|_| {});
    for (by, charge, expected) in [
        (closing(|it| it.currency = Currency::parse("USD").unwrap()), &good, "EUR USD"),
        (closing(|it| it.order = OrderId(2)), &good, "ORDER 2 1"),
        (closing(|it| it.price_mode = PriceMode::Gross), &good, "PRICE_MODE GROSS NET"),
        (
            closing(|it| it.rounding_mode = RoundingMode::Document),
            &good,
            "ROUNDING_MODE DOCUMENT LINE",
        ),
        (same.clone(), &deduction(30_001, 19, 30_000, 5_700), "amount 300.01 300"),
        (same.clone(), &deduction(30_000, 19, 30_001, 5_700), "base S 19 % 300.01 300"),
        (same.clone(), &deduction(30_000, 19, 30_000, 5_701), "tax S 19 % 57.01 57"),
        (same.clone(), &deduction(10_000, 7, 10_000, 700), "base S 7 % 100 0"),
        // It was taxed when it was prepaid.
        (same.clone(), &deduction(10_000, 19, 9_999, 1_900), "untaxed 0.01 0"),
        (same.clone(), &untaxed, "untaxed 100 0"),
    ] {
        let mut prepayment = prepayment();
        let refused = prepayment.deduct(&by, charge).unwrap_err();
        let told = |key: &&str| refused.metadata.get(*key).cloned();
        let told: Vec<_> =
            ["part", "expected", "asked", "given", "possible"].iter().filter_map(told).collect();
        assert_eq!(told.join(" "), expected, "{}", refused.message);
        let reason = match refused.metadata.contains_key("possible") {
            true => Reason::PrepaymentExceeded,
            false if by.currency != prepayment.currency => Reason::CurrencyMismatch,
            false => Reason::PrepaymentMismatch,
        };
        assert_eq!(refused.reason, reason);
        assert!(prepayment.prepaid.as_ref().unwrap().deducted.is_nothing());
    }
    let mut ordinary = same.clone();
    let refused = ordinary.deduct(&same, &good).unwrap_err();
    assert_eq!(refused.metadata["given"], "STANDARD");
}

/// 300.00, of which some bears no tax, and some two: `amount` is deducted with taxes on `bases`.
#[test]
fn what_bore_a_tax_is_deducted_with_it() {
    let eur = Currency::parse("EUR").unwrap();
    let charge = |kind, amount, bases: [i64; 2]| {
        let taxes = [19, 7].into_iter().zip(bases).filter(|it| it.1 != 0);
        let taxes = taxes.map(|(rate, base)| tax(eur, rate, base, Some(0))).collect();
        charge(kind, minor(eur, amount), taxes)
    };
    for (held, steps) in [
        // Two thirds are taxed, each once: what is not may go first, or last, and no more of it.
        ([100, 100], &[(100, [0, 0], ""), (1, [0, 0], "untaxed"), (200, [100, 100], "")][..]),
        ([100, 100], &[(200, [100, 100], ""), (101, [0, 0], "amount"), (100, [0, 0], "")]),
        ([100, 100], &[(150, [50, 50], ""), (100, [0, 50], ""), (50, [50, 0], "")]),
        // All of it bears the first, a third the second as well.
        ([300, 100], &[(100, [0, 0], "untaxed S 19 %"), (200, [200, 0], "")]),
        ([300, 100], &[(201, [201, 0], "untaxed S 7 %"), (300, [300, 100], "")]),
    ] {
        let all = charge(PartKind::Prepayment, 300, held);
        let mut prepayment = invoice(1, Kind::Prepayment, NET, all);
        for (amount, bases, expected) in steps {
            let part = charge(PartKind::PrepaymentDeduction, *amount, *bases);
            let by = invoice(2, Kind::Standard, NET, part.clone());
            let refused = prepayment.deduct(&by, &part).err();
            let told = refused.map(|it| it.metadata["part"].clone()).unwrap_or_default();
            assert_eq!(told, *expected, "{held:?} {amount} {bases:?}");
            prepayment.must_be_sound().unwrap();
        }
    }
}

proptest! {
    /// Deducted, given back and credited in any order: at no rate is more taken than was invoiced,
    /// nothing else is refused, and what is left at the end is exact.
    #[test]
    fn no_order_of_steps_takes_more_than_there_is(
        bases in prop::collection::vec(1..2_000_i64, 1..4),
        currency in prop::sample::select(vec!["EUR", "JPY", "KWD"]),
        is_net: bool,
        per_line: bool,
        steps in prop::collection::vec((0..3_u8, 0..4_usize, 0..2_400_i64), 1..40),
    ) {
        let currency = Currency::parse(currency).unwrap();
        let rounding = if per_line { RoundingMode::Line } else { RoundingMode::Document };
        let modes = (if is_net { PriceMode::Net } else { PriceMode::Gross }, rounding);
        let rates = [19, 7, 5];
        let held: Vec<(i64, i64)> =
            bases.iter().zip(rates).map(|(base, rate)| (*base, base * i64::from(rate) / 100)).collect();
        let taxes = held.iter().zip(rates);
        let taxes = taxes.map(|(it, rate)| tax(currency, rate, it.0, Some(it.1))).collect();
        let all = charge(PartKind::Prepayment, minor(currency, bases.iter().sum()), taxes);
        let mut prepayment = Invoice { currency, ..invoice(1, Kind::Prepayment, modes, all) };
        let mut left: Vec<i64> = bases.clone();
        let mut deducted: Vec<(usize, i64, Charge, Vec<Decimal>)> = vec![];
        for (step, nth, count) in steps {
            let nth = nth % bases.len();
            if step == 0 && !deducted.is_empty() {
                let (nth, count, charge, taxes) = deducted.remove(nth % deducted.len());
                prepayment.restore(&charge, &taxes).unwrap();
                left[nth] += count;
                continue;
            }
            // Rounded down, so that told taxes never are what is too much.
            let told = per_line.then_some(count * i64::from(rates[nth]) / 100);
            let taxes = vec![tax(currency, rates[nth], count, told)];
            let part = charge(PartKind::PrepaymentDeduction, minor(currency, count), taxes);
            let taken = if step == 1 {
                let by = Invoice { currency, ..invoice(2, Kind::Standard, modes, part.clone()) };
                prepayment.deduct(&by, &part).map(Some)
            } else {
                prepayment.take_off("lines[0]", part.amount, &part.taxes).map(|_| None)
            };
            prop_assert_eq!(taken.is_ok(), count <= left[nth], "{:?}", taken);
            if let Ok(taxes) = taken {
                left[nth] -= count;
                deducted.extend(taxes.map(|it| (nth, count, part, it)));
            }
            prop_assert_eq!(prepayment.must_be_sound(), Ok(()));
            let seen = prepayment.unspent().unwrap();
            let seen: Vec<_> = seen.rates.iter().map(|it| it.0).collect();
            let expected: Vec<_> = left.iter().map(|it| minor(currency, *it)).collect();
            prop_assert_eq!(seen, expected);
        }
        let rest = prepayment.unspent().unwrap();
        let taxes: Vec<Tax> = match per_line {
            true => prepayment.at_rates(&rest),
            false => prepayment
                .at_rates(&rest)
                .into_iter()
                .map(|it| Tax { amount: None, ..it })
                .collect(),
        };
        prepayment.take_off("lines[0]", rest.amount, &taxes).unwrap();
        let left = prepayment.unspent().unwrap();
        prop_assert!(left.amount.is_zero());
        prop_assert!(left.rates.iter().all(|it| it.0.is_zero()));
        // Where nothing of a base was left, what rounding left of its tax stays.
        for (left, rest) in left.rates.iter().zip(&rest.rates) {
            prop_assert!(left.1.is_zero() || rest.0.is_zero());
        }
    }
}
