//! What a shop may sell of what lies there: its locations, its buffers, and whether an article is for
//! sale at all.

mod composed;
mod random;
mod watched;

use std::time::Duration;

use erpsync_client::{Connection, Refusal, proto, refusal};

use crate::kit::trade::{amend, amendment, get, may_wait, order, ship, shipment, state, submit};
use crate::kit::{House, request_id};

/// States what lies there: `(article, location, on hand)`.
async fn lies(erp: &Connection, levels: &[(&str, &str, &str)]) -> i64 {
    let reading = |(sku, location, on_hand): &(&str, &str, &str)| proto::StockReading {
        sku: (*sku).into(),
        location: (*location).into(),
        on_hand: (*on_hand).into(),
        ..Default::default()
    };
    let readings = levels.iter().map(reading).collect();
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    erp.stock().set_stock(request).await.unwrap().into_inner().revision
}

/// What became of each row: `APPLIED`, or the reason of its refusal.
fn told(results: Vec<proto::StockResult>) -> String {
    let told = |it: proto::StockResult| match &it.problem {
        Some(problem) => problem.reason.clone(),
        None => it.outcome().as_str_name().trim_start_matches("OUTCOME_").into(),
    };
    results.into_iter().map(told).collect::<Vec<_>>().join(" ")
}

async fn assign(caller: &Connection, shop: &str, locations: &[&str]) -> String {
    let assignment = proto::StockAssignment {
        shop: shop.into(),
        locations: locations.iter().map(|it| (*it).into()).collect(),
        revision: 0,
    };
    let request =
        proto::AssignLocationsRequest { request_id: request_id(), assignments: vec![assignment] };
    told(caller.stock().assign_locations(request).await.unwrap().into_inner().results)
}

/// Keeps units back: `(shop, article, location, units)`.
async fn keep_back(caller: &Connection, buffers: &[(&str, &str, &str, &str)]) -> String {
    let buffer = |(shop, sku, location, units): &(&str, &str, &str, &str)| proto::StockBuffer {
        shop: (*shop).into(),
        sku: (*sku).into(),
        location: (*location).into(),
        units: (*units).into(),
        revision: 0,
    };
    let buffers = buffers.iter().map(buffer).collect();
    let request = proto::SetBuffersRequest { request_id: request_id(), buffers };
    told(caller.stock().set_buffers(request).await.unwrap().into_inner().results)
}

fn article(sku: &str, source_version: i64) -> proto::Sellability {
    proto::Sellability { sku: sku.into(), source_version, ..Default::default() }
}

async fn say(erp: &Connection, articles: Vec<proto::Sellability>) -> String {
    let request = proto::SetSellabilityRequest { articles };
    told(erp.stock().set_sellability(request).await.unwrap().into_inner().results)
}

/// All levels of an article as a caller sees them: `main:5` for what is sellable where, `main:5-2`
/// where so much is kept back, `main:0!BLOCKED` where it is not for sale.
async fn seen(caller: &Connection, sku: &str) -> String {
    let request = proto::ListStockRequest { sku: sku.into(), ..Default::default() };
    let levels = caller.stock().list_stock(request).await.unwrap().into_inner().levels;
    levels.iter().map(as_seen).collect::<Vec<_>>().join(" ")
}

fn as_seen(level: &proto::StockLevel) -> String {
    let proto::StockLevel { location, sellable, buffer, .. } = level;
    let buffer = match buffer.as_str() {
        "" | "0" => String::new(),
        units => format!("-{units}"),
    };
    let sale = match level.sale() {
        proto::Sale::Unspecified | proto::Sale::Open => String::new(),
        sale => format!("!{}", sale.as_str_name().trim_start_matches("SALE_")),
    };
    format!("{location}:{sellable}{buffer}{sale}")
}

