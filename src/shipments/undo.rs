//! Goods did not leave after all, or came back without having been delivered.

use serde::{Deserialize, Serialize};

use super::{Cancelled, Shipment, Undone, beyond};
use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::documents::{find, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, OrderId, SystemName};
use crate::orders::{self, Order, ServeOrders};
use crate::parking::Fact;
use crate::stock::{self, Fulfilled, Moving, Room};

/// A shipment is undone, as the ERP tells of it: all its units are to be sent again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancelShipment {
    /// Who tells.
    pub system: SystemName,
    /// Its number of this, not of the shipment.
    pub external_id: ExternalId,
    /// Which shipment.
    pub of: Named,
    /// What became of the goods.
    pub undone: Undone,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
}

impl Fact for CancelShipment {
    const KIND: &'static str = "shipment_cancellation";

    type Made = ();

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::ShipmentCancellation, id }
    }

    fn names(&self) -> Vec<Name> {
        self.of.name().into_iter().cloned().collect()
    }

    fn needs(&self, _: i64, books: &mut Books) {
        let Some(of) = want::<Shipment>(books, &self.of) else { return };
        beyond::needs_observe(books, of.id);
        orders::needs_over_shipment(books, of.order);
        books.of::<Order>().want(&of.order);
        let Some(order) = books.of::<Order>().peek(&of.order).cloned() else { return };
        let (mut room, mut reopened) = (Room::default(), Vec::new());
        for line in &of.lines {
            let goods = (line.line.as_ref(), &line.level, line.quantity);
            let goods = orders::want_goods(books, &order, goods);
            goods.iter().for_each(|it| room.add(&it.0, it.1));
            if let Some(Ok(place)) = line.line.as_ref().map(|it| order.place_of(it)) {
                orders::needs_line(books, &mut room, &order.lines[place], line.quantity);
                reopened.push(&order.lines[place]);
            }
        }
        room.needs(books, &ServeOrders);
        orders::needs_promise(books, &order.shop, reopened);
    }

    fn apply(&self, _: i64, books: &mut Books, at: Moment) -> Result<()> {
        let of: Shipment = find(books, &self.of)?;
        if of.cancelled.is_some() {
            return Err(Refusal::step(format!("shipment {}", of.id), "CANCELLED", "CANCELLED"));
        }
        let order = books.of::<Order>().get(&of.order).cloned();
        let mut order = order.ok_or_else(|| Refusal::internal("a shipment of no order"))?;
        let CancelShipment { system, external_id, undone, ledger_number, .. } = self.clone();
        let cause = &*format!("shipment {} of {} undone", of.external_id, of.system);
        let mut freed = Vec::with_capacity(of.lines.len());
        for line in &of.lines {
            if undone.is_on_shelf() {
                let goods = (line.line.as_ref(), &line.level, line.quantity);
                let (by, fulfilled) = (&system, Fulfilled::default());
                for (level, quantity) in orders::goods(books, &order, goods)? {
                    let moving = Moving { by, at, quantity, ledger_number, fulfilled, cause };
                    stock::move_units(books, &level, moving)?;
                    freed.push(level);
                }
            }
            if let Some(id) = &line.line {
                let place = order.place_of(id)?;
                let is_there = undone == Undone::NeverLeft;
                orders::reopen(books, &mut order, place, line.quantity, is_there, at)?;
                freed.extend(order.lines[place].levels().cloned());
            }
        }
        order.documents += 1;
        let cancelled = Some(Cancelled { by: system, external_id, undone, at: at.now });
        let undone = Shipment { cancelled, ..of };
        beyond::observe(books, &undone, at)?;
        books.of().put(undone);
        orders::observe_over_shipment(books, &order, at)?;
        orders::put_and_serve(books, order, freed)
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        use Reason::{InvalidState, QuantityExceeded, WaitsForDocument};
        [WaitsForDocument, InvalidState, QuantityExceeded].contains(&refusal.reason)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        find::<Shipment>(books, &self.of).ok().map(|it| it.order)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 400, bytes: 1024 }
    }
}
