use erpsync_client::proto;

use crate::kit::House;
use crate::kit::trade::{
    cancel, get, level, lines, may_wait, order, parked, set, ship, shipment, submit,
    until_nothing_is_parked,
};

/// An order leaves in parts, and each step is seen.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_ships_in_parts() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    submit(&house.shop, order("a-1", &[("mug", "4"), ("mug", "1")])).await.unwrap();
    let first = shipment("d-1", "a-1", &[("0", "3")]);
    assert_eq!(ship(&house.erp, first.clone()).await, "APPLIED");
    assert_eq!(ship(&house.erp, first).await, "APPLIED", "the same again is the same");
    assert_eq!(lines(&house.shop, "a-1").await, ["4/0/1/0/3", "1/0/1/0/0"]);
    assert_eq!(level(&house.erp, "mug").await, "7/2/0");
    let seen = get(&house.shop, "a-1").await;
    assert_eq!(seen.status(), proto::OrderStatus::PartShipped);
    assert_eq!(seen.shipments.len(), 1);
    assert_eq!(seen.shipments[0].external_shipment_id, "d-1");

    let other = shipment("d-1", "a-1", &[("0", "2")]);
    assert_eq!(ship(&house.erp, other).await, "DOCUMENT_CONTENT_MISMATCH");
    let unknown = shipment("d-2", "a-1", &[("7", "1")]);
    assert_eq!(ship(&house.erp, unknown).await, "ORDER_LINE_NOT_FOUND");

    let rest = shipment("d-2", "a-1", &[("0", "1"), ("1", "1")]);
    assert_eq!(ship(&house.erp, rest).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "5/0/0");
    let seen = get(&house.shop, "a-1").await;
    assert_eq!((seen.status(), seen.shipments.len()), (proto::OrderStatus::Shipped, 2));

    let more = shipment("d-3", "a-1", &[("1", "2")]);
    assert_eq!(ship(&house.erp, more).await, "APPLIED", "a fact is never refused for a quantity");
    assert_eq!(get(&house.shop, "a-1").await.quantities[1].over_shipped, "2");
    assert_eq!(level(&house.erp, "mug").await, "3/0/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shipment_waits_for_its_order() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    let early = shipment("d-1", "a-1", &[("0", "2")]);
    assert_eq!(ship(&house.erp, early).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(parked(&house.tool).await, ["shipment d-1 WAITS_FOR_DOCUMENT"]);
    assert_eq!(level(&house.erp, "mug").await, "10/0/0");
    submit(&house.shop, order("a-1", &[("mug", "3")])).await.unwrap();
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(lines(&house.shop, "a-1").await, ["3/0/1/0/2"]);
    assert_eq!(level(&house.erp, "mug").await, "8/1/0");
    // By our own id nothing is waited for.
    let mut ours = shipment("d-2", "a-1", &[("0", "2")]);
    let reference = Some(proto::order_reference::Reference::OrderId("4711".into()));
    ours.order = Some(proto::OrderReference { reference });
    assert_eq!(ship(&house.erp, ours).await, "NOT_FOUND");
}

/// R7: a statement that contains a shipment does not count it twice, whichever comes first.
#[tokio::test(flavor = "multi_thread")]
async fn ledger_numbers_say_what_a_statement_contains() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    submit(&house.shop, order("a-1", &[("mug", "4")])).await.unwrap();
    let reading = |on_hand: &str, sequence, through| proto::SetStockRequest {
        request_id: format!("reading-{sequence}"),
        readings: vec![proto::StockReading {
            sku: "mug".into(),
            on_hand: on_hand.into(),
            source_epoch: 1,
            statement_sequence: sequence,
            ledger_through: through,
            ..Default::default()
        }],
    };
    house.erp.stock().set_stock(reading("10", 1, 100)).await.unwrap();
    let mut first = shipment("d-1", "a-1", &[("0", "1")]);
    first.lines[0].ledger_number = 101;
    assert_eq!(ship(&house.erp, first).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "9/3/0");
    // Read before the shipment, and arriving after it.
    house.erp.stock().set_stock(reading("10", 2, 100)).await.unwrap();
    assert_eq!(level(&house.erp, "mug").await, "9/3/0");
    // This one contains the next shipment already.
    house.erp.stock().set_stock(reading("7", 3, 102)).await.unwrap();
    assert_eq!(level(&house.erp, "mug").await, "7/3/0");
    let mut second = shipment("d-2", "a-1", &[("0", "2")]);
    second.lines[0].ledger_number = 102;
    assert_eq!(ship(&house.erp, second).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "7/1/0");
}

