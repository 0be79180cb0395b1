use erpsync_client::proto;

use crate::inbox::{acknowledge, defer, kinds, lease, refuse};
use crate::kit::House;
use crate::kit::trade::{
    cancel, cancellation, decide, decision, get, invoice, level, lines, may_wait, order, pay,
    payment, record, set, ship, shipment, submit, wish_off,
};

/// How far an order of five mugs and two pots has come when something is wished off it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    Unseen,
    Parked,
    GivenBack,
    Leased,
    Acknowledged,
    PartShipped,
    AllShipped,
    Invoiced,
}

use Stage::{Acknowledged, AllShipped, GivenBack, Invoiced, Leased, Parked, PartShipped, Unseen};

pub async fn at_stage(stage: Stage) -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    set(&house.erp, "pot", "9").await;
    let mut bought = order("a-1", &[("mug", "5"), ("pot", "2")]);
    if stage == Parked {
        (bought.already_placed, bought.total) = (true, "7.01".into());
    }
    submit(&house.shop, bought).await.unwrap();
    if matches!(stage, Unseen | Parked) {
        return house;
    }
    let held = lease(&house.erp, 1).await.remove(0).lease;
    match stage {
        GivenBack => assert_eq!(defer(&house.erp, &held).await, ["APPLIED"]),
        Leased => {}
        _ => assert_eq!(acknowledge(&house.erp, &[(&held, "SO-1")]).await, ["APPLIED"]),
    }
    let left: &[(&str, &str)] = match stage {
        PartShipped => &[("0", "3"), ("1", "2")],
        AllShipped | Invoiced => &[("0", "5"), ("1", "2")],
        _ => return house,
    };
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", left)).await, "APPLIED");
    if stage == Invoiced {
        assert_eq!(record(&house.erp, invoice("r-1", "a-1", left)).await, "APPLIED");
    }
    house
}

