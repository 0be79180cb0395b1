//! What an article is made of: a box of 6 pieces, or a set of several articles.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::{Location, Sku};
use crate::stock::model::Outcome;

/// How many articles one is made of, at most.
pub const PARTS_MAX: usize = 50;
/// How many articles one was ever made of, at most: former parts are kept, because who watches the
/// article has to be told where it was.
const EVER_MAX: usize = 200;
/// In how many others an article may be, or may ever have been.
pub const USES_MAX: usize = 100;
/// An article is made of articles that are made of articles, and those of nothing else.
const DEPTH_MAX: usize = 2;

/// What an article is made of, as its leading system says.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// The article.
    pub sku: Sku,
    /// What is in one unit of it.
    pub parts: Parts,
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each change at the source.
    pub version: i64,
    /// Of the last change.
    pub revision: i64,
}

/// How much of each article is in one unit; zero of what was in it before.
pub type Parts = BTreeMap<Sku, Decimal>;

/// What one system says that an article is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Declared {
    /// The article.
    pub sku: Sku,
    /// What is in one unit of it; nothing: it is an article of its own again.
    pub parts: Parts,
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each change at the source.
    pub version: i64,
}

/// In which others an article is, or was.
#[derive(Clone, Debug, PartialEq)]
pub struct Uses {
    /// The article.
    pub part: Sku,
    /// What has it as a part, or had it: whether it still has.
    pub of: BTreeMap<Sku, bool>,
}

/// Where an article has stock or promises of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The article.
    pub sku: Sku,
    /// Where.
    pub at: Vec<Location>,
}

impl Composition {
    /// What is in one unit of it now.
    pub fn now(&self) -> impl Iterator<Item = (&Sku, Decimal)> {
        self.parts.iter().filter(|it| it.1.is_positive()).map(|(sku, each)| (sku, *each))
    }

    /// Whether it is made of anything.
    pub fn is_composed(&self) -> bool {
        self.now().next().is_some()
    }

    /// Whether that was said before, or something newer; `None`: it is news.
    pub fn known(&self, declared: &Declared) -> Result<Option<Outcome>> {
        let Declared { sku, parts, epoch, version } = declared;
        match (*epoch, *version).cmp(&(self.epoch, self.version)) {
            Ordering::Greater => Ok(None),
            Ordering::Less => Ok(Some(Outcome::Stale)),
            Ordering::Equal if self.now().eq(parts.iter().map(|it| (it.0, *it.1))) => {
                Ok(Some(Outcome::Duplicate))
            }
            Ordering::Equal => {
                let message = format!(
                    "\"{sku}\": version {version} of epoch {epoch} said something else before; number each change anew"
                );
                Err(Refusal::new(Reason::SourceVersionReused, message)
                    .with("sku", sku)
                    .with("source_epoch", epoch)
                    .with("source_version", version))
            }
        }
    }

    /// Takes over what is declared, and keeps former parts with nothing of them.
    pub fn declare(&mut self, declared: &Declared) -> Result<()> {
        let Declared { sku, parts, epoch, version } = declared;
        self.parts.values_mut().for_each(|it| *it = Decimal::ZERO);
        self.parts.extend(parts.clone());
        if EVER_MAX < self.parts.len() {
            let message =
                format!("\"{sku}\" was made of {EVER_MAX} articles before; no more are kept");
            return Err(Refusal::new(Reason::CompositionLimit, message)
                .with("sku", sku)
                .with("limit", EVER_MAX));
        }
        (self.epoch, self.version) = (*epoch, *version);
        Ok(())
    }

    /// What must be true of every composition.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let is_sound = self.parts.values().all(|it| !it.is_negative())
            && self.now().count() <= PARTS_MAX
            && !self.parts.contains_key(&self.sku);
        if is_sound { Ok(()) } else { Err(format!("a composition that cannot be: {self:?}")) }
    }
}

/// What one unit of an article is in stock: each article that is kept there once. An article that is
/// made of nothing is itself.
pub fn made_of<'a>(sku: &Sku, of: impl Fn(&Sku) -> Option<&'a Composition>) -> Result<Parts> {
    let mut level = BTreeMap::from([(sku.clone(), Decimal::ONE)]);
    for _ in 0..DEPTH_MAX {
        let mut below = Parts::new();
        for (sku, quantity) in &level {
            let parts: Vec<_> = match of(sku).filter(|it| it.is_composed()) {
                Some(composition) => composition.now().collect(),
                None => vec![(sku, Decimal::ONE)],
            };
            for (part, each) in parts {
                let sum = below.entry(part.clone()).or_default();
                *sum = sum.try_add(quantity.try_times(each)?)?;
            }
        }
        level = below;
    }
    Ok(level)
}

