//! A line: what was ordered, and the sums of what became of it.

use serde::{Deserialize, Serialize};

use super::Demand;
use crate::decimal::Decimal;
use crate::id::{ExternalId, Location};
use crate::money::Currency;
use crate::stock::LevelKey;
use crate::totals::Priced;

/// What was ordered of one article, and what became of it. Only what was ordered is content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The shop's id.
    pub id: ExternalId,
    /// Which article, and from where.
    pub level: LevelKey,
    /// Whether that place was named, or chosen when units were promised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub place_given: bool,
    /// For people.
    pub description: String,
    /// How much of it, and what that comes to.
    pub ordered: Priced,
    /// Taken off the order.
    #[serde(skip)]
    pub cancelled: Decimal,
    /// Wished off the order, and not answered yet by the ERP.
    #[serde(skip)]
    pub cancel_requested: Decimal,
    /// What it needs of the articles that are kept in stock; known once it is placed.
    #[serde(skip)]
    pub demand: Vec<Demand>,
    /// Left.
    #[serde(skip)]
    pub shipped: Decimal,
    /// Announced to come back, and neither received nor declined.
    #[serde(skip)]
    pub return_requested: Decimal,
    /// Came back.
    #[serde(skip)]
    pub received: Decimal,
    /// Announced to come back, and lost on its way.
    #[serde(skip)]
    pub lost: Decimal,
    /// Came back, and went to the buyer again.
    #[serde(skip)]
    pub sent_back: Decimal,
    /// Stands on invoices.
    #[serde(skip)]
    pub invoiced: Decimal,
    /// Credited because an invoice was wrong or cancelled.
    #[serde(skip)]
    pub reversed: Decimal,
    /// Credited in units, whatever for.
    #[serde(skip)]
    pub credited_quantity: Decimal,
    /// Credited in money, as the price mode has it.
    #[serde(skip)]
    pub credited_amount: Decimal,
    /// The revision since which the ERP knows all that is open of it; 0: it was not told so.
    #[serde(skip)]
    pub acknowledged: i64,
}

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing has left yet.
    Open,
    /// All of it was cancelled.
    Cancelled,
    /// Some of it has left.
    PartShipped,
    /// Nothing is open any more.
    Shipped,
}

impl Status {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Open => "OPEN",
            Status::Cancelled => "CANCELLED",
            Status::PartShipped => "PART_SHIPPED",
            Status::Shipped => "SHIPPED",
        }
    }

    /// Derived, never stored.
    pub fn of(lines: &[Line]) -> Status {
        let all = |holds: fn(&Line) -> bool| lines.iter().all(holds);
        if all(|it| it.cancelled == it.ordered.quantity && it.shipped.is_zero()) {
            Status::Cancelled
        } else if all(|it| it.open().is_zero()) {
            Status::Shipped
        } else if all(|it| it.shipped.is_zero()) {
            Status::Open
        } else {
            Status::PartShipped
        }
    }
}

impl Line {
    /// Whether nothing became of it since it was ordered but what was promised, or waits.
    pub fn is_untouched(&self) -> bool {
        // All are named, so that whatever is added has to be, too.
        let Line {
            id: _,
            level: _,
            place_given: _,
            description: _,
            ordered: _,
            cancelled,
            cancel_requested,
            demand: _,
            shipped,
            return_requested,
            received,
            lost,
            sent_back,
            invoiced,
            reversed,
            credited_quantity,
            credited_amount,
            acknowledged,
        } = self;
        let units = [cancelled, cancel_requested, shipped, return_requested, received, lost];
        let papers = [sent_back, invoiced, reversed, credited_quantity, credited_amount];
        units.iter().chain(&papers).all(|it| it.is_zero()) && *acknowledged == 0
    }

    /// A line of which nothing became yet, of an article that is made of no others.
    pub fn new(id: ExternalId, level: LevelKey, description: String, ordered: Priced) -> Line {
        Line {
            demand: vec![Demand::new(level.clone(), Decimal::ONE)],
            id,
            level,
            place_given: false,
            description,
            ordered,
            cancelled: Decimal::ZERO,
            cancel_requested: Decimal::ZERO,
            shipped: Decimal::ZERO,
            return_requested: Decimal::ZERO,
            received: Decimal::ZERO,
            lost: Decimal::ZERO,
            sent_back: Decimal::ZERO,
            invoiced: Decimal::ZERO,
            reversed: Decimal::ZERO,
            credited_quantity: Decimal::ZERO,
            credited_amount: Decimal::ZERO,
            acknowledged: 0,
        }
    }

    /// Whether its shop's priority is still to choose the place.
    pub fn is_anywhere(&self) -> bool {
        !self.place_given && self.level.location == Location::main()
    }

