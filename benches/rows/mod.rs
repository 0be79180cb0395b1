//! The rows of the table, each measured against a peer in the same minute, and each checked for its truth.

pub mod feed;
pub mod fresh;
pub mod writes;

use std::future::Future;
use std::pin::Pin;

use crate::kit::{Bench, World};
use crate::report::{Bound, Row};

type Later<'a> = Pin<Box<dyn Future<Output = Row> + 'a>>;

/// A row by its name.
pub struct Named {
    pub name: &'static str,
    pub run: for<'a> fn(&'a Bench) -> Later<'a>,
}

macro_rules! rows {
    ($($name:literal => $run:path,)+) => {
        &[$(Named { name: $name, run: |bench| Box::pin($run(bench)) },)+]
    };
}

/// All there are, in the order of the table.
pub const ALL: &[Named] = rows! {
    "push" => writes::push,
    "push, 4 environments" => writes::push_four,
    "push, a tenth refused" => writes::push_refused,
    "order" => writes::order,
    "hot" => writes::hot,
    "gentle" => writes::gentle,
    "order behind push" => writes::behind_push,
    "fresh" => fresh::fresh,
    "fan-out" => fresh::fan_out,
    "delta" => feed::delta,
    "snapshot" => feed::snapshot,
    "resume" => feed::resume,
    "tenants" => writes::tenants,
    "quiet tenant" => writes::quiet_tenant,
    "two processes" => writes::two_processes,
    "json" => feed::json,
    "idle" => feed::idle,
};

pub const fn at_least(floor: f64, goal: f64) -> Bound {
    Bound::AtLeast { floor, goal }
}

pub const fn at_most(floor: f64, goal: f64) -> Bound {
    Bound::AtMost { floor, goal }
}

/// Every world's history is dense: as many revisions as the newest says.
pub async fn must_be_dense(bench: &Bench, world: &World) {
    let number = bench.number(world).await;
    let (count, newest): (i64, i64) = sqlx::query_as(
        "select count(distinct revision), coalesce(max(revision), 0) from log where environment = $1",
    )
    .bind(number)
    .fetch_one(&bench.pool())
    .await
    .expect("its log");
    assert_eq!(count, newest, "{} has gaps in its history", world.name);
}

/// As many orders are kept as were placed, each unit of them is reserved once, and nothing is oversold.
pub async fn must_be_sold(bench: &Bench, world: &World, placed: u64, units_each: u64) {
    let number = bench.number(world).await;
    let (orders, reserved, oversold): (i64, i64, i64) = sqlx::query_as(
        "
        select (select count(*) from orders where environment = $1),
            (select sum(reserved)::bigint from stock_level where environment = $1),
            (select count(*) from stock_level where environment = $1 and on_hand < reserved)
        ",
    )
    .bind(number)
    .fetch_one(&bench.pool())
    .await
    .expect("what was sold");
    assert_eq!(orders as u64, placed, "orders in {}", world.name);
    assert_eq!(reserved as u64, placed * units_each, "units in {}", world.name);
    assert_eq!(oversold, 0, "oversold in {}", world.name);
    must_be_dense(bench, world).await;
}
