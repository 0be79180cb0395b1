use erpsync_client::{Connection, proto, refusal};
use proto::Outcome::{Applied, Duplicate, Refused, Stale, Unchanged};

use crate::kit::{House, request_id};

fn reading(sku: &str, on_hand: &str) -> proto::StockReading {
    proto::StockReading { sku: sku.into(), on_hand: on_hand.into(), ..Default::default() }
}

fn numbered(sku: &str, on_hand: &str, statement_sequence: i64) -> proto::StockReading {
    proto::StockReading { statement_sequence, ..reading(sku, on_hand) }
}

async fn set(erp: &Connection, readings: Vec<proto::StockReading>) -> proto::SetStockResponse {
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    erp.stock().set_stock(request).await.unwrap().into_inner()
}

async fn get(caller: &Connection, sku: &str) -> proto::StockLevel {
    let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
    caller.stock().get_stock(request).await.unwrap().into_inner().level.unwrap()
}

fn outcomes(results: &[proto::StockResult]) -> Vec<proto::Outcome> {
    results.iter().map(|it| it.outcome()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_erp_states_the_shop_sees() {
    let house = House::open().await;
    let done = set(&house.erp, vec![reading("MUG", "12.5"), reading("POT", "-3")]).await;
    assert_eq!(outcomes(&done.results), [Applied, Applied]);

    let mug = get(&house.shop, "MUG").await;
    assert_eq!((&*mug.on_hand, &*mug.sellable, &*mug.location), ("12.5", "12.5", "main"));
    assert_eq!(mug.revision, done.revision);
    let pot = get(&house.shop, "POT").await;
    assert_eq!((&*pot.on_hand, &*pot.sellable, &*pot.short), ("-3", "0", "3"));
}

/// R2: one bad row is refused with its reason, the others apply, and nothing vanishes.
#[tokio::test(flavor = "multi_thread")]
async fn a_bad_row_is_refused_alone() {
    let house = House::open().await;
    let mut readings: Vec<_> = (0..250).map(|it| reading(&format!("SKU-{it}"), "1")).collect();
    readings[100].sku = "a\0b".into();
    let done = set(&house.erp, readings).await;
    let refused: Vec<_> = done.results.iter().filter(|it| it.outcome() == Refused).collect();
    assert_eq!((done.results.len(), refused.len(), refused[0].index), (250, 1, 100));
    let problem = refused[0].problem.as_ref().unwrap();
    assert_eq!(problem.reason, "FIELD_INVALID");
    assert_eq!(problem.field_violations[0].path, "readings[100].sku");
    let request = proto::ListStockRequest { page_size: 1000, ..Default::default() };
    let all = house.shop.stock().list_stock(request).await;
    assert_eq!(all.unwrap().into_inner().levels.len(), 249);
}

/// R5, R7: readings and movements are told apart; repeating either, or coming late, does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn saying_it_twice_or_late_does_nothing() {
    let house = House::open().await;
    let first = set(&house.erp, vec![numbered("MUG", "10", 2)]).await;
    for (row, outcome) in [
        (numbered("MUG", "10", 2), Duplicate),
        (numbered("MUG", "11", 2), Refused),
        (numbered("MUG", "9", 1), Stale),
        (numbered("MUG", "10", 3), Unchanged),
        (reading("MUG", "10"), Refused),
    ] {
        let done = set(&house.erp, vec![row.clone()]).await;
        assert_eq!(outcomes(&done.results), [outcome], "{row:?}");
        assert_eq!(done.revision, first.revision, "nothing happened: {row:?}");
    }
    let request = proto::AdjustStockRequest {
        request_id: "leaves".into(),
        adjustments: vec![proto::StockAdjustment {
            sku: "MUG".into(),
            quantity: "-2".into(),
            reason: "broken".into(),
            ..Default::default()
        }],
    };
    let mut stock = house.erp.stock();
    let first = stock.adjust_stock(request.clone()).await.unwrap().into_inner();
    let again = stock.adjust_stock(request.clone()).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first);
    assert_eq!(get(&house.shop, "MUG").await.on_hand, "8");
    let mut other = request;
    other.adjustments[0].quantity = "-3".into();
    let refused = stock.adjust_stock(other).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "REQUEST_ID_REUSED");

    let history = proto::ListStockMovementsRequest { sku: "MUG".into(), ..Default::default() };
    let history = stock.list_stock_movements(history).await.unwrap().into_inner().movements;
    assert_eq!(history.len(), 1);
    assert_eq!((&*history[0].quantity, &*history[0].cause), ("-2", "adjustment: broken"));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_calls_are_refused_whole() {
    let house = House::open().await;
    let rows = |count| vec![reading("MUG", "1"); count];
    let cases = [
        (
            proto::SetStockRequest { request_id: String::new(), readings: rows(1) },
            "REQUEST_ID_REQUIRED",
        ),
        (proto::SetStockRequest { request_id: "a b".into(), readings: rows(1) }, "FIELD_INVALID"),
        (proto::SetStockRequest { request_id: "a".into(), readings: rows(0) }, "FIELD_INVALID"),
        (proto::SetStockRequest { request_id: "a".into(), readings: rows(1001) }, "FIELD_INVALID"),
    ];
    for (request, reason) in cases {
        let refused = house.erp.stock().set_stock(request).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, reason);
    }
    let refused = house.shop.stock().set_stock(proto::SetStockRequest::default()).await;
    assert_eq!(refusal(&refused.unwrap_err()).unwrap().reason, "SCOPE_MISSING");

    let faulty = [
        ("", "1"),
        ("a\0b", "1"),
        (&*"x".repeat(256), "1"),
        ("MUG", ""),
        ("MUG", "1e9"),
        ("MUG", "1000000000000"),
        ("MUG", "NaN"),
        ("MUG", "0.0000001"),
    ];
    let done = set(&house.erp, faulty.iter().map(|(sku, it)| reading(sku, it)).collect()).await;
    assert!(done.results.iter().all(|it| it.outcome() == Refused));

    let list = |page_size, page_token: &str| proto::ListStockRequest {
        page_size,
        page_token: page_token.into(),
        ..Default::default()
    };
    for (request, reason) in
        [(list(-1, ""), "FIELD_INVALID"), (list(0, "garbage"), "PAGE_TOKEN_INVALID")]
    {
        let refused = house.shop.stock().list_stock(request).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, reason);
    }
    let request = proto::GetStockRequest { sku: "NONE".into(), ..Default::default() };
    let refused = house.shop.stock().get_stock(request).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "NOT_FOUND");

    // 4 MiB and one byte.
    let request =
        proto::SetStockRequest { request_id: "x".repeat(4 * 1024 * 1024), ..Default::default() };
    let refused = house.erp.stock().set_stock(request).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::ResourceExhausted);
    assert_eq!(refusal(&refused).unwrap().reason, "MESSAGE_TOO_LARGE");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_in_pages() {
    let house = House::open().await;
    set(&house.erp, (0..25).map(|it| reading(&format!("SKU-{it:02}"), "1")).collect()).await;
    let (mut seen, mut token) = (Vec::new(), String::new());
    loop {
        let request =
            proto::ListStockRequest { page_size: 10, page_token: token, ..Default::default() };
        let page = house.shop.stock().list_stock(request).await.unwrap().into_inner();
        assert!(page.levels.len() <= 10);
        seen.extend(page.levels.into_iter().map(|it| it.sku));
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, (0..25).map(|it| format!("SKU-{it:02}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn environments_do_not_see_each_other() {
    let house = House::open().await;
    let [other_erp, other_shop, ..] = house.other_world().await;
    set(&house.erp, vec![reading("MUG", "1")]).await;
    let request = proto::GetStockRequest { sku: "MUG".into(), ..Default::default() };
    let refused = other_shop.stock().get_stock(request).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "NOT_FOUND");
    set(&other_erp, vec![reading("MUG", "7")]).await;
    assert_eq!(get(&house.shop, "MUG").await.on_hand, "1");
}

/// Movements that a statement contains change nothing, and are recorded each under its own revision.
#[tokio::test(flavor = "multi_thread")]
async fn contained_movements_are_recorded_one_after_the_other() {
    let house = House::open().await;
    let reading = proto::StockReading {
        sku: "mug".into(),
        on_hand: "5".into(),
        source_epoch: 1,
        statement_sequence: 1,
        ledger_through: 100,
        ..Default::default()
    };
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    house.erp.stock().set_stock(request).await.unwrap();
    let mut revisions = Vec::new();
    for ledger_number in [50, 51, 52] {
        let adjustment = proto::StockAdjustment {
            sku: "mug".into(),
            quantity: "1".into(),
            ledger_number,
            ..Default::default()
        };
        let request =
            proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![adjustment] };
        let done = house.erp.stock().adjust_stock(request).await.unwrap().into_inner();
        assert_eq!(done.results[0].outcome(), proto::Outcome::Unchanged);
        revisions.push(done.revision);
    }
    assert_eq!(revisions, [2, 3, 4]);
    let request = proto::ListStockMovementsRequest { sku: "mug".into(), ..Default::default() };
    let listed = house.erp.stock().list_stock_movements(request).await.unwrap().into_inner();
    assert_eq!(listed.movements.len(), 3);
}
