//! What is looked up and listed outside of commands.

use sqlx::Row as _;
use sqlx::postgres::PgRow;

use super::{Row, name, read_settings, system, tenant, token, world};
use crate::admin::{AdminName, Settings, System, Tenant, Token, World, WorldKey};
use crate::id::{Environment, SystemName, TokenId};
use crate::postgres::Reads;

/// A token, and the environment that it opens; `None` for an operator's.
pub type Opening = (Token, Option<WorldKey>);

/// Whether anybody could do what operators do.
pub async fn has_operator(reads: &Reads) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from access_token where environment = 0 and kind = 'operator')",
    )
    .fetch_one(&mut *reads.of(Environment::OPERATORS).await?)
    .await
}

/// An environment by its names.
pub async fn find_world(reads: &Reads, key: &WorldKey) -> sqlx::Result<Option<World>> {
    let row = sqlx::query(
        "
        select tenant, name, number, created_at
        from tenant_environment
        where environment = 0 and tenant = $1 and name = $2
        ",
    )
    .bind(key.tenant.as_str())
    .bind(key.name.as_str())
    .fetch_optional(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    row.as_ref().map(world).transpose()
}

/// An environment by what its rows carry.
pub async fn world_of(reads: &Reads, number: Environment) -> sqlx::Result<Option<World>> {
    let row = sqlx::query(
        "
        select tenant, name, number, created_at
        from tenant_environment
        where environment = 0 and number = $1
        ",
    )
    .bind(number.0)
    .fetch_optional(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    row.as_ref().map(world).transpose()
}

/// A system of an environment.
pub async fn system_of(
    reads: &Reads,
    number: Environment,
    name: &SystemName,
) -> sqlx::Result<Option<System>> {
    let row = sqlx::query(
        "
        select number, name, kind, created_at
        from tenant_system
        where environment = 0 and number = $1 and name = $2
        ",
    )
    .bind(number.0)
    .bind(name.as_str())
    .fetch_optional(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    row.as_ref().map(system).transpose()
}

/// Tenants by name, behind one.
pub async fn tenants(reads: &Reads, after: &str, limit: i64) -> sqlx::Result<Vec<Tenant>> {
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
    .fetch_all(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    rows.iter().map(tenant).collect()
}

/// Environments by tenant and name, behind one, and what each permits; an empty tenant means all.
pub async fn worlds(
    reads: &Reads,
    of: &str,
    (after_tenant, after): (&str, &str),
    limit: i64,
) -> sqlx::Result<Vec<(World, Settings)>> {
    let rows = sqlx::query(
        "
        select one.tenant, one.name, one.number, one.created_at,
            settings.back_orders_allowed, settings.over_shipment_tolerated, settings.revision
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
    .fetch_all(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    rows.iter().map(|it| Ok((world(it)?, settings(it)?))).collect()
}

/// Where nobody has set any, a new environment's.
fn settings(row: &PgRow) -> sqlx::Result<Settings> {
    match row.try_get::<Option<i64>, _>("revision")? {
        Some(_) => read_settings(row),
        None => Ok(Settings::default()),
    }
}

/// Systems by tenant, environment and name, behind one; empty names mean all.
pub async fn systems(
    reads: &Reads,
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
    .fetch_all(&mut *reads.of(Environment::OPERATORS).await?)
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
    reads: &Reads,
    (of, of_environment): (&str, &str),
    after: TokenId,
    limit: i64,
) -> sqlx::Result<Vec<Opening>> {
    let rows = sqlx::query(
        "
        select one.id, one.number, one.system, one.kind, one.read_only, one.calls, one.digest,
            one.previous_digest, one.previous_until, one.created_at, one.rotated_at,
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
    .fetch_all(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    rows.iter().map(opening).collect()
}

/// A token by its id.
pub async fn find_token(reads: &Reads, id: TokenId) -> sqlx::Result<Option<Opening>> {
    let row = sqlx::query(
        "
        select one.id, one.number, one.system, one.kind, one.read_only, one.calls, one.digest,
            one.previous_digest, one.previous_until, one.created_at, one.rotated_at,
            one.expires_at, one.revoked_at, world.tenant, world.name as world
        from access_token as one
        left join tenant_environment as world
            on world.environment = 0 and world.number = one.number
        where one.environment = 0 and one.id = $1
        ",
    )
    .bind(id.0)
    .fetch_optional(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    row.as_ref().map(opening).transpose()
}

/// A number for an environment that nobody else gets.
pub async fn next_environment(reads: &Reads) -> sqlx::Result<Environment> {
    sqlx::query_scalar("select nextval('environment_number')::int")
        .fetch_one(&mut *reads.of_none().await?)
        .await
        .map(Environment)
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
