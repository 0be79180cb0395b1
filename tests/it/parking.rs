use std::time::Duration;

use erpsync_client::proto;

use crate::inbox::{
    acknowledge, defer, extend, house_with_more, kinds, lease, lease_within, refuse,
};
use crate::kit::House;
use crate::kit::trade::{
    discard, get, invoice, level, order, parked, parked_id, record, retry, set, ship, shipment,
    submit, until_nothing_is_parked, until_something_is_parked,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_given_up_can_be_told_as_it_should_have_been() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    // A slip of the pen: the order is another.
    assert_eq!(
        ship(&house.erp, shipment("d-1", "a-2", &[("0", "1")])).await,
        "PARKED WAITS_FOR_DOCUMENT"
    );
    let right = shipment("d-1", "a-1", &[("0", "1")]);
    assert_eq!(ship(&house.erp, right.clone()).await, "DOCUMENT_CONTENT_MISMATCH");
    let wrong = parked_id(&house.tool, "d-1").await;
    assert_eq!(discard(&house.tool, &wrong).await, "APPLIED");
    assert_eq!(discard(&house.erp, &wrong).await, "DUPLICATE");
    assert_eq!(retry(&house.tool, &wrong).await, "REFUSED INVALID_STATE");
    assert_eq!(parked(&house.tool).await, [""; 0]);
    assert_eq!(ship(&house.erp, right.clone()).await, "APPLIED");
    assert_eq!(ship(&house.erp, right).await, "APPLIED", "the same");
    // What it waited for comes, and wakes nobody.
    submit(&house.shop, order("a-2", &[("mug", "2")])).await.unwrap();
    let late = shipment("d-2", "a-2", &[("0", "1")]);
    assert_eq!(ship(&house.erp, late).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "3/2/0", "two have left, and no third");

    let request = proto::ListParkedRequest { with_applied: true, ..Default::default() };
    let it = house.tool.parking().list_parked(request).await.unwrap().into_inner().parked.remove(0);
    assert_eq!((&*it.discarded_by, &*it.discard_reason), ("tool", "typed by hand"));
    assert!(it.discard_time.is_some() && it.apply_time.is_none());
}

/// One that does not tie out has no number to wait for.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_applied_cannot_be_given_up() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    let early = record(&house.erp, invoice("r-1", "a-1", &[("0", "2")])).await;
    assert_eq!(early, "PARKED WAITS_FOR_DOCUMENT");
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    until_nothing_is_parked(&house.tool).await;
    let applied = parked_id(&house.tool, "r-1").await;
    assert_eq!(discard(&house.tool, &applied).await, "REFUSED INVALID_STATE");
    let more = record(&house.erp, invoice("r-2", "a-1", &[("0", "1")])).await;
    assert_eq!(more, "PARKED QUANTITY_EXCEEDED");
    let wrong = parked_id(&house.tool, "r-2").await;
    assert_eq!(discard(&house.tool, &wrong).await, "APPLIED");
    assert_eq!(discard(&house.tool, "4711").await, "REFUSED NOT_FOUND");
    assert_eq!(get(&house.shop, "a-1").await.invoices.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_behind_a_task_that_is_given_up_goes_on() {
    let house = house_with_more().await;
    let first = lease(&house.erp, 1).await;
    assert_eq!(kinds(&first), ["ORDER a-1"]);
    let late = &*first[0].lease;
    assert_eq!(refuse(&house.erp, late).await, ["PARKED TASK_REFUSED"]);
    assert_eq!(discard(&house.tool, &parked_id(&house.tool, "a-1").await).await, "APPLIED");
    assert_eq!(get(&house.shop, "a-1").await.handover(), proto::OrderHandover::Withdrawn);
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-2", "PAYMENT p-1"]);
    for told in [defer(&house.erp, late).await, extend(&house.erp, late).await] {
        assert_eq!(told, ["REFUSED LEASE_SUPERSEDED"], "it was given back");
    }
    assert_eq!(level(&house.erp, "mug").await, "99/1/0", "a-2 is promised still");
}

/// Nobody had to take it over; that somebody has is a fact all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_was_given_up_may_turn_out_to_be_done() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    for _ in 1..10 {
        let given_back = lease_within(&house.erp, 1, 20).await.remove(0).lease;
        assert_eq!(defer(&house.erp, &given_back).await, ["APPLIED"]);
        house.clock.advance(Duration::from_secs(4_000));
    }
    // The tenth holder is silent until its lease is over.
    let held = lease_within(&house.erp, 1, 20).await.remove(0).lease;
    house.clock.advance(Duration::from_secs(61));
    until_something_is_parked(&house.tool).await;
    assert_eq!(parked(&house.tool).await, ["task a-1 ATTEMPTS_EXHAUSTED"]);
    let given_up = parked_id(&house.tool, "a-1").await;
    assert_eq!(discard(&house.tool, &given_up).await, "APPLIED");
    assert_eq!(get(&house.shop, "a-1").await.handover(), proto::OrderHandover::Withdrawn);
    assert_eq!(acknowledge(&house.erp, &[(&held, "SO-1")]).await, ["APPLIED"]);
    assert_eq!(get(&house.shop, "a-1").await.erp_number, "SO-1");
    assert_eq!(discard(&house.tool, &given_up).await, "DUPLICATE");
}
