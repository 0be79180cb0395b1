//! The second wall: whatever a statement asks for, Postgres shows it the environment that its
//! transaction has named, and no other.

use erpsync::id::Environment;
use erpsync::postgres::{ENVIRONMENT, Pools, migrate};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};

use super::*;

/// Tables that belong to no environment.
const OF_NONE: [&str; 3] = ["_sqlx_migrations", "incarnation", "token_key"];

/// What a statement answers, or why it was refused.
async fn count(conn: &mut PgConnection, sql: String) -> Result<i64, String> {
    let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await;
    found.map_err(|it| it.as_database_error().unwrap().code().unwrap().into_owned())
}

/// Why a statement is refused.
async fn code(conn: &mut PgConnection, sql: String) -> String {
    let mut inner = conn.begin().await.unwrap();
    let refused = inner.execute(AssertSqlSafe(sql)).await.unwrap_err();
    inner.rollback().await.unwrap();
    refused.as_database_error().unwrap().code().unwrap().into_owned()
}

async fn tables(owner: &mut PgConnection) -> Vec<String> {
    let found = sqlx::query_scalar(
        "
        select table_name::text
        from information_schema.columns
        where table_schema = 'public' and column_name = 'environment'
            and table_name in (select tablename from pg_tables where schemaname = 'public')
        order by 1
        ",
    );
    found.fetch_all(owner).await.unwrap()
}

/// A row of an environment in a table where no call has put one, so that there is something to see.
async fn fill(owner: &mut PgConnection, table: &str, number: i32) {
    let made = sqlx::query_scalar(
        "
        select format('insert into %I (%s) values (%s)', $1,
            string_agg(quote_ident(attname), ', ' order by attnum),
            string_agg(case
                when attname = 'environment' then $2::text
                when typcategory = 'D' then 'now()'
                when typcategory = 'B' then 'false'
                when typcategory = 'N' then '0'
                when typcategory = 'A' then quote_literal('{}')
                else quote_literal('')
            end, ', ' order by attnum))
        from pg_attribute
        join pg_type on pg_type.oid = atttypid
        where attrelid = $1::regclass and 0 < attnum and attnotnull and not attisdropped
        ",
    );
    let made: String = made.bind(table).bind(number).fetch_one(&mut *owner).await.unwrap();
    // What is right for a row is not asked here.
    let checks = sqlx::query_scalar(
        "
        select format('alter table %I drop constraint %I', $1, conname)
        from pg_constraint
        where conrelid = $1::regclass and contype in ('c', 'f')
        ",
    );
    let checks: Vec<String> = checks.bind(table).fetch_all(&mut *owner).await.unwrap();
    for sql in checks.into_iter().chain([made]) {
        owner.execute(AssertSqlSafe(sql)).await.unwrap();
    }
}

