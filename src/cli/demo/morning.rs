//! The ERP states what it has counted, and the warehouse tells what it found or lost.

use std::collections::BTreeSet;
use std::time::Instant;

use erpsync_client::proto;

use super::file::{Invoice, Kind, Row};
use super::play::House;
use crate::cli::told;

/// Readings in one call.
const BATCH: usize = 1_000;

impl House {
    /// The ERP states what lies there.
    pub async fn state(&mut self, codes: &BTreeSet<String>) -> Result<(), String> {
        self.sequence += 1;
        let codes: Vec<&String> = codes.iter().collect();
        for (nth, codes) in codes.chunks(BATCH).enumerate() {
            let reading = |code: &&String| proto::StockReading {
                sku: code.to_string(),
                on_hand: self.played.on_hand.get(*code).copied().unwrap_or_default().to_string(),
                statement_sequence: self.sequence,
                ..Default::default()
            };
            let request = proto::SetStockRequest {
                request_id: format!("statement-{}-{nth}", self.sequence),
                readings: codes.iter().map(reading).collect(),
            };
            let at = Instant::now();
            let done = self.erp.stock().set_stock(request).await.map_err(told)?.into_inner();
            self.sent.push((done.revision, at));
            for result in done.results {
                match result.outcome() {
                    proto::Outcome::Applied => self.played.happened("statements applied", 1),
                    proto::Outcome::Unchanged => self.played.happened("statements unchanged", 1),
                    other => return Err(format!("a statement ended as {other:?}: {result:?}")),
                }
            }
        }
        Ok(())
    }

    /// The warehouse has found or lost something.
    pub async fn correct(&mut self, invoice: &Invoice) -> Result<(), String> {
        self.only_count("correction", invoice);
        let rows: Vec<&Row> = invoice.rows.iter().filter(|it| it.kind == Kind::Goods).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let adjustment = |row: &&Row| proto::StockAdjustment {
            sku: row.code.clone(),
            quantity: row.quantity.to_string(),
            reason: format!("correction {}", invoice.number),
            ..Default::default()
        };
        let request = proto::AdjustStockRequest {
            request_id: format!("correction-{}", invoice.number),
            adjustments: rows.iter().map(adjustment).collect(),
        };
        let done = self.erp.stock().adjust_stock(request).await.map_err(told)?.into_inner();
        for (result, row) in done.results.iter().zip(&rows) {
            if result.outcome() != proto::Outcome::Applied {
                return Err(format!("correction {}: {result:?}", invoice.number));
            }
            self.physically(&row.code, row.quantity)?;
            self.played.happened("movements", 1);
        }
        Ok(())
    }
}
