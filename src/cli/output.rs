//! What is printed: tables for people, a JSON object on each line for programs.

use std::io::{self, Write as _};
use std::sync::LazyLock;

use clap::{Args, ValueEnum};
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage};
use prost_types::Timestamp;

use super::end::End;

/// How to print.
#[derive(Args)]
pub struct Output {
    /// Tables for people, or a JSON object on each line: the API's messages, as proto3 JSON
    #[arg(long = "output", global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

/// How to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns
    #[default]
    Table,
    /// A JSON object on each line
    Json,
}

/// Prints to standard output, at once.
pub fn print(text: &str) -> Result<(), End> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// A message of the API of this name, as proto3 JSON.
pub fn json(name: &str, message: &impl Message) -> Result<String, End> {
    static POOL: LazyLock<Result<DescriptorPool, String>> = LazyLock::new(|| {
        DescriptorPool::decode(erpsync_client::DESCRIPTORS).map_err(|it| it.to_string())
    });
    let pool = POOL.as_ref().map_err(Clone::clone)?;
    let descriptor = pool
        .get_message_by_name(&format!("erpsync.v1.{name}"))
        .ok_or_else(|| format!("{name} is no message of the API"))?;
    let shown = DynamicMessage::decode(descriptor, &message.encode_to_vec()[..]);
    let shown = shown.map_err(|it| it.to_string())?;
    Ok(serde_json::to_string(&shown).map_err(|it| it.to_string())?)
}

/// A column of a table.
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    right: bool,
}

/// A column of words.
pub const fn words(name: &'static str) -> Column {
    Column { name, right: false }
}

/// A column of numbers, which stand below each other.
pub const fn numbers(name: &'static str) -> Column {
    Column { name, right: true }
}

/// Rows as they come, in columns or as JSON. Columns are as wide as the widest cell of the first block,
/// and never get narrower.
pub struct Rows<const N: usize> {
    format: Format,
    message: &'static str,
    columns: [Column; N],
    widths: Option<[usize; N]>,
    block: Vec<[String; N]>,
}

/// So many rows are kept until their widths are known.
const BLOCK: usize = 1_000;

impl<const N: usize> Rows<N> {
    /// Of messages of this name.
    pub fn new(format: Format, message: &'static str, columns: [Column; N]) -> Rows<N> {
        Rows { format, message, columns, widths: None, block: Vec::new() }
    }

    /// One more.
    pub fn add(&mut self, message: &impl Message, cells: [String; N]) -> Result<(), End> {
        match self.format {
            Format::Json => print(&(json(self.message, message)? + "\n")),
            Format::Table => {
                self.block.push(cells);
                if self.block.len() < BLOCK { Ok(()) } else { self.flush() }
            }
        }
    }

    /// Prints what there is so far.
    pub fn flush(&mut self) -> Result<(), End> {
        let Rows { format: Format::Table, columns, widths, block, .. } = self else {
            return Ok(());
        };
        if block.is_empty() {
            return Ok(());
        }
        let begins = widths.is_none();
        let widths = widths.get_or_insert(columns.map(|it| it.name.chars().count()));
        for (nth, width) in widths.iter_mut().enumerate() {
            let cells = block.iter().map(|it| it[nth].chars().count());
            *width = cells.max().unwrap_or_default().max(*width);
        }
        let head = begins.then(|| columns.map(|it| it.name.to_owned()));
        let rows = head.iter().chain(block.iter());
        let text: String = rows.map(|it| line(columns, widths, it)).collect();
        block.clear();
        print(&text)
    }

    /// Prints the rest; of nothing, the names of the columns.
    pub fn end(mut self) -> Result<(), End> {
        self.flush()?;
        match (self.format, self.widths) {
            (Format::Table, None) => {
                let names = self.columns.map(|it| it.name.to_owned());
                print(&line(&self.columns, &names.each_ref().map(|it| it.chars().count()), &names))
            }
            _ => Ok(()),
        }
    }
}

fn line<const N: usize>(columns: &[Column; N], widths: &[usize; N], row: &[String; N]) -> String {
    let cells = row.iter().zip(columns).zip(widths).map(|((cell, column), width)| {
        if column.right { format!("{cell:>width$}") } else { format!("{cell:width$}") }
    });
    let cells: Vec<_> = cells.collect();
    format!("{}\n", cells.join("  ").trim_end())
}

/// A whole table of words.
pub fn table<const N: usize>(head: [&'static str; N], rows: Vec<[String; N]>) -> Result<(), End> {
    let mut table = Rows::new(Format::Table, "", head.map(words));
    table.block = rows;
    table.end()
}

/// To the second, in UTC.
pub fn time(at: Option<Timestamp>) -> String {
    at.map(|it| Timestamp { nanos: 0, ..it }.to_string()).unwrap_or_default()
}

/// `ORDER_STATUS_PART_SHIPPED` as `part shipped`; what is not specified as nothing.
pub fn word(name: &str, prefix: &str) -> String {
    match name.strip_prefix(prefix).unwrap_or(name) {
        "UNSPECIFIED" => String::new(),
        word => word.to_lowercase().replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_left_and_numbers_right() {
        let columns = [words("SKU"), numbers("UNITS")];
        let row = |sku: &str, units: &str| [sku.to_owned(), units.to_owned()];
        assert_eq!(line(&columns, &[5, 5], &row("MUG", "5")), "MUG        5\n");
        assert_eq!(line(&columns, &[3, 5], &row("MUG", "")), "MUG\n");
        assert_eq!(line(&columns, &[1, 1], &row("MUG", "12")), "MUG  12\n");
    }

    #[test]
    fn words_of_the_api_are_words() {
        assert_eq!(word("ORDER_STATUS_PART_SHIPPED", "ORDER_STATUS_"), "part shipped");
        assert_eq!(word("ORDER_STATUS_UNSPECIFIED", "ORDER_STATUS_"), "");
        assert_eq!(word("OTHER", "ORDER_STATUS_"), "other");
    }
}
