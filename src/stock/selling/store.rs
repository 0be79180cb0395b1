use std::collections::{HashMap, HashSet};

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Article, Assignment, Buffer, BufferKey, Sale, Sellability};
use crate::books::Entry;
use crate::decimal::Decimal;
use crate::documents::corrupt;
use crate::id::{Environment, Location, Sku, SystemName};
use crate::postgres::{Writes, write};
use crate::stock::store::Besides;
use crate::stock::{Filter, Level, LevelKey};

impl Entry for Assignment {
    type Key = SystemName;

    const KIND: Option<&'static str> = Some("stock_assignment");

    const SPARSE: Option<&'static str> = Some("stock_assignment");

    fn key(&self) -> SystemName {
        self.shop.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[SystemName],
    ) -> sqlx::Result<Vec<Assignment>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::text[])) as asked(shop)
            cross join lateral (
                select shop, locations, revision
                from stock_assignment
                where environment = $1 and shop = asked.shop
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(SystemName::as_str).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(assignment).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Assignment]) {
        for Assignment { shop, locations, revision } in entries {
            // Few and rare; arrays of arrays are one array to Postgres.
            write(
                writes,
                "
                insert into stock_assignment (environment, shop, locations, revision)
                values ($1, $2, $3, $4)
                on conflict (environment, shop) do update
                set locations = excluded.locations,
                    revision = excluded.revision
                ",
            )
            .bind(of.0)
            .bind(shop.as_str())
            .bind(locations.iter().map(Location::as_str).collect::<Vec<_>>())
            .bind(revision);
        }
    }
}

fn assignment(row: &PgRow) -> sqlx::Result<Assignment> {
    let locations: Vec<String> = row.try_get("locations")?;
    Ok(Assignment {
        shop: SystemName::stored(row.try_get("shop")?),
        locations: locations.iter().map(|it| Location::stored(it)).collect(),
        revision: row.try_get("revision")?,
    })
}

impl Entry for Buffer {
    type Key = BufferKey;

    const KIND: Option<&'static str> = Some("stock_buffer");

    const SPARSE: Option<&'static str> = Some("stock_buffer");

    fn key(&self) -> BufferKey {
        self.key.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[BufferKey],
    ) -> sqlx::Result<Vec<Buffer>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::text[]), (select $3::text[]), (select $4::text[]))
                as asked(shop, sku, location)
            cross join lateral (
                select shop, sku, location, units, revision
                from stock_buffer
                where environment = $1 and shop = asked.shop and sku = asked.sku
                    and location = asked.location
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.shop.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(place).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(buffer).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Buffer]) {
        write(
            writes,
            "
            insert into stock_buffer (environment, shop, sku, location, units, revision)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::numeric[]), unnest($6::bigint[])
            on conflict (environment, shop, sku, location) do update
            set units = excluded.units,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.shop.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| place(&it.key)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.units).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

fn place(key: &BufferKey) -> &str {
    key.location.as_ref().map(Location::as_str).unwrap_or_default()
}

fn buffer(row: &PgRow) -> sqlx::Result<Buffer> {
    let location: &str = row.try_get("location")?;
    Ok(Buffer {
        key: BufferKey {
            shop: SystemName::stored(row.try_get("shop")?),
            sku: Sku::stored(row.try_get("sku")?),
            location: (!location.is_empty()).then(|| Location::stored(location)),
        },
        units: row.try_get("units")?,
        revision: row.try_get("revision")?,
    })
}

impl Entry for Sellability {
    type Key = Sku;

    const KIND: Option<&'static str> = Some("sellability");

    const SPARSE: Option<&'static str> = Some("sellability");

