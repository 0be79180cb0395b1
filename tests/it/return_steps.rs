//! Every step of every state of a return: what comes of it, or why it is refused; and nothing changes on
//! refusal.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use erpsync_client::proto::{
    self, AcceptanceState::Accepted, AcceptanceState::Rejected, Disposition, ReceptionState,
    ReturnStatus,
};
use erpsync_client::refusal;
use tonic::{Code, Response, Status};

use crate::kit::trade::{
    approve, close, decline, get_return, inspect, inspection, level, of_shop, of_system, order,
    receive, reception, set, ship, shipment, submit,
};
use crate::kit::{House, request_id};

const STEPS: [&str; 7] = ["approve", "decline", "receive", "lose", "mistake", "inspect", "close"];

/// What each step comes to: done, `FROM > TO` of a refusal, the same parked, or what it waits for.
const TABLE: [(&str, [&str; 7]); 9] = [
    ("requested", ["done", "done", "waits", "waits", "waits", "waits", "done"]),
    ("approved", ["done", "done", "done", "done", "done", "waits", "done"]),
    (
        "part received, pending",
        [
            "done",
            "PART_RECEIVED > DECLINED",
            "done",
            "done",
            "done",
            "done",
            "PART_RECEIVED > CLOSED, 1 pending",
        ],
    ),
    (
        "part received, judged",
        ["done", "PART_RECEIVED > DECLINED", "done", "done", "done", "parked: 1 of 0", "done"],
    ),
    (
        "part lost",
        ["done", "PART_RECEIVED > DECLINED", "done", "done", "done", "parked: 1 of 0", "done"],
    ),
    (
        "received",
        [
            "done",
            "RECEIVED > DECLINED",
            "parked: 1 of 0",
            "parked: 1 of 0",
            "parked: 1 of 0",
            "parked: 1 of 0",
            "done",
        ],
    ),
    (
        "declined",
        [
            "DECLINED > APPROVED",
            "done",
            "parked: DECLINED > RECEIVED",
            "parked: DECLINED > RECEIVED",
            "parked: DECLINED > RECEIVED",
            "waits",
            "DECLINED > CLOSED",
        ],
    ),
    (
        "closed",
        [
            "CLOSED > APPROVED",
            "CLOSED > DECLINED",
            "parked: CLOSED > RECEIVED",
            "parked: CLOSED > RECEIVED",
            "parked: CLOSED > RECEIVED",
            "waits",
            "done",
        ],
    ),
    (
        "expired",
        [
            "EXPIRED > APPROVED",
            "EXPIRED > DECLINED",
            "parked: EXPIRED > RECEIVED",
            "parked: EXPIRED > RECEIVED",
            "parked: EXPIRED > RECEIVED",
            "waits",
            "EXPIRED > CLOSED",
        ],
    ),
];

/// Announces two units; where asked to, for an hour.
async fn announce(house: &House, number: &str, expires: bool) {
    let hour = SystemTime::now() + Duration::from_secs(3_600);
    let line =
        proto::ReturnLine { line_id: "0".into(), quantity: "2".into(), ..Default::default() };
    let request = proto::RequestReturnRequest {
        external_return_id: number.into(),
        order: of_shop("a-1"),
        lines: vec![line],
        expire_time: expires.then(|| hour.into()),
        ..Default::default()
    };
    house.shop.returns().request_return(request).await.unwrap();
}

/// Brings a return that is announced into a state; what came is reception `x-NUMBER`.
async fn bring(house: &House, number: &str, state: &str) {
    if !["requested", "declined", "expired"].contains(&state) {
        assert_eq!(approve(&house.erp, number).await, "OK");
    }
    let came = format!("x-{number}");
    let received = async |units: &str, disposition| {
        let came = reception(&came, number, &[("0", units, disposition)]);
        assert_eq!(receive(&house.erp, came).await, "APPLIED");
    };
    match state {
        "part received, pending" => received("1", Disposition::Pending).await,
        "part received, judged" => {
            received("1", Disposition::Pending).await;
            let lines = [("0", "1", Rejected, Disposition::SendBack)];
            let judged = inspection(&format!("first-{number}"), &came, &lines);
            assert_eq!(inspect(&house.erp, judged).await, "APPLIED");
        }
        "part lost" => {
            let mut lost = reception(&came, number, &[("0", "1", Disposition::Unspecified)]);
            lost.lines[0].state = ReceptionState::Lost.into();
            assert_eq!(receive(&house.erp, lost).await, "APPLIED");
        }
        "received" => received("2", Disposition::Scrap).await,
        "declined" => assert_eq!(decline(&house.erp, number).await, "OK"),
        "closed" => assert_eq!(close(&house.erp, number).await, "OK"),
        _ => {}
    }
}

