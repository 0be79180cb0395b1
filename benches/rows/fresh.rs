//! Rows of how soon a change is in a watcher's hands, beside etcd.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use erpsync_client::proto;
use futures_util::future::join_all;
use hdrhistogram::Histogram;
use proto::watch_start::Start;
use proto::watch_stock_response::Event;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::feed::{set, watch};
use super::{at_least, at_most};
use crate::etcd::{Client, Etcd};
use crate::kit::{Bench, World, connect};
use crate::load::{at_rate, fill, p99};
use crate::report::{Round, Row};

/// When each call began: nanoseconds from the beginning, by the number that it says.
struct Begun {
    zero: Instant,
    at: Vec<AtomicU64>,
}

impl Begun {
    fn new(calls: u64) -> Arc<Begun> {
        let at = (0..=calls).map(|_| AtomicU64::new(0)).collect();
        Arc::new(Begun { zero: Instant::now(), at })
    }

    fn begin(&self, number: u64) {
        let now = self.zero.elapsed().as_nanos() as u64;
        self.at[number as usize].store(now, Ordering::Relaxed);
    }

    /// How long ago the call with this number began; `None` for what was there before.
    fn since(&self, number: u64) -> Option<Duration> {
        let begun = self.at.get(number as usize)?.load(Ordering::Relaxed);
        let now = self.zero.elapsed().as_nanos() as u64;
        (0 < begun).then(|| Duration::from_nanos(now.saturating_sub(begun)))
    }
}

/// What all of them saw, once each has seen every number or has waited in vain.
async fn all(watchers: Vec<JoinHandle<Histogram<u64>>>) -> Histogram<u64> {
    let mut latencies = Histogram::new(3).expect("a histogram");
    for watcher in watchers {
        latencies.add(watcher.await.expect("a watcher")).expect("times");
    }
    latencies
}

/// Articles are many enough that none changes again before it was told.
const ARTICLES: usize = 5_000;

/// Single readings at a rate, seen by watchers on so many connections.
async fn ours(
    bench: &Bench,
    world: &World,
    (watchers, lines): (usize, usize),
    per_second: u32,
    time: Duration,
) -> Histogram<u64> {
    static FIGURES: AtomicU64 = AtomicU64::new(0);
    let calls = u64::from(per_second) * time.as_secs().max(1);
    let first = FIGURES.fetch_add(calls + 1, Ordering::Relaxed) + 1_000;
    let begun = Begun::new(calls);
    let token = &world.shop_token;
    let lines = join_all((0..lines).map(|_| connect(&bench.server.address, token))).await;
    let mut all_watchers = Vec::new();
    for nth in 0..watchers {
        let watch = watch(&lines[nth % lines.len()], Start::Now(true)).await;
        all_watchers.push(tokio::spawn(ours_seen(watch, begun.clone(), first, calls)));
    }
    let erps = join_all((0..4).map(|_| connect(&bench.server.address, &world.erp_token))).await;
    at_rate(per_second, time, |nth| {
        let (erp, begun) = (erps[nth as usize % erps.len()].clone(), begun.clone());
        async move {
            begun.begin(nth);
            set(&erp, nth as usize % ARTICLES, first + nth).await;
        }
    })
    .await;
    let seen = all(all_watchers).await;
    assert_eq!(seen.len(), calls * watchers as u64, "a change did not reach a watcher");
    seen
}

async fn ours_seen(
    mut watch: super::feed::Watch,
    begun: Arc<Begun>,
    first: u64,
    calls: u64,
) -> Histogram<u64> {
    let mut latencies = Histogram::new(3).expect("a histogram");
    let mut revision = 0;
    while latencies.len() < calls {
        let message = tokio::time::timeout(Duration::from_secs(30), watch.message());
        let Ok(message) = message.await else { return latencies };
        let Some(Event::Changes(it)) = message.expect("a message").expect("it goes on").event
        else {
            continue;
        };
        assert!(revision < it.revision, "a revision came twice, or out of order");
        assert!(revision == 0 || revision == it.previous_revision, "something is missing");
        revision = it.revision;
        for level in it.levels {
            let figure: u64 = level.on_hand.parse().expect("a figure");
            if let Some(took) = figure.checked_sub(first).and_then(|it| begun.since(it)) {
                latencies.record(took.as_micros() as u64).expect("a time");
            }
        }
    }
    latencies
}

