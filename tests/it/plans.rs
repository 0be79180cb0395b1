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
