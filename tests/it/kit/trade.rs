//! What tests of trade have in common.

use erpsync_client::{Connection, proto, refusal};

use super::request_id;

/// States what lies there.
pub async fn set(erp: &Connection, sku: &str, on_hand: &str) {
    let reading =
        proto::StockReading { sku: sku.into(), on_hand: on_hand.into(), ..Default::default() };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    erp.stock().set_stock(request).await.unwrap();
}

/// `on hand / reserved / back ordered` of an article.
pub async fn level(caller: &Connection, sku: &str) -> String {
    let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
    let level = caller.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    format!("{}/{}/{}", level.on_hand, level.reserved, level.back_ordered)
}

/// What an article is made of, as a version of it says: `(part, quantity)`.
pub fn composition(sku: &str, version: i64, parts: &[(&str, &str)]) -> proto::CompositionStatement {
    let part = |(sku, quantity): &(&str, &str)| proto::CompositionPart {
        sku: (*sku).into(),
        quantity: (*quantity).into(),
    };
    proto::CompositionStatement {
        sku: sku.into(),
        parts: parts.iter().map(part).collect(),
        source_epoch: 0,
        source_version: version,
    }
}

/// What became of each of these: `APPLIED`, `REFUSED REASON`, ….
pub async fn compose(
    caller: &Connection,
    compositions: Vec<proto::CompositionStatement>,
) -> Vec<String> {
    let request = proto::SetCompositionsRequest { request_id: request_id(), compositions };
    let done = caller.compositions().set_compositions(request).await.unwrap().into_inner();
    done.results.into_iter().map(|it| outcome(it.outcome(), it.problem)).collect()
}

/// An order of pieces at 1.00, without taxes.
pub fn order(number: &str, lines: &[(&str, &str)]) -> proto::SubmitOrderRequest {
    let line = |(nth, (sku, quantity)): (usize, &(&str, &str))| proto::OrderLine {
        line_id: nth.to_string(),
        sku: sku.to_string(),
        quantity: quantity.to_string(),
        unit_price: "1".into(),
        amount: quantity.to_string(),
        ..Default::default()
    };
    let total: f64 = lines.iter().map(|it| it.1.parse::<f64>().unwrap()).sum();
    proto::SubmitOrderRequest {
        external_order_id: number.into(),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines: lines.iter().enumerate().map(line).collect(),
        total: total.to_string(),
        ..Default::default()
    }
}

/// An order that may wait for stock.
pub fn may_wait(order: proto::SubmitOrderRequest) -> proto::SubmitOrderRequest {
    proto::SubmitOrderRequest { allow_back_order: true, ..order }
}

/// What of each line was `reserved+back ordered`, or why the order was refused.
pub async fn submit(shop: &Connection, order: proto::SubmitOrderRequest) -> Result<String, String> {
    match shop.orders().submit_order(order).await {
        Ok(done) => {
            let promise =
                |it: proto::OrderLinePromise| format!("{}+{}", it.reserved, it.back_ordered);
            let promises = done.into_inner().promises.into_iter().map(promise);
            Ok(promises.collect::<Vec<_>>().join(" "))
        }
        Err(status) => Err(refusal(&status).expect("an answer").reason),
    }
}

/// An order of shop-a, by its number.
pub async fn get(caller: &Connection, number: &str) -> proto::Order {
    let external = proto::ExternalReference { system: "shop-a".into(), external_id: number.into() };
    let reference = Some(proto::order_reference::Reference::External(external));
    let order = Some(proto::OrderReference { reference });
    let request = proto::GetOrderRequest { order, at_least_revision: 0 };
    caller.orders().get_order(request).await.unwrap().into_inner().order.unwrap()
}

/// Names an order of shop-a by its number.
pub fn of_shop(number: &str) -> Option<proto::OrderReference> {
    let external = proto::ExternalReference { system: "shop-a".into(), external_id: number.into() };
    let reference = Some(proto::order_reference::Reference::External(external));
    Some(proto::OrderReference { reference })
}

/// Names a document by its number in a system.
pub fn of_system(system: &str, number: &str) -> Option<proto::DocumentReference> {
    let external = proto::ExternalReference { system: system.into(), external_id: number.into() };
    let reference = Some(proto::document_reference::Reference::External(external));
    Some(proto::DocumentReference { reference })
}

