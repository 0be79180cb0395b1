use erpsync_client::proto::{
    self, Disposition,
    ShipmentCancellationKind::{CarrierReturn, NeverLeft},
};

use crate::kit::trade::{
    approve, get, level, lines, may_wait, order, parked, parked_id, receive, reception,
    request_return, retry, set, ship, shipment, submit, undo, undoing, until_nothing_is_parked,
};
use crate::kit::{House, request_id};

/// Of nine mugs five were ordered and three have left.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await, "APPLIED");
    house
}

/// I8: what became of the goods decides what can be sold; that they are to be sent again does not
/// depend on it.
#[tokio::test(flavor = "multi_thread")]
async fn units_of_a_shipment_that_is_undone_are_open_again() {
    for (kind, disposition, mugs) in [
        (NeverLeft, Disposition::Unspecified, "9/5/0"),
        (CarrierReturn, Disposition::Restock, "9/5/0"),
        // The other four that lie there serve them.
        (CarrierReturn, Disposition::Quarantine, "6/5/0"),
        (CarrierReturn, Disposition::Scrap, "6/5/0"),
    ] {
        let house = house().await;
        assert_eq!(level(&house.erp, "mug").await, "6/2/0");
        let undoing = undoing("d-1", kind, disposition);
        assert_eq!(undo(&house.erp, undoing.clone()).await, "APPLIED", "{kind:?}");
        assert_eq!(undo(&house.erp, undoing).await, "APPLIED", "the same");
        assert_eq!(level(&house.erp, "mug").await, mugs, "{kind:?} {disposition:?}");
        assert_eq!(lines(&house.shop, "a-1").await, ["5/0/5/0/0"]);
        let told = get(&house.shop, "a-1").await;
        assert_eq!(told.status(), proto::OrderStatus::Open);
        let cancellation = told.shipments[0].cancellation.clone().unwrap();
        assert_eq!((cancellation.kind(), cancellation.disposition()), (kind, disposition));
        // And they can be sent again.
        assert_eq!(ship(&house.erp, shipment("d-2", "a-1", &[("0", "5")])).await, "APPLIED");
        assert_eq!(get(&house.shop, "a-1").await.status(), proto::OrderStatus::Shipped);
        house.close().await;
    }
}

/// Who waited before is served first, unless the goods never left: then they are the order's own.
#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_serves_whoever_waits_longest() {
    for (kind, disposition, first, second, mugs) in [
        (NeverLeft, Disposition::Unspecified, "5/0/5/0/0", "8/0/4/4/0", "9/9/4"),
        (CarrierReturn, Disposition::Restock, "5/0/2/3/0", "8/0/7/1/0", "9/9/4"),
        (CarrierReturn, Disposition::Scrap, "5/0/2/3/0", "8/0/4/4/0", "6/6/7"),
    ] {
        let house = house().await;
        submit(&house.shop, may_wait(order("a-2", &[("mug", "8")]))).await.unwrap();
        assert_eq!(lines(&house.shop, "a-2").await, ["8/0/4/4/0"]);
        assert_eq!(undo(&house.erp, undoing("d-1", kind, disposition)).await, "APPLIED");
        assert_eq!(lines(&house.shop, "a-1").await, [first], "{kind:?} {disposition:?}");
        assert_eq!(lines(&house.shop, "a-2").await, [second], "{kind:?} {disposition:?}");
        assert_eq!(level(&house.erp, "mug").await, mugs, "{kind:?} {disposition:?}");
        // In the end everybody is served, and nobody twice.
        set(&house.erp, "mug", "13").await;
        assert_eq!(lines(&house.shop, "a-1").await, ["5/0/5/0/0"]);
        assert_eq!(lines(&house.shop, "a-2").await, ["8/0/8/0/0"]);
        assert_eq!(level(&house.erp, "mug").await, "13/13/0");
        house.close().await;
    }
}

