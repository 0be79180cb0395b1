//! From a file's lines to readings, or to what is wrong with them.

use std::collections::{BTreeMap, HashMap};

use erpsync_client::proto;

use super::fields::Field;
use super::file::Line;
use crate::decimal::Decimal;
use crate::id::{Location, Sku};

/// One row of the file.
pub struct Row {
    /// On which line it begins.
    pub line: u64,
    /// As it stands there.
    pub sku: String,
    /// As it stands there, or by default.
    pub location: String,
    pub reading: Result<proto::StockReading, Fault>,
}

/// Why a row is not sent.
#[derive(Clone, Debug)]
pub struct Fault {
    pub reason: &'static str,
    pub message: String,
}

/// How rows are to be read.
pub struct Reader {
    /// Which column has which field.
    pub columns: BTreeMap<Field, usize>,
    /// How many there are.
    pub width: usize,
    /// What a field is where a row does not say it.
    pub defaults: BTreeMap<Field, String>,
    /// Whether decimals are written `1.234,5`.
    pub decimal_comma: bool,
}

impl Reader {
    /// All rows. Of a level that several rows state, none is believed.
    pub fn rows(&self, lines: &[Line]) -> Vec<Row> {
        let mut rows: Vec<Row> = lines.iter().map(|it| self.row(it)).collect();
        let mut stated: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (nth, row) in rows.iter().enumerate() {
            if let Ok(reading) = &row.reading {
                let level = (reading.sku.clone(), reading.location.clone());
                stated.entry(level).or_default().push(nth);
            }
        }
        for nths in stated.into_values().filter(|it| 1 < it.len()) {
            let lines: Vec<_> = nths.iter().map(|it| rows[*it].line.to_string()).collect();
            let message =
                format!("lines {} state the same level: which is right?", lines.join(", "));
            for nth in nths {
                let fault = Fault { reason: "DUPLICATE_ROW", message: message.clone() };
                rows[nth].reading = Err(fault);
            }
        }
        rows
    }

    fn row(&self, line: &Line) -> Row {
        let mut faults = Vec::new();
        if line.cells.len() != self.width {
            let (cells, width) = (line.cells.len(), self.width);
            faults.push(format!("has {cells} columns, and the header {width}"));
        }
        let mut cell = |field: Field| match self.cell(line, field) {
            Ok(text) => text,
            Err(why) => {
                faults.push(format!("{field}: {why}"));
                String::new()
            }
        };
        let all = Field::ALL.map(|field| (field, cell(field)));
        let all: BTreeMap<_, _> = all.into_iter().collect();
        let reading = self.reading(&all, faults);
        let said = |field: Field| all.get(&field).cloned().unwrap_or_default();
        Row { line: line.number, sku: said(Field::Sku), location: said(Field::Location), reading }
    }

    /// The text of a cell, or the default; empty where there is neither.
    fn cell(&self, line: &Line, field: Field) -> Result<String, String> {
        let bytes = self.columns.get(&field).and_then(|it| line.cells.get(*it)).unwrap_or_default();
        let text = str::from_utf8(bytes).map_err(|_| "is not UTF-8: save the file as UTF-8")?;
        Ok(match text.trim() {
            "" => self.defaults.get(&field).cloned().unwrap_or_default(),
            text => text.to_owned(),
        })
    }

