mod push;
mod selling;

use super::{BAD_PAGES, NO_DECIMALS, NUL, Tried, long, message, times, told, told_each};

pub async fn check(tried: &mut Tried) {
    statements(tried).await;
    push::check(tried).await;
    movements(tried).await;
    selling::check(tried).await;
    reads(tried).await;
    changes(tried).await;
}

async fn statements(tried: &mut Tried) {
    let reading = message!(StockReading { sku: "mug", on_hand: "1" });
    let said = |row| message!(SetStockRequest { request_id: "r", readings: [row] });
    let bad = message!(StockReading {
        sku: NUL,
        location: long(65),
        on_hand: "",
        source_epoch: -1,
        statement_sequence: -1,
        ledger_through: i64::MIN
    });
    let mut cases = vec![
        (message!(SetStockRequest { readings: [reading.clone()] }), "REQUEST_ID_REQUIRED"),
        (
            message!(SetStockRequest { request_id: NUL, ..said(reading.clone()) }),
            "FIELD_INVALID request_id",
        ),
        (
            message!(SetStockRequest { request_id: long(65), ..said(reading.clone()) }),
            "FIELD_INVALID request_id",
        ),
        (message!(SetStockRequest { request_id: "r" }), "FIELD_INVALID readings"),
        (
            message!(SetStockRequest { request_id: "r", readings: times(1_001, reading) }),
            "FIELD_INVALID readings",
        ),
        (
            message!(SetStockRequest {
                request_id: "r-1000",
                readings: times(1_000, message!(StockReading { sku: long(256), on_hand: "1" }))
            }),
            "1000 x FIELD_INVALID readings[0].sku",
        ),
        (
            message!(SetStockRequest { request_id: "r-bad", ..said(bad) }),
            "1 x FIELD_INVALID readings[0].sku readings[0].location readings[0].on_hand \
            readings[0].source_epoch readings[0].statement_sequence readings[0].ledger_through",
        ),
        (
            message!(SetStockRequest {
                request_id: "r-orders",
                ..said(message!(StockReading {
                    sku: "mug",
                    on_hand: "1",
                    basis: 3,
                    committed: "-1",
                    effects_through: Some(-1_i64)
                }))
            }),
            "1 x FIELD_INVALID readings[0].basis readings[0].committed \
            readings[0].orders_counted_through readings[0].effects_through",
        ),
        (
            message!(SetStockRequest {
                request_id: "r-both",
                ..said(message!(StockReading {
                    sku: "mug",
                    on_hand: "1",
                    basis: 2,
                    committed: "1",
                    orders_counted_through: Some(-1_i64)
                }))
            }),
            "1 x FIELD_INVALID readings[0].committed readings[0].orders_counted_through",
        ),
        (
            message!(SetStockRequest {
                request_id: "r-available",
                ..said(message!(StockReading { sku: "mug", on_hand: "1", basis: 2 }))
            }),
            "1 x FIELD_INVALID readings[0].orders_counted_through",
        ),
        (
            message!(SetStockRequest {
                request_id: "r-future",
                ..said(message!(StockReading {
                    sku: "mug",
                    on_hand: "1",
                    basis: 2,
                    orders_counted_through: Some(1_000_000_i64),
                    effects_through: Some(1_000_000_i64)
                }))
            }),
            "1 x FIELD_INVALID readings[0].orders_counted_through readings[0].effects_through",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        let row = message!(StockReading { sku: "mug", on_hand: it });
        let request = message!(SetStockRequest { request_id: format!("r-{it}"), ..said(row) });
        (request, "1 x FIELD_INVALID readings[0].on_hand")
    }));
    tried
        .table("StockService/SetStock", cases, async |house, it| {
            let answer = house.erp.stock().set_stock(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;
}

async fn movements(tried: &mut Tried) {
    let movement = message!(StockAdjustment { sku: "mug", quantity: "1" });
    let said = |row| message!(AdjustStockRequest { request_id: "r", adjustments: [row] });
    let bad = message!(StockAdjustment {
        sku: "",
        location: NUL,
        quantity: "0",
        ledger_number: -1,
        reason: long(256)
    });
    let mut cases = vec![
        (message!(AdjustStockRequest { adjustments: [movement.clone()] }), "REQUEST_ID_REQUIRED"),
        (
            message!(AdjustStockRequest { request_id: "a b", ..said(movement.clone()) }),
            "FIELD_INVALID request_id",
        ),
        (message!(AdjustStockRequest { request_id: "r" }), "FIELD_INVALID adjustments"),
        (
            message!(AdjustStockRequest { request_id: "r", adjustments: times(1_001, movement) }),
            "FIELD_INVALID adjustments",
        ),
        (
            message!(AdjustStockRequest {
                request_id: "a-1000",
                adjustments: times(1_000, message!(StockAdjustment { sku: "mug", quantity: "-" }))
            }),
            "1000 x FIELD_INVALID adjustments[0].quantity",
        ),
        (
            message!(AdjustStockRequest { request_id: "a-bad", ..said(bad) }),
            "1 x FIELD_INVALID adjustments[0].sku adjustments[0].location \
            adjustments[0].quantity adjustments[0].ledger_number adjustments[0].reason",
        ),
        (
            message!(AdjustStockRequest {
                request_id: "a-full",
                ..said(message!(StockAdjustment { sku: "full", quantity: "1" }))
            }),
            "1 x NUMBER_OUT_OF_RANGE",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        let row = message!(StockAdjustment { sku: "mug", quantity: it });
        let request = message!(AdjustStockRequest { request_id: format!("a-{it}"), ..said(row) });
        (request, "1 x FIELD_INVALID adjustments[0].quantity")
    }));
    tried
        .table("StockService/AdjustStock", cases, async |house, it| {
            let answer = house.erp.stock().adjust_stock(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let cases = [
        (message!(GetStockRequest {}), "FIELD_INVALID sku"),
        (message!(GetStockRequest { sku: NUL, location: long(65) }), "FIELD_INVALID sku location"),
        (message!(GetStockRequest { sku: long(256), location: NUL }), "FIELD_INVALID sku location"),
        (
            message!(GetStockRequest { sku: "mug", at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
        (message!(GetStockRequest { sku: "none" }), "NOT_FOUND"),
        (message!(GetStockRequest { sku: "mug", location: "elsewhere" }), "NOT_FOUND"),
    ];
    tried
        .table("StockService/GetStock", cases, async |house, it| {
            told(house.shop.stock().get_stock(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListStockRequest { page_size: size, page_token: token }), expected)
    });
    let fields = [
        (message!(ListStockRequest { at_least_revision: -1 }), "FIELD_INVALID at_least_revision"),
        (
            message!(ListStockRequest { sku: NUL, location: long(65) }),
            "FIELD_INVALID filter.skus[0] filter.locations[0]",
        ),
    ];
    tried
        .table("StockService/ListStock", pages.into_iter().chain(fields), async |house, it| {
            told(house.shop.stock().list_stock(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        let request =
            message!(ListStockMovementsRequest { sku: "mug", page_size: size, page_token: token });
        (request, expected)
    });
    let fields = (
        message!(ListStockMovementsRequest { sku: long(256), location: NUL }),
        "FIELD_INVALID sku location",
    );
    let pages = pages.into_iter().chain([fields]);
    tried
        .table("StockService/ListStockMovements", pages, async |house, it| {
            told(house.shop.stock().list_stock_movements(it).await)
        })
        .await;
}

async fn changes(tried: &mut Tried) {
    let of = |skus: Vec<String>, locations: Vec<String>| {
        message!(StockFilter { skus: skus, locations: locations })
    };
    let filters = [
        (
            of(vec![NUL.to_owned(), long(256)], vec![String::new()]),
            "FIELD_INVALID filter.skus[0] filter.skus[1] filter.locations[0]",
        ),
        (of(times(1_001, "mug".to_owned()), vec![]), "FIELD_INVALID filter.skus"),
        (of(vec![], times(101, "main".to_owned())), "FIELD_INVALID filter.locations"),
    ];
    let asked = super::changes::BAD_READS.map(|(token, on_expired, size, wait, expected)| {
        let request = message!(ReadStockChangesRequest {
            resume_token: token,
            on_expired: on_expired,
            page_size: size,
            wait: wait
        });
        (request, expected)
    });
    let filtered = filters
        .clone()
        .map(|(filter, expected)| (message!(ReadStockChangesRequest { filter: filter }), expected));
    tried
        .table(
            "StockService/ReadStockChanges",
            asked.into_iter().chain(filtered),
            async |house, it| told(house.shop.stock().read_stock_changes(it).await),
        )
        .await;

    let watched = super::changes::bad_starts()
        .into_iter()
        .map(|(start, expected)| (message!(WatchStockRequest { start: start }), expected));
    let filtered = filters
        .map(|(filter, expected)| (message!(WatchStockRequest { filter: filter }), expected));
    tried
        .table("StockService/WatchStock", watched.chain(filtered), async |house, it| {
            told(house.shop.stock().watch_stock(it).await)
        })
        .await;
}
