use serde::Serialize;
use sqlx::PgConnection;

use crate::error::Result;
use crate::id::Environment;
use crate::proto;

/// One slice's side of the feed: which entries it has, and how it says them.
pub trait Feed: Clone + Send + Sync + 'static {
    /// What a reader wants to see. Its content is part of the resume token.
    type Filter: Clone + Send + Sync + Serialize + 'static;
    /// An entry as it is sent.
    type Entry: prost::Message + Clone + Send + 'static;
    /// A message of the watch.
    type Message: Send + 'static;

    /// Tells this stream's tokens from others'.
    const STREAM: &'static str;

    /// The kinds of the log that it follows.
    fn kinds(&self) -> &[&'static str];

    /// Entries by key, from behind `after` on.
    fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Self::Filter,
        after: Option<&str>,
        limit: i64,
    ) -> impl Future<Output = Result<Vec<Item<Self::Entry>>>> + Send;

    /// Those of the asked that the filter lets through: as they are now, or as gone.
    fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Self::Filter,
        asked: &[Asked],
    ) -> impl Future<Output = Result<Vec<Item<Self::Entry>>>> + Send;

    /// Whether the reader now sees other entries than before, so that a snapshot is to follow.
    fn begins_again(&self, _filter: &Self::Filter, _asked: &[Asked]) -> bool {
        false
    }

    /// Says an event.
    fn message(resume_token: String, sequence: i64, event: Event<Self::Entry>) -> Self::Message;
}

/// An entry that has changed, as the log names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it is.
    pub kind: String,
    /// Its key, compound ones joined.
    pub key: String,
    /// The newest revision of the page that changed it.
    pub revision: i64,
    /// Whether that revision removed it.
    pub removed: bool,
}

/// An entry as it is now.
#[derive(Clone, Debug)]
pub struct Item<E> {
    /// Unique within the stream.
    pub key: String,
    /// Of its last change.
    pub revision: i64,
    /// As it is sent.
    pub entry: E,
}

/// What a watch tells.
#[derive(Clone, Debug)]
pub enum Event<E> {
    /// A snapshot begins.
    SnapshotBegin(proto::SnapshotBegin),
    /// Some of it.
    SnapshotChunk(Vec<E>),
    /// It is whole.
    SnapshotEnd(proto::SnapshotEnd),
    /// Something has changed.
    Changes {
        /// Where the reader was before.
        previous_revision: i64,
        /// Where it is now.
        revision: i64,
        /// What has changed.
        entries: Vec<E>,
    },
    /// Nothing has.
    Heartbeat(proto::Heartbeat),
    /// The server is stopping.
    GoingAway(proto::GoingAway),
}

/// A message of a watch: what every watch says alike, in the types of one.
macro_rules! watch_message {
    ($said:expr => $response:ident, $module:ident, $chunk:ident, $changes:ident { $entries:ident }) => {{
        use $crate::changes::Event;
        use $crate::proto::{self, $module::Event as Told};
        let (resume_token, stream_sequence, event) = $said;
        let event = Some(match event {
            Event::SnapshotBegin(begin) => Told::SnapshotBegin(begin),
            Event::SnapshotChunk($entries) => Told::SnapshotChunk(proto::$chunk { $entries }),
            Event::SnapshotEnd(end) => Told::SnapshotEnd(end),
            Event::Changes { previous_revision, revision, entries: $entries } => {
                Told::Changes(proto::$changes { previous_revision, revision, $entries })
            }
            Event::Heartbeat(beat) => Told::Heartbeat(beat),
            Event::GoingAway(going) => Told::GoingAway(going),
        });
        proto::$response { resume_token, stream_sequence, event }
    }};
}
pub(crate) use watch_message;
