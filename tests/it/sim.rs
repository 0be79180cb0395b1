//! The rules by themselves: random commands straight on the books, without a database, against a
//! model in whole numbers that says beforehand what comes of each. A new command is one function:
//! it throws what to say, and says what must come of it.

mod audit;
mod dice;
mod goods;
mod inbox;
mod model;
mod money;
mod play;
mod returns;
mod splits;
mod stored;
mod wishes;

use std::collections::{BTreeMap, HashMap};

use erpsync::books::{Books, Moment, Name};
use erpsync::error::Reason;
use erpsync::server;
use time::{Duration, OffsetDateTime};

use dice::Dice;
use model::Model;
use play::Play;

/// Commands of one world: few, so that its articles stay scarce and its story can be read.
pub const LENGTH: usize = 250;
/// Worlds of `make test`, and of `make test-long`: a million commands.
const WORLDS: [u64; 2] = [60, 4_000];
/// Longer than any lease and any time for which a task is put off, in seconds.
pub const HOURS: i64 = 7_200;

/// Throws something to say.
type Throw = fn(&mut Dice, &Model) -> Play;

/// What can be thrown: how often, and how it is called.
const PLAYS: &[(i64, &str, Throw)] = &[
    (4, "adjust", goods::adjust),
    (4, "state", goods::state),
    (12, "place", goods::place),
    (12, "ship", goods::ship),
    (4, "undo", goods::undo),
    (4, "cancel", goods::cancel),
    (6, "amend", wishes::amend),
    (4, "judge", wishes::judge),
    (4, "wish_off", wishes::wish_off),
    (4, "answer", wishes::answer),
    (1, "hold", wishes::hold),
    (2, "resume", wishes::resume),
    (8, "invoice", money::invoice),
    (10, "credit", money::credit),
    (1, "credit_freely", money::credit_freely),
    (3, "pay", money::pay),
    (6, "announce", returns::announce),
    (6, "approve", returns::approve),
    (1, "decline", returns::decline),
    (7, "receive", returns::receive),
    (10, "lease", inbox::lease),
    (8, "acknowledge", inbox::acknowledge),
    (3, "defer", inbox::defer),
    (1, "refuse", inbox::refuse),
    (2, "extend", inbox::extend),
    (3, "expire", inbox::expire),
    (8, "retry", inbox::retry),
    (1, "discard", inbox::discard),
];

/// The books, what they should be, and what was said.
pub struct World {
    books: Books,
    model: Model,
    dice: Dice,
    /// What was said first under each name.
    heard: HashMap<Name, Heard>,
    revision: i64,
    /// How often each command ended how.
    ended: Ended,
}

/// What was said, what was answered, and the revision of that.
struct Heard {
    content: String,
    answer: String,
    revision: i64,
}

type Ended = BTreeMap<(&'static str, String), usize>;

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
    /// Of the answer.
    pub revision: i64,
}

