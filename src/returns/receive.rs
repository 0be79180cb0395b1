//! Goods have come.

use serde::{Deserialize, Serialize};

use super::{Disposition, ReceivedLine, Reception, Return, State, order_of};
use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find, waits_for, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, Location, OrderId, ReceptionId, SystemName};
use crate::orders::{Order, ServeOrders};
use crate::parking::{self, Fact};
use crate::stock::{self, Level, LevelKey, ServeBackOrders};

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
    /// What is done with them.
    pub disposition: Disposition,
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
        // It may have to wait until it is approved.
        parking::needs_wait(books, &of.name());
        books.of::<Order>().want(&of.order);
        let Some(order) = books.of::<Order>().peek(&of.order).cloned() else { return };
        for told in &self.lines {
            let goods = told.level(&order).and_then(|it| told.in_stock(&order, &it));
            for (level, units) in goods.unwrap_or_default() {
                books.of::<Level>().want(&level);
                ServeOrders.needs(books, &level, units);
            }
        }
    }

    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut of: Return = find(books, &self.of)?;
        match of.state {
            State::Approved => {}
            State::Requested => return Err(not_approved(&of)),
            State::Declined(_) => return Err(of.refuse_step("RECEIVED")),
        }
        let mut order = order_of(books, &of)?;
        let Receive { system, external_id, .. } = self.clone();
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut restocked = Vec::new();
        for told in &self.lines {
            let level = told.level(&order)?;
            told.count(&mut of, &mut order)?;
            let ToldLine { quantity, disposition, ledger_number, .. } = *told;
            if disposition == Disposition::Restock {
                let cause = format!("reception {external_id} of {system}");
                for (level, units) in told.in_stock(&order, &level)? {
                    stock::move_units(books, &level, units, ledger_number, &cause)?;
                    restocked.push(level);
                }
            }
            let line = told.line.clone();
            lines.push(ReceivedLine { line, quantity, disposition, level, ledger_number });
        }
        books.of().put(Reception {
            id: ReceptionId(id),
            system,
            external_id,
            of: of.id,
            lines,
            credited_by: None,
            recorded_at: at.now,
        });
        books.of().put(of);
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
    /// What it is, and where it lies.
    fn level(&self, order: &Order) -> Result<LevelKey> {
        let LevelKey { sku, location } = order.lines[order.place_of(&self.line)?].level.clone();
        let location = self.location.clone().unwrap_or(location);
        Ok(LevelKey { sku, location })
    }

    /// What that is in stock.
    fn in_stock(&self, order: &Order, level: &LevelKey) -> Result<Vec<(LevelKey, Decimal)>> {
        order.in_stock(Some(&self.line), level, self.quantity)
    }

    /// No more comes than was announced.
    fn count(&self, of: &mut Return, order: &mut Order) -> Result<()> {
        let ToldLine { quantity, disposition, .. } = *self;
        let announced = of.lines.iter_mut().find(|it| it.line == self.line);
        let possible = announced.as_ref().map_or(Decimal::ZERO, |it| it.awaited());
        let Some(announced) = announced.filter(|_| quantity <= possible) else {
            let message = format!(
                "line \"{}\": {quantity} came, and only {possible} were announced and awaited",
                self.line
            );
            return Err(Refusal::new(Reason::QuantityExceeded, message)
                .with("line_id", &self.line)
                .with("asked", quantity)
                .with("possible", possible));
        };
        announced.receive(quantity, disposition)?;
        let place = order.place_of(&self.line)?;
        let line = &mut order.lines[place];
        line.return_requested = line.return_requested.try_sub(quantity)?;
        line.received = line.received.try_add(quantity)?;
        if disposition == Disposition::SendBack {
            line.sent_back = line.sent_back.try_add(quantity)?;
        }
        Ok(())
    }
}

/// Goods are faster than whoever approves: they wait for that.
fn not_approved(of: &Return) -> Refusal {
    let message = format!("return {} is not approved yet; this waits for it", of.id);
    Refusal { message, ..waits_for(&of.name()) }
}
