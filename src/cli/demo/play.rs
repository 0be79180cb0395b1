//! The days: the ERP states, the shops sell, the warehouse finds and loses.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use erpsync_client::{Connection, proto, refusal};

use super::file::{Class, Invoice, Kind, Row};
use crate::cli::told;
use crate::decimal::Decimal;

/// Readings in one call.
const BATCH: usize = 1_000;
const PENNY: u32 = 2;
/// How long the shop's watch may need for the last change.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was counted while playing, by what erpsync answered.
#[derive(Default)]
pub struct Played {
    /// Rows of the file by what became of them.
    pub rows: BTreeMap<String, u64>,
    /// What happened, how often.
    pub events: BTreeMap<String, u64>,
    /// Money of the orders that were placed.
    pub ordered: Decimal,
    /// What the warehouse knows by itself: units of each article.
    pub on_hand: BTreeMap<String, Decimal>,
    /// What the API answers in the end.
    pub answered: BTreeMap<String, proto::StockLevel>,
    /// What a shop knows from its watch alone.
    pub watched: BTreeMap<String, proto::StockLevel>,
    /// The worst time from the ERP's call to the shop's watch.
    pub delay: Duration,
    /// How long it took.
    pub took: Duration,
}

impl Played {
    fn happened(&mut self, event: &str, times: usize) {
        *self.events.entry(event.into()).or_default() += times as u64;
    }
}

/// What a shop's watch has told so far.
#[derive(Default)]
struct Watched {
    levels: BTreeMap<String, proto::StockLevel>,
    revision: i64,
    /// When each revision arrived.
    arrived: HashMap<i64, Instant>,
}

/// Plays all days.
pub async fn play(
    erp: Connection,
    shops: [Connection; 2],
    invoices: &[Invoice],
) -> Result<Played, String> {
    let begin = Instant::now();
    let watched = watch(&shops[0]).await?;
    let mut days: BTreeMap<&str, Vec<&Invoice>> = BTreeMap::new();
    for invoice in invoices {
        days.entry(&invoice.day).or_default().push(invoice);
    }
    let mut house = House { erp, shops, played: Played::default(), sent: Vec::new(), sequence: 0 };
    let demand = demand(invoices)?;
    let delivery_day = days.keys().nth(days.len() / 2).copied();
    let mut moved: BTreeSet<&str> = BTreeSet::new();
    for (nth, (day, invoices)) in days.iter().enumerate() {
        let mut stated: BTreeSet<&str> = std::mem::take(&mut moved);
        if nth == 0 {
            for (code, asked) in &demand {
                let opening = match is_contested(code) {
                    true => part(*asked, 60)?,
                    false => asked.try_add(Decimal::whole(10)).map_err(|it| it.message)?,
                };
                house.played.on_hand.insert(code.to_string(), opening);
                stated.insert(code);
            }
        } else if Some(*day) == delivery_day {
            for (code, asked) in demand.iter().filter(|it| is_contested(it.0)) {
                let delivered = part(*asked, 20)?;
                if delivered.is_positive() {
                    house.physically(code, delivered)?;
                    stated.insert(code);
                }
            }
        }
        house.state(&stated).await?;
        for invoice in invoices {
            match invoice.class {
                Class::Order => house.submit(invoice).await?,
                Class::Correction => moved.extend(house.correct(invoice).await?),
                Class::Credit => house.only_count("credit", invoice),
                Class::BadDebt => house.only_count("bad_debt", invoice),
                Class::ChargesOnly => house.only_count("charges_only", invoice),
            }
        }
        progress(nth + 1, days.len(), begin.elapsed());
    }
    eprintln!();
    let House { erp, mut played, sent, .. } = house;
    let head = erp.stock();
    played.answered = list(head).await?;
    let last = sent.iter().map(|it| it.0).chain(played.answered.values().map(|it| it.revision));
    let last = last.max().unwrap_or_default();
    let watched = wait_for(&watched, last).await?;
    let watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
    let delays = sent
        .iter()
        .filter_map(|(revision, at)| Some(watched.arrived.get(revision)?.duration_since(*at)));
    played.delay = delays.max().unwrap_or_default();
    played.watched = watched.levels.clone();
    played.took = begin.elapsed();
    Ok(played)
}

/// Everybody who calls, and what was counted.
struct House {
    erp: Connection,
    shops: [Connection; 2],
    played: Played,
    /// When a statement was sent, by the revision that it got.
    sent: Vec<(i64, Instant)>,
    /// Rises with each morning.
    sequence: i64,
}

