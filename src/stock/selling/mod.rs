//! What a shop may sell of what lies there: from which locations, less what is kept back from it, and
//! whether the article is for sale at all.

mod due;
mod feed;
mod model;
mod places;
mod service;
mod store;
mod wire;

pub use due::{follow_buffers, follow_time};
pub use feed::sources;
pub use model::{Article, Assignment, Buffer, BufferKey, Sale, Sellability};
pub use places::{Anywhere, choose};
pub(super) use service::{
    assign_locations, list_assignments, list_buffers, list_sellability, set_buffers,
    set_sellability,
};
pub(super) use store::{Eyes, Seen, narrowed};
pub(super) use wire::{buffer_key, through, told};

use serde::Serialize;
use time::OffsetDateTime;

use super::{Level, LevelKey, Outcome, composition};
use crate::books::{Books, Command, Moment, Weight};
use crate::decimal::Decimal;
use crate::due::Due;
use crate::error::{Reason, Refusal, Result};
use crate::id::{Location, Sku, SystemName};

/// The books of this part.
pub fn books(books: Books) -> Books {
    books.with::<Assignment>().with::<Buffer>().with::<Sellability>()
}

/// Wants what says where a shop sells from; where it looks first, once that is known.
pub fn needs_places(books: &mut Books, shop: &SystemName) -> Vec<Location> {
    let assignments = books.of::<Assignment>();
    assignments.want(shop);
    if assignments.known(shop) { places(books, shop) } else { Vec::new() }
}

/// Where an article is looked for that is said without a location, in order of priority.
pub fn places(books: &mut Books, shop: &SystemName) -> Vec<Location> {
    assignment(books, shop).places()
}

/// Fine, or a refusal where the shop does not sell from there.
pub fn must_sell_from(books: &mut Books, shop: &SystemName, level: &LevelKey) -> Result<()> {
    if assignment(books, shop).has(&level.location) {
        return Ok(());
    }
    let LevelKey { sku, location } = level;
    let message = format!(
        "\"{sku}\": {shop} does not sell from \"{location}\"; name one of its own locations, or none"
    );
    Err(Refusal::new(Reason::LocationNotAssigned, message)
        .with("sku", sku)
        .with("location", location)
        .with("shop", shop))
}

fn assignment(books: &mut Books, shop: &SystemName) -> Assignment {
    let there = books.of::<Assignment>().get(shop).cloned();
    there.unwrap_or_else(|| Assignment::new(shop.clone()))
}

/// Wants what says how much of a level a shop may sell; whether it is known.
pub fn needs_sellable(books: &mut Books, shop: &SystemName, level: &LevelKey) -> bool {
    books.of::<Level>().want(level);
    let buffers = books.of::<Buffer>();
    BufferKey::of(shop, level).iter().fold(true, |known, it| {
        buffers.want(it);
        known && buffers.known(it)
    })
}

/// What a shop must leave at a level.
pub fn buffer(books: &mut Books, shop: &SystemName, level: &LevelKey) -> Decimal {
    let [own, general] = BufferKey::of(shop, level);
    units(books, &own).or_else(|| units(books, &general)).unwrap_or_default()
}

fn units(books: &mut Books, key: &BufferKey) -> Option<Decimal> {
    books.of::<Buffer>().get(key)?.units
}

/// What a shop may sell of a level.
pub fn sellable(books: &mut Books, shop: &SystemName, level: &LevelKey) -> Decimal {
    let buffer = buffer(books, shop, level);
    super::level(books, level).sellable_less(buffer)
}

/// Whether units may be waited for: of an article that is closed out none will come.
pub fn may_wait(books: &mut Books, sku: &Sku, now: OffsetDateTime) -> bool {
    sale(books, sku, now) != Sale::ClosedOut
}

/// Whether an article is sold now.
fn sale(books: &mut Books, sku: &Sku, now: OffsetDateTime) -> Sale {
    books.of::<Sellability>().get(sku).map_or(Sale::Open, |it| it.said.at(now))
}

