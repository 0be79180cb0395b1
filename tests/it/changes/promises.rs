//! What every watch promises, one by one, shown with levels of stock.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use erpsync::lanes::{Lanes, Prune};
use erpsync::postgres::Pools;
use erpsync_client::{Connection, proto, refusal};
use proto::watch_start::Start;
use proto::watch_stock_response::Event;
use sqlx::{ConnectOptions, Executor};
use tokio::task::JoinSet;

use super::{Watch, expect, next, resume, set, watch};
use crate::kit::{House, request_id};

/// A source of numbers that a seed repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % bound
    }
}

/// One revision, in which each of these levels gets this reading.
async fn set_all(erp: &Connection, levels: &[(String, i64)]) -> i64 {
    let reading = |(sku, on_hand): &(String, i64)| proto::StockReading {
        sku: sku.clone(),
        on_hand: on_hand.to_string(),
        ..Default::default()
    };
    let readings = levels.iter().map(reading).collect();
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    erp.stock().set_stock(request).await.unwrap().into_inner().revision
}

fn now(heartbeat_seconds: i64) -> proto::WatchStart {
    let heartbeat_interval = Some(prost_types::Duration { seconds: heartbeat_seconds, nanos: 0 });
    proto::WatchStart { start: Some(Start::Now(true)), heartbeat_interval, ..Default::default() }
}

async fn read(
    shop: &Connection,
    token: &str,
    page_size: i32,
) -> Result<proto::ReadStockChangesResponse, tonic::Status> {
    let resume_token = token.to_owned();
    let request = proto::ReadStockChangesRequest { resume_token, page_size, ..Default::default() };
    shop.stock().read_stock_changes(request).await.map(|it| it.into_inner())
}

/// Why the stream ended, after whatever it still told.
async fn ending(mut watch: Watch) -> erpsync_client::Refusal {
    loop {
        match watch.message().await {
            Ok(Some(_)) => continue,
            Ok(None) => panic!("ended without a reason"),
            Err(status) => return refusal(&status).expect("a reason"),
        }
    }
}

/// A reader who believes nothing: it keeps what it was told and compares it with what was written.
#[derive(Default)]
struct Sceptic {
    levels: BTreeMap<String, (i64, String)>,
    revision: i64,
    token: String,
    sequence: i64,
    /// What this stream told of each level.
    seen: HashMap<String, i64>,
    /// Where the snapshot began, and how many entries it had so far.
    snapshot: Option<(i64, i64)>,
}

impl Sceptic {
    /// A stream begins; what was seen in an earlier one may come again.
    fn begin(&mut self) {
        self.sequence = 0;
        self.seen.clear();
    }

    fn hear(&mut self, message: proto::WatchStockResponse, written: &[Vec<(String, i64)>]) {
        self.sequence += 1;
        assert_eq!(message.stream_sequence, self.sequence, "the sequence is dense");
        self.token = message.resume_token;
        match message.event.expect("an event") {
            Event::SnapshotBegin(it) => {
                self.snapshot = Some((it.as_of_revision, 0));
            }
            Event::SnapshotChunk(it) => {
                self.snapshot.as_mut().expect("a snapshot").1 += it.levels.len() as i64;
                self.keep(it.levels);
            }
            Event::SnapshotEnd(it) => {
                let (as_of, count) = self.snapshot.take().expect("a snapshot");
                assert_eq!(it.entry_count, count);
                self.revision = as_of;
                self.has_all_up_to(as_of, written);
            }
            Event::Changes(it) => {
                assert_eq!(it.previous_revision, self.revision, "no gap");
                assert!(self.revision <= it.revision, "never back");
                self.keep(it.levels);
                self.revision = it.revision;
                self.has_all_up_to(it.revision, written);
            }
            Event::Heartbeat(it) => {
                assert!(self.revision <= it.revision);
                self.revision = it.revision;
                self.has_all_up_to(it.revision, written);
            }
            Event::GoingAway(_) => panic!("nobody stops"),
        }
    }

    fn keep(&mut self, levels: Vec<proto::StockLevel>) {
        for level in levels {
            let before = self.seen.insert(level.sku.clone(), level.revision);
            assert!(before < Some(level.revision), "{} at {before:?}: {level:?}", level.sku);
            let kept = self.levels.entry(level.sku).or_default();
            if kept.0 <= level.revision {
                *kept = (level.revision, level.on_hand);
            }
        }
    }

