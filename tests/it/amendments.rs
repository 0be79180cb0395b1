use erpsync_client::{proto, refusal};

use crate::cancellations::Stage::{
    self, Acknowledged, AllShipped, GivenBack, Invoiced, Leased, PartShipped, Unseen,
};
use crate::cancellations::at_stage;
use crate::inbox::{kinds, lease, refuse};
use crate::kit::House;
use crate::kit::trade::{
    amend, amendment, cancel, get, invoice, judge, level, lines, may_wait, of_system, order,
    parked, parked_id, record, retry, set, ship, shipment, state, submit, verdict,
};

const AS_IT_IS: &[(&str, &str, &str)] = &[("0", "mug", "5"), ("1", "pot", "2")];
const UP: &[(&str, &str, &str)] = &[("0", "mug", "7"), ("1", "pot", "2")];
const DOWN: &[(&str, &str, &str)] = &[("0", "mug", "4"), ("1", "pot", "2")];
const SHORT: &[(&str, &str, &str)] = &[("0", "mug", "4711"), ("1", "pot", "2")];
const ADDED_SHORT: &[(&str, &str, &str)] =
    &[("0", "mug", "5"), ("1", "pot", "2"), ("2", "pot", "4711")];
const BELOW: &[(&str, &str, &str)] = &[("0", "mug", "2"), ("1", "pot", "2")];
const REMOVED: &[(&str, &str, &str)] = &[("0", "mug", "5")];
const ADDED: &[(&str, &str, &str)] = &[("0", "mug", "5"), ("1", "pot", "2"), ("2", "pot", "3")];

