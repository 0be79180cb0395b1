//! A CSV file of stock: every good row is stated, every bad one is told, and an import that is started again
//! goes on where it stopped.

mod fields;
mod file;
mod progress;
mod results;
mod rows;
mod send;
mod summary;

use std::collections::BTreeMap;
use std::path::PathBuf;

use fields::{Field, columns, pairs};
use file::File;
use rows::Reader;
use send::Sending;
use summary::Summary;

use crate::cli::end::End;
use crate::cli::follow::beside;
use crate::cli::output::Output;
use crate::cli::reach::Reach;

/// For `--help`.
pub const EXAMPLES: &str = "\
The first line names the columns. Each row needs an article (sku) and what lies there (on_hand), and may have
location, committed or available with orders_counted_through, effects_through, source_epoch,
statement_sequence and ledger_through. Columns called otherwise are found by the names that they commonly
have (ItemCode, Artikelnummer, Qty, Bestand …), or named with --map; the others are not read.

Bad rows are refused by line, all others are stated, 1,000 at a time. What became of each row stands in
FILE.results.csv. Started again after an interruption, an import goes on where it stopped; and the same file
once more is not sent, unless --again says so.

Examples:
  erpsync stock import stock.csv --dry-run
  erpsync stock import stock.csv
  erpsync stock import export.csv --map sku=ItemNo,on_hand=Qty --default location=store-7
  erpsync stock import bestand.csv --delimiter ';' --decimal-comma
  zcat stock.csv.gz | erpsync stock import - --results results.csv";

/// Which file, and how to read it.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file, UTF-8; - reads standard input
    file: PathBuf,
    /// Which column has what: sku=ItemNo,on_hand=Qty; may be repeated
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Vec<String>,
    /// What a field is where a row does not say it: location=store-7; may be repeated
    #[arg(long, value_name = "FIELD=VALUE,…")]
    default: Vec<String>,
    /// What separates columns: a character, or tab; left out: as the header looks
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Decimals are written with a comma, and thousands may have a point: 1.234,5
    #[arg(long)]
    decimal_comma: bool,
    /// Check every row, and send nothing: needs no server and no token
    #[arg(long)]
    dry_run: bool,
    /// Where to write what became of each row; left out: FILE.results.csv
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    /// State all of it anew, though the same file was imported before
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reach: Reach,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(byte) => {
            Ok(*byte)
        }
        _ => Err("must be one character, such as ; or |, or tab".into()),
    }
}

/// Reads, checks, sends, and tells what came of it.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments {
        file,
        map,
        default,
        delimiter,
        decimal_comma,
        dry_run,
        results,
        again,
        output,
        reach,
    } = arguments;
    let (map, defaults) = (pairs("--map", &map)?, pairs("--default", &default)?);
    let piped = file.to_str() == Some("-");
    let results = results.or_else(|| (!piped && !dry_run).then(|| beside(&file, "results.csv")));
    let file = File::read(&file, delimiter)?;
    let (header, lines) = file.lines()?;
    let columns = columns(&header, &map)?;
    must_have(&file, &header, &columns, &defaults)?;
    let reader = Reader { columns, width: header.len(), defaults, decimal_comma };
    let rows = reader.rows(&lines);
    let summary = Summary::new(&file.name, &header, &reader, rows.len(), results.as_deref());
    if dry_run {
        return summary.checked(&rows, output.format);
    }
    let sending =
        Sending { file: &file, reader: &reader, rows: &rows, results: results.as_deref() };
    let connection = reach.connect().await?;
    let progress = sending.send(&connection, again).await?;
    summary.sent(&progress, output.format)
}

/// Without these no row says anything.
fn must_have(
    file: &File,
    header: &[String],
    columns: &BTreeMap<Field, usize>,
    defaults: &BTreeMap<Field, String>,
) -> Result<(), End> {
    let has = |field: Field| columns.contains_key(&field) || defaults.contains_key(&field);
    let missing = match (has(Field::Sku), has(Field::OnHand) || has(Field::Available)) {
        (true, true) => return Ok(()),
        (false, _) => Field::Sku,
        (true, false) => Field::OnHand,
    };
    Err(End::Failed(format!(
        "{} has no column for {missing}: it has {}. Say which it is: --map {missing}=COLUMN",
        file.name,
        header.join(", ")
    )))
}
