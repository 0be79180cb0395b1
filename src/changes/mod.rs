//! The change feed: how what was committed reaches its watchers. Knows no slice.
//!
//! The log says what changed; what is sent is the entry as it is when it is sent, so a reader who
//! was away gets the newest state once, not every step. A watcher is a position, never a queue.

mod bell;
mod entries;
mod everything;
mod feed;
mod hub;
mod pages;
mod reader;
mod recent;
mod service;
mod store;
mod token;
mod watch;
mod wire;

pub use entries::Entries;
pub use everything::{Everything, Kinds, Source, source};
pub use feed::{Asked, Feed, Item};
pub use hub::Hub;
pub use pages::Pages;
pub use service::ChangeDesk;
pub use token::Tokens;
pub use watch::{Messages, ReadPage, VALIDITY, send_patiently, streamed, unreadable};
pub use wire::{Read, Start, Watch, WatchResponse, read_start, watch_start};

use std::time::Duration;

use crate::access::Access;
use crate::error::{Reason, Refusal, Result};
use crate::id::Environment;
use crate::incarnation::Incarnation;
use crate::postgres::Reads;

/// How long a read waits for a revision.
const REVISION_WAIT: Duration = Duration::from_secs(5);

/// Everything that readers of the feed share.
#[derive(Clone)]
pub struct Changes {
    /// Connections of their own.
    pub reads: Reads,
    /// How far each history has come.
    pub hub: Hub,
    /// What was told a moment ago.
    pub pages: Pages,
    /// Whether a token is still good.
    pub access: Access,
    /// What resume tokens are signed with.
    pub tokens: Tokens,
    /// Which life of the database this is.
    pub incarnation: Incarnation,
}

impl Changes {
    /// Where a history ends, and up to where it was pruned.
    pub async fn head_and_start(&self, of: Environment) -> Result<(i64, i64)> {
        let mut conn = self.reads.of(of).await.map_err(Refusal::of_read)?;
        self.incarnation.refresh(&mut conn).await.map_err(Refusal::of_read)?;
        let log = store::log(&mut conn, of).await.map_err(Refusal::of_read)?;
        Ok((log.head, log.start))
    }

    /// Waits until a revision can be read; at once for 0.
    pub async fn wait_for(&self, of: Environment, revision: i64) -> Result<()> {
        if revision < 0 {
            return Err(Refusal::field("at_least_revision", "must not be negative"));
        }
        if revision == 0 {
            return Ok(());
        }
        let mut head = self.hub.head(of);
        let there = self.hub.look(of).await.map_err(Refusal::of_read)?;
        if revision <= there {
            return Ok(());
        }
        let reached = head.wait_for(|it| revision <= *it);
        match tokio::time::timeout(REVISION_WAIT, reached).await {
            Ok(Ok(_)) => Ok(()),
            _ => {
                let there = *self.hub.head(of).borrow();
                let message = format!("revision {revision} was not reached; the head is {there}");
                Err(Refusal::new(Reason::RevisionNotReached, message)
                    .with("at_least_revision", revision)
                    .with("revision", there))
            }
        }
    }
}
