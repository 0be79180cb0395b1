//! Orders: amended, cancelled, held; and what the ERP answers to that.

use erpsync_client::{Connection, proto};

use super::{Row, refused};
use crate::inbox::{acknowledge, extend, lease};
use crate::kit::trade::{
    amend, amendment, cancellation, decide, decision, hold, judge, of_shop, order, set, ship,
    shipment, state, submit, verdict, wish_off,
};
use crate::kit::{House, request_id};

/// Five mugs and two pots, as each order has them.
const GOODS: &[(&str, &str, &str)] = &[("0", "mug", "5"), ("1", "pot", "2")];

/// An order that the ERP has taken over.
async fn taken_over(house: &House, number: &str) {
    submit(&house.shop, order(number, &[("mug", "5"), ("pot", "2")])).await.unwrap();
    let held = lease(&house.erp, 1).await.remove(0).lease;
    assert_eq!(acknowledge(&house.erp, &[(&held, &format!("SO-{number}"))]).await, ["APPLIED"]);
}

pub async fn arrange(house: &House) {
    let House { shop, erp, .. } = house;
    set(erp, "mug", "99").await;
    set(erp, "pot", "99").await;
    submit(shop, order("gone", &[("mug", "5"), ("pot", "2")])).await.unwrap();
    assert_eq!(wish_off(shop, cancellation("k-gone", "gone", &[])).await, "ACCEPTED 5/5 2/2");
    taken_over(house, "sent").await;
    let all = shipment("d-sent", "sent", &[("0", "5"), ("1", "2")]);
    assert_eq!(ship(erp, all).await, "APPLIED");
    taken_over(house, "part").await;
    assert_eq!(ship(erp, shipment("d-part", "part", &[("0", "3")])).await, "APPLIED");

    // Of what was wished of it, some is answered; some is not, and some waits behind that.
    let wish = async |number: &str, version, goods: &[(&str, &str, &str)]| {
        amend(shop, amendment(number, "part", version, state(goods))).await
    };
    let more = [("0", "mug", "6"), ("1", "pot", "2")];
    assert_eq!(wish("m-granted", 1, &more).await, "REQUESTED");
    assert_eq!(judge(erp, verdict("m-granted", Some(None))).await, "ACCEPTED");
    assert_eq!(wish("m-refused", 2, GOODS).await, "REQUESTED");
    assert_eq!(judge(erp, verdict("m-refused", None)).await, "REFUSED");
    assert_eq!(wish("m-partly", 3, &more).await, "REQUESTED");
    let partly = verdict("m-partly", Some(Some(state(GOODS))));
    assert_eq!(judge(erp, partly).await, "PART_ACCEPTED");
    let off = async |number: &str, lines: &[(&str, &str)]| {
        wish_off(shop, cancellation(number, "part", lines)).await
    };
    assert_eq!(off("k-refused", &[("1", "1")]).await, "REQUESTED 0/1");
    assert_eq!(decide(erp, decision("k-refused", None)).await, "REFUSED 0/1");
    assert_eq!(off("k-granted", &[("1", "1")]).await, "REQUESTED 0/1");
    assert_eq!(decide(erp, decision("k-granted", Some(&[]))).await, "ACCEPTED 1/1");
    assert_eq!(off("k-open", &[("0", "1")]).await, "REQUESTED 0/1");
    assert_eq!(wish("m-behind", 4, &[("0", "mug", "4")]).await, "REQUESTED");
    assert_eq!(off("k-behind", &[("1", "1")]).await, "REQUESTED 0/1");
    // Held, so that nobody leases what is to stay open.
    assert_eq!(hold(erp, "part").await, "OK");

    taken_over(house, "left").await;
    let fewer = amendment("m-left", "left", 1, state(&[("0", "mug", "3"), ("1", "pot", "2")]));
    assert_eq!(amend(shop, fewer).await, "REQUESTED");
    assert_eq!(ship(erp, shipment("d-left", "left", &[("0", "5")])).await, "APPLIED");
    assert_eq!(hold(erp, "left").await, "OK");
    taken_over(house, "sold out").await;
    let all = cancellation("k-left", "sold out", &[("0", "3")]);
    assert_eq!(wish_off(shop, all).await, "REQUESTED 0/3");
    assert_eq!(ship(erp, shipment("d-most", "sold out", &[("0", "4")])).await, "APPLIED");

    assert_eq!(hold(erp, "sold out").await, "OK");

    submit(shop, order("worked on", &[("mug", "1")])).await.unwrap();
    let worked_on = lease(erp, 1).await.remove(0).lease;
    assert_eq!(extend(erp, &worked_on).await, ["APPLIED"], "for longer than this takes");
}

