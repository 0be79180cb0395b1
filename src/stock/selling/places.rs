//! From which of its locations a shop is served where it names none.

use super::{places, sellable};
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::{Location, Sku, SystemName};
use crate::stock::{LevelKey, Units};

/// What is asked for without a location: so many units, and how much of which articles is in one.
pub struct Anywhere<'a> {
    /// How many.
    pub units: Decimal,
    /// What each needs.
    pub of: Vec<(&'a Sku, Decimal)>,
}

/// The first of a shop's locations that can serve all of it, those before others where something is
/// `held` for it; where none can, the one that has most of it. What is `taken` is not there any more.
pub fn choose(
    books: &mut Books,
    shop: &SystemName,
    asked: &Anywhere<'_>,
    (held, taken): (&Units, &Units),
) -> Result<Option<Location>> {
    let is_held = |place: &Location| {
        let of_it = |sku: &Sku| asked.of.iter().any(|it| it.0 == sku);
        held.keys().any(|it| it.location == *place && of_it(&it.sku))
    };
    let mut places = places(books, shop);
    places.sort_by_key(|it| !is_held(it));
    let mut best: Option<(Decimal, Location)> = None;
    for place in places {
        let there = units_there(books, shop, asked, &place, (held, taken))?;
        if best.as_ref().is_none_or(|(most, _)| *most < there) {
            best = Some((there, place));
        }
        if asked.units <= there {
            break;
        }
    }
    Ok(best.map(|it| it.1))
}

/// How many units could be promised at a place, with what is held for them and without what is taken:
/// of everything that they need.
fn units_there(
    books: &mut Books,
    shop: &SystemName,
    asked: &Anywhere<'_>,
    place: &Location,
    (held, taken): (&Units, &Units),
) -> Result<Decimal> {
    let mut least: Option<Decimal> = None;
    for (sku, each) in &asked.of {
        let level = LevelKey { sku: (*sku).clone(), location: place.clone() };
        let of = |it: &Units| it.get(&level).copied().unwrap_or_default();
        let there = sellable(books, shop, &level).try_add(of(held))?;
        let left = there.try_sub(of(taken))?;
        let units = match *each == Decimal::ONE {
            true => left,
            false => left.max(Decimal::ZERO).whole_times(*each),
        };
        least = Some(least.map_or(units, |it| it.min(units)));
    }
    Ok(least.unwrap_or_default())
}
