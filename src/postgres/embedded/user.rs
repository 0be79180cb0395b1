use std::ffi::CString;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// As whom Postgres runs. It refuses to be root, so root steps down.
#[derive(Clone, Copy, Debug)]
pub struct User {
    step_down: Option<(u32, u32)>,
}

impl User {
    /// Ourselves; if we are root: `postgres`, or `nobody` where there is none.
    pub fn of_postgres() -> Result<User, String> {
        // Safety: asks the kernel, changes nothing.
        if unsafe { libc::geteuid() } != 0 {
            return Ok(User { step_down: None });
        }
        let found = ["postgres", "nobody"].iter().find_map(|it| look_up(it));
        found.map(|it| User { step_down: Some(it) }).ok_or_else(|| {
            "Postgres refuses to run as root, and there is no user postgres or nobody".into()
        })
    }

    /// Whether it is not ourselves.
    pub fn is_another(&self) -> bool {
        self.step_down.is_some()
    }

    /// Makes a folder that belongs to this user. One that is there stays as it is.
    pub fn make_folder(&self, folder: &Path, mode: u32) -> Result<(), String> {
        if folder.is_dir() {
            return Ok(());
        }
        let told = |cause| format!("cannot make {}: {cause}", folder.display());
        std::fs::DirBuilder::new().recursive(true).mode(0o755).create(folder).map_err(told)?;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).map_err(told)?;
        if let Some((user, group)) = self.step_down {
            chown(folder, Some(user), Some(group)).map_err(told)?;
        }
        Ok(())
    }

    /// Makes a command run as this user.
    pub fn apply(&self, command: &mut Command) {
        // The working folder may be one that the other user cannot enter.
        command.current_dir("/");
        if let Some((user, group)) = self.step_down {
            command.uid(user).gid(group);
        }
    }
}

fn look_up(name: &str) -> Option<(u32, u32)> {
    let name = CString::new(name).ok()?;
    // Safety: the name ends with NUL; the answer is read at once, before anyone else asks.
    unsafe {
        let entry = libc::getpwnam(name.as_ptr());
        (!entry.is_null()).then(|| ((*entry).pw_uid, (*entry).pw_gid))
    }
}
