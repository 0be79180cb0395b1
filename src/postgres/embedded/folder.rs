use std::fs::{File, OpenOptions};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Whoever holds this is the only server in a folder. The kernel gives it back when we die.
pub struct Claim {
    _lock: File,
}

impl Claim {
    /// Claims the folder, or says that another server has it.
    pub fn of(folder: &Path) -> Result<Claim, String> {
        let path = folder.join("lock");
        let told = |cause| format!("cannot open {}: {cause}", path.display());
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(told)?;
        // Safety: locks a file of ours, does not wait.
        if unsafe { libc::flock(lock.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) } != 0 {
            return Err(format!("another server keeps its data in {}", folder.display()));
        }
        Ok(Claim { _lock: lock })
    }
}

/// Removes the lock files of a Postgres that was killed, if its process id now belongs to someone
/// else, as it does in a container that was started again; Postgres itself would refuse to start
/// for ever. Files whose process is gone are left to Postgres, which knows best.
pub fn clear_stale(data: &Path, socket_folder: &Path) {
    let locks = [data.join("postmaster.pid"), socket_folder.join(".s.PGSQL.5432.lock")];
    for lock in locks {
        let Some(holder) = first_number(&lock) else { continue };
        let is_alive = Path::new("/proc").join(holder.to_string()).exists();
        if is_alive && !is_anyone_in(data) {
            tracing::warn!(holder, "{} was left behind and is removed", lock.display());
            // If it cannot be removed, Postgres says why it does not start.
            let _ = std::fs::remove_file(lock);
        }
    }
}

/// The process that runs on a data folder, by Postgres' own account.
pub fn holder(data: &Path) -> Option<u32> {
    first_number(&data.join("postmaster.pid"))
}

fn first_number(file: &Path) -> Option<u32> {
    std::fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()
}

/// Whether a Postgres works in this folder, as each of its processes does. One that we may not look
/// at counts, if it is of the folder's owner: taking the lock of a living Postgres would ruin its
/// data. One of anybody else cannot: Postgres insists on owning its folder.
fn is_anyone_in(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_else(|_| PathBuf::from(folder));
    let Ok(processes) = std::fs::read_dir("/proc") else { return true };
    let Ok(owner) = std::fs::metadata(&folder).map(|it| it.uid()) else { return true };
    let is_owners = |it: &PathBuf| std::fs::metadata(it).is_ok_and(|it| it.uid() == owner);
    let is_postgres =
        |it: &PathBuf| std::fs::read_to_string(it.join("comm")).is_ok_and(|it| it == "postgres\n");
    let processes = processes.flatten().map(|it| it.path());
    let mut postgres = processes.filter(is_postgres).filter(is_owners);
    postgres.any(|it| std::fs::read_link(it.join("cwd")).map_or(true, |it| it == folder))
}
