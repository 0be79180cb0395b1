use std::collections::BTreeMap;

use sqlx::{PgConnection, Row as _};

use super::model::{Composition, Kept, Uses};
use crate::books::Entry;
use crate::id::{Environment, Location, Sku};
use crate::postgres::{Writes, write};

/// How many articles that are made of others are listed at once.
const AT_ONCE: i64 = 500;

impl Entry for Composition {
    type Key = Sku;

    const KIND: Option<&'static str> = Some("composition");

    const SPARSE: Option<&'static str> = Some("composition");

    fn key(&self) -> Sku {
        self.sku.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    /// A newer version of the same parts tells nobody anything.
    fn quiet(&self, before: &Composition) -> bool {
        self.parts == before.parts
    }

    fn check(&self) -> Result<(), String> {
        self.must_be_sound()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Sku],
    ) -> sqlx::Result<Vec<Composition>> {
        let rows = sqlx::query(
            "
            select head.sku, head.source_epoch, head.source_version, head.revision, found.part,
                found.quantity
            from unnest($2::text[]) as asked(sku)
            cross join lateral (
                select sku, source_epoch, source_version, revision
                from composition
                where environment = $1 and sku = asked.sku
                limit 1
            ) as head
            left join lateral (
                select part, quantity
                from composition_part
                where environment = $1 and sku = asked.sku
                offset 0
            ) as found on true
            order by head.sku
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(Sku::as_str).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        let mut found: Vec<Composition> = Vec::new();
        for row in rows {
            let sku = row.try_get("sku")?;
            if found.last().is_none_or(|it| it.sku.as_str() != sku) {
                found.push(Composition {
                    sku: Sku::stored(sku),
                    parts: BTreeMap::new(),
                    epoch: row.try_get("source_epoch")?,
                    version: row.try_get("source_version")?,
                    revision: row.try_get("revision")?,
                });
            }
            let part: Option<&str> = row.try_get("part")?;
            if let (Some(part), Some(of)) = (part, found.last_mut()) {
                of.parts.insert(Sku::stored(part), row.try_get("quantity")?);
            }
        }
        Ok(found)
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Composition]) {
        write(
            writes,
            "
            insert into composition (environment, sku, source_epoch, source_version, revision)
            select $1, unnest($2::text[]), unnest($3::bigint[]), unnest($4::bigint[]),
                unnest($5::bigint[])
            on conflict (environment, sku) do update
            set source_epoch = excluded.source_epoch,
                source_version = excluded.source_version,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.epoch).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.version).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
        let parts = || {
            entries.iter().flat_map(|it| it.parts.iter().map(move |part| (it.sku.as_str(), part)))
        };
        write(
            writes,
            "
            insert into composition_part (environment, sku, part, quantity)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::numeric[])
            on conflict (environment, sku, part) do update
            set quantity = excluded.quantity
            ",
        )
        .bind(of.0)
        .bind(parts().map(|it| it.0).collect::<Vec<_>>())
        .bind(parts().map(|it| it.1.0.as_str()).collect::<Vec<_>>())
        .bind(parts().map(|it| *it.1.1).collect::<Vec<_>>());
    }
}

impl Entry for Uses {
    type Key = Sku;

    const KIND: Option<&'static str> = None;

    const SPARSE: Option<&'static str> = Some("composition_part");

    fn key(&self) -> Sku {
        self.part.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Sku],
    ) -> sqlx::Result<Vec<Uses>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest($2::text[]) as asked(part)
            cross join lateral (
                select part, sku, 0 < quantity as still
                from composition_part
                where environment = $1 and part = asked.part
                offset 0
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(Sku::as_str).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        let mut found: BTreeMap<Sku, Uses> = BTreeMap::new();
        for row in rows {
            let part = Sku::stored(row.try_get("part")?);
            let uses = found.entry(part.clone());
            let uses = uses.or_insert_with(|| Uses { part, of: BTreeMap::new() });
            uses.of.insert(Sku::stored(row.try_get("sku")?), row.try_get("still")?);
        }
        Ok(found.into_values().collect())
    }

    /// The rows are the compositions', which write them.
    fn save(_: &mut Writes, _: Environment, _: &[&Uses]) {}
}

impl Entry for Kept {
    type Key = Sku;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> Sku {
        self.sku.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Sku],
    ) -> sqlx::Result<Vec<Kept>> {
        let at = places(conn, of, keys, true).await?;
        Ok(at.into_iter().map(|(sku, at)| Kept { sku, at }).collect())
    }

    /// The rows are the levels', which write them.
    fn save(_: &mut Writes, _: Environment, _: &[&Kept]) {}
}

/// Where articles have levels: all of them, or those with something on hand, promised, or stale.
pub async fn places(
    conn: &mut PgConnection,
    of: Environment,
    skus: &[Sku],
    only_kept: bool,
) -> sqlx::Result<BTreeMap<Sku, Vec<Location>>> {
    let rows = sqlx::query(
        "
        select found.*
        from unnest($2::text[]) as asked(sku)
        cross join lateral (
            select sku, location
            from stock_level
            where environment = $1 and sku = asked.sku
                and (not $3 or on_hand <> 0 or reserved <> 0 or back_ordered <> 0
                    or committed <> 0 or stale_by is not null)
            offset 0
        ) as found
        ",
    )
    .bind(of.0)
    .bind(skus.iter().map(Sku::as_str).collect::<Vec<_>>())
    .bind(only_kept)
    .fetch_all(conn)
    .await?;
    let mut at: BTreeMap<Sku, Vec<Location>> = BTreeMap::new();
    for row in rows {
        let location = Location::stored(row.try_get("location")?);
        at.entry(Sku::stored(row.try_get("sku")?)).or_default().push(location);
    }
    Ok(at)
}

/// Compositions by sku, from behind `after` on.
pub async fn page(
    conn: &mut PgConnection,
    of: Environment,
    after: &str,
    limit: i64,
) -> sqlx::Result<Vec<Composition>> {
    let skus: Vec<String> = sqlx::query_scalar(
        "
        select sku
        from composition
        where environment = $1 and sku > $2
        order by sku
        limit $3
        ",
    )
    .bind(of.0)
    .bind(after)
    .bind(limit)
    .fetch_all(&mut *conn)
    .await?;
    let skus: Vec<_> = skus.iter().map(|it| Sku::stored(it)).collect();
    // By sku, as they are loaded.
    Composition::load(conn, of, &skus).await
}

/// Articles that are made of others now, by sku, from `from` on or from behind it; only of these, where
/// any are named.
pub async fn composed(
    conn: &mut PgConnection,
    of: Environment,
    (from, including): (&str, bool),
    only: &[Sku],
) -> sqlx::Result<Vec<Sku>> {
    let skus: Vec<String> = sqlx::query_scalar(
        "
        select sku
        from composition
        where environment = $1 and sku >= $2 and ($5 or sku > $2)
            and (cardinality($3::text[]) = 0 or sku = any($3))
            and exists (
                select
                from composition_part as part
                where part.environment = $1 and part.sku = composition.sku and 0 < part.quantity
            )
        order by sku
        limit $4
        ",
    )
    .bind(of.0)
    .bind(from)
    .bind(only.iter().map(Sku::as_str).collect::<Vec<_>>())
    .bind(AT_ONCE)
    .bind(including)
    .fetch_all(conn)
    .await?;
    Ok(skus.iter().map(|it| Sku::stored(it)).collect())
}
