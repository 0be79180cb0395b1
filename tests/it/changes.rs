mod documents;
mod promises;

use erpsync_client::{Connection, proto, refusal};
use proto::watch_stock_response::Event;
use tonic::Streaming;

use crate::kit::{House, request_id};

type Watch = Streaming<proto::WatchStockResponse>;

async fn set(erp: &Connection, sku: &str, on_hand: i32) -> i64 {
    let reading =
        proto::StockReading { sku: sku.into(), on_hand: on_hand.to_string(), ..Default::default() };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    erp.stock().set_stock(request).await.unwrap().into_inner().revision
}

async fn watch(shop: &Connection, skus: &[&str], start: proto::WatchStart) -> Watch {
    let skus = skus.iter().map(|it| it.to_string()).collect();
    let filter = Some(proto::StockFilter { skus, locations: vec![] });
    let request = proto::WatchStockRequest { filter, start: Some(start) };
    shop.stock().watch_stock(request).await.unwrap().into_inner()
}

fn resume(token: &str) -> proto::WatchStart {
    let start = Some(proto::watch_start::Start::ResumeToken(token.into()));
    proto::WatchStart { start, ..Default::default() }
}

/// The next message, its event as text: `begin 3`, `MUG=5`, `end 1`, `3>4 MUG=5`.
async fn next(watch: &mut Watch) -> (proto::WatchStockResponse, String) {
    let message = watch.message().await.unwrap().expect("a message");
    let levels = |levels: &[proto::StockLevel]| {
        levels.iter().map(|it| format!("{}={}", it.sku, it.on_hand)).collect::<Vec<_>>().join(" ")
    };
    let text = match message.event.as_ref().unwrap() {
        Event::SnapshotBegin(it) => format!("begin {}", it.as_of_revision),
        Event::SnapshotChunk(it) => levels(&it.levels),
        Event::SnapshotEnd(it) => format!("end {}", it.entry_count),
        Event::Changes(it) => {
            format!("{}>{} {}", it.previous_revision, it.revision, levels(&it.levels))
        }
        Event::Heartbeat(it) => format!("beat {}", it.revision),
        Event::GoingAway(_) => "going".into(),
    };
    (message, text)
}

