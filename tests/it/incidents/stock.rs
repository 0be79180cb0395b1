//! What somebody should look at of stock: more is promised than lies there, and a source that lost count.

use erpsync_client::Connection;
use erpsync_client::proto::{self, IncidentKind};

use super::list;
use crate::kit::trade::{
    cancel, compose, composition, may_wait, order, set, ship, shipment, submit,
};
use crate::kit::{House, request_id};
use crate::reservations::{cart, consume, release};

/// What holds now of a kind: these facts of each.
async fn found(house: &House, kind: IncidentKind, facts: &[&str]) -> Vec<String> {
    let request = proto::ListIncidentsRequest { kind: kind.into(), ..Default::default() };
    let told = |it: &proto::Incident| {
        let facts = facts.iter().map(|name| it.metadata[*name].clone());
        facts.collect::<Vec<_>>().join(" ")
    };
    list(house, request).await.iter().map(told).collect()
}

/// `sku short reserved/on hand`
async fn short(house: &House) -> Vec<String> {
    found(house, IncidentKind::Short, &["sku", "short", "reserved", "on_hand"]).await
}

/// Every incident of a kind that ever was: how often it began, and whether it holds.
async fn ever(house: &House, kind: IncidentKind) -> Vec<(i64, bool)> {
    let with_ended = true;
    let request =
        proto::ListIncidentsRequest { kind: kind.into(), with_ended, ..Default::default() };
    list(house, request).await.iter().map(|it| (it.times, it.end_time.is_none())).collect()
}

async fn adjust(erp: &Connection, sku: &str, quantity: &str) {
    let row = proto::StockAdjustment {
        sku: sku.into(),
        quantity: quantity.into(),
        reason: "broken".into(),
        ..Default::default()
    };
    let request = proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![row] };
    erp.stock().adjust_stock(request).await.unwrap();
}

/// A statement, a movement or a shipment takes what was sold; it ends with whatever mends it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_promised_and_does_not_lie_there_is_told() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    submit(&house.shop, order("a-1", &[("mug", "4")])).await.unwrap();
    submit(&house.shop_b, order("b-1", &[("mug", "3")])).await.unwrap();
    assert_eq!(short(&house).await, [""; 0]);
    set(&house.erp, "mug", "5").await;
    assert_eq!(short(&house).await, ["mug 2 7 5"]);
    let told = &list(&house, Default::default()).await[0];
    assert_eq!(told.subject, "mug\u{1f}main");
    assert!(told.message.starts_with("2 of \"mug\" at \"main\" are missing"), "{}", told.message);

    adjust(&house.erp, "mug", "-2").await;
    assert_eq!(short(&house).await, ["mug 4 7 3"]);
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!(short(&house).await, ["mug 4 6 2"], "what leaves was promised and lay there");
    assert_eq!(ever(&house, IncidentKind::Short).await, [(1, true)], "it never ended");
    assert_eq!(cancel(&house.erp, "a-1", &[("0", "1")]).await, "1");
    assert_eq!(short(&house).await, ["mug 3 5 2"]);
    adjust(&house.erp, "mug", "3").await;
    assert_eq!(short(&house).await, [""; 0]);
    assert_eq!(ever(&house, IncidentKind::Short).await, [(1, false)]);

    // Sent from here, beyond the order, is what somebody else was promised.
    let beyond =
        proto::ShipmentLine { sku: "mug".into(), quantity: "1".into(), ..Default::default() };
    let mut sent = shipment("d-2", "a-1", &[]);
    sent.lines.push(beyond);
    assert_eq!(ship(&house.erp, sent).await, "APPLIED");
    assert_eq!(short(&house).await, ["mug 1 5 4"]);
    assert_eq!(ever(&house, IncidentKind::Short).await, [(2, true)]);
    // Back orders are promised nothing, and who waits is not short of anything.
    submit(&house.shop, may_wait(order("a-2", &[("mug", "9")]))).await.unwrap();
    assert_eq!(short(&house).await, ["mug 1 5 4"]);
    set(&house.erp, "mug", "14").await;
    assert_eq!(short(&house).await, [""; 0]);
    // Of two rows for one level the first serves whoever waits, the second takes it away again.
    let row = |on_hand: &str| proto::StockReading {
        sku: "cup".into(),
        on_hand: on_hand.into(),
        ..Default::default()
    };
    submit(&house.shop, may_wait(order("a-3", &[("cup", "2")]))).await.unwrap();
    let readings = vec![row("2"), row("0")];
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    house.erp.stock().set_stock(request).await.unwrap();
    assert_eq!(short(&house).await, ["cup 2 2 0"]);
    // More has left than lay there: nobody is promised it, and somebody has counted wrong.
    adjust(&house.erp, "pot", "-3").await;
    assert_eq!(short(&house).await, ["cup 2 2 0", "pot 3 0 -3"]);
    set(&house.erp, "pot", "-1").await;
    assert_eq!(short(&house).await, ["cup 2 2 0", "pot 1 0 -1"]);
    set(&house.erp, "pot", "0").await;
    assert_eq!(short(&house).await, ["cup 2 2 0"]);
}

