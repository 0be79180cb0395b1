//! Who there is: tenants, environments, systems and tokens. All of it lives in environment 0, and
//! is written on its lane like everything else; only settings live in the environment they are of.

mod first_start;
mod model;
mod service;
mod store;
mod wire;

pub use first_start::first_start;
pub use model::{
    AdminName, Previous, Settings, System, SystemKey, Tenant, TheSettings, Token, World, WorldKey,
};
pub use service::AdminDesk;
pub use store::{system_of, world_of};
pub use wire::{scope, system_kind};

use std::time::Duration;

use serde::Serialize;
use time::OffsetDateTime;

use crate::access::{Scope, SystemKind};
use crate::books::{Books, Command, Moment};
use crate::error::{Refusal, Result};
use crate::id::{Environment, SystemName, TokenId};
use model::must_be_free;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Tenant>().with::<World>().with::<System>().with::<Token>().with::<Settings>()
}

/// Creates a tenant; answers when.
#[derive(Clone, Debug, Serialize)]
pub struct CreateTenant {
    /// Its name.
    pub name: AdminName,
}

/// Creates an environment; answers when.
#[derive(Clone, Debug, Serialize)]
pub struct CreateEnvironment {
    /// Whose.
    pub tenant: AdminName,
    /// Its name.
    pub name: AdminName,
    /// What its rows will carry: made before the queue.
    #[serde(skip)]
    pub number: Environment,
}

/// Creates a system; answers when.
#[derive(Clone, Debug, Serialize)]
pub struct CreateSystem {
    /// Whose.
    pub tenant: AdminName,
    /// In which environment.
    pub environment: AdminName,
    /// Its name.
    pub name: SystemName,
    /// What it is.
    pub kind: SystemKind,
}

/// Creates a token; answers its id and when.
#[derive(Clone, Debug, Serialize)]
pub struct CreateToken {
    /// Of which system; `None` for an operator's.
    pub of: Option<(AdminName, AdminName, SystemName)>,
    /// When it ends by itself.
    #[serde(with = "time::serde::timestamp::nanoseconds::option")]
    pub expires_at: Option<OffsetDateTime>,
    /// What it may call. Left out where it is all, so that what was said before there were scopes is
    /// known again.
    #[serde(skip_serializing_if = "Scope::is_whole")]
    pub scope: Scope,
    /// Made before the queue.
    #[serde(skip)]
    pub id: TokenId,
    /// Of the secret, which is not ours to keep.
    #[serde(skip)]
    pub digest: Vec<u8>,
}

/// Gives a token a new secret; answers its id and when.
#[derive(Clone, Debug, Serialize)]
pub struct RotateToken {
    /// Which.
    pub id: TokenId,
    /// For how long the secret of before stays good.
    pub overlap: Duration,
    /// Of the new secret, which is not ours to keep.
    #[serde(skip)]
    pub digest: Vec<u8>,
}

/// Makes a token worthless.
#[derive(Clone, Debug, Serialize)]
pub struct RevokeToken {
    /// Which.
    pub id: TokenId,
}

/// Sets what the environment permits on whose lane it runs.
#[derive(Clone, Debug, Serialize)]
pub struct UpdateSettings {
    /// Whether orders that allow it may wait for stock.
    pub back_orders_allowed: bool,
    /// Whether more may be shipped than was ordered without an incident; `None`: as it is.
    pub over_shipment_tolerated: Option<bool>,
}

impl Command for CreateTenant {
    type Answer = i64;

    fn needs(&self, books: &mut Books) {
        books.of::<Tenant>().want(&self.name);
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<i64> {
        let tenants = books.of::<Tenant>();
        must_be_free("tenant", &self.name, tenants.get(&self.name).is_some())?;
        tenants.put(Tenant { name: self.name.clone(), created_at: now });
        Ok(micros(now))
    }
}

impl Command for CreateEnvironment {
    type Answer = i64;

    fn needs(&self, books: &mut Books) {
        books.of::<Tenant>().want(&self.tenant);
        books.of::<World>().want(&self.key());
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<i64> {
        if books.of::<Tenant>().get(&self.tenant).is_none() {
            return Err(Refusal::not_found("tenant", &self.tenant));
        }
        let (worlds, key) = (books.of::<World>(), self.key());
        must_be_free("environment", &key, worlds.get(&key).is_some())?;
        worlds.put(World { key, number: self.number, created_at: now });
        Ok(micros(now))
    }
}

impl CreateEnvironment {
    fn key(&self) -> WorldKey {
        WorldKey { tenant: self.tenant.clone(), name: self.name.clone() }
    }
}

impl Command for CreateSystem {
    type Answer = i64;

