//! Readings by the thousand: in numbered batches, each done in its turn and once, however often the line
//! breaks.

use std::collections::BTreeSet;
use std::time::Duration;

use erpsync_client::{Connection, proto, refusal};
use proto::push_stock_request::Message;
use proto::push_stock_response::Event;
use sqlx::{ConnectOptions, Connection as _, PgConnection};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Status, Streaming};

use crate::kit::trade::set;
use crate::kit::{Awaited, House, hold_lanes, until_waiting};

/// A client that uploads.
struct Upload {
    say: mpsc::Sender<proto::PushStockRequest>,
    hear: Streaming<proto::PushStockResponse>,
    opened: proto::PushOpened,
}

fn said(message: Message) -> proto::PushStockRequest {
    proto::PushStockRequest { message: Some(message) }
}

fn open(upload_id: &str) -> proto::PushStockRequest {
    said(Message::Open(proto::PushOpen { upload_id: upload_id.into() }))
}

/// `MUG 5, CUP 2`
fn batch(batch_number: i64, readings: &str) -> proto::PushStockRequest {
    let reading = |it: &str| {
        let (sku, on_hand) = it.split_once(' ').unwrap();
        proto::StockReading { sku: sku.into(), on_hand: on_hand.into(), ..Default::default() }
    };
    let readings = readings.split(", ").filter(|it| !it.is_empty()).map(reading).collect();
    said(Message::Batch(proto::PushStockBatch { batch_number, readings }))
}

fn finish() -> proto::PushStockRequest {
    said(Message::Finish(proto::PushFinish {}))
}

/// Says all of this at once; the stream of answers.
async fn talk(
    erp: &Connection,
    first: Vec<proto::PushStockRequest>,
) -> Result<(mpsc::Sender<proto::PushStockRequest>, Streaming<proto::PushStockResponse>), Status> {
    let (say, heard) = mpsc::channel(first.len().max(1));
    for it in first {
        say.send(it).await.unwrap();
    }
    let hear = erp.stock().push_stock(ReceiverStream::new(heard)).await?.into_inner();
    Ok((say, hear))
}

/// What comes next, or why it ended.
async fn next(hear: &mut Streaming<proto::PushStockResponse>) -> Result<Event, Status> {
    let message = tokio::time::timeout(Duration::from_secs(90), hear.message()).await;
    Ok(message.expect("an answer in time")?.expect("it goes on").event.unwrap())
}

impl Upload {
    async fn open(erp: &Connection, id: &str) -> Upload {
        let (say, mut hear) = talk(erp, vec![open(id)]).await.unwrap();
        let Event::Opened(opened) = next(&mut hear).await.unwrap() else { panic!("not open") };
        Upload { say, hear, opened }
    }

    async fn push(&mut self, number: i64, readings: &str) -> proto::PushStockAcknowledged {
        self.say.send(batch(number, readings)).await.unwrap();
        self.acknowledged().await
    }

    async fn acknowledged(&mut self) -> proto::PushStockAcknowledged {
        match next(&mut self.hear).await.unwrap() {
            Event::Acknowledged(it) => it,
            other => panic!("{other:?}"),
        }
    }

    async fn finish(&mut self) -> proto::PushFinished {
        self.say.send(finish()).await.unwrap();
        match next(&mut self.hear).await.unwrap() {
            Event::Finished(it) => it,
            other => panic!("{other:?}"),
        }
    }
}

/// `2 applied, 1 refused`
fn told(counts: Option<proto::PushCounts>) -> String {
    let proto::PushCounts { applied, unchanged, duplicate, stale, refused, parked } =
        counts.unwrap();
    let all = [
        (applied, "applied"),
        (unchanged, "unchanged"),
        (duplicate, "duplicate"),
        (stale, "stale"),
        (refused, "refused"),
        (parked, "parked"),
    ];
    let some = all.iter().filter(|(count, _)| *count != 0);
    some.map(|(count, how)| format!("{count} {how}")).collect::<Vec<_>>().join(", ")
}

/// What is told of rows that were not applied: `1 REFUSED FIELD_INVALID`.
fn others(done: &proto::PushStockAcknowledged) -> Vec<String> {
    let told = |it: &proto::StockResult| {
        let outcome = it.outcome().as_str_name().trim_start_matches("OUTCOME_").to_owned();
        let reason = it.problem.as_ref().map(|it| format!(" {}", it.reason)).unwrap_or_default();
        format!("{} {outcome}{reason}", it.index)
    };
    done.results.iter().map(told).collect()
}

