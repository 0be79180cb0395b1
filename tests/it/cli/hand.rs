//! Orders, the inbox and what is parked, by hand.

use super::{Desk, cells, objects};
use crate::kit::trade::{invoice, order, record, set, ship, shipment, submit};

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_listed_and_shown() {
    let desk = Desk::open("cli-orders").await;
    let none = desk.erp("orders list").await;
    assert_eq!(cells(&none), ["ORDER|SHOP|NUMBER|PLACED|STATUS|HANDOVER|ERP NUMBER|TOTAL"]);
    assert_eq!(desk.erp("orders list --output json").await, "");
    set(&desk.house.erp, "mug", "9").await;
    submit(&desk.house.shop, order("a-1", &[("mug", "3")])).await.unwrap();
    submit(&desk.house.shop_b, order("b-1", &[("mug", "1")])).await.unwrap();
    ship(&desk.house.erp, shipment("d-1", "a-1", &[("0", "2")])).await;
    record(&desk.house.erp, invoice("r-1", "a-1", &[("0", "2")])).await;

    let listed = cells(&desk.erp("orders list").await);
    assert_eq!(listed.len(), 3);
    assert!(
        listed[1].contains("|shop-a|a-1|") && listed[1].contains("|part shipped|waiting|3 EUR")
    );
    assert_eq!(cells(&desk.erp("orders list --limit 1").await).len(), 2);
    let of_b = objects(&desk.erp("orders list --shop shop-b --output json").await);
    assert_eq!((of_b.len(), &of_b[0]["externalOrderId"]), (1, &"b-1".into()));

    let id = listed[1].split('|').next().unwrap();
    let shown = cells(&desk.erp(&format!("orders show {id}")).await);
    assert_eq!(shown[1], listed[1]);
    assert_eq!(shown[4], "0|mug|3|0|1|0|2|2|0|0|3");
    assert_eq!(shown[6..], ["DOCUMENT|NUMBER|DATE|TOTAL", "shipment|d-1", &*shown[8]]);
    assert!(shown[8].starts_with("invoice|r-1|") && shown[8].ends_with("|2 EUR"), "{shown:?}");
    let by_number = objects(&desk.erp("orders show a-1 --of shop-a --output json").await);
    assert_eq!(by_number[0]["orderId"], id);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_taken_over() {
    let desk = Desk::open("cli-inbox").await;
    set(&desk.house.erp, "mug", "9").await;
    for number in ["a-1", "a-2", "a-3"] {
        submit(&desk.house.shop, order(number, &[("mug", "1")])).await.unwrap();
    }
    let leased = cells(&desk.erp("inbox lease --max 1").await);
    assert_eq!(leased[0], "KIND|ORDER|SYSTEM|NUMBER|ATTEMPT|LEASE");
    assert!(leased[1].starts_with("order|") && leased[1].contains("|shop-a|a-1|1|"), "{leased:?}");
    let lease = |line: &str| line.rsplit('|').next().unwrap().to_owned();
    let first = lease(&leased[1]);
    let done = desk.erp(&format!("inbox ack {first} --number SO-1")).await;
    assert_eq!(cells(&done), ["LEASE|OUTCOME|WHY".to_owned(), format!("{first}|applied")]);
    let rest = objects(&desk.erp("inbox lease --wait 1 --output json").await);
    assert_eq!(rest.len(), 2);
    let second = rest[0]["lease"].as_str().unwrap();
    assert_eq!(rest[0]["order"]["externalOrderId"], "a-2");

    // Some of it is refused: the rest is done.
    let partly = desk.say("erp", &format!("inbox ack {second} {first} nonsense")).await;
    assert_eq!(partly.code, 3, "{partly:?}");
    let told = cells(&partly.out);
    assert!(told[1].ends_with("|applied") && told[2].ends_with("|duplicate"), "{told:?}");
    assert!(told[3].starts_with("nonsense|refused|"), "{told:?}");
    assert!(partly.err.contains("1 of 3 tasks were refused"), "{partly:?}");
    assert_eq!(
        cells(&desk.erp("orders show SO-1 --of erp").await)[1].split('|').nth(2),
        Some("a-1")
    );
    assert_eq!(cells(&desk.erp("inbox lease").await).len(), 1, "all are taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_parked_is_tried_again() {
    let desk = Desk::open("cli-parked").await;
    set(&desk.house.erp, "mug", "9").await;
    for number in ["d-1", "d-2"] {
        let parked = ship(&desk.house.erp, shipment(number, "a-1", &[("0", "2")])).await;
        assert_eq!(parked, "PARKED WAITS_FOR_DOCUMENT");
    }
    let listed = cells(&desk.erp("parked list").await);
    assert_eq!(listed[0], "PARKED|KIND|SYSTEM|NUMBER|SINCE|ATTEMPTS|STATE|WHY");
    assert!(listed[1].contains("|shipment|erp|d-1|") && listed[1].contains("|0|parked|"));
    assert!(listed[1].ends_with("(WAITS_FOR_DOCUMENT)"), "{listed:?}");
    assert_eq!(cells(&desk.erp("parked list --kind invoice").await).len(), 1);

    let all = desk.say("erp", "parked retry --all --kind shipment").await;
    assert_eq!(all.code, 1, "{all:?}");
    assert!(all.err.contains("2 of 2 were not applied"), "{all:?}");
    let id = listed[1].split('|').next().unwrap();
    let some = desk.say("erp", &format!("parked retry {id} --output json")).await;
    assert_eq!((some.code, &objects(&some.out)[0]["outcome"]), (1, &"OUTCOME_PARKED".into()));
    assert_eq!(
        cells(&desk.erp("parked retry --all --kind invoice").await).len(),
        1,
        "of none, none"
    );
    let attempts = objects(&desk.erp("parked list --output json").await);
    assert_eq!(attempts[0]["attempts"], 2);
}
