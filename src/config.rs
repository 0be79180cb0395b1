//! What an operator decides when starting a server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;

/// Where to listen, and where to keep everything.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whose database.
    pub database: Database,
    /// Where first tokens are written.
    pub folder: PathBuf,
    /// Whose pages may call from browsers, as `https://shop.example`; nobody's, if empty.
    pub origins: Vec<String>,
    /// How the port is guarded.
    pub door: Door,
    /// Moved by tests.
    pub clock: Clock,
}

/// How the port is guarded.
#[derive(Clone, Debug)]
pub struct Door {
    /// Without it calls are not encrypted.
    pub tls: Option<Tls>,
    /// Whether calls may come from other machines without being encrypted here: something in front
    /// does that, or the net is trusted.
    pub insecure_off_loopback: bool,
    /// Connections at a time; one more is closed at once.
    pub connections_max: usize,
    /// Calls of one token on average, and for a moment twice as many; one more is refused.
    pub calls_per_second: u32,
    /// How old a connection grows, give or take a tenth; then it is left.
    pub connection_age: Duration,
}

/// Where the files of TLS lie, in PEM. They are read again when they change.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The server's certificate, and those between it and its authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// Who signs the certificates of callers; without it callers need none.
    pub client_authority: Option<PathBuf>,
}

impl Default for Door {
    fn default() -> Self {
        Door {
            tls: None,
            insecure_off_loopback: false,
            connections_max: 10_000,
            calls_per_second: 5_000,
            connection_age: Duration::from_secs(30 * 60),
        }
    }
}

/// Whose database.
#[derive(Clone, Debug)]
pub enum Database {
    /// A private Postgres in the folder.
    Embedded,
    /// One that is there: `postgres://owner:password@host/name`.
    Url(String),
}

impl Config {
    /// Whether only this machine can call.
    pub fn is_on_loopback(&self) -> bool {
        self.listen.ip().is_loopback()
    }

    /// Where things are kept if nobody says otherwise.
    pub fn default_folder() -> PathBuf {
        // Safety: asks the kernel, changes nothing.
        if unsafe { libc::geteuid() } == 0 {
            return PathBuf::from("/var/lib/erpsync");
        }
        let home = std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|it| PathBuf::from(it).join(".local/share")));
        home.unwrap_or_else(std::env::temp_dir).join("erpsync")
    }
}
