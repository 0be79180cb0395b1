//! How a credit note was settled is told with it or later, once, and is its total.

use erpsync_client::proto::{
    self,
    SettlementKind::{
        CashRounding, Goodwill, LossOfValue, OpenBalance, Refund, RestockingFee, StoreCredit,
    },
};

use crate::kit::House;
use crate::kit::trade::{
    correction, credit, credit_note, invoice, of_system, order, parked, record, set, settle,
    settlement, submit, until_nothing_is_parked,
};

/// Ten mugs of 1.00 are invoiced, and four of them credited.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "99").await;
    for (number, bill) in [("a-1", "r-1"), ("a-2", "r-2")] {
        submit(&house.shop, order(number, &[("mug", "10")])).await.unwrap();
        assert_eq!(record(&house.erp, invoice(bill, number, &[("0", "10")])).await, "APPLIED");
    }
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "4")])).await, "4");
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn a_settlement_is_the_total() {
    for (parts, expected) in [
        (&[(Refund, "4")][..], "APPLIED"),
        (&[(Refund, "2.5"), (StoreCredit, "1"), (OpenBalance, "0.5")], "APPLIED"),
        (&[(Refund, "3"), (RestockingFee, "0.4"), (LossOfValue, "0.6")], "APPLIED"),
        (&[(Refund, "5"), (Goodwill, "-1")], "APPLIED"),
        (&[(Refund, "3.98"), (CashRounding, "0.02")], "APPLIED"),
        (&[(Refund, "3.99")], "PARKED AMOUNTS_DO_NOT_ADD_UP"),
        (&[(Refund, "4.01")], "PARKED AMOUNTS_DO_NOT_ADD_UP"),
        (&[(Refund, "3.49"), (CashRounding, "0.51")], "PARKED AMOUNTS_DO_NOT_ADD_UP"),
    ] {
        let house = house().await;
        let told = settlement("s-1", "c-1", parts);
        assert_eq!(settle(&house.shop, told.clone()).await, expected, "{parts:?}");
        assert_eq!(settle(&house.shop, told).await, expected, "the same again");
        let note = credit_note(&house.tool, "erp", "c-1").await;
        let is_settled = expected == "APPLIED";
        assert_eq!(note.settlements.len(), if is_settled { parts.len() } else { 0 });
        assert_eq!(note.settle_time.is_some(), is_settled);
        assert_eq!(note.settled_by, if is_settled { "shop-a" } else { "" });
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_settled_once() {
    let house = house().await;
    assert_eq!(settle(&house.erp, settlement("s-1", "c-1", &[(Refund, "4")])).await, "APPLIED");
    let other = settlement("s-1", "c-1", &[(StoreCredit, "4")]);
    assert_eq!(settle(&house.erp, other.clone()).await, "DOCUMENT_CONTENT_MISMATCH");
    let by_shop = settle(
        &house.shop,
        proto::SettleCreditNoteRequest { credit_note: of_system("erp", "c-1"), ..other },
    );
    assert_eq!(by_shop.await, "PARKED INVALID_STATE", "by whomever");
    assert_eq!(parked(&house.tool).await, ["settlement s-1 INVALID_STATE"]);
    let note = credit_note(&house.shop, "erp", "c-1").await;
    assert_eq!(note.settlements[0].kind(), Refund);
    // One that says it at once is settled with it.
    let mut told = correction("c-2", "r-1", &[("i-0", "1")]);
    told.settlements = settlement("", "", &[(Refund, "1")]).settlements;
    assert_eq!(credit(&house.erp, told).await, "1");
    assert_eq!(credit_note(&house.shop, "erp", "c-2").await.settled_by, "erp");
    let again = settle(&house.erp, settlement("s-2", "c-2", &[(Refund, "1")]));
    assert_eq!(again.await, "PARKED INVALID_STATE");
}

/// C4: a balance is that of a named invoice.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_balance_is_of_an_invoice() {
    let house = house().await;
    let mut told = settlement("s-1", "c-1", &[(OpenBalance, "1"), (OpenBalance, "3")]);
    told.settlements[1].invoice = of_system("erp", "r-9");
    assert_eq!(settle(&house.erp, told).await, "PARKED WAITS_FOR_DOCUMENT");
    let bill = invoice("r-9", "a-2", &[]);
    let shipping = proto::Charge {
        charge_id: "s".into(),
        kind: proto::ChargeKind::Shipping.into(),
        amount: "5".into(),
        ..Default::default()
    };
    let bill = proto::RecordInvoiceRequest {
        charges: vec![shipping],
        tax_totals: vec![],
        total: "5".into(),
        ..bill
    };
    assert_eq!(record(&house.erp, bill).await, "APPLIED");
    until_nothing_is_parked(&house.tool).await;
    let note = credit_note(&house.shop, "erp", "c-1").await;
    let of = |it: &proto::Settlement| match it.invoice.as_ref().unwrap().reference.as_ref() {
        Some(proto::document_reference::Reference::DocumentId(id)) => id.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(&note.settlements[0]), note.invoice_id, "its own, where none is named");
    assert_ne!(of(&note.settlements[1]), note.invoice_id);

    // A free credit lowers no invoice: it has to name one.
    let line = proto::CreditNoteLine { amount: "1".into(), ..Default::default() };
    let free = proto::IssueCreditNoteRequest {
        external_credit_note_id: "c-2".into(),
        kind: proto::CreditNoteKind::FreeCredit.into(),
        credit_date: "2026-11-24".into(),
        reason: "sorry".into(),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines: vec![line],
        total: "1".into(),
        ..Default::default()
    };
    assert_eq!(credit(&house.erp, free).await, "1");
    let mut told = settlement("s-2", "c-2", &[(OpenBalance, "1")]);
    assert_eq!(settle(&house.erp, told.clone()).await, "FIELD_INVALID");
    told.settlements[0].invoice = of_system("erp", "r-2");
    assert_eq!(settle(&house.erp, told).await, "APPLIED");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_comes_before_its_credit_note_waits() {
    let house = house().await;
    let told = settlement("s-1", "c-2", &[(Refund, "2")]);
    assert_eq!(settle(&house.erp, told).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(credit(&house.erp, correction("c-2", "r-2", &[("i-0", "2")])).await, "2");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(credit_note(&house.shop, "erp", "c-2").await.settlements[0].amount, "2");
}
