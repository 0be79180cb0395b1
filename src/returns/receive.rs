//! Goods have come.

use serde::{Deserialize, Serialize};

use super::{
    Came, Disposition, ReceivedLine, Reception, Return, ReturnLine, State, Units, order_of,
    over_credited,
};
use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find, waits_for, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, Location, OrderId, ReceptionId, Sku, SystemName};
use crate::orders::{self, Goods, Line, Order, ServeOrders};
use crate::parking::{self, Fact};
use crate::stock::{self, Fulfilled, LevelKey, Moving, Room, ServeBackOrders};

/// Goods have come, and what was done with them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Receive {
    /// Who tells.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which return.
    pub of: Named,
    /// What came.
    pub lines: Vec<ToldLine>,
}

/// What came of one line of the order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToldLine {
    /// The order's line.
    pub line: ExternalId,
    /// Units.
    pub quantity: Decimal,
    /// What is done with them; `None`: they were lost on their way.
    pub disposition: Option<Disposition>,
    /// The article that came in place of the line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_sku: Option<Sku>,
    /// Where they lie; `None`: where the line was served from.
    pub location: Option<Location>,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
}

impl Fact for Receive {
    const KIND: &'static str = "reception";

    type Made = ();

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Reception, id }
    }

    fn names(&self) -> Vec<Name> {
        self.of.name().into_iter().cloned().collect()
    }

    fn needs(&self, id: i64, books: &mut Books) {
        books.of::<Reception>().want(&ReceptionId(id));
        let Some(of) = want::<Return>(books, &self.of) else { return };
        over_credited::needs_put(books, of.id);
        // It may have to wait until it is approved.
        parking::needs_wait(books, &of.name());
        books.of::<Order>().want(&of.order);
        let Some(order) = books.of::<Order>().peek(&of.order).cloned() else { return };
        let mut room = Room::default();
        for told in &self.lines {
            let Ok(level) = told.level(&order) else { continue };
            let goods = orders::want_goods(books, &order, told.goods(&level));
            goods.iter().for_each(|it| room.add(&it.0, it.1));
        }
        room.needs(books, &ServeOrders);
    }

    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut of = find::<Return>(books, &self.of)?.at(at.now);
        match of.state {
            State::Approved => {}
            State::Requested => return Err(not_approved(&of)),
            State::Declined(_) | State::Closed(_) | State::Expired => {
                return Err(of.refuse_step("RECEIVED"));
            }
        }
        let mut order = order_of(books, &of)?;
        let Receive { system, external_id, .. } = self.clone();
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut restocked = Vec::new();
        for (nth, told) in self.lines.iter().enumerate() {
            let level = told.level(&order)?;
            let units = told.count(nth, &mut of, &mut order)?;
            let ToldLine { quantity, ledger_number, .. } = *told;
            if units.restocked.is_positive() {
                let cause = &*format!("reception {external_id} of {system}");
                let (by, fulfilled) = (&system, Fulfilled::default());
                for (level, quantity) in orders::goods(books, &order, told.goods(&level))? {
                    let moving = Moving { by, at, quantity, ledger_number, fulfilled, cause };
                    stock::move_units(books, &level, moving)?;
                    restocked.push(level);
                }
            }
            let (line, came) = (told.line.clone(), told.came());
            lines.push(ReceivedLine { line, quantity, came, level, ledger_number, units });
        }
        of.documents += 1;
        of.note_whether_complete(at.now);
        books.of().put(Reception {
            id: ReceptionId(id),
            system,
            external_id,
            of: of.id,
            lines,
            credited_by: None,
            recorded_at: at.now,
        });
        over_credited::put(books, of, at.now)?;
        books.of().put(order);
        restocked.iter().try_for_each(|it| ServeOrders.serve(books, it))
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        use Reason::{InvalidState, QuantityExceeded, WaitsForDocument};
        [WaitsForDocument, InvalidState, QuantityExceeded].contains(&refusal.reason)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        find::<Return>(books, &self.of).ok().map(|it| it.order)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 4 * self.lines.len(), bytes: 512 + 256 * self.lines.len() }
    }
}

