//! Connections: who connects, with which settings, and to whose database; and what is to be written.
//!
//! The owner migrates and nothing else. The application connects, becomes the role `erpsync_app`,
//! which owns nothing, and has a pool for each road, so that readers never hold up writers.
//!
//! In every transaction the application names the environment that it is in, and Postgres shows it no
//! rows of another, whatever its statements ask for ([`walls`](migrate)).
//!
//! What is looked up by many keys at once is asked for `from unnest((select $2::text[]))` where one index of the table
//! fits. Where Postgres can count the keys (`unnest($2::text[])`), it thinks a plan for so few of them cheaper
//! than the one that it may keep, and plans each time anew. That is wanted where two indexes may seem to fit: a
//! plan made while the table was empty may use the wrong one.

pub mod array;
mod embedded;
mod migrate;
mod place;
mod reads;
mod writes;

pub use embedded::Embedded;
pub use migrate::{ROLE, migrate};
pub use place::{Place, Tid};
pub use reads::Reads;
pub use writes::{Write, Writes, write};

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Executor, PgPool};

/// By this setting a transaction names its environment.
pub const ENVIRONMENT: &str = "erpsync.environment";

/// How many lanes write at once.
pub const LANES_MAX: u32 = 16;

/// One pool for each road.
#[derive(Clone, Debug)]
pub struct Pools {
    /// For the lanes alone.
    pub lanes: PgPool,
    /// For reads that callers wait for.
    pub reads: Reads,
    /// For the feed's readers.
    pub feed: Reads,
}

impl Pools {
    /// Pools that connect when first needed.
    pub fn new(options: &PgConnectOptions) -> Pools {
        Pools {
            lanes: lanes(options),
            reads: Reads::over(pool(options, 12, "erpsync reads", "10s")),
            feed: Reads::over(pool(options, 12, "erpsync feed", "30s")),
        }
    }

    /// Closes all.
    pub async fn close(&self) {
        self.lanes.close().await;
        self.reads.close().await;
        self.feed.close().await;
    }
}

/// For whoever tells other servers what is new, and listens to them.
pub fn hub(options: &PgConnectOptions) -> PgPool {
    pool(options, 3, "erpsync hub", "10s")
}

/// For the lanes. One finds out whether its connection is still there when it begins, and then nothing is
/// lost: it begins anew. What it has not committed does not come home (`Turn`), so that nothing has to be
/// rolled back.
fn lanes(options: &PgConnectOptions) -> PgPool {
    let settings = settings(options, "erpsync lanes", "10s");
    connections(LANES_MAX).test_before_acquire(false).connect_lazy_with(settings)
}

fn pool(
    options: &PgConnectOptions,
    connections_max: u32,
    name: &'static str,
    statement_timeout: &'static str,
) -> PgPool {
    connections(connections_max)
        // A call dropped during BEGIN leaves a connection inside a transaction, and the next user's
        // acknowledged write would be lost with it (sqlx 0.9).
        .after_release(|conn, _| {
            Box::pin(async move {
                conn.execute("rollback").await?;
                Ok(true)
            })
        })
        .connect_lazy_with(settings(options, name, statement_timeout))
}

fn settings(
    options: &PgConnectOptions,
    name: &'static str,
    statement_timeout: &'static str,
) -> PgConnectOptions {
    options
        .clone()
        .application_name(name)
        .options([
            ("jit", "off"),
            // Plans are kept, and some are made while a table is new and empty: one that read it
            // whole would be kept while it grows. There is an index for each of our roads.
            ("enable_seqscan", "off"),
            ("enable_bitmapscan", "off"),
            // Each connection is rolled back on its way home, and Postgres warns each time that
            // there was nothing to roll back.
            ("client_min_messages", "error"),
            ("synchronous_commit", "on"),
            ("default_transaction_isolation", "read committed"),
            ("idle_in_transaction_session_timeout", "5s"),
            ("statement_timeout", statement_timeout),
            ("tcp_keepalives_idle", "10"),
            ("tcp_keepalives_interval", "5"),
            ("tcp_keepalives_count", "3"),
        ])
        // What a batch writes as one statement is many, as what is in batches differs.
        .statement_cache_capacity(256)
        .disable_statement_logging()
}

fn connections(max: u32) -> PgPoolOptions {
    PgPoolOptions::new().max_connections(max).acquire_timeout(Duration::from_secs(5)).after_connect(
        |conn, _| {
            Box::pin(async move {
                conn.execute("set role erpsync_app").await?;
                Ok(())
            })
        },
    )
}
