//! What operators read: one line for each thing that happened, searchable, on standard error.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts the log. `ERPSYNC_LOG` filters (`info` by default), `json` writes objects.
pub fn start(json: bool) {
    begin(json, "info");
}

/// Starts the log of a program whose output is meant for people: warnings alone.
pub fn start_quietly() {
    begin(false, "warn");
}

fn begin(json: bool, level: &str) {
    let filter = EnvFilter::try_from_env("ERPSYNC_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // A second start in one process (tests) keeps the first.
    let _ = if json { log.json().try_init() } else { log.with_target(false).try_init() };
}
