//! Arrays as text. An array of arrays is one array to Postgres, so where each row of a statement has one
//! of its own it travels like this.

use std::fmt::{Display, Write as _};

/// Of numbers.
pub fn numbers(items: impl IntoIterator<Item = impl Display>) -> String {
    written(items, |text, it| write!(text, "{it}").expect("a string takes all"))
}

/// Of texts.
pub fn texts<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    written(items, |text, it| {
        text.push('"');
        for letter in it.chars() {
            if matches!(letter, '"' | '\\') {
                text.push('\\');
            }
            text.push(letter);
        }
        text.push('"');
    })
}

fn written<T>(items: impl IntoIterator<Item = T>, item: impl Fn(&mut String, T)) -> String {
    let mut text = String::from("{");
    for (nth, it) in items.into_iter().enumerate() {
        if 0 < nth {
            text.push(',');
        }
        item(&mut text, it);
    }
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_postgres_would_read_otherwise_is_escaped() {
        assert_eq!(numbers([1, -2]), "{1,-2}");
        assert_eq!(numbers([0; 0]), "{}");
        assert_eq!(texts(["a", "", "NULL", "b,c}"]), r#"{"a","","NULL","b,c}"}"#);
        assert_eq!(texts([r#"in "quotes""#, r"back\slash"]), r#"{"in \"quotes\"","back\\slash"}"#);
    }
}
