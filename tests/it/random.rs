//! Random commands of all slices at once, many of them wrong: through a lane they end as in memory,
//! and no unit is ever lost or made on the way.

mod arrivals;
mod deed;

use std::collections::BTreeMap;

use erpsync::books::{Books, Entry, Moment};
use erpsync::clock::Clock;
use erpsync::decimal::Decimal;
use erpsync::id::{
    Environment, ExternalId, InvoiceId, OrderId, PaymentId, ReceptionId, ReservationId, ReturnId,
    ShipmentId, TaskId,
};
use erpsync::inbox::Task;
use erpsync::invoices::Invoice;
use erpsync::lanes::Lanes;
use erpsync::orders::{Line, Order};
use erpsync::payments::{Event, Payment};
use erpsync::postgres::Pools;
use erpsync::reservations::{Reservation, State};
use erpsync::returns::{Came, Reception, Return, ReturnLine};
use erpsync::server;
use erpsync::shipments::Shipment;
use erpsync::stock::{Basis, Level, LevelKey, Reading};
use futures_util::future::join_all;
use sqlx::ConnectOptions;
use time::OffsetDateTime;

use crate::batches::{Deaf, Random};
use crate::kit::database;
use crate::sim::is_long;
use deed::{Deed, SKUS, deeds, key};

const WORLD: Environment = Environment(7);
/// Of `make test`, and of `make test-long`.
const COUNTS: [usize; 2] = [2_500, 10_000];

/// What came of a deed without a database: its answer, and whether anybody could see it.
fn in_memory(books: &mut Books, deed: &Deed, revision: i64) -> (Result<String, String>, bool) {
    books.ask(deed);
    while books.assume_the_rest_is_absent() {
        books.ask(deed);
    }
    let at = Moment { now: OffsetDateTime::UNIX_EPOCH, revision };
    match books.decide(deed, at) {
        Ok(decided) => (Ok(decided.answer), !decided.changes.is_empty()),
        Err(refusal) => (Err(format!("{:?}", refusal.reason)), false),
    }
}

fn on_hand(books: &Books, sku: &str) -> Decimal {
    books.see::<Level>().peek(&key(sku)).map_or(Decimal::ZERO, |it| it.on_hand)
}

/// What was ever put on each level by hand, or found there by a statement.
#[derive(Default)]
struct Put {
    units: BTreeMap<LevelKey, Decimal>,
    /// Movements by hand that have counted, by their numbers in the ERP's ledger.
    numbered: BTreeMap<LevelKey, Vec<(i64, Decimal)>>,
    /// How many statements were applied, and how many of them were of what is available.
    stated: [usize; 2],
}

impl Put {
    /// What a deed has put somewhere; a statement must be what is there then.
    fn note(
        &mut self,
        books: &Books,
        deed: &Deed,
        answer: Result<&str, &String>,
        before: [Decimal; 4],
    ) -> Result<(), String> {
        let counts = matches!(answer, Ok("[Applied]" | "[Unchanged]"));
        for (sku, before) in SKUS.into_iter().zip(before) {
            let level = key(sku);
            let added = match (deed.adjusts(&level), deed.states()) {
                (Some((quantity, number)), _) if answer == Ok("[Applied]") => {
                    if 0 < number {
                        self.numbered.entry(level.clone()).or_default().push((number, quantity));
                    }
                    quantity
                }
                (None, Some(reading)) if counts && reading.key == level => {
                    self.states(books, reading)?;
                    on_hand(books, sku).try_sub(before).unwrap()
                }
                _ => continue,
            };
            let sum = self.units.entry(level).or_default();
            *sum = sum.try_add(added).unwrap();
        }
        Ok(())
    }

