//! Goods that left.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::decimal::Decimal;
use crate::id::{ExternalId, OrderId, ShipmentId, SystemName};
use crate::stock::LevelKey;

/// Goods that left; changes once at most, when it is cancelled.
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
    /// Whether what was open of the order then was cancelled.
    pub completes_order: bool,
    /// That it is undone, if it is.
    pub cancelled: Option<Cancelled>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Of the last change.
    pub revision: i64,
}

/// That a shipment is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// Who told of it.
    pub by: SystemName,
    /// The number of that there.
    pub external_id: ExternalId,
    /// What became of the goods.
    pub undone: Undone,
    /// When it was recorded.
    pub at: OffsetDateTime,
}

/// What became of the goods of a shipment that is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undone {
    /// The parcel never left.
    NeverLeft,
    /// The carrier brought it back, and it lies in stock again.
    Restock,
    /// The carrier brought it back, and it lies apart.
    Quarantine,
    /// The carrier brought it back, and it is thrown away.
    Scrap,
}

impl Undone {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Undone::NeverLeft => "never_left",
            Undone::Restock => "restock",
            Undone::Quarantine => "quarantine",
            Undone::Scrap => "scrap",
        }
    }

    /// What is called so.
    pub fn parse(text: &str) -> Option<Undone> {
        let all = [Undone::NeverLeft, Undone::Restock, Undone::Quarantine, Undone::Scrap];
        all.into_iter().find(|it| it.as_str() == text)
    }

    /// Whether the goods can be sold again.
    pub fn is_on_shelf(self) -> bool {
        matches!(self, Undone::NeverLeft | Undone::Restock)
    }
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
    /// Whether what was open of the order's line then was cancelled.
    pub completes_line: bool,
}
