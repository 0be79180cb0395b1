//! What tests need: one private cluster for the whole binary, and for each test a database of its
//! own with a server in front of it.

mod certificates;
mod door;
pub mod frames;
mod house;
mod http;
mod process;
pub mod trade;

pub use certificates::{Authority, Certified};
pub use door::{Door, reason, signed};
pub use house::{House, PAGE, address, config, create_token, request_id, serve, serve_behind};
pub use http::{Framed, Heard, Http, asked, post};
pub use process::{Folder, Process, gone, signal};

use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use erpsync::postgres::{Embedded, migrate};
use prost::Message as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::sync::OnceCell;

const TEMPLATE: &str = "template_erpsync";

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The cluster of this binary. Never dropped: it dies with the process.
struct Cluster {
    embedded: Embedded,
}

async fn cluster() -> &'static Cluster {
    CLUSTER
        .get_or_init(|| async {
            // The thread that starts it must outlive every test's runtime, which the launcher's
            // own thread does.
            let embedded = Embedded::start(&folder()).await.expect("a private Postgres");
            let template = create(&embedded, TEMPLATE, "template1").await;
            migrate(&template).await.expect("the schema");
            Cluster { embedded }
        })
        .await
}

/// A folder of this run that Postgres' user can enter. Those of runs that ended are removed: a
/// cluster dies with its process and cannot do it itself. Nobody waits for that: a whole run leaves half
/// a million files, which take minutes on a disk that is busy.
fn folder() -> PathBuf {
    let temporary = std::env::temp_dir();
    let all = std::fs::read_dir(&temporary).expect("a place for temporary things").flatten();
    let has_ended = |it: &DirEntry| {
        let name = it.file_name();
        let run = name.to_str().and_then(|it| it.strip_prefix("erpsync-test-")?.split('-').next());
        run.is_some_and(|it| !PathBuf::from("/proc").join(it).exists())
    };
    let ended: Vec<_> = all.filter(has_ended).collect();
    std::thread::spawn(move || {
        for old in ended {
            // Another user's stay.
            let _ = std::fs::remove_dir_all(old.path());
        }
    });
    temporary.join(format!("erpsync-test-{}", std::process::id()))
}

async fn create(embedded: &Embedded, name: &str, template: &str) -> PgConnectOptions {
    let mut conn = embedded.options().connect().await.expect("a connection");
    let create = format!("create database {name} template {template} strategy wal_log");
    conn.execute(sqlx::AssertSqlSafe(create)).await.expect("a database");
    conn.close().await.expect("a polite end");
    embedded.options().database(name)
}

/// A database with what another server has in its own, as an operator would restore it.
pub async fn copy_of(server: &Process) -> PgConnectOptions {
    let cluster = cluster().await;
    let name = format!("copy_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let copy = create(&cluster.embedded, &name, "template0").await;
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

/// A fresh, migrated database.
pub async fn database() -> PgConnectOptions {
    let cluster = cluster().await;
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    create(&cluster.embedded, &name, TEMPLATE).await
}

/// Every call of the API, from the descriptors: `StockService/SetStock`.
pub fn methods() -> BTreeSet<String> {
    let all = prost_types::FileDescriptorSet::decode(erpsync::proto::DESCRIPTORS).unwrap();
    let files = all.file.iter().filter(|it| it.package() == "erpsync.v1");
    let services = files.flat_map(|it| &it.service);
    let methods = services.flat_map(|service| {
        service.method.iter().map(move |it| format!("{}/{}", service.name(), it.name()))
    });
    methods.collect()
}
