//! What ends an upload, and why.

use erpsync_client::proto::{self, push_stock_request::Message};

use super::super::{NUL, Tried, long, message, times, told};

type Said = proto::PushStockRequest;

/// What lies there already: what is not refused changes nothing.
const FULL: &str = "999999999999";

fn open(upload_id: &str) -> Said {
    message!(PushStockRequest {
        message: Message::Open(message!(PushOpen { upload_id: upload_id }))
    })
}

fn batch(batch_number: i64, on_hand: &str, rows: usize) -> Said {
    let readings = times(rows, message!(StockReading { sku: "full", on_hand: on_hand }));
    let batch = message!(PushStockBatch { batch_number: batch_number, readings: readings });
    message!(PushStockRequest { message: Message::Batch(batch) })
}

pub async fn check(tried: &mut Tried) {
    let finish = message!(PushStockRequest { message: Message::Finish(proto::PushFinish {}) });
    let cases = [
        (vec![Said::default()], "FIELD_INVALID message"),
        (vec![batch(1, FULL, 1)], "FIELD_INVALID open"),
        (vec![finish.clone()], "FIELD_INVALID open"),
        (vec![open("")], "FIELD_INVALID open.upload_id"),
        (vec![open(NUL)], "FIELD_INVALID open.upload_id"),
        (vec![open(&long(65))], "FIELD_INVALID open.upload_id"),
        (vec![open("a"), Said::default()], "FIELD_INVALID message"),
        (vec![open("a"), open("a")], "FIELD_INVALID open"),
        (vec![open("b"), batch(1, FULL, 0)], "FIELD_INVALID batch.readings"),
        (vec![open("b"), batch(1, FULL, 1_001)], "FIELD_INVALID batch.readings"),
        (vec![open("b"), batch(1, FULL, 1_000), finish.clone()], "OK"),
        (vec![open("c"), batch(0, FULL, 1)], "BATCH_OUT_OF_ORDER"),
        (vec![open("c"), batch(i64::MIN, FULL, 1)], "BATCH_OUT_OF_ORDER"),
        (vec![open("c"), batch(2, FULL, 1)], "BATCH_OUT_OF_ORDER"),
        (vec![open("d"), batch(1, FULL, 1), batch(3, "3", 1)], "BATCH_OUT_OF_ORDER"),
        (vec![open("e"), batch(1, FULL, 1), batch(1, "2", 1)], "DOCUMENT_CONTENT_MISMATCH"),
        (vec![open("e"), batch(1, FULL, 1), finish], "OK"),
        (vec![open("e"), batch(2, "2", 1)], "INVALID_STATE"),
    ];
    tried
        .table("StockService/PushStock", cases, async |house, said| {
            let heard = house.erp.stock().push_stock(tokio_stream::iter(said)).await;
            let Ok(heard) = heard else { return told(heard) };
            let mut heard = heard.into_inner();
            loop {
                match heard.message().await {
                    Ok(Some(_)) => {}
                    Ok(None) => return "OK".into(),
                    Err(status) => return told::<()>(Err(status)),
                }
            }
        })
        .await;
}
