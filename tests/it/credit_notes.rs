mod of_orders;

use erpsync_client::proto::{self, Disposition};

use crate::kit::House;
use crate::kit::trade::{
    approve, because_of, correction, credit, credit_note, get, get_invoice, invoice, of_shop,
    of_system, order, parked, preview, receive, reception, record, request_return, set, settlement,
    ship, shipment, submit, until_nothing_is_parked,
};

fn tax(rate: &str, base: &str, amount: &str) -> proto::Tax {
    let (rate, base, amount) = (rate.into(), base.into(), amount.into());
    proto::Tax { category: "S".into(), rate, base, amount }
}

/// An order of three pieces is there, and invoiced for 100.00 with its taxes as given.
async fn invoiced(taxes: Vec<proto::Tax>, mode: proto::RoundingMode) -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "100").await;
    submit(&house.shop, order("a-1", &[("mug", "3")])).await.unwrap();
    let per_line = mode == proto::RoundingMode::Line;
    let of_line = taxes.iter().cloned().map(|it| match per_line {
        true => it,
        false => proto::Tax { amount: String::new(), ..it },
    });
    let line = proto::InvoiceLine {
        invoice_line_id: "i-0".into(),
        order_line_id: "0".into(),
        quantity: "3".into(),
        unit_price: "33.333333".into(),
        amount: "100".into(),
        taxes: of_line.collect(),
        ..Default::default()
    };
    let request = proto::RecordInvoiceRequest {
        external_invoice_id: "r-1".into(),
        order: of_shop("a-1"),
        invoice_date: "2026-11-23".into(),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: mode.into(),
        lines: vec![line],
        tax_totals: taxes,
        total: "100".into(),
        ..Default::default()
    };
    assert_eq!(record(&house.erp, request).await, "APPLIED");
    house
}

async fn fetch(house: &House, number: &str) -> proto::CreditNote {
    credit_note(&house.shop, "erp", number).await
}

