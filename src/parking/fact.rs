use std::marker::PhantomData;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Parked, Payload, TryAgain, needs_park, needs_wake, park, wake};
use crate::books::{Books, Command, Identity, Moment, Name, Once, Weight};
use crate::error::{Reason, Refusal, Result};
use crate::id::{Ids, OrderId, ParkedId};

/// How payloads are written.
const VERSION: i16 = 1;

/// What has happened elsewhere: it is applied, or it waits here until it can be.
pub trait Fact: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What it is: `shipment`.
    const KIND: &'static str;

    /// What whoever says it calls it. Whoever waits for this name is woken once it is applied.
    fn name(&self) -> Name;

    /// The names of others that it may have to wait for.
    fn names(&self) -> Vec<Name>;

    /// Wants what [`apply`](Fact::apply) decides on. `id` is ours of what it makes.
    fn needs(&self, id: i64, books: &mut Books);

    /// What whoever says it is told, once it is applied.
    type Made: Clone + Serialize + DeserializeOwned + Send + 'static;

    /// Applies it, or says why not.
    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<Self::Made>;

    /// Whether it is kept for this refusal. What is malformed or names our own ids wrongly is not.
    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        refusal.reason == Reason::WaitsForDocument
    }

    /// The order that it concerns, if that is known.
    fn order(&self, books: &mut Books) -> Option<OrderId>;

    /// How much room it takes in a queue.
    fn weight(&self) -> Weight;
}

/// A fact that is told for the first time.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Told<F> {
    /// Ours of what it makes, made before the queue.
    #[serde(skip)]
    pub id: i64,
    /// Ours where it is parked, made before the queue.
    #[serde(skip)]
    pub parked: ParkedId,
    /// What is told.
    pub fact: F,
}

/// What became of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken<M> {
    /// Ours of what it makes.
    pub id: i64,
    /// What is told of it, once it is applied.
    pub made: Option<M>,
    /// Where and why it waits, if it does.
    pub parked: Option<(ParkedId, Refusal)>,
}

impl<F: Fact> Told<F> {
    /// Tells a fact, under its own name.
    pub fn once(ids: &Ids, fact: F) -> Result<Once<Told<F>>> {
        let (id, parked) = (ids.next_number(), ParkedId(ids.next_number()));
        Once::new(fact.name(), id, Told { id, parked, fact })
    }
}

impl<F: Fact> Command for Told<F> {
    type Answer = Taken<F::Made>;

    fn needs(&self, books: &mut Books) {
        needs_park(books, self.parked, &self.fact.names());
        needs_wake(books, &self.fact.name());
        self.fact.needs(self.id, books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Taken<F::Made>> {
        let Told { id, parked, fact } = self;
        let (id, parked) = (*id, *parked);
        match fact.apply(id, books, at) {
            Ok(made) => {
                wake(books, &fact.name(), at.now);
                Ok(Taken { id, made: Some(made), parked: None })
            }
            Err(refusal) if fact.is_kept_for(&refusal) => {
                books.undo();
                let Name { system, id: external_id, .. } = fact.name();
                let entry = Parked {
                    id: parked,
                    kind: F::KIND.into(),
                    system,
                    external_id,
                    order: fact.order(books),
                    refusal: refusal.clone(),
                    payload: Payload::of(VERSION, &(id, fact))?,
                    attempts: 0,
                    parked_at: at.now,
                    tried_at: None,
                    applied_at: None,
                    discarded: None,
                    revision: 0,
                };
                park(books, entry)?;
                Ok(Taken { id, made: None, parked: Some((parked, refusal)) })
            }
            Err(refusal) => Err(refusal),
        }
    }

    fn weight(&self) -> Weight {
        self.fact.weight()
    }
}

/// Tries facts of one kind again.
pub(super) struct Again<F>(pub PhantomData<fn() -> F>);

impl<F: Fact> TryAgain for Again<F> {
    fn needs(&self, parked: &Parked, books: &mut Books) {
        if let Ok((id, fact)) = parked.payload.read::<(i64, F)>() {
            needs_park(books, parked.id, &fact.names());
            needs_wake(books, &fact.name());
            fact.needs(id, books);
        }
    }

    fn apply(&self, parked: &Parked, books: &mut Books, at: Moment) -> Result<()> {
        let (id, fact) = parked.payload.read::<(i64, F)>()?;
        fact.apply(id, books, at)?;
        wake(books, &fact.name(), at.now);
        Ok(())
    }

    fn needs_discard(&self, parked: &Parked, books: &mut Books) {
        if let Ok((_, fact)) = parked.payload.read::<(i64, F)>() {
            books.of::<Identity>().want(&fact.name());
        }
    }

    /// Its number is free again, so that the same document can be told as it should have been.
    fn discard(&self, parked: &Parked, books: &mut Books, _: Moment) -> Result<()> {
        let (id, fact) = parked.payload.read::<(i64, F)>()?;
        let identities = books.of::<Identity>();
        if identities.get(&fact.name()).is_some_and(|it| it.subject == id) {
            identities.remove(&fact.name());
        }
        Ok(())
    }
}
