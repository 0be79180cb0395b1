mod lists;

pub use lists::{
    find_token, find_world, has_operator, next_environment, system_of, systems, tenants, tokens,
    world_of, worlds,
};

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use super::{
    AdminName, Previous, Settings, System, SystemKey, Tenant, TheSettings, Token, World, WorldKey,
};
use crate::access::{Scope, SystemKind};
use crate::books::Entry;
use crate::id::{Environment, SystemName, TokenId};
use crate::postgres::{Writes, write};

impl Entry for Tenant {
    type Key = AdminName;

    const KIND: Option<&'static str> = Some("tenant");

    fn key(&self) -> AdminName {
        self.name.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[AdminName],
    ) -> sqlx::Result<Vec<Tenant>> {
        let rows = sqlx::query(
            "select name, created_at from tenant where environment = $1 and name = any($2)",
        )
        .bind(of.0)
        .bind(keys.iter().map(AdminName::as_str).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(tenant).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Tenant]) {
        for Tenant { name, created_at } in entries {
            write(writes, "insert into tenant (environment, name, created_at) values ($1, $2, $3)")
                .bind(of.0)
                .bind(name.as_str())
                .bind(created_at);
        }
    }
}

impl Entry for World {
    type Key = WorldKey;

    const KIND: Option<&'static str> = Some("environment");

    fn key(&self) -> WorldKey {
        self.key.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[WorldKey],
    ) -> sqlx::Result<Vec<World>> {
        let rows = sqlx::query(
            "
            select tenant, name, number, created_at
            from tenant_environment
            join unnest($2::text[], $3::text[]) as asked(tenant, name) using (tenant, name)
            where environment = $1
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.tenant.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.name.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(world).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&World]) {
        for World { key, number, created_at } in entries {
            write(
                writes,
                "
                insert into tenant_environment (environment, tenant, name, number, created_at)
                values ($1, $2, $3, $4, $5)
                ",
            )
            .bind(of.0)
            .bind(key.tenant.as_str())
            .bind(key.name.as_str())
            .bind(number.0)
            .bind(created_at);
        }
    }
}

impl Entry for System {
    type Key = SystemKey;

    const KIND: Option<&'static str> = Some("system");

    fn key(&self) -> SystemKey {
        self.key.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[SystemKey],
    ) -> sqlx::Result<Vec<System>> {
        let rows = sqlx::query(
            "
            select number, name, kind, created_at
            from tenant_system
            join unnest($2::int[], $3::text[]) as asked(number, name) using (number, name)
            where environment = $1
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.number.0).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.name.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(system).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&System]) {
        for System { key, kind, created_at } in entries {
            write(
                writes,
                "
                insert into tenant_system (environment, number, name, kind, created_at)
                values ($1, $2, $3, $4, $5)
                ",
            )
            .bind(of.0)
            .bind(key.number.0)
            .bind(key.name.as_str())
            .bind(kind.as_str())
            .bind(created_at);
        }
    }
}

impl Entry for Token {
    type Key = TokenId;

    const KIND: Option<&'static str> = Some("token");

    fn key(&self) -> TokenId {
        self.id
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[TokenId],
    ) -> sqlx::Result<Vec<Token>> {
        let rows = sqlx::query(
            "
            select id, number, system, kind, read_only, calls, digest, previous_digest,
                previous_until, created_at, rotated_at, expires_at, revoked_at
            from access_token
            where environment = $1 and id = any($2)
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(token).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Token]) {
        for it in entries {
            write(
                writes,
                "
                insert into access_token (environment, id, number, system, kind, read_only, calls,
                    digest, previous_digest, previous_until, created_at, rotated_at, expires_at,
                    revoked_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                on conflict (environment, id) do update
                set digest = excluded.digest,
                    previous_digest = excluded.previous_digest,
                    previous_until = excluded.previous_until,
                    rotated_at = excluded.rotated_at,
                    revoked_at = excluded.revoked_at
                ",
            )
            .bind(of.0)
            .bind(it.id.0)
            .bind(it.number.0)
            .bind(it.system.as_str())
            .bind(it.kind.as_str())
            .bind(it.scope.read_only)
            .bind(&it.scope.calls)
            .bind(&it.digest)
            .bind(it.previous.as_ref().map(|it| &it.digest))
            .bind(it.previous.as_ref().map(|it| it.until))
            .bind(it.created_at)
            .bind(it.rotated_at)
            .bind(it.expires_at)
            .bind(it.revoked_at);
        }
    }
}

impl Entry for Settings {
    type Key = TheSettings;

