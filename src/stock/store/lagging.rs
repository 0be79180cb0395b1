//! Sources of which all that they say is stale.

use sqlx::{PgConnection, Row as _};

use crate::books::Entry;
use crate::id::{Environment, SystemName};
use crate::postgres::{Writes, write};
use crate::stock::lagging::Lagging;

impl Entry for Lagging {
    type Key = SystemName;

    /// Its incident is told.
    const KIND: Option<&'static str> = None;

    const SPARSE: Option<&'static str> = Some("stock_lagging");

    fn key(&self) -> SystemName {
        self.source.clone()
    }

    fn check(&self) -> Result<(), String> {
        if self.levels < 0 {
            return Err(format!(
                "violated: a source lags behind at no or at some levels: {self:?}"
            ));
        }
        Ok(())
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[SystemName],
    ) -> sqlx::Result<Vec<Lagging>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::text[])) as asked(system)
            cross join lateral (
                select system, levels, sku, location
                from stock_lagging
                where environment = $1 and system = asked.system
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(SystemName::as_str).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter()
            .map(|it| {
                let source = SystemName::stored(it.try_get("system")?);
                Ok(Lagging { source, levels: it.try_get("levels")?, last: super::key(it)? })
            })
            .collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Lagging]) {
        write(
            writes,
            "
            insert into stock_lagging (environment, system, levels, sku, location)
            select $1, unnest($2::text[]), unnest($3::bigint[]), unnest($4::text[]),
                unnest($5::text[])
            on conflict (environment, system) do update
            set levels = excluded.levels,
                sku = excluded.sku,
                location = excluded.location
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.source.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.levels).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.last.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.last.location.as_str()).collect::<Vec<_>>());
    }
}