async fn step(house: &House, number: &str, step: &str) -> String {
    let named = of_system("shop-a", number);
    let id = get_return(&house.shop, number).await.return_id;
    let what = format!("return {id}");
    let mut returns = house.erp.returns();
    let arrival = |disposition, state: ReceptionState| {
        let mut told = reception(&format!("next-{number}"), number, &[("0", "1", disposition)]);
        told.lines[0].state = state.into();
        if state == ReceptionState::WrongItem {
            told.lines[0].wrong_sku = "cup".into();
        }
        told
    };
    match step {
        "approve" => {
            let request = proto::ApproveReturnRequest {
                request_id: request_id(),
                r#return: named,
                ..Default::default()
            };
            wish(returns.approve_return(request).await, &what)
        }
        "decline" => {
            let (request_id, reason) = (request_id(), "worn".into());
            let request = proto::DeclineReturnRequest { request_id, r#return: named, reason };
            wish(returns.decline_return(request).await, &what)
        }
        "close" => {
            let (request_id, reason) = (request_id(), "kept it".into());
            let request = proto::CloseReturnRequest { request_id, r#return: named, reason };
            wish(returns.close_return(request).await, &what)
        }
        "inspect" => {
            let lines = [("0", "1", Accepted, Disposition::Scrap)];
            let judged = inspection(&format!("next-{number}"), &format!("x-{number}"), &lines);
            let told = returns.inspect_return(judged).await.unwrap().into_inner();
            fact(told.result, &what, "were judged, and only 0 are pending")
        }
        _ => {
            use ReceptionState::{Lost, Received, WrongItem};
            let (told, verb) = match step {
                "receive" => (arrival(Disposition::Scrap, Received), "came"),
                "lose" => (arrival(Disposition::Unspecified, Lost), "were lost"),
                _ => (arrival(Disposition::Scrap, WrongItem), "came"),
            };
            let told = returns.receive_return(told).await.unwrap().into_inner();
            fact(told.result, &what, &format!("{verb}, and only 0 were announced and awaited"))
        }
    }
}

/// `done` or `FROM > TO`, of a refusal that is told as it should be.
fn wish<T>(answer: Result<Response<T>, Status>, what: &str) -> String {
    let Err(status) = answer else { return "done".into() };
    let told = refusal(&status).unwrap();
    assert_eq!((status.code(), &*told.reason), (Code::FailedPrecondition, "INVALID_STATE"));
    let metadata = told.metadata.into_iter().collect();
    let (shown, sentence) = steps(&metadata, what);
    assert_eq!(status.message(), sentence);
    shown
}

/// What the metadata of a refused step says, short and as a sentence.
fn steps(metadata: &BTreeMap<String, String>, what: &str) -> (String, String) {
    let (from, to) = (&metadata["from"], &metadata["to"]);
    let sentence = format!("{what} is {from}, and cannot become {to}");
    match metadata.get("pending") {
        None => (format!("{from} > {to}"), sentence),
        Some(it) => {
            let sentence = format!("{sentence}: {it} pending, to be judged first");
            (format!("{from} > {to}, {it} pending"), sentence)
        }
    }
}

/// The same of a fact, which is parked.
fn fact(result: Option<proto::FactResult>, what: &str, exceeded: &str) -> String {
    let Some(problem) = result.unwrap().problem else { return "done".into() };
    let metadata: BTreeMap<_, _> = problem.metadata.into_iter().collect();
    match &*problem.reason {
        "WAITS_FOR_DOCUMENT" => "waits".into(),
        "QUANTITY_EXCEEDED" => {
            let (asked, possible) = (&metadata["asked"], &metadata["possible"]);
            assert_eq!(problem.message, format!("line \"0\": {asked} {exceeded}"));
            assert_eq!(metadata["line_id"], "0");
            format!("parked: {asked} of {possible}")
        }
        "INVALID_STATE" => {
            let (shown, sentence) = steps(&metadata, what);
            assert_eq!(problem.message, sentence);
            format!("parked: {shown}")
        }
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_of_every_state() {
    let house = House::open().await;
    set(&house.erp, "mug", "200").await;
    submit(&house.shop, order("a-1", &[("mug", "200")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "200")])).await, "APPLIED");
    let cells = || {
        let rows = TABLE.iter().enumerate();
        rows.flat_map(|(row, (state, expected))| {
            let steps = STEPS.iter().zip(expected);
            steps.map(move |(step, expected)| (format!("{row}-{step}"), *state, *step, *expected))
        })
    };
    for (number, state, _, _) in cells() {
        announce(&house, &number, state == "expired").await;
        bring(&house, &number, state).await;
    }
    house.clock.advance(Duration::from_secs(2 * 3_600));
    for (number, _, _, _) in cells().filter(|it| it.1 == "expired") {
        while get_return(&house.shop, &number).await.status() != ReturnStatus::Expired {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    let mut strays = Vec::new();
    for (number, state, name, expected) in cells() {
        let before = (get_return(&house.shop, &number).await, level(&house.erp, "mug").await);
        let seen = step(&house, &number, name).await;
        if seen != expected {
            strays.push(format!("{state}, {name}: {seen}, not {expected}"));
        }
        if seen != "done" {
            let after = (get_return(&house.shop, &number).await, level(&house.erp, "mug").await);
            assert_eq!(after, before, "{state}, {name}: nothing changes on refusal");
        }
    }
    assert!(strays.is_empty(), "\n{}\n", strays.join("\n"));
}
