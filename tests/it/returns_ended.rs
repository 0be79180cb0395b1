//! What is announced and does not come: lost, another article, closed, out of time.

use std::time::Duration;

use erpsync_client::proto::{
    self, AcceptanceState::Accepted, AcceptanceState::Rejected, Disposition, ReceptionState,
};

use crate::kit::House;
use crate::kit::trade::{
    approve, because_of, close, correction, credit, get, get_return, inspect, inspection, invoice,
    level, of_shop, of_system, order, receive, reception, record, request_return, set, ship,
    shipment, submit,
};

/// Of nine mugs five were ordered, have left and are invoiced; three are to come back.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(record(&house.erp, invoice("r-1", "a-1", &[("0", "5")])).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "3")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    house
}

/// A reception of one line.
fn told(
    number: &str,
    units: &str,
    state: ReceptionState,
    disposition: Disposition,
) -> proto::ReceiveReturnRequest {
    let mut told = reception(number, "t-1", &[("0", units, disposition)]);
    told.lines[0].state = state.into();
    if state == ReceptionState::WrongItem {
        told.lines[0].wrong_sku = "cup".into();
    }
    told
}

/// `awaited/received/lost/wrong/released STATUS` of the return; `requested/received/lost` of the order.
async fn states(house: &House) -> String {
    let told = get_return(&house.shop, "t-1").await;
    let status = told.status().as_str_name().trim_start_matches("RETURN_STATUS_").to_owned();
    let it = &told.quantities[0];
    let of_return = [&it.awaited, &it.received, &it.lost, &it.wrong_item, &it.released];
    let it = get(&house.shop, "a-1").await.quantities.remove(0);
    let of_order = [it.return_requested, it.received, it.lost].join("/");
    format!("{} {status}; {of_order}", of_return.map(String::as_str).join("/"))
}

/// Lost units cannot be announced anew, and may turn up.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_may_turn_up() {
    let house = house().await;
    let lost = told("x-1", "2", ReceptionState::Lost, Disposition::Unspecified);
    assert_eq!(receive(&house.erp, lost).await, "APPLIED");
    assert_eq!(states(&house).await, "1/0/2/0/0 PART_RECEIVED; 1/0/2");
    assert_eq!(request_return(&house.shop, "t-2", "a-1", &[("0", "3")]).await, "QUANTITY_EXCEEDED");
    let more = told("x-2", "2", ReceptionState::Lost, Disposition::Unspecified);
    assert_eq!(receive(&house.erp, more).await, "PARKED QUANTITY_EXCEEDED");
    // One that was awaited, and one of those that were lost.
    let came = told("x-3", "2", ReceptionState::Received, Disposition::Restock);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    assert_eq!(states(&house).await, "0/2/1/0/0 RECEIVED; 0/2/1");
    assert_eq!(level(&house.erp, "mug").await, "6/0/0");
    let last = told("x-4", "2", ReceptionState::Unspecified, Disposition::Restock);
    assert_eq!(receive(&house.erp, last).await, "PARKED QUANTITY_EXCEEDED");
}

