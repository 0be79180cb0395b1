use std::io;

use csv::Writer;
use erpsync_client::proto;
use indicatif::ProgressBar;

use crate::cli::end::End;
use crate::cli::output::{Format, Output, json, print};
use crate::cli::reach::Reach;

/// For `--help`.
pub const EXAMPLES: &str = "\
Articles that are made of others are left out: nothing is kept of them, and what is stated of a box counts
as what it is made of.

Examples:
  erpsync stock export > stock.csv
  erpsync stock export --location store-7 | head
  erpsync stock export --output json";

/// What to write.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only this article
    #[arg(long)]
    sku: Option<String>,
    /// Only this warehouse or store
    #[arg(long)]
    location: Option<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reach: Reach,
}

/// The first three are what `import` reads.
const COLUMNS: [&str; 8] = [
    "sku",
    "location",
    "on_hand",
    "reserved",
    "committed_elsewhere",
    "sellable",
    "back_ordered",
    "revision",
];

/// Writes all levels to standard output.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { sku, location, output, reach } = arguments;
    let request = proto::ListStockRequest {
        sku: sku.unwrap_or_default(),
        location: location.unwrap_or_default(),
        page_size: 1_000,
        ..Default::default()
    };
    let mut levels = reach.connect().await?.list(request);
    let mut file = Writer::from_writer(io::stdout());
    if output.format == Format::Table {
        file.write_record(COLUMNS)?;
    }
    // Drawn on a terminal alone.
    let bar = ProgressBar::no_length().with_message("levels");
    while let Some(level) = levels.next().await {
        let level = level?;
        if level.composed {
            continue;
        }
        match output.format {
            Format::Json => print(&(json("StockLevel", &level)? + "\n"))?,
            Format::Table => file.write_record(record(&level))?,
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(file.flush()?)
}

fn record(level: &proto::StockLevel) -> [String; 8] {
    [
        level.sku.clone(),
        level.location.clone(),
        level.on_hand.clone(),
        level.reserved.clone(),
        level.committed_elsewhere.clone(),
        level.sellable.clone(),
        level.back_ordered.clone(),
        level.revision.to_string(),
    ]
}