async fn expect(watch: &mut Watch, expected: &[&str]) -> String {
    let mut token = String::new();
    for (nth, it) in expected.iter().enumerate() {
        let (message, text) = next(watch).await;
        assert_eq!(text, *it, "message {nth}");
        token = message.resume_token;
    }
    token
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_then_every_change() {
    let house = House::open().await;
    set(&house.erp, "MUG", 5).await;
    let mut watch = watch(&house.shop, &[], Default::default()).await;
    let token = expect(&mut watch, &["begin 1", "MUG=5", "end 1"]).await;
    set(&house.erp, "POT", 1).await;
    expect(&mut watch, &["1>2 POT=1"]).await;
    set(&house.erp, "MUG", 4).await;
    let (message, text) = next(&mut watch).await;
    assert_eq!((text.as_str(), message.stream_sequence), ("2>3 MUG=4", 5));

    // Away since the snapshot: the newest state once, not every step.
    set(&house.erp, "MUG", 3).await;
    let mut back = self::watch(&house.shop, &[], resume(&token)).await;
    expect(&mut back, &["1>4 MUG=3 POT=1"]).await;
    let mut nothing = self::watch(&house.shop, &[], resume(&message.resume_token)).await;
    expect(&mut nothing, &["3>4 MUG=3"]).await;
}

/// R1: one changed level of many is one entry.
#[tokio::test(flavor = "multi_thread")]
async fn one_changed_level_moves_one_entry() {
    let house = House::open().await;
    let now = proto::watch_start::Start::Now(true);
    for nth in 0..10 {
        let readings = (0..1000)
            .map(|it| proto::StockReading {
                sku: format!("SKU-{nth}-{it}"),
                on_hand: "1".into(),
                statement_sequence: 1,
                ..Default::default()
            })
            .collect();
        let request = proto::SetStockRequest { request_id: request_id(), readings };
        house.erp.stock().set_stock(request).await.unwrap();
    }
    let start = proto::WatchStart { start: Some(now), ..Default::default() };
    let mut watch = watch(&house.shop, &[], start).await;
    expect(&mut watch, &["beat 10"]).await;
    // The ERP sends a thousand again, of which one has changed.
    let readings = (0..1000)
        .map(|it| proto::StockReading {
            sku: format!("SKU-3-{it}"),
            on_hand: if it == 500 { "2" } else { "1" }.into(),
            statement_sequence: 2,
            ..Default::default()
        })
        .collect();
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    house.erp.stock().set_stock(request).await.unwrap();
    expect(&mut watch, &["10>11 SKU-3-500=2"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_lets_its_own_through_and_still_moves_on() {
    let house = House::open().await;
    let start = proto::WatchStart {
        start: Some(proto::watch_start::Start::Now(true)),
        heartbeat_interval: Some(prost_types::Duration { seconds: 1, nanos: 0 }),
        ..Default::default()
    };
    let mut watch = watch(&house.shop, &["MUG"], start).await;
    set(&house.erp, "POT", 1).await;
    set(&house.erp, "PAN", 1).await;
    // A heartbeat says how far everything was delivered, though nothing was for this filter.
    loop {
        let (_, text) = next(&mut watch).await;
        match text.as_str() {
            "beat 0" | "beat 1" => continue,
            text => break assert_eq!(text, "beat 2"),
        }
    }
    set(&house.erp, "MUG", 1).await;
    expect(&mut watch, &["2>3 MUG=1"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_tokens_are_refused_with_their_reason() {
    let house = House::open().await;
    set(&house.erp, "MUG", 5).await;
    let mut first = watch(&house.shop, &[], Default::default()).await;
    let token = expect(&mut first, &["begin 1", "MUG=5", "end 1"]).await;
    let [_, foreign, ..] = house.other_world().await;
    let asked = |skus: Vec<String>, token: &str| proto::WatchStockRequest {
        filter: Some(proto::StockFilter { skus, locations: vec![] }),
        start: Some(resume(token)),
    };
    let cases = [
        (&house.shop, asked(vec![], "garbage")),
        (&house.shop, asked(vec![], &token[1..])),
        (&house.shop, asked(vec!["MUG".into()], &token)),
        (&foreign, asked(vec![], &token)),
    ];
    for (caller, request) in cases {
        let refused = caller.stock().watch_stock(request).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_INVALID");
    }

    let request = proto::DeclareRestoreRequest { request_id: crate::kit::request_id() };
    let declared = house.operator.admin().declare_restore(request).await;
    assert_eq!(declared.unwrap().into_inner().incarnation, 2);
    let refused = house.shop.stock().watch_stock(asked(vec![], &token)).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::OutOfRange);
    assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_FOREIGN");
    // Revisions go on far above all that were ever told.
    assert_eq!(set(&house.erp, "MUG", 6).await, 1_000_000_002);
    let mut start = resume(&token);
    start.on_expired = proto::OnExpired::Snapshot.into();
    let mut again = watch(&house.shop, &[], start).await;
    expect(&mut again, &["begin 1000000002", "MUG=6", "end 1"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn single_calls_tell_the_same() {
    let house = House::open().await;
    for nth in 0..5 {
        set(&house.erp, &format!("SKU-{nth}"), nth).await;
    }
    let mut token = String::new();
    let mut seen = Vec::new();
    loop {
        let request = proto::ReadStockChangesRequest {
            resume_token: token,
            page_size: 2,
            ..Default::default()
        };
        let page = house.shop.stock().read_stock_changes(request).await.unwrap().into_inner();
        seen.extend(page.levels.into_iter().map(|it| it.on_hand));
        token = page.resume_token;
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, ["0", "1", "2", "3", "4"]);
    // Waits, and hears of a change at once.
    let wait = Some(prost_types::Duration { seconds: 20, nanos: 0 });
    let request =
        proto::ReadStockChangesRequest { resume_token: token, wait, ..Default::default() };
    let mut stock = house.shop.stock();
    let (page, _) = tokio::join!(stock.read_stock_changes(request), set(&house.erp, "SKU-2", 9));
    let page = page.unwrap().into_inner();
    assert_eq!((page.levels.len(), page.revision), (1, 6));
}
