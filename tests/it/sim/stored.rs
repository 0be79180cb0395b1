//! The same worlds again, through lanes to a database, many worlds at once: they
//! end as in memory, and what is stored is what the model says.

use std::sync::Arc;
use std::time::Duration;

use erpsync::clock::Clock;
use erpsync::id::Environment;
use erpsync::lanes::{Lane, Lanes};
use erpsync::postgres::Pools;
use erpsync::server;
use futures_util::future::join_all;
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use time::OffsetDateTime;

use super::world::{Said, Step, World};
use super::{HOURS, LENGTH, is_long, seed};
use crate::batches::Deaf;
use crate::kit::database;

/// Of `make test`, and of `make test-long`: ten thousand commands.
const WORLDS: [usize; 2] = [8, 40];

/// `ERPSYNC_SEED` repeats a run.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_is_what_the_model_says() {
    let first = seed();
    println!("ERPSYNC_SEED={first}");
    let options = database().await;
    let pool = Pools::new(&options).lanes;
    let worlds = (1..=WORLDS[usize::from(is_long())]).map(|nth| {
        let clock = Clock::default();
        let lanes = Lanes::new(pool.clone(), server::books, clock.clone(), Arc::new(Deaf));
        play(first + nth as u64, Environment(nth as i32), lanes, clock, &options)
    });
    join_all(worlds).await;
}

async fn play(
    seed: u64,
    environment: Environment,
    lanes: Lanes,
    clock: Clock,
    options: &PgConnectOptions,
) {
    // The database keeps no fractions that are any finer than it says.
    let start = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap();
    let mut world = World::new(seed, start);
    let lane = lanes.of(environment);
    let mut waiting = Vec::new();
    for _ in 0..LENGTH {
        match world.step().unwrap_or_else(|it| panic!("{it} in the world of seed {seed}")) {
            Step::Said(said) => waiting.push(said),
            Step::Hours => {
                say(&lane, &mut waiting, seed).await;
                clock.advance(Duration::from_secs(HOURS as u64));
            }
        }
    }
    say(&lane, &mut waiting, seed).await;

    let mut stored = server::books();
    world.want_all(&mut stored);
    let mut conn = options.connect().await.unwrap();
    assert!(stored.load(&mut conn, environment).await.unwrap());
    let found = world.audit(&stored);
    found.unwrap_or_else(|it| panic!("stored in the world of seed {seed}: {it}"));
}

/// Says all of it in its order, in as few batches as the lane makes of it.
async fn say(lane: &Lane, waiting: &mut Vec<Said>, seed: u64) {
    let done = join_all(waiting.iter().map(|it| lane.run(it.play.deed.clone()))).await;
    for (said, done) in waiting.drain(..).zip(done) {
        let seen = done.map(|it| (it.answer, it.revision)).map_err(|it| it.reason);
        let expected = said.end.map(|it| (it, said.revision));
        assert_eq!(seen, expected, "in the world of seed {seed}: {}", said.play.content);
    }
}
