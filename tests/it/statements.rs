//! Statements that say something of orders: what the ERP has promised to all, and what is available.

use erpsync_client::{Connection, proto};

use crate::inbox::lease_within;
use crate::kit::trade::{
    amend, amendment, cancel, cancellation, decide, decision, get, judge, order, set, ship,
    shipment, state as wished, submit, undo, undoing, verdict, wish_off,
};
use crate::kit::{House, request_id};

/// `on hand-reserved-committed elsewhere=sellable`
async fn figures(caller: &Connection) -> String {
    let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
    let level = caller.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    let proto::StockLevel { on_hand, reserved, committed_elsewhere, sellable, .. } = level;
    format!("{on_hand}-{reserved}-{committed_elsewhere}={sellable}")
}

/// The oldest order is taken over; answers the revision of that.
async fn take_over(erp: &Connection, number: &str) -> i64 {
    let lease = lease_within(erp, 1, 20).await.remove(0).lease;
    let tasks = vec![proto::TaskAcknowledgement { lease, external_number: number.into() }];
    let request = proto::AcknowledgeTasksRequest { tasks };
    erp.inbox().acknowledge_tasks(request).await.unwrap().into_inner().revision
}

fn committed(on_hand: &str, committed: &str, through: i64) -> proto::StockReading {
    proto::StockReading {
        sku: "mug".into(),
        on_hand: on_hand.into(),
        committed: committed.into(),
        orders_counted_through: Some(through),
        ..Default::default()
    }
}

fn available(figure: &str, through: i64) -> proto::StockReading {
    let basis = proto::StockBasis::Available.into();
    proto::StockReading { basis, committed: String::new(), ..committed(figure, "", through) }
}

async fn state(erp: &Connection, reading: proto::StockReading) -> proto::Outcome {
    let request = proto::SetStockRequest { request_id: request_id(), readings: vec![reading] };
    erp.stock().set_stock(request).await.unwrap().into_inner().results[0].outcome()
}

/// R6, and what the ERP sells by phone.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_promised_to_others_is_not_sold() {
    let house = House::open().await;
    state(&house.erp, committed("80", "29", 0)).await;
    assert_eq!(figures(&house.shop).await, "80-0-29=51");
    assert_eq!(
        submit(&house.shop, order("a-1", &[("mug", "52")])).await,
        Err("INSUFFICIENT_STOCK".into())
    );
    submit(&house.shop, order("a-1", &[("mug", "29")])).await.unwrap();
    assert_eq!(figures(&house.shop).await, "80-29-29=22");
    let through = take_over(&house.erp, "E-1").await;
    assert_eq!(state(&house.erp, committed("80", "58", through)).await, proto::Outcome::Unchanged);
    assert_eq!(figures(&house.shop).await, "80-29-29=22");
    // They were all ours.
    assert_eq!(state(&house.erp, committed("80", "29", through)).await, proto::Outcome::Applied);
    assert_eq!(figures(&house.shop).await, "80-29-0=51");
    let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
    let level = house.shop.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    let said = level.statement.unwrap();
    assert_eq!((&*said.committed, said.orders_counted_through), ("29", Some(through)));
    assert_eq!((&*said.system, said.basis()), ("erp", proto::StockBasis::OnHand));
}

/// The vector of the rules.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_available_excludes_the_orders_that_were_acknowledged() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    let mut parked = order("a", &[("mug", "2")]);
    (parked.already_placed, parked.total) = (true, "3".into());
    submit(&house.shop, parked).await.unwrap();
    submit(&house.shop, order("b", &[("mug", "3")])).await.unwrap();
    let through = take_over(&house.erp, "E-b").await;
    assert_eq!(state(&house.erp, available("7", through)).await, proto::Outcome::Unchanged);
    assert_eq!(figures(&house.shop).await, "10-5-0=5");
    assert_eq!(ship(&house.erp, shipment("d-1", "b", &[("0", "3")])).await, "APPLIED");
    assert_eq!(figures(&house.shop).await, "7-2-0=5");
    let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
    let level = house.shop.stock().get_stock(request).await.unwrap().into_inner().level.unwrap();
    let said = level.statement.unwrap();
    assert_eq!((&*said.on_hand, &*said.available), ("10", "7"));
}

