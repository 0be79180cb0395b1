//! A task, and what may become of it.

use time::{Duration, OffsetDateTime};

use crate::books::NameKind;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, OrderId, SystemName, TaskId};

/// How often a task is leased before somebody has to look at it.
pub const ATTEMPTS_MAX: i32 = 10;
/// How long a task waits after its first, second, … attempt.
const BACKOFF: [Duration; 5] = [
    Duration::seconds(5),
    Duration::seconds(30),
    Duration::minutes(2),
    Duration::minutes(10),
    Duration::hours(1),
];

/// Whether the ERP has taken an order over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handover {
    /// Not yet: it waits, or somebody works on it.
    Waiting,
    /// It has, and calls it so; or has a draft that has no number yet.
    Acknowledged(Option<ExternalId>),
    /// Somebody has to look at it first.
    Parked,
    /// It never has to: it was cancelled before, or given up.
    Withdrawn,
}

/// What a task asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Take an order over.
    Order,
    /// Answer a wish for another state of it.
    Amendment,
    /// Answer a wish to take units off it.
    Cancellation,
    /// Take note that goods come back.
    Return,
    /// Take note of what happened to a payment.
    Payment,
}

impl Kind {
    const ALL: [Kind; 5] =
        [Kind::Order, Kind::Amendment, Kind::Cancellation, Kind::Return, Kind::Payment];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Order => "order",
            Kind::Amendment => "amendment",
            Kind::Cancellation => "cancellation",
            Kind::Return => "return",
            Kind::Payment => "payment",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// What the number names that whoever takes the task over gives.
    pub fn names(self) -> NameKind {
        match self {
            Kind::Order => NameKind::Order,
            Kind::Amendment => NameKind::Amendment,
            Kind::Cancellation => NameKind::Cancellation,
            Kind::Return => NameKind::Return,
            Kind::Payment => NameKind::Payment,
        }
    }
}

/// Work for the ERP. The tasks of one order are handed over one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Ours: the number of what it is about, the order, the return, the payment, ….
    pub id: TaskId,
    /// What it asks for.
    pub kind: Kind,
    /// Who said that.
    pub system: SystemName,
    /// What that is called there.
    pub external_id: ExternalId,
    /// The order that it belongs to.
    pub order: OrderId,
    /// How many lines that has.
    pub order_lines: i32,
    /// Where it stands.
    pub state: State,
    /// The next task of the same order, which waits until this one is done.
    pub next: Option<TaskId>,
    /// From when on it may be leased, while it waits.
    pub available_at: OffsetDateTime,
    /// The number of the newest lease, which alone may answer. It rises with each lease, and where
    /// one is given back.
    pub lease: i64,
    /// How often it was leased since it was offered or last retried.
    pub attempts: i32,
    /// When it was offered.
    pub offered_at: OffsetDateTime,
    /// Of the last change.
    pub revision: i64,
}

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// An earlier task of the same order is not done yet.
    Behind,
    /// It can be leased.
    Waiting,
    /// Somebody works on it.
    Leased {
        /// Who.
        holder: SystemName,
        /// Until when.
        until: OffsetDateTime,
    },
    /// Somebody has to look at it.
    Parked(Refusal),
    /// It was taken over.
    Done {
        /// By whom.
        holder: SystemName,
        /// What it is called there; `None`: it is a draft.
        number: Option<ExternalId>,
    },
    /// Nobody has to do it any more.
    Withdrawn,
}

/// What is true of the tasks of an order together. An order that never had another task than its own,
/// and was never held, has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Whose tasks.
    pub order: OrderId,
    /// The newest of them, behind which the next one waits.
    pub last: TaskId,
    /// Whether none of them is handed out.
    pub held: bool,
}

/// The right to answer a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Which task.
    pub task: TaskId,
    /// The number of the lease.
    pub number: i64,
}

/// What became of one answer to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It was done.
    Applied,
    /// It was done before.
    Duplicate,
    /// The task is parked now.
    Parked(Refusal),
    /// It was not done.
    Refused(Refusal),
}

impl State {
    /// As the API writes it.
    pub fn name(&self) -> &'static str {
        match self {
            State::Behind => "BEHIND",
            State::Waiting => "WAITING",
            State::Leased { .. } => "LEASED",
            State::Parked(_) => "PARKED",
            State::Done { .. } => "DONE",
            State::Withdrawn => "WITHDRAWN",
        }
    }
}

impl Task {
    /// Whether the ERP has never seen it, and so need not be asked. What it had before it could be
    /// offered was never leased, and is seen all the same.
    pub fn was_never_seen(&self) -> bool {
        self.lease == 0 && !matches!(self.state, State::Done { .. })
    }

    /// Whether nobody works on it, or has done it.
    pub fn can_be_kept_back(&self) -> bool {
        matches!(self.state, State::Waiting | State::Parked(_))
    }

