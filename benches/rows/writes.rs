//! Rows of what is written.

use std::time::Duration;

use erpsync_client::Connection;
use futures_util::future::join_all;

use super::{at_least, at_most, must_be_dense, must_be_sold};
use crate::kit::{Bench, Server, World, connect, sku};
use crate::load::{self, fill, gentle as orders_at_rate, order_for, push_for, three};
use crate::peer::Pgbench;
use crate::report::{Bound, Round, Row};

const PUSH: &str = include_str!("../peer/push.sql");
const ORDER: &str = include_str!("../peer/order.sql");
const HOT: &str = include_str!("../peer/hot.sql");
const PLENTY: u64 = 1_000_000_000;
const CALLERS: usize = 256;
const COUNTS: &[usize] = &[1, 8, 16, 32];

fn levels(bench: &Bench) -> usize {
    bench.size.of(200_000, 8_000)
}

fn row(
    name: &'static str,
    unit: &'static str,
    peer: impl Into<String>,
    bound: Bound,
    rounds: Vec<Round>,
) -> Row {
    Row { name, unit, peer: peer.into(), bound, rounds, notes: Vec::new() }
}

/// Several connections of one shop: callers share them.
async fn shops(bench: &Bench, world: &World, count: usize) -> Vec<Connection> {
    join_all((0..count).map(|_| connect(&bench.server.address, &world.shop_token))).await
}

pub async fn push(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let world = bench.world().await;
    fill(&world.erp, levels, PLENTY).await;
    let peer = Pgbench::new(bench, levels).await;
    let variables = [("levels", levels.to_string()), ("lanes", "1".into())];
    let mut rounds = Vec::new();
    for nth in 0..=bench.size.rounds {
        let value = push_for(&world.erp, &format!("round-{nth}"), levels, time).await;
        let told = peer.run(PUSH, 1, time, None, &variables).await;
        rounds.push(Round { value, peer: Some(told.per_second * load::BATCH as f64) });
    }
    must_be_dense(bench, &world).await;
    // The first warms up.
    rounds.remove(0);
    row("push", "levels/s", "one SQL statement for 1,000, pgbench", at_least(0.7, 1.0), rounds)
}

pub async fn push_four(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench) / 4, bench.size.round);
    let worlds =
        [bench.world().await, bench.world().await, bench.world().await, bench.world().await];
    for world in &worlds {
        fill(&world.erp, levels, PLENTY).await;
    }
    let peer = Pgbench::new(bench, 4 * levels).await;
    let variables = [("levels", (4 * levels).to_string()), ("lanes", "2".into())];
    let mut rounds = Vec::new();
    for nth in 0..=bench.size.rounds {
        let id = format!("round-{nth}");
        let all = join_all(worlds.iter().map(|it| push_for(&it.erp, &id, levels, time))).await;
        let told = peer.run(PUSH, 2, time, None, &variables).await;
        let peer = Some(told.per_second * load::BATCH as f64);
        rounds.push(Round { value: all.iter().sum(), peer });
    }
    for world in &worlds {
        must_be_dense(bench, world).await;
    }
    rounds.remove(0);
    let bound = at_least(0.6, 0.9);
    row(
        "push, 4 environments",
        "levels/s",
        "the same, 2 clients on disjoint articles",
        bound,
        rounds,
    )
}

/// What refusing costs: the same upload with and without a tenth of bad rows.
pub async fn push_refused(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let world = bench.world().await;
    fill(&world.erp, levels, PLENTY).await;
    let mut rounds = Vec::new();
    for nth in 0..=bench.size.rounds {
        let good = push_for(&world.erp, &format!("good-{nth}"), levels, time).await;
        let mut uploader = load::Uploader::open(&world.erp, &format!("bad-{nth}")).await;
        let (begin, mut round) = (std::time::Instant::now(), 1_000_000 * nth as u64);
        while begin.elapsed() < time {
            let mut readings = load::scattered(levels, &mut round);
            readings.iter_mut().step_by(10).for_each(|it| it.on_hand = "x".into());
            uploader.push(readings).await;
        }
        uploader.settle().await;
        let took = begin.elapsed().as_secs_f64();
        let counts = uploader.counts;
        assert_eq!(counts.refused * 9, counts.applied + counts.unchanged, "each tenth is refused");
        let rows = counts.refused + counts.applied + counts.unchanged;
        // Time for a row, good ones and bad.
        rounds.push(Round { value: took / rows as f64 * 1e6, peer: Some(1e6 / good) });
    }
    rounds.remove(0);
    row("push, a tenth refused", "µs/row", "itself without bad rows", at_most(1.3, 1.0), rounds)
}

