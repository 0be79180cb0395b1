//! Articles that are made of others: a box of 6 and its pieces share one stock, and a set can be sold as
//! long as all that is in it can. Stock is kept of what they are made of, never of them.

mod model;
mod service;
mod shown;
mod store;
mod wire;

pub use model::{Composition, Declared, Parts};
pub use service::{CompositionDesk, source};
pub(super) use shown::{Shown, affected, list, shown};

use serde::Serialize;
use time::OffsetDateTime;

use self::model::{Kept, USES_MAX, Uses, depth, made_of, must_be_shallow};
use super::{Adjustment, Level, LevelKey, Outcome, Reading, lagging};
use crate::books::{Books, Command, Moment, Weight};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::Sku;

/// The books of compositions.
pub fn books(books: Books) -> Books {
    books.with::<Composition>().with::<Uses>().with::<Kept>()
}

/// Says what articles are made of; answers what became of each row. A row that could not be read is
/// refused with its place.
#[derive(Clone, Serialize)]
pub struct SetCompositions {
    /// In order.
    pub rows: Vec<Result<Declared>>,
}

impl Command for SetCompositions {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        for Declared { sku, parts, .. } in self.rows.iter().flatten() {
            let before = want_made_of(books, sku);
            for part in parts.keys().chain(before.keys()) {
                books.of::<Uses>().want(part);
                want_made_of(books, part);
            }
            let former = books.of::<Composition>().peek(sku).cloned();
            former.iter().flat_map(|it| it.parts.keys()).for_each(|it| books.of::<Uses>().want(it));
            books.of::<Uses>().want(sku);
            users(books, sku).iter().for_each(|it| books.of::<Uses>().want(it));
            books.of::<Kept>().want(sku);
            let at = books.of::<Kept>().peek(sku).map(|it| it.at.clone()).unwrap_or_default();
            for location in at {
                let key = LevelKey { sku: sku.clone(), location };
                books.of::<Level>().want(&key);
                lagging::needs_level(books, &key);
            }
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            outcomes.push(match row {
                Ok(declared) => declare(books, declared, at.now).unwrap_or_else(Outcome::Refused),
                Err(refusal) => Outcome::Refused(refusal.clone()),
            });
        }
        Ok(outcomes)
    }

    fn weight(&self) -> Weight {
        let parts: usize = self.rows.iter().flatten().map(|it| 1 + it.parts.len()).sum();
        Weight { rows: 2 * parts, bytes: 256 * parts }
    }
}

/// Takes over what an article is made of.
pub fn declare(books: &mut Books, declared: &Declared, now: OffsetDateTime) -> Result<Outcome> {
    let sku = &declared.sku;
    let there = books.of::<Composition>().get(sku).cloned();
    if let Some(known) = there.as_ref().map_or(Ok(None), |it| it.known(declared))? {
        return Ok(known);
    }
    let was_composed = there.as_ref().is_some_and(Composition::is_composed);
    if !was_composed && !declared.parts.is_empty() {
        must_have_no_stock(books, sku)?;
    }
    let above = match users(books, sku) {
        none if none.is_empty() => 0,
        users if users.iter().any(|it| !self::users(books, it).is_empty()) => 2,
        _ => 1,
    };
    for part in declared.parts.keys() {
        let below = depth(part, &|it| books.see::<Composition>().peek(it));
        must_be_shallow(sku, above, part, below)?;
        must_have_room(books, part, sku)?;
    }
    let new =
        Composition { sku: sku.clone(), parts: Parts::new(), epoch: 0, version: 0, revision: 0 };
    let mut composition = there.clone().unwrap_or(new);
    composition.declare(declared)?;
    for (part, each) in &composition.parts {
        let uses = books.of::<Uses>().get(part).cloned();
        let mut uses = uses.unwrap_or_else(|| Uses { part: part.clone(), of: Default::default() });
        uses.of.insert(sku.clone(), each.is_positive());
        books.of().put(uses);
    }
    if composition.is_composed() {
        // Nothing more is stated of it itself.
        lagging::forget(books, sku, now);
    }
    let is_news = there.is_none_or(|it| it.parts != composition.parts);
    books.of().put(composition);
    Ok(if is_news { Outcome::Applied } else { Outcome::Unchanged })
}

/// What has an article as a part, as far as it is known.
fn users(books: &mut Books, sku: &Sku) -> Vec<Sku> {
    let uses = books.of::<Uses>().peek(sku);
    let of = uses.into_iter().flat_map(|it| &it.of);
    of.filter(|it| *it.1).map(|it| it.0.clone()).collect()
}

/// Stock that was said of an article itself, and what is promised of it, would be lost from view.
fn must_have_no_stock(books: &mut Books, sku: &Sku) -> Result<()> {
    let mut own = books.of::<Level>().entries().filter(|it| it.key.sku == *sku);
    let Some(level) = own.find(|it| !it.is_void()) else { return Ok(()) };
    let LevelKey { location, .. } = &level.key;
    let message = format!(
        "\"{sku}\" has stock of its own at \"{location}\": {} on hand, {} reserved, {} waited for, {} committed; state 0 there, and end what is promised, before it is made of others",
        level.on_hand, level.reserved, level.back_ordered, level.committed
    );
    Err(Refusal::new(Reason::ArticleHasStock, message)
        .with("sku", sku)
        .with("location", location)
        .with("on_hand", level.on_hand)
        .with("reserved", level.reserved)
        .with("back_ordered", level.back_ordered)
        .with("committed", level.committed))
}