    fn key(&self) -> Sku {
        self.said.sku.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    /// A newer version that says the same tells nobody anything.
    fn quiet(&self, before: &Sellability) -> bool {
        let Article { epoch, version, .. } = self.said;
        let as_new = Article { epoch, version, ..before.said.clone() };
        (&as_new, before.sale) == (&self.said, self.sale)
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[Sku],
    ) -> sqlx::Result<Vec<Sellability>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::text[])) as asked(sku)
            cross join lateral (
                select sku, source_epoch, source_version, blocked, closed_out, from_time,
                    until_time, sale, revision
                from sellability
                where environment = $1 and sku = asked.sku
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(Sku::as_str).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(sellability).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Sellability]) {
        let said = || entries.iter().map(|it| &it.said);
        write(
            writes,
            "
            insert into sellability (environment, sku, source_epoch, source_version, blocked,
                closed_out, from_time, until_time, sale, revision)
            select $1, unnest($2::text[]), unnest($3::bigint[]), unnest($4::bigint[]),
                unnest($5::boolean[]), unnest($6::boolean[]), unnest($7::timestamptz[]),
                unnest($8::timestamptz[]), unnest($9::text[]), unnest($10::bigint[])
            on conflict (environment, sku) do update
            set source_epoch = excluded.source_epoch,
                source_version = excluded.source_version,
                blocked = excluded.blocked,
                closed_out = excluded.closed_out,
                from_time = excluded.from_time,
                until_time = excluded.until_time,
                sale = excluded.sale,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(said().map(|it| it.sku.as_str()).collect::<Vec<_>>())
        .bind(said().map(|it| it.epoch).collect::<Vec<_>>())
        .bind(said().map(|it| it.version).collect::<Vec<_>>())
        .bind(said().map(|it| it.blocked).collect::<Vec<_>>())
        .bind(said().map(|it| it.closed_out).collect::<Vec<_>>())
        .bind(said().map(|it| it.from).collect::<Vec<_>>())
        .bind(said().map(|it| it.until).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.sale.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

fn sellability(row: &PgRow) -> sqlx::Result<Sellability> {
    let sale = row.try_get("sale")?;
    Ok(Sellability {
        said: Article {
            sku: Sku::stored(row.try_get("sku")?),
            epoch: row.try_get("source_epoch")?,
            version: row.try_get("source_version")?,
            blocked: row.try_get("blocked")?,
            closed_out: row.try_get("closed_out")?,
            from: row.try_get("from_time")?,
            until: row.try_get("until_time")?,
        },
        sale: Sale::parse(sale).ok_or_else(|| corrupt(sale))?,
        revision: row.try_get("revision")?,
    })
}

/// Assignments by shop, from behind `after` on; only this shop's, if one is named.
pub async fn assignments(
    conn: &mut PgConnection,
    of: Environment,
    shop: Option<&SystemName>,
    after: Option<&str>,
    limit: i64,
) -> sqlx::Result<Vec<Assignment>> {
    let rows = sqlx::query(
        "
        select shop, locations, revision
        from stock_assignment
        where environment = $1 and shop > $2 and ($3::text is null or shop = $3)
        order by shop
        limit $4
        ",
    )
    .bind(of.0)
    .bind(after.unwrap_or_default())
    .bind(shop.map(SystemName::as_str))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(assignment).collect()
}

/// Buffers by shop, article and location, from behind `after` on; only this shop's, if one is named.
pub async fn buffers(
    conn: &mut PgConnection,
    of: Environment,
    shop: Option<&SystemName>,
    after: Option<&BufferKey>,
    limit: i64,
) -> sqlx::Result<Vec<Buffer>> {
    let rows = sqlx::query(
        "
        select shop, sku, location, units, revision
        from stock_buffer
        where environment = $1 and (shop, sku, location) > ($2, $3, $4)
            and ($5::text is null or shop = $5)
        order by shop, sku, location
        limit $6
        ",
    )
    .bind(of.0)
    .bind(after.map(|it| it.shop.as_str()).unwrap_or_default())
    .bind(after.map(|it| it.sku.as_str()).unwrap_or_default())
    .bind(after.map(place).unwrap_or_default())
    .bind(shop.map(SystemName::as_str))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(buffer).collect()
}

/// Articles by sku, from behind `after` on; only this one, if one is named.
pub async fn articles(
    conn: &mut PgConnection,
    of: Environment,
    sku: Option<&Sku>,
    after: Option<&str>,
    limit: i64,
) -> sqlx::Result<Vec<Sellability>> {
    let rows = sqlx::query(
        "
        select sku, source_epoch, source_version, blocked, closed_out, from_time, until_time, sale,
            revision
        from sellability
        where environment = $1 and sku > $2 and ($3::text is null or sku = $3)
        order by sku
        limit $4
        ",
    )
    .bind(of.0)
    .bind(after.unwrap_or_default())
    .bind(sku.map(Sku::as_str))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(sellability).collect()
}

/// How levels look: as they are, or as a shop sees them.
pub struct Eyes {
    shop: Option<SystemName>,
    sales: HashMap<Sku, Sellability>,
    buffers: HashMap<BufferKey, Buffer>,
}

/// A level as it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// As it is.
    pub level: Level,
    /// What the shop must leave there; `None`: no shop looks.
    pub buffer: Option<Decimal>,
    /// Whether the article is sold, as shops were told last; `None`: no shop looks.
    pub sale: Option<Sale>,
    /// Of the last change of any of these: it never falls, because none of them is ever deleted.
    pub revision: i64,
}

impl Eyes {
    /// Whatever it takes to look at these levels. Read at the same moment as they are.
    pub async fn open(
        conn: &mut PgConnection,
        of: Environment,
        besides: Besides,
        shop: Option<&SystemName>,
        levels: impl IntoIterator<Item = &LevelKey>,
    ) -> sqlx::Result<Eyes> {
        let mut eyes = Eyes::plain(shop);
        if let Some(shop) = shop {
            let levels: HashSet<_> = levels.into_iter().collect();
            if besides.sellability {
                let skus: HashSet<_> = levels.iter().map(|it| it.sku.clone()).collect();
                let skus: Vec<_> = skus.into_iter().collect();
                let found = Sellability::load(conn, of, &skus).await?;
                eyes.sales.extend(found.into_iter().map(|it| (it.key(), it)));
            }
            if besides.buffers {
                let keys: HashSet<_> =
                    levels.iter().flat_map(|it| BufferKey::of(shop, it)).collect();
                let keys: Vec<_> = keys.into_iter().collect();
                let found = Buffer::load(conn, of, &keys).await?;
                eyes.buffers.extend(found.into_iter().map(|it| (it.key(), it)));
            }
        }
        Ok(eyes)
    }

    /// As it takes where all is for sale, and nothing is kept back.
    pub fn plain(shop: Option<&SystemName>) -> Eyes {
        Eyes { shop: shop.cloned(), sales: HashMap::new(), buffers: HashMap::new() }
    }

    /// What they see of it.
    pub fn see(&self, level: Level) -> Seen {
        let (sale, changed) = self.sale(&level.key.sku);
        let revision = level.revision.max(changed);
        let Some(shop) = &self.shop else { return Seen { level, buffer: None, sale, revision } };
        if self.buffers.is_empty() {
            return Seen { level, buffer: Some(Decimal::ZERO), sale, revision };
        }
        let keys = BufferKey::of(shop, &level.key);
        let there = || keys.iter().filter_map(|it| self.buffers.get(it));
        let buffer = there().find_map(|it| it.units).unwrap_or_default();
        let revision = there().map(|it| it.revision).fold(revision, i64::max);
        Seen { level, buffer: Some(buffer), sale, revision }
    }

    /// Whether an article is sold, and since which revision.
    pub fn sale(&self, sku: &Sku) -> (Option<Sale>, i64) {
        let there = self.sales.get(sku);
        let sale = there.map_or(Sale::Open, |it| it.sale);
        (self.shop.is_some().then_some(sale), there.map_or(0, |it| it.revision))
    }
}

impl Seen {
    /// What of it may be sold to whoever looks, if it is for sale.
    pub fn sellable(&self) -> Decimal {
        self.level.sellable_less(self.buffer.unwrap_or_default())
    }
}

/// A filter, less what the shop that reads does not see; `None` where nothing is left.
pub async fn narrowed(
    conn: &mut PgConnection,
    of: Environment,
    filter: &Filter,
) -> sqlx::Result<Option<Filter>> {
    let mut filter = filter.clone();
    let Some(shop) = &filter.shop else { return Ok(Some(filter)) };
    let assigned = Assignment::load(conn, of, std::slice::from_ref(shop)).await?.pop();
    let assigned = assigned.map(|it| it.locations).unwrap_or_default();
    if assigned.is_empty() {
        return Ok(Some(filter));
    }
    if filter.locations.is_empty() {
        filter.locations = assigned;
    } else {
        filter.locations.retain(|it| assigned.contains(it));
    }
    Ok((!filter.locations.is_empty()).then_some(filter))
}
