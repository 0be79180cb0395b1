//! What a shop and a tool know from their watches alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use erpsync_client::{Authorized, Connection, proto};

use super::play::{add, amount};
use crate::cli::told;
use crate::decimal::Decimal;

/// How long a watch may need for the last change.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a watch has told so far.
#[derive(Default)]
pub struct Watched {
    /// Levels by article.
    pub levels: BTreeMap<String, proto::StockLevel>,
    /// When each revision of a level arrived.
    pub arrived: HashMap<i64, Instant>,
    /// Totals of invoices and credit notes, by what they are and their ids.
    pub totals: BTreeMap<(&'static str, String), Decimal>,
    revision: i64,
}

/// A watch that goes on by itself.
pub type Watching = Arc<Mutex<Watched>>;

/// The demo ends once heartbeats say that everything was delivered: they are to be quick about it.
fn start() -> Option<proto::WatchStart> {
    let heartbeat_interval = Some(prost_types::Duration { seconds: 1, nanos: 0 });
    Some(proto::WatchStart { heartbeat_interval, ..Default::default() })
}

/// Watches stock as a shop does, from before the first statement on.
pub async fn shop(shop: &Connection) -> Result<Watching, String> {
    use proto::watch_stock_response::Event;
    let request = proto::WatchStockRequest { filter: None, start: start() };
    let mut watch = shop.watch(request);
    // It begins here, with what there is until now.
    watch.next().await.transpose().map_err(told)?;
    let watched = Watching::default();
    let shared = watched.clone();
    tokio::spawn(async move {
        // It resumes by itself; that one has ended is noticed by whoever waits for its last revision.
        while let Some(Ok(message)) = watch.next().await {
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

/// Watches all that is worth money, as whoever keeps the accounts does.
pub async fn money(erp: &Connection) -> Result<Watching, String> {
    use proto::watch_changes_response::Event;
    let kinds = ["order", "invoice", "credit_note"].map(str::to_owned).to_vec();
    let filter = Some(proto::ChangeFilter { kinds });
    let request = proto::WatchChangesRequest { filter, start: start() };
    let mut watch = erp.watch(request);
    // It begins here, with what there is until now.
    watch.next().await.transpose().map_err(told)?;
    let watched = Watching::default();
    let shared = watched.clone();
    tokio::spawn(async move {
        while let Some(Ok(message)) = watch.next().await {
            let mut watched = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let (entries, revision) = match message.event {
                Some(Event::SnapshotChunk(chunk)) => (chunk.entries, None),
                Some(Event::Changes(it)) => (it.entries, Some(it.revision)),
                Some(Event::Heartbeat(it)) => (Vec::new(), Some(it.revision)),
                _ => continue,
            };
            let totals = entries.into_iter().filter_map(|it| total(it.state?));
            watched.totals.extend(totals);
            watched.revision = watched.revision.max(revision.unwrap_or_default());
        }
    });
    Ok(watched)
}

/// What an entry is worth, and as what it counts.
fn total(state: proto::change_entry::State) -> Option<((&'static str, String), Decimal)> {
    use proto::change_entry::State;
    let (what, id, total) = match state {
        State::Order(it) => ("ordered", it.order_id, it.total),
        State::Invoice(it) => ("invoiced", it.invoice_id, it.total),
        State::CreditNote(it) => (credited(&it), it.credit_note_id, it.total),
        _ => return None,
    };
    Some(((what, id), amount(&total)))
}

fn credited(note: &proto::CreditNote) -> &'static str {
    match note.kind() {
        proto::CreditNoteKind::FreeCredit => "credited freely",
        _ => "credited for returns",
    }
}

impl Watched {
    /// The sums of all that it was told.
    pub fn money(&self) -> BTreeMap<String, Decimal> {
        let mut sums = BTreeMap::new();
        self.totals.iter().for_each(|((what, _), total)| add(&mut sums, what, *total));
        sums
    }
}

/// Waits until a watch has come so far.
pub async fn wait_for(watching: &Watching, revision: i64) -> Result<(), String> {
    let begin = Instant::now();
    loop {
        let there = watching.lock().unwrap_or_else(PoisonError::into_inner).revision;
        if revision <= there {
            return Ok(());
        }
        if PATIENCE < begin.elapsed() {
            return Err(format!("a watch stopped at revision {there} of {revision}"));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// All levels, as the API answers them.
pub async fn list_levels(
    mut stock: proto::stock_service_client::StockServiceClient<Authorized>,
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

/// The sums of all orders, invoices and credit notes, as the API answers them.
pub async fn list_money(erp: &Connection) -> Result<BTreeMap<String, Decimal>, String> {
    const PAGE: i32 = 100;
    let mut sums = BTreeMap::new();
    let mut page_token = String::new();
    loop {
        let request =
            proto::ListOrdersRequest { page_size: PAGE, page_token, ..Default::default() };
        let page = erp.orders().list_orders(request).await.map_err(told)?.into_inner();
        page.orders.iter().for_each(|it| add(&mut sums, "ordered", amount(&it.total)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    loop {
        let request =
            proto::ListInvoicesRequest { page_size: PAGE, page_token, ..Default::default() };
        let page = erp.invoices().list_invoices(request).await.map_err(told)?.into_inner();
        page.invoices.iter().for_each(|it| add(&mut sums, "invoiced", amount(&it.total)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    loop {
        let request =
            proto::ListCreditNotesRequest { page_size: PAGE, page_token, ..Default::default() };
        let page = erp.credit_notes().list_credit_notes(request).await.map_err(told)?.into_inner();
        page.credit_notes.iter().for_each(|it| add(&mut sums, credited(it), amount(&it.total)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return Ok(sums);
        }
    }
}
