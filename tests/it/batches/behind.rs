//! Once it is known how long batches take, the next is sent while one is written, and waits in Postgres.

use std::sync::atomic::Ordering;

use erpsync::error::Reason;

use super::ahead::{Held, MANY};
use super::purse::Give;
use super::{Mint, reason};
use crate::kit::{Awaited, until_waiting};

/// How often something is decided before the first is held.
const BEFORE: usize = 7;

/// The first is held, of a lane in which much was written before. Whoever gets something has a purse: what is new and
/// what is not are not written as one statement here.
async fn held() -> Held {
    let mint = Mint::open().await;
    let lane = mint.lane();
    lane.run(Give { heavy: true, ..mint.give("mint", "somebody", 1) }).await.unwrap();
    for name in ["ben", "cleo"] {
        lane.run(mint.give("mint", name, 1)).await.unwrap();
        lane.run(mint.give(name, "somebody", 1)).await.unwrap();
    }
    Held::on(mint, lane).await
}

impl Held {
    /// So many want a coin that they are decided, and sent; somebody else may wait, too.
    async fn sends_many(&mut self, waiting_with_them: i64) {
        (0..MANY).for_each(|nth| self.want(["ben", "quiet"][nth % 2], false));
        until_waiting(&mut self.mint.owner, waiting_with_them, Awaited::Turn).await;
    }

    fn decided_times(&self) -> usize {
        self.mint.decided.load(Ordering::SeqCst)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_written_once_the_first_is() {
    let mut held = held().await;
    held.sends_many(1).await;
    assert_eq!(held.decided_times(), BEFORE + 1 + MANY);
    let mut ended = held.end().await;
    assert_eq!(ended.first.as_ref().unwrap().answer, 5);
    ended.must_be([5, 5]).await;
    assert_eq!(ended.mint.decided.load(Ordering::SeqCst), BEFORE + 1 + MANY, "nothing twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn if_the_first_is_not_written_it_is_decided_again() {
    for how in ["pg_cancel_backend", "pg_terminate_backend"] {
        let mut held = held().await;
        held.sends_many(1).await;
        held.break_the_first(how).await;
        // It is decided again, and held again.
        held.decided(BEFORE + 2 + MANY).await;
        let mut ended = held.end().await;
        assert_eq!(ended.first.as_ref().unwrap().answer, 5, "{how}");
        ended.must_be([5, 5]).await;
        let decided = ended.mint.decided.load(Ordering::SeqCst);
        assert_eq!(decided, BEFORE + 2 + 2 * MANY, "{how}");
    }
}

/// Of two that wait the one that came first is first.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_comes_between_it_is_decided_again() {
    let mut held = held().await;
    let thief = held.another_wants("ben", "thief", 5).await;
    held.sends_many(2).await;
    let mut ended = held.end().await;
    assert_eq!(ended.first.as_ref().unwrap().answer, 5);
    assert_eq!(thief.answer().await.unwrap().answer, 5);
    ended.must_be([0, 5]).await;
}

/// The first can be said to have failed only once nothing can come of what was sent behind it.
#[tokio::test(flavor = "multi_thread")]
async fn if_another_server_comes_between_and_the_first_is_lost_both_end_as_they_must() {
    let mut held = held().await;
    let thief = held.another_wants("anna", "thief", 5).await;
    held.sends_many(2).await;
    held.break_the_first("pg_terminate_backend").await;
    // The thief has its turn, and waits for the purse.
    until_waiting(&mut held.mint.owner, 1, Awaited::Row).await;
    let mut ended = held.end().await;
    assert_eq!(thief.answer().await.unwrap().answer, 5);
    assert_eq!(reason(&ended.first), Reason::DatabaseUnavailable);
    ended.must_be([0, 5]).await;
}
