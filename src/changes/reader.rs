use std::collections::HashMap;

use super::token::{Position, Scope, Tokens, foreign};
use super::{Feed, Item, store};
use crate::error::{Reason, Refusal, Result};
use crate::id::Environment;
use crate::incarnation::Incarnation;
use crate::lanes;
use crate::postgres::Reads;

/// How many entries may have been sent ahead of their place before they are forgotten.
const AHEAD_MAX: usize = 100_000;
/// What is answered at once has about so many bytes at most; one entry may have more.
pub const MESSAGE_BYTES: usize = 1_000_000;
const BEGINNING: Position = Position::Within { as_of: -1, after: None, count: 0 };

/// Reads one stream for one reader, a page at a time. Each page is read in one snapshot of the
/// database, so that its rows and the log agree.
pub struct Reader<F: Feed> {
    feed: F,
    filter: F::Filter,
    reads: Reads,
    tokens: Tokens,
    incarnation: Incarnation,
    scope: Scope,
    /// Where the reader stands.
    pub position: Position,
    /// The last revision that the reader was told it stands at; what lies between that and the
    /// position was not of its filter.
    pub told: i64,
    /// Entries that were sent newer than their page, and will be met again at this revision.
    ahead: HashMap<String, i64>,
}

/// What comes next.
pub enum Page<E> {
    /// The snapshot begins: nothing of it was read yet.
    Begin {
        /// What it will hold.
        as_of: i64,
    },
    /// Some of a snapshot.
    Chunk(Vec<E>),
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
        entries: Vec<E>,
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
            scope,
            position: BEGINNING,
            told: 0,
            ahead: HashMap::new(),
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
        let start = store::start(&mut conn, of).await.map_err(Refusal::of_read)?;
        let head = lanes::head(&mut conn, of).await.map_err(Refusal::of_read)?;
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
    pub async fn next(&mut self, limit: i64) -> Result<Page<F::Entry>> {
        self.next_within(limit, false).await
    }

    /// The next page, no more than `limit` entries and than fit into one message. A revision that
    /// has more comes in parts, of which the last moves the revision.
    pub async fn next_part(&mut self, limit: i64) -> Result<Page<F::Entry>> {
        self.next_within(limit, true).await
    }

    async fn next_within(&mut self, limit: i64, in_parts: bool) -> Result<Page<F::Entry>> {
        match self.position.clone() {
            Position::Within { as_of: -1, .. } => {
                self.begin_now().await?;
                Ok(self.begin_snapshot(self.told))
            }
            Position::Within { as_of, after, count } => {
                self.chunk(as_of, after, count, limit).await
            }
            Position::Behind(revision) => self.changes(revision, None, limit, in_parts).await,
            Position::Among { revision, end, after } => {
                self.changes(revision, Some((end, after)), limit, in_parts).await
            }
        }
    }

    fn begin_snapshot(&mut self, as_of: i64) -> Page<F::Entry> {
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
    ) -> Result<Page<F::Entry>> {
        let walk = self.reads.walk_of(self.scope.of).await;
        let mut tx = walk.map_err(Refusal::of_read)?;
        let (feed, of) = (self.feed.clone(), self.scope.of);
        let mut items = feed.snapshot(&mut tx, of, &self.filter, after.as_deref(), limit).await?;
        // Nothing was written; whether the database hears of the end does not matter.
        let _ = tx.rollback().await;
        items.truncate(fitting(&items));
        let Some(last) = items.last() else {
            self.position = Position::Behind(as_of);
            self.told = as_of;
            return Ok(Page::End { count });
        };
        let count = count + items.len() as i64;
        self.position = Position::Within { as_of, after: Some(last.key.clone()), count };
        // What changed since the snapshot began comes again as a change, and is not told twice.
        self.note_ahead(&items, as_of);
        Ok(Page::Chunk(items.into_iter().map(|it| it.entry).collect()))
    }

    async fn changes(
        &mut self,
        from: i64,
        under_way: Option<(i64, String)>,
        limit: i64,
        in_parts: bool,
    ) -> Result<Page<F::Entry>> {
        let moment = self.reads.moment_of(self.scope.of).await;
        let mut tx = moment.map_err(Refusal::of_read)?;
        let of = self.scope.of;
        let head = lanes::head(&mut tx, of).await.map_err(Refusal::of_read)?;
        let start = store::start(&mut tx, of).await.map_err(Refusal::of_read)?;
        // Another process may have declared a restore: revisions jump, and tokens of before end.
        self.incarnation.refresh(&mut tx).await.map_err(Refusal::of_read)?;
        if self.incarnation.number() != self.scope.incarnation || head < from {
            return Err(foreign());
        }
        if from < start {
            return Err(expired(start));
        }
        // What is under way is read as a whole once more: the limit was met when it began.
        let (until, keys) = match &under_way {
            Some((end, _)) => (*end, i64::MAX),
            None => (head, limit),
        };
        let part = store::part(&mut tx, of, self.feed.kinds(), (from, until), keys);
        let store::Part { asked, end } = part.await.map_err(Refusal::of_read)?;
        let feed = self.feed.clone();
        if feed.begins_again(&self.filter, &asked) {
            let _ = tx.rollback().await;
            return Ok(self.begin_snapshot(head));
        }
        let mut items = if asked.is_empty() {
            Vec::new()
        } else {
            feed.read(&mut tx, of, &self.filter, &asked).await?
        };
        // Nothing was written; whether the database hears of the end does not matter.
        let _ = tx.rollback().await;

        items.sort_by(|a, b| a.key.cmp(&b.key));
        if let Some((_, after)) = under_way {
            items.retain(|it| after < it.key);
        }
        // Within a stream no key comes twice at one revision.
        items.retain(|it| self.ahead.get(&it.key) != Some(&it.revision));
        self.ahead.retain(|_, revision| end < *revision);

        let previous = self.told;
        let fitting = fitting(&items).min(usize::try_from(limit).unwrap_or(usize::MAX));
        if in_parts && fitting < items.len() {
            items.truncate(fitting);
            self.note_ahead(&items, end);
            let after = items.last().map(|it| it.key.clone()).unwrap_or_default();
            self.position = Position::Among { revision: from, end, after };
            let entries = items.into_iter().map(|it| it.entry).collect();
            return Ok(Page::Changes { previous, revision: from, entries, is_head: false });
        }
        self.note_ahead(&items, end);
        self.position = Position::Behind(end);
        if !items.is_empty() {
            self.told = end;
        }
        let entries = items.into_iter().map(|it| it.entry).collect();
        Ok(Page::Changes { previous, revision: end, entries, is_head: end == head })
    }

    fn note_ahead(&mut self, items: &[Item<F::Entry>], end: i64) {
        let ahead = items.iter().filter(|it| end < it.revision);
        let room = AHEAD_MAX.saturating_sub(self.ahead.len());
        self.ahead.extend(ahead.take(room).map(|it| (it.key.clone(), it.revision)));
    }
}

/// How many of these go into one message: at least one.
fn fitting<E: prost::Message>(items: &[Item<E>]) -> usize {
    let mut bytes = 0;
    let over = items.iter().position(|it| {
        bytes += it.entry.encoded_len();
        MESSAGE_BYTES < bytes
    });
    over.map_or(items.len(), |it| it.max(1))
}

fn expired(start: i64) -> Refusal {
    let message = format!("the log begins at revision {start}, after this token; take a snapshot");
    Refusal::new(Reason::ResumeTokenExpired, message).with("log_start", start)
}