    const KIND: Option<&'static str> = Some("settings");

    const SPARSE: Option<&'static str> = Some("environment_settings");

    fn key(&self) -> TheSettings {
        TheSettings
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        _: &[TheSettings],
    ) -> sqlx::Result<Vec<Settings>> {
        let row = sqlx::query(
            "
            select back_orders_allowed, over_shipment_tolerated, revision
            from environment_settings
            where environment = $1
            ",
        )
        .bind(of.0)
        .fetch_optional(conn)
        .await?;
        row.iter().map(read_settings).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Settings]) {
        for Settings { back_orders_allowed, over_shipment_tolerated, revision } in entries {
            write(
                writes,
                "
                insert into environment_settings (environment, back_orders_allowed,
                    over_shipment_tolerated, revision)
                values ($1, $2, $3, $4)
                on conflict (environment) do update
                set back_orders_allowed = excluded.back_orders_allowed,
                    over_shipment_tolerated = excluded.over_shipment_tolerated,
                    revision = excluded.revision
                ",
            )
            .bind(of.0)
            .bind(back_orders_allowed)
            .bind(over_shipment_tolerated)
            .bind(revision);
        }
    }
}

pub(super) fn read_settings(row: &PgRow) -> sqlx::Result<Settings> {
    Ok(Settings {
        back_orders_allowed: row.try_get("back_orders_allowed")?,
        over_shipment_tolerated: row.try_get("over_shipment_tolerated")?,
        revision: row.try_get("revision")?,
    })
}

type Row = sqlx::postgres::PgRow;

fn name(row: &Row, column: &str) -> sqlx::Result<AdminName> {
    row.try_get::<&str, _>(column).map(AdminName::stored)
}

fn kind(row: &Row) -> sqlx::Result<SystemKind> {
    let kind = row.try_get::<&str, _>("kind")?;
    SystemKind::parse(kind).ok_or_else(|| sqlx::Error::Decode(format!("no kind {kind}").into()))
}

fn created_at(row: &Row) -> sqlx::Result<OffsetDateTime> {
    row.try_get("created_at")
}

fn tenant(row: &Row) -> sqlx::Result<Tenant> {
    Ok(Tenant { name: name(row, "name")?, created_at: created_at(row)? })
}

fn world(row: &Row) -> sqlx::Result<World> {
    let key = WorldKey { tenant: name(row, "tenant")?, name: name(row, "name")? };
    let number = Environment(row.try_get("number")?);
    Ok(World { key, number, created_at: created_at(row)? })
}

fn system(row: &Row) -> sqlx::Result<System> {
    let name = SystemName::stored(row.try_get("name")?);
    let key = SystemKey { number: Environment(row.try_get("number")?), name };
    Ok(System { key, kind: kind(row)?, created_at: created_at(row)? })
}

fn token(row: &Row) -> sqlx::Result<Token> {
    let digest: Option<Vec<u8>> = row.try_get("previous_digest")?;
    let previous = digest.zip(row.try_get("previous_until")?);
    Ok(Token {
        id: TokenId(row.try_get("id")?),
        number: Environment(row.try_get("number")?),
        system: SystemName::stored(row.try_get("system")?),
        kind: kind(row)?,
        scope: Scope { read_only: row.try_get("read_only")?, calls: row.try_get("calls")? },
        digest: row.try_get("digest")?,
        previous: previous.map(|(digest, until)| Previous { digest, until }),
        created_at: created_at(row)?,
        rotated_at: row.try_get("rotated_at")?,
        expires_at: row.try_get("expires_at")?,
        revoked_at: row.try_get("revoked_at")?,
    })
}
