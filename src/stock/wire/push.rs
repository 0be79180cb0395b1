//! An upload of readings, as it is said.

use std::time::Duration;

use super::{reading, result};
use crate::error::{Refusal, Result};
use crate::id::{RequestId, SystemName};
use crate::lanes::Receipt;
use crate::proto::push_stock_request::Message;
use crate::proto::push_stock_response::Event as Told;
use crate::proto::{self, PushStockRequest, PushStockResponse};
use crate::stock::{Outcome, ServeBackOrders, SetStock, upload};
use crate::uploads::{self, Counts, Done, Event, Push, Upload, Word};

/// Readings of one system.
pub struct Readings {
    /// Who says so.
    pub by: SystemName,
    /// Who gets what becomes free.
    pub back_orders: &'static dyn ServeBackOrders,
}

impl Push for Readings {
    type Request = PushStockRequest;
    type Response = PushStockResponse;
    type Row = Outcome;
    type Rows = upload::Batch;

    fn hear(&self, request: PushStockRequest) -> Result<Word<upload::Batch>> {
        let Some(message) = request.message else {
            return Err(Refusal::field("message", "must be open, batch or finish"));
        };
        Ok(match message {
            Message::Open(proto::PushOpen { upload_id }) => {
                let id = RequestId::parse(&upload_id);
                Word::Open(id.map_err(|it| Refusal::field("open.upload_id", it))?)
            }
            Message::Batch(proto::PushStockBatch { batch_number, readings }) => {
                super::number_of_rows("batch.readings", readings.len())?;
                let rows = (0..).zip(readings).map(|(nth, it)| reading(nth, it)).collect();
                let (by, back_orders) = (self.by.clone(), self.back_orders);
                Word::Batch(batch_number, upload::Batch(SetStock { rows, by, back_orders }))
            }
            Message::Finish(proto::PushFinish {}) => Word::Finish,
        })
    }

    fn tell(event: Event<Outcome>) -> PushStockResponse {
        let event = match event {
            Event::Opened(upload) => Told::Opened(opened(&upload)),
            Event::Acknowledged(number, receipt) => {
                Told::Acknowledged(acknowledged(number, receipt))
            }
            Event::Finished(upload) => Told::Finished(finished(&upload)),
            Event::GoingAway(delay) => Told::GoingAway(going_away(delay)),
        };
        PushStockResponse { event: Some(event) }
    }
}

fn acknowledged(
    batch_number: i64,
    receipt: Receipt<Done<Outcome>>,
) -> proto::PushStockAcknowledged {
    let Receipt { answer: Done { counts, others }, revision, replayed } = receipt;
    let results = others.iter().map(|(index, outcome)| result(*index, outcome)).collect();
    let counts = Some(self::counts(counts));
    proto::PushStockAcknowledged { batch_number, revision, counts, results, replayed }
}

fn opened(upload: &Upload) -> proto::PushOpened {
    proto::PushOpened {
        last_batch_number: upload.last_batch_number,
        finished: upload.finished,
        unacknowledged_batches_max: uploads::UNACKNOWLEDGED_MAX as i32,
    }
}

fn finished(upload: &Upload) -> proto::PushFinished {
    proto::PushFinished {
        last_batch_number: upload.last_batch_number,
        counts: Some(counts(upload.counts)),
        revision: upload.revision,
    }
}

fn going_away(delay: Duration) -> proto::GoingAway {
    let retry_delay = prost_types::Duration::try_from(delay).ok();
    proto::GoingAway { retry_delay }
}

fn counts(counts: Counts) -> proto::PushCounts {
    let Counts { applied, unchanged, duplicate, stale, refused, parked } = counts;
    proto::PushCounts { applied, unchanged, duplicate, stale, refused, parked }
}
