//! Watches, shown as they come, that can be gone on with.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use erpsync_client::proto::watch_start::Start;
use erpsync_client::proto::{OnExpired, WatchStart};
use erpsync_client::{Connection, Watch, Watched};

use super::end::End;

/// Where a watch begins, and where it ends.
#[derive(Args)]
pub struct Follow {
    /// Begin with all that there is, or with what changes from now on
    #[arg(long, value_enum, value_name = "WHERE")]
    from: Option<Begin>,
    /// Keep the place here, after each message that was shown; started again, go on from it
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Begin with all that there is where the place in --token-file is too old
    #[arg(long, requires = "token_file")]
    snapshot_if_expired: bool,
    /// End once so many entries were shown; what changed together is shown together
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
}

/// Where a watch begins.
#[derive(Clone, Copy, ValueEnum)]
pub enum Begin {
    /// With all that there is
    Snapshot,
    /// With what changes from now on
    Now,
}

impl Follow {
    /// Where it begins: at the place that was kept, else as asked, else by default.
    pub fn start(&self, default: Begin) -> Result<WatchStart, End> {
        let kept = self.token_file.as_deref().map(kept).transpose()?.flatten();
        let start = match (kept, self.from.unwrap_or(default)) {
            (Some(token), _) => Start::ResumeToken(token),
            (None, Begin::Snapshot) => Start::Snapshot(true),
            (None, Begin::Now) => Start::Now(true),
        };
        let on_expired =
            if self.snapshot_if_expired { OnExpired::Snapshot } else { OnExpired::Error };
        let (start, on_expired) = (Some(start), on_expired.into());
        Ok(WatchStart { start, on_expired, heartbeat_interval: None })
    }

    /// Shows message after message; `show` answers how many entries it has shown.
    pub async fn follow<R: Watch>(
        &self,
        connection: &Connection,
        request: R,
        mut show: impl FnMut(R::Message) -> Result<u64, End>,
    ) -> Result<(), End> {
        let mut watch = connection.watch(request);
        let mut shown = 0;
        while let Some(message) = watch.next().await {
            let message = message?;
            let token = message.resume_token().to_owned();
            shown += show(message)?;
            if let Some(file) = &self.token_file {
                keep(file, &token)?;
            }
            if self.limit.is_some_and(|it| it <= shown) {
                break;
            }
        }
        Ok(())
    }
}

/// The place that was kept, if one was.
fn kept(file: &Path) -> Result<Option<String>, End> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|it| !it.is_empty())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(End::Failed(format!("{}: {cause}", file.display()))),
    }
}

/// As a whole or not at all, whenever this is ended.
fn keep(file: &Path, token: &str) -> Result<(), End> {
    let beside = beside(file, "new");
    std::fs::write(&beside, token)
        .and_then(|()| std::fs::rename(&beside, file))
        .map_err(|cause| End::Failed(format!("{}: {cause}", file.display())))
}

/// `FILE.new`, say.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
