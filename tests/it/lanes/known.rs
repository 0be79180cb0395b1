//! What a lane has found or written it knows the next time, as long as nobody else writes.

use sqlx::{ConnectOptions, Connection, Executor};

use super::{adjust, on_hand, set_many};
use crate::kit::trade::{order, submit};
use crate::kit::{Folder, House, Process};

/// What is stored of a level is a thousand more than what was written: so one sees whether it was looked up.
const A_THOUSAND_MORE: &str = "
    create function add_a_thousand() returns trigger language plpgsql as $$
    begin
        new.on_hand := new.on_hand + 1000;
        new.unnumbered := new.unnumbered + 1000;
        return new;
    end $$;
    create trigger more before insert or update on stock_level
    for each row execute function add_a_thousand()
";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_is_known_until_another_server_writes() {
    let house = House::open().await;
    let (second, other) = house.second_server("erp").await;
    let mut conn = house.database.connect().await.unwrap();
    conn.execute(A_THOUSAND_MORE).await.unwrap();
    conn.close().await.unwrap();

    // It is new, and known from then on.
    for stored in ["1001", "1002", "1003", "1004"] {
        adjust(&house.erp, "1").await;
        assert_eq!(on_hand(&house.shop).await, stored);
    }
    // The other does not know it, and knows it then no better.
    for stored in ["2005", "2006"] {
        adjust(&other, "1").await;
        assert_eq!(on_hand(&house.shop).await, stored);
    }
    adjust(&house.erp, "1").await;
    assert_eq!(on_hand(&house.shop).await, "3007");
    second.stop().await.unwrap();
}

/// What another server has taken in, whoever asks for more than was there before gets it.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_server_has_written_is_not_refused() {
    let house = House::open().await;
    let (second, other) = house.second_server("erp").await;
    for _ in 0..3 {
        adjust(&house.erp, "1").await;
    }
    adjust(&other, "5").await;
    submit(&house.shop, order("1", &[("MUG", "8")])).await.unwrap();
    assert_eq!(
        submit(&house.shop, order("2", &[("MUG", "1")])).await.unwrap_err(),
        "INSUFFICIENT_STOCK"
    );
    second.stop().await.unwrap();
}

/// A batch that was decided before it had the lock is written only if the history ends where it supposed, and at the
/// time that it supposed.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_supposed_rightly_is_written() {
    let house = House::open().await;
    adjust(&house.erp, "1").await;
    let mut conn = house.database.connect().await.unwrap();
    let second = 1_000_000;
    for (revision, at, quiet, now, is_right) in [
        (0, 0, 0, 0, true),
        (0, 0, 0, 4 * second, true),
        (1, 0, 0, 0, false),
        (0, 1, 0, 0, false),
        (0, 0, 1, 0, false),
        (0, 0, 0, 6 * second, false),
        (0, 0, 0, -6 * second, false),
    ] {
        let taken = sqlx::query(
            "
            select take_turn(1, world.number, it.revision + $1, it.at + $2, it.quiet_batches + $3, it.now + $4, 0)
            from (select number from tenant_environment where name = 'production') as world
            cross join lateral open_lane(1, world.number, 0) as it
            ",
        )
        .bind(i64::from(revision))
        .bind(at)
        .bind(quiet)
        .bind(now)
        .execute(&mut conn)
        .await;
        let code = taken.err().and_then(|it| Some(it.as_database_error()?.code()?.into_owned()));
        let expected = (!is_right).then_some("ES001");
        assert_eq!(code.as_deref(), expected, "{revision} {at} {quiet} {now}");
    }
    conn.close().await.unwrap();
}

/// Levels that are written again and again stay on their pages, whose earlier versions are cleared away. Not so
/// while anybody still sees them, be it in another database: hence a Postgres of its own.
#[tokio::test(flavor = "multi_thread")]
async fn pages_are_swept() {
    let folder = Folder::new("swept");
    let server = Process::start(folder.path());
    let erp = server.connect("demo/production/erp").await;
    for nth in 0..30 {
        set_many(&erp, &nth.to_string()).await;
    }
    let mut conn = server.owner().connect().await.unwrap();
    let pages = "select pg_relation_size('stock_level') / current_setting('block_size')::int";
    let pages: i64 = sqlx::query_scalar(pages).fetch_one(&mut conn).await.unwrap();
    // Five are seen, and sixty if none is swept.
    assert!(pages <= 15, "{pages} pages");
    conn.close().await.unwrap();
}
