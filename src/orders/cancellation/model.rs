use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::decimal::Decimal;
use crate::error::Refusal;
use crate::id::{CancellationId, ExternalId, OrderId, SystemName};

/// A wish to take units off an order, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// Ours.
    pub id: CancellationId,
    /// Who wishes it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: OrderId,
    /// Why, for people.
    pub reason: String,
    /// Of each line, how many.
    pub lines: Vec<CancellationLine>,
    /// What was answered; `None`: nothing yet.
    pub decision: Option<Decision>,
    /// When it was wished.
    pub requested_at: OffsetDateTime,
    /// Of the last change.
    pub revision: i64,
}

/// Units of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationLine {
    /// The order's line.
    pub line: ExternalId,
    /// Wished off.
    pub requested: Decimal,
    /// Off.
    pub cancelled: Decimal,
}

/// That a wish was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// By whom. Before the ERP has seen the order, whoever wishes it decides.
    pub by: SystemName,
    /// Why so, for people.
    pub reason: String,
    /// When.
    pub at: OffsetDateTime,
}

/// How a wish was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not yet.
    Requested,
    /// All that was wished is off.
    Accepted,
    /// Some of it.
    PartAccepted,
    /// None of it.
    Refused,
}

impl Cancellation {
    /// Derived, never stored.
    pub fn status(&self) -> Status {
        let is_all = |it: &CancellationLine| it.cancelled == it.requested;
        if self.decision.is_none() {
            Status::Requested
        } else if self.lines.iter().all(is_all) {
            Status::Accepted
        } else if self.lines.iter().any(|it| it.cancelled.is_positive()) {
            Status::PartAccepted
        } else {
            Status::Refused
        }
    }

    /// The refusal of a second answer.
    pub fn refuse_step(&self) -> Refusal {
        let from = match self.status() {
            Status::Requested => "REQUESTED",
            Status::Accepted => "ACCEPTED",
            Status::PartAccepted => "PART_ACCEPTED",
            Status::Refused => "REFUSED",
        };
        Refusal::step(format_args!("cancellation {}", self.id), from, "ANSWERED")
    }

    /// What must be true of every cancellation.
    pub fn must_be_sound(&self) -> Result<(), String> {
        for CancellationLine { line, requested, cancelled } in &self.lines {
            if cancelled.is_negative() || requested < cancelled {
                return Err(format!("line {line}: {cancelled} of {requested} cancelled"));
            }
            if self.decision.is_none() && !cancelled.is_zero() {
                return Err(format!("line {line}: cancelled, and nobody decided so"));
            }
        }
        Ok(())
    }
}