    /// On hand is the figure, with what is open of the orders that one of what is available leaves
    /// out, and with what moved beyond it; elsewhere is promised what it says beyond those orders.
    fn states(&mut self, books: &Books, reading: &Reading) -> Result<(), String> {
        let is_available = reading.basis == Basis::Available;
        self.stated[0] += 1;
        self.stated[1] += usize::from(is_available);
        let through = reading.ledger_through;
        self.numbered
            .entry(reading.key.clone())
            .or_default()
            .retain(|it| 0 < through && through < it.0);
        let beyond = self.numbered[&reading.key].iter().map(|it| it.1);
        let counted = reading.orders_counted_through.unwrap_or_default();
        let lines = books.see::<Order>().entries().flat_map(|it| &it.lines);
        let known = lines.filter(|it| 0 < it.acknowledged && it.acknowledged <= counted);
        let open = known.flat_map(|it| it.in_stock(it.open(), None).unwrap());
        let open = Decimal::try_sum(open.filter(|it| it.0 == reading.key).map(|it| it.1)).unwrap();
        let left_out = if is_available { open } else { Decimal::ZERO };
        let so = Decimal::try_sum(beyond.chain([reading.on_hand, left_out])).unwrap();
        let level = books.see::<Level>().peek(&reading.key).unwrap();
        let told = reading.committed.map_or(Decimal::ZERO, |it| it.try_sub(open).unwrap());
        let seen = (level.on_hand, level.committed_elsewhere().unwrap());
        let so = (so, told.max(Decimal::ZERO));
        if seen == so { Ok(()) } else { Err(format!("{seen:?} is there, and should be {so:?}")) }
    }
}

/// `ERPSYNC_SEED` repeats a run.
#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_deeds_end_as_in_memory() {
    let count = COUNTS[usize::from(is_long())];
    let told = std::env::var("ERPSYNC_SEED").ok().and_then(|it| it.parse().ok());
    let seed = told.unwrap_or_else(|| if is_long() { std::process::id().into() } else { 18_001 });
    println!("ERPSYNC_SEED={seed}");
    let deeds = deeds(&mut Random(seed), count);

    let mut memory = server::books();
    let (mut expected, mut revision) = (Vec::new(), 0);
    let mut put = Put::default();
    for (nth, deed) in deeds.iter().enumerate() {
        let before = SKUS.map(|it| on_hand(&memory, it));
        let (answer, changed) = in_memory(&mut memory, deed, revision + 1);
        revision += i64::from(changed);
        put.note(&memory, deed, answer.as_deref(), before)
            .unwrap_or_else(|it| panic!("deed {nth} of seed {seed}: {it}: {deed:?}"));
        expected.push(answer.map(|it| (it, revision)));
    }
    let [applied, available] = put.stated;
    assert!(count < 60 * applied && count < 120 * available, "{applied} {available} are stated");
    let refused = expected.iter().filter(|it| it.is_err()).count();
    assert!((count / 5..count * 3 / 5).contains(&refused), "{refused} are refused");
    let mistakes = expected.iter().filter(|it| **it == Err("Internal".into())).count();
    assert_eq!(mistakes, 0, "seed {seed}");

    let options = database().await;
    let pool = Pools::new(&options).lanes;
    let lane =
        Lanes::new(pool, server::books, Clock::default(), std::sync::Arc::new(Deaf)).of(WORLD);
    let mut done = Vec::new();
    for chunk in deeds.chunks(500) {
        done.extend(join_all(chunk.iter().map(|it| lane.run(it.clone()))).await);
    }
    for (nth, (done, expected)) in done.into_iter().zip(&expected).enumerate() {
        let done = done.map(|it| (it.answer, it.revision));
        let done = done.map_err(|it| format!("{:?}", it.reason));
        assert_eq!(&done, expected, "deed {nth} of seed {seed}: {:?}", deeds[nth]);
    }

    let mut conn = options.connect().await.unwrap();
    let count = count as i64;
    let orders: Vec<OrderId> = (1..=count).map(OrderId).collect();
    let orders = Order::load(&mut conn, WORLD, &orders).await.unwrap();
    assert!(count < 20 * orders.len() as i64);
    let composed = orders.iter().flat_map(|it| &it.lines).filter(|it| 1 < it.demand.len());
    let composed = composed.filter(|it| it.shipped.is_positive()).count() as i64;
    assert!(count < 400 * composed, "{composed} lines of sets have left");
    for order in &orders {
        let there = memory.of::<Order>().peek(&order.id).unwrap();
        let (placed_at, wording) = (order.placed_at, order.wording);
        let there = Order { placed_at, wording, ..there.clone() };
        assert_eq!(there, *order, "seed {seed}");
    }
    let invoices: Vec<InvoiceId> = (1..=count).map(InvoiceId).collect();
    let invoices = Invoice::load(&mut conn, WORLD, &invoices).await.unwrap();
    for invoice in &invoices {
        let there = memory.of::<Invoice>().peek(&invoice.id).unwrap();
        let (recorded_at, wording) = (invoice.recorded_at, invoice.wording);
        let there = Invoice { recorded_at, wording, ..there.clone() };
        assert_eq!(there, *invoice, "seed {seed}");
    }
    let returns: Vec<ReturnId> = (1..=count).map(ReturnId).collect();
    let returns = Return::load(&mut conn, WORLD, &returns).await.unwrap();
    for it in &returns {
        let there = memory.of::<Return>().peek(&it.id).unwrap();
        let (requested_at, complete_at) = (it.requested_at, it.complete_at);
        let there = Return { requested_at, complete_at, ..there.clone() };
        assert_eq!(there, *it, "seed {seed}");
    }
    let receptions: Vec<ReceptionId> = (1..=count).map(ReceptionId).collect();
    let receptions = Reception::load(&mut conn, WORLD, &receptions).await.unwrap();
    came_back(&orders, &returns, &receptions, seed);
    let tasks: Vec<TaskId> = (1..=count).map(TaskId).collect();
    for task in Task::load(&mut conn, WORLD, &tasks).await.unwrap() {
        let there = memory.of::<Task>().peek(&task.id).unwrap();
        assert_eq!((&there.state, there.next), (&task.state, task.next), "seed {seed}");
    }
    let payments: Vec<PaymentId> = (1..=count).map(PaymentId).collect();
    paid(&orders, &Payment::load(&mut conn, WORLD, &payments).await.unwrap(), seed);
    let shipments: Vec<ShipmentId> = (1..=count).map(ShipmentId).collect();
    let shipments = Shipment::load(&mut conn, WORLD, &shipments).await.unwrap();
    let reservations: Vec<ReservationId> = (1..=count).map(ReservationId).collect();
    let reservations = Reservation::load(&mut conn, WORLD, &reservations).await.unwrap();
    for it in &reservations {
        let there = memory.of::<Reservation>().peek(&it.id).unwrap();
        assert_eq!((&there.lines, there.state.name()), (&it.lines, it.state.name()), "seed {seed}");
    }
    let held = Held(&reservations);
    for sku in SKUS {
        let level = Level::load(&mut conn, WORLD, &[key(sku)]).await.unwrap().remove(0);
        assert_eq!(memory.of::<Level>().peek(&key(sku)), Some(&level), "seed {seed}");
        conserved(&level, &orders, (&returns, &receptions), &shipments, &held, &put, seed);
    }
}