pub async fn order(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let world = bench.world().await;
    fill(&world.erp, levels, PLENTY).await;
    let shops = shops(bench, &world, 8).await;
    let peer = Pgbench::new(bench, levels).await;
    let script = format!("\\set levels {levels}\n{ORDER}");
    let best = peer.best(&script, COUNTS, bench.size.of(time / 2, time)).await;
    let (mut rounds, mut placed) = (Vec::new(), 0);
    for _ in 0..=bench.size.rounds {
        let sold = order_for(&shops, CALLERS, time, move || three(levels)).await;
        placed += sold.placed;
        let told = peer.run(&script, best, time, None, &[]).await;
        rounds.push(Round { value: sold.per_second, peer: Some(told.per_second) });
    }
    must_be_sold(bench, &world, placed, 3).await;
    rounds.remove(0);
    let peer = format!("one transaction each, pgbench, {best} clients");
    row("order", "orders/s", peer, at_least(1.5, 3.0), rounds)
}

/// One article that everybody wants: as many are sold as there were, to the last.
pub async fn hot(bench: &Bench) -> Row {
    let time = bench.size.round;
    let world = bench.world().await;
    fill(&world.erp, 100, PLENTY).await;
    let shops = shops(bench, &world, 8).await;
    let peer = Pgbench::new(bench, 100).await;
    let best = peer.best(HOT, COUNTS, bench.size.of(time / 2, time)).await;
    let (mut rounds, mut placed) = (Vec::new(), 0);
    for _ in 0..=bench.size.rounds {
        let sold = order_for(&shops, CALLERS, time, || vec![sku(7)]).await;
        placed += sold.placed;
        let told = peer.run(HOT, best, time, None, &[]).await;
        rounds.push(Round { value: sold.per_second, peer: Some(told.per_second) });
    }
    must_be_sold(bench, &world, placed, 1).await;
    // The last units: so many are sold, and all others are told that there are none.
    let scarce = bench.world().await;
    let there = bench.size.of(2_000, 200);
    fill(&scarce.erp, 1, there).await;
    let shops = self::shops(bench, &scarce, 8).await;
    let sold = order_for(&shops, CALLERS, time, || vec![sku(0)]).await;
    assert_eq!(sold.placed, there, "as many as there were");
    assert!(0 < sold.refused, "nobody was refused");
    must_be_sold(bench, &scarce, there, 1).await;
    rounds.remove(0);
    let peer = format!("order and conditional update, pgbench, {best} clients");
    row("hot", "orders/s", peer, at_least(3.5, 7.0), rounds)
}

pub async fn gentle(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let world = bench.world().await;
    fill(&world.erp, levels, PLENTY).await;
    let peer = Pgbench::new(bench, levels).await;
    let script = format!("\\set levels {levels}\n{ORDER}");
    let mut rounds = Vec::new();
    for _ in 0..=bench.size.rounds {
        let value = orders_at_rate(&world.shop, levels, 200, time).await;
        let told = peer.run(&script, 8, time, Some(200), &[]).await;
        rounds.push(Round { value, peer: Some(told.p99) });
    }
    let each = (200.0 * time.as_secs_f64()) as u64;
    must_be_sold(bench, &world, each * rounds.len() as u64, 3).await;
    rounds.remove(0);
    row("gentle", "ms, p99 at 200/s", "pgbench at 200/s, p99", at_most(2.0, 1.0), rounds)
}

/// Orders while somebody uploads as fast as it goes, in the same environment.
pub async fn behind_push(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let world = bench.world().await;
    fill(&world.erp, levels, PLENTY).await;
    let mut rounds = Vec::new();
    let mut pushed = 0.0;
    for nth in 0..=bench.size.rounds {
        let alone = orders_at_rate(&world.shop, levels, 200, time).await;
        let erp = world.erp.clone();
        let upload = tokio::spawn(async move {
            push_for(&erp, &format!("round-{nth}"), levels, time + Duration::from_secs(1)).await
        });
        let value = orders_at_rate(&world.shop, levels, 200, time).await;
        pushed += upload.await.expect("an upload");
        rounds.push(Round { value, peer: Some(alone) });
    }
    must_be_dense(bench, &world).await;
    let pushed = pushed / rounds.len() as f64;
    rounds.remove(0);
    let bound = at_most(12.0, 5.0);
    let mut row = row("order behind push", "ms, p99 at 200/s", "itself alone", bound, rounds);
    row.notes.push(format!("meanwhile {pushed:.0} levels/s were pushed"));
    row
}