/// The same with etcd: single puts, watched.
async fn theirs(
    etcd: &Etcd,
    (watchers, lines): (usize, usize),
    per_second: u32,
    time: Duration,
) -> Histogram<u64> {
    let calls = u64::from(per_second) * time.as_secs().max(1);
    let begun = Begun::new(calls);
    let lines = join_all((0..lines).map(|_| Client::open(&etcd.address))).await;
    let (ready, mut is_ready) = mpsc::channel(watchers);
    let mut all_watchers = Vec::new();
    for nth in 0..watchers {
        let (client, begun, ready) =
            (lines[nth % lines.len()].clone(), begun.clone(), ready.clone());
        all_watchers.push(tokio::spawn(async move {
            let mut watch = client.watch("level/").await;
            ready.send(()).await.expect("somebody counts");
            let mut latencies = Histogram::new(3).expect("a histogram");
            while latencies.len() < calls {
                let values = tokio::time::timeout(Duration::from_secs(30), watch.values());
                let Ok(values) = values.await else { return latencies };
                for value in values {
                    if let Some(took) = begun.since(value) {
                        latencies.record(took.as_micros() as u64).expect("a time");
                    }
                }
            }
            latencies
        }));
    }
    for _ in 0..watchers {
        is_ready.recv().await;
    }
    let writers = join_all((0..4).map(|_| Client::open(&etcd.address))).await;
    at_rate(per_second, time, |nth| {
        let (writer, begun) = (writers[nth as usize % writers.len()].clone(), begun.clone());
        async move {
            begun.begin(nth);
            writer.put(&format!("level/{}", nth as usize % ARTICLES), nth).await;
        }
    })
    .await;
    all(all_watchers).await
}

pub async fn fresh(bench: &Bench) -> Row {
    let (watchers, lines) = bench.size.of((100, 20), (5, 2));
    let per_second = bench.size.of(1_000, 100);
    let time = bench.size.round;
    let world = bench.world().await;
    fill(&world.erp, ARTICLES, 5).await;
    let etcd = Etcd::start(bench.folder()).await;
    let mut rounds = Vec::new();
    for _ in 0..=bench.size.rounds {
        let value = p99(&ours(bench, &world, (watchers, lines), per_second, time).await);
        let peer = p99(&theirs(&etcd, (watchers, lines), per_second, time).await);
        rounds.push(Round { value, peer: Some(peer) });
    }
    rounds.remove(0);
    Row {
        name: "fresh",
        unit: "ms, p99",
        peer: "etcd, single puts to watch".into(),
        bound: at_most(1.0, 0.5),
        rounds,
        notes: vec![format!("{per_second} readings/s, {watchers} watchers on {lines} connections")],
    }
}

/// The rate is raised until the 99th of a hundred entries is more than a second late: entries delivered each
/// second just before.
pub async fn fan_out(bench: &Bench) -> Row {
    let watchers: usize = bench.size.of(1_000, 20);
    let lines = watchers.div_ceil(50);
    let time = bench.size.of(Duration::from_secs(3), Duration::from_secs(1));
    let rates =
        bench.size.of(&[50, 70, 100, 140, 200, 280, 400, 560, 800, 1_120, 1_600][..], &[20][..]);
    let world = bench.world().await;
    fill(&world.erp, ARTICLES, 5).await;
    let etcd = Etcd::start(bench.folder()).await;
    let before = bench.server.memory();
    let mut held: Vec<_> = Vec::new();
    let line =
        join_all((0..lines).map(|_| connect(&bench.server.address, &world.shop_token))).await;
    for nth in 0..watchers {
        held.push(watch(&line[nth % lines], Start::Now(true)).await);
    }
    let each = (bench.server.memory() - before) * 1024.0 / watchers as f64;
    drop((held, line));
    let mut rounds = Vec::new();
    for _ in 0..bench.size.rounds {
        let (mut reached, mut peer) = (0.0, 0.0);
        for rate in rates {
            let seen = ours(bench, &world, (watchers, lines), *rate, time).await;
            if 1_000.0 < p99(&seen) {
                break;
            }
            reached = f64::from(*rate) * watchers as f64;
        }
        for rate in rates {
            let seen = theirs(&etcd, (watchers, lines), *rate, time).await;
            let complete = seen.len() == u64::from(*rate) * time.as_secs() * watchers as u64;
            if 1_000.0 < p99(&seen) || !complete {
                break;
            }
            peer = f64::from(*rate) * watchers as f64;
        }
        rounds.push(Round { value: reached, peer: Some(peer) });
    }
    Row {
        name: "fan-out",
        unit: "entries/s",
        peer: "etcd likewise".into(),
        bound: at_least(1.5, 4.0),
        rounds,
        notes: vec![format!("{watchers} watchers on {lines} connections; {each:.0} KiB a watcher")],
    }
}
