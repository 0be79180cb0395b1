//! Levels as they are shown: of what is kept in stock as they are, and of what is made of it as many
//! units as that would make.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::PgConnection;

use super::model::{Composition, Uses, made_of};
use super::store;
use crate::books::Entry;
use crate::decimal::Decimal;
use crate::id::{Environment, Sku, SystemName};
use crate::stock::selling::{Eyes, Sale, Seen};
use crate::stock::store::{self as levels, Besides};
use crate::stock::{Filter, Level, LevelKey};

/// A level as it is shown.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "nearly all that is shown is kept")]
pub enum Shown {
    /// Of an article that is kept in stock.
    Kept(Seen),
    /// Of one that is made of others: whole units that what lies there would make.
    Composed {
        /// Of what, and where.
        key: LevelKey,
        /// Of all that lies there.
        on_hand: Decimal,
        /// Of what of it nobody has promised.
        free: Decimal,
        /// Of what of that may be sold to whoever looks.
        sellable: Decimal,
        /// Whether it is sold; `None`: no shop looks.
        sale: Option<Sale>,
        /// Of the last change of what it is made of, or of how much of that there is.
        revision: i64,
    },
    /// Of one that was made of others, and was never said to lie there itself.
    Gone {
        /// Of what, and where.
        key: LevelKey,
        /// Since when.
        revision: i64,
    },
}

/// These levels, as they are shown to a shop, or to others; `known` are some that were read already.
pub async fn shown(
    conn: &mut PgConnection,
    of: Environment,
    besides: Besides,
    shop: Option<&SystemName>,
    keys: &[LevelKey],
    known: Vec<Level>,
) -> sqlx::Result<Vec<Shown>> {
    let family = Family::load(conn, of, besides, keys.iter().map(|it| &it.sku)).await?;
    let mut there: HashMap<LevelKey, Level> =
        known.into_iter().map(|it| (it.key.clone(), it)).collect();
    let needed =
        keys.iter().flat_map(|key| family.reach(&key.sku).into_iter().map(|it| at(it, key)));
    let missing: BTreeSet<_> = needed.filter(|it| !there.contains_key(it)).collect();
    if !missing.is_empty() {
        let missing: Vec<_> = missing.into_iter().collect();
        let found = Level::load(conn, of, &missing).await?;
        there.extend(found.into_iter().map(|it| (it.key.clone(), it)));
    }
    let eyes = Eyes::open(conn, of, besides, shop, keys.iter().chain(there.keys())).await?;
    let there = there.into_iter().map(|(key, it)| (key, eyes.see(it))).collect();
    Ok(keys.iter().filter_map(|it| family.show(it, &there, &eyes)).collect())
}

/// Tells all levels that a filter lets through, by key, from behind `after` on.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    besides: Besides,
    Filter { shop, skus, locations }: &Filter,
    after: Option<(&str, &str)>,
    limit: i64,
    mut tell: impl FnMut(Shown),
) -> sqlx::Result<()> {
    let only = (&skus[..], &locations[..]);
    // Nothing has to be known of them all before the first can be told.
    if besides.are_none() {
        let eyes = Eyes::plain(shop.as_ref());
        let tell = |it| tell(Shown::Kept(eyes.see(it)));
        return levels::list(conn, of, only, after, limit, tell).await;
    }
    let mut own = Vec::new();
    levels::list(conn, of, only, after, limit, |it| own.push(it)).await?;
    if !besides.compositions {
        let keys = own.iter().map(|it| &it.key);
        let eyes = Eyes::open(conn, of, besides, shop.as_ref(), keys).await?;
        own.into_iter().for_each(|it| tell(Shown::Kept(eyes.see(it))));
        return Ok(());
    }
    let (sku, location) = after.unwrap_or_default();
    let behind = |it: &LevelKey| (sku, location) < (it.sku.as_str(), it.location.as_str());
    let wanted = usize::try_from(limit).unwrap_or_default();
    let last = (own.len() == wanted).then(|| own.last()).flatten().map(|it| it.key.sku.clone());
    let mut keys: BTreeSet<LevelKey> = own.iter().map(|it| it.key.clone()).collect();
    let (mut from, mut including, mut found) = (sku.to_owned(), true, 0);
    loop {
        let mut composed = store::composed(conn, of, (&from, including), skus).await?;
        composed.retain(|it| last.as_ref().is_none_or(|last| it <= last));
        let Some(end) = composed.last().cloned() else { break };
        let mut there =
            Family::load(conn, of, besides, &composed).await?.places(conn, of, &composed).await?;
        there.retain(|it| behind(it) && (locations.is_empty() || locations.contains(&it.location)));
        found += there.len();
        keys.extend(there);
        if wanted <= found {
            break;
        }
        (from, including) = (end.to_string(), false);
    }
    let keys: Vec<_> = keys.into_iter().take(wanted).collect();
    shown(conn, of, besides, shop.as_ref(), &keys, own).await?.into_iter().for_each(tell);
    Ok(())
}

