//! Stock: stated, watched, imported and exported.

mod export;
mod import;
mod set;
mod watch;

use clap::Subcommand;
use erpsync_client::proto;

use super::end::{CODES, End};
use super::output::{Column, numbers, words};

/// What to do about stock.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// State how much of an article lies there
    #[command(after_help = set::EXAMPLES)]
    Set(set::Arguments),
    /// Follow what may be sold
    #[command(after_help = watch::EXAMPLES)]
    Watch(watch::Arguments),
    /// State what a file says
    #[command(after_help = format!("{}\n\n{CODES}", import::EXAMPLES))]
    Import(import::Arguments),
    /// Write all stock as CSV, which `import` reads
    #[command(after_help = export::EXAMPLES)]
    Export(export::Arguments),
}

/// Does it, through the API.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    match arguments.what {
        What::Set(arguments) => set::run(arguments).await,
        What::Watch(arguments) => watch::run(arguments).await,
        What::Import(arguments) => import::run(arguments).await,
        What::Export(arguments) => export::run(arguments).await,
    }
}

/// What is shown of a level.
const COLUMNS: [Column; 7] = [
    words("SKU"),
    words("LOCATION"),
    numbers("ON HAND"),
    numbers("RESERVED"),
    numbers("SELLABLE"),
    numbers("BACK ORDERED"),
    numbers("REVISION"),
];

fn cells(level: &proto::StockLevel) -> [String; 7] {
    let on_hand = if level.removed { "removed".to_owned() } else { level.on_hand.clone() };
    [
        level.sku.clone(),
        level.location.clone(),
        on_hand,
        level.reserved.clone(),
        level.sellable.clone(),
        level.back_ordered.clone(),
        level.revision.to_string(),
    ]
}
