//! Orders come in: bought now, sold already, held for a cart before, in exchange, or from before.

use std::collections::BTreeMap;

use erpsync::books::{Name, NameKind, Named};
use erpsync::error::Reason;
use erpsync::id::OrderId;
use erpsync::money::Currency;
use erpsync::orders::{Content, Line as OrderLine, Opening, OpeningLine, PlaceOrder, Placed};
use erpsync::returns::InExchange;
use erpsync::totals::{Charge, PartKind, Tax};

use super::carts;
use super::dice::{Dice, erp, find, id, key, shop, units};
use super::model::{Handover, Line, Model, Order, Promise, Thing};
use super::money::{Mode, Part, RATES, add_up, decimal, places, told_totals};
use super::play::{No, Play, once};

/// What a line costs, in millionths: awkward ones among them.
const PRICES: [i64; 8] = [333_333, 9_990_000, 70_000, 19_950_000, 5_000, 48_000_000, 1_000_000, 0];

/// Lines to order: of which article, at what price, how many.
pub fn lines(dice: &mut Dice, count: i64) -> Vec<Line> {
    let line = |dice: &mut Dice| {
        let (level, price) = (dice.below(4) as usize, dice.of(&PRICES));
        let rate = if dice.one_in(4) { None } else { Some(dice.of(&RATES)) };
        let line = Line { level, price, rate, ordered: dice.few(), ..Line::default() };
        // At most half of what a unit costs.
        let off = (line.worth(dice.currency, 1) / 2).min(7);
        Line { off: if dice.one_in(4) { off as i64 } else { 0 }, ..line }
    };
    (0..count).map(|_| line(dice)).collect()
}

/// What is charged beside goods, now and then.
pub fn charges(dice: &mut Dice, mode: Mode) -> Vec<Part> {
    let mut charges = Vec::new();
    if dice.one_in(4) {
        let amount = 100 + i128::from(dice.below(400));
        let rate = Some((dice.of(&RATES), amount));
        charges.push(Part::charge(PartKind::Shipping, amount).taxed(mode, rate));
    }
    charges
}

/// As the API says it, at its place.
pub fn told(currency: &str, mode: Mode, nth: usize, line: &Line) -> OrderLine {
    let priced = line.part(currency, mode, nth, line.ordered).priced(currency, mode);
    let line = OrderLine::new(id(nth), key(line.level), String::new(), priced);
    OrderLine { place_given: true, ..line }
}

/// An order's lines with their places and its charges, as the API says them; with what they come to.
pub struct Said {
    pub lines: Vec<OrderLine>,
    pub charges: Vec<Charge>,
    pub tax_totals: Vec<Tax>,
    pub total: i128,
}

pub fn say(currency: &str, mode: Mode, lines: &[(usize, Line)], charges: &[Part]) -> Said {
    let part = |(nth, it): &(usize, Line)| it.part(currency, mode, *nth, it.ordered);
    let parts: Vec<Part> = lines.iter().map(part).chain(charges.iter().cloned()).collect();
    let (taxes, total) = add_up(mode, &parts);
    let charges = charges.iter().enumerate();
    Said {
        lines: lines.iter().map(|(nth, it)| told(currency, mode, *nth, it)).collect(),
        charges: charges.map(|(nth, it)| it.charged(currency, mode, nth)).collect(),
        tax_totals: told_totals(currency, &taxes),
        total,
    }
}

/// As it is said.
pub fn content(currency: &str, mode: Mode, said: &Said, already_placed: bool) -> Content {
    Content {
        order_date: None,
        already_placed,
        allow_back_order: true,
        currency: Currency::parse(currency).unwrap(),
        price_mode: mode.price(),
        rounding_mode: mode.rounding(),
        charges: said.charges.clone(),
        tax_totals: said.tax_totals.clone(),
        total: decimal(said.total, places(currency)),
        shipping_address: None,
        billing_address: None,
        external_customer_id: String::new(),
    }
}

/// What had become of an order before it came in.
#[derive(Clone)]
struct Before {
    /// Of each line: how many had left, and how many were taken off.
    lines: Vec<(usize, i64, i64)>,
    /// The ERP's number of it, if it has it.
    taken_over: Option<i64>,
}

/// An order that comes in.
#[derive(Clone)]
struct Coming {
    number: i64,
    mode: Mode,
    lines: Vec<Line>,
    charges: Vec<Part>,
    is_sold: bool,
    may_wait: bool,
    adds_up: bool,
    before: Option<Before>,
    cart: Option<(Thing, Named)>,
    replaces: Option<(Thing, Named)>,
}

pub fn place(dice: &mut Dice, model: &Model) -> Play {
    buy(dice, model, None)
}

