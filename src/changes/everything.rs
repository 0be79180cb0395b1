use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::Serialize;
use sqlx::PgConnection;

use super::{Asked, Feed, Item};
use crate::error::{Refusal, Result};
use crate::id::Environment;
use crate::proto::{ChangeEntry, change_entry::State};

/// Between kind and key; sorts before all that a kind is written with.
const KIND_JOINT: char = '\u{1e}';

/// The streams of all slices as one.
#[derive(Clone)]
pub struct Everything {
    /// By kind.
    sources: Arc<[Box<dyn Source>]>,
    kinds: Arc<[&'static str]>,
}

/// Who is told of entries.
pub type Tell<'a> = &'a mut (dyn FnMut(Item<ChangeEntry>) + Send);

/// One kind of entry. The slices' feeds are of different types, so they stand behind this.
pub trait Source: Send + Sync + 'static {
    /// Its kind in the log.
    fn kind(&self) -> &'static str;

    /// Tells all entries, by key.
    fn snapshot<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        after: Option<&'a str>,
        limit: i64,
        tell: Tell<'a>,
    ) -> BoxFuture<'a, Result<()>>;

    /// Those that were asked for.
    fn read<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        asked: &'a [Asked],
    ) -> BoxFuture<'a, Result<Vec<Item<ChangeEntry>>>>;
}

/// A slice's feed of one kind, without a filter, as a part of everything.
pub fn source<F: Feed>(
    kind: &'static str,
    feed: F,
    no_filter: F::Filter,
    state: fn(F::Entry) -> State,
) -> Box<dyn Source> {
    Box::new(Part { kind, feed, no_filter, state })
}

struct Part<F: Feed> {
    kind: &'static str,
    feed: F,
    no_filter: F::Filter,
    state: fn(F::Entry) -> State,
}

impl<F: Feed> Part<F> {
    fn item(&self, item: Item<F::Entry>, removed: bool) -> Item<ChangeEntry> {
        let Item { key, revision, entry } = item;
        self::item(self.kind, key, revision, removed, (self.state)(entry))
    }
}

impl<F: Feed> Source for Part<F> {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn snapshot<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        after: Option<&'a str>,
        limit: i64,
        tell: Tell<'a>,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut tell = |it| tell(self.item(it, false));
            self.feed.snapshot(conn, of, &self.no_filter, after, limit, &mut tell).await
        })
    }

    fn read<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        asked: &'a [Asked],
    ) -> BoxFuture<'a, Result<Vec<Item<ChangeEntry>>>> {
        Box::pin(async move {
            let items = self.feed.read(conn, of, &self.no_filter, asked).await?;
            let is_gone = |item: &Item<F::Entry>| {
                // What came back after it was removed is newer than its removal.
                asked
                    .iter()
                    .any(|it| it.removed && it.key == item.key && item.revision <= it.revision)
            };
            let any_gone = asked.iter().any(|it| it.removed);
            let items = items.into_iter().map(|it| {
                let removed = any_gone && is_gone(&it);
                self.item(it, removed)
            });
            Ok(items.collect())
        })
    }
}

/// An entry of a kind, as a part of everything.
pub(super) fn item(
    kind: &'static str,
    key: String,
    revision: i64,
    removed: bool,
    state: State,
) -> Item<ChangeEntry> {
    let stream_key = format!("{kind}{KIND_JOINT}{key}");
    let entry = ChangeEntry { kind: kind.to_owned(), key, revision, removed, state: Some(state) };
    Item { key: stream_key, revision, entry }
}

/// Which kinds a reader wants to see; empty: all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Kinds(Vec<String>);

impl Kinds {
    fn has(&self, kind: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|it| it == kind)
    }
}

impl Everything {
    /// All of these, each kind once.
    pub fn of(mut sources: Vec<Box<dyn Source>>) -> Everything {
        sources.sort_by_key(|it| it.kind());
        let kinds = sources.iter().map(|it| it.kind()).collect();
        Everything { sources: sources.into(), kinds }
    }

    /// All that can be watched.
    pub fn kinds(&self) -> &[&'static str] {
        &self.kinds
    }

    /// The filter for these kinds, in normal form.
    pub fn filter(&self, mut kinds: Vec<String>) -> Result<Kinds> {
        let unknown = kinds.iter().position(|it| !self.kinds.contains(&it.as_str()));
        if let Some(nth) = unknown {
            let there = self.kinds.join(", ");
            let path = format!("filter.kinds[{nth}]");
            return Err(Refusal::field(path, format!("must be one of {there}")));
        }
        kinds.sort();
        kinds.dedup();
        Ok(Kinds(kinds))
    }
}

impl Feed for Everything {
    type Filter = Kinds;
    type Entry = ChangeEntry;

    const STREAM: &'static str = "everything";

    fn kinds(&self) -> &[&'static str] {
        &self.kinds
    }

    async fn snapshot(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Kinds,
        after: Option<&str>,
        limit: i64,
        tell: &mut (impl FnMut(Item<ChangeEntry>) + Send),
    ) -> Result<()> {
        let (begun, mut after) = match after.and_then(|it| it.split_once(KIND_JOINT)) {
            Some((kind, key)) => (kind, Some(key)),
            None => ("", None),
        };
        let mut room = limit;
        let rest = self.sources.iter().filter(|it| begun <= it.kind() && filter.has(it.kind()));
        for source in rest {
            let after = after.take().filter(|_| source.kind() == begun);
            let mut told = 0;
            let mut tell = |it| {
                told += 1;
                tell(it);
            };
            source.snapshot(conn, of, after, room, &mut tell).await?;
            room -= told;
            if room <= 0 {
                break;
            }
        }
        Ok(())
    }

    async fn read(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        filter: &Kinds,
        asked: &[Asked],
    ) -> Result<Vec<Item<ChangeEntry>>> {
        let mut items = Vec::new();
        for source in self.sources.iter().filter(|it| filter.has(it.kind())) {
            let asked: Vec<_> =
                asked.iter().filter(|it| it.kind == source.kind()).cloned().collect();
            if !asked.is_empty() {
                items.extend(source.read(conn, of, &asked).await?);
            }
        }
        Ok(items)
    }
}
