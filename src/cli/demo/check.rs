//! What a merchant wants to know in the end, and whether it is true.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use erpsync_client::proto::StockLevel;
use serde::Deserialize;

use super::file::Invoice;
use super::play::Played;
use crate::decimal::Decimal;

const DELAY_MAX: Duration = Duration::from_secs(5);

/// What must come of a file, worked out apart.
#[derive(Deserialize)]
pub struct Expected {
    rows: u64,
    rows_by_outcome: BTreeMap<String, u64>,
    events: BTreeMap<String, u64>,
    money: BTreeMap<String, String>,
    stock: Stock,
}

#[derive(Deserialize)]
struct Stock {
    on_hand: String,
    reserved: String,
    back_ordered: String,
    crc32: String,
}

/// Prints what happened, then what does not hold. Fine only if everything does.
pub fn report(
    invoices: &[Invoice],
    played: &Played,
    expected: Option<&Expected>,
) -> Result<(), String> {
    let rows: usize = invoices.iter().map(|it| it.rows.len()).sum();
    println!("rows of the file: {rows}");
    for (outcome, count) in &played.rows {
        println!("  {count:>8}  {outcome}");
    }
    println!("what happened:");
    for (event, count) in &played.events {
        println!("  {count:>8}  {event}");
    }
    let sum = |pick: fn(&StockLevel) -> &str| {
        let all = played.answered.values().map(|it| Decimal::parse(pick(it)).unwrap_or_default());
        Decimal::try_sum(all).unwrap_or_default().to_string()
    };
    let (on_hand, reserved) = (sum(|it| &it.on_hand), sum(|it| &it.reserved));
    let back_ordered = sum(|it| &it.back_ordered);
    println!("stock: {on_hand} on hand, {reserved} reserved, {back_ordered} waited for");
    println!("money, in GBP:");
    for (what, amount) in &played.money {
        println!("  {:>12}  {what}", amount.to_string());
    }
    println!(
        "worst delay from the ERP's call to the shop's watch: {} ms; played in {:.1} s",
        played.delay.as_millis(),
        played.took.as_secs_f64()
    );

    let mut checks = Checks::default();
    let accounted: u64 = played.rows.values().sum();
    checks.equal("rows accounted for", accounted, rows as u64);
    checks.holds("the worst delay is below 5 s", played.delay < DELAY_MAX);
    for (code, level) in &played.answered {
        let known = played.on_hand.get(code).copied().unwrap_or_default().to_string();
        checks.equal(
            &format!("on hand of {code}, as the warehouse knows it"),
            &level.on_hand,
            &known,
        );
    }
    checks.equal("articles", played.answered.len(), played.on_hand.len());
    let watched = played.watched.values().map(figures).collect::<Vec<_>>();
    let answered = played.answered.values().map(figures).collect::<Vec<_>>();
    checks.holds("the watch alone tells what the API answers", watched == answered);
    checks.equal("money as the API lists it", &played.money_answered, &played.money);
    checks.equal("money from the feed alone", &played.money_watched, &played.money);
    checks.equal("what is parked", played.parked, 0);
    if let Some(expected) = expected {
        checks.equal("rows", rows as u64, expected.rows);
        checks.equal("rows by outcome", &played.rows, &expected.rows_by_outcome);
        checks.equal("events", &played.events, &expected.events);
        checks.equal("money", &as_texts(&played.money), &in_order(&expected.money));
        checks.equal("on hand", &on_hand, &expected.stock.on_hand);
        checks.equal("reserved", &reserved, &expected.stock.reserved);
        checks.equal("back ordered", &back_ordered, &expected.stock.back_ordered);
        checks.equal("every level", &fingerprint(played), &expected.stock.crc32);
    }
    checks.conclude(expected.is_some())
}

fn as_texts(money: &BTreeMap<String, Decimal>) -> BTreeMap<String, String> {
    money.iter().map(|(what, amount)| (what.clone(), amount.to_string())).collect()
}

/// Figures as they are written here: without zeros at the end.
fn in_order(money: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let same = |it: &String| Decimal::parse(it).map_or_else(|_| it.clone(), |it| it.to_string());
    money.iter().map(|(what, amount)| (what.clone(), same(amount))).collect()
}

/// What a watch tells of a level; a newer statement of the same figures is no news.
fn figures(level: &StockLevel) -> StockLevel {
    StockLevel { statement: None, ..level.clone() }
}

/// Of all levels, so that one wrong digit shows.
fn fingerprint(played: &Played) -> String {
    let mut text = String::new();
    for (code, level) in &played.answered {
        // Writing to a string cannot fail.
        let _ = write!(text, "{code}={}/{};", level.on_hand, level.reserved);
    }
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

#[derive(Default)]
struct Checks {
    held: usize,
    failed: Vec<String>,
}

impl Checks {
    fn holds(&mut self, what: &str, holds: bool) {
        if holds { self.held += 1 } else { self.failed.push(what.into()) }
    }

    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, seen: T, expected: T) {
        let told = format!("{what}: {seen:?}, and should be {expected:?}");
        self.holds(&told, seen == expected);
    }

    fn conclude(self, with_expected: bool) -> Result<(), String> {
        let Checks { held, failed } = self;
        for it in failed.iter().take(20) {
            println!("WRONG: {it}");
        }
        if !with_expected {
            println!("no figures to compare with were given");
        }
        println!("checks: {held} held, {} failed", failed.len());
        if failed.is_empty() { Ok(()) } else { Err("the demo's checks do not hold".into()) }
    }
}