/// What each change of an order comes to, by how far the order has come: what the shop is told, and
/// `ordered/cancelled/reserved/back ordered/shipped` once that is granted.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_amended_depends_on_how_far_the_order_has_come() {
    type Change = (&'static str, &'static [(&'static str, &'static str, &'static str)]);
    let (up, down, removed, added) =
        (("up", UP), ("down", DOWN), ("removed", REMOVED), ("added", ADDED));
    let (short, added_short) = (("more than there is", SHORT), ("a line of it", ADDED_SHORT));
    let (address, below) = (("address", AS_IT_IS), ("below what has left", BELOW));
    let rows: &[(Stage, Change, &str, &str)] = &[
        (Unseen, up, "ACCEPTED", "7/0/7/0/0 2/0/2/0/0"),
        (Unseen, down, "ACCEPTED", "4/0/4/0/0 2/0/2/0/0"),
        (Unseen, removed, "ACCEPTED", "5/0/5/0/0 0/0/0/0/0"),
        (Unseen, added, "ACCEPTED", "5/0/5/0/0 2/0/2/0/0 3/0/3/0/0"),
        (Unseen, address, "ACCEPTED", "5/0/5/0/0 2/0/2/0/0"),
        (GivenBack, up, "REQUESTED", ""),
        (GivenBack, down, "REQUESTED", ""),
        (GivenBack, removed, "REQUESTED", ""),
        (GivenBack, added, "REQUESTED", ""),
        (GivenBack, address, "REQUESTED", ""),
        (Leased, up, "REQUESTED", ""),
        (Leased, down, "REQUESTED", ""),
        (Leased, removed, "REQUESTED", ""),
        (Leased, added, "REQUESTED", ""),
        (Leased, address, "REQUESTED", ""),
        (Unseen, short, "INSUFFICIENT_STOCK", ""),
        (Unseen, added_short, "INSUFFICIENT_STOCK", ""),
        (GivenBack, short, "INSUFFICIENT_STOCK", ""),
        (GivenBack, added_short, "INSUFFICIENT_STOCK", ""),
        (Leased, short, "INSUFFICIENT_STOCK", ""),
        (Leased, added_short, "INSUFFICIENT_STOCK", ""),
        (Acknowledged, short, "INSUFFICIENT_STOCK", ""),
        (Acknowledged, added_short, "INSUFFICIENT_STOCK", ""),
        (PartShipped, short, "INSUFFICIENT_STOCK", ""),
        (PartShipped, added_short, "INSUFFICIENT_STOCK", ""),
        (Invoiced, up, "INVALID_STATE", ""),
        (Invoiced, down, "INVALID_STATE", ""),
        (Invoiced, removed, "INVALID_STATE", ""),
        (Invoiced, added, "INVALID_STATE", ""),
        (Invoiced, address, "INVALID_STATE", ""),
        (PartShipped, below, "QUANTITY_EXCEEDED", ""),
        (Acknowledged, up, "REQUESTED", "7/0/7/0/0 2/0/2/0/0"),
        (Acknowledged, down, "REQUESTED", "4/0/4/0/0 2/0/2/0/0"),
        (Acknowledged, removed, "REQUESTED", "5/0/5/0/0 0/0/0/0/0"),
        (Acknowledged, added, "REQUESTED", "5/0/5/0/0 2/0/2/0/0 3/0/3/0/0"),
        (Acknowledged, address, "REQUESTED", "5/0/5/0/0 2/0/2/0/0"),
        (PartShipped, up, "REQUESTED", "7/0/4/0/3 2/0/0/0/2"),
        (PartShipped, down, "REQUESTED", "4/0/1/0/3 2/0/0/0/2"),
        (PartShipped, removed, "QUANTITY_EXCEEDED", ""),
        (PartShipped, added, "REQUESTED", "5/0/2/0/3 2/0/0/0/2 3/0/3/0/0"),
        (PartShipped, address, "REQUESTED", "5/0/2/0/3 2/0/0/0/2"),
        (AllShipped, up, "INVALID_STATE", ""),
        (AllShipped, down, "INVALID_STATE", ""),
        (AllShipped, removed, "INVALID_STATE", ""),
        (AllShipped, added, "INVALID_STATE", ""),
        (AllShipped, address, "INVALID_STATE", ""),
    ];
    for (stage, (what, wished), expected, left) in rows {
        let house = at_stage(*stage).await;
        let what = format!("{stage:?} {what}");
        play(&house, &what, wished, expected, left).await;
        house.close().await;
    }
}

async fn play(
    house: &House,
    what: &str,
    wished: &[(&str, &str, &str)],
    expected: &str,
    left: &str,
) {
    let before = lines(&house.shop, "a-1").await;
    let mut wished = state(wished);
    let home = proto::Address { city: "Wien".into(), ..Default::default() };
    wished.shipping_address = Some(home.clone());
    let wish = amendment("m-1", "a-1", 1, wished);
    assert_eq!(amend(&house.shop, wish.clone()).await, expected, "{what}");
    if expected == "REQUESTED" {
        let now = lines(&house.shop, "a-1").await;
        assert_eq!(now, before, "{what}: not before the ERP says so");
        assert_eq!(amend(&house.shop, wish).await, "REQUESTED", "{what} again");
        if left.is_empty() {
            let early = judge(&house.erp, verdict("m-1", Some(None))).await;
            assert_eq!(early, "INVALID_STATE", "{what}: the order itself comes first");
            return;
        }
        assert_eq!(kinds(&lease(&house.erp, 10).await), ["AMENDMENT m-1"], "{what}");
        assert_eq!(judge(&house.erp, verdict("m-1", Some(None))).await, "ACCEPTED", "{what}");
        assert_eq!(lease(&house.erp, 10).await, [], "{what}");
    } else if expected != "ACCEPTED" {
        assert_eq!(lines(&house.shop, "a-1").await, before, "{what}");
        assert_eq!(get(&house.shop, "a-1").await.shop_version, 0, "{what}");
        return;
    }
    assert_eq!(lines(&house.shop, "a-1").await.join(" "), left, "{what}");
    let told = get(&house.shop, "a-1").await;
    assert_eq!((told.shipping_address, told.shop_version), (Some(home), 1), "{what}");
}

/// What was invoiced in advance and is wished no more is to be credited.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_invoiced_in_advance_shows_what_to_credit() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(record(&house.erp, invoice("r-1", "a-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(DOWN))).await, "REQUESTED");
    assert_eq!(judge(&house.erp, verdict("m-1", Some(None))).await, "ACCEPTED");
    let told = get(&house.shop, "a-1").await.quantities.remove(0);
    assert_eq!((&*told.invoiced, &*told.to_credit), ("5", "1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_is_promised_all_or_nothing_unless_it_may_wait() {
    let twelve = || state(&[("0", "mug", "12"), ("1", "pot", "2")]);
    for stage in [Unseen, Acknowledged] {
        let house = at_stage(stage).await;
        let wish = amendment("m-1", "a-1", 1, twelve());
        assert_eq!(amend(&house.shop, wish).await, "INSUFFICIENT_STOCK", "{stage:?}");
        assert_eq!(level(&house.erp, "mug").await, "9/5/0", "{stage:?}");
        house.close().await;
    }
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    set(&house.erp, "pot", "9").await;
    let bought = may_wait(order("a-1", &[("mug", "5"), ("pot", "2")]));
    submit(&house.shop, bought).await.unwrap();
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, twelve())).await, "ACCEPTED");
    assert_eq!(lines(&house.shop, "a-1").await, ["12/0/9/3/0", "2/0/2/0/0"]);
    // What waits is wished off first.
    assert_eq!(amend(&house.shop, amendment("m-2", "a-1", 2, state(UP))).await, "ACCEPTED");
    assert_eq!(lines(&house.shop, "a-1").await, ["7/0/7/0/0", "2/0/2/0/0"]);
    assert_eq!(level(&house.erp, "mug").await, "9/7/0");
}

