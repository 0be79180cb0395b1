//! Buyers, shops and time all at once: each cart has one end, and nothing is sold twice.

use std::collections::BTreeMap;
use std::time::Duration;

use erpsync_client::{Connection, proto};
use futures_util::future::join_all;

use super::{cart, consume, extend, hold, of_cart, order, release, seconds, set, state, told};
use crate::batches::Random;
use crate::kit::House;

const CARTS: usize = 60;
/// Who wants a mug without having one in a cart.
const OTHERS: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Runner {
    Order,
    Consume,
    Release,
    Extend,
    /// Another shop's buyer.
    Other,
    /// The time of short carts is over.
    Time,
}

async fn run(house: &House, (runner, nth): (Runner, usize)) -> String {
    let (id, number) = (format!("c-{nth}"), format!("a-{nth}"));
    let place = async |shop: &Connection, order: proto::SubmitOrderRequest| {
        told(shop.orders().submit_order(order).await)
    };
    match runner {
        Runner::Order => place(&house.shop, of_cart(order(&number, &[("mug", "1")]), &id)).await,
        Runner::Consume => consume(&house.erp, &id).await,
        Runner::Release => release(&house.tool, &id).await,
        Runner::Extend => extend(&house.shop, &id, 10).await,
        Runner::Other => place(&house.shop_b, order(&number, &[("mug", "1")])).await,
        Runner::Time => {
            house.clock.advance(Duration::from_secs(20));
            "OK".into()
        }
    }
}

/// `ERPSYNC_SEED` repeats the order in which they set out.
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_and_each_cart_has_one_end() {
    let told = std::env::var("ERPSYNC_SEED").ok().and_then(|it| it.parse().ok());
    let seed = told.unwrap_or_else(|| std::process::id().into());
    println!("ERPSYNC_SEED={seed}");
    let mut random = Random(seed);
    let house = House::open().await;
    set(&house.erp, "mug", &CARTS.to_string()).await;
    let carts = (0..CARTS).map(async |nth| {
        let lifetime = seconds(if nth % 3 == 0 { 15 } else { 600 });
        let cart = cart(&format!("c-{nth}"), &[("mug", "1")]);
        hold(&house.shop, proto::CreateReservationRequest { lifetime, ..cart }).await
    });
    assert!(join_all(carts).await.iter().all(|it| it == "OK"));

    let mut race: Vec<(Runner, usize)> = (0..CARTS)
        .flat_map(|nth| {
            use Runner::{Consume, Extend, Order, Release};
            [Order, Consume, Release, Extend].map(|it| (it, nth))
        })
        .chain((CARTS..CARTS + OTHERS).map(|nth| (Runner::Other, nth)))
        .chain([(Runner::Time, 0)])
        .collect();
    for nth in 1..race.len() {
        race.swap(nth, random.below(nth as u64 + 1) as usize);
    }
    let mut told = Vec::new();
    // In waves, so that none of the systems' connections is always the fastest.
    for wave in race.chunks(24) {
        told.extend(join_all(wave.iter().map(|it| run(&house, *it))).await);
    }
    let told: BTreeMap<_, _> = race.into_iter().zip(told).collect();
    let won = |runner, nth: usize| told[&(runner, nth)] == "OK";

    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for nth in 0..CARTS {
        let state = state(&house.shop, &format!("c-{nth}")).await;
        let enders = [Runner::Order, Runner::Consume, Runner::Release];
        let winners: Vec<_> = enders.into_iter().filter(|it| won(*it, nth)).collect();
        let expected: &[&str] = match winners[..] {
            // Where nobody did, its time is over, whether or not that is written yet.
            [] => &["EXPIRED", "HELD"],
            [Runner::Release] => &["RELEASED"],
            [_] => &["CONSUMED"],
            _ => panic!("{winners:?} have ended cart {nth}, seed {seed}"),
        };
        assert!(expected.contains(&&*state), "cart {nth} is {state}, seed {seed}");
        let end = if state == "HELD" { "EXPIRED" } else { &state };
        let losers = enders.into_iter().filter(|it| !won(*it, nth));
        let extend = (!won(Runner::Extend, nth)).then_some(Runner::Extend);
        for loser in losers.chain(extend) {
            let expected = format!("INVALID_STATE {end}");
            assert_eq!(told[&(loser, nth)], expected, "{loser:?} of {nth}, seed {seed}");
        }
        *count.entry(winners.first().map_or("time".into(), |it| format!("{it:?}"))).or_default() +=
            1;
    }
    println!("{count:?}");

    // All that is still held ends, and whoever waits for nothing gets nothing.
    house.clock.advance(Duration::from_secs(3_600));
    for nth in 0..CARTS {
        let id = format!("c-{nth}");
        if state(&house.shop, &id).await == "HELD" {
            super::until(&house.shop, &id, "EXPIRED").await;
        }
    }
    let others = (CARTS..CARTS + OTHERS).filter(|nth| won(Runner::Other, *nth)).count();
    let of = |it: Runner| (0..CARTS).filter(|nth| won(it, *nth)).count();
    let (on_hand, reserved) = (CARTS - of(Runner::Consume), of(Runner::Order) + others);
    assert!(reserved <= on_hand, "sold twice, seed {seed}");
    let level = super::level(&house.shop, "mug").await;
    assert_eq!(level, format!("{on_hand}/{reserved}/0"), "seed {seed}");
}
