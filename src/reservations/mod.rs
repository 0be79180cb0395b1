//! Units promised to a cart for a while: held, then consumed, released or expired, and each once.

mod end;
mod model;
mod service;
mod store;
mod wire;

#[cfg(test)]
mod races;

pub use end::{Consume, Expire, Release, consume, follow, needs_end};
pub use model::{End, Line, Reservation, State};
pub use service::ReservationDesk;
pub use wire::{LIFETIME_SECONDS_MAX, told};

use std::cmp::Reverse;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find_now, want};
use crate::due::{Due, DueKey};
use crate::error::{Refusal, Result};
use crate::id::{ExternalId, Location, ReservationId, Sku, SystemName};
use crate::stock::selling::{self, Anywhere, Sellability};
use crate::stock::{self, LevelKey, Units};

/// What `due` knows the end of a reservation by.
pub const DUE: &str = "reservation.end";

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Reservation>()
}

/// Promises units for a while; answers until when.
#[derive(Clone, Debug, Serialize)]
pub struct Hold {
    /// Made before the queue.
    #[serde(skip)]
    pub id: ReservationId,
    /// For whom.
    pub system: SystemName,
    /// Under which id.
    pub external_id: ExternalId,
    /// As they were said.
    pub lines: Vec<Asked>,
    /// For how long.
    pub lifetime: Duration,
}

/// How much of an article is to be held.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Of what.
    pub sku: Sku,
    /// Where; `None`: at the first of the shop's locations that has all of it.
    pub location: Option<Location>,
    /// Units.
    pub quantity: Decimal,
}

/// What was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// Ours.
    pub id: ReservationId,
    /// Until when.
    pub until: OffsetDateTime,
}

/// Holds units longer; answers until when.
#[derive(Clone, Debug, Serialize)]
pub struct Extend {
    /// Which.
    pub reservation: Named,
    /// Who says so.
    pub by: By,
    /// From now on.
    pub lifetime: Duration,
}

/// Who acts on a reservation.
#[derive(Clone, Debug, Serialize)]
pub struct By {
    /// Who.
    pub system: SystemName,
    /// Whether only on its own.
    #[serde(skip)]
    pub only_own: bool,
}

impl Hold {
    /// What its system calls it.
    pub fn name(&self) -> Name {
        name(&self.system, &self.external_id)
    }
}

/// What a system calls a reservation.
pub fn name(system: &SystemName, external_id: &ExternalId) -> Name {
    Name { system: system.clone(), kind: NameKind::Reservation, id: external_id.to_string() }
}

impl Command for Hold {
    type Answer = Promised;

    fn needs(&self, books: &mut Books) {
        books.of::<Reservation>().want(&self.id);
        books.of::<Due>().want(&due_key(self.id));
        let places = selling::needs_places(books, &self.system);
        for Asked { sku, location, .. } in &self.lines {
            books.of::<Sellability>().want(sku);
            let places = location.as_ref().map_or(places.clone(), |it| vec![it.clone()]);
            for location in places {
                let level = LevelKey { sku: sku.clone(), location };
                for (level, _) in stock::want_kept(books, &level) {
                    selling::needs_sellable(books, &self.system, &level);
                }
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Promised> {
        let mut demand = Units::new();
        // Those that say where, then the largest of the others: as in an order.
        let mut lines: Vec<_> = self.lines.iter().collect();
        lines.sort_by_key(|it| (it.location.is_none(), Reverse(it.quantity)));
        for asked in lines {
            selling::must_be_for_sale(books, &asked.sku, at.now)?;
            for (level, units) in asked.settle(books, &self.system, &demand)? {
                let sum = demand.entry(level).or_default();
                *sum = sum.try_add(units)?;
            }
        }
        stock::reserve(books, &self.system, &demand)?;
        let (id, until) = (self.id, at.now + self.lifetime);
        let line = |(level, quantity)| Line { level, quantity };
        books.of().put(Due { key: due_key(id), at: until });
        books.of().put(Reservation {
            id,
            system: self.system.clone(),
            external_id: self.external_id.clone(),
            lines: demand.into_iter().map(line).collect(),
            created_at: at.now,
            until,
            state: State::Held,
            revision: 0,
        });
        Ok(Promised { id, until })
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2 + 2 * self.lines.len(), bytes: 512 + 256 * self.lines.len() }
    }
}

impl Asked {
    /// What is to be promised for it, and where.
    fn settle(
        &self,
        books: &mut Books,
        shop: &SystemName,
        taken: &Units,
    ) -> Result<Vec<(LevelKey, Decimal)>> {
        let location = self.location.clone().unwrap_or_else(Location::main);
        let level = LevelKey { sku: self.sku.clone(), location };
        let kept = stock::kept(books, &level)?;
        let location = match &self.location {
            Some(location) => {
                selling::must_sell_from(books, shop, &level)?;
                location.clone()
            }
            None => {
                let of = kept.iter().map(|(level, each)| (&level.sku, *each)).collect();
                let asked = Anywhere { units: self.quantity, of };
                let place = selling::choose(books, shop, &asked, (&Units::new(), taken))?;
                place.unwrap_or(level.location)
            }
        };
        let of = |(level, each): (LevelKey, Decimal)| {
            let level = LevelKey { location: location.clone(), ..level };
            Ok((level, self.quantity.try_times(each)?))
        };
        kept.into_iter().map(of).collect()
    }
}

impl Command for Extend {
    type Answer = OffsetDateTime;

    fn needs(&self, books: &mut Books) {
        if let Some(found) = want::<Reservation>(books, &self.reservation) {
            books.of::<Due>().want(&due_key(found.id));
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<OffsetDateTime> {
        let mut found = held(books, &self.reservation, &self.by, "HELD", at)?;
        found.extend(self.lifetime, at.now);
        let until = found.until;
        books.of().put(Due { key: due_key(found.id), at: until });
        books.of().put(found);
        Ok(until)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2, bytes: 256 }
    }
}

/// The reservation that is named, if it is held still. In the same words where it is another's.
fn held(books: &mut Books, named: &Named, by: &By, to: &str, at: Moment) -> Result<Reservation> {
    let found: Reservation = find_now(books, named)?;
    if by.only_own && found.system != by.system {
        return Err(Refusal::not_found("reservation", named));
    }
    found.must_be_held(to, at.now)?;
    Ok(found)
}

fn due_key(id: ReservationId) -> DueKey {
    DueKey { kind: DUE, key: id.to_string() }
}
