//! What is followed can be gone on with.

use super::{Desk, cells, objects};
use crate::kit::trade::{order, set, submit};

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_followed_from_where_it_stopped() {
    let desk = Desk::open("cli-watch").await;
    set(&desk.house.erp, "CUP", "2").await;
    set(&desk.house.erp, "MUG", "5").await;
    let watch = "stock watch --token-file stock.token --limit";
    let all = desk.say("shop-a", &format!("{watch} 2")).await.out;
    assert_eq!(
        cells(&all),
        [
            "SKU|LOCATION|ON HAND|RESERVED|SELLABLE|BACK ORDERED|REVISION",
            "CUP|main|2|0|2|0|1",
            "MUG|main|5|0|5|0|2"
        ]
    );
    set(&desk.house.erp, "MUG", "17").await;
    let token = desk.read("stock.token");
    let went_on = desk.say("shop-a", &format!("{watch} 1 --output json")).await.out;
    let went_on = objects(&went_on);
    assert_eq!((went_on.len(), &went_on[0]["onHand"]), (1, &"17".into()));
    assert_ne!(desk.read("stock.token"), token);

    // Another watch has no use for this place.
    let other = desk.say("shop-a", &format!("{watch} 1 --sku MUG")).await;
    assert_eq!(other.code, 1, "{other:?}");
    assert!(other.err.contains("RESUME_TOKEN_INVALID"), "{other:?}");
    // An empty file is none.
    desk.write("empty", "");
    let begun = desk.say("erp", "stock watch --token-file empty --limit 1 --sku CUP").await;
    assert_eq!(cells(&begun.out).len(), 2);
    assert!(!desk.read("empty").is_empty());
}

/// From now on: the place is kept before anything has changed.
#[tokio::test(flavor = "multi_thread")]
async fn everything_is_followed() {
    let desk = Desk::open("cli-tail").await;
    set(&desk.house.erp, "MUG", "5").await;
    let command = desk.command("tool", "tail --token-file place --limit 3").await;
    let tail = tokio::spawn(super::said(command, ""));
    while !desk.path("place").exists() {
        tokio::task::yield_now().await;
    }
    submit(&desk.house.shop, order("a-1", &[("MUG", "2")])).await.unwrap();
    let told = tail.await.unwrap();
    let told = cells(&told.out);
    assert_eq!(told[0], "REVISION|KIND|KEY|WHAT");
    let kinds: Vec<_> = told[1..].iter().map(|it| it.split('|').nth(1).unwrap()).collect();
    assert_eq!(kinds, ["order", "stock_level", "task"]);
    assert!(told[1].ends_with("shop-a a-1: open, 2 EUR"), "{told:?}");
    assert!(told[2].ends_with("MUG / main|on hand 5, reserved 2, sellable 3"), "{told:?}");
    assert!(told[3].ends_with("order a-1: waiting"), "{told:?}");

    let orders =
        desk.say("tool", "tail --from snapshot --kind order --limit 1 --output json").await;
    let orders = objects(&orders.out);
    assert_eq!(
        (&orders[0]["kind"], &orders[0]["order"]["externalOrderId"]),
        (&"order".into(), &"a-1".into())
    );
    let shop = desk.say("shop-a", "orders watch --limit 1").await;
    assert!(cells(&shop.out)[1].contains("|shop-a|a-1|"), "{shop:?}");
}
