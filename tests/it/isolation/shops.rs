//! No shop sees or changes what is of another's orders: every call that a shop may make, from the table of
//! rights. Of what is another's it is told as of what does not exist.

use erpsync::access::{RIGHTS, SystemKind};

use super::*;
use crate::kit::trade::{parked, parked_id, retry, settle};

/// Calls about what all shops share, and no order.
const SHARED: &[&str] = &[
    "StockService/",
    "CompositionService/",
    "OwnershipService/",
    "ServerInfoService/",
    "ChangeService/GetHead",
];

/// Calls by which a shop makes something of its own, whatever others have.
const OWN: &[&str] = &[
    "ReservationService/CreateReservation",
    "ReservationService/ConsumeReservation",
    "OrderService/SubmitOrder",
];

/// All calls, by one shop: whoever else may make them as well.
fn as_shop(shop: &Connection) -> Callers {
    Callers { erp: shop.clone(), shop: shop.clone(), tool: shop.clone() }
}

/// Ids of which there is nothing.
fn nothing() -> Known {
    let id = || "9000000000000000017".to_owned();
    Known {
        order_id: id(),
        lease: id(),
        parked_id: id(),
        shipment_id: id(),
        invoice_id: id(),
        return_id: id(),
        reception_id: id(),
        credit_note_id: id(),
        payment_id: id(),
        cancellation_id: id(),
        amendment_id: id(),
        reservation_id: id(),
    }
}

