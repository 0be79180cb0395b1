//! What tests of trade have in common.

use erpsync_client::{Connection, proto, refusal};

use super::request_id;

/// States what lies there.
pub async fn set(erp: &Connection, sku: &str, on_hand: &str) {
    let reading =
        proto::StockReading { sku: sku.into(), on_hand: on_hand.into(), ..Default::default() };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    erp.stock().set_stock(request).await.unwrap();
}

/// `on hand / reserved / back ordered` of an article.
pub async fn level(caller: &Connection, sku: &str) -> String {
    let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
    let level = caller.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    format!("{}/{}/{}", level.on_hand, level.reserved, level.back_ordered)
}

/// An order of pieces at 1.00, without taxes.
pub fn order(number: &str, lines: &[(&str, &str)]) -> proto::SubmitOrderRequest {
    let line = |(nth, (sku, quantity)): (usize, &(&str, &str))| proto::OrderLine {
        line_id: nth.to_string(),
        sku: sku.to_string(),
        quantity: quantity.to_string(),
        unit_price: "1".into(),
        amount: quantity.to_string(),
        ..Default::default()
    };
    let total: f64 = lines.iter().map(|it| it.1.parse::<f64>().unwrap()).sum();
    proto::SubmitOrderRequest {
        external_order_id: number.into(),
        currency_code: "EUR".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines: lines.iter().enumerate().map(line).collect(),
        total: total.to_string(),
        ..Default::default()
    }
}

/// An order that may wait for stock.
pub fn may_wait(order: proto::SubmitOrderRequest) -> proto::SubmitOrderRequest {
    proto::SubmitOrderRequest { allow_back_order: true, ..order }
}

/// What of each line was `reserved+back ordered`, or why the order was refused.
pub async fn submit(shop: &Connection, order: proto::SubmitOrderRequest) -> Result<String, String> {
    match shop.orders().submit_order(order).await {
        Ok(done) => {
            let promise =
                |it: proto::OrderLinePromise| format!("{}+{}", it.reserved, it.back_ordered);
            let promises = done.into_inner().promises.into_iter().map(promise);
            Ok(promises.collect::<Vec<_>>().join(" "))
        }
        Err(status) => Err(refusal(&status).expect("an answer").reason),
    }
}

/// An order of shop-a, by its number.
pub async fn get(caller: &Connection, number: &str) -> proto::Order {
    let external = proto::ExternalReference { system: "shop-a".into(), external_id: number.into() };
    let reference = Some(proto::order_reference::Reference::External(external));
    let order = Some(proto::OrderReference { reference });
    let request = proto::GetOrderRequest { order, at_least_revision: 0 };
    caller.orders().get_order(request).await.unwrap().into_inner().order.unwrap()
}
