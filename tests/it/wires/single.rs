//! Single calls in JSON.

use std::collections::BTreeMap;

use erpsync_client::{proto, refusal};
use http_body_util::{BodyExt as _, StreamBody};
use prost::Message as _;
use sqlx::{ConnectOptions as _, Connection as _};
use tonic::Code;

use super::*;
use crate::kit::{Door, PAGE, methods, post};

/// Single calls, from the descriptors.
fn single_calls() -> Vec<String> {
    let all = prost_types::FileDescriptorSet::decode(erpsync::proto::DESCRIPTORS).unwrap();
    let services = all.file.iter().flat_map(|it| &it.service);
    let streamed: Vec<_> = services
        .flat_map(|it| it.method.iter().map(move |method| (it.name(), method)))
        .filter(|(_, it)| it.client_streaming() || it.server_streaming())
        .map(|(service, it)| format!("{service}/{}", it.name()))
        .collect();
    methods().into_iter().filter(|it| !streamed.contains(it)).collect()
}

fn status_of(code: Code) -> u16 {
    match code {
        Code::Ok => 200,
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => 400,
        Code::Unauthenticated => 401,
        Code::PermissionDenied => 403,
        Code::NotFound => 404,
        Code::AlreadyExists | Code::Aborted => 409,
        Code::ResourceExhausted => 429,
        Code::Unimplemented => 501,
        Code::Unavailable => 503,
        Code::DeadlineExceeded => 504,
        _ => 500,
    }
}

/// `OK`, or `400 FIELD_INVALID …` with all that stands beside it.
fn over_grpc(answer: Result<(), tonic::Status>) -> String {
    let Err(status) = answer else { return "200".into() };
    let told = refusal(&status).unwrap_or_else(|| panic!("no reason in {status:?}"));
    let metadata: BTreeMap<_, _> = told.metadata.into_iter().collect();
    let paths: Vec<_> = told.fields.into_iter().map(|it| it.0).collect();
    let code = status_of(status.code());
    format!("{code} {} {metadata:?} {paths:?} {}", told.reason, status.message())
}

fn over_http(heard: &Heard) -> String {
    if heard.status == 200 {
        return "200".into();
    }
    let error: Value = heard.json();
    let details: Vec<_> = error["details"].as_array().unwrap().iter().collect();
    let info = details.iter().find(|it| it["type"] == "google.rpc.ErrorInfo").unwrap();
    let metadata: BTreeMap<String, String> =
        serde_json::from_value(info["debug"]["metadata"].clone()).unwrap_or_default();
    let paths: Vec<_> = details
        .iter()
        .filter_map(|it| it["debug"]["fieldViolations"].as_array())
        .flatten()
        .map(|it| it["field"].as_str().unwrap().to_owned())
        .collect();
    let (status, message) = (heard.status.as_u16(), error["message"].as_str().unwrap());
    format!("{status} {} {metadata:?} {paths:?} {message}", reason(&error))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_single_call_says_the_same_as_over_grpc() {
    let house = House::open().await;
    let mut tokens = tokens(&house).await;
    tokens.push((SystemKind::Tool, "nobody".into()));
    let mut door = Door::open(&house.address()).await;
    let (mut strays, mut refused) = (Vec::new(), 0);
    for method in single_calls() {
        for (kind, token) in &tokens {
            let expected = over_grpc(door.say(&format!("erpsync.v1.{method}"), token, ()).await);
            refused += usize::from(expected != "200");
            let bearer = format!("Bearer {token}");
            for (http, form, body) in [(Http::One, "json", "{}"), (Http::Two, "proto", "")] {
                let content_type = format!("application/{form}");
                let headers = [("content-type", &*content_type), ("authorization", &*bearer)];
                let heard = http.say(&house.address(), post(&method, &headers, body)).await;
                let answer = over_http(&heard);
                if answer != expected {
                    strays.push(format!("{method} as {kind:?}, {form}:\n  {answer}\n  {expected}"));
                }
                let is_json = form == "json" || heard.status != 200;
                let expected = if is_json { "application/json" } else { "application/proto" };
                assert_eq!(heard.header("content-type"), expected, "{method}");
            }
        }
    }
    assert!(strays.is_empty(), "\n{}\n", strays.join("\n"));
    assert!(200 < refused, "{refused} were refused");
}

/// Ids, times and leases differ from run to run.
fn shape(text: &str) -> String {
    let mut value: Value = serde_json::from_str(text).unwrap_or_else(|_| panic!("no JSON: {text}"));
    fn blur(value: &mut Value) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(blur),
            Value::Object(all) => {
                for (name, value) in all {
                    let is_id =
                        name.ends_with("Id") && value.as_str().is_some_and(|it| 15 < it.len());
                    if name.ends_with("Time") || name == "lease" || is_id {
                        *value = "…".into();
                    }
                    blur(value);
                }
            }
            _ => {}
        }
    }
    blur(&mut value);
    value.to_string()
}

