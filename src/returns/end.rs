//! A return ends before all of it has come: declined, closed, or out of time. What was awaited may be
//! announced anew.

use serde::Serialize;
use time::OffsetDateTime;

use super::{DUE, Return, State, due_key, order_of, over_credited};
use crate::books::{Books, Command, Moment, Named};
use crate::decimal::Decimal;
use crate::documents::{find_now, want};
use crate::due::{Due, Follow};
use crate::error::{Refusal, Result};
use crate::id::ReturnId;
use crate::lanes::Lanes;
use crate::orders::Order;
use crate::parking;

/// Declines a return of which nothing has come.
#[derive(Clone, Debug, Serialize)]
pub struct Decline {
    /// Which.
    pub named: Named,
    /// Why, for people.
    pub reason: String,
}

impl Command for Decline {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(found) = want::<Return>(books, &self.named) {
            needs_end(books, &found);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found = find_now::<Return>(books, &self.named)?.at(at.now);
        match found.state {
            State::Declined(_) => Ok(()),
            State::Requested | State::Approved if !found.has_begun() => {
                end(books, found, State::Declined(self.reason.clone()), at.now)
            }
            _ => Err(found.refuse_step("DECLINED")),
        }
    }
}

/// Ends a return, whatever has come of it; what has come must have been judged.
#[derive(Clone, Debug, Serialize)]
pub struct Close {
    /// Which.
    pub named: Named,
    /// Why, for people.
    pub reason: String,
}

impl Command for Close {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        if let Some(found) = want::<Return>(books, &self.named) {
            needs_end(books, &found);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let found = find_now::<Return>(books, &self.named)?.at(at.now);
        match found.state {
            State::Closed(_) => Ok(()),
            State::Requested | State::Approved => {
                let pending = Decimal::try_sum(found.lines.iter().map(|it| it.units.pending))?;
                if pending.is_positive() {
                    return Err(not_judged(&found, pending));
                }
                end(books, found, State::Closed(self.reason.clone()), at.now)
            }
            State::Declined(_) | State::Expired => Err(found.refuse_step("CLOSED")),
        }
    }
}

fn not_judged(of: &Return, pending: Decimal) -> Refusal {
    let refusal = of.refuse_step("CLOSED").with("pending", pending);
    let message = format!("{}: {pending} pending, to be judged first", refusal.message);
    Refusal { message, ..refusal }
}

/// Ends a return of which nothing had come when its time was over.
pub struct Expire(pub ReturnId);

impl Command for Expire {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Due>().want(&due_key(self.0));
        if let Some(found) = want::<Return>(books, &Named::Ours(self.0.0)) {
            needs_end(books, &found);
        }
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        books.of::<Due>().remove(&due_key(self.0));
        let Some(stored) = books.of::<Return>().get(&self.0).cloned() else { return Ok(()) };
        let found = stored.clone().at(at.now);
        match (&stored.state, &found.state, found.expires_at) {
            (State::Requested | State::Approved, State::Expired, _) => {
                end(books, found, State::Expired, at.now)
            }
            // It was given more time.
            (_, State::Requested | State::Approved, Some(end)) if at.now < end => {
                books.of().put(Due { key: due_key(self.0), at: end });
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Follows returns whose time is over.
pub fn follow(lanes: Lanes) -> (&'static str, Follow) {
    let follow: Follow = Box::new(move |of, key| {
        let lane = lanes.of(of);
        Box::pin(async move {
            let id = ReturnId::parse(&key).map_err(Refusal::internal)?;
            lane.run(Expire(id)).await.map(|_| ())
        })
    });
    (DUE, follow)
}

fn needs_end(books: &mut Books, found: &Return) {
    books.of::<Order>().want(&found.order);
    books.of::<Due>().want(&due_key(found.id));
    parking::needs_wake(books, &found.name());
    over_credited::needs_put(books, found.id);
}

/// What is awaited is awaited no more.
fn end(books: &mut Books, mut of: Return, state: State, now: OffsetDateTime) -> Result<()> {
    let mut order = order_of(books, &of)?;
    for line in &mut of.lines {
        let awaited = line.awaited();
        line.released = line.released.try_add(awaited)?;
        let place = order.place_of(&line.line)?;
        let line = &mut order.lines[place];
        line.return_requested = line.return_requested.try_sub(awaited)?;
    }
    of.note_whether_complete(now);
    books.of::<Due>().remove(&due_key(of.id));
    // What has come all the same is parked for a new reason.
    parking::wake(books, &of.name(), now);
    books.of().put(order);
    over_credited::put(books, Return { state, ..of }, now)
}
