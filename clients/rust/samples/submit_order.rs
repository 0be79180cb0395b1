//! The shop submits an order of two lines, and is told what was promised of each.

use erpsync_client::{Connection, proto, refusal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::var("ERPSYNC_ADDRESS")?;
    let shop = Connection::open(&address, &std::env::var("ERPSYNC_SHOP_TOKEN")?).await?;

    let line = |line_id: &str, sku: &str, quantity: &str, unit_price: &str, amount: &str| {
        proto::OrderLine {
            line_id: line_id.into(),
            sku: sku.into(),
            quantity: quantity.into(),
            unit_price: unit_price.into(),
            amount: amount.into(),
            ..Default::default()
        }
    };
    let order = proto::SubmitOrderRequest {
        external_order_id: "4711".into(),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines: vec![
            line("1", "MUG", "2", "9.95", "19.90"),
            line("2", "CUP", "1.5", "4.00", "6.00"),
        ],
        total: "25.90".into(),
        ..Default::default()
    };
    let answer = match shop.orders().submit_order(order).await {
        Ok(answer) => answer.into_inner(),
        Err(status) => match refusal(&status) {
            Some(it) if it.reason == "INSUFFICIENT_STOCK" => {
                let (sku, sellable) = (&it.metadata["sku"], &it.metadata["sellable"]);
                return Err(format!("of {sku} there are only {sellable}").into());
            }
            _ => return Err(status.into()),
        },
    };
    for promise in answer.promises {
        println!("line {}: {} reserved at {}", promise.line_id, promise.reserved, promise.location);
    }
    Ok(())
}