/// At cut-over the ERP has an order already, and counts it.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_erp_had_at_cut_over_is_known_to_be_ours() {
    let house = House::open().await;
    set(&house.erp, "mug", "10").await;
    let taken_over = proto::ExternalReference { system: "erp".into(), external_id: "SO-7".into() };
    let opening = proto::OpeningState { taken_over: Some(taken_over), lines: vec![] };
    let bought = order("a", &[("mug", "3")]);
    let request = proto::SubmitOrderRequest { opening: Some(opening), ..bought };
    let through = house.shop.orders().submit_order(request).await.unwrap().into_inner().revision;
    state(&house.erp, committed("10", "5", through)).await;
    assert_eq!(figures(&house.shop).await, "10-3-2=5");
}

/// What becomes of an acknowledged order afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_becomes_of_an_order_the_next_statement_is_right() {
    let house = House::open().await;
    let erp = &house.erp;
    state(erp, available("20", 0)).await;
    submit(&house.shop, order("a", &[("mug", "6")])).await.unwrap();
    let through = take_over(erp, "E-a").await;
    state(erp, available("14", through)).await;
    assert_eq!(figures(&house.shop).await, "20-6-0=14");

    // Two are cancelled: kept back until a statement knows it.
    assert_eq!(cancel(erp, "a", &[("0", "2")]).await, "2");
    assert_eq!(figures(&house.shop).await, "20-4-2=14");
    state(erp, available("16", through)).await;
    assert_eq!(figures(&house.shop).await, "20-4-0=16");
    // The same when the shop has wished it.
    assert_eq!(
        wish_off(&house.shop, cancellation("k-1", "a", &[("0", "1")])).await,
        "REQUESTED 0/1"
    );
    decide(erp, decision("k-1", Some(&[]))).await;
    assert_eq!(figures(&house.shop).await, "20-3-1=16");

    // More are wished, and granted: the statement did not know them.
    assert_eq!(
        amend(&house.shop, amendment("m-1", "a", 1, wished(&[("0", "mug", "5")]))).await,
        "REQUESTED"
    );
    judge(erp, verdict("m-1", Some(None))).await;
    assert_eq!(figures(&house.shop).await, "20-5-4=11");
    let head =
        erp.changes().get_head(proto::GetHeadRequest {}).await.unwrap().into_inner().revision;
    state(erp, available("15", head)).await;
    assert_eq!(figures(&house.shop).await, "20-5-0=15");

    // A parcel leaves, and comes back.
    assert_eq!(ship(erp, shipment("d-1", "a", &[("0", "2")])).await, "APPLIED");
    assert_eq!(figures(&house.shop).await, "18-3-0=15");
    let back =
        undoing("d-1", proto::ShipmentCancellationKind::NeverLeft, proto::Disposition::Unspecified);
    assert_eq!(undo(erp, back).await, "APPLIED");
    let head =
        erp.changes().get_head(proto::GetHeadRequest {}).await.unwrap().into_inner().revision;
    state(erp, available("15", head)).await;
    assert_eq!(figures(&house.shop).await, "20-5-0=15");
}

/// A line that is new in an amendment is known to the ERP where it is served from.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_added_counts_where_it_is_served_from() {
    let house = House::open().await;
    let assignment = proto::StockAssignment {
        shop: "shop-a".into(),
        locations: vec!["west".into()],
        ..Default::default()
    };
    let request =
        proto::AssignLocationsRequest { request_id: request_id(), assignments: vec![assignment] };
    house.erp.stock().assign_locations(request).await.unwrap();
    let at_west = |it| proto::StockReading { location: "west".into(), ..it };
    state(&house.erp, at_west(committed("10", "0", 0))).await;
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    take_over(&house.erp, "E-1").await;
    let more = wished(&[("0", "mug", "2"), ("1", "mug", "3")]);
    assert_eq!(amend(&house.shop, amendment("m-1", "a-1", 1, more)).await, "REQUESTED");
    lease_within(&house.erp, 1, 20).await;
    assert_eq!(judge(&house.erp, verdict("m-1", Some(None))).await, "ACCEPTED");
    let through = get(&house.shop, "a-1").await.revision;
    state(&house.erp, at_west(committed("10", "5", through))).await;
    let request = proto::ListStockRequest { sku: "mug".into(), ..Default::default() };
    let levels = house.shop.stock().list_stock(request).await.unwrap().into_inner().levels;
    let told = levels.iter().map(|it| (&*it.location, &*it.committed_elsewhere, &*it.sellable));
    assert_eq!(told.collect::<Vec<_>>(), [("west", "0", "5")]);
}
