//! What is left when something is killed while writes are under way.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use erpsync_client::{Connection, proto, refusal};
use sqlx::{ConnectOptions, Connection as _, Executor};
use tokio::sync::watch;
use tonic::Code;

use crate::kit::{Folder, Process, gone, signal};

const WRITERS: usize = 16;

/// Writers who never stop, and say again whatever was not answered, with the same identity.
struct Writers {
    shared: Arc<Shared>,
    address: watch::Sender<String>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

struct Shared {
    token: Connection,
    stop: AtomicBool,
    unanswered: AtomicUsize,
    /// What the server said OK to.
    acknowledged: Mutex<BTreeSet<String>>,
    /// How often a write was said again because its answer was lost.
    said_again: AtomicUsize,
}

impl Writers {
    async fn start(server: &Process) -> Writers {
        let shared = Arc::new(Shared {
            token: server.connect("operator").await,
            stop: AtomicBool::new(false),
            unanswered: AtomicUsize::new(0),
            acknowledged: Mutex::default(),
            said_again: AtomicUsize::new(0),
        });
        let (address, addresses) = watch::channel(server.address.clone());
        let task = |nth| tokio::spawn(write(shared.clone(), addresses.clone(), nth));
        let tasks = (0..WRITERS).map(task).collect();
        Writers { shared, address, tasks }
    }

    /// Waits until so many more writes were acknowledged.
    async fn acknowledged(&self, more: usize) {
        let count = || self.shared.acknowledged.lock().unwrap().len();
        let goal = count() + more;
        let reached = async {
            while count() < goal {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), reached).await.expect("writes go on");
    }

    /// How many calls have been made and not been answered.
    fn under_way(&self) -> usize {
        self.shared.unanswered.load(Ordering::SeqCst)
    }

    fn moved_to(&self, server: &Process) {
        self.address.send(server.address.clone()).unwrap();
    }

    /// Lets everyone finish, then compares what was acknowledged with what is there.
    async fn check(self, server: &Process) {
        self.shared.stop.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
        let operator = server.connect("operator").await;
        let mut there = Vec::new();
        let mut request = proto::ListTenantsRequest { page_size: 1_000, ..Default::default() };
        loop {
            let page = operator.admin().list_tenants(request.clone()).await.unwrap().into_inner();
            there.extend(page.tenants.into_iter().map(|it| it.name));
            request.page_token = page.next_page_token;
            if request.page_token.is_empty() {
                break;
            }
        }
        let once: BTreeSet<_> = there.iter().filter(|it| *it != "demo").cloned().collect();
        let acknowledged = self.shared.acknowledged.lock().unwrap().clone();
        assert_eq!(once, acknowledged, "lost or unasked for");
        assert_eq!(once.len() + 1, there.len(), "applied twice");
        assert!(0 < self.shared.said_again.load(Ordering::SeqCst), "no answer was lost");
    }
}

async fn write(shared: Arc<Shared>, mut addresses: watch::Receiver<String>, nth: usize) {
    let mut connection = shared.token.clone();
    for count in 0.. {
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let name = format!("writer-{nth}-{count}");
        let request = proto::CreateTenantRequest { request_id: name.clone(), name: name.clone() };
        loop {
            shared.unanswered.fetch_add(1, Ordering::SeqCst);
            let answer = connection.admin().create_tenant(request.clone()).await;
            shared.unanswered.fetch_sub(1, Ordering::SeqCst);
            let status = match answer {
                Ok(_) => break,
                Err(status) => status,
            };
            let reason = refusal(&status).map(|it| it.reason);
            // A second effect would show itself as NAME_IN_USE.
            let is_passing = matches!(reason.as_deref(), None | Some("DATABASE_UNAVAILABLE"));
            assert!(is_passing || status.code() == Code::Unavailable, "{name}: {status:?}");
            shared.said_again.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            if addresses.has_changed().unwrap() {
                let address = addresses.borrow_and_update().clone();
                connection = shared.token.moved(&address).await.expect("the new server");
            }
        }
        shared.acknowledged.lock().unwrap().insert(name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nothing_and_does_nothing_twice() {
    let folder = Folder::new("killed-server");
    let mut server = Process::start(folder.path());
    let writers = Writers::start(&server).await;
    for _ in 0..3 {
        writers.acknowledged(50).await;
        assert!(0 < writers.under_way(), "nothing is in flight");
        let postgres = server.postgres();
        server.kill();
        // Started again at once: the old Postgres is still on its way out.
        server = Process::start(folder.path());
        gone(postgres);
        writers.moved_to(&server);
    }
    writers.acknowledged(50).await;
    writers.check(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_postgres_is_started_again_and_loses_nothing() {
    let folder = Folder::new("killed-postgres");
    let server = Process::start(folder.path());
    slow_commits(&server).await;
    let writers = Writers::start(&server).await;
    for _ in 0..3 {
        writers.acknowledged(50).await;
        amid_a_commit(&server).await;
        let postgres = server.postgres();
        signal(postgres, "KILL");
        writers.acknowledged(50).await;
        assert_ne!(postgres, server.postgres());
    }
    writers.check(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_everything_was_killed_it_starts_as_if_nothing_had_been() {
    let folder = Folder::new("killed-all");
    let server = Process::start(folder.path());
    let writers = Writers::start(&server).await;
    writers.acknowledged(50).await;
    let postgres = server.postgres();
    signal(postgres, "STOP");
    server.kill();
    signal(postgres, "KILL");
    gone(postgres);
    // The number of the dead Postgres may belong to anyone by now; here, to us.
    let lock = folder.path().join("postgres/postmaster.pid");
    let text = std::fs::read_to_string(&lock).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    std::fs::write(&lock, format!("{}\n{rest}", std::process::id())).unwrap();
    let server = Process::start(folder.path());
    writers.moved_to(&server);
    writers.acknowledged(50).await;
    writers.check(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_to_stop_takes_its_postgres_along() {
    let folder = Folder::new("stopped");
    let server = Process::start(folder.path());
    let postgres = server.postgres();
    let second = Process::try_start(folder.path()).err().expect("one server in a folder");
    assert!(second.contains("another server keeps its data in"), "{second}");
    assert!(server.terminate().success());
    assert!(!folder.path().join("postgres/postmaster.pid").exists());
    gone(postgres);
    Process::start(folder.path()).connect("demo/production/erp").await;
}

/// Each new tenant holds up its commit by 100 ms: long enough to be met in the middle.
async fn slow_commits(server: &Process) {
    let mut owner = server.owner().connect().await.unwrap();
    let trigger = "
        create function slow() returns trigger language plpgsql as $$
        begin
            perform pg_sleep(0.1);
            return null;
        end $$;
        create constraint trigger slow
            after insert on tenant
            deferrable initially deferred
            for each row execute function slow()
    ";
    owner.execute(trigger).await.unwrap();
    owner.close().await.unwrap();
}

/// Waits until a lane is committing.
async fn amid_a_commit(server: &Process) {
    let mut owner = server.owner().connect().await.unwrap();
    let is_committing = "
        select exists (
            select from pg_stat_activity
            where application_name = 'erpsync lanes' and state = 'active' and query ilike 'commit%'
        )
    ";
    let committing = async {
        while !sqlx::query_scalar::<_, bool>(is_committing).fetch_one(&mut owner).await.unwrap() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), committing).await.expect("a commit");
}
