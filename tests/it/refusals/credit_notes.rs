use erpsync_client::proto;

use super::orders::{bad_references, bad_tax};
use super::shipments::bad_documents;
use super::{BAD_PAGES, NO_DECIMALS, NUL, Tried, long, message, times, told};
use crate::kit::trade::{correction, of_shop, of_system};

pub async fn check(tried: &mut Tried) {
    issue(tried).await;
    preview(tried).await;
    reduce(tried).await;
    settle(tried).await;
    reads(tried).await;
}

const KINDS: [i32; 4] = [1, 2, 3, 4];

async fn issue(tried: &mut Tried) {
    let good = correction("c-2", "r-1", &[("i-0", "1")]);
    let line = good.lines[0].clone();
    let numbered = |count: usize| {
        let numbered =
            |it: usize| message!(CreditNoteLine { invoice_line_id: it.to_string(), ..line });
        (0..count).map(numbered).collect::<Vec<_>>()
    };
    let with_line =
        |line: proto::CreditNoteLine| message!(IssueCreditNoteRequest { lines: [line], ..good });
    let charge_ids: Vec<_> = (0..101).map(|it| it.to_string()).collect();
    let settled = message!(Settlement { kind: 1, amount: "1" });
    let free = message!(IssueCreditNoteRequest {
        external_credit_note_id: "c-3",
        kind: KINDS[2],
        credit_date: "2026-11-24",
        reason: "sorry",
        currency_code: "EUR",
        price_mode: 2,
        rounding_mode: 1,
        lines: [message!(CreditNoteLine { amount: "1" })],
        total: "1"
    });
    let bad_line = message!(CreditNoteLine {
        invoice_line_id: NUL,
        quantity: "0",
        amount: "1e3",
        taxes: [bad_tax()],
        description: long(1_001),
        sku: "mug"
    });
    let cause = |it: proto::credit_cause::Cause| Some(message!(CreditCause { cause: it }));
    let reception = cause(proto::credit_cause::Cause::Reception(Default::default()));
    let of_return = cause(proto::credit_cause::Cause::Return(Default::default()));
    let reversal = message!(IssueCreditNoteRequest { kind: KINDS[0], lines: Vec::new(), ..good });
    let mut cases = vec![
        (
            message!(IssueCreditNoteRequest {}),
            "FIELD_INVALID external_credit_note_id kind credit_date",
        ),
        (
            message!(IssueCreditNoteRequest {
                external_credit_note_id: long(256),
                kind: 99,
                currency_code: "XYZ",
                credit_date: "x",
                reason: NUL,
                tax_totals: [bad_tax()],
                total: "-1",
                settlements: [message!(Settlement { kind: 99, amount: "" })]
            }),
            "FIELD_INVALID external_credit_note_id kind currency_code credit_date reason \
            tax_totals[0].category tax_totals[0].rate tax_totals[0].base tax_totals[0].amount \
            total settlements[0].kind settlements[0].amount",
        ),
        // A correction.
        (
            message!(IssueCreditNoteRequest {
                invoice: None,
                cause: reception,
                lines: [bad_line.clone()],
                price_mode: 1,
                rounding_mode: 99,
                ..good
            }),
            "FIELD_INVALID price_mode rounding_mode invoice cause.reception \
            lines[0].invoice_line_id lines[0].quantity lines[0].amount \
            lines[0].taxes[0].category lines[0].taxes[0].rate lines[0].taxes[0].base \
            lines[0].taxes[0].amount lines[0].description lines[0].sku",
        ),
        (
            message!(IssueCreditNoteRequest {
                cause: of_return.clone(),
                lines: Vec::new(),
                ..good
            }),
            "FIELD_INVALID cause.return lines",
        ),
        (
            message!(IssueCreditNoteRequest { lines: numbered(2_001), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(IssueCreditNoteRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].invoice_line_id",
        ),
        (
            message!(IssueCreditNoteRequest { charge_ids: charge_ids, ..good }),
            "FIELD_INVALID charge_ids",
        ),
        (
            message!(IssueCreditNoteRequest {
                charge_ids: ["s".to_owned(), "s".to_owned(), String::new()],
                ..good
            }),
            "FIELD_INVALID charge_ids[1] charge_ids[2]",
        ),
        (
            message!(IssueCreditNoteRequest { settlements: times(21, settled), ..good }),
            "FIELD_INVALID settlements",
        ),
        (
            with_line(message!(CreditNoteLine { quantity: "3.000001", ..line })),
            "CREDIT_EXCEEDS_INVOICE",
        ),
        (message!(IssueCreditNoteRequest { currency_code: "CHF", ..good }), "CURRENCY_MISMATCH"),
        (message!(IssueCreditNoteRequest { total: "2", ..good }), "AMOUNTS_DO_NOT_ADD_UP"),
        (
            message!(IssueCreditNoteRequest { invoice: of_system("erp", "nothing"), ..good }),
            "NOT_FOUND",
        ),
        // All of an invoice.
        (
            message!(IssueCreditNoteRequest {
                invoice: None,
                cause: of_return.clone(),
                lines: [line.clone()],
                charge_ids: ["s".to_owned()],
                price_mode: 2,
                rounding_mode: 2,
                ..reversal
            }),
            "FIELD_INVALID invoice cause lines charge_ids price_mode rounding_mode",
        ),
        // Of no invoice.
        (
            message!(IssueCreditNoteRequest {
                external_credit_note_id: "c-3",
                kind: KINDS[2],
                credit_date: "2026-11-24"
            }),
            "FIELD_INVALID currency_code reason total price_mode rounding_mode lines",
        ),
        (
            message!(IssueCreditNoteRequest {
                invoice: of_system("erp", "r-1"),
                cause: of_return,
                charge_ids: ["s".to_owned()],
                lines: [bad_line],
                ..free
            }),
            "FIELD_INVALID invoice cause charge_ids lines[0].invoice_line_id lines[0].quantity \
            lines[0].amount lines[0].taxes[0].category lines[0].taxes[0].rate \
            lines[0].taxes[0].base lines[0].taxes[0].amount lines[0].description",
        ),
        (message!(IssueCreditNoteRequest { total: "2", ..free }), "AMOUNTS_DO_NOT_ADD_UP"),
    ];
    for text in NO_DECIMALS {
        let line = message!(CreditNoteLine { quantity: text, amount: text, ..line });
        let settled = message!(Settlement { kind: 1, amount: text });
        cases.push((
            message!(IssueCreditNoteRequest {
                lines: [line],
                total: text,
                settlements: [settled],
                ..good
            }),
            "FIELD_INVALID total settlements[0].amount lines[0].quantity lines[0].amount",
        ));
    }
    let named = bad_documents("invoice");
    cases.extend(named.iter().map(|(named, expected)| {
        (message!(IssueCreditNoteRequest { invoice: named.clone(), ..good }), &**expected)
    }));
    tried
        .table("CreditNoteService/IssueCreditNote", cases, async |house, it| {
            told(house.erp.credit_notes().issue_credit_note(it).await)
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let mut bad = bad_documents("credit_note");
    bad.push((of_system("erp", "nothing"), "NOT_FOUND".into()));
    let cases = bad.iter().map(|(named, expected)| {
        (message!(GetCreditNoteRequest { credit_note: named.clone() }), &**expected)
    });
    tried
        .table("CreditNoteService/GetCreditNote", cases, async |house, it| {
            told(house.shop.credit_notes().get_credit_note(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListCreditNotesRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (message!(ListCreditNotesRequest { order_id: "０" }), "FIELD_INVALID order_id"),
        (
            message!(ListCreditNotesRequest { at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    tried
        .table(
            "CreditNoteService/ListCreditNotes",
            pages.into_iter().chain(more),
            async |house, it| told(house.shop.credit_notes().list_credit_notes(it).await),
        )
        .await;
}

async fn preview(tried: &mut Tried) {
    let line = message!(CreditNoteLine { invoice_line_id: "i-0", quantity: "1" });
    let good = message!(PreviewCreditNoteRequest {
        kind: KINDS[1],
        invoice: of_system("erp", "r-1"),
        lines: [line.clone()]
    });
    let with_line =
        |line: proto::CreditNoteLine| message!(PreviewCreditNoteRequest { lines: [line], ..good });
    let mut cases = vec![
        (message!(PreviewCreditNoteRequest {}), "FIELD_INVALID kind".to_owned()),
        (message!(PreviewCreditNoteRequest { kind: 99 }), "FIELD_INVALID kind".into()),
        // A free credit comes to what it says.
        (
            message!(PreviewCreditNoteRequest { kind: KINDS[2], ..good }),
            "FIELD_INVALID kind".into(),
        ),
        (
            message!(PreviewCreditNoteRequest { kind: KINDS[0], charge_ids: ["a".into()], ..good }),
            "FIELD_INVALID lines charge_ids".into(),
        ),
        (message!(PreviewCreditNoteRequest { lines: [], ..good }), "FIELD_INVALID lines".into()),
        (
            message!(PreviewCreditNoteRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].invoice_line_id".into(),
        ),
        (with_line(message!(CreditNoteLine { invoice_line_id: "9", ..line })), "NOT_FOUND".into()),
        (
            with_line(message!(CreditNoteLine { quantity: "3.000001", ..line })),
            "CREDIT_EXCEEDS_INVOICE".into(),
        ),
        (
            with_line(message!(CreditNoteLine { amount: "0.99", ..line })),
            "AMOUNTS_DO_NOT_ADD_UP".into(),
        ),
        (
            message!(PreviewCreditNoteRequest { invoice: of_system("erp", "nothing"), ..good }),
            "NOT_FOUND".into(),
        ),
    ];
    cases.extend(bad_documents("invoice").into_iter().map(|(named, expected)| {
        (message!(PreviewCreditNoteRequest { invoice: named, ..good }), expected)
    }));
    // By lines of an order.
    let units = message!(OrderLineCredit { order_line_id: "0", quantity: "1" });
    let of_order = message!(PreviewCreditNoteRequest {
        kind: KINDS[1],
        order: of_shop("a-1"),
        order_lines: [units.clone()]
    });
    let with_units = |units: proto::OrderLineCredit| {
        message!(PreviewCreditNoteRequest { order_lines: [units], ..of_order })
    };
    cases.extend([
        (
            message!(PreviewCreditNoteRequest {
                kind: KINDS[0],
                invoice: of_system("erp", "r-1"),
                cause: message!(CreditCause {}),
                lines: [line],
                charge_ids: ["s".to_owned()],
                order: None,
                order_lines: [message!(OrderLineCredit { order_line_id: NUL, quantity: "0" })]
            }),
            "FIELD_INVALID kind invoice cause lines charge_ids order \
            order_lines[0].order_line_id order_lines[0].quantity"
                .into(),
        ),
        (
            message!(PreviewCreditNoteRequest { order_lines: [], ..of_order }),
            "FIELD_INVALID order_lines".into(),
        ),
        (
            message!(PreviewCreditNoteRequest {
                order_lines: times(2_001, units.clone()),
                ..of_order
            }),
            "FIELD_INVALID order_lines".into(),
        ),
        (
            message!(PreviewCreditNoteRequest { order_lines: times(2, units.clone()), ..of_order }),
            "FIELD_INVALID order_lines[1].order_line_id".into(),
        ),
        (
            with_units(message!(OrderLineCredit { order_line_id: "9", ..units })),
            "ORDER_LINE_NOT_FOUND".into(),
        ),
        (
            with_units(message!(OrderLineCredit { quantity: "3.000001", ..units })),
            "CREDIT_EXCEEDS_INVOICE".into(),
        ),
        (
            message!(PreviewCreditNoteRequest { order: of_shop("nowhere"), ..of_order }),
            "NOT_FOUND".into(),
        ),
    ]);
    cases.extend(bad_references().into_iter().filter(|it| it.0.is_some()).map(
        |(order, expected)| {
            (message!(PreviewCreditNoteRequest { order: order, ..of_order }), expected.into())
        },
    ));
    let cases = cases.iter().map(|(it, expected)| (it.clone(), &**expected));
    tried
        .table("CreditNoteService/PreviewCreditNote", cases, async |house, it| {
            told(house.shop.credit_notes().preview_credit_note(it).await)
        })
        .await;
}

/// The same call, of the kind that credits money and no units.
async fn reduce(tried: &mut Tried) {
    let line = message!(CreditNoteLine { invoice_line_id: "i-0", amount: "0.5" });
    let good = message!(IssueCreditNoteRequest {
        kind: KINDS[3],
        lines: [line.clone()],
        ..correction("c-9", "r-1", &[])
    });
    let with_line =
        |line: proto::CreditNoteLine| message!(IssueCreditNoteRequest { lines: [line], ..good });
    let cause = message!(CreditCause {
        cause: proto::credit_cause::Cause::Return(of_system("erp", "t-1").unwrap())
    });
    let cases = [
        (
            message!(IssueCreditNoteRequest {
                cause: cause,
                charge_ids: ["s".to_owned()],
                price_mode: 1,
                ..good
            }),
            "FIELD_INVALID price_mode cause charge_ids",
        ),
        (message!(IssueCreditNoteRequest { lines: [], ..good }), "FIELD_INVALID lines"),
        // Only a prepayment invoice has no lines that could be named.
        (
            with_line(message!(CreditNoteLine { invoice_line_id: "", ..line })),
            "FIELD_INVALID lines[0].invoice_line_id",
        ),
        (
            with_line(message!(CreditNoteLine {
                invoice_line_id: "",
                quantity: "1",
                amount: "0",
                taxes: [bad_tax()],
                description: NUL,
                sku: "mug"
            })),
            "FIELD_INVALID lines[0].quantity lines[0].amount lines[0].taxes[0].category \
            lines[0].taxes[0].rate lines[0].taxes[0].base lines[0].taxes[0].amount \
            lines[0].description lines[0].sku",
        ),
        (
            message!(IssueCreditNoteRequest {
                lines: [line.clone(), message!(CreditNoteLine { invoice_line_id: "", ..line })],
                ..good
            }),
            "FIELD_INVALID lines[1].invoice_line_id",
        ),
        (
            with_line(message!(CreditNoteLine { amount: "0.001", ..line })),
            "FIELD_INVALID lines[0].amount",
        ),
        (
            message!(IssueCreditNoteRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].invoice_line_id",
        ),
        (
            with_line(message!(CreditNoteLine { quantity: "1", amount: "", sku: "mug", ..line })),
            "FIELD_INVALID lines[0].quantity lines[0].amount lines[0].sku",
        ),
        (
            with_line(message!(CreditNoteLine { amount: "0", ..line })),
            "FIELD_INVALID lines[0].amount",
        ),
        (
            with_line(message!(CreditNoteLine { amount: "-1", ..line })),
            "FIELD_INVALID lines[0].amount",
        ),
        (with_line(message!(CreditNoteLine { invoice_line_id: "9", ..line })), "NOT_FOUND"),
        (
            with_line(message!(CreditNoteLine { amount: "999999", ..line })),
            "CREDIT_EXCEEDS_INVOICE",
        ),
        (message!(IssueCreditNoteRequest { total: "0.49", ..good }), "AMOUNTS_DO_NOT_ADD_UP"),
        (message!(IssueCreditNoteRequest { currency_code: "CHF", ..good }), "CURRENCY_MISMATCH"),
    ];
    tried
        .table("CreditNoteService/IssueCreditNote", cases, async |house, it| {
            told(house.erp.credit_notes().issue_credit_note(it).await)
        })
        .await;
}

async fn settle(tried: &mut Tried) {
    let part = message!(Settlement { kind: 1, amount: "1" });
    let good = message!(SettleCreditNoteRequest {
        external_settlement_id: "s-1",
        credit_note: of_system("erp", "c-1"),
        settlements: [part.clone()]
    });
    let named = message!(Settlement { invoice: of_system("erp", "r-1"), ..part });
    let mut cases = vec![
        (
            message!(SettleCreditNoteRequest { external_settlement_id: NUL }),
            "FIELD_INVALID external_settlement_id credit_note settlements".to_owned(),
        ),
        (
            message!(SettleCreditNoteRequest { settlements: times(21, part.clone()), ..good }),
            "FIELD_INVALID settlements".into(),
        ),
        (
            message!(SettleCreditNoteRequest {
                settlements: [message!(Settlement { kind: 99, amount: "1e3" }), named],
                ..good
            }),
            "FIELD_INVALID settlements[0].kind settlements[0].amount settlements[1].invoice".into(),
        ),
    ];
    cases.extend(bad_documents("credit_note").into_iter().map(|(named, expected)| {
        (message!(SettleCreditNoteRequest { credit_note: named, ..good }), expected)
    }));
    let cases = cases.iter().map(|(it, expected)| (it.clone(), &**expected));
    tried
        .table("CreditNoteService/SettleCreditNote", cases, async |house, it| {
            told(house.erp.credit_notes().settle_credit_note(it).await)
        })
        .await;
}