    /// What the server would say to it, as far as that can be known here.
    fn reading(
        &self,
        all: &BTreeMap<Field, String>,
        mut faults: Vec<String>,
    ) -> Result<proto::StockReading, Fault> {
        let text = |field: Field| all.get(&field).map(String::as_str).unwrap_or_default();
        let mut take = |field: Field, read: Result<String, String>| {
            read.unwrap_or_else(|why| {
                faults.push(format!("{field}: {why}"));
                String::new()
            })
        };
        let sku = take(Field::Sku, Sku::parse(text(Field::Sku)).map(|it| it.to_string()));
        let location = Location::parse_or_main(text(Field::Location)).map(|it| it.to_string());
        let location = take(Field::Location, location);
        let (figure, basis) = match text(Field::Available) {
            "" => (Field::OnHand, proto::StockBasis::OnHand),
            _ => (Field::Available, proto::StockBasis::Available),
        };
        let on_hand = take(figure, self.decimal(text(figure)));
        let committed = match text(Field::Committed) {
            "" => String::new(),
            text => take(Field::Committed, self.decimal(text)),
        };
        let mut number = |field: Field| match text(field) {
            "" => None,
            text => match text.parse::<i64>() {
                Ok(number) if 0 <= number => Some(number),
                _ => {
                    faults.push(format!("{field}: must be a whole number, not negative: {text}"));
                    None
                }
            },
        };
        let reading = proto::StockReading {
            sku,
            location,
            on_hand,
            source_epoch: number(Field::SourceEpoch).unwrap_or_default(),
            statement_sequence: number(Field::StatementSequence).unwrap_or_default(),
            ledger_through: number(Field::LedgerThrough).unwrap_or_default(),
            basis: basis.into(),
            committed,
            orders_counted_through: number(Field::OrdersCountedThrough),
            effects_through: number(Field::EffectsThrough),
        };
        let says_of_orders = !text(Field::Committed).is_empty() || figure == Field::Available;
        if says_of_orders && text(Field::OrdersCountedThrough).is_empty() {
            let field = Field::OrdersCountedThrough;
            faults.push(format!("{field}: must be given with committed and available"));
        }
        if figure == Field::Available {
            for field in [Field::OnHand, Field::Committed] {
                if !text(field).is_empty() {
                    faults.push(format!("{field}: not together with available"));
                }
            }
        }
        match faults.is_empty() {
            true => Ok(reading),
            false => Err(Fault { reason: "FIELD_INVALID", message: faults.join("; ") }),
        }
    }

    /// A decimal as it is sent.
    fn decimal(&self, text: &str) -> Result<String, String> {
        let plain = if self.decimal_comma { with_point(text)? } else { text.to_owned() };
        let parsed = Decimal::parse(&plain).map_err(|why| match text.contains(',') {
            true if !self.decimal_comma => {
                format!("{why}: {text}; with commas as in 2,5, say --decimal-comma")
            }
            _ => format!("{why}: {text}"),
        })?;
        Ok(parsed.to_string())
    }
}

/// `1.234,5` as `1234.5`. A point that does not stand between three digits each is none of thousands.
fn with_point(text: &str) -> Result<String, String> {
    let (whole, rest) = text.split_once(',').unwrap_or((text, ""));
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let groups: Vec<_> = groups.collect();
    let of_thousands = groups.iter().all(|it| it.len() == 3)
        && (groups.is_empty() || (1..=3).contains(&first.trim_start_matches('-').len()));
    if !of_thousands || rest.contains(['.', ',']) {
        return Err(format!("must be a decimal like 1.234,5: {text}"));
    }
    let whole = first.to_owned() + &groups.concat();
    Ok(if rest.is_empty() { whole } else { format!("{whole}.{rest}") })
}

#[cfg(test)]
mod tests {
    use csv::ByteRecord;

    use super::*;

    /// Rows of a file with these columns, each as `line sku/location figure` or `line REASON why`.
    fn read(columns: &[Field], decimal_comma: bool, rows: &[&[&str]]) -> Vec<String> {
        let columns: BTreeMap<_, _> = columns.iter().copied().zip(0..).collect();
        let width = columns.len();
        let defaults = BTreeMap::from([(Field::LedgerThrough, "7".to_owned())]);
        let reader = Reader { columns, width, defaults, decimal_comma };
        let line =
            |(number, cells): (u64, &&[&str])| Line { number, cells: ByteRecord::from(*cells) };
        let lines: Vec<_> = (2..).zip(rows).map(line).collect();
        let told = |row: Row| match row.reading {
            Ok(it) => {
                assert_eq!(it.ledger_through, 7);
                format!("{} {}/{} {}", row.line, it.sku, it.location, it.on_hand)
            }
            Err(it) => format!("{} {} {}", row.line, it.reason, it.message),
        };
        reader.rows(&lines).into_iter().map(told).collect()
    }

