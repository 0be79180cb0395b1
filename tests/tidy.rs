//! The house rules that a compiler cannot see.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a file of this name leaves to its neighbours.
const LEAVES_TO_OTHERS: &[(&str, &[&str])] = &[
    ("model.rs", &["proto::", "tonic", "sqlx::", "async fn", "now_utc"]),
    ("store.rs", &["proto::", "tonic", ".begin(", ".commit("]),
    ("wire.rs", &["sqlx::", "store::", "async fn"]),
    ("service.rs", &["sqlx::query", "select ", "insert into"]),
];

#[test]
fn every_file_keeps_to_its_question() {
    let mut strays = Vec::new();
    for path in sources() {
        // A file that was split keeps its question: store/lines.rs is of store.rs.
        let rooms = path.iter().filter_map(|it| it.to_str()?.strip_suffix(".rs").or(it.to_str()));
        let rooms: Vec<_> = rooms.collect();
        let of = |file: &str| rooms.contains(&file.trim_end_matches(".rs"));
        let rules = LEAVES_TO_OTHERS.iter().filter(|(file, _)| of(file));
        for word in rules.flat_map(|(_, words)| *words) {
            strays.extend(lines_with(&path, word).map(|at| format!("{at}: `{word}`")));
        }
    }
    assert!(strays.is_empty(), "\n{}\n", strays.join("\n"));
}

/// Only the lanes begin and commit. What runs before there are lanes is named here.
#[test]
fn only_lanes_begin_and_commit() {
    const OTHERS: &[&str] = &["src/lanes/batch.rs", "src/incarnation.rs"];
    let mut strays = Vec::new();
    for path in sources().into_iter().filter(|it| !OTHERS.iter().any(|other| it.ends_with(other))) {
        strays.extend(lines_with(&path, ".commit()"));
    }
    assert!(strays.is_empty(), "\n{}\n", strays.join("\n"));
}

/// Whoever reads src/lib.rs from the top meets nothing before it was introduced.
#[test]
fn modules_only_look_up() {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let order: Vec<_> =
        lib.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let place = |module: &str| order.iter().position(|it| *it == module);
    let mut strays = Vec::new();
    for path in sources() {
        let inside = path.strip_prefix("src").unwrap().iter().next().unwrap().to_str().unwrap();
        let Some(here) = place(inside.trim_end_matches(".rs")) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        for used in text.split("crate::").skip(1) {
            let end = used.find(|it: char| !it.is_ascii_lowercase() && it != '_');
            let used = &used[..end.unwrap_or(used.len())];
            if place(used).is_some_and(|it| here < it) {
                strays.push(format!("{}: uses {used}, which comes later", path.display()));
            }
        }
    }
    assert!(strays.is_empty(), "\n{}\n", strays.join("\n"));
}

/// A diagram has every state that the API has, and no other.
#[test]
fn diagrams_show_all_states() {
    const FILE: &str = "docs/life-of-an-order.md";
    let enums = [
        ("orders", "OrderStatus"),
        ("inbox", "TaskState"),
        ("orders", "OrderHandover"),
        ("orders", "AmendmentStatus"),
        ("orders", "CancellationStatus"),
        ("returns", "ReturnStatus"),
        ("returns", "ReceptionState"),
        ("returns", "AcceptanceState"),
    ];
    shows(FILE, &enums);
    shows("docs/life-of-a-reservation.md", &[("reservations", "ReservationState")]);
    lists(FILE, &[("payments", "PaymentStatus")]);
    let kinds = [
        ("credit_notes", "CreditNoteKind"),
        ("credit_notes", "SettlementKind"),
        ("payments", "PaymentEvent"),
    ];
    lists("docs/life-of-a-credit-note.md", &kinds);
}

/// A page has a row for every value of these enums: `(file of proto, enum)`.
fn lists(page: &str, enums: &[(&str, &str)]) {
    let text = fs::read_to_string(page).unwrap();
    for (file, name) in enums {
        let proto = fs::read_to_string(format!("proto/erpsync/v1/{file}.proto")).unwrap();
        for value in values(&proto, name) {
            assert!(text.contains(&format!("\n| {value} |")), "{page}: {name} {value}");
        }
    }
}

/// A page's diagrams are of these enums, in this order: `(file of proto, enum)`.
fn shows(page: &str, enums: &[(&str, &str)]) {
    let text = fs::read_to_string(page).unwrap();
    let diagrams = text.split("```mermaid").skip(1);
    let diagrams: Vec<BTreeSet<&str>> =
        diagrams.map(|it| states(it.split("```").next().unwrap_or_default())).collect();
    assert_eq!(diagrams.len(), enums.len(), "{page}");
    for ((file, name), diagram) in enums.iter().zip(diagrams) {
        let proto = fs::read_to_string(format!("proto/erpsync/v1/{file}.proto")).unwrap();
        assert_eq!(diagram, values(&proto, name), "{page}: {name}");
    }
}

/// The states between which a diagram has arrows.
fn states(diagram: &str) -> BTreeSet<&str> {
    let arrows = diagram.lines().filter_map(|it| it.trim().split_once(" --> "));
    let ends = arrows.flat_map(|(from, to)| [from, to.split(" :").next().unwrap_or(to)]);
    ends.filter(|it| *it != "[*]").collect()
}

/// The values of an enum, without its name and without `UNSPECIFIED`.
fn values<'a>(proto: &'a str, name: &str) -> BTreeSet<&'a str> {
    let body = proto.split(&format!("enum {name} {{")).nth(1).unwrap().split('}').next().unwrap();
    let named = body.lines().filter_map(|it| it.trim().split_once(" = "));
    let prefix = name.chars().fold(String::new(), |text, it| match it.is_uppercase() {
        true if !text.is_empty() => format!("{text}_{it}"),
        _ => format!("{text}{}", it.to_ascii_uppercase()),
    });
    let short = named.filter_map(|(it, _)| it.strip_prefix(&format!("{prefix}_")));
    short.filter(|it| *it != "UNSPECIFIED").collect()
}

fn lines_with(path: &Path, word: &str) -> impl Iterator<Item = String> {
    let text = fs::read_to_string(path).unwrap();
    let found = text
        .lines()
        .enumerate()
        .filter(|(_, it)| it.contains(word) && !it.trim_start().starts_with("//"));
    let found: Vec<_> = found.map(|(nth, _)| format!("{}:{}", path.display(), nth + 1)).collect();
    found.into_iter()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}