/// The ERP has promised it: then the buyer waits, and is not told it never happened.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_erp_grants_waits_where_stock_is_gone() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(UP))).await, "REQUESTED");
    submit(&house.shop, order("a-2", &[("mug", "3")])).await.unwrap();
    assert_eq!(judge(&house.erp, verdict("m-1", Some(None))).await, "ACCEPTED");
    assert_eq!(lines(&house.shop, "a-1").await, ["7/0/6/1/0", "2/0/2/0/0"]);
    assert_eq!(level(&house.erp, "mug").await, "9/9/1");
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_an_order_gives_back_serve_itself_then_others() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    submit(&house.shop, may_wait(order("a-2", &[("mug", "2")]))).await.unwrap();
    let split = state(&[("0", "mug", "3"), ("gift", "mug", "1")]);
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, split)).await, "ACCEPTED");
    assert_eq!(lines(&house.shop, "a-1").await, ["3/0/3/0/0", "1/0/1/0/0"]);
    assert_eq!(lines(&house.shop, "a-2").await, ["2/0/1/1/0"]);
    assert_eq!(level(&house.erp, "mug").await, "5/5/1");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_erp_may_grant_another_state_or_nothing() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(UP))).await, "REQUESTED");
    assert_eq!(amend(&house.shop, amendment("m-2", "a-1", 2, state(DOWN))).await, "REQUESTED");
    assert_eq!(judge(&house.erp, verdict("m-2", None)).await, "INVALID_STATE", "not its turn");
    let six = state(&[("0", "mug", "6"), ("1", "pot", "2")]);
    let partly = verdict("m-1", Some(Some(six)));
    assert_eq!(judge(&house.erp, partly.clone()).await, "PART_ACCEPTED");
    assert_eq!(judge(&house.erp, partly).await, "PART_ACCEPTED", "the same");
    assert_eq!(judge(&house.erp, verdict("m-1", None)).await, "INVALID_STATE", "answered");
    assert_eq!(lines(&house.shop, "a-1").await, ["6/0/6/0/0", "2/0/2/0/0"]);
    assert_eq!(judge(&house.erp, verdict("m-2", None)).await, "REFUSED");
    assert_eq!(lines(&house.shop, "a-1").await, ["6/0/6/0/0", "2/0/2/0/0"]);
    let told = get(&house.shop, "a-1").await;
    let seen: Vec<_> =
        told.amendments.iter().map(|it| (it.status(), &*it.decision_reason)).collect();
    use proto::AmendmentStatus::{PartAccepted, Refused};
    assert_eq!(seen, [(PartAccepted, "packed already"), (Refused, "packed already")]);
    assert_eq!((told.total.as_str(), told.shop_version), ("8", 2));
}