/// The number of an environment.
async fn number(owner: &mut PgConnection, tenant: &str, name: &str) -> i32 {
    let found =
        sqlx::query_scalar("select number from tenant_environment where tenant = $1 and name = $2");
    found.bind(tenant).bind(name).fetch_one(owner).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_stands_behind_it() {
    every_table_has_one(&mut crate::kit::database().await.connect().await.unwrap()).await;
}

/// By the catalogue, so that no table is forgotten.
async fn every_table_has_one(owner: &mut PgConnection) {
    let tables = tables(owner).await;
    assert!(40 < tables.len(), "{tables:?}");
    let all: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
            .fetch_all(&mut *owner)
            .await
            .unwrap();
    let of_none: BTreeSet<_> = all.iter().filter(|it| !tables.contains(it)).collect();
    assert_eq!(of_none.into_iter().collect::<Vec<_>>(), OF_NONE, "a table without environments");
    let walls: Vec<(String, bool, String, String, Vec<String>, String)> = sqlx::query_as(
        "
        select tablename::text, class.relrowsecurity, policyname::text, cmd, roles::text[], qual
        from pg_policies
        join pg_class as class on class.relname = tablename
            and class.relnamespace = 'public'::regnamespace
        where schemaname = 'public'
        order by 1, 3
        ",
    )
    .fetch_all(&mut *owner)
    .await
    .unwrap();
    for (table, is_on, policy, command, roles, qual) in &walls {
        assert!(is_on, "{table}");
        assert_eq!(*roles, ["erpsync_app"], "{table}");
        let expected = match policy.as_str() {
            "wall" => ("ALL", "(environment = named_environment())"),
            "operators" => ("SELECT", "(named_environment() = 0)"),
            other => panic!("{table}: a gate {other}"),
        };
        assert_eq!((command.as_str(), qual.as_str()), expected, "{table}");
    }
    let walled: Vec<_> = walls.iter().filter(|it| it.2 == "wall").map(|it| it.0.clone()).collect();
    assert_eq!(walled, tables);
    let gates: Vec<_> = walls.iter().filter(|it| it.2 != "wall").map(|it| &*it.0).collect();
    assert_eq!(gates, ["environment_settings"]);
    let can_climb: bool = sqlx::query_scalar(
        "
        select rolsuper or rolbypassrls or exists (
            select from pg_class where relowner = pg_roles.oid)
        from pg_roles
        where rolname = 'erpsync_app'
        ",
    )
    .fetch_one(owner)
    .await
    .unwrap();
    assert!(!can_climb);
}

/// What may tell of a row, as most functions may, is asked after the wall: no index over it serves any more.
#[tokio::test(flavor = "multi_thread")]
async fn every_index_serves_behind_it() {
    let mut owner = crate::kit::database().await.connect().await.unwrap();
    let lost: Vec<String> = sqlx::query_scalar(
        "
        select distinct index.indexrelid::regclass::text
        from pg_index as index
        join pg_attribute as attribute on attribute.attrelid = index.indrelid
        cross join unnest(index.indclass) as used(class)
        join pg_opclass as class on class.oid = used.class
        join pg_amop as member on member.amopfamily = class.opcfamily
            and member.amoplefttype = class.opcintype and member.amoprighttype = class.opcintype
        join pg_operator as operator on operator.oid = member.amopopr
        join pg_proc as function on function.oid = operator.oprcode
        where attribute.attname = 'environment'
            and (0 = any(index.indkey) or not function.proleakproof)
        order by 1
        ",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    // This one is asked through a gate.
    assert_eq!(lost, ["stock_level_folded"]);
}

/// No statement has a filter, and each goes over connections as the server has them.
#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_sees_and_writes_what_it_has_named() {
    let house = House::open().await;
    furnish(&house).await;
    let [erp, ..] = house.other_world().await;
    set(&erp, "mug", "3").await;
    let House { server, database, .. } = house;
    // From here on nothing happens that we do not do.
    server.stop().await.unwrap();

    let mut owner = database.connect().await.unwrap();
    let ours = number(&mut owner, "acme", "production").await;
    let theirs = number(&mut owner, "acme", "staging").await;
    let pools = Pools::new(&database);
    for table in tables(&mut owner).await {
        let all = format!("select count(*) from {table}");
        if count(&mut owner, all.clone()).await == Ok(0) {
            fill(&mut owner, &table, ours).await;
        }
        let mut held = 0;
        for named in [0, ours, theirs] {
            let of_named = format!("{all} where environment = {named}");
            let own = count(&mut owner, of_named).await.unwrap();
            held += own;
            let mut read = pools.reads.of(Environment(named)).await.unwrap();
            // Operators see what each environment permits; all else that they see is their own.
            let is_open = table == "environment_settings" && named == 0;
            let seen = if is_open { count(&mut owner, all.clone()).await } else { Ok(own) };
            assert_eq!(count(&mut read, all.clone()).await, seen, "{table} in {named}");
            drop(read);

            let mut tx = pools.lanes.begin().await.unwrap();
            let name = format!("set local {ENVIRONMENT} = '{named}'");
            tx.execute(AssertSqlSafe(name)).await.unwrap();
            let changed = format!("update {table} set environment = environment");
            let changed = tx.execute(AssertSqlSafe(changed)).await.unwrap();
            assert_eq!(changed.rows_affected() as i64, own, "{table} in {named}");
            let removed = format!("delete from {table} where environment <> {named}");
            let removed = tx.execute(AssertSqlSafe(removed)).await.unwrap();
            assert_eq!(removed.rows_affected(), 0, "{table} in {named}");
            if own != 0 {
                // A row of others, made out of one's own.
                let moved = format!("update {table} set environment = {}", named + 1);
                assert_eq!(code(&mut tx, moved).await, "42501", "{table} in {named}");
            }
            tx.rollback().await.unwrap();
        }
        assert_ne!(held, 0, "{table}");
        // Who names nothing sees nothing.
        let mut unnamed = pools.reads.of_none().await.unwrap();
        assert_eq!(count(&mut unnamed, all).await, Ok(0), "{table}");
    }

    let mut tx = pools.lanes.begin().await.unwrap();
    let name = format!("set local {ENVIRONMENT} = '{theirs}'");
    tx.execute(AssertSqlSafe(name)).await.unwrap();
    let made = format!("insert into due values ({ours}, 'x', 'x', clock_timestamp())");
    assert_eq!(code(&mut tx, made).await, "42501");
    tx.rollback().await.unwrap();
    // A gate that takes an environment opens that which was named.
    for (named, found) in [(ours, 1), (theirs, 0)] {
        let mut read = pools.reads.of(Environment(named)).await.unwrap();
        let asked = format!("select count(*) from namesakes({ours}, array['mug'], array['main'])");
        assert_eq!(count(&mut read, asked).await, Ok(found));
    }
    pools.close().await;
}

/// What an operator of Postgres could do to the role, or to a table, is found when a server starts.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_starts_whom_it_does_not_hold() {
    let database = crate::kit::database().await;
    let mut owner = database.connect().await.unwrap();
    owner.execute("alter table stock_level owner to erpsync_app").await.unwrap();
    let refused = migrate(&database).await.unwrap_err().to_string();
    assert!(refused.contains("rows of every environment, those of table stock_level"), "{refused}");
    owner.execute("alter table stock_level owner to current_user").await.unwrap();
    // What was torn down is there again after the next start.
    owner.execute("alter table stock_level disable row level security").await.unwrap();
    owner.execute("drop policy wall on orders").await.unwrap();
    migrate(&database).await.unwrap();
    every_table_has_one(&mut owner).await;
}

