//! The days: the ERP states, the shops sell, buyers change their minds, the warehouse finds and loses;
//! in the evening the ERP ships and invoices, at night it credits what came back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use erpsync_client::{Connection, proto};

use super::change::Wish;
use super::file::{Class, Invoice, Kind, Row};
use super::night::Purchases;
use super::watch;
use crate::cli::told;
use crate::decimal::Decimal;

/// Calls at once, where their order does not matter.
pub const AT_ONCE: usize = 32;

/// What was counted while playing, by what erpsync answered.
#[derive(Default)]
pub struct Played {
    /// Rows of the file by what became of them.
    pub rows: BTreeMap<String, u64>,
    /// What happened, how often.
    pub events: BTreeMap<String, u64>,
    /// Money that was ordered, invoiced and credited, as the callers added it up.
    pub money: BTreeMap<String, Decimal>,
    /// The same, as the API lists it in the end.
    pub money_answered: BTreeMap<String, Decimal>,
    /// The same, from the change feed alone.
    pub money_watched: BTreeMap<String, Decimal>,
    /// What the warehouse knows by itself: units of each article.
    pub on_hand: BTreeMap<String, Decimal>,
    /// What the API answers a shop in the end.
    pub answered: BTreeMap<String, proto::StockLevel>,
    /// What a shop knows from its watch alone.
    pub watched: BTreeMap<String, proto::StockLevel>,
    /// What is parked in the end: nothing, if all went well.
    pub parked: usize,
    /// The worst time from the ERP's call to the shop's watch.
    pub delay: Duration,
    /// How long it took.
    pub took: Duration,
}

/// An order, as its shop and the ERP remember it.
pub struct Sold {
    pub number: u64,
    pub customer: String,
    /// On which day.
    pub day: String,
    pub lines: Vec<SoldLine>,
    pub charges: Vec<proto::Charge>,
    /// Nothing is open any more, and what has left was invoiced.
    pub is_closed: bool,
    /// How many shipments it had so far.
    pub shipments: u32,
}

/// A line of goods.
pub struct SoldLine {
    pub id: String,
    pub code: String,
    pub description: String,
    pub price: Decimal,
    pub ordered: Decimal,
    pub shipped: Decimal,
    pub cancelled: Decimal,
    pub returned: Decimal,
}

/// Everybody who calls, and what they remember.
pub struct House {
    pub erp: Connection,
    pub shops: [Connection; 2],
    pub played: Played,
    pub sold: Vec<Sold>,
    /// Lines of the first so many orders, by who bought what.
    pub purchases: Purchases,
    pub indexed: usize,
    /// Changes that the ERP is asked for.
    pub wishes: Vec<Wish>,
    /// When a statement was sent, by the revision that it got.
    pub sent: Vec<(i64, Instant)>,
    /// How far the ERP has read what became of orders.
    pub orders_read: String,
    /// Rises with each morning.
    pub sequence: i64,
    /// Articles that moved since the last morning.
    moved: BTreeSet<String>,
}

/// Plays all days.
pub async fn play(
    erp: Connection,
    shops: [Connection; 2],
    invoices: &[Invoice],
) -> Result<Played, String> {
    let begin = Instant::now();
    let (stock, money) = (watch::shop(&shops[0]).await?, watch::money(&erp).await?);
    let mut days: BTreeMap<&str, Vec<&Invoice>> = BTreeMap::new();
    for invoice in invoices {
        days.entry(&invoice.day).or_default().push(invoice);
    }
    let mut house = House::new(erp, shops);
    let demand = demand(invoices)?;
    let delivery_day = days.keys().nth(days.len() / 2).copied();
    for (nth, (day, invoices)) in days.iter().enumerate() {
        if nth == 0 {
            house.open(&demand)?;
        } else if Some(*day) == delivery_day {
            house.deliver(&demand)?;
        }
        let moved = std::mem::take(&mut house.moved);
        house.state(&moved).await?;
        for invoice in invoices {
            match invoice.class {
                Class::Order => house.submit(invoice).await?,
                Class::Correction => house.correct(invoice).await?,
                Class::Credit => {}
                Class::BadDebt => house.only_count("bad_debt", invoice),
                Class::ChargesOnly => house.only_count("charges_only", invoice),
            }
        }
        house.evening(day, nth + 1 == days.len()).await?;
        let credits = invoices.iter().copied().filter(|it| it.class == Class::Credit);
        house.night(day, &credits.collect::<Vec<_>>()).await?;
        house.take_over().await?;
        progress(nth + 1, days.len(), begin.elapsed());
    }
    eprintln!();
    house.close(&stock, &money, begin).await
}

impl House {
    fn new(erp: Connection, shops: [Connection; 2]) -> House {
        House {
            erp,
            shops,
            played: Played::default(),
            sold: Vec::new(),
            purchases: Purchases::new(),
            indexed: 0,
            wishes: Vec::new(),
            sent: Vec::new(),
            orders_read: String::new(),
            sequence: 0,
            moved: BTreeSet::new(),
        }
    }

    /// What lies there on the first morning.
    fn open(&mut self, demand: &BTreeMap<&str, Decimal>) -> Result<(), String> {
        for (code, asked) in demand {
            let opening = match is_contested(code) {
                true => part(*asked, 60)?,
                false => asked.try_add(Decimal::whole(10)).map_err(|it| it.message)?,
            };
            self.physically(code, opening)?;
        }
        Ok(())
    }

