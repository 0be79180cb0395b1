//! Goods that leave, and units that are taken off an order before they do.

mod beyond;
mod model;
mod service;
mod store;
mod undo;
mod wire;

pub use model::{Cancelled, Shipment, ShippedLine, Undone};
pub use service::ShipmentDesk;
pub use undo::CancelShipment;
pub use wire::shipment as told;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find, find_now, want};
use crate::error::{Refusal, Result};
use crate::id::{ExternalId, Location, OrderId, ShipmentId, Sku, SystemName};
use crate::orders::{self, Order, ServeOrders};
use crate::parking::Fact;
use crate::stock::{self, Fulfilled, LevelKey, Moving, Room};

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Shipment>()
}

/// Goods have left, as the ERP tells of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ship {
    /// Who tells.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: Named,
    /// The date on the document.
    pub ship_date: Option<Date>,
    /// Who carries it.
    pub carrier: String,
    /// How the buyer can follow it.
    pub tracking_numbers: Vec<String>,
    /// What left.
    pub lines: Vec<ToldLine>,
    /// Nothing more will leave: what is open of the order is cancelled.
    #[serde(default)]
    pub completes_order: bool,
}

/// What left of one article: of a line, or beyond the order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToldLine {
    /// The order's line; `None`: beyond the order, which then tells the article.
    pub line: Option<ExternalId>,
    /// The article; `None`: the line's.
    pub sku: Option<Sku>,
    /// Where it left from; `None`: where the line is served from, or `main`.
    pub location: Option<Location>,
    /// Units.
    pub quantity: Decimal,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
    /// Nothing more of the line will leave: what is open of it is cancelled.
    #[serde(default)]
    pub completes_line: bool,
}

impl Fact for Ship {
    const KIND: &'static str = "shipment";

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Shipment, id }
    }

    fn names(&self) -> Vec<Name> {
        self.order.name().into_iter().cloned().collect()
    }

    fn needs(&self, id: i64, books: &mut Books) {
        books.of::<Shipment>().want(&ShipmentId(id));
        beyond::needs_observe(books, ShipmentId(id));
        let Some(order) = want::<Order>(books, &self.order) else { return };
        orders::needs_over_shipment(books, order.id);
        let mut room = Room::default();
        for (nth, told) in self.lines.iter().enumerate() {
            let Ok((place, from)) = told.place(&order, nth) else { continue };
            orders::want_goods(books, &order, (told.line.as_ref(), &from, told.quantity));
            if let Some(place) = place {
                orders::needs_line(books, &mut room, &order.lines[place], told.quantity);
            }
        }
        for line in order.lines.iter().filter(|it| self.completes(&it.id)) {
            orders::needs_line(books, &mut room, line, line.open());
        }
        room.needs(books, &ServeOrders);
    }

    type Made = ();

    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut order: Order = find(books, &self.order)?;
        let Ship { system, external_id, carrier, tracking_numbers, .. } = self.clone();
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut released = Vec::new();
        for (nth, told) in self.lines.iter().enumerate() {
            let (place, level) = told.place(&order, nth)?;
            let ToldLine { quantity, ledger_number, completes_line, .. } = *told;
            let mut settled = Vec::new();
            if let Some(place) = place {
                let line = &mut order.lines[place];
                settled = orders::ship(books, line, quantity, at.now)?;
                released.extend(line.levels().cloned());
            }
            let (by, cause) = (&system, &*format!("shipment {external_id} of {system}"));
            let goods = orders::goods(books, &order, (told.line.as_ref(), &level, quantity))?;
            for (level, units) in &goods {
                let quantity = units.negated();
                // From elsewhere: there it fulfils nothing.
                let fulfilled = settled.iter().find(|it| it.0 == *level);
                let fulfilled = fulfilled.map_or_else(Fulfilled::default, |it| it.1);
                let moving = Moving { by, at, quantity, ledger_number, fulfilled, cause };
                stock::move_units(books, level, moving)?;
            }
            // Beyond the order nobody keeps what an article was made of, so it is told as that.
            let told_as = if told.line.is_some() { vec![(level, quantity)] } else { goods };
            let line = &told.line;
            lines.extend(told_as.into_iter().map(|(level, quantity)| ShippedLine {
                line: line.clone(),
                level,
                quantity,
                ledger_number,
                completes_line,
            }));
        }
        for line in order.lines.iter_mut().filter(|it| self.completes(&it.id)) {
            orders::cancel(books, line, line.open(), at.now)?;
            released.extend(line.levels().cloned());
        }
        let shipment = Shipment {
            id: ShipmentId(id),
            system,
            external_id,
            order: order.id,
            ship_date: self.ship_date,
            carrier,
            tracking_numbers,
            lines,
            completes_order: self.completes_order,
            cancelled: None,
            recorded_at: at.now,
            revision: 0,
        };
        beyond::observe(books, &shipment, at)?;
        books.of().put(shipment);
        orders::observe_over_shipment(books, &order, at)?;
        order.documents += 1;
        // Shipped from elsewhere, or counted already: what was reserved here is free.
        orders::put_and_serve(books, order, released)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        find::<Order>(books, &self.order).ok().map(|it| it.id)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 4 * self.lines.len(), bytes: 1024 + 256 * self.lines.len() }
    }
}

