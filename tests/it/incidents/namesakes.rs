//! Keys that differ in case alone are different things, and somebody should look.

use erpsync_client::proto::{self, IncidentKind};

use super::list;
use crate::kit::trade::{
    cancel, cancellation, may_wait, order, set, ship, shipment, submit, wish_off,
};
use crate::kit::{House, request_id};

/// `skus@locations xTIMES` of those that hold.
async fn alike(house: &House) -> Vec<String> {
    let kind = IncidentKind::KeysDifferInCase.into();
    let request = proto::ListIncidentsRequest { kind, ..Default::default() };
    let told = |it: &proto::Incident| {
        let [skus, locations] =
            ["skus", "locations"].map(|name| it.metadata[name].replace('\u{1f}', ","));
        format!("{skus}@{locations} x{}", it.times)
    };
    list(house, request).await.iter().map(told).collect()
}

async fn state(house: &House, levels: &[(&str, &str, &str)]) {
    let reading = |(sku, location, on_hand): &(&str, &str, &str)| proto::StockReading {
        sku: (*sku).into(),
        location: (*location).into(),
        on_hand: (*on_hand).into(),
        ..Default::default()
    };
    let readings = levels.iter().map(reading).collect();
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    house.erp.stock().set_stock(request).await.unwrap();
}

/// The ERP writes "MUG", a shop "mug": it waits for what lies there.
#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_writes_an_article_in_another_way_is_told_of() {
    let house = House::open().await;
    set(&house.erp, "MUG", "5").await;
    assert_eq!(alike(&house).await, [""; 0]);
    submit(&house.shop, may_wait(order("a-1", &[("mug", "2")]))).await.unwrap();
    assert_eq!(alike(&house).await, ["MUG,mug@main x1"]);
    let told = &list(&house, Default::default()).await[0];
    assert_eq!(told.subject, "mug\u{1f}main");
    assert!(told.message.starts_with("\"MUG\" at \"main\", \"mug\" at"), "{}", told.message);
    // It waits no more, and nothing else is known of it.
    assert_eq!(wish_off(&house.shop, cancellation("k-1", "a-1", &[])).await, "ACCEPTED 2/2");
    assert_eq!(alike(&house).await, [""; 0]);
    set(&house.erp, "mug", "3").await;
    set(&house.erp, "Mug", "1").await;
    assert_eq!(alike(&house).await, ["MUG,Mug,mug@main x2"]);
    set(&house.erp, "MUG", "0").await;
    assert_eq!(alike(&house).await, ["Mug,mug@main x2"]);
    submit(&house.shop, order("a-2", &[("Mug", "1")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-2", &[("0", "1")])).await, "APPLIED");
    assert_eq!(alike(&house).await, [""; 0]);
    // What is sold already waits, in whichever way it is written.
    let sold = proto::SubmitOrderRequest { already_placed: true, ..order("a-3", &[("mUG", "1")]) };
    submit(&house.shop, sold).await.unwrap();
    assert_eq!(alike(&house).await, ["mUG,mug@main x3"]);
    assert_eq!(cancel(&house.erp, "a-3", &[("0", "1")]).await, "1");
    assert_eq!(alike(&house).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn locations_are_looked_at_as_well_and_in_one_request_too() {
    let house = House::open().await;
    state(&house, &[("mug", "East", "1"), ("mug", "east", "1"), ("cup", "east", "1")]).await;
    assert_eq!(alike(&house).await, ["mug@East,east x1"]);
    state(&house, &[("CUP", "EAST", "1"), ("CUP", "EAST", "0"), ("mug", "East", "0")]).await;
    assert_eq!(alike(&house).await, [""; 0]);
    // Letters of other alphabets are what they are.
    state(&house, &[("\u{e4}", "east", "1"), ("\u{c4}", "east", "1")]).await;
    assert_eq!(alike(&house).await, [""; 0]);
}

/// A reading that is refused makes nothing known.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_leaves_no_level() {
    let house = House::open().await;
    let request = proto::SetOwnershipRequest {
        request_id: request_id(),
        data_set: proto::DataSet::Stock.into(),
        location: "main".into(),
        leader: "erp".into(),
        ..Default::default()
    };
    house.tool.ownership().set_ownership(request).await.unwrap();
    let till = house.another_erp("till").await;
    let row = proto::StockReading { sku: "mug".into(), on_hand: "1".into(), ..Default::default() };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![row] };
    let done = till.stock().set_stock(request).await.unwrap().into_inner();
    assert_eq!(done.results[0].outcome(), proto::Outcome::Refused);
    let levels = house.tool.stock().list_stock(proto::ListStockRequest::default()).await.unwrap();
    assert_eq!(levels.into_inner().levels, []);
}
