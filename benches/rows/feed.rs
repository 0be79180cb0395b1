//! Rows of what is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use erpsync_client::{Connection, proto};
use futures_util::future::join_all;
use prost::Message as _;
use proto::watch_start::Start;
use proto::watch_stock_response::Event;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::Streaming;

use super::{at_least, at_most};
use crate::kit::{Bench, Server, World, connect, sku};
use crate::load::{fill, reading};
use crate::report::{Bound, Round, Row};

pub type Watch = Streaming<proto::WatchStockResponse>;

pub async fn watch(shop: &Connection, start: Start) -> Watch {
    let heartbeat_interval = Some(prost_types::Duration { seconds: 60, nanos: 0 });
    let start = proto::WatchStart { start: Some(start), heartbeat_interval, on_expired: 0 };
    let request = proto::WatchStockRequest { filter: None, start: Some(start) };
    shop.stock().watch_stock(request).await.expect("a watch").into_inner()
}

/// Changes one article.
pub async fn set(erp: &Connection, nth: usize, on_hand: u64) {
    static NUMBERS: AtomicU64 = AtomicU64::new(1);
    let request_id = format!("set-{}", NUMBERS.fetch_add(1, Ordering::Relaxed));
    let readings = vec![reading(sku(nth), on_hand)];
    let request = proto::SetStockRequest { request_id, readings };
    erp.stock().set_stock(request).await.expect("a reading");
}

/// The next message that tells of levels, with its bytes and its token.
async fn told(watch: &mut Watch) -> (proto::StockChanges, usize, String) {
    loop {
        let message = watch.message().await.expect("a message").expect("it goes on");
        let bytes = message.encoded_len();
        if let Some(Event::Changes(it)) = message.event {
            return (it, bytes, message.resume_token);
        }
    }
}

/// A token of now.
async fn token_of_now(shop: &Connection) -> String {
    // A watch that begins now says where it stands with its first heartbeat.
    let start = proto::WatchStart {
        start: Some(Start::Now(true)),
        heartbeat_interval: Some(prost_types::Duration { seconds: 1, nanos: 0 }),
        on_expired: 0,
    };
    let request = proto::WatchStockRequest { filter: None, start: Some(start) };
    let mut watch = shop.stock().watch_stock(request).await.expect("a watch").into_inner();
    watch.message().await.expect("a message").expect("it goes on").resume_token
}

/// One changed level in catalogues of three sizes: the time to a watcher who comes back, and the bytes.
pub async fn delta(bench: &Bench) -> Row {
    let sizes = bench.size.of([10_000, 100_000, 1_000_000], [1_000, 2_000, 4_000]);
    let tries = bench.size.of(100, 5);
    let mut worlds = Vec::new();
    for levels in sizes {
        let world = bench.world().await;
        fill(&world.erp, levels, 5).await;
        worlds.push((world, levels));
    }
    let (mut rounds, mut notes) = (Vec::new(), Vec::new());
    for nth in 0..=bench.size.rounds {
        let mut medians = Vec::new();
        let mut all_bytes = Vec::new();
        for (world, levels) in &worlds {
            let mut took = Vec::new();
            let mut token = token_of_now(&world.shop).await;
            for attempt in 0..tries {
                let figure = (1_000 * (nth + 1) + attempt) as u64;
                set(&world.erp, levels / 2, figure).await;
                let begin = Instant::now();
                let mut watch = watch(&world.shop, Start::ResumeToken(token)).await;
                let (changes, bytes, behind) = told(&mut watch).await;
                took.push(begin.elapsed());
                token = behind;
                assert_eq!(changes.levels.len(), 1, "one changed, and one travels");
                assert_eq!(changes.levels[0].on_hand, figure.to_string());
                all_bytes.push(bytes);
            }
            took.sort();
            medians.push(took[took.len() / 2].as_secs_f64() * 1_000.0);
        }
        let (fewest, most) = (all_bytes.iter().min(), all_bytes.iter().max());
        // Digits of figures and revisions differ, and nothing else.
        assert!(most.unwrap() - fewest.unwrap() <= 24, "{fewest:?} to {most:?} bytes");
        notes.push(format!("{:.2}, {:.2}, {:.2} ms", medians[0], medians[1], medians[2]));
        let largest = medians[1].max(medians[2]);
        rounds.push(Round { value: largest, peer: Some(medians[0]) });
    }
    rounds.remove(0);
    let notes = vec![format!("{} levels: {}", sizes.map(|it| it.to_string()).join(", "), notes[1])];
    Row {
        name: "delta",
        unit: "ms",
        peer: "itself in the smallest catalogue".into(),
        bound: at_most(1.3, 1.1),
        rounds,
        notes,
    }
}