/// An order of what is held for it.
pub fn check_out(dice: &mut Dice, model: &Model) -> Play {
    let cart = dice.name(NameKind::Reservation, &model.carts, |it| it.is_held(model.now));
    let named = carts::named(dice, model, cart);
    buy(dice, model, Some((cart, named)))
}

fn buy(dice: &mut Dice, model: &Model, cart: Option<(Thing, Named)>) -> Play {
    let number = dice.number(NameKind::Order);
    let count = dice.few().min(3);
    let mode = dice.of(&Mode::ALL);
    let mut lines = lines(dice, count);
    if let Some(held) = cart.as_ref().and_then(|it| model.carts.get(&it.0.number)) {
        // Mostly what is held for it, and about as much.
        for (line, (level, held)) in lines.iter_mut().zip(&held.lines) {
            (line.level, line.ordered) = (*level, dice.about(*held));
        }
    }
    let charges = charges(dice, mode);
    let replaces = dice.one_in(8).then(|| {
        let of = dice.name(NameKind::Return, &model.returns, |_| true);
        (of, dice.named(of))
    });
    let coming = Coming {
        number,
        mode,
        lines,
        charges,
        is_sold: dice.one_in(8),
        may_wait: dice.one_in(2),
        adds_up: !dice.one_in(16),
        before: None,
        cart,
        replaces,
    };
    coming.play(dice)
}

/// An order from before erpsync was there.
pub fn load(dice: &mut Dice, _: &Model) -> Play {
    let number = dice.number(NameKind::Order);
    let count = dice.few().min(3);
    let (mode, lines) = (dice.of(&Mode::ALL), lines(dice, count));
    let mut became = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let shipped = dice.below(line.ordered + 1);
        let cancelled = dice.below(line.ordered - shipped + 1) + i64::from(dice.one_in(24));
        if !dice.one_in(4) {
            became.push((nth, shipped, cancelled));
        }
    }
    if dice.one_in(24) {
        became.push((lines.len(), 1, 0));
    }
    let taken_over = match dice.below(8) {
        0..3 => None,
        3 => Some(number - 1),
        _ => Some(number),
    };
    let coming = Coming {
        number,
        mode,
        lines,
        charges: charges(dice, mode),
        is_sold: true,
        may_wait: true,
        adds_up: !dice.one_in(16),
        before: Some(Before { lines: became, taken_over }),
        cart: None,
        replaces: None,
    };
    coming.play(dice)
}

impl Coming {
    fn play(self, dice: &Dice) -> Play {
        let currency = dice.currency;
        let nth: Vec<(usize, Line)> = self.lines.iter().cloned().enumerate().collect();
        let mut said = say(currency, self.mode, &nth, &self.charges);
        said.total += if self.adds_up { 0 } else { 1 };
        let content = content(currency, self.mode, &said, self.is_sold);
        let line = |(nth, shipped, cancelled): &(usize, i64, i64)| OpeningLine {
            line: id(nth),
            shipped: units(*shipped),
            cancelled: units(*cancelled),
        };
        let opening = self.before.as_ref().map(|it| Opening {
            taken_over: it.taken_over.map(|it| (erp(), id(format!("erp-{it}")))),
            lines: it.lines.iter().map(line).collect(),
        });
        let command = PlaceOrder {
            id: OrderId(self.number),
            shop: shop(),
            external_id: id(self.number),
            content: Content { allow_back_order: self.may_wait, ..content },
            lines: said.lines,
            reservation: self.cart.as_ref().map(|it| it.1.clone()),
            opening,
            replaces: self.replaces.as_ref().map(|it| it.1.clone()),
            exchange: &InExchange,
        };
        let name: Name = command.name();
        once((name, self.number), command, promised, move |model| self.come(model))
    }

