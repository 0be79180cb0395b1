//! Shops that never stop ordering, and a watcher that never stops coming back.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use erpsync_client::{Connection, proto, refusal};
use tokio::sync::watch;
use tonic::Code;

use crate::kit::Process;
use crate::kit::trade::{may_wait, order, set};

const WRITERS: usize = 16;

/// Writers who say again whatever was not answered, with the same identity.
pub struct Writers {
    shared: Arc<Shared>,
    address: watch::Sender<String>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
    watcher: tokio::task::JoinHandle<()>,
}

struct Shared {
    shop: Connection,
    stop: AtomicBool,
    unanswered: AtomicUsize,
    /// What the server said OK to.
    acknowledged: Mutex<BTreeSet<String>>,
    /// How often a write was said again because its answer was lost.
    said_again: AtomicUsize,
    /// The level that all orders want, as the watcher knows it.
    watched: Mutex<proto::StockLevel>,
}

impl Writers {
    pub async fn start(server: &Process) -> Writers {
        set(&server.connect("demo/production/erp").await, "mug", "0").await;
        let shared = Arc::new(Shared {
            shop: server.connect("demo/production/shop-a").await,
            stop: AtomicBool::new(false),
            unanswered: AtomicUsize::new(0),
            acknowledged: Mutex::default(),
            said_again: AtomicUsize::new(0),
            watched: Mutex::default(),
        });
        let (address, addresses) = watch::channel(server.address.clone());
        let task = |nth| tokio::spawn(write(shared.clone(), addresses.clone(), nth));
        let tasks = (0..WRITERS).map(task).collect();
        let watcher = tokio::spawn(follow(shared.clone(), addresses));
        Writers { shared, address, tasks, watcher }
    }

    /// Waits until so many more writes were acknowledged.
    pub async fn acknowledged(&self, more: usize) {
        let count = || self.shared.acknowledged.lock().unwrap().len();
        let goal = count() + more;
        let reached = async {
            while count() < goal {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), reached).await.expect("writes go on");
    }

    /// How many calls have been made and not been answered.
    pub fn under_way(&self) -> usize {
        self.shared.unanswered.load(Ordering::SeqCst)
    }

    pub fn moved_to(&self, server: &Process) {
        self.address.send(server.address.clone()).unwrap();
    }

    /// Lets everyone finish, then compares what was acknowledged with what is there, and with what
    /// the watcher was told. How often something had to be said again.
    pub async fn check(self, server: &Process) -> usize {
        self.shared.stop.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
        let shop = server.connect("demo/production/shop-a").await;
        let mut there = Vec::new();
        let mut request = proto::ListOrdersRequest { page_size: 1_000, ..Default::default() };
        loop {
            let page = shop.orders().list_orders(request.clone()).await.unwrap().into_inner();
            there.extend(page.orders.into_iter().map(|it| it.external_order_id));
            request.page_token = page.next_page_token;
            if request.page_token.is_empty() {
                break;
            }
        }
        let once: BTreeSet<_> = there.iter().cloned().collect();
        let acknowledged = self.shared.acknowledged.lock().unwrap().clone();
        assert_eq!(once, acknowledged, "lost or unasked for");
        assert_eq!(once.len(), there.len(), "applied twice");

        let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
        let level = shop.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
        assert_eq!(level.back_ordered, there.len().to_string(), "promised twice, or not at all");
        let converged = async {
            while *self.shared.watched.lock().unwrap() != level {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let converged = tokio::time::timeout(Duration::from_secs(60), converged).await;
        assert!(converged.is_ok(), "{:?}, and not {level:?}", self.shared.watched.lock().unwrap());
        self.watcher.abort();
        self.shared.said_again.load(Ordering::SeqCst)
    }
}

async fn write(shared: Arc<Shared>, mut addresses: watch::Receiver<String>, nth: usize) {
    let mut shop = shared.shop.clone();
    for count in 0.. {
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let name = format!("writer-{nth}-{count}");
        let request = may_wait(order(&name, &[("mug", "1")]));
        loop {
            shared.unanswered.fetch_add(1, Ordering::SeqCst);
            let answer = shop.orders().submit_order(request.clone()).await;
            shared.unanswered.fetch_sub(1, Ordering::SeqCst);
            let Err(status) = answer else { break };
            must_be_passing(&status);
            shared.said_again.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            if addresses.has_changed().unwrap() {
                let address = addresses.borrow_and_update().clone();
                shop = shared.shop.moved(&address).await.expect("the new server");
            }
        }
        shared.acknowledged.lock().unwrap().insert(name);
    }
}

/// Watches, and comes back with the last token whenever the stream ends.
async fn follow(shared: Arc<Shared>, mut addresses: watch::Receiver<String>) {
    use proto::watch_stock_response::Event;
    let (mut shop, mut resume_token) = (shared.shop.clone(), String::new());
    loop {
        let start = (!resume_token.is_empty())
            .then(|| proto::watch_start::Start::ResumeToken(resume_token.clone()));
        let start = Some(proto::WatchStart { start, ..Default::default() });
        let request = proto::WatchStockRequest { start, ..Default::default() };
        if let Ok(stream) = shop.stock().watch_stock(request).await {
            let mut stream = stream.into_inner();
            while let Ok(Some(message)) = stream.message().await {
                let levels = match message.event {
                    Some(Event::SnapshotChunk(chunk)) => chunk.levels,
                    Some(Event::Changes(changes)) => changes.levels,
                    _ => Vec::new(),
                };
                let mut watched = shared.watched.lock().unwrap();
                for level in levels {
                    if watched.revision < level.revision {
                        *watched = level;
                    }
                }
                resume_token = message.resume_token;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        if addresses.has_changed().unwrap_or(false) {
            let address = addresses.borrow_and_update().clone();
            if let Ok(moved) = shared.shop.moved(&address).await {
                shop = moved;
            }
        }
    }
}

fn must_be_passing(status: &tonic::Status) {
    let reason = refusal(status).map(|it| it.reason);
    let is_passing = matches!(reason.as_deref(), None | Some("DATABASE_UNAVAILABLE"));
    assert!(is_passing || status.code() == Code::Unavailable, "{status:?}");
}
