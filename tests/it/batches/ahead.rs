//! While one batch is written, the next is decided: on what the first will have written, if it does and
//! nobody else comes between.

use std::sync::atomic::Ordering;
use std::time::Duration;

use erpsync::error::{Reason, Result};
use erpsync::lanes::{Lane, Receipt, Submitted};
use futures_util::future::join_all;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use super::purse::Give;
use super::{Mint, reason, until};

/// So many want a coin meanwhile: as many as have to wait before any of them are decided.
const MANY: usize = 64;
const WAITS_FOR_A_ROW: &str = "
    select exists (
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'transactionid'
    )";
const WAITS_FOR_ITS_TURN: &str = "
    select exists (
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'
    )";

/// Somebody gives a coin to a purse that has five, which is not written yet because the purse is held; many want
/// one out of it meanwhile, which is decided.
struct Held {
    mint: Mint,
    lane: Lane,
    holder: PgConnection,
    first: Submitted<i64>,
    many: Vec<Submitted<i64>>,
}

impl Held {
    async fn open() -> Held {
        let mut mint = Mint::open().await;
        let lane = mint.lane();
        for name in ["held", "quiet"] {
            lane.run(mint.give("mint", name, 5)).await.unwrap();
        }
        let mut holder = mint.options.connect().await.unwrap();
        holder.execute("begin; select from purse where name = 'held' for update").await.unwrap();
        // Much at once: only behind such batches anything is decided ahead.
        let much = Give { heavy: true, ..mint.give("mint", "held", 1) };
        let first = lane.submit(much).unwrap();
        until(&mut mint.owner, WAITS_FOR_A_ROW).await;
        let many = (0..MANY).map(|nth| mint.give(["held", "quiet"][nth % 2], "anna", 1));
        let many = many.map(|it| lane.submit(it).unwrap()).collect();
        let held = Held { mint, lane, holder, first, many };
        held.decided(3 + MANY).await;
        held
    }

    async fn decided(&self, times: usize) {
        let all = async {
            while self.mint.decided.load(Ordering::SeqCst) < times {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), all).await.expect("all are decided");
    }

    /// Lets the purse go; what came of the first, and how many then got one out of either purse.
    async fn end(self) -> (Result<Receipt<i64>>, [usize; 2], Mint) {
        let Held { mint, lane: _lane, mut holder, first, many } = self;
        holder.execute("rollback").await.unwrap();
        holder.close().await.unwrap();
        let first = first.answer().await;
        let many = join_all(many.into_iter().map(|it| it.answer())).await;
        let mut got = [0, 0];
        for (nth, outcome) in many.iter().enumerate() {
            match outcome {
                Ok(_) => got[nth % 2] += 1,
                Err(_) => assert_eq!(reason(outcome), Reason::InsufficientStock),
            }
        }
        (first, got, mint)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_knows_what_is_not_written_yet() {
    let (first, got, mut mint) = Held::open().await.end().await;
    assert_eq!(first.unwrap().answer, 6);
    assert_eq!(got, [6, 5]);
    assert_eq!(mint.coins("anna").await, 11);
    // Nothing was decided twice.
    assert_eq!(mint.decided.load(Ordering::SeqCst), 3 + MANY);
}

#[tokio::test(flavor = "multi_thread")]
async fn if_that_is_not_written_it_is_decided_again() {
    let held = Held::open().await;
    let mut owner = held.mint.options.connect().await.unwrap();
    let end = "
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where datname = current_database() and wait_event = 'transactionid'
        ";
    owner.execute(end).await.unwrap();
    held.decided(3 + 2 * MANY).await;
    let (first, got, mut mint) = held.end().await;
    assert_eq!(reason(&first), Reason::DatabaseUnavailable);
    assert_eq!(got, [5, 5]);
    assert_eq!(mint.coins("anna").await, 10);
}

/// Of two servers the one that waits longer comes first.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_comes_between_it_is_decided_again() {
    let mut held = Held::open().await;
    let thief = held.mint.lane().submit(held.mint.give("held", "thief", 6)).unwrap();
    until(&mut held.mint.owner, WAITS_FOR_ITS_TURN).await;
    let (first, got, mut mint) = held.end().await;
    assert_eq!(first.unwrap().answer, 6);
    assert_eq!(thief.answer().await.unwrap().answer, 6);
    assert_eq!(got, [0, 5]);
    assert_eq!(mint.coins("anna").await, 5);
}

/// What nobody watches has no revision, and is noticed all the same.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_changes_what_nobody_sees_it_is_decided_again() {
    let mut held = Held::open().await;
    let quiet = held.mint.lane().submit(held.mint.give("mint", "quiet", 2)).unwrap();
    until(&mut held.mint.owner, WAITS_FOR_ITS_TURN).await;
    let (first, got, mut mint) = held.end().await;
    assert_eq!((first.unwrap().revision, quiet.answer().await.unwrap().revision), (3, 3));
    assert_eq!(got, [6, 7]);
    assert_eq!(mint.coins("anna").await, 13);
}