/// An owner as others give one: no superuser, who makes no roles and owns one database.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_needs_no_more_than_a_database() {
    let mut superuser = crate::kit::database().await.connect().await.unwrap();
    for sql in [
        "create role merchant login",
        "grant erpsync_app to merchant",
        "create database of_merchant owner merchant template template0",
    ] {
        superuser.execute(sql).await.unwrap();
    }
    let options = crate::kit::database().await.username("merchant").database("of_merchant");
    let house = House::over(options).await;
    furnish(&house).await;
    let mut owner = house.database.connect().await.unwrap();
    every_table_has_one(&mut owner).await;
    let seen = everything(&house.tool).await;
    assert!(format!("{seen:?}").contains(MARK));
    house.close().await;
}

/// The server's own filter is of no use here: every transaction of this world is behind the wall of
/// another, and every statement asks for this one.
#[tokio::test(flavor = "multi_thread")]
async fn what_statements_ask_for_is_not_shown() {
    let house = House::open().await;
    let known = furnish(&house).await;
    let [other, ..] = house.other_world().await;
    set(&other, "mug", "3").await;
    let (second, tool) = house.second_server("tool").await;
    let own =
        Callers { erp: house.erp.clone(), shop: house.shop.clone(), tool: house.tool.clone() };
    let (head, before) = (head(&house.tool).await, everything(&house.tool).await);
    assert!(format!("{before:?}").contains(MARK));

    let mut owner = house.database.connect().await.unwrap();
    let ours = number(&mut owner, "acme", "production").await;
    let theirs = number(&mut owner, "acme", "staging").await;
    let source: String =
        sqlx::query_scalar("select pg_get_functiondef('named_environment'::regproc)")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    let moved = format!(
        "
        create or replace function named_environment() returns int
            language sql stable parallel safe
            as $$
                select case current_setting('erpsync.environment', true)
                    when '{ours}' then {theirs}
                    else nullif(current_setting('erpsync.environment', true), '')::int
                end
            $$
        "
    );
    owner.execute(AssertSqlSafe(moved)).await.unwrap();
    for (method, case) in &cases() {
        let answer = case(&own, &known).await;
        let text = match &answer {
            Ok(text) => text.clone(),
            Err(status) => format!("{status:?}"),
        };
        let leak = known.secrets().into_iter().find(|it| text.contains(*it));
        // What was asked for by its id is named in the answer that it is not there.
        if answer.is_ok() {
            assert_eq!(leak, None, "{method} is shown {text}");
        }
    }
    // A stream that nobody listens to any more may still wait, and would take what it finds once it may see it.
    house.close().await;
    owner.execute(AssertSqlSafe(source)).await.unwrap();
    assert_eq!(self::head(&tool).await, head, "something was written");
    let after = everything(&tool).await;
    for (is, was) in after.iter().zip(&before) {
        assert_eq!(is, was, "something was changed");
    }
    assert_eq!(after.len(), before.len(), "something was added");
    second.stop().await.unwrap();
    owner.close().await.unwrap();
}
