//! Names are supposed to be new, and not looked up: until one is not, or a command ends in a way in which one that
//! was said before may not end.

use erpsync_client::{Connection, proto};
use futures_util::future::join_all;
use sqlx::{ConnectOptions, Connection as _, Executor};

use crate::kit::trade::{order, set, submit};
use crate::kit::{Awaited, House, attempts, count_attempts, hold_lanes, request_id, until_waiting};

/// Says it, and tells of which revision the answer is, and whether it repeats another.
async fn adjust(erp: &Connection, request_id: &str, quantity: &str) -> (i64, bool) {
    let adjustment = proto::StockAdjustment {
        sku: "MUG".into(),
        quantity: quantity.into(),
        ..Default::default()
    };
    let (request_id, adjustments) = (request_id.into(), vec![adjustment]);
    let request = proto::AdjustStockRequest { request_id, adjustments };
    let answer = erp.stock().adjust_stock(request).await.unwrap();
    let is_replayed = answer.metadata().get("erpsync-replayed").is_some();
    (answer.into_inner().revision, is_replayed)
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_looked_up_once_one_was_said_again() {
    let house = House::open().await;
    let mut conn = house.database.connect().await.unwrap();
    count_attempts(&mut conn, "insert on identity").await;
    assert_eq!(adjust(&house.erp, "a", "1").await, (1, false));
    assert_eq!(attempts(&mut conn).await, 1);
    // It is met where it would be written, along with others that are new.
    hold_lanes(&mut conn).await;
    let said = ["b", "a", "c"].map(|it| {
        let erp = house.erp.clone();
        tokio::spawn(async move { adjust(&erp, it, "1").await })
    });
    until_waiting(&mut conn, 1, Awaited::Turn).await;
    conn.execute("select pg_advisory_unlock_all()").await.unwrap();
    let mut said: Vec<_> = join_all(said).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(said.remove(1), (1, true));
    said.sort_unstable();
    assert_eq!(said, [(2, false), (3, false)]);
    // From then on it is looked up.
    let times = attempts(&mut conn).await;
    assert!(times < 5, "{times}: decided again and again");
    assert_eq!(adjust(&house.erp, "a", "1").await, (1, true));
    assert_eq!(attempts(&mut conn).await, times);
    assert_eq!(adjust(&house.erp, "d", "1").await, (4, false));
    conn.close().await.unwrap();
}

/// What would be refused now, or change nothing, is answered as it was at first.
#[tokio::test(flavor = "multi_thread")]
async fn what_would_end_otherwise_now_is_answered_as_it_was() {
    let house = House::open().await;
    set(&house.erp, "MUG", "2").await;
    let mut conn = house.database.connect().await.unwrap();
    count_attempts(&mut conn, "insert on identity").await;
    let promised = submit(&house.shop, order("a-1", &[("MUG", "2")])).await.unwrap();
    assert_eq!(submit(&house.shop, order("a-1", &[("MUG", "2")])).await.unwrap(), promised);
    for (number, quantity, reason) in
        [("a-1", "1", "ORDER_CONTENT_MISMATCH"), ("a-2", "1", "INSUFFICIENT_STOCK")]
    {
        let refused = submit(&house.shop, order(number, &[("MUG", quantity)])).await;
        assert_eq!(refused.unwrap_err(), reason);
    }
    assert_eq!(attempts(&mut conn).await, 1, "nobody has set about to write any of it");

    let reading =
        proto::StockReading { sku: "POT".into(), on_hand: "5".into(), ..Default::default() };
    let said = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    let first = house.erp.stock().set_stock(said.clone()).await.unwrap().into_inner();
    let again = house.erp.stock().set_stock(said).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first);
    assert_eq!(attempts(&mut conn).await, 2);
    conn.close().await.unwrap();
}
