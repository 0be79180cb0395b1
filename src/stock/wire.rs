mod push;

pub use push::Readings;

use std::collections::BTreeSet;

use serde::Serialize;

use super::composition::Shown;
use super::{
    Adjustment, Basis, Beyond, Level, LevelKey, Outcome, Reading, Recorded, Statement, selling,
};
use crate::access::Caller;
use crate::books::KEY_JOINT;
use crate::changes::Asked;
use crate::decimal::Decimal;
use crate::error::{Faults, Refusal, Result};
use crate::id::{Location, RequestId, Sku, SystemName};
use crate::proto;
use crate::wire::{self, timestamp};

const ROWS_MAX: usize = 1_000;
const REASON_BYTES_MAX: usize = 255;

/// What a watcher wants to see; empty lists let everything through.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filter {
    /// Through whose eyes; `None`: as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<SystemName>,
    pub skus: Vec<Sku>,
    pub locations: Vec<Location>,
}

pub fn readings(request: proto::SetStockRequest) -> Result<(RequestId, Vec<Result<Reading>>)> {
    let proto::SetStockRequest { request_id, readings } = request;
    let id = wire::request_id(&request_id)?;
    number_of_rows("readings", readings.len())?;
    Ok((id, (0..).zip(readings).map(|(nth, it)| reading(nth, it)).collect()))
}

pub fn adjustments(
    request: proto::AdjustStockRequest,
) -> Result<(RequestId, Vec<Result<Adjustment>>)> {
    let proto::AdjustStockRequest { request_id, adjustments } = request;
    let id = wire::request_id(&request_id)?;
    number_of_rows("adjustments", adjustments.len())?;
    Ok((id, (0..).zip(adjustments).map(|(nth, it)| adjustment(nth, it)).collect()))
}

pub fn number_of_rows(path: &str, rows: usize) -> Result<()> {
    match rows {
        1..=ROWS_MAX => Ok(()),
        _ => Err(Refusal::field(path, format!("must have 1 to {ROWS_MAX} rows, and has {rows}"))),
    }
}

fn reading(nth: usize, row: proto::StockReading) -> Result<Reading> {
    let basis = row.basis;
    let proto::StockReading {
        sku,
        location,
        on_hand,
        source_epoch,
        statement_sequence,
        ledger_through,
        basis: _,
        committed,
        orders_counted_through,
        effects_through,
    } = row;
    let at = |field| wire::FieldPath { rows: &"readings", nth, field };
    let mut faults = Faults::default();
    let sku = faults.take(at("sku"), Sku::parse(&sku));
    let location = faults.take(at("location"), Location::parse_or_main(&location));
    let on_hand = faults.take(at("on_hand"), Decimal::parse(&on_hand));
    let epoch = faults.take(at("source_epoch"), not_negative(source_epoch));
    let sequence = faults.take(at("statement_sequence"), not_negative(statement_sequence));
    let ledger_through = faults.take(at("ledger_through"), not_negative(ledger_through));
    let basis = faults.take(at("basis"), self::basis(basis));
    let parse = |it: &str| parse_committed(it, basis);
    let says_of_orders = !committed.is_empty() || basis == Some(Basis::Available);
    let committed = wire::given(&mut faults, at("committed"), &committed, parse);
    if says_of_orders && orders_counted_through.is_none() {
        let told = "must be given with committed and with AVAILABLE; 0: none of erpsync's orders";
        faults.push(at("orders_counted_through"), told);
    }
    for (field, revision) in
        [("orders_counted_through", orders_counted_through), ("effects_through", effects_through)]
    {
        faults.take(at(field), not_negative(revision.unwrap_or_default()));
    }
    wire::all(faults, || {
        Some(Reading {
            key: LevelKey { sku: sku?, location: location? },
            on_hand: on_hand?,
            epoch: epoch?,
            sequence: sequence?,
            ledger_through: ledger_through?,
            basis: basis?,
            committed,
            orders_counted_through,
            effects_through,
        })
    })
}

fn basis(basis: i32) -> Result<Basis, &'static str> {
    match proto::StockBasis::try_from(basis) {
        Ok(proto::StockBasis::Unspecified | proto::StockBasis::OnHand) => Ok(Basis::OnHand),
        Ok(proto::StockBasis::Available) => Ok(Basis::Available),
        Err(_) => Err("must be ON_HAND or AVAILABLE"),
    }
}

fn parse_committed(text: &str, basis: Option<Basis>) -> Result<Decimal, String> {
    let committed = Decimal::parse(text)?;
    if committed.is_negative() {
        return Err("must not be negative".into());
    }
    if basis == Some(Basis::Available) {
        return Err("must be empty with AVAILABLE, which excludes it".into());
    }
    Ok(committed)
}

