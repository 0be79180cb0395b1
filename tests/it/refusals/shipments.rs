use erpsync_client::proto::{self, Disposition};

use super::orders::{bad_charge, bad_references, bad_tax};
use super::{BAD_PAGES, NO_DECIMALS, NOBODY, NUL, Tried, long, message, times, told};
use crate::kit::trade::{invoice, of_shop, of_system, shipment, undoing};

/// As a document of `path`, and what is wrong with it.
pub fn bad_documents(path: &str) -> Vec<(Option<proto::DocumentReference>, String)> {
    use proto::document_reference::Reference;
    let ours = |id: &str| {
        Some(message!(DocumentReference { reference: Reference::DocumentId(id.into()) }))
    };
    vec![
        (None, format!("FIELD_INVALID {path}")),
        (Some(message!(DocumentReference {})), format!("FIELD_INVALID {path}")),
        (ours(""), format!("FIELD_INVALID {path}.document_id")),
        (ours("1e3"), format!("FIELD_INVALID {path}.document_id")),
        (ours("9223372036854775808"), format!("FIELD_INVALID {path}.document_id")),
        (ours(NOBODY), "NOT_FOUND".into()),
        (of_system("", NUL), format!("FIELD_INVALID {path}.external.external_id")),
        (
            of_system(&long(65), &long(256)),
            format!("FIELD_INVALID {path}.external.system {path}.external.external_id"),
        ),
    ]
}

pub async fn check(tried: &mut Tried) {
    undo(tried).await;
    ship(tried).await;
    cancel(tried).await;
    record(tried).await;
    reads(tried).await;
}

async fn ship(tried: &mut Tried) {
    let good = shipment("d-2", "a-1", &[("0", "1")]);
    let line = good.lines[0].clone();
    let bad_line = message!(ShipmentLine { location: long(65), quantity: "0", ledger_number: -1 });
    let with_line =
        |line: proto::ShipmentLine| message!(CreateShipmentRequest { lines: [line], ..good });
    let nowhere = message!(CreateShipmentRequest { order: of_ours(NOBODY), ..good });
    let mut cases = vec![
        (message!(CreateShipmentRequest {}), "FIELD_INVALID external_shipment_id order lines"),
        (
            with_line(message!(ShipmentLine { sku: "mug", quantity: "1", completes_line: true })),
            "FIELD_INVALID lines[0].completes_line",
        ),
        (
            message!(CreateShipmentRequest {
                external_shipment_id: NUL,
                ship_date: "23.11.2026",
                carrier: long(256),
                tracking_numbers: [String::new(), long(256)],
                lines: [bad_line]
            }),
            "FIELD_INVALID external_shipment_id order ship_date carrier tracking_numbers[0] \
            tracking_numbers[1] lines[0].line_id lines[0].location lines[0].quantity \
            lines[0].ledger_number",
        ),
        (
            message!(CreateShipmentRequest {
                tracking_numbers: times(101, "t".to_owned()),
                ..good
            }),
            "FIELD_INVALID tracking_numbers",
        ),
        (
            message!(CreateShipmentRequest { lines: times(2_001, line.clone()), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(CreateShipmentRequest { lines: times(2_000, line.clone()), ..nowhere }),
            "NOT_FOUND",
        ),
        (
            with_line(message!(ShipmentLine { line_id: NUL, sku: long(256), ..line })),
            "FIELD_INVALID lines[0].line_id lines[0].sku",
        ),
        (with_line(message!(ShipmentLine { line_id: "9", ..line })), "ORDER_LINE_NOT_FOUND"),
        (
            message!(CreateShipmentRequest { external_shipment_id: "d-1", ..good }),
            "DOCUMENT_CONTENT_MISMATCH",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        (
            with_line(message!(ShipmentLine { quantity: it, ..line })),
            "FIELD_INVALID lines[0].quantity",
        )
    }));
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(CreateShipmentRequest { order: order, ..good }), expected)
    }));
    tried
        .table("ShipmentService/CreateShipment", cases, async |house, it| {
            told(house.erp.shipments().create_shipment(it).await)
        })
        .await;
}

/// Names an order by our id.
pub fn of_ours(id: &str) -> Option<proto::OrderReference> {
    let reference = Some(proto::order_reference::Reference::OrderId(id.into()));
    Some(proto::OrderReference { reference })
}