impl House {
    fn physically(&mut self, code: &str, units: Decimal) -> Result<(), String> {
        let there = self.played.on_hand.entry(code.into()).or_default();
        *there = there.try_add(units).map_err(|it| it.message)?;
        Ok(())
    }

    fn only_count(&mut self, outcome: &str, invoice: &Invoice) {
        *self.played.rows.entry(outcome.into()).or_default() += invoice.rows.len() as u64;
    }

    /// The ERP states what lies there.
    async fn state(&mut self, codes: &BTreeSet<&str>) -> Result<(), String> {
        self.sequence += 1;
        let codes: Vec<&&str> = codes.iter().collect();
        for (nth, codes) in codes.chunks(BATCH).enumerate() {
            let reading = |code: &&&str| proto::StockReading {
                sku: code.to_string(),
                on_hand: self.played.on_hand.get(**code).copied().unwrap_or_default().to_string(),
                statement_sequence: self.sequence,
                ..Default::default()
            };
            let request = proto::SetStockRequest {
                request_id: format!("statement-{}-{nth}", self.sequence),
                readings: codes.iter().map(reading).collect(),
            };
            let at = Instant::now();
            let done = self.erp.stock().set_stock(request).await.map_err(told)?.into_inner();
            self.sent.push((done.revision, at));
            for result in done.results {
                match result.outcome() {
                    proto::Outcome::Applied => self.played.happened("statements applied", 1),
                    proto::Outcome::Unchanged => self.played.happened("statements unchanged", 1),
                    other => return Err(format!("a statement ended as {other:?}: {result:?}")),
                }
            }
        }
        Ok(())
    }

    /// The warehouse has found or lost something; answers what.
    async fn correct<'a>(&mut self, invoice: &'a Invoice) -> Result<Vec<&'a str>, String> {
        self.only_count("correction", invoice);
        let rows: Vec<&Row> = invoice.rows.iter().filter(|it| it.kind == Kind::Goods).collect();
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let adjustment = |row: &&Row| proto::StockAdjustment {
            sku: row.code.clone(),
            quantity: row.quantity.to_string(),
            reason: format!("correction {}", invoice.number),
            ..Default::default()
        };
        let request = proto::AdjustStockRequest {
            request_id: format!("correction-{}", invoice.number),
            adjustments: rows.iter().map(adjustment).collect(),
        };
        let done = self.erp.stock().adjust_stock(request).await.map_err(told)?.into_inner();
        for (result, row) in done.results.iter().zip(&rows) {
            if result.outcome() != proto::Outcome::Applied {
                return Err(format!("correction {}: {result:?}", invoice.number));
            }
            self.physically(&row.code, row.quantity)?;
            self.played.happened("movements", 1);
        }
        Ok(rows.into_iter().map(|it| it.code.as_str()).collect())
    }

    /// A shop has sold something.
    async fn submit(&mut self, invoice: &Invoice) -> Result<(), String> {
        let (order, number) = order(invoice)?;
        let total = Decimal::parse(&order.total)?;
        let shop = &self.shops[usize::from(number.is_multiple_of(3))];
        let outcome = match shop.orders().submit_order(order).await {
            Ok(done) => {
                let promises = done.into_inner().promises;
                let waiting = promises.iter().filter(|it| it.back_ordered != "0").count();
                self.played.happened("orders placed", 1);
                self.played.happened("order lines", promises.len());
                self.played.happened("order lines back ordered", waiting);
                self.played.happened("orders with back orders", usize::from(0 < waiting));
                self.played.ordered =
                    self.played.ordered.try_add(total).map_err(|it| it.message)?;
                "order placed".to_owned()
            }
            Err(status) => {
                let reason = refusal(&status).map(|it| it.reason);
                let reason = reason.filter(|it| it == "INSUFFICIENT_STOCK");
                let reason =
                    reason.ok_or_else(|| format!("{}: {}", invoice.number, told(status)))?;
                self.played.happened(&format!("orders refused {reason}"), 1);
                format!("order refused {reason}")
            }
        };
        self.only_count(&outcome, invoice);
        Ok(())
    }
}