impl World {
    pub fn new(seed: u64) -> World {
        World {
            books: server::books(),
            model: Model::default(),
            dice: Dice::new(seed),
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
            Ok(answer) if answer.starts_with("[Lease") => "done".into(),
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
        // What names something that is not there is as easily said as it is refused.
        for _ in 0..3 {
            let verdict = (thrown.1.judge)(&mut self.model.clone());
            let is_vain = match &verdict {
                Ok(answer) => answer == "parked WaitsForDocument",
                Err(no) => no.reason() == Reason::NotFound,
            };
            if is_vain && !self.dice.one_in(4) {
                thrown = self.throw_one();
            }
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
        let before = self.model.clone();
        let expected = match heard {
            Some(heard) if heard.content == play.content => Ok(heard.answer.clone()),
            Some(_) => Err(other_content(&play)),
            None => (play.judge)(&mut self.model).map_err(|it| it.reason()),
        };
        if expected.is_err() {
            self.model = before;
        }
        let heard_at = heard.map(|it| it.revision);
        self.books.ask(&play.deed);
        while self.books.assume_the_rest_is_absent() {
            self.books.ask(&play.deed);
        }
        let now = OffsetDateTime::UNIX_EPOCH + Duration::seconds(self.model.now);
        let at = Moment { now, revision: self.revision + 1 };
        let (end, is_change) = match self.books.decide(&play.deed, at) {
            Ok(decided) => (Ok(decided.answer), !decided.changes.is_empty()),
            Err(refusal) if refusal.reason == Reason::Internal => {
                return Err(wrong(refusal.message));
            }
            Err(refusal) => (Err(refusal.reason), false),
        };
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
        audit::after_each(&mut self.books, &self.model).map_err(wrong)?;
        Ok(Said { play, end, revision })
    }

    /// What is due is tried again, until nothing is due any more; then all is looked through.
    fn close(&mut self) -> Result<(), String> {
        while let Some((due, _)) = self.model.parked.iter().find(|it| it.1.is_due) {
            self.say(inbox::retry_of(*due))?;
        }
        audit::of_everything(&mut self.books, &self.model)
    }

    /// Wants all that there is from other books.
    pub fn want_all(&self, stored: &mut Books) {
        audit::want_all(stored, &self.model);
    }

    /// Looks other books through as if they were these.
    pub fn audit(&mut self, stored: &mut Books) -> Result<(), String> {
        audit::after_each(stored, &self.model)?;
        audit::of_everything(stored, &self.model)?;
        audit::same_words(&mut self.books, stored, &self.model)
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

/// One world from its first command to its last.
fn play(seed: u64) -> Ended {
    let mut world = World::new(seed);
    let mut story = Vec::new();
    let mut wrong = None;
    for nth in 0..LENGTH {
        match world.step() {
            Ok(Step::Hours) => story.push(format!("{nth}: hours pass")),
            Ok(Step::Said(it)) => story.push(format!("{nth}: {} {:?}", it.play.content, it.end)),
            Err(it) => {
                wrong = Some(format!("{nth}: {it}"));
                break;
            }
        }
    }
    if let Some(wrong) = wrong.or_else(|| world.close().err()) {
        panic!("{}\n{wrong}\nERPSYNC_SEED={seed} repeats it", story.join("\n"));
    }
    world.ended
}

/// How it ends if it is done.
const DONE: [&str; 6] =
    ["done", "Applied", "false", "parked TaskRefused", "Some(Applied)", "Some(true)"];

/// Whether this is `make test-long`.
pub fn is_long() -> bool {
    std::env::var_os("ERPSYNC_LONG").is_some()
}

/// Of the first world: told, or another each time.
pub fn seed() -> u64 {
    let told = std::env::var("ERPSYNC_SEED").ok().and_then(|it| it.parse().ok());
    told.unwrap_or_else(|| u64::from(std::process::id()) << 32)
}

/// `ERPSYNC_SEED` is that of the first world.
#[test]
fn random_worlds_are_as_the_model_says() {
    let first = seed();
    println!("ERPSYNC_SEED={first}");
    let threads = std::thread::available_parallelism().map_or(1, |it| it.get() as u64);
    let of_thread = |nth: u64| {
        let seeds = first + nth..first + WORLDS[usize::from(is_long())];
        let mut ended = Ended::new();
        for (end, count) in seeds.step_by(threads as usize).flat_map(play) {
            *ended.entry(end).or_default() += count;
        }
        ended
    };
    let ended = std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|nth| scope.spawn(move || of_thread(nth))).collect();
        let mut ended = Ended::new();
        for (end, count) in
            all.into_iter().flat_map(|it| it.join().expect("a world as it should be"))
        {
            *ended.entry(end).or_default() += count;
        }
        ended
    });
    println!("{ended:#?}");
    for (_, kind, _) in PLAYS {
        let done = DONE.iter().filter_map(|it| ended.get(&(*kind, (*it).to_owned())));
        assert!(10 <= done.sum::<usize>(), "{kind} is hardly ever done");
    }
}