/// Goods may leave while an amendment waits: then what is granted must leave room for them.
#[tokio::test(flavor = "multi_thread")]
async fn what_has_left_meanwhile_cannot_be_granted_away() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(DOWN))).await, "REQUESTED");
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(judge(&house.erp, verdict("m-1", Some(None))).await, "QUANTITY_EXCEEDED");
    assert_eq!(judge(&house.erp, verdict("m-1", None)).await, "REFUSED");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/0/0/5", "2/0/2/0/0"]);
}

/// A state that was cancelled from is wished whole again.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_state_says_what_is_kept() {
    let house = at_stage(Acknowledged).await;
    assert_eq!(cancel(&house.erp, "a-1", &[("0", "2")]).await, "2");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/2/3/0/0", "2/0/2/0/0"]);
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(DOWN))).await, "REQUESTED");
    assert_eq!(judge(&house.erp, verdict("m-1", Some(None))).await, "ACCEPTED");
    assert_eq!(lines(&house.shop, "a-1").await, ["4/0/4/0/0", "2/0/2/0/0"]);
    assert_eq!(level(&house.erp, "mug").await, "9/4/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_newest_version_of_its_own_shop_counts() {
    let house = at_stage(Unseen).await;
    let second = amendment("m-2", "a-1", 2, state(UP));
    assert_eq!(amend(&house.shop, second.clone()).await, "ACCEPTED");
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(DOWN))).await, "STALE");
    assert_eq!(amend(&house.shop, amendment("m-3", "a-1", 2, state(DOWN))).await, "STALE");
    assert_eq!(amend(&house.shop, second).await, "ACCEPTED", "the same");
    let other = amendment("m-2", "a-1", 3, state(DOWN));
    assert_eq!(amend(&house.shop, other).await, "DOCUMENT_CONTENT_MISMATCH");
    let foreign = amendment("m-9", "a-1", 9, state(DOWN));
    assert_eq!(amend(&house.shop_b, foreign).await, "NOT_FOUND");
    assert_eq!(lines(&house.shop, "a-1").await, ["7/0/7/0/0", "2/0/2/0/0"]);
    assert_eq!(get(&house.shop, "a-1").await.amendments.len(), 1);
}

fn tax(base: &str, amount: &str) -> proto::Tax {
    proto::Tax { category: "S".into(), rate: "19".into(), base: base.into(), amount: amount.into() }
}

/// A state of one mug with freight, taxes and addresses.
fn rich(freight: &str, inside: &str, total: &str) -> proto::OrderState {
    let mut rich = state(&[("0", "mug", "1")]);
    rich.charges = vec![proto::Charge {
        charge_id: "post".into(),
        kind: proto::ChargeKind::Shipping.into(),
        amount: freight.into(),
        taxes: vec![tax(freight, inside)],
        description: "parcel".into(),
        prepayment_invoice: None,
    }];
    rich.tax_totals = vec![tax(freight, inside)];
    rich.total = total.into();
    rich.billing_address =
        Some(proto::Address { name: format!("buyer {freight}"), ..Default::default() });
    rich
}

/// Nothing of what was said before is left, and nothing of what is said is lost.
#[tokio::test(flavor = "multi_thread")]
async fn all_of_the_content_is_replaced() {
    let house = at_stage(Unseen).await;
    for (version, wished) in
        [(1, rich("4.9", "0.78", "5.9")), (2, rich("1.19", "0.19", "2.19")), (3, state(AS_IT_IS))]
    {
        let wish = amendment(&format!("m-{version}"), "a-1", version, wished.clone());
        assert_eq!(amend(&house.shop, wish).await, "ACCEPTED", "{version}");
        let told = get(&house.shop, "a-1").await;
        assert_eq!(told.charges, wished.charges, "{version}");
        assert_eq!(told.tax_totals, wished.tax_totals, "{version}");
        assert_eq!(told.total, wished.total, "{version}");
        assert_eq!(told.billing_address, wished.billing_address, "{version}");
        let kept = told.amendments.last().unwrap().state.clone().unwrap();
        assert_eq!((kept.charges, kept.total), (wished.charges, wished.total), "{version}");
    }
    let wrong = amendment("m-4", "a-1", 4, rich("4.9", "0.78", "5.91"));
    assert_eq!(amend(&house.shop, wrong).await, "AMOUNTS_DO_NOT_ADD_UP");
    let mut dollars = state(UP);
    dollars.currency_code = "USD".into();
    let dollars = amendment("m-4", "a-1", 4, dollars);
    assert_eq!(amend(&house.shop, dollars).await, "CURRENCY_MISMATCH");
    let other = amendment("m-4", "a-1", 4, state(&[("0", "pot", "5")]));
    let refused = house.shop.orders().amend_order(other).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().fields[0].0, "lines[0].sku");
}