async fn amended(shop: &Connection, order: &str, wished: proto::OrderState) -> String {
    refused(shop.orders().amend_order(amendment("m", order, 9, wished)).await)
}

async fn judged(erp: &Connection, verdict: proto::AnswerAmendmentRequest) -> String {
    refused(erp.orders().answer_amendment(verdict).await)
}

async fn cancelled(shop: &Connection, order: &str, lines: &[(&str, &str)]) -> String {
    refused(shop.orders().request_cancellation(cancellation("k", order, lines)).await)
}

async fn decided(erp: &Connection, decision: proto::AnswerCancellationRequest) -> String {
    refused(erp.orders().answer_cancellation(decision).await)
}

async fn held(caller: &Connection, order: &str) -> String {
    let (request_id, reason) = (request_id(), "fraud check".into());
    let request = proto::HoldOrderRequest { request_id, order: of_shop(order), reason };
    refused(caller.orders().hold_order(request).await)
}

async fn taken_off(erp: &Connection, order: &str, line: &str, quantity: &str) -> String {
    let line = proto::OrderLineCancellation { line_id: line.into(), quantity: quantity.into() };
    let request = proto::CancelOrderLinesRequest {
        request_id: request_id(),
        order: of_shop(order),
        lines: vec![line],
    };
    refused(erp.shipments().cancel_order_lines(request).await)
}

pub async fn steps(house: &House) -> Vec<Row> {
    let House { shop, erp, tool, .. } = house;
    let mut rows = amendments(shop, erp).await;
    rows.extend(cancellations(shop, erp).await);
    rows.extend([
        (
            "hold what the ERP works on",
            held(shop, "worked on").await,
            "FailedPrecondition INVALID_STATE from=LEASED to=HELD | order # is LEASED, and cannot \
            become HELD",
        ),
        (
            "hold what the ERP has",
            held(tool, "part").await,
            "FailedPrecondition INVALID_STATE from=DONE to=HELD | order # is DONE, and cannot become \
            HELD",
        ),
        (
            "hold what nobody takes over any more",
            held(shop, "gone").await,
            "FailedPrecondition INVALID_STATE from=WITHDRAWN to=HELD | order # is WITHDRAWN, and \
            cannot become HELD",
        ),
    ]);
    rows
}

async fn amendments(shop: &Connection, erp: &Connection) -> Vec<Row> {
    let granted = |number: &str| verdict(number, Some(None));
    let other = |number: &str, goods: &[_]| verdict(number, Some(Some(state(goods))));
    let dollars = proto::OrderState { currency_code: "USD".into(), ..state(GOODS) };
    let wrong = proto::OrderState { total: "7.01".into(), ..state(GOODS) };
    vec![
        (
            "amend what has left",
            amended(shop, "sent", state(GOODS)).await,
            "FailedPrecondition INVALID_STATE from=SHIPPED to=AMENDED | order # is SHIPPED, and cannot \
            become AMENDED",
        ),
        (
            "amend what was cancelled",
            amended(shop, "gone", state(GOODS)).await,
            "FailedPrecondition INVALID_STATE from=CANCELLED to=AMENDED | order # is CANCELLED, and \
            cannot become AMENDED",
        ),
        (
            "wish away what has left",
            amended(shop, "part", state(&[("0", "mug", "2"), ("1", "pot", "2")])).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=3 line_id=0 possible=2 | line \"0\": 2 are \
            wished, and 3 have left already",
        ),
        (
            "wish a line away of which some has left",
            amended(shop, "part", state(&[("1", "pot", "2")])).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=5 line_id=0 possible=2 | line \"0\": 0 are \
            wished, and 3 have left already",
        ),
        (
            "wish more than there is",
            amended(shop, "part", state(&[("0", "mug", "5"), ("1", "pot", "999")])).await,
            "FailedPrecondition INSUFFICIENT_STOCK asked=998 location=main sellable=92 sku=pot | too \
            little stock: \"pot\" at \"main\": 998 asked, 92 there",
        ),
        (
            "wish it in another currency",
            amended(shop, "part", dollars).await,
            "InvalidArgument CURRENCY_MISMATCH expected=EUR given=USD | the amendment is in USD, and \
            what it belongs to is in EUR",
        ),
        (
            "wish what does not add up",
            amended(shop, "part", wrong).await,
            "InvalidArgument AMOUNTS_DO_NOT_ADD_UP computed=7 currency_code=EUR given=7.01 part=total \
            | the amounts do not add up: total is given as EUR 7.01, and comes to EUR 7",
        ),
        (
            "grant what was granted",
            judged(erp, granted("m-granted")).await,
            "FailedPrecondition INVALID_STATE from=ACCEPTED to=ANSWERED | amendment # is ACCEPTED, and \
            cannot become ANSWERED",
        ),
        (
            "grant what was refused",
            judged(erp, granted("m-refused")).await,
            "FailedPrecondition INVALID_STATE from=REFUSED to=ANSWERED | amendment # is REFUSED, and \
            cannot become ANSWERED",
        ),
        (
            "refuse what was granted in part",
            judged(erp, verdict("m-partly", None)).await,
            "FailedPrecondition INVALID_STATE from=PART_ACCEPTED to=ANSWERED | amendment # is \
            PART_ACCEPTED, and cannot become ANSWERED",
        ),
        (
            "answer before what stands before it",
            judged(erp, granted("m-behind")).await,
            "FailedPrecondition INVALID_STATE from=BEHIND to=DONE | task # is BEHIND, and cannot \
            become DONE",
        ),
        (
            "grant what has left meanwhile",
            judged(erp, granted("m-left")).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=2 line_id=0 possible=0 | line \"0\": 3 are \
            wished, and 5 have left already",
        ),
        (
            "grant another state that has left",
            judged(erp, other("m-left", &[("0", "mug", "4"), ("1", "pot", "2")])).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=1 line_id=0 possible=0 | line \"0\": 4 are \
            wished, and 5 have left already",
        ),
    ]
}

