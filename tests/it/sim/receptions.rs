//! Goods come back, or do not, and are judged.

use std::collections::BTreeMap;

use erpsync::books::NameKind;
use erpsync::error::Reason;
use erpsync::returns::{Acceptance, Disposition, Inspect, Judged as Told, Receive, ToldLine};

use super::dice::{Dice, erp, find, id, key, location, units};
use super::model::{
    Allowed, Came, Model, PENDING, QUARANTINED, RESTOCKED, Reception, Return, SENT_BACK, Thing,
    Units, What, at_place,
};
use super::money::{decimal, places};
use super::play::{No, Play, fact, ok};

/// By their places in [`Units::at`].
const DISPOSITIONS: [Disposition; 5] = [
    Disposition::Pending,
    Disposition::Restock,
    Disposition::Quarantine,
    Disposition::Scrap,
    Disposition::SendBack,
];

/// What is told of one line: which, how many, what came, where to, and the ERP's number of that.
#[derive(Clone, Copy)]
struct Line {
    nth: usize,
    count: i64,
    what: What,
    to: usize,
    /// Where it was put; of another article that one's.
    level: usize,
    ledger: i64,
}

pub fn receive(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Reception);
    let is_awaited = |it: &Return| it.is_awaited_at(model.now);
    let back = dice.name(NameKind::Return, &model.returns, is_awaited);
    let there = model.returns.get(&back.number);
    let order = there.and_then(|it| model.orders.get(&it.order));
    let mut awaited: Vec<(usize, i64)> = match there {
        Some(it) => it.lines.iter().map(|it| (*it.0, it.1.awaited())).collect(),
        None => vec![(0, 1)],
    };
    awaited.retain(|it| 0 < it.1 || dice.one_in(4));
    if dice.one_in(3) || awaited.is_empty() {
        awaited.extend(awaited.first().copied().or(Some((0, 1))));
    }
    let mut came = Vec::new();
    for (nth, awaited) in awaited {
        let nth = if dice.one_in(24) { nth + 1 } else { nth };
        let level = order.and_then(|it| it.lines.get(nth)).map_or(0, |it| it.level);
        let level = if dice.one_in(4) { level ^ 1 } else { level };
        let what = match dice.below(12) {
            0 => What::Lost,
            1 => What::Other,
            _ => What::Own,
        };
        // Another article; now and then told to be, and the same.
        let level = if what == What::Other && !dice.one_in(12) { level ^ 2 } else { level };
        let count = if dice.one_in(2) { 1 } else { dice.about(awaited) };
        let to = [PENDING, dice.below(5) as usize][dice.below(2) as usize];
        came.push(Line { nth, count, what, to, level, ledger: dice.ledger() });
    }
    let told = came.iter().map(|it| ToldLine {
        line: id(it.nth),
        quantity: units(it.count),
        disposition: (it.what != What::Lost).then_some(DISPOSITIONS[it.to]),
        wrong_sku: (it.what == What::Other).then(|| key(it.level).sku),
        location: location(it.level),
        ledger_number: it.ledger,
    });
    let named = dice.named(back);
    let (system, external_id) = (erp(), id(number));
    let command = Receive { system, external_id, of: named.clone(), lines: told.collect() };
    let kept = &[Reason::WaitsForDocument, Reason::InvalidState, Reason::QuantityExceeded];
    fact(number, dice.parked(), kept, command, move |model| {
        let found = find(&model.returns, back, &named, true)?.clone();
        match found.allowed_at(model.now) {
            Allowed::Asked => return Err(No::WaitsFor(back)),
            Allowed::No | Allowed::Closed | Allowed::Over => {
                return Err(Reason::InvalidState.into());
            }
            Allowed::Yes => {}
        }
        let mut lines = Vec::new();
        for line in &came {
            lines.push(line.come(model, back.number, found.order)?);
        }
        model.receptions.insert(number, Reception { of: back.number, lines, is_credited: false });
        model.serve_all();
        model.wake(Thing::of(NameKind::Reception, number));
        ok()
    })
}

impl Line {
    /// No more comes than is awaited, but for what was lost and turns up.
    fn come(&self, model: &mut Model, back: i64, order: i64) -> Result<Came, No> {
        let Line { nth, count, what, to, ledger, .. } = *self;
        let line = model.orders.get_mut(&order).unwrap().line(nth)?;
        let level = match what {
            What::Other => self.level,
            _ => at_place(line.level, self.level),
        };
        if what == What::Other && level / 2 == line.level / 2 {
            return Err(Reason::FieldInvalid.into());
        }
        let exceeded: No = Reason::QuantityExceeded.into();
        let of = model.returns.get_mut(&back).unwrap().lines.get_mut(&nth).ok_or(exceeded)?;
        let found = if what == What::Own { count - count.min(of.awaited()) } else { 0 };
        if of.lost < found || of.awaited() < count - found {
            return Err(exceeded);
        }
        line.announced -= count - found;
        let mut units = Units::default();
        match what {
            What::Lost => {
                of.lost += count;
                line.lost += count;
            }
            What::Other => {
                units = Units::come(count, to);
                of.mistaken += count;
            }
            What::Own => {
                units = Units::come(count, to);
                of.lost -= found;
                of.units.follow(Units::default(), units);
                line.lost -= found;
                line.received += count;
                line.sent_back += units.at[SENT_BACK];
            }
        }
        put_back(model, level, units.at[RESTOCKED], what, ledger);
        Ok(Came { line: nth, level, what, units })
    }
}

