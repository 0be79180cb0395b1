//! Levels whose articles or places are called the same but for case. Keys compare exactly, so they are
//! different things; mostly two systems write one thing in two ways, and neither sees the other's stock.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use super::{Level, LevelKey, level};
use crate::books::{Books, KEY_JOINT};
use crate::id::{Location, Sku};
use crate::incidents::{self, Finding, IncidentKey, Kind};

/// The levels that are called so, however they write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesakes {
    /// In lower case, as far as letters are of ASCII.
    pub folded: LevelKey,
    /// As they write it.
    pub keys: BTreeSet<LevelKey>,
}

/// Wants what [`note`] and [`observe`] need where a level may be made or changed. To be called each time
/// that a command says what it needs.
pub fn needs(books: &mut Books, key: &LevelKey) {
    let levels = books.of::<Level>();
    let is_alone = levels.peek(key).is_some_and(|it| !it.has_namesakes);
    if is_alone || !levels.known(key) {
        return;
    }
    let folded = fold(key);
    incidents::needs_observe(books, &of(&folded));
    books.of::<Namesakes>().want(&folded);
    let there = books.of::<Namesakes>().peek(&folded).cloned();
    there.iter().flat_map(|it| &it.keys).for_each(|it| books.of::<Level>().want(it));
}

/// Notes a level that is new among those that are called so.
pub fn note(books: &mut Books, new: &mut Level) {
    if books.of::<Level>().get(&new.key).is_some() {
        return;
    }
    let folded = fold(&new.key);
    let there = books.of::<Namesakes>().get(&folded).cloned();
    let mut there = there.unwrap_or_else(|| Namesakes { folded, keys: BTreeSet::new() });
    new.has_namesakes = !there.keys.is_empty();
    for key in &there.keys {
        let other = Level { has_namesakes: true, ..level(books, key) };
        books.of().put(other);
    }
    there.keys.insert(new.key.clone());
    books.of().put(there);
}

/// Begins or ends the incident of a level that was put: more than one of those that are called so has, or
/// owes, anything.
pub fn observe(books: &mut Books, key: &LevelKey, now: OffsetDateTime) {
    if !level(books, key).has_namesakes {
        return;
    }
    let folded = fold(key);
    let there = books.of::<Namesakes>().get(&folded).cloned();
    let keys = there.into_iter().flat_map(|it| it.keys);
    let used: Vec<LevelKey> = keys.filter(|it| !level(books, it).is_void()).collect();
    let finding = (1 < used.len()).then(|| finding(&used));
    incidents::observe(books, &of(&folded), finding, now);
}

fn finding(used: &[LevelKey]) -> Finding {
    let called = used.iter().map(|it| format!("\"{}\" at \"{}\"", it.sku, it.location));
    let called = called.collect::<Vec<_>>().join(", ");
    let message = format!(
        "{called} differ in case alone, and are different things: what is stated of one is not sold as the \
        other; write all alike, and let nothing be left of the others"
    );
    let joined =
        |texts: BTreeSet<&str>| texts.into_iter().collect::<Vec<_>>().join(&KEY_JOINT.to_string());
    Finding::new(message)
        .with("skus", joined(used.iter().map(|it| it.sku.as_str()).collect()))
        .with("locations", joined(used.iter().map(|it| it.location.as_str()).collect()))
}

fn fold(key: &LevelKey) -> LevelKey {
    let LevelKey { sku, location } = key;
    LevelKey {
        sku: Sku::stored(&sku.as_str().to_ascii_lowercase()),
        location: Location::stored(&location.as_str().to_ascii_lowercase()),
    }
}

fn of(folded: &LevelKey) -> IncidentKey {
    IncidentKey { kind: Kind::KeysDifferInCase, subject: folded.to_string() }
}
