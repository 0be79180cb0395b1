//! What a connection may take: time, headers, streams; and how many there may be.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use erpsync::config;
use erpsync_client::{Connection, proto, refusal};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus};

use crate::kit::frames::{Frames, GO_AWAY, HEADERS, RESET};
use crate::kit::trade::all_read;
use crate::kit::{Authority, Folder, House, Http, address, post, serve_behind};

const INFO: &str = "ServerInfoService/GetServerInfo";
const WATCH: &str = "erpsync.v1.StockService/WatchStock";
const REFUSED_STREAM: u32 = 7;
const ENHANCE_YOUR_CALM: u32 = 11;

async fn line(address: &str) -> TcpStream {
    let line = TcpStream::connect(address.split_once("://").unwrap().1).await.unwrap();
    line.set_nodelay(true).unwrap();
    line
}

/// Reads until the other side ends it, which it has to.
async fn ended(mut line: TcpStream) -> Vec<u8> {
    let mut heard = Vec::new();
    let end = timeout(Duration::from_secs(60), line.read_to_end(&mut heard)).await;
    // Ended is ended, however abruptly.
    let _ = end.expect("an end");
    heard
}

async fn info(connection: &Connection) -> proto::GetServerInfoResponse {
    let asked = connection.server_info().get_server_info(proto::GetServerInfoRequest {}).await;
    asked.unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_speak_is_left() {
    let house = House::open().await;
    let folder = Folder::new("silence");
    let tls = Some(Authority::new().certify().write(folder.path()));
    let door = config::Door { tls, ..Default::default() };
    let encrypted = serve_behind(&house.database, &house.clock, door).await;
    let handshake = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc];
    let head = b"POST /erpsync.v1.StockService/GetStock HTTP/1.1\r\nhost: localhost\r\n";
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n";
    let plain = house.address();
    let cases = [
        (&plain, &b""[..]),
        (&plain, b"P"),
        (&plain, preface),
        (&plain, head),
        (&address(&encrypted), b""),
        (&address(&encrypted), &handshake[..1]),
        (&address(&encrypted), &handshake),
        // Unencrypted, and slow.
        (&address(&encrypted), b"P"),
        (&address(&encrypted), head),
        (&address(&encrypted), preface),
    ];
    let begin = Instant::now();
    let mut all = Vec::new();
    for (address, said) in cases {
        let mut line = line(address).await;
        line.write_all(said).await.unwrap();
        all.push(tokio::spawn(ended(line)));
    }
    // One that has made a call is left as well when it says nothing more.
    let mut idle = line(&plain).await;
    idle.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    all.push(tokio::spawn(ended(idle)));
    for it in all {
        it.await.unwrap();
    }
    assert!(Duration::from_secs(5) < begin.elapsed(), "who is a little slow is not left");
    assert_eq!(info(&house.erp).await.system, "erp");
    encrypted.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_headers_of_sixteen_kibibytes_and_no_more() {
    let house = House::open().await;
    let limits = info(&house.erp).await.limits.unwrap();
    assert_eq!((limits.headers_max, limits.headers_bytes_max), (100, 16 * 1024));
    assert_eq!((limits.streams_per_connection_max, limits.calls_per_second_max), (100, 5_000));
    let bearer = format!("Bearer {}", house.token("erp").await.secret);
    // Said by us, so that no library adds it.
    let own = |content_type| {
        let length = if content_type == "application/json" { "2" } else { "5" };
        vec![
            ("content-type".to_owned(), content_type),
            ("content-length".to_owned(), length),
            ("authorization".to_owned(), &*bearer),
        ]
    };
    let many = |content_type, count: usize| {
        let mut headers = own(content_type);
        headers.extend((headers.len()..count).map(|nth| (format!("x-{nth}"), "x")));
        headers
    };
    let weight = |headers: &[(String, &str)]| -> usize {
        headers.iter().map(|(name, value)| name.len() + value.len() + 32).sum()
    };
    let filler = "x".repeat(16 * 1024);
    let heavy = |content_type, bytes: usize| {
        let mut headers = own(content_type);
        let rest = bytes - weight(&headers) - 32 - "x-heavy".len();
        headers.push(("x-heavy".into(), &filler[..rest]));
        assert_eq!(weight(&headers), bytes);
        headers
    };
    let say = async |http: Http, headers: Vec<(String, &str)>| {
        let body = if headers[0].1 == "application/json" { &b"{}"[..] } else { &[0; 5] };
        let headers: Vec<_> = headers.iter().map(|(name, value)| (&**name, *value)).collect();
        http.say(&house.address(), post(INFO, &headers, body.to_vec())).await
    };
    for http in [Http::One, Http::Two] {
        let json = "application/json";
        for good in [many(json, 100), heavy(json, 16 * 1024)] {
            let heard = say(http, good).await;
            assert_eq!((heard.status.as_u16(), &heard.json()["system"]), (200, &"erp".into()));
        }
        for bad in [many(json, 101), heavy(json, 16 * 1024 + 1)] {
            let heard = say(http, bad).await;
            assert_eq!(heard.status, 431);
            assert!(heard.text().contains("HEADERS_TOO_LARGE"), "{}", heard.text());
        }
        let web = "application/grpc-web+proto";
        assert_eq!(say(http, many(web, 100)).await.header("grpc-status"), "");
        assert_eq!(say(http, many(web, 101)).await.header("grpc-status"), "8");
    }
    let grpc = "application/grpc";
    assert_eq!(say(Http::Two, many(grpc, 100)).await.header("grpc-status"), "");
    let heard = say(Http::Two, many(grpc, 101)).await;
    assert_eq!((heard.status.as_u16(), heard.header("grpc-status")), (200, "8"));
    assert!(!heard.header("grpc-status-details-bin").is_empty());
    // What nobody can mean is not read.
    for headers in [many(grpc, 300), heavy(grpc, 16 * 1024)] {
        let mut line = line(&house.address()).await;
        line.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        for (name, value) in headers.iter().cycle().take(600) {
            if line.write_all(format!("{name}: {value}\r\n").as_bytes()).await.is_err() {
                break;
            }
        }
        let heard = ended(line).await;
        let heard = String::from_utf8_lossy(&heard);
        assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 431"), "{heard}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_streams_over_a_connection_and_no_more() {
    let house = House::open().await;
    let token = house.token("shop-a").await.secret;
    let mut frames = Frames::open(&house.address()).await;
    let mut streams = Vec::new();
    for _ in 0..100 {
        streams.push(frames.call(WATCH, &token).await);
    }
    for _ in &streams {
        let begun = frames.next_of(&[HEADERS, RESET, GO_AWAY]).await.unwrap();
        assert_eq!(begun.kind, HEADERS, "{begun:?}");
    }
    let one_more = frames.call(WATCH, &token).await;
    let refused = frames.next_of(&[HEADERS, RESET, GO_AWAY]).await.unwrap();
    assert_eq!((refused.kind, refused.stream, refused.code()), (RESET, one_more, REFUSED_STREAM));
    // Another connection has its own hundred, and one that ends makes room.
    let mut other = Frames::open(&house.address()).await;
    other.call(WATCH, &token).await;
    assert_eq!(other.next_of(&[HEADERS, RESET, GO_AWAY]).await.unwrap().kind, HEADERS);
    frames.reset(streams[7]).await;
    let next = frames.call(WATCH, &token).await;
    let begun = loop {
        let heard = frames.next_of(&[HEADERS, RESET, GO_AWAY]).await.unwrap();
        // What was said over the stream that was refused is refused, too.
        if heard.stream != one_more {
            break heard;
        }
    };
    assert_eq!((begun.kind, begun.stream), (HEADERS, next));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_resets_as_fast_as_it_calls_is_left() {
    let house = House::open().await;
    let token = house.token("shop-a").await.secret;
    for token in ["nobody", &*token] {
        let mut frames = Frames::open(&house.address()).await;
        frames.call_and_reset(WATCH, token, 20_000).await;
        let away = frames.next_of(&[GO_AWAY]).await;
        if let Some(away) = away {
            assert_eq!(away.code(), ENHANCE_YOUR_CALM);
        }
        assert!(frames.next_of(&[]).await.is_none(), "it is ended");
    }
    assert_eq!(info(&house.erp).await.system, "erp");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_before_it_was_read_ends_nobody_elses_call() {
    let house = House::open().await;
    let token = house.token("shop-a").await.secret;
    let mut frames = Frames::open(&house.address()).await;
    let watch = frames.call(WATCH, &token).await;
    assert_eq!(frames.next_of(&[HEADERS, GO_AWAY]).await.unwrap().stream, watch);
    for _ in 0..40 {
        let mut begun = BTreeSet::new();
        for _ in 0..99 {
            begun.insert(frames.begin(WATCH, "nobody").await);
        }
        let mut refused = BTreeSet::new();
        while !refused.is_superset(&begun) {
            refused.insert(frames.next_of(&[RESET]).await.expect("no end").stream);
        }
        // As callers do who have not yet heard of it.
        for stream in begun {
            frames.go_on(stream).await;
        }
    }
    let next = frames.call(WATCH, &token).await;
    let begun = loop {
        let heard = frames.next_of(&[HEADERS, RESET, GO_AWAY]).await.unwrap();
        assert!(heard.kind != GO_AWAY && heard.stream != watch, "{heard:?}");
        if heard.stream == next {
            break heard;
        }
    };
    assert_eq!(begun.kind, HEADERS);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_as_many_connections_as_may_be() {
    let house = House::open().await;
    let door = config::Door { connections_max: 3, ..Default::default() };
    let server = serve_behind(&house.database, &house.clock, door).await;
    let say = async |line: &mut TcpStream| {
        let mut heard = [0; 12];
        line.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.ok()?;
        line.read_exact(&mut heard).await.ok()?;
        Some(String::from_utf8_lossy(&heard).into_owned())
    };
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut line = line(&address(&server)).await;
        assert_eq!(say(&mut line).await.as_deref(), Some("HTTP/1.1 404"));
        open.push(line);
    }
    let mut one_more = line(&address(&server)).await;
    assert_eq!(say(&mut one_more).await, None);
    // Where one ends is room for another.
    drop(open.pop());
    loop {
        let mut next = line(&address(&server)).await;
        if say(&mut next).await.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(open);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_grows_old_and_what_is_under_way_is_finished() {
    let house = House::open().await;
    let age = Duration::from_secs(5);
    let door = config::Door { connection_age: age, ..Default::default() };
    let server = serve_behind(&house.database, &house.clock, door).await;
    let shop = house.shop.moved(&address(&server)).await.unwrap();
    let open = async || loop {
        let request = proto::WatchStockRequest::default();
        match shop.stock().watch_stock(request).await {
            Ok(watch) => break watch.into_inner(),
            // The client had not yet noticed that the connection had ended, and said nothing over it.
            Err(status) => assert!(refusal(&status).is_none(), "{status}"),
        }
    };
    let mut watch = open().await;
    let wait = Some(prost_types::Duration { seconds: 8, nanos: 0 });
    let resume_token = all_read(&shop).await;
    let read = proto::ReadStockChangesRequest { resume_token, wait, ..Default::default() };
    let other = shop.clone();
    let poll = tokio::spawn(async move { other.stock().read_stock_changes(read).await });
    let mut last = None;
    while let Some(said) = watch.message().await.expect("an end, no error") {
        last = said.event;
    }
    assert!(matches!(last, Some(proto::watch_stock_response::Event::GoingAway(_))), "{last:?}");
    // The next call goes over another connection, and nobody has noticed.
    let mut next = open().await;
    assert!(next.message().await.unwrap().is_some());
    poll.await.unwrap().expect("a call that began before the end is answered");

    let mut idle = line(&address(&server)).await;
    idle.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let begin = Instant::now();
    ended(idle).await;
    assert!(begin.elapsed() < Duration::from_secs(9), "it did not wait until it had been idle");
    drop(next);
    server.stop().await.unwrap();
}

/// Every kind of connection that can be open, and a stop that does not wait for any.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_is_idle_holds_up_a_stop() {
    let house = House::open().await;
    let folder = Folder::new("stop");
    let authority = Authority::new();
    let tls = Some(authority.certify().write(folder.path()));
    let door = config::Door { tls, ..Default::default() };
    let encrypted = serve_behind(&house.database, &house.clock, door).await;
    let https = address(&encrypted).replace("http", "https");
    let mut lines = Vec::new();
    for said in [&b""[..], b"P", b"POST / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"] {
        for address in [&house.address(), &https] {
            let mut line = line(address).await;
            line.write_all(said).await.unwrap();
            lines.push(line);
        }
    }
    // One that was answered and may be used again.
    let mut kept = line(&house.address()).await;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    kept.read_exact(&mut [0; 12]).await.unwrap();
    let mut kept_encrypted = authority.connect(&https, &["http/1.1"]).await;
    kept_encrypted.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    kept_encrypted.read_exact(&mut [0; 12]).await.unwrap();
    let (idle, watched) = (house.erp.clone(), house.address());
    info(&idle).await;
    let channel =
        tonic::transport::Endpoint::from_shared(watched).unwrap().connect().await.unwrap();
    let request = HealthCheckRequest::default();
    let mut health = HealthClient::new(channel).watch(request).await.unwrap().into_inner();
    let mut seen = health.message().await.unwrap().expect("how it is now").status();
    assert_eq!(seen, ServingStatus::Serving);

    let begin = Instant::now();
    let (plain, encrypted) = tokio::join!(house.server.stop(), encrypted.stop());
    plain.unwrap();
    encrypted.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(20), "somebody was waited for");
    while let Ok(Some(said)) = health.message().await {
        seen = said.status();
    }
    assert_eq!(
        seen,
        ServingStatus::NotServing,
        "who asks whether it serves hears that it does not"
    );
    drop((lines, kept, kept_encrypted, idle));
}