/// Goods lie in stock again; of another article they were never here before.
fn put_back(model: &mut Model, level: usize, count: i64, what: What, ledger: i64) {
    if 0 < count {
        model.levels[level].moves(count, ledger);
        model.levels[level].outside += if what == What::Other { count } else { 0 };
    }
}

/// How units of one line were judged.
#[derive(Clone, Copy)]
struct Judged {
    nth: usize,
    /// The article that came instead, if another did.
    other: Option<usize>,
    count: i64,
    from: usize,
    to: usize,
    is_accepted: bool,
    /// Where they are put, if that is told.
    place: Option<usize>,
    ledger: i64,
    worth_less: i128,
}

pub fn inspect(dice: &mut Dice, model: &Model) -> Play {
    let number = dice.number(NameKind::Inspection);
    let waits = |it: &Reception| {
        it.lines.iter().any(|it| 0 < it.units.at[PENDING] + it.units.at[QUARANTINED])
    };
    let reception = dice.name(NameKind::Reception, &model.receptions, waits);
    let there = model.receptions.get(&reception.number);
    let mut lines = vec![judged(dice, there)];
    if dice.one_in(3) {
        lines.push(judged(dice, there));
    }
    let named = dice.named(reception);
    let currency = model.currency;
    let told = |it: &Judged| Told {
        line: id(it.nth),
        wrong_sku: it.other.map(|it| key(it).sku),
        quantity: units(it.count),
        from: DISPOSITIONS[it.from],
        acceptance: if it.is_accepted { Acceptance::Accepted } else { Acceptance::Rejected },
        reason: "worn".into(),
        to: DISPOSITIONS[it.to],
        location: it.place.and_then(location),
        ledger_number: it.ledger,
        loss_of_value: decimal(it.worth_less, places(currency)),
    };
    let (system, external_id) = (erp(), id(number));
    let of = named.clone();
    let command = Inspect { system, external_id, of, lines: lines.iter().map(told).collect() };
    let kept = &[Reason::WaitsForDocument, Reason::QuantityExceeded];
    fact(number, dice.parked(), kept, command, move |model| {
        let mut of = find(&model.receptions, reception, &named, true)?.clone();
        for line in &lines {
            line.judge(model, &mut of)?;
        }
        model.receptions.insert(reception.number, of);
        model.serve_all();
        model.wake(Thing::of(NameKind::Inspection, number));
        ok()
    })
}

/// Of what waits to be judged, or lies apart.
fn judged(dice: &mut Dice, of: Option<&Reception>) -> Judged {
    let lines = of.map_or(&[][..], |it| &it.lines);
    let at = dice.fitting(lines, |it| 0 < it.units.at[PENDING] + it.units.at[QUARANTINED]);
    let came = lines.get(at);
    let from = match came.map(|it| it.units.at) {
        Some(it) if it[PENDING] == 0 && it[QUARANTINED] != 0 => QUARANTINED,
        Some(it) if it[PENDING] != 0 && it[QUARANTINED] == 0 => PENDING,
        _ => dice.of(&[PENDING, QUARANTINED]),
    };
    let is_accepted = !dice.one_in(3);
    let mut to = 1 + dice.below(if is_accepted { 3 } else { 4 }) as usize;
    if (from, to) == (QUARANTINED, QUARANTINED) {
        to = RESTOCKED;
    }
    let other = came.filter(|it| it.what == What::Other).map(|it| it.level);
    let worth_less = if is_accepted && other.is_none() { i128::from(dice.below(3)) } else { 0 };
    Judged {
        nth: came.map_or(0, |it| it.line),
        other,
        count: dice.about(came.map_or(1, |it| it.units.at[from])),
        from,
        to,
        is_accepted,
        place: dice.one_in(4).then(|| dice.below(4) as usize),
        ledger: dice.ledger(),
        worth_less,
    }
}

impl Judged {
    /// No more is judged than waits for it: of each time that the line came, in their order.
    fn judge(&self, model: &mut Model, of: &mut Reception) -> Result<(), No> {
        let back = model.returns.get_mut(&of.of).unwrap();
        let order = model.orders.get_mut(&back.order).unwrap();
        let line = order.line(self.nth)?;
        let is_meant = |it: &Came| {
            it.line == self.nth
                && match self.other {
                    Some(level) => it.what == What::Other && it.level / 2 == level / 2,
                    None => it.what == What::Own,
                }
        };
        let there: i64 =
            of.lines.iter().filter(|it| is_meant(it)).map(|it| it.units.at[self.from]).sum();
        let announced = back.lines.get_mut(&self.nth).filter(|_| self.count <= there);
        let announced = announced.ok_or(Reason::QuantityExceeded)?;
        let mut left = self.count;
        // One number in a ledger counts once for each place.
        let mut restocked: BTreeMap<usize, i64> = BTreeMap::new();
        for came in of.lines.iter_mut().filter(|it| is_meant(it)) {
            let now = left.min(came.units.at[self.from]);
            left -= now;
            let before = came.units;
            came.units.judge(now, (self.from, self.to), self.is_accepted);
            if self.to == RESTOCKED {
                let level = self.place.map_or(came.level, |it| at_place(came.level, it));
                *restocked.entry(level).or_default() += now;
            }
            if came.what == What::Own {
                announced.units.follow(before, came.units);
                line.sent_back += came.units.at[SENT_BACK] - before.at[SENT_BACK];
            }
        }
        announced.worth_less += self.worth_less;
        let what = if self.other.is_some() { What::Other } else { What::Own };
        for (level, count) in restocked {
            put_back(model, level, count, what, self.ledger);
        }
        Ok(())
    }
}
