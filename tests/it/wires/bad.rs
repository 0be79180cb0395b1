//! What is wrong with a call, told as the caller speaks.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::kit::{asked, post};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_says_where_and_what_would_be() {
    let house = House::open().await;
    let token = house.token("erp").await.secret;
    let set = "StockService/SetStock";
    let cases = [
        ("", "REQUEST_MALFORMED", "there is no message; one without fields is {}"),
        ("  \n", "REQUEST_MALFORMED", "there is no message; one without fields is {}"),
        ("{", "REQUEST_MALFORMED", "EOF while parsing an object at line 1 column 1"),
        ("{]", "REQUEST_MALFORMED", "line 1 column 2"),
        ("{}}", "REQUEST_MALFORMED", "trailing characters at line 1 column 3"),
        ("{'a': 1}", "REQUEST_MALFORMED", "line 1 column 2"),
        ("{\"requestId\": \"\\ud800\"}", "REQUEST_MALFORMED", "line 1"),
        ("[]", "REQUEST_MALFORMED", "SetStockRequest: invalid type: sequence"),
        ("null", "REQUEST_MALFORMED", "SetStockRequest: invalid type: null"),
        (
            "{\"requestId\": 1}",
            "FIELD_INVALID request_id",
            "must be a string: invalid type: integer `1`",
        ),
        (
            "{\"readings\": {}}",
            "FIELD_INVALID readings",
            "must be a list, each an object: invalid type: map",
        ),
        (
            "{\"readings\": [{}, 5]}",
            "FIELD_INVALID readings[1]",
            "must be an object: invalid type: integer `5`",
        ),
        (
            "{\"readings\": [null]}",
            "FIELD_INVALID readings[0]",
            "must be an object: invalid type: null",
        ),
        (
            "{\"readings\": [{\"sku\": \"a\"}, {\"onHand\": 5}]}",
            "FIELD_INVALID readings[1].on_hand",
            "readings[1].on_hand: must be a string: invalid type: integer `5`",
        ),
        (
            "{\"readings\": [{\"sequence\": \"x\"}]}",
            "FIELD_INVALID readings[0].sequence",
            "StockReading has no such field; it has sku, location",
        ),
        (
            "{\"nothing\": 1}",
            "FIELD_INVALID nothing",
            "SetStockRequest has no such field; it has request_id",
        ),
        (
            "{\"readings\": [{\"statementSequence\": \"7x\"}]}",
            "FIELD_INVALID readings[0].statement_sequence",
            "a whole number of 64 bits",
        ),
        (
            "{\"readings\": [{\"statementSequence\": 1.5}]}",
            "FIELD_INVALID readings[0].statement_sequence",
            "a whole number of 64 bits",
        ),
        (
            "{\"readings\": [{\"statementSequence\": \"9223372036854775808\"}]}",
            "FIELD_INVALID readings[0].statement_sequence",
            "number too large",
        ),
    ];
    for http in BOTH {
        for (body, expected, words) in cases {
            let heard = say(&house, http, &token, set, body).await;
            let answer = refused(&heard);
            assert_eq!(answer, format!("400 invalid_argument {expected}"), "{body}");
            let message = heard.json()["message"].as_str().unwrap().to_owned();
            assert!(message.contains(words), "{body}: {message}");
        }
    }
    let operator = create_token(&house.operator, "", "", "").await.secret;
    let others = [
        (
            "InvoiceService/RecordInvoice",
            "{\"priceMode\": \"NETTO\"}",
            "price_mode",
            "must be one of PRICE_MODE_UNSPECIFIED, PRICE_MODE_NET, PRICE_MODE_GROSS: unrecognized",
        ),
        (
            "InvoiceService/RecordInvoice",
            "{\"priceMode\": true}",
            "price_mode",
            "must be one of PRICE",
        ),
        ("InboxService/LeaseTasks", "{\"wait\": 5}", "wait", "must be a duration such as"),
        ("InboxService/LeaseTasks", "{\"wait\": \"5\"}", "wait", "must be a duration such as"),
        (
            "AdminService/CreateToken",
            "{\"expireTime\": \"soon\"}",
            "expire_time",
            "must be a time such",
        ),
        ("InboxService/LeaseTasks", "{\"maxTasks\": 2147483648}", "max_tasks", "of 32 bits"),
        (
            "OrderService/GetOrder",
            "{\"order\": {\"external\": []}}",
            "order.external",
            "must be an object",
        ),
        (
            "OrderService/GetOrder",
            "{\"order\": {\"orderId\": \"1\", \"external\": {}}}",
            "order",
            "multiple fields provided for oneof 'reference'",
        ),
    ];
    for (method, body, path, words) in others {
        let token = if method.starts_with("Admin") { &operator } else { &token };
        let heard = say(&house, Http::One, token, method, body).await;
        assert_eq!(refused(&heard), format!("400 invalid_argument FIELD_INVALID {path}"), "{body}");
        let message = heard.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(words), "{body}: {message}");
    }
    let deep = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let heard = say(&house, Http::One, &token, set, &deep).await;
    assert!(refused(&heard).starts_with("400 invalid_argument"), "{}", heard.text());
    let no_text = [b"{\"requestId\": \"", &b"\xff\"}"[..]].concat();
    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/json"), ("authorization", &bearer)];
    let heard = Http::One.say(&house.address(), post(set, &headers, no_text)).await;
    assert_eq!(refused(&heard), "400 invalid_argument REQUEST_MALFORMED");
    let headers = [("content-type", "application/proto"), ("authorization", &bearer)];
    let heard = Http::One.say(&house.address(), post(set, &headers, "\u{ff}")).await;
    assert_eq!(refused(&heard), "400 invalid_argument REQUEST_MALFORMED");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_damaged_header_is_named() {
    let house = House::open().await;
    let bearer = format!("Bearer {}", house.token("erp").await.secret);
    let good = [("content-type", "application/json"), ("authorization", &*bearer)];
    let malformed = "400 invalid_argument REQUEST_MALFORMED";
    let unsuitable = "501 unimplemented WIRE_UNSUITABLE";
    fn join<'a>(
        good: &[(&'a str, &'a str)],
        more: &[(&'a str, &'a str)],
    ) -> Vec<(&'a str, &'a str)> {
        [good, more].concat()
    }
    let with = |more| join(&good, more);
    let cases = [
        (with(&[]), "200"),
        (with(&[("connect-protocol-version", "1")]), "200"),
        (with(&[("connect-protocol-version", "2")]), malformed),
        (with(&[("connect-protocol-version", "")]), malformed),
        (with(&[("connect-protocol-version", "1"), ("connect-protocol-version", "1")]), malformed),
        (with(&[("connect-timeout-ms", "5000")]), "200"),
        (with(&[("connect-timeout-ms", "9999999999")]), "200"),
        (with(&[("connect-timeout-ms", "")]), malformed),
        (with(&[("connect-timeout-ms", "-1")]), malformed),
        (with(&[("connect-timeout-ms", "5s")]), malformed),
        (with(&[("connect-timeout-ms", "10000000000")]), malformed),
        (with(&[("connect-timeout-ms", "é")]), malformed),
        (with(&[("connect-timeout-ms", "5000"), ("connect-timeout-ms", "5000")]), malformed),
        // Of no meaning here: it belongs to gRPC.
        (with(&[("grpc-encoding", "br")]), "200"),
        (with(&[("content-encoding", "identity")]), "200"),
        (with(&[("content-encoding", "br")]), unsuitable),
        (with(&[("content-encoding", "gzip, gzip")]), unsuitable),
        (with(&[("content-encoding", "gzip"), ("content-encoding", "gzip")]), malformed),
        (with(&[("content-encoding", "gzip")]), malformed),
        (with(&[("authorization", &*bearer)]), "401 unauthenticated TOKEN_INVALID"),
        (vec![good[0]], "401 unauthenticated TOKEN_INVALID"),
        (vec![good[0], ("authorization", "Bearer é")], "401 unauthenticated TOKEN_INVALID"),
        (vec![good[0], ("authorization", "Basic eDp5")], "401 unauthenticated TOKEN_INVALID"),
        // Who nobody knows is not told what is wrong with the rest.
        (vec![good[0], ("connect-timeout-ms", "x")], "401 unauthenticated TOKEN_INVALID"),
    ];
    for http in BOTH {
        for (headers, expected) in &cases {
            let request = post("ServerInfoService/GetServerInfo", headers, "{}");
            let heard = http.say(&house.address(), request).await;
            let answer = if heard.status == 200 { "200".into() } else { refused(&heard) };
            assert_eq!(answer, *expected, "{http:?} {headers:?}: {}", heard.text());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_mebibytes_are_read_packed_or_not_and_no_byte_more() {
    const MOST: usize = 4 * 1024 * 1024;
    let house = House::open().await;
    let bearer = format!("Bearer {}", house.token("erp").await.secret);
    let json = |size: usize| {
        let mut body = b"{\"sku\":\"".to_vec();
        body.resize(size - 2, b'x');
        body.extend(b"\"}");
        body
    };
    let plain = [("content-type", "application/json"), ("authorization", &*bearer)];
    let packed = [&plain[..], &[("content-encoding", "gzip")]].concat();
    let proto = [("content-type", "application/proto"), ("authorization", &*bearer)];
    let bomb = gzip(&vec![b' '; 512 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    let long = "400 invalid_argument FIELD_INVALID sku";
    let too_large = "429 resource_exhausted MESSAGE_TOO_LARGE";
    let cases = [
        ("whole", &plain[..], json(MOST), long),
        ("one more", &plain, json(MOST + 1), too_large),
        ("packed", &packed, gzip(&json(MOST)), long),
        ("one more, packed", &packed, gzip(&json(MOST + 1)), too_large),
        ("a bomb", &packed, bomb, too_large),
        ("no gzip", &packed, json(100), "400 invalid_argument REQUEST_MALFORMED"),
        ("cut", &packed, gzip(&json(100))[..30].to_vec(), "400 invalid_argument REQUEST_MALFORMED"),
        ("one more, of bytes", &proto, vec![0; MOST + 1], too_large),
    ];
    for http in BOTH {
        for (what, headers, body, expected) in &cases {
            let request = post("StockService/GetStock", headers, body.clone());
            let heard = http.say(&house.address(), request).await;
            assert_eq!(refused(&heard), *expected, "{what} over {http:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_wrongly_is_told_how_it_is_called() {
    let house = House::open().await;
    let token = house.token("erp").await.secret;
    let bearer = format!("Bearer {token}");
    let get = "/erpsync.v1.StockService/GetStock";
    let watch = "/erpsync.v1.StockService/WatchStock";
    let tasks = "/erpsync.v1.InboxService/StreamTasks";
    let set = "/erpsync.v1.StockService/SetStock";
    let verb = "405 unimplemented WIRE_UNSUITABLE";
    let kind = "415 unimplemented WIRE_UNSUITABLE";
    let unknown = "404 unimplemented METHOD_UNKNOWN";
    let json = "application/json";
    // verb, path, content type, answer, a word of the message
    let cases = [
        ("GET", "/", json, unknown, "calls are made like POST"),
        ("GET", "/erpsync.v1.StockService/Nothing", json, unknown, "calls are made like POST"),
        ("POST", "/erpsync.v1.StockService/Nothing", json, unknown, "StockService/Nothing"),
        ("POST", "/erpsync.v1.Nothing/SetStock", json, unknown, "Nothing/SetStock"),
        ("POST", "/", json, unknown, "there is no method"),
        ("GET", set, json, verb, "is not called with GET; POST would do"),
        ("PUT", set, json, verb, "is not called with PUT; POST would do"),
        ("PATCH", watch, json, verb, "POST would do"),
        ("OPTIONS", set, json, verb, "POST would do"),
        ("POST", get, "", kind, "no content-type; application/json, application/proto"),
        ("POST", get, "text/plain", kind, "content-type text/plain; application/json"),
        ("POST", get, "application/json; charset=latin1", kind, "application/json"),
        ("POST", get, "application/x-www-form-urlencoded", kind, "application/json"),
        ("POST", get, "application/connect+json", kind, "application/json"),
        ("POST", get, "application/jsonx", kind, "application/json"),
        ("POST", watch, "application/proto", kind, "application/connect+proto"),
        ("POST", tasks, json, kind, "or single calls: LeaseTasks, AcknowledgeTasks"),
        ("POST", tasks, "application/proto", kind, "or single calls: LeaseTasks, AcknowledgeTasks"),
    ];
    for http in BOTH {
        for (verb, path, content_type, expected, words) in cases {
            let mut headers = vec![("authorization", &*bearer)];
            headers.extend((!content_type.is_empty()).then_some(("content-type", content_type)));
            let heard = http.say(&house.address(), asked(verb, path, &headers, "{}")).await;
            let what = format!("{verb} {path} {content_type:?}: {}", heard.text());
            assert_eq!(refused(&heard), expected, "{what}");
            assert!(heard.json()["message"].as_str().unwrap().contains(words), "{what}");
            let info = &heard.json()["details"][0]["debug"]["metadata"];
            assert_eq!(info["method"], path[1..], "{what}");
            assert_eq!(heard.header("allow").is_empty(), heard.status != 405, "{what}");
            assert_eq!(heard.header("accept-post").is_empty(), heard.status != 415, "{what}");
        }
    }
    let twice = [("content-type", json), ("content-type", json), ("authorization", &bearer)];
    let heard = Http::One.say(&house.address(), asked("POST", get, &twice, "{}")).await;
    assert_eq!(refused(&heard), kind);
    assert!(heard.text().contains("several content-types"));
    let damaged = [("content-type", "application/jsoné"), ("authorization", &*bearer)];
    let heard = Http::One.say(&house.address(), asked("POST", get, &damaged, "{}")).await;
    assert_eq!(refused(&heard), kind);
    for good in ["application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""] {
        let headers = [("content-type", good), ("authorization", &*bearer)];
        let heard = Http::One.say(&house.address(), asked("POST", get, &headers, "{}")).await;
        assert_eq!(refused(&heard), "400 invalid_argument FIELD_INVALID sku");
    }
    // Who reads gRPC alone finds its status beside that of HTTP.
    for (verb, path, content_type, status) in [
        ("DELETE", set, "application/grpc", 405),
        ("POST", get, "application/grpc+json", 415),
        ("PUT", set, "application/grpc-web+proto", 405),
        ("POST", get, "application/grpc-web+json", 415),
    ] {
        for http in BOTH {
            let headers = [("content-type", content_type), ("authorization", &*bearer)];
            let heard = http.say(&house.address(), asked(verb, path, &headers, "")).await;
            assert_eq!((heard.status.as_u16(), heard.text()), (status, ""), "{content_type}");
            assert!(
                content_type.starts_with(heard.header("content-type").trim_end_matches("+proto"))
            );
            assert_eq!(heard.header("grpc-status"), "12");
            let told = tonic::Status::from_header_map(&heard.headers).unwrap();
            let told = erpsync_client::refusal(&told).unwrap();
            assert_eq!(told.reason, "WIRE_UNSUITABLE");
            assert_eq!(heard.header("allow").is_empty(), status != 405);
            assert_eq!(heard.header("accept-post").is_empty(), status != 415);
        }
    }
    let grpc = [("content-type", "application/grpc"), ("authorization", &*bearer)];
    let heard = Http::One.say(&house.address(), asked("POST", get, &grpc, "")).await;
    assert_eq!(refused(&heard), "505 unimplemented WIRE_UNSUITABLE");
}