    /// Still to leave.
    pub fn open(&self) -> Decimal {
        let left = self.kept().try_sub(self.shipped).unwrap_or_default();
        left.max(Decimal::ZERO)
    }

    /// Could still be wished off the order.
    pub fn cancellable(&self) -> Decimal {
        let left = self.open().try_sub(self.cancel_requested).unwrap_or_default();
        left.max(Decimal::ZERO)
    }

    /// Ordered, and not cancelled.
    pub fn kept(&self) -> Decimal {
        self.ordered.quantity.try_sub(self.cancelled).unwrap_or_default()
    }

    /// Left beyond what was to leave.
    pub fn over_shipped(&self) -> Decimal {
        self.shipped.try_sub(self.kept()).unwrap_or_default().max(Decimal::ZERO)
    }

    /// Could still be announced to come back.
    pub fn returnable(&self) -> Decimal {
        let back = [self.return_requested, self.received, self.lost, self.sent_back.negated()];
        let back = Decimal::try_sum(back);
        back.and_then(|it| self.shipped.try_sub(it)).unwrap_or_default()
    }

    /// Could still be invoiced.
    pub fn invoiceable(&self) -> Decimal {
        let billed = self.invoiced.try_sub(self.reversed).unwrap_or_default();
        self.kept().try_sub(billed).unwrap_or_default()
    }

    /// Invoiced, and cancelled since.
    pub fn to_credit(&self) -> Decimal {
        self.invoiceable().negated().max(Decimal::ZERO)
    }

    /// What `total` of the line comes to for what was kept: the cumulative rule, so that taking
    /// units off one by one or all at once is the same.
    pub fn share_of(&self, total: Decimal, currency: Currency) -> Decimal {
        let whole = self.ordered.quantity;
        if whole.is_zero() {
            return Decimal::ZERO;
        }
        // A share is never larger than its whole.
        Decimal::share(total, self.kept(), whole, currency.decimals()).unwrap_or_default()
    }

    /// What must be true of every line.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let all = [
            self.cancelled,
            self.cancel_requested,
            self.shipped,
            self.return_requested,
            self.received,
            self.lost,
            self.sent_back,
            self.invoiced,
            self.reversed,
            self.credited_quantity,
            self.credited_amount,
        ];
        let claims = [
            (all.iter().all(|it| !it.is_negative()), "no quantity is negative"),
            (self.cancelled <= self.ordered.quantity, "no more is cancelled than was ordered"),
            (self.is_promised(), "what is open is reserved or back ordered"),
            (!self.returnable().is_negative(), "no more comes back than has left"),
            (self.sent_back <= self.received, "no more goes again than came back"),
            (self.credited_quantity <= self.invoiced, "no more is credited than was invoiced"),
            (self.reversed <= self.credited_quantity, "what is reversed is credited"),
        ];
        match claims.iter().find(|(holds, _)| !holds) {
            Some((_, claim)) => Err(format!("violated: {claim}: {self:?}")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Sku;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn line(ordered: &str, cancelled: &str, shipped: &str) -> Line {
        let ordered = Priced {
            quantity: d(ordered),
            unit_price: d("48"),
            discount: d("19.2"),
            amount: d("76.8"),
            taxes: vec![],
        };
        let level = LevelKey { sku: Sku::parse("MUG").unwrap(), location: Location::main() };
        let id = ExternalId::parse("1").unwrap();
        let mut line = Line::new(id, level, String::new(), ordered);
        (line.cancelled, line.shipped) = (d(cancelled), d(shipped));
        line.demand[0].reserved = line.open();
        line
    }

    /// R14: 2 x 48.00 at 20 % off, one cancelled.
    #[test]
    fn a_discount_follows_its_quantity() {
        let (line, eur) = (line("2", "1", "0"), Currency::parse("EUR").unwrap());
        assert_eq!(line.share_of(line.ordered.discount, eur), d("9.6"));
        assert_eq!(line.share_of(line.ordered.amount, eur), d("38.4"));
        line.ordered.must_add_up(eur, 0).unwrap();
    }

    #[test]
    fn statuses_follow_from_lines() {
        for (lines, expected) in [
            (vec![line("2", "0", "0"), line("1", "0", "0")], Status::Open),
            (vec![line("2", "0", "1"), line("1", "0", "0")], Status::PartShipped),
            (vec![line("2", "0", "2"), line("1", "0", "0")], Status::PartShipped),
            (vec![line("2", "1", "1"), line("1", "1", "0")], Status::Shipped),
            (vec![line("2", "0", "3")], Status::Shipped),
            (vec![line("2", "2", "0")], Status::Cancelled),
        ] {
            lines.iter().for_each(|it| it.must_be_sound().unwrap());
            assert_eq!(Status::of(&lines), expected);
        }
    }
}
