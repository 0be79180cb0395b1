use erpsync_client::proto::{self, Disposition};

use super::orders::bad_references;
use super::shipments::{bad_documents, of_ours};
use super::{BAD_PAGES, NO_DECIMALS, NOBODY, NUL, Tried, long, message, times, told};
use crate::kit::trade::{inspection, of_shop, of_system, reception};

pub async fn check(tried: &mut Tried) {
    request(tried).await;
    judge(tried).await;
    receive(tried).await;
    inspect(tried).await;
    reads(tried).await;
}

async fn request(tried: &mut Tried) {
    let line = message!(ReturnLine { line_id: "0", quantity: "1" });
    let good = message!(RequestReturnRequest {
        external_return_id: "t-3",
        order: of_shop("a-1"),
        lines: [line.clone()]
    });
    let with_line =
        |line: proto::ReturnLine| message!(RequestReturnRequest { lines: [line], ..good });
    let numbered = |count: usize| {
        let numbered = |it: usize| message!(ReturnLine { line_id: it.to_string(), ..line });
        (0..count).map(numbered).collect::<Vec<_>>()
    };
    let mut cases = vec![
        (message!(RequestReturnRequest {}), "FIELD_INVALID external_return_id order lines"),
        (
            message!(RequestReturnRequest {
                external_return_id: long(256),
                withdrawal_date: "yesterday",
                lines: [message!(ReturnLine { line_id: NUL, quantity: "-1", reason: long(1_001) })]
            }),
            "FIELD_INVALID external_return_id order withdrawal_date lines[0].line_id \
            lines[0].quantity lines[0].reason",
        ),
        (message!(RequestReturnRequest { lines: numbered(2_001), ..good }), "FIELD_INVALID lines"),
        (
            message!(RequestReturnRequest {
                lines: numbered(2_000),
                order: of_ours(NOBODY),
                ..good
            }),
            "NOT_FOUND",
        ),
        (
            message!(RequestReturnRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].line_id",
        ),
        (with_line(message!(ReturnLine { line_id: "9", ..line })), "ORDER_LINE_NOT_FOUND"),
        (with_line(message!(ReturnLine { quantity: "2.000001", ..line })), "QUANTITY_EXCEEDED"),
        (with_line(message!(ReturnLine { line_id: "1", ..line })), "QUANTITY_EXCEEDED"),
        (message!(RequestReturnRequest { order: of_shop("nowhere"), ..good }), "NOT_FOUND"),
        (
            message!(RequestReturnRequest {
                external_return_id: "t-1",
                withdrawal_date: "2026-11-23",
                ..good
            }),
            "DOCUMENT_CONTENT_MISMATCH",
        ),
        (
            message!(RequestReturnRequest {
                expire_time: prost_types::Timestamp { seconds: 0, nanos: -1 },
                dispatch_proof: message!(DispatchProof { carrier: NUL }),
                ..good
            }),
            "FIELD_INVALID expire_time dispatch_proof.carrier dispatch_proof.reference \
            dispatch_proof.dispatch_date",
        ),
        (
            message!(RequestReturnRequest { expire_time: long_ago(), ..good }),
            "FIELD_INVALID expire_time",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        (
            with_line(message!(ReturnLine { quantity: it, ..line })),
            "FIELD_INVALID lines[0].quantity",
        )
    }));
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(RequestReturnRequest { order: order, ..good }), expected)
    }));
    tried
        .table("ReturnService/RequestReturn", cases, async |house, it| {
            told(house.shop.returns().request_return(it).await)
        })
        .await;
}