/// The first sync of a large catalogue, against copying the same rows out of the database.
pub async fn snapshot(bench: &Bench) -> Row {
    let levels = bench.size.of(1_000_000, 20_000);
    let world = bench.world().await;
    fill(&world.erp, levels, 5).await;
    let number = bench.number(&world).await;
    let before = bench.server.memory();
    let mut rounds = Vec::new();
    let mut peak = before;
    for _ in 0..=bench.size.rounds.min(3) {
        let begin = Instant::now();
        let mut watch = watch(&world.shop, Start::Snapshot(true)).await;
        let mut seen = 0;
        loop {
            let message = watch.message().await.expect("a message").expect("it goes on");
            match message.event {
                Some(Event::SnapshotChunk(it)) => seen += it.levels.len(),
                Some(Event::SnapshotEnd(it)) => {
                    assert_eq!((seen, it.entry_count), (levels, levels as i64));
                    break;
                }
                _ => {}
            }
            if seen % 100_000 < 1_000 {
                peak = peak.max(bench.server.memory());
            }
        }
        let value = levels as f64 / begin.elapsed().as_secs_f64();
        let peer = levels as f64 / copied(bench, number).await.as_secs_f64();
        rounds.push(Round { value, peer: Some(peer) });
    }
    rounds.remove(0);
    let notes = vec![format!("memory {before:.0} MiB before, {peak:.0} MiB at most")];
    Row {
        name: "snapshot",
        unit: "levels/s",
        peer: "copy (select …) to stdout".into(),
        bound: at_least(0.4, 0.7),
        rounds,
        notes,
    }
}

async fn copied(bench: &Bench, number: i32) -> Duration {
    use futures_util::TryStreamExt as _;
    let pool = bench.pool();
    let mut conn = pool.acquire().await.expect("a connection");
    let begin = Instant::now();
    let copy = format!(
        "copy (select sku, location, on_hand, reserved, committed, back_ordered, revision from stock_level
            where environment = {number} order by sku, location) to stdout"
    );
    let mut rows = conn.copy_out_raw(&copy).await.expect("a copy");
    let mut bytes = 0;
    while let Some(part) = rows.try_next().await.expect("more") {
        bytes += part.len();
    }
    assert!(0 < bytes);
    begin.elapsed()
}

/// Everybody comes back at once after a restart, and is current without a snapshot.
pub async fn resume(bench: &Bench) -> Row {
    let watchers = bench.size.of(2_000, 50);
    let world = bench.world().await;
    fill(&world.erp, 1_000, 5).await;
    let socket = bench.socket().display().to_string().replace('/', "%2F");
    let url = format!("postgres://erpsync@{socket}/postgres");
    let mut rounds = Vec::new();
    for nth in 0..=bench.size.rounds.min(3) {
        let token = token_of_now(&world.shop).await;
        for changed in 0..50 {
            set(&world.erp, changed, 1_000 * (nth as u64 + 1)).await;
        }
        let server = Server::start(&bench.folder().join("restarted"), Some(&url));
        let lines = (0..watchers / 50).map(|_| connect(&server.address, &world.shop_token));
        let lines = join_all(lines).await;
        let begin = Instant::now();
        let all = (0..watchers).map(|nth| {
            let (line, token) = (lines[nth % lines.len()].clone(), token.clone());
            tokio::spawn(async move {
                let mut watch = watch(&line, Start::ResumeToken(token)).await;
                let mut seen = 0;
                while seen < 50 {
                    let message = watch.message().await.expect("a message").expect("it goes on");
                    match message.event {
                        Some(Event::Changes(it)) => seen += it.levels.len(),
                        Some(Event::SnapshotBegin(_)) => panic!("a snapshot"),
                        _ => {}
                    }
                }
                assert_eq!(seen, 50);
            })
        });
        for watcher in all.collect::<Vec<_>>() {
            watcher.await.expect("a watcher that is current");
        }
        rounds.push(Round { value: begin.elapsed().as_secs_f64(), peer: None });
        drop(lines);
        server.stop();
    }
    rounds.remove(0);
    Row {
        name: "resume",
        unit: "s",
        peer: String::new(),
        bound: Bound::ValueAtMost { floor: 20.0, goal: 5.0 },
        rounds,
        notes: vec![format!("{watchers} watchers, 50 changes each")],
    }
}

