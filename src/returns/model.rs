//! A return, and what came of it.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::books::{Name, NameKind};
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::id::{CreditNoteId, ExternalId, OrderId, ReceptionId, ReturnId, SystemName};
use crate::stock::LevelKey;

/// Goods on their way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Ours.
    pub id: ReturnId,
    /// Who announced it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: OrderId,
    /// Whether it may come.
    pub state: State,
    /// When the buyer withdrew from the purchase.
    pub withdrawal_date: Option<Date>,
    /// What was announced, and what became of it.
    pub lines: Vec<ReturnLine>,
    /// The credit note that it has caused as a whole.
    pub credited_by: Option<CreditNoteId>,
    /// When it was announced.
    pub requested_at: OffsetDateTime,
    /// Of the last change.
    pub revision: i64,
}

/// Whether a return may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided.
    Requested,
    /// It may.
    Approved,
    /// It may not, and why.
    Declined(String),
}

/// How far a return has come: derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nobody has allowed it yet.
    Requested,
    /// It may come.
    Approved,
    /// It may not come.
    Declined,
    /// Some of it has come.
    PartReceived,
    /// All of it has come.
    Received,
}

/// What comes back of one line of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnLine {
    /// The order's line.
    pub line: ExternalId,
    /// Why, for people.
    pub reason: String,
    /// Announced.
    pub requested: Decimal,
    /// In stock again.
    pub restocked: Decimal,
    /// Apart.
    pub quarantined: Decimal,
    /// Thrown away.
    pub scrapped: Decimal,
    /// Sent to the buyer again.
    pub sent_back: Decimal,
    /// Credited because of this return.
    pub credited: Decimal,
}

/// What is done with what came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It lies in stock again.
    Restock,
    /// It lies apart.
    Quarantine,
    /// It is thrown away.
    Scrap,
    /// It goes to the buyer again, and is not credited.
    SendBack,
}

/// What came of a return at one time; never changes, but for being credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Ours.
    pub id: ReceptionId,
    /// Who told of it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which return.
    pub of: ReturnId,
    /// What came.
    pub lines: Vec<ReceivedLine>,
    /// The credit note that it has caused.
    pub credited_by: Option<CreditNoteId>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
}

/// What came of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLine {
    /// The order's line.
    pub line: ExternalId,
    /// Units.
    pub quantity: Decimal,
    /// What is done with them.
    pub disposition: Disposition,
    /// What it is, and where it lies if it was restocked.
    pub level: LevelKey,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
}

impl Return {
    /// What whoever announced it calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Return, id }
    }

    /// How far it has come.
    pub fn status(&self) -> Status {
        let received = self.lines.iter().any(|it| it.received().is_positive());
        match &self.state {
            State::Declined(_) => Status::Declined,
            State::Requested => Status::Requested,
            State::Approved if self.lines.iter().all(|it| it.awaited().is_zero()) => {
                Status::Received
            }
            State::Approved if received => Status::PartReceived,
            State::Approved => Status::Approved,
        }
    }

    /// The refusal of a step that its state does not permit.
    pub fn refuse_step(&self, to: &str) -> Refusal {
        let from = match self.status() {
            Status::Requested => "REQUESTED",
            Status::Approved => "APPROVED",
            Status::Declined => "DECLINED",
            Status::PartReceived => "PART_RECEIVED",
            Status::Received => "RECEIVED",
        };
        Refusal::step(format_args!("return {}", self.id), from, to)
    }

    /// What must be true of every return.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let claims = [
            (
                self.lines.iter().all(|it| !it.awaited().is_negative()),
                "no more is received than was announced",
            ),
            (
                self.lines.iter().all(|it| it.credited <= it.accepted()),
                "no more is credited than was accepted",
            ),
        ];
        match claims.iter().find(|(holds, _)| !holds) {
            Some((_, claim)) => Err(format!("violated: {claim}: {self:?}")),
            None => Ok(()),
        }
    }
}

impl ReturnLine {
    /// Came back and was kept.
    pub fn accepted(&self) -> Decimal {
        let kept = [self.restocked, self.quarantined, self.scrapped];
        // Parts of what was announced: their sum is a decimal.
        Decimal::try_sum(kept).unwrap_or_default()
    }

    /// Came back.
    pub fn received(&self) -> Decimal {
        self.accepted().try_add(self.sent_back).unwrap_or_default()
    }

    /// Announced, and not yet here.
    pub fn awaited(&self) -> Decimal {
        self.requested.try_sub(self.received()).unwrap_or_default()
    }

    /// Counts units that came.
    pub fn receive(&mut self, units: Decimal, disposition: Disposition) -> Result<()> {
        let sum = match disposition {
            Disposition::Restock => &mut self.restocked,
            Disposition::Quarantine => &mut self.quarantined,
            Disposition::Scrap => &mut self.scrapped,
            Disposition::SendBack => &mut self.sent_back,
        };
        *sum = sum.try_add(units)?;
        Ok(())
    }
}

impl Reception {
    /// How many units of an order's line came and were kept.
    pub fn accepted(&self, line: &ExternalId) -> Decimal {
        let kept = |it: &&ReceivedLine| it.line == *line && it.disposition != Disposition::SendBack;
        let kept = self.lines.iter().filter(kept).map(|it| it.quantity);
        Decimal::try_sum(kept).unwrap_or_default()
    }
}

impl Disposition {
    const ALL: [Disposition; 4] =
        [Disposition::Restock, Disposition::Quarantine, Disposition::Scrap, Disposition::SendBack];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Disposition::Restock => "restock",
            Disposition::Quarantine => "quarantine",
            Disposition::Scrap => "scrap",
            Disposition::SendBack => "send_back",
        }
    }

    /// The disposition of this name.
    pub fn parse(text: &str) -> Option<Disposition> {
        Disposition::ALL.into_iter().find(|it| it.as_str() == text)
    }
}
