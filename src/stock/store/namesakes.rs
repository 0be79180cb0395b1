//! Levels that are called the same but for case.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{PgConnection, Row as _};

use crate::books::Entry;
use crate::id::Environment;
use crate::postgres::Writes;
use crate::stock::LevelKey;
use crate::stock::namesakes::Namesakes;

impl Entry for Namesakes {
    type Key = LevelKey;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> LevelKey {
        self.folded.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[LevelKey],
    ) -> sqlx::Result<Vec<Namesakes>> {
        let rows = sqlx::query(
            "
            select found.nth, found.sku, found.location
            from namesakes($1, $2::text[], $3::text[]) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.location.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        let mut found: BTreeMap<&LevelKey, BTreeSet<LevelKey>> = BTreeMap::new();
        for row in &rows {
            let folded = &keys[row.try_get::<i64, _>("nth")? as usize - 1];
            found.entry(folded).or_default().insert(super::key(row)?);
        }
        let namesakes = |(folded, keys): (&LevelKey, _)| Namesakes { folded: folded.clone(), keys };
        Ok(found.into_iter().map(namesakes).collect())
    }

    /// The rows are the levels', which write them.
    fn save(_: &mut Writes, _: Environment, _: &[&Namesakes]) {}
}
