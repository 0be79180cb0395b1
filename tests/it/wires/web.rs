//! gRPC-Web: frames of gRPC in bodies of HTTP, as bytes or as base64, trailers in a frame of their own;
//! and what is wrong with frames, which gRPC says in the same words.

use base64::prelude::BASE64_STANDARD;
use erpsync_client::proto;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use super::bad::gzip;
use super::*;
use crate::kit::trade::set;
use crate::kit::{Framed, post};

const GRPC: &str = "application/grpc";
const BINARY: &str = "application/grpc-web+proto";
const TEXT: &str = "application/grpc-web-text+proto";
const GET: &str = "StockService/GetStock";

fn frame(flags: u8, message: &[u8]) -> Vec<u8> {
    [&[flags][..], &(message.len() as u32).to_be_bytes(), message].concat()
}

fn written(content_type: &str, bytes: &[u8]) -> Vec<u8> {
    if content_type.contains("text") { BASE64_STANDARD.encode(bytes).into() } else { bytes.into() }
}

/// `0 message`, or `grpc-status REASON`; in headers or in the last frame.
async fn heard(answer: hyper::Response<Incoming>) -> (Vec<Vec<u8>>, String) {
    assert_eq!(answer.status(), 200);
    let (mut parts, body) = answer.into_parts();
    let content_type = parts.headers["content-type"].to_str().unwrap().to_owned();
    let body = body.collect().await.unwrap();
    parts.headers.extend(body.trailers().cloned().unwrap_or_default());
    let bytes = body.to_bytes();
    let bytes = match &*content_type {
        TEXT => {
            // Each frame is written by itself, with its padding.
            let text = std::str::from_utf8(&bytes).unwrap().replace('=', "= ");
            let parts = text.replace("= = ", "== ");
            let parts = parts.split(' ').filter(|it| !it.is_empty());
            parts.flat_map(|it| BASE64_STANDARD.decode(it).unwrap()).collect()
        }
        BINARY | GRPC => bytes.to_vec(),
        other => panic!("{other}"),
    };
    let (mut messages, mut rest, mut trailers) = (Vec::new(), &bytes[..], String::new());
    while let Some((head, behind)) = rest.split_first_chunk::<5>() {
        let length = u32::from_be_bytes(head[1..].try_into().unwrap()) as usize;
        let (message, behind) = behind.split_at(length);
        match head[0] {
            0 => messages.push(message.to_vec()),
            0x80 => trailers = String::from_utf8(message.to_vec()).unwrap(),
            other => panic!("flags {other}"),
        }
        rest = behind;
    }
    let of = |name: &str| {
        let header = parts.headers.get(name).map(|it| it.to_str().unwrap().to_owned());
        let line = trailers.lines().find_map(|it| it.strip_prefix(&format!("{name}:")));
        header.or(line.map(|it| it.trim().to_owned())).unwrap_or_default()
    };
    let details = of("grpc-status-details-bin");
    let details = BASE64_STANDARD_NO_PAD.decode(details.trim_end_matches('=')).unwrap();
    let details = tonic_types::pb::Status::decode(&*details).unwrap().details;
    let reason = details.first().map(|it| tonic_types::pb::ErrorInfo::decode(&*it.value).unwrap());
    let status = [of("grpc-status"), reason.map(|it| it.reason).unwrap_or_default()];
    (messages, status.join(" ").trim().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_read_and_watch() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    let bearer = format!("Bearer {}", house.token("shop-a").await.secret);
    let get = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
    let get = frame(0, &get.encode_to_vec());
    for http in BOTH {
        for content_type in [BINARY, TEXT, "application/grpc-web", "application/grpc-web-text"] {
            let headers = [("content-type", content_type), ("authorization", &*bearer)];
            let request = post(GET, &headers, written(content_type, &get));
            let (messages, status) = heard(http.open(&house.address(), request).await).await;
            assert_eq!(status, "0", "{content_type}");
            let [message] = &messages[..] else { panic!("{messages:?}") };
            let level = proto::GetStockResponse::decode(&**message).unwrap().level.unwrap();
            assert_eq!((&*level.sku, &*level.on_hand), ("mug", "5"));
        }
        let headers = [("content-type", BINARY), ("authorization", &*bearer)];
        let packed = [&headers[..], &[("grpc-encoding", "gzip")]].concat();
        let request = post(GET, &packed, frame(1, &gzip(&get[5..])));
        let (messages, status) = heard(http.open(&house.address(), request).await).await;
        assert_eq!((messages.len(), &*status), (1, "0"));
        let request = post("StockService/WatchStock", &headers, frame(0, b""));
        let answer = http.open(&house.address(), request).await;
        let mut framed = Framed::of(answer.into_body());
        let mut told = Vec::new();
        while !matches!(told.last(), Some(proto::watch_stock_response::Event::SnapshotEnd(_))) {
            let (flags, message) = framed.next().await.unwrap();
            assert_eq!(flags, 0);
            told.extend(proto::WatchStockResponse::decode(message).unwrap().event);
        }
        assert_eq!(told.len(), 3, "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_frames_is_told() {
    let house = House::open().await;
    let bearer = format!("Bearer {}", house.token("shop-a").await.secret);
    let good = frame(0, b"");
    let bomb = frame(1, &gzip(&vec![0; 64 * 1024 * 1024]));
    let packed = vec![("grpc-encoding", "gzip")];
    let (invalid, large) = ("3 REQUEST_MALFORMED", "8 MESSAGE_TOO_LARGE");
    let unsuitable = "12 WIRE_UNSUITABLE";
    // what, content type, headers, body, answer
    type Headers<'a> = Vec<(&'a str, &'a str)>;
    let cases: Vec<(&str, &str, Headers, Vec<u8>, &str)> = vec![
        ("no sku", BINARY, vec![], good.clone(), "3 FIELD_INVALID"),
        ("no sku", TEXT, vec![], written(TEXT, &good), "3 FIELD_INVALID"),
        ("nothing", BINARY, vec![], vec![], unsuitable),
        ("two", BINARY, vec![], [&good[..], &good].concat(), unsuitable),
        ("a cut head", BINARY, vec![], good[..3].to_vec(), invalid),
        ("a cut message", BINARY, vec![], frame(0, b"abc")[..6].to_vec(), invalid),
        ("no message", BINARY, vec![], frame(0, b"\xff"), invalid),
        ("unknown flags", BINARY, vec![], frame(9, b""), invalid),
        ("too large", BINARY, vec![], frame(0, &vec![0; 4 * 1024 * 1024 + 1]), large),
        ("no base64", TEXT, vec![], b"****".to_vec(), invalid),
        ("cut base64", TEXT, vec![], b"AAA".to_vec(), invalid),
        ("no gzip", BINARY, packed.clone(), frame(1, b"abc"), invalid),
        ("a bomb", BINARY, packed, bomb, large),
        ("packed, not said", BINARY, vec![], frame(1, b"abc"), invalid),
        ("unknown compression", BINARY, vec![("grpc-encoding", "br")], good.clone(), unsuitable),
        ("a timeout", BINARY, vec![("grpc-timeout", "soon")], good.clone(), invalid),
        ("two tokens", BINARY, vec![("authorization", &bearer)], good.clone(), "16 TOKEN_INVALID"),
    ];
    let check = async |http: Http, method: &str, content_type, more: &[_], body: &[u8]| {
        let headers = [("content-type", content_type), ("authorization", &*bearer)];
        let request = post(method, &[&headers[..], more].concat(), body.to_vec());
        let (messages, status) = heard(http.open(&house.address(), request).await).await;
        assert!(messages.is_empty(), "{status}");
        status
    };
    for (what, content_type, more, body, expected) in &cases {
        for http in BOTH {
            let status = check(http, GET, content_type, more, body).await;
            assert_eq!(status, *expected, "{what} over {http:?}");
        }
        if *content_type == BINARY {
            let status = check(Http::Two, GET, GRPC, more, body).await;
            assert_eq!(status, *expected, "{what} over gRPC");
        }
    }
    for (http, content_type) in [(Http::One, BINARY), (Http::Two, TEXT), (Http::Two, GRPC)] {
        let status = check(http, "StockService/Nothing", content_type, &[], &good).await;
        assert_eq!(status, "12 METHOD_UNKNOWN");
    }
}
