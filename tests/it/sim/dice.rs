//! What is thrown: mostly what is possible, and often enough what is not.

use std::collections::BTreeMap;

use erpsync::books::{Name, NameKind, Named};
use erpsync::decimal::Decimal;
use erpsync::id::{ExternalId, Location, Sku, SystemName};
use erpsync::money::Currency;
use erpsync::stock::LevelKey;

use super::model::{LEVELS, Model, Order, Thing};
use super::play::{No, Play};
use crate::batches::Random;

/// Chance, and what was thrown before.
pub struct Dice {
    random: Random,
    /// The next number that nothing has yet.
    next: i64,
    /// Things that were named before they are there, by what they are.
    someday: BTreeMap<&'static str, Vec<i64>>,
    /// The newest number of the ERP's ledger.
    ledger: i64,
    /// What was said, to be said again.
    pub said: Vec<Play>,
    /// In which all documents of this world are.
    pub currency: &'static str,
}

impl Dice {
    pub fn new(seed: u64) -> Dice {
        let mut random = Random(seed);
        let currency = ["EUR", "EUR", "JPY", "KWD"][random.below(4) as usize];
        let (someday, said) = (BTreeMap::new(), Vec::new());
        Dice { random, next: 1, someday, ledger: 0, said, currency }
    }

    pub fn below(&mut self, end: i64) -> i64 {
        self.random.below(end.max(1) as u64) as i64
    }

    /// Once in so many times.
    pub fn one_in(&mut self, times: i64) -> bool {
        self.below(times) == 0
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as i64) as usize]
    }

    /// 1 to 4.
    pub fn few(&mut self) -> i64 {
        1 + self.below(4)
    }

    /// Mostly as many as there are, or fewer; sometimes more.
    pub fn about(&mut self, there: i64) -> i64 {
        match self.below(16) {
            0 => there.max(0) + self.few(),
            1..8 => there.max(1),
            _ => 1 + self.below(there),
        }
    }

    /// A number of the ERP's ledger: the next, one of the last, or none.
    pub fn ledger(&mut self) -> i64 {
        match self.below(8) {
            0..4 => 0,
            4..7 => {
                self.ledger += 1;
                self.ledger
            }
            _ => self.some_ledger(),
        }
    }

    pub fn some_ledger(&mut self) -> i64 {
        (self.ledger - self.below(6)).max(0)
    }

    /// The place of a line: now and then of one that there is not.
    pub fn line(&mut self, count: usize) -> usize {
        if self.one_in(24) { count } else { self.below(count as i64) as usize }
    }

    /// The place of a line, mostly of one that fits.
    pub fn fitting<T>(&mut self, lines: &[T], fits: impl Fn(&T) -> bool) -> usize {
        let fitting: Vec<usize> = (0..lines.len()).filter(|it| fits(&lines[*it])).collect();
        match fitting.is_empty() || self.one_in(16) {
            true => self.line(lines.len().max(1)),
            false => self.of(&fitting),
        }
    }

    /// A number of its own.
    pub fn fresh(&mut self) -> i64 {
        self.next += 1;
        self.next - 1
    }

    /// Ours of a fact that may have to wait.
    pub fn parked(&mut self) -> i64 {
        1_000_000 + self.fresh()
    }

    /// For a thing that comes to be: often one that was named before.
    pub fn number(&mut self, kind: NameKind) -> i64 {
        let someday = self.someday.entry(kind.as_str()).or_default();
        if !someday.is_empty() && self.random.below(2) == 0 {
            return someday.swap_remove(self.random.below(someday.len() as u64) as usize);
        }
        self.fresh()
    }

    /// One of these: mostly one of the newest that fit; now and then any, one that is to come, or one
    /// that never will.
    pub fn name<T>(
        &mut self,
        kind: NameKind,
        there: &BTreeMap<i64, T>,
        fits: impl Fn(&T) -> bool,
    ) -> Thing {
        let any = self.one_in(6) || !there.values().any(&fits);
        let fitting = there.iter().rev().filter(|it| any || fits(it.1)).map(|it| *it.0).take(6);
        let fitting: Vec<i64> = fitting.collect();
        let number = match fitting.is_empty() || self.one_in(20) {
            false => self.of(&fitting),
            true if self.one_in(6) => 999_999,
            true => {
                let number = self.fresh();
                self.someday.entry(kind.as_str()).or_default().push(number);
                number
            }
        };
        Thing { kind, number, by_erp: false }
    }

    /// An order, by the shop's number or the ERP's.
    pub fn order(&mut self, model: &Model, fits: impl Fn(&Order) -> bool) -> Thing {
        let thing = self.name(NameKind::Order, &model.orders, fits);
        let has_number = model.erp_numbers.contains_key(&(NameKind::Order, thing.number));
        Thing { by_erp: self.one_in(if has_number { 3 } else { 20 }), ..thing }
    }

    /// How it is called: by our number, or by a system's.
    pub fn named(&mut self, thing: Thing) -> Named {
        match !thing.by_erp && self.one_in(3) {
            true => Named::Ours(thing.number),
            false => Named::Theirs(thing.name()),
        }
    }

    pub fn currency(&self) -> Currency {
        Currency::parse(self.currency).unwrap()
    }

    /// Mostly the one that everything is in.
    pub fn some_currency(&mut self) -> Currency {
        if self.one_in(24) { Currency::parse("USD").unwrap() } else { self.currency() }
    }
}

/// What is found, or why not: by our number nobody waits for anything.
pub fn find<'a, T>(
    there: &'a BTreeMap<i64, T>,
    thing: Thing,
    named: &Named,
    waits: bool,
) -> Result<&'a T, No> {
    let found = there.get(&thing.number);
    found.ok_or_else(|| thing.lacks(named, waits))
}

/// A name that the ERP gives a request.
pub fn request(number: i64) -> (Name, i64) {
    (Name { system: erp(), kind: NameKind::Request, id: number.to_string() }, 0)
}

pub fn erp() -> SystemName {
    SystemName::parse("erp").unwrap()
}

pub fn shop() -> SystemName {
    SystemName::parse("shop-a").unwrap()
}

/// Another shop.
pub fn other_shop() -> SystemName {
    SystemName::parse("shop-b").unwrap()
}

pub fn id(number: impl std::fmt::Display) -> ExternalId {
    ExternalId::parse(&number.to_string()).unwrap()
}

pub fn units(number: i64) -> Decimal {
    Decimal::whole(number as i32)
}

/// The place of this number.
pub fn key(level: usize) -> LevelKey {
    let (sku, location) = LEVELS[level];
    let (sku, location) = (Sku::parse(sku).unwrap(), Location::parse_or_main(location).unwrap());
    LevelKey { sku, location }
}

pub fn location(level: usize) -> Option<Location> {
    Some(key(level).location)
}
