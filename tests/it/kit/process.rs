use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use erpsync_client::Connection;
use sqlx::postgres::PgConnectOptions;

/// A server in a process of its own, on a private Postgres: one that can be killed.
pub struct Process {
    child: Child,
    pub address: String,
    folder: PathBuf,
}

impl Process {
    /// Starts one in a folder that may hold the data of an earlier one. The port is free to change.
    pub fn start(folder: &Path) -> Process {
        Process::try_start(folder).expect("a server")
    }

    /// As `start`; what it said last if it did not come up.
    pub fn try_start(folder: &Path) -> Result<Process, String> {
        Process::try_start_with(folder, &[])
    }

    /// The same, with more on its command line.
    pub fn try_start_with(folder: &Path, more: &[&str]) -> Result<Process, String> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_erpsync"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .args(more)
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        let said = BufReader::new(child.stdout.take().expect("a pipe"));
        let complaints = BufReader::new(child.stderr.take().expect("a pipe"));
        // Read on, or a full pipe would stop the server.
        let log = std::thread::spawn(move || {
            complaints.lines().map_while(Result::ok).last().unwrap_or_default()
        });
        let address = said
            .lines()
            .map_while(Result::ok)
            .find_map(|it| it.strip_prefix("listening on ").map(|it| format!("http://{it}")));
        match address {
            Some(address) => Ok(Process { child, address, folder: folder.to_owned() }),
            None => {
                child.wait().expect("its end");
                Err(log.join().expect("its last words"))
            }
        }
    }

    /// A connection with the token of this name, as the first start wrote it: `operator`,
    /// `demo/production/erp`.
    pub async fn connect(&self, name: &str) -> Connection {
        let text = std::fs::read_to_string(self.folder.join("tokens.txt")).expect("first tokens");
        let mut lines = text.lines().filter_map(|it| it.split_once(' '));
        let token = lines.find(|it| it.0 == name).expect("a token of this name").1.to_owned();
        Connection::open(&self.address, &token).await.expect("a connection").bare()
    }

    /// Its own process id.
    pub fn id(&self) -> i32 {
        self.child.id() as i32
    }

    /// The process id of its Postgres.
    pub fn postgres(&self) -> i32 {
        let text = std::fs::read_to_string(self.folder.join("postgres/postmaster.pid"));
        text.expect("a running Postgres").lines().next().unwrap().trim().parse().unwrap()
    }

    /// How to connect to its Postgres as the owner.
    pub fn owner(&self) -> PgConnectOptions {
        let socket = self.folder.join("socket");
        PgConnectOptions::new_without_pgpass()
            .socket(socket)
            .username("erpsync")
            .database("postgres")
    }

    /// As the kernel or an operator in a hurry would: nothing is put in order.
    pub fn kill(mut self) {
        self.child.kill().expect("a running server");
        self.child.wait().expect("its end");
    }

    /// Asks it to end, and waits until it has.
    pub fn terminate(mut self) -> ExitStatus {
        signal(self.id(), "TERM");
        self.child.wait().expect("its end")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to one process.
pub fn signal(process_id: i32, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &process_id.to_string()]).status();
    assert!(sent.expect("kill").success(), "kill -{name} {process_id}");
}

/// Waits until a process is gone.
pub fn gone(process_id: i32) {
    let begin = Instant::now();
    while is_there(process_id) {
        assert!(begin.elapsed() < Duration::from_secs(30), "{process_id} does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Not there, or dead and not yet buried.
fn is_there(process_id: i32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process_id}/status"));
    status.is_ok_and(|it| !it.contains("State:\tZ"))
}

/// A folder of this test, removed with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let name = format!("erpsync-test-{}-{name}", std::process::id());
        Folder(std::env::temp_dir().join(name))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the folder for temporary things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