/// Where each line is served from, as `west 2+1`; or the refusal.
async fn place(shop: &Connection, order: proto::SubmitOrderRequest) -> Result<String, Refusal> {
    let done = shop.orders().submit_order(order).await;
    let done = done.map_err(|it| refusal(&it).expect("a reason"))?.into_inner();
    let promise = |it: proto::OrderLinePromise| {
        format!("{} {}+{}", it.location, it.reserved, it.back_ordered)
    };
    Ok(done.promises.into_iter().map(promise).collect::<Vec<_>>().join(", "))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_sees_what_it_may_sell_and_nobody_else_is_told() {
    let house = House::open().await;
    let House { erp, tool, shop, shop_b, .. } = &house;
    lies(erp, &[("mug", "main", "5"), ("mug", "east", "4"), ("mug", "west", "3")]).await;
    assert_eq!(seen(shop, "mug").await, "east:4 main:5 west:3");

    assert_eq!(assign(erp, "shop-a", &["west", "east"]).await, "APPLIED");
    assert_eq!(assign(erp, "shop-a", &["west", "east"]).await, "UNCHANGED");
    let rows = [("shop-a", "mug", "", "1"), ("shop-a", "mug", "east", "9")];
    assert_eq!(keep_back(tool, &rows).await, "APPLIED APPLIED");
    assert_eq!(seen(shop, "mug").await, "east:0-9 west:2-1");
    assert_eq!(seen(shop_b, "mug").await, "east:4 main:5 west:3");
    assert_eq!(seen(erp, "mug").await, "east:4 main:5 west:3");

    let closed_out = proto::Sellability { closed_out: true, ..article("mug", 1) };
    assert_eq!(say(erp, vec![closed_out]).await, "APPLIED");
    assert_eq!(seen(shop, "mug").await, "east:0-9!CLOSED_OUT west:2-1!CLOSED_OUT");
    let blocked = proto::Sellability { blocked: true, ..article("mug", 2) };
    assert_eq!(say(erp, vec![blocked]).await, "APPLIED");
    assert_eq!(seen(shop, "mug").await, "east:0-9!BLOCKED west:0-1!BLOCKED");
    assert_eq!(seen(erp, "mug").await, "east:4 main:5 west:3");

    // A level elsewhere is, for this shop, not there.
    for (caller, location, found) in
        [(shop, "main", false), (shop, "west", true), (shop_b, "main", true), (erp, "main", true)]
    {
        let (sku, location) = ("mug".into(), location.into());
        let request = proto::GetStockRequest { sku, location, at_least_revision: 0 };
        let level = caller.stock().get_stock(request).await;
        match level {
            Ok(_) => assert!(found),
            Err(status) => {
                assert_eq!(
                    (refusal(&status).unwrap().reason.as_str(), found),
                    ("NOT_FOUND", false)
                );
            }
        }
    }

    // Without a buffer of its own a place has the general one again, and without locations all.
    assert_eq!(keep_back(erp, &[("shop-a", "mug", "east", "")]).await, "APPLIED");
    assert_eq!(keep_back(erp, &[("shop-a", "mug", "east", "")]).await, "UNCHANGED");
    assert_eq!(say(erp, vec![article("mug", 3)]).await, "APPLIED");
    assert_eq!(assign(erp, "shop-a", &[]).await, "APPLIED");
    assert_eq!(seen(shop, "mug").await, "east:3-1 main:4-1 west:2-1");
}

/// A shop reads its own; whoever else reads all, or those of one.
#[tokio::test(flavor = "multi_thread")]
async fn a_shop_reads_its_own_terms() {
    let house = House::open().await;
    let House { erp, shop, .. } = &house;
    for shop in ["shop-a", "shop-b"] {
        assign(erp, shop, &["main"]).await;
        keep_back(erp, &[(shop, "mug", "", "1"), (shop, "mug", "main", "2")]).await;
    }
    say(erp, vec![article("mug", 1), article("pot", 1)]).await;
    for (caller, named, expected) in [
        (shop, "", "shop-a: main; shop-a mug =1, shop-a mug main=2"),
        (shop, "shop-a", "shop-a: main; shop-a mug =1, shop-a mug main=2"),
        (shop, "shop-b", "NOT_FOUND"),
        (erp, "shop-b", "shop-b: main; shop-b mug =1, shop-b mug main=2"),
        (erp, "nobody", "; "),
    ] {
        assert_eq!(terms(caller, named).await, expected, "{named}");
    }
    // All of them, one by one.
    let (mut keys, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = proto::ListBuffersRequest { page_size: 1, page_token, ..Default::default() };
        let page = erp.stock().list_buffers(request).await.unwrap().into_inner();
        keys.extend(page.buffers.into_iter().map(|it| format!("{} {}", it.shop, it.location)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(keys, ["shop-a ", "shop-a main", "shop-b ", "shop-b main"]);
    let request = proto::ListSellabilityRequest { sku: "pot".into(), ..Default::default() };
    let articles = shop.stock().list_sellability(request).await.unwrap().into_inner().articles;
    assert_eq!(articles.len(), 1);
    assert_eq!((articles[0].sku.as_str(), articles[0].sale()), ("pot", proto::Sale::Open));
}

async fn terms(caller: &Connection, shop: &str) -> String {
    let request = proto::ListAssignmentsRequest { shop: shop.into(), ..Default::default() };
    let assignments = match caller.stock().list_assignments(request).await {
        Ok(page) => page.into_inner().assignments,
        Err(status) => return refusal(&status).unwrap().reason,
    };
    let request = proto::ListBuffersRequest { shop: shop.into(), ..Default::default() };
    let buffers = caller.stock().list_buffers(request).await.unwrap().into_inner().buffers;
    let assigned =
        assignments.into_iter().map(|it| format!("{}: {}", it.shop, it.locations.join(" ")));
    let buffers = buffers
        .into_iter()
        .map(|it| format!("{} {} {}={}", it.shop, it.sku, it.location, it.units));
    let list = |it: Vec<String>| it.join(", ");
    format!("{}; {}", list(assigned.collect()), list(buffers.collect()))
}

/// A line without a location: the first place that can serve all of it, else the one that has most.
#[tokio::test(flavor = "multi_thread")]
async fn lines_without_a_location_follow_the_shops_priority() {
    // What lies at north, west and south; of which west and south are the shop's, in this order, and
    // one must stay at west.
    const LEVELS: [(&str, &str, &str); 3] =
        [("mug", "north", "99"), ("mug", "west", "4"), ("mug", "south", "5")];
    for (lines, expected) in [
        (&["3"][..], "west 3+0"),
        (&["4"], "south 4+0"),
        (&["3", "1"], "west 3+0, south 1+0"),
        // The largest chooses first, or the small ones would leave it no place.
        (&["2", "5"], "west 2+0, south 5+0"),
        (&["6"], "INSUFFICIENT_STOCK mug south 6 5"),
        (&["4", "4"], "INSUFFICIENT_STOCK mug west 4 3"),
        // May wait: where most of it is, and for the rest.
        (&["6?"], "south 5+1"),
        (&["5?", "5?"], "south 5+0, west 3+2"),
    ] {
        let house = House::open().await;
        lies(&house.erp, &LEVELS).await;
        assign(&house.erp, "shop-a", &["west", "south"]).await;
        keep_back(&house.erp, &[("shop-a", "mug", "west", "1")]).await;
        let units: Vec<_> = lines.iter().map(|it| ("mug", it.trim_end_matches('?'))).collect();
        let mut asked = order("a-1", &units);
        asked.allow_back_order = lines[0].ends_with('?');
        let answer = place(&house.shop, asked).await.unwrap_or_else(|it| {
            let fact = |key: &str| it.metadata[key].clone();
            let facts = ["sku", "location", "asked", "sellable"].map(fact);
            format!("{} {}", it.reason, facts.join(" "))
        });
        assert_eq!(answer, expected, "{lines:?}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_location_must_be_the_shops() {
    let house = House::open().await;
    lies(&house.erp, &[("mug", "main", "5"), ("mug", "west", "5")]).await;
    assign(&house.erp, "shop-a", &["west"]).await;
    let at = |number: &str, location: &str| {
        let mut asked = order(number, &[("mug", "2")]);
        asked.lines[0].location = location.into();
        asked
    };
    let refused = place(&house.shop, at("a-1", "main")).await.unwrap_err();
    assert_eq!(refused.reason, "LOCATION_NOT_ASSIGNED");
    let facts = ["sku", "location", "shop"].map(|it| refused.metadata[it].as_str());
    assert_eq!(facts, ["mug", "main", "shop-a"]);
    assert_eq!(seen(&house.erp, "mug").await, "main:5 west:5");
    assert_eq!(place(&house.shop, at("a-1", "west")).await.unwrap(), "west 2+0");
    // What is sold is sold, wherever; and another shop may.
    let sold = proto::SubmitOrderRequest { already_placed: true, ..at("a-2", "main") };
    assert_eq!(place(&house.shop, sold).await.unwrap(), "main 2+0");
    assert_eq!(place(&house.shop_b, at("b-1", "main")).await.unwrap(), "main 2+0");
    // Said again without the location it is another order.
    let refused = place(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap_err();
    assert_eq!(refused.reason, "ORDER_CONTENT_MISMATCH");
    // Later its place is its own, whatever is assigned then; a wish need not name it.
    assign(&house.erp, "shop-a", &["main"]).await;
    let one = amendment("m-1", "a-1", 1, state(&[("0", "mug", "1"), ("1", "mug", "1")]));
    assert_eq!(amend(&house.shop, one).await, "ACCEPTED");
    let lines = get(&house.shop, "a-1").await.lines;
    let lines: Vec<_> = lines.into_iter().map(|it| it.location).collect();
    assert_eq!(lines, ["west", "main"]);
    let more = amendment("m-2", "a-1", 2, state(&[("0", "mug", "2"), ("1", "mug", "1")]));
    assert_eq!(amend(&house.shop, more).await, "LOCATION_NOT_ASSIGNED");
}

/// A line is promised at one place, and may leave from another: free here, fewer there.
#[tokio::test(flavor = "multi_thread")]
async fn shipped_from_elsewhere_it_is_free_here_and_gone_there() {
    let house = House::open().await;
    lies(&house.erp, &[("mug", "west", "3"), ("mug", "south", "3")]).await;
    assign(&house.erp, "shop-a", &["west", "south"]).await;
    assert_eq!(place(&house.shop, order("a-1", &[("mug", "3")])).await.unwrap(), "west 3+0");
    assert_eq!(seen(&house.shop, "mug").await, "south:3 west:0");
    let mut sent = shipment("d-1", "a-1", &[("0", "2")]);
    sent.lines[0].location = "south".into();
    assert_eq!(ship(&house.erp, sent).await, "APPLIED");
    assert_eq!(seen(&house.shop, "mug").await, "south:1 west:2");
}

/// Whoever waits is kept by its shop's buffer from what is free; those behind it are not.
#[tokio::test(flavor = "multi_thread")]
async fn a_buffer_holds_back_who_waits_and_passes_by_who_may_have_it() {
    let house = House::open().await;
    let House { erp, shop, shop_b, .. } = &house;
    keep_back(erp, &[("shop-a", "mug", "", "2")]).await;
    lies(erp, &[("mug", "main", "2")]).await;
    assert_eq!(
        submit(shop, order("a-0", &[("mug", "1")])).await.unwrap_err(),
        "INSUFFICIENT_STOCK"
    );
    assert_eq!(submit(shop, may_wait(order("a-1", &[("mug", "2")]))).await.unwrap(), "0+2");
    // What shop-a must leave is there for the other.
    assert_eq!(submit(shop_b, may_wait(order("b-1", &[("mug", "4")]))).await.unwrap(), "2+2");
    let waits = async |number: &str| get(shop, number).await.quantities[0].back_ordered.clone();
    let waits_b = async || {
        let request = proto::ListOrdersRequest { shop: "shop-b".into(), ..Default::default() };
        let orders = shop_b.orders().list_orders(request).await.unwrap().into_inner().orders;
        orders[0].quantities[0].back_ordered.clone()
    };
    // Three come: the older order may have one of them, then two must stay, of which the younger is
    // not kept.
    lies(erp, &[("mug", "main", "5")]).await;
    assert_eq!((waits("a-1").await.as_str(), waits_b().await.as_str()), ("1", "0"));
    assert_eq!(
        (seen(shop, "mug").await, seen(shop_b, "mug").await),
        ("main:0-2".into(), "main:0".into())
    );
    // Two more: they must stay. A third serves.
    lies(erp, &[("mug", "main", "7")]).await;
    assert_eq!(waits("a-1").await, "1");
    assert_eq!(seen(shop_b, "mug").await, "main:2");
    lies(erp, &[("mug", "main", "8")]).await;
    assert_eq!(waits("a-1").await, "0");
}

/// Where a buffer is lowered, or removed, whoever waited for it is served without being asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_lowered_buffer_serves_who_waits() {
    let house = House::open().await;
    let House { erp, shop, .. } = &house;
    keep_back(erp, &[("shop-a", "mug", "", "3")]).await;
    lies(erp, &[("mug", "main", "3"), ("mug", "west", "3")]).await;
    let mut asked = may_wait(order("a-1", &[("mug", "1"), ("mug", "2")]));
    asked.lines[0].location = "west".into();
    assert_eq!(submit(shop, asked).await.unwrap(), "0+1 0+2");
    let waiting = async || {
        let lines = get(shop, "a-1").await.quantities;
        lines.into_iter().map(|it| it.back_ordered).collect::<Vec<_>>().join(" ")
    };
    for (location, units, expected) in [("west", "2", "0 2"), ("", "2", "0 1"), ("", "", "0 0")] {
        keep_back(erp, &[("shop-a", "mug", location, units)]).await;
        for _ in 0..500 {
            if waiting().await == expected {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(waiting().await, expected, "{location} {units}");
    }
    assert_eq!(seen(shop, "mug").await, "main:1 west:0-2");
}

/// Of each state of an article: what comes of one unit that is there, of one that is not, and of both
/// where they are sold already.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_for_sale_is_refused_and_what_is_sold_stands() {
    let house = House::open().await;
    let House { erp, shop, .. } = &house;
    let at = |seconds: i64| Some(prost_types::Timestamp { seconds, nanos: 0 });
    let (past, future) = (at(1_000_000_000), at(10_000_000_000));
    let said = article("", 1);
    for (nth, (said, there, not_there)) in [
        (said.clone(), "1+0", "0+2"),
        (proto::Sellability { closed_out: true, ..said.clone() }, "1+0", "INSUFFICIENT_STOCK"),
        (
            proto::Sellability { blocked: true, ..said.clone() },
            "ARTICLE_NOT_FOR_SALE BLOCKED",
            "ARTICLE_NOT_FOR_SALE BLOCKED",
        ),
        (
            proto::Sellability { from_time: future, ..said.clone() },
            "ARTICLE_NOT_FOR_SALE NOT_YET",
            "ARTICLE_NOT_FOR_SALE NOT_YET",
        ),
        (
            proto::Sellability { until_time: past, ..said.clone() },
            "ARTICLE_NOT_FOR_SALE ENDED",
            "ARTICLE_NOT_FOR_SALE ENDED",
        ),
        (proto::Sellability { from_time: past, until_time: future, ..said }, "1+0", "0+2"),
    ]
    .into_iter()
    .enumerate()
    {
        let sku = format!("sku-{nth}");
        say(erp, vec![proto::Sellability { sku: sku.clone(), ..said.clone() }]).await;
        lies(erp, &[(&sku, "main", "1")]).await;
        let answer = async |number: String, units: &str, sold: bool| {
            let mut asked = may_wait(order(&number, &[(&sku, units)]));
            asked.already_placed = sold;
            match place(shop, asked).await {
                Ok(promise) => promise.trim_start_matches("main ").to_owned(),
                Err(it) => match it.metadata.get("sale") {
                    Some(sale) => {
                        assert_eq!(it.metadata["sku"], sku);
                        format!("{} {sale}", it.reason)
                    }
                    None => it.reason,
                },
            }
        };
        assert_eq!(answer(format!("{nth}-1"), "1", false).await, there, "{said:?}");
        let rest = if there == "1+0" { "2" } else { "3" };
        assert_eq!(answer(format!("{nth}-2"), rest, false).await, not_there, "{said:?}");
        let sold = if there == "1+0" { "0+2" } else { "1+1" };
        assert_eq!(answer(format!("{nth}-3"), "2", true).await, sold, "{said:?}");
    }
    // More of it is a wish of its own.
    assert_eq!(
        submit(shop, order("a-1", &[("mug", "1")])).await.unwrap_err(),
        "INSUFFICIENT_STOCK"
    );
    lies(erp, &[("mug", "main", "5")]).await;
    submit(shop, order("a-1", &[("mug", "1")])).await.unwrap();
    say(erp, vec![proto::Sellability { blocked: true, ..article("mug", 1) }]).await;
    let more = amendment("m-1", "a-1", 1, state(&[("0", "mug", "2")]));
    assert_eq!(amend(shop, more).await, "ARTICLE_NOT_FOR_SALE");
    let less = amendment("m-2", "a-1", 1, state(&[("0", "mug", "1")]));
    assert_eq!(amend(shop, less).await, "ACCEPTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_an_article_has_a_version() {
    let house = House::open().await;
    let at = |source_epoch, source_version, blocked| proto::Sellability {
        source_epoch,
        blocked,
        ..article("mug", source_version)
    };
    for (row, expected) in [
        (at(0, 5, true), "APPLIED"),
        (at(0, 5, true), "UNCHANGED"),
        (at(0, 5, false), "SOURCE_VERSION_REUSED"),
        (at(0, 4, false), "STALE"),
        (at(0, 6, true), "UNCHANGED"),
        (at(0, 5, true), "STALE"),
        (at(1, 1, false), "APPLIED"),
        (at(0, 9, true), "STALE"),
    ] {
        assert_eq!(say(&house.erp, vec![row.clone()]).await, expected, "{row:?}");
    }
    // A bad row stops no other.
    let bad = proto::Sellability { source_version: 0, ..article("pot", 0) };
    let rows = vec![bad, article("pot", 1)];
    assert_eq!(say(&house.erp, rows).await, "FIELD_INVALID APPLIED");
}

/// What moved elsewhere is none of a shop's business.
#[tokio::test(flavor = "multi_thread")]
async fn a_shop_is_told_of_movements_at_its_own_locations_alone() {
    let house = House::open().await;
    let House { erp, tool, shop, shop_b, .. } = &house;
    let row = |location: &str, quantity: &str| proto::StockAdjustment {
        sku: "mug".into(),
        location: location.into(),
        quantity: quantity.into(),
        ..Default::default()
    };
    let adjustments = vec![row("east", "1"), row("west", "2"), row("west", "3")];
    let request = proto::AdjustStockRequest { request_id: request_id(), adjustments };
    erp.stock().adjust_stock(request).await.unwrap();
    let moved = async |caller: &Connection, location: &str, page_size| {
        let (sku, location) = ("mug".into(), location.into());
        let page_token = String::new();
        let request = proto::ListStockMovementsRequest { sku, location, page_size, page_token };
        let listed = caller.stock().list_stock_movements(request).await.unwrap().into_inner();
        let moved = listed.movements.into_iter().map(|it| it.quantity).collect::<Vec<_>>();
        (moved.join(" "), !listed.next_page_token.is_empty())
    };
    let told = |it: &str| (it.to_owned(), false);
    assert_eq!(moved(shop, "east", 0).await, told("1"), "nothing is assigned yet");
    assert_eq!(assign(tool, "shop-a", &["west", "main"]).await, "APPLIED");
    assert_eq!(moved(shop, "east", 0).await, told(""));
    assert_eq!(moved(shop, "east", 1).await, told(""), "nor is there a next page");
    assert_eq!(moved(shop, "west", 0).await, told("3 2"));
    for other in [erp, tool, shop_b] {
        assert_eq!(moved(other, "east", 0).await, told("1"));
    }
}
