//! Commands of all slices behind one type, so that one lane and one memory can run them mixed.

use std::sync::Arc;
use std::time::Duration;

use erpsync::books::{Books, Command, Moment, Named, Weight};
use erpsync::credit_notes::{Issue, ToldCause, What};
use erpsync::decimal::Decimal;
use erpsync::error::Result;
use erpsync::id::{
    AmendmentId, CancellationId, ExternalId, Location, OrderId, ParkedId, ReservationId, ReturnId,
    Sku, SystemName, TaskId,
};
use erpsync::inbox::{Acknowledge, Answered, Lease, LeaseTasks};
use erpsync::invoices::Record;
use erpsync::money::Currency;
use erpsync::orders::{
    Address, AmendOrder, AnswerAmendment, AnswerCancellation, Content, Granted, Line, OrderTasks,
    PlaceOrder, RequestCancellation, ServeOrders, Verdict, Wished,
};
use erpsync::parking::Told;
use erpsync::reservations::{By, Consume, Extend, Hold, Release};
use erpsync::returns::{
    Acceptance, Approve, Close, Decline, DispatchProof, Disposition, InExchange, Inspect, Judged,
    Receive, RequestReturn,
};
use erpsync::shipments::{CancelLines, CancelShipment, Ship, Undone};
use erpsync::stock::selling::{Buffer, BufferKey, SetBuffers};
use erpsync::stock::{
    AdjustStock, Adjustment, Basis, Declared, LevelKey, Reading, SetCompositions, SetStock,
};
use erpsync::totals::{Charge, PartKind, PriceMode, Priced, RoundingMode, Tax};
use erpsync::{credit_notes, invoices, payments, reservations, returns, shipments};
use serde::Serialize;
use time::macros::date;

use crate::batches::Random;

/// Few enough that they stay scarce.
pub const SKUS: [&str; 4] = ["mug", "cup", "pot", "jar"];
/// Made of those.
const COMPOSED: [&str; 3] = ["two", "set", "hamper"];

/// Longer than all deeds take.
const HOUR: Duration = Duration::from_secs(60 * 60);

macro_rules! deeds {
    ($($name:ident($command:ty),)+) => {
        /// Any command.
        #[derive(Clone)]
        #[allow(clippy::large_enum_variant, reason = "ten thousand of the largest fit into memory")]
        pub enum Deed {
            $(#[doc = "See the command."] $name($command),)+
        }

        impl Command for Deed {
            type Answer = String;

            fn needs(&self, books: &mut Books) {
                match self {
                    $(Deed::$name(it) => it.needs(books),)+
                }
            }

            fn decide(&self, books: &mut Books, at: Moment) -> Result<String> {
                let told = match self {
                    $(Deed::$name(it) => it.decide(books, at).map(|it| format!("{it:?}")),)+
                };
                match self {
                    // Until when depends on since when.
                    Deed::Hold(_) | Deed::Extend(_) => told.map(|_| String::new()),
                    _ => told,
                }
            }

            fn weight(&self) -> Weight {
                match self {
                    $(Deed::$name(it) => it.weight(),)+
                }
            }
        }

        impl std::fmt::Debug for Deed {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Deed::$name(it) => {
                        let content = serde_json::to_string(it).expect("it can be told");
                        write!(f, "{} {content}", stringify!($name))
                    })+
                }
            }
        }
    };
}

deeds! {
    Adjust(AdjustStock),
    State(SetStock),
    TakeOver(TakeOver),
    Place(PlaceOrder),
    Ship(Told<Ship>),
    Cancel(CancelLines),
    Undo(Told<CancelShipment>),
    Wish(RequestCancellation),
    Answer(AnswerCancellation),
    Amend(AmendOrder),
    Judge(AnswerAmendment),
    Invoice(Told<Record>),
    Request(RequestReturn),
    Approve(Approve),
    Decline(Decline),
    Receive(Told<Receive>),
    Inspect(Told<Inspect>),
    Close(Close),
    Credit(Told<Issue>),
    Pay(Told<payments::Record>),
    Hold(Hold),
    Consume(Consume),
    Release(Release),
    Extend(Extend),
    KeepBack(SetBuffers),
    Compose(SetCompositions),
}

/// The ERP leases an order and acknowledges it, in one.
#[derive(Clone, Serialize)]
pub struct TakeOver(TaskId);

