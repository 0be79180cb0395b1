//! Wishes to take units off an order. Until the ERP has seen the order they are granted at once; then
//! the ERP decides, because it may have picked the goods already.

mod model;
mod store;
pub(super) mod wire;

pub use model::{Cancellation, CancellationLine, Decision, Status};

use serde::{Deserialize, Serialize};

use super::{Order, OrderTasks, cancel, needs_all, put_and_serve};
use crate::books::{Books, Command, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::{find_now, want};
use crate::error::{Reason, Refusal, Result};
use crate::id::{CancellationId, ExternalId, SystemName, TaskId};
use crate::inbox::{self, Kind};
use crate::parking;

/// Wishes units off an order.
#[derive(Clone, Debug, Serialize)]
pub struct RequestCancellation {
    /// Made before the queue.
    #[serde(skip)]
    pub id: CancellationId,
    /// Who wishes it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: Named,
    /// Why, for people.
    pub reason: String,
    /// Each line once, and how many units, `None`: all that can be; empty: all that can be of all.
    pub lines: Vec<(ExternalId, Option<Decimal>)>,
}

/// Says what comes of such a wish.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerCancellation {
    /// Which.
    pub named: Named,
    /// Who answers.
    pub by: SystemName,
    /// What is granted.
    pub granted: Granted,
    /// Why so, for people.
    pub reason: String,
}

/// What of a wish is granted.
#[derive(Clone, Debug, Serialize)]
pub enum Granted {
    /// Nothing.
    Nothing,
    /// All that is still open.
    All,
    /// So many units of these lines, and none of others.
    Lines(Vec<(ExternalId, Decimal)>),
}

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Ours.
    pub id: CancellationId,
    /// How it was answered, if it was.
    pub status: Status,
    /// Of each line, how many.
    pub lines: Vec<CancellationLine>,
}

impl RequestCancellation {
    /// What whoever wishes it calls it.
    pub fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Cancellation, id }
    }

    /// The places of the lines, and how many units of each.
    fn wished(&self, order: &Order) -> Result<Vec<(usize, Decimal)>> {
        if self.lines.is_empty() {
            let all = order.lines.iter().map(|it| it.cancellable()).enumerate();
            let all: Vec<_> = all.filter(|(_, units)| units.is_positive()).collect();
            if all.is_empty() {
                let what = format!("order {}", order.id);
                return Err(Refusal::step(what, order.status().name(), "CANCELLED"));
            }
            return Ok(all);
        }
        let line = |(id, units): &(ExternalId, Option<Decimal>)| {
            let place = order.place_of(id)?;
            let possible = order.lines[place].cancellable();
            let units = units.unwrap_or(possible);
            if possible < units || units.is_zero() {
                return Err(too_many(id, units, possible));
            }
            Ok((place, units))
        };
        self.lines.iter().map(line).collect()
    }
}

fn too_many(line: &ExternalId, asked: Decimal, possible: Decimal) -> Refusal {
    let message = format!("line \"{line}\": {asked} to be cancelled, and only {possible} can be");
    Refusal::new(Reason::QuantityExceeded, message)
        .with("line_id", line)
        .with("asked", asked)
        .with("possible", possible)
}

impl Command for RequestCancellation {
    type Answer = Outcome;