async fn cancel(tried: &mut Tried) {
    let line = message!(OrderLineCancellation { line_id: "0", quantity: "1" });
    let good = message!(CancelOrderLinesRequest {
        request_id: "r",
        order: of_shop("a-1"),
        lines: [line.clone()]
    });
    let numbered = |count: usize| {
        let line = |nth: usize| message!(OrderLineCancellation { line_id: nth.to_string() });
        (0..count).map(line).collect::<Vec<_>>()
    };
    let with_line = |line_id: &str, quantity: &str| {
        let line = message!(OrderLineCancellation { line_id: line_id, quantity: quantity });
        message!(CancelOrderLinesRequest { lines: [line], ..good })
    };
    let mut cases = vec![
        (message!(CancelOrderLinesRequest {}), "REQUEST_ID_REQUIRED"),
        (
            message!(CancelOrderLinesRequest { request_id: NUL }),
            "FIELD_INVALID request_id order lines",
        ),
        (
            message!(CancelOrderLinesRequest { lines: numbered(2_001), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(CancelOrderLinesRequest {
                order: of_ours(NOBODY),
                lines: numbered(2_000),
                ..good
            }),
            "NOT_FOUND",
        ),
        (
            message!(CancelOrderLinesRequest { lines: times(2, line), ..good }),
            "FIELD_INVALID lines[1].line_id",
        ),
        (with_line("", "0"), "FIELD_INVALID lines[0].line_id lines[0].quantity"),
        (with_line("9", ""), "ORDER_LINE_NOT_FOUND"),
        (with_line("0", "2.000001"), "QUANTITY_EXCEEDED"),
        (message!(CancelOrderLinesRequest { order: of_shop("nowhere"), ..good }), "NOT_FOUND"),
    ];
    cases.extend(NO_DECIMALS.map(|it| (with_line("0", it), "FIELD_INVALID lines[0].quantity")));
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(CancelOrderLinesRequest { order: order, ..good }), expected)
    }));
    tried
        .table("ShipmentService/CancelOrderLines", cases, async |house, it| {
            told(house.erp.shipments().cancel_order_lines(it).await)
        })
        .await;
}

