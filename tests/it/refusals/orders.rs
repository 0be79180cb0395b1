use erpsync_client::proto;
use proto::order_reference::Reference;

use super::{BAD_PAGES, NO_DECIMALS, NOBODY, NUL, Tried, long, message, times, told};
use crate::kit::trade::{of_shop, of_system, order};

/// As `order`, in requests of an ERP, and what is wrong with it.
pub fn bad_references() -> Vec<(Option<proto::OrderReference>, &'static str)> {
    let ours =
        |id: &str| Some(message!(OrderReference { reference: Reference::OrderId(id.into()) }));
    let theirs = |system: &str, id: &str| {
        let external = message!(ExternalReference { system: system, external_id: id });
        Some(message!(OrderReference { reference: Reference::External(external) }))
    };
    vec![
        (None, "FIELD_INVALID order"),
        (Some(message!(OrderReference {})), "FIELD_INVALID order"),
        (ours(""), "FIELD_INVALID order.order_id"),
        (ours("01"), "FIELD_INVALID order.order_id"),
        (ours("9223372036854775808"), "FIELD_INVALID order.order_id"),
        (ours(NOBODY), "NOT_FOUND"),
        (theirs("", ""), "FIELD_INVALID order.external.external_id"),
        (theirs(NUL, &long(256)), "FIELD_INVALID order.external.system order.external.external_id"),
    ]
}

/// A tax in which everything is wrong, and the fields of it.
pub fn bad_tax() -> proto::Tax {
    message!(Tax { category: NUL, rate: "101", base: "-", amount: "1e3" })
}

/// A charge in which everything is wrong; `charges[0].` and these.
pub fn bad_charge() -> proto::Charge {
    message!(Charge {
        charge_id: "",
        kind: 99,
        amount: "-1",
        taxes: [bad_tax()],
        description: long(1_001)
    })
}

pub async fn check(tried: &mut Tried) {
    submit(tried).await;
    reads(tried).await;
}