/// Units of a line that waits already wait with it, in its place.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_waits_keeps_its_place() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    submit(&house.shop, may_wait(order("a-1", &[("mug", "5")]))).await.unwrap();
    submit(&house.shop, may_wait(order("a-2", &[("mug", "1")]))).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/0/2/3"]);
    let lost = undoing("d-1", CarrierReturn, Disposition::Scrap);
    assert_eq!(undo(&house.erp, lost).await, "APPLIED");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/0/5/0"]);
    set(&house.erp, "mug", "5").await;
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/5/0/0"]);
    assert_eq!(lines(&house.shop, "a-2").await, ["1/0/0/1/0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_tie_out_is_parked() {
    let house = house().await;
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    let back = undoing("d-1", CarrierReturn, Disposition::Restock);
    assert_eq!(undo(&house.erp, back).await, "PARKED QUANTITY_EXCEEDED", "one is announced");
    assert_eq!(level(&house.erp, "mug").await, "6/2/0", "and nothing is done");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/2/0/3"]);
    let wait = parked_id(&house.tool, "d-1").await;
    let decline = proto::DeclineReturnRequest {
        request_id: request_id(),
        r#return: crate::kit::trade::of_system("shop-a", "t-1"),
        reason: "it never came".into(),
    };
    house.erp.returns().decline_return(decline).await.unwrap();
    assert_eq!(retry(&house.tool, &wait).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "9/5/0");
    let mut again = undoing("d-1", NeverLeft, Disposition::Unspecified);
    again.external_cancellation_id = "another".into();
    assert_eq!(undo(&house.erp, again).await, "PARKED INVALID_STATE", "once is enough");
}

/// What is back at the merchant's already was not undelivered.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_buyer_sent_back_did_not_come_back_undelivered() {
    let house = house().await;
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    let one = [("0", "1", Disposition::Scrap)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &one)).await, "APPLIED");
    let back = undoing("d-1", CarrierReturn, Disposition::Restock);
    assert_eq!(undo(&house.erp, back).await, "PARKED QUANTITY_EXCEEDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_carrier_may_be_faster_than_the_shipment() {
    let house = house().await;
    let early = undoing("d-2", CarrierReturn, Disposition::Restock);
    assert_eq!(undo(&house.erp, early).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(ship(&house.erp, shipment("d-2", "a-1", &[("0", "2")])).await, "APPLIED");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/2/0/3"]);
    assert_eq!(parked(&house.tool).await, [""; 0]);
}

/// One line, shipped from two places in two parcels; what comes back to one of them is promised
/// where the line is served from.
#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_from_elsewhere_comes_back_there() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    let mut depot = shipment("d-1", "a-1", &[("0", "3")]);
    depot.lines[0].location = "depot".into();
    depot.tracking_numbers = vec!["1Z-1".into(), "1Z-2".into()];
    assert_eq!(ship(&house.erp, depot).await, "APPLIED");
    assert_eq!(ship(&house.erp, shipment("d-2", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "3/0/0");
    let told = get(&house.shop, "a-1").await;
    assert_eq!(told.status(), proto::OrderStatus::Shipped);
    assert_eq!(told.shipments[0].tracking_numbers, ["1Z-1", "1Z-2"]);
    let never = undoing("d-1", NeverLeft, Disposition::Unspecified);
    assert_eq!(undo(&house.erp, never).await, "APPLIED");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/3/0/2"]);
    assert_eq!(level(&house.erp, "mug").await, "3/3/0");
    let depot = proto::GetStockRequest {
        sku: "mug".into(),
        location: "depot".into(),
        ..Default::default()
    };
    let depot = house.erp.stock().get_stock(depot).await.unwrap().into_inner().level.unwrap();
    assert_eq!((&*depot.on_hand, &*depot.reserved), ("0", "0"));
}

/// A statement that contains the parcel's coming back does not count it twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_knows_what_it_contains() {
    let house = house().await;
    let reading = proto::StockReading {
        sku: "mug".into(),
        on_hand: "9".into(),
        source_epoch: 1,
        statement_sequence: 1,
        ledger_through: 40,
        ..Default::default()
    };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    house.erp.stock().set_stock(request).await.unwrap();
    let mut back = undoing("d-1", CarrierReturn, Disposition::Restock);
    back.ledger_number = 40;
    assert_eq!(undo(&house.erp, back).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "9/5/0");
}