fn adjustment(nth: usize, row: proto::StockAdjustment) -> Result<Adjustment> {
    let proto::StockAdjustment { sku, location, quantity, ledger_number, reason } = row;
    let at = |field| wire::FieldPath { rows: &"adjustments", nth, field };
    let mut faults = Faults::default();
    let sku = faults.take(at("sku"), Sku::parse(&sku));
    let location = faults.take(at("location"), Location::parse_or_main(&location));
    let quantity = Decimal::parse(&quantity)
        .and_then(|it| if it.is_zero() { Err("must not be 0".into()) } else { Ok(it) });
    let quantity = faults.take(at("quantity"), quantity);
    let ledger_number = faults.take(at("ledger_number"), not_negative(ledger_number));
    if REASON_BYTES_MAX < reason.len() || reason.contains('\0') {
        faults.push(at("reason"), "must have at most 255 bytes, and no NUL");
    }
    wire::all(faults, || {
        let key = LevelKey { sku: sku?, location: location? };
        Some(Adjustment { key, quantity: quantity?, ledger_number: ledger_number?, reason })
    })
}

pub fn not_negative(number: i64) -> Result<i64, &'static str> {
    if number < 0 { Err("must not be negative") } else { Ok(number) }
}

pub fn key(sku: &str, location: &str) -> Result<LevelKey> {
    let mut faults = Faults::default();
    let sku = faults.take("sku", Sku::parse(sku));
    let location = faults.take("location", Location::parse_or_main(location));
    wire::all(faults, || Some(LevelKey { sku: sku?, location: location? }))
}

pub fn filter(caller: &Caller, filter: Option<proto::StockFilter>) -> Result<Filter> {
    let proto::StockFilter { skus, locations } = filter.unwrap_or_default();
    let mut faults = Faults::default();
    if 1_000 < skus.len() {
        faults.push("filter.skus", "must have at most 1000 entries");
    }
    if 100 < locations.len() {
        faults.push("filter.locations", "must have at most 100 entries");
    }
    let skus = (0..).zip(&skus).take(1_000).filter_map(|(nth, it): (usize, _)| {
        faults.take(format!("filter.skus[{nth}]"), Sku::parse(it))
    });
    let skus = skus.collect();
    let locations = (0..).zip(&locations).take(100).filter_map(|(nth, it): (usize, _)| {
        faults.take(format!("filter.locations[{nth}]"), Location::parse(it))
    });
    let filter = Filter { shop: caller.eyes(), skus, locations: locations.collect() };
    wire::all(faults, || Some(filter))
}

/// A list's filter: at most one of each.
pub fn list_filter(caller: &Caller, sku: &str, location: &str) -> Result<Filter> {
    let named = |it: &str| if it.is_empty() { Vec::new() } else { vec![it.to_owned()] };
    let (skus, locations) = (named(sku), named(location));
    filter(caller, Some(proto::StockFilter { skus, locations }))
}

pub fn shown(shown: Shown) -> proto::StockLevel {
    let of = |key: LevelKey, revision| proto::StockLevel {
        sku: key.sku.to_string(),
        location: key.location.to_string(),
        revision,
        ..Default::default()
    };
    match shown {
        Shown::Kept(seen) => selling::told(seen),
        Shown::Gone { key, revision } => proto::StockLevel { removed: true, ..of(key, revision) },
        Shown::Composed { key, on_hand, free, sellable, sale, revision } => {
            let less = |it: Decimal, by| it.try_sub(by).unwrap_or_default().max(Decimal::ZERO);
            let mut told = proto::StockLevel {
                on_hand: on_hand.to_string(),
                reserved: less(on_hand, free).to_string(),
                sellable: free.to_string(),
                back_ordered: Decimal::ZERO.to_string(),
                short: Decimal::ZERO.to_string(),
                committed_elsewhere: Decimal::ZERO.to_string(),
                composed: true,
                ..of(key, revision)
            };
            selling::through(&mut told, sale, sellable, Some(less(free, sellable)));
            told
        }
    }
}

pub fn level(level: Level) -> proto::StockLevel {
    let (sellable, short) = (level.sellable().to_string(), level.short().to_string());
    let committed_elsewhere = level.committed_elsewhere().unwrap_or_default().to_string();
    let pending_effects = level.pending().map(effect).collect();
    let Level { key, statement, stale, on_hand, reserved, back_ordered, revision, .. } = level;
    let (stale_readings, stale_system) =
        stale.map_or_else(Default::default, |it| (it.readings, it.by.to_string()));
    proto::StockLevel {
        sku: key.sku.to_string(),
        location: key.location.to_string(),
        on_hand: on_hand.to_string(),
        reserved: reserved.to_string(),
        sellable,
        back_ordered: back_ordered.to_string(),
        short,
        revision,
        statement: statement.map(self::statement),
        removed: false,
        committed_elsewhere,
        pending_effects,
        // Of a shop's eyes.
        buffer: String::new(),
        sale: proto::Sale::Unspecified.into(),
        composed: false,
        stale_readings,
        stale_system,
    }
}

