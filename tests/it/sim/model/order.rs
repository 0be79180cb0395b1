//! An order on paper: its lines, and what became of each.

use erpsync::error::Reason;

use super::super::money::{Mode, Part, rounded, value};
use super::super::play::No;

#[derive(Clone, Debug, Default)]
pub struct Line {
    pub level: usize,
    /// In millionths.
    pub price: i64,
    /// What is taken off each unit, in minor units.
    pub off: i64,
    /// Whether a unit of it once cost something else, or was invoiced at something else.
    pub is_repriced: bool,
    /// Of its tax, if it has one.
    pub rate: Option<i64>,
    pub ordered: i64,
    pub cancelled: i64,
    pub wished_off: i64,
    pub reserved: i64,
    pub waiting: i64,
    pub shipped: i64,
    pub announced: i64,
    pub received: i64,
    pub lost: i64,
    pub sent_back: i64,
    pub invoiced: i64,
    pub reversed: i64,
    pub credited: i64,
    /// In minor units.
    pub credited_money: i128,
    /// Since which revision the ERP knows it as it is; 0: it does not.
    pub known: i64,
    /// How much of it the ERP knows as open.
    pub known_open: i64,
}

impl Line {
    pub fn kept(&self) -> i64 {
        self.ordered - self.cancelled
    }

    pub fn open(&self) -> i64 {
        (self.kept() - self.shipped).max(0)
    }

    pub fn over_shipped(&self) -> i64 {
        (self.shipped - self.kept()).max(0)
    }

    pub fn can_come_back(&self) -> i64 {
        self.shipped - self.announced - self.received - self.lost + self.sent_back
    }

    pub fn can_be_invoiced(&self) -> i64 {
        self.kept() - self.invoiced + self.reversed
    }

    /// What so many units of it come to, in minor units.
    pub fn worth(&self, currency: &str, units: i64) -> i128 {
        value(currency, self.price, units) - i128::from(self.off * units)
    }

    /// What is left of it after some were cancelled.
    pub fn kept_worth(&self, currency: &str) -> i128 {
        let whole = self.worth(currency, self.ordered);
        match self.ordered {
            0 => 0,
            ordered => rounded(whole * i128::from(self.kept()), i128::from(ordered)),
        }
    }

    /// So many units of it, as a document has them.
    pub fn part(&self, currency: &str, mode: Mode, nth: usize, units: i64) -> Part {
        let amount = self.worth(currency, units);
        let part = Part { order_line: nth, price: self.price, units, amount, ..Part::default() };
        part.off(self.off * units).taxed(mode, self.rate.map(|it| (it, amount)))
    }

    /// Fewer units are open, of which the ERP may know.
    pub fn settle(&mut self, units: i64) {
        if self.known != 0 {
            self.known_open -= units;
        }
    }

    /// The ERP knows it as it is now.
    pub fn acknowledge(&mut self, revision: i64) {
        (self.known, self.known_open) = (revision, self.open());
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

#[derive(Clone, Debug)]
pub struct Order {
    pub mode: Mode,
    pub lines: Vec<Line>,
    pub charges: Vec<Part>,
    /// Whether its amounts do; one that was sold already is taken in all the same.
    pub adds_up: bool,
    pub may_wait: bool,
    pub version: i64,
    pub is_held: bool,
    pub handover: Handover,
    /// Set aside, received, given back, taken back.
    pub paid: [i64; 4],
    /// The newest of its tasks.
    pub last_task: i64,
    /// In exchange for which return it was placed.
    pub replaces: Option<i64>,
    /// Whether it named one that it cannot replace: no amendment mends that.
    pub replaces_nothing: bool,
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
