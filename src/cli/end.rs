use std::io;
use std::process::ExitCode;

/// What the codes mean, for `--help`.
pub const CODES: &str = "\
Exit codes:
  0  done
  1  failed, or refused
  2  the command line is wrong
  3  done in part: some rows were refused, or wait";

/// How a command ended that was not simply done.
#[derive(Debug)]
pub enum End {
    /// Nothing of it was done, or it stopped.
    Failed(String),
    /// It was not begun: the command line is wrong.
    Usage(String),
    /// Some of it was refused; what that was has been told.
    Partly(String),
    /// Whoever reads what is printed has gone, as `head` does: there is nobody to tell more.
    Unread,
}

impl End {
    /// Says so.
    pub fn tell(self) -> ExitCode {
        let (code, why) = match self {
            End::Failed(why) => (1, why),
            End::Usage(why) => (2, why),
            End::Partly(why) => (3, why),
            End::Unread => return ExitCode::SUCCESS,
        };
        eprintln!("erpsync: {why}");
        code.into()
    }

    /// Where something is done item by item: nothing, some, or all of it was not.
    pub fn of_items(what: &str, all: u64, not_done: u64) -> Result<(), End> {
        match not_done {
            0 => Ok(()),
            _ if not_done < all => Err(End::Partly(format!("{not_done} of {all} {what}"))),
            _ => Err(End::Failed(format!("{not_done} of {all} {what}"))),
        }
    }
}

impl From<String> for End {
    fn from(why: String) -> End {
        End::Failed(why)
    }
}

impl From<tonic::Status> for End {
    fn from(status: tonic::Status) -> End {
        End::Failed(told(status))
    }
}

/// Of writing to standard output.
impl From<io::Error> for End {
    fn from(cause: io::Error) -> End {
        match cause.kind() {
            io::ErrorKind::BrokenPipe => End::Unread,
            _ => End::Failed(format!("cannot write: {cause}")),
        }
    }
}

/// The same, of rows.
impl From<csv::Error> for End {
    fn from(cause: csv::Error) -> End {
        match cause.into_kind() {
            csv::ErrorKind::Io(cause) => cause.into(),
            cause => End::Failed(format!("cannot write: {cause:?}")),
        }
    }
}

/// A refusal as people read it on a terminal.
pub fn told(status: tonic::Status) -> String {
    match erpsync_client::refusal(&status) {
        Some(refusal) => refusal.to_string(),
        None => format!("{} ({:?})", status.message(), status.code()),
    }
}
