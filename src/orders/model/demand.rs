//! What a line needs of the articles that are kept in stock: its own, or those that it is made of.

use super::Line;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::Location;
use crate::stock::LevelKey;

/// What a line needs of one article, and how much of that is promised. All in that article's units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Which article, and from where.
    pub level: LevelKey,
    /// How much of it is in one unit of the line, as it was when the line was placed.
    pub each: Decimal,
    /// Promised, and there.
    pub reserved: Decimal,
    /// Waited for.
    pub back_ordered: Decimal,
    /// Where that stands in the queue of the level; 0: it never waited.
    pub queue_position: i64,
}

impl Demand {
    /// Nothing is promised yet.
    pub fn new(level: LevelKey, each: Decimal) -> Demand {
        let (reserved, back_ordered) = (Decimal::ZERO, Decimal::ZERO);
        Demand { level, each, reserved, back_ordered, queue_position: 0 }
    }

    /// What of so many open units of the line is neither promised nor waited for yet.
    pub fn missing(&self, open: Decimal) -> Result<Decimal> {
        open.try_times(self.each)?.try_sub(self.reserved)?.try_sub(self.back_ordered)
    }
}

impl Line {
    /// Whether anything that is open is neither promised nor waited for.
    pub fn is_missing_any(&self) -> Result<bool> {
        let open = self.open();
        self.demand.iter().try_fold(false, |any, it| Ok(any || it.missing(open)?.is_positive()))
    }

    /// Everything that the line needs is to come from there.
    pub fn serve_from(&mut self, location: Location) {
        for demand in &mut self.demand {
            demand.level.location = location.clone();
        }
        self.level.location = location;
        self.place_given = true;
    }

    /// Whether the line needs its own article and nothing else.
    pub fn is_plain(&self) -> bool {
        matches!(&self.demand[..], [it] if it.each == Decimal::ONE && it.level == self.level)
    }

    /// Units of the line that are promised and there: of an article that is made of others, those of
    /// which everything is.
    pub fn reserved(&self) -> Decimal {
        let open = self.open();
        if self.demand.iter().all(|it| it.back_ordered.is_zero()) {
            return open;
        }
        let covered = self.demand.iter().map(|it| match self.is_plain() {
            true => it.reserved,
            false => it.reserved.whole_times(it.each),
        });
        covered.min().unwrap_or_default().min(open)
    }

    /// Units of the line that are open, and wait for something.
    pub fn back_ordered(&self) -> Decimal {
        self.open().try_sub(self.reserved()).unwrap_or_default()
    }

    /// What so many units of the line are in stock: where the line is served from, or elsewhere.
    pub fn in_stock(
        &self,
        units: Decimal,
        elsewhere: Option<&Location>,
    ) -> Result<Vec<(LevelKey, Decimal)>> {
        let of = |it: &Demand| {
            let location = elsewhere.unwrap_or(&it.level.location).clone();
            Ok((LevelKey { sku: it.level.sku.clone(), location }, units.try_times(it.each)?))
        };
        self.demand.iter().map(of).collect()
    }

    /// The levels that the line is served from.
    pub fn levels(&self) -> impl Iterator<Item = &LevelKey> {
        self.demand.iter().map(|it| &it.level)
    }

    /// Whether what is open is promised or waited for, of every article that it needs.
    pub(super) fn is_promised(&self) -> bool {
        let open = self.open();
        self.demand.iter().all(|it| {
            let promised = it.reserved.try_add(it.back_ordered);
            promised == open.try_times(it.each)
                && !it.reserved.is_negative()
                && !it.back_ordered.is_negative()
        })
    }
}