/// A shipment of lines of an order of shop-a: `(line, quantity)`.
pub fn shipment(number: &str, order: &str, lines: &[(&str, &str)]) -> proto::CreateShipmentRequest {
    let line = |(line, quantity): &(&str, &str)| proto::ShipmentLine {
        line_id: (*line).into(),
        quantity: (*quantity).into(),
        ..Default::default()
    };
    proto::CreateShipmentRequest {
        external_shipment_id: number.into(),
        order: of_shop(order),
        lines: lines.iter().map(line).collect(),
        ..Default::default()
    }
}

/// `APPLIED`, `PARKED REASON`, or the reason of a refusal.
pub fn result(told: Result<Option<proto::FactResult>, tonic::Status>) -> String {
    match told {
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
        Ok(result) => {
            let result = result.expect("every fact is answered");
            outcome(result.outcome(), result.problem)
        }
    }
}

/// What became of a shipment.
pub async fn ship(erp: &Connection, shipment: proto::CreateShipmentRequest) -> String {
    let told = erp.shipments().create_shipment(shipment).await;
    result(told.map(|it| it.into_inner().result))
}

/// A shipment of the ERP is undone, under the shipment's own number.
pub fn undoing(
    shipment: &str,
    kind: proto::ShipmentCancellationKind,
    disposition: proto::Disposition,
) -> proto::CancelShipmentRequest {
    proto::CancelShipmentRequest {
        external_cancellation_id: shipment.into(),
        shipment: of_system("erp", shipment),
        kind: kind.into(),
        disposition: disposition.into(),
        ledger_number: 0,
    }
}

/// What became of it.
pub async fn undo(erp: &Connection, undoing: proto::CancelShipmentRequest) -> String {
    let told = erp.shipments().cancel_shipment(undoing).await;
    result(told.map(|it| it.into_inner().result))
}

/// What became of a cancellation: how many of each line, or why not.
pub async fn cancel(erp: &Connection, order: &str, lines: &[(&str, &str)]) -> String {
    let line = |(line, quantity): &(&str, &str)| proto::OrderLineCancellation {
        line_id: (*line).into(),
        quantity: (*quantity).into(),
    };
    let request = proto::CancelOrderLinesRequest {
        request_id: request_id(),
        order: of_shop(order),
        lines: lines.iter().map(line).collect(),
    };
    match erp.shipments().cancel_order_lines(request).await {
        Err(status) => refusal(&status).expect("an answer").reason,
        Ok(done) => {
            let lines = done.into_inner().lines.into_iter().map(|it| it.quantity);
            lines.collect::<Vec<_>>().join(" ")
        }
    }
}

/// `ordered/cancelled/reserved/back ordered/shipped` of each line of an order.
pub async fn lines(caller: &Connection, order: &str) -> Vec<String> {
    let told = |it: proto::OrderLineQuantities| {
        [it.ordered, it.cancelled, it.reserved, it.back_ordered, it.shipped].join("/")
    };
    get(caller, order).await.quantities.into_iter().map(told).collect()
}

/// An invoice of pieces at 1.00 gross, 19 % inside: `(line, quantity)`.
pub fn invoice(number: &str, order: &str, lines: &[(&str, &str)]) -> proto::RecordInvoiceRequest {
    let tax = |amount: &str, of: &str| proto::Tax {
        category: "S".into(),
        rate: "19".into(),
        base: of.into(),
        amount: amount.into(),
    };
    let line = |(line, quantity): &(&str, &str)| proto::InvoiceLine {
        invoice_line_id: format!("i-{line}"),
        order_line_id: (*line).into(),
        quantity: (*quantity).into(),
        unit_price: "1".into(),
        amount: (*quantity).into(),
        taxes: vec![tax("", "")],
        ..Default::default()
    };
    let cents: i64 = lines.iter().map(|it| 100 * it.1.parse::<i64>().unwrap()).sum();
    let total = format!("{}", cents / 100);
    let inside = (cents * 19 * 2 + 119) / (119 * 2);
    let inside = format!("{}.{:02}", inside / 100, inside % 100);
    proto::RecordInvoiceRequest {
        external_invoice_id: number.into(),
        order: of_shop(order),
        invoice_date: "2026-11-23".into(),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Document.into(),
        lines: lines.iter().map(line).collect(),
        tax_totals: vec![tax(inside.trim_end_matches('0').trim_end_matches('.'), &total)],
        total,
        ..Default::default()
    }
}

