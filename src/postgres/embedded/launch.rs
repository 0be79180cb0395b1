use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use super::folder;
use super::user::User;

/// Makes an empty cluster.
pub fn initialise(binaries: &Path, user: &User, data: &Path, owner: &str) -> Result<(), String> {
    let mut command = Command::new(binaries.join("initdb"));
    command
        .arg("--pgdata")
        .arg(data)
        .args(["--username", owner, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"])
        .args(["--data-checksums", "--no-instructions"]);
    user.apply(&mut command);
    let output = command.output().map_err(|it| format!("cannot run initdb: {it}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("initdb failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

/// Starts Postgres, and starts it again whenever it ends without being told to.
pub struct Keeper {
    state: Arc<(Mutex<State>, Condvar)>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    is_stopping: bool,
    process_id: Option<u32>,
    last_words: Vec<String>,
}

const LAST_WORDS_MAX: usize = 5;
const REST: Duration = Duration::from_millis(200);

impl Keeper {
    pub fn start(
        binaries: &Path,
        user: &User,
        data: &Path,
        socket_folder: &Path,
    ) -> Result<Keeper, String> {
        let state = Arc::<(Mutex<State>, Condvar)>::default();
        let launch = Launch {
            postgres: binaries.join("postgres"),
            user: *user,
            data: data.to_owned(),
            socket_folder: socket_folder.to_owned(),
        };
        let (first, started) = mpsc::channel();
        let shared = state.clone();
        // The kernel's death signal follows the thread that spawned, so that thread lives as long
        // as the server does.
        let thread = std::thread::Builder::new()
            .name("postgres".into())
            .spawn(move || keep(&launch, &shared, &first))
            .map_err(|it| format!("cannot start a thread: {it}"))?;
        started.recv().unwrap_or_else(|_| Err("the keeper of Postgres ended".into()))?;
        Ok(Keeper { state, thread: Mutex::new(Some(thread)) })
    }

    pub fn process_id(&self) -> Option<u32> {
        lock(&self.state).process_id
    }

    /// What Postgres said last, for an error message.
    pub fn last_words(&self) -> String {
        lock(&self.state).last_words.join(" | ")
    }

    pub fn stop(&self) {
        {
            let mut state = lock(&self.state);
            state.is_stopping = true;
            if let Some(id) = state.process_id {
                // Fast: connections are cut, what is committed is written.
                signal(id, libc::SIGINT);
            }
            self.state.1.notify_all();
        }
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // If it panicked, Postgres is gone all the same.
            let _ = thread.join();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Launch {
    postgres: PathBuf,
    user: User,
    data: PathBuf,
    socket_folder: PathBuf,
}

fn keep(
    launch: &Launch,
    state: &Arc<(Mutex<State>, Condvar)>,
    first: &mpsc::Sender<Result<(), String>>,
) {
    loop {
        let spawned = {
            let mut state = lock(state);
            if state.is_stopping {
                return;
            }
            folder::clear_stale(&launch.data, &launch.socket_folder);
            let spawned = launch.spawn();
            state.process_id = spawned.as_ref().ok().map(Child::id);
            spawned
        };
        // Only the first start has somebody who waits for it.
        let _ = first.send(spawned.as_ref().map(|_| ()).map_err(String::clone));
        let mut child = match spawned {
            Ok(child) => child,
            Err(cause) => {
                tracing::error!(%cause, "Postgres cannot be started: {cause}");
                rest(state);
                continue;
            }
        };
        if let Some(words) = child.stderr.take() {
            for line in BufReader::new(words).lines().map_while(Result::ok) {
                listen(state, line);
            }
        }
        let ended = child.wait();
        lock(state).process_id = None;
        if lock(state).is_stopping {
            return;
        }
        tracing::warn!(?ended, "Postgres has ended and is started again");
        // Its children may still hold the data folder; they leave on their own.
        rest(state);
    }
}

impl Launch {
    fn spawn(&self) -> Result<Child, String> {
        let mut command = Command::new(&self.postgres);
        command
            .arg("-D")
            .arg(&self.data)
            .arg("-k")
            .arg(&self.socket_folder)
            .args(["-c", "listen_addresses="])
            .args(["-c", "max_connections=200"])
            .args(["-c", "shared_buffers=256MB"])
            .args(["-c", "max_wal_size=2GB"])
            .args(["-c", "wal_compression=on"])
            .args(["-c", "unix_socket_permissions=0700"])
            .args(["-c", "log_min_messages=warning"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        self.user.apply(&mut command);
        // Ctrl-C is for the server, which then stops Postgres in order.
        command.process_group(0);
        let parent = std::process::id();
        // Safety: between fork and exec only async-signal-safe calls are made. It runs after the
        // change of user, which would clear the death signal.
        unsafe {
            command.pre_exec(move || {
                if libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGINT) != 0 {
                    return Err(std::io::Error::last_os_error());
                }
                // The parent may have died before it could be asked to be told.
                if libc::getppid() != parent as i32 {
                    return Err(std::io::Error::from_raw_os_error(libc::ESRCH));
                }
                Ok(())
            });
        }
        command.spawn().map_err(|it| format!("cannot run {}: {it}", self.postgres.display()))
    }
}

fn listen(state: &Arc<(Mutex<State>, Condvar)>, line: String) {
    // That it is starting up or shutting down is what we asked it to do.
    let is_bad = ["FATAL", "PANIC"].iter().any(|it| line.contains(it))
        && !line.contains("the database system is");
    let mut state = lock(state);
    if is_bad && !state.is_stopping {
        tracing::warn!("Postgres says: {line}");
    } else {
        tracing::debug!("Postgres says: {line}");
    }
    state.last_words.push(line);
    if LAST_WORDS_MAX < state.last_words.len() {
        state.last_words.remove(0);
    }
}

/// Waits a little, or until told to stop.
fn rest(state: &Arc<(Mutex<State>, Condvar)>) {
    drop(state.1.wait_timeout(lock(state), REST));
}

fn lock(state: &Arc<(Mutex<State>, Condvar)>) -> MutexGuard<'_, State> {
    state.0.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signal(process_id: u32, signal: i32) {
    // Safety: a process id of our own child, which has not been waited for yet.
    unsafe { libc::kill(process_id as i32, signal) };
}
