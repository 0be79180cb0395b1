use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt as _};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::store::{self, Found};
use crate::clock::Clock;
use crate::error::Result;
use crate::id::Environment;
use crate::lanes::{Lanes, Prune};
use crate::postgres::Reads;

/// How many are followed at once.
const AT_ONCE: usize = 64;
/// The longest sleep: another process, or a moved clock, may have made something due.
const NAP: Duration = Duration::from_millis(500);
/// How long nudges gather before the next look.
const GATHER: Duration = Duration::from_millis(20);
/// After something could not be followed.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two prunings.
const PRUNE_EVERY: Duration = Duration::from_secs(60 * 60);

/// Submits the command that follows something due. The command removes what was due, or moves it.
pub type Follow = Box<dyn Fn(Environment, String) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Looks for what is due, and submits the commands that follow.
pub struct Scanner {
    /// For looking.
    pub reads: Reads,
    /// For pruning.
    pub lanes: Lanes,
    /// What time it is.
    pub clock: Clock,
    /// Who follows, by kind.
    pub follow: HashMap<&'static str, Follow>,
}

impl Scanner {
    /// Until told to stop. `nudged` is told when commands have made something due.
    pub async fn run(self, nudged: Arc<Notify>, stop: CancellationToken) {
        let prune = async {
            loop {
                self.prune().await;
                tokio::time::sleep(PRUNE_EVERY).await;
            }
        };
        let scan = async {
            loop {
                let sleep = self.scan().await;
                if tokio::time::timeout(sleep, nudged.notified()).await.is_ok() {
                    // One look serves all of a moment.
                    tokio::time::sleep(GATHER).await;
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = async { tokio::join!(prune, scan); } => {}
        }
    }

    /// Follows all that is due, and answers how long there is nothing to do.
    async fn scan(&self) -> Duration {
        let found = store::due_now(&self.reads, self.clock.ahead_micros(), AT_ONCE as i64).await;
        let found = match found {
            Ok(found) => found,
            Err(cause) => {
                tracing::warn!(%cause, "cannot look for what is due: {cause}");
                return PAUSE;
            }
        };
        let any = !found.is_empty();
        let followed = stream::iter(found).map(|it| self.follow(it)).buffer_unordered(AT_ONCE);
        let all_went = followed.fold(true, |all, it| async move { all && it }).await;
        match (any, all_went) {
            (_, false) => PAUSE,
            (true, true) => Duration::ZERO,
            (false, true) => match store::next(&self.reads, self.clock.ahead_micros()).await {
                Ok(Some(next)) => next.min(NAP),
                _ => NAP,
            },
        }
    }

    async fn follow(&self, Found { environment, kind, key }: Found) -> bool {
        let Some(follow) = self.follow.get(kind.as_str()) else {
            tracing::error!(kind, key, "nobody follows {kind}");
            return false;
        };
        match follow(environment, key.clone()).await {
            Ok(()) => true,
            Err(refusal) => {
                tracing::warn!(kind, key, %refusal, "{kind} {key} is tried again: {refusal}");
                false
            }
        }
    }

    async fn prune(&self) {
        let environments = match store::environments(&self.reads).await {
            Ok(environments) => environments,
            Err(cause) => {
                tracing::warn!(%cause, "cannot prune: {cause}");
                return;
            }
        };
        for of in environments {
            if let Err(refusal) = self.lanes.of(of).run(Prune).await {
                tracing::warn!(environment = of.0, %refusal, "cannot prune: {refusal}");
            }
        }
    }
}
