//! Streams: in envelopes, and in lines.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::Frame;
use prost_reflect::{DescriptorPool, DynamicMessage};
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

use super::bad::gzip;
use super::*;
use crate::kit::trade::{order, set, submit};
use crate::kit::{Framed, asked, post};

const WATCH: &str = "StockService/WatchStock";
const TASKS: &str = "InboxService/StreamTasks";
const SNAPSHOT: &str = r#"{"start":{"snapshot":true,"heartbeatInterval":"60s"}}"#;
const FORMS: [&str; 3] = ["json", "connect+json", "connect+proto"];

/// In its envelope.
fn envelope(flags: u8, message: impl AsRef<[u8]>) -> Vec<u8> {
    let message = message.as_ref();
    [&[flags][..], &(message.len() as u32).to_be_bytes(), message].concat()
}

fn message(name: &str) -> prost_reflect::MessageDescriptor {
    let pool = DescriptorPool::decode(erpsync::proto::DESCRIPTORS).unwrap();
    pool.get_message_by_name(&format!("erpsync.v1.{name}")).unwrap()
}

/// A request as this form writes it.
fn said(form: &str, name: &str, json: &str) -> Vec<u8> {
    match form {
        "json" => json.into(),
        "connect+json" => envelope(0, json),
        _ => {
            let mut text = serde_json::Deserializer::from_str(json);
            let it = DynamicMessage::deserialize(message(name), &mut text).unwrap();
            envelope(0, it.encode_to_vec())
        }
    }
}

/// What is told over a stream, in any form.
struct Told {
    framed: Framed,
    form: &'static str,
    of: &'static str,
}

impl Told {
    async fn open(house: &House, http: Http, token: &str, form: &'static str) -> Told {
        let bearer = format!("Bearer {token}");
        let content_type = format!("application/{form}");
        let headers = [("content-type", &*content_type), ("authorization", &*bearer)];
        let request = post(WATCH, &headers, said(form, "WatchStockRequest", SNAPSHOT));
        let answer = http.open(&house.address(), request).await;
        assert_eq!(answer.status(), 200);
        let expected = if form == "json" { "application/x-ndjson" } else { &content_type };
        assert_eq!(answer.headers()["content-type"], *expected);
        Told { framed: Framed::of(answer.into_body()), form, of: "WatchStockResponse" }
    }

    /// The next message in JSON, or `over …`.
    async fn next(&mut self) -> String {
        if self.form == "json" {
            let line = self.framed.line().await.expect("a line");
            let over = line.starts_with("{\"end\"") || line.starts_with("{\"error\"");
            return if over { format!("over {line}") } else { line };
        }
        let (flags, message) = self.framed.next().await.expect("an envelope");
        let text = || String::from_utf8(message.to_vec()).unwrap();
        match (flags, self.form) {
            (0, "connect+json") => text(),
            (0, _) => {
                let message = DynamicMessage::decode(self::message(self.of), &*message).unwrap();
                serde_json::to_string(&message).unwrap()
            }
            (2, _) => format!("over {}", text()),
            (other, _) => panic!("flags {other}"),
        }
    }