    #[test]
    fn good_rows_are_readings() {
        let columns = [Field::Sku, Field::OnHand, Field::Location];
        let rows: &[&[&str]] =
            &[&["MUG", " 5 ", ""], &["CUP", "-2.50", "store"], &["MUG", "0", "store"]];
        assert_eq!(
            read(&columns, false, rows),
            ["2 MUG/main 5", "3 CUP/store -2.5", "4 MUG/store 0"]
        );
        let rows: &[&[&str]] = &[&["A", "1.234,5", ""], &["B", "-7", ""], &["C", "0,000001", ""]];
        assert_eq!(
            read(&columns, true, rows),
            ["2 A/main 1234.5", "3 B/main -7", "4 C/main 0.000001"]
        );
    }

    #[test]
    fn bad_rows_say_why() {
        let columns = [Field::Sku, Field::OnHand];
        let long = "x".repeat(256);
        let rows: &[(&[&str], &str)] = &[
            (&["", "5"], "FIELD_INVALID sku: must not be empty"),
            (&[&long, "5"], "FIELD_INVALID sku: must have at most 255 bytes"),
            (&["MUG", ""], "FIELD_INVALID on_hand: must be a decimal like 12.50"),
            (&["MUG", "five"], ": five"),
            (&["MUG", "1e3"], "FIELD_INVALID on_hand"),
            (&["MUG", "-0"], "FIELD_INVALID on_hand"),
            (&["MUG", "2,5"], "2,5; with commas as in 2,5, say --decimal-comma"),
            (&["MUG", "0.0000001"], "FIELD_INVALID on_hand"),
            (&["MUG", "1234567890123"], "FIELD_INVALID on_hand"),
            (&["MUG"], "has 1 columns, and the header 2; on_hand: must"),
            (&["MUG", "5", "6"], "has 3 columns, and the header 2"),
        ];
        for (row, expected) in rows {
            let told = read(&columns, false, &[row]).remove(0);
            assert!(told.contains(expected), "{row:?}: {told}");
        }
        for text in ["1.23,4", "1234.567,8", "1,2,3", "1,2.3", ".5", "1.2345"] {
            let told = read(&columns, true, &[&["MUG", text]]).remove(0);
            assert!(told.contains("must be a decimal like"), "{text}: {told}");
        }
    }

    #[test]
    fn of_rows_about_one_level_none_is_believed() {
        let columns = [Field::Sku, Field::OnHand];
        let rows: &[&[&str]] = &[&["MUG", "5"], &["CUP", "1"], &["MUG", "6"], &["MUG", "x"]];
        let told = read(&columns, false, rows);
        let twice = "DUPLICATE_ROW lines 2, 4 state the same level: which is right?";
        assert_eq!(told[0], format!("2 {twice}"));
        assert_eq!(told[1], "3 CUP/main 1");
        assert_eq!(told[2], format!("4 {twice}"));
        assert!(told[3].starts_with("5 FIELD_INVALID"), "{}", told[3]);
    }

    #[test]
    fn what_is_said_of_orders_must_be_whole() {
        let columns = [Field::Sku, Field::Available, Field::OrdersCountedThrough, Field::Committed];
        let rows: &[(&[&str], &str)] = &[
            (&["MUG", "5", "7", ""], "2 MUG/main 5"),
            (&["MUG", "5", "", ""], "orders_counted_through: must be given with committed and"),
            (&["MUG", "5", "7", "2"], "committed: not together with available"),
            (&["MUG", "5", "-7", ""], "orders_counted_through: must be a whole number"),
        ];
        for (row, expected) in rows {
            let told = read(&columns, false, &[row]).remove(0);
            assert!(told.contains(expected), "{row:?}: {told}");
        }
    }
}
