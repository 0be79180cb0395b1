use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::decimal::Decimal;
use crate::error::Refusal;
use crate::id::{AmendmentId, ExternalId, OrderId, SystemName};
use crate::money::Currency;
use crate::orders::{Address, Decision, Line};
use crate::totals::{Charge, Tax};

/// Another state of an order, whole: what is not in it is not wished any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wished {
    /// In which currency: the order's.
    pub currency: Currency,
    /// What is to be delivered, with what has left already.
    pub lines: Vec<Line>,
    /// What is charged beside goods.
    pub charges: Vec<Charge>,
    /// Taxes of the whole order.
    pub tax_totals: Vec<Tax>,
    /// What is to be paid.
    pub total: Decimal,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// Who pays.
    pub billing_address: Option<Address>,
}

/// A wish for another state of an order, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// Ours.
    pub id: AmendmentId,
    /// The shop.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: OrderId,
    /// The shop's version of the order, which this state is.
    pub shop_version: i64,
    /// The state.
    pub wished: Wished,
    /// How it was answered.
    pub status: Status,
    /// By whom; `None`: by nobody yet.
    pub decision: Option<Decision>,
    /// When it was wished.
    pub requested_at: OffsetDateTime,
    /// Of the last change.
    pub revision: i64,
}

/// How a wish was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not yet.
    Requested,
    /// The order is as it was wished.
    Accepted,
    /// The ERP has changed it in another way, which is what counts.
    PartAccepted,
    /// The order is as it was.
    Refused,
}

impl Status {
    const ALL: [Status; 4] =
        [Status::Requested, Status::Accepted, Status::PartAccepted, Status::Refused];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Requested => "requested",
            Status::Accepted => "accepted",
            Status::PartAccepted => "part_accepted",
            Status::Refused => "refused",
        }
    }

    /// The status of this name.
    pub fn parse(text: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

impl Amendment {
    /// The refusal of a second answer.
    pub fn refuse_step(&self) -> Refusal {
        let from = self.status.as_str().to_uppercase();
        Refusal::step(format_args!("amendment {}", self.id), &from, "ANSWERED")
    }
}
