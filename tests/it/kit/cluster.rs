//! One private cluster for the whole binary. A database is dropped when the test that asked for it has
//! ended, and the cluster's folder goes with the process: hundreds of databases would fill a disk.

use std::cell::RefCell;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use erpsync::postgres::{Embedded, migrate};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

use super::Process;

const TEMPLATE: &str = "template_erpsync";

static CLUSTER: OnceCell<Embedded> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);
/// Databases of tests that have ended.
static ENDED: Mutex<Vec<String>> = Mutex::new(Vec::new());

thread_local! {
    /// Databases of the test that runs on this thread.
    static MINE: RefCell<Mine> = const { RefCell::new(Mine(Vec::new())) };
}

struct Mine(Vec<String>);

impl Drop for Mine {
    fn drop(&mut self) {
        ENDED.lock().expect("nobody panics holding it").append(&mut self.0);
    }
}

/// A fresh, migrated database.
pub async fn database() -> PgConnectOptions {
    own("test", TEMPLATE).await
}

/// A database with what another server has in its own, as an operator would restore it.
pub async fn copy_of(server: &Process) -> PgConnectOptions {
    let copy = own("copy", "template0").await;
    let at = |it: &PgConnectOptions| {
        let socket = it.get_socket().expect("a socket").display();
        let database = it.get_database().expect("a name");
        format!("host={socket} user={} dbname={database}", it.get_username())
    };
    let (from, to) = (at(&server.owner()), at(&copy));
    // Debian keeps the newest tools beside the server.
    let script = "
        set -o pipefail
        export PATH=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1):$PATH
        pg_dump --no-owner \"$0\" | psql --quiet --set ON_ERROR_STOP=1 \"$1\"
    ";
    let restore = Command::new("bash").args(["-c", script, &from, &to]).output();
    let restored = restore.expect("bash");
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    copy
}

/// A database of this test.
async fn own(kind: &str, template: &str) -> PgConnectOptions {
    let embedded = cluster().await;
    let name = format!("{kind}_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    MINE.with_borrow_mut(|it| it.0.push(name.clone()));
    create(embedded, &name, template).await
}

async fn cluster() -> &'static Embedded {
    CLUSTER
        .get_or_init(|| async {
            let folder = std::env::temp_dir().join(format!("erpsync-test-{}", std::process::id()));
            remove_with_this_process(&folder);
            // The thread that starts it must outlive every test's runtime, which the launcher's
            // own thread does.
            let embedded = Embedded::start(&folder).await.expect("a private Postgres");
            let template = create(&embedded, TEMPLATE, "template1").await;
            migrate(&template).await.expect("the schema");
            embedded
        })
        .await
}

async fn create(embedded: &Embedded, name: &str, template: &str) -> PgConnectOptions {
    let mut conn = embedded.options().connect().await.expect("a connection");
    let ended = std::mem::take(&mut *ENDED.lock().expect("nobody panics holding it"));
    for ended in ended {
        run(&mut conn, format!("drop database if exists {ended} with (force)")).await;
    }
    run(&mut conn, format!("create database {name} template {template} strategy wal_log")).await;
    conn.close().await.expect("a polite end");
    embedded.options().database(name)
}

async fn run(conn: &mut PgConnection, statement: String) {
    conn.execute(AssertSqlSafe(statement)).await.expect("a database comes or goes");
}

/// A process of its own sees to it: this one may be killed. The cluster still writes while it ends.
fn remove_with_this_process(folder: &Path) {
    let script = "read -r _; until rm -rf \"$0\" \"$0\"-*; do sleep 0.2; done";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(folder).stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.process_group(0).spawn();
    // It hears the end of what this end of the pipe stands for.
    std::mem::forget(child.expect("sh").stdin);
}