async fn submit(tried: &mut Tried) {
    let good = order("a-2", &[("none", "1")]);
    let line = good.lines[0].clone();
    let tax = message!(Tax { category: "S", rate: "19" });
    let charge = message!(Charge { charge_id: "c", kind: 1, amount: "1" });
    let bad_line = message!(OrderLine {
        line_id: "",
        sku: NUL,
        location: long(65),
        description: NUL,
        quantity: "-1",
        unit_price: "-1",
        discount: "-1",
        amount: "",
        taxes: [bad_tax()]
    });
    let with_line = |line: proto::OrderLine| message!(SubmitOrderRequest { lines: [line], ..good });
    let numbered = |count: usize| {
        let numbered = |nth: usize| message!(OrderLine { line_id: nth.to_string(), ..line });
        let lines: Vec<_> = (0..count).map(numbered).collect();
        message!(SubmitOrderRequest { lines: lines, total: count.to_string(), ..good })
    };
    let charges = |count: usize| {
        let numbered = |nth: usize| message!(Charge { charge_id: nth.to_string(), ..charge });
        (0..count).map(numbered).collect::<Vec<_>>()
    };
    let taxes = |count: usize| {
        let other = |nth: usize| message!(Tax { category: nth.to_string(), base: "0", ..tax });
        (0..count).map(other).collect::<Vec<_>>()
    };
    let mut cases = vec![
        (
            message!(SubmitOrderRequest {
                opening: message!(OpeningState {
                    taken_over: message!(ExternalReference {}),
                    lines: [
                        message!(OpeningLine { line_id: NUL, shipped: "-1", cancelled: "x" }),
                        message!(OpeningLine { line_id: "1" }),
                        message!(OpeningLine { line_id: "1" })
                    ]
                }),
                ..good
            }),
            "FIELD_INVALID opening.taken_over.system opening.taken_over.external_id \
            opening.lines[0].line_id opening.lines[0].shipped opening.lines[0].cancelled \
            opening.lines[2].line_id",
        ),
        // Only invoices know of prepayments.
        (
            message!(SubmitOrderRequest {
                charges: [
                    message!(Charge { kind: 5, ..charge }),
                    message!(Charge {
                        charge_id: "d",
                        kind: 6,
                        prepayment_invoice: of_system("erp", "r-1"),
                        ..charge
                    })
                ],
                ..good
            }),
            "FIELD_INVALID charges[0].kind charges[1].kind charges[1].prepayment_invoice",
        ),
        (
            message!(SubmitOrderRequest {}),
            "FIELD_INVALID external_order_id currency_code price_mode rounding_mode lines total",
        ),
        (
            message!(SubmitOrderRequest {
                external_order_id: long(256),
                order_date: "2026-02-30",
                currency_code: "eur",
                price_mode: 99,
                rounding_mode: -1,
                lines: [bad_line],
                charges: [bad_charge()],
                tax_totals: [bad_tax()],
                total: "",
                shipping_address: message!(Address { name: long(256), country_code: "de" }),
                billing_address: message!(Address { email: NUL, country_code: "DEU" }),
                external_customer_id: NUL,
                external_reservation_id: NUL
            }),
            "FIELD_INVALID external_order_id order_date currency_code price_mode rounding_mode \
            lines[0].line_id lines[0].sku lines[0].location lines[0].description \
            lines[0].quantity lines[0].unit_price lines[0].discount lines[0].amount \
            lines[0].taxes[0].category lines[0].taxes[0].rate lines[0].taxes[0].base \
            lines[0].taxes[0].amount charges[0].charge_id charges[0].kind charges[0].amount \
            charges[0].taxes[0].category charges[0].taxes[0].rate charges[0].taxes[0].base \
            charges[0].taxes[0].amount charges[0].description tax_totals[0].category \
            tax_totals[0].rate tax_totals[0].base tax_totals[0].amount total \
            shipping_address.name shipping_address.country_code billing_address.email \
            billing_address.country_code external_customer_id external_reservation_id",
        ),
        (numbered(2_001), "FIELD_INVALID lines"),
        (numbered(2_000), "INSUFFICIENT_STOCK"),
        (message!(SubmitOrderRequest { external_reservation_id: "no", ..good }), "NOT_FOUND"),
        (
            message!(SubmitOrderRequest { lines: times(2, line.clone()), ..good }),
            "FIELD_INVALID lines[1].line_id",
        ),
        (message!(SubmitOrderRequest { charges: charges(101), ..good }), "FIELD_INVALID charges"),
        (
            message!(SubmitOrderRequest { charges: charges(100), total: "101", ..good }),
            "INSUFFICIENT_STOCK",
        ),
        (
            message!(SubmitOrderRequest { charges: times(2, charge.clone()), ..good }),
            "FIELD_INVALID charges[1].charge_id",
        ),
        (
            message!(SubmitOrderRequest { tax_totals: taxes(51), ..good }),
            "FIELD_INVALID tax_totals",
        ),
        (
            with_line(message!(OrderLine { taxes: taxes(11), ..line })),
            "FIELD_INVALID lines[0].taxes",
        ),
        (
            with_line(message!(OrderLine { taxes: times(2, tax.clone()), ..line })),
            "FIELD_INVALID lines[0].taxes[1]",
        ),
        (
            with_line(message!(OrderLine { quantity: "0", amount: "1.001", ..line })),
            "FIELD_INVALID lines[0].quantity lines[0].amount",
        ),
        (
            message!(SubmitOrderRequest { currency_code: "JPY", total: "0.5", ..good }),
            "FIELD_INVALID total",
        ),
        (message!(SubmitOrderRequest { total: "2", ..good }), "AMOUNTS_DO_NOT_ADD_UP"),
        (
            with_line(message!(OrderLine {
                quantity: "999999999999",
                unit_price: "999999999999",
                ..line
            })),
            "NUMBER_OUT_OF_RANGE",
        ),
        (good.clone(), "INSUFFICIENT_STOCK"),
        (
            message!(SubmitOrderRequest { external_order_id: "a-1", ..good }),
            "ORDER_CONTENT_MISMATCH",
        ),
    ];
    for text in NO_DECIMALS {
        let line = message!(OrderLine {
            quantity: text,
            unit_price: text,
            discount: text,
            amount: text,
            ..line
        });
        cases.push((
            message!(SubmitOrderRequest { lines: [line], total: text, ..good }),
            "FIELD_INVALID lines[0].quantity lines[0].unit_price lines[0].discount \
            lines[0].amount total",
        ));
    }
    tried
        .table("OrderService/SubmitOrder", cases, async |house, it| {
            told(house.shop.orders().submit_order(it).await)
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let named = bad_references()
        .into_iter()
        .map(|(order, expected)| (message!(GetOrderRequest { order: order }), expected));
    let more = [
        (message!(GetOrderRequest { order: of_shop("nowhere") }), "NOT_FOUND"),
        (
            message!(GetOrderRequest { order: of_shop("a-1"), at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    tried
        .table("OrderService/GetOrder", named.chain(more), async |house, it| {
            told(house.erp.orders().get_order(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListOrdersRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (message!(ListOrdersRequest { shop: NUL }), "FIELD_INVALID shop"),
        (message!(ListOrdersRequest { shop: long(65) }), "FIELD_INVALID shop"),
        (message!(ListOrdersRequest { at_least_revision: -1 }), "FIELD_INVALID at_least_revision"),
    ];
    tried
        .table("OrderService/ListOrders", pages.into_iter().chain(more), async |house, it| {
            told(house.erp.orders().list_orders(it).await)
        })
        .await;

    let filters = [NUL.to_owned(), long(65)].map(|it| message!(OrderFilter { shop: it }));
    let wrong = "FIELD_INVALID filter.shop";
    let asked = super::changes::BAD_READS.map(|(token, on_expired, size, wait, expected)| {
        let request = message!(ReadOrderChangesRequest {
            resume_token: token,
            on_expired: on_expired,
            page_size: size,
            wait: wait
        });
        (request, expected)
    });
    let filtered =
        filters.clone().map(|it| (message!(ReadOrderChangesRequest { filter: it }), wrong));
    tried
        .table(
            "OrderService/ReadOrderChanges",
            asked.into_iter().chain(filtered),
            async |house, it| told(house.erp.orders().read_order_changes(it).await),
        )
        .await;

    let watched = super::changes::bad_starts()
        .into_iter()
        .map(|(start, expected)| (message!(WatchOrdersRequest { start: start }), expected));
    let filtered = filters.map(|it| (message!(WatchOrdersRequest { filter: it }), wrong));
    tried
        .table("OrderService/WatchOrders", watched.chain(filtered), async |house, it| {
            told(house.erp.orders().watch_orders(it).await)
        })
        .await;
}
