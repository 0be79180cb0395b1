//! What rows need: a server in a process of its own, worlds in it, and its Postgres for the peers.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use erpsync_client::{Connection, proto};
use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

/// How much is done of everything.
#[derive(Clone, Copy)]
pub struct Size {
    pub quick: bool,
    pub rounds: usize,
    pub round: Duration,
}

impl Size {
    /// As the table says, or as much as shows that the row works.
    pub fn of<T>(&self, whole: T, quick: T) -> T {
        if self.quick { quick } else { whole }
    }
}

/// The place in which everything is measured.
pub struct Bench {
    pub size: Size,
    pub server: Server,
    pub operator: Connection,
    folder: PathBuf,
    worlds: AtomicU32,
}

/// A server in a process of its own.
pub struct Server {
    child: Child,
    pub address: String,
}

/// An environment, and who calls in it.
pub struct World {
    pub name: String,
    pub erp: Connection,
    pub shop: Connection,
    pub erp_token: String,
    pub shop_token: String,
}

impl Server {
    /// On a private Postgres in a folder, or on the database that is given.
    pub fn start(folder: &Path, database: Option<&str>) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_erpsync"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
        // One token stands for many shops.
        command.args(["--calls-per-second", "1000000"]);
        command.env_remove("DATABASE_URL").env("ERPSYNC_LOG", "error");
        if let Some(database) = database {
            command.args(["--database-url", database]);
        }
        let child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
        let mut child = child.expect("the server's binary");
        let said = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut lines = said.lines().map_while(Result::ok);
        let address = lines.find_map(|it| it.strip_prefix("listening on ").map(str::to_owned));
        let address = format!("http://{}", address.expect("a server that comes up"));
        Server { child, address }
    }

    /// Resident memory, in MiB.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a running server");
        let kib = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).expect("its memory");
        kib.trim().trim_end_matches(" kB").trim().parse::<f64>().expect("a number") / 1024.0
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        if !asked.is_ok_and(|it| it.success()) {
            // It may be gone already.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            self.end();
        }
    }
}

impl Bench {
    /// Everything fresh, in a temporary folder that goes with it.
    pub async fn start(size: Size) -> Bench {
        let folder = std::env::temp_dir().join(format!("erpsync-bench-{}", std::process::id()));
        let server = Server::start(&folder, None);
        let tokens = std::fs::read_to_string(folder.join("tokens.txt")).expect("the first tokens");
        let operator = tokens.lines().find_map(|it| it.strip_prefix("operator ")).expect("one");
        let operator = connect(&server.address, operator).await;
        Bench { size, server, operator, folder, worlds: AtomicU32::new(0) }
    }

    /// The server's own Postgres, as its owner.
    pub fn postgres(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.socket())
            .username("erpsync")
            .database("postgres")
            .disable_statement_logging()
    }

    /// The folder of its socket, for programs of Postgres.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// For looking and preparing.
    pub fn pool(&self) -> PgPool {
        PgPoolOptions::new().max_connections(2).connect_lazy_with(self.postgres())
    }

    /// An environment that nobody has used.
    pub async fn world(&self) -> World {
        let name = format!("bench-{}", self.worlds.fetch_add(1, Ordering::Relaxed));
        let mut admin = self.operator.admin();
        let (tenant, environment) = ("demo".to_owned(), name.clone());
        let request_id = |what: &str| format!("{name}-{what}");
        admin
            .create_environment(proto::CreateEnvironmentRequest {
                request_id: request_id("environment"),
                tenant: tenant.clone(),
                name: environment.clone(),
            })
            .await
            .expect("an environment");
        let mut tokens = Vec::new();
        for (system, kind) in [("erp", proto::SystemKind::Erp), ("shop", proto::SystemKind::Shop)] {
            admin
                .create_system(proto::CreateSystemRequest {
                    request_id: request_id(system),
                    tenant: tenant.clone(),
                    environment: environment.clone(),
                    name: system.into(),
                    kind: kind.into(),
                })
                .await
                .expect("a system");
            let request = proto::CreateTokenRequest {
                request_id: request_id(&format!("{system}-token")),
                tenant: tenant.clone(),
                environment: environment.clone(),
                system: system.into(),
                ..Default::default()
            };
            tokens.push(admin.create_token(request).await.expect("a token").into_inner().secret);
        }
        let [erp_token, shop_token] = tokens.try_into().expect("two");
        let erp = connect(&self.server.address, &erp_token).await;
        let shop = connect(&self.server.address, &shop_token).await;
        World { name, erp, shop, erp_token, shop_token }
    }

    /// Number of the world's environment in the database.
    pub async fn number(&self, world: &World) -> i32 {
        sqlx::query_scalar("select number from tenant_environment where name = $1")
            .bind(&world.name)
            .fetch_one(&self.pool())
            .await
            .expect("its number")
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.server.end();
        // What cannot be removed lies in the folder for temporary things.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub async fn connect(address: &str, token: &str) -> Connection {
    Connection::open(address, token).await.expect("a connection")
}

/// The nth article; sorted as numbers are.
pub fn sku(nth: usize) -> String {
    format!("SKU-{nth:07}")
}
