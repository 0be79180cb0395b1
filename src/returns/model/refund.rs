//! By when the buyer has to have the money, and whether it may be kept back.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime};

use super::Return;
use crate::id::ExternalId;

/// How long a merchant has to pay back after a withdrawal.
const TIME_TO_REFUND: Duration = Duration::days(14);

/// That the buyer has sent the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchProof {
    /// Who carries them; may be empty.
    pub carrier: String,
    /// By which it can be checked.
    pub reference: ExternalId,
    /// When they were sent.
    pub date: Date,
}

/// A refund that is owed because of a withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// By when.
    pub due: Date,
    /// Whether it may be kept back: neither have the goods come, nor were they proved to be sent.
    pub is_held: bool,
}

impl Return {
    /// What is owed because the buyer has withdrawn; `None`: nothing.
    pub fn refund(&self) -> Option<Refund> {
        let due = self.withdrawal_date?.saturating_add(TIME_TO_REFUND);
        self.lines.iter().any(|it| it.refundable().is_positive()).then_some(())?;
        let dispatched = self.proof.as_ref().map(|it| it.date);
        let came = self.complete_at.map(OffsetDateTime::date);
        let owed_since = came.into_iter().chain(dispatched).min();
        let due = owed_since.map_or(due, |it| it.max(due));
        Some(Refund { due, is_held: owed_since.is_none() })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::decimal::Decimal;
    use crate::id::{OrderId, ReturnId, SystemName};
    use crate::returns::{Disposition, ReturnLine, State, Units};

    /// Two units, of which the buyer has withdrawn on the 10th of November.
    fn announced() -> Return {
        let id = ExternalId::parse("1").unwrap();
        Return {
            id: ReturnId(1),
            system: SystemName::parse("shop-a").unwrap(),
            external_id: id.clone(),
            order: OrderId(1),
            state: State::Approved,
            withdrawal_date: Some(date!(2026 - 11 - 10)),
            proof: None,
            refund_shipping: false,
            expires_at: Some(datetime!(2026-12-10 12:00 UTC)),
            lines: vec![ReturnLine::new(id, Decimal::whole(2), String::new())],
            complete_at: None,
            replaced_by: vec![],
            documents: 0,
            credited_by: None,
            requested_at: datetime!(2026-11-10 12:00 UTC),
            revision: 0,
        }
    }

    /// Withdrawn, proved to be sent, all here; due, and whether it is held.
    #[test]
    fn it_is_held_until_goods_or_proof_and_due_two_weeks_after_the_withdrawal() {
        let day = |day: u8| Some(date!(2026 - 11 - 01).replace_day(day).unwrap());
        for (withdrawn, sent, came, expected) in [
            (None, None, None, None),
            (None, day(11), day(12), None),
            (day(10), None, None, Some((24, true))),
            (day(10), day(12), None, Some((24, false))),
            (day(10), None, day(12), Some((24, false))),
            (day(10), None, day(26), Some((26, false))),
            (day(10), day(26), None, Some((26, false))),
            (day(10), day(25), day(28), Some((25, false))),
            (day(10), day(28), day(25), Some((25, false))),
        ] {
            let reference = ExternalId::parse("RR 123").unwrap();
            let proof = |date| DispatchProof { carrier: "post".into(), reference, date };
            let of = Return {
                withdrawal_date: withdrawn,
                proof: sent.map(proof),
                complete_at: came.map(|it| it.midnight().assume_utc()),
                ..announced()
            };
            let told = of.refund().map(|it| (it.due.day(), it.is_held));
            assert_eq!(told, expected, "{withdrawn:?} {sent:?} {came:?}");
        }
    }

    #[test]
    fn for_what_cannot_be_credited_nothing_is_owed() {
        let mut of = announced();
        of.lines[0].units = Units::come(Decimal::ONE, Disposition::SendBack);
        assert!(of.refund().is_some());
        of.lines[0].wrong_item = Decimal::ONE;
        assert_eq!(of.refund(), None);
    }

    /// Whoever ends what has expired may be late: until then it is as if it had ended.
    #[test]
    fn it_has_expired_when_its_time_is_over_and_nothing_has_come() {
        let (before, end) = (datetime!(2026-12-10 11:59 UTC), datetime!(2026-12-10 12:00 UTC));
        assert_eq!(announced().at(before).state, State::Approved);
        assert_eq!(announced().at(end).state, State::Expired);
        let mut lost = announced();
        lost.lines[0].lost = Decimal::ONE;
        assert_eq!(lost.at(end).state, State::Approved);
        let closed = Return { state: State::Closed("kept it".into()), ..announced() };
        assert_eq!(closed.clone().at(end), closed);
    }
}
