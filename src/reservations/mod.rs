//! Units promised to a cart for a while: held, then consumed, released or expired, and each once.

mod end;
mod model;
mod service;
mod store;
mod wire;

#[cfg(test)]
mod races;

pub use end::{Consume, Release, consume, follow, needs_end};
pub use model::{End, Line, Reservation, State};
pub use service::ReservationDesk;
pub use wire::{LIFETIME_SECONDS_MAX, told};

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find_now, want};
use crate::due::{Due, DueKey};
use crate::error::{Refusal, Result};
use crate::id::{ExternalId, ReservationId, SystemName};
use crate::stock::selling::{self, Sellability};
use crate::stock::{self, LevelKey};

/// What `due` knows the end of a reservation by.
const DUE: &str = "reservation.end";

/// How much is held of each article at each place.
pub type Units = BTreeMap<LevelKey, Decimal>;

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
    pub lines: Vec<Line>,
    /// For how long.
    pub lifetime: Duration,
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
        selling::needs_places(books, &self.system);
        for Line { level, .. } in &self.lines {
            books.of::<Sellability>().want(&level.sku);
            for (level, _) in stock::want_kept(books, level) {
                selling::needs_sellable(books, &self.system, &level);
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Promised> {
        let mut wanted = Vec::with_capacity(self.lines.len());
        for Line { level, quantity } in &self.lines {
            selling::must_be_for_sale(books, &level.sku, at.now)?;
            selling::must_sell_from(books, &self.system, level)?;
            for (level, each) in stock::kept(books, level)? {
                wanted.push((level, quantity.try_times(each)?));
            }
        }
        let demand = stock::demand(wanted)?;
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
