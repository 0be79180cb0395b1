use sqlx::{PgConnection, PgPool, Row as _};
use time::OffsetDateTime;

use super::{AdminName, Settings, System, SystemKey, Tenant, TheSettings, Token, World, WorldKey};
use crate::access::SystemKind;
use crate::books::Entry;
use crate::id::{Environment, SystemName, TokenId};

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

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&Tenant],
    ) -> sqlx::Result<()> {
        for Tenant { name, created_at } in entries {
            sqlx::query("insert into tenant (environment, name, created_at) values ($1, $2, $3)")
                .bind(of.0)
                .bind(name.as_str())
                .bind(created_at)
                .execute(&mut *conn)
                .await?;
        }
        Ok(())
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

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&World],
    ) -> sqlx::Result<()> {
        for World { key, number, created_at } in entries {
            sqlx::query(
                "
                insert into tenant_environment (environment, tenant, name, number, created_at)
                values ($1, $2, $3, $4, $5)
                ",
            )
            .bind(of.0)
            .bind(key.tenant.as_str())
            .bind(key.name.as_str())
            .bind(number.0)
            .bind(created_at)
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
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

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&System],
    ) -> sqlx::Result<()> {
        for System { key, kind, created_at } in entries {
            sqlx::query(
                "
                insert into tenant_system (environment, number, name, kind, created_at)
                values ($1, $2, $3, $4, $5)
                ",
            )
            .bind(of.0)
            .bind(key.number.0)
            .bind(key.name.as_str())
            .bind(kind.as_str())
            .bind(created_at)
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
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
            select id, number, system, kind, digest, created_at, expires_at, revoked_at
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

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&Token],
    ) -> sqlx::Result<()> {
        for it in entries {
            sqlx::query(
                "
                insert into access_token (environment, id, number, system, kind, digest,
                    created_at, expires_at, revoked_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                on conflict (environment, id) do update
                set revoked_at = excluded.revoked_at
                ",
            )
            .bind(of.0)
            .bind(it.id.0)
            .bind(it.number.0)
            .bind(it.system.as_str())
            .bind(it.kind.as_str())
            .bind(&it.digest)
            .bind(it.created_at)
            .bind(it.expires_at)
            .bind(it.revoked_at)
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
    }
}

impl Entry for Settings {
    type Key = TheSettings;

    const KIND: Option<&'static str> = Some("settings");

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
            "select back_orders_allowed, revision from environment_settings where environment = $1",
        )
        .bind(of.0)
        .fetch_optional(conn)
        .await?;
        row.iter()
            .map(|it| {
                Ok(Settings {
                    back_orders_allowed: it.try_get("back_orders_allowed")?,
                    revision: it.try_get("revision")?,
                })
            })
            .collect()
    }

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&Settings],
    ) -> sqlx::Result<()> {
        for Settings { back_orders_allowed, revision } in entries {
            sqlx::query(
                "
                insert into environment_settings (environment, back_orders_allowed, revision)
                values ($1, $2, $3)
                on conflict (environment) do update
                set back_orders_allowed = excluded.back_orders_allowed,
                    revision = excluded.revision
                ",
            )
            .bind(of.0)
            .bind(back_orders_allowed)
            .bind(revision)
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
    }
}

/// A token, and the environment that it opens; `None` for an operator's.
pub type Opening = (Token, Option<WorldKey>);

/// Whether anybody could do what operators do.
pub async fn has_operator(pool: &PgPool) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from access_token where environment = 0 and kind = 'operator')",
    )
    .fetch_one(pool)
    .await
}

/// An environment by its names.
pub async fn find_world(pool: &PgPool, key: &WorldKey) -> sqlx::Result<Option<World>> {
    let row = sqlx::query(
        "
        select tenant, name, number, created_at
        from tenant_environment
        where environment = 0 and tenant = $1 and name = $2
        ",
    )
    .bind(key.tenant.as_str())
    .bind(key.name.as_str())
    .fetch_optional(pool)
    .await?;
    row.as_ref().map(world).transpose()
}

/// An environment by what its rows carry.
pub async fn world_of(pool: &PgPool, number: Environment) -> sqlx::Result<Option<World>> {
    let row = sqlx::query(
        "
        select tenant, name, number, created_at
        from tenant_environment
        where environment = 0 and number = $1
        ",
    )
    .bind(number.0)
    .fetch_optional(pool)
    .await?;
    row.as_ref().map(world).transpose()
}