/// An invoice as the order that it was, and its number.
fn order(invoice: &Invoice) -> Result<(proto::SubmitOrderRequest, u64), String> {
    let number: u64 = invoice.number.parse().map_err(|_| format!("{}?", invoice.number))?;
    let (mut lines, mut charges, mut total) = (Vec::new(), Vec::new(), Decimal::ZERO);
    for (nth, row) in invoice.rows.iter().enumerate() {
        let amount = row.quantity.times(row.price, PENNY).map_err(|it| it.message)?;
        let adds = if row.kind == Kind::Discount { amount.negated() } else { amount };
        total = total.try_add(adds).map_err(|it| it.message)?;
        let kind = match row.kind {
            Kind::Goods => {
                lines.push(proto::OrderLine {
                    line_id: (nth + 1).to_string(),
                    sku: row.code.clone(),
                    description: row.description.clone(),
                    quantity: row.quantity.to_string(),
                    unit_price: row.price.to_string(),
                    amount: amount.to_string(),
                    ..Default::default()
                });
                continue;
            }
            Kind::Shipping => proto::ChargeKind::Shipping,
            Kind::Fee => proto::ChargeKind::Fee,
            Kind::Discount => proto::ChargeKind::Discount,
        };
        charges.push(proto::Charge {
            charge_id: (nth + 1).to_string(),
            kind: kind.into(),
            amount: amount.to_string(),
            description: row.description.clone(),
            taxes: Vec::new(),
        });
    }
    let customer = invoice.rows.first().map(|it| it.customer.clone());
    let order = proto::SubmitOrderRequest {
        external_order_id: invoice.number.clone(),
        order_date: invoice.day.clone(),
        allow_back_order: number.is_multiple_of(2),
        currency_code: "GBP".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines,
        charges,
        total: total.to_string(),
        external_customer_id: customer.unwrap_or_default(),
        ..Default::default()
    };
    Ok((order, number))
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

/// Watches stock as a shop does, from before the first statement on.
async fn watch(shop: &Connection) -> Result<Arc<Mutex<Watched>>, String> {
    use proto::watch_stock_response::Event;
    let request = proto::WatchStockRequest::default();
    let mut stream = shop.stock().watch_stock(request).await.map_err(told)?.into_inner();
    let watched = Arc::<Mutex<Watched>>::default();
    let shared = watched.clone();
    tokio::spawn(async move {
        // A watch that ends early is noticed by whoever waits for its last revision.
        while let Ok(Some(message)) = stream.message().await {
            let mut watched = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let (levels, revision) = match message.event {
                Some(Event::SnapshotChunk(chunk)) => (chunk.levels, None),
                Some(Event::Changes(it)) => (it.levels, Some(it.revision)),
                Some(Event::Heartbeat(it)) => (Vec::new(), Some(it.revision)),
                _ => continue,
            };
            for level in levels {
                watched.arrived.entry(level.revision).or_insert_with(Instant::now);
                watched.levels.insert(level.sku.clone(), level);
            }
            watched.revision = watched.revision.max(revision.unwrap_or_default());
        }
    });
    Ok(watched)
}

async fn wait_for(
    watched: &Arc<Mutex<Watched>>,
    revision: i64,
) -> Result<Arc<Mutex<Watched>>, String> {
    let begin = Instant::now();
    loop {
        let there = watched.lock().unwrap_or_else(PoisonError::into_inner).revision;
        if revision <= there {
            return Ok(watched.clone());
        }
        if PATIENCE < begin.elapsed() {
            return Err(format!("the shop's watch stopped at revision {there} of {revision}"));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn list(
    mut stock: proto::stock_service_client::StockServiceClient<erpsync_client::Authorized>,
) -> Result<BTreeMap<String, proto::StockLevel>, String> {
    let (mut levels, mut page_token) = (BTreeMap::new(), String::new());
    loop {
        let request =
            proto::ListStockRequest { page_size: 1_000, page_token, ..Default::default() };
        let page = stock.list_stock(request).await.map_err(told)?.into_inner();
        levels.extend(page.levels.into_iter().map(|it| (it.sku.clone(), it)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return Ok(levels);
        }
    }
}

/// A bar that grows with the days.
fn progress(done: usize, of: usize, elapsed: Duration) {
    const WIDTH: usize = 30;
    let full = WIDTH * done / of.max(1);
    let (bar, rest) = ("#".repeat(full), " ".repeat(WIDTH - full));
    eprint!("\r[{bar}{rest}] day {done} of {of}, {:.1} s", elapsed.as_secs_f64());
}
