//! Who leads a location, and what becomes of what others tell of it.

use erpsync_client::{Connection, proto, refusal};
use proto::Outcome::{Applied, Refused};

use crate::kit::trade::{order, ship, shipment, submit};
use crate::kit::{House, request_id};

const STOCK: proto::DataSet = proto::DataSet::Stock;

async fn lead(house: &House, location: &str, leader: &str) -> i64 {
    let (request_id, data_set) = (request_id(), STOCK.into());
    let (location, leader) = (location.into(), leader.into());
    let request = proto::SetOwnershipRequest { request_id, data_set, location, leader, policy: 0 };
    house.tool.ownership().set_ownership(request).await.unwrap().into_inner().revision
}

async fn ownership(caller: &Connection, location: &str) -> Option<proto::Ownership> {
    let (data_set, location) = (STOCK.into(), location.into());
    let request = proto::GetOwnershipRequest { data_set, location, at_least_revision: 0 };
    match caller.ownership().get_ownership(request).await {
        Ok(answer) => answer.into_inner().ownership,
        Err(status) => {
            assert_eq!(refusal(&status).unwrap().reason, "NOT_FOUND");
            None
        }
    }
}

/// Who leads where, as everything tells it from a token on; and the token at its end.
async fn led(tool: &Connection, mut resume_token: String) -> (Vec<String>, String) {
    let mut told = Vec::new();
    loop {
        let request = proto::ReadChangesRequest { resume_token, ..Default::default() };
        let page = tool.changes().read_changes(request).await.unwrap().into_inner();
        for it in page.entries {
            if let Some(proto::change_entry::State::Ownership(led)) = it.state {
                told.push(format!("{} {:?} {}", led.location, led.leader, it.removed));
            }
        }
        resume_token = page.resume_token;
        if !page.more {
            return (told, resume_token);
        }
    }
}

fn reading(location: &str, on_hand: &str) -> proto::StockReading {
    let (sku, on_hand, location) = ("mug".into(), on_hand.into(), location.into());
    proto::StockReading { sku, location, on_hand, ..Default::default() }
}

async fn state(erp: &Connection, readings: Vec<proto::StockReading>) -> Vec<proto::StockResult> {
    let request = proto::SetStockRequest { request_id: request_id(), readings };
    erp.stock().set_stock(request).await.unwrap().into_inner().results
}

async fn adjust(erp: &Connection, quantity: &str, ledger_number: i64) -> proto::Outcome {
    let (sku, quantity) = ("mug".into(), quantity.into());
    let row = proto::StockAdjustment { sku, quantity, ledger_number, ..Default::default() };
    let request = proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![row] };
    erp.stock().adjust_stock(request).await.unwrap().into_inner().results[0].outcome()
}

/// `on hand: system quantity, …`
async fn level(caller: &Connection) -> (String, Vec<i64>) {
    let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
    let level = caller.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    let effects = &level.pending_effects;
    let told = effects.iter().map(|it| format!("{} {}", it.system, it.quantity));
    let told = format!("{}: {}", level.on_hand, told.collect::<Vec<_>>().join(", "));
    (told, effects.iter().map(|it| it.revision).collect())
}