impl Ship {
    /// Whether nothing more of a line will leave.
    fn completes(&self, line: &ExternalId) -> bool {
        let told = |it: &ToldLine| it.completes_line && it.line.as_ref() == Some(line);
        self.completes_order || self.lines.iter().any(told)
    }
}

impl ToldLine {
    /// The place of the order's line, if it is of one; and where the units left from.
    fn place(&self, order: &Order, nth: usize) -> Result<(Option<usize>, LevelKey)> {
        let Some(line) = &self.line else {
            let location = self.location.clone().unwrap_or_else(Location::main);
            let field = || format!("lines[{nth}].sku");
            let sku = self.sku.clone();
            let sku = sku.ok_or_else(|| Refusal::field(field(), "must name what left"))?;
            return Ok((None, LevelKey { sku, location }));
        };
        let place = order.place_of(line)?;
        let LevelKey { sku, location } = order.lines[place].level.clone();
        if self.sku.as_ref().is_some_and(|it| *it != sku) {
            let told =
                format!("must be the line's, \"{sku}\"; goods beyond the order name no line");
            return Err(Refusal::field(format!("lines[{nth}].sku"), told));
        }
        let location = self.location.clone().unwrap_or(location);
        Ok((Some(place), LevelKey { sku, location }))
    }
}

/// Takes units off an order that have not left; answers how many of each line.
#[derive(Clone, Debug, Serialize)]
pub struct CancelLines {
    /// Of which order.
    pub order: Named,
    /// Each line once, and how many units; `None`: all that is open.
    pub lines: Vec<(ExternalId, Option<Decimal>)>,
}

impl Command for CancelLines {
    type Answer = Vec<(ExternalId, Decimal)>;

    fn needs(&self, books: &mut Books) {
        let Some(order) = want::<Order>(books, &self.order) else { return };
        let lines = self.lines.iter().filter_map(|(id, _)| order.place_of(id).ok());
        orders::needs_all(books, lines.map(|it| &order.lines[it]));
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Self::Answer> {
        let mut order: Order = find_now(books, &self.order)?;
        let mut cancelled = Vec::with_capacity(self.lines.len());
        let mut released = Vec::new();
        for (id, units) in &self.lines {
            let place = order.place_of(id)?;
            let line = &mut order.lines[place];
            let units = units.unwrap_or_else(|| line.open());
            orders::cancel(books, line, units, at.now)?;
            released.extend(line.levels().cloned());
            cancelled.push((id.clone(), units));
        }
        orders::put_and_serve(books, order, released)?;
        Ok(cancelled)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 3 * self.lines.len(), bytes: 512 + 64 * self.lines.len() }
    }
}