impl TakeOver {
    fn lease(&self) -> LeaseTasks {
        LeaseTasks { candidates: vec![self.0], holder: erp(), time: Duration::from_secs(60) }
    }

    fn acknowledge(&self, leases: &[Lease]) -> Acknowledge {
        let number = |it: &Lease| Ok((*it, Some(id(format!("E-{}", it.task)))));
        let (items, orders) = (leases.iter().map(number).collect(), Arc::new(OrderTasks));
        Acknowledge { items, by: erp(), orders }
    }
}

impl Command for TakeOver {
    type Answer = usize;

    fn needs(&self, books: &mut Books) {
        self.lease().needs(books);
        self.acknowledge(&[Lease { task: self.0, number: 1 }]).needs(books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<usize> {
        let leases = self.lease().decide(books, at)?;
        let answers = self.acknowledge(&leases).decide(books, at)?;
        Ok(answers.into_iter().filter(|it| *it == Answered::Applied).count())
    }
}

impl Deed {
    /// How many units this puts on a level, and under which number of the ERP's ledger.
    pub fn adjusts(&self, level: &LevelKey) -> Option<(Decimal, i64)> {
        let Deed::Adjust(AdjustStock { rows, .. }) = self else { return None };
        let row = rows.iter().flatten().find(|it| it.key == *level)?;
        Some((row.quantity, row.ledger_number))
    }

    /// What it states.
    pub fn states(&self) -> Option<&Reading> {
        let Deed::State(SetStock { rows, .. }) = self else { return None };
        rows.iter().flatten().next()
    }
}

/// Where an article lies.
pub fn key(sku: &str) -> LevelKey {
    LevelKey { sku: Sku::parse(sku).unwrap(), location: Location::main() }
}

fn id(text: impl std::fmt::Display) -> ExternalId {
    ExternalId::parse(&text.to_string()).unwrap()
}

fn told<F>(id: i64, fact: F) -> Told<F> {
    Told { id, parked: ParkedId(1_000_000 + id), fact }
}

/// As many as wanted; each makes what bears its own number, and names what earlier ones may have made.
pub fn deeds(random: &mut Random, count: usize) -> Vec<Deed> {
    let mut dice = Dice { random, made: Default::default(), ledger: 0, sequences: [0; 4] };
    let first = [dice.compose(1)];
    first.into_iter().chain((2..=count as i64).map(|nth| dice.deed(nth))).collect()
}

struct Dice<'a> {
    random: &'a mut Random,
    /// Numbers of orders, invoices, returns, receptions, shipments, cancellations, amendments and
    /// reservations that were tried.
    made: [Vec<i64>; 8],
    /// The newest number of the ERP's ledger.
    ledger: i64,
    /// Of each article, the number of its newest reading.
    sequences: [i64; 4],
}

impl Dice<'_> {
    fn deed(&mut self, nth: i64) -> Deed {
        match self.random.below(200) {
            0 => return self.compose(nth),
            // Sets need more than one unit each.
            1..12 => return self.adjust(),
            12..22 => return self.state(nth),
            _ => {}
        }
        match self.random.below(42) {
            0..2 | 34..36 => self.adjust(),
            2..6 | 32..34 => self.place(nth),
            6..9 => self.ship(nth),
            9..10 => self.cancel(),
            10..13 => self.invoice(nth),
            13..15 => self.request(nth),
            15..16 => self.approve(),
            16..17 => self.approve_or_decline(),
            17..18 | 31..32 => self.receive(nth),
            18..19 => self.pay(nth),
            19..20 => self.undo(nth),
            20..21 => self.wish(nth),
            21..22 => self.answer(),
            22..24 => self.amend(nth),
            24..25 => self.judge(),
            25..27 => self.hold(nth),
            27..28 => self.end(nth),
            28..30 => self.inspect(nth),
            30..31 => Deed::Close(Close { named: self.some(2), reason: "kept it".into() }),
            36..37 => self.keep_back(),
            39..42 => self.take_over(),
            _ => self.credit(nth),
        }
    }

    /// One of the newer ones of a kind, or nothing that there is.
    fn some(&mut self, kind: usize) -> Named {
        let made = self.made[kind].len() as u64;
        let back = self.random.below(12);
        let place = made.checked_sub(1 + back);
        Named::Ours(place.map_or(999_999, |it| self.made[kind][it as usize]))
    }

