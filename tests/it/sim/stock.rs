//! Stock is stated, and moved by hand.

use erpsync::error::Reason;
use erpsync::orders::ServeOrders;
use erpsync::stock::{AdjustStock, Adjustment, Basis, Outcome, Reading, SetStock};

use super::dice::{Dice, erp, key, request, units};
use super::model::{Model, Said};
use super::play::{Play, Verdict, once};

fn outcome(outcomes: Vec<Outcome>) -> String {
    let outcome = outcomes.into_iter().next().unwrap();
    match outcome {
        Outcome::Refused(refusal) => format!("{:?}", refusal.reason),
        outcome => format!("{outcome:?}"),
    }
}

pub fn adjust(dice: &mut Dice, _: &Model) -> Play {
    let level = dice.below(4) as usize;
    let (moved, ledger) = (dice.below(20) - 4, dice.ledger());
    let row = Adjustment {
        key: key(level),
        quantity: units(moved),
        ledger_number: ledger,
        reason: String::new(),
    };
    let command = AdjustStock { rows: vec![Ok(row)], by: erp(), back_orders: &ServeOrders };
    once(request(dice.fresh()), command, outcome, move |model| {
        let outcome = model.levels[level].moves(moved, ledger);
        model.levels[level].outside += moved;
        model.serve(level);
        Ok(outcome.into())
    })
}

/// A reading of what lies there.
pub fn state(dice: &mut Dice, model: &Model) -> Play {
    let says = if dice.one_in(6) { Says::Nothing } else { Says::OnHand };
    read(dice, model, says)
}

/// A reading that counts orders: it says what is promised to them, or leaves that out.
pub fn count(dice: &mut Dice, model: &Model) -> Play {
    let says = if dice.one_in(2) { Says::Available } else { Says::Committed };
    read(dice, model, says)
}

/// What a reading says of orders.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Nothing.
    OnHand,
    /// Nothing, although it says which it knows.
    Nothing,
    Committed,
    Available,
}

/// New ones and old ones, read before the newest acknowledgements and movements.
fn read(dice: &mut Dice, model: &Model, says: Says) -> Play {
    let level = dice.below(4) as usize;
    let there = &model.levels[level];
    let is_available = says == Says::Available;
    // What the ERP knew when it was read: all, or not the newest; 0: nothing of these orders.
    let newest = model.revision - 1;
    let counted = match dice.below(12) {
        0 => newest + 1 + dice.below(2),
        1..4 => dice.below(newest + 1),
        4 => 0,
        _ => newest,
    };
    let counted = (says != Says::OnHand).then_some(counted);
    let last = there.said.map_or((0, 0), |it| (it.epoch, it.sequence));
    let (epoch, sequence) = match dice.below(16) {
        0 => (last.0, 0),
        1 => last,
        2 => (last.0, (last.1 - 1).max(0)),
        3 => ((last.0 - 1).max(0), last.1 + 1),
        4 => (last.0 + 1, 1),
        _ => (last.0, last.1 + 1 + dice.below(2)),
    };
    let through = if dice.one_in(3) { 0 } else { dice.some_ledger() };
    let mut said =
        Said { epoch, sequence, through, figure: 0, is_available, committed: None, counted };
    let open = model.counted(level, &Said { committed: Some(0), ..said });
    let near = there.on_hand() + dice.below(7) - 3 - if is_available { open } else { 0 };
    said.figure = near.max(-2);
    said.committed = (says == Says::Committed).then(|| (open + dice.below(4) - 1).max(0));
    let reading = Reading {
        key: key(level),
        on_hand: units(said.figure),
        epoch,
        sequence,
        ledger_through: through,
        basis: if is_available { Basis::Available } else { Basis::OnHand },
        committed: said.committed.map(units),
        orders_counted_through: counted,
        effects_through: None,
    };
    let command = SetStock { rows: vec![Ok(reading)], by: erp(), back_orders: &ServeOrders };
    once(request(dice.fresh()), command, outcome, move |model| take(model, level, said))
}

fn take(model: &mut Model, level: usize, said: Said) -> Verdict {
    let refused = |reason: Reason| Ok(format!("{reason:?}"));
    // Nobody can have heard of what was not yet.
    if said.counted.is_some_and(|it| model.revision <= it) {
        return refused(Reason::FieldInvalid);
    }
    let last = model.levels[level].said;
    if let Some(last) = last {
        let (new, old) = ((said.epoch, said.sequence), (last.epoch, last.sequence));
        match said.sequence {
            0 if 0 < last.sequence => return refused(Reason::StatementSequenceRequired),
            _ if new < old => return Ok("Stale".into()),
            0 => {}
            _ if new != old => {}
            _ if said == last => return Ok("Duplicate".into()),
            _ => return refused(Reason::StatementSequenceReused),
        }
    }
    let seen = |model: &Model| (model.levels[level].on_hand(), model.elsewhere(level));
    let before = seen(model);
    let open = model.counted(level, &said);
    model.levels[level].restate(said, open);
    let is_news = last.is_none() || seen(model) != before;
    model.serve_all();
    Ok(if is_news { "Applied" } else { "Unchanged" }.into())
}
