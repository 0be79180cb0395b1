use std::collections::HashMap;
use std::time::Instant;

use prost::bytes::{Bytes, BytesMut};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::pages::{Found, Pages, Place};
use super::store::{self, Log};
use super::token::{Position, Scope, Tokens, foreign};
use super::{Feed, Hub, Item};
use crate::error::{Reason, Refusal, Result};
use crate::id::Environment;
use crate::incarnation::Incarnation;
use crate::lanes;
use crate::postgres::Reads;

/// How many entries may have been sent ahead of their place before they are forgotten.
const AHEAD_MAX: usize = 100_000;
/// What is answered at once has about so many bytes at most; one entry may have more.
pub const MESSAGE_BYTES: usize = 1_000_000;
/// Entries of a snapshot that are read at once, at most.
const WALK_MAX: usize = 4_000;
/// Entries are encoded into pieces of memory of this size.
const PIECE: usize = 65_536;
const BEGINNING: Position = Position::Within { as_of: -1, after: None, count: 0 };

/// Reads one stream for one reader, a page at a time. Each page is read in one snapshot of the
/// database, so that its rows and the log agree.
pub struct Reader<F: Feed> {
    feed: F,
    filter: F::Filter,
    reads: Reads,
    tokens: Tokens,
    incarnation: Incarnation,
    pages: Pages,
    hub: Hub,
    /// How far this process knows that the history has come.
    head: watch::Receiver<i64>,
    scope: Scope,
    /// Where the reader stands.
    pub position: Position,
    /// The last revision that the reader was told it stands at; what lies between that and the
    /// position was not of its filter.
    pub told: i64,
    /// Entries that were sent newer than their page, and will be met again at this revision.
    ahead: HashMap<String, i64>,
    /// Whether it has read what had happened before it came.
    is_along: bool,
    /// The next page of the snapshot, which is read while this one is told.
    coming: Option<Coming>,
}

/// A page of a snapshot that is being read.
struct Coming {
    after: Option<String>,
    items: JoinHandle<Result<Vec<Item<Bytes>>>>,
}

/// What comes next; entries as they are sent.
pub enum Page {
    /// The snapshot begins: nothing of it was read yet.
    Begin {
        /// What it will hold.
        as_of: i64,
    },
    /// Some of a snapshot.
    Chunk(Vec<Bytes>),
    /// The snapshot is whole.
    End {
        /// How many entries it had.
        count: i64,
    },
    /// What changed between two revisions; maybe nothing of this stream.
    Changes {
        /// Where the reader was told to be before.
        previous: i64,
        /// Where it is now.
        revision: i64,
        /// What has changed, by key.
        entries: Vec<Bytes>,
        /// Whether there is nothing more for now.
        is_head: bool,
    },
}

impl<F: Feed> Reader<F> {
    /// A reader that has not read anything: it begins with a snapshot.
    pub fn new(
        changes: &super::Changes,
        feed: F,
        filter: F::Filter,
        of: Environment,
    ) -> Result<Reader<F>> {
        let scope = Scope {
            of,
            incarnation: changes.incarnation.number(),
            stream: F::STREAM,
            filter: serde_json::to_vec(&filter).map_err(Refusal::internal)?,
        };
        Ok(Reader {
            feed,
            filter,
            reads: changes.reads.clone(),
            tokens: changes.tokens.clone(),
            incarnation: changes.incarnation.clone(),
            pages: changes.pages.clone(),
            hub: changes.hub.clone(),
            head: changes.hub.head(of),
            scope,
            position: BEGINNING,
            told: 0,
            ahead: HashMap::new(),
            is_along: false,
            coming: None,
        })
    }

    /// Begins where a token stands, if the log still reaches back to it.
    pub async fn resume(&mut self, token: &str) -> Result<()> {
        let position = self.tokens.read(&self.scope, token)?;
        let (revision, end) = match &position {
            Position::Behind(revision) => (*revision, *revision),
            Position::Among { revision, end, .. } => (*revision, *end),
            Position::Within { as_of, .. } => (*as_of, *as_of),
        };
        let mut conn = self.reads.of(self.scope.of).await.map_err(Refusal::of_read)?;
        let of = self.scope.of;
        let Log { head, start } = store::log(&mut conn, of).await.map_err(Refusal::of_read)?;
        if head < end {
            // What it has seen is not there any more.
            return Err(foreign());
        }
        if 0 <= revision && revision < start {
            return Err(expired(start));
        }
        self.position = position;
        self.told = revision;
        Ok(())
    }