/// Another article came: its stock changes, and what was to come may be announced anew.
#[tokio::test(flavor = "multi_thread")]
async fn another_article_is_a_receipt_of_that_article() {
    let house = house().await;
    set(&house.erp, "cup", "1").await;
    let cups = told("x-1", "2", ReceptionState::WrongItem, Disposition::Pending);
    assert_eq!(receive(&house.erp, cups).await, "APPLIED");
    assert_eq!(states(&house).await, "1/0/0/2/0 PART_RECEIVED; 1/0/0");
    let note = because_of(correction("c-1", "r-1", &[("i-0", "1")]), "x-1");
    assert_eq!(credit(&house.erp, note.clone()).await, "CREDIT_EXCEEDS_INVOICE", "no mug came");
    let mugs = inspection("s-1", "x-1", &[("0", "1", Accepted, Disposition::Restock)]);
    assert_eq!(inspect(&house.erp, mugs).await, "PARKED QUANTITY_EXCEEDED");
    let lines =
        [("0", "1", Accepted, Disposition::Restock), ("0", "1", Rejected, Disposition::SendBack)];
    let mut cups = inspection("s-2", "x-1", &lines);
    cups.lines.iter_mut().for_each(|it| it.wrong_sku = "cup".into());
    assert_eq!(inspect(&house.erp, cups.clone()).await, "APPLIED");
    assert_eq!(inspect(&house.erp, cups).await, "APPLIED", "the same");
    assert_eq!(
        (&*level(&house.erp, "cup").await, &*level(&house.erp, "mug").await),
        ("2/0/0", "4/0/0")
    );
    assert_eq!(credit(&house.erp, note).await, "CREDIT_EXCEEDS_INVOICE", "nor is one accepted");
    assert_eq!(states(&house).await, "1/0/0/2/0 PART_RECEIVED; 1/0/0");
    assert_eq!(request_return(&house.shop, "t-2", "a-1", &[("0", "4")]).await, "OK");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_awaited_of_a_closed_return_may_be_announced_anew() {
    let house = house().await;
    let one = told("x-1", "1", ReceptionState::Received, Disposition::Pending);
    assert_eq!(receive(&house.erp, one).await, "APPLIED");
    assert_eq!(close(&house.shop, "t-1").await, "INVALID_STATE", "it must be judged first");
    let judged = inspection("s-1", "x-1", &[("0", "1", Accepted, Disposition::Quarantine)]);
    assert_eq!(inspect(&house.erp, judged).await, "APPLIED");
    assert_eq!(close(&house.shop, "t-1").await, "OK");
    assert_eq!(close(&house.erp, "t-1").await, "OK", "closing twice changes nothing");
    assert_eq!(states(&house).await, "0/1/0/0/2 CLOSED; 0/1/0");
    assert_eq!(get_return(&house.shop, "t-1").await.close_reason, "kept it");
    let late = told("x-2", "1", ReceptionState::Received, Disposition::Restock);
    assert_eq!(receive(&house.erp, late).await, "PARKED INVALID_STATE");
    // What lies in quarantine is released, and what was accepted credited, all the same.
    let mut released = inspection("s-2", "x-1", &[("0", "1", Accepted, Disposition::Restock)]);
    released.lines[0].from = Disposition::Quarantine.into();
    assert_eq!(inspect(&house.erp, released).await, "APPLIED");
    let note = because_of(correction("c-1", "r-1", &[("i-0", "1")]), "x-1");
    assert_eq!(credit(&house.erp, note).await, "1");
    assert_eq!(request_return(&house.shop, "t-2", "a-1", &[("0", "4")]).await, "OK");
}

/// Announces one unit, which is to come within an hour of the database's clock.
async fn announce_for_an_hour(house: &House, number: &str) {
    let system = std::time::SystemTime::now() + Duration::from_secs(3_600);
    let request = proto::RequestReturnRequest {
        external_return_id: number.into(),
        order: of_shop("a-1"),
        lines: vec![proto::ReturnLine {
            line_id: "0".into(),
            quantity: "1".into(),
            ..Default::default()
        }],
        expire_time: Some(system.into()),
        ..Default::default()
    };
    house.shop.returns().request_return(request).await.unwrap();
}

async fn until_expired(house: &House, number: &str) {
    for _ in 0..500 {
        if get_return(&house.shop, number).await.status() == proto::ReturnStatus::Expired {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{number} is {:?}", get_return(&house.shop, number).await.status());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_of_which_nothing_has_come_expires() {
    let house = house().await;
    announce_for_an_hour(&house, "t-2").await;
    announce_for_an_hour(&house, "t-3").await;
    assert_eq!(request_return(&house.shop, "t-4", "a-1", &[("0", "1")]).await, "QUANTITY_EXCEEDED");
    assert_eq!(approve(&house.erp, "t-3").await, "OK");
    let came = reception("x-1", "t-3", &[("0", "1", Disposition::Scrap)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
    house.clock.advance(Duration::from_secs(2 * 3_600));
    until_expired(&house, "t-2").await;
    assert_eq!(get_return(&house.shop, "t-2").await.quantities[0].released, "1");
    assert_eq!(request_return(&house.shop, "t-4", "a-1", &[("0", "1")]).await, "OK");
    let there = get_return(&house.shop, "t-3").await.status();
    assert_eq!(there, proto::ReturnStatus::Received, "what has come is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_time_may_be_given() {
    let house = house().await;
    announce_for_an_hour(&house, "t-2").await;
    let later = std::time::SystemTime::now() + Duration::from_secs(24 * 3_600);
    let request = proto::ApproveReturnRequest {
        request_id: "more-time".into(),
        r#return: of_system("shop-a", "t-2"),
        expire_time: Some(later.into()),
        ..Default::default()
    };
    house.erp.returns().approve_return(request).await.unwrap();
    house.clock.advance(Duration::from_secs(2 * 3_600));
    let came = reception("x-1", "t-2", &[("0", "1", Disposition::Scrap)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
}
