use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

/// Whom the application becomes: may read and write rows, owns nothing.
pub const ROLE: &str = "erpsync_app";

/// One lock for all processes that migrate this database.
const LOCK: i64 = 0x4552_5053_594e_4301;

/// Brings the schema up to date, as the owner; waits while another process does.
pub async fn migrate(options: &PgConnectOptions) -> sqlx::Result<()> {
    let mut conn = options.clone().application_name("erpsync migrate").connect().await?;
    // Asked for again and again, never waited for: a waiting lock and `create index concurrently`
    // wait for each other for ever.
    while !sqlx::query_scalar::<_, bool>("select pg_try_advisory_lock($1)")
        .bind(LOCK)
        .fetch_one(&mut conn)
        .await?
    {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    sqlx::raw_sql("set lock_timeout = '10s'; set client_min_messages = warning")
        .execute(&mut conn)
        .await?;
    make_role(&mut conn).await?;
    let mut migrator = sqlx::migrate!();
    // The lock above is held instead.
    migrator.set_locking(false);
    migrator.run(&mut conn).await.map_err(|it| sqlx::Error::Migrate(Box::new(it)))?;
    grant(&mut conn).await?;
    wall(&mut conn).await?;
    try_wall(&mut conn).await?;
    conn.close().await
}

/// Roles belong to the cluster, so several databases may make it at the same moment.
async fn make_role(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "
        do $$ begin
            if not exists (select from pg_roles where rolname = 'erpsync_app') then
                create role erpsync_app nologin;
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end $$;
        do $$ begin
            -- Since 16 who makes a role is a member, and yet may not become it.
            if not pg_has_role(current_user, 'erpsync_app', case
                when current_setting('server_version_num')::int < 160000 then 'member' else 'set'
            end) then
                execute format('grant erpsync_app to %I', current_user);
            end if;
        end $$;
        ",
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn grant(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "
        grant usage on schema public to erpsync_app;
        grant select, insert, update, delete on all tables in schema public to erpsync_app;
        grant usage on all sequences in schema public to erpsync_app;
        revoke all on table _sqlx_migrations from erpsync_app;
        ",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Around every table that has environments: the application sees and writes rows of the one that its
/// transaction names, and of none where it names none. The owner, who migrates and makes copies, sees
/// all. And Postgres does not count how many rows each environment has: of one that came since it counted
/// last it would believe that it has none, and read all of it, by any index, instead of looking up a key.
async fn wall(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "
        do $$
        declare
            open record;
        begin
            -- Only where it is not there yet: a table that is altered waits for all who use it.
            for open in
                select class.relname as name,
                    class.relrowsecurity and exists (
                        select from pg_policy where polrelid = class.oid and polname = 'wall'
                    ) as has_wall,
                    coalesce(attribute.attstattarget, -1) <> 0 as is_counted
                from pg_class as class
                join pg_attribute as attribute on attribute.attrelid = class.oid
                where class.relnamespace = 'public'::regnamespace
                    and class.relkind in ('r', 'p')
                    and attribute.attname = 'environment'
                order by class.relname
            loop
                if not open.has_wall then
                    execute format('alter table %I enable row level security', open.name);
                    execute format('drop policy if exists wall on %I', open.name);
                    execute format(
                        'create policy wall on %I to erpsync_app using (environment = named_environment())',
                        open.name);
                end if;
                if open.is_counted then
                    execute format(
                        'alter table %I alter column environment set statistics 0', open.name);
                end if;
            end loop;
        end $$;
        ",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Nobody else may have made the application somebody whom walls do not hold: a superuser, the owner of
/// a table or a member of that owner, or a role with `bypassrls`.
async fn try_wall(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "
        do $$
        declare
            open name;
        begin
            set local role erpsync_app;
            select min(class.relname)
            into open
            from pg_class as class
            join pg_attribute as attribute on attribute.attrelid = class.oid
            where class.relnamespace = 'public'::regnamespace
                and class.relkind in ('r', 'p')
                and attribute.attname = 'environment'
                and not row_security_active(class.oid);
            if open is not null then
                raise exception 'the role erpsync_app would see rows of every environment, those of table % for one: see that it is no superuser, has no bypassrls, owns nothing and is no member of the owner', open;
            end if;
            reset role;
        end $$;
        ",
    )
    .execute(conn)
    .await?;
    Ok(())
}
