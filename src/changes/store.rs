use sqlx::{PgConnection, Row as _};

use super::Asked;
use crate::id::Environment;

/// Up to where the log was pruned; 0 where it is whole.
pub async fn start(conn: &mut PgConnection, of: Environment) -> sqlx::Result<i64> {
    let start = sqlx::query_scalar("select revision from log_start where environment = $1")
        .bind(of.0)
        .fetch_optional(conn)
        .await?;
    Ok(start.unwrap_or_default())
}

/// A part of the log: its revisions are whole.
pub struct Part {
    /// What changed, each key once, at its newest revision of this part.
    pub asked: Vec<Asked>,
    /// The last revision of this part.
    pub end: i64,
}

/// The log from behind `position` on, about `limit` rows of it, and as a whole up to `head` if
/// there are fewer.
pub async fn part(
    conn: &mut PgConnection,
    of: Environment,
    kinds: &[&str],
    (position, head): (i64, i64),
    limit: i64,
) -> sqlx::Result<Part> {
    // The rows behind the limit that belong to its last revision come along.
    let rows = sqlx::query(
        "
        with cut as (
            select max(revision) as revision, count(*) as rows
            from (
                select revision
                from log
                where environment = $1 and revision > $2 and kind = any($3)
                order by revision
                limit $4
            ) as first
        )
        select log.revision, log.kind, log.removed, log.keys, cut.rows
        from cut
        cross join log
        where log.environment = $1 and log.revision > $2 and log.revision <= cut.revision
            and log.kind = any($3)
        order by log.revision, log.kind, log.removed
        ",
    )
    .bind(of.0)
    .bind(position)
    .bind(kinds)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let mut asked: std::collections::BTreeMap<(String, String), (i64, bool)> = Default::default();
    let mut end = head;
    for row in &rows {
        let (revision, removed): (i64, bool) = (row.try_get("revision")?, row.try_get("removed")?);
        let kind: String = row.try_get("kind")?;
        for key in row.try_get::<Vec<String>, _>("keys")? {
            asked.insert((kind.clone(), key), (revision, removed));
        }
        if limit <= row.try_get::<i64, _>("rows")? {
            end = revision;
        }
    }
    let asked = asked.into_iter();
    let asked = asked
        .map(|((kind, key), (revision, removed))| Asked { kind, key, revision, removed })
        .collect();
    Ok(Part { asked, end })
}
