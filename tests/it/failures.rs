//! What is left when something is killed while writes are under way.

mod writers;

use sqlx::{ConnectOptions, Connection as _, Executor};

use crate::kit::{Folder, Process, database, gone, signal, until};
use writers::Writers;

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
    assert!(0 < writers.check(&server).await, "no answer was lost");
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
    // Of most batches it is found that they were not written, and they are written again: nobody need say them again.
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
    // The number of the dead Postgres may belong to anyone by now; here, to one that serves other
    // tests, which the dead one's successor would take for its own predecessor.
    let database = database().await;
    let mut other = database.connect().await.unwrap();
    let other_id: i32 =
        sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut other).await.unwrap();
    let lock = folder.path().join("postgres/postmaster.pid");
    let text = std::fs::read_to_string(&lock).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    std::fs::write(&lock, format!("{other_id}\n{rest}")).unwrap();
    let server = Process::start(folder.path());
    writers.moved_to(&server);
    writers.acknowledged(50).await;
    assert!(0 < writers.check(&server).await, "no answer was lost");
    other.close().await.unwrap();
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

/// Each new order holds up its commit by 100 ms: long enough to be met in the middle.
async fn slow_commits(server: &Process) {
    let mut owner = server.owner().connect().await.unwrap();
    let trigger = "
        create function slow() returns trigger language plpgsql as $$
        begin
            perform pg_sleep(0.1);
            return null;
        end $$;
        create constraint trigger slow
            after insert on orders
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
            where application_name = 'erpsync lanes' and wait_event = 'PgSleep'
        )
    ";
    until(&mut owner, is_committing).await;
}
