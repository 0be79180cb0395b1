//! Money is credited, and the buyer keeps the goods.

use erpsync_client::proto::{self, CreditNoteKind::PriceReduction};

use crate::kit::House;
use crate::kit::trade::{
    correction, credit, credit_note, get, get_invoice, invoice, order, parked, preview, record,
    set, ship, shipment, submit, until_nothing_is_parked,
};

/// Three of 30.00 are sent and invoiced, tax 14.37 inside.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "3")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(record(&house.erp, bill()).await, "APPLIED");
    house
}

fn bill() -> proto::RecordInvoiceRequest {
    let mut bill = invoice("r-1", "a-1", &[("0", "3")]);
    let line = &mut bill.lines[0];
    (line.unit_price, line.amount) = ("30".into(), "90".into());
    let tax = &mut bill.tax_totals[0];
    (tax.base, tax.amount) = ("90".into(), "14.37".into());
    bill.total = "90".into();
    bill
}

fn reduction(number: &str, amount: &str) -> proto::IssueCreditNoteRequest {
    let line = proto::CreditNoteLine {
        invoice_line_id: "i-0".into(),
        amount: amount.into(),
        ..Default::default()
    };
    let lines = vec![line];
    let kind = PriceReduction.into();
    proto::IssueCreditNoteRequest { kind, lines, ..correction(number, "r-1", &[]) }
}

/// C3: 90.00 over 3 after a reduction of 45.00 are 15.00 each, with their taxes, to the cent.
#[tokio::test(flavor = "multi_thread")]
async fn units_credited_later_share_what_is_left() {
    let house = house().await;
    let mut seen = Vec::new();
    for note in [
        reduction("c-1", "45"),
        correction("c-2", "r-1", &[("i-0", "1")]),
        correction("c-3", "r-1", &[("i-0", "2")]),
    ] {
        let number = note.external_credit_note_id.clone();
        let previewed = preview(&house.shop, note.clone()).await;
        assert_eq!(credit(&house.erp, note).await, previewed);
        let note = credit_note(&house.shop, "erp", &number).await;
        seen.push(format!(
            "{} {} {}",
            note.total, note.tax_totals[0].amount, note.lines[0].quantity
        ));
    }
    assert_eq!(seen, ["45 7.19 ", "15 2.39 1", "30 4.79 2"]);
    let credits = get_invoice(&house.erp, "r-1").await.credits.unwrap();
    assert_eq!([credits.total, credits.tax_totals[0].amount.clone()], ["90", "14.37"]);
    let it = get(&house.shop, "a-1").await.quantities.remove(0);
    assert_eq!([it.credited_quantity, it.reversed, it.credited_amount], ["3", "3", "90"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reversal_takes_what_a_reduction_left() {
    let house = house().await;
    assert_eq!(credit(&house.erp, reduction("c-1", "0.01")).await, "0.01");
    assert_eq!(credit(&house.erp, reduction("c-2", "20.01")).await, "20.01");
    let it = get(&house.shop, "a-1").await.quantities.remove(0);
    let seen = [it.credited_quantity, it.reversed, it.invoiced, it.credited_amount];
    assert_eq!(seen, ["0", "0", "3", "20.02"], "money, and no units");
    let reversal = proto::IssueCreditNoteRequest {
        kind: proto::CreditNoteKind::Reversal.into(),
        ..correction("c-3", "r-1", &[])
    };
    assert_eq!(credit(&house.erp, reversal).await, "69.98");
    let credits = get_invoice(&house.erp, "r-1").await.credits.unwrap();
    assert_eq!([credits.total, credits.tax_totals[0].amount.clone()], ["90", "14.37"]);
}

/// I7: it consumes amount all the same.
#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_taken_off_than_is_left() {
    let house = house().await;
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "2")])).await, "60");
    assert_eq!(credit(&house.erp, reduction("c-2", "30.01")).await, "CREDIT_EXCEEDS_INVOICE");
    let issued =
        proto::IssueCreditNoteRequest { already_issued: true, ..reduction("c-2", "30.01") };
    assert_eq!(credit(&house.erp, issued).await, "PARKED CREDIT_EXCEEDS_INVOICE");
    assert_eq!(parked(&house.tool).await, ["credit_note c-2 CREDIT_EXCEEDS_INVOICE"]);
    assert_eq!(credit(&house.erp, reduction("c-3", "30")).await, "30");
    assert_eq!(credit(&house.erp, reduction("c-4", "0.01")).await, "CREDIT_EXCEEDS_INVOICE");
    let mut told = reduction("c-5", "1");
    told.lines[0].taxes = vec![proto::Tax {
        category: "S".into(),
        rate: "19".into(),
        base: "1".into(),
        amount: "0.17".into(),
    }];
    assert_eq!(credit(&house.erp, told).await, "CREDIT_EXCEEDS_INVOICE");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_comes_before_its_invoice_waits() {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "3")])).await.unwrap();
    let issued = proto::IssueCreditNoteRequest { already_issued: true, ..reduction("c-1", "10") };
    assert_eq!(credit(&house.erp, issued).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(record(&house.erp, bill()).await, "APPLIED");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(credit_note(&house.shop, "erp", "c-1").await.tax_totals[0].amount, "1.6");
}
