//! The limits of the contract: so many, and not one more. What is bounded before a call is made, door/ has.

use erpsync_client::proto;
use erpsync_client::proto::Outcome;

use crate::kit::trade::{order, submit};
use crate::kit::{House, reason, request_id};

fn reading(sku: &str, location: &str) -> proto::StockReading {
    proto::StockReading {
        sku: sku.into(),
        location: location.into(),
        on_hand: "1".into(),
        ..Default::default()
    }
}

async fn set(
    house: &House,
    request_id: &str,
    readings: Vec<proto::StockReading>,
) -> Result<proto::SetStockResponse, tonic::Status> {
    let request = proto::SetStockRequest { request_id: request_id.into(), readings };
    house.erp.stock().set_stock(request).await.map(|it| it.into_inner())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_rows_in_a_batch_and_on_a_page() {
    let house = House::open().await;
    let rows = |count: usize| (0..count).map(|nth| reading(&format!("mug-{nth}"), "")).collect();
    let refused = set(&house, &request_id(), rows(1_001)).await.unwrap_err();
    assert_eq!(reason(&refused), "FIELD_INVALID");
    let done = set(&house, &request_id(), rows(1_000)).await.unwrap();
    assert!(done.results.iter().all(|it| it.outcome() == Outcome::Applied));
    set(&house, &request_id(), vec![reading("one-more", "")]).await.unwrap();
    for (page_size, expected) in [(999, 999), (1_000, 1_000), (1_001, 1_000), (i32::MAX, 1_000)] {
        let request = proto::ListStockRequest { page_size, ..Default::default() };
        let page = house.shop.stock().list_stock(request).await.unwrap().into_inner();
        assert_eq!(page.levels.len(), expected, "a page of {page_size}");
        assert!(!page.next_page_token.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_lines_of_an_order() {
    let house = House::open().await;
    let lines: Vec<_> = (0..2_001).map(|nth| format!("mug-{nth}")).collect();
    let lines: Vec<_> = lines.iter().map(|it| (&**it, "1")).collect();
    let placed = |number: &str, lines: &[(&str, &str)]| {
        let allowed = proto::SubmitOrderRequest { already_placed: true, ..order(number, lines) };
        submit_of(&house, allowed)
    };
    assert_eq!(placed("1", &lines).await, Err("FIELD_INVALID".into()));
    placed("1", &lines[..2_000]).await.expect("two thousand lines");
}

async fn submit_of(house: &House, order: proto::SubmitOrderRequest) -> Result<(), String> {
    submit(&house.shop, order).await.map(|_| ())
}

/// As long as they may be, keys are kept, found and listed; so every index bears them.
#[tokio::test(flavor = "multi_thread")]
async fn keys_as_long_as_they_may_be() {
    let house = House::open().await;
    let long = |bytes: usize| {
        let mut text = "ä".repeat(bytes / 2);
        text.push_str(&"x".repeat(bytes % 2));
        text
    };
    let (sku, location) = (long(255), long(64));
    let rows = [
        (reading(&sku, &location), Outcome::Applied),
        (reading(&long(256), "main"), Outcome::Refused),
        (reading("mug", &long(65)), Outcome::Refused),
    ];
    let readings = rows.iter().map(|it| it.0.clone()).collect();
    let done = set(&house, &"r".repeat(64), readings).await.unwrap();
    for ((row, expected), result) in rows.iter().zip(&done.results) {
        assert_eq!(result.outcome(), *expected, "{row:?}");
    }
    let refused = set(&house, &"r".repeat(65), vec![reading("mug", "")]).await.unwrap_err();
    assert_eq!(reason(&refused), "FIELD_INVALID");
    let request = proto::GetStockRequest {
        sku: sku.clone(),
        location: location.clone(),
        ..Default::default()
    };
    let level = house.shop.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    assert_eq!((&level.sku, &level.location), (&sku, &location));

    let number = long(255);
    let bought = |number: &str| {
        let mut bought = order(number, &[(&sku, "1")]);
        bought.lines[0].location.clone_from(&location);
        bought
    };
    assert_eq!(submit_of(&house, bought(&long(256))).await, Err("FIELD_INVALID".into()));
    submit_of(&house, bought(&number)).await.expect("a long number");
    let listed = house.shop.orders().list_orders(proto::ListOrdersRequest::default()).await;
    assert_eq!(listed.unwrap().into_inner().orders[0].external_order_id, number);
}