/// The shop mends its order, and it goes on by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_sold_order_that_did_not_add_up_can_be_mended() {
    let house = at_stage(Stage::Parked).await;
    let wrong = proto::OrderState { total: "7.02".into(), ..state(AS_IT_IS) };
    let wrong = amend(&house.shop, amendment("m-1", "a-1", 1, wrong)).await;
    assert_eq!(wrong, "AMOUNTS_DO_NOT_ADD_UP");
    assert_eq!(parked(&house.tool).await, ["task a-1 AMOUNTS_DO_NOT_ADD_UP"]);
    assert_eq!(lease(&house.erp, 10).await, []);
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, state(AS_IT_IS))).await, "ACCEPTED");
    let told = get(&house.shop, "a-1").await;
    assert_eq!((told.amounts_problem.clone(), &*told.total), (None, "7"));
    assert_eq!(told.handover(), proto::OrderHandover::Waiting);
    assert_eq!(parked(&house.tool).await, [""; 0]);
    assert_eq!(retry(&house.tool, &parked_id(&house.tool, "a-1").await).await, "DUPLICATE");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-1"]);
}

/// An amendment mends what an order comes to, and nothing else that somebody has to look at.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_amendment_does_not_mend_stays_parked() {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    let sold = proto::SubmitOrderRequest {
        already_placed: true,
        total: "5.01".into(),
        replaces_return: of_system("shop-a", "t-9"),
        ..order("a-1", &[("mug", "5")])
    };
    submit(&house.shop, sold).await.unwrap();
    assert_eq!(parked(&house.tool).await, ["task a-1 NOT_FOUND"]);
    let mended = amendment("m-1", "a-1", 1, state(&[("0", "mug", "5")]));
    assert_eq!(amend(&house.shop, mended).await, "ACCEPTED");
    assert_eq!(get(&house.shop, "a-1").await.handover(), proto::OrderHandover::Parked);
    assert_eq!(parked(&house.tool).await, ["task a-1 NOT_FOUND"]);
    // Nor what the ERP itself refused: it has seen the order, and answers.
    submit(&house.shop, order("a-2", &[("mug", "1")])).await.unwrap();
    let held = lease(&house.erp, 1).await.remove(0).lease;
    assert_eq!(refuse(&house.erp, &held).await, ["PARKED TASK_REFUSED"]);
    let other = amendment("m-2", "a-2", 1, state(&[("0", "mug", "2")]));
    assert_eq!(amend(&house.shop, other).await, "REQUESTED");
    assert_eq!(parked(&house.tool).await, ["task a-1 NOT_FOUND", "task a-2 TASK_REFUSED"]);
}

/// An order that waits for more than it has gives up all of that, and those behind it get what it had.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_waits_for_no_longer_lets_those_behind_it_be_served() {
    let house = House::open().await;
    set(&house.erp, "mug", "2").await;
    let wish = |number: &str, units| may_wait(order(number, &[("mug", units)]));
    assert_eq!(submit(&house.shop, wish("1", "5")).await, Ok("2+3".into()));
    assert_eq!(submit(&house.shop, wish("2", "4")).await, Ok("0+4".into()));
    let less = amendment("less", "1", 2, state(&[("0", "mug", "1")]));
    assert_eq!(amend(&house.shop, less).await, "ACCEPTED");
    assert_eq!(lines(&house.shop, "1").await, ["1/0/1/0/0"]);
    assert_eq!(lines(&house.shop, "2").await, ["4/0/1/3/0"]);
    assert_eq!(level(&house.shop, "mug").await, "2/2/3");
}
