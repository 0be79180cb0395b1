//! On hand: the last statement, and the movements that it does not contain.

use super::{Level, NUMBERED_MAX, Outcome, Reading};
use crate::decimal::Decimal;
use crate::error::{Reason, Refusal, Result};

/// What a source said last of a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Raised when the source was restored or renumbered.
    pub epoch: i64,
    /// Rises with each reading; 0: not numbered.
    pub sequence: i64,
    /// The highest ledger number that the reading contains; 0: none given.
    pub ledger_through: i64,
    /// What was read.
    pub on_hand: Decimal,
}

/// What became of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// On hand has changed.
    Applied,
    /// The last statement contains it: nothing changed.
    Contained,
    /// Its ledger number is known: nothing changed.
    Duplicate,
}

impl Level {
    /// Takes a reading in. Refused where readings are numbered and this one is not, or where its
    /// number said something else.
    pub fn state(&mut self, reading: &Reading) -> Result<Outcome> {
        let Reading { key, on_hand, epoch, sequence, ledger_through } = reading;
        let refused = |reason, what: String| {
            Refusal::new(reason, format!("\"{}\" at \"{}\": {what}", key.sku, key.location))
                .with("sku", &key.sku)
                .with("location", &key.location)
        };
        if let Some(last) = &self.statement {
            if *sequence == 0 && 0 < last.sequence {
                let what = "its readings are numbered; give this one a statement_sequence too";
                return Err(refused(Reason::StatementSequenceRequired, what.into()));
            }
            let is_numbered = 0 < *sequence;
            let (said, saying) = ((last.epoch, last.sequence), (*epoch, *sequence));
            if saying < said {
                return Ok(Outcome::Stale);
            }
            if is_numbered && saying == said {
                if (last.on_hand, last.ledger_through) == (*on_hand, *ledger_through) {
                    return Ok(Outcome::Duplicate);
                }
                let what = format!(
                    "reading {sequence} of epoch {epoch} said {} before, and {on_hand} now; number each reading anew",
                    last.on_hand
                );
                return Err(refused(Reason::StatementSequenceReused, what)
                    .with("source_epoch", epoch)
                    .with("statement_sequence", sequence));
            }
        }
        // Without a ledger number on either side, what was recorded before is contained.
        let beyond = |number: i64| 0 < *ledger_through && *ledger_through < number;
        let numbered: Vec<_> =
            self.numbered.iter().copied().filter(|(number, _)| beyond(*number)).collect();
        let sum = Decimal::try_sum(numbered.iter().map(|it| it.1).chain([*on_hand]))?;
        let is_news = self.statement.is_none() || sum != self.on_hand;
        self.statement = Some(Statement {
            epoch: *epoch,
            sequence: *sequence,
            ledger_through: *ledger_through,
            on_hand: *on_hand,
        });
        self.unnumbered = Decimal::ZERO;
        self.numbered = numbered;
        self.on_hand = sum;
        Ok(if is_news { Outcome::Applied } else { Outcome::Unchanged })
    }

    /// Takes a movement in; `number` is its place in the source's ledger, 0 if it has none.
    pub fn moved(&mut self, quantity: Decimal, number: i64) -> Result<Moved> {
        if 0 < number {
            let through = self.statement.as_ref().map_or(0, |it| it.ledger_through);
            if number <= through {
                return Ok(Moved::Contained);
            }
            let Err(place) = self.numbered.binary_search_by_key(&number, |it| it.0) else {
                return Ok(Moved::Duplicate);
            };
            let on_hand = self.on_hand.try_add(quantity)?;
            self.numbered.insert(place, (number, quantity));
            if NUMBERED_MAX < self.numbered.len() {
                let (_, folded) = self.numbered.remove(0);
                self.unnumbered = self.unnumbered.try_add(folded)?;
            }
            self.on_hand = on_hand;
        } else {
            self.on_hand = self.on_hand.try_add(quantity)?;
            self.unnumbered = self.unnumbered.try_add(quantity)?;
        }
        Ok(Moved::Applied)
    }
}

#[cfg(test)]
mod tests {
    use super::super::LevelKey;
    use super::*;
    use crate::id::{Location, Sku};

    /// `=10` states 10, `=10#3` as reading 3, `=10#3~7` containing ledger numbers to 7; `+2`, `-2`
    /// move, `-2@8` as ledger number 8. After each step: what is on hand, and what became of it
    /// where it was not applied.
    #[track_caller]
    fn check(steps: &str, expected: &str) {
        let key = LevelKey { sku: Sku::parse("MUG").unwrap(), location: Location::main() };
        let mut level = Level::new(key.clone());
        let number = |text: Option<&str>| text.map_or(0, |it| it.parse().unwrap());
        let mut seen = Vec::new();
        for step in steps.split(' ') {
            let mark = match step.strip_prefix('=') {
                Some(reading) => {
                    let (reading, through) = cut(reading, '~');
                    let (on_hand, sequence) = cut(reading, '#');
                    let reading = Reading {
                        key: key.clone(),
                        on_hand: Decimal::parse(on_hand).unwrap(),
                        epoch: 0,
                        sequence: number(sequence),
                        ledger_through: number(through),
                    };
                    match level.state(&reading) {
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
                    match level.moved(quantity, number(ledger)).unwrap() {
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
        let mut level =
            Level::new(LevelKey { sku: Sku::parse("MUG").unwrap(), location: Location::main() });
        for number in 1..=400 {
            level.moved(Decimal::ONE, number).unwrap();
            level.must_be_sound().unwrap();
        }
        assert_eq!((level.on_hand, level.numbered.len()), (Decimal::whole(400), NUMBERED_MAX));
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
                let key = LevelKey { sku: Sku::parse("MUG").unwrap(), location: Location::main() };
                let (mut truth, mut ledger, mut sequence) = (100, 1, 1);
                let first = Reading {
                    key: key.clone(), on_hand: Decimal::whole(100), epoch: 0, sequence: 1, ledger_through: 1,
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
                let mut level = Level::new(key);
                level.state(&first).unwrap();
                for ((reading, number, quantity), _) in shuffled {
                    match reading {
                        Some(reading) => drop(level.state(reading).unwrap()),
                        None => drop(level.moved(Decimal::whole(*quantity), *number).unwrap()),
                    }
                    level.must_be_sound().unwrap();
                }
                prop_assert_eq!(level.on_hand, Decimal::whole(truth));
            }
        }
    }
}
