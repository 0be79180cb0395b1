use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// Between two rings at most.
const PAUSE_MAX: Duration = Duration::from_millis(50);
/// A shorter pause is left out.
const PAUSE_MIN: Duration = Duration::from_millis(1);

/// Tells all who watch a history, at the same moment, how far it has come.
///
/// Under load it rings less often: from one ring to the next it takes twice as long as those who watch took to
/// come to hear the last, so that half of the time is left to others. Then they are told more at once, which
/// costs less, and all are told the same, which is made once. If each of them made pauses of its own, they would
/// come to stand at different places.
pub struct Bell {
    /// How far all were told that the history has come.
    told: watch::Sender<i64>,
    rings: Mutex<Rings>,
}

impl Bell {
    /// Of a history of which nobody knows yet how far it has come.
    pub fn new() -> Arc<Bell> {
        let rings = Mutex::new(Rings::new(Instant::now()));
        Arc::new(Bell { told: watch::Sender::new(0), rings })
    }

    /// How far the history has come, as all are told. Begins at 0 until somebody has looked.
    pub fn head(&self) -> watch::Receiver<i64> {
        self.told.subscribe()
    }

    /// Whether anybody listens.
    pub fn is_heard(&self) -> bool {
        0 < self.told.receiver_count()
    }

    /// The history has come so far; it never runs back. Rings at once, or once its pause is over.
    pub fn advance(self: &Arc<Bell>, to: i64) {
        let mut rings = self.rings();
        rings.head = rings.head.max(to);
        if rings.is_coming {
            return;
        }
        rings.is_coming = true;
        let pause = rings.pause(Instant::now());
        if pause.is_zero() {
            return self.ring(&mut rings);
        }
        let bell = self.clone();
        tokio::spawn(async move { bell.ring_after(pause).await });
    }

    /// Somebody who watches has come to hear the last ring.
    pub fn heard(&self) {
        self.rings().heard(Instant::now());
    }

    async fn ring_after(&self, mut pause: Duration) {
        while !pause.is_zero() {
            tokio::time::sleep(pause).await;
            let mut rings = self.rings();
            // It grows as more are heard of.
            pause = rings.pause(Instant::now());
            if pause.is_zero() {
                self.ring(&mut rings);
            }
        }
    }

    fn ring(&self, rings: &mut Rings) {
        rings.rung(Instant::now());
        let head = rings.head;
        self.told.send_if_modified(|told| std::mem::replace(told, head) != head);
    }

    /// Nothing panics while holding it.
    fn rings(&self) -> MutexGuard<'_, Rings> {
        self.rings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a bell rings.
struct Rings {
    /// How far the history has come.
    head: i64,
    /// The last ring.
    last: Instant,
    /// How long after that the last of those who watch came to hear it, as far as is known.
    late: Duration,
    /// The same of the ring before.
    late_before: Duration,
    /// Whether one is coming.
    is_coming: bool,
}

impl Rings {
    fn new(now: Instant) -> Rings {
        let (late, late_before) = (Duration::ZERO, Duration::ZERO);
        Rings { head: 0, last: now, late, late_before, is_coming: false }
    }

    fn rung(&mut self, now: Instant) {
        self.last = now;
        self.late_before = std::mem::take(&mut self.late);
        self.is_coming = false;
    }

    fn heard(&mut self, now: Instant) {
        self.late = self.late.max(now.duration_since(self.last));
    }

    /// How long until it may ring again.
    fn pause(&self, now: Instant) -> Duration {
        let pause = (2 * self.late.max(self.late_before)).min(PAUSE_MAX);
        if pause < PAUSE_MIN {
            return Duration::ZERO;
        }
        pause.saturating_sub(now.duration_since(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(it: u64) -> Duration {
        Duration::from_millis(it)
    }

    #[test]
    fn what_is_soon_heard_is_told_at_once() {
        let zero = Instant::now();
        let mut rings = Rings::new(zero);
        rings.heard(zero + ms(1) / 3);
        rings.rung(zero + ms(1));
        assert_eq!(rings.pause(zero + ms(1)), ms(0));
    }

    #[test]
    fn half_of_the_time_is_left_to_others() {
        let zero = Instant::now();
        let mut rings = Rings::new(zero);
        for late in [3, 5, 4] {
            rings.heard(zero + ms(late));
        }
        assert_eq!(rings.pause(zero + ms(6)), ms(4));
        assert_eq!(rings.pause(zero + ms(10)), ms(0));
        // Nobody has heard the next one yet: it goes on as with the last.
        rings.rung(zero + ms(10));
        assert_eq!(rings.pause(zero + ms(11)), ms(9));
        rings.heard(zero + ms(17));
        assert_eq!(rings.pause(zero + ms(17)), ms(7));
        // And once it was heard soon, twice.
        for at in [24, 34] {
            rings.rung(zero + ms(at));
            rings.heard(zero + ms(at));
        }
        assert_eq!(rings.pause(zero + ms(34)), ms(0));
    }

    #[test]
    fn nobody_waits_for_long() {
        let zero = Instant::now();
        let mut rings = Rings::new(zero);
        rings.heard(zero + ms(9_000));
        rings.rung(zero + ms(9_000));
        assert_eq!(rings.pause(zero + ms(9_000)), PAUSE_MAX);
    }

    #[tokio::test]
    async fn what_comes_amid_a_pause_is_told_behind_it() {
        let bell = Bell::new();
        let mut head = bell.head();
        bell.advance(1);
        assert_eq!(*head.borrow_and_update(), 1);
        // Long enough for whoever runs this to be kept from it meanwhile.
        bell.rings().late = PAUSE_MAX;
        bell.rings().last = Instant::now() + ms(400);
        bell.advance(3);
        bell.advance(2);
        assert!(!head.has_changed().unwrap());
        head.changed().await.unwrap();
        assert_eq!(*head.borrow_and_update(), 3);
        // It rings once for both, and again for what comes then.
        assert!(!bell.rings().is_coming);
        bell.advance(4);
        head.changed().await.unwrap();
        assert_eq!(*head.borrow_and_update(), 4);
    }
}
