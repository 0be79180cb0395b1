//! What is said to the books, and what must come of it.

use std::sync::Arc;

use erpsync::books::{Books, Command, Moment, Name, Once, Said};
use erpsync::error::{Reason, Result};
use erpsync::id::ParkedId;
use erpsync::parking::{Fact, Taken, Told};

use super::model::{Model, Parked, Thing};

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    /// For this reason.
    Because(Reason),
    /// Not yet: it names this, which is not known.
    WaitsFor(Thing),
    /// Not yet: too little is left of this prepayment.
    TooLittleOf(Thing),
}

impl From<Reason> for No {
    fn from(reason: Reason) -> No {
        No::Because(reason)
    }
}

impl No {
    /// As the API calls it.
    pub fn reason(self) -> Reason {
        match self {
            No::Because(reason) => reason,
            No::WaitsFor(_) => Reason::WaitsForDocument,
            No::TooLittleOf(_) => Reason::PrepaymentExceeded,
        }
    }
}

/// What the model says: what is answered, or why not. What is refused may leave the model in any
/// state, because it is put back.
pub type Verdict = std::result::Result<String, No>;

/// What it was.
pub fn ok() -> Verdict {
    Ok("done".into())
}

/// Any answer: it was done.
pub fn done<A>(_: A) -> String {
    "done".into()
}

/// Judges by the model alone, and makes the model so.
pub type Judge = Arc<dyn Fn(&mut Model) -> Verdict + Send + Sync>;

/// One thing to say.
#[derive(Clone)]
pub struct Play {
    /// What is said, for people, and to tell it from something else under the same name.
    pub content: String,
    /// Under which name, if saying it twice does it once.
    pub name: Option<Name>,
    /// What is said.
    pub deed: Deed,
    /// What must come of it.
    pub judge: Judge,
}

/// Any command.
#[derive(Clone)]
pub struct Deed(Arc<dyn Any>);

trait Any: Send + Sync {
    fn needs(&self, books: &mut Books);
    fn decide(&self, books: &mut Books, at: Moment) -> Result<String>;
    fn name(&self) -> Option<&Name>;
}

struct Saying<C, F> {
    command: C,
    tell: F,
}

impl<C: Command + Sync, F: Fn(C::Answer) -> String + Send + Sync> Any for Saying<C, F> {
    fn needs(&self, books: &mut Books) {
        self.command.needs(books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<String> {
        self.command.decide(books, at).map(&self.tell)
    }

    fn name(&self) -> Option<&Name> {
        self.command.name()
    }
}

impl Command for Deed {
    type Answer = String;

    fn needs(&self, books: &mut Books) {
        self.0.needs(books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<String> {
        self.0.decide(books, at)
    }

    fn name(&self) -> Option<&Name> {
        self.0.name()
    }
}

/// Something that has no name, and is done each time that it is said.
pub fn plain<C: Command + Sync>(
    content: String,
    command: C,
    tell: impl Fn(C::Answer) -> String + Send + Sync + 'static,
    judge: impl Fn(&mut Model) -> Verdict + Send + Sync + 'static,
) -> Play {
    let deed = Deed(Arc::new(Saying { command, tell }));
    Play { content, name: None, deed, judge: Arc::new(judge) }
}

/// Something that is said under a name.
pub fn once<C: Said + Sync>(
    (name, subject): (Name, i64),
    command: C,
    tell: impl Fn(C::Answer) -> String + Send + Sync + 'static,
    judge: impl Fn(&mut Model) -> Verdict + Send + Sync + 'static,
) -> Play {
    let kind = std::any::type_name::<C>();
    let content = format!("{kind} {}", serde_json::to_string(&command).expect("it can be told"));
    let command = Once::new(name.clone(), subject, command).expect("it can be told");
    Play { name: Some(name), ..plain(content, command, tell, judge) }
}

/// A fact: for some reasons it is kept, and tried again.
pub fn fact<F: Fact>(
    id: i64,
    parked: i64,
    kept: &'static [Reason],
    fact: F,
    judge: impl Fn(&mut Model) -> Verdict + Send + Sync + 'static,
) -> Play {
    let name = fact.name();
    let judge: Judge = Arc::new(judge);
    let tell = |it: Taken<F::Made>| match it.parked {
        Some((_, refusal)) => format!("parked {:?}", refusal.reason),
        None => "done".into(),
    };
    let (said, again) = (name.clone(), judge.clone());
    let judge_first = move |model: &mut Model| {
        let before = model.clone();
        let verdict = judge(model);
        let Err(no) = verdict else { return verdict };
        if !kept.contains(&no.reason()) {
            return Err(no);
        }
        *model = before;
        let waits = match no {
            No::WaitsFor(thing) | No::TooLittleOf(thing) => Some(thing),
            No::Because(_) => None,
        };
        let (name, judge) = (said.clone(), again.clone());
        model.parked.insert(parked, Parked { name, judge, waits, is_due: false });
        Ok(format!("parked {:?}", no.reason()))
    };
    once((name, id), Told { id, parked: ParkedId(parked), fact }, tell, judge_first)
}
