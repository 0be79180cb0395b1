//! What a shop may sell of articles that are made of others.

use std::collections::BTreeMap;

use erpsync_client::{proto, refusal};

use super::watched::{expect, watch};
use super::{article, assign, keep_back, lies, place, say, seen};
use crate::kit::House;
use crate::kit::trade::{compose, composition, may_wait, order};
use crate::reservations::cart;

/// A house whose first shop sells from the west, where there are 5 mugs and 3 cups: a set is one of each.
async fn furnished() -> House {
    let house = House::open().await;
    let set = composition("set", 1, &[("mug", "1"), ("cup", "1")]);
    assert_eq!(compose(&house.erp, vec![set]).await, ["APPLIED"]);
    assert_eq!(assign(&house.erp, "shop-a", &["west", "south"]).await, "APPLIED");
    let levels = [("mug", "main", "9"), ("cup", "main", "9"), ("mug", "west", "5")];
    lies(&house.erp, &levels).await;
    lies(&house.erp, &[("cup", "west", "3"), ("mug", "south", "1"), ("cup", "south", "9")]).await;
    house
}

/// What is kept back of a part is kept back of the set; whether it is for sale is the set's own.
#[tokio::test(flavor = "multi_thread")]
async fn a_set_is_seen_through_its_parts() {
    let house = furnished().await;
    let House { erp, shop, shop_b, .. } = &house;
    assert_eq!(seen(shop, "set").await, "south:1 west:3");
    assert_eq!(seen(erp, "set").await, "main:9 south:1 west:3");
    let mut changes = watch(shop, Default::default()).await;
    let all = "cup south:9, cup west:3, mug south:1, mug west:5, set south:1, set west:3";
    expect(&mut changes, &["begin 4", all, "end 6"]).await;

    assert_eq!(keep_back(erp, &[("shop-a", "mug", "west", "3")]).await, "APPLIED");
    expect(&mut changes, &["4>5 mug west:2-3, set west:2-1"]).await;
    assert_eq!(seen(shop_b, "set").await, "main:9 south:1 west:3");
    lies(erp, &[("cup", "west", "1")]).await;
    expect(&mut changes, &["5>6 cup west:1, set west:1"]).await;

    // A cup that is not sold alone may be sold in a set; a set that is blocked may not.
    let blocked = |sku| proto::Sellability { blocked: true, ..article(sku, 1) };
    assert_eq!(say(erp, vec![blocked("cup")]).await, "APPLIED");
    let blocked_cups = "cup south:0!BLOCKED, cup west:0!BLOCKED";
    expect(&mut changes, &[&format!("6>7 {blocked_cups}, set south:1, set west:1")]).await;
    assert_eq!(place(shop, order("a-1", &[("set", "1")])).await.unwrap(), "west 1+0");
    let refused = place(shop, order("a-2", &[("cup", "1")])).await.unwrap_err();
    assert_eq!((&*refused.reason, &*refused.metadata["sku"]), ("ARTICLE_NOT_FOR_SALE", "cup"));
    expect(&mut changes, &["7>8 cup west:0!BLOCKED, mug west:1-3, set west:0"]).await;
    assert_eq!(say(erp, vec![blocked("set")]).await, "APPLIED");
    expect(&mut changes, &["8>9 set south:0!BLOCKED, set west:0!BLOCKED"]).await;
    let refused = place(shop, order("a-2", &[("set", "1")])).await.unwrap_err();
    assert_eq!((&*refused.reason, &*refused.metadata["sku"]), ("ARTICLE_NOT_FOR_SALE", "set"));
}