    /// What comes in on the middle day.
    fn deliver(&mut self, demand: &BTreeMap<&str, Decimal>) -> Result<(), String> {
        for (code, asked) in demand.iter().filter(|it| is_contested(it.0)) {
            let delivered = part(*asked, 20)?;
            if delivered.is_positive() {
                self.physically(code, delivered)?;
            }
        }
        Ok(())
    }

    /// Units came or went, as the warehouse sees it.
    pub fn physically(&mut self, code: &str, units: Decimal) -> Result<(), String> {
        let there = self.played.on_hand.entry(code.into()).or_default();
        *there = there.try_add(units).map_err(|it| it.message)?;
        self.moved.insert(code.into());
        Ok(())
    }

    /// All rows of an invoice ended alike.
    pub fn only_count(&mut self, outcome: &str, invoice: &Invoice) {
        self.played.count_rows(outcome, invoice.rows.len());
    }

    /// Asks the API for everything, and the watches for all that they were told.
    async fn close(
        self,
        stock: &watch::Watching,
        money: &watch::Watching,
        begin: Instant,
    ) -> Result<Played, String> {
        let House { erp, shops, mut played, sent, .. } = self;
        let head = erp.changes().get_head(proto::GetHeadRequest {}).await.map_err(told)?;
        let head = head.into_inner().revision;
        watch::wait_for(stock, head).await?;
        watch::wait_for(money, head).await?;
        played.answered = watch::list_levels(shops[0].stock()).await?;
        played.money_answered = watch::list_money(&erp).await?;
        let parked = erp.parking().list_parked(proto::ListParkedRequest::default()).await;
        played.parked = parked.map_err(told)?.into_inner().parked.len();
        played.money_watched = money.lock().unwrap_or_else(PoisonError::into_inner).money();
        let stock = stock.lock().unwrap_or_else(PoisonError::into_inner);
        let delays = sent
            .iter()
            .filter_map(|(revision, at)| Some(stock.arrived.get(revision)?.duration_since(*at)));
        played.delay = delays.max().unwrap_or_default();
        played.watched = stock.levels.clone();
        played.took = begin.elapsed();
        Ok(played)
    }
}

impl Played {
    /// Something happened so many times.
    pub fn happened(&mut self, event: &str, times: usize) {
        if 0 < times {
            *self.events.entry(event.into()).or_default() += times as u64;
        }
    }

    /// So many rows of the file ended so.
    pub fn count_rows(&mut self, outcome: &str, rows: usize) {
        *self.rows.entry(outcome.into()).or_default() += rows as u64;
    }

    /// Money was ordered, invoiced or credited.
    pub fn money(&mut self, what: &str, amount: Decimal) -> Result<(), String> {
        let sum = self.money.entry(what.into()).or_default();
        *sum = sum.try_add(amount).map_err(|it| it.message)?;
        Ok(())
    }
}

impl SoldLine {
    /// A row of goods, of which nothing has left yet.
    pub fn new(id: String, row: &Row) -> SoldLine {
        SoldLine {
            id,
            code: row.code.clone(),
            description: row.description.clone(),
            price: row.price,
            ordered: row.quantity,
            shipped: Decimal::ZERO,
            cancelled: Decimal::ZERO,
            returned: Decimal::ZERO,
        }
    }
}

/// A fact that is parked would be one that the demo got wrong.
pub fn must_be_applied(
    result: Option<proto::FactResult>,
    what: impl FnOnce() -> String,
) -> Result<(), String> {
    match result.unwrap_or_default() {
        it if it.outcome() == proto::Outcome::Applied => Ok(()),
        it => Err(format!("{} ended as {it:?}", what())),
    }
}

/// An amount as the server tells it.
pub fn amount(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_default()
}

/// Adds to a sum by its name; sums of the demo are far from any limit.
pub fn add(sums: &mut BTreeMap<String, Decimal>, what: &str, amount: Decimal) {
    let sum = sums.entry(what.into()).or_default();
    *sum = sum.try_add(amount).unwrap_or_default();
}

/// What the file asks of each article, and articles that it only corrects.
fn demand(invoices: &[Invoice]) -> Result<BTreeMap<&str, Decimal>, String> {
    let mut demand: BTreeMap<&str, Decimal> = BTreeMap::new();
    for invoice in invoices {
        let is_order = invoice.class == Class::Order;
        if !is_order && invoice.class != Class::Correction {
            continue;
        }
        for row in invoice.rows.iter().filter(|it| it.kind == Kind::Goods) {
            let asked = demand.entry(&row.code).or_default();
            if is_order {
                *asked = asked.try_add(row.quantity).map_err(|it| it.message)?;
            }
        }
    }
    Ok(demand)
}

fn is_contested(code: &str) -> bool {
    crc32fast::hash(code.as_bytes()).is_multiple_of(100)
}

/// So many percent, rounded up to whole units.
fn part(of: Decimal, percent: i128) -> Result<Decimal, String> {
    let units = (of.millionths() * percent).div_euclid(100);
    let whole = units.div_euclid(1_000_000) + i128::from(units.rem_euclid(1_000_000) != 0);
    Decimal::from_millionths(whole * 1_000_000).map_err(|it| it.message)
}

/// A bar that grows with the days.
fn progress(done: usize, of: usize, elapsed: Duration) {
    const WIDTH: usize = 30;
    let full = WIDTH * done / of.max(1);
    let (bar, rest) = ("#".repeat(full), " ".repeat(WIDTH - full));
    eprint!("\r[{bar}{rest}] day {done} of {of}, {:.1} s", elapsed.as_secs_f64());
}
