//! Orders from before erpsync was there, as they stand at cut-over.

use serde::Serialize;

use super::Line;
use crate::decimal::Decimal;
use crate::error::{Refusal, Result};
use crate::id::{ExternalId, SystemName};

/// What had become of an order before it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// Which ERP has it already, and what it calls it there.
    pub taken_over: Option<(SystemName, ExternalId)>,
    /// Each line once; what is not named is open as a whole.
    pub lines: Vec<OpeningLine>,
}

/// What had become of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpeningLine {
    /// The order's line.
    pub line: ExternalId,
    /// Units that had left.
    pub shipped: Decimal,
    /// Units that had been taken off.
    pub cancelled: Decimal,
}

impl Opening {
    /// Lets lines be as far as they were. What had left then lowers no stock now: it does not lie in
    /// what is stated.
    pub fn apply(&self, lines: &mut [Line]) -> Result<()> {
        for (nth, OpeningLine { line, shipped, cancelled }) in self.lines.iter().enumerate() {
            let found = lines.iter_mut().find(|it| it.id == *line);
            let field = |what: &str| format!("opening.lines[{nth}].{what}");
            let found = found
                .ok_or_else(|| Refusal::field(field("line_id"), "must be a line of the order"))?;
            let gone = shipped.try_add(*cancelled)?;
            if found.ordered.quantity < gone {
                let told = format!(
                    "must leave shipped and cancelled together within the {} that were ordered",
                    found.ordered.quantity
                );
                return Err(Refusal::field(field("shipped"), told));
            }
            (found.shipped, found.cancelled) = (*shipped, *cancelled);
        }
        Ok(())
    }
}
