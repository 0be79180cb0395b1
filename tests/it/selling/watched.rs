//! Terms of sale reach those who watch what they may sell, as fast as stock, and nobody else.

use erpsync_client::{Connection, proto};
use proto::watch_start::Start;
use proto::watch_stock_response::Event;
use tonic::Streaming;

use super::{article, as_seen, assign, keep_back, lies, say};
use crate::kit::House;

pub(super) type Watch = Streaming<proto::WatchStockResponse>;

pub(super) async fn watch(caller: &Connection, start: proto::WatchStart) -> Watch {
    let request = proto::WatchStockRequest { filter: None, start: Some(start) };
    caller.stock().watch_stock(request).await.unwrap().into_inner()
}

fn levels(levels: &[proto::StockLevel]) -> String {
    levels.iter().map(|it| format!("{} {}", it.sku, as_seen(it))).collect::<Vec<_>>().join(", ")
}

/// The next messages as text: `begin 3`, `mug main:5`, `end 1`, `3>4 mug main:4-1`.
pub(super) async fn expect(watch: &mut Watch, expected: &[&str]) -> String {
    let mut token = String::new();
    for it in expected {
        let message = watch.message().await.unwrap().expect("a message");
        let text = match message.event.as_ref().unwrap() {
            Event::SnapshotBegin(it) => format!("begin {}", it.as_of_revision),
            Event::SnapshotChunk(it) => levels(&it.levels),
            Event::SnapshotEnd(it) => format!("end {}", it.entry_count),
            Event::Changes(it) => {
                assert!(it.levels.iter().all(|level| it.previous_revision < level.revision));
                format!("{}>{} {}", it.previous_revision, it.revision, levels(&it.levels))
            }
            Event::Heartbeat(it) => format!("beat {}", it.revision),
            Event::GoingAway(_) => "going".into(),
        };
        assert_eq!(text, *it);
        token = message.resume_token;
    }
    token
}

