mod besides;
mod lagging;
mod level;
mod movements;
mod namesakes;
mod queue;
mod save;

pub use besides::Besides;
pub use movements::{Movement, Recorded, movements};

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use self::level::{REST, TOLD, each, told, whole};
use super::{Level, LevelKey};
use crate::books::{Added, Entry, Updated};
use crate::id::{Environment, Location, Sku};
use crate::postgres::{Place, Writes};

impl Entry for Level {
    type Key = LevelKey;

    const KIND: Option<&'static str> = Some("stock_level");

    const HAS_PLACE: bool = true;

    fn key(&self) -> LevelKey {
        self.key.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    /// A newer reading of the same figures tells nobody anything.
    fn quiet(&self, before: &Level) -> bool {
        self.looks_like(before)
    }

    fn check(&self) -> Result<(), String> {
        self.must_be_sound()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[LevelKey],
    ) -> sqlx::Result<Vec<Level>> {
        let found = Level::find(conn, of, keys).await?;
        Ok(found.into_iter().map(|(level, _)| level).collect())
    }

    async fn find(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[LevelKey],
    ) -> sqlx::Result<Vec<(Level, Place)>> {
        // Where Postgres can count what is asked for it thinks less of it, and plans each time anew.
        let sql = format!(
            "
            select found.*
            from (
                select unnest((select $2::text[])) as sku, unnest((select $3::text[])) as location
            ) as asked
            cross join lateral (
                select {TOLD}, {REST}, ctid
                from stock_level
                where environment = $1 and sku = asked.sku and location = asked.location
                limit 1
            ) as found
            "
        );
        // Nothing but what stands in our code is in it.
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(of.0)
            .bind(keys.iter().map(|it| it.sku.as_str()).collect::<Vec<_>>())
            .bind(keys.iter().map(|it| it.location.as_str()).collect::<Vec<_>>())
            .fetch(conn);
        let mut found = Vec::new();
        each(rows, whole, |it| found.push(it)).await?;
        Ok(found)
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Level]) {
        save::save(writes, of, entries);
    }

    fn update(writes: &mut Writes, of: Environment, updated: &[Updated<Level>]) {
        save::update(writes, of, updated);
    }

    fn insert(writes: &mut Writes, of: Environment, added: &[Added<Level>]) {
        save::insert(writes, of, added);
    }
}

/// Tells levels by key, from behind `after` on, each as it comes; only those of the named skus and locations, where
/// any are named. What it takes to decide on them is not read: a fourth of what Postgres has to do for a first sync of
/// a million.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    (skus, locations): (&[Sku], &[Location]),
    after: Option<(&str, &str)>,
    limit: i64,
    tell: impl FnMut(Level),
) -> sqlx::Result<()> {
    let (sku, location) = after.unwrap_or_default();
    let sql = format!(
        "
        select {TOLD}
        from stock_level
        where environment = $1 and (sku, location) > ($2, $3)
            and (cardinality($4::text[]) = 0 or sku = any($4))
            and (cardinality($5::text[]) = 0 or location = any($5))
        order by sku, location
        limit $6
        "
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(of.0)
        .bind(sku)
        .bind(location)
        .bind(skus.iter().map(Sku::as_str).collect::<Vec<_>>())
        .bind(locations.iter().map(Location::as_str).collect::<Vec<_>>())
        .bind(limit)
        .fetch(conn);
    each(rows, told, tell).await
}

/// The places at which somebody waits for an article.
pub async fn waiting(
    conn: &mut PgConnection,
    of: Environment,
    sku: &Sku,
) -> sqlx::Result<Vec<LevelKey>> {
    let rows = sqlx::query(
        "
        select sku, location
        from stock_level
        where environment = $1 and sku = $2 and 0 < back_ordered
        ",
    )
    .bind(of.0)
    .bind(sku.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(key).collect()
}

fn key(row: &PgRow) -> sqlx::Result<LevelKey> {
    Ok(LevelKey {
        sku: Sku::stored(row.try_get("sku")?),
        location: Location::stored(row.try_get("location")?),
    })
}
