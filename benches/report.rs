//! What was measured, as people and as programs read it.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// How a row is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// The ratio to the peer is to be at least so much.
    AtLeast { floor: f64, goal: f64 },
    /// The ratio to the peer is to be at most so much.
    AtMost { floor: f64, goal: f64 },
    /// The value itself is to be at most so much; there is no peer.
    ValueAtMost { floor: f64, goal: f64 },
}

/// One round: what erpsync reached, and what its peer did in the same minute.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    pub value: f64,
    pub peer: Option<f64>,
}

/// One row of the table.
pub struct Row {
    pub name: &'static str,
    pub unit: &'static str,
    pub peer: String,
    pub bound: Bound,
    pub rounds: Vec<Round>,
    /// What else was seen.
    pub notes: Vec<String>,
}

impl Row {
    pub fn value(&self) -> f64 {
        median(self.rounds.iter().map(|it| it.value))
    }

    pub fn peer_value(&self) -> Option<f64> {
        let peers: Vec<_> = self.rounds.iter().filter_map(|it| it.peer).collect();
        (!peers.is_empty()).then(|| median(peers.into_iter()))
    }

    /// To the peer, of medians.
    pub fn ratio(&self) -> Option<f64> {
        self.peer_value().map(|it| self.value() / it)
    }

    fn bounds(&self) -> (f64, f64) {
        match self.bound {
            Bound::AtLeast { floor, goal }
            | Bound::AtMost { floor, goal }
            | Bound::ValueAtMost { floor, goal } => (floor, goal),
        }
    }

    /// `goal`, `floor`, or what was missed.
    fn verdict(&self) -> &'static str {
        let (floor, goal) = self.bounds();
        let (seen, at_least) = match self.bound {
            Bound::AtLeast { .. } => (self.ratio().unwrap_or_default(), true),
            Bound::AtMost { .. } => (self.ratio().unwrap_or(f64::INFINITY), false),
            Bound::ValueAtMost { .. } => (self.value(), false),
        };
        let reaches = |bound: f64| if at_least { bound <= seen } else { seen <= bound };
        match (reaches(goal), reaches(floor)) {
            (true, _) => "goal",
            (false, true) => "floor",
            (false, false) => "MISSED",
        }
    }

    fn as_json(&self) -> Value {
        let (floor, goal) = self.bounds();
        let rounds: Vec<_> = self
            .rounds
            .iter()
            .map(|it| json!({"value": it.value, "peer_value": it.peer}))
            .collect();
        json!({
            "name": self.name, "value": self.value(), "unit": self.unit, "peer": self.peer,
            "peer_value": self.peer_value(), "ratio": self.ratio(), "floor": floor, "goal": goal,
            "verdict": self.verdict(), "rounds": rounds, "notes": self.notes,
        })
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[count / 2],
        count => (values[count / 2 - 1] + values[count / 2]) / 2.0,
    }
}

/// 1,234,567; 12.3; 0.45
fn number(value: f64) -> String {
    if value < 100.0 {
        return format!("{value:.2}");
    }
    let digits = format!("{value:.0}");
    let mut told = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if 0 < nth && (digits.len() - nth) % 3 == 0 {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

/// The table, in Markdown.
pub fn as_table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| row | erpsync | spread | compared with | reached | ratio | floor | goal | |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let values = || row.rounds.iter().map(|it| it.value);
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
        let (floor, goal) = row.bounds();
        let sign = if matches!(row.bound, Bound::AtLeast { .. }) { "" } else { "<= " };
        let _ = writeln!(
            text,
            "| {} | {} {} | {} – {} | {} | {} | {} | {sign}{floor} | {sign}{goal} | {} |",
            row.name,
            number(row.value()),
            row.unit,
            number(low),
            number(high),
            row.peer,
            row.peer_value().map_or("".into(), number),
            row.ratio().map_or("".into(), number),
            row.verdict(),
        );
    }
    for row in rows {
        for note in &row.notes {
            let _ = writeln!(text, "\n* {}: {note}", row.name);
        }
    }
    text
}

/// Writes `target/bench/report.json`: what programs compare.
pub fn write(rows: &[Row]) -> std::io::Result<()> {
    std::fs::create_dir_all("target/bench")?;
    let all: Vec<_> = rows.iter().map(Row::as_json).collect();
    std::fs::write("target/bench/report.json", serde_json::to_vec_pretty(&Value::from(all))?)
}
