//! The second wall: whatever a statement asks for, Postgres shows it the environment that its
//! transaction has named, and no other.

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};

use super::*;

/// Tables that belong to no environment.
const OF_NONE: [&str; 3] = ["_sqlx_migrations", "incarnation", "token_key"];
/// Tables of which `furnish` has nothing to put in.
const EMPTY: [&str; 6] = [
    "back_order",
    "environment_settings",
    "invoice_deduction",
    "log_start",
    "pending",
    "settlement",
];

/// What a statement answers, or why it was refused.
async fn count(conn: &mut PgConnection, sql: String) -> Result<i64, String> {
    let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await;
    found.map_err(|it| it.as_database_error().unwrap().code().unwrap().into_owned())
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

/// The number of an environment.
async fn number(owner: &mut PgConnection, tenant: &str, name: &str) -> i32 {
    let found =
        sqlx::query_scalar("select number from tenant_environment where tenant = $1 and name = $2");
    found.bind(tenant).bind(name).fetch_one(owner).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_stands_behind_it() {
    let mut owner = crate::kit::database().await.connect().await.unwrap();
    let tables = tables(&mut owner).await;
    assert!(50 < tables.len(), "{tables:?}");
    let all: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
            .fetch_all(&mut owner)
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
    .fetch_all(&mut owner)
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
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert!(!can_climb);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_sees_what_it_has_named() {
    let house = House::open().await;
    furnish(&house).await;
    let [erp, ..] = house.other_world().await;
    set(&erp, "mug", "3").await;
    let mut owner = house.database.connect().await.unwrap();
    let ours = number(&mut owner, "acme", "production").await;
    let theirs = number(&mut owner, "acme", "staging").await;

    let mut app = house.database.connect().await.unwrap();
    app.execute("set role erpsync_app").await.unwrap();
    let mut empty = Vec::new();
    for table in tables(&mut owner).await {
        let there = format!("select count(*) from {table}");
        let of = |number: i32| format!("{there} where environment = {number}");
        // Who names nothing sees nothing.
        assert_eq!(count(&mut app, there.clone()).await, Ok(0), "{table}");
        let held = count(&mut owner, of(ours)).await.unwrap();
        let named = if count(&mut owner, of(0)).await.unwrap() == 0 { ours } else { 0 };
        let held_by_named = count(&mut owner, of(named)).await.unwrap();
        if held == 0 && named == ours {
            empty.push(table.clone());
        }
        for (named, expected) in [(ours, held), (named, held_by_named), (theirs, -1)] {
            let mut tx = app.begin().await.unwrap();
            let name = format!("set local erpsync.environment = '{named}'");
            tx.execute(AssertSqlSafe(name)).await.unwrap();
            let seen = count(&mut tx, there.clone()).await.unwrap();
            let own = count(&mut tx, of(named)).await.unwrap();
            assert_eq!(seen, own, "{table}: rows of others");
            if 0 <= expected {
                assert_eq!(own, expected, "{table}: rows that are missing");
            }
            if named != theirs {
                tx.rollback().await.unwrap();
                continue;
            }
            // Nor can what is not seen be changed, removed, or made.
            let changed =
                format!("update {table} set environment = environment where environment = {ours}");
            let removed = format!("delete from {table} where environment = {ours}");
            for sql in [changed, removed] {
                let done = tx.execute(AssertSqlSafe(sql)).await.unwrap().rows_affected();
                assert_eq!(done, 0, "{table}");
            }
            tx.rollback().await.unwrap();
        }
    }
    assert_eq!(empty, EMPTY, "there is something of everything else");

    // Rows of others, made out of one's own.
    let mut tx = app.begin().await.unwrap();
    let name = format!("set local erpsync.environment = '{theirs}'");
    tx.execute(AssertSqlSafe(name)).await.unwrap();
    for sql in [
        format!("update stock_level set environment = {ours}"),
        format!(
            "insert into due (environment, kind, key, at) values ({ours}, 'x', 'x', clock_timestamp())"
        ),
    ] {
        let mut inner = tx.begin().await.unwrap();
        let refused = inner.execute(AssertSqlSafe(sql)).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "42501");
        inner.rollback().await.unwrap();
    }
    tx.rollback().await.unwrap();
    // What leads through the wall leads to nothing else.
    let refused = app.execute("select * from due").await.unwrap();
    assert_eq!(refused.rows_affected(), 0);
    let found = count(&mut app, "select count(*) from environments_with_history()".into()).await;
    assert_eq!(found, Ok(3));
}

/// The server's own filter is of no use here: every transaction of this world is behind the wall of
/// another, and every statement asks for this one.
#[tokio::test(flavor = "multi_thread")]
async fn what_statements_ask_for_is_not_shown() {
    let house = House::open().await;
    let known = furnish(&house).await;
    let [other, ..] = house.other_world().await;
    set(&other, "mug", "3").await;
    let (erp, shop, tool) = (house.erp.clone(), house.shop.clone(), house.tool.clone());
    let own = Callers { erp, shop, tool };
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
    owner.execute(AssertSqlSafe(source)).await.unwrap();
    assert_eq!(self::head(&house.tool).await, head, "something was written");
    assert!(everything(&house.tool).await == before, "something was changed");
    owner.close().await.unwrap();
}