/// What became of an invoice.
pub async fn record(erp: &Connection, invoice: proto::RecordInvoiceRequest) -> String {
    let told = erp.invoices().record_invoice(invoice).await;
    result(told.map(|it| it.into_inner().result))
}

/// Everything that is parked, as `kind external-id REASON`.
pub async fn parked(caller: &Connection) -> Vec<String> {
    let request = proto::ListParkedRequest::default();
    let all = caller.parking().list_parked(request).await.unwrap().into_inner().parked;
    let told = |it: proto::Parked| {
        format!("{} {} {}", it.kind, it.external_id, it.problem.unwrap_or_default().reason)
    };
    all.into_iter().map(told).collect()
}

/// What is parked under a number.
pub async fn parked_id(caller: &Connection, external_id: &str) -> String {
    let request = proto::ListParkedRequest { with_applied: true, ..Default::default() };
    let all = caller.parking().list_parked(request).await.unwrap().into_inner().parked;
    all.into_iter().rfind(|it| it.external_id == external_id).expect("it is there").parked_id
}

/// `OUTCOME` or `OUTCOME REASON` of trying it again.
pub async fn retry(caller: &Connection, parked_id: &str) -> String {
    let request = proto::RetryParkedRequest { parked_ids: vec![parked_id.into()] };
    let it = caller.parking().retry_parked(request).await.unwrap().into_inner().results.remove(0);
    outcome(it.outcome(), it.problem)
}

/// `OUTCOME` or `OUTCOME REASON` of giving it up.
pub async fn discard(caller: &Connection, parked_id: &str) -> String {
    let parked_ids = vec![parked_id.into()];
    let request = proto::DiscardParkedRequest { parked_ids, reason: "typed by hand".into() };
    let it = caller.parking().discard_parked(request).await.unwrap().into_inner().results.remove(0);
    outcome(it.outcome(), it.problem)
}

fn outcome(outcome: proto::Outcome, problem: Option<proto::Problem>) -> String {
    let outcome = outcome.as_str_name().trim_start_matches("OUTCOME_").to_owned();
    problem.map_or(outcome.clone(), |it| format!("{outcome} {}", it.reason))
}

/// Waits, for ten seconds at most, until nothing is parked any more.
pub async fn until_nothing_is_parked(caller: &Connection) {
    until_parked(caller, |it| it.is_empty()).await;
}

/// Waits, for ten seconds at most, until something is parked.
pub async fn until_something_is_parked(caller: &Connection) {
    until_parked(caller, |it| !it.is_empty()).await;
}

