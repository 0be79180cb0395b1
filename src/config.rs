//! What an operator decides when starting a server.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::clock::Clock;

/// Where to listen, and where to keep everything.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen. Off loopback only with TLS in front and said so.
    pub listen: SocketAddr,
    /// Whose database.
    pub database: Database,
    /// Where first tokens are written.
    pub folder: PathBuf,
    /// Whose pages may call from browsers, as `https://shop.example`; nobody's, if empty.
    pub origins: Vec<String>,
    /// Moved by tests.
    pub clock: Clock,
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
