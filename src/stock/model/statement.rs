//! On hand: the last statement, and the movements that it does not contain.

use super::{Basis, Level, Outcome, Reading, Teller};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};
use crate::id::SystemName;

/// What a source said last of a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who said it; `None`: said before that was noted.
    pub by: Option<SystemName>,
    /// Whether that was the leading system of the place.
    pub led: bool,
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each reading; 0: not numbered.
    pub sequence: i64,
    /// The highest ledger number that the reading contains; 0: none given.
    pub ledger_through: i64,
    /// What lay there when it was read.
    pub on_hand: Decimal,
    /// What was said instead, where that was what is available.
    pub available: Option<Decimal>,
    /// What the source had promised to all its orders, if it said so.
    pub committed: Option<Decimal>,
    /// The revision up to which the source knew what erpsync had answered it, if it said so.
    pub orders_counted_through: Option<i64>,
    /// The revision up to which it contains what others told of, if it said so.
    pub effects_through: Option<i64>,
}

impl Statement {
    /// Whether its figures count open units of the orders that were acknowledged at a revision.
    pub(super) fn counts(&self, acknowledged: i64) -> bool {
        let counts_any = self.available.is_some() || self.committed.is_some();
        let through = self.orders_counted_through.filter(|_| counts_any);
        through.is_some_and(|through| 0 < acknowledged && acknowledged <= through)
    }

    /// Whether it says what a reading says.
    fn says(&self, reading: &Reading) -> bool {
        let Reading { on_hand, ledger_through, committed, .. } = reading;
        let said = (self.basis(), self.figure(), self.ledger_through, self.committed);
        said == (reading.basis, *on_hand, *ledger_through, *committed)
            && self.orders_counted_through == reading.orders_counted_through
            && self.effects_through == reading.effects_through
    }

    /// What its figure was.
    pub fn basis(&self) -> Basis {
        self.available.map_or(Basis::OnHand, |_| Basis::Available)
    }

    /// As it was said.
    pub fn figure(&self) -> Decimal {
        self.available.unwrap_or(self.on_hand)
    }

    /// Whether another system said it.
    pub(super) fn is_of_other(&self, system: &SystemName) -> bool {
        self.by.as_ref().is_some_and(|it| it != system)
    }

    /// What becomes of a reading beside this one; `None`: it is newer. Refused where readings are
    /// numbered and this one is not, or where its number said something else.
    fn judge(&self, reading: &Reading) -> Result<Option<Outcome>> {
        let Reading { key, on_hand, epoch, sequence, .. } = reading;
        let refused = |reason, what: String| {
            Refusal::new(reason, format!("\"{}\" at \"{}\": {what}", key.sku, key.location))
                .with("sku", &key.sku)
                .with("location", &key.location)
        };
        if *sequence == 0 && 0 < self.sequence {
            let what = "its readings are numbered; give this one a statement_sequence too";
            return Err(refused(Reason::StatementSequenceRequired, what.into()));
        }
        let is_numbered = 0 < *sequence;
        let (said, saying) = ((self.epoch, self.sequence), (*epoch, *sequence));
        if saying < said {
            return Ok(Some(Outcome::Stale));
        }
        if !is_numbered || saying != said {
            return Ok(None);
        }
        if self.says(reading) {
            return Ok(Some(Outcome::Duplicate));
        }
        let what = format!(
            "reading {sequence} of epoch {epoch} said {} before, and {on_hand} now; number each reading anew",
            self.figure()
        );
        Err(refused(Reason::StatementSequenceReused, what)
            .with("source_epoch", epoch)
            .with("statement_sequence", sequence))
    }

    fn of(reading: &Reading, by: Teller<'_>) -> Statement {
        Statement {
            by: Some(by.system.clone()),
            led: by.leads,
            epoch: reading.epoch,
            sequence: reading.sequence,
            ledger_through: reading.ledger_through,
            on_hand: reading.on_hand,
            available: (reading.basis == Basis::Available).then_some(reading.on_hand),
            committed: reading.committed,
            orders_counted_through: reading.orders_counted_through,
            effects_through: reading.effects_through,
        }
    }
}

