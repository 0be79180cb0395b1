//! Clients that do what merchants' systems do, as fast as they can or at a fixed rate.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use erpsync_client::{Connection, proto};
use hdrhistogram::Histogram;
use proto::push_stock_request::Message;
use proto::push_stock_response::Event;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Streaming;

use crate::kit::sku;

pub const BATCH: usize = 1_000;

/// An upload under way.
pub struct Uploader {
    say: mpsc::Sender<proto::PushStockRequest>,
    hear: Streaming<proto::PushStockResponse>,
    number: i64,
    on_their_way: VecDeque<i64>,
    pub counts: proto::PushCounts,
}

impl Uploader {
    pub async fn open(erp: &Connection, id: &str) -> Uploader {
        let (say, said) = mpsc::channel(8);
        let open = proto::PushOpen { upload_id: id.into() };
        say.send(proto::PushStockRequest { message: Some(Message::Open(open)) }).await.unwrap();
        let hear = erp.stock().push_stock(ReceiverStream::new(said)).await.expect("an upload");
        let mut hear = hear.into_inner();
        assert!(matches!(next(&mut hear).await, Event::Opened(_)));
        let (on_their_way, counts) = (VecDeque::new(), proto::PushCounts::default());
        Uploader { say, hear, number: 0, on_their_way, counts }
    }

    /// Sends a batch as soon as fewer than eight are on their way.
    pub async fn push(&mut self, readings: Vec<proto::StockReading>) {
        while 8 <= self.on_their_way.len() {
            self.acknowledged().await;
        }
        self.number += 1;
        let batch = proto::PushStockBatch { batch_number: self.number, readings };
        let said = proto::PushStockRequest { message: Some(Message::Batch(batch)) };
        self.say.send(said).await.expect("a stream that goes on");
        self.on_their_way.push_back(self.number);
    }

    async fn acknowledged(&mut self) {
        let Event::Acknowledged(done) = next(&mut self.hear).await else {
            panic!("no acknowledgement");
        };
        assert_eq!(Some(done.batch_number), self.on_their_way.pop_front());
        let counts = done.counts.unwrap_or_default();
        self.counts.applied += counts.applied;
        self.counts.unchanged += counts.unchanged;
        self.counts.refused += counts.refused;
    }

    /// Until all that was sent was acknowledged.
    pub async fn settle(&mut self) {
        while !self.on_their_way.is_empty() {
            self.acknowledged().await;
        }
    }

    pub async fn finish(mut self) -> proto::PushFinished {
        self.settle().await;
        let said = proto::PushStockRequest { message: Some(Message::Finish(proto::PushFinish {})) };
        self.say.send(said).await.expect("a stream that goes on");
        match next(&mut self.hear).await {
            Event::Finished(it) => it,
            other => panic!("{other:?}"),
        }
    }
}

async fn next(hear: &mut Streaming<proto::PushStockResponse>) -> Event {
    hear.message().await.expect("an answer").expect("it goes on").event.expect("an event")
}

pub fn reading(sku: String, on_hand: u64) -> proto::StockReading {
    proto::StockReading { sku, on_hand: on_hand.to_string(), ..Default::default() }
}

/// Gives a world so many articles, each with the same stock.
pub async fn fill(erp: &Connection, levels: usize, on_hand: u64) {
    let mut uploader = Uploader::open(erp, "fill").await;
    for first in (0..levels).step_by(BATCH) {
        let all = first..levels.min(first + BATCH);
        uploader.push(all.map(|it| reading(sku(it), on_hand)).collect()).await;
    }
    let finished = uploader.finish().await;
    assert_eq!(finished.counts.unwrap_or_default().applied, levels as i64);
}

/// A thousand articles that are scattered over all, others each time; each reading new.
pub fn scattered(levels: usize, round: &mut u64) -> Vec<proto::StockReading> {
    *round += 1;
    let first = (*round as usize * 104_729) % levels;
    let on_hand = 1_000_000 + *round;
    (0..BATCH).map(|nth| reading(sku((first + nth * 7) % levels), on_hand)).collect()
}