/// The levels that are shown otherwise since these levels have changed, or what these articles are made
/// of.
pub async fn affected(
    conn: &mut PgConnection,
    of: Environment,
    besides: Besides,
    changed: &[LevelKey],
    compositions: &[Sku],
) -> sqlx::Result<Vec<LevelKey>> {
    let mut keys: BTreeSet<LevelKey> = changed.iter().cloned().collect();
    let skus: BTreeSet<Sku> =
        changed.iter().map(|it| &it.sku).chain(compositions).cloned().collect();
    let users = if besides.compositions { users(conn, of, &skus).await? } else { BTreeMap::new() };
    if users.is_empty() && compositions.is_empty() {
        return Ok(keys.into_iter().collect());
    }
    let all: BTreeSet<_> = users.values().flatten().chain(compositions).cloned().collect();
    let family = Family::load(conn, of, besides, &all).await?;
    // What is an article of its own again has nothing to do with what it was made of.
    let composed = |sku: &Sku| {
        let above = users.get(sku).into_iter().flatten();
        above.filter(|it| family.is_composed(it)).cloned().collect::<Vec<_>>()
    };
    for key in changed {
        keys.extend(composed(&key.sku).into_iter().map(|it| at(it, key)));
    }
    let above = compositions.iter().flat_map(composed);
    let everywhere: Vec<_> = compositions.iter().cloned().chain(above).collect();
    keys.extend(family.places(conn, of, &everywhere).await?);
    Ok(keys.into_iter().collect())
}

/// All that each of these articles is or was in.
async fn users(
    conn: &mut PgConnection,
    of: Environment,
    skus: &BTreeSet<Sku>,
) -> sqlx::Result<BTreeMap<Sku, BTreeSet<Sku>>> {
    let (mut direct, mut asked) = (BTreeMap::new(), skus.clone());
    while !asked.is_empty() {
        let keys: Vec<_> = asked.into_iter().collect();
        let found: Vec<Uses> = Uses::load(conn, of, &keys).await?;
        let above: BTreeSet<Sku> = found.iter().flat_map(|it| it.of.keys()).cloned().collect();
        direct.extend(found.into_iter().map(|it| (it.part, it.of.into_keys().collect::<Vec<_>>())));
        asked = above.into_iter().filter(|it| !direct.contains_key(it)).collect();
        asked.retain(|it| !keys.contains(it));
    }
    let mut all = BTreeMap::new();
    for sku in skus.iter().filter(|it| direct.contains_key(it)) {
        let (mut above, mut next) = (BTreeSet::new(), vec![sku.clone()]);
        while let Some(it) = next.pop() {
            let new =
                direct.get(&it).into_iter().flatten().filter(|it| above.insert((*it).clone()));
            next.extend(new.cloned());
        }
        all.insert(sku.clone(), above);
    }
    Ok(all)
}

/// Articles, and all that they are or were made of.
struct Family(HashMap<Sku, Composition>);