impl Level {
    /// Takes a reading in.
    pub fn state(&mut self, reading: &Reading, by: Teller<'_>) -> Result<Outcome> {
        // Of another leader's numbers nothing follows.
        let last = self.statement.as_ref().filter(|it| !by.leads || !it.is_of_other(by.system));
        if let Some(outcome) = last.map_or(Ok(None), |it| it.judge(reading))? {
            if outcome == Outcome::Stale {
                self.note_stale(by.system);
            }
            return Ok(outcome);
        }
        let before = self.clone();
        let mut statement = Statement::of(reading, by);
        self.beyond.retain(|it| !statement.contains(it));
        // Of the orders that it counts: what was open when it was read is open now, or has left since.
        let left = self.beyond.iter().map(|it| it.fulfilled);
        let left = left.filter(|it| statement.counts(it.acknowledged)).map(|it| it.units);
        let left = Decimal::try_sum(left)?;
        let open = self.counted_by(&statement)?;
        self.committed = match statement.available {
            Some(available) => {
                statement.on_hand = Decimal::try_sum([available, open, left])?;
                open
            }
            None => statement.committed.unwrap_or(left).try_sub(left)?,
        };
        let moved = self.beyond.iter().map(|it| it.quantity);
        self.on_hand = Decimal::try_sum(moved.chain([statement.on_hand]))?;
        self.unnumbered = Decimal::ZERO;
        (self.statement, self.stale) = (Some(statement), None);
        Ok(if self.looks_like(&before) { Outcome::Unchanged } else { Outcome::Applied })
    }
}

#[cfg(test)]
mod tests {
    use super::super::movement::BEYOND_MAX;
    use super::super::{Beyond, Fulfilled, LevelKey, Moved};
    use super::*;
    use crate::id::{Location, Sku};

    fn mug() -> LevelKey {
        LevelKey { sku: Sku::parse("MUG").unwrap(), location: Location::main() }
    }

    fn reading(on_hand: Decimal) -> Reading {
        Reading {
            key: mug(),
            on_hand,
            epoch: 0,
            sequence: 0,
            ledger_through: 0,
            basis: Basis::OnHand,
            committed: None,
            orders_counted_through: None,
            effects_through: None,
        }
    }

    /// The only source there is.
    fn state(level: &mut Level, reading: &Reading) -> Result<Outcome> {
        level.state(reading, Teller { system: &SystemName::stored("erp"), leads: false })
    }

    fn moved(level: &mut Level, quantity: Decimal, number: i64) -> Moved {
        let (by, fulfilled) = (Some(SystemName::stored("erp")), Fulfilled::default());
        level.moved(Beyond { by, number, revision: 0, quantity, fulfilled }).unwrap()
    }

    /// `=10` states 10, `=10#3` as reading 3, `=10#3~7` containing ledger numbers to 7; `+2`, `-2`
    /// move, `-2@8` as ledger number 8. After each step: what is on hand, and what became of it
    /// where it was not applied.
    #[track_caller]
    fn check(steps: &str, expected: &str) {
        let mut level = Level::new(mug());
        let number = |text: Option<&str>| text.map_or(0, |it| it.parse().unwrap());
        let mut seen = Vec::new();
        for step in steps.split(' ') {
            let mark = match step.strip_prefix('=') {
                Some(reading) => {
                    let (reading, through) = cut(reading, '~');
                    let (on_hand, sequence) = cut(reading, '#');
                    let reading = Reading {
                        sequence: number(sequence),
                        ledger_through: number(through),
                        ..super::tests::reading(Decimal::parse(on_hand).unwrap())
                    };
                    match state(&mut level, &reading) {
                        Ok(Outcome::Applied) => "",
                        Ok(Outcome::Unchanged) => "u",
                        Ok(Outcome::Duplicate) => "d",
                        Ok(Outcome::Stale) => "s",
                        Ok(Outcome::Refused(_)) | Err(_) => "!",
                    }
                }
                None => {
                    let (quantity, ledger) = cut(step, '@');
                    let quantity = Decimal::parse(quantity.trim_start_matches('+')).unwrap();
                    match moved(&mut level, quantity, number(ledger)) {
                        Moved::Applied => "",
                        Moved::Contained => "c",
                        Moved::Duplicate => "d",
                    }
                }
            };
            level.must_be_sound().unwrap();
            seen.push(format!("{}{mark}", level.on_hand));
        }
        assert_eq!(seen.join(" "), expected);
    }