/// Pushes for a while; readings that were applied, each second.
pub async fn push_for(erp: &Connection, id: &str, levels: usize, time: Duration) -> f64 {
    let mut uploader = Uploader::open(erp, id).await;
    // Other readings than any upload before: figures are new each time.
    let mut round = u64::from(std::process::id()) + NUMBERS.fetch_add(1_000_000, Ordering::Relaxed);
    let begin = Instant::now();
    while begin.elapsed() < time {
        uploader.push(scattered(levels, &mut round)).await;
    }
    uploader.settle().await;
    let took = begin.elapsed();
    let counts = uploader.counts;
    assert_eq!((counts.unchanged, counts.refused), (0, 0), "a reading that was not applied");
    uploader.finish().await;
    counts.applied as f64 / took.as_secs_f64()
}

/// Numbers that nobody has used in this run.
static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// An order of one piece of each of these articles.
pub fn order(skus: &[String]) -> proto::SubmitOrderRequest {
    let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
    let line = |(nth, sku): (usize, &String)| proto::OrderLine {
        line_id: nth.to_string(),
        sku: sku.clone(),
        quantity: "1".into(),
        unit_price: "10".into(),
        amount: "10".into(),
        ..Default::default()
    };
    proto::SubmitOrderRequest {
        external_order_id: format!("bench-{number}"),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines: skus.iter().enumerate().map(line).collect(),
        total: (10 * skus.len()).to_string(),
        ..Default::default()
    }
}

/// Three articles that are scattered over all.
pub fn three(levels: usize) -> Vec<String> {
    let nth = NUMBERS.fetch_add(1, Ordering::Relaxed) as usize;
    [1, 7_919, 104_729].map(|prime| sku((nth * prime) % levels)).into()
}

/// Orders that came in, and those that were refused for stock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sold {
    pub placed: u64,
    pub refused: u64,
    pub per_second: f64,
}

/// So many callers, each one order after the other, for a while. Callers share connections by the dozen, as
/// many shops share one plugin's pool.
pub async fn order_for(
    shops: &[Connection],
    callers: usize,
    time: Duration,
    skus: impl Fn() -> Vec<String> + Clone + Send + Sync + 'static,
) -> Sold {
    let begin = Instant::now();
    let callers = (0..callers).map(|nth| {
        let (shop, skus) = (shops[nth % shops.len()].clone(), skus.clone());
        tokio::spawn(async move {
            let (mut placed, mut refused) = (0, 0);
            let mut orders = shop.orders();
            while begin.elapsed() < time {
                match orders.submit_order(order(&skus())).await {
                    Ok(_) => placed += 1,
                    Err(it) if it.code() == tonic::Code::FailedPrecondition => refused += 1,
                    Err(it) => panic!("an order failed: {it}"),
                }
            }
            (placed, refused)
        })
    });
    let (mut placed, mut refused) = (0, 0);
    for caller in callers.collect::<Vec<_>>() {
        let (some, others) = caller.await.expect("a caller");
        placed += some;
        refused += others;
    }
    Sold { placed, refused, per_second: (placed + refused) as f64 / begin.elapsed().as_secs_f64() }
}

/// Calls at a fixed rate whether or not the last one was answered: what is late counts as late. The time from
/// when a call was due until it was done.
pub async fn at_rate<F>(per_second: u32, time: Duration, call: impl Fn(u64) -> F) -> Histogram<u64>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (done, mut all) = mpsc::unbounded_channel();
    let begin = Instant::now();
    let gap = Duration::from_secs(1) / per_second;
    let calls = (time.as_secs_f64() * f64::from(per_second)) as u64;
    for nth in 0..calls {
        let due = begin + gap * nth as u32;
        tokio::time::sleep_until(due.into()).await;
        let (call, done) = (call(nth), done.clone());
        tokio::spawn(async move {
            call.await;
            let _ = done.send(due.elapsed());
        });
    }
    drop(done);
    let mut latencies = Histogram::new(3).expect("a histogram");
    while let Some(took) = all.recv().await {
        latencies.record(took.as_micros() as u64).expect("a time");
    }
    assert_eq!(latencies.len(), calls, "a call had no end");
    latencies
}

/// Milliseconds.
pub fn p99(latencies: &Histogram<u64>) -> f64 {
    latencies.value_at_quantile(0.99) as f64 / 1_000.0
}

/// Orders at a fixed rate, three lines each: p99 in milliseconds.
pub async fn gentle(shop: &Connection, levels: usize, per_second: u32, time: Duration) -> f64 {
    let shop = Arc::new(shop.clone());
    let latencies = at_rate(per_second, time, |_| {
        let shop = shop.clone();
        async move {
            shop.orders().submit_order(order(&three(levels))).await.expect("an order");
        }
    })
    .await;
    p99(&latencies)
}
