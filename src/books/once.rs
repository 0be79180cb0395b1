use serde::{Serialize, de::DeserializeOwned};

use super::identity::{Heard, Identity, Name, NameKind};
use super::{Books, Command, Moment, Weight};
use crate::error::{Reason, Refusal, Result};

/// How fingerprints are made and answers written; told apart for ever after.
const VERSION: u8 = 1;

/// A command with a name of its own, so that saying it twice does it once.
///
/// The same name and content replays the first answer; other content is refused. What was refused,
/// or changed nothing, is not remembered: nothing happened, so it may be said again.
pub struct Once<C> {
    /// The name under which it is said.
    pub name: Name,
    /// Our id of what it makes, made before the queue; 0 where it makes nothing that is named.
    pub subject: i64,
    /// What is said.
    pub command: C,
    fingerprint: Vec<u8>,
    /// Whether it is remembered although it changed nothing.
    always: bool,
}

/// What can be said once: its content can be told from another's.
///
/// Fields that are no content (ids made for it, say) are skipped when it is serialized.
pub trait Said: Command<Answer: Serialize + DeserializeOwned> + Serialize {}

impl<C: Command<Answer: Serialize + DeserializeOwned> + Serialize> Said for C {}

impl<C: Said> Once<C> {
    /// Names a command.
    pub fn new(name: Name, subject: i64, command: C) -> Result<Once<C>> {
        let content = serde_json::to_vec(&command).map_err(Refusal::internal)?;
        let mut fingerprint = vec![VERSION];
        fingerprint.extend(blake3::hash(&content).as_bytes());
        Ok(Once { name, subject, command, fingerprint, always: false })
    }

    /// Names a command that is remembered although it changes nothing: one that has its place among
    /// others.
    pub fn remembered(name: Name, command: C) -> Result<Once<C>> {
        Ok(Once { always: true, ..Once::new(name, 0, command)? })
    }

    fn mismatch(&self) -> Refusal {
        let Name { system, kind, id } = &self.name;
        let (reason, what) = match kind {
            NameKind::Request => (Reason::RequestIdReused, "request id"),
            NameKind::Order => (Reason::OrderContentMismatch, "order"),
            kind => (Reason::DocumentContentMismatch, kind.as_str()),
        };
        let message = format!(
            "{what} {id:?} of {system} was used before, with other content; compare, and give it a new one if it is new"
        );
        Refusal::new(reason, message).with("kind", kind.as_str()).with("name", id)
    }
}

impl<C: Said> Command for Once<C> {
    type Answer = C::Answer;

    fn needs(&self, books: &mut Books) {
        let identities = books.of::<Identity>();
        identities.suppose_new(&self.name);
        // What was said before needs nothing more.
        if identities.peek(&self.name).is_none() {
            self.command.needs(books);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<C::Answer> {
        if let Some(there) = books.of::<Identity>().get(&self.name) {
            let heard = there.said.as_ref().filter(|it| it.fingerprint == self.fingerprint);
            let heard = heard.ok_or_else(|| self.mismatch())?;
            return serde_json::from_slice(&heard.answer).map_err(Refusal::internal);
        }
        let answer = self.command.decide(books, at)?;
        let has_changes = books.has_changes();
        if has_changes || self.always {
            let said = Heard {
                fingerprint: self.fingerprint.clone(),
                answer: serde_json::to_vec(&answer).map_err(Refusal::internal)?,
                answer_version: VERSION.into(),
            };
            books.of().put(Identity {
                name: self.name.clone(),
                subject: self.subject,
                revision: if has_changes { at.revision } else { at.revision - 1 },
                at: at.now,
                said: Some(said),
            });
        }
        Ok(answer)
    }

    fn weight(&self) -> Weight {
        self.command.weight()
    }

    fn name(&self) -> Option<&Name> {
        Some(&self.name)
    }
}
