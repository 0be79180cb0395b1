//! Questions with GET, compression, and pages in browsers.

use base64::prelude::BASE64_URL_SAFE;
use erpsync_client::proto;
use flate2::read::GzDecoder;
use form_urlencoded::byte_serialize;
use prost_types::method_options::IdempotencyLevel;

use super::bad::gzip;
use super::*;
use crate::kit::trade::set;
use crate::kit::{PAGE, asked, methods, post};

const GET: &str = "/erpsync.v1.StockService/GetStock";

fn written(bytes: &[u8]) -> String {
    byte_serialize(bytes).collect()
}

/// Whoever reads, changes nothing; whoever changes something, says so by its name.
#[test]
fn what_only_reads_may_be_asked_with_get() {
    let all = prost_types::FileDescriptorSet::decode(erpsync::proto::DESCRIPTORS).unwrap();
    let services = all.file.iter().flat_map(|it| &it.service);
    let safe: std::collections::BTreeSet<_> = services
        .flat_map(|it| it.method.iter().map(|method| (it.name(), method)))
        .filter(|(_, it)| {
            let options = it.options.clone().unwrap_or_default();
            options.idempotency_level() == IdempotencyLevel::NoSideEffects
        })
        .map(|(service, it)| format!("{service}/{}", it.name()))
        .collect();
    let reads = |it: &String| {
        let name = it.split('/').nth(1).unwrap();
        ["Get", "List", "Read", "Preview"].iter().any(|verb| name.starts_with(verb))
    };
    assert_eq!(safe, methods().into_iter().filter(reads).collect());
    assert!(30 < safe.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_in_a_url() {
    let house = House::open().await;
    set(&house.erp, "mug & cup", "5").await;
    let bearer = format!("Bearer {}", house.token("shop-a").await.secret);
    let headers = [("authorization", &*bearer)];
    let json = r#"{"sku":"mug & cup"}"#;
    let proto = proto::GetStockRequest { sku: "mug & cup".into(), ..Default::default() };
    let proto = proto.encode_to_vec();
    let packed = gzip(json.as_bytes());
    let (base64, unpadded) = (BASE64_URL_SAFE.encode(&proto), BASE64_STANDARD_NO_PAD.encode(json));
    let good = [
        format!("?connect=v1&encoding=json&message={}", written(json.as_bytes())),
        format!("?encoding=json&message={}", written(json.as_bytes())),
        format!("?message={}&encoding=proto", written(&proto)),
        format!("?connect=v1&encoding=proto&base64=1&message={}", written(base64.as_bytes())),
        format!("?connect=v1&encoding=json&base64=1&message={unpadded}"),
        format!(
            "?connect=v1&encoding=json&compression=gzip&base64=1&message={}",
            BASE64_URL_SAFE.encode(&packed)
        ),
    ];
    let invalid = "400 invalid_argument REQUEST_MALFORMED";
    let bad = [
        ("", invalid),
        ("?encoding=json", invalid),
        ("?message={}", invalid),
        ("?encoding=xml&message={}", invalid),
        ("?encoding=json&message={}&encoding=json", invalid),
        ("?encoding=json&message={}&connect=v2", invalid),
        ("?encoding=json&message={}&base64=yes", invalid),
        ("?encoding=json&message=*&base64=1", invalid),
        ("?encoding=json&message={}&sku=mug", invalid),
        ("?encoding=json&message=%7B", invalid),
        ("?encoding=json&message={}&compression=br", "501 unimplemented WIRE_UNSUITABLE"),
        ("?encoding=json&message={}&compression=gzip", invalid),
        ("?encoding=json&message={}", "400 invalid_argument FIELD_INVALID sku"),
        ("?encoding=json&message=%7B%22a%22:1%7D", "400 invalid_argument FIELD_INVALID a"),
    ];
    for http in BOTH {
        for question in &good {
            let request = asked("GET", &format!("{GET}{question}"), &headers, "");
            let heard = http.say(&house.address(), request).await;
            assert_eq!(heard.status, 200, "{question}: {:?}", heard.body);
            let level = match question.contains("encoding=json") {
                true => heard.json()["level"]["onHand"].as_str().unwrap().to_owned(),
                false => {
                    let answer = proto::GetStockResponse::decode(heard.body).unwrap();
                    answer.level.unwrap().on_hand
                }
            };
            assert_eq!(level, "5", "{question}");
        }
        for (question, expected) in bad {
            let request = asked("GET", &format!("{GET}{question}"), &headers, "");
            let heard = http.say(&house.address(), request).await;
            assert_eq!(refused(&heard), expected, "{question}: {}", heard.text());
        }
        let request = asked("GET", &format!("{GET}{}", good[0]), &[], "");
        let stranger = http.say(&house.address(), request).await;
        assert_eq!(refused(&stranger), "401 unauthenticated TOKEN_INVALID");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gzip_there_and_back() {
    let house = House::open().await;
    let bearer = format!("Bearer {}", house.token("erp").await.secret);
    let readings: Vec<_> = (0..100)
        .map(|it| serde_json::json!({ "sku": format!("mug-{it}"), "onHand": "1" }))
        .collect();
    let body = serde_json::json!({ "requestId": "many", "readings": readings }).to_string();
    let headers = [
        ("content-type", "application/json"),
        ("authorization", &*bearer),
        ("content-encoding", "gzip"),
        ("accept-encoding", "br, gzip"),
    ];
    for http in BOTH {
        let request = post("StockService/SetStock", &headers, gzip(body.as_bytes()));
        let heard = http.say(&house.address(), request).await;
        assert_eq!((heard.status.as_u16(), heard.header("content-encoding")), (200, "gzip"));
        let answer: Value = serde_json::from_reader(GzDecoder::new(&*heard.body)).unwrap();
        assert_eq!(answer["results"].as_array().unwrap().len(), 100);
        // What is small stays as it is.
        let request = post("StockService/GetStock", &headers, gzip(b"{\"sku\":\"mug-1\"}"));
        let heard = http.say(&house.address(), request).await;
        assert_eq!(heard.header("content-encoding"), "");
        assert_eq!(heard.json()["level"]["onHand"], "1");
    }
    // In streams each message by itself, by headers of their own.
    let headers = [
        ("content-type", "application/connect+json"),
        ("authorization", &*bearer),
        ("connect-content-encoding", "gzip"),
        ("connect-accept-encoding", "gzip"),
    ];
    let ask = gzip(br#"{"start":{"snapshot":true}}"#);
    let ask = [&[1][..], &(ask.len() as u32).to_be_bytes(), &ask].concat();
    let request = post("StockService/WatchStock", &headers, ask);
    let answer = Http::One.open(&house.address(), request).await;
    assert_eq!(answer.headers()["connect-content-encoding"], "gzip");
    let mut framed = crate::kit::Framed::of(answer.into_body());
    let (flags, begin) = framed.next().await.unwrap();
    assert_eq!(flags, 0);
    assert!(serde_json::from_slice::<Value>(&begin).unwrap()["snapshotBegin"].is_object());
    let (flags, chunk) = framed.next().await.unwrap();
    assert_eq!(flags, 1);
    let chunk: Value = serde_json::from_reader(GzDecoder::new(&*chunk)).unwrap();
    assert_eq!(chunk["snapshotChunk"]["levels"].as_array().unwrap().len(), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_named_origins_may_call() {
    let house = House::open().await;
    let ask = async |origin| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        Http::One.say(&house.address(), asked("OPTIONS", GET, &headers, "")).await
    };
    let yes = ask(PAGE).await;
    assert_eq!((yes.status.as_u16(), yes.header("access-control-allow-origin")), (204, PAGE));
    assert_eq!(yes.header("access-control-allow-methods"), "GET, POST");
    assert!(yes.header("access-control-allow-headers").starts_with("authorization, content-type"));
    assert_eq!(yes.header("vary"), "origin");
    for stranger in ["https://evil.example", "https://shop.example.evil", "null", "*"] {
        let no = ask(stranger).await;
        assert_eq!(refused(&no), "405 unimplemented WIRE_UNSUITABLE");
        assert_eq!(no.header("access-control-allow-origin"), "");
    }
    // An answer may be read there, also one that refuses.
    let headers = [("origin", PAGE), ("content-type", "application/json")];
    let answer = Http::One.say(&house.address(), asked("POST", GET, &headers, "{}")).await;
    assert_eq!(refused(&answer), "401 unauthenticated TOKEN_INVALID");
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert!(answer.header("access-control-expose-headers").contains("grpc-status-details-bin"));
}
