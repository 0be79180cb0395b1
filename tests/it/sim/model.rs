//! A merchant's world in whole numbers: what a reader of the rules would keep on paper. It shares no
//! code with what it judges.

use std::collections::{BTreeMap, VecDeque};

use erpsync::books::{Name, NameKind, Named};
use erpsync::error::Reason;

use super::dice::{erp, shop};
use super::money::{Invoice, Note};
use super::play::{Judge, No};

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
        use NameKind::{Amendment, Cancellation, Order, Return};
        let is_shops = matches!(self.kind, Order | Return | Amendment | Cancellation);
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

#[derive(Clone, Default)]
pub struct Model {
    /// In seconds.
    pub now: i64,
    pub levels: [Level; 4],
    pub orders: BTreeMap<i64, Order>,
    pub shipments: BTreeMap<i64, Shipment>,
    pub invoices: BTreeMap<i64, Invoice>,
    pub returns: BTreeMap<i64, Return>,
    pub receptions: BTreeMap<i64, Reception>,
    pub notes: BTreeMap<i64, Note>,
    pub payments: BTreeMap<i64, i64>,
    pub amendments: BTreeMap<i64, Amendment>,
    pub cancellations: BTreeMap<i64, Cancellation>,
    pub tasks: BTreeMap<i64, Task>,
    /// Numbers of the ERP that are given.
    pub erp_numbers: BTreeMap<(NameKind, i64), i64>,
    pub parked: BTreeMap<i64, Parked>,
    /// Names of facts that were given up.
    pub freed: Vec<Name>,
}

#[derive(Clone, Default)]
pub struct Level {
    /// The last reading: its number, what it contains, and what it said.
    pub reading: Option<(i64, i64, i64)>,
    /// What it said, and what moved since without a number.
    pub base: i64,
    /// What moved beyond it, by number in the ERP's ledger.
    pub moved: Vec<(i64, i64)>,
    /// Lines that wait, by order and place.
    pub queue: VecDeque<(i64, usize)>,
    /// What came or went that no order knows of.
    pub outside: i64,
}

impl Level {
    pub fn on_hand(&self) -> i64 {
        self.base + self.moved.iter().map(|it| it.1).sum::<i64>()
    }

    /// Units came or went. What a reading contains, or was told before, moves nothing.
    pub fn moves(&mut self, units: i64, ledger: i64) -> &'static str {
        let through = self.reading.map_or(0, |it| it.1);
        if ledger == 0 {
            self.base += units;
            "Applied"
        } else if ledger <= through {
            self.outside -= units;
            "Unchanged"
        } else if self.moved.iter().any(|it| it.0 == ledger) {
            self.outside -= units;
            "Duplicate"
        } else {
            self.moved.push((ledger, units));
            "Applied"
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Line {
    pub level: usize,
    /// In millionths.
    pub price: i64,
    pub ordered: i64,
    pub cancelled: i64,
    pub wished_off: i64,
    pub reserved: i64,
    pub waiting: i64,
    pub shipped: i64,
    pub announced: i64,
    pub received: i64,
    pub sent_back: i64,
    pub invoiced: i64,
    pub reversed: i64,
    pub credited: i64,
    /// In minor units.
    pub credited_money: i128,
}

impl Line {
    pub fn kept(&self) -> i64 {
        self.ordered - self.cancelled
    }

    pub fn open(&self) -> i64 {
        (self.kept() - self.shipped).max(0)
    }

    pub fn can_come_back(&self) -> i64 {
        self.shipped - self.announced - self.received + self.sent_back
    }

    pub fn can_be_invoiced(&self) -> i64 {
        self.kept() - self.invoiced + self.reversed
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Handover {
    #[default]
    Waiting,
    Acknowledged,
    Parked,
    Withdrawn,
}

#[derive(Clone, Debug, Default)]
pub struct Order {
    pub lines: Vec<Line>,
    pub may_wait: bool,
    pub version: i64,
    pub is_held: bool,
    pub handover: Handover,
    /// Set aside, received, given back, taken back.
    pub paid: [i64; 4],
    /// The newest of its tasks.
    pub last_task: i64,
}

impl Order {
    pub fn is_cancelled(&self) -> bool {
        self.lines.iter().all(|it| it.cancelled == it.ordered && it.shipped == 0)
    }

    pub fn is_over(&self) -> bool {
        self.lines.iter().all(|it| it.open() == 0)
    }

    /// The line of this number, or that there is none.
    pub fn line(&mut self, line: usize) -> Result<&mut Line, No> {
        self.lines.get_mut(line).ok_or(Reason::OrderLineNotFound.into())
    }
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    Asked,
    Yes,
    No,
}

#[derive(Clone, Debug)]
pub struct Return {
    pub order: i64,
    pub allowed: Allowed,
    pub lines: BTreeMap<usize, Back>,
    pub is_credited: bool,
}

impl Return {
    pub fn is_awaited(&self) -> bool {
        self.allowed == Allowed::Yes && self.lines.values().any(|it| it.awaited() > 0)
    }
}

/// Units of one line that come back.
#[derive(Clone, Debug, Default)]
pub struct Back {
    pub announced: i64,
    /// Restocked, quarantined, scrapped, sent back.
    pub came: [i64; 4],
    pub credited: i64,
}

impl Back {
    pub fn accepted(&self) -> i64 {
        self.came[..3].iter().sum()
    }

    pub fn awaited(&self) -> i64 {
        self.announced - self.came.iter().sum::<i64>()
    }
}

#[derive(Clone, Debug)]
pub struct Reception {
    pub of: i64,
    /// Accepted units by line.
    pub accepted: BTreeMap<usize, i64>,
    pub is_credited: bool,
}

#[derive(Clone, Debug)]
pub struct Amendment {
    pub order: i64,
    pub wished: Vec<(usize, Line)>,
    pub adds_up: bool,
    pub is_answered: bool,
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

/// A fact that waits.
#[derive(Clone)]
pub struct Parked {
    pub name: Name,
    pub judge: Judge,
    pub waits: Option<Thing>,
    pub is_due: bool,
}

impl Model {
    fn sum(&self, level: usize, of: fn(&Line) -> i64) -> i64 {
        let lines = self.orders.values().flat_map(|it| &it.lines);
        lines.filter(|it| it.level == level).map(of).sum()
    }

    pub fn reserved(&self, level: usize) -> i64 {
        self.sum(level, |it| it.reserved)
    }

    pub fn waiting(&self, level: usize) -> i64 {
        self.sum(level, |it| it.waiting)
    }

    pub fn sellable(&self, level: usize) -> i64 {
        (self.levels[level].on_hand() - self.reserved(level)).max(0)
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
}
