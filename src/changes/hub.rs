use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgListener};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::bell::Bell;
use super::recent::Recent;
use crate::id::Environment;
use crate::lanes::{self, Announce, Committed};
use crate::postgres::{self, Reads};

/// Where servers tell each other that there is something new.
const CHANNEL: &str = "erpsync_head";
/// However much is committed, other processes hear of it once in so long.
const TICK: Duration = Duration::from_millis(20);
/// What nobody told is found within this time.
const POLL: Duration = Duration::from_secs(1);

/// Knows how far each environment's history has come. A watcher is a position behind it, never a
/// queue, so a slow one costs nothing.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    /// What this process calls itself where servers tell each other: what it has told it knows.
    name: String,
    bells: Mutex<HashMap<Environment, Arc<Bell>>>,
    recent: Recent,
    /// What this process has committed since the last tick.
    untold: Mutex<HashSet<Environment>>,
    something_untold: Notify,
    due: Arc<Notify>,
    makes_due: MakesDue,
    pool: PgPool,
    stop: CancellationToken,
}

/// Whether something was committed that time makes due.
pub type MakesDue = fn(&Committed) -> bool;

impl Hub {
    /// Listens to other processes, and tells them, on connections of its own.
    pub fn start(options: &PgConnectOptions, makes_due: MakesDue, stop: CancellationToken) -> Hub {
        let pool = postgres::hub(options);
        let hub = Hub(Arc::new(Inner {
            name: format!("by-{:x}", RandomState::new().hash_one(CHANNEL)),
            bells: Mutex::default(),
            recent: Recent::default(),
            untold: Mutex::default(),
            something_untold: Notify::new(),
            due: Arc::default(),
            makes_due,
            pool,
            stop,
        }));
        tokio::spawn(hub.clone().tell());
        tokio::spawn(hub.clone().listen());
        tokio::spawn(hub.clone().poll());
        hub
    }

    /// The head of an environment as it moves. Begins at 0 until somebody has looked.
    pub fn head(&self, of: Environment) -> watch::Receiver<i64> {
        self.bell(of).head()
    }

    /// By which whoever watches an environment hears that its head has moved.
    pub fn bell(&self, of: Environment) -> Arc<Bell> {
        self.bells().entry(of).or_insert_with(Bell::new).clone()
    }

    /// Nothing panics while holding it.
    fn bells(&self) -> MutexGuard<'_, HashMap<Environment, Arc<Bell>>> {
        self.0.bells.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All that this process has committed of an environment behind a revision, up to `head`, if it is all that
    /// was committed, and a moment ago.
    pub fn recent(&self, of: Environment, from: i64, head: i64) -> Option<Vec<Arc<Committed>>> {
        self.0.recent.behind(of, from, head)
    }

    /// Told when commands have made something due.
    pub fn due(&self) -> Arc<Notify> {
        self.0.due.clone()
    }

    /// Ends with the server.
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stop
    }

    fn advance(&self, of: Environment, to: i64) {
        let bell = self.bells().get(&of).cloned();
        if let Some(bell) = bell {
            bell.advance(to);
        }
    }

    /// One NOTIFY for each tick in which something was committed, on a connection of its own:
    /// inside business transactions it would cost most of their speed.
    async fn tell(self) {
        loop {
            tokio::select! {
                () = self.0.stop.cancelled() => return,
                () = self.0.something_untold.notified() => (),
            }
            let untold = {
                let mut untold = self.0.untold.lock().unwrap_or_else(PoisonError::into_inner);
                std::mem::take(&mut *untold)
            };
            let names: Vec<String> = untold.iter().map(|it| it.to_string()).collect();
            // A payload has at most 8,000 bytes.
            for part in names.chunks(500) {
                let told = sqlx::query("select pg_notify($1, $2)")
                    .bind(CHANNEL)
                    .bind([part.join(",").as_str(), self.0.name.as_str()].join(","))
                    .execute(&self.0.pool)
                    .await;
                if let Err(cause) = told {
                    tracing::warn!(%cause, "other servers were not told; they poll: {cause}");
                }
            }
            tokio::time::sleep(TICK).await;
        }
    }

    async fn listen(self) {
        while !self.0.stop.is_cancelled() {
            if let Err(cause) = self.listen_while_it_lasts().await {
                tracing::warn!(%cause, "cannot listen to other servers; polling: {cause}");
            }
            tokio::select! {
                () = self.0.stop.cancelled() => return,
                () = tokio::time::sleep(POLL) => (),
            }
        }
    }

    async fn listen_while_it_lasts(&self) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(&self.0.pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            let heard = tokio::select! {
                () = self.0.stop.cancelled() => return Ok(()),
                heard = listener.try_recv() => heard?,
            };
            let Some(heard) = heard else { return Ok(()) };
            for of in others(heard.payload(), &self.0.name) {
                if self.is_watched(of) {
                    self.look(of).await?;
                }
            }
        }
    }

    async fn poll(self) {
        loop {
            tokio::select! {
                () = self.0.stop.cancelled() => return,
                () = tokio::time::sleep(POLL) => (),
            }
            self.0.recent.tidy();
            for of in self.watched() {
                // The listener says what is wrong; here the next round tries again.
                let _ = self.look(of).await;
            }
        }
    }

    /// Reads how far an environment has come.
    pub async fn look(&self, of: Environment) -> sqlx::Result<i64> {
        let mut conn = Reads::over(self.0.pool.clone()).of(of).await?;
        let head = lanes::head(&mut conn, of).await?;
        self.advance(of, head);
        Ok(head)
    }

    fn is_watched(&self, of: Environment) -> bool {
        self.bells().get(&of).is_some_and(|it| it.is_heard())
    }

    fn watched(&self) -> Vec<Environment> {
        self.bells().iter().filter(|(_, it)| it.is_heard()).map(|(of, _)| *of).collect()
    }
}

impl Announce for Hub {
    fn committed(&self, of: Environment, committed: Arc<Committed>) {
        if (self.0.makes_due)(&committed) {
            self.0.due.notify_one();
        }
        let Some((_, last)) = committed.revisions() else { return };
        // Before anybody hears of it: whoever does finds it.
        if self.is_watched(of) {
            self.0.recent.keep(of, committed);
        }
        self.advance(of, last);
        self.0.untold.lock().unwrap_or_else(PoisonError::into_inner).insert(of);
        self.0.something_untold.notify_one();
    }

    fn unknown(&self, of: Environment) {
        let hub = self.clone();
        tokio::spawn(async move {
            // If the database is still away, the poll will find out later.
            let _ = hub.look(of).await;
        });
    }
}

/// In which environments another process has committed something, as it tells; none where this process tells it,
/// which knows.
fn others(told: &str, own_name: &str) -> Vec<Environment> {
    let names = || told.split(',');
    if names().any(|it| it == own_name) {
        return Vec::new();
    }
    names().filter_map(|it| it.parse().ok()).map(Environment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_listened_to() {
        let others = |told| others(told, "by-7");
        assert_eq!(others("1,2,by-8"), [Environment(1), Environment(2)]);
        assert_eq!(others("1,2,by-7"), []);
        // Servers from before tell no name.
        assert_eq!(others("1"), [Environment(1)]);
    }
}
