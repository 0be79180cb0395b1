//! The ERP states how much of two articles lies there.

use erpsync_client::{Connection, proto};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::var("ERPSYNC_ADDRESS")?;
    let erp = Connection::open(&address, &std::env::var("ERPSYNC_ERP_TOKEN")?).await?;

    let reading = |sku: &str, on_hand: &str| proto::StockReading {
        sku: sku.into(),
        on_hand: on_hand.into(),
        ..Default::default()
    };
    // The request_id is left empty: the client makes one.
    let request = proto::SetStockRequest {
        readings: vec![reading("MUG", "5"), reading("CUP", "2.5")],
        ..Default::default()
    };
    let answer = erp.stock().set_stock(request.clone()).await?.into_inner();
    // One bad row does not stop the others: each has an outcome of its own.
    for (reading, result) in request.readings.iter().zip(answer.results) {
        let outcome = result.outcome().as_str_name();
        println!("{} {outcome} {}", reading.sku, result.problem.unwrap_or_default().message);
    }
    Ok(())
}
