//! What erpsync is compared with: pgbench on the same Postgres, with the same rows and durable commits.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Executor};

use crate::kit::Bench;

/// A database beside the server's, and pgbench against it.
pub struct Pgbench {
    program: PathBuf,
    socket: PathBuf,
    folder: PathBuf,
}

/// What a run of pgbench told.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub per_second: f64,
    /// Milliseconds.
    pub p99: f64,
}

impl Pgbench {
    /// Makes tables of its own: the same rows as erpsync's, in the shape of one who writes SQL by hand.
    pub async fn new(bench: &Bench, levels: usize) -> Pgbench {
        let pool = bench.pool();
        let schema = include_str!("peer/schema.sql");
        pool.execute(schema).await.expect("the peer's tables");
        let fill = format!(
            "
            truncate peer.stock_level, peer.log, peer.orders, peer.order_line;
            insert into peer.stock_level (environment, sku, location, on_hand, reserved, revision)
            select 2, 'SKU-' || lpad(nth::text, 7, '0'), 'main', 1000000000, 0, 0
            from generate_series(0, {levels} - 1) as nth;
            "
        );
        pool.execute(AssertSqlSafe(fill)).await.expect("the peer's rows");
        pool.execute("vacuum analyze peer.stock_level").await.expect("statistics");
        pool.close().await;
        Pgbench { program: program(), socket: bench.socket(), folder: bench.folder().to_owned() }
    }

    /// Runs a script for a while; at a rate, where one is given.
    pub async fn run(
        &self,
        script: &str,
        clients: usize,
        time: Duration,
        rate: Option<u32>,
        variables: &[(&str, String)],
    ) -> Told {
        let log = self.folder.join(format!("pgbench-{clients}"));
        let file = self.folder.join("script.sql");
        std::fs::write(&file, script).expect("a script");
        let mut command = Command::new(&self.program);
        command
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=1", "--username=erpsync"])
            .arg(format!("--client={clients}"))
            .arg(format!("--time={}", time.as_secs().max(1)))
            .arg(format!("--host={}", self.socket.display()))
            .arg(format!("--file={}", file.display()));
        for (name, value) in variables {
            command.arg(format!("--define={name}={value}"));
        }
        if let Some(rate) = rate {
            command.arg(format!("--rate={rate}")).arg("--log");
            command.arg(format!("--log-prefix={}", log.display()));
        }
        let command = command.arg("postgres").stdout(Stdio::piped()).stderr(Stdio::piped());
        let run = command.spawn().expect("pgbench");
        let done = tokio::task::spawn_blocking(move || run.wait_with_output()).await;
        let done = done.expect("pgbench's end").expect("pgbench's words");
        let text = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
        let tps = text.lines().find_map(|it| it.strip_prefix("tps = ")).expect("a rate");
        let per_second = tps.split_whitespace().next().and_then(|it| it.parse().ok());
        let p99 = if rate.is_some() { latencies(&self.folder, &log) } else { 0.0 };
        Told { per_second: per_second.expect("a number"), p99 }
    }

    /// The client count that is best, of these: found once, a second or two each.
    pub async fn best(&self, script: &str, counts: &[usize], time: Duration) -> usize {
        let mut best = (0.0, 1);
        for clients in counts {
            let told = self.run(script, *clients, time, None, &[]).await;
            if best.0 < told.per_second {
                best = (told.per_second, *clients);
            }
        }
        best.1
    }
}

/// The 99th of a hundred, in milliseconds, from the moment at which it was due; reads the logs and removes them.
fn latencies(folder: &Path, prefix: &Path) -> f64 {
    let prefix = prefix.file_name().expect("a name").to_string_lossy().into_owned();
    let mut micros: Vec<f64> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            let text = std::fs::read_to_string(entry.path()).expect("a log");
            // client, transaction, latency, script, epoch, micros, lag: the latency counts from when it was due.
            let latency = |it: &str| it.split(' ').nth(2).and_then(|it| it.parse::<f64>().ok());
            micros.extend(text.lines().filter_map(latency));
            let _ = std::fs::remove_file(entry.path());
        }
    }
    micros.sort_by(f64::total_cmp);
    let nth = (micros.len() * 99 / 100).min(micros.len().saturating_sub(1));
    micros.get(nth).copied().unwrap_or_default() / 1000.0
}

/// Beside the server's binaries, of which Debian keeps the newest in a folder of their version.
fn program() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |it: &PathBuf| it.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|it| it.path()).max_by_key(version);
    let there = newest.map(|it| it.join("bin/pgbench")).filter(|it| it.exists());
    there.unwrap_or_else(|| "pgbench".into())
}
