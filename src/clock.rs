//! What time it is: the database's clock, which several servers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// How far this server's notion of now is ahead of the database's clock: nothing, but in tests,
/// which move time instead of waiting for it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_micros: Arc<AtomicI64>,
}

impl Clock {
    /// Moves now forward.
    pub fn advance(&self, by: Duration) {
        self.ahead_micros.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
    }

    /// Microseconds to add to the database's clock.
    pub fn ahead_micros(&self) -> i64 {
        self.ahead_micros.load(Ordering::SeqCst)
    }
}