    /// Messages up to one that says this, with it; heartbeats aside.
    async fn until(&mut self, word: &str) -> Vec<String> {
        let mut all = Vec::new();
        while !all.last().is_some_and(|it: &String| it.contains(word)) {
            let next = self.next().await;
            if !next.contains("\"heartbeat\"") {
                all.push(next);
            }
        }
        all
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_is_told_in_every_form_until_the_server_stops() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    let token = house.token("shop-a").await.secret;
    let mut watches = Vec::new();
    for http in BOTH {
        for form in FORMS {
            watches.push(Told::open(&house, http, &token, form).await);
        }
    }
    for watch in &mut watches {
        let told = watch.until("snapshotEnd").await;
        assert!(told[0].contains(r#""streamSequence":"1","snapshotBegin":{"asOfRevision":"1"}"#));
        assert!(told[1].contains(r#""sku":"mug","location":"main","onHand":"5","reserved":"0""#));
        assert!(told[2].contains(r#""snapshotEnd":{"entryCount":"1"}"#), "{told:?}");
    }
    set(&house.erp, "mug", "4").await;
    for watch in &mut watches {
        let told = watch.until("changes").await;
        let [change] = &told[..] else { panic!("{told:?}") };
        assert!(change.contains(r#""previousRevision":"1","revision":"2","levels":[{"sku":"mug""#));
        assert!(change.contains(r#""onHand":"4""#), "{change}");
    }
    let stopping = tokio::spawn(house.server.stop());
    for watch in &mut watches {
        let told = watch.until("over").await;
        let [away, over] = &told[..] else { panic!("{told:?}") };
        assert!(away.contains("goingAway"), "{away}");
        let expected = if watch.form == "json" { r#"over {"end":{}}"# } else { "over {}" };
        assert_eq!(over, expected);
        assert!(watch.framed.next().await.is_none(), "nothing stands behind the end");
    }
    let stopped = tokio::time::timeout(Duration::from_secs(20), stopping).await;
    stopped.expect("no wire holds it up").unwrap().unwrap();
}

/// In a stream that has begun a refusal stands at its end.
#[tokio::test(flavor = "multi_thread")]
async fn a_watch_ends_when_its_token_does() {
    let house = House::open().await;
    let created = house.token("shop-a").await;
    let mut watches = Vec::new();
    for form in FORMS {
        watches.push(Told::open(&house, Http::One, &created.secret, form).await);
    }
    let token_id = created.token.unwrap().token_id;
    let request = erpsync_client::proto::RevokeTokenRequest {
        request_id: crate::kit::request_id(),
        token_id,
    };
    house.operator.admin().revoke_token(request).await.unwrap();
    for watch in &mut watches {
        let told = watch.until("over").await;
        let over = told.last().unwrap().strip_prefix("over ").unwrap();
        let over: Value = serde_json::from_str(over).unwrap();
        assert_eq!(super::told(&over["error"]), "unauthenticated TOKEN_INVALID");
    }
}

/// How a stream was refused: `200 code REASON paths` at its end, or `400 …` where none began.
async fn refused_stream(answer: hyper::Response<hyper::body::Incoming>) -> String {
    let status = answer.status().as_u16();
    let content_type = answer.headers()["content-type"].to_str().unwrap().to_owned();
    let error = if content_type == "application/json" {
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&body).unwrap()
    } else {
        assert!(content_type.starts_with("application/connect+"), "{content_type}");
        let mut framed = Framed::of(answer.into_body());
        let (flags, end) = framed.next().await.unwrap();
        assert_eq!(flags, 2);
        assert!(framed.next().await.is_none());
        let end: Value = serde_json::from_slice(&end).unwrap();
        end["error"].clone()
    };
    format!("{status} {}", super::told(&error))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_stream_is_refused_at_its_end() {
    let house = House::open().await;
    let bearer = format!("Bearer {}", house.token("shop-a").await.secret);
    let malformed = "200 invalid_argument REQUEST_MALFORMED";
    let unsuitable = "200 unimplemented WIRE_UNSUITABLE";
    let good = envelope(0, SNAPSHOT);
    let large = [&[0][..], &(4 * 1024 * 1024 + 1_u32).to_be_bytes()].concat();
    let bomb = envelope(1, gzip(&vec![b' '; 64 * 1024 * 1024]));
    let gzipped = ("connect-content-encoding", "gzip");
    type Headers<'a> = Vec<(&'a str, &'a str)>;
    let cases: Vec<(&str, Headers, Vec<u8>, &str)> = vec![
        ("nothing", vec![], vec![], unsuitable),
        ("two", vec![], [&good[..], &good].concat(), unsuitable),
        ("a cut head", vec![], good[..3].to_vec(), malformed),
        ("a cut message", vec![], good[..20].to_vec(), malformed),
        ("no envelope", vec![], SNAPSHOT.into(), "200 resource_exhausted MESSAGE_TOO_LARGE"),
        ("too long", vec![], large, "200 resource_exhausted MESSAGE_TOO_LARGE"),
        ("unknown flags", vec![], envelope(4, SNAPSHOT), malformed),
        ("an end from the caller", vec![], envelope(2, "{}"), malformed),
        ("no JSON", vec![], envelope(0, "{"), malformed),
        ("no field", vec![], envelope(0, "{\"a\":1}"), "200 invalid_argument FIELD_INVALID a"),
        ("a bomb", vec![gzipped], bomb, "200 resource_exhausted MESSAGE_TOO_LARGE"),
        ("no gzip", vec![gzipped], envelope(1, SNAPSHOT), malformed),
        ("packed, not said", vec![], envelope(1, gzip(SNAPSHOT.as_bytes())), malformed),
        ("unknown compression", vec![("connect-content-encoding", "br")], good.clone(), unsuitable),
        ("compression twice", vec![gzipped, gzipped], good.clone(), malformed),
        ("a timeout", vec![("connect-timeout-ms", "soon")], good.clone(), malformed),
        ("a version", vec![("connect-protocol-version", "3")], good.clone(), malformed),
        (
            "two tokens",
            vec![("authorization", &bearer)],
            good.clone(),
            "200 unauthenticated TOKEN_INVALID",
        ),
    ];
    for http in BOTH {
        for (what, more, body, expected) in &cases {
            let headers =
                [("content-type", "application/connect+json"), ("authorization", &*bearer)];
            let headers = [&headers[..], more].concat();
            let answer = http.open(&house.address(), post(WATCH, &headers, body.clone())).await;
            assert_eq!(refused_stream(answer).await, *expected, "{what} over {http:?}");
        }
        let headers = [("content-type", "application/connect+json"), ("authorization", &*bearer)];
        let unknown = post("StockService/WatchNothing", &headers, good.clone());
        let answer = http.open(&house.address(), unknown).await;
        assert_eq!(refused_stream(answer).await, "200 unimplemented METHOD_UNKNOWN");
        // What is refused before the first line has the status of HTTP, so that scripts notice.
        let headers = [("content-type", "application/json"), ("authorization", &*bearer)];
        let answer = http.open(&house.address(), post(WATCH, &headers, "{\"a\":1}")).await;
        assert_eq!(refused_stream(answer).await, "400 invalid_argument FIELD_INVALID a");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_streamed_both_ways_over_http_2() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    let bearer = format!("Bearer {}", house.token("erp").await.secret);
    for form in ["connect+json", "connect+proto"] {
        let content_type = format!("application/{form}");
        let headers = [("content-type", &*content_type), ("authorization", &*bearer)];
        let path = format!("/erpsync.v1.{TASKS}");
        let (send, receive) = mpsc::channel::<Vec<u8>>(4);
        let frames = ReceiverStream::new(receive).map(|it| Ok(Frame::data(Bytes::from(it))));
        let request = asked("POST", &path, &headers, "").map(|_| StreamBody::new(frames).boxed());
        let tell = async |json: &str| {
            send.send(said(form, "StreamTasksRequest", json)).await.unwrap();
        };
        tell(r#"{"open":{"maxLeased":1}}"#).await;
        let answer = Http::Two.open(&house.address(), request).await;
        assert_eq!(answer.status(), 200);
        let of = "StreamTasksResponse";
        let form = if form == "connect+json" { "connect+json" } else { "connect+proto" };
        let mut told = Told { framed: Framed::of(answer.into_body()), form, of };
        told.until("opened").await;
        submit(&house.shop, order(form, &[("mug", "1")])).await.unwrap();
        let tasks = told.until("tasks").await.pop().unwrap();
        let tasks: Value = serde_json::from_str(&tasks).unwrap();
        let task = &tasks["tasks"]["tasks"][0];
        assert_eq!(task["order"]["externalOrderId"], form);
        let lease = &task["lease"];
        tell(&format!(
            r#"{{"number":"7","acknowledge":{{"tasks":[{{"lease":{lease},"externalNumber":"{form}"}}]}}}}"#
        ))
        .await;
        let results = told.until("results").await.pop().unwrap();
        assert!(results.contains(r#""number":"7","results":[{"outcome":"OUTCOME_APPLIED"}]"#));
        // What cannot be read ends the stream, and is told.
        send.send(envelope(0, "\u{1}")).await.unwrap();
        let over = told.until("over").await.pop().unwrap();
        assert!(over.contains("REQUEST_MALFORMED"), "{over}");
    }
    let headers = [("content-type", "application/connect+json"), ("authorization", &*bearer)];
    let body = envelope(0, r#"{"open":{"maxLeased":1}}"#);
    let answer = Http::One.open(&house.address(), post(TASKS, &headers, body)).await;
    assert_eq!(refused_stream(answer).await, "200 unimplemented WIRE_UNSUITABLE");
}

/// As `buf curl --protocol connect` asks what there is to call.
#[tokio::test(flavor = "multi_thread")]
async fn reflection_answers_over_connect() {
    let house = House::open().await;
    for version in ["v1", "v1alpha"] {
        let path = format!("/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo");
        let headers = [("content-type", "application/connect+json")];
        let body = envelope(0, r#"{"listServices":"*"}"#);
        let request = asked("POST", &path, &headers, body);
        let answer = Http::Two.open(&house.address(), request).await;
        let (flags, message) = Framed::of(answer.into_body()).next().await.expect("an answer");
        let text = String::from_utf8(message.to_vec()).unwrap();
        assert!(
            flags == 0 && text.contains("erpsync.v1.StockService"),
            "{version}: {flags} {text}"
        );
    }
}