/// A change of a part is told of all that it is in: of so many at most.
fn must_have_room(books: &mut Books, part: &Sku, of: &Sku) -> Result<()> {
    let uses = books.of::<Uses>().get(part);
    if uses.is_none_or(|it| it.of.contains_key(of) || it.of.len() < USES_MAX) {
        return Ok(());
    }
    let message =
        format!("\"{part}\" is, or was, in {USES_MAX} others already, and \"{of}\" is one more");
    Err(Refusal::new(Reason::CompositionLimit, message).with("sku", part).with("limit", USES_MAX))
}

/// Wants what an article is made of, and answers it as far as it is known.
fn want_made_of(books: &mut Books, sku: &Sku) -> Parts {
    books.of::<Composition>().want(sku);
    let composition = books.of::<Composition>().peek(sku).cloned();
    for (part, _) in composition.iter().flat_map(Composition::now) {
        books.of::<Composition>().want(part);
    }
    // What is not exact is refused when it is decided.
    made_of(sku, |it| books.see::<Composition>().peek(it)).unwrap_or_default()
}

/// Wants the levels at which an article is kept, and answers how much of each is one unit of it, as far
/// as it is known.
pub fn want_kept(books: &mut Books, key: &LevelKey) -> Vec<(LevelKey, Decimal)> {
    let compositions = books.of::<Composition>();
    compositions.want(&key.sku);
    if compositions.peek(&key.sku).is_none() {
        books.of::<Level>().want(key);
        return vec![(key.clone(), Decimal::ONE)];
    }
    let parts = want_made_of(books, &key.sku);
    let levels = parts.into_iter().map(|(sku, each)| (at(sku, key), each));
    let levels: Vec<_> = levels.collect();
    levels.iter().for_each(|it| books.of::<Level>().want(&it.0));
    levels
}

/// The levels at which an article is kept, and how much of each is one unit of it. Wanted before.
pub fn kept(books: &mut Books, key: &LevelKey) -> Result<Vec<(LevelKey, Decimal)>> {
    if books.of::<Composition>().get(&key.sku).is_none() {
        return Ok(vec![(key.clone(), Decimal::ONE)]);
    }
    let parts = made_of(&key.sku, |it| books.see::<Composition>().get(it))?;
    Ok(parts.into_iter().map(|(sku, each)| (at(sku, key), each)).collect())
}

fn at(sku: Sku, key: &LevelKey) -> LevelKey {
    LevelKey { sku, location: key.location.clone() }
}

/// The one level at which an article's stock is stated and moved, and how much of it is one unit.
fn kept_alone(books: &mut Books, key: &LevelKey) -> Result<(LevelKey, Decimal)> {
    let mut levels = kept(books, key)?;
    if levels.len() == 1 {
        return Ok(levels.remove(0));
    }
    Err(is_composed(&key.sku, levels.iter().map(|it| &it.0.sku)))
}

/// Wants what [`must_be_kept`] decides on.
pub(super) fn needs_kept(books: &mut Books, sku: &Sku) {
    books.of::<Composition>().want(sku);
}

/// Fine, or a refusal where an article is made of others, so that nothing of it is kept.
pub(super) fn must_be_kept(books: &mut Books, sku: &Sku) -> Result<()> {
    let composition = books.of::<Composition>().get(sku);
    match composition.filter(|it| it.is_composed()) {
        Some(composition) => Err(is_composed(sku, composition.now().map(|it| it.0))),
        None => Ok(()),
    }
}

fn is_composed<'a>(sku: &Sku, parts: impl Iterator<Item = &'a Sku>) -> Refusal {
    let parts = parts.map(Sku::as_str).collect::<Vec<_>>().join(", ");
    let message = format!(
        "\"{sku}\" is made of others, and has no stock of its own; say it of those: {parts}"
    );
    Refusal::new(Reason::ArticleIsComposed, message).with("sku", sku).with("parts", parts)
}

impl Reading {
    /// The same of the article that is kept in stock.
    pub fn in_stock(&self, books: &mut Books) -> Result<Reading> {
        let (key, each) = kept_alone(books, &self.key)?;
        let committed = self.committed.map(|it| it.try_times(each)).transpose()?;
        Ok(Reading { key, on_hand: self.on_hand.try_times(each)?, committed, ..self.clone() })
    }
}

impl Adjustment {
    /// The same of the article that is kept in stock.
    pub fn in_stock(&self, books: &mut Books) -> Result<Adjustment> {
        let (key, each) = kept_alone(books, &self.key)?;
        Ok(Adjustment { key, quantity: self.quantity.try_times(each)?, ..self.clone() })
    }
}
