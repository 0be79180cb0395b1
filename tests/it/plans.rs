//! How Postgres looks things up.

use sqlx::{ConnectOptions, Connection, Executor, Row};

use crate::kit::House;

/// Of an environment that came since Postgres counted last it knows nothing, and does not think it empty.
#[tokio::test]
async fn a_new_environment_is_looked_up_by_its_keys() {
    let house = House::open().await;
    let mut conn = house.database.connect().await.unwrap();
    let fill = |first: i32, last: i32| {
        let sql = format!(
            "
            insert into stock_level (environment, sku, location, on_hand, reserved, back_ordered,
                unnumbered, queue_first, queue_next, revision)
            select environment, 'SKU-' || nth, 'main', 0, 0, 0, 0, 1, 1, 1
            from generate_series({first}, {last}) as environment, generate_series(1, 3000) as nth
            "
        );
        sqlx::AssertSqlSafe(sql)
    };
    conn.execute(fill(101, 103)).await.unwrap();
    conn.execute("analyze").await.unwrap();
    conn.execute(fill(104, 104)).await.unwrap();
    conn.execute("set enable_seqscan = off; set enable_bitmapscan = off").await.unwrap();
    let plan = conn
        .fetch_all(
            "
            explain
            select found.*
            from unnest('{SKU-1, SKU-2}'::text[]) as asked(sku)
            cross join lateral (
                select on_hand
                from stock_level
                where environment = 104 and sku = asked.sku and location = 'main'
                limit 1
            ) as found
            ",
        )
        .await
        .unwrap();
    let plan: Vec<String> = plan.iter().map(|it| it.get(0)).collect();
    let plan = plan.join("\n");
    assert!(plan.contains("using stock_level_pkey"), "{plan}");
    assert!(plan.contains("sku = asked.sku"), "{plan}");

    let counted = "
        select coalesce(string_agg(attrelid::regclass::text, ', '), '')
        from pg_attribute
        join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p')
        where attname = 'environment' and relnamespace = 'public'::regnamespace
            and coalesce(attstattarget, -1) <> 0
        ";
    let counted: String = sqlx::query_scalar(counted).fetch_one(&mut conn).await.unwrap();
    assert_eq!(counted, "", "tables whose environments are counted");
    conn.close().await.unwrap();
}

const ALL: &str = "
    on_hand + 1, reserved, back_ordered, unnumbered, null::text, null::text, null::text, null::text,
    null::text, null::text, committed, null::text, null::text, stated_on_hand, source_epoch,
    statement_sequence, ledger_through, stated_by, stated_by_leader, stated_available,
    stated_committed, orders_counted_through, effects_through, queue_first, queue_next, kept_back,
    revision, stale_readings, stale_by, has_namesakes";
const RESERVED: &str = "reserved + 1, revision";
const FIGURES: &str = "on_hand + 1, stated_on_hand, statement_sequence, ledger_through, revision";
const STATED: &str = "
    on_hand + 1, unnumbered, committed, stated_on_hand, source_epoch, statement_sequence,
    ledger_through, stated_by, stated_by_leader, stated_available, stated_committed,
    orders_counted_through, effects_through, revision, stale_readings, stale_by";

/// The functions that update levels where they lie read them there, also if they were planned while there were none.
#[tokio::test]
async fn levels_are_updated_where_they_lie() {
    let house = House::open().await;
    let mut conn = house.database.connect().await.unwrap();
    conn.execute("analyze stock_level").await.unwrap();
    let functions = [
        ("update_stock_levels", ALL),
        ("update_reserved_of_stock_levels", RESERVED),
        ("update_figures_of_stock_levels", FIGURES),
        ("update_stated_of_stock_levels", STATED),
    ];
    // Often enough for the plan to be kept; nothing is found, and nothing is asked for.
    for (function, columns) in functions {
        let nothing = ", '{}'".repeat(columns.split(',').count() + 3);
        let nothing = format!("select {function}(104{nothing})");
        for _ in 0..8 {
            conn.execute(sqlx::AssertSqlSafe(nothing.clone())).await.unwrap();
        }
    }
    conn.execute(
        "
        insert into stock_level (environment, sku, location, on_hand, reserved, back_ordered,
            unnumbered, queue_first, queue_next, revision)
        select 104, 'SKU-' || nth, 'main', 0, 0, 0, 0, 1, 1, 1
        from generate_series(1, 3000) as nth
        ",
    )
    .await
    .unwrap();
    let read = "
        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
        from pg_stat_xact_user_tables
        where relname = 'stock_level'
    ";
    for (function, columns) in functions {
        let columns: Vec<_> = columns.split(',').map(|it| format!("array_agg({it})")).collect();
        let update = format!(
            "
            select {function}(104, array_agg(sku), array_agg(location), {}, array_agg(ctid))
            from stock_level
            where environment = 104 and sku = 'SKU-7' and location = 'main'
            ",
            columns.join(", ")
        );
        conn.execute("begin").await.unwrap();
        // Transactions of a moment ago are counted, too.
        let before: i64 = sqlx::query_scalar(read).fetch_one(&mut conn).await.unwrap();
        for _ in 0..8 {
            conn.execute(sqlx::AssertSqlSafe(update.clone())).await.unwrap();
        }
        let after: i64 = sqlx::query_scalar(read).fetch_one(&mut conn).await.unwrap();
        // What is here asked for by key, and nothing else.
        assert_eq!(after - before, 8, "{function}");
        conn.execute("commit").await.unwrap();
    }
    let level = "select on_hand::int, reserved::int from stock_level where sku = 'SKU-7'";
    let level: (i32, i32) = sqlx::query_as(level).fetch_one(&mut conn).await.unwrap();
    assert_eq!(level, (24, 8));
    conn.close().await.unwrap();
}
