//! Who leads which data: whose word about it counts, and whose is refused.

mod model;
mod service;
mod store;
mod wire;

pub use model::{DataSet, Ownership, OwnershipKey, Refused};
pub use service::{OwnershipDesk, source};

use serde::Serialize;

use crate::books::{Books, Command, Moment};
use crate::error::{Reason, Refusal, Result};
use crate::id::{Location, SystemName};

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Ownership>()
}

/// Says who leads; or that nobody does.
#[derive(Clone, Debug, Serialize)]
pub struct SetOwnership {
    /// What, and where.
    pub key: OwnershipKey,
    /// Who; `None`: nobody.
    pub leader: Option<SystemName>,
}

impl Command for SetOwnership {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Ownership>().want(&self.key);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let there = books.of::<Ownership>().get(&self.key).cloned();
        let Some(leader) = self.leader.clone() else {
            if there.is_some() {
                books.of::<Ownership>().remove(&self.key);
            }
            return Ok(());
        };
        if there.is_none_or(|it| it.leader != leader) {
            books.of().put(Ownership {
                key: self.key.clone(),
                leader,
                set_at: at.now,
                refused: None,
                revision: 0,
            });
        }
        Ok(())
    }
}

/// Wants what [`must_lead`] asks.
pub fn needs_lead(books: &mut Books, data_set: DataSet, location: &Location) {
    books.of::<Ownership>().want(&OwnershipKey { data_set, location: location.clone() });
}

/// Whether a system leads; `false` where nobody does. Where another one does it is refused, and that
/// is noted, also if the caller's command goes on with its other rows.
pub fn must_lead(
    books: &mut Books,
    data_set: DataSet,
    location: &Location,
    by: &SystemName,
    at: Moment,
) -> Result<bool> {
    let key = OwnershipKey { data_set, location: location.clone() };
    let Some(mut there) = books.of::<Ownership>().get(&key).cloned() else { return Ok(false) };
    if there.leader == *by {
        return Ok(true);
    }
    let leader = there.leader.clone();
    let count = there.refused.map_or(0, |it| it.count) + 1;
    there.refused = Some(Refused { count, by: by.clone(), at: at.now });
    books.of().put(there);
    let what = data_set.as_str();
    let message = format!("{what} at \"{location}\" is led by {leader}: {by} cannot state it");
    Err(Refusal::new(Reason::NotLeadingSystem, message)
        .with("data_set", data_set.name())
        .with("location", location)
        .with("leader", leader)
        .with("system", by))
}
