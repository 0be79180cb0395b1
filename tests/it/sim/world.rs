//! One world: the books, what they should be, and what is said to both.

use std::collections::{BTreeMap, HashMap};

use erpsync::books::{Books, Moment, Name};
use erpsync::error::Reason;
use erpsync::server;
use time::OffsetDateTime;

use super::audit::Scope;
use super::dice::Dice;
use super::model::Model;
use super::play::Play;
use super::{HOURS, PLAYS, audit, inbox};

/// The books, what they should be, and what was said.
pub struct World {
    books: Books,
    model: Model,
    dice: Dice,
    /// What was said first under each name.
    heard: HashMap<Name, Heard>,
    revision: i64,
    /// How often each command ended how.
    pub ended: Ended,
}

/// What was said, what was answered, and the revision of that.
struct Heard {
    content: String,
    answer: String,
    revision: i64,
}

pub type Ended = BTreeMap<(&'static str, String), usize>;

/// One step of a world.
pub enum Step {
    /// Hours pass.
    Hours,
    /// Something is said.
    Said(Said),
}

/// What was said, and what came of it.
pub struct Said {
    pub play: Play,
    /// The answer, or why not.
    pub end: Result<String, Reason>,
    /// Whether anything is another than before.
    pub is_change: bool,
    /// Of the answer.
    pub revision: i64,
}

impl World {
    /// One that begins at this time.
    pub fn new(seed: u64, start: OffsetDateTime) -> World {
        let dice = Dice::new(seed);
        World {
            books: server::books(),
            model: Model::new(start, dice.currency),
            dice,
            heard: HashMap::new(),
            revision: 0,
            ended: Ended::new(),
        }
    }

    /// Something happens; or what is wrong about it.
    pub fn step(&mut self) -> Result<Step, String> {
        if self.dice.one_in(60) {
            self.model.now += HOURS;
            return Ok(Step::Hours);
        }
        self.model.now += 1;
        let (kind, play) = self.throw();
        let said = self.say(play)?;
        let end = match &said.end {
            Ok(answer) if !said.is_change => format!("unchanged {answer}"),
            Ok(answer) if answer.starts_with("[Lease") || answer.starts_with("promised") => {
                "done".into()
            }
            Ok(answer) => answer.clone(),
            Err(reason) => format!("{reason:?}"),
        };
        *self.ended.entry((kind, end)).or_default() += 1;
        Ok(Step::Said(said))
    }

    fn throw(&mut self) -> (&'static str, Play) {
        if !self.dice.said.is_empty() && self.dice.one_in(12) {
            let nth = self.dice.below(self.dice.said.len() as i64) as usize;
            return ("again", self.dice.said[nth].clone());
        }
        let mut thrown = self.throw_one();
        // What is in vain is as easily said as it is refused.
        for _ in 0..3 {
            let often = match (thrown.1.judge)(&mut self.model.clone()) {
                Ok(answer) if answer == "parked WaitsForDocument" => 4,
                Ok(answer) if answer.starts_with("parked") => 2,
                Ok(_) => break,
                Err(no) if no.reason() == Reason::NotFound => 4,
                Err(_) => 2,
            };
            if self.dice.one_in(often) {
                break;
            }
            thrown = self.throw_one();
        }
        let (kind, play) = thrown;
        if play.name.is_some() {
            self.dice.said.push(play.clone());
        }
        (kind, play)
    }

    fn throw_one(&mut self) -> (&'static str, Play) {
        let mut at = self.dice.below(PLAYS.iter().map(|it| it.0).sum());
        let thrown = PLAYS.iter().find(|(weight, ..)| {
            at -= weight;
            at < 0
        });
        let (_, kind, throw) = thrown.expect("a weight");
        (kind, throw(&mut self.dice, &self.model))
    }

    /// Says it to the model, then to the books: they agree, or that is wrong.
    fn say(&mut self, play: Play) -> Result<Said, String> {
        let wrong = |it: String| format!("{}: {it}", play.content);
        let heard = play.name.as_ref().and_then(|it| self.heard.get(it));
        self.model.revision = self.revision + 1;
        let before = self.model.clone();
        let expected = match heard {
            Some(heard) if heard.content == play.content => Ok(heard.answer.clone()),
            Some(_) => Err(other_content(&play)),
            None => (play.judge)(&mut self.model).map_err(|it| it.reason()),
        };
        match expected {
            Ok(_) => {
                for trouble in self.model.look_for_trouble() {
                    *self.ended.entry((trouble.name(), "began".into())).or_default() += 1;
                }
            }
            Err(_) => self.model = before,
        }
        let heard_at = heard.map(|it| it.revision);
        let is_news = expected.is_ok() && heard_at.is_none();
        self.books.ask(&play.deed);
        while self.books.assume_the_rest_is_absent() {
            self.books.ask(&play.deed);
        }
        let now = self.model.instant(self.model.now);
        let at = Moment { now, revision: self.revision + 1 };
        let (end, changes) = match self.books.decide(&play.deed, at) {
            Ok(decided) => (Ok(decided.answer), decided.changes),
            Err(refusal) if refusal.reason == Reason::Internal => {
                return Err(wrong(refusal.message));
            }
            Err(refusal) => (Err(refusal.reason), vec![]),
        };
        let is_change = !changes.is_empty();
        if end != expected {
            return Err(wrong(format!("ended as {end:?}, and should as {expected:?}")));
        }
        if heard_at.is_some() && is_change {
            return Err(wrong("said twice, it was done twice".into()));
        }
        self.revision += i64::from(is_change);
        let revision = heard_at.unwrap_or(self.revision);
        if let (Some(name), Ok(answer), true) = (&play.name, &end, is_change) {
            let (content, answer) = (play.content.clone(), answer.clone());
            self.heard.insert(name.clone(), Heard { content, answer, revision });
        }
        for name in std::mem::take(&mut self.model.freed) {
            self.heard.remove(&name);
        }
        // Where nothing has happened, all is as it was.
        if is_news || is_change {
            let scope = match self.dice.one_in(32) {
                true => Scope::All,
                false => Scope::of(&self.books, &changes),
            };
            audit::after_each(&self.books, &self.model, &scope).map_err(wrong)?;
        }
        Ok(Said { play, end, is_change, revision })
    }

    /// What is due is tried again, until nothing is due any more; then all is looked through.
    pub fn close(&mut self) -> Result<(), String> {
        while let Some((due, _)) = self.model.parked.iter().find(|it| it.1.is_due) {
            self.say(inbox::retry_of(*due))?;
        }
        audit::after_each(&self.books, &self.model, &Scope::All)
    }

    /// Wants all that there is from other books.
    pub fn want_all(&self, stored: &mut Books) {
        audit::want_all(stored, &self.books, &self.model);
    }

    /// Looks other books through as if they were these.
    pub fn audit(&self, stored: &Books) -> Result<(), String> {
        audit::after_each(stored, &self.model, &Scope::All)?;
        audit::same_words(&self.books, stored, &self.model)
    }
}

/// How a name is refused under which something else was said.
fn other_content(play: &Play) -> Reason {
    use erpsync::books::NameKind::{Order, Request};
    match play.name.as_ref().map(|it| it.kind) {
        Some(Order) => Reason::OrderContentMismatch,
        Some(Request) => Reason::RequestIdReused,
        _ => Reason::DocumentContentMismatch,
    }
}