impl ToldLine {
    fn came(&self) -> Came {
        match (self.disposition, &self.wrong_sku) {
            (None, _) => Came::Lost,
            (Some(_), Some(_)) => Came::WrongItem,
            (Some(_), None) => Came::Received,
        }
    }

    /// What it is, and where it lies.
    fn level(&self, order: &Order) -> Result<LevelKey> {
        let LevelKey { sku, location } = order.lines[order.place_of(&self.line)?].level.clone();
        let sku = self.wrong_sku.clone().unwrap_or(sku);
        let location = self.location.clone().unwrap_or(location);
        Ok(LevelKey { sku, location })
    }

    /// What that is, for the order.
    fn goods<'a>(&'a self, level: &'a LevelKey) -> Goods<'a> {
        (self.wrong_sku.is_none().then_some(&self.line), level, self.quantity)
    }

    /// No more comes than is awaited, but for what was lost and turns up. Answers what became of it.
    fn count(&self, nth: usize, of: &mut Return, order: &mut Order) -> Result<Units> {
        let place = order.place_of(&self.line)?;
        let line = &mut order.lines[place];
        if self.wrong_sku.as_ref() == Some(&line.level.sku) {
            let told = "must be another article than the line's";
            return Err(Refusal::field(format!("lines[{nth}].wrong_sku"), told));
        }
        let announced = of.lines.iter_mut().find(|it| it.line == self.line);
        let Some(announced) = announced else { return Err(self.exceeds(Decimal::ZERO)) };
        let Some(disposition) = self.disposition else {
            self.take_awaited(announced, line, self.quantity)?;
            announced.lost = announced.lost.try_add(self.quantity)?;
            line.lost = line.lost.try_add(self.quantity)?;
            return Ok(Units::default());
        };
        let units = Units::come(self.quantity, disposition);
        if self.wrong_sku.is_some() {
            self.take_awaited(announced, line, self.quantity)?;
            announced.wrong_item = announced.wrong_item.try_add(self.quantity)?;
        } else {
            self.receive(announced, line, &units)?;
        }
        Ok(units)
    }

    fn receive(&self, announced: &mut ReturnLine, line: &mut Line, units: &Units) -> Result<()> {
        let found = self.quantity.try_sub(self.quantity.min(announced.awaited()))?;
        if announced.lost < found {
            return Err(self.exceeds(announced.awaited().try_add(announced.lost)?));
        }
        self.take_awaited(announced, line, self.quantity.try_sub(found)?)?;
        announced.lost = announced.lost.try_sub(found)?;
        line.lost = line.lost.try_sub(found)?;

        announced.units.follow(&Units::default(), units)?;
        line.received = line.received.try_add(self.quantity)?;
        line.sent_back = line.sent_back.try_add(units.sent_back)?;
        Ok(())
    }

    fn take_awaited(&self, announced: &ReturnLine, line: &mut Line, units: Decimal) -> Result<()> {
        if announced.awaited() < units {
            return Err(self.exceeds(announced.awaited()));
        }
        line.return_requested = line.return_requested.try_sub(units)?;
        Ok(())
    }

    fn exceeds(&self, possible: Decimal) -> Refusal {
        let ToldLine { line, quantity, .. } = self;
        let what = if self.came() == Came::Lost { "were lost" } else { "came" };
        let message = format!(
            "line \"{line}\": {quantity} {what}, and only {possible} were announced and awaited"
        );
        Refusal::new(Reason::QuantityExceeded, message)
            .with("line_id", line)
            .with("asked", quantity)
            .with("possible", possible)
    }
}

/// Goods are faster than whoever approves: they wait for that.
fn not_approved(of: &Return) -> Refusal {
    let message = format!("return {} is not approved yet; this waits for it", of.id);
    Refusal { message, ..waits_for(&of.name()) }
}
