//! Sources of which all that they say of some levels is older than what they said before: they were
//! restored, or lost count, and nothing of it counts until somebody looks.

use time::OffsetDateTime;

use super::{Level, LevelKey};
use crate::books::Books;
use crate::id::{Sku, SystemName};
use crate::incidents::{self, Finding, IncidentKey, Kind};

/// A source that says what is stale, again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lagging {
    /// Which.
    pub source: SystemName,
    /// Of how many levels it does so now.
    pub levels: i64,
    /// Of which of them since last.
    pub last: LevelKey,
}

/// Wants what [`observe`] needs for readings of a source.
pub fn needs_source(books: &mut Books, source: &SystemName) {
    books.of::<Lagging>().want(source);
    incidents::needs_observe(books, &of(source));
}

/// Wants what [`observe`] needs where a level may get a statement. To be called each time that a command
/// says what it needs.
pub fn needs_level(books: &mut Books, key: &LevelKey) {
    let source = books.of::<Level>().peek(key).and_then(|it| it.lags_behind().cloned());
    if let Some(source) = source {
        needs_source(books, &source);
    }
}

/// Begins or ends a source's incident, where a level was stated or was to be.
pub fn observe(books: &mut Books, before: &Level, after: &Level, now: OffsetDateTime) {
    let (was, is) = (before.lags_behind(), after.lags_behind());
    if was == is {
        return;
    }
    for (source, more) in was.map(|it| (it, -1)).into_iter().chain(is.map(|it| (it, 1))) {
        let there = books.of::<Lagging>().get(source).cloned();
        let key = || after.key.clone();
        let new = || Lagging { source: source.clone(), levels: 0, last: key() };
        let mut lagging = there.unwrap_or_else(new);
        lagging.levels += more;
        if 0 < more {
            lagging.last = key();
        }
        let finding = (0 < lagging.levels).then(|| lagging.finding());
        incidents::observe(books, &of(source), finding, now);
        books.of().put(lagging);
    }
}

/// What was stale of an article of which nothing more is stated matters to nobody.
pub fn forget(books: &mut Books, sku: &Sku, now: OffsetDateTime) {
    let levels = books.of::<Level>().entries();
    let stale: Vec<_> =
        levels.filter(|it| it.key.sku == *sku && it.stale.is_some()).cloned().collect();
    for level in stale {
        let fresh = Level { stale: None, ..level.clone() };
        observe(books, &level, &fresh, now);
        books.of().put(fresh);
    }
}

impl Lagging {
    fn finding(&self) -> Finding {
        let Lagging { source, levels, last: LevelKey { sku, location } } = self;
        let message = format!(
            "all that {source} has stated of {levels} levels lately is older than what it said before, of \
            \"{sku}\" at \"{location}\" since last; raise source_epoch where it was restored, else go \
            on with higher numbers"
        );
        Finding::new(message)
            .with("system", source)
            .with("levels", levels)
            .with("sku", sku)
            .with("location", location)
    }
}

fn of(source: &SystemName) -> IncidentKey {
    IncidentKey { kind: Kind::StaleStatements, subject: source.to_string() }
}