/// R15: after cancelling a part, the rest can be shipped.
#[tokio::test(flavor = "multi_thread")]
async fn cancelled_units_go_to_whoever_waits() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    submit(&house.shop, may_wait(order("a-2", &[("mug", "4")]))).await.unwrap();
    assert_eq!(cancel(&house.erp, "a-1", &[("0", "6")]).await, "QUANTITY_EXCEEDED");
    assert_eq!(cancel(&house.erp, "a-1", &[("0", "3")]).await, "3");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/3/2/0/0"]);
    assert_eq!(lines(&house.shop, "a-2").await, ["4/0/3/1/0"]);
    // What waits is given up first.
    assert_eq!(cancel(&house.erp, "a-2", &[("0", "2")]).await, "2");
    assert_eq!(lines(&house.shop, "a-2").await, ["4/2/2/0/0"]);
    assert_eq!(level(&house.erp, "mug").await, "5/4/0");
    let rest = get(&house.shop, "a-1").await.quantities[0].open.clone();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!((rest.as_str(), lines(&house.shop, "a-1").await[0].as_str()), ("2", "5/3/1/0/1"));
    assert_eq!(cancel(&house.erp, "a-1", &[("0", "")]).await, "1", "all that is open");
    assert_eq!(get(&house.shop, "a-1").await.status(), proto::OrderStatus::Shipped);
    assert_eq!(cancel(&house.erp, "a-3", &[("0", "")]).await, "NOT_FOUND");
    assert_eq!(cancel(&house.erp, "a-1", &[("x", "")]).await, "ORDER_LINE_NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_from_elsewhere_is_free_here() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    submit(&house.shop, may_wait(order("a-2", &[("mug", "1")]))).await.unwrap();
    let mut elsewhere = shipment("d-1", "a-1", &[("0", "2")]);
    elsewhere.lines[0].location = "store".into();
    // Goods beyond the order: a leaflet.
    let (sku, quantity) = ("leaflet".to_owned(), "1".to_owned());
    elsewhere.lines.push(proto::ShipmentLine { sku, quantity, ..Default::default() });
    assert_eq!(ship(&house.erp, elsewhere).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "5/4/0");
    assert_eq!(lines(&house.shop, "a-2").await, ["1/0/1/0/0"]);
    assert_eq!(level(&house.erp, "leaflet").await, "-1/0/0");
    let request = proto::GetStockRequest {
        sku: "mug".into(),
        location: "store".into(),
        ..Default::default()
    };
    let there = house.erp.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    assert_eq!(there.on_hand, "-2");
    // Goods beyond the order alone change none of its lines, and are a change of it all the same.
    let before = get(&house.shop, "a-2").await.revision;
    let (sku, quantity) = ("leaflet".to_owned(), "1".to_owned());
    let mut leaflet = shipment("d-0", "a-2", &[]);
    leaflet.lines = vec![proto::ShipmentLine { sku, quantity, ..Default::default() }];
    assert_eq!(ship(&house.erp, leaflet).await, "APPLIED");
    let seen = get(&house.shop, "a-2").await;
    assert!(before < seen.revision && seen.shipments.len() == 1);
    // An order that waits can be shipped all the same: the goods were there.
    submit(&house.shop, may_wait(order("a-3", &[("mug", "2")]))).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-2", "a-3", &[("0", "1")])).await, "APPLIED");
    assert_eq!(lines(&house.shop, "a-3").await, ["2/0/0/1/1"]);
    assert_eq!(level(&house.erp, "mug").await, "4/4/1");
    let listed = proto::ListShipmentsRequest::default();
    let listed = house.shop.shipments().list_shipments(listed).await.unwrap().into_inner();
    let numbers: Vec<_> = listed.shipments.iter().map(|it| &*it.external_shipment_id).collect();
    assert_eq!(numbers, ["d-1", "d-0", "d-2"]);
}

/// Less than was ordered leaves the rest open, unless it is said that nothing more will leave.
#[tokio::test(flavor = "multi_thread")]
async fn a_short_shipment_that_is_final_cancels_the_rest() {
    let both = ["4/2/0/0/2", "3/0/3/0/0"];
    let whole = ["4/2/0/0/2", "3/3/0/0/0"];
    for (line, all, expected, mugs, waiting) in [
        (false, false, ["4/0/2/0/2", "3/0/3/0/0"], "3/3/1", "1/0/0/1/0"),
        (true, false, both, "3/2/0", "1/0/1/0/0"),
        (false, true, whole, "3/2/0", "1/0/1/0/0"),
        (true, true, whole, "3/2/0", "1/0/1/0/0"),
    ] {
        let house = House::open().await;
        set(&house.erp, "mug", "5").await;
        set(&house.erp, "cup", "9").await;
        submit(&house.shop, order("a-1", &[("mug", "4"), ("cup", "3")])).await.unwrap();
        submit(&house.shop, order("a-3", &[("mug", "1")])).await.unwrap();
        submit(&house.shop, may_wait(order("a-2", &[("mug", "1")]))).await.unwrap();
        let mut sent = shipment("d-1", "a-1", &[("0", "2")]);
        (sent.lines[0].completes_line, sent.completes_order) = (line, all);
        assert_eq!(ship(&house.erp, sent).await, "APPLIED");
        let told = get(&house.shop, "a-1").await;
        assert_eq!(lines(&house.shop, "a-1").await, expected, "{line} {all}");
        assert_eq!(told.status() == proto::OrderStatus::Shipped, all);
        let seen = &told.shipments[0];
        assert_eq!((seen.lines[0].completes_line, seen.completes_order), (line, all));
        assert_eq!(lines(&house.shop, "a-2").await, [waiting], "what is free serves who waits");
        assert_eq!(level(&house.erp, "mug").await, mugs, "{line} {all}");
        house.close().await;
    }
}
