//! A merchant's world in whole numbers: what a reader of the rules would keep on paper. It shares no
//! code with what it judges.

mod back;
mod cart;
mod level;
mod order;

use std::collections::BTreeMap;

use erpsync::books::{Name, NameKind, Named};
use erpsync::error::Reason;
use time::{Duration, OffsetDateTime};

use super::dice::{erp, shop};
use super::money::{Invoice, Note, Part};
use super::play::{Judge, No};
pub use back::{
    Allowed, Back, Came, PENDING, QUARANTINED, RESTOCKED, Reception, Return, SENT_BACK, Units, What,
};
pub use cart::{Cart, Promise};
pub use level::{Left, Level, Said};
pub use order::{Handover, Line, Order};

/// Two articles at two places: few enough that they stay scarce.
pub const LEVELS: [(&str, &str); 4] =
    [("mug", "main"), ("mug", "annex"), ("pot", "main"), ("pot", "annex")];

/// The article of the one level, at the place of the other: only the place is told.
pub fn at_place(article: usize, place: usize) -> usize {
    (article & 2) | (place & 1)
}

/// Something that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing {
    pub kind: NameKind,
    pub number: i64,
    /// Whether the ERP's own number is meant, where it was another's before.
    pub by_erp: bool,
}

impl Thing {
    pub fn of(kind: NameKind, number: i64) -> Thing {
        Thing { kind, number, by_erp: false }
    }

    /// What it is called.
    pub fn name(self) -> Name {
        use NameKind::{Amendment, Cancellation, Order, Reservation, Return};
        let is_shops = matches!(self.kind, Order | Return | Amendment | Cancellation | Reservation);
        let system = if is_shops && !self.by_erp { shop() } else { erp() };
        let id = if self.by_erp { format!("erp-{}", self.number) } else { self.number.to_string() };
        Name { system, kind: self.kind, id }
    }

    /// It is not there.
    pub fn lacks(self, named: &Named, waits: bool) -> No {
        match named {
            Named::Theirs(_) if waits => No::WaitsFor(self),
            _ => Reason::NotFound.into(),
        }
    }
}

#[derive(Clone)]
pub struct Model {
    /// When the world began.
    pub start: OffsetDateTime,
    /// In seconds since then.
    pub now: i64,
    /// That what is said now gets if it changes anything.
    pub revision: i64,
    /// In which all documents of this world are.
    pub currency: &'static str,
    pub levels: [Level; 4],
    pub carts: BTreeMap<i64, Cart>,
    /// Of each level, while an order comes in: what its cart held and it does not want.
    pub kept_for_carts: [i64; 4],
    pub orders: BTreeMap<i64, Order>,
    pub shipments: BTreeMap<i64, Shipment>,
    pub invoices: BTreeMap<i64, Invoice>,
    pub returns: BTreeMap<i64, Return>,
    pub receptions: BTreeMap<i64, Reception>,
    pub notes: BTreeMap<i64, Note>,
    pub payments: BTreeMap<i64, Payment>,
    pub amendments: BTreeMap<i64, Amendment>,
    pub cancellations: BTreeMap<i64, Cancellation>,
    pub tasks: BTreeMap<i64, Task>,
    pub incidents: BTreeMap<(Trouble, i64), Incident>,
    /// Numbers of the ERP that are given.
    pub erp_numbers: BTreeMap<(NameKind, i64), i64>,
    pub parked: BTreeMap<i64, Parked>,
    /// Names of facts that were given up.
    pub freed: Vec<Name>,
}

