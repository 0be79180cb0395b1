//! What came back is judged: accepted or rejected, and done with.

use erpsync_client::proto::{
    self, AcceptanceState::Accepted, AcceptanceState::Rejected, Disposition, RefundHold,
};

use crate::kit::trade::{
    approve, because_of, correction, credit, get, get_return, inspect, inspection, invoice, level,
    of_shop, of_system, order, parked, receive, reception, record, request_return, set, ship,
    shipment, submit, until_nothing_is_parked,
};
use crate::kit::{House, request_id};

/// Of nine mugs five were ordered, have left and are invoiced; all are to come back.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(record(&house.erp, invoice("r-1", "a-1", &[("0", "5")])).await, "APPLIED");
    house
}

async fn announce(house: &House) {
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "5")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
}

/// `pending/restocked/quarantined/scrapped/sent back, accepted:rejected` of a return's only line.
async fn judged(house: &House) -> String {
    let it = get_return(&house.shop, "t-1").await.quantities.remove(0);
    let places = [it.pending, it.restocked, it.quarantined, it.scrapped, it.sent_back].join("/");
    format!("{places}, {}:{}", it.accepted, it.rejected)
}

fn from_quarantine(it: proto::InspectReturnRequest) -> proto::InspectReturnRequest {
    let from = |it| proto::InspectionLine { from: Disposition::Quarantine.into(), ..it };
    proto::InspectReturnRequest { lines: it.lines.into_iter().map(from).collect(), ..it }
}

#[tokio::test(flavor = "multi_thread")]
async fn units_wait_until_they_are_judged_and_in_quarantine_until_they_are_released() {
    let house = house().await;
    announce(&house).await;
    let came = [("0", "4", Disposition::Pending), ("0", "1", Disposition::Quarantine)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &came)).await, "APPLIED");
    assert_eq!(judged(&house).await, "4/0/1/0/0, 1:0");
    assert_eq!(level(&house.erp, "mug").await, "4/0/0", "nothing can be sold yet");

    let some = inspection(
        "s-1",
        "x-1",
        &[
            ("0", "1", Accepted, Disposition::Restock),
            ("0", "1", Rejected, Disposition::SendBack),
            ("0", "1", Rejected, Disposition::Quarantine),
        ],
    );
    assert_eq!(inspect(&house.erp, some.clone()).await, "APPLIED");
    assert_eq!(inspect(&house.erp, some.clone()).await, "APPLIED", "the same");
    let mut other = some;
    other.lines.truncate(1);
    assert_eq!(inspect(&house.erp, other).await, "DOCUMENT_CONTENT_MISMATCH");
    assert_eq!(judged(&house).await, "1/1/2/0/1, 2:2");
    assert_eq!(level(&house.erp, "mug").await, "5/0/0");
    let told = get(&house.shop, "a-1").await.quantities.remove(0);
    assert_eq!([told.received, told.sent_back], ["5", "1"]);
    assert_eq!(get_return(&house.shop, "t-1").await.quantities[0].rejection_reason, "worn");

    // More than waits is parked, with what is possible; the rest is judged.
    let more = inspection("s-2", "x-1", &[("0", "2", Accepted, Disposition::Scrap)]);
    assert_eq!(inspect(&house.erp, more).await, "PARKED QUANTITY_EXCEEDED");
    let rest = inspection("s-3", "x-1", &[("0", "1", Accepted, Disposition::Scrap)]);
    assert_eq!(inspect(&house.erp, rest).await, "APPLIED");
    assert_eq!(judged(&house).await, "0/1/2/1/1, 3:2");

    // Both in quarantine leave it: the buyer gets his one again, ours is sold.
    let released =
        [("0", "1", Rejected, Disposition::SendBack), ("0", "1", Accepted, Disposition::Restock)];
    let released = from_quarantine(inspection("s-4", "x-1", &released));
    assert_eq!(inspect(&house.erp, released).await, "APPLIED");
    assert_eq!(judged(&house).await, "0/2/0/1/2, 3:2");
    assert_eq!(level(&house.erp, "mug").await, "6/0/0");
    let again =
        from_quarantine(inspection("s-5", "x-1", &[("0", "1", Accepted, Disposition::Scrap)]));
    assert_eq!(inspect(&house.erp, again).await, "PARKED QUANTITY_EXCEEDED");
}

