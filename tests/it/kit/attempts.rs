//! How often somebody has set about something, be it in vain.

use sqlx::{Executor, PgConnection};

/// Counts from now on the statements that are one of these: `insert on identity`. A sequence goes on where a
/// transaction does not.
pub async fn count_attempts(conn: &mut PgConnection, what: &str) {
    let sql = format!(
        "
        create sequence attempts minvalue 0;
        select nextval('attempts');
        grant usage on sequence attempts to erpsync_app;
        create function count_attempts() returns trigger language plpgsql as $$
        begin
            perform nextval('attempts');
            return null;
        end $$;
        create trigger counted before {what} for each statement execute function count_attempts()
        "
    );
    conn.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
}

/// How many there were.
pub async fn attempts(conn: &mut PgConnection) -> i64 {
    sqlx::query_scalar("select last_value from attempts").fetch_one(conn).await.unwrap()
}
