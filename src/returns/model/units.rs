//! Units that came back: where they are, and how they were judged.

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::error::Result;

/// What is done with what came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It lies apart until it is judged.
    Pending,
    /// It lies in stock again.
    Restock,
    /// It lies apart.
    Quarantine,
    /// It is thrown away.
    Scrap,
    /// It goes to the buyer again, and is not credited.
    SendBack,
}

/// How units are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acceptance {
    /// They may be credited.
    Accepted,
    /// They may not.
    Rejected,
}

/// What became of units that came back, in sums: each is in one place, and judged in one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Here, and not judged.
    pub pending: Decimal,
    /// In stock again.
    pub restocked: Decimal,
    /// Apart.
    pub quarantined: Decimal,
    /// Thrown away.
    pub scrapped: Decimal,
    /// Sent to the buyer again.
    pub sent_back: Decimal,
    /// Judged and not accepted, wherever they are.
    pub rejected: Decimal,
    /// Those of them that lie in quarantine.
    pub rejected_apart: Decimal,
}

impl Units {
    /// All that came (I5).
    pub fn received(&self) -> Decimal {
        // Parts of what was announced: their sum is a decimal.
        self.judged().try_add(self.pending).unwrap_or_default()
    }

    /// Judged, and may be credited.
    pub fn accepted(&self) -> Decimal {
        self.judged().try_sub(self.rejected).unwrap_or_default()
    }

    fn judged(&self) -> Decimal {
        let all = [self.restocked, self.quarantined, self.scrapped, self.sent_back];
        Decimal::try_sum(all).unwrap_or_default()
    }

    /// How many are in one place.
    pub fn at(&self, place: Disposition) -> Decimal {
        let mut units = *self;
        *units.place(place)
    }

    /// Units come. What is done with them at once says how they are judged.
    pub fn come(units: Decimal, disposition: Disposition) -> Units {
        let mut came = Units::default();
        *came.place(disposition) = units;
        if disposition == Disposition::SendBack {
            came.rejected = units;
        }
        came
    }

    /// Units that lay in one place are judged, and go to another. Of what lies in quarantine, those
    /// that were judged alike before go first.
    pub fn judge(
        &mut self,
        units: Decimal,
        (from, to): (Disposition, Disposition),
        acceptance: Acceptance,
    ) -> Result<()> {
        let were_rejected = match (from, acceptance) {
            (Disposition::Quarantine, Acceptance::Rejected) => units.min(self.rejected_apart),
            (Disposition::Quarantine, Acceptance::Accepted) => {
                let alike = self.quarantined.try_sub(self.rejected_apart)?;
                units.try_sub(units.min(alike))?
            }
            _ => Decimal::ZERO,
        };
        self.rejected = self.rejected.try_sub(were_rejected)?;
        self.rejected_apart = self.rejected_apart.try_sub(were_rejected)?;
        let place = self.place(from);
        *place = place.try_sub(units)?;
        let place = self.place(to);
        *place = place.try_add(units)?;
        if acceptance == Acceptance::Rejected {
            self.rejected = self.rejected.try_add(units)?;
            if to == Disposition::Quarantine {
                self.rejected_apart = self.rejected_apart.try_add(units)?;
            }
        }
        Ok(())
    }

    /// Notes what has become of a part of these.
    pub fn follow(&mut self, before: &Units, after: &Units) -> Result<()> {
        for ((sum, before), after) in self.all_mut().into_iter().zip(before.all()).zip(after.all())
        {
            *sum = sum.try_add(after)?.try_sub(before)?;
        }
        Ok(())
    }

    /// What must be true of them.
    pub fn are_sound(&self) -> bool {
        self.all().iter().all(|it| !it.is_negative())
            && self.sent_back <= self.rejected
            && self.rejected_apart <= self.quarantined
            && !self.accepted().is_negative()
    }

    fn place(&mut self, place: Disposition) -> &mut Decimal {
        match place {
            Disposition::Pending => &mut self.pending,
            Disposition::Restock => &mut self.restocked,
            Disposition::Quarantine => &mut self.quarantined,
            Disposition::Scrap => &mut self.scrapped,
            Disposition::SendBack => &mut self.sent_back,
        }
    }

