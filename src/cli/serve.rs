use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};

use crate::clock::Clock;
use crate::config::{Config, Database, Door, Tls};
use crate::server::Server;
use crate::telemetry;

/// Open files beside connections: those to the database, and the like.
const FILES_BESIDE: u64 = 200;

/// How to run a server.
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to listen; off loopback only with a certificate, or where it is said below that none is
    /// needed
    #[arg(long, default_value = "127.0.0.1:7443")]
    listen: SocketAddr,
    /// The server's certificate in PEM, with those between it and its authority. Read again on
    /// SIGHUP, and when it changes
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Its private key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Callers need a certificate, too, signed by one of these, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_client_authority: Option<PathBuf>,
    /// Listen off loopback without a certificate, because something in front encrypts: tokens can be
    /// read on their way to here
    #[arg(long)]
    insecure_off_loopback: bool,
    /// How many connections may be open at a time
    #[arg(long, value_name = "NUMBER", default_value_t = Door::default().connections_max)]
    connections_max: usize,
    /// How often one token may call, on average; for a moment it may twice as often
    #[arg(long, value_name = "NUMBER", default_value_t = Door::default().calls_per_second,
        value_parser = clap::value_parser!(u32).range(1..))]
    calls_per_second: u32,
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
    let Arguments {
        listen,
        tls_certificate,
        tls_key,
        tls_client_authority: client_authority,
        insecure_off_loopback,
        connections_max,
        calls_per_second,
        database_url,
        data,
        allow_origin,
        log_json,
    } = arguments;
    telemetry::start(log_json);
    let files_max = allow_files();
    if files_max < connections_max as u64 + FILES_BESIDE {
        tracing::warn!(
            files_max,
            "{files_max} open files are too few for {connections_max} connections"
        );
    }
    // Heard from now on, so that a signal during the start is not lost.
    let mut terminate = signal(SignalKind::terminate()).map_err(|it| it.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|it| it.to_string())?;
    let mut hang_up = signal(SignalKind::hangup()).map_err(|it| it.to_string())?;
    let tls = tls_certificate.zip(tls_key);
    let tls = tls.map(|(certificate, key)| Tls { certificate, key, client_authority });
    let config = Config {
        listen,
        database: database_url.map_or(Database::Embedded, Database::Url),
        folder: data.unwrap_or_else(Config::default_folder),
        origins: allow_origin,
        door: Door {
            tls,
            insecure_off_loopback,
            connections_max,
            calls_per_second,
            ..Door::default()
        },
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
    loop {
        tokio::select! {
            _ = terminate.recv() => tracing::info!("SIGTERM: stopping"),
            _ = interrupt.recv() => tracing::info!("SIGINT: stopping"),
            _ = hang_up.recv() => {
                server.read_certificate_again();
                continue;
            }
        }
        break;
    }
    server.stop().await
}

/// Takes as many open files as the system allows, and answers how many: what is allowed at first is for
/// programs that could not have more.
fn allow_files() -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // Safety: asks the kernel for what fits into `limit`, and tells it the same back.
    unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) == 0 && limit.rlim_cur < limit.rlim_max
        {
            let more = libc::rlimit { rlim_cur: limit.rlim_max, ..limit };
            if libc::setrlimit(libc::RLIMIT_NOFILE, &more) == 0 {
                limit = more;
            }
        }
    }
    limit.rlim_cur
}