async fn record(tried: &mut Tried) {
    let good = invoice("r-2", "a-1", &[("0", "1")]);
    let line = good.lines[0].clone();
    let bad_line = message!(InvoiceLine {
        invoice_line_id: NUL,
        order_line_id: "",
        quantity: "0",
        unit_price: "-1",
        discount: "-1",
        amount: "",
        taxes: [bad_tax()]
    });
    let with_line =
        |line: proto::InvoiceLine| message!(RecordInvoiceRequest { lines: [line], ..good });
    let numbered = |count: usize| {
        let numbered =
            |it: usize| message!(InvoiceLine { invoice_line_id: it.to_string(), ..line });
        (0..count).map(numbered).collect::<Vec<_>>()
    };
    let charges: Vec<_> = (0..101)
        .map(|it| message!(Charge { charge_id: it.to_string(), kind: 1, amount: "1" }))
        .collect();
    let taxes: Vec<_> = (0..51)
        .map(|it| message!(Tax { category: it.to_string(), rate: "1", base: "0" }))
        .collect();
    let ahead = message!(Charge { charge_id: "c", kind: 5, amount: "1" });
    let negative = message!(Tax { category: "S", rate: "19", base: "-1", amount: "-0.19" });
    let mut cases = vec![
        (
            message!(RecordInvoiceRequest {}),
            "FIELD_INVALID external_invoice_id order invoice_date currency_code price_mode \
            rounding_mode lines total",
        ),
        (
            message!(RecordInvoiceRequest {
                external_invoice_id: long(256),
                invoice_date: "2026-13-01",
                currency_code: NUL,
                price_mode: 99,
                rounding_mode: 99,
                lines: [bad_line],
                charges: [bad_charge()],
                tax_totals: [bad_tax()],
                total: "1e3"
            }),
            "FIELD_INVALID external_invoice_id order invoice_date currency_code price_mode \
            rounding_mode lines[0].invoice_line_id lines[0].order_line_id lines[0].quantity \
            lines[0].unit_price lines[0].discount lines[0].amount lines[0].taxes[0].category \
            lines[0].taxes[0].rate lines[0].taxes[0].base lines[0].taxes[0].amount \
            charges[0].charge_id charges[0].kind charges[0].amount charges[0].taxes[0].category \
            charges[0].taxes[0].rate charges[0].taxes[0].base charges[0].taxes[0].amount \
            charges[0].description tax_totals[0].category tax_totals[0].rate \
            tax_totals[0].base tax_totals[0].amount total",
        ),
        (message!(RecordInvoiceRequest { lines: numbered(2_001), ..good }), "FIELD_INVALID lines"),
        (
            message!(RecordInvoiceRequest {
                lines: numbered(2_000),
                order: of_ours(NOBODY),
                ..good
            }),
            "NOT_FOUND",
        ),
        (
            message!(RecordInvoiceRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].invoice_line_id",
        ),
        (message!(RecordInvoiceRequest { charges: charges, ..good }), "FIELD_INVALID charges"),
        (message!(RecordInvoiceRequest { tax_totals: taxes, ..good }), "FIELD_INVALID tax_totals"),
        // What is paid ahead of goods.
        (message!(RecordInvoiceRequest { kind: 99, ..good }), "FIELD_INVALID kind"),
        (
            message!(RecordInvoiceRequest { kind: 2, charges: [ahead.clone()], ..good }),
            "FIELD_INVALID lines",
        ),
        (message!(RecordInvoiceRequest { kind: 2, lines: [], ..good }), "FIELD_INVALID charges"),
        (
            message!(RecordInvoiceRequest {
                kind: 2,
                lines: [],
                charges: [
                    message!(Charge { kind: 1, ..ahead }),
                    message!(Charge { charge_id: "d", taxes: [negative.clone()], ..ahead }),
                    message!(Charge { charge_id: "e", kind: 6, ..ahead })
                ],
                tax_totals: [negative],
                ..good
            }),
            "FIELD_INVALID charges[0].kind charges[1].taxes[0].base charges[1].taxes[0].amount \
            charges[2].kind tax_totals[0].base tax_totals[0].amount",
        ),
        (
            message!(RecordInvoiceRequest {
                charges: [
                    ahead.clone(),
                    message!(Charge { charge_id: "d", kind: 6, ..ahead }),
                    message!(Charge {
                        charge_id: "e",
                        kind: 1,
                        prepayment_invoice: of_system("erp", "r-1"),
                        ..ahead
                    })
                ],
                ..good
            }),
            "FIELD_INVALID charges[1].prepayment_invoice charges[0].kind \
            charges[2].prepayment_invoice",
        ),
        (with_line(message!(InvoiceLine { order_line_id: "9", ..line })), "ORDER_LINE_NOT_FOUND"),
        (
            message!(RecordInvoiceRequest { external_invoice_id: "r-1", ..good }),
            "DOCUMENT_CONTENT_MISMATCH",
        ),
    ];
    for text in NO_DECIMALS {
        let line = message!(InvoiceLine {
            quantity: text,
            unit_price: text,
            discount: text,
            amount: text,
            ..line
        });
        cases.push((
            message!(RecordInvoiceRequest { lines: [line], total: text, ..good }),
            "FIELD_INVALID lines[0].quantity lines[0].unit_price lines[0].discount \
            lines[0].amount total",
        ));
    }
    cases.extend(bad_references().into_iter().map(|(order, expected)| {
        (message!(RecordInvoiceRequest { order: order, ..good }), expected)
    }));
    tried
        .table("InvoiceService/RecordInvoice", cases, async |house, it| {
            told(house.erp.invoices().record_invoice(it).await)
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let mut bad = bad_documents("shipment");
    bad.push((of_system("erp", "nothing"), "NOT_FOUND".into()));
    let cases = bad.iter().map(|(named, expected)| {
        (message!(GetShipmentRequest { shipment: named.clone() }), &**expected)
    });
    tried
        .table("ShipmentService/GetShipment", cases, async |house, it| {
            told(house.shop.shipments().get_shipment(it).await)
        })
        .await;
    let mut bad = bad_documents("invoice");
    bad.push((of_system("erp", "nothing"), "NOT_FOUND".into()));
    let cases = bad.iter().map(|(named, expected)| {
        (message!(GetInvoiceRequest { invoice: named.clone() }), &**expected)
    });
    tried
        .table("InvoiceService/GetInvoice", cases, async |house, it| {
            told(house.shop.invoices().get_invoice(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListShipmentsRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (message!(ListShipmentsRequest { order_id: NUL }), "FIELD_INVALID order_id"),
        (
            message!(ListShipmentsRequest { at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    tried
        .table("ShipmentService/ListShipments", pages.into_iter().chain(more), async |house, it| {
            told(house.shop.shipments().list_shipments(it).await)
        })
        .await;
    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListInvoicesRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (message!(ListInvoicesRequest { order_id: "-1" }), "FIELD_INVALID order_id"),
        (
            message!(ListInvoicesRequest { at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    tried
        .table("InvoiceService/ListInvoices", pages.into_iter().chain(more), async |house, it| {
            told(house.shop.invoices().list_invoices(it).await)
        })
        .await;
}

async fn undo(tried: &mut Tried) {
    use proto::ShipmentCancellationKind::{CarrierReturn, NeverLeft};
    let good = undoing("d-1", NeverLeft, Disposition::Unspecified);
    let mut cases = vec![
        (
            message!(CancelShipmentRequest {}),
            "FIELD_INVALID external_cancellation_id shipment kind".to_owned(),
        ),
        (
            message!(CancelShipmentRequest {
                external_cancellation_id: long(256),
                kind: 99,
                ledger_number: -1
            }),
            "FIELD_INVALID external_cancellation_id shipment kind ledger_number".into(),
        ),
        (
            message!(CancelShipmentRequest { disposition: Disposition::Restock, ..good }),
            "FIELD_INVALID disposition".into(),
        ),
        (
            message!(CancelShipmentRequest { kind: CarrierReturn, ..good }),
            "FIELD_INVALID disposition".into(),
        ),
        (
            message!(CancelShipmentRequest {
                kind: CarrierReturn,
                disposition: Disposition::SendBack,
                ..good
            }),
            "FIELD_INVALID disposition".into(),
        ),
    ];
    cases.extend(bad_documents("shipment").into_iter().map(|(named, expected)| {
        (message!(CancelShipmentRequest { shipment: named, ..good }), expected)
    }));
    let cases = cases.iter().map(|(it, expected)| (it.clone(), &**expected));
    tried
        .table("ShipmentService/CancelShipment", cases, async |house, it| {
            told(house.erp.shipments().cancel_shipment(it).await)
        })
        .await;
}
