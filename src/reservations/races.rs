//! Everyone who could end a reservation, in every order, before and after its time: exactly one does,
//! and each of the others learns who was faster.

use time::{Duration, OffsetDateTime};

use super::end::Expire;
use super::*;
use crate::books::Entry as _;
use crate::due;
use crate::id::{Location, OrderId, Sku};
use crate::stock::{Level, NoBackOrders};

const LIFETIME: std::time::Duration = std::time::Duration::from_secs(60);
const CART: ReservationId = ReservationId(1);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Runner {
    Order,
    Consume,
    Release,
    Extend,
    Expire,
}

struct Race(Books);

impl Race {
    /// Ten lie there, three of them in a cart.
    fn begin() -> Race {
        let mut race = Race(books(stock::books(due::books(Books::new()))));
        let shop = SystemName::stored("shop-a");
        race.0.of::<Level>().want(&mug());
        race.0.assume_the_rest_is_absent();
        let lines = vec![Asked {
            sku: mug().sku,
            location: Some(mug().location),
            quantity: Decimal::whole(3),
        }];
        let external_id = ExternalId::stored("cart-1");
        let hold = Hold { id: CART, system: shop, external_id, lines, lifetime: LIFETIME };
        let mut full = Level::new(mug());
        (full.on_hand, full.unnumbered) = (Decimal::whole(10), Decimal::whole(10));
        race.0.of().put(full);
        race.run(&hold, Duration::ZERO).unwrap();
        race
    }

    fn run<C: Command>(&mut self, command: &C, after: Duration) -> Result<C::Answer> {
        self.0.ask(command);
        while self.0.assume_the_rest_is_absent() {
            self.0.ask(command);
        }
        let at = Moment { now: OffsetDateTime::UNIX_EPOCH + after, revision: 1 };
        self.0.decide(command, at).map(|it| it.answer)
    }

    fn one(&mut self, runner: Runner, after: Duration) -> Result<()> {
        let reservation = Named::Ours(CART.0);
        let by = |system| By { system: SystemName::stored(system), only_own: false };
        match runner {
            Runner::Order => self.run(&Order(reservation), after),
            Runner::Consume => self.run(&Consume { reservation, by: by("erp") }, after),
            Runner::Release => {
                let (by, back_orders) = (by("tool"), &NoBackOrders);
                self.run(&Release { reservation, by, back_orders }, after)
            }
            Runner::Extend => {
                let (by, lifetime) = (by("shop-a"), LIFETIME);
                self.run(&Extend { reservation, by, lifetime }, after).map(|_| ())
            }
            Runner::Expire => self.run(&Expire { id: CART, back_orders: &NoBackOrders }, after),
        }
    }

    fn state(&mut self) -> &'static str {
        self.0.of::<Reservation>().get(&CART).unwrap().state.name()
    }

    fn level(&mut self) -> String {
        let level = self.0.of::<Level>().get(&mug()).unwrap();
        level.check().unwrap();
        format!("{}/{}", level.on_hand, level.reserved)
    }
}

/// What placing an order does to a reservation.
struct Order(Named);

impl Command for Order {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        needs_end(books, &self.0, &NoBackOrders);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        consume(books, &self.0, &SystemName::stored("shop-a"), OrderId(9), at).map(|_| ())
    }
}

fn mug() -> LevelKey {
    LevelKey { sku: Sku::stored("mug"), location: Location::main() }
}

/// All orders in which they may come in.
fn orders_of(runners: &[Runner]) -> Vec<Vec<Runner>> {
    if runners.is_empty() {
        return vec![vec![]];
    }
    let first = |nth: usize| {
        let mut rest = runners.to_vec();
        let first = rest.remove(nth);
        orders_of(&rest).into_iter().map(move |it| [vec![first], it].concat())
    };
    (0..runners.len()).flat_map(first).collect()
}

#[test]
fn one_wins_and_the_others_learn_who() {
    use Runner::{Consume, Expire, Extend, Order, Release};
    let in_time = Duration::MINUTE - Duration::MICROSECOND;
    for runners in orders_of(&[Order, Consume, Release, Extend, Expire]) {
        for (after, is_over) in [(in_time, false), (Duration::MINUTE, true)] {
            let mut race = Race::begin();
            let winner = runners.iter().find(|it| !matches!(it, Extend | Expire)).unwrap();
            let (state, level) = match winner {
                _ if is_over => ("EXPIRED", "10/0"),
                // Still promised, to the order.
                Order => ("CONSUMED", "10/3"),
                Consume => ("CONSUMED", "7/0"),
                _ => ("RELEASED", "10/0"),
            };
            let mut ended = false;
            for runner in &runners {
                let outcome = race.one(*runner, after);
                let may = *runner == Expire || (!is_over && !ended);
                ended |= runner == winner;
                match outcome {
                    Ok(()) => assert!(may, "{runner:?} of {runners:?}"),
                    Err(refusal) => {
                        assert!(!may, "{runner:?} of {runners:?}: {refusal}");
                        assert_eq!(refusal.metadata["from"], state, "{runners:?}");
                    }
                }
            }
            assert_eq!((race.state(), &*race.level()), (state, level), "{runners:?}");
        }
    }
}

/// The scanner comes when the time of before the extension is over: nothing happens, and it is told
/// to come back.
#[test]
fn who_extends_in_time_keeps_it() {
    let mut race = Race::begin();
    race.one(Runner::Extend, Duration::seconds(30)).unwrap();
    race.one(Runner::Expire, Duration::MINUTE).unwrap();
    assert_eq!((race.state(), &*race.level()), ("HELD", "10/3"));
    let until = OffsetDateTime::UNIX_EPOCH + Duration::seconds(90);
    assert_eq!(race.0.of::<Due>().get(&due_key(CART)).map(|it| it.at), Some(until));
    race.one(Runner::Expire, Duration::seconds(90)).unwrap();
    assert_eq!((race.state(), &*race.level()), ("EXPIRED", "10/0"));
    assert_eq!(race.0.of::<Due>().get(&due_key(CART)), None);
}