/// What a service says beside its answer is a header, which pages may read as well.
#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_write_is_told_so_over_every_wire() {
    let house = House::open().await;
    let bearer = format!("Bearer {}", house.token("erp").await.secret);
    let reading =
        proto::StockReading { sku: "mug".into(), on_hand: "5".into(), ..Default::default() };
    let set = proto::SetStockRequest { request_id: "first".into(), readings: vec![reading] };
    let message = set.encode_to_vec();
    let json =
        r#"{"requestId":"first","readings":[{"sku":"mug","onHand":"5"}]}"#.as_bytes().to_vec();
    let frame = [&[0][..], &(message.len() as u32).to_be_bytes(), &message].concat();
    let mut expected = "";
    for http in BOTH {
        for (content_type, body) in [
            ("application/json", &json),
            ("application/proto", &message),
            ("application/grpc-web+proto", &frame),
        ] {
            let headers =
                [("content-type", content_type), ("authorization", &*bearer), ("origin", PAGE)];
            let request = post("StockService/SetStock", &headers, body.clone());
            let heard = http.say(&house.address(), request).await;
            assert_eq!(heard.status, 200, "{content_type}: {:?}", heard.body);
            assert_eq!(heard.header("erpsync-replayed"), expected, "{content_type} over {http:?}");
            let read = heard.header("access-control-expose-headers");
            assert_eq!(read.contains("erpsync-replayed"), !expected.is_empty(), "{read}");
            expected = "true";
        }
    }
}

