use erpsync_client::proto;
use erpsync_client::proto::watch_stock_response::Event;

use super::{COLUMNS, cells};
use crate::cli::end::End;
use crate::cli::follow::{Begin, Follow};
use crate::cli::output::{Output, Rows};
use crate::cli::reach::Reach;

/// For `--help`.
pub const EXAMPLES: &str = "\
Examples:
  erpsync stock watch
  erpsync stock watch --sku MUG --sku CUP --from now
  erpsync stock watch --output json --token-file stock.token | ./put-into-shop";

/// What to watch.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only this article; may be repeated
    #[arg(long)]
    sku: Vec<String>,
    /// Only this warehouse or store; may be repeated
    #[arg(long)]
    location: Vec<String>,
    #[command(flatten)]
    follow: Follow,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reach: Reach,
}

/// Shows levels as they change.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { sku, location, follow, output, reach } = arguments;
    let filter = Some(proto::StockFilter { skus: sku, locations: location });
    let start = Some(follow.start(Begin::Snapshot)?);
    let request = proto::WatchStockRequest { filter, start };
    let mut rows = Rows::new(output.format, "StockLevel", COLUMNS);
    let show = |message: proto::WatchStockResponse| {
        let levels = match message.event {
            Some(Event::SnapshotChunk(it)) => it.levels,
            Some(Event::Changes(it)) => it.levels,
            _ => Vec::new(),
        };
        for level in &levels {
            rows.add(level, cells(level))?;
        }
        rows.flush()?;
        Ok(levels.len() as u64)
    };
    follow.follow(&reach.connect().await?, request, show).await
}
