//! What is wished of an order after it came in.

use erpsync_client::proto::{self, CancellationDecision};

use super::orders::bad_references;
use super::shipments::bad_documents;
use super::{NO_DECIMALS, NUL, Tried, long, message, times, told};
use crate::kit::trade::{amendment, cancellation, of_shop, of_system, state, verdict};

pub async fn check(tried: &mut Tried) {
    hold(tried).await;
    wish(tried).await;
    answer(tried).await;
    amend(tried).await;
}

async fn hold(tried: &mut Tried) {
    let good = message!(HoldOrderRequest { request_id: "r", order: of_shop("a-1"), reason: "no" });
    let mut cases = vec![
        (message!(HoldOrderRequest {}), "REQUEST_ID_REQUIRED"),
        (message!(HoldOrderRequest { request_id: NUL }), "FIELD_INVALID request_id order reason"),
        (message!(HoldOrderRequest { reason: long(1_001), ..good }), "FIELD_INVALID reason"),
        (message!(HoldOrderRequest { reason: NUL, ..good }), "FIELD_INVALID reason"),
        (message!(HoldOrderRequest { order: of_shop("nowhere"), ..good }), "NOT_FOUND"),
        // It was cancelled before anybody saw it.
        (message!(HoldOrderRequest { order: of_shop("b-1"), ..good }), "INVALID_STATE"),
    ];
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(HoldOrderRequest { order: order, ..good }), wished(expected))
    }));
    tried
        .table("OrderService/HoldOrder", cases, async |house, it| {
            told(house.shop.orders().hold_order(it).await)
        })
        .await;

    let good = message!(ResumeOrderRequest { request_id: "r", order: of_shop("a-1") });
    let mut cases = vec![
        (message!(ResumeOrderRequest {}), "REQUEST_ID_REQUIRED"),
        (message!(ResumeOrderRequest { request_id: long(65) }), "FIELD_INVALID request_id order"),
        (message!(ResumeOrderRequest { order: of_shop("nowhere"), ..good }), "NOT_FOUND"),
    ];
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(ResumeOrderRequest { order: order, ..good }), wished(expected))
    }));
    tried
        .table("OrderService/ResumeOrder", cases, async |house, it| {
            told(house.shop.orders().resume_order(it).await)
        })
        .await;
}

/// A wish does not wait for what it names.
fn wished(expected: &str) -> &str {
    if expected == "OK" { "NOT_FOUND" } else { expected }
}

async fn wish(tried: &mut Tried) {
    let good = cancellation("k-2", "a-1", &[("0", "1")]);
    let line = good.lines[0].clone();
    let with = |line: proto::OrderLineCancellation| {
        message!(RequestCancellationRequest { lines: [line], ..good })
    };
    let numbered = |count: usize| {
        let numbered =
            |it: usize| message!(OrderLineCancellation { line_id: it.to_string(), ..line });
        (0..count).map(numbered).collect::<Vec<_>>()
    };
    let mut cases = vec![
        (message!(RequestCancellationRequest {}), "FIELD_INVALID external_cancellation_id order"),
        (
            message!(RequestCancellationRequest {
                external_cancellation_id: long(256),
                reason: long(1_001),
                lines: [message!(OrderLineCancellation { line_id: NUL, quantity: "0" })]
            }),
            "FIELD_INVALID external_cancellation_id order reason lines[0].line_id lines[0].quantity",
        ),
        (
            message!(RequestCancellationRequest { lines: numbered(2_001), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(RequestCancellationRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].line_id",
        ),
        (with(message!(OrderLineCancellation { line_id: "9", ..line })), "ORDER_LINE_NOT_FOUND"),
        (
            with(message!(OrderLineCancellation { quantity: "2.000001", ..line })),
            "QUANTITY_EXCEEDED",
        ),
        (message!(RequestCancellationRequest { order: of_shop("nowhere"), ..good }), "NOT_FOUND"),
        // Nothing of it is open any more.
        (cancellation("k-2", "b-1", &[]), "INVALID_STATE"),
        (cancellation("k-2", "b-1", &[("0", "")]), "QUANTITY_EXCEEDED"),
        (cancellation("k-1", "a-1", &[]), "DOCUMENT_CONTENT_MISMATCH"),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        (
            with(message!(OrderLineCancellation { quantity: it, ..line })),
            "FIELD_INVALID lines[0].quantity",
        )
    }));
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(RequestCancellationRequest { order: order, ..good }), wished(expected))
    }));
    tried
        .table("OrderService/RequestCancellation", cases, async |house, it| {
            told(house.shop.orders().request_cancellation(it).await)
        })
        .await;
}