/// As PHP and AL have it: HTTP/1.1, JSON, nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn the_main_story_in_json() {
    let house = House::open().await;
    let (erp, shop) = (house.token("erp").await.secret, house.token("shop-a").await.secret);
    let tell = async |token: &str, method: &str, body: &str, expected: &str| {
        let heard = say(&house, Http::One, token, method, body).await;
        assert_eq!(heard.status, 200, "{method}: {}", heard.text());
        assert_eq!(shape(heard.text()), shape(expected), "{method}");
        heard
    };
    let statement = r#"{"requestId":"first","readings":[{"sku":"MUG","on_hand":"5"}]}"#;
    let applied = r#"{"revision":"1","results":[{"outcome":"OUTCOME_APPLIED"}]}"#;
    let first = tell(&erp, "StockService/SetStock", statement, applied).await;
    assert_eq!(first.text(), applied);
    assert_eq!(first.header("erpsync-replayed"), "");
    // Said twice, done once: names of fields may be written in either way.
    let again =
        r#"{"request_id":"first","readings":[{"sku":"MUG","onHand":"5.0","location":null}]}"#;
    let again = tell(&erp, "StockService/SetStock", again, applied).await;
    assert_eq!(again.header("erpsync-replayed"), "true");
    let order = r#"{
        "externalOrderId": "4711", "currencyCode": "EUR", "priceMode": "PRICE_MODE_GROSS",
        "roundingMode": 1, "orderDate": null,
        "lines": [{"lineId": "1", "sku": "MUG", "quantity": "2", "unitPrice": "9.95", "amount": "19.90"}],
        "total": "19.90"
    }"#;
    let promised = r#"{"orderId":"250744475326874624","revision":"2","promises":[
        {"lineId":"1","reserved":"2","backOrdered":"0","location":"main"}]}"#;
    tell(&shop, "OrderService/SubmitOrder", order, promised).await;
    let level = r#"{"level":{"sku":"MUG","location":"main","onHand":"5","reserved":"2","sellable":"3",
        "backOrdered":"0","short":"0","revision":"2","buffer":"0","sale":"SALE_OPEN",
        "committedElsewhere":"0",
        "statement":{"onHand":"5","basis":"STOCK_BASIS_ON_HAND","system":"erp"}}}"#;
    tell(&shop, "StockService/GetStock", r#"{"sku":"MUG"}"#, level).await;
    let leased = say(&house, Http::One, &erp, "InboxService/LeaseTasks", r#"{"maxTasks":1}"#).await;
    let task = &leased.json()["tasks"][0];
    assert_eq!(task["order"]["externalOrderId"], "4711");
    assert_eq!(task["order"]["total"], "19.9");
    let number = format!(r#"{{"tasks":[{{"lease":{},"externalNumber":"SO-1"}}]}}"#, task["lease"]);
    let done = r#"{"results":[{"outcome":"OUTCOME_APPLIED"}],"revision":"4"}"#;
    tell(&erp, "InboxService/AcknowledgeTasks", &number, done).await;
    let shipment = r#"{"externalShipmentId":"DN-1","order":{"external":{"externalId":"SO-1"}},
        "lines":[{"lineId":"1","quantity":"2"}]}"#;
    let shipped = r#"{"shipmentId":"250744482989868032","result":{"outcome":"OUTCOME_APPLIED"},"revision":"5"}"#;
    tell(&erp, "ShipmentService/CreateShipment", shipment, shipped).await;
    let short = say(
        &house,
        Http::One,
        &shop,
        "OrderService/SubmitOrder",
        &order.replace("4711", "4712").replace(r#""2""#, r#""4""#).replace("19.90", "39.80"),
    )
    .await;
    assert_eq!(refused(&short), "400 failed_precondition INSUFFICIENT_STOCK");
    assert_eq!(short.json()["details"][0]["debug"]["metadata"]["sellable"], "3");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_takes_too_long_is_ended_with_a_reason() {
    let house = House::open().await;
    let bearer = format!("Bearer {}", create_token(&house.operator, "", "", "").await.secret);
    // The operators' history is held by somebody else, as long as this test likes.
    let mut other = house.database.connect().await.unwrap();
    let mut held = other.begin().await.unwrap();
    sqlx::query("lock table log in access exclusive mode").execute(&mut *held).await.unwrap();
    let headers = [
        ("content-type", "application/json"),
        ("authorization", &*bearer),
        ("connect-timeout-ms", "500"),
    ];
    let body = r#"{"requestId":"late","name":"late"}"#;
    let request = || post("AdminService/CreateTenant", &headers, body);
    let late = Http::One.say(&house.address(), request()).await;
    assert_eq!(refused(&late), "504 deadline_exceeded DEADLINE_EXCEEDED");
    // So is one whose message does not come to its end.
    let (never, body) = tokio::sync::mpsc::channel::<Result<_, std::convert::Infallible>>(1);
    let body = StreamBody::new(tokio_stream::wrappers::ReceiverStream::new(body)).boxed();
    let never_said = request().map(|_| body);
    let late = Http::One.say(&house.address(), never_said).await;
    assert_eq!(refused(&late), "504 deadline_exceeded DEADLINE_EXCEEDED");
    drop((never, held));
}
