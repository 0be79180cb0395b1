use std::collections::HashMap;

use sqlx::{Connection, PgPool};

use super::token::{Position, Scope, Tokens, foreign};
use super::{Feed, Item, store};
use crate::error::{Reason, Refusal, Result};
use crate::id::Environment;
use crate::lanes;

/// How many entries may have been sent ahead of their place before they are forgotten.
const AHEAD_MAX: usize = 100_000;

/// Reads one stream for one reader, a page at a time. Each page is read in one snapshot of the
/// database, so that its rows and the log agree.
pub struct Reader<F: Feed> {
    feed: F,
    filter: F::Filter,
    pool: PgPool,
    tokens: Tokens,
    scope: Scope,
    /// Where the reader stands.
    pub position: Position,
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
        /// Where the reader was before.
        previous: i64,
        /// Where it is now.
        revision: i64,
        /// What has changed.
        entries: Vec<E>,
        /// Whether there is nothing more for now.
        is_head: bool,
    },
}

impl<F: Feed> Reader<F> {
    /// A reader that has not read anything. It begins at the token, or with a snapshot.
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
        let position = Position::Within { as_of: -1, after: None, count: 0 };
        let (pool, tokens) = (changes.pool.clone(), changes.tokens.clone());
        Ok(Reader { feed, filter, pool, tokens, scope, position, ahead: HashMap::new() })
    }

    /// Begins where a token stands, if the log still reaches back to it.
    pub async fn resume(&mut self, token: &str) -> Result<()> {
        let position = self.tokens.read(&self.scope, token)?;
        let revision = match &position {
            Position::Behind(revision) => *revision,
            Position::Within { as_of, .. } => *as_of,
        };
        let mut conn = self.pool.acquire().await.map_err(Refusal::of_read)?;
        let of = self.scope.of;
        let start = store::start(&mut conn, of).await.map_err(Refusal::of_read)?;
        let head = lanes::head(&mut conn, of).await.map_err(Refusal::of_read)?;
        if head < revision {
            // What it has seen is not there any more.
            return Err(foreign());
        }
        if 0 <= revision && revision < start {
            return Err(expired(start));
        }
        self.position = position;
        Ok(())
    }

    /// Begins at the head.
    pub async fn begin_now(&mut self) -> Result<()> {
        let mut conn = self.pool.acquire().await.map_err(Refusal::of_read)?;
        let head = lanes::head(&mut conn, self.scope.of).await.map_err(Refusal::of_read)?;
        self.position = Position::Behind(head);
        Ok(())
    }

    /// The token of where the reader stands.
    pub fn token(&self) -> Result<String> {
        self.token_of(&self.position)
    }

    /// The token of some position.
    pub fn token_of(&self, position: &Position) -> Result<String> {
        self.tokens.sign(&self.scope, position)
    }

    /// The next page, about `limit` entries. Moves the position.
    pub async fn next(&mut self, limit: i64) -> Result<Page<F::Entry>> {
        match self.position.clone() {
            Position::Within { as_of: -1, .. } => {
                self.begin_now().await?;
                let Position::Behind(as_of) = self.position else { unreachable!("just set") };
                self.position = Position::Within { as_of, after: None, count: 0 };
                Ok(Page::Begin { as_of })
            }
            Position::Within { as_of, after, count } => {
                self.chunk(as_of, after, count, limit).await
            }
            Position::Behind(revision) => self.changes(revision, limit).await,
        }
    }

    async fn chunk(
        &mut self,
        as_of: i64,
        after: Option<String>,
        count: i64,
        limit: i64,
    ) -> Result<Page<F::Entry>> {
        let mut conn = self.pool.acquire().await.map_err(Refusal::of_read)?;
        let (feed, of) = (self.feed.clone(), self.scope.of);
        let items = feed.snapshot(&mut conn, of, &self.filter, after.as_deref(), limit).await?;
        let Some(last) = items.last() else {
            self.position = Position::Behind(as_of);
            return Ok(Page::End { count });
        };
        let count = count + items.len() as i64;
        self.position = Position::Within { as_of, after: Some(last.key.clone()), count };
        // What changed since the snapshot began comes again as a change, and is not told twice.
        self.note_ahead(&items, as_of);
        Ok(Page::Chunk(items.into_iter().map(|it| it.entry).collect()))
    }

    async fn changes(&mut self, previous: i64, limit: i64) -> Result<Page<F::Entry>> {
        let mut conn = self.pool.acquire().await.map_err(Refusal::of_read)?;
        let begin = "begin isolation level repeatable read read only";
        let mut tx = (*conn).begin_with(begin).await.map_err(Refusal::of_read)?;
        let of = self.scope.of;
        let head = lanes::head(&mut tx, of).await.map_err(Refusal::of_read)?;
        let start = store::start(&mut tx, of).await.map_err(Refusal::of_read)?;
        if previous < start {
            return Err(expired(start));
        }
        let kinds = self.feed.kinds();
        let part = store::part(&mut tx, of, kinds, (previous, head), limit);
        let store::Part { asked, end } = part.await.map_err(Refusal::of_read)?;
        let feed = self.feed.clone();
        let mut items = if asked.is_empty() {
            Vec::new()
        } else {
            feed.read(&mut tx, of, &self.filter, &asked).await?
        };
        // Nothing was written; whether the database hears of the end does not matter.
        let _ = tx.rollback().await;

        // Within a stream no key comes twice at one revision.
        items.retain(|it| self.ahead.get(&it.key) != Some(&it.revision));
        self.ahead.retain(|_, revision| end < *revision);
        self.note_ahead(&items, end);
        self.position = Position::Behind(end);
        let entries = items.into_iter().map(|it| it.entry).collect();
        Ok(Page::Changes { previous, revision: end, entries, is_head: end == head })
    }

    fn note_ahead(&mut self, items: &[Item<F::Entry>], end: i64) {
        let ahead = items.iter().filter(|it| end < it.revision);
        let room = AHEAD_MAX.saturating_sub(self.ahead.len());
        self.ahead.extend(ahead.take(room).map(|it| (it.key.clone(), it.revision)));
    }
}

fn expired(start: i64) -> Refusal {
    let message = format!("the log begins at revision {start}, after this token; take a snapshot");
    Refusal::new(Reason::ResumeTokenExpired, message).with("log_start", start)
}