    /// Reliable and atomic: every level is at least as new as this revision says.
    fn has_all_up_to(&self, revision: i64, written: &[Vec<(String, i64)>]) {
        let mut newest = HashMap::new();
        for (nth, levels) in (1..=revision).zip(written) {
            newest.extend(levels.iter().map(|(sku, on_hand)| (sku, (nth, on_hand))));
        }
        for (sku, (nth, on_hand)) in newest {
            let (kept, told) = self.levels.get(sku).unwrap_or_else(|| panic!("{sku} is missing"));
            assert!(nth <= *kept, "{sku} is at {kept}, and was written at {nth}");
            assert!(*kept != nth || *told == on_hand.to_string(), "{sku} is {told}");
        }
    }
}

/// Ordered, unique, reliable, atomic and resumable, while two servers write and readers move
/// between them, breaking off wherever they like.
#[tokio::test(flavor = "multi_thread")]
async fn readers_who_break_off_anywhere_miss_nothing() {
    const SEED: u64 = 20_261_123;
    const WRITES: usize = 150;
    const SKUS: u64 = 700;
    const READERS: u64 = 12;
    let house = House::open().await;
    let (second, other_shop) = house.second_server("shop-a").await;
    let mut dice = Dice(SEED);
    let value = |nth: usize| 1_000_000 + nth as i64;
    // What each revision writes is fixed before: one call at a time, so that revisions are known.
    let written: Vec<Vec<(String, i64)>> = (0..WRITES)
        .map(|nth| {
            let many = if dice.below(10) == 0 { 600 } else { 1 + dice.below(20) };
            let skus: BTreeSet<u64> = (0..many).map(|_| dice.below(SKUS)).collect();
            skus.into_iter().map(|it| (format!("SKU-{it:04}"), value(nth))).collect()
        })
        .collect();
    let (erp, to_write) = (house.erp.clone(), written.clone());
    let writer = tokio::spawn(async move {
        for (nth, levels) in (1..).zip(&to_write) {
            assert_eq!(set_all(&erp, levels).await, nth);
        }
    });

    // Some stand at the same place, and are told what another was told; some fall behind.
    let mut readers = JoinSet::new();
    for nth in 0..READERS {
        let (shops, written) = ([house.shop.clone(), other_shop.clone()], written.clone());
        readers.spawn(async move {
            let mut dice = Dice(SEED + nth);
            let mut sceptic = Sceptic::default();
            let mut start = proto::WatchStart::default();
            while sceptic.revision < WRITES as i64 {
                let mut stream = watch(&shops[dice.below(2) as usize], &[], start).await;
                sceptic.begin();
                for _ in 0..1 + dice.below(12) {
                    sceptic.hear(stream.message().await.unwrap().expect("goes on"), &written);
                    if sceptic.revision == WRITES as i64 {
                        break;
                    }
                }
                start = resume(&sceptic.token);
                start.heartbeat_interval = Some(prost_types::Duration { seconds: 1, nanos: 0 });
            }
            assert_eq!(sceptic.snapshot, None, "seed {SEED} + {nth}");
        });
    }
    readers.join_all().await;
    writer.await.unwrap();
    second.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_writes_the_other_tells() {
    let house = House::open().await;
    let (second, shop) = house.second_server("shop-a").await;
    let mut there = watch(&shop, &[], now(60)).await;
    expect(&mut there, &["beat 0"]).await;
    for nth in 1..=20 {
        set(&house.erp, "MUG", nth).await;
        // Read there what was written here, at once.
        let request = proto::GetStockRequest {
            sku: "MUG".into(),
            at_least_revision: nth.into(),
            ..Default::default()
        };
        let level = shop.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
        assert_eq!(level.on_hand, nth.to_string());
    }
    let mut last = 0;
    while last < 20 {
        let (message, _) = next(&mut there).await;
        let Some(Event::Changes(changes)) = message.event else { panic!("only changes") };
        assert_eq!(changes.previous_revision, last);
        last = changes.revision;
    }
    second.stop().await.unwrap();
}

/// What the database keeps is told apart from what was saved: it is made a thousand more.
#[tokio::test(flavor = "multi_thread")]
async fn a_watcher_is_told_from_memory_and_from_the_log_in_turn() {
    let house = House::open().await;
    let (second, other) = house.second_server("erp").await;
    set(&house.erp, "MUG", 1).await;
    let mut conn = house.database.connect().await.unwrap();
    conn.execute(
        "
        create function a_thousand_more() returns trigger language plpgsql as
            $$ begin new.on_hand := new.on_hand + 1000; return new; end $$;
        create trigger a_thousand_more before insert or update on stock_level
            for each row execute function a_thousand_more();
        ",
    )
    .await
    .unwrap();
    let mut mugs = watch(&house.shop, &[], now(60)).await;
    expect(&mut mugs, &["beat 1"]).await;
    for turn in 0..3 {
        let at = 1 + 2 * turn;
        // What this server has just saved, it need not read.
        set(&house.erp, "MUG", 5).await;
        let told = format!("{at}>{} MUG=5", at + 1);
        expect(&mut mugs, &[&told]).await;
        // What another has written, it has to.
        set(&other, "MUG", 6).await;
        let told = format!("{}>{} MUG=1006", at + 1, at + 2);
        expect(&mut mugs, &[&told]).await;
    }
    second.stop().await.unwrap();

    // As soon as anything makes levels look otherwise, all of it is read.
    let buffer = proto::StockBuffer {
        shop: "shop-a".into(),
        sku: "POT".into(),
        units: "1".into(),
        ..Default::default()
    };
    let request = proto::SetBuffersRequest { request_id: request_id(), buffers: vec![buffer] };
    house.erp.stock().set_buffers(request).await.unwrap();
    set(&house.erp, "MUG", 8).await;
    expect(&mut mugs, &["7>9 MUG=1008"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_that_is_never_reached_is_refused_in_time() {
    let house = House::open().await;
    set(&house.erp, "MUG", 1).await;
    let request =
        proto::GetStockRequest { sku: "MUG".into(), at_least_revision: 2, ..Default::default() };
    let refused = house.shop.stock().get_stock(request).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::Aborted);
    let refusal = refusal(&refused).unwrap();
    assert_eq!(refusal.reason, "REVISION_NOT_REACHED");
    assert_eq!(refusal.metadata["revision"], "1");
}

/// What a filter hides is no gap: where the reader was told to be is where the next change begins.
#[tokio::test(flavor = "multi_thread")]
async fn a_filtered_reader_sees_no_gap() {
    let house = House::open().await;
    let mut mugs = watch(&house.shop, &["MUG"], now(60)).await;
    let token = expect(&mut mugs, &["beat 0"]).await;
    // What another stream was told, this one has at least been woken for.
    let mut all = watch(&house.shop, &[], now(60)).await;
    expect(&mut all, &["beat 0"]).await;
    for nth in 1..=5 {
        set(&house.erp, "POT", nth).await;
        next(&mut all).await;
    }
    set(&house.erp, "MUG", 1).await;
    let (message, text) = next(&mut mugs).await;
    assert_eq!(text, "0>6 MUG=1");
    set(&house.erp, "MUG", 2).await;
    expect(&mut mugs, &["6>7 MUG=2"]).await;
    let mut again = watch(&house.shop, &["MUG"], resume(&token)).await;
    expect(&mut again, &["0>7 MUG=2"]).await;
    let mut later = watch(&house.shop, &["MUG"], resume(&message.resume_token)).await;
    expect(&mut later, &["6>7 MUG=2"]).await;
}

/// In the middle of a snapshot, the rest of it comes first.
#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_can_be_resumed_in_its_middle() {
    let house = House::open().await;
    let levels: Vec<_> = (0..1_900).map(|it| (format!("SKU-{it:04}"), 1)).collect();
    for levels in levels.chunks(1_000) {
        set_all(&house.erp, levels).await;
    }
    let mut first = watch(&house.shop, &[], Default::default()).await;
    let (begin, _) = next(&mut first).await;
    let (chunk, _) = next(&mut first).await;
    let Some(Event::SnapshotChunk(part)) = chunk.event else { panic!("a chunk") };
    // Changed behind the reader, and ahead of it.
    set_all(&house.erp, &[("SKU-0000".into(), 7), ("SKU-1899".into(), 8)]).await;
    for (token, already) in [(begin.resume_token, 0), (chunk.resume_token, part.levels.len())] {
        let mut rest = watch(&house.shop, &[], resume(&token)).await;
        let mut skus = already;
        let end = loop {
            match next(&mut rest).await.0.event.unwrap() {
                Event::SnapshotChunk(it) => skus += it.levels.len(),
                Event::SnapshotEnd(it) => break it,
                it => panic!("{it:?}"),
            }
        };
        assert_eq!((end.entry_count, skus), (1_900, 1_900));
        if already != 0 {
            // What the snapshot brought as new as it is does not come again; the other does.
            expect(&mut rest, &["2>3 SKU-0000=7"]).await;
        }
    }
}

/// Single calls take a large revision in parts; revision and atomicity move with the last.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_revision_comes_in_parts() {
    let house = House::open().await;
    set(&house.erp, "MUG", 1).await;
    let mut stream = watch(&house.shop, &[], Default::default()).await;
    let start = expect(&mut stream, &["begin 1", "MUG=1", "end 1"]).await;
    let levels: Vec<_> = (0..250).map(|it| (format!("SKU-{it:03}"), 5)).collect();
    set_all(&house.erp, &levels).await;
    set(&house.erp, "MUG", 2).await;

    let (mut token, mut pages) = (start, Vec::new());
    loop {
        let page = read(&house.shop, &token, 100).await.unwrap();
        pages.push((page.levels.len(), page.revision, page.more));
        token = page.resume_token.clone();
        if pages.len() == 2 {
            // A token from within a revision is good for a stream as well.
            let mut rest = watch(&house.shop, &[], resume(&token)).await;
            let Some(Event::Changes(it)) = next(&mut rest).await.0.event else { panic!() };
            assert_eq!((it.previous_revision, it.revision, it.levels.len()), (1, 2, 50));
            expect(&mut rest, &["2>3 MUG=2"]).await;
        }
        if !page.more {
            break;
        }
    }
    let expected = [(100, 1, true), (100, 1, true), (50, 2, true), (1, 3, false)];
    assert_eq!(pages, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn heartbeats_say_how_far_everything_was_delivered() {
    let house = House::open().await;
    set(&house.erp, "MUG", 1).await;
    let mut watch = watch(&house.shop, &[], now(1)).await;
    let token = expect(&mut watch, &["beat 1", "beat 1", "beat 1"]).await;
    set(&house.erp, "MUG", 2).await;
    expect(&mut watch, &["1>2 MUG=2", "beat 2"]).await;
    let mut again = self::watch(&house.shop, &[], resume(&token)).await;
    expect(&mut again, &["1>2 MUG=2"]).await;
    for seconds in [0, 61, -1] {
        let start = now(seconds);
        let request = proto::WatchStockRequest { filter: None, start: Some(start) };
        let refused = house.shop.stock().watch_stock(request).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, "FIELD_INVALID", "{seconds} s");
    }
}

/// Every bit of a token counts.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_token_is_refused_wherever_it_is_damaged() {
    let house = House::open().await;
    set(&house.erp, "MUG", 1).await;
    let token = read(&house.shop, "", 100).await.unwrap().resume_token;
    assert!(read(&house.shop, &token, 100).await.is_ok());
    for nth in 0..token.len() {
        let mut damaged = token.clone().into_bytes();
        damaged[nth] = if damaged[nth] == b'A' { b'B' } else { b'A' };
        let damaged = String::from_utf8(damaged).unwrap();
        let refused = read(&house.shop, &damaged, 100).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_INVALID", "at {nth}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_before_the_start_of_the_log_has_expired() {
    let house = House::open().await;
    set(&house.erp, "MUG", 1).await;
    let old = read(&house.shop, "", 100).await.unwrap().resume_token;
    let old = read(&house.shop, &old, 100).await.unwrap().resume_token;
    set(&house.erp, "MUG", 2).await;
    let newer = read(&house.shop, &old, 100).await.unwrap();
    assert_eq!(newer.revision, 2);
    house.clock.advance(Duration::from_secs(15 * 24 * 3600));
    set(&house.erp, "MUG", 3).await;
    let of = {
        let mut conn = house.database.connect().await.unwrap();
        let of = "select max(environment) from log";
        sqlx::query_scalar::<_, i32>(of).fetch_one(&mut conn).await.unwrap()
    };
    let pools = Pools::new(&house.database);
    let announce = std::sync::Arc::new(house.server.hub().clone());
    let lanes =
        Lanes::new(pools.lanes.clone(), erpsync::server::books, house.clock.clone(), announce);
    lanes.of(erpsync::id::Environment(of)).run(Prune).await.unwrap();

    let asked = |on_expired: proto::OnExpired| {
        let mut start = resume(&old);
        start.on_expired = on_expired.into();
        proto::WatchStockRequest { filter: None, start: Some(start) }
    };
    let refused = house.shop.stock().watch_stock(asked(proto::OnExpired::Error)).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::OutOfRange);
    assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_EXPIRED");
    let refused = read(&house.shop, &old, 100).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_EXPIRED");
    let stream = house.shop.stock().watch_stock(asked(proto::OnExpired::Snapshot)).await;
    expect(&mut stream.unwrap().into_inner(), &["begin 3", "MUG=3", "end 1"]).await;
    // Whoever was there at the start has missed nothing.
    let page = read(&house.shop, &newer.resume_token, 100).await.unwrap();
    assert_eq!((page.revision, page.levels.len()), (3, 1));
    pools.close().await;
}

/// A restore that is declared through another server ends open streams, or begins them again.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_stream_notices_a_restore() {
    let house = House::open().await;
    let (second, shop) = house.second_server("shop-a").await;
    set(&house.erp, "MUG", 1).await;
    let mut ends = watch(&shop, &[], now(60)).await;
    expect(&mut ends, &["beat 1"]).await;
    let mut start = now(60);
    start.on_expired = proto::OnExpired::Snapshot.into();
    let mut goes_on = watch(&shop, &[], start).await;
    expect(&mut goes_on, &["beat 1"]).await;
    house
        .operator
        .admin()
        .declare_restore(proto::DeclareRestoreRequest { request_id: request_id() })
        .await
        .unwrap();
    assert_eq!(ending(ends).await.reason, "RESUME_TOKEN_FOREIGN");
    expect(&mut goes_on, &["begin 1000000001", "MUG=1", "end 1"]).await;
    set(&house.erp, "MUG", 2).await;
    let token = expect(&mut goes_on, &["1000000001>1000000002 MUG=2"]).await;
    assert_eq!(read(&house.shop, &token, 100).await.unwrap().revision, 1_000_000_002);
    second.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_ends_its_streams() {
    let house = House::open().await;
    let created = house.token("shop-a").await;
    let shop = house.shop.with_token(&created.secret).unwrap();
    let mut watch = watch(&shop, &[], now(60)).await;
    expect(&mut watch, &["beat 0"]).await;
    let token_id = created.token.unwrap().token_id;
    let request = proto::RevokeTokenRequest { request_id: request_id(), token_id };
    house.operator.admin().revoke_token(request).await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(5), ending(watch)).await;
    assert_eq!(ended.expect("within 5 s").reason, "TOKEN_INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopping_server_says_so_and_is_quick_about_it() {
    let house = House::open().await;
    let (second, shop) = house.second_server("shop-a").await;
    let mut watch = watch(&shop, &[], now(60)).await;
    expect(&mut watch, &["beat 0"]).await;
    let stopped = tokio::spawn(second.stop());
    let token = expect(&mut watch, &["going"]).await;
    assert!(watch.message().await.unwrap().is_none());
    stopped.await.unwrap().unwrap();
    set(&house.erp, "MUG", 1).await;
    expect(&mut self::watch(&house.shop, &[], resume(&token)).await, &["0>1 MUG=1"]).await;
}

/// Nothing accepted for 30 s: the stream ends with its token, and nothing is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_accepts_nothing_is_let_go() {
    let house = House::open().await;
    // More than all the windows between here and there can hold. Behind small ones come large ones, of which
    // fewer go into a message than were read at once.
    for nth in 0..30 {
        let length = if nth < 5 { 1 } else { 240 };
        let sku = |it| (format!("{nth:02}-{it:03}-{}", "X".repeat(length)), 1);
        set_all(&house.erp, &(0..1000).map(sku).collect::<Vec<_>>()).await;
    }
    let mut stream = watch(&house.shop, &[], Default::default()).await;
    let (mut last, _) = next(&mut stream).await;
    tokio::time::sleep(Duration::from_secs(34)).await;
    let mut skus = Vec::new();
    let mut take = |message: &proto::WatchStockResponse| {
        if let Some(Event::SnapshotChunk(it)) = &message.event {
            skus.extend(it.levels.iter().map(|it| it.sku.clone()));
        }
    };
    let ended = loop {
        match stream.message().await {
            Ok(message) => last = message.expect("a reason"),
            Err(status) => break refusal(&status).expect("a reason"),
        }
        take(&last);
    };
    assert_eq!(ended.reason, "SLOW_CONSUMER");
    assert_eq!(ended.metadata["resume_token"], last.resume_token);
    let mut rest = watch(&house.shop, &[], resume(&last.resume_token)).await;
    let end = loop {
        let (message, _) = next(&mut rest).await;
        take(&message);
        match message.event.unwrap() {
            Event::SnapshotChunk(_) => continue,
            Event::SnapshotEnd(it) => break it,
            it => panic!("{it:?}"),
        }
    };
    assert!(skus.is_sorted_by(|a, b| a < b), "each once, by sku");
    assert_eq!((end.entry_count, skus.len()), (30_000, 30_000));
}

/// The feed outlives its connections.
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_survives_the_loss_of_its_connection() {
    let house = House::open().await;
    let mut watch = watch(&house.shop, &[], now(60)).await;
    expect(&mut watch, &["beat 0"]).await;
    set(&house.erp, "MUG", 1).await;
    expect(&mut watch, &["0>1 MUG=1"]).await;
    let mut conn = house.database.connect().await.unwrap();
    conn.execute(
        "
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database()
            and application_name in ('erpsync feed', 'erpsync hub')
        ",
    )
    .await
    .unwrap();
    set(&house.erp, "MUG", 2).await;
    expect(&mut watch, &["1>2 MUG=2"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_in_one_stream() {
    let house = House::open().await;
    set(&house.erp, "MUG", 5).await;
    let request = || proto::WatchChangesRequest { filter: None, start: None };
    let mut stream = house.tool.changes().watch_changes(request()).await.unwrap().into_inner();
    let mut told = Vec::new();
    let mut token = String::new();
    while told.len() < 3 {
        let message = stream.message().await.unwrap().unwrap();
        token = message.resume_token;
        told.push(message.event.unwrap());
    }
    use proto::watch_changes_response::Event as Everything;
    let Everything::SnapshotChunk(chunk) = &told[1] else { panic!("{told:?}") };
    let entry = &chunk.entries[0];
    assert_eq!((entry.kind.as_str(), entry.key.as_str()), ("stock_level", "MUG\u{1f}main"));
    assert_eq!((entry.revision, entry.removed), (1, false));
    set(&house.erp, "MUG", 4).await;
    let page = proto::ReadChangesRequest { resume_token: token.clone(), ..Default::default() };
    let page = house.tool.changes().read_changes(page).await.unwrap().into_inner();
    assert_eq!((page.revision, page.entries.len(), page.more), (2, 1, false));
    let head = house.tool.changes().get_head(proto::GetHeadRequest {}).await.unwrap();
    let head = head.into_inner();
    assert_eq!((head.revision, head.log_start_revision, head.incarnation), (2, 0, 1));

    // A token of another stream, and a kind that is none.
    let refused = read(&house.shop, &token, 10).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_INVALID");
    let filter = Some(proto::ChangeFilter { kinds: vec!["unicorn".into()] });
    let request = proto::WatchChangesRequest { filter, start: None };
    let refused = house.tool.changes().watch_changes(request).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "FIELD_INVALID");
    let refused = house.shop.changes().read_changes(proto::ReadChangesRequest::default()).await;
    assert_eq!(refusal(&refused.unwrap_err()).unwrap().reason, "SCOPE_MISSING");
}
