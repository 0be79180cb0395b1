use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;

use crate::access::{Scope, SystemKind};
use crate::error::{Reason, Refusal, Result};
use crate::id::{Environment, SystemName, TokenId};

/// A tenant, an environment or a system is called so: visible ASCII, at most 64 bytes.
pub type AdminName = crate::id::RequestId;

/// A merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Unique.
    pub name: AdminName,
    /// When it was created.
    pub created_at: OffsetDateTime,
}

/// One closed world of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// Whose, and how it is called.
    pub key: WorldKey,
    /// What its rows carry.
    pub number: Environment,
    /// When it was created.
    pub created_at: OffsetDateTime,
}

/// An environment by its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorldKey {
    /// The tenant's name.
    pub tenant: AdminName,
    /// Unique within the tenant.
    pub name: AdminName,
}

/// A caller inside an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// Where, and how it is called.
    pub key: SystemKey,
    /// What it is.
    pub kind: SystemKind,
    /// When it was created.
    pub created_at: OffsetDateTime,
}

/// A system by its name in its environment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemKey {
    /// In which environment.
    pub number: Environment,
    /// Unique within it.
    pub name: SystemName,
}

/// What a caller shows, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// Which environment it opens.
    pub number: Environment,
    /// As which system.
    pub system: SystemName,
    /// What that is.
    pub kind: SystemKind,
    /// What it may call of what that may.
    pub scope: Scope,
    /// Of the secret.
    pub digest: Vec<u8>,
    /// Of the secret of before, if it was ever changed.
    pub previous: Option<Previous>,
    /// When it was created.
    pub created_at: OffsetDateTime,
    /// When its secret was changed last.
    pub rotated_at: Option<OffsetDateTime>,
    /// When it ends by itself.
    pub expires_at: Option<OffsetDateTime>,
    /// When it was ended.
    pub revoked_at: Option<OffsetDateTime>,
}

/// The secret that a token had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Of the secret.
    pub digest: Vec<u8>,
    /// Until when it is good.
    pub until: OffsetDateTime,
}

/// What an environment permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether orders that allow it may wait for stock.
    pub back_orders_allowed: bool,
    /// Whether more may be shipped than was ordered without an incident.
    pub over_shipment_tolerated: bool,
    /// Of the last change.
    pub revision: i64,
}

/// There is one of them in each environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TheSettings;

impl Default for Settings {
    fn default() -> Self {
        Settings { back_orders_allowed: true, over_shipment_tolerated: false, revision: 0 }
    }
}

impl Token {
    /// Gives it a new secret; the one of now stays good for a while, and the one before ends.
    pub fn rotate(
        &mut self,
        digest: Vec<u8>,
        overlap: Duration,
        now: OffsetDateTime,
    ) -> Result<()> {
        let ended = match (self.revoked_at, self.expires_at) {
            (Some(_), _) => Some("REVOKED"),
            (None, Some(at)) if at <= now => Some("EXPIRED"),
            _ => None,
        };
        if let Some(ended) = ended {
            return Err(Refusal::step(format!("token \"{}\"", self.id), ended, "ROTATED"));
        }
        let digest = std::mem::replace(&mut self.digest, digest);
        self.previous = Some(Previous { digest, until: now + overlap });
        self.rotated_at = Some(now);
        Ok(())
    }

    /// Makes it worthless; once is enough.
    pub fn revoke(&mut self, now: OffsetDateTime) {
        self.revoked_at.get_or_insert(now);
    }
}

/// Refuses a name that is taken.
pub fn must_be_free(what: &str, name: impl fmt::Display, taken: bool) -> Result<()> {
    if !taken {
        return Ok(());
    }
    let message = format!("{what} \"{name}\" is there already");
    Err(Refusal::new(Reason::NameInUse, message).with("name", name))
}

impl fmt::Display for WorldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.tenant, self.name)
    }
}

impl fmt::Display for SystemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.name)
    }
}

impl fmt::Display for TheSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings")
    }
}
