use erpsync_client::proto::{self, Disposition};

use crate::kit::House;
use crate::kit::trade::{
    approve, decline, get, get_return, level, lines, may_wait, order, parked, receive, reception,
    request_return, set, ship, shipment, submit, until_nothing_is_parked,
};

/// Five mugs were ordered, four have left.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "4")])).await, "APPLIED");
    house
}

/// `requested/received/sent back` of the only line of an order.
async fn back(house: &House, order: &str) -> String {
    let it = get(&house.shop, order).await.quantities.remove(0);
    [it.return_requested, it.received, it.sent_back].join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_back_in_parts() {
    let house = house().await;
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "5")]).await, "QUANTITY_EXCEEDED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "3")]).await, "OK");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "3")]).await, "OK", "the same");
    let other = request_return(&house.shop, "t-1", "a-1", &[("0", "2")]).await;
    assert_eq!(other, "DOCUMENT_CONTENT_MISMATCH");
    assert_eq!(request_return(&house.shop, "t-2", "a-1", &[("0", "2")]).await, "QUANTITY_EXCEEDED");
    assert_eq!(
        request_return(&house.shop, "t-2", "a-1", &[("x", "1")]).await,
        "ORDER_LINE_NOT_FOUND"
    );
    assert_eq!(request_return(&house.shop, "t-2", "a-9", &[("0", "1")]).await, "NOT_FOUND");
    assert_eq!(back(&house, "a-1").await, "3/0/0");
    assert_eq!(get_return(&house.shop, "t-1").await.status(), proto::ReturnStatus::Requested);

    assert_eq!(approve(&house.shop, "t-1").await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK", "allowing twice changes nothing");
    assert_eq!(approve(&house.erp, "t-9").await, "NOT_FOUND");
    let some = [("0", "1", Disposition::Restock), ("0", "1", Disposition::SendBack)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &some)).await, "APPLIED");
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &some)).await, "APPLIED", "the same");
    assert_eq!(back(&house, "a-1").await, "1/2/1");
    assert_eq!(level(&house.erp, "mug").await, "2/1/0", "what was restocked can be sold");
    assert_eq!(get_return(&house.shop, "t-1").await.status(), proto::ReturnStatus::PartReceived);
    assert_eq!(decline(&house.shop, "t-1").await, "INVALID_STATE");

    let rest = [("0", "1", Disposition::Scrap)];
    assert_eq!(receive(&house.erp, reception("x-2", "t-1", &rest)).await, "APPLIED");
    let told = get_return(&house.shop, "t-1").await;
    assert_eq!(told.status(), proto::ReturnStatus::Received);
    let it = &told.quantities[0];
    let all = [&it.received, &it.restocked, &it.quarantined, &it.scrapped, &it.sent_back];
    assert_eq!(all, ["3", "1", "0", "1", "1"]);
    assert_eq!(level(&house.erp, "mug").await, "2/1/0");
    // What went to the buyer again may come back again: one of it, and one that never came.
    assert_eq!(request_return(&house.shop, "t-3", "a-1", &[("0", "2")]).await, "OK");
    let listed = proto::ListReturnsRequest::default();
    let listed = house.tool.returns().list_returns(listed).await.unwrap().into_inner().returns;
    assert_eq!(listed.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_return_frees_its_units() {
    let house = house().await;
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "4")]).await, "OK");
    assert_eq!(decline(&house.erp, "t-1").await, "OK");
    assert_eq!(decline(&house.erp, "t-1").await, "OK", "declining twice changes nothing");
    assert_eq!(approve(&house.erp, "t-1").await, "INVALID_STATE");
    assert_eq!(get_return(&house.shop, "t-1").await.decline_reason, "worn");
    assert_eq!(request_return(&house.shop, "t-2", "a-1", &[("0", "4")]).await, "OK");
    let all = [("0", "4", Disposition::Quarantine)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &all)).await, "PARKED INVALID_STATE");
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_may_be_faster_than_words() {
    let house = house().await;
    let all = [("0", "2", Disposition::Restock)];
    let early = receive(&house.erp, reception("x-1", "t-1", &all)).await;
    assert_eq!(early, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "2")]).await, "OK");
    assert_eq!(parked(&house.tool).await, ["reception x-1 WAITS_FOR_DOCUMENT"], "not approved");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(back(&house, "a-1").await, "0/2/0");
    let more = receive(&house.erp, reception("x-2", "t-1", &all)).await;
    assert_eq!(more, "PARKED QUANTITY_EXCEEDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_serves_whoever_waits() {
    let house = house().await;
    submit(&house.shop, may_wait(order("a-2", &[("mug", "2")]))).await.unwrap();
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    assert_eq!(approve(&house.shop, "t-1").await, "OK");
    let one = [("0", "1", Disposition::Restock)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &one)).await, "APPLIED");
    assert_eq!(lines(&house.shop, "a-2").await, ["2/0/1/1/0"]);
    assert_eq!(level(&house.erp, "mug").await, "2/2/1");
}
