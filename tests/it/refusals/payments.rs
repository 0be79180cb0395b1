use erpsync_client::proto::{self, PaymentEvent};

use super::orders::bad_references;
use super::{NO_DECIMALS, NUL, Tried, long, message, told};
use crate::kit::trade::{of_shop, payment};

pub async fn check(tried: &mut Tried) {
    let good = payment("p-1", "a-1", PaymentEvent::Captured, "6");
    let mut cases = vec![
        (
            message!(RecordPaymentRequest {}),
            "FIELD_INVALID external_payment_id order event currency_code amount",
        ),
        (
            message!(RecordPaymentRequest {
                external_payment_id: long(256),
                order: of_shop(NUL),
                event: 99,
                currency_code: "eur",
                amount: "0",
                event_time: prost_types::Timestamp { seconds: i64::MAX, nanos: 0 },
                method: long(65),
                reference: long(256)
            }),
            "FIELD_INVALID external_payment_id order.external.external_id event currency_code amount \
            event_time method reference",
        ),
        (message!(RecordPaymentRequest { method: NUL, ..good }), "FIELD_INVALID method"),
        (message!(RecordPaymentRequest { reference: NUL, ..good }), "FIELD_INVALID reference"),
        (message!(RecordPaymentRequest { amount: "1.001", ..good }), "FIELD_INVALID amount"),
        (message!(RecordPaymentRequest { amount: "-1", ..good }), "FIELD_INVALID amount"),
        (
            message!(RecordPaymentRequest { currency_code: "JPY", amount: "1.5", ..good }),
            "FIELD_INVALID amount",
        ),
    ];
    cases.extend(
        NO_DECIMALS.map(|it| {
            (message!(RecordPaymentRequest { amount: it, ..good }), "FIELD_INVALID amount")
        }),
    );
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(RecordPaymentRequest { order: order, ..good }), expected)
    }));
    tried
        .table("PaymentService/RecordPayment", cases, async |house, it| {
            told(house.shop.payments().record_payment(it).await)
        })
        .await;

    let of =
        |order: Option<proto::OrderReference>| message!(GetPaymentSummaryRequest { order: order });
    let mut cases = vec![
        (of(of_shop("nowhere")), "NOT_FOUND"),
        (
            message!(GetPaymentSummaryRequest { at_least_revision: -1, ..of(of_shop("a-1")) }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    cases.extend(bad_references().into_iter().map(|(order, expected)| (of(order), expected)));
    tried
        .table("PaymentService/GetPaymentSummary", cases, async |house, it| {
            told(house.shop.payments().get_payment_summary(it).await)
        })
        .await;
}