    fn cut(text: &str, at: char) -> (&str, Option<&str>) {
        text.split_once(at).map_or((text, None), |(text, rest)| (text, Some(rest)))
    }

    #[test]
    fn readings_are_absolute() {
        check("=10 =7 =7 -2 =7", "10 7 7u 5 7");
        // That nothing lies there is news, once.
        check("=0 =0", "0 0u");
        check("+5 =5 =5", "5 5 5u");
    }

    #[test]
    fn movements_are_relative() {
        check("+5 -2 =10 -2 -2 -20", "5 3 10 8 6 -14");
    }

    #[test]
    fn numbered_readings_do_not_run_back() {
        check("=10#2 =9#1 =10#2 =11#2 =12 =8#3", "10 10s 10d 10! 10! 8");
    }

    #[test]
    fn a_reading_that_was_overtaken_does_not_revive_what_has_left() {
        // Read before movement 8, arrives after it.
        check("=10#1~5 -2@8 =10#2~7", "10 8 8u");
        // Contains movement 8 already, which arrives late, or twice.
        check("=10#1~5 =8#2~8 -2@8", "10 8 8c");
        check("=10#1~5 -2@8 -2@8 =8#2~8 -2@8", "10 8 8d 8u 8c");
    }

    #[test]
    fn without_a_number_what_was_recorded_before_is_contained() {
        check("=10#1~5 -2 =9#2~5", "10 8 9");
        check("=10 -2@8 =9 -1@9", "10 8 9 8");
    }

    #[test]
    fn a_long_tail_of_movements_is_folded() {
        let mut level = Level::new(mug());
        for number in 1..=400 {
            moved(&mut level, Decimal::ONE, number);
            level.must_be_sound().unwrap();
        }
        assert_eq!((level.on_hand, level.beyond.len()), (Decimal::whole(400), BEYOND_MAX));
    }

    /// A source counts, sells and counts again; everything reaches us late, twice and in disorder,
    /// but each reading and movement carries its number. In the end we know what the source knows.
    mod any_order {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn ends_at_the_true_figure(
                steps in prop::collection::vec((any::<bool>(), -5..5_i32), 1..40),
                order in prop::collection::vec(any::<u32>(), 80),
            ) {
                let (mut truth, mut ledger, mut sequence) = (100, 1, 1);
                let first = Reading {
                    sequence: 1, ledger_through: 1, ..reading(Decimal::whole(100))
                };
                let mut told = Vec::new();
                for (counts, quantity) in steps {
                    if counts {
                        sequence += 1;
                        let on_hand = Decimal::whole(truth);
                        let reading =
                            Reading { on_hand, sequence, ledger_through: ledger, ..first.clone() };
                        told.push((Some(reading), 0, 0));
                    } else {
                        ledger += 1;
                        truth += quantity;
                        told.push((None, ledger, quantity));
                    }
                }
                let mut shuffled: Vec<_> =
                    told.iter().chain(&told).zip(order.iter().cycle()).collect();
                shuffled.sort_by_key(|it| it.1);
                let mut level = Level::new(mug());
                state(&mut level, &first).unwrap();
                for ((reading, number, quantity), _) in shuffled {
                    match reading {
                        Some(reading) => drop(state(&mut level, reading).unwrap()),
                        None => drop(moved(&mut level, Decimal::whole(*quantity), *number)),
                    }
                    level.must_be_sound().unwrap();
                }
                prop_assert_eq!(level.on_hand, Decimal::whole(truth));
            }
        }
    }
}