/// Received in a shop round the corner, and put where it is sold from.
#[tokio::test(flavor = "multi_thread")]
async fn goods_come_back_where_they_did_not_leave() {
    let house = house().await;
    announce(&house).await;
    let at = async |location: &str| {
        let request = proto::GetStockRequest {
            sku: "mug".into(),
            location: location.into(),
            ..Default::default()
        };
        let level = house.erp.stock().get_stock(request).await.unwrap().into_inner().level;
        level.unwrap().on_hand
    };
    let came = [
        ("0", "1", Disposition::Restock),
        ("0", "1", Disposition::Pending),
        ("0", "2", Disposition::Pending),
    ];
    let mut came = reception("x-1", "t-1", &came);
    for (line, location) in came.lines.iter_mut().zip(["corner", "corner", "attic"]) {
        line.location = location.into();
    }
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    assert_eq!((at("corner").await, at("main").await), ("1".into(), "4".into()));
    // Where they were received, unless something else is told.
    let lines =
        [("0", "2", Accepted, Disposition::Restock), ("0", "1", Accepted, Disposition::Restock)];
    let mut judged = inspection("s-1", "x-1", &lines);
    judged.lines[0].ledger_number = 7;
    judged.lines[1].location = "main".into();
    assert_eq!(inspect(&house.erp, judged).await, "APPLIED");
    let there = [at("corner").await, at("attic").await, at("main").await];
    assert_eq!(there, ["2", "1", "5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judgement_may_be_faster_than_the_goods() {
    let house = house().await;
    let one = inspection("s-1", "x-1", &[("0", "1", Accepted, Disposition::Restock)]);
    assert_eq!(inspect(&house.erp, one).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "2")]).await, "OK");
    // The reception is known by then, and waits itself.
    let came = reception("x-1", "t-1", &[("0", "2", Disposition::Pending)]);
    assert_eq!(receive(&house.erp, came).await, "PARKED WAITS_FOR_DOCUMENT");
    let other = inspection("s-2", "x-1", &[("0", "1", Rejected, Disposition::Scrap)]);
    assert_eq!(inspect(&house.erp, other).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(parked(&house.tool).await.len(), 3);
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(judged(&house).await, "0/1/0/1/0, 1:1");
}

/// The cap on what is credited because of a return: received and accepted, and no more.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_accepted_is_not_credited() {
    let house = house().await;
    announce(&house).await;
    let came = reception("x-1", "t-1", &[("0", "3", Disposition::Pending)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    let note =
        |number: &str, units: &str| because_of(correction(number, "r-1", &[("i-0", units)]), "x-1");
    assert_eq!(credit(&house.erp, note("c-1", "1")).await, "CREDIT_EXCEEDS_INVOICE", "not judged");
    let lines =
        [("0", "2", Accepted, Disposition::Restock), ("0", "1", Rejected, Disposition::Scrap)];
    assert_eq!(inspect(&house.erp, inspection("s-1", "x-1", &lines)).await, "APPLIED");
    assert_eq!(credit(&house.erp, note("c-1", "3")).await, "CREDIT_EXCEEDS_INVOICE");
    assert_eq!(get_return(&house.shop, "t-1").await.quantities[0].creditable, "2");
    assert_eq!(credit(&house.erp, note("c-1", "2")).await, "2");
    assert_eq!(get_return(&house.shop, "t-1").await.quantities[0].creditable, "0");
}

/// What was credited and is rejected later is a fact, and shows.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_rejection_shows() {
    let house = house().await;
    announce(&house).await;
    let came = reception("x-1", "t-1", &[("0", "2", Disposition::Quarantine)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    let note = because_of(correction("c-1", "r-1", &[("i-0", "2")]), "x-1");
    assert_eq!(credit(&house.erp, note).await, "2");
    let lines = [("0", "1", Rejected, Disposition::SendBack)];
    let late = from_quarantine(inspection("s-1", "x-1", &lines));
    assert_eq!(inspect(&house.erp, late).await, "APPLIED");
    let it = get_return(&house.shop, "t-1").await.quantities.remove(0);
    assert_eq!([it.credited, it.accepted, it.over_credited, it.creditable], ["2", "1", "1", "0"]);
    let incidents = async |with_ended: bool| {
        let request = proto::ListIncidentsRequest { with_ended, ..Default::default() };
        house.tool.monitoring().list_incidents(request).await.unwrap().into_inner().incidents
    };
    let told = incidents(false).await.remove(0);
    assert_eq!(told.kind(), proto::IncidentKind::OverCredited);
    let facts = ["external_return_id", "shop", "over_credited"].map(|it| &*told.metadata[it]);
    assert_eq!(facts, ["t-1", "shop-a", "1"]);

    // Another unit comes and is accepted: as many as were credited.
    let third = reception("x-2", "t-1", &[("0", "1", Disposition::Restock)]);
    assert_eq!(receive(&house.erp, third).await, "APPLIED");
    assert_eq!((incidents(false).await.len(), incidents(true).await[0].times), (0, 1));
}

async fn prove(house: &House, date: &str) {
    let proof = proto::DispatchProof {
        carrier: "post".into(),
        reference: "RR 123".into(),
        dispatch_date: date.into(),
    };
    let request = proto::ApproveReturnRequest {
        request_id: request_id(),
        r#return: of_system("shop-a", "t-1"),
        dispatch_proof: Some(proof),
        ..Default::default()
    };
    house.shop.returns().approve_return(request).await.unwrap();
}

/// Proof of dispatch lifts the cap to what was announced and is not known to be unfit.
#[tokio::test(flavor = "multi_thread")]
async fn proof_of_dispatch_lifts_the_cap() {
    let house = house().await;
    announce(&house).await;
    let cause = proto::credit_cause::Cause::Return(of_system("shop-a", "t-1").unwrap());
    let note = |number: &str, units: &str| proto::IssueCreditNoteRequest {
        cause: Some(proto::CreditCause { cause: Some(cause.clone()) }),
        ..correction(number, "r-1", &[("i-0", units)])
    };
    assert_eq!(credit(&house.erp, note("c-1", "1")).await, "CREDIT_EXCEEDS_INVOICE");
    prove(&house, "2026-11-20").await;
    let came = [("0", "1", Disposition::SendBack), ("0", "1", Disposition::Pending)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &came)).await, "APPLIED");
    assert_eq!(get_return(&house.shop, "t-1").await.quantities[0].creditable, "4");
    let of_reception = because_of(correction("c-1", "r-1", &[("i-0", "2")]), "x-1");
    assert_eq!(credit(&house.erp, of_reception).await, "CREDIT_EXCEEDS_INVOICE", "one went again");
    assert_eq!(credit(&house.erp, note("c-1", "5")).await, "CREDIT_EXCEEDS_INVOICE");
    assert_eq!(credit(&house.erp, note("c-1", "4")).await, "4");
}

