//! Numbers as Postgres keeps them.

use erpsync::decimal::Decimal;
use sqlx::{ConnectOptions, Connection, Row};

use crate::kit;

#[tokio::test]
async fn numbers_come_back_as_they_went() {
    let mut conn = kit::database().await.connect().await.unwrap();
    for text in [
        "0",
        "1",
        "-1",
        "0.000001",
        "-0.000001",
        "0.01",
        "0.5",
        "9999",
        "10000",
        "10000.0001",
        "-123456789012.345678",
        "100000000",
        "999999999999.999999",
        "-999999999999.999999",
    ] {
        let number = Decimal::parse(text).unwrap();
        let (there, back): (bool, Decimal) = sqlx::query_as("select $1 = $2::text::numeric, $1")
            .bind(number)
            .bind(text)
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert!(there, "{text}");
        assert_eq!(back, number, "{text}");
        // As Postgres writes it itself.
        let own: Decimal = sqlx::query_scalar("select $1::text::numeric(18, 6)")
            .bind(text)
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!(own, number, "{text}");
    }
    let many: Vec<Decimal> = ["1.5", "-2"].map(|it| Decimal::parse(it).unwrap()).into();
    let (sum, same): (Decimal, Vec<Option<Decimal>>) =
        sqlx::query_as("select (select sum(it) from unnest($1) as it), $1 || null::numeric")
            .bind(&many)
            .fetch_one(&mut conn)
            .await
            .unwrap();
    assert_eq!(
        (sum.to_string().as_str(), same),
        ("-0.5", vec![Some(many[0]), Some(many[1]), None])
    );
    // What is asked without being prepared is answered as text.
    let row = sqlx::raw_sql("select 12.500000 as it").fetch_one(&mut conn).await.unwrap();
    assert_eq!(row.get::<Decimal, _>("it").to_string(), "12.5");
    for (sql, expected) in [
        ("0.0000014999", Some("0.000001")),
        ("-0.0000015", Some("-0.000002")),
        ("1e11", Some("100000000000")),
        ("1e12", None),
        ("1e60", None),
        ("'NaN'", None),
        ("'infinity'", None),
    ] {
        let sql = format!("select {sql}::numeric");
        let read = sqlx::query_scalar::<_, Decimal>(sqlx::AssertSqlSafe(sql.clone()));
        let read = read.fetch_one(&mut conn).await.map(|it| it.to_string());
        assert_eq!(read.ok().as_deref(), expected, "{sql}");
    }
    conn.close().await.unwrap();
}
