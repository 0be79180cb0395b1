//! Races are arranged: a test goes on once the database says that somebody is where it is to be.

use std::time::Duration;

use sqlx::PgConnection;

/// What a transaction waits for, as `pg_stat_activity` names it.
#[derive(Clone, Copy)]
pub enum Awaited {
    /// Its environment's turn, or a lock that the test holds.
    Turn,
    /// The end of another transaction, which has written a row.
    Row,
}

/// Takes every environment's turn: until it lets go, or ends, no lane writes.
pub async fn hold_lanes(conn: &mut PgConnection) {
    sqlx::query("select pg_advisory_lock(x'45525053'::int, number) from tenant_environment")
        .execute(conn)
        .await
        .unwrap();
}

/// Until so many transactions of this database wait for that.
pub async fn until_waiting(conn: &mut PgConnection, count: i64, awaited: Awaited) {
    let lock = match awaited {
        Awaited::Turn => "advisory",
        Awaited::Row => "transactionid",
    };
    let waiting = sqlx::AssertSqlSafe(format!(
        "
        select {count} <= count(*)
        from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and wait_event = '{lock}'
        "
    ));
    until(conn, waiting).await;
}

/// Until the database says that it is so; it is a fault if it does not within a minute.
pub async fn until(conn: &mut PgConnection, is_so: impl sqlx::SqlSafeStr) {
    let is_so = is_so.into_sql_str();
    let found = async {
        while !sqlx::query_scalar::<_, bool>(is_so.clone()).fetch_one(&mut *conn).await.unwrap() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), found)
        .await
        .unwrap_or_else(|_| panic!("never: {}", is_so.as_str()));
}
