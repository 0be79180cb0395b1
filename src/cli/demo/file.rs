//! What the file says: invoices, and what each of them is to us (see examples/online-retail).

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::decimal::Decimal;

/// All rows of one number, in the order of the file.
pub struct Invoice {
    pub number: String,
    /// Of its first row: `2010-12-01`.
    pub day: String,
    pub class: Class,
    pub rows: Vec<Row>,
}

/// What an invoice of the file is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Order,
    Credit,
    Correction,
    BadDebt,
    ChargesOnly,
}

pub struct Row {
    pub code: String,
    pub description: String,
    pub kind: Kind,
    pub quantity: Decimal,
    pub price: Decimal,
    /// Empty where nobody is named.
    pub customer: String,
}

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Goods,
    Shipping,
    Fee,
    Discount,
}

/// The columns as they are named in the file.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    invoice_no: String,
    stock_code: String,
    description: String,
    quantity: String,
    invoice_date: String,
    unit_price: String,
    #[serde(rename = "CustomerID")]
    customer_id: String,
}

/// The invoices in the order in which the file names them first. Stops at the first row that it
/// cannot read, and says which: a row is never dropped in silence.
pub fn read(path: &Path) -> Result<Vec<Invoice>, String> {
    let told = |cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
    let file = std::fs::File::open(path).map_err(|it| told(&it))?;
    let is_packed = path.extension().is_some_and(|it| it == "gz");
    let text: Box<dyn Read> =
        if is_packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };

    let mut invoices: Vec<Invoice> = Vec::new();
    let mut nth_of: HashMap<String, usize> = HashMap::new();
    for (nth, record) in csv::Reader::from_reader(text).into_deserialize().enumerate() {
        let line = nth + 2;
        let record: Record = record.map_err(|it| told(&it))?;
        let row = row(&record).map_err(|it| told(&format!("line {line}: {it}")))?;
        let at = *nth_of.entry(record.invoice_no.clone()).or_insert(invoices.len());
        if at == invoices.len() {
            let Some(day) = record.invoice_date.get(..10) else {
                return Err(told(&format!("line {line}: no date: {}", record.invoice_date)));
            };
            invoices.push(Invoice {
                number: record.invoice_no,
                day: day.to_owned(),
                class: Class::Order,
                rows: Vec::new(),
            });
        }
        invoices[at].rows.push(row);
    }
    invoices.iter_mut().for_each(|it| it.class = class(&it.number, &it.rows));
    Ok(invoices)
}

fn row(record: &Record) -> Result<Row, String> {
    let number = |text: &str| Decimal::parse(text).map_err(|it| format!("{text}: {it}"));
    Ok(Row {
        code: record.stock_code.clone(),
        description: record.description.trim().to_owned(),
        kind: kind(&record.stock_code),
        quantity: number(&record.quantity)?,
        price: number(&record.unit_price)?,
        customer: record.customer_id.strip_suffix(".0").unwrap_or(&record.customer_id).to_owned(),
    })
}

fn kind(code: &str) -> Kind {
    match code {
        "POST" | "DOT" | "C2" => Kind::Shipping,
        "D" => Kind::Discount,
        "M" | "m" | "S" | "BANK CHARGES" | "AMAZONFEE" | "CRUK" | "PADS" | "B" => Kind::Fee,
        _ if code.to_lowercase().starts_with("gift_") => Kind::Fee,
        _ => Kind::Goods,
    }
}

fn class(number: &str, rows: &[Row]) -> Class {
    match number.chars().next() {
        Some('A') => Class::BadDebt,
        Some('C') => Class::Credit,
        _ if rows.iter().all(|it| it.price.is_zero() && it.customer.is_empty()) => {
            Class::Correction
        }
        _ if rows.iter().any(|it| it.kind == Kind::Goods) => Class::Order,
        _ => Class::ChargesOnly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_example_is_read() {
        let invoices = read(Path::new("examples/online-retail/orders.csv")).unwrap();
        assert_eq!(invoices.iter().map(|it| it.rows.len()).sum::<usize>(), 19_632);
        let of = |class| invoices.iter().filter(|it| it.class == class).count();
        assert_eq!((of(Class::Order), of(Class::BadDebt)), (725, 0));
        assert!(100 < of(Class::Credit) && 70 < of(Class::Correction));
    }
}
