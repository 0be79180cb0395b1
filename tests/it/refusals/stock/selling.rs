//! The calls about what a shop may sell of stock.

use super::super::{BAD_PAGES, NUL, Tried, long, message, times, told, told_each};

pub async fn check(tried: &mut Tried) {
    assignments(tried).await;
    buffers(tried).await;
    articles(tried).await;
    reads(tried).await;
}

async fn assignments(tried: &mut Tried) {
    let row = message!(StockAssignment { shop: "shop-a" });
    let said = |row| message!(AssignLocationsRequest { request_id: "l", assignments: [row] });
    let locations = |it: &[&str]| it.iter().map(|it| it.to_string()).collect::<Vec<_>>();
    let bad = message!(StockAssignment {
        shop: NUL,
        locations: locations(&["main", "", "main", NUL, &long(65)]),
        revision: 1
    });
    let many = message!(StockAssignment { shop: "a", locations: times(101, "a".to_owned()) });
    let cases = [
        (message!(AssignLocationsRequest { assignments: [row.clone()] }), "REQUEST_ID_REQUIRED"),
        (
            message!(AssignLocationsRequest { request_id: "a b", ..said(row.clone()) }),
            "FIELD_INVALID request_id",
        ),
        (message!(AssignLocationsRequest { request_id: "l" }), "FIELD_INVALID assignments"),
        (
            message!(AssignLocationsRequest { request_id: "l", assignments: times(1_001, row) }),
            "FIELD_INVALID assignments",
        ),
        (
            message!(AssignLocationsRequest { request_id: "l-bad", ..said(bad) }),
            "1 x FIELD_INVALID assignments[0].revision assignments[0].shop \
            assignments[0].locations[1] assignments[0].locations[2] assignments[0].locations[3] \
            assignments[0].locations[4]",
        ),
    ];
    let all = async |house: &crate::kit::House, it| {
        let answer = house.erp.stock().assign_locations(it).await;
        told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
    };
    tried.table("StockService/AssignLocations", cases, all).await;
    let answer =
        all(&tried.house, message!(AssignLocationsRequest { request_id: "l-many", ..said(many) }))
            .await;
    assert!(answer.starts_with("1 x FIELD_INVALID assignments[0].locations "), "{answer}");
}

async fn buffers(tried: &mut Tried) {
    let row = message!(StockBuffer { shop: "shop-a", sku: "mug", units: "1" });
    let said = |row| message!(SetBuffersRequest { request_id: "u", buffers: [row] });
    let bad =
        message!(StockBuffer { shop: "", sku: NUL, location: long(65), units: "-1", revision: -1 });
    let cases = [
        (message!(SetBuffersRequest { buffers: [row.clone()] }), "REQUEST_ID_REQUIRED"),
        (
            message!(SetBuffersRequest { request_id: "a b", ..said(row.clone()) }),
            "FIELD_INVALID request_id",
        ),
        (message!(SetBuffersRequest { request_id: "u" }), "FIELD_INVALID buffers"),
        (
            message!(SetBuffersRequest { request_id: "u", buffers: times(1_001, row.clone()) }),
            "FIELD_INVALID buffers",
        ),
        (
            message!(SetBuffersRequest { request_id: "u-bad", ..said(bad) }),
            "1 x FIELD_INVALID buffers[0].revision buffers[0].shop buffers[0].sku \
            buffers[0].location buffers[0].units",
        ),
        (
            message!(SetBuffersRequest {
                request_id: "u-units",
                ..said(message!(StockBuffer { units: "1e3", ..row }))
            }),
            "1 x FIELD_INVALID buffers[0].units",
        ),
    ];
    tried
        .table("StockService/SetBuffers", cases, async |house, it| {
            let answer = house.erp.stock().set_buffers(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;
}

async fn articles(tried: &mut Tried) {
    let row = message!(Sellability { sku: "mug", source_version: 1 });
    let said = |row| message!(SetSellabilityRequest { articles: [row] });
    let at = |seconds| Some(prost_types::Timestamp { seconds, nanos: 0 });
    let bad = message!(Sellability {
        sku: NUL,
        source_epoch: -1,
        source_version: 0,
        from_time: at(i64::MAX),
        until_time: at(i64::MIN),
        sale: 1,
        revision: 1
    });
    let reversed = message!(Sellability { from_time: at(2), until_time: at(2), ..row });
    let cases = [
        (message!(SetSellabilityRequest {}), "FIELD_INVALID articles"),
        (message!(SetSellabilityRequest { articles: times(1_001, row) }), "FIELD_INVALID articles"),
        (
            said(bad),
            "1 x FIELD_INVALID articles[0].sale articles[0].revision articles[0].sku \
            articles[0].source_epoch articles[0].source_version articles[0].from_time \
            articles[0].until_time",
        ),
        (said(reversed), "1 x FIELD_INVALID articles[0].until_time"),
    ];
    tried
        .table("StockService/SetSellability", cases, async |house, it| {
            let answer = house.erp.stock().set_sellability(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListAssignmentsRequest { page_size: size, page_token: token }), expected)
    });
    let fields = [
        (message!(ListAssignmentsRequest { shop: NUL }), "FIELD_INVALID shop"),
        (message!(ListAssignmentsRequest { shop: "shop-b" }), "NOT_FOUND"),
        (
            message!(ListAssignmentsRequest { at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    let cases = pages.into_iter().chain(fields);
    tried
        .table("StockService/ListAssignments", cases, async |house, it| {
            told(house.shop.stock().list_assignments(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListBuffersRequest { page_size: size, page_token: token }), expected)
    });
    let fields = [
        (message!(ListBuffersRequest { shop: long(65) }), "FIELD_INVALID shop"),
        (message!(ListBuffersRequest { shop: "shop-b" }), "NOT_FOUND"),
        (message!(ListBuffersRequest { at_least_revision: -1 }), "FIELD_INVALID at_least_revision"),
    ];
    let cases = pages.into_iter().chain(fields);
    tried
        .table("StockService/ListBuffers", cases, async |house, it| {
            told(house.shop.stock().list_buffers(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListSellabilityRequest { page_size: size, page_token: token }), expected)
    });
    let fields = [
        (message!(ListSellabilityRequest { sku: NUL }), "FIELD_INVALID sku"),
        (
            message!(ListSellabilityRequest { at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    let cases = pages.into_iter().chain(fields);
    tried
        .table("StockService/ListSellability", cases, async |house, it| {
            told(house.shop.stock().list_sellability(it).await)
        })
        .await;
}
