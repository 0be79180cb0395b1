mod known;
mod said_again;

use std::collections::HashSet;

use erpsync_client::{Connection, proto};
use futures_util::future::join_all;
use sqlx::{ConnectOptions, Connection as _, Executor, Row as _};
use tonic::Code;

use crate::kit::{
    Awaited, House, address, attempts, count_attempts, hold_lanes, request_id, serve, until_waiting,
};

const EACH: usize = 300;

async fn adjust(erp: &Connection, by: &str) -> i64 {
    let adjustment =
        proto::StockAdjustment { sku: "MUG".into(), quantity: by.into(), ..Default::default() };
    let request =
        proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![adjustment] };
    erp.stock().adjust_stock(request).await.unwrap().into_inner().revision
}

async fn on_hand(caller: &Connection) -> String {
    let request = proto::GetStockRequest { sku: "MUG".into(), ..Default::default() };
    let answer = caller.stock().get_stock(request).await.unwrap().into_inner();
    answer.level.unwrap().on_hand
}

/// Two servers share one environment: one history without gaps, and nothing is lost.
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_make_one_history() {
    let house = House::open().await;
    let (second, _) = serve(&house.database, &house.clock).await;
    let token = crate::kit::create_token(&house.operator, "acme", "production", "erp").await.secret;
    let other = Connection::open(&address(&second), &token).await.unwrap();
    let mut watch =
        other.stock().watch_stock(proto::WatchStockRequest::default()).await.unwrap().into_inner();

    let calls = (0..EACH).flat_map(|_| [adjust(&house.erp, "1"), adjust(&other, "1")]);
    let revisions: HashSet<i64> = join_all(calls).await.into_iter().collect();

    let last = 2 * EACH as i64;
    assert_eq!(revisions, (1..=last).collect::<HashSet<_>>(), "each call has its own revision");
    assert_eq!(on_hand(&house.shop).await, last.to_string());
    let mut conn = house.database.connect().await.unwrap();
    let log = "select count(*) as rows, max(revision) as last from log where environment > 0";
    let log = conn.fetch_one(log).await.unwrap();
    assert_eq!((log.get::<i64, _>("rows"), log.get::<i64, _>("last")), (last, last));
    conn.close().await.unwrap();

    // A watcher of one server hears what the other has written, to the last.
    loop {
        use proto::watch_stock_response::Event;
        let message = watch.message().await.unwrap().unwrap();
        if let Some(Event::Changes(changes)) = message.event
            && changes.revision == last
        {
            break assert_eq!(changes.levels[0].on_hand, last.to_string());
        }
    }
    second.stop().await.unwrap();
}

/// Connections that end while nobody uses them cost no caller anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_broke_meanwhile_is_not_noticed() {
    let house = House::open().await;
    let staging = house.other_world().await;
    let mut conn = house.database.connect().await.unwrap();
    // Two at once, so that two connections lie idle.
    hold_lanes(&mut conn).await;
    let both = [house.erp.clone(), staging[0].clone()];
    let both = both.map(|erp| tokio::spawn(async move { adjust(&erp, "1").await }));
    until_waiting(&mut conn, 2, Awaited::Turn).await;
    conn.execute("select pg_advisory_unlock_all()").await.unwrap();
    join_all(both).await;
    let ended = "
        select count(pg_terminate_backend(pid, 10000)) as ended
        from pg_stat_activity
        where datname = current_database() and application_name = 'erpsync lanes'
        ";
    let ended = conn.fetch_one(ended).await.unwrap().get::<i64, _>("ended");
    assert!(2 <= ended, "{ended} connections were idle");
    adjust(&house.erp, "1").await;
    assert_eq!(on_hand(&house.shop).await, "2");
    conn.close().await.unwrap();
}

/// Who waits for the lock too long has not begun: the caller may say it again, and nothing is left behind on
/// the connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_is_not_had_is_nobodys_fault() {
    let house = House::open().await;
    adjust(&house.erp, "1").await;
    let mut held = house.database.connect().await.unwrap();
    let lock = "
        select pg_advisory_lock(1163022419, number)
        from tenant_environment
        where name = 'production'
        ";
    held.execute(lock).await.unwrap();
    for _ in 0..3 {
        let erp = house.erp.clone();
        let request = proto::AdjustStockRequest {
            request_id: request_id(),
            adjustments: vec![proto::StockAdjustment {
                sku: "MUG".into(),
                quantity: "1".into(),
                ..Default::default()
            }],
        };
        let waiting = tokio::spawn(async move { erp.stock().adjust_stock(request).await });
        let give_up = "
            select count(pg_cancel_backend(pid)) as ended
            from pg_stat_activity
            where datname = current_database() and application_name = 'erpsync lanes'
                and wait_event = 'advisory'
            ";
        while !waiting.is_finished()
            && held.fetch_one(give_up).await.unwrap().get::<i64, _>("ended") == 0
        {}
        let refused = waiting.await.unwrap().unwrap_err();
        assert_eq!(refused.code(), Code::Unavailable, "{refused}");
    }
    held.execute("select pg_advisory_unlock_all()").await.unwrap();
    adjust(&house.erp, "1").await;
    assert_eq!(on_hand(&house.shop).await, "2");
    held.close().await.unwrap();
}

