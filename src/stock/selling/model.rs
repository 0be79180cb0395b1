//! From where a shop sells, what is kept back from it, and whether an article is sold at all.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::books::KEY_JOINT;
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::{Location, Sku, SystemName};
use crate::stock::{LevelKey, Outcome};

/// From which locations a shop sells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// The shop.
    pub shop: SystemName,
    /// In order of priority; none: all, and `main` for what is said without one.
    pub locations: Vec<Location>,
    /// Of the last change.
    #[serde(skip)]
    pub revision: i64,
}

/// How much of an article a shop must leave at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Buffer {
    /// Which.
    pub key: BufferKey,
    /// How much; `None`: there was one, and is no more.
    pub units: Option<Decimal>,
    /// Of the last change.
    #[serde(skip)]
    pub revision: i64,
}

/// A buffer by its shop, its article and its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BufferKey {
    /// The shop.
    pub shop: SystemName,
    /// The article.
    pub sku: Sku,
    /// `None`: each place that has none of its own.
    pub location: Option<Location>,
}

/// Whether an article may be sold at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sellability {
    /// What its source said last.
    pub said: Article,
    /// What followed from that at the last change: what shops were told.
    pub sale: Sale,
    /// Of the last change.
    pub revision: i64,
}

/// Whether an article may be sold, as its source says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The article.
    pub sku: Sku,
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each change.
    pub version: i64,
    /// It may not.
    pub blocked: bool,
    /// What is there is the last.
    pub closed_out: bool,
    /// Not before.
    pub from: Option<OffsetDateTime>,
    /// Not from then on.
    pub until: Option<OffsetDateTime>,
}

/// Whether an article is sold at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sale {
    /// It is.
    Open,
    /// What is there is; nothing may wait for more.
    ClosedOut,
    /// Not yet.
    NotYet,
    /// Not any more.
    Ended,
    /// It is not.
    Blocked,
}

impl Assignment {
    /// No location was ever assigned.
    pub fn new(shop: SystemName) -> Assignment {
        Assignment { shop, locations: Vec::new(), revision: 0 }
    }

    /// Whether the shop sells from there.
    pub fn has(&self, location: &Location) -> bool {
        self.locations.is_empty() || self.locations.contains(location)
    }

    /// Where an article is looked for that is said without a location, in this order.
    pub fn places(&self) -> Vec<Location> {
        if self.locations.is_empty() { vec![Location::main()] } else { self.locations.clone() }
    }
}

impl BufferKey {
    /// The two buffers that may count at a place; the first that there is does.
    pub fn of(shop: &SystemName, level: &LevelKey) -> [BufferKey; 2] {
        let at = |location| BufferKey { shop: shop.clone(), sku: level.sku.clone(), location };
        [at(Some(level.location.clone())), at(None)]
    }
}

impl Sale {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Sale::Open => "open",
            Sale::ClosedOut => "closed_out",
            Sale::NotYet => "not_yet",
            Sale::Ended => "ended",
            Sale::Blocked => "blocked",
        }
    }

    /// The one of this name.
    pub fn parse(text: &str) -> Option<Sale> {
        use Sale::*;
        [Open, ClosedOut, NotYet, Ended, Blocked].into_iter().find(|it| it.as_str() == text)
    }

    /// Whether anything may be sold.
    pub fn is_on(self) -> bool {
        matches!(self, Sale::Open | Sale::ClosedOut)
    }
}

impl Article {
    /// Whether it is sold at this moment.
    pub fn at(&self, now: OffsetDateTime) -> Sale {
        if self.blocked {
            Sale::Blocked
        } else if self.until.is_some_and(|it| it <= now) {
            Sale::Ended
        } else if self.from.is_some_and(|it| now < it) {
            Sale::NotYet
        } else if self.closed_out {
            Sale::ClosedOut
        } else {
            Sale::Open
        }
    }

    /// When time alone next changes the answer, if ever.
    pub fn next_change(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        [self.from, self.until].into_iter().flatten().filter(|it| now < *it).min()
    }
}

