use std::collections::BTreeMap;

use sqlx::{FromRow, PgConnection};

use super::Asked;
use crate::id::Environment;

/// What there is of a history.
#[derive(FromRow)]
pub struct Log {
    /// The newest revision; 0 where nothing ever happened.
    pub head: i64,
    /// Up to where it was pruned; 0 where it is whole.
    pub start: i64,
}

/// How far the log of an environment reaches.
pub async fn log(conn: &mut PgConnection, of: Environment) -> sqlx::Result<Log> {
    sqlx::query_as(
        "
        select
            coalesce(
                (select revision from log where environment = $1 order by revision desc limit 1),
                0
            ) as head,
            coalesce((select revision from log_start where environment = $1), 0) as start
        ",
    )
    .bind(of.0)
    .fetch_one(conn)
    .await
}

/// A part of the log: its revisions are whole.
pub struct Part {
    /// What changed, each key once, at its newest revision of this part.
    pub asked: Vec<Asked>,
    /// The last revision of this part.
    pub end: i64,
}

/// The log from behind `position` on: whole revisions, about `limit` keys of them, and as a whole up
/// to `head` if there are fewer. One revision may have more.
///
/// Nothing here is for the planner to decide: how many keys a row has it cannot know, and one plan for
/// all would be a bad one for some.
pub async fn part(
    conn: &mut PgConnection,
    of: Environment,
    kinds: &[&str],
    (position, head): (i64, i64),
    limit: i64,
) -> sqlx::Result<Part> {
    let mut rows: Vec<Row> = Vec::new();
    let mut keys = 0;
    let is_whole = loop {
        let room = match rows.len() as i64 {
            0 => FEW,
            there => ((limit - keys) / (keys / there).max(1)).saturating_add(FEW),
        };
        let room = room.min(MANY);
        let behind = rows.last().map_or((position, i32::MAX), |it| (it.revision, it.part));
        let next = next(conn, of, kinds, (behind, head), room).await?;
        let is_whole = (next.len() as i64) < room;
        keys += next.iter().map(|it| it.keys.len() as i64).sum::<i64>();
        rows.extend(next);
        if is_whole {
            break true;
        }
        // Of all revisions before the last, no row is missing.
        let last = rows.last().map_or(position, |it| it.revision);
        if limit <= rows.iter().map(|it| it.keys_before(last)).sum() {
            break false;
        }
    };
    let rows = rows.into_iter().map(|it| (it.revision, it.kind, it.removed, it.keys));
    let part = cut(rows, (position, head), limit);
    debug_assert!(is_whole || part.end < head, "what was cut ends before its last row");
    Ok(part)
}

/// Whole revisions of rows that say what changed, about `limit` keys of them, and all up to `head` if there
/// are fewer. One revision may have more.
pub fn cut(
    rows: impl IntoIterator<Item = (i64, String, bool, Vec<String>)>,
    (position, head): (i64, i64),
    limit: i64,
) -> Part {
    let (mut end, mut before) = (position, 0);
    let mut asked: BTreeMap<(String, String), (i64, bool)> = BTreeMap::new();
    for (revision, kind, removed, keys) in rows {
        if end < revision && limit <= before {
            return Part { asked: listed(asked), end };
        }
        end = revision;
        before += keys.len() as i64;
        let named = keys.into_iter().map(|key| ((kind.clone(), key), (revision, removed)));
        asked.extend(named);
    }
    Part { asked: listed(asked), end: head }
}

/// Rows of the log that are read at once: first, and at most.
const FEW: i64 = 32;
const MANY: i64 = 1_000;

#[derive(FromRow)]
struct Row {
    revision: i64,
    part: i32,
    kind: String,
    removed: bool,
    keys: Vec<String>,
}

impl Row {
    /// How many keys it adds to those before a revision.
    fn keys_before(&self, revision: i64) -> i64 {
        if self.revision < revision { self.keys.len() as i64 } else { 0 }
    }
}

async fn next(
    conn: &mut PgConnection,
    of: Environment,
    kinds: &[&str],
    ((revision, part), head): ((i64, i32), i64),
    room: i64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "
        select revision, part, kind, removed, keys
        from log
        where environment = $1 and (revision, part) > ($2, $3) and revision <= $4
            and kind = any($5)
        order by revision, part
        limit $6
        ",
    )
    .bind(of.0)
    .bind(revision)
    .bind(part)
    .bind(head)
    .bind(kinds)
    .bind(room)
    .fetch_all(conn)
    .await
}

fn listed(asked: BTreeMap<(String, String), (i64, bool)>) -> Vec<Asked> {
    let asked = asked.into_iter();
    asked.map(|((kind, key), (revision, removed))| Asked { kind, key, revision, removed }).collect()
}
