//! What waits because it cannot be applied yet, and why.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};
use time::OffsetDateTime;

use crate::books::Name;
use crate::documents::{ByShop, awaited};
use crate::error::{Reason, Refusal, Result};
use crate::id::{OrderId, ParkedId, SystemName};

/// How many may wait for one name.
pub const WAITING_MAX: usize = 1_000;

/// Something that came in, cannot be applied, and cannot be refused either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// Our id of it.
    pub id: ParkedId,
    /// What it is, as its slice calls it: `shipment`, `task`.
    pub kind: String,
    /// Who said it.
    pub system: SystemName,
    /// What whoever said it calls it.
    pub external_id: String,
    /// The order that it concerns, where that is known.
    pub order: Option<OrderId>,
    /// Why it is not applied: at first, or when it was last tried.
    pub refusal: Refusal,
    /// What was said.
    pub payload: Payload,
    /// How often it was tried again.
    pub attempts: i32,
    /// Since when it is here.
    pub parked_at: OffsetDateTime,
    /// When it was last tried again.
    pub tried_at: Option<OffsetDateTime>,
    /// When it was applied.
    pub applied_at: Option<OffsetDateTime>,
    /// Who wanted it no more, if somebody did.
    pub discarded: Option<Discarded>,
    /// Of its last change.
    pub revision: i64,
}

/// That something parked will never be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discarded {
    /// Who said so.
    pub by: SystemName,
    /// Why, for people.
    pub reason: String,
    /// When.
    pub at: OffsetDateTime,
}

impl Parked {
    /// Whether it still waits: it was neither applied nor discarded.
    pub fn is_still(&self) -> bool {
        self.applied_at.is_none() && self.discarded.is_none()
    }

    /// The name whose arrival it waits for, if it waits for one.
    pub fn awaits(&self) -> Option<Name> {
        if self.is_still() { awaited(&self.refusal) } else { None }
    }

    /// The refusal of what cannot be done about it any more.
    pub fn refuse_step(&self, from: &str, to: &str) -> Refusal {
        Refusal::step(format_args!("parked {} {}", self.kind, self.id), from, to)
    }

    /// Never to be applied.
    #[must_use]
    pub fn given_up(self, by: &SystemName, reason: &str, at: OffsetDateTime) -> Parked {
        let (by, reason) = (by.clone(), reason.to_owned());
        Parked { discarded: Some(Discarded { by, reason, at }), ..self }
    }

    /// Tried again, and still not possible.
    #[must_use]
    pub fn tried(self, refusal: Refusal, at: OffsetDateTime) -> Parked {
        Parked { refusal, attempts: self.attempts + 1, tried_at: Some(at), ..self }
    }

    /// Tried again, and done.
    #[must_use]
    pub fn applied(self, at: OffsetDateTime) -> Parked {
        Parked { applied_at: Some(at), attempts: self.attempts + 1, tried_at: Some(at), ..self }
    }
}

/// What was said, kept to be said again.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    /// How it is written; told apart for ever after.
    pub version: i16,
    /// JSON.
    pub json: Vec<u8>,
}

impl Payload {
    /// Keeps what a slice needs to say it again.
    pub fn of(version: i16, said: &impl Serialize) -> Result<Payload> {
        let json = serde_json::to_vec(said).map_err(Refusal::internal)?;
        Ok(Payload { version, json })
    }

    /// What was kept.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.json).map_err(Refusal::internal)
    }
}

/// What was said may be personal, and belongs into no log.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload(version {}, {} bytes)", self.version, self.json.len())
    }
}

/// Which of what is parked to list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filter {
    /// Of this kind alone.
    pub kind: Option<String>,
    /// Said by this system alone.
    pub system: Option<SystemName>,
    /// For this reason alone.
    pub reason: Option<String>,
    /// Of this order alone.
    pub order: Option<OrderId>,
    /// Also what was applied or discarded since.
    pub with_applied: bool,
    /// Only what whoever asks sees: of its orders, or, where the order is not known, told by itself.
    #[serde(skip_serializing_if = "ByShop::is_all")]
    pub sees: ByShop,
}

/// Who waits for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The name that is not known yet.
    pub name: Name,
    /// What is parked until it is, oldest first, at most [`WAITING_MAX`].
    pub parked: Vec<ParkedId>,
}

/// Whether trying the same again later may help without anybody doing anything: then it is not the
/// rules that refuse, and nothing is learned about what is parked.
pub fn is_passing(refusal: &Refusal) -> bool {
    matches!(
        refusal.reason,
        Reason::Overloaded
            | Reason::DatabaseUnavailable
            | Reason::ShuttingDown
            | Reason::DeadlineExceeded
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_can_be_said_again() {
        let payload = Payload::of(1, &("mug", 5)).unwrap();
        assert_eq!(payload.read::<(String, i32)>().unwrap(), ("mug".into(), 5));
        assert_eq!(format!("{payload:?}"), "Payload(version 1, 9 bytes)");
    }
}