    fn come(&self, model: &mut Model) -> Result<String, No> {
        let Coming { number, is_sold, .. } = *self;
        let mut lines = self.lines.clone();
        for (nth, shipped, cancelled) in self.before.iter().flat_map(|it| &it.lines) {
            let line = lines.get_mut(*nth).filter(|it| shipped + cancelled <= it.ordered);
            let line = line.ok_or(Reason::FieldInvalid)?;
            (line.shipped, line.cancelled) = (*shipped, *cancelled);
            // It came and left before anybody counted here.
            model.levels[line.level].outside += shipped;
        }
        let (replaces, wrong) = self.replace(model);
        if let (Some(wrong), false) = (wrong, is_sold) {
            return Err(wrong);
        }
        let taken_over = self.before.as_ref().and_then(|it| it.taken_over);
        let handover = match taken_over {
            Some(_) => Handover::Acknowledged,
            None if wrong.is_some() => Handover::Parked,
            None => Handover::Waiting,
        };
        let (mut held, lost) = match self.take_over(model) {
            Ok(held) => (held, None),
            Err(no) if is_sold => (BTreeMap::new(), Some(no)),
            Err(no) => return Err(no),
        };
        let may_wait = self.may_wait || is_sold;
        let mut wanted: BTreeMap<usize, i64> = BTreeMap::new();
        for line in &mut lines {
            let of_cart = held.entry(line.level).or_default();
            line.reserved = line.open().min(*of_cart);
            *of_cart -= line.reserved;
            *wanted.entry(line.level).or_default() += line.open() - line.reserved;
        }
        let missing: Vec<i64> = lines.iter().map(|it| it.open() - it.reserved).collect();
        model.orders.insert(number, self.order(lines, may_wait, handover, replaces));
        // What the cart has too much is free only afterwards.
        self.keep(model, &held);
        if !may_wait && wanted.iter().any(|(level, it)| model.sellable(*level) < *it) {
            return Err(Reason::InsufficientStock.into());
        }
        let missing = missing.into_iter().enumerate().filter(|it| 0 < it.1);
        missing.for_each(|(nth, it)| model.promise(number, nth, it, true));
        let promised = model.orders[&number].lines.iter();
        let mut answer: String =
            promised.map(|it| format!("{}+{} ", it.reserved, it.waiting)).collect();
        answer += &lost.map_or(String::new(), |it| format!("{:?}", it.reason()));
        self.keep(model, &BTreeMap::new());
        match taken_over {
            Some(there) => {
                if *model.erp_numbers.entry((NameKind::Order, there)).or_insert(number) != number {
                    return Err(Reason::ForeignNumberInUse.into());
                }
                model.offer_taken(number, there);
                model.acknowledge(number);
                model.wake(Thing { by_erp: true, ..Thing::of(NameKind::Order, there) });
            }
            None => model.offer(number, NameKind::Order, number, wrong.is_some()),
        }
        model.serve_all();
        model.wake(Thing::of(NameKind::Order, number));
        Ok(format!("promised {answer}"))
    }

    fn order(
        &self,
        lines: Vec<Line>,
        may_wait: bool,
        handover: Handover,
        replaces: Option<i64>,
    ) -> Order {
        Order {
            mode: self.mode,
            lines,
            charges: self.charges.clone(),
            adds_up: self.adds_up,
            may_wait,
            version: 0,
            is_held: false,
            handover,
            paid: [0; 4],
            last_task: self.number,
            replaces,
            replaces_nothing: self.replaces.is_some() && replaces.is_none(),
        }
    }

    /// The return that it replaces; and what is wrong about the order, first of all that it does not
    /// add up.
    fn replace(&self, model: &mut Model) -> (Option<i64>, Option<No>) {
        let mut wrong = (!self.adds_up).then_some(Reason::AmountsDoNotAddUp.into());
        let Some((of, named)) = &self.replaces else { return (None, wrong) };
        match find(&model.returns, *of, named, false) {
            Ok(_) => {
                let of = of.number;
                model.returns.get_mut(&of).unwrap().replaced_by.push(self.number);
                (Some(of), wrong)
            }
            Err(unknown) => {
                wrong.get_or_insert(unknown);
                (None, wrong)
            }
        }
    }

    /// What is held for it is its own from now on.
    fn take_over(&self, model: &mut Model) -> Result<BTreeMap<usize, i64>, No> {
        let Some((cart, named)) = &self.cart else { return Ok(BTreeMap::new()) };
        let now = model.now;
        let found = find(&model.carts, *cart, named, false)?;
        if found.is_others {
            return Err(Reason::NotFound.into());
        }
        if !found.is_held(now) {
            return Err(Reason::InvalidState.into());
        }
        let cart = model.carts.get_mut(&cart.number).unwrap();
        cart.state = Promise::Sold(Some(self.number));
        Ok(cart.lines.clone())
    }

    /// So much stays promised for its cart.
    fn keep(&self, model: &mut Model, held: &BTreeMap<usize, i64>) {
        for (level, of) in model.kept_for_carts.iter_mut().enumerate() {
            *of = held.get(&level).copied().unwrap_or_default();
        }
    }
}

/// Of each line what is promised and what waits; and why nothing was taken over from its cart.
fn promised(placed: Placed) -> String {
    let lines = placed.promises.iter().map(|it| format!("{}+{} ", it.0, it.1));
    let lost = placed.not_taken_over.map_or(String::new(), |it| format!("{:?}", it.reason));
    format!("promised {}{lost}", lines.collect::<String>())
}
