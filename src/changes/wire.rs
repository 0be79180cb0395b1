mod response;

pub use response::{Changed, Chunk, Event, WatchResponse};

use std::time::Duration;

use crate::error::{Faults, Reason, Refusal, Result};
use crate::page::Page;
use crate::proto;
use crate::wire;

/// Where a reader begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With everything.
    Snapshot,
    /// Where a token stands.
    Token(String),
    /// At the head.
    Now,
}

/// How a watch behaves.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Where it begins.
    pub start: Start,
    /// How often it says that nothing has happened.
    pub heartbeat: Duration,
    /// Whether a token that is too old means a snapshot.
    pub snapshot_if_expired: bool,
}

/// What a unary reader wants.
#[derive(Clone, Debug)]
pub struct Read {
    /// Where it begins.
    pub start: Start,
    /// Whether a token that is too old means a snapshot.
    pub snapshot_if_expired: bool,
    /// About how many entries at once.
    pub page_size: i64,
    /// How long to wait if there is nothing.
    pub wait: Duration,
}

/// How a watch is to begin and behave; all faults at once.
pub fn watch_start(start: Option<proto::WatchStart>) -> Result<Watch> {
    let start = start.unwrap_or_default();
    let mut faults = Faults::default();
    let snapshot_if_expired =
        snapshot_if_expired(&mut faults, "start.on_expired", start.on_expired);
    let proto::WatchStart { start, heartbeat_interval, on_expired: _ } = start;
    let heartbeat =
        wire::duration(&mut faults, "start.heartbeat_interval", heartbeat_interval, 10, 1, 60);
    use proto::watch_start::Start as Given;
    let start = match start {
        None | Some(Given::Snapshot(true)) => Start::Snapshot,
        Some(Given::Now(true)) => Start::Now,
        Some(Given::ResumeToken(token)) => Start::Token(token),
        Some(Given::Snapshot(false) | Given::Now(false)) => {
            faults.push("start", "must be true where it is given");
            Start::Snapshot
        }
    };
    faults.check()?;
    Ok(Watch { start, heartbeat, snapshot_if_expired })
}

/// What a unary reader wants; all faults at once.
pub fn read_start(
    resume_token: String,
    on_expired: i32,
    page_size: i32,
    wait: Option<prost_types::Duration>,
) -> Result<Read> {
    let mut faults = Faults::default();
    let snapshot_if_expired = snapshot_if_expired(&mut faults, "on_expired", on_expired);
    let wait = wire::duration(&mut faults, "wait", wait, 0, 0, 25);
    if page_size < 0 {
        faults.push("page_size", "must not be negative");
    }
    faults.check()?;
    let page_size = Page::asked(page_size, "", &())?.size.into();
    let start = if resume_token.is_empty() { Start::Snapshot } else { Start::Token(resume_token) };
    Ok(Read { start, snapshot_if_expired, page_size, wait })
}

fn snapshot_if_expired(faults: &mut Faults, path: &str, on_expired: i32) -> bool {
    match proto::OnExpired::try_from(on_expired) {
        Ok(it) => it == proto::OnExpired::Snapshot,
        Err(_) => {
            faults.push(path, "is not a value we know");
            false
        }
    }
}

/// Whether a snapshot helps where a token was refused.
pub fn is_expired(refusal: &Refusal) -> bool {
    [Reason::ResumeTokenExpired, Reason::ResumeTokenForeign].contains(&refusal.reason)
}