    /// Begins at the head.
    pub async fn begin_now(&mut self) -> Result<()> {
        let mut conn = self.reads.of(self.scope.of).await.map_err(Refusal::of_read)?;
        let head = lanes::head(&mut conn, self.scope.of).await.map_err(Refusal::of_read)?;
        self.position = Position::Behind(head);
        self.told = head;
        Ok(())
    }

    /// Begins again, with a snapshot of the incarnation that there is now.
    pub fn begin_again(&mut self) {
        self.scope.incarnation = self.incarnation.number();
        self.position = BEGINNING;
        self.ahead.clear();
    }

    /// The token of where the reader stands.
    pub fn token(&self) -> Result<String> {
        self.token_of(&self.position)
    }

    /// The token of some position.
    pub fn token_of(&self, position: &Position) -> Result<String> {
        self.tokens.sign(&self.scope, position)
    }

    /// The next page, about `limit` entries; a revision that has more comes as a whole. Moves the
    /// position.
    pub async fn next(&mut self, limit: i64) -> Result<Page> {
        self.next_within(limit, false).await
    }

    /// The next page, no more than `limit` entries and than fit into one message. A revision that
    /// has more comes in parts, of which the last moves the revision.
    pub async fn next_part(&mut self, limit: i64) -> Result<Page> {
        self.next_within(limit, true).await
    }

    async fn next_within(&mut self, limit: i64, in_parts: bool) -> Result<Page> {
        match self.position.clone() {
            Position::Within { as_of: -1, .. } => {
                self.begin_now().await?;
                Ok(self.begin_snapshot(self.told))
            }
            Position::Within { as_of, after, count } => {
                self.chunk(as_of, after, count, limit, in_parts).await
            }
            Position::Behind(revision) => self.changes(revision, None, limit, in_parts).await,
            Position::Among { revision, end, after } => {
                self.changes(revision, Some((end, after)), limit, in_parts).await
            }
        }
    }

    fn begin_snapshot(&mut self, as_of: i64) -> Page {
        self.position = Position::Within { as_of, after: None, count: 0 };
        self.told = as_of;
        self.ahead.clear();
        Page::Begin { as_of }
    }

    async fn chunk(
        &mut self,
        as_of: i64,
        after: Option<String>,
        count: i64,
        limit: i64,
        alone: bool,
    ) -> Result<Page> {
        let mut items = match self.coming.take().filter(|it| it.after == after) {
            Some(coming) => coming.items.await.map_err(Refusal::internal)??,
            None => self.walk(after, limit).await?,
        };
        let room = room_for_next(items.iter().map(|it| it.entry.len()));
        items.truncate(fitting(items.iter().map(|it| it.entry.len())));
        let Some(last) = items.last() else {
            self.position = Position::Behind(as_of);
            self.told = as_of;
            return Ok(Page::End { count });
        };
        if !alone {
            let after = Some(last.key.clone());
            let items = tokio::spawn(self.walk(after.clone(), room));
            self.coming = Some(Coming { after, items });
        }
        let count = count + items.len() as i64;
        let position = Position::Within { as_of, after: Some(last.key.clone()), count };
        self.position = position;
        // What changed since the snapshot began comes again as a change, and is not told twice.
        self.note_ahead(items.iter(), as_of);
        Ok(Page::Chunk(items.into_iter().map(|it| it.entry).collect()))
    }