/// R21: 100.00 over 3, and its tax of 15.97, add up in any way of splitting.
#[tokio::test(flavor = "multi_thread")]
async fn every_split_adds_up() {
    for mode in [proto::RoundingMode::Line, proto::RoundingMode::Document] {
        let house = invoiced(vec![tax("19", "100", "15.97")], mode).await;
        let mut seen = Vec::new();
        for number in ["c-1", "c-2", "c-3"] {
            let previewed = preview(&house.shop, correction("", "r-1", &[("i-0", "1")])).await;
            let total = credit(&house.erp, correction(number, "r-1", &[("i-0", "1")])).await;
            assert_eq!(previewed, total, "{mode:?}: what was said is what it comes to");
            let note = fetch(&house, number).await;
            seen.push(format!("{total} {}", note.tax_totals[0].amount));
        }
        assert_eq!(seen, ["33.33 5.32", "33.34 5.33", "33.33 5.32"], "{mode:?}");
        let told = get_invoice(&house.erp, "r-1").await;
        assert_eq!(told.credits.as_ref().unwrap().total, "100");
        assert_eq!(told.credits.unwrap().tax_totals[0].amount, "15.97");
        let more = credit(&house.erp, correction("c-4", "r-1", &[("i-0", "1")])).await;
        assert_eq!(more, "CREDIT_EXCEEDS_INVOICE");
        let it = get(&house.shop, "a-1").await.quantities.remove(0);
        assert_eq!([it.credited_quantity, it.reversed, it.credited_amount], ["3", "3", "100"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_must_be_what_it_comes_to() {
    let house = invoiced(vec![tax("19", "100", "15.97")], proto::RoundingMode::Line).await;
    let mut note = correction("c-1", "r-1", &[("i-0", "1")]);
    note.lines[0].amount = "33.34".into();
    assert_eq!(credit(&house.erp, note.clone()).await, "AMOUNTS_DO_NOT_ADD_UP");
    note.already_issued = true;
    assert_eq!(credit(&house.erp, note.clone()).await, "PARKED AMOUNTS_DO_NOT_ADD_UP");
    assert_eq!(parked(&house.tool).await, ["credit_note c-1 AMOUNTS_DO_NOT_ADD_UP"]);

    let mut right = correction("c-2", "r-1", &[("i-0", "1")]);
    right.lines[0].amount = "33.33".into();
    right.lines[0].taxes = vec![tax("19", "33.33", "5.32")];
    right.tax_totals = vec![tax("19", "33.33", "5.32")];
    (right.total, right.currency_code) = ("33.33".into(), "EUR".into());
    let settled = |kind, amount| settlement("", "", &[(kind, amount)]).settlements.remove(0);
    use proto::SettlementKind::{ErpRounding, Refund, RestockingFee};
    right.settlements = vec![settled(Refund, "30"), settled(RestockingFee, "3")];
    assert_eq!(credit(&house.erp, right.clone()).await, "AMOUNTS_DO_NOT_ADD_UP", "0.33 are left");
    right.settlements.push(settled(ErpRounding, "0.33"));
    assert_eq!(credit(&house.erp, right.clone()).await, "AMOUNTS_DO_NOT_ADD_UP", "too much of it");
    right.settlements = vec![settled(Refund, "30.32"), settled(RestockingFee, "3")];
    right.settlements.push(settled(ErpRounding, "0.01"));
    let mut dollars = right.clone();
    dollars.currency_code = "USD".into();
    assert_eq!(credit(&house.erp, dollars).await, "CURRENCY_MISMATCH");
    assert_eq!(credit(&house.erp, right.clone()).await, "33.33");
    assert_eq!(credit(&house.erp, right.clone()).await, "33.33", "the same again is the same");
    right.reason = "another".into();
    assert_eq!(credit(&house.erp, right).await, "DOCUMENT_CONTENT_MISMATCH");
    assert_eq!(fetch(&house, "c-2").await.settlements.len(), 3);
    let unknown = correction("c-3", "r-1", &[("i-9", "1")]);
    assert_eq!(credit(&house.erp, unknown).await, "NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reversal_takes_all_that_is_left() {
    let house = invoiced(vec![tax("19", "100", "15.97")], proto::RoundingMode::Line).await;
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "1")])).await, "33.33");
    let reversal = |number: &str| proto::IssueCreditNoteRequest {
        kind: proto::CreditNoteKind::Reversal.into(),
        ..correction(number, "r-1", &[])
    };
    assert_eq!(credit(&house.erp, reversal("c-2")).await, "66.67");
    assert_eq!(fetch(&house, "c-2").await.tax_totals[0].amount, "10.65");
    assert_eq!(credit(&house.erp, reversal("c-3")).await, "CREDIT_EXCEEDS_INVOICE");
    // The invoice was wrong: the units may be invoiced anew.
    let again = invoice("r-2", "a-1", &[("0", "3")]);
    assert_eq!(record(&house.erp, again).await, "APPLIED");
}