/// A commit that is slow is not overtaken: what comes later has a later revision, and no watcher
/// sees it first.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_commit_is_not_overtaken() {
    let house = House::open().await;
    let (second, _) = serve(&house.database, &house.clock).await;
    let token = crate::kit::create_token(&house.operator, "acme", "production", "erp").await.secret;
    let other = Connection::open(&address(&second), &token).await.unwrap();
    adjust(&house.erp, "1").await;

    // Whoever writes a movement of 1000 waits at its commit for a lock that the test holds.
    let mut conn = house.database.connect().await.unwrap();
    conn.execute(
        "
        create function wait_at_commit() returns trigger language plpgsql as $$
        begin
            if new.quantity = 1000 then
                perform pg_advisory_xact_lock(4711);
            end if;
            return null;
        end $$;
        create constraint trigger slow after insert on stock_movement
        deferrable initially deferred for each row execute function wait_at_commit();
        select pg_advisory_lock(4711);
        ",
    )
    .await
    .unwrap();
    let erp = house.erp.clone();
    let slow = tokio::spawn(async move { adjust(&erp, "1000").await });
    until_waiting(&mut conn, 1, Awaited::Turn).await;
    let hasty = tokio::spawn(async move { adjust(&other, "1").await });
    // The hasty one waits for the environment, behind the slow one.
    until_waiting(&mut conn, 2, Awaited::Turn).await;
    assert_eq!(on_hand(&house.shop).await, "1", "nothing is seen before it is committed");
    conn.execute("select pg_advisory_unlock(4711)").await.unwrap();
    assert_eq!((slow.await.unwrap(), hasty.await.unwrap()), (2, 3));
    assert_eq!(on_hand(&house.shop).await, "1002");
    conn.close().await.unwrap();
    second.stop().await.unwrap();
}

/// A row that somebody moves between the look and the write is looked up again: what a batch decided on what lay
/// elsewhere is not written, nor lost.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_moved_is_looked_up_again() {
    let house = House::open().await;
    adjust(&house.erp, "1").await;
    let mut conn = house.database.connect().await.unwrap();
    count_attempts(&mut conn, "update on stock_level").await;
    conn.execute("begin; update stock_level set kept_back = kept_back").await.unwrap();
    let erp = house.erp.clone();
    let adjusted = tokio::spawn(async move { adjust(&erp, "1").await });
    // It has looked the row up, and now waits for whoever moves it.
    until_waiting(&mut conn, 1, Awaited::Row).await;
    conn.execute("commit").await.unwrap();
    assert_eq!(adjusted.await.unwrap(), 2);
    assert_eq!(on_hand(&house.shop).await, "2");
    assert_eq!(attempts(&mut conn).await, 3, "who moves it, and the batch twice");
    conn.close().await.unwrap();
}

/// What a batch has changed the next one on its books does not look for where it lay before: it would not be found,
/// and be decided anew each time.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_not_looked_for_where_it_lay() {
    let house = House::open().await;
    set_many(&house.erp, "1").await;
    let mut conn = house.database.connect().await.unwrap();
    count_attempts(&mut conn, "update on stock_level").await;
    conn.execute(
        "
        create function wait_at_commit() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock_shared(4711);
            return null;
        end $$;
        create constraint trigger slow after insert on identity
        deferrable initially deferred for each row execute function wait_at_commit();
        select pg_advisory_lock(4711)
        ",
    )
    .await
    .unwrap();
    let erp = house.erp.clone();
    let first = tokio::spawn(async move { set_many(&erp, "2").await });
    until_waiting(&mut conn, 1, Awaited::Turn).await;
    let erp = house.erp.clone();
    let second = tokio::spawn(async move { set_many(&erp, "3").await });
    // It is decided ahead of its turn, for which it waits.
    until_waiting(&mut conn, 2, Awaited::Turn).await;
    conn.execute("select pg_advisory_unlock(4711)").await.unwrap();
    assert_eq!((first.await.unwrap(), second.await.unwrap()), (2, 3));
    assert_eq!(on_hand(&house.shop).await, "3");
    assert_eq!(attempts(&mut conn).await, 2, "each batch was written once");
    conn.close().await.unwrap();
}

/// As many levels as are decided ahead; MUG is one of them.
async fn set_many(erp: &Connection, on_hand: &str) -> i64 {
    let reading = |sku: String| {
        let on_hand = on_hand.into();
        proto::StockReading { sku, on_hand, ..Default::default() }
    };
    let skus = (0..100).map(|it| format!("SKU-{it}")).chain(["MUG".into()]);
    let readings = skus.map(reading).collect();
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    erp.stock().set_stock(request).await.unwrap().into_inner().revision
}

/// A row written beside the lane is met, not overwritten: the batch runs again behind it. That one
/// is committed after the lane has read the head, and tells of another kind.
#[tokio::test(flavor = "multi_thread")]
async fn a_writer_beside_the_lane_is_a_conflict_not_a_loss() {
    let house = House::open().await;
    adjust(&house.erp, "1").await;
    let mut beside = house.database.connect().await.unwrap();
    beside
        .execute(
            "
            begin;
            insert into log (environment, revision, kind, removed, keys, at)
            select environment, 2, 'another', false, array['FOREIGN'], clock_timestamp()
            from log where environment > 0 limit 1
            ",
        )
        .await
        .unwrap();
    let erp = house.erp.clone();
    let inside = tokio::spawn(async move { adjust(&erp, "1").await });
    let mut watch = house.database.connect().await.unwrap();
    until_waiting(&mut watch, 1, Awaited::Row).await;
    beside.execute("commit").await.unwrap();
    assert_eq!(inside.await.unwrap(), 3);
    assert_eq!(on_hand(&house.shop).await, "2");
    beside.close().await.unwrap();
    watch.close().await.unwrap();
}
