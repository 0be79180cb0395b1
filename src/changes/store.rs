use std::collections::BTreeMap;

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

/// The log from behind `position` on: whole revisions, about `limit` keys of them, and as a whole up
/// to `head` if there are fewer. One revision may have more.
pub async fn part(
    conn: &mut PgConnection,
    of: Environment,
    kinds: &[&str],
    (position, head): (i64, i64),
    limit: i64,
) -> sqlx::Result<Part> {
    let rows = sqlx::query(
        "
        with cut as (
            select max(revision) as revision
            from (
                select revision,
                    sum(size) over (order by revision)
                        - sum(size) over (partition by revision) as before
                from (
                    select revision, cardinality(keys) as size
                    from log
                    where environment = $1 and revision > $2 and revision <= $3
                        and kind = any($4)
                    order by revision
                    limit $5
                ) as first
            ) as counted
            where before < $5
        )
        select log.revision, log.kind, log.removed, log.keys,
            exists (
                select
                from log as later
                where later.environment = $1 and later.revision > cut.revision
                    and later.revision <= $3 and later.kind = any($4)
            ) as is_cut
        from cut
        cross join log
        where log.environment = $1 and log.revision > $2 and log.revision <= cut.revision
            and log.kind = any($4)
        order by log.revision, log.kind, log.removed
        ",
    )
    .bind(of.0)
    .bind(position)
    .bind(head)
    .bind(kinds)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let mut asked: BTreeMap<(String, String), (i64, bool)> = BTreeMap::new();
    let mut end = head;
    for row in &rows {
        let (revision, removed): (i64, bool) = (row.try_get("revision")?, row.try_get("removed")?);
        let kind: String = row.try_get("kind")?;
        for key in row.try_get::<Vec<String>, _>("keys")? {
            asked.insert((kind.clone(), key), (revision, removed));
        }
        if row.try_get("is_cut")? {
            end = revision;
        }
    }
    let asked = asked.into_iter();
    let asked = asked
        .map(|((kind, key), (revision, removed))| Asked { kind, key, revision, removed })
        .collect();
    Ok(Part { asked, end })
}