    /// Whether nobody has to do anything about it any more.
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done { .. } | State::Withdrawn)
    }

    /// Hands it out, if it may be.
    pub fn lease(
        &mut self,
        holder: &SystemName,
        now: OffsetDateTime,
        time: std::time::Duration,
    ) -> bool {
        let may = self.state == State::Waiting && self.available_at <= now;
        if may {
            self.state = State::Leased { holder: holder.clone(), until: now + time };
            // Odd: the even number after one that was given back is nobody's.
            self.lease += 1 + self.lease % 2;
            self.attempts += 1;
        }
        may
    }

    /// Fine, if this is the newest lease of the task and of this holder. One that ended is still
    /// the newest until another begins.
    pub fn must_be_held(&self, lease: Lease, by: &SystemName) -> Result<()> {
        let held = match &self.state {
            State::Leased { holder, .. } => holder == by,
            State::Waiting | State::Parked(_) => 0 < self.lease,
            State::Behind | State::Done { .. } | State::Withdrawn => false,
        };
        if held && lease.number == self.lease { Ok(()) } else { Err(self.superseded(lease)) }
    }

    /// The refusal of any other lease than the newest.
    pub fn superseded(&self, lease: Lease) -> Refusal {
        let message = format!(
            "this lease of task {} is not the newest; drop the work, or look whether it is done",
            self.id
        );
        Refusal::new(Reason::LeaseSuperseded, message).with("task_id", self.id).with("lease", lease)
    }

    /// Whether this lease was given back, and nobody has leased it since.
    pub fn was_given_back(&self, lease: Lease) -> bool {
        let rests = matches!(self.state, State::Waiting | State::Parked(_));
        rests && lease.number + 1 == self.lease
    }

    /// For later; or, after too many attempts, for somebody to look at.
    pub fn put_off(&mut self, now: OffsetDateTime) {
        if self.attempts < ATTEMPTS_MAX {
            self.state = State::Waiting;
            self.available_at = now + self.backoff();
        } else {
            let message = format!(
                "task {} was leased {} times, and never acknowledged; find out why, then retry",
                self.id, self.attempts
            );
            let refusal = Refusal::new(Reason::AttemptsExhausted, message);
            self.state = State::Parked(refusal.with("attempts", self.attempts));
        }
    }

    /// A tenth more or less, so that what failed together does not come back together.
    fn backoff(&self) -> Duration {
        let attempt = usize::try_from(self.attempts - 1).unwrap_or(0);
        let whole = BACKOFF[attempt.min(BACKOFF.len() - 1)];
        let seed = blake3::hash(&[self.id.0.to_le_bytes(), self.lease.to_le_bytes()].concat());
        let percent = 90 + i32::from(seed.as_bytes()[0]) % 21;
        whole * percent / 100
    }
}

impl std::fmt::Display for Lease {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.task, self.number)
    }
}

impl Lease {
    /// The lease, or what is wrong with the text.
    pub fn parse(text: &str) -> Result<Lease, String> {
        let wrong = || "must be a lease that erpsync gave".to_owned();
        let (task, number) = text.split_once('.').ok_or_else(wrong)?;
        let (task, number) = (TaskId::parse(task), number.parse().ok());
        let number = number.filter(|it| 0 < *it && !text.contains('+')).ok_or_else(wrong)?;
        Ok(Lease { task: task.map_err(|_| wrong())?, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);

    fn task() -> Task {
        let at = OffsetDateTime::UNIX_EPOCH;
        Task {
            id: TaskId(1),
            kind: Kind::Order,
            system: SystemName::stored("shop-a"),
            external_id: ExternalId::stored("A-1"),
            order: OrderId(1),
            order_lines: 1,
            state: State::Waiting,
            next: None,
            available_at: at,
            lease: 0,
            attempts: 0,
            offered_at: at,
            revision: 0,
        }
    }

    #[test]
    fn it_waits_longer_each_time_and_then_for_somebody() {
        let (mut task, erp) = (task(), SystemName::stored("erp"));
        let mut now = task.available_at;
        for attempt in 1..ATTEMPTS_MAX {
            assert!(task.lease(&erp, now, MINUTE), "attempt {attempt}");
            assert!(!task.lease(&erp, now, MINUTE), "it is leased");
            task.put_off(now);
            let waits = task.available_at - now;
            let whole = BACKOFF[(attempt as usize - 1).min(4)];
            assert!(whole * 9 / 10 <= waits && waits <= whole * 11 / 10, "{attempt}: {waits}");
            assert!(!task.lease(&erp, now, MINUTE), "it waits");
            now = task.available_at;
        }
        assert!(task.lease(&erp, now, MINUTE));
        task.put_off(now);
        assert!(matches!(&task.state, State::Parked(it) if it.reason == Reason::AttemptsExhausted));
    }

    #[test]
    fn only_the_newest_lease_holds() {
        let (mut task, erp) = (task(), SystemName::stored("erp"));
        let now = task.available_at;
        let lease = |number| Lease { task: TaskId(1), number };
        assert!(task.must_be_held(lease(0), &erp).is_err(), "never leased");
        task.lease(&erp, now, MINUTE);
        assert!(task.must_be_held(lease(1), &erp).is_ok());
        assert!(task.must_be_held(lease(1), &SystemName::stored("erp-2")).is_err());
        task.put_off(now);
        assert!(task.must_be_held(lease(1), &erp).is_ok(), "ended, and still the newest");
        task.lease(&erp, task.available_at, MINUTE);
        assert!(task.must_be_held(lease(1), &erp).is_err());
        let newest = lease(task.lease);
        assert!(task.must_be_held(newest, &erp).is_ok());
        task.put_off(now);
        assert!(!task.was_given_back(lease(1)), "another came after it");
        assert!(!task.was_given_back(newest), "it ended");
        task.lease += 1;
        assert!(task.was_given_back(newest) && !task.was_given_back(lease(1)));
    }

    #[test]
    fn leases_are_read_as_they_are_written() {
        let lease = Lease { task: TaskId(4711), number: 3 };
        assert_eq!(Lease::parse(&lease.to_string()), Ok(lease));
        for wrong in ["", "1", "1.", ".1", "1.0", "1.-1", "1.+1", "x.1", "1.1.1"] {
            assert!(Lease::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