    /// Reads a page of the snapshot. Each entry is encoded as it comes, while the database goes on with the next.
    fn walk(
        &self,
        after: Option<String>,
        limit: i64,
    ) -> impl Future<Output = Result<Vec<Item<Bytes>>>> + Send + 'static {
        let (feed, filter, of) = (self.feed.clone(), self.filter.clone(), self.scope.of);
        let reads = self.reads.clone();
        async move {
            let mut tx = reads.walk_of(of).await.map_err(Refusal::of_read)?;
            let (mut bytes, mut items) = (BytesMut::with_capacity(PIECE), Vec::new());
            let mut tell = |it| items.push(encoded(it, &mut bytes));
            feed.snapshot(&mut tx, of, &filter, after.as_deref(), limit, &mut tell).await?;
            items.into_iter().collect()
        }
    }

    async fn changes(
        &mut self,
        from: i64,
        under_way: Option<(i64, String)>,
        limit: i64,
        in_parts: bool,
    ) -> Result<Page> {
        // A watcher may be told what others were told a moment ago. Whoever asks in single calls
        // hears of all that was acknowledged before.
        let alone = in_parts || under_way.is_some() || AHEAD_MAX <= self.ahead.len();
        let found = if alone {
            // What is under way is read as a whole once more: the limit was met when it began.
            let (until, keys) = match &under_way {
                Some((end, _)) => (*end, i64::MAX),
                None => (i64::MAX, limit),
            };
            self.find(from, until, keys).await?.into()
        } else {
            let place = Place { scope: self.scope.clone(), from };
            // Whoever was away hears of all that happened meanwhile at once, and goes with the
            // others from then on.
            let at_least = if self.is_along { 0 } else { *self.head.borrow() };
            self.pages.behind(place, at_least, || Box::pin(self.find_along(from, limit))).await?
        };
        self.is_along = true;
        let Some(items) = &found.items else {
            return Ok(self.begin_snapshot(found.head));
        };
        let Found { end, head, .. } = *found;
        let after = under_way.as_ref().map(|(_, after)| after.as_str());
        let mut items = untold(items, after, &self.ahead);
        self.ahead.retain(|_, revision| end < *revision);

        let previous = self.told;
        let entries = |items: Vec<&Item<Bytes>>| items.iter().map(|it| it.entry.clone()).collect();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let fitting = fitting(items.iter().map(|it| it.entry.len())).min(limit);
        if in_parts && fitting < items.len() {
            items.truncate(fitting);
            self.note_ahead(items.iter().copied(), end);
            let after = items.last().map(|it| it.key.clone()).unwrap_or_default();
            self.position = Position::Among { revision: from, end, after };
            let entries = entries(items);
            return Ok(Page::Changes { previous, revision: from, entries, is_head: false });
        }
        self.note_ahead(items.iter().copied(), end);
        self.position = Position::Behind(end);
        if !items.is_empty() {
            self.told = end;
        }
        let entries = entries(items);
        Ok(Page::Changes { previous, revision: end, entries, is_head: end == head })
    }

    /// What is behind a revision, up to where others are; up to the head if that is nowhere ahead.
    async fn find_along(&self, from: i64, limit: i64) -> Result<Found> {
        let others = self.pages.reached(self.scope.of);
        let goes_along = self.is_along && from < others;
        let until = if goes_along { others } else { i64::MAX };
        match self.recall(from, until, limit) {
            Some(found) => found,
            None => self.find(from, until, limit).await,
        }
    }

    /// The same, where this process has just saved all of it, and that is all it takes to tell it.
    fn recall(&self, from: i64, until: i64, keys: i64) -> Option<Result<Found>> {
        let head = *self.head.borrow();
        if head <= from || self.incarnation.number() != self.scope.incarnation {
            return None;
        }
        let saved = self.hub.recent(self.scope.of, from, head)?;
        let until = until.min(head);
        let followed = self.feed.kinds();
        let changes = saved.iter().flat_map(|it| &it.changes);
        let rows = changes
            .filter(|(revision, _)| from < *revision && *revision <= until)
            .flat_map(|(revision, changed)| changed.iter().map(move |it| (*revision, it)))
            .filter(|(_, it)| followed.contains(&it.kind))
            .map(|(revision, it)| (revision, it.kind.to_owned(), it.removed, vec![it.key.clone()]));
        let store::Part { asked, end } = store::cut(rows, (from, until), keys);
        if self.feed.begins_again(&self.filter, &asked) {
            return None;
        }
        let items = match asked.is_empty() {
            true => Vec::new(),
            false => self.feed.recall(&self.filter, &saved, &asked)?,
        };
        Some(found(Some(items), end, head))
    }

    /// What is behind a revision, up to another; about so many keys.
    async fn find(&self, from: i64, until: i64, keys: i64) -> Result<Found> {
        let moment = self.reads.moment_of(self.scope.of).await;
        let mut tx = moment.map_err(Refusal::of_read)?;
        let of = self.scope.of;
        let Log { head, start } = store::log(&mut tx, of).await.map_err(Refusal::of_read)?;
        // Another process may have declared a restore: revisions jump, and tokens of before end.
        self.incarnation.refresh(&mut tx).await.map_err(Refusal::of_read)?;
        if self.incarnation.number() != self.scope.incarnation || head < from {
            return Err(foreign());
        }
        if from < start {
            return Err(expired(start));
        }
        let part = store::part(&mut tx, of, self.feed.kinds(), (from, until.min(head)), keys);
        let store::Part { asked, end } = part.await.map_err(Refusal::of_read)?;
        let items = if self.feed.begins_again(&self.filter, &asked) {
            None
        } else if asked.is_empty() {
            Some(Vec::new())
        } else {
            Some(self.feed.read(&mut tx, of, &self.filter, &asked).await?)
        };
        // Nothing was written, so nobody has to wait for its end.
        drop(tx);
        found(items, end, head)
    }

    fn note_ahead<'a>(&mut self, items: impl Iterator<Item = &'a Item<Bytes>>, end: i64) {
        let ahead = items.filter(|it| end < it.revision);
        let room = AHEAD_MAX.saturating_sub(self.ahead.len());
        self.ahead.extend(ahead.take(room).map(|it| (it.key.clone(), it.revision)));
    }
}

