//! What was paid of an order, in sum.

use crate::decimal::Decimal;

/// Sums of what happened to the payments of an order, in its currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payments {
    /// Set aside.
    pub authorised: Decimal,
    /// Received.
    pub captured: Decimal,
    /// Given back.
    pub refunded: Decimal,
    /// Taken back by banks.
    pub charged_back: Decimal,
}

/// How far an order is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// No money was promised or moved.
    Unpaid,
    /// Some is set aside, and none is kept.
    Authorised,
    /// Less is kept than the total.
    PartPaid,
    /// As much is kept as the total, or more.
    Paid,
    /// None is kept any more: it was refunded.
    Refunded,
    /// None is kept any more: some was charged back.
    ChargedBack,
}

impl Payments {
    /// What the merchant has; negative where events are still missing.
    pub fn paid(&self) -> Decimal {
        let back = self.refunded.try_add(self.charged_back);
        back.and_then(|it| self.captured.try_sub(it)).unwrap_or_default()
    }

    /// Derived, never stored.
    pub fn status(&self, total: Decimal) -> PaymentStatus {
        let paid = self.paid();
        if paid.is_positive() {
            if paid < total { PaymentStatus::PartPaid } else { PaymentStatus::Paid }
        } else if self.charged_back.is_positive() {
            PaymentStatus::ChargedBack
        } else if self.refunded.is_positive() {
            PaymentStatus::Refunded
        } else if self.authorised.is_positive() {
            PaymentStatus::Authorised
        } else {
            PaymentStatus::Unpaid
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_paid_follows_from_the_sums() {
        use PaymentStatus::*;
        for (sums, paid, status) in [
            (["0", "0", "0", "0"], "0", Unpaid),
            (["80", "0", "0", "0"], "0", Authorised),
            (["80", "50", "0", "0"], "50", PartPaid),
            (["80", "80", "0", "0"], "80", Paid),
            (["0", "90", "10", "0"], "80", Paid),
            (["80", "80", "79.99", "0"], "0.01", PartPaid),
            (["80", "80", "80", "0"], "0", Refunded),
            (["80", "80", "0", "80"], "0", ChargedBack),
            // The refund was told first.
            (["0", "0", "80", "0"], "-80", Refunded),
        ] {
            let [authorised, captured, refunded, charged_back] =
                sums.map(|it| Decimal::parse(it).unwrap());
            let sums = Payments { authorised, captured, refunded, charged_back };
            assert_eq!(sums.paid().to_string(), paid);
            assert_eq!(sums.status(Decimal::whole(80)), status, "{sums:?}");
        }
    }
}