/// Until the ERP has seen an order, wishes are granted; then the ERP answers them; what has left
/// cannot be cancelled.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_wished_off_depends_on_how_far_the_order_has_come() {
    let (whole, one, more) = (&[][..], &[("0", "1")][..], &[("0", "6")][..]);
    let too_much = "QUANTITY_EXCEEDED";
    for (stage, wished, expected, left) in [
        (Unseen, whole, "ACCEPTED 5/5 2/2", "5/5/0/0/0 2/2/0/0/0"),
        (Unseen, one, "ACCEPTED 1/1", "5/1/4/0/0 2/0/2/0/0"),
        (Unseen, more, too_much, "5/0/5/0/0 2/0/2/0/0"),
        (Parked, whole, "ACCEPTED 5/5 2/2", "5/5/0/0/0 2/2/0/0/0"),
        (Parked, one, "ACCEPTED 1/1", "5/1/4/0/0 2/0/2/0/0"),
        // Whoever had it may have entered it, and lost the answer.
        (GivenBack, one, "REQUESTED 0/1", "5/0/5/0/0 2/0/2/0/0"),
        (GivenBack, whole, "REQUESTED 0/5 0/2", "5/0/5/0/0 2/0/2/0/0"),
        (Leased, whole, "REQUESTED 0/5 0/2", "5/0/5/0/0 2/0/2/0/0"),
        (Leased, one, "REQUESTED 0/1", "5/0/5/0/0 2/0/2/0/0"),
        (Leased, more, too_much, "5/0/5/0/0 2/0/2/0/0"),
        (Acknowledged, whole, "REQUESTED 0/5 0/2", "5/0/5/0/0 2/0/2/0/0"),
        (Acknowledged, one, "REQUESTED 0/1", "5/0/5/0/0 2/0/2/0/0"),
        (PartShipped, whole, "REQUESTED 0/2", "5/0/2/0/3 2/0/0/0/2"),
        (PartShipped, one, "REQUESTED 0/1", "5/0/2/0/3 2/0/0/0/2"),
        (PartShipped, &[("0", "3")], too_much, "5/0/2/0/3 2/0/0/0/2"),
        (PartShipped, &[("1", "")], too_much, "5/0/2/0/3 2/0/0/0/2"),
        (AllShipped, whole, "INVALID_STATE", "5/0/0/0/5 2/0/0/0/2"),
        (AllShipped, one, too_much, "5/0/0/0/5 2/0/0/0/2"),
        (Invoiced, whole, "INVALID_STATE", "5/0/0/0/5 2/0/0/0/2"),
        (Invoiced, one, too_much, "5/0/0/0/5 2/0/0/0/2"),
    ] {
        let house = at_stage(stage).await;
        let wish = cancellation("k-1", "a-1", wished);
        let what = format!("{stage:?} {wished:?}");
        assert_eq!(wish_off(&house.shop, wish.clone()).await, expected, "{what}");
        assert_eq!(lines(&house.shop, "a-1").await.join(" "), left, "{what}");
        if expected.contains('/') {
            assert_eq!(wish_off(&house.shop, wish).await, expected, "{what} again");
            let told = get(&house.shop, "a-1").await.cancellations;
            assert_eq!(told.len(), 1, "{what}");
            let decided_by = if stage == Unseen || stage == Parked { "shop-a" } else { "" };
            assert_eq!(told[0].decided_by, decided_by, "{what}");
        }
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_cancelled_unseen_is_never_handed_out() {
    for stage in [Unseen, Parked] {
        let house = at_stage(stage).await;
        let paid = payment("p-1", "a-1", proto::PaymentEvent::Captured, "7");
        assert_eq!(pay(&house.shop, paid).await, "APPLIED");
        let whole = cancellation("k-1", "a-1", &[]);
        assert_eq!(wish_off(&house.shop, whole).await, "ACCEPTED 5/5 2/2");
        let order = get(&house.shop, "a-1").await;
        assert_eq!(order.handover(), proto::OrderHandover::Withdrawn);
        assert_eq!(order.status(), proto::OrderStatus::Cancelled);
        assert_eq!(level(&house.erp, "mug").await, "9/0/0");
        assert_eq!(crate::kit::trade::parked(&house.tool).await, [""; 0]);
        // Somebody has to give the money back.
        assert_eq!(kinds(&lease(&house.erp, 10).await), ["PAYMENT p-1"]);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_erp_answers_in_whole_in_part_or_not_at_all() {
    let refused = None;
    for (granted, expected, left) in [
        (Some(&[][..]), "ACCEPTED 2/2 1/1", "5/2/3/0/0 2/1/1/0/0"),
        (Some(&[("0", "1")][..]), "PART_ACCEPTED 1/2 0/1", "5/1/4/0/0 2/0/2/0/0"),
        (Some(&[("0", "2"), ("1", "1")]), "ACCEPTED 2/2 1/1", "5/2/3/0/0 2/1/1/0/0"),
        (refused, "REFUSED 0/2 0/1", "5/0/5/0/0 2/0/2/0/0"),
    ] {
        let house = at_stage(Acknowledged).await;
        let wish = cancellation("k-1", "a-1", &[("0", "2"), ("1", "1")]);
        assert_eq!(wish_off(&house.shop, wish).await, "REQUESTED 0/2 0/1");
        let tasks = lease(&house.erp, 10).await;
        assert_eq!(kinds(&tasks), ["CANCELLATION k-1"]);
        let told = tasks[0].cancellation.clone().unwrap();
        assert_eq!((&*told.reason, &*told.lines[0].requested), ("changed my mind", "2"));

        for impossible in [&[("0", "3")][..], &[("0", "1"), ("9", "1")]] {
            let refused = decide(&house.erp, decision("k-1", Some(impossible))).await;
            assert!(
                ["QUANTITY_EXCEEDED", "ORDER_LINE_NOT_FOUND"].contains(&&*refused),
                "{refused}"
            );
        }
        let answer = decision("k-1", granted);
        assert_eq!(decide(&house.erp, answer.clone()).await, expected);
        assert_eq!(decide(&house.erp, answer).await, expected, "the same");
        assert_eq!(decide(&house.erp, decision("k-1", Some(&[]))).await, "INVALID_STATE");
        assert_eq!(lines(&house.shop, "a-1").await.join(" "), left);
        let order = get(&house.shop, "a-1").await;
        assert!(order.quantities.iter().all(|it| it.cancel_requested == "0"));
        let told = &order.cancellations[0];
        assert_eq!((&*told.decided_by, &*told.decision_reason), ("erp", "picked already"));
        // To answer is to have done the task.
        assert_eq!(lease(&house.erp, 10).await, []);
        let late = acknowledge(&house.erp, &[(&tasks[0].lease, "")]).await;
        assert_eq!(late, ["DUPLICATE"]);
        house.close().await;
    }
}

/// What is wished off once cannot be wished off again before it is answered.
#[tokio::test(flavor = "multi_thread")]
async fn wishes_do_not_overlap() {
    let house = at_stage(Acknowledged).await;
    let wish = |number, units| cancellation(number, "a-1", &[("0", units)]);
    assert_eq!(wish_off(&house.shop, wish("k-1", "3")).await, "REQUESTED 0/3");
    assert_eq!(wish_off(&house.tool, wish("k-2", "3")).await, "QUANTITY_EXCEEDED");
    assert_eq!(wish_off(&house.tool, wish("k-2", "")).await, "REQUESTED 0/2");
    assert_eq!(wish_off(&house.shop, cancellation("k-3", "a-1", &[])).await, "REQUESTED 0/2");
    assert_eq!(wish_off(&house.shop, cancellation("k-4", "a-1", &[])).await, "INVALID_STATE");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["CANCELLATION k-1"], "one after the other");
    assert_eq!(decide(&house.erp, decision("k-3", Some(&[]))).await, "INVALID_STATE", "not yet");
    assert_eq!(decide(&house.erp, decision("k-1", None)).await, "REFUSED 0/3");
    assert_eq!(
        wish_off(&house.shop, wish("k-5", "3")).await,
        "REQUESTED 0/3",
        "they are free again"
    );
}

/// Goods may leave while somebody wishes them off: then only the rest can be granted.
#[tokio::test(flavor = "multi_thread")]
async fn what_has_left_meanwhile_is_not_granted() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(wish_off(&house.shop, cancellation("k-1", "a-1", &[])).await, "REQUESTED 0/5 0/2");
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "4")])).await, "APPLIED");
    assert_eq!(cancel(&house.erp, "a-1", &[("1", "2")]).await, "2", "the ERP may by itself");
    let five = decision("k-1", Some(&[("0", "5")]));
    assert_eq!(decide(&house.erp, five).await, "QUANTITY_EXCEEDED");
    assert_eq!(decide(&house.erp, decision("k-1", Some(&[]))).await, "PART_ACCEPTED 1/5 0/2");
    assert_eq!(lines(&house.shop, "a-1").await.join(" "), "5/1/0/0/4 2/2/0/0/0");
    assert_eq!(level(&house.erp, "mug").await, "5/0/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_free_serves_whoever_waits() {
    let house = at_stage(Acknowledged).await;
    submit(&house.shop, may_wait(order("a-2", &[("mug", "6")]))).await.unwrap();
    assert_eq!(lines(&house.shop, "a-2").await, ["6/0/4/2/0"]);
    let wish = cancellation("k-1", "a-1", &[("0", "1")]);
    assert_eq!(wish_off(&house.shop, wish).await, "REQUESTED 0/1");
    assert_eq!(lines(&house.shop, "a-2").await, ["6/0/4/2/0"], "a wish frees nothing");
    assert_eq!(decide(&house.erp, decision("k-1", Some(&[]))).await, "ACCEPTED 1/1");
    assert_eq!(lines(&house.shop, "a-2").await, ["6/0/5/1/0"]);
    // The other is unseen still: what waits goes first, then what was promised.
    let wish = cancellation("k-2", "a-2", &[("0", "2")]);
    assert_eq!(wish_off(&house.shop, wish).await, "ACCEPTED 2/2");
    assert_eq!(lines(&house.shop, "a-2").await, ["6/2/4/0/0"]);
    assert_eq!(level(&house.erp, "mug").await, "9/8/0");
}

/// A wish that the ERP cannot answer is parked like all work, and does not get lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_wish_may_be_parked_and_answered_all_the_same() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(wish_off(&house.shop, cancellation("k-1", "a-1", &[])).await, "REQUESTED 0/5 0/2");
    let task = lease(&house.erp, 1).await.remove(0);
    assert_eq!(refuse(&house.erp, &task.lease).await, ["PARKED TASK_REFUSED"]);
    assert_eq!(decide(&house.erp, decision("k-1", None)).await, "REFUSED 0/5 0/2");
    assert_eq!(crate::kit::trade::parked(&house.tool).await, [""; 0]);
}