async fn get(caller: &Connection, sku: &str) -> proto::StockLevel {
    let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
    caller.stock().get_stock(request).await.unwrap().into_inner().level.unwrap()
}

/// Whoever holds the lanes until it is closed.
async fn hold(house: &House) -> PgConnection {
    let mut conn = house.database.connect().await.unwrap();
    hold_lanes(&mut conn).await;
    conn
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_uploaded_is_seen_and_only_the_rest_is_told() {
    let house = House::open().await;
    set(&house.erp, "CUP", "2").await;
    let mut upload = Upload::open(&house.erp, "night").await;
    assert_eq!(upload.opened.last_batch_number, 0);
    assert_eq!(upload.opened.unacknowledged_batches_max, 8);
    let done = upload.push(1, "MUG 5, CUP 2, a\0b 1, POT x, JUG 1.5").await;
    assert_eq!((done.batch_number, &*told(done.counts)), (1, "2 applied, 1 unchanged, 2 refused"));
    assert_eq!(
        others(&done),
        ["1 UNCHANGED", "2 REFUSED FIELD_INVALID", "3 REFUSED FIELD_INVALID"]
    );
    assert_eq!(get(&house.shop, "JUG").await.sellable, "1.5");
    assert_eq!(get(&house.shop, "MUG").await.revision, done.revision);
    // Nothing new has no revision of its own, and its number all the same.
    let same = upload.push(2, "MUG 5").await;
    assert_eq!((same.revision, &*told(same.counts)), (done.revision, "1 unchanged"));
    let finished = upload.finish().await;
    assert_eq!(finished.last_batch_number, 2);
    assert_eq!(told(finished.counts), "2 applied, 2 unchanged, 2 refused");
    assert_eq!(finished.revision, done.revision);
}

/// Whoever loses the line goes on where it broke; what was done before is answered as it was, and what
/// happened since stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_broken_line_loses_nothing_and_does_nothing_twice() {
    let house = House::open().await;
    let mut upload = Upload::open(&house.erp, "night").await;
    let first = upload.push(1, "MUG 5, POT x").await;
    drop(upload);
    set(&house.erp, "MUG", "3").await;

    let mut upload = Upload::open(&house.erp, "night").await;
    assert_eq!((upload.opened.last_batch_number, upload.opened.finished), (1, false));
    let again = upload.push(1, "MUG 5, POT x").await;
    assert!(!first.replayed && again.replayed);
    assert_eq!(again, proto::PushStockAcknowledged { replayed: true, ..first });
    assert_eq!(get(&house.shop, "MUG").await.on_hand, "3");
    upload.push(2, "MUG 4").await;
    assert_eq!(told(upload.finish().await.counts), "2 applied, 1 refused");

    // What is finished stays so, and still answers.
    let mut upload = Upload::open(&house.erp, "night").await;
    assert_eq!((upload.opened.last_batch_number, upload.opened.finished), (2, true));
    assert!(upload.push(2, "MUG 4").await.replayed);
    assert_eq!(told(upload.finish().await.counts), "2 applied, 1 refused");
    // Another system's of the same name is another.
    let other = house.another_erp("erp-2").await;
    assert_eq!(Upload::open(&other, "night").await.opened.last_batch_number, 0);
}

/// What ends an upload leaves done what came before it, and nothing that comes behind.
#[tokio::test(flavor = "multi_thread")]
async fn what_ends_it_undoes_nothing() {
    let house = House::open().await;
    let said = vec![open("gap"), batch(1, "MUG 1"), batch(3, "MUG 3"), batch(2, "MUG 2")];
    let (_say, mut hear) = talk(&house.erp, said).await.unwrap();
    let ended = loop {
        match next(&mut hear).await {
            Ok(_) => {}
            Err(status) => break refusal(&status).unwrap(),
        }
    };
    let facts = ["upload_id", "batch_number", "expected"].map(|it| ended.metadata[it].as_str());
    assert_eq!((&*ended.reason, facts), ("BATCH_OUT_OF_ORDER", ["gap", "3", "2"]));
    // What was read behind the gap may still be done, in its turn.
    let upload = Upload::open(&house.erp, "gap").await;
    let last = upload.opened.last_batch_number;
    assert!((1..=2).contains(&last));
    assert_eq!(get(&house.shop, "MUG").await.on_hand, last.to_string());
}

