//! Goods that left.

use time::{Date, OffsetDateTime};

use crate::decimal::Decimal;
use crate::id::{ExternalId, OrderId, ShipmentId, SystemName};
use crate::stock::LevelKey;

/// Goods that left; never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// Ours.
    pub id: ShipmentId,
    /// Who told of it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: OrderId,
    /// The date on the document.
    pub ship_date: Option<Date>,
    /// Who carries it.
    pub carrier: String,
    /// How the buyer can follow it.
    pub tracking_numbers: Vec<String>,
    /// What left.
    pub lines: Vec<ShippedLine>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Of its only change.
    pub revision: i64,
}

/// What left of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippedLine {
    /// The order's line; `None`: beyond the order.
    pub line: Option<ExternalId>,
    /// What, and from where.
    pub level: LevelKey,
    /// Units.
    pub quantity: Decimal,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
}
