use erpsync_client::proto::CompositionPart;

use super::{BAD_PAGES, NO_DECIMALS, NUL, Tried, long, message, times, told, told_each};

pub async fn check(tried: &mut Tried) {
    statements(tried).await;
    reads(tried).await;
}

async fn statements(tried: &mut Tried) {
    let part =
        |sku: &str, quantity: &str| message!(CompositionPart { sku: sku, quantity: quantity });
    let of =
        |parts: Vec<CompositionPart>| message!(CompositionStatement { sku: "six", parts: parts });
    let said = |row| message!(SetCompositionsRequest { request_id: "s", compositions: [row] });
    let six = of(vec![part("cup", "6")]);
    let bad = message!(CompositionStatement {
        sku: NUL,
        parts: [part("", "0"), part("cup", "-1")],
        source_epoch: -1,
        source_version: -1
    });
    let mut cases = vec![
        (message!(SetCompositionsRequest { compositions: [six.clone()] }), "REQUEST_ID_REQUIRED"),
        (
            message!(SetCompositionsRequest { request_id: "a b", ..said(six.clone()) }),
            "FIELD_INVALID request_id",
        ),
        (message!(SetCompositionsRequest { request_id: "s" }), "FIELD_INVALID compositions"),
        (
            message!(SetCompositionsRequest { request_id: "s", compositions: times(1_001, six) }),
            "FIELD_INVALID compositions",
        ),
        (
            message!(SetCompositionsRequest { request_id: "s-bad", ..said(bad) }),
            "1 x FIELD_INVALID compositions[0].sku compositions[0].parts[0].sku \
            compositions[0].parts[0].quantity compositions[0].parts[1].quantity \
            compositions[0].source_epoch compositions[0].source_version",
        ),
        (
            said(of(vec![part("cup", "1"), part("six", "1"), part("cup", "2")])),
            "1 x FIELD_INVALID compositions[0].parts[1].sku compositions[0].parts[2].sku",
        ),
        (
            said(of((0..51).map(|it| part(&format!("cup-{it}"), "1")).collect())),
            "1 x FIELD_INVALID compositions[0].parts",
        ),
        (
            said(message!(CompositionStatement { sku: "mug", parts: [part("cup", "6")] })),
            "1 x ARTICLE_HAS_STOCK",
        ),
    ];
    cases.extend(NO_DECIMALS.map(|it| {
        (said(of(vec![part("cup", it)])), "1 x FIELD_INVALID compositions[0].parts[0].quantity")
    }));
    tried
        .table("CompositionService/SetCompositions", cases, async |house, it| {
            let answer = house.erp.compositions().set_compositions(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;
}

async fn reads(tried: &mut Tried) {
    let cases = [
        (message!(GetCompositionRequest {}), "FIELD_INVALID sku"),
        (message!(GetCompositionRequest { sku: long(256) }), "FIELD_INVALID sku"),
        (
            message!(GetCompositionRequest { sku: "mug", at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
        (message!(GetCompositionRequest { sku: "mug" }), "NOT_FOUND"),
    ];
    tried
        .table("CompositionService/GetComposition", cases, async |house, it| {
            told(house.shop.compositions().get_composition(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListCompositionsRequest { page_size: size, page_token: token }), expected)
    });
    let field = message!(ListCompositionsRequest { at_least_revision: -1 });
    let pages = pages.into_iter().chain([(field, "FIELD_INVALID at_least_revision")]);
    tried
        .table("CompositionService/ListCompositions", pages, async |house, it| {
            told(house.shop.compositions().list_compositions(it).await)
        })
        .await;
}
