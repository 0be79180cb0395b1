//! What is not done with at cut-over is loaded as it stands, without effect on stock.

use erpsync_client::proto;

use crate::inbox::{kinds, lease};
use crate::kit::House;
use crate::kit::trade::{
    amend, amendment, approve, cancellation, correction, credit, get, invoice, level, lines, order,
    receive, reception, record, request_return, set, ship, shipment, state, submit, wish_off,
};

/// Five mugs and two cups, of which so many `(shipped, cancelled)`.
fn opening(number: &str, state: &[(&str, &str, &str)], erp: &str) -> proto::SubmitOrderRequest {
    let line = |(line, shipped, cancelled): &(&str, &str, &str)| proto::OpeningLine {
        line_id: (*line).into(),
        shipped: (*shipped).into(),
        cancelled: (*cancelled).into(),
    };
    let taken_over = (!erp.is_empty())
        .then(|| proto::ExternalReference { system: "erp".into(), external_id: erp.into() });
    let state = proto::OpeningState { taken_over, lines: state.iter().map(line).collect() };
    let bought = order(number, &[("mug", "5"), ("cup", "2")]);
    proto::SubmitOrderRequest { opening: Some(state), ..bought }
}

/// I12: what had left lies in no statement any more; what is open is promised.
#[tokio::test(flavor = "multi_thread")]
async fn an_opening_order_goes_on_from_where_it_stood() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    let state = [("0", "3", "1"), ("1", "2", "")];
    assert_eq!(submit(&house.shop, opening("a-1", &state, "SO-7")).await.unwrap(), "1+0 0+0");
    assert_eq!(level(&house.erp, "mug").await, "10/1/0", "nothing has left now");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/1/1/0/3", "2/0/0/0/2"]);
    let told = get(&house.tool, "a-1").await;
    assert_eq!(told.handover(), proto::OrderHandover::Acknowledged);
    assert_eq!(
        (told.erp_number.as_str(), told.status()),
        ("SO-7", proto::OrderStatus::PartShipped)
    );
    assert_eq!(lease(&house.erp, 10).await, [], "the ERP has it already");

    // The ERP speaks of it by its own number.
    let mut rest = shipment("d-1", "a-1", &[("0", "1")]);
    let external = proto::ExternalReference { system: "erp".into(), external_id: "SO-7".into() };
    let reference = Some(proto::order_reference::Reference::External(external));
    rest.order = Some(proto::OrderReference { reference });
    assert_eq!(ship(&house.erp, rest).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "9/0/0");
    assert_eq!(get(&house.shop, "a-1").await.status(), proto::OrderStatus::Shipped);

    // What had left before can be invoiced, come back and be credited like all else.
    assert_eq!(
        record(&house.erp, invoice("r-1", "a-1", &[("0", "4"), ("1", "2")])).await,
        "APPLIED"
    );
    assert_eq!(level(&house.erp, "mug").await, "9/0/0", "an invoice moves no stock");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "2")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    let back = [("0", "2", proto::Disposition::Restock)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &back)).await, "APPLIED");
    assert_eq!(level(&house.erp, "mug").await, "11/0/0");
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "2")])).await, "2");
}

/// I3: nobody leased it here, and the ERP has it all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wished_of_one_that_the_erp_has_the_erp_answers() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    submit(&house.shop, opening("a-1", &[], "SO-7")).await.unwrap();
    let six = state(&[("0", "mug", "6"), ("1", "cup", "2")]);
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, six)).await, "REQUESTED");
    let off = cancellation("c-1", "a-1", &[("0", "1")]);
    assert_eq!(wish_off(&house.shop, off).await, "REQUESTED 0/1");
    assert_eq!(wish_off(&house.shop, cancellation("c-2", "a-1", &[])).await, "REQUESTED 0/4 0/2");
    assert_eq!(lines(&house.shop, "a-1").await, ["5/0/5/0/0", "2/0/0/2/0"]);
    let handover = get(&house.tool, "a-1").await.handover();
    assert_eq!(handover, proto::OrderHandover::Acknowledged);
    assert_eq!(
        kinds(&lease(&house.erp, 10).await),
        ["AMENDMENT m-1"],
        "one after the other, behind what the ERP has"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_the_erp_does_not_know_is_handed_over() {
    let house = House::open().await;
    set(&house.erp, "mug", "2").await;
    let first = opening("a-1", &[("0", "1", "")], "");
    assert_eq!(
        submit(&house.shop, first.clone()).await.unwrap(),
        "2+2 0+2",
        "it waits: it was sold"
    );
    assert_eq!(submit(&house.shop, first).await.unwrap(), "2+2 0+2", "the same again is the same");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-1"]);
    let other = opening("a-1", &[("0", "2", "")], "");
    assert_eq!(submit(&house.shop, other).await, Err("ORDER_CONTENT_MISMATCH".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erp_number_is_of_one_order() {
    let house = House::open().await;
    assert!(submit(&house.shop, opening("a-1", &[], "SO-7")).await.is_ok());
    let refused = submit(&house.shop, opening("a-2", &[], "SO-7")).await;
    assert_eq!(refused, Err("FOREIGN_NUMBER_IN_USE".into()));
    for state in [("9", "1", ""), ("0", "5", "1"), ("0", "-1", ""), ("0", "", "6")] {
        let refused = submit(&house.shop, opening("a-3", &[state], "")).await;
        assert_eq!(refused, Err("FIELD_INVALID".into()), "{state:?}");
    }
    let twice = [("0", "1", ""), ("0", "1", "")];
    assert_eq!(submit(&house.shop, opening("a-3", &twice, "")).await, Err("FIELD_INVALID".into()));
}
