//! A condition that somebody should look at, and what was found of it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use time::OffsetDateTime;

use crate::books::KEY_JOINT;
use crate::id::OrderId;

/// What kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Kind {
    /// More of an order's lines has left than was ordered.
    OverShipped,
    /// A shipment contains goods that its order does not name.
    ShippedBeyondOrder,
    /// More was credited because of a return than was accepted.
    OverCredited,
    /// Less lies at a level than is promised of it.
    Short,
    /// Readings of a source are older than what it said before, again and again.
    StaleStatements,
    /// Levels whose keys differ in case alone.
    KeysDifferInCase,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] = [
        Kind::OverShipped,
        Kind::ShippedBeyondOrder,
        Kind::OverCredited,
        Kind::Short,
        Kind::StaleStatements,
        Kind::KeysDifferInCase,
    ];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::OverShipped => "over_shipped",
            Kind::ShippedBeyondOrder => "shipped_beyond_order",
            Kind::OverCredited => "over_credited",
            Kind::Short => "short",
            Kind::StaleStatements => "stale_statements",
            Kind::KeysDifferInCase => "keys_differ_in_case",
        }
    }

    /// What is called so.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What an incident is looked up by: there is one for each condition, whether it holds or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentKey {
    /// What kind of condition.
    pub kind: Kind,
    /// Of what: an order's id, say.
    pub subject: String,
}

/// What was found of a condition that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// For people: what is so, of what, and what can be done.
    pub message: String,
    /// For programs.
    pub facts: BTreeMap<&'static str, String>,
    /// The order that it concerns, if it concerns one: then other shops do not see it.
    pub order: Option<OrderId>,
}

/// A condition that holds, or once held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Which condition.
    pub key: IncidentKey,
    /// For people, as found last.
    pub message: String,
    /// For programs, as found last.
    pub facts: BTreeMap<String, String>,
    /// The order that it concerns.
    pub order: Option<OrderId>,
    /// How often it began.
    pub times: i64,
    /// When it began last.
    pub began_at: OffsetDateTime,
    /// When it ended; `None`: it holds.
    pub ended_at: Option<OffsetDateTime>,
    /// Of the last change.
    pub revision: i64,
    /// Whether it is the command now deciding that has ended it.
    pub ending: bool,
}

impl Finding {
    /// For people.
    pub fn new(message: impl Into<String>) -> Finding {
        Finding { message: message.into(), facts: BTreeMap::new(), order: None }
    }

    /// It concerns an order.
    #[must_use]
    pub fn of_order(self, order: OrderId) -> Finding {
        Finding { order: Some(order), ..self }
    }

    /// One more fact for programs.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Finding {
        self.facts.insert(name, value.to_string());
        self
    }
}

impl Incident {
    /// One that never was before.
    pub fn begin(key: IncidentKey, finding: Finding, now: OffsetDateTime) -> Incident {
        Incident {
            key,
            message: finding.message,
            facts: owned(finding.facts),
            order: finding.order,
            times: 1,
            began_at: now,
            ended_at: None,
            revision: 0,
            ending: false,
        }
    }

    /// It holds: still, or again. What the same command has ended has not ended: it may let units go
    /// before it lets them leave.
    #[must_use]
    pub fn found(mut self, finding: Finding, now: OffsetDateTime) -> Incident {
        let is_still = std::mem::take(&mut self.ending);
        if self.ended_at.take().is_some() && !is_still {
            self.times += 1;
            self.began_at = now;
        }
        let Finding { message, facts, order } = finding;
        Incident { message, facts: owned(facts), order, ..self }
    }

    /// It holds no more.
    #[must_use]
    pub fn end(mut self, now: OffsetDateTime) -> Incident {
        self.ending |= self.ended_at.is_none();
        self.ended_at.get_or_insert(now);
        self
    }
}

fn owned(facts: BTreeMap<&'static str, String>) -> BTreeMap<String, String> {
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl fmt::Display for IncidentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{KEY_JOINT}{}", self.kind.as_str(), self.subject)
    }
}

impl IncidentKey {
    /// As the log writes it.
    pub fn of_log(key: &str) -> Option<IncidentKey> {
        let (kind, subject) = key.split_once(KEY_JOINT)?;
        Some(IncidentKey { kind: Kind::parse(kind)?, subject: subject.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    #[test]
    fn an_incident_begins_ends_and_begins_again() {
        let key = IncidentKey { kind: Kind::OverShipped, subject: "42".into() };
        assert_eq!(IncidentKey::of_log(&key.to_string()), Some(key.clone()));
        let at = |seconds| OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds);
        let first = Incident::begin(key, Finding::new("2 too many").with("over_shipped", 2), at(1));
        let still = first.clone().found(Finding::new("3 too many"), at(2));
        assert_eq!((&*still.message, still.began_at, still.times), ("3 too many", at(1), 1));
        let ended = still.end(at(3)).end(at(4));
        assert_eq!((&*ended.message, ended.ended_at), ("3 too many", Some(at(3))));
        let saved = Incident { ending: false, ..ended };
        let again = saved.found(Finding::new("1 too many"), at(5));
        assert_eq!((again.began_at, again.ended_at, again.times), (at(5), None, 2));
        let within = again.end(at(6)).found(Finding::new("2 too many"), at(6));
        assert_eq!((within.began_at, within.ended_at, within.times), (at(5), None, 2));
    }
}