fn resume(token: &str) -> proto::WatchStart {
    proto::WatchStart { start: Some(Start::ResumeToken(token.into())), ..Default::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_terms_is_a_change_of_what_a_shop_is_told() {
    let house = House::open().await;
    let House { erp, shop, shop_b, .. } = &house;
    lies(erp, &[("mug", "main", "5"), ("mug", "west", "5"), ("pot", "main", "5")]).await;
    let [mut a, mut b, mut all] = [
        watch(shop, Default::default()).await,
        watch(shop_b, Default::default()).await,
        watch(erp, Default::default()).await,
    ];
    let begun = ["begin 1", "mug main:5, mug west:5, pot main:5", "end 3"];
    let token = expect(&mut a, &begun).await;
    expect(&mut b, &begun).await;
    expect(&mut all, &begun).await;

    keep_back(erp, &[("shop-a", "mug", "west", "2")]).await;
    expect(&mut a, &["1>2 mug west:3-2"]).await;
    keep_back(erp, &[("shop-a", "mug", "", "1")]).await;
    expect(&mut a, &["2>3 mug main:4-1, mug west:3-2"]).await;
    say(erp, vec![proto::Sellability { blocked: true, ..article("mug", 1) }]).await;
    expect(&mut a, &["3>4 mug main:0-1!BLOCKED, mug west:0-2!BLOCKED"]).await;
    expect(&mut b, &["1>4 mug main:0!BLOCKED, mug west:0!BLOCKED"]).await;
    // Only the last of what a reader missed, and each once.
    keep_back(erp, &[("shop-a", "mug", "west", "")]).await;
    say(erp, vec![article("mug", 2)]).await;
    let mut back = watch(shop, resume(&token)).await;
    let token = expect(&mut back, &["1>6 mug main:4-1, mug west:4-1"]).await;
    // One revision, one message: levels, and what follows from terms.
    keep_back(erp, &[("shop-a", "mug", "", "2"), ("shop-a", "pot", "main", "2")]).await;
    expect(&mut back, &["6>7 mug main:3-2, mug west:3-2, pot main:3-2"]).await;

    // Other locations: a fresh snapshot in the same stream, then changes of those alone.
    assign(erp, "shop-a", &["west"]).await;
    let snapshot = ["begin 8", "mug west:3-2", "end 1"];
    expect(&mut back, &snapshot).await;
    lies(erp, &[("mug", "main", "6"), ("mug", "west", "6")]).await;
    expect(&mut back, &["8>9 mug west:4-2"]).await;
    // Also where it happened while the reader was away.
    let mut late = watch(shop, resume(&token)).await;
    expect(&mut late, &["begin 9", "mug west:4-2", "end 1"]).await;
    // The ERP saw levels alone.
    expect(&mut all, &["1>9 mug main:6, mug west:6"]).await;
}

/// A watch is told at the moment; an order is judged by the clock.
#[tokio::test(flavor = "multi_thread")]
async fn time_opens_and_ends_a_sale_by_itself() {
    use crate::kit::trade::{order, submit};
    use std::time::Duration;

    let house = House::open().await;
    let House { erp, shop, .. } = &house;
    lies(erp, &[("mug", "main", "5")]).await;
    let in_seconds = |it: i64| {
        let now = time::OffsetDateTime::now_utc().unix_timestamp();
        Some(prost_types::Timestamp { seconds: now + it, nanos: 0 })
    };
    let (from_time, until_time) = (in_seconds(3_600), in_seconds(7_200));
    say(erp, vec![proto::Sellability { from_time, until_time, ..article("mug", 1) }]).await;
    let mut told = watch(shop, Default::default()).await;
    expect(&mut told, &["begin 2", "mug main:0!NOT_YET", "end 1"]).await;
    let refused = submit(shop, order("a-1", &[("mug", "1")])).await;
    assert_eq!(refused.unwrap_err(), "ARTICLE_NOT_FOR_SALE");

    house.clock.advance(Duration::from_secs(3_601));
    assert_eq!(submit(shop, order("a-2", &[("mug", "1")])).await.unwrap(), "1+0");
    // The order and the beginning of the sale, whichever came first.
    let mut last = String::new();
    while last != "mug main:4" {
        let message = told.message().await.unwrap().expect("a message");
        let Some(Event::Changes(it)) = message.event else { continue };
        last = levels(&it.levels);
    }
    house.clock.advance(Duration::from_secs(3_600));
    expect(&mut told, &["4>5 mug main:0!ENDED"]).await;
    let refused = submit(shop, order("a-3", &[("mug", "1")])).await;
    assert_eq!(refused.unwrap_err(), "ARTICLE_NOT_FOR_SALE");
}

/// Single calls tell the same, and say where a snapshot begins.
#[tokio::test(flavor = "multi_thread")]
async fn single_calls_tell_the_same() {
    let house = House::open().await;
    let House { erp, shop, .. } = &house;
    lies(erp, &[("mug", "main", "5"), ("mug", "west", "5"), ("pot", "west", "5")]).await;
    let mut token = String::new();
    let mut read = async |page_size: i32| {
        let resume_token = token.clone();
        let request =
            proto::ReadStockChangesRequest { resume_token, page_size, ..Default::default() };
        let page = shop.stock().read_stock_changes(request).await.unwrap().into_inner();
        token = page.resume_token.clone();
        let begins = if page.snapshot_begins { "begin " } else { "" };
        let snapshot = if page.snapshot { "in snapshot: " } else { "" };
        format!("{begins}{snapshot}{}", levels(&page.levels))
    };
    assert_eq!(read(2).await, "begin in snapshot: mug main:5, mug west:5");
    // Assigned in the middle of a snapshot: it ends, and another begins.
    assign(erp, "shop-a", &["west"]).await;
    assert_eq!(read(2).await, "in snapshot: pot west:5");
    assert_eq!(read(2).await, "in snapshot: ");
    assert_eq!(read(2).await, "begin in snapshot: mug west:5, pot west:5");
    assert_eq!(read(2).await, "in snapshot: ");
    keep_back(erp, &[("shop-a", "mug", "", "1"), ("shop-a", "pot", "west", "1")]).await;
    assert_eq!(read(1).await, "mug west:4-1");
    assert_eq!(read(1).await, "pot west:4-1");
    // Nothing of it is this shop's.
    keep_back(erp, &[("shop-b", "mug", "", "1")]).await;
    lies(erp, &[("mug", "main", "1")]).await;
    assert_eq!(read(9).await, "");
    // No location at all that the shop could see: an empty snapshot, and it begins.
    assign(erp, "shop-a", &["moon"]).await;
    assert_eq!(read(9).await, "begin in snapshot: ");
}
