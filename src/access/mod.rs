//! Who is calling, and what it may call.
//!
//! A token belongs to one system of one environment, so tenant, environment and system follow from
//! it and are never said in a request. [`Layer`] checks every call before any service sees it.

mod answered;
mod farewell;
mod layer;
mod rate;
mod rights;
mod scope;
mod store;
mod token;

pub use answered::answered;
pub use layer::{Guarded, Layer};
pub use rights::{RIGHTS, Right};
pub use scope::Scope;
pub use token::{Digest, Secret, parse};

use std::sync::Arc;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::error::{Reason, Refusal, Result};
use crate::id::{Environment, SystemName, TokenId};
use crate::postgres::Reads;
use rate::Rate;

/// What a system is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SystemKind {
    /// An ERP.
    Erp,
    /// A shop.
    Shop,
    /// A tool that reads.
    Tool,
    /// Whoever runs the server; stands above tenants.
    Operator,
}

impl SystemKind {
    /// As the database and people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            SystemKind::Erp => "erp",
            SystemKind::Shop => "shop",
            SystemKind::Tool => "tool",
            SystemKind::Operator => "operator",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<SystemKind> {
        use SystemKind::*;
        [Erp, Shop, Tool, Operator].into_iter().find(|it| it.as_str() == text)
    }
}

/// Said once the connection of a call is to be left, because the server stops or the connection is
/// old: streams end with a farewell, and the caller comes back over another.
#[derive(Clone, Debug, Default)]
pub struct Leaving(pub CancellationToken);

/// Whoever made a call.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Where it may act.
    pub environment: Environment,
    /// Who it is there.
    pub system: SystemName,
    /// What it is.
    pub kind: SystemKind,
    /// By which token it was known.
    pub token: TokenId,
    /// What that may call of what the kind may.
    pub scope: Arc<Scope>,
    /// Of the secret that was shown: a token may have two.
    shown: Digest,
    /// When to leave.
    pub leaving: Leaving,
}

impl Caller {
    /// Through whose eyes it sees and touches things: a shop through its own. `None`: as they are.
    pub fn eyes(&self) -> Option<SystemName> {
        (self.kind == SystemKind::Shop).then(|| self.system.clone())
    }
}

/// The caller of a request that came through the [`Layer`].
pub fn caller<T>(request: &tonic::Request<T>) -> Result<Caller> {
    let caller = request.extensions().get::<Caller>().cloned();
    caller.ok_or_else(|| Refusal::internal("a call came around the access layer"))
}

/// How long a revoked token may still open a door.
const KNOWN_FOR: Duration = Duration::from_secs(2);
const KNOWN_MAX: u64 = 100_000;

/// Knows tokens. Remembers each for two seconds, so that a revocation takes effect within five.
#[derive(Clone)]
pub struct Access {
    reads: Reads,
    clock: Clock,
    known: moka::future::Cache<TokenId, Option<Known>>,
    rate: Arc<Rate>,
}

/// What the database holds of a token.
#[derive(Clone, Debug)]
struct Known {
    caller: Caller,
    digest: Digest,
    /// Of the secret of before, and until when it is good.
    previous: Option<(Digest, OffsetDateTime)>,
    ends_at: Option<OffsetDateTime>,
}

impl Access {
    /// Looks tokens up in this database, each of which may make so many calls a second.
    pub fn new(reads: Reads, clock: Clock, calls_per_second: u32) -> Access {
        let known =
            moka::future::Cache::builder().max_capacity(KNOWN_MAX).time_to_live(KNOWN_FOR).build();
        Access { reads, clock, known, rate: Arc::new(Rate::new(calls_per_second)) }
    }

    /// Whose token this is.
    pub async fn caller(&self, token: &str) -> Result<Caller> {
        let (id, digest) = parse(token).ok_or_else(token_invalid)?;
        let known = self.known(id).await?.ok_or_else(token_invalid)?;
        if !known.opens(&digest, self.now()) {
            return Err(token_invalid());
        }
        Ok(Caller { shown: digest, ..known.caller })
    }

    /// Counts a call; refused where the token has made too many.
    pub fn count(&self, caller: &Caller) -> Result<()> {
        self.rate.count(caller.token, Instant::now())
    }

    /// Whether the token by which a caller came is still good: asked by streams, again and again.
    pub async fn still_valid(&self, caller: &Caller) -> Result<()> {
        match self.known(caller.token).await? {
            Some(known) if known.opens(&caller.shown, self.now()) => Ok(()),
            _ => Err(token_invalid()),
        }
    }

    /// Asks the database about a token again when it is shown next, because it has changed.
    pub async fn forget(&self, id: TokenId) {
        self.known.invalidate(&id).await;
    }

    async fn known(&self, id: TokenId) -> Result<Option<Known>> {
        if let Some(known) = self.known.get(&id).await {
            return Ok(known);
        }
        // What it takes to ask is large, and would be carried along by every call.
        let load = async { store::load(&self.reads, id).await };
        let known = Box::pin(self.known.try_get_with(id, load)).await;
        known.map_err(|cause| {
            tracing::warn!(%cause, "tokens cannot be read: {cause}");
            Refusal::unavailable()
        })
    }

    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + time::Duration::microseconds(self.clock.ahead_micros())
    }
}

impl Known {
    /// Whether a secret is good now.
    fn opens(&self, shown: &Digest, now: OffsetDateTime) -> bool {
        // Both are compared, so that time does not tell which one it was.
        let is_current = self.digest.is(shown);
        let is_previous =
            self.previous.as_ref().is_some_and(|(it, until)| it.is(shown) && now < *until);
        (is_current || is_previous) && self.ends_at.is_none_or(|it| now < it)
    }
}

fn token_invalid() -> Refusal {
    Refusal::new(
        Reason::TokenInvalid,
        "the token is missing, unknown, expired or revoked; send `authorization: Bearer esk_…`",
    )
}