/// No more than eight batches are read before one was acknowledged: HTTP/2 holds the sender back.
#[tokio::test(flavor = "multi_thread")]
async fn a_flood_is_held_back() {
    let house = House::open().await;
    let mut upload = Upload::open(&house.erp, "flood").await;
    let conn = hold(&house).await;
    // A batch is larger than what HTTP/2 lets through unread, so those that were said are nearly those read.
    let rows = |number: i64| {
        let row = |nth: i64| format!("{}-{nth} {number}", "x".repeat(200));
        (0..1000).map(row).collect::<Vec<_>>().join(", ")
    };
    let mut sent = 0;
    let held_back = Duration::from_millis(500);
    while sent < 40 {
        let next = upload.say.send(batch(sent + 1, &rows(sent + 1)));
        if tokio::time::timeout(held_back, next).await.is_err() {
            break;
        }
        sent += 1;
    }
    assert!((8..=16).contains(&sent), "{sent} were taken");
    conn.close().await.unwrap();
    for number in 1..=sent {
        let done = upload.acknowledged().await;
        assert_eq!((done.batch_number, &*told(done.counts)), (number, "1000 applied"));
    }
    assert_eq!(upload.finish().await.last_batch_number, sent);
}

/// A stream that is cut in the middle has done whole batches and nothing else, and says how many.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_upload_is_done_up_to_a_batch() {
    let house = House::open().await;
    let upload = Upload::open(&house.erp, "cut").await;
    let conn = hold(&house).await;
    for number in 1..=5 {
        upload.say.send(batch(number, &format!("MUG {number}, POT {number}"))).await.unwrap();
    }
    drop(upload);
    conn.close().await.unwrap();
    let mut upload = Upload::open(&house.erp, "cut").await;
    let last = upload.opened.last_batch_number;
    assert!((0..=5).contains(&last));
    // What was still on its way may be done since then, and is not done twice.
    let all = house.shop.stock().list_stock(proto::ListStockRequest::default()).await.unwrap();
    let on_hand = all.into_inner().levels.into_iter().map(|it| it.on_hand.parse().unwrap());
    let on_hand: BTreeSet<i64> = on_hand.collect();
    assert!(on_hand.len() <= 1, "{on_hand:?}: a batch is done in part");
    assert!(on_hand.into_iter().all(|it| (last..=5).contains(&it)));
    for number in last + 1..=5 {
        upload.push(number, &format!("MUG {number}, POT {number}")).await;
    }
    for sku in ["MUG", "POT"] {
        assert_eq!(get(&house.shop, sku).await.on_hand, "5");
    }
    assert_eq!(upload.finish().await.last_batch_number, 5);
}

/// Whoever opens and says nothing is sent away, and may come back.
#[tokio::test(flavor = "multi_thread")]
async fn an_idle_upload_ends_and_goes_on_later() {
    let house = House::open().await;
    let mut upload = Upload::open(&house.erp, "slow").await;
    upload.push(1, "MUG 1").await;
    let ended = refusal(&next(&mut upload.hear).await.unwrap_err()).unwrap();
    assert_eq!((&*ended.reason, &*ended.metadata["last_batch_number"]), ("UPLOAD_IDLE", "1"));
    let mut upload = Upload::open(&house.erp, "slow").await;
    assert_eq!(upload.push(2, "MUG 2").await.batch_number, 2);
}

/// A server that stops answers what is on its way, and says that it goes.
#[tokio::test(flavor = "multi_thread")]
async fn a_stopping_server_answers_and_says_so() {
    let house = House::open().await;
    let mut upload = Upload::open(&house.erp, "stop").await;
    let mut conn = hold(&house).await;
    upload.say.send(batch(1, "MUG 1")).await.unwrap();
    until_waiting(&mut conn, 1, Awaited::Turn).await;
    let House { server, database, .. } = house;
    let stopped = tokio::spawn(server.stop());
    conn.close().await.unwrap();
    assert_eq!(upload.acknowledged().await.batch_number, 1);
    let last = next(&mut upload.hear).await.unwrap();
    assert!(matches!(last, Event::GoingAway(_)), "{last:?}");
    stopped.await.unwrap().unwrap();
    drop(database);
}