/// How many levels of articles lie below one: none below one that is made of nothing.
pub fn depth<'a>(sku: &Sku, of: &impl Fn(&Sku) -> Option<&'a Composition>) -> usize {
    fn below<'a>(sku: &Sku, of: &impl Fn(&Sku) -> Option<&'a Composition>, left: usize) -> usize {
        match of(sku).filter(|it| 0 < left && it.is_composed()) {
            Some(it) => 1 + it.now().map(|(part, _)| below(part, of, left - 1)).max().unwrap_or(0),
            None => 0,
        }
    }
    below(sku, of, DEPTH_MAX + 1)
}

/// Fine, if an article with so many levels above it can be made of a part with so many below. What
/// would be a part of itself has levels without end.
pub fn must_be_shallow(sku: &Sku, above: usize, part: &Sku, below: usize) -> Result<()> {
    if above + 1 + below <= DEPTH_MAX {
        return Ok(());
    }
    let message = format!(
        "\"{sku}\" cannot be made of \"{part}\": articles may be made of articles that are made of others, and no deeper"
    );
    Err(Refusal::new(Reason::CompositionTooDeep, message)
        .with("sku", sku)
        .with("part", part)
        .with("limit", DEPTH_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    /// `box = 6 piece, set = 2 mug 1 box`
    fn world(text: &str) -> BTreeMap<Sku, Composition> {
        let composition = |text: &str| {
            let (of, parts) = text.split_once(" = ").unwrap();
            let parts: Vec<_> = parts.split(' ').collect();
            let parts = parts.chunks(2).map(|it| (sku(it[1]), Decimal::parse(it[0]).unwrap()));
            let (parts, of) = (parts.collect(), sku(of));
            (of.clone(), Composition { sku: of, parts, epoch: 0, version: 0, revision: 0 })
        };
        text.split(", ").map(composition).collect()
    }

    #[track_caller]
    fn check(text: &str, cases: &[(&str, &str, usize)]) {
        let world = world(text);
        for (of, expected, levels) in cases {
            let parts = match made_of(&sku(of), |it| world.get(it)) {
                Ok(parts) => {
                    let parts = parts.iter().map(|(sku, each)| format!("{each} {sku}"));
                    parts.collect::<Vec<_>>().join(" ")
                }
                Err(refused) => refused.reason_name().to_owned(),
            };
            assert_eq!(parts, *expected, "{of}");
            assert_eq!(depth(&sku(of), &|it| world.get(it)), *levels, "{of}");
        }
    }

    #[test]
    fn an_article_comes_to_what_is_kept_of_it() {
        check(
            "box = 6 piece, set = 2 mug 1 box 1 piece, pallet = 40 box",
            &[
                ("mug", "1 mug", 0),
                ("box", "6 piece", 1),
                ("set", "2 mug 7 piece", 2),
                ("pallet", "240 piece", 2),
            ],
        );
        // Ropes by the metre; a part that was in it before.
        check(
            "kit = 0.25 rope 0 hook, bag = 3 kit",
            &[("kit", "0.25 rope", 1), ("bag", "0.75 rope", 2)],
        );
        check("old = 0 mug, set = 2 old", &[("old", "1 old", 0), ("set", "2 old", 1)]);
        check("a = 0.001 b, b = 0.0001 c", &[("a", "NUMBER_OUT_OF_RANGE", 2)]);
        // What is deeper than it may be is found, and a circle ends.
        check("a = 1 b, b = 1 c, c = 1 d", &[("a", "1 c", 3), ("b", "1 d", 2)]);
        check("hen = 1 egg, egg = 1 hen", &[("hen", "1 hen", 3)]);
    }

    #[test]
    fn former_parts_are_kept_up_to_a_number() {
        let mut of = world("set = 1 mug").remove(&sku("set")).unwrap();
        let declared = |version: i64, part: String| {
            let parts = BTreeMap::from([(sku(&part), Decimal::ONE)]);
            Declared { sku: sku("set"), parts, epoch: 0, version }
        };
        for version in 1..200 {
            of.declare(&declared(version, format!("part-{version}"))).unwrap();
            of.must_be_sound().unwrap();
            assert_eq!(of.now().count(), 1);
        }
        of.declare(&declared(200, "mug".into())).unwrap();
        let refused = of.declare(&declared(201, "one-more".into())).unwrap_err();
        assert_eq!(refused.reason, Reason::CompositionLimit);
    }
}
