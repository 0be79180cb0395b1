//! A return on paper: what was announced, and where each unit of it is.

use std::collections::BTreeMap;

/// Where units that came may be, by their place in [`Units::at`].
pub const PENDING: usize = 0;
pub const RESTOCKED: usize = 1;
pub const QUARANTINED: usize = 2;
pub const SENT_BACK: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    Asked,
    Yes,
    No,
    Closed,
    /// Its time was over.
    Over,
}

#[derive(Clone, Debug)]
pub struct Return {
    pub order: i64,
    pub allowed: Allowed,
    pub lines: BTreeMap<usize, Back>,
    pub is_credited: bool,
    /// Whether the buyer has proved that he has sent the goods.
    pub is_proved: bool,
    /// When it ends if nothing has come by then, in seconds.
    pub until: Option<i64>,
    /// Orders that were placed in exchange.
    pub replaced_by: Vec<i64>,
}

impl Return {
    pub fn is_awaited_at(&self, now: i64) -> bool {
        self.allowed_at(now) == Allowed::Yes && self.lines.values().any(|it| it.awaited() > 0)
    }

    pub fn has_begun(&self) -> bool {
        self.lines.values().any(|it| it.awaited() < it.announced)
    }

    /// Whether it may come, as the clock has it.
    pub fn allowed_at(&self, now: i64) -> Allowed {
        let may_end = matches!(self.allowed, Allowed::Asked | Allowed::Yes) && !self.has_begun();
        let is_over = may_end && self.until.is_some_and(|it| it <= now);
        if is_over { Allowed::Over } else { self.allowed }
    }

    /// How many units of a line were credited, and are known since not to be creditable.
    pub fn over_credited(&self) -> i64 {
        self.lines.values().map(|it| (it.credited - it.cap(self.is_proved)).max(0)).sum()
    }
}

/// Units of one line that come back.
#[derive(Clone, Debug, Default)]
pub struct Back {
    pub announced: i64,
    pub units: Units,
    pub lost: i64,
    /// In whose place something else came.
    pub mistaken: i64,
    /// Awaited no more.
    pub released: i64,
    pub credited: i64,
    /// What accepted ones are worth less, in minor units.
    pub worth_less: i128,
}

impl Back {
    pub fn awaited(&self) -> i64 {
        self.announced - self.units.all() - self.lost - self.mistaken - self.released
    }

    /// How many may be credited: what was accepted, or, with proof of dispatch, what may come to that.
    pub fn cap(&self, is_proved: bool) -> i64 {
        match is_proved {
            true => self.announced - self.units.rejected - self.mistaken - self.released,
            false => self.units.accepted(),
        }
    }
}

/// Units that came: each is in one place, and was judged in one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Not judged, in stock again, apart, thrown away, sent to the buyer again.
    pub at: [i64; 5],
    pub rejected: i64,
    /// Those of them that lie apart.
    pub rejected_apart: i64,
}

impl Units {
    pub fn come(count: i64, to: usize) -> Units {
        let mut units = Units::default();
        units.at[to] = count;
        units.rejected = if to == SENT_BACK { count } else { 0 };
        units
    }

    pub fn all(&self) -> i64 {
        self.at.iter().sum()
    }

    pub fn accepted(&self) -> i64 {
        self.all() - self.at[PENDING] - self.rejected
    }

    /// Some are judged, and go elsewhere; of those apart first the ones that were judged alike.
    pub fn judge(&mut self, count: i64, (from, to): (usize, usize), is_accepted: bool) {
        if from == QUARANTINED {
            let accepted_apart = self.at[QUARANTINED] - self.rejected_apart;
            let were_rejected = match is_accepted {
                true => (count - accepted_apart).max(0),
                false => count.min(self.rejected_apart),
            };
            self.rejected -= were_rejected;
            self.rejected_apart -= were_rejected;
        }
        self.at[from] -= count;
        self.at[to] += count;
        if !is_accepted {
            self.rejected += count;
            self.rejected_apart += if to == QUARANTINED { count } else { 0 };
        }
    }

    /// What became of a part of these.
    pub fn follow(&mut self, before: Units, after: Units) {
        for place in 0..5 {
            self.at[place] += after.at[place] - before.at[place];
        }
        self.rejected += after.rejected - before.rejected;
        self.rejected_apart += after.rejected_apart - before.rejected_apart;
    }
}

#[derive(Clone, Debug)]
pub struct Reception {
    pub of: i64,
    pub lines: Vec<Came>,
    pub is_credited: bool,
}

/// What came of one line of the order, or in its place.
#[derive(Clone, Debug)]
pub struct Came {
    pub line: usize,
    /// Where it was put; of the article that came.
    pub level: usize,
    pub what: What,
    pub units: Units,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Own,
    Lost,
    /// Another article.
    Other,
}

impl Reception {
    /// How many units of a line came at this time and may be credited.
    pub fn creditable(&self, line: usize, is_proved: bool) -> i64 {
        let own = self.lines.iter().filter(|it| it.line == line && it.what == What::Own);
        let pending = |it: &Units| if is_proved { it.at[PENDING] } else { 0 };
        own.map(|it| it.units.accepted() + pending(&it.units)).sum()
    }
}