/// A cart is promised units as well, and parts are short where a set is.
#[tokio::test(flavor = "multi_thread")]
async fn carts_and_parts_of_sets_can_be_short() {
    let house = House::open().await;
    let done =
        compose(&house.erp, vec![composition("set", 1, &[("cup", "2"), ("pot", "1")])]).await;
    assert_eq!(done, ["APPLIED"]);
    set(&house.erp, "cup", "9").await;
    set(&house.erp, "pot", "9").await;
    let held = cart("c-1", &[("set", "3")]);
    house.shop.reservations().create_reservation(held).await.unwrap();
    set(&house.erp, "cup", "5").await;
    assert_eq!(short(&house).await, ["cup 1 6 5"]);
    assert_eq!(release(&house.shop, "c-1").await, "OK");
    assert_eq!(short(&house).await, [""; 0]);

    let held = cart("c-2", &[("cup", "4")]);
    house.shop.reservations().create_reservation(held).await.unwrap();
    set(&house.erp, "cup", "3").await;
    assert_eq!(short(&house).await, ["cup 1 4 3"]);
    // Sold where nobody saw it: it leaves, and is promised no more; but it never lay there.
    assert_eq!(consume(&house.shop, "c-2").await, "OK");
    assert_eq!(short(&house).await, ["cup 1 0 -1"]);
    assert_eq!(ever(&house, IncidentKind::Short).await, [(2, true)]);
}

/// `outcome readings/system` of a numbered reading, and what the level says of stale ones.
async fn state(house: &House, erp: &Connection, sku: &str, epoch: i64, sequence: i64) -> String {
    let row = proto::StockReading {
        sku: sku.into(),
        on_hand: sequence.to_string(),
        source_epoch: epoch,
        statement_sequence: sequence,
        ..Default::default()
    };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![row] };
    let result = erp.stock().set_stock(request).await.unwrap().into_inner().results.remove(0);
    let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
    let level = house.tool.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    let outcome = result.outcome().as_str_name().trim_start_matches("OUTCOME_").to_owned();
    format!("{outcome} {}/{}", level.stale_readings, level.stale_system)
}

/// `system levels sku`
async fn lagging(house: &House) -> Vec<String> {
    found(house, IncidentKind::StaleStatements, &["system", "levels", "sku"]).await
}

/// One reading may be overtaken by the next; five in a row were not.
#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_has_lost_count_is_told() {
    let house = House::open().await;
    let erp = &house.erp;
    for sku in ["cup", "mug"] {
        assert_eq!(state(&house, erp, sku, 0, 100).await, "APPLIED 0/");
    }
    for count in 1..=4 {
        assert_eq!(state(&house, erp, "mug", 0, count).await, format!("STALE {count}/erp"));
    }
    assert_eq!(state(&house, erp, "mug", 0, 101).await, "APPLIED 0/", "they were in no row");
    for count in 1..=4 {
        assert_eq!(state(&house, erp, "mug", 0, count).await, format!("STALE {count}/erp"));
    }
    assert_eq!(
        state(&house, erp, "mug", 0, 101).await,
        "DUPLICATE 4/erp",
        "neither newer nor older"
    );
    assert_eq!(lagging(&house).await, [""; 0]);
    assert_eq!(state(&house, erp, "mug", 0, 5).await, "STALE 5/erp");
    assert_eq!(lagging(&house).await, ["erp 1 mug"]);
    for count in 1..=7 {
        assert_eq!(state(&house, erp, "cup", 0, count).await, format!("STALE {count}/erp"));
    }
    assert_eq!(lagging(&house).await, ["erp 2 cup"], "one incident, however many levels");
    assert_eq!(state(&house, erp, "mug", 1, 1).await, "APPLIED 0/", "it was restored, and says so");
    assert_eq!(lagging(&house).await, ["erp 1 cup"]);
    // Figures that are known already are a statement as well.
    let request = proto::StockReading {
        sku: "cup".into(),
        on_hand: "100".into(),
        source_epoch: 1,
        statement_sequence: 1,
        ..Default::default()
    };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![request] };
    let done = erp.stock().set_stock(request).await.unwrap().into_inner();
    assert_eq!(done.results[0].outcome(), proto::Outcome::Unchanged);
    assert_eq!(lagging(&house).await, [""; 0]);
    assert_eq!(ever(&house, IncidentKind::StaleStatements).await, [(1, false)]);
}

/// Each row is one system's; and of an article that became a set nothing more is stated.
#[tokio::test(flavor = "multi_thread")]
async fn rows_of_stale_readings_are_of_one_system() {
    let house = House::open().await;
    let (erp, till) = (&house.erp, house.another_erp("till").await);
    assert_eq!(state(&house, erp, "mug", 0, 100).await, "APPLIED 0/");
    for count in 1..=4 {
        assert_eq!(state(&house, erp, "mug", 0, count).await, format!("STALE {count}/erp"));
    }
    assert_eq!(state(&house, &till, "mug", 0, 1).await, "STALE 1/till");
    for count in 1..=5 {
        assert_eq!(state(&house, erp, "mug", 0, 4).await, format!("STALE {count}/erp"));
    }
    assert_eq!(lagging(&house).await, ["erp 1 mug"]);
    assert_eq!(state(&house, &till, "mug", 0, 2).await, "STALE 1/till");
    assert_eq!(lagging(&house).await, [""; 0]);
    for count in 2..=5 {
        assert_eq!(state(&house, &till, "mug", 0, 2).await, format!("STALE {count}/till"));
    }
    assert_eq!(lagging(&house).await, ["till 1 mug"]);
    assert_eq!(state(&house, erp, "mug", 0, 101).await, "APPLIED 0/", "whoever states it");
    assert_eq!(lagging(&house).await, [""; 0]);

    let row = proto::StockReading {
        sku: "mug".into(),
        on_hand: "0".into(),
        statement_sequence: 102,
        ..Default::default()
    };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![row] };
    erp.stock().set_stock(request).await.unwrap();
    for count in 1..=5 {
        assert_eq!(state(&house, erp, "mug", 0, 4).await, format!("STALE {count}/erp"));
    }
    assert_eq!(lagging(&house).await, ["erp 1 mug"]);
    let done = compose(erp, vec![composition("mug", 1, &[("cup", "2"), ("pot", "1")])]).await;
    assert_eq!(done, ["APPLIED"]);
    assert_eq!(lagging(&house).await, [""; 0]);
}
