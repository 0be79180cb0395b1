use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};

use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::server::Server;
use crate::telemetry;

/// How to run a server.
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to listen; loopback only, calls are not encrypted
    #[arg(long, default_value = "127.0.0.1:7443")]
    listen: SocketAddr,
    /// Whose database, as its owner: postgres://owner:password@host/name. Without one, a private
    /// Postgres is started
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Where the private Postgres and the first tokens are kept
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// A page that may call from a browser, such as https://shop.example; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// Log objects instead of lines
    #[arg(long)]
    log_json: bool,
}

/// Runs until SIGTERM or SIGINT.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let Arguments { listen, database_url, data, allow_origin, log_json } = arguments;
    telemetry::start(log_json);
    if !listen.ip().is_loopback() {
        return Err(format!("{listen} is not a loopback address, and calls are not encrypted"));
    }
    // Heard from now on, so that a signal during the start is not lost.
    let mut terminate = signal(SignalKind::terminate()).map_err(|it| it.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|it| it.to_string())?;
    let config = Config {
        listen,
        database: database_url.map_or(Database::Embedded, Database::Url),
        folder: data.unwrap_or_else(Config::default_folder),
        origins: allow_origin,
        clock: Clock::default(),
    };
    let server = tokio::select! {
        started = Server::start(config) => started?,
        _ = terminate.recv() => return Ok(()),
        _ = interrupt.recv() => return Ok(()),
    };
    if let Some(path) = server.tokens() {
        println!("the first tokens are in {}", path.display());
    }
    println!("listening on {}", server.address());
    tokio::select! {
        _ = terminate.recv() => tracing::info!("SIGTERM: stopping"),
        _ = interrupt.recv() => tracing::info!("SIGINT: stopping"),
    }
    server.stop().await
}
