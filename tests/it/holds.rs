use erpsync_client::proto;

use crate::inbox::{acknowledge, defer, house_with_more, kinds, lease, refuse};
use crate::kit::House;
use crate::kit::trade::{discard, get, hold, level, lines, parked_id, resume, retry};

async fn held_by(house: &House, order: &str) -> String {
    get(&house.shop, order).await.hold.map_or_else(String::new, |it| it.system)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_not_handed_out() {
    let house = house_with_more().await;
    assert_eq!(hold(&house.shop, "a-1").await, "OK");
    assert_eq!(hold(&house.tool, "a-1").await, "OK", "for another reason");
    assert_eq!(held_by(&house, "a-1").await, "tool");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-2"]);
    assert_eq!(lines(&house.shop, "a-1").await, ["1/0/0/0/1"]);
    assert_eq!(level(&house.erp, "mug").await, "99/1/0", "promises are kept");
    assert_eq!(resume(&house.shop, "a-1").await, "OK");
    assert_eq!(resume(&house.shop, "a-1").await, "OK", "it goes on already");
    assert_eq!(held_by(&house, "a-1").await, "");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-1"]);
}

/// A hold that the ERP does not know of would be a promise that nobody keeps.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_erp_has_only_the_erp_holds() {
    let house = house_with_more().await;
    let first = lease(&house.erp, 1).await;
    assert_eq!(hold(&house.shop, "a-1").await, "INVALID_STATE", "it is worked on");
    assert_eq!(defer(&house.erp, &first[0].lease).await, ["APPLIED"]);
    assert_eq!(hold(&house.shop, "a-1").await, "OK", "it was given back");
    house.clock.advance(std::time::Duration::from_secs(60));
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-2"]);
    assert_eq!(resume(&house.tool, "a-1").await, "OK");
    let again = lease(&house.erp, 10).await;
    assert_eq!(kinds(&again), ["ORDER a-1"]);
    assert_eq!(acknowledge(&house.erp, &[(&again[0].lease, "SO-1")]).await, ["APPLIED"]);
    for caller in [&house.shop, &house.tool] {
        assert_eq!(hold(caller, "a-1").await, "INVALID_STATE", "the ERP has it");
    }
    assert_eq!(hold(&house.erp, "a-1").await, "OK");
    assert_eq!(held_by(&house, "a-1").await, "erp");
    assert_eq!(lease(&house.erp, 10).await, [], "the payment waits too");
    assert_eq!(resume(&house.erp, "a-1").await, "OK");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["PAYMENT p-1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_parked_can_be_held_and_tried_again() {
    let house = house_with_more().await;
    let first = lease(&house.erp, 1).await;
    assert_eq!(refuse(&house.erp, &first[0].lease).await, ["PARKED TASK_REFUSED"]);
    assert_eq!(hold(&house.shop, "a-1").await, "OK");
    let id = parked_id(&house.tool, "a-1").await;
    assert_eq!(retry(&house.tool, &id).await, "APPLIED");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-2"], "it is held still");
    assert_eq!(resume(&house.shop, "a-1").await, "OK");
    let again = lease(&house.erp, 1).await;
    assert_eq!(refuse(&house.erp, &again[0].lease).await, ["PARKED TASK_REFUSED"]);
    assert_eq!(discard(&house.tool, &id).await, "APPLIED");
    assert_eq!(hold(&house.shop, "a-1").await, "INVALID_STATE", "nobody will take it over");
    assert_eq!(get(&house.shop, "a-1").await.handover(), proto::OrderHandover::Withdrawn);
}
