//! A private Postgres for `serve` with no database given: found, initialised, started, watched.
//!
//! It listens on a Unix socket only, in a folder of its own; it dies with the server, and is
//! started again if it is killed. Commits are durable as in any Postgres: fsync stays on.

mod find;
mod folder;
mod launch;
mod user;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use folder::Claim;
use launch::Keeper;
use user::User;

/// The superuser of the private cluster, who owns the tables.
const OWNER: &str = "erpsync";
const READY_MAX: Duration = Duration::from_secs(60);

/// A running private cluster. Stops when dropped.
pub struct Embedded {
    keeper: Keeper,
    data: PathBuf,
    socket_folder: PathBuf,
    _claim: Claim,
}

impl Embedded {
    /// Starts the cluster in `folder`, which is made if it is not there.
    pub async fn start(folder: &Path) -> Result<Embedded, String> {
        let binaries = find::binaries()?;
        let user = User::of_postgres()?;
        let folder = std::path::absolute(folder).map_err(|it| it.to_string())?;
        if user.is_another() && folder.starts_with("/root") {
            return Err(format!(
                "Postgres refuses to run as root, and no other user may look into {}; give --data another folder",
                folder.display()
            ));
        }
        let (data, socket_folder) = (folder.join("postgres"), socket_folder(&folder));
        user.make_folder(&folder, 0o755)?;
        let claim = Claim::of(&folder)?;
        user.make_folder(&socket_folder, 0o700)?;
        if !data.join("PG_VERSION").exists() {
            user.make_folder(&data, 0o700)?;
            launch::initialise(&binaries, &user, &data, OWNER)?;
        }
        let keeper = Keeper::start(&binaries, &user, &data, &socket_folder)?;
        let embedded = Embedded { keeper, data, socket_folder, _claim: claim };
        embedded.wait_until_ready().await?;
        Ok(embedded)
    }

    /// How to connect as the owner.
    pub fn options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_folder)
            .username(OWNER)
            .database("postgres")
    }

    /// The process id of the cluster, for those who want to see it die.
    pub fn process_id(&self) -> Option<u32> {
        self.keeper.process_id()
    }

    /// Ends the cluster: connections are cut, nothing that was committed is lost.
    pub fn stop(&self) {
        self.keeper.stop();
    }

    async fn wait_until_ready(&self) -> Result<(), String> {
        let begin = std::time::Instant::now();
        loop {
            let cause = match self.options().connect().await {
                Ok(connection) => {
                    // Whether it closes politely does not matter.
                    let _ = connection.close().await;
                    // One that a killed server left behind still answers for a moment.
                    if folder::holder(&self.data) == self.keeper.process_id() {
                        return Ok(());
                    }
                    "an older one is still there".into()
                }
                Err(cause) => cause.to_string(),
            };
            if READY_MAX < begin.elapsed() {
                return Err(format!(
                    "the private Postgres did not get ready: {cause}; {}",
                    self.keeper.last_words()
                ));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A socket's path has at most 107 bytes; `.s.PGSQL.5432` and its lock take 20 of them.
fn socket_folder(folder: &Path) -> PathBuf {
    let beside = folder.join("socket");
    if beside.as_os_str().len() <= 85 {
        return beside;
    }
    let digest = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    std::env::temp_dir().join(format!("erpsync-{}", &digest[..16]))
}