/// A small call as JSON over HTTP/1.1, and over gRPC: so many a second, from 32 callers.
pub async fn json(bench: &Bench) -> Row {
    let time = bench.size.round;
    let world = bench.world().await;
    set(&world.erp, 0, 5).await;
    let mut rounds = Vec::new();
    for _ in 0..=bench.size.rounds {
        let value = heads_in_json(bench, &world, time).await;
        let peer = Some(heads_in_grpc(bench, &world, time).await);
        rounds.push(Round { value, peer });
    }
    rounds.remove(0);
    Row {
        name: "json",
        unit: "calls/s",
        peer: "the same over gRPC".into(),
        bound: at_least(0.7, 0.9),
        rounds,
        notes: Vec::new(),
    }
}

const HEAD_CALLERS: usize = 32;

async fn heads_in_grpc(bench: &Bench, world: &World, time: Duration) -> f64 {
    let begin = Instant::now();
    let callers = (0..HEAD_CALLERS).map(|_| {
        let (address, token) = (bench.server.address.clone(), world.shop_token.clone());
        tokio::spawn(async move {
            // A connection for each caller, as over HTTP/1.1.
            let line = connect(&address, &token).await;
            let (mut changes, mut calls) = (line.changes(), 0);
            while begin.elapsed() < time {
                let head = changes.get_head(proto::GetHeadRequest {}).await.expect("the head");
                assert!(0 < head.into_inner().revision);
                calls += 1;
            }
            calls
        })
    });
    let calls: u64 = join_all(callers).await.into_iter().map(|it| it.expect("a caller")).sum();
    calls as f64 / begin.elapsed().as_secs_f64()
}

async fn heads_in_json(bench: &Bench, world: &World, time: Duration) -> f64 {
    let begin = Instant::now();
    let host = Arc::new(bench.server.address.trim_start_matches("http://").to_owned());
    let callers = (0..HEAD_CALLERS).map(|_| {
        let (host, token) = (host.clone(), world.shop_token.clone());
        tokio::spawn(async move {
            let mut line = TcpStream::connect(&*host).await.expect("a line");
            line.set_nodelay(true).expect("an option");
            let asked = format!(
                "POST /erpsync.v1.ChangeService/GetHead HTTP/1.1\r\nhost: {host}\r\n\
                 authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
                 content-length: 2\r\n\r\n{{}}"
            );
            let (mut calls, mut heard) = (0, Vec::with_capacity(4_096));
            while begin.elapsed() < time {
                line.write_all(asked.as_bytes()).await.expect("a line that takes");
                answer(&mut line, &mut heard).await;
                calls += 1;
            }
            calls
        })
    });
    let calls: u64 = join_all(callers).await.into_iter().map(|it| it.expect("a caller")).sum();
    calls as f64 / begin.elapsed().as_secs_f64()
}

/// Reads one answer, which has a length, and looks whether it tells the head.
async fn answer(line: &mut TcpStream, heard: &mut Vec<u8>) {
    heard.clear();
    loop {
        line.read_buf(heard).await.expect("an answer");
        let text = std::str::from_utf8(heard).expect("text");
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|it| it.strip_prefix("content-length: "));
        let length: usize = length.and_then(|it| it.trim().parse().ok()).expect("a length");
        if length <= body.len() {
            assert!(head.starts_with("HTTP/1.1 200"), "{text}");
            return assert!(body.contains("\"revision\""), "{body}");
        }
    }
}

/// Memory of a server that does nothing, and of one whom thousands watch.
pub async fn idle(bench: &Bench) -> Row {
    let watchers: usize = bench.size.of(10_000, 200);
    let world = bench.world().await;
    set(&world.erp, 0, 5).await;
    let socket = bench.socket().display().to_string().replace('/', "%2F");
    let url = format!("postgres://erpsync@{socket}/postgres");
    let server = Server::start(&bench.folder().join("idle"), Some(&url));
    let at_start = server.memory();
    let lines = (0..watchers.div_ceil(90)).map(|_| connect(&server.address, &world.shop_token));
    let lines = join_all(lines).await;
    let mut open = Vec::with_capacity(watchers);
    for nth in 0..watchers {
        open.push(watch(&lines[nth % lines.len()], Start::Now(true)).await);
    }
    let watched = server.memory();
    // They are there: one change reaches all.
    set(&world.erp, 0, 6).await;
    for watch in &mut open {
        assert_eq!(told(watch).await.0.levels[0].on_hand, "6");
    }
    drop(open);
    server.stop();
    let notes =
        vec![format!("{watched:.0} MiB with {watchers} idle watchers (floor 400, goal 200)")];
    Row {
        name: "idle",
        unit: "MiB at start",
        peer: String::new(),
        bound: Bound::ValueAtMost { floor: 60.0, goal: 30.0 },
        rounds: vec![Round { value: at_start, peer: None }],
        notes,
    }
}