#[derive(Clone, Debug)]
pub struct Shipment {
    pub order: i64,
    /// Which line, if any; from where; how many.
    pub lines: Vec<(Option<usize>, usize, i64)>,
    pub is_undone: bool,
    /// Whether the goods are gone for good although they came back.
    pub is_lost: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Payment {
    pub order: i64,
    /// Which of what is summed up; beyond these: of nothing.
    pub event: usize,
    pub amount: i64,
}

#[derive(Clone, Debug)]
pub struct Amendment {
    pub order: i64,
    pub wished: Wish,
    pub is_answered: bool,
}

/// Another state of an order: of each line that is still wished its place, and what of it.
#[derive(Clone, Debug)]
pub struct Wish {
    pub lines: Vec<(usize, Line)>,
    pub charges: Vec<Part>,
    pub adds_up: bool,
}

#[derive(Clone, Debug)]
pub struct Cancellation {
    pub order: i64,
    pub wished: Vec<(usize, i64)>,
    pub is_answered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Behind,
    Waiting,
    Leased,
    Parked,
    /// Under which number of the ERP, if it has one.
    Done(Option<i64>),
    Withdrawn,
}

#[derive(Clone, Debug)]
pub struct Task {
    pub kind: NameKind,
    pub order: i64,
    pub state: State,
    pub next: Option<i64>,
    /// When it was put off; only later it can be leased.
    pub put_off: Option<i64>,
    /// Until when it is leased.
    pub until: i64,
    pub lease: i64,
    pub attempts: i64,
}

/// What somebody should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// More of an order has left than was ordered.
    OverShipped,
    /// A shipment has goods that its order does not name.
    BeyondOrder,
    /// More was credited because of a return than may be.
    OverCredited,
}

impl Trouble {
    pub fn name(self) -> &'static str {
        match self {
            Trouble::OverShipped => "OverShipped",
            Trouble::BeyondOrder => "BeyondOrder",
            Trouble::OverCredited => "OverCredited",
        }
    }
}

/// A condition that holds, or once held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Units, as found last.
    pub units: i64,
    pub holds: bool,
    /// How often it began.
    pub times: i64,
}

/// A fact that waits.
#[derive(Clone)]
pub struct Parked {
    pub name: Name,
    pub judge: Judge,
    pub waits: Option<Thing>,
    pub is_due: bool,
}

impl Model {
    pub fn new(start: OffsetDateTime, currency: &'static str) -> Model {
        Model {
            start,
            now: 0,
            revision: 1,
            currency,
            levels: Default::default(),
            carts: BTreeMap::new(),
            kept_for_carts: [0; 4],
            orders: BTreeMap::new(),
            shipments: BTreeMap::new(),
            invoices: BTreeMap::new(),
            returns: BTreeMap::new(),
            receptions: BTreeMap::new(),
            notes: BTreeMap::new(),
            payments: BTreeMap::new(),
            amendments: BTreeMap::new(),
            cancellations: BTreeMap::new(),
            tasks: BTreeMap::new(),
            incidents: BTreeMap::new(),
            erp_numbers: BTreeMap::new(),
            parked: BTreeMap::new(),
            freed: Vec::new(),
        }
    }

    /// The time at so many seconds.
    pub fn instant(&self, seconds: i64) -> OffsetDateTime {
        self.start + Duration::seconds(seconds)
    }

    fn sum(&self, level: usize, of: impl Fn(&Line) -> i64) -> i64 {
        let lines = self.orders.values().flat_map(|it| &it.lines);
        lines.filter(|it| it.level == level).map(of).sum()
    }

    /// Promised, to orders and to carts.
    pub fn reserved(&self, level: usize) -> i64 {
        let held = self.carts.values().filter(|it| it.state == Promise::Held);
        let held: i64 = held.filter_map(|it| it.lines.get(&level)).sum();
        self.sum(level, |it| it.reserved) + held + self.kept_for_carts[level]
    }

    pub fn waiting(&self, level: usize) -> i64 {
        self.sum(level, |it| it.waiting)
    }

    /// What is open of the orders that a reading counts.
    pub fn counted(&self, level: usize, said: &Said) -> i64 {
        self.sum(level, |it| if said.counts(it.known) { it.known_open } else { 0 })
    }

    /// What the ERP has promised to orders that nobody else knows.
    pub fn elsewhere(&self, level: usize) -> i64 {
        let of = &self.levels[level];
        let counted = of.said.map_or(0, |it| self.counted(level, &it));
        (of.committed - counted).max(0)
    }

    pub fn sellable(&self, level: usize) -> i64 {
        let promised = self.reserved(level) + self.elsewhere(level);
        (self.levels[level].on_hand() - promised).max(0)
    }

