//! The shop takes a snapshot of its stock and then every change: watch_stock COUNT FILE.
//!
//! Started again with the same FILE, it goes on where it stopped.

use erpsync_client::proto::watch_start::Start;
use erpsync_client::proto::watch_stock_response::Event;
use erpsync_client::{Connection, proto};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().ok_or("COUNT is missing")?.parse()?;
    let file = arguments.next().ok_or("FILE is missing")?;
    let address = std::env::var("ERPSYNC_ADDRESS")?;
    let shop = Connection::open(&address, &std::env::var("ERPSYNC_SHOP_TOKEN")?).await?;

    let start = std::fs::read_to_string(&file).map_or(Start::Snapshot(true), Start::ResumeToken);
    let start = Some(proto::WatchStart { start: Some(start), ..Default::default() });
    let mut watch = shop.watch(proto::WatchStockRequest { filter: None, start });
    for _ in 0..count {
        let message = watch.next().await.ok_or("the watch has ended")??;
        let levels = match message.event {
            Some(Event::SnapshotChunk(chunk)) => chunk.levels,
            Some(Event::Changes(changes)) => changes.levels,
            // A heartbeat, say.
            _ => Vec::new(),
        };
        for level in levels {
            println!("{} {}", level.sku, level.sellable);
        }
        // Only now is the message done with; if the line breaks before, it comes again.
        std::fs::write(&file, message.resume_token)?;
    }
    Ok(())
}
