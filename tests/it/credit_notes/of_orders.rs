//! What crediting units of an order comes to, over all its invoices: a shop knows nothing of those.

use erpsync_client::proto::{self, CreditNoteKind, PriceMode, RoundingMode};
use erpsync_client::{Connection, refusal};

use super::{fetch, tax};
use crate::kit::House;
use crate::kit::trade::{correction, credit, of_shop, order, record, set, submit};

/// An invoice of lines of a-1: `(order line, quantity, amount)`, the whole at 19 %.
fn bill(
    number: &str,
    (price_mode, rounding_mode): (PriceMode, RoundingMode),
    lines: &[(&str, &str, &str)],
    (base, amount, total): (&str, &str, &str),
) -> proto::RecordInvoiceRequest {
    let per_line = rounding_mode == RoundingMode::Line;
    let line = |(line, quantity, amount_of_line): &(&str, &str, &str)| proto::InvoiceLine {
        invoice_line_id: format!("i-{line}"),
        order_line_id: (*line).into(),
        quantity: (*quantity).into(),
        unit_price: format!(
            "{:.6}",
            amount_of_line.parse::<f64>().unwrap() / quantity.parse::<f64>().unwrap()
        ),
        amount: (*amount_of_line).into(),
        taxes: vec![tax("19", amount_of_line, if per_line { amount } else { "" })],
        ..Default::default()
    };
    proto::RecordInvoiceRequest {
        external_invoice_id: number.into(),
        order: of_shop("a-1"),
        invoice_date: "2026-11-23".into(),
        currency_code: "EUR".into(),
        price_mode: price_mode.into(),
        rounding_mode: rounding_mode.into(),
        lines: lines.iter().map(line).collect(),
        tax_totals: vec![tax("19", base, amount)],
        total: total.into(),
        ..Default::default()
    }
}

/// Seven mugs and two cups were ordered, and five and one of them invoiced, on two invoices of which
/// one has its taxes inside and the other on top.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    set(&house.erp, "cup", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "7"), ("cup", "2")])).await.unwrap();
    let gross = (PriceMode::Gross, RoundingMode::Line);
    let first = bill("r-1", gross, &[("0", "3", "10")], ("10", "1.6", "10"));
    assert_eq!(record(&house.erp, first).await, "APPLIED");
    let (net, lines) =
        ((PriceMode::Net, RoundingMode::Document), [("0", "2", "10"), ("1", "1", "5")]);
    let second = bill("r-2", net, &lines, ("15", "2.85", "17.85"));
    assert_eq!(record(&house.erp, second).await, "APPLIED");
    house
}

async fn ask(
    shop: &Connection,
    order: &str,
    lines: &[(&str, &str)],
) -> Result<proto::PreviewCreditNoteResponse, tonic::Status> {
    let line = |(line, quantity): &(&str, &str)| proto::OrderLineCredit {
        order_line_id: (*line).into(),
        quantity: (*quantity).into(),
    };
    let request = proto::PreviewCreditNoteRequest {
        kind: CreditNoteKind::Correction.into(),
        order: of_shop(order),
        order_lines: lines.iter().map(line).collect(),
        ..Default::default()
    };
    Ok(shop.credit_notes().preview_credit_note(request).await?.into_inner())
}

/// `total: total of each note`, or the reason and its facts.
async fn told(house: &House, lines: &[(&str, &str)]) -> String {
    match ask(&house.shop, "a-1", lines).await {
        Ok(told) => {
            let notes = told.credit_notes.iter().map(|it| it.total.clone());
            format!("{}: {}", told.total, notes.collect::<Vec<_>>().join(" "))
        }
        Err(status) => {
            let it = refusal(&status).unwrap();
            let facts = ["line_id", "asked", "possible"].map(|name| it.metadata.get(name).cloned());
            let words = [Some(it.reason)].into_iter().chain(facts).flatten();
            words.collect::<Vec<_>>().join(" ")
        }
    }
}

/// The oldest invoice gives its units first, and each by its own prices and roundings.
#[tokio::test(flavor = "multi_thread")]
async fn a_shop_asks_by_the_lines_of_its_order() {
    let house = house().await;
    for (lines, expected) in [
        (&[("0", "1")][..], "3.33: 3.33"),
        (&[("0", "2")], "6.67: 6.67"),
        (&[("1", "1")], "5.95: 5.95"),
        (&[("0", "3"), ("1", "1")], "15.95: 10 5.95"),
        (&[("0", "4")], "15.95: 10 5.95"),
        (&[("0", "5"), ("1", "1")], "27.85: 10 17.85"),
        (&[("0", "5.000001")], "CREDIT_EXCEEDS_INVOICE 0 5.000001 5"),
        (&[("1", "2")], "CREDIT_EXCEEDS_INVOICE 1 2 1"),
        (&[("0", "1"), ("2", "1")], "ORDER_LINE_NOT_FOUND 2"),
    ] {
        assert_eq!(told(&house, lines).await, expected, "{lines:?}");
    }
    let unknown = ask(&house.shop, "a-2", &[("0", "1")]).await.unwrap_err();
    assert_eq!(refusal(&unknown).unwrap().reason, "NOT_FOUND");
}

/// To the cent and in everything what the notes then are, and nothing is issued by asking.
#[tokio::test(flavor = "multi_thread")]
async fn the_notes_come_to_what_was_told() {
    let house = house().await;
    assert_eq!(credit(&house.erp, correction("c-0", "r-1", &[("i-0", "1")])).await, "3.33");
    let head = async || {
        let head = house.tool.changes().get_head(proto::GetHeadRequest {}).await.unwrap();
        head.into_inner().revision
    };
    let before = head().await;
    let told = ask(&house.shop, "a-1", &[("0", "3"), ("1", "1")]).await.unwrap();
    assert_eq!((before, told.as_of_revision), (head().await, before));
    assert_eq!((&*told.currency_code, &*told.total), ("EUR", "18.57"));
    let modes: Vec<_> =
        told.credit_notes.iter().map(|it| (it.price_mode(), it.rounding_mode())).collect();
    let (gross, net) = (PriceMode::Gross, PriceMode::Net);
    assert_eq!(modes, [(gross, RoundingMode::Line), (net, RoundingMode::Document)]);

    let first = correction("c-1", "r-1", &[("i-0", "2")]);
    let second = correction("c-2", "r-2", &[("i-0", "1"), ("i-1", "1")]);
    for (note, told) in [first, second].into_iter().zip(told.credit_notes) {
        let number = note.external_credit_note_id.clone();
        assert_eq!(credit(&house.erp, note).await, told.total);
        let issued = fetch(&house, &number).await;
        let said = (told.invoice_id, told.lines, told.tax_totals);
        assert_eq!(said, (issued.invoice_id, issued.lines, issued.tax_totals));
    }
    assert_eq!(self::told(&house, &[("0", "1")]).await, "5.95: 5.95", "the last one");
    assert_eq!(self::told(&house, &[("0", "2")]).await, "CREDIT_EXCEEDS_INVOICE 0 2 1");
}