    /// Units that became free go to whoever waits longest.
    pub fn serve(&mut self, level: usize) {
        while let Some((order, line)) = self.levels[level].queue.front().copied() {
            let there = self.sellable(level);
            if there == 0 {
                return;
            }
            let line = &mut self.orders.get_mut(&order).unwrap().lines[line];
            let units = there.min(line.waiting);
            line.waiting -= units;
            line.reserved += units;
            if line.waiting == 0 {
                self.levels[level].queue.pop_front();
            }
        }
    }

    /// More units of a line are open: promised if they are there, else they wait.
    pub fn promise(&mut self, order: i64, nth: usize, units: i64, from_stock: bool) {
        let level = self.orders[&order].lines[nth].level;
        let there = if from_stock { self.sellable(level) } else { 0 };
        let line = &mut self.orders.get_mut(&order).unwrap().lines[nth];
        let promised = units.min(there);
        line.reserved += promised;
        line.waiting += units - promised;
        let queue = &mut self.levels[level].queue;
        if line.waiting > 0 && !queue.contains(&(order, nth)) {
            queue.push_back((order, nth));
        }
    }

    /// Fewer units of a line are open: those that wait first.
    pub fn free(&mut self, order: i64, nth: usize, units: i64) {
        let line = &mut self.orders.get_mut(&order).unwrap().lines[nth];
        let waiting = units.min(line.waiting);
        line.waiting -= waiting;
        line.reserved -= units - waiting;
        line.settle(units);
        self.stop_waiting(order, nth);
    }

    /// A line that waits for nothing stands in no queue.
    pub fn stop_waiting(&mut self, order: i64, nth: usize) {
        let line = &self.orders[&order].lines[nth];
        if line.waiting == 0 {
            self.levels[line.level].queue.retain(|it| *it != (order, nth));
        }
    }

    pub fn serve_all(&mut self) {
        (0..LEVELS.len()).for_each(|it| self.serve(it));
    }

    /// The ERP knows an order as it is, as far as it did not before.
    pub fn acknowledge(&mut self, order: i64) {
        let revision = self.revision;
        let lines = &mut self.orders.get_mut(&order).unwrap().lines;
        lines.iter_mut().filter(|it| it.known == 0).for_each(|it| it.acknowledge(revision));
    }

    /// Something is known now: what waits for it is to be tried again.
    pub fn wake(&mut self, thing: Thing) {
        for parked in self.parked.values_mut().filter(|it| it.waits == Some(thing)) {
            (parked.waits, parked.is_due) = (None, true);
        }
    }

    /// The order that is meant, or why not.
    pub fn order_of(&self, thing: Thing, named: &Named, waits: bool) -> Result<i64, No> {
        let number = match thing.by_erp {
            true => self.erp_numbers.get(&(thing.kind, thing.number)).copied(),
            false => Some(thing.number),
        };
        let number = number.filter(|it| self.orders.contains_key(it));
        number.ok_or_else(|| thing.lacks(named, waits))
    }

    /// Incidents begin and end with what they tell of; those that begin now.
    pub fn look_for_trouble(&mut self) -> Vec<Trouble> {
        let mut began = Vec::new();
        let over_shipped = self.orders.iter().map(|(number, of)| {
            let units = of.lines.iter().map(Line::over_shipped).sum();
            ((Trouble::OverShipped, *number), units)
        });
        let beyond = self.shipments.iter().map(|(number, of)| {
            let units = of.lines.iter().filter(|it| it.0.is_none()).map(|it| it.2).sum();
            ((Trouble::BeyondOrder, *number), if of.is_undone { 0 } else { units })
        });
        let over_credited = self.returns.iter();
        let over_credited =
            over_credited.map(|it| ((Trouble::OverCredited, *it.0), it.1.over_credited()));
        let all: Vec<_> = over_shipped.chain(beyond).chain(over_credited).collect();
        for (key, units) in all {
            let holds = 0 < units;
            match self.incidents.get_mut(&key) {
                None if holds => {
                    began.push(key.0);
                    self.incidents.insert(key, Incident { units, holds, times: 1 });
                }
                Some(there) if holds => {
                    began.extend((!there.holds).then_some(key.0));
                    let times = there.times + i64::from(!there.holds);
                    *there = Incident { units, holds, times };
                }
                Some(there) => there.holds = false,
                None => {}
            }
        }
        began
    }
}
