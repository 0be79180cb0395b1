//! What a row of a file may say, and how people name such columns.

use std::collections::BTreeMap;
use std::fmt;

use crate::cli::end::End;

/// A field of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Sku,
    Location,
    OnHand,
    Available,
    Committed,
    OrdersCountedThrough,
    EffectsThrough,
    SourceEpoch,
    StatementSequence,
    LedgerThrough,
}

impl Field {
    pub const ALL: [Field; 10] = [
        Field::Sku,
        Field::Location,
        Field::OnHand,
        Field::Available,
        Field::Committed,
        Field::OrdersCountedThrough,
        Field::EffectsThrough,
        Field::SourceEpoch,
        Field::StatementSequence,
        Field::LedgerThrough,
    ];

    /// As the API, this command line and its own files name it.
    pub fn name(self) -> &'static str {
        match self {
            Field::Sku => "sku",
            Field::Location => "location",
            Field::OnHand => "on_hand",
            Field::Available => "available",
            Field::Committed => "committed",
            Field::OrdersCountedThrough => "orders_counted_through",
            Field::EffectsThrough => "effects_through",
            Field::SourceEpoch => "source_epoch",
            Field::StatementSequence => "statement_sequence",
            Field::LedgerThrough => "ledger_through",
        }
    }

    /// What others call it, in small letters and without blanks and signs. Only where nothing else can be
    /// meant: what is available, say, means something else in each system.
    fn guesses(self) -> &'static [&'static str] {
        match self {
            Field::Sku => &[
                "sku",
                "itemno",
                "itemnumber",
                "itemcode",
                "item",
                "article",
                "articleno",
                "articlenumber",
                "productnumber",
                "productcode",
                "variantsku",
                "artikel",
                "artikelnr",
                "artikelnummer",
                "artnr",
            ],
            Field::Location => &[
                "location",
                "locationcode",
                "warehouse",
                "warehousecode",
                "whscode",
                "whs",
                "store",
                "lager",
                "lagerort",
                "lagercode",
                "filiale",
            ],
            Field::OnHand => &[
                "onhand",
                "qtyonhand",
                "quantityonhand",
                "qty",
                "quantity",
                "stock",
                "inventory",
                "instock",
                "variantinventoryqty",
                "bestand",
                "lagerbestand",
                "menge",
            ],
            _ => &[],
        }
    }

    fn parse(name: &str) -> Result<Field, End> {
        let found = Field::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or_else(|| {
            let all = Field::ALL.map(Field::name).join(", ");
            End::Usage(format!("there is no field {name}; there are {all}"))
        })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// `sku=ItemNo,on_hand=Qty`, possibly said in several times.
pub fn pairs(option: &str, said: &[String]) -> Result<BTreeMap<Field, String>, End> {
    let mut pairs = BTreeMap::new();
    for pair in said.iter().flat_map(|it| it.split(',')) {
        let (field, value) = pair
            .split_once('=')
            .ok_or_else(|| End::Usage(format!("{option} must be like sku=…, and is {pair}")))?;
        let field = Field::parse(field.trim())?;
        if pairs.insert(field, value.trim().to_owned()).is_some() {
            return Err(End::Usage(format!("{option} names {field} twice")));
        }
    }
    Ok(pairs)
}

/// Which column has which field: as said; else the column of the field's own name; else the only one that
/// is called so elsewhere.
pub fn columns(
    header: &[String],
    said: &BTreeMap<Field, String>,
) -> Result<BTreeMap<Field, usize>, End> {
    let mut columns = BTreeMap::new();
    for (field, name) in said {
        columns.insert(*field, column(header, *field, name)?);
    }
    for field in Field::ALL {
        if columns.contains_key(&field) {
            continue;
        }
        let free = |nth: &usize| !columns.values().any(|it| it == nth);
        let own = header.iter().position(|it| it == field.name()).filter(free);
        let others = (0..header.len()).filter(free);
        let others: Vec<_> =
            others.filter(|nth| field.guesses().contains(&&*plain(&header[*nth]))).collect();
        let found = match (own, &others[..]) {
            (Some(nth), _) => Some(nth),
            (None, []) => None,
            (None, [nth]) => Some(*nth),
            (None, several) => {
                let names: Vec<_> = several.iter().map(|it| header[*it].as_str()).collect();
                return Err(End::Usage(format!(
                    "{field} could be any of the columns {}: say which, --map {field}={}",
                    names.join(", "),
                    names[0]
                )));
            }
        };
        columns.extend(found.map(|nth| (field, nth)));
    }
    Ok(columns)
}

/// The column of this name, whatever its case.
fn column(header: &[String], field: Field, name: &str) -> Result<usize, End> {
    let exactly: Vec<_> = (0..header.len()).filter(|it| header[*it] == name).collect();
    let nearly =
        || (0..header.len()).filter(|it| header[*it].to_lowercase() == name.to_lowercase());
    let found = if exactly.is_empty() { nearly().collect() } else { exactly };
    match found[..] {
        [nth] => Ok(nth),
        [] => Err(End::Usage(format!(
            "--map {field}={name}: there is no such column; there are {}",
            header.join(", ")
        ))),
        _ => Err(End::Usage(format!("--map {field}={name}: several columns are named so"))),
    }
}

/// `Item No.` as `itemno`.
fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, map: &str, expected: &str) {
        let header: Vec<_> = header.split(';').map(str::to_owned).collect();
        let map: Vec<_> = (!map.is_empty()).then(|| map.to_owned()).into_iter().collect();
        let found = pairs("--map", &map).and_then(|it| columns(&header, &it));
        let told = match found {
            Ok(found) => {
                let found = found.iter().map(|(field, nth)| format!("{field}={}", header[*nth]));
                found.collect::<Vec<_>>().join(" ")
            }
            Err(End::Usage(why)) => why,
            Err(other) => panic!("{other:?}"),
        };
        assert!(told.contains(expected), "{header:?} {map:?}: {told}");
    }

    #[test]
    fn headers_are_understood() {
        check("sku;location;on_hand", "", "sku=sku location=location on_hand=on_hand");
        check("ItemCode;WhsCode;OnHand", "", "sku=ItemCode location=WhsCode on_hand=OnHand");
        check("Item No.;Description;Inventory", "", "sku=Item No. on_hand=Inventory");
        check("Artikelnummer;Lagerbestand;Lager", "", "location=Lager on_hand=Lagerbestand");
        // Our own names go before others', and what is ours is no second one.
        check("sku;on_hand;Stock;Qty", "", "sku=sku on_hand=on_hand");
        check("sku;Stock;Qty", "on_hand=qty", "sku=sku on_hand=Qty");
        check("no;qty", "sku=no", "sku=no on_hand=qty");
        check("sku;qty;statement_sequence", "", "statement_sequence=statement_sequence");
        // What means something else in each system is taken by our own names alone.
        check("sku;qty;Committed;Available", "", "sku=sku on_hand=qty");
    }

    #[test]
    fn what_is_unclear_is_asked_about() {
        check("sku;Stock;Qty", "", "on_hand could be any of the columns Stock, Qty");
        check("sku;qty", "on_hand=Menge", "there is no such column; there are sku, qty");
        check("sku;qty", "units=qty", "there is no field units; there are sku, location,");
        check("sku;qty", "on_hand", "--map must be like sku=…, and is on_hand");
        check("sku;a;A;qty", "on_hand=a,on_hand=A", "--map names on_hand twice");
        check("sku;a;A", "on_hand=a", "on_hand=a");
        check("sku;b;b", "on_hand=b", "several columns are named so");
    }
}
