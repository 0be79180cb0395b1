//! Plays a file of real orders against a server of its own, and checks what came of it.
//!
//! What a row means and how the days go is told in examples/online-retail/README.md; the figures to
//! end with were worked out from the file by a program that shares no code with this one.

mod change;
mod check;
mod evening;
mod file;
mod morning;
mod night;
mod play;
mod shop;
mod watch;

use std::path::{Path, PathBuf};

use erpsync_client::Connection;

use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::server::Server;
use crate::telemetry;

/// Which orders to play.
#[derive(clap::Args)]
pub struct Arguments {
    /// Invoices in the format of Online Retail, packed or not
    #[arg(long, value_name = "FILE", default_value = "examples/online-retail/orders.csv")]
    data: PathBuf,
    /// What must come of it; without it, figures are printed and the books checked among themselves
    #[arg(long, value_name = "FILE")]
    expected: Option<PathBuf>,
}

/// Starts a server in a temporary place, plays, checks, prints; fails if any check does.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let Arguments { data, expected } = arguments;
    telemetry::start_quietly();
    let invoices = file::read(&data)?;
    let expected = match expected.or_else(|| beside(&data)) {
        Some(path) => {
            let text = std::fs::read_to_string(&path);
            let text = text.map_err(|it| format!("{}: {it}", path.display()))?;
            Some(serde_json::from_str(&text).map_err(|it| format!("{}: {it}", path.display()))?)
        }
        None => None,
    };
    let folder = std::env::temp_dir().join(format!("erpsync-demo-{}", std::process::id()));
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: Database::Embedded,
        folder: folder.clone(),
        origins: Vec::new(),
        door: Default::default(),
        clock: Clock::default(),
    };
    eprintln!("starting a server on a private Postgres in {}", folder.display());
    let server = Server::start(config).await?;
    let played = play_against(&server, &invoices).await;
    let stopped = server.stop().await;
    // What is left in a temporary folder does no harm.
    let _ = std::fs::remove_dir_all(&folder);
    let played = played?;
    stopped?;
    check::report(&invoices, &played, expected.as_ref())
}

/// The figures that stand beside the example.
fn beside(data: &Path) -> Option<PathBuf> {
    let path = data.with_file_name("expected.json");
    (data.file_name()? == "orders.csv" && path.exists()).then_some(path)
}

async fn play_against(server: &Server, invoices: &[file::Invoice]) -> Result<play::Played, String> {
    let path = server.tokens().ok_or("the server is not new")?;
    let text = std::fs::read_to_string(path).map_err(|it| it.to_string())?;
    let address = format!("http://{}", server.address());
    let open = async |system: &str| {
        let begin = format!("demo/production/{system} ");
        let token = text.lines().find_map(|it| it.strip_prefix(&begin));
        let token = token.ok_or_else(|| format!("no token of {system}"))?;
        Connection::open(&address, token).await.map_err(|it| it.to_string())
    };
    let shops = [open("shop-a").await?, open("shop-b").await?];
    play::play(open("erp").await?, shops, invoices).await
}