impl Sellability {
    /// Takes in what the source says now: it, if that is news or only newer, and what became of the
    /// row.
    pub fn say(
        before: Option<&Sellability>,
        article: &Article,
        now: OffsetDateTime,
    ) -> Result<(Option<Sellability>, Outcome)> {
        let sale = article.at(now);
        let Some(before) = before else {
            let first = Sellability { said: article.clone(), sale, revision: 0 };
            return Ok((Some(first), Outcome::Applied));
        };
        let Article { sku, epoch, version, .. } = article;
        let last = &before.said;
        let is_same = Article { epoch: *epoch, version: *version, ..last.clone() } == *article;
        match (*epoch, *version).cmp(&(last.epoch, last.version)) {
            std::cmp::Ordering::Less => Ok((None, Outcome::Stale)),
            std::cmp::Ordering::Equal if is_same => Ok((None, Outcome::Unchanged)),
            std::cmp::Ordering::Equal => {
                let message = format!(
                    "\"{sku}\": version {version} of epoch {epoch} said something else; raise the version with every change"
                );
                Err(Refusal::new(Reason::SourceVersionReused, message)
                    .with("sku", sku)
                    .with("source_epoch", epoch)
                    .with("source_version", version))
            }
            std::cmp::Ordering::Greater => {
                let outcome = if is_same { Outcome::Unchanged } else { Outcome::Applied };
                Ok((Some(Sellability { said: article.clone(), sale, ..before.clone() }), outcome))
            }
        }
    }
}

impl fmt::Display for BufferKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = self.location.as_ref().map(Location::as_str).unwrap_or_default();
        write!(f, "{}{KEY_JOINT}{}{KEY_JOINT}{location}", self.shop, self.sku)
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    fn article(from: Option<i64>, until: Option<i64>) -> Article {
        let at = |it: i64| OffsetDateTime::UNIX_EPOCH + Duration::seconds(it);
        Article {
            sku: Sku::stored("MUG"),
            epoch: 0,
            version: 1,
            blocked: false,
            closed_out: false,
            from: from.map(at),
            until: until.map(at),
        }
    }

    #[test]
    fn what_is_sold_when() {
        use Sale::*;
        let told = |it: &Article| {
            let at = |now| it.at(OffsetDateTime::UNIX_EPOCH + Duration::seconds(now));
            [9, 10, 19, 20].map(at)
        };
        let within = article(Some(10), Some(20));
        let closed_out = Article { closed_out: true, ..within.clone() };
        let blocked = Article { blocked: true, ..closed_out.clone() };
        for (article, expected) in [
            (article(None, None), [Open; 4]),
            (article(Some(10), None), [NotYet, Open, Open, Open]),
            (article(None, Some(20)), [Open, Open, Open, Ended]),
            (within, [NotYet, Open, Open, Ended]),
            (closed_out, [NotYet, ClosedOut, ClosedOut, Ended]),
            (blocked, [Blocked; 4]),
        ] {
            assert_eq!(told(&article), expected, "{article:?}");
            // Whoever comes back whenever time may change the answer misses no change.
            let (mut now, mut seen) = (OffsetDateTime::UNIX_EPOCH, Vec::new());
            seen.push(article.at(now));
            while let Some(next) = article.next_change(now) {
                now = next;
                seen.push(article.at(now));
            }
            let mut expected = expected.to_vec();
            expected.dedup();
            seen.dedup();
            assert_eq!(seen, expected, "{article:?}");
        }
    }

    #[test]
    fn versions_rise() {
        use Outcome::*;
        let now = OffsetDateTime::UNIX_EPOCH;
        let said =
            |epoch, version, blocked| Article { epoch, version, blocked, ..article(None, None) };
        let mut there = None;
        for (article, expected) in [
            (said(0, 5, true), Some(Applied)),
            (said(0, 5, true), Some(Unchanged)),
            (said(0, 5, false), None),
            (said(0, 4, false), Some(Stale)),
            (said(0, 6, true), Some(Unchanged)),
            (said(0, 5, true), Some(Stale)),
            (said(0, 7, false), Some(Applied)),
            (said(1, 1, true), Some(Applied)),
            (said(0, 8, false), Some(Stale)),
        ] {
            match Sellability::say(there.as_ref(), &article, now) {
                Ok((news, outcome)) => {
                    assert_eq!(Some(outcome), expected, "{article:?}");
                    there = news.or(there);
                }
                Err(refusal) => {
                    assert_eq!((refusal.reason, None), (Reason::SourceVersionReused, expected));
                }
            }
        }
        assert_eq!(there.unwrap().said, said(1, 1, true));
    }
}