/// An answer, without the ids that were asked for.
fn without(answer: Result<String, Status>, known: &Known) -> String {
    let mut text = match answer {
        Ok(text) => text,
        Err(status) => {
            let sorted = |it| BTreeMap::<String, String>::from_iter(it);
            let reason = refusal(&status).map(|it| (it.reason, sorted(it.metadata)));
            format!("{:?} {} {reason:?}", status.code(), status.message())
        }
    };
    for id in known.secrets().into_iter().filter(|it| *it != MARK) {
        text = text.replace(id, "ID");
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn no_shop_sees_or_changes_anothers_orders() {
    let house = House::open().await;
    let known = furnish(&house).await;
    let stranger = as_shop(&house.shop_b);
    let may = |method: &str| {
        let right = RIGHTS.iter().find(|it| it.method == format!("erpsync.v1.{method}"));
        right.expect("a right").kinds.contains(&SystemKind::Shop)
    };
    let before = everything(&house.tool).await;
    let mut tried = 0;
    for (method, case) in cases() {
        if !may(method) || OWN.contains(&method) {
            continue;
        }
        let answer = case(&stranger, &known).await;
        if SHARED.iter().any(|it| method.starts_with(it)) {
            // What is for sale, they all may see; nothing of an order.
            let text = format!("{answer:?}");
            let leak = known.secrets().into_iter().find(|it| *it != MARK && text.contains(*it));
            assert_eq!(leak, None, "{method} tells a stranger: {text}");
            continue;
        }
        tried += 1;
        let (answer, unknown) = (without(answer, &known), nothing());
        let of_nothing = without(case(&stranger, &unknown).await, &unknown);
        assert!(!answer.contains("INTERNAL"), "{method}: {answer}");
        assert!(!answer.contains(MARK), "{method} tells a stranger: {answer}");
        assert_eq!(answer, of_nothing, "{method} tells what there is from what is not");
    }
    assert!(25 < tried, "only {tried} calls");
    assert!(everything(&house.tool).await == before, "a stranger has changed something");

    // What a shop does of its own is its own.
    for (method, case) in cases().into_iter().filter(|it| OWN.contains(&it.0)) {
        let answer = case(&stranger, &known).await;
        assert!(answer.is_ok(), "{method}: {answer:?}");
    }
}

/// `REASON message` or what was told.
fn said<T: std::fmt::Debug>(answer: Result<Response<T>, Status>) -> String {
    match answer {
        Ok(answer) => format!("{:?}", answer.into_inner()),
        Err(status) => format!("{} {}", refusal(&status).unwrap().reason, status.message()),
    }
}

type Foreign = for<'a> fn(&'a Connection, &'a str) -> Pin<Box<dyn Future<Output = String> + 'a>>;

macro_rules! foreign {
    ($($what:literal, $real:expr, |$shop:ident, $number:ident| $call:expr;)+) => {
        /// Requests that name by a foreign number what there is, or is not.
        fn foreign() -> Vec<(&'static str, &'static str, Foreign)> {
            vec![$(($what, $real, |$shop, $number| Box::pin(async move { $call }))),+]
        }
    };
}

foreign! {
    "an order", "a-1", |shop, number| {
        let request = proto::GetOrderRequest { order: of_shop(number), at_least_revision: 0 };
        said(shop.orders().get_order(request).await)
    };
    "its payments", "a-1", |shop, number| {
        let order = of_shop(number);
        let request = proto::GetPaymentSummaryRequest { order, at_least_revision: 0 };
        said(shop.payments().get_payment_summary(request).await)
    };
    "another state of it", "a-1", |shop, number| {
        let request = amendment("m-9", number, 9, state(&[("0", "mug", "6")]));
        said(shop.orders().amend_order(request).await)
    };
    "a part of it off", "a-1", |shop, number|
        said(shop.orders().request_cancellation(cancellation("k-9", number, &[("0", "1")])).await);
    "all of it off", "a-1", |shop, number|
        said(shop.orders().request_cancellation(cancellation("k-9", number, &[])).await);
    "the order held", "a-1", |shop, number| {
        let (order, reason) = (of_shop(number), "why not".into());
        let request = proto::HoldOrderRequest { request_id: request_id(), order, reason };
        said(shop.orders().hold_order(request).await)
    };
    "the order resumed", "a-1", |shop, number| {
        let order = of_shop(number);
        let request = proto::ResumeOrderRequest { request_id: request_id(), order };
        said(shop.orders().resume_order(request).await)
    };
    "what crediting units of it comes to", "a-1", |shop, number| {
        let line = proto::OrderLineCredit { order_line_id: "0".into(), quantity: "1".into() };
        let request = proto::PreviewCreditNoteRequest {
            kind: proto::CreditNoteKind::Correction.into(),
            order: of_shop(number),
            order_lines: vec![line],
            ..Default::default()
        };
        said(shop.credit_notes().preview_credit_note(request).await)
    };
    "a return of it", "a-1", |shop, number| request_return(shop, "t-9", number, &[("0", "1")]).await;
    "a shipment", "d-1", |shop, number| {
        let shipment = of_system("erp", number);
        let request = proto::GetShipmentRequest { shipment, at_least_revision: 0 };
        said(shop.shipments().get_shipment(request).await)
    };
    "an invoice", "r-1", |shop, number| {
        let invoice = of_system("erp", number);
        let request = proto::GetInvoiceRequest { invoice, at_least_revision: 0 };
        said(shop.invoices().get_invoice(request).await)
    };
    "a credit note", "c-1", |shop, number| {
        let credit_note = of_system("erp", number);
        let request = proto::GetCreditNoteRequest { credit_note, at_least_revision: 0 };
        said(shop.credit_notes().get_credit_note(request).await)
    };
    "a return", "t-1", |shop, number| {
        let r#return = of_system("shop-a", number);
        let request = proto::GetReturnRequest { r#return, at_least_revision: 0 };
        said(shop.returns().get_return(request).await)
    };
    "a return approved", "t-1", |shop, number| approve(shop, number).await;
    "a return declined", "t-1", |shop, number| {
        let (request_id, r#return) = (request_id(), of_system("shop-a", number));
        let request = proto::DeclineReturnRequest { request_id, r#return, reason: "no".into() };
        said(shop.returns().decline_return(request).await)
    };
    "a return closed", "t-1", |shop, number| {
        let (request_id, r#return) = (request_id(), of_system("shop-a", number));
        let request = proto::CloseReturnRequest { request_id, r#return, reason: "no".into() };
        said(shop.returns().close_return(request).await)
    };
    "an order in exchange for it", "t-1", |shop, number| {
        let replaces_return = of_system("shop-a", number);
        let placed = order("b-9", &[("mug", "1")]);
        let request = proto::SubmitOrderRequest { replaces_return, ..placed };
        said(shop.orders().submit_order(request).await)
    };
    "a reservation", MARK, |shop, number| {
        let reservation = of_system("shop-a", number);
        let request = proto::GetReservationRequest { reservation, at_least_revision: 0 };
        said(shop.reservations().get_reservation(request).await)
    };
    "a reservation sold", MARK, |shop, number| {
        let (request_id, reservation) = (request_id(), of_system("shop-a", number));
        let request = proto::ConsumeReservationRequest { request_id, reservation };
        said(shop.reservations().consume_reservation(request).await)
    };
    "a reservation taken over", MARK, |shop, number| {
        let external_reservation_id = number.into();
        let placed = order("b-9", &[("mug", "1")]);
        let request = proto::SubmitOrderRequest { external_reservation_id, ..placed };
        said(shop.orders().submit_order(request).await)
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_anothers_is_named_in_vain() {
    let house = House::open().await;
    furnish(&house).await;
    let before = everything(&house.tool).await;
    for (what, real, ask) in foreign() {
        let answer = ask(&house.shop_b, real).await;
        assert!(answer.contains("NOT_FOUND"), "{what}: {answer}");
        let of_nothing = ask(&house.shop_b, "z-9").await;
        assert_eq!(answer.replace(real, "z-9"), of_nothing, "{what}");
    }
    let head = head(&house.tool).await;
    assert!(everything(&house.tool).await == before, "a stranger has changed something");
    // Others see all of it; what changes something is played by others' tests.
    for caller in [&house.shop, &house.erp, &house.tool] {
        for (what, real, ask) in foreign().into_iter().filter(|it| it.0.split(' ').count() == 2) {
            let answer = ask(caller, real).await;
            assert!(!answer.contains("NOT_FOUND"), "{what}: {answer}");
        }
    }
    assert_eq!(self::head(&house.tool).await, head);
}

/// What a shop tells of another's order waits as for one that is not known, before and after.
#[tokio::test(flavor = "multi_thread")]
async fn facts_about_anothers_order_wait() {
    let house = House::open().await;
    let House { erp, shop, shop_b, tool, .. } = &house;
    set(erp, "mug", "9").await;
    let paid = |number| payment(number, "a-1", proto::PaymentEvent::Captured, "1");
    let settled = |number| settlement(number, "c-1", &[(proto::SettlementKind::Refund, "1")]);
    assert_eq!(pay(shop_b, paid("p-1")).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(settle(shop_b, settled("s-1")).await, "PARKED WAITS_FOR_DOCUMENT");

    submit(shop, order("a-1", &[("mug", "2")])).await.unwrap();
    assert_eq!(ship(erp, shipment("d-1", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(record(erp, invoice("r-1", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(credit(erp, correction("c-1", "r-1", &[("i-0", "1")])).await, "1");
    assert_eq!(pay(shop_b, paid("p-2")).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(settle(shop_b, settled("s-2")).await, "PARKED WAITS_FOR_DOCUMENT");
    for number in ["p-1", "p-2", "s-1", "s-2"] {
        let id = parked_id(tool, number).await;
        assert_eq!(retry(tool, &id).await, "PARKED WAITS_FOR_DOCUMENT", "{number}");
    }
    let waits = ["payment p-1", "settlement s-1", "payment p-2", "settlement s-2"];
    let waits = waits.map(|it| format!("{it} WAITS_FOR_DOCUMENT"));
    assert_eq!(parked(shop_b).await, waits, "it sees what it told");
    assert_eq!(parked(shop).await, [""; 0]);
    let list = proto::ListParkedRequest::default();
    for it in tool.parking().list_parked(list).await.unwrap().into_inner().parked {
        assert_eq!(it.order_id, "", "of no order");
    }
    // Its own shop is not hindered.
    assert_eq!(pay(shop, paid("p-1")).await, "APPLIED");
    assert_eq!(settle(shop, settled("s-1")).await, "APPLIED");
}

/// Watches go on without what is another's, whatever filter is asked for.
#[tokio::test(flavor = "multi_thread")]
async fn watches_leave_others_out() {
    let house = House::open().await;
    furnish(&house).await;
    let House { erp, shop, shop_b, .. } = &house;
    submit(shop_b, order("b-1", &[("mug", "1")])).await.unwrap();
    let read = async |caller: &Connection, shop: &str, mut resume_token: String| {
        let mut seen = Vec::new();
        loop {
            let filter = Some(proto::OrderFilter { shop: shop.into() });
            let request =
                proto::ReadOrderChangesRequest { filter, resume_token, ..Default::default() };
            let page = caller.orders().read_order_changes(request).await;
            let page = page.map_err(|it| refusal(&it).unwrap().reason)?.into_inner();
            seen.extend(page.orders.into_iter().map(|it| it.external_order_id));
            resume_token = page.resume_token;
            if !page.more {
                return Ok::<_, String>((seen.join(" "), resume_token));
            }
        }
    };
    let incidents = async |caller: &Connection, mut resume_token: String| {
        let mut seen = 0;
        loop {
            let request = proto::ReadIncidentChangesRequest { resume_token, ..Default::default() };
            let page = caller.monitoring().read_incident_changes(request).await;
            let page = page.unwrap().into_inner();
            // Of stock, all may hear.
            let of_orders = |it: &&proto::Incident| it.metadata.contains_key("order_id");
            seen += page.incidents.iter().filter(of_orders).count();
            resume_token = page.resume_token;
            if !page.more {
                return (seen, resume_token);
            }
        }
    };
    for (caller, filter, seen) in [
        (shop_b, "", "b-1"),
        (shop_b, "shop-b", "b-1"),
        (shop_b, "shop-a", ""),
        (shop, "", "a-0 a-1"),
        (erp, "", "a-0 a-1 b-1"),
        (erp, "shop-b", "b-1"),
    ] {
        assert_eq!(read(caller, filter, String::new()).await.unwrap().0, seen, "{filter:?}");
    }
    let (_, own) = read(shop_b, "", String::new()).await.unwrap();
    let (_, others) = read(shop, "", String::new()).await.unwrap();
    let of_erp = read(erp, "", String::new()).await.unwrap().1;
    for token in [others.clone(), of_erp] {
        assert_eq!(read(shop_b, "", token).await.unwrap_err(), "RESUME_TOKEN_INVALID");
    }
    let (none, of_incidents) = incidents(shop_b, String::new()).await;
    let (some, _) = incidents(shop, String::new()).await;
    assert_eq!((none, some), (0, 1));

    // Another incident, of the other shop's other order.
    assert_eq!(ship(erp, shipment("d-9", "a-0", &[("0", "5")])).await, "APPLIED");
    assert_eq!(read(shop, "", others).await.unwrap().0, "a-0");
    assert_eq!(read(shop_b, "", own).await.unwrap().0, "");
    assert_eq!(incidents(shop_b, of_incidents).await.0, 0);
    assert!(1 < incidents(shop, String::new()).await.0);
}
