use erpsync_client::proto;

use crate::kit::House;
use crate::kit::trade::{
    cancel, get, get_invoice, invoice, order, parked, record, set, submit, until_nothing_is_parked,
};

async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "100").await;
    submit(&house.shop, order("a-1", &[("mug", "5"), ("mug", "2")])).await.unwrap();
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_invoiced_in_parts() {
    let house = house().await;
    let first = invoice("r-1", "a-1", &[("0", "3")]);
    assert_eq!(record(&house.erp, first.clone()).await, "APPLIED");
    assert_eq!(record(&house.erp, first).await, "APPLIED");
    let told = get_invoice(&house.shop, "r-1").await;
    assert_eq!((&*told.total, &*told.credits.unwrap().total), ("3", "0"));
    assert_eq!(told.tax_totals[0].amount, "0.48");
    let seen = get(&house.shop, "a-1").await;
    assert_eq!((&*seen.quantities[0].invoiced, seen.invoices.len()), ("3", 1));

    let other = invoice("r-1", "a-1", &[("0", "2")]);
    assert_eq!(record(&house.erp, other).await, "DOCUMENT_CONTENT_MISMATCH");
    let unknown = invoice("r-2", "a-1", &[("x", "2")]);
    assert_eq!(record(&house.erp, unknown).await, "ORDER_LINE_NOT_FOUND");
    let rest = invoice("r-2", "a-1", &[("0", "2"), ("1", "2")]);
    assert_eq!(record(&house.erp, rest).await, "APPLIED");
    let listed = proto::ListInvoicesRequest::default();
    let listed = house.tool.invoices().list_invoices(listed).await.unwrap().into_inner().invoices;
    assert_eq!(listed.len(), 2);
}

/// R22: two currencies never meet; what does not tie out is parked, never adjusted.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_tie_out_is_parked() {
    let house = house().await;
    let mut a_cent_off = invoice("r-1", "a-1", &[("0", "3")]);
    a_cent_off.total = "3.01".into();
    assert_eq!(record(&house.erp, a_cent_off).await, "PARKED AMOUNTS_DO_NOT_ADD_UP");
    let mut foreign = invoice("r-2", "a-1", &[("0", "3")]);
    foreign.currency_code = "USD".into();
    assert_eq!(record(&house.erp, foreign).await, "PARKED CURRENCY_MISMATCH");
    let too_much = invoice("r-3", "a-1", &[("0", "6")]);
    assert_eq!(record(&house.erp, too_much).await, "PARKED QUANTITY_EXCEEDED");
    let mut taxed_beyond = invoice("r-4", "a-1", &[("0", "3")]);
    taxed_beyond.lines[0].taxes[0].base = "4".into();
    let total = &mut taxed_beyond.tax_totals[0];
    (total.base, total.amount) = ("4".into(), "0.64".into());
    assert_eq!(record(&house.erp, taxed_beyond).await, "PARKED AMOUNTS_DO_NOT_ADD_UP");
    let expected = [
        "invoice r-1 AMOUNTS_DO_NOT_ADD_UP",
        "invoice r-2 CURRENCY_MISMATCH",
        "invoice r-3 QUANTITY_EXCEEDED",
        "invoice r-4 AMOUNTS_DO_NOT_ADD_UP",
    ];
    assert_eq!(parked(&house.tool).await, expected);
    assert_eq!(get(&house.shop, "a-1").await.quantities[0].invoiced, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_waits_for_its_order_and_a_later_cancel_is_to_be_credited() {
    let house = house().await;
    let early = invoice("r-1", "a-2", &[("0", "3")]);
    assert_eq!(record(&house.erp, early).await, "PARKED WAITS_FOR_DOCUMENT");
    submit(&house.shop, order("a-2", &[("mug", "3")])).await.unwrap();
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(get_invoice(&house.erp, "r-1").await.total, "3");
    assert_eq!(cancel(&house.erp, "a-2", &[("0", "2")]).await, "2");
    assert_eq!(get(&house.shop, "a-2").await.quantities[0].to_credit, "2");
}
