use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Reason, Refusal, Result};
use crate::id::TokenId;

/// What was not used in so long may be used at once.
const MEMORY: Duration = Duration::from_secs(2);
const FORGET_FROM: usize = 1024;

/// How often each token may call.
pub struct Rate {
    per_second: u32,
    seen: Mutex<Seen>,
}

struct Seen {
    /// When each token will have paid for its calls; who has paid need not be remembered.
    paid_at: HashMap<TokenId, Instant>,
    forget_from: usize,
}

impl Rate {
    /// So many calls in a second on average.
    pub fn new(per_second: u32) -> Rate {
        let seen = Seen { paid_at: HashMap::new(), forget_from: FORGET_FROM };
        Rate { per_second: per_second.max(1), seen: Mutex::new(seen) }
    }

    /// Counts a call, or refuses it and says when to come again.
    pub fn count(&self, token: TokenId, now: Instant) -> Result<()> {
        let price = Duration::from_secs(1) / self.per_second;
        // Nothing panics while holding it.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.forget_from <= seen.paid_at.len() {
            seen.paid_at.retain(|_, paid_at| now < *paid_at);
            seen.forget_from = FORGET_FROM.max(2 * seen.paid_at.len());
        }
        let paid_at = seen.paid_at.entry(token).or_insert(now);
        let next = now.max(*paid_at) + price;
        match next.duration_since(now).checked_sub(MEMORY) {
            None | Some(Duration::ZERO) => {
                *paid_at = next;
                Ok(())
            }
            Some(too_early) => Err(self.refusal(too_early)),
        }
    }

    fn refusal(&self, too_early: Duration) -> Refusal {
        let per_second = self.per_second;
        let message = format!(
            "this token may make {per_second} calls a second; wait, put more rows into a call, or watch \
             instead of asking again"
        );
        Refusal::new(Reason::RateLimited, message)
            .with("calls_per_second", per_second)
            .after(too_early.max(Duration::from_millis(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of `asked` calls at one moment are let in.
    fn let_in(rate: &Rate, token: i64, asked: usize, now: Instant) -> usize {
        (0..asked).filter(|_| rate.count(TokenId(token), now).is_ok()).count()
    }

    #[test]
    fn twice_a_second_at_once_and_no_more_on_average() {
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);
        let rate = Rate::new(10);
        assert_eq!(let_in(&rate, 1, 30, at(0)), 20);
        let refused = rate.count(TokenId(1), at(0)).unwrap_err();
        assert_eq!(refused.retry_after, Some(Duration::from_millis(100)));
        assert_eq!(refused.metadata["calls_per_second"], "10");
        assert_eq!(let_in(&rate, 1, 5, at(99)), 0);
        // Others have their own.
        assert_eq!(let_in(&rate, 2, 30, at(99)), 20);
        assert_eq!(let_in(&rate, 1, 5, at(100)), 1);
        // What was refused is not paid for.
        assert_eq!(let_in(&rate, 1, 30, at(1_100)), 10);
        assert_eq!(let_in(&rate, 1, 30, at(60_000)), 20);
    }

    #[test]
    fn who_has_paid_is_forgotten() {
        let begin = Instant::now();
        let rate = Rate::new(1_000);
        for token in 0..10_000 {
            // Each has paid when the thousandth after it comes.
            rate.count(TokenId(token), begin + Duration::from_micros(token as u64)).unwrap();
        }
        let seen = rate.seen.lock().unwrap();
        assert!(seen.paid_at.len() <= 2 * FORGET_FROM, "{}", seen.paid_at.len());
    }
}