async fn cancellations(shop: &Connection, erp: &Connection) -> Vec<Row> {
    let all = |number: &str| decision(number, Some(&[]));
    vec![
        (
            "cancel what has left",
            cancelled(shop, "sent", &[]).await,
            "FailedPrecondition INVALID_STATE from=SHIPPED to=CANCELLED | order # is SHIPPED, and \
            cannot become CANCELLED",
        ),
        (
            "cancel what was cancelled",
            cancelled(shop, "gone", &[]).await,
            "FailedPrecondition INVALID_STATE from=CANCELLED to=CANCELLED | order # is CANCELLED, and \
            cannot become CANCELLED",
        ),
        (
            "cancel more than is open, beside what is wished off already",
            cancelled(shop, "part", &[("0", "2")]).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=2 line_id=0 possible=1 | line \"0\": 2 to be \
            cancelled, and only 1 can be",
        ),
        (
            "cancel a line that has left",
            cancelled(shop, "sent", &[("1", "1")]).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=1 line_id=1 possible=0 | line \"1\": 1 to be \
            cancelled, and only 0 can be",
        ),
        (
            "grant what was granted",
            decided(erp, all("k-granted")).await,
            "FailedPrecondition INVALID_STATE from=ACCEPTED to=ANSWERED | cancellation # is ACCEPTED, \
            and cannot become ANSWERED",
        ),
        (
            "grant what was granted at once",
            decided(erp, all("k-gone")).await,
            "FailedPrecondition INVALID_STATE from=ACCEPTED to=ANSWERED | cancellation # is ACCEPTED, \
            and cannot become ANSWERED",
        ),
        (
            "grant what was refused",
            decided(erp, all("k-refused")).await,
            "FailedPrecondition INVALID_STATE from=REFUSED to=ANSWERED | cancellation # is REFUSED, \
            and cannot become ANSWERED",
        ),
        (
            "answer before what stands before it",
            decided(erp, all("k-behind")).await,
            "FailedPrecondition INVALID_STATE from=BEHIND to=DONE | task # is BEHIND, and cannot \
            become DONE",
        ),
        (
            "grant more than was wished",
            decided(erp, decision("k-open", Some(&[("0", "2")]))).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=2 line_id=0 possible=1 | line \"0\": 2 to be \
            cancelled, and only 1 can be",
        ),
        (
            "grant what was not wished",
            decided(erp, decision("k-open", Some(&[("1", "1")]))).await,
            "NotFound ORDER_LINE_NOT_FOUND line_id=1 order_id=# | cancellation # does not name line \
            \"1\"",
        ),
        (
            "grant more than is left",
            decided(erp, decision("k-left", Some(&[("0", "2")]))).await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=2 line_id=0 possible=1 | line \"0\": 2 to be \
            cancelled, and only 1 can be",
        ),
        (
            "take off what has left",
            taken_off(erp, "sent", "0", "1").await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=1 line_id=0 possible=0 | line \"0\": 1 to be \
            cancelled, and only 0 is open",
        ),
        (
            "take off more than is open",
            taken_off(erp, "part", "1", "2").await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=2 line_id=1 possible=1 | line \"1\": 2 to be \
            cancelled, and only 1 is open",
        ),
    ]
}
