//! One unit comes back: the shop announces it; the ERP approves, receives and credits it; the shop reads
//! the credit note.

use erpsync_client::{Connection, proto};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::var("ERPSYNC_ADDRESS")?;
    let shop = Connection::open(&address, &std::env::var("ERPSYNC_SHOP_TOKEN")?).await?;
    let erp = shop.with_token(&std::env::var("ERPSYNC_ERP_TOKEN")?)?;

    let external = proto::ExternalReference { external_id: "4711".into(), ..Default::default() };
    let reference = Some(proto::order_reference::Reference::External(external));
    let line =
        proto::ReturnLine { line_id: "1".into(), quantity: "1".into(), reason: "too small".into() };
    let request = proto::RequestReturnRequest {
        external_return_id: "RMA-4711".into(),
        order: Some(proto::OrderReference { reference }),
        lines: vec![line],
        ..Default::default()
    };
    let announced = shop.returns().request_return(request).await?.into_inner();

    // A document goes by erpsync's id, or by the number that a system has given it.
    let id = proto::document_reference::Reference::DocumentId(announced.return_id);
    let the_return = Some(proto::DocumentReference { reference: Some(id) });
    let request = proto::ApproveReturnRequest {
        request_id: "approve-RMA-4711".into(),
        r#return: the_return.clone(),
        ..Default::default()
    };
    erp.returns().approve_return(request).await?;
    let line = proto::ReceptionLine {
        line_id: "1".into(),
        quantity: "1".into(),
        disposition: proto::Disposition::Restock.into(),
        ..Default::default()
    };
    let request = proto::ReceiveReturnRequest {
        external_reception_id: "RC-4711".into(),
        r#return: the_return,
        lines: vec![line],
    };
    erp.returns().receive_return(request).await?;

    let reception = proto::credit_cause::Cause::Reception(numbered("RC-4711"));
    let line = proto::CreditNoteLine {
        invoice_line_id: "1".into(),
        quantity: "1".into(),
        ..Default::default()
    };
    let request = proto::IssueCreditNoteRequest {
        external_credit_note_id: "CN-4711".into(),
        kind: proto::CreditNoteKind::Correction.into(),
        invoice: Some(numbered("IN-4711")),
        cause: Some(proto::CreditCause { cause: Some(reception) }),
        credit_date: "2026-11-24".into(),
        lines: vec![line],
        ..Default::default()
    };
    let issued = erp.credit_notes().issue_credit_note(request).await?.into_inner();

    let id = proto::document_reference::Reference::DocumentId(issued.credit_note_id);
    let credit_note = Some(proto::DocumentReference { reference: Some(id) });
    let request = proto::GetCreditNoteRequest { credit_note, ..Default::default() };
    let read = shop.credit_notes().get_credit_note(request).await?.into_inner();
    let note = read.credit_note.unwrap_or_default();
    println!("{}: {} {}", note.external_credit_note_id, note.total, note.currency_code);
    Ok(())
}

/// A document by the caller's own number.
fn numbered(number: &str) -> proto::DocumentReference {
    let external = proto::ExternalReference { external_id: number.into(), ..Default::default() };
    let reference = Some(proto::document_reference::Reference::External(external));
    proto::DocumentReference { reference }
}