pub async fn tenants(bench: &Bench) -> Row {
    let (levels, time) = (1_000, bench.size.round);
    let mut worlds = Vec::new();
    for _ in 0..bench.size.of(100, 10) {
        let world = bench.world().await;
        fill(&world.erp, levels, PLENTY).await;
        worlds.push(world);
    }
    let alone = bench.world().await;
    fill(&alone.erp, levels, PLENTY).await;
    let one = shops(bench, &alone, 8).await;
    let all: Vec<_> = worlds.iter().map(|it| it.shop.clone()).collect();
    let (mut rounds, mut placed, mut placed_alone) = (Vec::new(), 0, 0);
    for _ in 0..=bench.size.rounds {
        let many = order_for(&all, CALLERS, time, move || three(levels)).await;
        let single = order_for(&one, CALLERS, time, move || three(levels)).await;
        placed += many.placed;
        placed_alone += single.placed;
        rounds.push(Round { value: many.per_second, peer: Some(single.per_second) });
    }
    must_be_sold(bench, &alone, placed_alone, 3).await;
    let mut numbers = Vec::new();
    for world in &worlds {
        numbers.push(bench.number(world).await);
        must_be_dense(bench, world).await;
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from orders where environment = any($1)")
        .bind(&numbers)
        .fetch_one(&bench.pool())
        .await
        .expect("their orders");
    assert_eq!(kept as u64, placed);
    rounds.remove(0);
    let mut row = row("tenants", "orders/s", "one environment", at_least(0.6, 1.2), rounds);
    row.notes.push(format!("{} environments at once", worlds.len()));
    row
}

/// One environment floods; another wants 50 orders a second.
pub async fn quiet_tenant(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let (quiet, loud) = (bench.world().await, bench.world().await);
    fill(&quiet.erp, 1_000, PLENTY).await;
    fill(&loud.erp, levels, PLENTY).await;
    let flood = shops(bench, &loud, 8).await;
    let mut rounds = Vec::new();
    for nth in 0..=bench.size.rounds {
        let alone = orders_at_rate(&quiet.shop, 1_000, 50, time).await;
        let longer = time + Duration::from_secs(1);
        let orders = tokio::spawn({
            let flood = flood.clone();
            async move { order_for(&flood, CALLERS, longer, move || three(levels)).await }
        });
        let upload = tokio::spawn({
            let erp = loud.erp.clone();
            async move { push_for(&erp, &format!("round-{nth}"), levels, longer).await }
        });
        let value = orders_at_rate(&quiet.shop, 1_000, 50, time).await;
        orders.await.expect("orders");
        upload.await.expect("an upload");
        rounds.push(Round { value, peer: Some(alone) });
    }
    must_be_dense(bench, &quiet).await;
    must_be_dense(bench, &loud).await;
    rounds.remove(0);
    row("quiet tenant", "ms, p99 at 50/s", "itself alone", at_most(10.0, 3.0), rounds)
}

pub async fn two_processes(bench: &Bench) -> Row {
    let (levels, time) = (levels(bench), bench.size.round);
    let world = bench.world().await;
    fill(&world.erp, levels, PLENTY).await;
    let socket = bench.socket().display().to_string().replace('/', "%2F");
    let url = format!("postgres://erpsync@{socket}/postgres");
    let second = Server::start(&bench.folder().join("second"), Some(&url));
    let one = shops(bench, &world, 8).await;
    let mut both = one[..4].to_vec();
    both.extend(join_all((0..4).map(|_| connect(&second.address, &world.shop_token))).await);
    let (mut rounds, mut placed) = (Vec::new(), 0);
    for _ in 0..=bench.size.rounds {
        let shared = order_for(&both, CALLERS, time, move || three(levels)).await;
        let single = order_for(&one, CALLERS, time, move || three(levels)).await;
        placed += shared.placed + single.placed;
        rounds.push(Round { value: shared.per_second, peer: Some(single.per_second) });
    }
    must_be_sold(bench, &world, placed, 3).await;
    second.stop();
    rounds.remove(0);
    row("two processes", "orders/s", "one process", at_least(0.7, 1.0), rounds)
}