impl Family {
    async fn load<'a>(
        conn: &mut PgConnection,
        of: Environment,
        besides: Besides,
        skus: impl IntoIterator<Item = &'a Sku>,
    ) -> sqlx::Result<Family> {
        let mut family = Family(HashMap::new());
        if !besides.compositions {
            return Ok(family);
        }
        let mut seen: BTreeSet<Sku> = skus.into_iter().cloned().collect();
        let mut asked: Vec<_> = seen.iter().cloned().collect();
        while !asked.is_empty() {
            let found = Composition::load(conn, of, &asked).await?;
            let parts: BTreeSet<_> = found.iter().flat_map(|it| it.parts.keys()).cloned().collect();
            family.0.extend(found.into_iter().map(|it| (it.sku.clone(), it)));
            asked = parts.into_iter().filter(|it| seen.insert(it.clone())).collect();
        }
        Ok(family)
    }

    fn is_composed(&self, sku: &Sku) -> bool {
        self.0.get(sku).is_some_and(Composition::is_composed)
    }

    /// An article, and all that it is or was made of.
    fn reach(&self, sku: &Sku) -> BTreeSet<Sku> {
        let (mut reached, mut next) = (BTreeSet::from([sku.clone()]), vec![sku.clone()]);
        while let Some(it) = next.pop() {
            let parts = self.0.get(&it).into_iter().flat_map(|it| it.parts.keys());
            next.extend(parts.filter(|it| reached.insert((*it).clone())).cloned());
        }
        reached
    }

    /// Where these articles are shown.
    async fn places(
        &self,
        conn: &mut PgConnection,
        of: Environment,
        skus: &[Sku],
    ) -> sqlx::Result<Vec<LevelKey>> {
        let reached: BTreeSet<_> = skus.iter().flat_map(|it| self.reach(it)).collect();
        let reached: Vec<_> = reached.into_iter().collect();
        let there = store::places(conn, of, &reached, false).await?;
        let mut keys = Vec::new();
        for sku in skus {
            let at: BTreeSet<_> =
                self.reach(sku).iter().filter_map(|it| there.get(it)).flatten().cloned().collect();
            keys.extend(at.into_iter().map(|location| LevelKey { sku: sku.clone(), location }));
        }
        Ok(keys)
    }

    /// A level as it is shown, if there is anything to show.
    fn show(&self, key: &LevelKey, there: &HashMap<LevelKey, Seen>, eyes: &Eyes) -> Option<Shown> {
        let Some(composition) = self.0.get(&key.sku) else {
            return there.get(key).cloned().map(Shown::Kept);
        };
        if !composition.is_composed() {
            // What it was made of was told of later than what is known of itself.
            let since = composition.revision;
            return Some(match there.get(key) {
                Some(it) => Shown::Kept(Seen { revision: it.revision.max(since), ..it.clone() }),
                None => Shown::Gone { key: key.clone(), revision: since },
            });
        }
        let reached = self.reach(&key.sku);
        let levels = || reached.iter().filter_map(|it| there.get(&at(it.clone(), key)));
        let changed = levels().map(|it| it.revision).max()?;
        let said = reached.iter().filter_map(|it| self.0.get(it)).map(|it| it.revision).max();
        // What is not exact cannot be promised.
        let parts = made_of(&key.sku, |it| self.0.get(it)).unwrap_or_default();
        let whole = |of: fn(&Seen) -> Decimal| {
            let made = parts.iter().map(|(part, each)| {
                let level = there.get(&at(part.clone(), key));
                level.map_or(Decimal::ZERO, of).whole_times(*each)
            });
            made.min().unwrap_or_default()
        };
        let (sale, sale_since) = eyes.sale(&key.sku);
        Some(Shown::Composed {
            key: key.clone(),
            on_hand: whole(|it| it.level.on_hand),
            free: whole(|it| it.level.sellable()),
            sellable: whole(Seen::sellable),
            sale,
            revision: changed.max(said.unwrap_or_default()).max(sale_since),
        })
    }
}

fn at(sku: Sku, key: &LevelKey) -> LevelKey {
    LevelKey { sku, location: key.location.clone() }
}
