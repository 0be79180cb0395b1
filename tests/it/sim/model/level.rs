//! A level on paper: what its source said last, and what moved since.

use std::collections::VecDeque;

#[derive(Clone, Default)]
pub struct Level {
    /// The last reading.
    pub said: Option<Said>,
    /// What it comes to, and what moved since without a number.
    pub base: i64,
    /// What moved beyond it.
    pub moved: Vec<Moved>,
    /// What the ERP has promised of it, as far as that has not left.
    pub committed: i64,
    /// Lines that wait, by order and place.
    pub queue: VecDeque<(i64, usize)>,
    /// What came or went that no order knows of.
    pub outside: i64,
}

/// A reading, as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub epoch: i64,
    pub sequence: i64,
    /// The newest number of the ERP's ledger that it contains.
    pub through: i64,
    pub figure: i64,
    /// Whether the figure leaves out what the ERP has promised.
    pub is_available: bool,
    /// What the ERP has promised to all its orders.
    pub committed: Option<i64>,
    /// Up to which revision its source knew what it was answered.
    pub counted: Option<i64>,
}

impl Said {
    /// Whether it counts what the ERP knows since a revision; 0: never.
    pub fn counts(&self, known: i64) -> bool {
        let speaks_of_orders = self.is_available || self.committed.is_some();
        speaks_of_orders && 0 < known && self.counted.is_some_and(|it| known <= it)
    }
}

/// What moved with a number in the ERP's ledger.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    pub number: i64,
    pub units: i64,
    pub left: Left,
}

/// What left for an order: how much, and since when the ERP knows of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Left {
    pub units: i64,
    pub known: i64,
}

impl Level {
    pub fn on_hand(&self) -> i64 {
        self.base + self.moved.iter().map(|it| it.units).sum::<i64>()
    }

    /// Units came or went that are of no order.
    pub fn moves(&mut self, units: i64, number: i64) -> &'static str {
        self.moves_for(units, number, Left::default())
    }

    /// Units came or went. What a reading contains, or was told before, moves nothing; but what is
    /// available does not say whether an order that it counts has left.
    pub fn moves_for(&mut self, units: i64, number: i64, left: Left) -> &'static str {
        let said = self.said;
        let counted = if said.is_some_and(|it| it.counts(left.known)) { left.units } else { 0 };
        let is_contained = 0 < number && number <= said.map_or(0, |it| it.through);
        let mut moved = units;
        if is_contained {
            moved = if said.is_some_and(|it| it.is_available) { -counted } else { 0 };
            if moved == 0 {
                self.outside -= units;
                return "Unchanged";
            }
        }
        if 0 < number && self.moved.iter().any(|it| it.number == number) {
            self.outside -= units;
            return "Duplicate";
        }
        match number {
            0 => self.base += moved,
            _ => self.moved.push(Moved { number, units: moved, left }),
        }
        self.committed -= counted;
        self.outside += moved - units;
        "Applied"
    }

    /// A reading takes the place of the last one. `open` is what is open of the orders that it counts.
    pub fn restate(&mut self, said: Said, open: i64) {
        let before = self.on_hand();
        self.moved.retain(|it| 0 < said.through && said.through < it.number);
        let left = self.moved.iter().filter(|it| said.counts(it.left.known));
        let left: i64 = left.map(|it| it.left.units).sum();
        if said.is_available {
            (self.base, self.committed) = (said.figure + open + left, open);
        } else {
            (self.base, self.committed) = (said.figure, said.committed.unwrap_or(left) - left);
        }
        self.said = Some(said);
        self.outside += self.on_hand() - before;
    }
}
