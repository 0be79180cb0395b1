//! A return, and what came of it.

mod refund;
mod units;

pub use refund::{DispatchProof, Refund};
pub use units::{Acceptance, Disposition, Units};

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
    /// That the buyer has sent the goods, where that is proved.
    pub proof: Option<DispatchProof>,
    /// Whether the buyer gets the standard shipping of the order back.
    pub refund_shipping: bool,
    /// When it ends if nothing has come by then.
    pub expires_at: Option<OffsetDateTime>,
    /// What was announced, and what became of it.
    pub lines: Vec<ReturnLine>,
    /// Since when nothing is awaited any more.
    pub complete_at: Option<OffsetDateTime>,
    /// Orders that were placed in exchange.
    pub replaced_by: Vec<OrderId>,
    /// How often something of it came or was judged, so that each is a change of it.
    pub documents: i32,
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
    /// It was ended, and why.
    Closed(String),
    /// Nothing had come when its time was over.
    Expired,
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
    /// Some of it has come or was lost.
    PartReceived,
    /// Nothing is awaited any more.
    Received,
    /// It was ended.
    Closed,
    /// Its time was over before anything came.
    Expired,
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
    /// Came back, and what became of that.
    pub units: Units,
    /// Lost on their way.
    pub lost: Decimal,
    /// Another article came in their place.
    pub wrong_item: Decimal,
    /// Awaited no more.
    pub released: Decimal,
    /// Credited because of this return.
    pub credited: Decimal,
    /// What accepted units are worth less, in the order's currency.
    pub loss_of_value: Decimal,
    /// Why units were rejected last; empty: none were.
    pub rejection_reason: String,
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

/// What came of one article; or did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLine {
    /// The order's line.
    pub line: ExternalId,
    /// Units.
    pub quantity: Decimal,
    /// Whether they came.
    pub came: Came,
    /// What it is, and where it was put.
    pub level: LevelKey,
    /// In the ERP's ledger; 0: none.
    pub ledger_number: i64,
    /// What became of them; nothing of what was lost.
    pub units: Units,
}

/// What became of announced units on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// They are here.
    Received,
    /// They are not, and will not be.
    Lost,
    /// Another article is here in their place.
    WrongItem,
}