/// Fine, or a refusal where the article is not sold now.
pub fn must_be_for_sale(books: &mut Books, sku: &Sku, now: OffsetDateTime) -> Result<()> {
    let sale = sale(books, sku, now);
    if sale.is_on() {
        return Ok(());
    }
    let sale = sale.as_str().to_uppercase();
    let message = format!("\"{sku}\" is not for sale: {sale}; take it off the shelf");
    Err(Refusal::new(Reason::ArticleNotForSale, message).with("sku", sku).with("sale", sale))
}

/// Says from which locations shops sell; answers what became of each row.
#[derive(Clone, Debug, Serialize)]
pub struct AssignLocations {
    /// In order.
    pub rows: Vec<Result<Assignment>>,
}

impl Command for AssignLocations {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        self.rows.iter().flatten().for_each(|it| books.of::<Assignment>().want(&it.shop));
    }

    fn decide(&self, books: &mut Books, _: Moment) -> Result<Vec<Outcome>> {
        each(&self.rows, |row| {
            let Assignment { shop, locations, .. } = row.clone();
            let before = assignment(books, &shop);
            if before.locations == locations {
                return Ok(Outcome::Unchanged);
            }
            books.of().put(Assignment { locations, ..before });
            Ok(Outcome::Applied)
        })
    }

    fn weight(&self) -> Weight {
        Weight { rows: self.rows.len(), bytes: 1024 * self.rows.len() }
    }
}

/// Says how much is kept back from shops; answers what became of each row.
#[derive(Clone, Debug, Serialize)]
pub struct SetBuffers {
    /// In order.
    pub rows: Vec<Result<Buffer>>,
}

impl Command for SetBuffers {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        for Buffer { key, .. } in self.rows.iter().flatten() {
            books.of::<Buffer>().want(key);
            books.of::<Buffer>().want(&BufferKey { location: None, ..key.clone() });
            composition::needs_kept(books, &key.sku);
            books.of::<Due>().want(&due::of_buffers(&key.sku));
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Outcome>> {
        each(&self.rows, |Buffer { key, units, .. }| {
            composition::must_be_kept(books, &key.sku)?;
            let there = books.of::<Buffer>().get(key).cloned();
            if there.as_ref().and_then(|it| it.units) == *units {
                return Ok(Outcome::Unchanged);
            }
            let before = counting(books, key);
            let revision = there.map_or(0, |it| it.revision);
            books.of().put(Buffer { key: key.clone(), units: *units, revision });
            if counting(books, key) < before {
                // Somebody may have waited for what this shop may have now.
                books.of().put(Due { key: due::of_buffers(&key.sku), at: at.now });
            }
            Ok(Outcome::Applied)
        })
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2 * self.rows.len(), bytes: 512 * self.rows.len() }
    }
}

/// What counts where this buffer may.
fn counting(books: &mut Books, key: &BufferKey) -> Decimal {
    let general = BufferKey { location: None, ..key.clone() };
    units(books, key).or_else(|| units(books, &general)).unwrap_or_default()
}

/// Says whether articles may be sold; answers what became of each row.
#[derive(Clone, Debug, Serialize)]
pub struct SetSellability {
    /// In order.
    pub rows: Vec<Result<Article>>,
}

impl Command for SetSellability {
    type Answer = Vec<Outcome>;

    fn needs(&self, books: &mut Books) {
        for Article { sku, .. } in self.rows.iter().flatten() {
            books.of::<Sellability>().want(sku);
            books.of::<Due>().want(&due::of_sale(sku));
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Vec<Outcome>> {
        each(&self.rows, |article| {
            let before = books.of::<Sellability>().get(&article.sku).cloned();
            let (news, outcome) = Sellability::say(before.as_ref(), article, at.now)?;
            if let Some(news) = news {
                due::come_back(books, &news.said, at.now);
                books.of().put(news);
            }
            Ok(outcome)
        })
    }

    fn weight(&self) -> Weight {
        Weight { rows: 2 * self.rows.len(), bytes: 512 * self.rows.len() }
    }
}

/// What becomes of each row; a bad one stops no other.
fn each<T>(
    rows: &[Result<T>],
    mut take: impl FnMut(&T) -> Result<Outcome>,
) -> Result<Vec<Outcome>> {
    let taken = rows.iter().map(|row| match row {
        Ok(row) => take(row).unwrap_or_else(Outcome::Refused),
        Err(refusal) => Outcome::Refused(refusal.clone()),
    });
    Ok(taken.collect())
}
