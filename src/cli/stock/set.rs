use erpsync_client::proto;

use crate::cli::end::End;
use crate::cli::output::{Format, Output, json, print, word};
use crate::cli::reach::Reach;

/// For `--help`.
pub const EXAMPLES: &str = "\
Examples:
  erpsync stock set MUG 5
  erpsync stock set MUG 5 --location store-7
  erpsync stock set MUG 5 --statement-sequence 1042 --ledger-through 88017";

/// What lies there.
#[derive(clap::Args)]
pub struct Arguments {
    /// The article
    sku: String,
    /// Units that lie there; may be negative
    #[arg(allow_negative_numbers = true)]
    on_hand: String,
    /// The warehouse or store; left out: main
    #[arg(long)]
    location: Option<String>,
    /// Rises with each reading
    #[arg(long, value_name = "NUMBER")]
    statement_sequence: Option<i64>,
    /// Raised when the source was restored or renumbered
    #[arg(long, value_name = "NUMBER")]
    source_epoch: Option<i64>,
    /// The highest movement that the reading contains, in the source's own ledger
    #[arg(long, value_name = "NUMBER")]
    ledger_through: Option<i64>,
    /// Units that the source has promised to all its open orders
    #[arg(long, value_name = "UNITS", requires = "orders_counted_through")]
    committed: Option<String>,
    /// The units are what is available: those that lie there, less what is open of all the source's orders
    #[arg(long, requires = "orders_counted_through", conflicts_with = "committed")]
    available: bool,
    /// Of which of erpsync's orders the source knows: the highest revision it was answered before
    #[arg(long, value_name = "REVISION")]
    orders_counted_through: Option<i64>,
    /// Say it under this identity; left out: a new one
    #[arg(long, value_name = "ID")]
    request_id: Option<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reach: Reach,
}

/// States it.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments {
        sku,
        on_hand,
        location,
        statement_sequence,
        source_epoch,
        ledger_through,
        committed,
        available,
        orders_counted_through,
        request_id,
        output,
        reach,
    } = arguments;
    let basis = match available {
        true => proto::StockBasis::Available,
        false => proto::StockBasis::OnHand,
    };
    let reading = proto::StockReading {
        sku,
        location: location.unwrap_or_default(),
        on_hand,
        source_epoch: source_epoch.unwrap_or_default(),
        statement_sequence: statement_sequence.unwrap_or_default(),
        ledger_through: ledger_through.unwrap_or_default(),
        basis: basis.into(),
        committed: committed.unwrap_or_default(),
        orders_counted_through,
        effects_through: None,
    };
    let request = proto::SetStockRequest {
        request_id: request_id.unwrap_or_default(),
        readings: vec![reading],
    };
    let answer = reach.connect().await?.stock().set_stock(request).await?.into_inner();
    let result = answer.results.first().ok_or_else(|| "the answer has no row".to_owned())?;
    match output.format {
        Format::Json => print(&(json("SetStockResponse", &answer)? + "\n"))?,
        Format::Table => {
            let outcome = word(result.outcome().as_str_name(), "OUTCOME_");
            print(&format!("{outcome}, at revision {}\n", answer.revision))?;
        }
    }
    match &result.problem {
        None => Ok(()),
        Some(problem) => Err(End::Failed(format!("{} ({})", problem.message, problem.reason))),
    }
}
