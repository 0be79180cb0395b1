use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder with `initdb` and `postgres`: told by `ERPSYNC_POSTGRES_BIN`, else by `pg_config`,
/// else the newest of Debian's, else on the path.
pub fn binaries() -> Result<PathBuf, String> {
    let told = std::env::var_os("ERPSYNC_POSTGRES_BIN").map(PathBuf::from);
    let candidates =
        told.into_iter().chain(newest_of_debian()).chain(from_pg_config()).chain(on_the_path());
    candidates.into_iter().find(|it| is_whole(it)).ok_or_else(|| {
        "no Postgres found; install it with: sudo apt-get install -y postgresql, or give --database-url"
            .into()
    })
}

fn is_whole(folder: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|it| folder.join(it).exists())
}

fn from_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

fn newest_of_debian() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |it: &PathBuf| it.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.flatten().map(|it| it.path()).filter(|it| is_whole(&it.join("bin")));
    Some(newest.max_by_key(number)?.join("bin"))
}

fn on_the_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|it| std::env::split_paths(&it).collect()).unwrap_or_default()
}