/// What was credited may be credited after all once the goods were proved to be sent.
#[tokio::test(flavor = "multi_thread")]
async fn proof_of_dispatch_ends_what_a_late_rejection_began() {
    let house = house().await;
    announce(&house).await;
    let came = reception("x-1", "t-1", &[("0", "2", Disposition::Quarantine)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    let note = because_of(correction("c-1", "r-1", &[("i-0", "2")]), "x-1");
    assert_eq!(credit(&house.erp, note).await, "2");
    let late = inspection("s-1", "x-1", &[("0", "1", Rejected, Disposition::Scrap)]);
    assert_eq!(inspect(&house.erp, from_quarantine(late)).await, "APPLIED");
    let open = async || {
        let request = proto::ListIncidentsRequest::default();
        house.tool.monitoring().list_incidents(request).await.unwrap().into_inner().incidents.len()
    };
    let over = async || get_return(&house.shop, "t-1").await.quantities[0].over_credited.clone();
    assert_eq!((&*over().await, open().await), ("1", 1));
    prove(&house, "2026-11-20").await;
    assert_eq!((&*over().await, open().await), ("0", 0));
}

/// Announced with a withdrawal: when is the money due, and may it be kept back?
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_due_two_weeks_after_the_withdrawal_or_when_the_goods_have_come() {
    let house = house().await;
    let announce = |withdrawal: &str| proto::RequestReturnRequest {
        external_return_id: "t-1".into(),
        order: of_shop("a-1"),
        withdrawal_date: withdrawal.into(),
        lines: vec![proto::ReturnLine {
            line_id: "0".into(),
            quantity: "3".into(),
            ..Default::default()
        }],
        refund_shipping: true,
        ..Default::default()
    };
    house.shop.returns().request_return(announce("2026-11-10")).await.unwrap();
    let due = async || {
        let it = get_return(&house.shop, "t-1").await;
        (it.refund_due_date.clone(), it.refund_hold())
    };
    assert!(get_return(&house.shop, "t-1").await.refund_shipping);
    let by = |date: &str, hold| (date.to_owned(), hold);
    assert_eq!(due().await, by("2026-11-24", RefundHold::GoodsOrProof));
    prove(&house, "2026-11-20").await;
    assert_eq!(due().await, by("2026-11-24", RefundHold::None));
    prove(&house, "2026-11-26").await;
    assert_eq!(due().await, by("2026-11-26", RefundHold::None), "sent after that");

    let all = reception("x-1", "t-1", &[("0", "3", Disposition::Pending)]);
    assert_eq!(receive(&house.erp, all).await, "APPLIED");
    let told = get_return(&house.shop, "t-1").await;
    assert_eq!(told.dispatch_proof.unwrap().reference, "RR 123");
    let none = inspection("s-1", "x-1", &[("0", "3", Rejected, Disposition::SendBack)]);
    assert_eq!(inspect(&house.erp, none).await, "APPLIED");
    assert_eq!(due().await, by("", RefundHold::Unspecified), "nothing of it can be credited");
}

/// What accepted units are worth less is kept for the credit note to name.
#[tokio::test(flavor = "multi_thread")]
async fn loss_of_value_is_kept() {
    let house = house().await;
    announce(&house).await;
    let came = reception("x-1", "t-1", &[("0", "3", Disposition::Pending)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    let less = |number: &str, amount: &str| {
        let lines = [("0", "1", Accepted, Disposition::Restock)];
        let mut it = inspection(number, "x-1", &lines);
        it.lines[0].loss_of_value = amount.into();
        it
    };
    assert_eq!(
        inspect(&house.erp, less("s-1", "0.125")).await,
        "FIELD_INVALID",
        "euros have cents"
    );
    assert_eq!(inspect(&house.erp, less("s-1", "0.25")).await, "APPLIED");
    assert_eq!(inspect(&house.erp, less("s-2", "0.1")).await, "APPLIED");
    assert_eq!(get_return(&house.shop, "t-1").await.quantities[0].loss_of_value, "0.35");
}
