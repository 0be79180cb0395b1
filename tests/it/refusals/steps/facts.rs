//! Documents that do not fit: a wish is refused, a fact is parked with the same words.

use erpsync_client::Connection;
use erpsync_client::proto::{
    self, CreditNoteKind, Disposition, PaymentEvent, SettlementKind::Refund,
};

use super::{Row, refused, told};
use crate::kit::House;
use crate::kit::trade::{
    approve, because_of, correction, credit, hold, invoice, of_shop, order, payment, receive,
    reception, record, request_return, settle, settlement, ship, shipment, submit, undo, undoing,
};

use proto::ShipmentCancellationKind::NeverLeft;

/// Five mugs, all sent and invoiced; one came back and was credited.
pub async fn arrange(house: &House) {
    let House { shop, erp, .. } = house;
    submit(shop, order("f-1", &[("mug", "5")])).await.unwrap();
    assert_eq!(hold(shop, "f-1").await, "OK");
    assert_eq!(ship(erp, shipment("f-never", "f-1", &[("0", "1")])).await, "APPLIED");
    let never = undoing("f-never", NeverLeft, Disposition::Unspecified);
    assert_eq!(undo(erp, never).await, "APPLIED");
    assert_eq!(ship(erp, shipment("f-all", "f-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(record(erp, invoice("f-bill", "f-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(request_return(shop, "f-back", "f-1", &[("0", "3")]).await, "OK");
    assert_eq!(approve(erp, "f-back").await, "OK");
    let came = [("0", "1", Disposition::Scrap)];
    assert_eq!(receive(erp, reception("f-came", "f-back", &came)).await, "APPLIED");
    let one = because_of(correction("f-note", "f-bill", &[("i-0", "1")]), "f-came");
    assert_eq!(credit(erp, one).await, "1");
    assert_eq!(settle(erp, settlement("f-paid", "f-note", &[(Refund, "1")])).await, "APPLIED");
    let came = [("0", "1", Disposition::Scrap)];
    assert_eq!(receive(erp, reception("f-more", "f-back", &came)).await, "APPLIED");

    submit(shop, order("f-2", &[("mug", "2")])).await.unwrap();
    assert_eq!(hold(shop, "f-2").await, "OK");
    assert_eq!(record(erp, invoice("f-gone", "f-2", &[("0", "2")])).await, "APPLIED");
    assert_eq!(credit(erp, reversal("f-all-of-it", "f-gone")).await, "2");
}

fn reversal(number: &str, of: &str) -> proto::IssueCreditNoteRequest {
    let kind = CreditNoteKind::Reversal.into();
    proto::IssueCreditNoteRequest { kind, ..correction(number, of, &[]) }
}

async fn undone(erp: &Connection, number: &str, of: &str) -> String {
    let undoing = undoing(of, NeverLeft, Disposition::Unspecified);
    let undoing =
        proto::CancelShipmentRequest { external_cancellation_id: number.into(), ..undoing };
    told(erp.shipments().cancel_shipment(undoing).await, |it| it.result)
}

async fn recorded(erp: &Connection, invoice: proto::RecordInvoiceRequest) -> String {
    told(erp.invoices().record_invoice(invoice).await, |it| it.result)
}

async fn issued(erp: &Connection, note: proto::IssueCreditNoteRequest) -> String {
    told(erp.credit_notes().issue_credit_note(note).await, |it| it.result)
}

async fn announced(shop: &Connection, order: &str, quantity: &str) -> String {
    let line =
        proto::ReturnLine { line_id: "0".into(), quantity: quantity.into(), ..Default::default() };
    let request = proto::RequestReturnRequest {
        external_return_id: "f-again".into(),
        order: of_shop(order),
        lines: vec![line],
        ..Default::default()
    };
    refused(shop.returns().request_return(request).await)
}

pub async fn steps(house: &House) -> Vec<Row> {
    let House { shop, erp, .. } = house;
    let fact = |note| proto::IssueCreditNoteRequest { already_issued: true, ..note };
    let more = || correction("f-x", "f-bill", &[("i-0", "5")]);
    let caused = because_of(correction("f-w", "f-bill", &[("i-0", "1")]), "f-came");
    let unlike = because_of(correction("f-y", "f-bill", &[("i-0", "2")]), "f-more");
    let dollars = proto::RecordPaymentRequest {
        currency_code: "USD".into(),
        ..payment("f-p", "f-1", PaymentEvent::Captured, "1")
    };
    vec![
        (
            "undo what was undone",
            undone(erp, "f-u-1", "f-never").await,
            "PARKED INVALID_STATE from=CANCELLED to=CANCELLED | shipment # is CANCELLED, and cannot \
            become CANCELLED",
        ),
        (
            "undo what comes back",
            undone(erp, "f-u-2", "f-all").await,
            "PARKED QUANTITY_EXCEEDED asked=5 line_id=0 possible=2 | line \"0\": 5 to be sent again, and \
            only 2 are not announced or back",
        ),
        (
            "announce more than has left",
            announced(shop, "f-1", "3").await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=3 line_id=0 possible=2 | line \"0\": 3 to come \
            back, and only 2 can",
        ),
        (
            "announce what has not left",
            announced(shop, "f-2", "1").await,
            "FailedPrecondition QUANTITY_EXCEEDED asked=1 line_id=0 possible=0 | line \"0\": 1 to come \
            back, and only 0 can",
        ),
        (
            "invoice more than was ordered",
            recorded(erp, invoice("f-b", "f-1", &[("0", "1")])).await,
            "PARKED QUANTITY_EXCEEDED asked=1 line_id=0 possible=0 | line \"0\": 1 to be invoiced, and \
            only 0 can be",
        ),
        (
            "credit more than is left",
            issued(erp, more()).await,
            "FailedPrecondition CREDIT_EXCEEDS_INVOICE asked=5 line_id=i-0 possible=4 | \"i-0\": 5 to be \
            credited, and only 4 is left of the invoice",
        ),
        (
            "the same, issued already",
            issued(erp, fact(more())).await,
            "PARKED CREDIT_EXCEEDS_INVOICE asked=5 line_id=i-0 possible=4 | \"i-0\": 5 to be credited, \
            and only 4 is left of the invoice",
        ),
        (
            "credit what came twice",
            issued(erp, caused).await,
            "FailedPrecondition CAUSE_ALREADY_CREDITED cause=reception # credit_note_id=# | reception # \
            was credited before, by credit note #",
        ),
        (
            "credit more than came",
            issued(erp, unlike).await,
            "FailedPrecondition CREDIT_EXCEEDS_INVOICE asked=2 line_id=0 possible=1 | \"0\": 2 to be \
            credited, and only 1 came back and was accepted",
        ),
        (
            "reverse what was reversed",
            issued(erp, reversal("f-z", "f-gone")).await,
            "FailedPrecondition CREDIT_EXCEEDS_INVOICE asked=2 line_id=f-gone possible=0 | \"f-gone\": 2 \
            to be credited, and only 0 is left of the invoice",
        ),
        (
            "settle what was settled",
            told(
                erp.credit_notes()
                    .settle_credit_note(settlement("f-s", "f-note", &[(Refund, "1")]))
                    .await,
                |it| it.result,
            ),
            "PARKED INVALID_STATE from=SETTLED to=SETTLED | credit note # is SETTLED, and cannot become \
            SETTLED",
        ),
        (
            "settle less than was credited",
            told(
                erp.credit_notes()
                    .settle_credit_note(settlement("f-t", "f-all-of-it", &[(Refund, "1.99")]))
                    .await,
                |it| it.result,
            ),
            "PARKED AMOUNTS_DO_NOT_ADD_UP computed=2 currency_code=EUR given=1.99 part=settlements | \
            the amounts do not add up: settlements is given as EUR 1.99, and comes to EUR 2",
        ),
        (
            "pay in another currency",
            told(erp.payments().record_payment(dollars).await, |it| it.result),
            "PARKED CURRENCY_MISMATCH expected=EUR given=USD | the payment is in USD, and what \
            it belongs to is in EUR",
        ),
    ]
}