/// Most of a page is articles of which nothing is said; it is not looked up as if all were so.
#[tokio::test(flavor = "multi_thread")]
async fn among_many_levels_what_is_said_of_a_few_is_shown() {
    let house = House::open().await;
    let House { erp, shop, .. } = &house;
    let skus: Vec<String> = (0..40).map(|it| format!("art-{it:02}")).collect();
    let levels: Vec<_> = skus.iter().map(|it| (it.as_str(), "main", "5")).collect();
    lies(erp, &levels).await;
    let all = |said: [(&str, &str); 3]| {
        let mut shown: BTreeMap<&str, &str> = skus.iter().map(|it| (it.as_str(), "5")).collect();
        shown.extend(said);
        let shown = shown.into_iter().map(|(sku, units)| format!("{sku} main:{units}"));
        shown.collect::<Vec<_>>().join(", ")
    };
    let nothing_said = [("art-07", "5"), ("art-08", "5"), ("art-09", "5")];
    expect(&mut watch(shop, Default::default()).await, &["begin 1", &all(nothing_said), "end 40"])
        .await;

    assert_eq!(keep_back(erp, &[("shop-a", "art-07", "main", "2")]).await, "APPLIED");
    let said = [("art-07", "3-2"), ("art-08", "5"), ("art-09", "5")];
    let mut changes = watch(shop, Default::default()).await;
    expect(&mut changes, &["begin 2", &all(said), "end 40"]).await;

    let blocked = proto::Sellability { blocked: true, ..article("art-08", 1) };
    assert_eq!(say(erp, vec![blocked]).await, "APPLIED");
    let said = [("art-07", "3-2"), ("art-08", "0!BLOCKED"), ("art-09", "5")];
    let mut changes = watch(shop, Default::default()).await;
    expect(&mut changes, &["begin 3", &all(said), "end 40"]).await;

    let set = composition("box", 1, &[("art-09", "2")]);
    assert_eq!(compose(erp, vec![set]).await, ["APPLIED"]);
    let mut changes = watch(shop, Default::default()).await;
    expect(&mut changes, &["begin 4", &format!("{}, box main:2", all(said)), "end 41"]).await;
}

/// Nothing of a set is there that could be kept back.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_set_nothing_is_kept_back() {
    let house = furnished().await;
    let rows = [("shop-a", "set", "west", "1"), ("shop-a", "mug", "west", "1")];
    assert_eq!(keep_back(&house.erp, &rows).await, "ARTICLE_IS_COMPOSED APPLIED");
}

/// All of a set comes from one place: the first that has everything. What is closed out is not waited
/// for, in a set neither.
#[tokio::test(flavor = "multi_thread")]
async fn a_set_comes_from_one_place_and_waits_for_what_will_come() {
    let house = furnished().await;
    let House { erp, shop, .. } = &house;
    keep_back(erp, &[("shop-a", "mug", "west", "5")]).await;
    assert_eq!(place(shop, order("a-1", &[("set", "1")])).await.unwrap(), "south 1+0");
    let two = may_wait(order("a-2", &[("set", "2")]));
    assert_eq!(place(shop, two).await.unwrap(), "west 0+2");
    let closed_out = proto::Sellability { closed_out: true, ..article("mug", 1) };
    assert_eq!(say(erp, vec![closed_out]).await, "APPLIED");
    let refused = place(shop, may_wait(order("a-3", &[("set", "1")]))).await.unwrap_err();
    assert_eq!((&*refused.reason, &*refused.metadata["sku"]), ("INSUFFICIENT_STOCK", "mug"));
}

/// A cart's hold comes from one place, too, and is of the parts; the order that takes it over has them.
#[tokio::test(flavor = "multi_thread")]
async fn a_cart_holds_where_all_of_it_is() {
    let house = furnished().await;
    let House { erp, shop, .. } = &house;
    let held = async |id: &str, lines: &[(&str, &str)]| match shop
        .reservations()
        .create_reservation(cart(id, lines))
        .await
    {
        Ok(_) => "held".to_owned(),
        Err(status) => {
            let refused = refusal(&status).unwrap();
            let facts = ["sku", "location", "asked", "sellable"];
            format!("{} {}", refused.reason, facts.map(|it| &*refused.metadata[it]).join(" "))
        }
    };
    // One set can only come from the south, or the mugs would be too few.
    assert_eq!(held("c-1", &[("set", "1"), ("mug", "5")]).await, "held");
    assert_eq!(seen(shop, "mug").await, "south:0 west:0");
    assert_eq!(held("c-2", &[("set", "1")]).await, "INSUFFICIENT_STOCK mug west 1 0");
    let consumed = proto::SubmitOrderRequest {
        external_reservation_id: "c-1".into(),
        ..order("a-1", &[("set", "1"), ("mug", "5")])
    };
    assert_eq!(place(shop, consumed).await.unwrap(), "south 1+0, west 5+0");
    assert_eq!(seen(erp, "set").await, "main:9 south:0 west:0");
}
