//! An order in exchange names the return that it replaces.

use erpsync_client::proto;

use crate::kit::House;
use crate::kit::trade::{
    get, get_return, of_system, order, parked, request_return, set, ship, shipment, submit,
};

async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    house
}

fn in_exchange(number: &str, of: &str) -> proto::SubmitOrderRequest {
    let replaces_return = of_system("shop-a", of);
    proto::SubmitOrderRequest { replaces_return, ..order(number, &[("mug", "1")]) }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_name_the_other() {
    let house = house().await;
    assert_eq!(submit(&house.shop, in_exchange("a-2", "t-9")).await, Err("NOT_FOUND".into()));
    assert_eq!(submit(&house.shop_b, in_exchange("b-1", "t-1")).await, Err("NOT_FOUND".into()));
    assert_eq!(submit(&house.shop, in_exchange("a-2", "t-1")).await, Ok("1+0".into()));
    assert_eq!(submit(&house.shop, in_exchange("a-2", "t-1")).await, Ok("1+0".into()), "the same");
    let other = order("a-2", &[("mug", "1")]);
    assert_eq!(submit(&house.shop, other).await, Err("ORDER_CONTENT_MISMATCH".into()));
    assert_eq!(submit(&house.shop, in_exchange("a-3", "t-1")).await, Ok("1+0".into()));

    let of = get_return(&house.shop, "t-1").await;
    let orders = [get(&house.shop, "a-2").await, get(&house.shop, "a-3").await];
    let ids = orders.each_ref().map(|it| it.order_id.clone());
    assert_eq!(of.replacement_order_ids, ids);
    assert!(orders.iter().all(|it| it.replaces_return_id == of.return_id));
}

/// What was sold is taken in; somebody has to look at it before the ERP gets it.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_already_placed_is_never_refused() {
    let house = house().await;
    let sold = |number: &str, of: &str| proto::SubmitOrderRequest {
        already_placed: true,
        ..in_exchange(number, of)
    };
    assert_eq!(submit(&house.shop, sold("a-2", "t-9")).await, Ok("1+0".into()));
    assert_eq!(submit(&house.shop_b, sold("b-1", "t-1")).await, Ok("1+0".into()));
    let told = get(&house.shop, "a-2").await;
    assert_eq!((told.handover(), &*told.replaces_return_id), (proto::OrderHandover::Parked, ""));
    assert_eq!(parked(&house.tool).await, ["task a-2 NOT_FOUND", "task b-1 NOT_FOUND"]);
    assert_eq!(get_return(&house.shop, "t-1").await.replacement_order_ids, [""; 0]);
}