async fn judge(tried: &mut Tried) {
    let mut bad = bad_documents("return");
    bad.push((of_system("shop-a", "nothing"), "NOT_FOUND".into()));

    let named = bad.iter().map(|(named, expected)| {
        (message!(ApproveReturnRequest { request_id: "r", r#return: named.clone() }), &**expected)
    });
    let more = [
        (message!(ApproveReturnRequest {}), "REQUEST_ID_REQUIRED"),
        (message!(ApproveReturnRequest { request_id: NUL }), "FIELD_INVALID request_id return"),
        (
            message!(ApproveReturnRequest {
                request_id: "r",
                r#return: of_system("shop-a", "t-1"),
                expire_time: long_ago()
            }),
            "FIELD_INVALID expire_time",
        ),
        (
            message!(ApproveReturnRequest {
                request_id: "r",
                r#return: of_system("shop-a", "t-1"),
                dispatch_proof: message!(DispatchProof { reference: long(256) })
            }),
            "FIELD_INVALID dispatch_proof.reference dispatch_proof.dispatch_date",
        ),
        (
            message!(ApproveReturnRequest {
                request_id: "r",
                r#return: of_system("shop-a", "t-2")
            }),
            "INVALID_STATE",
        ),
    ];
    tried
        .table("ReturnService/ApproveReturn", named.chain(more), async |house, it| {
            told(house.erp.returns().approve_return(it).await)
        })
        .await;

    let declined = message!(DeclineReturnRequest {
        request_id: "r",
        reason: "no",
        r#return: of_system("shop-a", "t-1")
    });
    let named = bad.iter().map(|(named, expected)| {
        (message!(DeclineReturnRequest { r#return: named.clone(), ..declined }), &**expected)
    });
    let more = [
        (message!(DeclineReturnRequest { reason: "no" }), "REQUEST_ID_REQUIRED"),
        (
            message!(DeclineReturnRequest { request_id: long(65) }),
            "FIELD_INVALID request_id return reason",
        ),
        (
            message!(DeclineReturnRequest { reason: long(1_001), ..declined }),
            "FIELD_INVALID reason",
        ),
        (message!(DeclineReturnRequest { reason: NUL, ..declined }), "FIELD_INVALID reason"),
        (declined.clone(), "INVALID_STATE"),
    ];
    tried
        .table("ReturnService/DeclineReturn", named.chain(more), async |house, it| {
            told(house.erp.returns().decline_return(it).await)
        })
        .await;

    let closed = message!(CloseReturnRequest {
        request_id: "r",
        reason: "no",
        r#return: of_system("shop-a", "t-2")
    });
    let named = bad.iter().map(|(named, expected)| {
        (message!(CloseReturnRequest { r#return: named.clone(), ..closed }), &**expected)
    });
    let more = [
        (message!(CloseReturnRequest { reason: "no" }), "REQUEST_ID_REQUIRED"),
        (
            message!(CloseReturnRequest { request_id: long(65) }),
            "FIELD_INVALID request_id return reason",
        ),
        (message!(CloseReturnRequest { reason: long(1_001), ..closed }), "FIELD_INVALID reason"),
        (closed.clone(), "INVALID_STATE"),
    ];
    tried
        .table("ReturnService/CloseReturn", named.chain(more), async |house, it| {
            told(house.shop.returns().close_return(it).await)
        })
        .await;
}

fn long_ago() -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: 1_000_000_000, nanos: 0 }
}

async fn receive(tried: &mut Tried) {
    let good = reception("x-2", "t-1", &[("0", "1", Disposition::Scrap)]);
    let line = good.lines[0].clone();
    let with_line =
        |line: proto::ReceptionLine| message!(ReceiveReturnRequest { lines: [line], ..good });
    let named = bad_documents("return");
    let nobody = named.iter().find(|it| it.1 == "NOT_FOUND").expect("one").0.clone();
    let bad_line = message!(ReceptionLine {
        line_id: "",
        quantity: "0",
        disposition: 99,
        location: NUL,
        ledger_number: -1
    });
    let mut cases = vec![
        (message!(ReceiveReturnRequest {}), "FIELD_INVALID external_reception_id return lines"),
        (
            message!(ReceiveReturnRequest { external_reception_id: NUL, lines: [bad_line] }),
            "FIELD_INVALID external_reception_id return lines[0].disposition lines[0].line_id \
            lines[0].quantity lines[0].location lines[0].ledger_number",
        ),
        (
            message!(ReceiveReturnRequest { lines: times(2_001, line.clone()), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(ReceiveReturnRequest {
                lines: times(2_000, line.clone()),
                r#return: nobody,
                ..good
            }),
            "NOT_FOUND",
        ),
        (
            with_line(message!(ReceptionLine { disposition: 0, ..line })),
            "FIELD_INVALID lines[0].disposition",
        ),
        (with_line(message!(ReceptionLine { state: 1, ..line })), "FIELD_INVALID lines[0].state"),
        (with_line(message!(ReceptionLine { state: 99, ..line })), "FIELD_INVALID lines[0].state"),
        (with_line(message!(ReceptionLine { state: 5, ..line })), "FIELD_INVALID lines[0].state"),
        (
            // Lost, and scrapped all the same.
            with_line(message!(ReceptionLine { state: 3, wrong_sku: "cup", ..line })),
            "FIELD_INVALID lines[0].disposition lines[0].wrong_sku",
        ),
        (
            with_line(message!(ReceptionLine { state: 4, ..line })),
            "FIELD_INVALID lines[0].wrong_sku",
        ),
        (
            with_line(message!(ReceptionLine { state: 4, wrong_sku: long(256), ..line })),
            "FIELD_INVALID lines[0].wrong_sku",
        ),
        (
            with_line(message!(ReceptionLine { state: 4, wrong_sku: "mug", ..line })),
            "FIELD_INVALID lines[0].wrong_sku",
        ),
        (
            with_line(message!(ReceptionLine { wrong_sku: "cup", ..line })),
            "FIELD_INVALID lines[0].wrong_sku",
        ),
        (with_line(message!(ReceptionLine { line_id: "9", ..line })), "ORDER_LINE_NOT_FOUND"),
        (
            with_line(message!(ReceptionLine { location: long(65), ..line })),
            "FIELD_INVALID lines[0].location",
        ),
        (
            message!(ReceiveReturnRequest {
                external_reception_id: "x-1",
                lines: times(2, line.clone()),
                ..good
            }),
            "DOCUMENT_CONTENT_MISMATCH",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        let line = message!(ReceptionLine { quantity: it, ..line });
        (with_line(line), "FIELD_INVALID lines[0].quantity")
    }));
    cases.extend(named.iter().map(|(named, expected)| {
        (message!(ReceiveReturnRequest { r#return: named.clone(), ..good }), &**expected)
    }));
    tried
        .table("ReturnService/ReceiveReturn", cases, async |house, it| {
            told(house.erp.returns().receive_return(it).await)
        })
        .await;
}

async fn inspect(tried: &mut Tried) {
    use proto::AcceptanceState::{Accepted, Rejected};
    let good = inspection("s-1", "x-1", &[("0", "1", Accepted, Disposition::Scrap)]);
    let line = good.lines[0].clone();
    let with_line =
        |line: proto::InspectionLine| message!(InspectReturnRequest { lines: [line], ..good });
    let named = bad_documents("reception");
    let nobody = named.iter().find(|it| it.1 == "NOT_FOUND").expect("one").0.clone();
    let bad_line = message!(InspectionLine {
        line_id: "",
        quantity: "0",
        from: Disposition::Scrap,
        acceptance: 1,
        reason: NUL,
        location: NUL,
        ledger_number: -1,
        loss_of_value: "-1",
        wrong_sku: NUL
    });
    let rejected = message!(InspectionLine { acceptance: Rejected, ..line });
    let mut cases = vec![
        (message!(InspectReturnRequest {}), "FIELD_INVALID external_inspection_id reception lines"),
        (
            message!(InspectReturnRequest { external_inspection_id: NUL, lines: [bad_line] }),
            "FIELD_INVALID external_inspection_id reception lines[0].line_id lines[0].quantity \
            lines[0].from lines[0].acceptance lines[0].reason lines[0].disposition \
            lines[0].location lines[0].ledger_number lines[0].wrong_sku lines[0].loss_of_value",
        ),
        (
            message!(InspectReturnRequest { lines: times(2_001, line.clone()), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(InspectReturnRequest {
                lines: times(2_000, line.clone()),
                reception: nobody,
                ..good
            }),
            "NOT_FOUND",
        ),
        (with_line(message!(InspectionLine { from: 99, ..line })), "FIELD_INVALID lines[0].from"),
        (
            with_line(message!(InspectionLine { acceptance: 0, ..line })),
            "FIELD_INVALID lines[0].acceptance",
        ),
        (
            with_line(message!(InspectionLine { reason: "", ..rejected })),
            "FIELD_INVALID lines[0].reason",
        ),
        (
            with_line(message!(InspectionLine { reason: long(1_001), ..rejected })),
            "FIELD_INVALID lines[0].reason",
        ),
        (
            with_line(message!(InspectionLine { loss_of_value: "1", ..rejected })),
            "FIELD_INVALID lines[0].loss_of_value",
        ),
        (
            with_line(message!(InspectionLine { disposition: Disposition::SendBack, ..line })),
            "FIELD_INVALID lines[0].disposition",
        ),
        (
            with_line(message!(InspectionLine { disposition: Disposition::Pending, ..line })),
            "FIELD_INVALID lines[0].disposition",
        ),
        (
            with_line(message!(InspectionLine {
                from: Disposition::Quarantine,
                disposition: Disposition::Quarantine,
                ..line
            })),
            "FIELD_INVALID lines[0].disposition",
        ),
        (with_line(message!(InspectionLine { line_id: "9", ..line })), "ORDER_LINE_NOT_FOUND"),
        (
            with_line(message!(InspectionLine { location: long(65), ..line })),
            "FIELD_INVALID lines[0].location",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        let line = message!(InspectionLine { quantity: it, ..line });
        (with_line(line), "FIELD_INVALID lines[0].quantity")
    }));
    cases.extend(named.iter().map(|(named, expected)| {
        (message!(InspectReturnRequest { reception: named.clone(), ..good }), &**expected)
    }));
    tried
        .table("ReturnService/InspectReturn", cases, async |house, it| {
            told(house.erp.returns().inspect_return(it).await)
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let mut bad = bad_documents("return");
    bad.push((of_system("shop-b", "t-1"), "NOT_FOUND".into()));
    let cases = bad.iter().map(|(named, expected)| {
        (message!(GetReturnRequest { r#return: named.clone() }), &**expected)
    });
    let more = (
        message!(GetReturnRequest { r#return: of_system("shop-a", "t-1"), at_least_revision: -1 }),
        "FIELD_INVALID at_least_revision",
    );
    tried
        .table("ReturnService/GetReturn", cases.chain([more]), async |house, it| {
            told(house.shop.returns().get_return(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListReturnsRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (message!(ListReturnsRequest { order_id: "1e3" }), "FIELD_INVALID order_id"),
        (message!(ListReturnsRequest { at_least_revision: -1 }), "FIELD_INVALID at_least_revision"),
    ];
    tried
        .table("ReturnService/ListReturns", pages.into_iter().chain(more), async |house, it| {
            told(house.shop.returns().list_returns(it).await)
        })
        .await;
}
