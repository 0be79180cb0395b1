//! While one batch is written, the next is decided: on what the first will have written, if it does and
//! nobody else comes between.

use std::sync::atomic::Ordering;
use std::time::Duration;

use erpsync::error::{Reason, Result};
use erpsync::lanes::{Lane, Receipt, Submitted};
use futures_util::future::join_all;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use super::purse::Give;
use super::{Mint, reason};
use crate::kit::{Awaited, until_waiting};

/// As many as have to wait before any of them are decided.
pub const MANY: usize = 64;

/// Anna gives her five coins to Ben, which is not written yet because her purse is held.
pub struct Held {
    pub mint: Mint,
    lane: Lane,
    holder: PgConnection,
    first: Submitted<i64>,
    /// Who wants a coin meanwhile, and out of whose purse.
    others: Vec<(&'static str, Submitted<i64>)>,
}

/// What came of it: of the first, and how many of the others got one out of Ben's purse and out of a quiet one.
pub struct Ended {
    pub mint: Mint,
    pub first: Result<Receipt<i64>>,
    got: [usize; 2],
}

impl Held {
    pub async fn open() -> Held {
        let mint = Mint::open().await;
        let lane = mint.lane();
        Held::on(mint, lane).await
    }

    pub async fn on(mut mint: Mint, lane: Lane) -> Held {
        for name in ["anna", "quiet"] {
            lane.run(mint.give("mint", name, 5)).await.unwrap();
        }
        let mut holder = mint.options.connect().await.unwrap();
        holder.execute("begin; select from purse where name = 'anna' for update").await.unwrap();
        // Much at once: only behind such batches anything is decided ahead.
        let much = Give { heavy: true, ..mint.give("anna", "ben", 5) };
        let first = lane.submit(much).unwrap();
        until_waiting(&mut mint.owner, 1, Awaited::Row).await;
        Held { mint, lane, holder, first, others: Vec::new() }
    }

    /// The same, and so many want a coin that they are decided.
    async fn with_many() -> Held {
        let mut held = Held::open().await;
        (0..MANY).for_each(|nth| held.want(["ben", "quiet"][nth % 2], false));
        held.decided(3 + MANY).await;
        held
    }

    pub fn want(&mut self, from: &'static str, heavy: bool) {
        let give = Give { heavy, ..self.mint.give(from, "cleo", 1) };
        self.others.push((from, self.lane.submit(give).unwrap()));
    }

    pub async fn decided(&self, times: usize) {
        let all = async {
            while self.mint.decided.load(Ordering::SeqCst) < times {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), all).await.expect("all are decided");
    }

    /// Another server wants these coins, and waits for its turn.
    pub async fn another_wants(&mut self, from: &str, to: &str, coins: i64) -> Submitted<i64> {
        let another = self.mint.lane().submit(self.mint.give(from, to, coins)).unwrap();
        until_waiting(&mut self.mint.owner, 1, Awaited::Turn).await;
        another
    }

    /// Ends what writes the first: its connection, or its statement.
    pub async fn break_the_first(&mut self, how: &str) {
        let sql = format!(
            "
            select {how}(pid)
            from pg_stat_activity
            where datname = current_database() and wait_event = 'transactionid'
            "
        );
        self.mint.owner.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
    }

    /// Lets the purse go.
    pub async fn end(self) -> Ended {
        let Held { mint, lane: _lane, mut holder, first, others } = self;
        holder.execute("rollback").await.unwrap();
        holder.close().await.unwrap();
        let first = first.answer().await;
        let mut got = [0, 0];
        let others = others.into_iter().map(|(from, it)| async move { (from, it.answer().await) });
        for (from, outcome) in join_all(others).await {
            match outcome {
                Ok(_) => got[usize::from(from == "quiet")] += 1,
                Err(_) => assert_eq!(reason(&outcome), Reason::InsufficientStock),
            }
        }
        Ended { mint, first, got }
    }
}

impl Ended {
    /// What the others got is there, and was got once.
    pub async fn must_be(&mut self, got: [usize; 2]) {
        assert_eq!(self.got, got);
        assert_eq!(self.mint.coins("cleo").await, (got[0] + got[1]) as i64);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_knows_what_is_not_written_yet() {
    let mut ended = Held::with_many().await.end().await;
    assert_eq!(ended.first.as_ref().unwrap().answer, 5);
    ended.must_be([5, 5]).await;
    // Nothing was decided twice.
    assert_eq!(ended.mint.decided.load(Ordering::SeqCst), 3 + MANY);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_would_wait_for_much_goes_with_it() {
    let mut held = Held::open().await;
    for (nth, heavy) in [true, false, false].into_iter().enumerate() {
        held.want("ben", heavy);
        held.decided(4 + nth).await;
    }
    held.end().await.must_be([3, 0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn if_that_is_not_written_it_is_decided_again() {
    // If the connection is lost, the history ends where it ended.
    for how in ["pg_cancel_backend", "pg_terminate_backend"] {
        let mut held = Held::with_many().await;
        held.break_the_first(how).await;
        held.decided(4 + MANY).await;
        let mut ended = held.end().await;
        assert_eq!(ended.first.as_ref().unwrap().answer, 5, "{how}");
        ended.must_be([5, 5]).await;
        assert_eq!(ended.mint.decided.load(Ordering::SeqCst), 4 + 2 * MANY, "{how}");
    }
}

/// It ends elsewhere, and nobody can say whose doing that is.
#[tokio::test(flavor = "multi_thread")]
async fn if_a_connection_is_lost_and_another_server_comes_between_it_is_not_known() {
    let mut held = Held::with_many().await;
    let thief = held.another_wants("anna", "thief", 5).await;
    held.break_the_first("pg_terminate_backend").await;
    // The thief has its turn, and waits for the purse.
    until_waiting(&mut held.mint.owner, 1, Awaited::Row).await;
    let mut ended = held.end().await;
    assert_eq!(thief.answer().await.unwrap().revision, 3);
    assert_eq!(reason(&ended.first), Reason::DatabaseUnavailable);
    ended.must_be([0, 5]).await;
}

/// Of two servers the one that waits longer comes first.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_comes_between_it_is_decided_again() {
    let mut held = Held::with_many().await;
    let thief = held.another_wants("ben", "thief", 5).await;
    let mut ended = held.end().await;
    assert_eq!(ended.first.as_ref().unwrap().answer, 5);
    assert_eq!(thief.answer().await.unwrap().answer, 5);
    ended.must_be([0, 5]).await;
}

/// What nobody watches has no revision, and is noticed all the same.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_changes_what_nobody_sees_it_is_decided_again() {
    let mut held = Held::with_many().await;
    let quiet = held.another_wants("mint", "quiet", 2).await;
    let mut ended = held.end().await;
    let revisions =
        (ended.first.as_ref().unwrap().revision, quiet.answer().await.unwrap().revision);
    assert_eq!(revisions, (3, 3));
    ended.must_be([5, 7]).await;
}

/// The history is as long as it would have been, and says something else.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_comes_before_the_first_both_are_decided_again() {
    let mut held = Held::with_many().await;
    let thief = held.another_wants("anna", "thief", 5).await;
    held.break_the_first("pg_cancel_backend").await;
    // The thief has its turn, and waits for the purse.
    until_waiting(&mut held.mint.owner, 1, Awaited::Row).await;
    let mut ended = held.end().await;
    assert_eq!(thief.answer().await.unwrap().revision, 3);
    assert_eq!(reason(&ended.first), Reason::InsufficientStock);
    ended.must_be([0, 5]).await;
}
