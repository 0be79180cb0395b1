//! Statements that say something of orders, and movements that others than the leader tell.

use std::collections::BTreeMap;

use super::*;
use crate::id::SystemName;

fn d(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn mug() -> LevelKey {
    LevelKey { sku: Sku::parse("MUG").unwrap(), location: Location::main() }
}

/// A level, and the orders that are kept on it.
struct Bench {
    level: Level,
    /// What is open of each, and the revision of its acknowledgement.
    orders: BTreeMap<String, (Decimal, i64)>,
    revision: i64,
}

impl Bench {
    fn new() -> Bench {
        Bench { level: Level::new(mug()), orders: BTreeMap::new(), revision: 0 }
    }

    fn place(&mut self, order: &str, units: Decimal) {
        self.revision += 1;
        self.level.reserved = self.level.reserved.try_add(units).unwrap();
        self.orders.insert(order.into(), (units, 0));
    }

    fn acknowledge(&mut self, order: &str) {
        self.revision += 1;
        let (open, acknowledged) = self.orders.get_mut(order).unwrap();
        *acknowledged = self.revision;
        self.level.acknowledge(self.revision, *open).unwrap();
    }

    fn settle(&mut self, order: &str, units: Decimal) -> Fulfilled {
        self.revision += 1;
        let (open, acknowledged) = self.orders.get_mut(order).unwrap();
        *open = open.try_sub(units).unwrap();
        self.level.reserved = self.level.reserved.try_sub(units).unwrap();
        self.level.settle(*acknowledged, units).unwrap()
    }

    fn moved(&mut self, by: &str, quantity: Decimal, number: i64, fulfilled: Fulfilled) -> Moved {
        let (by, revision) = (Some(SystemName::stored(by)), self.revision);
        self.level.moved(Beyond { by, number, revision, quantity, fulfilled }).unwrap()
    }

    fn ship(&mut self, by: &str, order: &str, units: Decimal, number: i64) -> Moved {
        let fulfilled = self.settle(order, units);
        self.moved(by, units.negated(), number, fulfilled)
    }

    fn state(&mut self, reading: &Reading, by: &str, leads: bool) -> Outcome {
        let outcome = self.level.state(reading, Teller { system: &SystemName::stored(by), leads });
        self.revision += 1;
        outcome.unwrap()
    }

    /// `on hand-reserved-committed elsewhere=sellable`
    fn figures(&self) -> String {
        self.level.must_be_sound().unwrap();
        let Level { on_hand, reserved, .. } = &self.level;
        let elsewhere = self.level.committed_elsewhere().unwrap();
        format!("{on_hand}-{reserved}-{elsewhere}={}", self.level.sellable())
    }
}

fn reading(on_hand: Decimal) -> Reading {
    Reading {
        key: mug(),
        on_hand,
        epoch: 0,
        sequence: 0,
        ledger_through: 0,
        basis: Basis::OnHand,
        committed: None,
        orders_counted_through: None,
        effects_through: None,
    }
}

/// Each step is a revision, from 1. `a+3`: order a of 3 comes in; `a*`: it is acknowledged; `a-2`,
/// `a-2@8`: 2 of it leave, as ledger number 8; `a/1`: 1 of it is cancelled; `wms:a-2@8`: the same, told
/// by the wms; `-4@9`: 4 leave that erpsync has no order of. `=10`: the ERP, which leads, states that
/// 10 lie there, `~7` that 7 are available; then `!29`: 29 are promised, `^3`: it counts orders through
/// revision 3, `@8`: it contains ledger numbers to 8, `%5`: it contains others' movements to revision 5.
#[track_caller]
fn check(steps: &str, expected: &str) {
    let mut bench = Bench::new();
    let mut seen = Vec::new();
    for step in steps.split(' ') {
        play(&mut bench, step);
        seen.push(bench.figures());
    }
    assert_eq!(seen.join(" "), expected);
}

fn play(bench: &mut Bench, step: &str) {
    let (by, what) = step.split_once(':').unwrap_or(("erp", step));
    let number = |mark: char| what.split_once(mark)?.1.split(['!', '^', '@', '%']).next();
    let ledger = number('@').map_or(0, |it| it.parse().unwrap());
    if what.starts_with(['=', '~']) {
        let mut reading = reading(d(what[1..].split(['!', '^', '@', '%']).next().unwrap()));
        reading.basis = if what.starts_with('~') { Basis::Available } else { Basis::OnHand };
        reading.committed = number('!').map(d);
        reading.orders_counted_through = number('^').map(|it| it.parse().unwrap());
        reading.effects_through = number('%').map(|it| it.parse().unwrap());
        reading.ledger_through = ledger;
        bench.state(&reading, by, true);
    } else if let Some((order, units)) = what.split_once('+') {
        bench.place(order, d(units));
    } else if let Some(order) = what.strip_suffix('*') {
        bench.acknowledge(order);
    } else if let Some((order, units)) = what.split_once('/') {
        bench.settle(order, d(units));
    } else {
        let (order, units) = what.split_once('-').unwrap();
        let units = d(units.split('@').next().unwrap());
        if order.is_empty() {
            bench.revision += 1;
            bench.moved(by, units.negated(), ledger, Fulfilled::default());
        } else {
            bench.ship(by, order, units, ledger);
        }
    }
}

#[test]
fn what_the_erp_has_promised_to_others_is_not_sold() {
    // 29 units on phone orders, and 29 that are ours.
    check("=80!29^0", "80-0-29=51");
    check("a+29 a* =80!29^2", "0-29-0=0 0-29-0=0 80-29-0=51");
    check("a+29 a* =80!40^2", "0-29-0=0 0-29-0=0 80-29-11=40");
    // The next statement says nothing of orders.
    check("=80!29^0 =80", "80-0-29=51 80-0-0=80");
}

#[test]
fn an_acknowledgement_between_reading_and_statement_sells_nothing_twice() {
    // Read before a was taken over: 29 are on phone orders.
    check("a+3 =80 a* =80!29^2", "0-3-0=0 80-3-0=77 80-3-0=77 80-3-29=48");
    // Read when a was in its books, and acknowledged later: cautious, until the next statement.
    check("a+3 =80!32^1 a* =80!32^3", "0-3-0=0 80-3-32=45 80-3-32=45 80-3-29=48");
}

#[test]
fn ours_that_leave_or_are_cancelled_leave_those_of_others_alone() {
    let (start, seen) = ("a+3 a* =80!32^2", "0-3-0=0 0-3-0=0 80-3-29=48");
    check(&format!("{start} a-2 a-1"), &format!("{seen} 78-1-29=48 77-0-29=48"));
    // It left after the reading, and was told before: the reading counts it still.
    check("=80@5 a+3 a* a-3@6 =80!32^3@5", "80-0-0=80 80-3-0=77 80-3-0=77 77-0-0=77 77-0-29=48");
    // It had left when it was read, and is told after.
    check("a+3 a* =77!29^2@6 a-3@6", "0-3-0=0 0-3-0=0 77-3-26=48 77-0-29=48");
    // Whether it was cancelled before the reading nobody knows: it is kept until the next one.
    check(&format!("{start} a/3 =80!29^2"), &format!("{seen} 80-0-32=48 80-0-29=51"));
}

/// The vector of the rules: order a is parked, order b is acknowledged.
#[test]
fn what_is_available_excludes_the_orders_that_the_erp_knows() {
    check("a+2 b+3 b* ~7^3 b-3", "0-2-0=0 0-5-0=0 0-5-0=0 10-5-0=5 7-2-0=5");
    // Shipping changes nothing of what is available, so its ledger number tells nothing either.
    for through in ["", "@5", "@8"] {
        let steps = format!("a+2 b+3 b* ~7^3{through} b-2@8 ~7^3{through} b-1@9");
        let seen = "0-2-0=0 0-5-0=0 0-5-0=0 10-5-0=5 8-3-0=5 8-3-0=5 7-2-0=5";
        check(&steps, seen);
    }
    // More left than was ordered: that alone is gone from what was available.
    check("b+3 b* ~7^2@8 b-3@9 -2@9", "0-3-0=0 0-3-0=0 10-3-0=7 7-0-0=7 7-0-0=7");
    // Read before it was acknowledged: what is available does not know it.
    check("b+3 ~10^0 b* b-3", "0-3-0=0 10-3-0=7 10-3-0=7 7-0-0=7");
    check("b+3 b* ~10^1", "0-3-0=0 0-3-0=0 10-3-0=7");
    // Cancelled there before the reading, and told after it: not sold twice.
    check("b+3 b* ~10^2 b/3 ~10^2", "0-3-0=0 0-3-0=0 13-3-0=10 13-0-3=10 10-0-0=10");
}

#[test]
fn what_others_tell_counts_until_the_leader_contains_it() {
    // The numbers of the wms are not the ERP's.
    check("=10@100 wms:-2@7 =10@101%1 =8@102%2", "10-0-0=10 8-0-0=8 8-0-0=8 8-0-0=8");
    // Without a word on it, what was recorded before the statement arrived is contained.
    check("=10 wms:-2@7 =8 wms:-1", "10-0-0=10 8-0-0=8 8-0-0=8 7-0-0=7");
    // Told twice.
    check("=10 wms:-2@7 wms:-2@7 -2@7", "10-0-0=10 8-0-0=8 8-0-0=8 6-0-0=6");
    // For an order that the ERP counts, and minutes old.
    check("a+3 a* ~7^2 wms:a-3@7 ~7^2%3", "0-3-0=0 0-3-0=0 10-3-0=7 7-0-0=7 7-0-0=7");
    check("a+3 a* =10!5^2 wms:a-3@7 =10!5^2%3", "0-3-0=0 0-3-0=0 10-3-2=5 7-0-2=5 7-0-2=5");

    let mut bench = Bench::new();
    ["=10", "wms:-2@7", "shop-a:-1", "-1@3"].into_iter().for_each(|it| play(&mut bench, it));
    let pending = |bench: &Bench| {
        let told = |it: &Beyond| format!("{} {}", it.by.as_ref().unwrap(), it.quantity);
        bench.level.pending().map(told).collect::<Vec<_>>().join(", ")
    };
    assert_eq!((pending(&bench), bench.figures()), ("shop-a -1, wms -2".into(), "6-0-0=6".into()));
    play(&mut bench, "=7%2@3");
    assert_eq!((pending(&bench), bench.figures()), ("shop-a -1".into(), "6-0-0=6".into()));
}

#[test]
fn of_another_leaders_numbers_nothing_follows() {
    let mut bench = Bench::new();
    let numbered = |on_hand, sequence| Reading { sequence, ..reading(d(on_hand)) };
    assert_eq!(bench.state(&numbered("10", 900), "old", true), Outcome::Applied);
    assert_eq!(bench.state(&numbered("9", 1), "new", true), Outcome::Applied);
    assert_eq!(bench.state(&numbered("8", 2), "new", true), Outcome::Applied);
}

#[test]
fn many_acknowledgements_are_folded_and_none_is_counted_too_early() {
    let mut bench = Bench::new();
    let total = 600;
    for nth in 1..=total {
        bench.place(&nth.to_string(), Decimal::ONE);
        bench.acknowledge(&nth.to_string());
        if nth == 300 {
            let revision = bench.revision;
            let counts = Some(revision - 100);
            let available = Reading { basis: Basis::Available, ..reading(d("100")) };
            bench.state(&Reading { orders_counted_through: counts, ..available }, "erp", true);
            // 50 of them are not counted.
            assert_eq!(bench.figures(), "350-300-0=50");
        }
        bench.level.must_be_sound().unwrap();
        assert!(bench.level.acknowledged.len() <= 256);
    }
    assert_eq!(bench.figures(), "350-600-0=0");
    // Whose they are is found again.
    for nth in 1..=total {
        let counted = nth <= 250;
        let fulfilled = bench.settle(&nth.to_string(), Decimal::ONE);
        let statement = bench.level.statement.as_ref().unwrap();
        assert_eq!(statement.counts(fulfilled.acknowledged), counted, "{nth}");
    }
    assert!(bench.level.acknowledged.is_empty());
}

/// An ERP takes orders over, ships and cancels, sells by phone and reads its stock. What it tells
/// reaches us late, in any order but that of one order's own steps. It is never believed to have more
/// than it has, and in the end exactly that.
mod any_order {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;

    /// What the ERP tells.
    #[derive(Clone, Debug)]
    enum Told {
        Acknowledged(String),
        Shipped(String, i32, i64),
        Cancelled(String, i32),
        Moved(i32, i64),
        Stated(Reading),
    }

    /// The truth.
    #[derive(Default)]
    struct Erp {
        on_hand: i32,
        phone: i32,
        /// What is open of the orders in its books.
        open: BTreeMap<String, i32>,
        ledger: i64,
        sequence: i64,
        /// The highest revision that it was answered.
        answered: i64,
        /// By order, so that each order's steps arrive one after the other; others' at any time.
        on_the_way: BTreeMap<String, VecDeque<Told>>,
    }

    impl Erp {
        fn tell(&mut self, of: &str, told: Told) {
            self.on_the_way.entry(of.into()).or_default().push_back(told);
        }

        fn post(&mut self, units: i32) -> i64 {
            self.on_hand += units;
            self.ledger += 1;
            self.ledger
        }

        /// Something happens there to the nth of its orders.
        fn work(&mut self, deed: u8, nth: usize, available: bool) {
            let order = self.open.iter().filter(|it| 0 < *it.1).map(|it| it.0.clone()).nth(nth);
            match (deed, order) {
                (0, Some(order)) => {
                    let number = self.post(-1);
                    self.open.entry(order.clone()).and_modify(|it| *it -= 1);
                    self.tell(&order, Told::Shipped(order.clone(), 1, number));
                }
                (1, Some(order)) => {
                    self.open.entry(order.clone()).and_modify(|it| *it -= 1);
                    self.tell(&order, Told::Cancelled(order.clone(), 1));
                }
                (2, _) if 0 < self.phone => {
                    let number = self.post(-1);
                    self.phone -= 1;
                    self.tell(&format!("phone {number}"), Told::Moved(-1, number));
                }
                (3, _) => {
                    let number = self.post(2);
                    self.tell(&format!("goods {number}"), Told::Moved(2, number));
                }
                _ => {
                    let reading = self.read(available);
                    self.tell(&format!("reading {}", self.sequence), Told::Stated(reading));
                }
            }
        }

        fn read(&mut self, available: bool) -> Reading {
            self.sequence += 1;
            let committed = self.phone + self.open.values().sum::<i32>();
            let figure = if available { self.on_hand - committed } else { self.on_hand };
            Reading {
                sequence: self.sequence,
                ledger_through: self.ledger,
                basis: if available { Basis::Available } else { Basis::OnHand },
                committed: (!available).then(|| Decimal::whole(committed)),
                orders_counted_through: Some(self.answered),
                ..reading(Decimal::whole(figure))
            }
        }
    }

    fn arrive(bench: &mut Bench, erp: &mut Erp, nth: usize) {
        let Some(of) = erp.on_the_way.keys().nth(nth).cloned() else { return };
        let waiting = erp.on_the_way.get_mut(&of).unwrap();
        let told = waiting.pop_front().unwrap();
        if waiting.is_empty() {
            erp.on_the_way.remove(&of);
        }
        match told {
            Told::Acknowledged(order) => bench.acknowledge(&order),
            Told::Shipped(order, units, number) => {
                bench.ship("erp", &order, Decimal::whole(units), number);
            }
            Told::Cancelled(order, units) => drop(bench.settle(&order, Decimal::whole(units))),
            Told::Moved(units, number) => {
                bench.revision += 1;
                bench.moved("erp", Decimal::whole(units), number, Fulfilled::default());
            }
            Told::Stated(reading) => drop(bench.state(&reading, "erp", false)),
        }
        erp.answered = bench.revision;
    }

    /// What can really still be sold: nobody there or here was promised it.
    fn free(bench: &Bench, erp: &Erp) -> Decimal {
        let in_its_books: i32 = erp.open.values().sum();
        let only_here = bench.orders.iter().filter(|it| !erp.open.contains_key(it.0));
        let only_here = Decimal::try_sum(only_here.map(|it| it.1.0)).unwrap();
        let free = Decimal::whole(erp.on_hand - erp.phone - in_its_books);
        free.try_sub(only_here).unwrap().max(Decimal::ZERO)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn never_sells_what_is_not_there_and_ends_at_the_true_figure(
            available in any::<bool>(),
            phone in 0..6_i32,
            steps in prop::collection::vec((0..10_u8, 0..5_u8, 0..4_usize), 1..60),
        ) {
            let mut erp = Erp { on_hand: 20, phone, ledger: 1, ..Erp::default() };
            let mut bench = Bench::new();
            let first = erp.read(available);
            bench.state(&first, "erp", false);
            erp.answered = bench.revision;
            for (nth, (what, deed, which)) in steps.into_iter().enumerate() {
                let order = format!("order {nth}");
                match what {
                    0..3 if Decimal::whole(2) <= bench.level.sellable() => {
                        bench.place(&order, Decimal::whole(2));
                    }
                    3..5 => {
                        let is_new = |it: &&String| !erp.open.contains_key(*it);
                        let new = bench.orders.keys().find(is_new).cloned();
                        if let Some(order) = new {
                            erp.open.insert(order.clone(), 2);
                            erp.tell(&order, Told::Acknowledged(order.clone()));
                        }
                    }
                    5..7 => erp.work(deed, which, available),
                    _ => arrive(&mut bench, &mut erp, which),
                }
                bench.level.must_be_sound().unwrap();
                let (sellable, free) = (bench.level.sellable(), free(&bench, &erp));
                prop_assert!(sellable <= free, "{sellable} for sale, and {free} are free");
            }
            while !erp.on_the_way.is_empty() {
                arrive(&mut bench, &mut erp, 0);
            }
            let last = erp.read(available);
            bench.state(&last, "erp", false);
            prop_assert_eq!(bench.level.sellable(), free(&bench, &erp));
            prop_assert_eq!(bench.level.on_hand, Decimal::whole(
                if available { erp.on_hand - erp.phone } else { erp.on_hand }
            ));
        }
    }
}