    fn units(&mut self) -> Decimal {
        Decimal::whole(1 + self.random.below(3) as i32)
    }

    fn line(&mut self) -> ExternalId {
        id(self.random.below(5) / 4)
    }

    fn adjust(&mut self) -> Deed {
        let sku = SKUS[self.random.below(4) as usize];
        let quantity = Decimal::whole(self.random.below(40) as i32 - 3);
        let ledger_number = self.ledger_number();
        let row = Adjustment { key: key(sku), quantity, ledger_number, reason: String::new() };
        Deed::Adjust(AdjustStock { rows: vec![Ok(row)], by: erp(), back_orders: &ServeOrders })
    }

    /// The next of the ERP's ledger, one of the last, or none.
    fn ledger_number(&mut self) -> i64 {
        match self.random.below(6) {
            0..3 => 0,
            3 => (self.ledger - self.random.below(4) as i64).max(0),
            _ => {
                self.ledger += 1;
                self.ledger
            }
        }
    }

    /// New ones and old ones, of what lies there or of what is available, read before the newest
    /// movements and acknowledgements; of some it is said that they are of the future.
    fn state(&mut self, nth: i64) -> Deed {
        let place = self.random.below(4) as usize;
        let last = &mut self.sequences[place];
        let sequence = match self.random.below(10) {
            0 => *last,
            1 => (*last - 1).max(0),
            2 => 0,
            _ => {
                *last += 1;
                *last
            }
        };
        let is_available = self.random.below(2) == 0;
        let is_counted = is_available || self.random.below(2) == 0;
        // About as many deeds have changed something.
        let through = nth / 8 + self.random.below(nth as u64 / 3 + 1) as i64;
        let reading = Reading {
            key: key(SKUS[place]),
            on_hand: Decimal::whole(self.random.below(80) as i32 - 2),
            epoch: 0,
            sequence,
            ledger_through: (self.ledger - self.random.below(6) as i64).max(0)
                * self.random.below(2) as i64,
            basis: if is_available { Basis::Available } else { Basis::OnHand },
            committed: (is_counted && !is_available)
                .then(|| Decimal::whole(self.random.below(40) as i32)),
            orders_counted_through: is_counted.then_some(through),
            effects_through: None,
        };
        let (rows, back_orders) = (vec![Ok(reading)], &ServeOrders);
        Deed::State(SetStock { rows, by: erp(), back_orders })
    }

    /// Raised and lowered: who waits is passed by, or served by whatever comes next.
    fn keep_back(&mut self) -> Deed {
        let sku = Sku::parse(SKUS[self.random.below(4) as usize]).unwrap();
        let location = (self.random.below(2) == 0).then(Location::main);
        let key = BufferKey { shop: self.shop(), sku, location };
        let units = [None, Some(0), Some(1), Some(3)][self.random.below(4) as usize];
        let buffer = Buffer { key, units: units.map(Decimal::whole), revision: 0 };
        Deed::KeepBack(SetBuffers { rows: vec![Ok(buffer)] })
    }

    fn shop(&mut self) -> SystemName {
        SystemName::parse(["shop-a", "shop-b"][self.random.below(2) as usize]).unwrap()
    }

    /// A pair of one, or three of it; a set of two; a hamper of a pair and another.
    fn compose(&mut self, version: i64) -> Deed {
        let mut of = |sku: &str, parts: &[(&str, i32)]| {
            let parts = parts.iter().map(|(sku, least)| {
                let each = least + self.random.below(2) as i32;
                (Sku::parse(sku).unwrap(), Decimal::whole(each))
            });
            let (sku, parts) = (Sku::parse(sku).unwrap(), parts.collect());
            Ok(Declared { sku, parts, epoch: 0, version })
        };
        let rows = vec![
            of("two", &[("mug", 2)]),
            of("set", &[("mug", 1), ("cup", 1)]),
            of("hamper", &[("two", 1), ("pot", 1), ("mug", 1)]),
        ];
        Deed::Compose(SetCompositions { rows })
    }