async fn until_parked(caller: &Connection, holds: impl Fn(&[String]) -> bool) {
    for _ in 0..500 {
        if holds(&parked(caller).await) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("parked: {:?}", parked(caller).await);
}

/// An invoice of the ERP, by its number.
pub async fn get_invoice(caller: &Connection, number: &str) -> proto::Invoice {
    let invoice = of_system("erp", number);
    let request = proto::GetInvoiceRequest { invoice, at_least_revision: 0 };
    caller.invoices().get_invoice(request).await.unwrap().into_inner().invoice.unwrap()
}

/// Announces that lines of an order of shop-a come back: `(line, quantity)`; `OK` or why not.
pub async fn request_return(
    shop: &Connection,
    number: &str,
    order: &str,
    lines: &[(&str, &str)],
) -> String {
    let line = |(line, quantity): &(&str, &str)| proto::ReturnLine {
        line_id: (*line).into(),
        quantity: (*quantity).into(),
        ..Default::default()
    };
    let request = proto::RequestReturnRequest {
        external_return_id: number.into(),
        order: of_shop(order),
        lines: lines.iter().map(line).collect(),
        ..Default::default()
    };
    answered(shop.returns().request_return(request).await)
}

/// Allows a return of shop-a.
pub async fn approve(caller: &Connection, number: &str) -> String {
    let request = proto::ApproveReturnRequest {
        request_id: request_id(),
        r#return: of_system("shop-a", number),
        ..Default::default()
    };
    answered(caller.returns().approve_return(request).await)
}

/// Declines a return of shop-a.
pub async fn decline(caller: &Connection, number: &str) -> String {
    let request = proto::DeclineReturnRequest {
        request_id: request_id(),
        r#return: of_system("shop-a", number),
        reason: "worn".into(),
    };
    answered(caller.returns().decline_return(request).await)
}

/// Ends a return of shop-a.
pub async fn close(caller: &Connection, number: &str) -> String {
    let request = proto::CloseReturnRequest {
        request_id: request_id(),
        r#return: of_system("shop-a", number),
        reason: "kept it".into(),
    };
    answered(caller.returns().close_return(request).await)
}

/// A return of shop-a.
pub async fn get_return(caller: &Connection, number: &str) -> proto::Return {
    let named = of_system("shop-a", number);
    let request = proto::GetReturnRequest { r#return: named, at_least_revision: 0 };
    caller.returns().get_return(request).await.unwrap().into_inner().r#return.unwrap()
}

fn answered<T>(answer: Result<tonic::Response<T>, tonic::Status>) -> String {
    match answer {
        Ok(_) => "OK".into(),
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
    }
}

/// A reception of a return of shop-a: `(line, quantity, disposition)`.
pub fn reception(
    number: &str,
    of: &str,
    lines: &[(&str, &str, proto::Disposition)],
) -> proto::ReceiveReturnRequest {
    let line =
        |(line, quantity, disposition): &(&str, &str, proto::Disposition)| proto::ReceptionLine {
            line_id: (*line).into(),
            quantity: (*quantity).into(),
            disposition: (*disposition).into(),
            ..Default::default()
        };
    proto::ReceiveReturnRequest {
        external_reception_id: number.into(),
        r#return: of_system("shop-a", of),
        lines: lines.iter().map(line).collect(),
    }
}

/// What became of a reception.
pub async fn receive(erp: &Connection, reception: proto::ReceiveReturnRequest) -> String {
    let told = erp.returns().receive_return(reception).await;
    result(told.map(|it| it.into_inner().result))
}

/// An inspection of a reception of the ERP: `(line, quantity, acceptance, disposition)`.
pub fn inspection(
    number: &str,
    of: &str,
    lines: &[(&str, &str, proto::AcceptanceState, proto::Disposition)],
) -> proto::InspectReturnRequest {
    let line = |(line, quantity, acceptance, disposition): &(&str, &str, _, proto::Disposition)| {
        proto::InspectionLine {
            line_id: (*line).into(),
            quantity: (*quantity).into(),
            acceptance: proto::AcceptanceState::into(*acceptance),
            reason: "worn".into(),
            disposition: (*disposition).into(),
            ..Default::default()
        }
    };
    proto::InspectReturnRequest {
        external_inspection_id: number.into(),
        reception: of_system("erp", of),
        lines: lines.iter().map(line).collect(),
    }
}

/// What became of it.
pub async fn inspect(erp: &Connection, inspection: proto::InspectReturnRequest) -> String {
    let told = erp.returns().inspect_return(inspection).await;
    result(told.map(|it| it.into_inner().result))
}

/// What happened to a payment in euros of an order of shop-a.
pub fn payment(
    number: &str,
    order: &str,
    event: proto::PaymentEvent,
    amount: &str,
) -> proto::RecordPaymentRequest {
    proto::RecordPaymentRequest {
        external_payment_id: number.into(),
        order: of_shop(order),
        event: event.into(),
        currency_code: "EUR".into(),
        amount: amount.into(),
        ..Default::default()
    }
}

/// What became of it.
pub async fn pay(caller: &Connection, payment: proto::RecordPaymentRequest) -> String {
    let told = caller.payments().record_payment(payment).await;
    result(told.map(|it| it.into_inner().result))
}

/// Keeps an order of shop-a back: `OK` or why not.
pub async fn hold(caller: &Connection, order: &str) -> String {
    let (request_id, reason) = (request_id(), "fraud check".into());
    let request = proto::HoldOrderRequest { request_id, order: of_shop(order), reason };
    answered(caller.orders().hold_order(request).await)
}

/// Lets it go on.
pub async fn resume(caller: &Connection, order: &str) -> String {
    let request = proto::ResumeOrderRequest { request_id: request_id(), order: of_shop(order) };
    answered(caller.orders().resume_order(request).await)
}

/// A wish to take units off an order of shop-a: `(line, quantity)`; all without lines.
pub fn cancellation(
    number: &str,
    order: &str,
    lines: &[(&str, &str)],
) -> proto::RequestCancellationRequest {
    let line = |(line, quantity): &(&str, &str)| proto::OrderLineCancellation {
        line_id: (*line).into(),
        quantity: (*quantity).into(),
    };
    proto::RequestCancellationRequest {
        external_cancellation_id: number.into(),
        order: of_shop(order),
        reason: "changed my mind".into(),
        lines: lines.iter().map(line).collect(),
    }
}

/// `STATUS cancelled/requested …` of each line, or why it was refused.
pub async fn wish_off(caller: &Connection, wish: proto::RequestCancellationRequest) -> String {
    match caller.orders().request_cancellation(wish).await {
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
        Ok(done) => {
            let done = done.into_inner();
            off(done.status(), done.lines)
        }
    }
}

/// What comes of a wish of shop-a: `None`: it is refused; no lines: all is granted.
pub fn decision(
    number: &str,
    granted: Option<&[(&str, &str)]>,
) -> proto::AnswerCancellationRequest {
    use proto::CancellationDecision::{Accept, Refuse};
    let line = |(line, quantity): &(&str, &str)| proto::OrderLineCancellation {
        line_id: (*line).into(),
        quantity: (*quantity).into(),
    };
    proto::AnswerCancellationRequest {
        request_id: request_id(),
        cancellation: of_system("shop-a", number),
        decision: if granted.is_some() { Accept.into() } else { Refuse.into() },
        lines: granted.unwrap_or_default().iter().map(line).collect(),
        reason: "picked already".into(),
    }
}

/// The same as of the wish.
pub async fn decide(erp: &Connection, decision: proto::AnswerCancellationRequest) -> String {
    match erp.orders().answer_cancellation(decision).await {
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
        Ok(done) => {
            let done = done.into_inner();
            off(done.status(), done.lines)
        }
    }
}

fn off(status: proto::CancellationStatus, lines: Vec<proto::CancellationLine>) -> String {
    let status = status.as_str_name().trim_start_matches("CANCELLATION_STATUS_").to_owned();
    let lines = lines.into_iter().map(|it| format!("{}/{}", it.cancelled, it.requested));
    [status].into_iter().chain(lines).collect::<Vec<_>>().join(" ")
}

/// A state of an order in pieces at 1.00, without taxes: `(line, article, quantity)`.
pub fn state(lines: &[(&str, &str, &str)]) -> proto::OrderState {
    let line = |(line, sku, quantity): &(&str, &str, &str)| proto::OrderLine {
        line_id: line.to_string(),
        sku: sku.to_string(),
        quantity: quantity.to_string(),
        unit_price: "1".into(),
        amount: quantity.to_string(),
        ..Default::default()
    };
    let total: f64 = lines.iter().map(|it| it.2.parse::<f64>().unwrap()).sum();
    proto::OrderState {
        currency_code: "EUR".into(),
        lines: lines.iter().map(line).collect(),
        total: total.to_string(),
        ..Default::default()
    }
}

/// A wish for another state of an order of shop-a.
pub fn amendment(
    number: &str,
    order: &str,
    shop_version: i64,
    state: proto::OrderState,
) -> proto::AmendOrderRequest {
    proto::AmendOrderRequest {
        external_amendment_id: number.into(),
        order: of_shop(order),
        shop_version,
        state: Some(state),
    }
}

/// `STATUS`, or why it was refused.
pub async fn amend(shop: &Connection, wish: proto::AmendOrderRequest) -> String {
    match shop.orders().amend_order(wish).await {
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
        Ok(done) => amended(done.into_inner().status()),
    }
}

/// What comes of an amendment of shop-a: `None`: it is refused; else another state, if any.
pub fn verdict(
    number: &str,
    granted: Option<Option<proto::OrderState>>,
) -> proto::AnswerAmendmentRequest {
    use proto::AmendmentDecision::{Accept, Refuse};
    proto::AnswerAmendmentRequest {
        request_id: request_id(),
        amendment: of_system("shop-a", number),
        decision: if granted.is_some() { Accept.into() } else { Refuse.into() },
        state: granted.flatten(),
        reason: "packed already".into(),
    }
}

/// The same as of the wish.
pub async fn judge(erp: &Connection, verdict: proto::AnswerAmendmentRequest) -> String {
    match erp.orders().answer_amendment(verdict).await {
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
        Ok(done) => amended(done.into_inner().status()),
    }
}

fn amended(status: proto::AmendmentStatus) -> String {
    status.as_str_name().trim_start_matches("AMENDMENT_STATUS_").into()
}

/// A correction of an invoice of the ERP: `(invoice line, quantity)`.
pub fn correction(
    number: &str,
    invoice: &str,
    lines: &[(&str, &str)],
) -> proto::IssueCreditNoteRequest {
    let line = |(line, quantity): &(&str, &str)| proto::CreditNoteLine {
        invoice_line_id: (*line).into(),
        quantity: (*quantity).into(),
        ..Default::default()
    };
    proto::IssueCreditNoteRequest {
        external_credit_note_id: number.into(),
        kind: proto::CreditNoteKind::Correction.into(),
        invoice: of_system("erp", invoice),
        credit_date: "2026-11-24".into(),
        lines: lines.iter().map(line).collect(),
        ..Default::default()
    }
}

/// What a credit note would come to: the total, or why it would be refused.
pub async fn preview(caller: &Connection, note: proto::IssueCreditNoteRequest) -> String {
    let proto::IssueCreditNoteRequest { kind, invoice, cause, lines, charge_ids, .. } = note;
    let of_invoice = Default::default();
    let request =
        proto::PreviewCreditNoteRequest { kind, invoice, cause, lines, charge_ids, ..of_invoice };
    match caller.credit_notes().preview_credit_note(request).await {
        Err(status) => refusal(&status).map_or_else(|| status.to_string(), |it| it.reason),
        Ok(done) => done.into_inner().total,
    }
}

/// Caused by a reception of the ERP.
pub fn because_of(
    note: proto::IssueCreditNoteRequest,
    reception: &str,
) -> proto::IssueCreditNoteRequest {
    let cause = of_system("erp", reception).map(proto::credit_cause::Cause::Reception);
    proto::IssueCreditNoteRequest { cause: Some(proto::CreditCause { cause }), ..note }
}

/// What became of a credit note: its total, `PARKED REASON`, or why it was refused.
pub async fn credit(erp: &Connection, note: proto::IssueCreditNoteRequest) -> String {
    match erp.credit_notes().issue_credit_note(note).await.map(|it| it.into_inner()) {
        Ok(done) if !done.total.is_empty() => done.total,
        told => result(told.map(|it| it.result)),
    }
}

/// A credit note, by its number in a system.
pub async fn credit_note(caller: &Connection, system: &str, number: &str) -> proto::CreditNote {
    let credit_note = of_system(system, number);
    let request = proto::GetCreditNoteRequest { credit_note, at_least_revision: 0 };
    let found = caller.credit_notes().get_credit_note(request).await.unwrap();
    found.into_inner().credit_note.unwrap()
}

/// How a credit note of the ERP was settled.
pub fn settlement(
    number: &str,
    note: &str,
    parts: &[(proto::SettlementKind, &str)],
) -> proto::SettleCreditNoteRequest {
    let part = |(kind, amount): &(proto::SettlementKind, &str)| {
        let (kind, amount) = ((*kind).into(), (*amount).into());
        proto::Settlement { kind, amount, invoice: None }
    };
    proto::SettleCreditNoteRequest {
        external_settlement_id: number.into(),
        credit_note: of_system("erp", note),
        settlements: parts.iter().map(part).collect(),
    }
}

/// What became of it.
pub async fn settle(caller: &Connection, settlement: proto::SettleCreditNoteRequest) -> String {
    let told = caller.credit_notes().settle_credit_note(settlement).await;
    result(told.map(|it| it.into_inner().result))
}

/// Reads all that there is of stock, and answers the token from which on there is nothing yet.
pub async fn all_read(caller: &Connection) -> String {
    let mut resume_token = String::new();
    loop {
        let request = proto::ReadStockChangesRequest { resume_token, ..Default::default() };
        let page = caller.stock().read_stock_changes(request).await.unwrap().into_inner();
        resume_token = page.resume_token;
        if !page.more {
            return resume_token;
        }
    }
}
