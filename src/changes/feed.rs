use std::sync::Arc;

use serde::Serialize;
use sqlx::PgConnection;

use crate::error::Result;
use crate::id::Environment;
use crate::lanes::Committed;

/// One slice's side of the feed: which entries it has, and how it says them.
pub trait Feed: Clone + Send + Sync + 'static {
    /// What a reader wants to see. Its content is part of the resume token.
    type Filter: Clone + Send + Sync + Serialize + 'static;
    /// An entry as it is told.
    type Entry: prost::Message + Default + Send + 'static;

    /// Tells this stream's tokens from others'.
    const STREAM: &'static str;

    /// The kinds of the log that it follows.
    fn kinds(&self) -> &[&'static str];

    /// Tells entries by key, from behind `after` on, each as soon as it is there. What was told counts for nothing
    /// where not all could be.
    fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Self::Filter,
        after: Option<&str>,
        limit: i64,
        tell: &mut (impl FnMut(Item<Self::Entry>) + Send),
    ) -> impl Future<Output = Result<()>> + Send;

    /// Those of the asked that the filter lets through: as they are now, or as gone.
    fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Self::Filter,
        asked: &[Asked],
    ) -> impl Future<Output = Result<Vec<Item<Self::Entry>>>> + Send;

    /// The same from what this process has saved, all that was since the first of the asked; `None` where it
    /// takes more than that.
    fn recall(
        &self,
        _filter: &Self::Filter,
        _saved: &[Arc<Committed>],
        _asked: &[Asked],
    ) -> Option<Vec<Item<Self::Entry>>> {
        None
    }

    /// Whether the reader now sees other entries than before, so that a snapshot is to follow.
    fn begins_again(&self, _filter: &Self::Filter, _asked: &[Asked]) -> bool {
        false
    }
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
    /// Itself.
    pub entry: E,
}
