//! No world sees or changes another: every call of the API, from the descriptors.
//!
//! Each call first succeeds with a token of its own world. Then the same request is made with tokens
//! of another environment and of another tenant: it is refused, or sees and changes nothing of the
//! first. A call without a case fails the test.

mod shops;
mod wall;

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;

use erpsync_client::proto::{self, Disposition};
use erpsync_client::{Connection, refusal};
use tokio_stream::StreamExt as _;
use tonic::{Response, Status, Streaming};

use crate::kit::trade::{
    amend, amendment, approve, cancellation, compose, composition, correction, credit, decision,
    inspection, invoice, of_shop, of_system, order, pay, payment, reception, record,
    request_return, set, settlement, ship, shipment, state, submit, verdict, wish_off,
};
use crate::kit::{House, methods, request_id};
use crate::reservations::cart;

/// In everything that the first world keeps to itself.
const MARK: &str = "confidential";

/// Who calls, in one world.
struct Callers {
    erp: Connection,
    shop: Connection,
    tool: Connection,
}

/// What there is in the first world, by our ids.
#[derive(Default)]
struct Known {
    order_id: String,
    lease: String,
    parked_id: String,
    shipment_id: String,
    invoice_id: String,
    return_id: String,
    reception_id: String,
    credit_note_id: String,
    payment_id: String,
    cancellation_id: String,
    amendment_id: String,
    reservation_id: String,
}

impl Known {
    /// Everything by which something of the first world could be told from something else.
    fn secrets(&self) -> Vec<&str> {
        let Known {
            order_id,
            lease,
            parked_id,
            shipment_id,
            invoice_id,
            return_id,
            reception_id,
            credit_note_id,
            payment_id,
            cancellation_id,
            amendment_id,
            reservation_id,
        } = self;
        let all = [order_id, lease, parked_id, shipment_id, invoice_id, return_id, credit_note_id];
        let more = [reception_id, payment_id, cancellation_id, amendment_id, reservation_id];
        let all = all.into_iter().chain(more);
        all.map(String::as_str).chain([MARK]).collect()
    }
}

type Answered<'a> = Pin<Box<dyn Future<Output = Result<String, Status>> + 'a>>;
type Case = for<'a> fn(&'a Callers, &'a Known) -> Answered<'a>;

fn told<T: std::fmt::Debug>(answer: Result<Response<T>, Status>) -> Result<String, Status> {
    answer.map(|it| format!("{:?}", it.into_inner()))
}

/// What a watch tells of what there is, up to its third message: begin, some of it, end.
async fn watched<T: std::fmt::Debug>(
    answer: Result<Response<Streaming<T>>, Status>,
) -> Result<String, Status> {
    let mut stream = answer?.into_inner();
    let mut text = String::new();
    while !text.contains("SnapshotEnd") {
        text.push_str(&format!("{:?}", stream.message().await?));
    }
    Ok(text)
}

fn ours(id: &str) -> Option<proto::DocumentReference> {
    let reference = Some(proto::document_reference::Reference::DocumentId(id.into()));
    Some(proto::DocumentReference { reference })
}

fn our_order(id: &str) -> Option<proto::OrderReference> {
    let reference = Some(proto::order_reference::Reference::OrderId(id.into()));
    Some(proto::OrderReference { reference })
}

macro_rules! cases {
    ($($method:literal: |$callers:ident, $known:ident| $call:expr;)+) => {
        /// Every call, with a request that succeeds in the first world.
        fn cases() -> Vec<(&'static str, Case)> {
            vec![$(($method, |$callers, $known| {
                let _ = $known;
                Box::pin(async move { $call })
            })),+]
        }
    };
}