/// What of these a reader was not told: nobody is told the same revision of a key twice, nor an older
/// one after it, which a page that was read a moment ago may have.
fn untold<'a>(
    items: &'a [Item<Bytes>],
    after: Option<&str>,
    ahead: &HashMap<String, i64>,
) -> Vec<&'a Item<Bytes>> {
    let is_news = |it: &&Item<Bytes>| {
        after.is_none_or(|after| after < it.key.as_str()) && ahead.get(&it.key) < Some(&it.revision)
    };
    items.iter().filter(is_news).collect()
}

/// What was found, as it is told.
fn found<E: prost::Message>(items: Option<Vec<Item<E>>>, end: i64, head: i64) -> Result<Found> {
    let mut items = items.map(all_encoded).transpose()?;
    if let Some(items) = &mut items {
        items.sort_by(|a, b| a.key.cmp(&b.key));
    }
    Ok(Found { items, end, head, ready: Instant::now() })
}

/// Entries as they are sent, in memory of one piece.
fn all_encoded<E: prost::Message>(items: Vec<Item<E>>) -> Result<Vec<Item<Bytes>>> {
    let size = items.iter().map(|it| it.entry.encoded_len()).sum();
    let mut bytes = BytesMut::with_capacity(size);
    items.into_iter().map(|it| encoded(it, &mut bytes)).collect()
}

/// An entry as it is sent, behind others.
fn encoded<E: prost::Message>(item: Item<E>, bytes: &mut BytesMut) -> Result<Item<Bytes>> {
    let Item { key, revision, entry } = item;
    entry.encode(bytes).map_err(Refusal::internal)?;
    Ok(Item { key, revision, entry: bytes.split().freeze() })
}

/// How many of these go into one message: at least one.
fn fitting(mut lengths: impl ExactSizeIterator<Item = usize>) -> usize {
    let (mut bytes, count) = (0, lengths.len());
    let over = lengths.position(|it| {
        bytes += it;
        MESSAGE_BYTES < bytes
    });
    over.map_or(count, |it| it.max(1))
}

/// How many entries to read next of a snapshot, where those of these sizes were read last: about as many as go into
/// one message. What does not fit was read for nothing, and each page costs some journeys of its own.
fn room_for_next(lengths: impl ExactSizeIterator<Item = usize>) -> i64 {
    let count = lengths.len();
    let bytes = lengths.sum::<usize>().max(1);
    // Some are larger than those before.
    let fitting = count * (MESSAGE_BYTES / 4 * 3) / bytes;
    fitting.clamp(1, WALK_MAX) as i64
}

fn expired(start: i64) -> Refusal {
    let message = format!("the log begins at revision {start}, after this token; take a snapshot");
    Refusal::new(Reason::ResumeTokenExpired, message).with("log_start", start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_read_of_a_snapshot_as_goes_into_a_message() {
        let room = |count, bytes| room_for_next(std::iter::repeat_n(bytes, count));
        assert_eq!(room(1_000, 100), 4_000, "small ones: as many as there may be");
        assert_eq!(room(1_000, 2_000), 375);
        assert_eq!(room(375, 1_000), 750);
        assert_eq!(room(3, 2_000_000), 1, "one at a time, however large it is");
        assert_eq!(room(5, 0), 4_000);
        assert_eq!(room(0, 0), 1);
    }

    #[test]
    fn nobody_is_told_a_revision_twice_nor_an_older_one_after_it() {
        let told = |after, mug| {
            let item =
                |key: &str, revision| Item { key: key.into(), revision, entry: Bytes::new() };
            let items = [item("MUG", mug), item("POT", 6)];
            let ahead = HashMap::from([("MUG".to_owned(), 7)]);
            let told = untold(&items, after, &ahead).into_iter().map(|it| it.key.clone());
            told.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(None, 6), "POT");
        assert_eq!(told(None, 7), "POT");
        assert_eq!(told(None, 8), "MUG POT");
        assert_eq!(told(Some("MUG"), 8), "POT");
        assert_eq!(told(Some("POT"), 8), "");
    }
}
