//! A reservation, and the one end that it comes to.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::id::{ExternalId, OrderId, ReservationId, SystemName};
use crate::stock::LevelKey;

/// Units promised to a cart for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Ours.
    pub id: ReservationId,
    /// Who made it.
    pub system: SystemName,
    /// Its id there.
    pub external_id: ExternalId,
    /// How much of what, each article once for each place.
    pub lines: Vec<Line>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it ends by itself.
    pub until: OffsetDateTime,
    /// Where it stands.
    pub state: State,
    /// Of the last change.
    pub revision: i64,
}

/// How much of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Of what, and where.
    pub level: LevelKey,
    /// Units.
    pub quantity: Decimal,
}

/// Where a reservation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Its units are promised, until its time is over.
    Held,
    /// Its units were sold.
    Consumed {
        /// By whom, and when.
        end: End,
        /// In which order; `None`: in a way that we do not see.
        order: Option<OrderId>,
    },
    /// Its units were given back.
    Released(End),
    /// Its time was over.
    Expired,
}

/// The end that somebody put to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Who.
    pub by: SystemName,
    /// When.
    pub at: OffsetDateTime,
}

impl State {
    /// As the API writes it.
    pub fn name(&self) -> &'static str {
        match self {
            State::Held => "HELD",
            State::Consumed { .. } => "CONSUMED",
            State::Released(_) => "RELEASED",
            State::Expired => "EXPIRED",
        }
    }
}

impl Reservation {
    /// Where it stands at a moment: its time is over whether or not that has been written yet.
    pub fn state_at(&self, now: OffsetDateTime) -> &State {
        match &self.state {
            State::Held if self.until <= now => &State::Expired,
            state => state,
        }
    }

    /// Fine, if it is held still; else the refusal of the step, which tells how it ended.
    pub fn must_be_held(&self, to: &str, now: OffsetDateTime) -> Result<()> {
        let state = self.state_at(now);
        let what = format_args!("reservation \"{}\" of {}", self.external_id, self.system);
        let refusal = Refusal::step(what, state.name(), to).with("reservation_id", self.id);
        match state {
            State::Held => Ok(()),
            State::Expired => Err(refusal),
            State::Released(end) | State::Consumed { end, order: None } => {
                Err(refusal.with("ended_by", &end.by))
            }
            State::Consumed { end, order: Some(order) } => {
                Err(refusal.with("ended_by", &end.by).with("order_id", order))
            }
        }
    }

    /// Holds it for so long from now on, or as long as it is held already.
    pub fn extend(&mut self, lifetime: std::time::Duration, now: OffsetDateTime) {
        self.until = self.until.max(now + lifetime);
    }

    /// What must be true of every reservation.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let claims = [
            (!self.lines.is_empty(), "it holds something"),
            (
                self.lines.iter().all(|it| it.quantity.is_positive()),
                "of everything more than nothing",
            ),
            (self.lines.is_sorted_by(|a, b| a.level < b.level), "each article once for each place"),
            (Duration::ZERO < self.until - self.created_at, "for a while"),
        ];
        match claims.iter().find(|(holds, _)| !holds) {
            Some((_, claim)) => Err(format!("violated: {claim}: {self:?}")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Location, Sku};

    fn reservation(state: State) -> Reservation {
        let level = LevelKey { sku: Sku::stored("mug"), location: Location::main() };
        Reservation {
            id: ReservationId(7),
            system: SystemName::stored("shop-a"),
            external_id: ExternalId::stored("cart-1"),
            lines: vec![Line { level, quantity: Decimal::ONE }],
            created_at: OffsetDateTime::UNIX_EPOCH,
            until: OffsetDateTime::UNIX_EPOCH + Duration::MINUTE,
            state,
            revision: 0,
        }
    }

    /// Every step from every state, before and after its time: `OK`, or what the refusal tells.
    #[test]
    fn it_ends_once_and_whoever_is_late_learns_how() {
        let end = || End { by: SystemName::stored("tool"), at: OffsetDateTime::UNIX_EPOCH };
        let sold = |order| State::Consumed { end: end(), order };
        let in_time = Duration::MINUTE - Duration::MICROSECOND;
        for (state, after, expected) in [
            (State::Held, Duration::ZERO, "OK"),
            (State::Held, in_time, "OK"),
            (State::Held, Duration::MINUTE, "from=EXPIRED"),
            (State::Expired, Duration::MINUTE, "from=EXPIRED"),
            (State::Released(end()), in_time, "ended_by=tool from=RELEASED"),
            (State::Released(end()), Duration::MINUTE, "ended_by=tool from=RELEASED"),
            (sold(None), in_time, "ended_by=tool from=CONSUMED"),
            (sold(Some(OrderId(9))), in_time, "ended_by=tool from=CONSUMED order_id=9"),
        ] {
            for to in ["HELD", "CONSUMED", "RELEASED"] {
                let it = reservation(state.clone());
                it.must_be_sound().unwrap();
                let told = match it.must_be_held(to, it.created_at + after) {
                    Ok(()) => "OK".to_owned(),
                    Err(refusal) => {
                        let message = refusal.message.clone();
                        assert!(message.contains("\"cart-1\" of shop-a"), "{message}");
                        assert_eq!(refusal.metadata["to"], to);
                        assert_eq!(refusal.metadata["reservation_id"], "7");
                        let facts = refusal.metadata.iter();
                        let facts = facts.filter(|it| !["to", "reservation_id"].contains(&&**it.0));
                        facts.map(|it| format!("{}={}", it.0, it.1)).collect::<Vec<_>>().join(" ")
                    }
                };
                assert_eq!(told, expected, "{state:?} after {after} to {to}");
            }
        }
    }

    #[test]
    fn an_extension_never_makes_it_shorter() {
        let mut it = reservation(State::Held);
        let begin = it.created_at;
        for (after, seconds, until) in [(0, 10, 60), (55, 10, 65), (56, 600, 656)] {
            it.extend(std::time::Duration::from_secs(seconds), begin + Duration::seconds(after));
            assert_eq!(it.until, begin + Duration::seconds(until));
        }
    }
}
