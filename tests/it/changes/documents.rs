//! Returns and credit notes are watched like all else.

use erpsync_client::proto::{self, Disposition};
use erpsync_client::{Connection, refusal};

use crate::kit::House;
use crate::kit::trade::{
    approve, correction, credit, invoice, order, receive, reception, record, request_return, set,
    ship, shipment, submit,
};

/// Two mugs of an order have left and are invoiced.
async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "2")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "2")])).await, "APPLIED");
    assert_eq!(record(&house.erp, invoice("r-1", "a-1", &[("0", "2")])).await, "APPLIED");
    house
}

fn of(shop: &str) -> proto::ReturnFilter {
    proto::ReturnFilter { shop: shop.into() }
}

/// What a page of changes tells: `external-id STATUS`.
fn returns(returns: &[proto::Return]) -> Vec<String> {
    let told = |it: &proto::Return| {
        let status = it.status().as_str_name().trim_start_matches("RETURN_STATUS_").to_owned();
        format!("{} {status}", it.external_return_id)
    };
    returns.iter().map(told).collect()
}

async fn read(
    caller: &Connection,
    shop: &str,
    token: &str,
) -> Result<(Vec<String>, String), String> {
    let (mut told, mut resume_token) = (Vec::new(), token.to_owned());
    loop {
        let filter = Some(of(shop));
        let request =
            proto::ReadReturnChangesRequest { filter, resume_token, ..Default::default() };
        let page = caller.returns().read_return_changes(request).await;
        let page = page.map_err(|it| refusal(&it).unwrap().reason)?.into_inner();
        told.extend(returns(&page.returns));
        resume_token = page.resume_token;
        if !page.more {
            return Ok((told, resume_token));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn returns_are_watched_and_read_alike() {
    use proto::watch_returns_response::Event;
    let house = house().await;
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    let (all, token) = read(&house.shop, "shop-a", "").await.unwrap();
    assert_eq!(all, ["t-1 REQUESTED"]);
    let (others, of_others) = read(&house.shop_b, "shop-b", "").await.unwrap();
    assert_eq!(others, [""; 0], "the order is of another shop");

    let request = proto::WatchReturnsRequest { filter: Some(of("shop-a")), start: None };
    let mut watch = house.shop.returns().watch_returns(request).await.unwrap().into_inner();
    let mut last = String::new();
    for expected in ["begin", "t-1 REQUESTED", "end 1"] {
        let message = watch.message().await.unwrap().unwrap();
        last = message.resume_token.clone();
        let told = match message.event.unwrap() {
            Event::SnapshotBegin(_) => "begin".to_owned(),
            Event::SnapshotChunk(it) => returns(&it.returns).join(" "),
            Event::SnapshotEnd(it) => format!("end {}", it.entry_count),
            other => panic!("{other:?}"),
        };
        assert_eq!(told, expected);
    }
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    let message = watch.message().await.unwrap().unwrap();
    let Some(Event::Changes(changes)) = message.event else { panic!("{message:?}") };
    assert_eq!(returns(&changes.returns), ["t-1 APPROVED"]);

    let one = [("0", "1", Disposition::Restock)];
    assert_eq!(receive(&house.erp, reception("x-1", "t-1", &one)).await, "APPLIED");
    // Where the watch or the reading was broken off does not matter.
    for token in [&token, &last] {
        let (news, _) = read(&house.shop, "shop-a", token).await.unwrap();
        assert_eq!(news, ["t-1 RECEIVED"]);
    }
    let (news, _) = read(&house.shop_b, "shop-b", &of_others).await.unwrap();
    assert_eq!(news, [""; 0]);
    let other_filter = read(&house.shop, "shop-b", &token).await;
    assert_eq!(other_filter, Err("RESUME_TOKEN_INVALID".into()));
    let request = proto::ReadCreditNoteChangesRequest { resume_token: token, ..Default::default() };
    let other_stream = house.shop.credit_notes().read_credit_note_changes(request).await;
    assert_eq!(refusal(&other_stream.unwrap_err()).unwrap().reason, "RESUME_TOKEN_INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_notes_are_watched_and_read_alike() {
    use proto::watch_credit_notes_response::Event;
    let house = house().await;
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "1")])).await, "1");
    let filter = |shop: &str| Some(proto::CreditNoteFilter { shop: shop.into() });
    let request = proto::WatchCreditNotesRequest { filter: filter("shop-a"), start: None };
    let mut watch =
        house.shop.credit_notes().watch_credit_notes(request).await.unwrap().into_inner();
    let mut token = String::new();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let message = watch.message().await.unwrap().unwrap();
        token = message.resume_token;
        if let Some(Event::SnapshotChunk(it)) = message.event {
            seen.extend(it.credit_notes.into_iter().map(|it| it.total));
        }
    }
    assert_eq!(seen, ["1"]);
    assert_eq!(credit(&house.erp, correction("c-2", "r-1", &[("i-0", "1")])).await, "1");
    let message = watch.message().await.unwrap().unwrap();
    let Some(Event::Changes(changes)) = message.event else { panic!("{message:?}") };
    let request = proto::ReadCreditNoteChangesRequest {
        filter: filter("shop-a"),
        resume_token: token,
        ..Default::default()
    };
    let page = house.shop.credit_notes().read_credit_note_changes(request).await.unwrap();
    let page = page.into_inner();
    assert_eq!(changes.credit_notes[0].external_credit_note_id, "c-2");
    assert_eq!((page.credit_notes, page.revision), (changes.credit_notes, changes.revision));
    let request =
        proto::ReadCreditNoteChangesRequest { filter: filter("shop-b"), ..Default::default() };
    let others = house.shop_b.credit_notes().read_credit_note_changes(request).await.unwrap();
    assert_eq!(others.into_inner().credit_notes, []);
}