/// R8: the leader is not overwritten. The refusal names it, and that somebody tried is recorded.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_system_states_is_refused_and_noted() {
    let house = House::open().await;
    let wms = house.another_erp("wms").await;
    // Where nobody leads, everybody may.
    assert_eq!(ownership(&house.shop, "").await, None);
    assert_eq!(state(&wms, vec![reading("", "4")]).await[0].outcome(), Applied);

    let revision = lead(&house, "", "erp").await;
    assert_eq!(lead(&house, "", "erp").await, revision, "it is so already");
    // The other rows of the batch are of a place that nobody leads.
    let results = state(&wms, vec![reading("shed", "1"), reading("", "9")]).await;
    assert_eq!((results[0].outcome(), results[1].outcome()), (Applied, Refused));
    let problem = results[1].problem.as_ref().unwrap();
    assert_eq!(problem.reason, "NOT_LEADING_SYSTEM");
    assert_eq!(problem.message, "stock at \"main\" is led by erp: wms cannot state it");
    for (fact, value) in
        [("data_set", "STOCK"), ("location", "main"), ("leader", "erp"), ("system", "wms")]
    {
        assert_eq!(problem.metadata[fact], value);
    }
    assert_eq!(level(&house.shop).await.0, "4: ");

    // Alone it is refused as well: nothing happens that anybody could watch.
    let head = |it: tonic::Response<proto::GetHeadResponse>| it.into_inner().revision;
    let before = head(house.tool.changes().get_head(proto::GetHeadRequest {}).await.unwrap());
    assert_eq!(state(&wms, vec![reading("", "9")]).await[0].outcome(), Refused);
    let after = head(house.tool.changes().get_head(proto::GetHeadRequest {}).await.unwrap());
    assert_eq!(before, after);
    let there = ownership(&house.tool, "").await.unwrap();
    assert_eq!((&*there.location, &*there.leader, there.revision), ("main", "erp", revision));
    assert_eq!(there.policy(), proto::OwnershipPolicy::Reject);
    assert_eq!((there.refused_count, &*there.last_refused_system), (2, "wms"));
    assert!(there.last_refused_time.is_some());

    // The leader may, and another one may be set; then its own numbers begin.
    let mut numbered = reading("", "5");
    numbered.statement_sequence = 700;
    assert_eq!(state(&house.erp, vec![numbered.clone()]).await[0].outcome(), Applied);
    lead(&house, "", "wms").await;
    (numbered.statement_sequence, numbered.on_hand) = (1, "6".into());
    assert_eq!(state(&wms, vec![numbered]).await[0].outcome(), Applied);
    assert_eq!(state(&house.erp, vec![reading("", "9")]).await[0].outcome(), Refused);
    assert_eq!(ownership(&house.tool, "").await.unwrap().refused_count, 1);

    lead(&house, "shed", "erp").await;
    let list = proto::ListOwnershipRequest { page_size: 1, ..Default::default() };
    let first = house.shop.ownership().list_ownership(list.clone()).await.unwrap().into_inner();
    let list = proto::ListOwnershipRequest { page_token: first.next_page_token, ..list };
    let second = house.shop.ownership().list_ownership(list).await.unwrap().into_inner();
    let places: Vec<_> =
        first.ownerships.iter().chain(&second.ownerships).map(|it| &*it.location).collect();
    assert_eq!(places, ["main", "shed"]);
    assert_eq!(second.next_page_token, "");

    // Nobody leads again. Who watches everything hears of both.
    let (told, token) = led(&house.tool, String::new()).await;
    assert_eq!(told, ["main \"wms\" false", "shed \"erp\" false"]);
    lead(&house, "", "").await;
    assert_eq!(led(&house.tool, token).await.0, ["main \"\" true"]);
    assert_eq!(ownership(&house.tool, "").await, None);
    assert_eq!(state(&house.erp, vec![reading("", "9")]).await[0].outcome(), Refused, "unnumbered");
}

/// A warehouse ships and receives for the ERP, which hears of it later and reads its stock meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_system_moves_counts_until_the_leader_contains_it() {
    let house = House::open().await;
    let wms = house.another_erp("wms").await;
    lead(&house, "", "erp").await;
    let stated = |on_hand: &str, ledger_through, effects_through| proto::StockReading {
        ledger_through,
        effects_through,
        ..reading("", on_hand)
    };
    state(&house.erp, vec![stated("10", 500, None)]).await;
    submit(&house.shop, order("a-1", &[("mug", "4")])).await.unwrap();

    // Its ledger has small numbers, which say nothing of what the ERP's statements contain.
    let mut sent = shipment("w-1", "a-1", &[("0", "3")]);
    sent.lines[0].ledger_number = 7;
    assert_eq!(ship(&wms, sent).await, "APPLIED");
    assert_eq!(adjust(&wms, "5", 8).await, Applied);
    assert_eq!(adjust(&wms, "5", 8).await, proto::Outcome::Duplicate);
    // The ERP's own numbers are told apart.
    assert_eq!(adjust(&house.erp, "-1", 7).await, proto::Outcome::Unchanged);
    let (told, revisions) = level(&house.shop).await;
    assert_eq!(told, "12: wms -3, wms 5");

    // Minutes old: it knows neither. Then one of them. Then both.
    state(&house.erp, vec![stated("10", 501, Some(revisions[0] - 1))]).await;
    assert_eq!(level(&house.shop).await, ("12: wms -3, wms 5".into(), revisions.clone()));
    state(&house.erp, vec![stated("7", 502, Some(revisions[0]))]).await;
    assert_eq!(level(&house.shop).await, ("12: wms 5".into(), revisions[1..].to_vec()));
    state(&house.erp, vec![stated("12", 503, Some(revisions[1]))]).await;
    assert_eq!(level(&house.shop).await.0, "12: ");

    let request = proto::ListStockMovementsRequest { sku: "mug".into(), ..Default::default() };
    let listed = house.tool.stock().list_stock_movements(request).await.unwrap().into_inner();
    let systems: Vec<_> = listed.movements.iter().map(|it| &*it.system).collect();
    assert_eq!(systems, ["erp", "wms", "wms"]);
}
