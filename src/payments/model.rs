//! What happened to a payment.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::decimal::Decimal;
use crate::id::{ExternalId, OrderId, PaymentId, SystemName};
use crate::money::Currency;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The buyer's money is set aside.
    Authorised,
    /// The merchant has the money.
    Captured,
    /// The buyer has it back.
    Refunded,
    /// Nothing came of it.
    Failed,
    /// The buyer's bank has taken it back.
    ChargedBack,
}

impl Event {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::Authorised => "authorised",
            Event::Captured => "captured",
            Event::Refunded => "refunded",
            Event::Failed => "failed",
            Event::ChargedBack => "charged_back",
        }
    }

    /// The event of this name.
    pub fn parse(text: &str) -> Option<Event> {
        use Event::*;
        let all = [Authorised, Captured, Refunded, Failed, ChargedBack];
        all.into_iter().find(|it| it.as_str() == text)
    }
}

/// One thing that happened to a payment; never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Ours.
    pub id: PaymentId,
    /// Who told of it.
    pub system: SystemName,
    /// Its id there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: OrderId,
    /// What happened.
    pub event: Event,
    /// In which currency.
    pub currency: Currency,
    /// How much.
    pub amount: Decimal,
    /// When it happened there.
    pub event_time: Option<OffsetDateTime>,
    /// How it was paid, for people.
    pub method: String,
    /// What the payment provider calls it.
    pub reference: String,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Of its only change.
    pub revision: i64,
}