/// Tenants by name, behind one.
pub async fn tenants(pool: &PgPool, after: &str, limit: i64) -> sqlx::Result<Vec<Tenant>> {
    let rows = sqlx::query(
        "
        select name, created_at
        from tenant
        where environment = 0 and $1 < name
        order by name
        limit $2
        ",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter().map(tenant).collect()
}

/// Environments by tenant and name, behind one, and whether each allows back orders; an empty
/// tenant means all.
pub async fn worlds(
    pool: &PgPool,
    of: &str,
    (after_tenant, after): (&str, &str),
    limit: i64,
) -> sqlx::Result<Vec<(World, bool)>> {
    let rows = sqlx::query(
        "
        select one.tenant, one.name, one.number, one.created_at,
            coalesce(settings.back_orders_allowed, true) as back_orders_allowed
        from tenant_environment as one
        left join environment_settings as settings on settings.environment = one.number
        where one.environment = 0
            and ($1 = '' or one.tenant = $1)
            and ($2, $3) < (one.tenant, one.name)
        order by one.tenant, one.name
        limit $4
        ",
    )
    .bind(of)
    .bind(after_tenant)
    .bind(after)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter().map(|it| Ok((world(it)?, it.try_get("back_orders_allowed")?))).collect()
}

/// Systems by tenant, environment and name, behind one; empty names mean all.
pub async fn systems(
    pool: &PgPool,
    (of, of_environment): (&str, &str),
    (after_tenant, after_environment, after): (&str, &str, &str),
    limit: i64,
) -> sqlx::Result<Vec<(System, WorldKey)>> {
    let rows = sqlx::query(
        "
        select world.tenant, world.name as world, one.number, one.name, one.kind, one.created_at
        from tenant_environment as world
        join tenant_system as one on one.environment = 0 and one.number = world.number
        where world.environment = 0
            and ($1 = '' or world.tenant = $1)
            and ($2 = '' or world.name = $2)
            and ($3, $4, $5) < (world.tenant, world.name, one.name)
        order by world.tenant, world.name, one.name
        limit $6
        ",
    )
    .bind(of)
    .bind(of_environment)
    .bind(after_tenant)
    .bind(after_environment)
    .bind(after)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|it| {
            let of = WorldKey { tenant: name(it, "tenant")?, name: name(it, "world")? };
            Ok((system(it)?, of))
        })
        .collect()
}

/// Tokens by id, behind one; empty names mean all.
pub async fn tokens(
    pool: &PgPool,
    (of, of_environment): (&str, &str),
    after: TokenId,
    limit: i64,
) -> sqlx::Result<Vec<Opening>> {
    let rows = sqlx::query(
        "
        select one.id, one.number, one.system, one.kind, one.digest, one.created_at,
            one.expires_at, one.revoked_at, world.tenant, world.name as world
        from access_token as one
        left join tenant_environment as world
            on world.environment = 0 and world.number = one.number
        where one.environment = 0
            and ($1 = '' or world.tenant = $1)
            and ($2 = '' or world.name = $2)
            and $3 < one.id
        order by one.id
        limit $4
        ",
    )
    .bind(of)
    .bind(of_environment)
    .bind(after.0)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter().map(opening).collect()
}

/// A token by its id.
pub async fn find_token(pool: &PgPool, id: TokenId) -> sqlx::Result<Option<Opening>> {
    let row = sqlx::query(
        "
        select one.id, one.number, one.system, one.kind, one.digest, one.created_at,
            one.expires_at, one.revoked_at, world.tenant, world.name as world
        from access_token as one
        left join tenant_environment as world
            on world.environment = 0 and world.number = one.number
        where one.environment = 0 and one.id = $1
        ",
    )
    .bind(id.0)
    .fetch_optional(pool)
    .await?;
    row.as_ref().map(opening).transpose()
}

/// A number for an environment that nobody else gets.
pub async fn next_environment(pool: &PgPool) -> sqlx::Result<Environment> {
    sqlx::query_scalar("select nextval('environment_number')::int")
        .fetch_one(pool)
        .await
        .map(Environment)
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

fn opening(row: &Row) -> sqlx::Result<Opening> {
    let world: Option<&str> = row.try_get("world")?;
    let key = match world {
        None => None,
        Some(world) => {
            Some(WorldKey { tenant: name(row, "tenant")?, name: AdminName::stored(world) })
        }
    };
    Ok((token(row)?, key))
}

fn token(row: &Row) -> sqlx::Result<Token> {
    Ok(Token {
        id: TokenId(row.try_get("id")?),
        number: Environment(row.try_get("number")?),
        system: SystemName::stored(row.try_get("system")?),
        kind: kind(row)?,
        digest: row.try_get("digest")?,
        created_at: created_at(row)?,
        expires_at: row.try_get("expires_at")?,
        revoked_at: row.try_get("revoked_at")?,
    })
}