cases! {
    "ServerInfoService/GetServerInfo": |it, known|
        told(it.shop.server_info().get_server_info(proto::GetServerInfoRequest {}).await);
    "StockService/GetStock": |it, known| {
        let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
        told(it.shop.stock().get_stock(request).await)
    };
    "StockService/ListStock": |it, known|
        told(it.shop.stock().list_stock(proto::ListStockRequest::default()).await);
    "StockService/ListStockMovements": |it, known| {
        let request = proto::ListStockMovementsRequest { sku: "mug".into(), ..Default::default() };
        told(it.shop.stock().list_stock_movements(request).await)
    };
    "StockService/ListAssignments": |it, known|
        told(it.tool.stock().list_assignments(proto::ListAssignmentsRequest::default()).await);
    "StockService/ListBuffers": |it, known|
        told(it.tool.stock().list_buffers(proto::ListBuffersRequest::default()).await);
    "StockService/ListSellability": |it, known|
        told(it.shop.stock().list_sellability(proto::ListSellabilityRequest::default()).await);
    "StockService/WatchStock": |it, known|
        watched(it.shop.stock().watch_stock(proto::WatchStockRequest::default()).await).await;
    "StockService/ReadStockChanges": |it, known|
        told(it.shop.stock().read_stock_changes(proto::ReadStockChangesRequest::default()).await);
    "CompositionService/SetCompositions": |it, known| {
        let compositions = vec![composition("six", 1, &[("mug", "6")])];
        let request = proto::SetCompositionsRequest { request_id: request_id(), compositions };
        told(it.tool.compositions().set_compositions(request).await)
    };
    "CompositionService/GetComposition": |it, known| {
        let request = proto::GetCompositionRequest { sku: "set".into(), ..Default::default() };
        told(it.shop.compositions().get_composition(request).await)
    };
    "CompositionService/ListCompositions": |it, known| {
        let request = proto::ListCompositionsRequest::default();
        told(it.shop.compositions().list_compositions(request).await)
    };
    "OrderService/GetOrder": |it, known| {
        let order = our_order(&known.order_id);
        let request = proto::GetOrderRequest { order, at_least_revision: 0 };
        told(it.shop.orders().get_order(request).await)
    };
    "OrderService/ListOrders": |it, known|
        told(it.shop.orders().list_orders(proto::ListOrdersRequest::default()).await);
    "OrderService/WatchOrders": |it, known|
        watched(it.shop.orders().watch_orders(proto::WatchOrdersRequest::default()).await).await;
    "OrderService/ReadOrderChanges": |it, known|
        told(it.shop.orders().read_order_changes(proto::ReadOrderChangesRequest::default()).await);
    "ShipmentService/GetShipment": |it, known| {
        let shipment = ours(&known.shipment_id);
        let request = proto::GetShipmentRequest { shipment, at_least_revision: 0 };
        told(it.shop.shipments().get_shipment(request).await)
    };
    "ShipmentService/ListShipments": |it, known|
        told(it.shop.shipments().list_shipments(proto::ListShipmentsRequest::default()).await);
    "InvoiceService/GetInvoice": |it, known| {
        let invoice = ours(&known.invoice_id);
        let request = proto::GetInvoiceRequest { invoice, at_least_revision: 0 };
        told(it.shop.invoices().get_invoice(request).await)
    };
    "InvoiceService/ListInvoices": |it, known|
        told(it.shop.invoices().list_invoices(proto::ListInvoicesRequest::default()).await);
    "ReturnService/GetReturn": |it, known| {
        let r#return = ours(&known.return_id);
        let request = proto::GetReturnRequest { r#return, at_least_revision: 0 };
        told(it.shop.returns().get_return(request).await)
    };
    "ReturnService/ListReturns": |it, known|
        told(it.shop.returns().list_returns(proto::ListReturnsRequest::default()).await);
    "CreditNoteService/GetCreditNote": |it, known| {
        let credit_note = ours(&known.credit_note_id);
        let request = proto::GetCreditNoteRequest { credit_note, at_least_revision: 0 };
        told(it.shop.credit_notes().get_credit_note(request).await)
    };
    "ReturnService/WatchReturns": |it, known|
        watched(it.shop.returns().watch_returns(proto::WatchReturnsRequest::default()).await).await;
    "ReturnService/ReadReturnChanges": |it, known| {
        let request = proto::ReadReturnChangesRequest::default();
        told(it.shop.returns().read_return_changes(request).await)
    };
    "CreditNoteService/WatchCreditNotes": |it, known| {
        let request = proto::WatchCreditNotesRequest::default();
        watched(it.shop.credit_notes().watch_credit_notes(request).await).await
    };
    "CreditNoteService/ReadCreditNoteChanges": |it, known| {
        let request = proto::ReadCreditNoteChangesRequest::default();
        told(it.shop.credit_notes().read_credit_note_changes(request).await)
    };
    "CreditNoteService/PreviewCreditNote": |it, known| {
        let request = proto::PreviewCreditNoteRequest {
            kind: proto::CreditNoteKind::Reversal.into(),
            invoice: ours(&known.invoice_id),
            ..Default::default()
        };
        told(it.shop.credit_notes().preview_credit_note(request).await)
    };
    "CreditNoteService/ListCreditNotes": |it, known|
        told(it.shop.credit_notes().list_credit_notes(proto::ListCreditNotesRequest::default()).await);
    "PaymentService/GetPaymentSummary": |it, known| {
        let order = our_order(&known.order_id);
        let request = proto::GetPaymentSummaryRequest { order, at_least_revision: 0 };
        told(it.shop.payments().get_payment_summary(request).await)
    };
    "ReservationService/GetReservation": |it, known| {
        let reservation = ours(&known.reservation_id);
        let request = proto::GetReservationRequest { reservation, at_least_revision: 0 };
        told(it.shop.reservations().get_reservation(request).await)
    };
    "ParkingService/ListParked": |it, known|
        told(it.tool.parking().list_parked(proto::ListParkedRequest::default()).await);
    "MonitoringService/ListIncidents": |it, known|
        told(it.tool.monitoring().list_incidents(proto::ListIncidentsRequest::default()).await);
    "MonitoringService/WatchIncidents": |it, known| {
        let request = proto::WatchIncidentsRequest::default();
        watched(it.tool.monitoring().watch_incidents(request).await).await
    };
    "MonitoringService/ReadIncidentChanges": |it, known| {
        let request = proto::ReadIncidentChangesRequest::default();
        told(it.tool.monitoring().read_incident_changes(request).await)
    };
    "ChangeService/WatchChanges": |it, known|
        watched(it.tool.changes().watch_changes(proto::WatchChangesRequest::default()).await).await;
    "ChangeService/ReadChanges": |it, known|
        told(it.tool.changes().read_changes(proto::ReadChangesRequest::default()).await);
    "ChangeService/GetHead": |it, known|
        told(it.tool.changes().get_head(proto::GetHeadRequest {}).await);

    // Writes, in an order in which each can succeed.
    "InboxService/ExtendLeases": |it, known| {
        let leases = vec![known.lease.clone()];
        let request = proto::ExtendLeasesRequest { leases, lease_time: None };
        done(it.erp.inbox().extend_leases(request).await.map(|it| it.into_inner().results))
    };
    "InboxService/DeferTasks": |it, known| {
        let lease = known.lease.clone();
        let tasks = vec![proto::TaskDeferral { lease, message: String::new() }];
        let request = proto::DeferTasksRequest { tasks };
        done(it.erp.inbox().defer_tasks(request).await.map(|it| it.into_inner().results))
    };
    "InboxService/RefuseTasks": |it, known| {
        let (lease, code) = (lease(&it.erp, known).await, String::new());
        let tasks = vec![proto::TaskRefusal { lease, code, message: "no".into() }];
        let request = proto::RefuseTasksRequest { tasks };
        done(it.erp.inbox().refuse_tasks(request).await.map(|it| it.into_inner().results))
    };
    "InboxService/AcknowledgeTasks": |it, known| {
        let (lease, external_number) = (lease(&it.erp, known).await, String::new());
        let tasks = vec![proto::TaskAcknowledgement { lease, external_number }];
        let request = proto::AcknowledgeTasksRequest { tasks };
        done(it.erp.inbox().acknowledge_tasks(request).await.map(|it| it.into_inner().results))
    };
    "InboxService/LeaseTasks": |it, known|
        told(it.erp.inbox().lease_tasks(proto::LeaseTasksRequest::default()).await);
    "InboxService/StreamTasks": |it, known| {
        use proto::stream_tasks_request::Message;
        use proto::stream_tasks_response::Event;
        let leases = vec![known.lease.clone()];
        let extend = proto::ExtendLeasesRequest { leases, lease_time: None };
        let said = [Message::Open(Default::default()), Message::Extend(extend)];
        let said = said.map(|it| proto::StreamTasksRequest { number: 1, message: Some(it) });
        // It stays open until all was heard.
        let said = tokio_stream::iter(said).chain(tokio_stream::pending());
        let mut heard = it.erp.inbox().stream_tasks(said).await?.into_inner();
        let mut text = String::new();
        loop {
            match heard.message().await?.and_then(|it| it.event) {
                Some(Event::Results(it)) => match done(Ok(it.results)) {
                    // Answered above: only its own world knows that there was such a lease.
                    Err(it) if it.message() == "LEASE_SUPERSEDED" => break Ok(text + &known.lease),
                    answer => break answer,
                },
                other => text.push_str(&format!("{other:?}")),
            }
        }
    };
    "ShipmentService/CreateShipment": |it, known| {
        let mut request = shipment("d-2", "", &[("0", "1")]);
        request.order = our_order(&known.order_id);
        told(it.erp.shipments().create_shipment(request).await)
    };
    "ShipmentService/CancelOrderLines": |it, known| {
        let line = proto::OrderLineCancellation { line_id: "0".into(), quantity: "1".into() };
        let request = proto::CancelOrderLinesRequest {
            request_id: request_id(),
            order: our_order(&known.order_id),
            lines: vec![line],
        };
        told(it.erp.shipments().cancel_order_lines(request).await)
    };
    "ShipmentService/CancelShipment": |it, known| {
        let request = proto::CancelShipmentRequest {
            external_cancellation_id: "d-1".into(),
            shipment: ours(&known.shipment_id),
            kind: proto::ShipmentCancellationKind::NeverLeft.into(),
            ..Default::default()
        };
        told(it.erp.shipments().cancel_shipment(request).await)
    };
    "InvoiceService/RecordInvoice": |it, known| {
        let mut request = invoice("r-2", "", &[("0", "1")]);
        request.order = our_order(&known.order_id);
        told(it.erp.invoices().record_invoice(request).await)
    };
    "ReturnService/RequestReturn": |it, known| {
        let (line_id, quantity) = ("0".into(), "1".into());
        let line = proto::ReturnLine { line_id, quantity, reason: String::new() };
        let request = proto::RequestReturnRequest {
            external_return_id: "t-2".into(),
            order: our_order(&known.order_id),
            lines: vec![line],
            ..Default::default()
        };
        told(it.shop.returns().request_return(request).await)
    };
    "ReturnService/ApproveReturn": |it, known| {
        let request = proto::ApproveReturnRequest {
            request_id: request_id(),
            r#return: ours(&known.return_id),
            ..Default::default()
        };
        told(it.erp.returns().approve_return(request).await)
    };
    "ReturnService/ReceiveReturn": |it, known| {
        let mut request = reception("x-2", "", &[("0", "1", Disposition::Restock)]);
        request.r#return = ours(&known.return_id);
        told(it.erp.returns().receive_return(request).await)
    };
    "ReturnService/DeclineReturn": |it, known| {
        // The one that was announced above, by its number: it is the caller's own.
        let request = proto::DeclineReturnRequest {
            request_id: request_id(),
            r#return: of_system("", "t-2"),
            reason: "no".into(),
        };
        told(it.shop.returns().decline_return(request).await)
    };
    "ReturnService/InspectReturn": |it, known| {
        let lines = [("0", "1", proto::AcceptanceState::Accepted, Disposition::Restock)];
        let mut request = inspection("s-1", "", &lines);
        request.reception = ours(&known.reception_id);
        told(it.erp.returns().inspect_return(request).await)
    };
    "ReturnService/CloseReturn": |it, known| {
        let request = proto::CloseReturnRequest {
            request_id: request_id(),
            r#return: ours(&known.return_id),
            reason: "done".into(),
        };
        told(it.shop.returns().close_return(request).await)
    };
    "PaymentService/RecordPayment": |it, known| {
        let mut request = payment("p-2", "", proto::PaymentEvent::Captured, "1");
        request.order = our_order(&known.order_id);
        told(it.shop.payments().record_payment(request).await)
    };
    "CreditNoteService/IssueCreditNote": |it, known| {
        let mut request = correction("c-2", "", &[("i-0", "1")]);
        request.invoice = ours(&known.invoice_id);
        told(it.erp.credit_notes().issue_credit_note(request).await)
    };
    "CreditNoteService/SettleCreditNote": |it, known| {
        let mut request = settlement("s-1", "", &[(proto::SettlementKind::Refund, "1")]);
        request.credit_note = ours(&known.credit_note_id);
        told(it.shop.credit_notes().settle_credit_note(request).await)
    };
    "OrderService/HoldOrder": |it, known| {
        let (order, reason) = (our_order(&known.order_id), "why not".into());
        let request = proto::HoldOrderRequest { request_id: request_id(), order, reason };
        told(it.erp.orders().hold_order(request).await)
    };
    "OrderService/ResumeOrder": |it, known| {
        let order = our_order(&known.order_id);
        let request = proto::ResumeOrderRequest { request_id: request_id(), order };
        told(it.erp.orders().resume_order(request).await)
    };
    "OrderService/AmendOrder": |it, known| {
        let mut request = amendment("m-2", "", 1, state(&[("0", "mug", "6")]));
        request.order = our_order(&known.order_id);
        told(it.shop.orders().amend_order(request).await)
    };
    "OrderService/RequestCancellation": |it, known| {
        let mut request = cancellation("k-2", "", &[("0", "1")]);
        request.order = our_order(&known.order_id);
        told(it.shop.orders().request_cancellation(request).await)
    };
    "OrderService/AnswerCancellation": |it, known| {
        let mut request = decision("", None);
        request.cancellation = ours(&known.cancellation_id);
        told(it.erp.orders().answer_cancellation(request).await)
    };
    "OrderService/AnswerAmendment": |it, known| {
        let mut request = verdict("", None);
        request.amendment = ours(&known.amendment_id);
        told(it.erp.orders().answer_amendment(request).await)
    };
    "ParkingService/RetryParked": |it, known| {
        let request = proto::RetryParkedRequest { parked_ids: vec![known.parked_id.clone()] };
        let done = it.tool.parking().retry_parked(request).await?.into_inner().results;
        match &done[0].problem {
            // In the words in which it was asked.
            Some(it) if it.reason == "NOT_FOUND" => Err(Status::not_found(it.message.clone())),
            _ => Ok(format!("{done:?}")),
        }
    };
    "ParkingService/DiscardParked": |it, known| {
        let parked_ids = vec![known.parked_id.clone()];
        let request = proto::DiscardParkedRequest { parked_ids, reason: "no".into() };
        let done = it.tool.parking().discard_parked(request).await?.into_inner().results;
        match &done[0].problem {
            Some(it) if it.reason == "NOT_FOUND" => Err(Status::not_found(it.message.clone())),
            _ => Ok(format!("{done:?}")),
        }
    };
    "ReservationService/ExtendReservation": |it, known| {
        let (reservation, lifetime) = (ours(&known.reservation_id), None);
        let request_id = request_id();
        let request = proto::ExtendReservationRequest { request_id, reservation, lifetime };
        told(it.shop.reservations().extend_reservation(request).await)
    };
    "ReservationService/ReleaseReservation": |it, known| {
        let (request_id, reservation) = (request_id(), ours(&known.reservation_id));
        let request = proto::ReleaseReservationRequest { request_id, reservation };
        told(it.shop.reservations().release_reservation(request).await)
    };
    "ReservationService/CreateReservation": |it, known|
        told(it.shop.reservations().create_reservation(cart("c-2", &[("mug", "1")])).await);
    "ReservationService/ConsumeReservation": |it, known| {
        // The one that was just made, by its id: it is the caller's own.
        let (request_id, reservation) = (request_id(), of_system("", "c-2"));
        let request = proto::ConsumeReservationRequest { request_id, reservation };
        told(it.shop.reservations().consume_reservation(request).await)
    };
    "StockService/SetStock": |it, known| {
        let readings = vec![proto::StockReading {
            sku: "mug".into(), on_hand: "7".into(), ..Default::default()
        }];
        let request = proto::SetStockRequest { request_id: request_id(), readings };
        told(it.erp.stock().set_stock(request).await)
    };
    "StockService/PushStock": |it, known| {
        use proto::push_stock_request::Message;
        let readings = vec![proto::StockReading {
            sku: "mug".into(), on_hand: "7".into(), ..Default::default()
        }];
        let said = [
            Message::Open(proto::PushOpen { upload_id: "night".into() }),
            Message::Batch(proto::PushStockBatch { batch_number: 1, readings }),
            Message::Finish(proto::PushFinish {}),
        ];
        let said = said.map(|it| proto::PushStockRequest { message: Some(it) });
        let mut heard = it.erp.stock().push_stock(tokio_stream::iter(said)).await?.into_inner();
        let mut text = String::new();
        while let Some(said) = heard.message().await? {
            text.push_str(&format!("{said:?}"));
        }
        Ok(text)
    };
    "OwnershipService/GetOwnership": |it, known| {
        let data_set = proto::DataSet::Stock.into();
        let request = proto::GetOwnershipRequest { data_set, ..Default::default() };
        told(it.shop.ownership().get_ownership(request).await)
    };
    "OwnershipService/ListOwnership": |it, known|
        told(it.tool.ownership().list_ownership(proto::ListOwnershipRequest::default()).await);
    "OwnershipService/SetOwnership": |it, known| {
        let (request_id, data_set) = (request_id(), proto::DataSet::Stock.into());
        let (location, leader) = ("shed".into(), "erp".into());
        let request =
            proto::SetOwnershipRequest { request_id, data_set, location, leader, policy: 0 };
        told(it.tool.ownership().set_ownership(request).await)
    };
    "StockService/AdjustStock": |it, known| {
        let adjustments = vec![proto::StockAdjustment {
            sku: "mug".into(), quantity: "1".into(), ..Default::default()
        }];
        let request = proto::AdjustStockRequest { request_id: request_id(), adjustments };
        told(it.erp.stock().adjust_stock(request).await)
    };
    "StockService/AssignLocations": |it, known| {
        let (shop, locations) = (MARK.into(), vec!["main".into()]);
        let assignments = vec![proto::StockAssignment { shop, locations, revision: 0 }];
        let request = proto::AssignLocationsRequest { request_id: request_id(), assignments };
        told(it.erp.stock().assign_locations(request).await)
    };
    "StockService/SetBuffers": |it, known| {
        let buffers = vec![proto::StockBuffer {
            shop: "shop-b".into(), sku: "mug".into(), units: "1".into(), ..Default::default()
        }];
        let request = proto::SetBuffersRequest { request_id: request_id(), buffers };
        told(it.erp.stock().set_buffers(request).await)
    };
    "StockService/SetSellability": |it, known| {
        let articles = vec![proto::Sellability {
            sku: "mug".into(), source_version: 2, ..Default::default()
        }];
        told(it.erp.stock().set_sellability(proto::SetSellabilityRequest { articles }).await)
    };
    "OrderService/SubmitOrder": |it, known|
        told(it.shop.orders().submit_order(order("a-2", &[("mug", "1")])).await);
}

/// Items of a call that is fine as a whole: refused if the first is.
fn done(results: Result<Vec<proto::TaskResult>, Status>) -> Result<String, Status> {
    let results = results?;
    match &results[0].problem {
        Some(it) if results[0].outcome() == proto::Outcome::Refused => {
            Err(Status::not_found(it.reason.clone()))
        }
        _ => Ok(format!("{results:?}")),
    }
}

/// A new lease of the only task, once it waits no longer; in other worlds the old one.
async fn lease(erp: &Connection, known: &Known) -> String {
    let wait = Some(prost_types::Duration { seconds: 2, nanos: 0 });
    let request = proto::LeaseTasksRequest { max_tasks: 1, wait, ..Default::default() };
    let tasks = erp.inbox().lease_tasks(request).await.unwrap().into_inner().tasks;
    tasks.into_iter().next().map_or_else(|| known.lease.clone(), |it| it.lease)
}

/// Something of everything, with the mark in every text that a caller chose.
async fn furnish(house: &House) -> Known {
    let erp = &house.erp;
    for location in ["", MARK] {
        let (request_id, data_set) = (request_id(), proto::DataSet::Stock.into());
        let (location, leader) = (location.into(), "erp".into());
        let request =
            proto::SetOwnershipRequest { request_id, data_set, location, leader, policy: 0 };
        house.tool.ownership().set_ownership(request).await.unwrap();
    }
    set(erp, "mug", "9").await;
    set(erp, MARK, "9").await;
    let buffers = vec![proto::StockBuffer {
        shop: MARK.into(),
        sku: MARK.into(),
        units: "1".into(),
        ..Default::default()
    }];
    let request = proto::SetBuffersRequest { request_id: request_id(), buffers };
    erp.stock().set_buffers(request).await.unwrap();
    let articles =
        vec![proto::Sellability { sku: MARK.into(), source_version: 1, ..Default::default() }];
    erp.stock().set_sellability(proto::SetSellabilityRequest { articles }).await.unwrap();
    let parts = [("mug", "1"), (MARK, "1")];
    assert_eq!(compose(erp, vec![composition("set", 1, &parts)]).await, ["APPLIED"]);
    let adjustment = proto::StockAdjustment {
        sku: "mug".into(),
        quantity: "1".into(),
        reason: MARK.into(),
        ..Default::default()
    };
    let request =
        proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![adjustment] };
    erp.stock().adjust_stock(request).await.unwrap();
    for (number, units) in [("a-0", "1"), ("a-1", "6")] {
        let mut bought = order(number, &[("mug", units)]);
        bought.external_customer_id = MARK.into();
        submit(&house.shop, bought).await.unwrap();
    }
    let lease = lease(erp, &Known::default()).await;
    let tasks = vec![proto::TaskAcknowledgement { lease, external_number: MARK.into() }];
    let request = proto::AcknowledgeTasksRequest { tasks };
    erp.inbox().acknowledge_tasks(request).await.unwrap();
    let mut wish = cancellation("k-1", "a-0", &[]);
    wish.reason = MARK.into();
    assert_eq!(wish_off(&house.shop, wish).await, "REQUESTED 0/1");
    let two = amendment("m-1", "a-0", 1, state(&[("0", "mug", "2")]));
    assert_eq!(amend(&house.shop, two).await, "REQUESTED");
    let mut sent = shipment("d-1", "a-1", &[("0", "3")]);
    sent.carrier = MARK.into();
    // Beyond the order, so that there is an incident.
    let plates =
        proto::ShipmentLine { sku: MARK.into(), quantity: "1".into(), ..Default::default() };
    sent.lines.push(plates);
    assert_eq!(ship(erp, sent).await, "APPLIED");
    assert_eq!(record(erp, invoice("r-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "2")]).await, "OK");
    assert_eq!(approve(erp, "t-1").await, "OK");
    let came = reception("x-1", "t-1", &[("0", "1", Disposition::Pending)]);
    let received = erp.returns().receive_return(came).await.unwrap().into_inner();
    let mut note = correction("c-1", "r-1", &[("i-0", "1")]);
    note.reason = MARK.into();
    assert_eq!(credit(erp, note).await, "1");
    let mut paid = payment("p-1", "a-1", proto::PaymentEvent::Captured, "5");
    (paid.method, paid.reference) = (MARK.into(), MARK.into());
    assert_eq!(pay(&house.shop, paid).await, "APPLIED");
    // The longest there is: time goes on by hours below.
    let lifetime = Some(prost_types::Duration { seconds: 604_800, nanos: 0 });
    let request = cart(MARK, &[("mug", "1")]);
    let request = proto::CreateReservationRequest { lifetime, ..request };
    let held = house.shop.reservations().create_reservation(request).await.unwrap().into_inner();
    let waits = shipment(MARK, "nowhere", &[("0", "1")]);
    assert_eq!(ship(erp, waits).await, "PARKED WAITS_FOR_DOCUMENT");

    let request = proto::ListOrdersRequest::default();
    let mut orders = house.shop.orders().list_orders(request).await.unwrap().into_inner().orders;
    let wished = orders.remove(0);
    let list = proto::ListReturnsRequest::default();
    let returns = house.shop.returns().list_returns(list).await.unwrap().into_inner().returns;
    let list = proto::ListCreditNotesRequest::default();
    let notes = house.shop.credit_notes().list_credit_notes(list).await.unwrap().into_inner();
    let list = proto::ListParkedRequest::default();
    let parked = house.tool.parking().list_parked(list).await.unwrap().into_inner().parked;
    Known {
        order_id: orders[0].order_id.clone(),
        lease: self::lease(erp, &Known::default()).await,
        parked_id: parked[0].parked_id.clone(),
        shipment_id: orders[0].shipments[0].shipment_id.clone(),
        invoice_id: orders[0].invoices[0].invoice_id.clone(),
        return_id: returns[0].return_id.clone(),
        reception_id: received.reception_id,
        payment_id: orders[0].payments[0].payment_id.clone(),
        cancellation_id: wished.cancellations[0].cancellation_id.clone(),
        amendment_id: wished.amendments[0].amendment_id.clone(),
        reservation_id: held.reservation_id,
        credit_note_id: notes.credit_notes[0].credit_note_id.clone(),
    }
}

/// All that there is in a world.
async fn everything(tool: &Connection) -> BTreeMap<(String, String), proto::ChangeEntry> {
    let mut seen = BTreeMap::new();
    let mut resume_token = String::new();
    loop {
        let request = proto::ReadChangesRequest { resume_token, ..Default::default() };
        let page = tool.changes().read_changes(request).await.unwrap().into_inner();
        for it in page.entries {
            seen.insert((it.kind.clone(), it.key.clone()), it);
        }
        resume_token = page.resume_token;
        if !page.more {
            return seen;
        }
    }
}

/// The last revision of a world.
async fn head(tool: &Connection) -> i64 {
    let head = tool.changes().get_head(proto::GetHeadRequest {}).await;
    head.unwrap().into_inner().revision
}

/// Where a reader of one world stands is nowhere in another.
async fn cannot_go_on(own: &Callers, foreign: &Callers) {
    let reason = |it: Status| refusal(&it).unwrap().reason;
    let begin = proto::ReadStockChangesRequest::default;
    let begun = own.shop.stock().read_stock_changes(begin()).await.unwrap().into_inner();
    let on = proto::ReadStockChangesRequest { resume_token: begun.resume_token, ..begin() };
    let refused = foreign.shop.stock().read_stock_changes(on).await.unwrap_err();
    assert_eq!(reason(refused), "RESUME_TOKEN_INVALID");

    let begin = proto::ReadOrderChangesRequest::default;
    let begun = own.shop.orders().read_order_changes(begin()).await.unwrap().into_inner();
    let on = proto::ReadOrderChangesRequest { resume_token: begun.resume_token, ..begin() };
    let refused = foreign.shop.orders().read_order_changes(on).await.unwrap_err();
    assert_eq!(reason(refused), "RESUME_TOKEN_INVALID");

    let begin = proto::ReadChangesRequest::default;
    let begun = own.tool.changes().read_changes(begin()).await.unwrap().into_inner();
    let on = proto::ReadChangesRequest { resume_token: begun.resume_token, ..begin() };
    let refused = foreign.tool.changes().read_changes(on).await.unwrap_err();
    assert_eq!(reason(refused), "RESUME_TOKEN_INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_world_sees_or_changes_another() {
    let cases = cases();
    let named: BTreeSet<String> = cases.iter().map(|it| it.0.to_owned()).collect();
    // Operators stand above all worlds; that nobody else reaches them, access.rs sees.
    let mut methods = methods();
    methods.retain(|it| !it.starts_with("AdminService/"));
    assert_eq!(named, methods, "every call has a case, and every case a call");

    let house = House::open().await;
    let [erp, shop, _, tool] = house.other_world().await;
    let staging = Callers { erp, shop, tool };
    let [erp, shop, _, tool] = house.other_tenant().await;
    let stranger = Callers { erp, shop, tool };
    let (erp, shop, tool) = (house.erp.clone(), house.shop.clone(), house.tool.clone());
    let own = Callers { erp, shop, tool };
    let known = furnish(&house).await;

    for secret in known.secrets() {
        assert!(!secret.is_empty(), "there is something of everything: {:?}", known.secrets());
    }
    // Strangers first, so that nothing of theirs can be mistaken for what they saw here.
    let (head, before) = (head(&house.tool).await, everything(&house.tool).await);
    assert!(format!("{before:?}").contains(MARK));
    for foreign in [&staging, &stranger] {
        for (method, case) in &cases {
            let answer = case(foreign, &known).await;
            if let Ok(text) = &answer {
                let leak = known.secrets().into_iter().find(|it| text.contains(*it));
                assert_eq!(leak, None, "{method} tells a stranger: {text}");
            }
            if let Err(status) = &answer {
                let reason = refusal(status).map(|it| it.reason);
                assert_ne!(reason.as_deref(), Some("INTERNAL"), "{method}: {status}");
            }
        }
    }
    assert!(everything(&house.tool).await == before, "a stranger has changed something");
    assert_eq!(self::head(&house.tool).await, head, "a stranger has written something");
    for foreign in [&staging, &stranger] {
        cannot_go_on(&own, foreign).await;
    }

    for (method, case) in &cases {
        if *method == "InboxService/RefuseTasks" || *method == "InboxService/AcknowledgeTasks" {
            // What was put off or refused waits for its time, and for somebody.
            house.clock.advance(std::time::Duration::from_secs(3_600));
            let list = proto::ListParkedRequest { kind: "task".into(), ..Default::default() };
            let parked = house.tool.parking().list_parked(list).await.unwrap().into_inner().parked;
            let parked_ids: Vec<_> = parked.into_iter().map(|it| it.parked_id).collect();
            if !parked_ids.is_empty() {
                let request = proto::RetryParkedRequest { parked_ids };
                house.tool.parking().retry_parked(request).await.unwrap();
            }
        }
        let answer = case(&own, &known).await;
        assert!(answer.is_ok(), "{method} fails in its own world: {answer:?}");
    }
}