    fn needs(&self, books: &mut Books) {
        if let Some(number) = want_world(books, &self.tenant, &self.environment) {
            books.of::<System>().want(&SystemKey { number, name: self.name.clone() });
        }
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<i64> {
        let number = world(books, &self.tenant, &self.environment)?;
        let key = SystemKey { number, name: self.name.clone() };
        let systems = books.of::<System>();
        // Operators sign what they do in an environment with this name.
        let taken = self.name == operator() || systems.get(&key).is_some();
        must_be_free("system", &self.name, taken)?;
        systems.put(System { key, kind: self.kind, created_at: now });
        Ok(micros(now))
    }
}

impl Command for CreateToken {
    type Answer = (TokenId, i64);

    fn needs(&self, books: &mut Books) {
        books.of::<Token>().want(&self.id);
        let Some((tenant, environment, name)) = &self.of else { return };
        if let Some(number) = want_world(books, tenant, environment) {
            books.of::<System>().want(&SystemKey { number, name: name.clone() });
        }
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<(TokenId, i64)> {
        let (number, system, kind) = match &self.of {
            None => (Environment::OPERATORS, operator(), SystemKind::Operator),
            Some((tenant, environment, name)) => {
                let number = world(books, tenant, environment)?;
                let key = SystemKey { number, name: name.clone() };
                let system = books.of::<System>().get(&key);
                let system = system.ok_or_else(|| Refusal::not_found("system", name))?;
                (number, name.clone(), system.kind)
            }
        };
        if self.expires_at.is_some_and(|it| it <= now) {
            return Err(Refusal::field("expire_time", "must be in the future"));
        }
        if let Some(call) = self.scope.beyond(kind) {
            let message = format!("a system of kind {} may not call {call}", kind.as_str());
            return Err(Refusal::field("scope.calls", message));
        }
        books.of().put(Token {
            id: self.id,
            number,
            system,
            kind,
            scope: self.scope.clone(),
            digest: self.digest.clone(),
            previous: None,
            created_at: now,
            rotated_at: None,
            expires_at: self.expires_at,
            revoked_at: None,
        });
        Ok((self.id, micros(now)))
    }
}

impl Command for RotateToken {
    type Answer = (TokenId, i64);

    fn needs(&self, books: &mut Books) {
        books.of::<Token>().want(&self.id);
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<(TokenId, i64)> {
        let tokens = books.of::<Token>();
        let token = tokens.get(&self.id).cloned();
        let mut token = token.ok_or_else(|| Refusal::not_found("token", self.id))?;
        token.rotate(self.digest.clone(), self.overlap, now)?;
        tokens.put(token);
        Ok((self.id, micros(now)))
    }
}

impl Command for RevokeToken {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Token>().want(&self.id);
    }

    fn decide(&self, books: &mut Books, Moment { now, .. }: Moment) -> Result<()> {
        let tokens = books.of::<Token>();
        let token = tokens.get(&self.id).cloned();
        let mut token = token.ok_or_else(|| Refusal::not_found("token", self.id))?;
        token.revoke(now);
        tokens.put(token);
        Ok(())
    }
}

impl Command for UpdateSettings {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Settings>().want(&TheSettings);
    }

    fn decide(&self, books: &mut Books, _: Moment) -> Result<()> {
        let settings = books.of::<Settings>();
        let there = settings.get(&TheSettings).cloned().unwrap_or_default();
        settings.put(Settings {
            back_orders_allowed: self.back_orders_allowed,
            over_shipment_tolerated: self
                .over_shipment_tolerated
                .unwrap_or(there.over_shipment_tolerated),
            ..there
        });
        Ok(())
    }
}

fn operator() -> SystemName {
    SystemName::stored(SystemKind::Operator.as_str())
}

fn want_world(books: &mut Books, tenant: &AdminName, name: &AdminName) -> Option<Environment> {
    let key = WorldKey { tenant: tenant.clone(), name: name.clone() };
    let worlds = books.of::<World>();
    worlds.want(&key);
    worlds.peek(&key).map(|it| it.number)
}

fn world(books: &mut Books, tenant: &AdminName, name: &AdminName) -> Result<Environment> {
    let key = WorldKey { tenant: tenant.clone(), name: name.clone() };
    let world = books.of::<World>().get(&key);
    world.map(|it| it.number).ok_or_else(|| Refusal::not_found("environment", key))
}

fn micros(at: OffsetDateTime) -> i64 {
    (at.unix_timestamp_nanos() / 1000) as i64
}