/// What is said of an order's payments is the sum of what was told of them.
fn paid(orders: &[Order], payments: &[Payment], seed: u64) {
    for order in orders {
        let sum = |event| {
            let of = payments.iter().filter(|it| it.order == order.id && it.event == event);
            Decimal::try_sum(of.map(|it| it.amount)).unwrap()
        };
        let it = &order.payments;
        let kept = [it.authorised, it.captured, it.refunded, it.charged_back];
        let events = [Event::Authorised, Event::Captured, Event::Refunded, Event::ChargedBack];
        assert_eq!(kept, events.map(sum), "order {} of seed {seed}", order.id);
    }
}

/// What was ever held for carts.
struct Held<'a>(&'a [Reservation]);

impl Held<'_> {
    /// Units of a level in reservations of some state.
    fn units(&self, level: &Level, is: fn(&State) -> bool) -> Decimal {
        let lines = self.0.iter().filter(|it| is(&it.state)).flat_map(|it| &it.lines);
        let units = lines.filter(|it| it.level == level.key).map(|it| it.quantity);
        Decimal::try_sum(units).unwrap()
    }
}

/// I4, I5: what is said of a line of an order is the sum of what its returns say, and what these say of
/// units that came is the sum of what receptions say.
fn came_back(orders: &[Order], returns: &[Return], receptions: &[Reception], seed: u64) {
    for it in returns {
        for line in &it.lines {
            let of = receptions.iter().filter(|reception| reception.of == it.id);
            let own = of.flat_map(|it| &it.lines).filter(|it| it.line == line.line);
            let mut came = erpsync::returns::Units::default();
            for part in own.filter(|it| it.came == Came::Received) {
                came.follow(&Default::default(), &part.units).unwrap();
            }
            assert_eq!(line.units, came, "return {} of seed {seed}", it.id);
        }
    }
    for order in orders {
        for line in &order.lines {
            let of = returns.iter().filter(|it| it.order == order.id);
            let of: Vec<_> = of.flat_map(|it| &it.lines).filter(|it| it.line == line.id).collect();
            let sum = |part: fn(&ReturnLine) -> Decimal| {
                Decimal::try_sum(of.iter().map(|it| part(it))).unwrap()
            };
            let told = [line.return_requested, line.received, line.lost, line.sent_back];
            let sums = [
                sum(ReturnLine::awaited),
                sum(|it| it.units.received()),
                sum(|it| it.lost),
                sum(|it| it.units.sent_back),
            ];
            assert_eq!(told, sums, "order {} of seed {seed}", order.id);
        }
    }
}

