//! Which calls are said again, and after how long.

use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::StatusExt;

/// How often a single call is said, at most.
pub const ATTEMPTS_MAX: u32 = 5;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
/// What a server may ask for.
const ASKED_LONGEST: Duration = Duration::from_secs(30);

/// Whether waiting mends what a call ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mends {
    /// It does not.
    Never,
    /// It may, and nobody knows how long it takes.
    Soon,
    /// The server says how long it takes.
    After(Duration),
}

pub fn mends(status: &Status) -> Mends {
    let asked = status.get_details_retry_info().and_then(|it| it.retry_delay);
    match (status.code(), asked) {
        (Code::Unavailable | Code::DeadlineExceeded | Code::ResourceExhausted, Some(asked)) => {
            Mends::After(asked)
        }
        (Code::Unavailable | Code::DeadlineExceeded, None) => Mends::Soon,
        _ => Mends::Never,
    }
}

/// How long to wait after so many failures in a row; `None` where waiting does not help.
pub fn pause(mends: Mends, failures: u32) -> Option<Duration> {
    match mends {
        Mends::Never => None,
        Mends::Soon => Some(grown(failures, chance())),
        Mends::After(asked) => Some(asked.min(ASKED_LONGEST)),
    }
}

/// Twice as long each time, less up to a half of it, so that those who failed together do not come back
/// together.
fn grown(failures: u32, chance: f64) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    doubled.min(LONGEST).mul_f64(1.0 - chance / 2.0)
}

/// At least 0, less than 1. Where the system has no randomness, nothing is shortened.
fn chance() -> f64 {
    getrandom::u32().map_or(0.0, |it| f64::from(it) / (f64::from(u32::MAX) + 1.0))
}

#[cfg(test)]
mod tests {
    use tonic_types::ErrorDetails;

    use super::*;

    #[test]
    fn waits_double_up_to_five_seconds_and_are_halved_at_most() {
        let millis = |failures, chance| grown(failures, chance).as_millis();
        let whole: Vec<_> = (1..=8).map(|it| millis(it, 0.0)).collect();
        assert_eq!(whole, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
        assert_eq!((millis(1, 0.5), millis(3, 1.0), millis(99, 1.0)), (75, 200, 2_500));
        assert!((0..1_000).map(|_| chance()).all(|it| (0.0..1.0).contains(&it)));
    }

    #[test]
    fn what_waiting_mends() {
        let asked = |code, seconds| {
            let delay = Some(Duration::from_secs(seconds));
            Status::with_error_details(code, "", ErrorDetails::with_retry_info(delay))
        };
        let plain = |code| Status::new(code, "");
        let cases = [
            (plain(Code::Unavailable), Mends::Soon),
            (plain(Code::DeadlineExceeded), Mends::Soon),
            (plain(Code::ResourceExhausted), Mends::Never),
            (plain(Code::Aborted), Mends::Never),
            (plain(Code::Internal), Mends::Never),
            (plain(Code::Unknown), Mends::Never),
            (plain(Code::FailedPrecondition), Mends::Never),
            (asked(Code::ResourceExhausted, 2), Mends::After(Duration::from_secs(2))),
            (asked(Code::Unavailable, 2), Mends::After(Duration::from_secs(2))),
            (asked(Code::FailedPrecondition, 2), Mends::Never),
        ];
        for (status, expected) in cases {
            assert_eq!(mends(&status), expected, "{status:?}");
        }
        let long = Mends::After(Duration::from_secs(3_600));
        assert_eq!(pause(long, 1), Some(ASKED_LONGEST));
        assert_eq!(pause(Mends::Never, 1), None);
    }
}
