//! The ends of a reservation: consumed, released, expired.

use serde::Serialize;

use super::{By, DUE, End, Line, Reservation, State, due_key, held};
use crate::books::{Books, Command, Moment, Named, Weight};
use crate::documents::want;
use crate::due::{Due, Follow};
use crate::error::{Refusal, Result};
use crate::id::{OrderId, ReservationId, SystemName};
use crate::lanes::Lanes;
use crate::stock::{self, Fulfilled, Level, Moving, ServeBackOrders, Units};

/// Tells that the units were sold in a way that we do not see: they leave.
#[derive(Clone, Debug, Serialize)]
pub struct Consume {
    /// Which.
    pub reservation: Named,
    /// Who says so.
    pub by: By,
}

/// Gives the units back.
#[derive(Clone, Serialize)]
pub struct Release {
    /// Which.
    pub reservation: Named,
    /// Who says so.
    pub by: By,
    /// Who gets what becomes free.
    #[serde(skip)]
    pub back_orders: &'static dyn ServeBackOrders,
}

/// Ends a reservation whose time is over.
pub struct Expire {
    /// Which.
    pub id: ReservationId,
    /// Who gets what becomes free.
    pub back_orders: &'static dyn ServeBackOrders,
}

/// Wants what the end of a reservation needs if all its units may become free.
pub fn needs_end(books: &mut Books, named: &Named, back_orders: &dyn ServeBackOrders) {
    let Some(found) = want::<Reservation>(books, named) else { return };
    books.of::<Due>().want(&due_key(found.id));
    for Line { level, quantity } in &found.lines {
        books.of::<Level>().want(level);
        back_orders.needs(books, level, *quantity);
    }
}

/// An order takes over what is held for its shop. The units stay promised: the caller promises them
/// to the order, gives back those that it does not want, and then serves back orders.
pub fn consume(
    books: &mut Books,
    named: &Named,
    shop: &SystemName,
    order: OrderId,
    at: Moment,
) -> Result<Units> {
    let by = By { system: shop.clone(), only_own: true };
    let found = held(books, named, &by, "CONSUMED", at)?;
    let end = End { by: by.system, at: at.now };
    let ended = end_as(books, found, State::Consumed { end, order: Some(order) });
    Ok(ended.lines.into_iter().map(|it| (it.level, it.quantity)).collect())
}

impl Command for Consume {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        // What leaves makes nothing free.
        needs_end(books, &self.reservation, &stock::NoBackOrders);
        if let Some(found) = want::<Reservation>(books, &self.reservation) {
            found.lines.iter().for_each(|it| stock::needs_move(books, &it.level));
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found = held(books, &self.reservation, &self.by, "CONSUMED", at)?;
        let end = End { by: self.by.system.clone(), at: at.now };
        let ended = end_as(books, found, State::Consumed { end, order: None });
        let cause = &*format!("reservation {} of {}", ended.external_id, ended.system);
        let (by, ledger_number, fulfilled) = (&self.by.system, 0, Fulfilled::default());
        for Line { level, quantity } in &ended.lines {
            stock::release(books, level, *quantity, at.now)?;
            let quantity = quantity.negated();
            let moving = Moving { by, at, quantity, ledger_number, fulfilled, cause };
            stock::move_units(books, level, moving)?;
        }
        Ok(())
    }

    fn weight(&self) -> Weight {
        Weight { rows: 100, bytes: 256 }
    }
}

impl Command for Release {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        needs_end(books, &self.reservation, self.back_orders);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found = held(books, &self.reservation, &self.by, "RELEASED", at)?;
        let end = End { by: self.by.system.clone(), at: at.now };
        let ended = end_as(books, found, State::Released(end));
        give_back(books, &ended.lines, self.back_orders, at)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 100, bytes: 256 }
    }
}

impl Command for Expire {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        needs_end(books, &Named::Ours(self.id.0), self.back_orders);
        books.of::<Due>().want(&due_key(self.id));
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found = books.of::<Reservation>().get(&self.id).cloned();
        let held = found.filter(|it| it.state == State::Held);
        let Some(held) = held else {
            books.of::<Due>().remove(&due_key(self.id));
            return Ok(());
        };
        if at.now < held.until {
            books.of().put(Due { key: due_key(self.id), at: held.until });
            return Ok(());
        }
        let ended = end_as(books, held, State::Expired);
        give_back(books, &ended.lines, self.back_orders, at)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 100, bytes: 64 }
    }
}

fn end_as(books: &mut Books, held: Reservation, state: State) -> Reservation {
    let ended = Reservation { state, ..held };
    books.of::<Due>().remove(&due_key(ended.id));
    books.of().put(ended.clone());
    ended
}

fn give_back(
    books: &mut Books,
    lines: &[Line],
    back_orders: &dyn ServeBackOrders,
    at: Moment,
) -> Result<()> {
    for Line { level, quantity } in lines {
        stock::release(books, level, *quantity, at.now)?;
        back_orders.serve(books, level)?;
    }
    Ok(())
}

/// Follows reservations whose time is over.
pub fn follow(lanes: Lanes, back_orders: &'static dyn ServeBackOrders) -> (&'static str, Follow) {
    let follow: Follow = Box::new(move |of, key| {
        let lane = lanes.of(of);
        Box::pin(async move {
            let id = ReservationId::parse(&key).map_err(Refusal::internal)?;
            lane.run(Expire { id, back_orders }).await.map(|_| ())
        })
    });
    (DUE, follow)
}