fn effect(moved: &Beyond) -> proto::StockEffect {
    let Beyond { by, number, revision, quantity, fulfilled: _ } = moved;
    proto::StockEffect {
        system: by.as_ref().map_or_else(String::new, SystemName::to_string),
        quantity: quantity.to_string(),
        ledger_number: *number,
        revision: *revision,
    }
}

fn statement(statement: Statement) -> proto::StockStatement {
    let basis = match statement.basis() {
        Basis::OnHand => proto::StockBasis::OnHand,
        Basis::Available => proto::StockBasis::Available,
    };
    let Statement {
        by,
        led: _,
        epoch,
        sequence,
        ledger_through,
        on_hand,
        available,
        committed,
        orders_counted_through,
        effects_through,
    } = statement;
    let told = |it: Option<Decimal>| it.map_or_else(String::new, |it| it.to_string());
    proto::StockStatement {
        source_epoch: epoch,
        statement_sequence: sequence,
        ledger_through,
        on_hand: on_hand.to_string(),
        basis: basis.into(),
        available: told(available),
        committed: told(committed),
        orders_counted_through,
        effects_through,
        system: by.map_or_else(String::new, |it| it.to_string()),
    }
}

pub fn movement(recorded: Recorded) -> proto::StockMovement {
    let Recorded { revision, at, movement, .. } = recorded;
    proto::StockMovement {
        revision,
        time: Some(timestamp(at)),
        quantity: movement.quantity.to_string(),
        ledger_number: movement.ledger_number,
        cause: movement.cause,
        contained: movement.contained,
        system: movement.by.map_or_else(String::new, |it| it.to_string()),
    }
}

pub fn results(outcomes: &[Outcome]) -> Vec<proto::StockResult> {
    (0..).zip(outcomes).map(|(index, outcome)| result(index, outcome)).collect()
}

fn result(index: i32, outcome: &Outcome) -> proto::StockResult {
    let (outcome, problem) = match outcome {
        Outcome::Applied => (proto::Outcome::Applied, None),
        Outcome::Unchanged => (proto::Outcome::Unchanged, None),
        Outcome::Duplicate => (proto::Outcome::Duplicate, None),
        Outcome::Stale => (proto::Outcome::Stale, None),
        Outcome::Refused(refusal) => (proto::Outcome::Refused, Some(refusal.clone().into())),
    };
    proto::StockResult { index, outcome: outcome.into(), problem }
}

/// A level's key as the log writes it.
pub fn key_in_log(level: &proto::StockLevel) -> String {
    format!("{}{KEY_JOINT}{}", level.sku, level.location)
}

/// A level's key as the log writes it.
fn key_of_log(text: &str) -> Option<LevelKey> {
    let (sku, location) = text.split_once(KEY_JOINT)?;
    Some(LevelKey { sku: Sku::stored(sku), location: Location::stored(location) })
}

/// What changed in a reader's eyes: levels, and articles at all their places.
#[derive(Default)]
pub struct Touched {
    pub levels: BTreeSet<LevelKey>,
    pub skus: Vec<Sku>,
}

/// What of the log a reader sees changed. Whoever sees levels as they are sees no more than these
/// change.
pub fn touched(filter: &Filter, asked: &[Asked]) -> Touched {
    let mut touched = Touched::default();
    for Asked { kind, key, .. } in asked {
        match (kind.as_str(), &filter.shop) {
            ("stock_level", _) => touched.levels.extend(key_of_log(key)),
            ("composition", _) => touched.skus.push(Sku::stored(key)),
            ("sellability", Some(_)) => touched.skus.push(Sku::stored(key)),
            ("stock_buffer", Some(shop)) => {
                let key = selling::buffer_key(key).filter(|it| it.shop == *shop);
                match key.map(|it| (it.sku, it.location)) {
                    Some((sku, Some(location))) => {
                        touched.levels.insert(LevelKey { sku, location });
                    }
                    Some((sku, None)) => touched.skus.push(sku),
                    None => (),
                }
            }
            _ => (),
        }
    }
    touched
}

impl Filter {
    /// Whether a reader wants to see this level.
    pub fn lets_through(&self, key: &LevelKey) -> bool {
        let Filter { shop: _, skus, locations } = self;
        (skus.is_empty() || skus.contains(&key.sku))
            && (locations.is_empty() || locations.contains(&key.location))
    }
}