/// I9: what lies there is what was ever put there, less what left, less what its carrier brought back
/// unfit for sale, and what came back to the shelf.
fn conserved(
    level: &Level,
    orders: &[Order],
    (returns, receptions): (&[Return], &[Reception]),
    shipments: &[Shipment],
    held: &Held<'_>,
    put: &Put,
    seed: u64,
) {
    let put = put.units.get(&level.key).copied();
    let of: BTreeMap<OrderId, &Order> = orders.iter().map(|it| (it.id, it)).collect();
    let lines = || orders.iter().flat_map(|it| &it.lines);
    // Units of a line, in units of this level.
    let here = |line: &Line, units: Decimal| {
        let of = line.demand.iter().find(|it| it.level == level.key);
        of.map_or(Decimal::ZERO, |it| units.try_times(it.each).unwrap())
    };
    let line = |order: &OrderId, line: &ExternalId| {
        let order = of[order];
        &order.lines[order.place_of(line).unwrap()]
    };
    let order_of: BTreeMap<_, _> = returns.iter().map(|it| (it.id, it.order)).collect();
    let back = receptions.iter().flat_map(|it| it.lines.iter().map(move |line| (it.of, line)));
    let back = back.map(|(of, it)| match it.came {
        // Of another article than the line's.
        Came::WrongItem if it.level == level.key => it.units.restocked,
        Came::WrongItem => Decimal::ZERO,
        _ => here(line(&order_of[&of], &it.line), it.units.restocked),
    });
    let undone = |it: &&Shipment| it.cancelled.as_ref().is_some_and(|it| !it.undone.is_on_shelf());
    let unfit = shipments.iter().filter(undone);
    let unfit = unfit.flat_map(|it| it.lines.iter().map(|line| (it.order, line)));
    let unfit = unfit.map(|(order, it)| here(line(&order, it.line.as_ref().unwrap()), it.quantity));
    let moved = put
        .into_iter()
        .chain(lines().map(|it| here(it, it.shipped).negated()))
        .chain(unfit.map(Decimal::negated))
        .chain([held
            .units(level, |it| matches!(it, State::Consumed { order: None, .. }))
            .negated()])
        .chain(back);
    assert_eq!(Decimal::try_sum(moved).unwrap(), level.on_hand, "seed {seed}");
    let demands = || lines().flat_map(|it| &it.demand).filter(|it| it.level == level.key);
    let for_carts = held.units(level, |it| *it == State::Held);
    let promised = demands().map(|it| it.reserved).chain([for_carts]);
    let promised = Decimal::try_sum(promised).unwrap();
    let waiting = Decimal::try_sum(demands().map(|it| it.back_ordered)).unwrap();
    assert_eq!((promised, waiting), (level.reserved, level.back_ordered), "seed {seed}");
    // What the ERP knows as open is what is open of the orders that it acknowledged.
    let known = || orders.iter().flat_map(|it| &it.lines).filter(|it| it.acknowledged != 0);
    let known = known().flat_map(|it| it.in_stock(it.open(), None).unwrap());
    let known = known.filter(|it| it.0 == level.key).map(|it| it.1);
    let told = Decimal::try_sum(level.acknowledged.iter().map(|it| it.units)).unwrap();
    assert_eq!(Decimal::try_sum(known).unwrap(), told, "seed {seed}");
    assert!(told.is_positive(), "some are acknowledged");
}
