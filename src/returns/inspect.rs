//! What has come is judged, and done with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Acceptance, Came, Disposition, Reception, Return, order_of, over_credited};
use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, Location, OrderId, Sku, SystemName};
use crate::orders::{self, Order, ServeOrders};
use crate::parking::Fact;
use crate::stock::{self, Fulfilled, LevelKey, Moving, Room, ServeBackOrders};

/// Units of a reception were judged, or taken out of quarantine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inspect {
    /// Who tells.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which reception.
    pub of: Named,
    /// How units were judged.
    pub lines: Vec<Judged>,
}

/// How units of one article were judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// The order's line.
    pub line: ExternalId,
    /// The article that came in place of the line's.
    pub wrong_sku: Option<Sku>,
    /// Units.
    pub quantity: Decimal,
    /// Where they were.
    pub from: Disposition,
    /// How they were judged.
    pub acceptance: Acceptance,
    /// Why, for people.
    pub reason: String,
    /// What is done with them.
    pub to: Disposition,
    /// Where they lie now; `None`: where they were received.
    pub location: Option<Location>,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
    /// What they are worth less, together.
    pub loss_of_value: Decimal,
}

impl Fact for Inspect {
    const KIND: &'static str = "inspection";

    type Made = ();

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Inspection, id }
    }

    fn names(&self) -> Vec<Name> {
        self.of.name().into_iter().cloned().collect()
    }

    fn needs(&self, _: i64, books: &mut Books) {
        let Some(reception) = want::<Reception>(books, &self.of) else { return };
        let Some(of) = want::<Return>(books, &Named::Ours(reception.of.0)) else { return };
        over_credited::needs_put(books, of.id);
        books.of::<Order>().want(&of.order);
        let Some(order) = books.of::<Order>().peek(&of.order).cloned() else { return };
        let mut room = Room::default();
        for judged in &self.lines {
            // Which of the places they are taken from, only the lines before say.
            for place in judged.places(&reception) {
                let level = judged.level(&reception, place);
                let goods = (judged.own_line(), &level, judged.quantity);
                let goods = orders::want_goods(books, &order, goods);
                goods.iter().for_each(|it| room.add(&it.0, it.1));
            }
        }
        room.needs(books, &ServeOrders);
    }

    fn apply(&self, _: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut reception: Reception = find(books, &self.of)?;
        let of = books.of::<Return>().get(&reception.of).cloned();
        let mut of = of.ok_or_else(|| Refusal::internal("a reception without its return"))?;
        let mut order = order_of(books, &of)?;
        let cause = &*format!("inspection {} of {}", self.external_id, self.system);
        let (by, fulfilled) = (&self.system, Fulfilled::default());
        let mut restocked = Vec::new();
        for (nth, judged) in self.lines.iter().enumerate() {
            let back = judged.judge(&mut reception, &mut of, &mut order)?;
            judged.deduct(nth, &mut of, &order)?;
            for (level, units) in back {
                let goods = (judged.own_line(), &level, units);
                for (level, quantity) in orders::goods(books, &order, goods)? {
                    let ledger_number = judged.ledger_number;
                    let moving = Moving { by, at, quantity, ledger_number, fulfilled, cause };
                    stock::move_units(books, &level, moving)?;
                    restocked.push(level);
                }
            }
        }
        of.documents += 1;
        books.of().put(reception);
        over_credited::put(books, of, at.now)?;
        books.of().put(order);
        restocked.iter().try_for_each(|it| ServeOrders.serve(books, it))
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        matches!(refusal.reason, Reason::WaitsForDocument | Reason::QuantityExceeded)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        let of = find::<Reception>(books, &self.of).ok()?.of;
        Some(books.of::<Return>().peek(&of)?.order)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 4 * self.lines.len(), bytes: 512 + 512 * self.lines.len() }
    }
}

impl Judged {
    /// The places of the reception's lines that it may be of.
    fn places<'a>(&'a self, of: &'a Reception) -> impl Iterator<Item = usize> + 'a {
        let lines = of.lines.iter().enumerate().filter(|(_, it)| it.line == self.line);
        let alike = lines.filter(|(_, it)| match &self.wrong_sku {
            Some(sku) => it.came == Came::WrongItem && it.level.sku == *sku,
            None => it.came == Came::Received,
        });
        alike.map(|(place, _)| place)
    }

    /// Where units of a line of the reception go: where they were received, if not elsewhere.
    fn level(&self, of: &Reception, place: usize) -> LevelKey {
        let LevelKey { sku, location } = of.lines[place].level.clone();
        LevelKey { sku, location: self.location.clone().unwrap_or(location) }
    }

    /// The order's line that they are of; `None`: they are of another article.
    fn own_line(&self) -> Option<&ExternalId> {
        self.wrong_sku.is_none().then_some(&self.line)
    }

    /// No more is judged than waits for it. Answers what goes back on shelves, each place once: one
    /// number in a ledger counts once for each.
    fn judge(
        &self,
        reception: &mut Reception,
        of: &mut Return,
        order: &mut Order,
    ) -> Result<BTreeMap<LevelKey, Decimal>> {
        let place = order.place_of(&self.line)?;
        let line = of.lines.iter_mut().find(|it| it.line == self.line);
        let places: Vec<usize> = self.places(reception).collect();
        let waiting = places.iter().map(|it| reception.lines[*it].units.at(self.from));
        let possible = Decimal::try_sum(waiting)?;
        let Some(line) = line.filter(|_| self.quantity <= possible) else {
            return Err(self.exceeds(possible));
        };
        let mut left = self.quantity;
        let mut back = BTreeMap::<LevelKey, Decimal>::new();
        for place_of_reception in places {
            let now = left.min(reception.lines[place_of_reception].units.at(self.from));
            if now.is_zero() {
                continue;
            }
            if self.to == Disposition::Restock {
                let sum = back.entry(self.level(reception, place_of_reception)).or_default();
                *sum = sum.try_add(now)?;
            }
            let units = &mut reception.lines[place_of_reception].units;
            let before = *units;
            units.judge(now, (self.from, self.to), self.acceptance)?;
            left = left.try_sub(now)?;
            if self.wrong_sku.is_none() {
                line.units.follow(&before, units)?;
                let of_order = &mut order.lines[place].sent_back;
                *of_order = of_order.try_add(units.sent_back)?.try_sub(before.sent_back)?;
            }
        }
        if self.acceptance == Acceptance::Rejected && self.wrong_sku.is_none() {
            line.rejection_reason.clone_from(&self.reason);
        }
        Ok(back)
    }

    /// Keeps what the units are worth less, for a credit note to name.
    fn deduct(&self, nth: usize, of: &mut Return, order: &Order) -> Result<()> {
        let currency = order.content.currency;
        if self.loss_of_value.has_more_places_than(currency.decimals()) {
            let told = format!("must have at most {} decimals, as {currency}", currency.decimals());
            return Err(Refusal::field(format!("lines[{nth}].loss_of_value"), told));
        }
        for line in of.lines.iter_mut().filter(|it| it.line == self.line) {
            line.loss_of_value = line.loss_of_value.try_add(self.loss_of_value)?;
        }
        Ok(())
    }

    fn exceeds(&self, possible: Decimal) -> Refusal {
        let Judged { line, quantity, .. } = self;
        let place = if self.from == Disposition::Pending { "pending" } else { "in quarantine" };
        let message =
            format!("line \"{line}\": {quantity} were judged, and only {possible} are {place}");
        Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", line)
            .with("asked", quantity)
            .with("possible", possible)
    }
}