/// R19: 3 x 89.99 have left, 2 came back: at most 179.98.
#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_credited_than_came_back() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    let mut bought = order("a-1", &[("mug", "3")]);
    (bought.lines[0].unit_price, bought.lines[0].amount) = ("89.99".into(), "269.97".into());
    bought.total = "269.97".into();
    submit(&house.shop, bought).await.unwrap();
    ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await;
    let mut bill = invoice("r-1", "a-1", &[("0", "3")]);
    (bill.lines[0].unit_price, bill.lines[0].amount) = ("89.99".into(), "269.97".into());
    bill.total = "269.97".into();
    (bill.lines[0].taxes, bill.tax_totals) = (vec![], vec![]);
    assert_eq!(record(&house.erp, bill).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "3")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");

    // The note is faster than the goods.
    let note = because_of(correction("c-1", "r-1", &[("i-0", "1")]), "x-1");
    assert_eq!(credit(&house.erp, note.clone()).await, "NOT_FOUND");
    let fact = proto::IssueCreditNoteRequest { already_issued: true, ..note };
    assert_eq!(credit(&house.erp, fact).await, "PARKED WAITS_FOR_DOCUMENT");
    let came = [("0", "1", Disposition::Scrap), ("0", "1", Disposition::SendBack)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &came)).await, "APPLIED");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(fetch(&house, "c-1").await.total, "89.99");
    let twice = because_of(correction("c-2", "r-1", &[("i-0", "1")]), "x-1");
    assert_eq!(credit(&house.erp, twice).await, "CAUSE_ALREADY_CREDITED");

    let rest = [("0", "1", Disposition::Restock)];
    assert_eq!(receive(&house.erp, reception("x-2", "t-1", &rest)).await, "APPLIED");
    let too_much = because_of(correction("c-2", "r-1", &[("i-0", "2")]), "x-2");
    assert_eq!(credit(&house.erp, too_much.clone()).await, "CREDIT_EXCEEDS_INVOICE");
    let fact = proto::IssueCreditNoteRequest { already_issued: true, ..too_much };
    assert_eq!(credit(&house.erp, fact).await, "PARKED CREDIT_EXCEEDS_INVOICE");
    let right = because_of(correction("c-3", "r-1", &[("i-0", "1")]), "x-2");
    assert_eq!(credit(&house.erp, right).await, "89.99");
    let it = get(&house.shop, "a-1").await.quantities.remove(0);
    let all = [it.received, it.sent_back, it.credited_quantity, it.reversed, it.credited_amount];
    assert_eq!(all, ["3", "1", "2", "0", "179.98"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn shipping_is_credited_as_a_whole_and_a_discount_with_its_lines() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    let mut bill = invoice("r-1", "a-1", &[("0", "2")]);
    let charge = |id: &str, kind: proto::ChargeKind, amount: &str| proto::Charge {
        charge_id: id.into(),
        kind: kind.into(),
        amount: amount.into(),
        taxes: vec![tax("19", "", "")],
        ..Default::default()
    };
    bill.charges = vec![
        charge("post", proto::ChargeKind::Shipping, "4.9"),
        charge("sale", proto::ChargeKind::Discount, "0.5"),
    ];
    bill.total = "6.4".into();
    bill.tax_totals = vec![tax("19", "6.4", "1.02")];
    assert_eq!(record(&house.erp, bill).await, "APPLIED");
    let mut shipping = correction("c-1", "r-1", &[]);
    shipping.charge_ids = vec!["post".into()];
    assert_eq!(credit(&house.erp, shipping.clone()).await, "4.9");
    shipping.external_credit_note_id = "c-2".into();
    assert_eq!(credit(&house.erp, shipping).await, "CREDIT_EXCEEDS_INVOICE");
    // Without the discount more would be credited than was ever billed.
    let mut goods = correction("c-2", "r-1", &[("i-0", "2")]);
    assert_eq!(credit(&house.erp, goods.clone()).await, "CREDIT_EXCEEDS_INVOICE");
    goods.charge_ids = vec!["sale".into()];
    assert_eq!(credit(&house.erp, goods).await, "1.5");
    assert_eq!(get_invoice(&house.erp, "r-1").await.credits.unwrap().total, "6.4");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_free_credit_stands_for_itself() {
    let house = House::open().await;
    let line = proto::CreditNoteLine {
        amount: "11.9".into(),
        taxes: vec![tax("19", "", "1.9")],
        description: "for the trouble".into(),
        ..Default::default()
    };
    let note = proto::IssueCreditNoteRequest {
        external_credit_note_id: "c-1".into(),
        kind: proto::CreditNoteKind::FreeCredit.into(),
        credit_date: "2026-11-24".into(),
        reason: "goodwill".into(),
        lines: vec![line],
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        tax_totals: vec![tax("19", "11.9", "1.9")],
        total: "11.9".into(),
        ..Default::default()
    };
    assert_eq!(credit(&house.erp, note.clone()).await, "11.9");
    let told = credit_note(&house.erp, "erp", "c-1").await;
    assert_eq!((&*told.lines[0].description, &*told.invoice_id), ("for the trouble", ""));
    let listed = proto::ListCreditNotesRequest::default();
    let listed = house.shop.credit_notes().list_credit_notes(listed).await;
    let listed = listed.unwrap().into_inner().credit_notes;
    assert_eq!(listed, [], "of no order, it is no shop's");
    let wrong = proto::IssueCreditNoteRequest {
        external_credit_note_id: "c-2".into(),
        total: "12".into(),
        ..note.clone()
    };
    assert_eq!(credit(&house.erp, wrong.clone()).await, "AMOUNTS_DO_NOT_ADD_UP");
    let wrong = proto::IssueCreditNoteRequest { already_issued: true, ..wrong };
    assert_eq!(credit(&house.erp, wrong).await, "PARKED AMOUNTS_DO_NOT_ADD_UP");
    let mixed = proto::IssueCreditNoteRequest {
        external_credit_note_id: "c-3".into(),
        invoice: of_system("erp", "r-1"),
        reason: String::new(),
        ..note
    };
    assert_eq!(credit(&house.erp, mixed).await, "FIELD_INVALID");
    let listed = proto::ListCreditNotesRequest::default();
    let listed = house.tool.credit_notes().list_credit_notes(listed).await.unwrap().into_inner();
    assert_eq!(listed.credit_notes.len(), 1);
}

/// What it would come to is what it comes to, in everything, and saying so issues nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_the_note_without_the_note() {
    let taxes = vec![tax("19", "60", "9.58"), tax("7", "40", "2.62")];
    let house = invoiced(taxes, proto::RoundingMode::Line).await;
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "2")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    let two = correction("c-1", "r-1", &[("i-0", "2")]);
    let caused = because_of(two.clone(), "x-1");
    assert_eq!(preview(&house.shop, two.clone()).await, "66.67", "nothing has come yet");
    assert_eq!(preview(&house.shop, caused.clone()).await, "NOT_FOUND");
    let came = [("0", "1", Disposition::Restock)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &came)).await, "APPLIED");
    assert_eq!(preview(&house.shop, caused.clone()).await, "CREDIT_EXCEEDS_INVOICE", "one came");

    let request = proto::PreviewCreditNoteRequest {
        kind: two.kind,
        invoice: two.invoice.clone(),
        cause: None,
        lines: two.lines.clone(),
        ..Default::default()
    };
    let before = house.tool.changes().get_head(proto::GetHeadRequest {}).await.unwrap();
    let told = house.tool.credit_notes().preview_credit_note(request).await.unwrap().into_inner();
    let after = house.tool.changes().get_head(proto::GetHeadRequest {}).await.unwrap();
    let (before, after) = (before.into_inner().revision, after.into_inner().revision);
    assert_eq!((before, told.as_of_revision), (after, after), "nothing was written");
    assert_eq!(get_invoice(&house.erp, "r-1").await.credits.unwrap().total, "0");
    assert_eq!(credit(&house.erp, two).await, "66.67");
    let note = fetch(&house, "c-1").await;
    assert_eq!((told.lines, told.tax_totals), (note.lines, note.tax_totals));
    let rest = correction("", "r-1", &[("i-0", "2")]);
    assert_eq!(preview(&house.shop, rest).await, "CREDIT_EXCEEDS_INVOICE");
    let mut reversal = correction("", "r-1", &[]);
    reversal.kind = proto::CreditNoteKind::Reversal.into();
    assert_eq!(preview(&house.shop, reversal).await, "33.33");
}