async fn answer(tried: &mut Tried) {
    let good = message!(AnswerCancellationRequest {
        request_id: "r",
        cancellation: of_system("shop-a", "k-1"),
        decision: CancellationDecision::Accept
    });
    let line = message!(OrderLineCancellation { line_id: "0", quantity: "1" });
    let mut cases = vec![
        (message!(AnswerCancellationRequest {}), "REQUEST_ID_REQUIRED".to_owned()),
        (
            message!(AnswerCancellationRequest { request_id: NUL, reason: long(1_001) }),
            "FIELD_INVALID request_id cancellation reason decision".into(),
        ),
        (
            message!(AnswerCancellationRequest {
                decision: CancellationDecision::Refuse,
                lines: [line.clone()],
                ..good
            }),
            "FIELD_INVALID lines reason".into(),
        ),
        (
            message!(AnswerCancellationRequest {
                lines: [message!(OrderLineCancellation { quantity: "", ..line })],
                ..good
            }),
            "FIELD_INVALID lines[0].quantity".into(),
        ),
        (
            message!(AnswerCancellationRequest { lines: times(2, line), ..good }),
            "FIELD_INVALID lines[1].line_id".into(),
        ),
        // It was granted at once.
        (good.clone(), "INVALID_STATE".into()),
        (
            message!(AnswerCancellationRequest { cancellation: of_system("shop-a", "k"), ..good }),
            "NOT_FOUND".into(),
        ),
    ];
    cases.extend(bad_documents("cancellation").into_iter().map(|(named, expected)| {
        (message!(AnswerCancellationRequest { cancellation: named, ..good }), expected)
    }));
    let cases = cases.iter().map(|(it, expected)| (it.clone(), &**expected));
    tried
        .table("OrderService/AnswerCancellation", cases, async |house, it| {
            told(house.erp.orders().answer_cancellation(it).await)
        })
        .await;
}

async fn amend(tried: &mut Tried) {
    let as_it_is = || state(&[("0", "mug", "5"), ("1", "mug", "1")]);
    let good = amendment("m-1", "a-1", 1, as_it_is());
    let with = |state: proto::OrderState| message!(AmendOrderRequest { state: state, ..good });
    let line = as_it_is().lines[0].clone();
    let mut cases = vec![
        (
            message!(AmendOrderRequest {}),
            "FIELD_INVALID external_amendment_id order shop_version state",
        ),
        (
            message!(AmendOrderRequest {
                external_amendment_id: long(256),
                shop_version: -1,
                state: message!(OrderState {
                    currency_code: "eur",
                    lines: [message!(OrderLine {})],
                    total: "1e3",
                    shipping_address: message!(Address {
                        name: long(256),
                        country_code: "Austria"
                    })
                })
            }),
            "FIELD_INVALID external_amendment_id order shop_version state.currency_code \
            state.lines[0].line_id state.lines[0].sku state.lines[0].quantity \
            state.lines[0].unit_price state.lines[0].amount state.total \
            state.shipping_address.name state.shipping_address.country_code",
        ),
        (with(message!(OrderState { lines: [], ..as_it_is() })), "FIELD_INVALID state.lines"),
        (
            with(message!(OrderState { lines: times(2, line.clone()), ..as_it_is() })),
            "FIELD_INVALID state.lines[1].line_id",
        ),
        (with(message!(OrderState { total: "6.001", ..as_it_is() })), "FIELD_INVALID state.total"),
        (with(message!(OrderState { total: "6.01", ..as_it_is() })), "AMOUNTS_DO_NOT_ADD_UP"),
        (with(message!(OrderState { currency_code: "USD", ..as_it_is() })), "CURRENCY_MISMATCH"),
        (with(state(&[("0", "pot", "5")])), "FIELD_INVALID lines[0].sku"),
        (with(state(&[("1", "mug", "1")])), "QUANTITY_EXCEEDED"),
        (with(state(&[("0", "mug", "4711")])), "INSUFFICIENT_STOCK"),
        (amendment("m-1", "nowhere", 1, as_it_is()), "NOT_FOUND"),
        (amendment("m-1", "b-1", 1, as_it_is()), "INVALID_STATE"),
    ];
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(AmendOrderRequest { order: order, ..good }), wished(expected))
    }));
    tried
        .table("OrderService/AmendOrder", cases, async |house, it| {
            told(house.shop.orders().amend_order(it).await)
        })
        .await;

    let refused = || message!(AnswerAmendmentRequest { request_id: "r", ..verdict("m-1", None) });
    let mut cases = vec![
        (message!(AnswerAmendmentRequest {}), "REQUEST_ID_REQUIRED".to_owned()),
        (
            message!(AnswerAmendmentRequest { request_id: NUL, reason: long(1_001) }),
            "FIELD_INVALID request_id amendment reason decision".into(),
        ),
        (
            message!(AnswerAmendmentRequest { reason: "", state: as_it_is(), ..refused() }),
            "FIELD_INVALID state reason".into(),
        ),
        (
            message!(AnswerAmendmentRequest {
                state: message!(OrderState { total: "", ..as_it_is() }),
                ..verdict("m-1", Some(None))
            }),
            "FIELD_INVALID state.total".into(),
        ),
        (refused(), "NOT_FOUND".into()),
    ];
    cases.extend(bad_documents("amendment").into_iter().map(|(named, expected)| {
        (message!(AnswerAmendmentRequest { amendment: named, ..refused() }), expected)
    }));
    let cases = cases.iter().map(|(it, expected)| (it.clone(), &**expected));
    tried
        .table("OrderService/AnswerAmendment", cases, async |house, it| {
            told(house.erp.orders().answer_amendment(it).await)
        })
        .await;
}