    fn needs(&self, books: &mut Books) {
        books.of::<Cancellation>().want(&self.id);
        parking::needs_wake(books, &self.name());
        let Some(order) = want::<Order>(books, &self.order) else { return };
        inbox::needs_withdraw(books, order.id);
        inbox::needs_offer_behind(books, TaskId(self.id.0), order.id);
        needs_all(books, &order.lines);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Outcome> {
        let mut order: Order = find_now(books, &self.order)?;
        let wished = self.wished(&order)?;
        let task = inbox::own_task(books, order.id)?;
        let is_unseen = task.was_never_seen();
        let (mut lines, mut freed) = (Vec::with_capacity(wished.len()), Vec::new());
        for (place, requested) in &wished {
            let line = &mut order.lines[*place];
            let cancelled = if is_unseen { *requested } else { Decimal::ZERO };
            if is_unseen {
                cancel(books, line, *requested, at.now)?;
            } else {
                line.cancel_requested = line.cancel_requested.try_add(*requested)?;
            }
            freed.extend(line.levels().cloned());
            lines.push(CancellationLine {
                line: line.id.clone(),
                requested: *requested,
                cancelled,
            });
        }
        order.documents += 1;
        let (by, external_id) = (self.system.clone(), self.external_id.clone());
        if !is_unseen {
            let offer = order.offer(TaskId(self.id.0), Kind::Cancellation);
            let offer =
                inbox::Offer { system: by.clone(), external_id: external_id.clone(), ..offer };
            inbox::offer_behind(books, offer, at.now)?;
        }
        let decision =
            is_unseen.then(|| Decision { by: by.clone(), reason: String::new(), at: at.now });
        let cancellation = Cancellation {
            id: self.id,
            system: by.clone(),
            external_id,
            order: order.id,
            reason: self.reason.clone(),
            lines,
            decision,
            requested_at: at.now,
            revision: 0,
        };
        let outcome = cancellation.outcome();
        books.of().put(cancellation);
        let is_over = order.status() == super::Status::Cancelled;
        put_and_serve(books, order, freed)?;
        if is_unseen && is_over {
            inbox::withdraw(books, task, (&by, &self.reason), &OrderTasks, at)?;
        }
        parking::wake(books, &self.name(), at.now);
        Ok(outcome)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 4 * self.lines.len().max(100), bytes: 512 + 128 * self.lines.len() }
    }
}

impl Command for AnswerCancellation {
    type Answer = Outcome;

    fn needs(&self, books: &mut Books) {
        let Some(found) = want::<Cancellation>(books, &self.named) else { return };
        inbox::needs_finish(books, TaskId(found.id.0));
        books.of::<Order>().want(&found.order);
        let Some(order) = books.of::<Order>().peek(&found.order).cloned() else { return };
        needs_all(books, &order.lines);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Outcome> {
        let mut found: Cancellation = find_now(books, &self.named)?;
        if found.decision.is_some() {
            return Err(found.refuse_step());
        }
        let order = books.of::<Order>().get(&found.order).cloned();
        let mut order = order.ok_or_else(|| Refusal::internal("a cancellation of no order"))?;
        self.must_be_of(&found)?;
        let mut freed = Vec::with_capacity(found.lines.len());
        for line in &mut found.lines {
            let place = order.place_of(&line.line)?;
            let of = &mut order.lines[place];
            let possible = line.requested.min(of.open());
            let units = self.granted.of(&line.line, possible);
            if possible < units {
                return Err(too_many(&line.line, units, possible));
            }
            of.cancel_requested = of.cancel_requested.try_sub(line.requested)?;
            cancel(books, of, units, at.now)?;
            line.cancelled = units;
            freed.extend(of.levels().cloned());
        }
        inbox::finish(books, TaskId(found.id.0), &self.by, at)?;
        let (by, reason) = (self.by.clone(), self.reason.clone());
        found.decision = Some(Decision { by, reason, at: at.now });
        order.documents += 1;
        let outcome = found.outcome();
        books.of().put(found);
        put_and_serve(books, order, freed)?;
        Ok(outcome)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 400, bytes: 1024 }
    }
}

impl AnswerCancellation {
    /// Only what was wished can be granted.
    fn must_be_of(&self, found: &Cancellation) -> Result<()> {
        let Granted::Lines(lines) = &self.granted else { return Ok(()) };
        for (id, _) in lines {
            if !found.lines.iter().any(|it| it.line == *id) {
                let message = format!("cancellation {} does not name line \"{id}\"", found.id);
                return Err(Refusal::new(Reason::OrderLineNotFound, message)
                    .with("order_id", found.order)
                    .with("line_id", id));
            }
        }
        Ok(())
    }
}

impl Granted {
    /// How many units of a line.
    fn of(&self, line: &ExternalId, possible: Decimal) -> Decimal {
        match self {
            Granted::Nothing => Decimal::ZERO,
            Granted::All => possible,
            Granted::Lines(lines) => {
                lines.iter().find(|it| it.0 == *line).map_or(Decimal::ZERO, |it| it.1)
            }
        }
    }
}

impl Cancellation {
    fn outcome(&self) -> Outcome {
        Outcome { id: self.id, status: self.status(), lines: self.lines.clone() }
    }
}
