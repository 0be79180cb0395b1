//! What somebody should look at begins and ends with what it tells of.

mod namesakes;
mod stock;

use erpsync_client::proto::{
    self, Disposition, IncidentKind::OverShipped, IncidentKind::ShippedBeyondOrder,
    ShipmentCancellationKind::NeverLeft,
};

use crate::kit::trade::{
    amend, amendment, get, order, set, ship, shipment, state, submit, undo, undoing,
};
use crate::kit::{House, request_id};

/// Nine mugs, cups and plates, and an order of two and one.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    set(&house.erp, "cup", "9").await;
    set(&house.erp, "plate", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "2"), ("cup", "1")])).await.unwrap();
    house
}

async fn list(house: &House, request: proto::ListIncidentsRequest) -> Vec<proto::Incident> {
    let listed = house.tool.monitoring().list_incidents(request).await.unwrap();
    listed.into_inner().incidents
}

/// What holds now: kind and one fact.
async fn open(house: &House) -> Vec<(proto::IncidentKind, String)> {
    let fact = |it: &proto::Incident| {
        let name = if it.kind() == OverShipped { "over_shipped" } else { "quantity" };
        (it.kind(), it.metadata[name].clone())
    };
    list(house, Default::default()).await.iter().map(fact).collect()
}

async fn tolerate(house: &House, over_shipment_tolerated: Option<bool>) {
    let request = proto::UpdateEnvironmentRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        name: "production".into(),
        back_orders_allowed: true,
        over_shipment_tolerated,
    };
    house.operator.admin().update_environment(request).await.unwrap();
}

fn beyond(number: &str, quantity: &str) -> proto::CreateShipmentRequest {
    let mut sent = shipment(number, "a-1", &[]);
    sent.lines.push(proto::ShipmentLine {
        sku: "plate".into(),
        quantity: quantity.into(),
        ..Default::default()
    });
    sent
}

/// I1: it is a fact, and somebody hears of it, until it is so no more.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_shipped_beyond_an_order_is_told() {
    let house = house().await;
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(open(&house).await, []);
    assert_eq!(ship(&house.erp, shipment("d-2", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(open(&house).await, [(OverShipped, "3".into())]);
    assert_eq!(ship(&house.erp, shipment("d-3", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!(open(&house).await, [(OverShipped, "4".into())]);
    let told = &list(&house, Default::default()).await[0];
    let id = get(&house.shop, "a-1").await.order_id;
    assert_eq!((&told.subject, &told.metadata["order_id"], told.times), (&id, &id, 1));
    assert_eq!(told.metadata["external_order_id"], "a-1");
    assert!(told.message.starts_with("4 more than ordered have left"), "{}", told.message);

    // Part of it is amended, the rest had never left.
    let four = amendment("m-1", "a-1", 1, state(&[("0", "mug", "4"), ("1", "cup", "1")]));
    assert_eq!(amend(&house.shop, four).await, "ACCEPTED");
    assert_eq!(open(&house).await, [(OverShipped, "2".into())]);
    let never = undoing("d-2", NeverLeft, Disposition::Unspecified);
    assert_eq!(undo(&house.erp, never).await, "APPLIED");
    assert_eq!(open(&house).await, []);
    let ended = proto::ListIncidentsRequest { with_ended: true, ..Default::default() };
    let told = &list(&house, ended.clone()).await[0];
    assert!(told.end_time.is_some() && told.times == 1);

    assert_eq!(ship(&house.erp, shipment("d-4", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(open(&house).await, [(OverShipped, "1".into())]);
    assert_eq!(list(&house, ended).await[0].times, 2, "it began again");
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_an_order_does_not_name_are_told() {
    let house = house().await;
    assert_eq!(ship(&house.erp, beyond("d-1", "2")).await, "APPLIED");
    assert_eq!(ship(&house.erp, beyond("d-2", "5")).await, "APPLIED");
    let found = open(&house).await;
    assert_eq!(found, [(ShippedBeyondOrder, "2".into()), (ShippedBeyondOrder, "5".into())]);
    let never = undoing("d-1", NeverLeft, Disposition::Unspecified);
    assert_eq!(undo(&house.erp, never).await, "APPLIED");
    assert_eq!(open(&house).await, [(ShippedBeyondOrder, "5".into())]);
    let kind = OverShipped.into();
    let of_lines = proto::ListIncidentsRequest { kind, with_ended: true, ..Default::default() };
    assert_eq!(list(&house, of_lines).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_may_tolerate_it() {
    let house = house().await;
    tolerate(&house, Some(true)).await;
    // Whoever does not speak of it leaves it as it is.
    tolerate(&house, None).await;
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(ship(&house.erp, beyond("d-2", "5")).await, "APPLIED");
    assert_eq!(open(&house).await, []);
    let told = get(&house.shop, "a-1").await;
    let over = &told.quantities[0].over_shipped;
    assert_eq!(over, "1", "it is shown all the same");
    tolerate(&house, Some(false)).await;
    assert_eq!(ship(&house.erp, shipment("d-3", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!(open(&house).await, [(OverShipped, "2".into())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn incidents_are_listed_watched_and_read_alike() {
    use proto::watch_incidents_response::Event;
    let house = house().await;
    let mut watch = {
        let filter = Some(proto::IncidentFilter { kind: OverShipped.into() });
        let request = proto::WatchIncidentsRequest { filter, start: None };
        house.tool.monitoring().watch_incidents(request).await.unwrap().into_inner()
    };
    let begin = watch.message().await.unwrap().unwrap();
    assert!(matches!(begin.event, Some(Event::SnapshotBegin(_))));
    let end = watch.message().await.unwrap().unwrap();
    assert!(matches!(&end.event, Some(Event::SnapshotEnd(it)) if it.entry_count == 0));

    assert_eq!(ship(&house.erp, beyond("d-1", "2")).await, "APPLIED");
    assert_eq!(ship(&house.erp, shipment("d-2", "a-1", &[("0", "3")])).await, "APPLIED");
    let message = watch.message().await.unwrap().unwrap();
    let Some(Event::Changes(changes)) = message.event else { panic!("{message:?}") };
    let told: Vec<_> =
        changes.incidents.iter().map(|it| it.metadata["over_shipped"].as_str()).collect();
    assert_eq!(told, ["1"], "and nothing of the other kind");

    let request = proto::ReadIncidentChangesRequest::default();
    let read = house.tool.monitoring().read_incident_changes(request).await.unwrap().into_inner();
    let all = list(&house, Default::default()).await;
    assert_eq!((read.incidents, all.len()), (all.clone(), 2));
    let request = proto::ReadIncidentChangesRequest {
        filter: Some(proto::IncidentFilter { kind: OverShipped.into() }),
        resume_token: end.resume_token,
        ..Default::default()
    };
    let read = house.tool.monitoring().read_incident_changes(request).await.unwrap().into_inner();
    assert_eq!(read.incidents, all[..1], "from where the watch stood");

    let first = proto::ListIncidentsRequest { page_size: 1, ..Default::default() };
    let page = house.tool.monitoring().list_incidents(first.clone()).await.unwrap().into_inner();
    assert_eq!(page.incidents, all[..1]);
    let next = proto::ListIncidentsRequest { page_token: page.next_page_token, ..first };
    assert_eq!(list(&house, next).await, all[1..]);
}
