//! What is held for a cart, on paper.

use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct Cart {
    /// Whether it is another shop's.
    pub is_others: bool,
    /// Units by level.
    pub lines: BTreeMap<usize, i64>,
    /// When it ends by itself, in seconds.
    pub until: i64,
    pub state: Promise,
}

/// What became of what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    Held,
    /// Taken over by an order; or sold in a way that nobody sees.
    Sold(Option<i64>),
    GivenBack,
    /// Its time was over.
    Over,
}

impl Cart {
    /// Whether it is held still, as the clock has it.
    pub fn is_held(&self, now: i64) -> bool {
        self.state == Promise::Held && now < self.until
    }
}