    fn all(&self) -> [Decimal; 7] {
        let mut units = *self;
        units.all_mut().map(|it| *it)
    }

    fn all_mut(&mut self) -> [&mut Decimal; 7] {
        let Units {
            pending,
            restocked,
            quarantined,
            scrapped,
            sent_back,
            rejected,
            rejected_apart,
        } = self;
        [pending, restocked, quarantined, scrapped, sent_back, rejected, rejected_apart]
    }
}

impl Disposition {
    const ALL: [Disposition; 5] = [
        Disposition::Pending,
        Disposition::Restock,
        Disposition::Quarantine,
        Disposition::Scrap,
        Disposition::SendBack,
    ];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Disposition::Pending => "pending",
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

#[cfg(test)]
mod tests {
    use super::Acceptance::{Accepted, Rejected};
    use super::Disposition::{Pending, Quarantine, Restock, Scrap, SendBack};
    use super::*;

    /// `pending/restocked/quarantined/scrapped/sent back, accepted:rejected`.
    fn told(units: &Units) -> String {
        let places = [Pending, Restock, Quarantine, Scrap, SendBack];
        let places = places.map(|it| units.at(it).to_string()).join("/");
        format!("{places}, {}:{}", units.accepted(), units.rejected)
    }

    /// Nine units came and wait; then some are judged, step by step.
    #[test]
    fn every_unit_is_in_one_place_and_judged_in_one_way() {
        let mut units = Units::come(Decimal::whole(9), Pending);
        for (count, from, acceptance, to, expected) in [
            (2, Pending, Accepted, Restock, "7/2/0/0/0, 2:0"),
            (1, Pending, Accepted, Scrap, "6/2/0/1/0, 3:0"),
            (1, Pending, Rejected, SendBack, "5/2/0/1/1, 3:1"),
            (2, Pending, Accepted, Quarantine, "3/2/2/1/1, 5:1"),
            (3, Pending, Rejected, Quarantine, "0/2/5/1/1, 5:4"),
            // Two of those in quarantine were accepted, three were not.
            (1, Quarantine, Rejected, SendBack, "0/2/4/1/2, 5:4"),
            (1, Quarantine, Accepted, Restock, "0/3/3/1/2, 5:4"),
            // One accepted is left: one of the others is accepted after all.
            (2, Quarantine, Accepted, Restock, "0/5/1/1/2, 6:3"),
            (1, Quarantine, Rejected, Scrap, "0/5/0/2/2, 6:3"),
        ] {
            let what = format!("{count} {from:?} {acceptance:?} {to:?}");
            units.judge(Decimal::whole(count), (from, to), acceptance).unwrap();
            assert_eq!(told(&units), expected, "{what}");
            assert!(units.are_sound(), "{what}");
            assert_eq!(units.received(), Decimal::whole(9), "{what}");
        }
    }

    #[test]
    fn what_is_accepted_may_be_rejected_later() {
        let mut units = Units::come(Decimal::ONE, Quarantine);
        assert_eq!(told(&units), "0/0/1/0/0, 1:0");
        units.judge(Decimal::ONE, (Quarantine, SendBack), Rejected).unwrap();
        assert_eq!(told(&units), "0/0/0/0/1, 0:1");
        assert!(units.are_sound());
    }

    /// What became of a part is added to the whole, whatever else is in it.
    #[test]
    fn a_whole_follows_its_parts() {
        let parts = [Units::come(Decimal::ONE, Quarantine), Units::come(Decimal::ONE, SendBack)];
        let mut whole = Units::default();
        parts.iter().for_each(|it| whole.follow(&Units::default(), it).unwrap());
        assert_eq!(told(&whole), "0/0/1/0/1, 1:1");
        let mut after = parts[0];
        after.judge(Decimal::ONE, (Quarantine, Scrap), Rejected).unwrap();
        whole.follow(&parts[0], &after).unwrap();
        assert_eq!(told(&whole), "0/0/0/1/1, 0:2");
    }
}