impl Return {
    /// What whoever announced it calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Return, id }
    }

    /// How far it has come.
    pub fn status(&self) -> Status {
        match &self.state {
            State::Declined(_) => Status::Declined,
            State::Closed(_) => Status::Closed,
            State::Expired => Status::Expired,
            State::Requested => Status::Requested,
            State::Approved if self.is_complete() => Status::Received,
            State::Approved if self.has_begun() => Status::PartReceived,
            State::Approved => Status::Approved,
        }
    }

    /// As it is at a time: whoever ends what has expired may be late.
    #[must_use]
    pub fn at(self, now: OffsetDateTime) -> Return {
        let may_end = matches!(self.state, State::Requested | State::Approved) && !self.has_begun();
        match self.expires_at {
            Some(end) if may_end && end <= now => Return { state: State::Expired, ..self },
            _ => self,
        }
    }

    /// Whether anything of it has come, or will not.
    pub fn has_begun(&self) -> bool {
        self.lines.iter().any(|it| it.awaited() != it.requested)
    }

    /// Whether nothing is awaited any more.
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|it| it.awaited().is_zero())
    }

    /// The refusal of a step that its state does not permit.
    pub fn refuse_step(&self, to: &str) -> Refusal {
        let from = match self.status() {
            Status::Requested => "REQUESTED",
            Status::Approved => "APPROVED",
            Status::Declined => "DECLINED",
            Status::PartReceived => "PART_RECEIVED",
            Status::Received => "RECEIVED",
            Status::Closed => "CLOSED",
            Status::Expired => "EXPIRED",
        };
        Refusal::step(format_args!("return {}", self.id), from, to)
    }

    /// How many units of a line could still be credited because of this return: what was accepted,
    /// or, where the buyer has proved to have sent the goods, what may still come to that.
    pub fn creditable(&self, line: &ReturnLine) -> Decimal {
        let left = self.credit_cap(line).try_sub(line.credited);
        left.unwrap_or_default().max(Decimal::ZERO)
    }

    /// How many units of a line were credited, and are known since not to be creditable.
    pub fn over_credited(&self, line: &ReturnLine) -> Decimal {
        let over = line.credited.try_sub(self.credit_cap(line));
        over.unwrap_or_default().max(Decimal::ZERO)
    }

    fn credit_cap(&self, line: &ReturnLine) -> Decimal {
        if self.proof.is_some() { line.refundable() } else { line.units.accepted() }
    }

    /// Notes since when nothing is awaited any more.
    pub fn note_whether_complete(&mut self, now: OffsetDateTime) {
        if self.is_complete() {
            self.complete_at.get_or_insert(now);
        }
    }

    /// What must be true of every return.
    pub fn must_be_sound(&self) -> Result<(), String> {
        let all = |holds: fn(&ReturnLine) -> bool| self.lines.iter().all(holds);
        let claims = [
            (all(|it| !it.awaited().is_negative()), "no more comes than was announced"),
            (all(|it| it.units.are_sound()), "each unit is in one place"),
            (
                all(|it| !it.lost.is_negative() && !it.released.is_negative()),
                "no more turns up than was lost",
            ),
            (all(|it| it.credited <= it.requested), "no more is credited than was announced"),
            (
                self.complete_at.is_some() == self.is_complete(),
                "it is complete since nothing is awaited",
            ),
        ];
        match claims.iter().find(|(holds, _)| !holds) {
            Some((_, claim)) => Err(format!("violated: {claim}: {self:?}")),
            None => Ok(()),
        }
    }
}

impl ReturnLine {
    /// A line of which nothing became yet.
    pub fn new(line: ExternalId, requested: Decimal, reason: String) -> ReturnLine {
        ReturnLine {
            line,
            reason,
            requested,
            units: Units::default(),
            lost: Decimal::ZERO,
            wrong_item: Decimal::ZERO,
            released: Decimal::ZERO,
            credited: Decimal::ZERO,
            loss_of_value: Decimal::ZERO,
            rejection_reason: String::new(),
        }
    }

    /// Announced, and still to come.
    pub fn awaited(&self) -> Decimal {
        self.less([self.units.received(), self.lost, self.wrong_item, self.released])
    }

    /// May still come to be credited: announced, and not known to be unfit or not to come. What was
    /// lost on its way stays in: that the goods were sent may be proved.
    pub fn refundable(&self) -> Decimal {
        self.less([self.units.rejected, self.wrong_item, self.released])
    }

    fn less<const N: usize>(&self, parts: [Decimal; N]) -> Decimal {
        // Parts of what was announced: their sum is a decimal.
        let sum = Decimal::try_sum(parts);
        sum.and_then(|it| self.requested.try_sub(it)).unwrap_or_default()
    }
}

impl Reception {
    /// How many units of an order's line came and may be credited: those that were accepted, or,
    /// where the buyer has proved to have sent the goods, those that were not rejected.
    pub fn creditable(&self, line: &ExternalId, with_proof: bool) -> Decimal {
        let own = self.lines.iter().filter(|it| it.line == *line && it.came == Came::Received);
        let units = own.map(|it| match with_proof {
            true => it.units.accepted().try_add(it.units.pending).unwrap_or_default(),
            false => it.units.accepted(),
        });
        Decimal::try_sum(units).unwrap_or_default()
    }
}

impl Came {
    const ALL: [Came; 3] = [Came::Received, Came::Lost, Came::WrongItem];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Came::Received => "received",
            Came::Lost => "lost",
            Came::WrongItem => "wrong_item",
        }
    }

    /// What of this name became of units.
    pub fn parse(text: &str) -> Option<Came> {
        Came::ALL.into_iter().find(|it| it.as_str() == text)
    }
}