    fn article(&mut self) -> &'static str {
        match self.random.below(2) {
            0 => COMPOSED[self.random.below(3) as usize],
            _ => SKUS[self.random.below(4) as usize],
        }
    }

    fn place(&mut self, nth: i64) -> Deed {
        let (lines, charges, tax_totals, total) = self.content();

        let address = Address { name: format!("buyer {nth}"), ..Address::default() };
        let content = Content {
            order_date: None,
            already_placed: self.random.below(10) == 0,
            allow_back_order: self.random.below(2) == 0,
            currency: Currency::parse("EUR").unwrap(),
            price_mode: PriceMode::Gross,
            rounding_mode: RoundingMode::Line,
            charges,
            tax_totals,
            total,
            shipping_address: Some(address),
            billing_address: None,
            external_customer_id: String::new(),
        };
        self.made[0].push(nth);
        let shop = self.shop();
        let reservation = (self.random.below(4) == 0).then(|| self.some(7));
        let (id, external_id) = (OrderId(nth), id(nth));
        let replaces = (self.random.below(16) == 0).then(|| self.some(2));
        Deed::Place(PlaceOrder {
            id,
            shop,
            external_id,
            content,
            lines,
            reservation,
            opening: None,
            replaces,
            exchange: &InExchange,
        })
    }

    fn hold(&mut self, nth: i64) -> Deed {
        let mut line = || {
            let LevelKey { sku, location } = key(self.article());
            let location = (self.random.below(2) == 0).then_some(location);
            reservations::Asked { sku, location, quantity: self.units() }
        };
        let lines = vec![line(), line()];
        self.made[7].push(nth);
        let system = self.shop();
        let (id, external_id, lifetime) = (ReservationId(nth), id(nth), HOUR);
        Deed::Hold(Hold { id, system, external_id, lines, lifetime })
    }

    fn end(&mut self, nth: i64) -> Deed {
        // Each longer than those before, so that it is always news.
        let lifetime = 2 * HOUR + Duration::from_secs(nth as u64);
        let reservation = self.some(7);
        let by = By { system: erp(), only_own: self.random.below(8) == 0 };
        match self.random.below(4) {
            0 => Deed::Consume(Consume { reservation, by }),
            1 => Deed::Extend(Extend { reservation, by, lifetime }),
            _ => Deed::Release(Release { reservation, by, back_orders: &ServeOrders }),
        }
    }

    /// What is ordered, what is charged beside it, and what that comes to.
    fn content(&mut self) -> (Vec<Line>, Vec<Charge>, Vec<Tax>, Decimal) {
        let count = 2 - self.random.below(4) / 3;
        let mut lines = Vec::new();
        for line in 0..count {
            let (sku, quantity) = (self.article(), self.units());
            let unit_price = Decimal::parse("0.333333").unwrap();
            let discount = Decimal::ZERO;
            let amount = quantity.times(unit_price, 2).unwrap();
            let ordered = Priced { quantity, unit_price, discount, amount, taxes: vec![] };
            lines.push(Line::new(id(line), key(sku), String::new(), ordered));
        }
        let (charges, tax_totals) = freight();
        let amounts = lines.iter().map(|it| it.ordered.amount);
        let total = Decimal::try_sum(amounts.chain([Decimal::ONE])).unwrap();
        (lines, charges, tax_totals, total)
    }

    fn take_over(&mut self) -> Deed {
        let Named::Ours(order) = self.some(0) else { unreachable!("all are ours") };
        Deed::TakeOver(TakeOver(TaskId(order)))
    }

    fn ship(&mut self, nth: i64) -> Deed {
        let line = shipments::ToldLine {
            line: Some(self.line()),
            sku: None,
            location: None,
            quantity: self.units(),
            ledger_number: 0,
            completes_line: self.random.below(8) == 0,
        };
        let ship = Ship {
            system: erp(),
            external_id: id(nth),
            order: self.some(0),
            ship_date: None,
            carrier: String::new(),
            tracking_numbers: vec![],
            lines: vec![line],
            completes_order: self.random.below(16) == 0,
        };
        self.made[4].push(nth);
        Deed::Ship(told(nth, ship))
    }

    fn cancel(&mut self) -> Deed {
        let units = match self.random.below(2) {
            0 => None,
            _ => Some(self.units()),
        };
        let lines = vec![(self.line(), units)];
        Deed::Cancel(CancelLines { order: self.some(0), lines })
    }

    fn undo(&mut self, nth: i64) -> Deed {
        use Undone::{NeverLeft, Quarantine, Restock, Scrap};
        let undone = [NeverLeft, Restock, Quarantine, Scrap][self.random.below(4) as usize];
        let (system, external_id, ledger_number) = (erp(), id(nth), 0);
        let undo = CancelShipment { system, external_id, of: self.some(4), undone, ledger_number };
        Deed::Undo(told(nth, undo))
    }

    fn wish(&mut self, nth: i64) -> Deed {
        self.made[5].push(nth);
        let lines = match self.random.below(3) {
            0 => vec![],
            1 => vec![(self.line(), None)],
            _ => vec![(self.line(), Some(self.units()))],
        };
        Deed::Wish(RequestCancellation {
            id: CancellationId(nth),
            system: erp(),
            external_id: id(nth),
            order: self.some(0),
            reason: String::new(),
            lines,
        })
    }

    fn answer(&mut self) -> Deed {
        let granted = match self.random.below(3) {
            0 => Granted::Nothing,
            1 => Granted::All,
            _ => Granted::Lines(vec![(self.line(), self.units())]),
        };
        let (named, by) = (self.some(5), erp());
        Deed::Answer(AnswerCancellation { named, by, granted, reason: String::new() })
    }

    fn amend(&mut self, nth: i64) -> Deed {
        self.made[6].push(nth);
        Deed::Amend(AmendOrder {
            id: AmendmentId(nth),
            system: SystemName::parse("shop-a").unwrap(),
            external_id: id(nth),
            order: self.some(0),
            shop_version: nth,
            wished: self.wished(),
        })
    }

    fn judge(&mut self) -> Deed {
        let verdict = match self.random.below(4) {
            0 => Verdict::Nothing,
            1 => Verdict::Other(Box::new(self.wished())),
            _ => Verdict::All,
        };
        let (named, by) = (self.some(6), erp());
        Deed::Judge(AnswerAmendment { named, by, verdict, reason: String::new() })
    }

    fn wished(&mut self) -> Wished {
        let (lines, charges, tax_totals, total) = self.content();
        let currency = Currency::parse("EUR").unwrap();
        let (shipping_address, billing_address) = (None, Some(Address::default()));
        Wished { currency, lines, charges, tax_totals, total, shipping_address, billing_address }
    }

    fn invoice(&mut self, nth: i64) -> Deed {
        let quantity = self.units();
        let unit_price = Decimal::parse("0.333333").unwrap();
        let amount = quantity.times(unit_price, 2).unwrap();
        let discount = Decimal::ZERO;
        let invoiced = Priced { quantity, unit_price, discount, amount, taxes: vec![] };
        let order_line = self.line();
        let (charges, tax_totals) = freight();
        self.made[1].push(nth);
        let record = Record {
            system: erp(),
            external_id: id(nth),
            order: self.some(0),
            kind: invoices::Kind::Standard,
            deducts: Default::default(),
            invoice_date: date!(2026 - 11 - 23),
            currency: self.currency(),
            price_mode: PriceMode::Gross,
            rounding_mode: RoundingMode::Line,
            lines: vec![invoices::ToldLine { id: id(0), order_line, invoiced }],
            charges,
            tax_totals,
            total: amount.try_add(Decimal::ONE).unwrap(),
        };
        Deed::Invoice(told(nth, record))
    }

    fn request(&mut self, nth: i64) -> Deed {
        self.made[2].push(nth);
        Deed::Request(RequestReturn {
            id: ReturnId(nth),
            system: erp(),
            external_id: id(nth),
            order: self.some(0),
            withdrawal_date: None,
            expires_at: None,
            proof: None,
            refund_shipping: false,
            for_erp: self.random.below(2) == 0,
            lines: vec![(self.line(), self.units(), String::new())],
        })
    }

    fn approve_or_decline(&mut self) -> Deed {
        let named = self.some(2);
        match self.random.below(4) {
            0 => Deed::Decline(Decline { named, reason: "worn".into() }),
            _ => self.approve(),
        }
    }

    fn approve(&mut self) -> Deed {
        let (carrier, reference) = (String::new(), id("parcel"));
        let proof = DispatchProof { carrier, reference, date: date!(2026 - 11 - 23) };
        let proof = (self.random.below(3) == 0).then_some(proof);
        let (named, expires_at, refund_shipping) = (self.some(2), None, None);
        Deed::Approve(Approve { named, expires_at, proof, refund_shipping })
    }

    fn receive(&mut self, nth: i64) -> Deed {
        use Disposition::{Pending, Quarantine, Restock, Scrap, SendBack};
        let dispositions = [Restock, Quarantine, Scrap, SendBack, Pending, Pending, Pending];
        let disposition = dispositions.get(self.random.below(8) as usize).copied();
        // Another article than ordered, or not.
        let wrong_sku = (self.random.below(6) == 0 && disposition.is_some())
            .then(|| Sku::parse(SKUS[self.random.below(4) as usize]).unwrap());
        let line = returns::ToldLine {
            line: self.line(),
            quantity: Decimal::ONE,
            disposition,
            wrong_sku,
            location: None,
            ledger_number: 0,
        };
        self.made[3].push(nth);
        let receive =
            Receive { system: erp(), external_id: id(nth), of: self.some(2), lines: vec![line] };
        Deed::Receive(told(nth, receive))
    }

    fn inspect(&mut self, nth: i64) -> Deed {
        use Disposition::{Pending, Quarantine, Restock, Scrap, SendBack};
        let rejected = self.random.below(3) == 0;
        let places = [Restock, Scrap, Quarantine, SendBack];
        let place = self.random.below(if rejected { 4 } else { 3 });
        let from = if self.random.below(3) == 0 { Quarantine } else { Pending };
        let to = match places[place as usize] {
            Quarantine if from == Quarantine => Scrap,
            to => to,
        };
        let wrong_sku = (self.random.below(6) == 0)
            .then(|| Sku::parse(SKUS[self.random.below(4) as usize]).unwrap());
        let judged = Judged {
            line: self.line(),
            wrong_sku,
            quantity: Decimal::ONE,
            from,
            acceptance: if rejected { Acceptance::Rejected } else { Acceptance::Accepted },
            reason: "worn".into(),
            to,
            location: None,
            ledger_number: 0,
            loss_of_value: Decimal::ZERO,
        };
        let (of, lines) = (self.some(3), vec![judged]);
        Deed::Inspect(told(nth, Inspect { system: erp(), external_id: id(nth), of, lines }))
    }

    fn credit(&mut self, nth: i64) -> Deed {
        let invoice = self.some(1);
        let cause = match self.random.below(3) {
            0 => Some(ToldCause::Reception(self.some(3))),
            1 => Some(ToldCause::Return(self.some(2))),
            _ => None,
        };
        let line = credit_notes::ToldLine {
            invoice_line: id(0),
            quantity: Decimal::ONE,
            amount: None,
            taxes: vec![],
            description: String::new(),
        };
        let what = match self.random.below(4) {
            0 => What::Reversal { invoice, currency: None },
            _ => {
                let (lines, charges) = (vec![line], vec![]);
                What::Correction { invoice, currency: None, cause, lines, charges }
            }
        };
        let issue = Issue {
            system: erp(),
            external_id: id(nth),
            already_issued: self.random.below(2) == 0,
            credit_date: date!(2026 - 11 - 23),
            reason: String::new(),
            what,
            tax_totals: vec![],
            total: None,
            settlements: vec![],
        };
        Deed::Credit(told(nth, issue))
    }

    fn pay(&mut self, nth: i64) -> Deed {
        use payments::Event::{Authorised, Captured, ChargedBack, Failed, Refunded};
        let events = [Authorised, Captured, Refunded, Failed, ChargedBack];
        let record = payments::Record {
            system: erp(),
            external_id: id(nth),
            order: self.some(0),
            event: events[self.random.below(5) as usize],
            currency: self.currency(),
            amount: self.units(),
            event_time: None,
            method: String::new(),
            reference: String::new(),
            for_erp: self.random.below(2) == 0,
            sees: Default::default(),
        };
        Deed::Pay(told(nth, record))
    }

    /// Mostly the one that everything is in.
    fn currency(&mut self) -> Currency {
        Currency::parse(["EUR", "EUR", "EUR", "USD"][self.random.below(4) as usize]).unwrap()
    }
}

/// What is charged beside goods, and its tax.
fn freight() -> (Vec<Charge>, Vec<Tax>) {
    let amount = Decimal::ONE;
    let inside = Decimal::parse("0.16").unwrap();
    let rate = Decimal::whole(19);
    let tax = Tax { category: "S".into(), rate, base: amount, amount: Some(inside) };
    let kind = PartKind::Shipping;
    let (taxes, description) = (vec![tax.clone()], String::new());
    (vec![Charge { id: id(0), kind, amount, taxes, description }], vec![tax])
}

fn erp() -> SystemName {
    SystemName::parse("erp").unwrap()
}
