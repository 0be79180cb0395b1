//! Articles that are made of others: a box and its pieces share one stock, a set is as many as its parts.

use erpsync_client::{Connection, proto, refusal};
use proto::watch_stock_response::Event;
use tonic::Streaming;

use crate::kit::trade::{
    amend, amendment, approve, cancel, compose, composition, level, lines, may_wait, order,
    receive, reception, request_return, set, ship, shipment, state, submit, undo, undoing,
};
use crate::kit::{House, request_id};

/// A house where a box is 6 pieces, and a set 2 mugs and a box.
async fn furnished() -> House {
    let house = House::open().await;
    let six = composition("box", 1, &[("piece", "6")]);
    let two = composition("set", 1, &[("mug", "2"), ("box", "1")]);
    assert_eq!(compose(&house.erp, vec![six, two]).await, ["APPLIED", "APPLIED"]);
    house
}

/// `on hand / sellable` of an article, as shops see it.
async fn shown(caller: &Connection, sku: &str) -> String {
    let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
    match caller.stock().get_stock(request).await {
        Ok(told) => {
            let level = told.into_inner().level.unwrap();
            format!("{}/{}", level.on_hand, level.sellable)
        }
        Err(status) => refusal(&status).unwrap().reason,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_and_its_pieces_share_one_stock() {
    let house = furnished().await;
    let (erp, shop) = (&house.erp, &house.shop);
    assert_eq!(shown(shop, "box").await, "NOT_FOUND");
    set(erp, "piece", "20").await;
    assert_eq!(shown(shop, "box").await, "3/3");

    // A box and 9 pieces are 15; another box and 9 pieces are too many, told in pieces.
    assert_eq!(
        submit(shop, order("a-1", &[("box", "1"), ("piece", "9")])).await.unwrap(),
        "1+0 9+0"
    );
    assert_eq!((&*level(erp, "piece").await, &*shown(shop, "box").await), ("20/15/0", "3/0"));
    for too_many in [&[("box", "1")][..], &[("piece", "6")], &[("box", "0.5"), ("piece", "3")]] {
        let refused = shop.orders().submit_order(order("a-2", too_many)).await.unwrap_err();
        let refused = refusal(&refused).unwrap();
        assert_eq!(refused.reason, "INSUFFICIENT_STOCK");
        let facts = ["sku", "asked", "sellable"].map(|it| &*refused.metadata[it]);
        assert_eq!(facts, ["piece", "6", "5"]);
    }
    assert_eq!(submit(shop, order("a-2", &[("box", "0.5")])).await.unwrap(), "0.5+0");
    let unexact = submit(shop, order("a-3", &[("box", "0.0000001")])).await;
    assert_eq!(unexact.unwrap_err(), "FIELD_INVALID");
}

/// What is said of a packing is counted in what is packed; of a set nothing can be said.
#[tokio::test(flavor = "multi_thread")]
async fn statements_and_movements_are_of_what_is_kept() {
    let house = furnished().await;
    set(&house.erp, "box", "3").await;
    assert_eq!(level(&house.erp, "piece").await, "18/0/0");
    let moved = async |sku: &str, quantity: &str| {
        let adjustment = proto::StockAdjustment {
            sku: sku.into(),
            quantity: quantity.into(),
            ledger_number: 7,
            ..Default::default()
        };
        let request =
            proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![adjustment] };
        let done = house.erp.stock().adjust_stock(request).await.unwrap().into_inner();
        let result = &done.results[0];
        result.problem.clone().map_or(result.outcome().as_str_name().to_owned(), |it| it.reason)
    };
    assert_eq!(moved("box", "-0.5").await, "OUTCOME_APPLIED");
    // The same entry of the ledger, in other units.
    assert_eq!(moved("piece", "-3").await, "OUTCOME_DUPLICATE");
    assert_eq!(level(&house.erp, "piece").await, "15/0/0");
    assert_eq!(moved("set", "1").await, "ARTICLE_IS_COMPOSED");
    let third = composition("third", 1, &[("piece", "0.333333")]);
    assert_eq!(compose(&house.erp, vec![third]).await, ["APPLIED"]);
    assert_eq!(moved("third", "0.1").await, "NUMBER_OUT_OF_RANGE");
    assert_eq!(
        (&*level(&house.erp, "piece").await, &*shown(&house.shop, "third").await),
        ("15/0/0", "45/45")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_is_as_many_as_its_scarcest_part() {
    let house = furnished().await;
    let (erp, shop) = (&house.erp, &house.shop);
    set(erp, "mug", "7").await;
    assert_eq!(shown(shop, "set").await, "0/0");
    set(erp, "piece", "13").await;
    assert_eq!(shown(shop, "set").await, "2/2");

    // All or nothing, over everything that the order asks for.
    let with_mugs = order("a-1", &[("set", "2"), ("mug", "4")]);
    assert_eq!(submit(shop, with_mugs).await.unwrap_err(), "INSUFFICIENT_STOCK");
    let all = order("a-1", &[("set", "2"), ("mug", "3"), ("piece", "1")]);
    assert_eq!(submit(shop, all).await.unwrap(), "2+0 3+0 1+0");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("7/7/0", "13/13/0"));
    assert_eq!((&*shown(shop, "set").await, &*shown(shop, "box").await), ("2/0", "2/0"));

    // Shipping a set ships its parts, in two parcels; one comes back to the shelf.
    assert_eq!(ship(erp, shipment("d-1", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("5/5/0", "7/7/0"));
    assert_eq!(ship(erp, shipment("d-2", "a-1", &[("0", "1"), ("1", "3")])).await, "APPLIED");
    assert_eq!(lines(shop, "a-1").await, ["2/0/0/0/2", "3/0/0/0/3", "1/0/1/0/0"]);
    let never_left = undoing("d-2", proto::ShipmentCancellationKind::NeverLeft, Default::default());
    assert_eq!(undo(erp, never_left).await, "APPLIED");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("5/5/0", "7/7/0"));
    assert_eq!(cancel(erp, "a-1", &[("0", "1")]).await, "1");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("5/3/0", "7/1/0"));
    assert_eq!(request_return(shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    assert_eq!(approve(erp, "t-1").await, "OK");
    let back = reception("x-1", "t-1", &[("0", "1", proto::Disposition::Restock)]);
    assert_eq!(receive(erp, back).await, "APPLIED");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("7/3/0", "13/1/0"));
    assert_eq!(shown(shop, "set").await, "2/2");
}

/// Each part waits in its own queue, and what there is of it is kept; the line counts whole sets.
#[tokio::test(flavor = "multi_thread")]
async fn a_set_waits_until_all_of_it_is_there() {
    let house = furnished().await;
    let (erp, shop) = (&house.erp, &house.shop);
    set(erp, "mug", "3").await;
    set(erp, "piece", "10").await;
    assert_eq!(submit(shop, may_wait(order("a-1", &[("set", "2")]))).await.unwrap(), "1+1");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("3/3/1", "10/10/2"));
    // A box behind it waits for all of its pieces, of which some come.
    assert_eq!(submit(shop, may_wait(order("a-2", &[("box", "1")]))).await.unwrap(), "0+1");
    set(erp, "piece", "16").await;
    assert_eq!(lines(shop, "a-2").await, ["1/0/0/1/0"]);
    assert_eq!(level(erp, "piece").await, "16/16/2");
    set(erp, "mug", "4").await;
    assert_eq!(lines(shop, "a-1").await, ["2/0/2/0/0"]);
    // What one gives back serves the other: 6 pieces free, 2 needed.
    assert_eq!(cancel(erp, "a-1", &[("0", "1")]).await, "1");
    assert_eq!(lines(shop, "a-2").await, ["1/0/1/0/0"]);
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("4/2/0", "16/12/0"));
    // Shipped before its parts are all there: a fact. What waits is used up with it.
    assert_eq!(submit(shop, may_wait(order("a-3", &[("box", "1")]))).await.unwrap(), "0+1");
    assert_eq!(ship(erp, shipment("d-3", "a-3", &[("0", "1")])).await, "APPLIED");
    assert_eq!(lines(shop, "a-3").await, ["1/0/0/0/1"]);
    assert_eq!(level(erp, "piece").await, "10/12/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_what_it_was_placed_with() {
    let house = furnished().await;
    let (erp, shop) = (&house.erp, &house.shop);
    set(erp, "piece", "40").await;
    submit(shop, order("a-1", &[("box", "2")])).await.unwrap();
    // From now on a box is 10 pieces. What was ordered stays 6 each, a new line is 10.
    assert_eq!(compose(erp, vec![composition("box", 2, &[("piece", "10")])]).await, ["APPLIED"]);
    assert_eq!((&*level(erp, "piece").await, &*shown(shop, "box").await), ("40/12/0", "4/2"));
    let more = state(&[("0", "box", "3"), ("1", "box", "1")]);
    assert_eq!(amend(shop, amendment("m-1", "a-1", 1, more)).await, "ACCEPTED");
    assert_eq!(level(erp, "piece").await, "40/28/0");
    assert_eq!(ship(erp, shipment("d-1", "a-1", &[("0", "3"), ("1", "1")])).await, "APPLIED");
    assert_eq!(level(erp, "piece").await, "12/0/0");
    // Beyond the order nothing was placed: it is what it is now, and so it comes back.
    let mut beyond = shipment("d-2", "a-1", &[("", "1")]);
    beyond.lines[0].sku = "box".into();
    assert_eq!(ship(erp, beyond).await, "APPLIED");
    assert_eq!(level(erp, "piece").await, "2/0/0");
    assert_eq!(compose(erp, vec![composition("box", 3, &[("piece", "5")])]).await, ["APPLIED"]);
    let never_left = undoing("d-2", proto::ShipmentCancellationKind::NeverLeft, Default::default());
    assert_eq!(undo(erp, never_left).await, "APPLIED");
    assert_eq!((&*level(erp, "piece").await, &*shown(shop, "box").await), ("12/0/0", "2/2"));
}

/// What may be declared, in the order in which it is said: `sku@version = quantity part …`.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_made_of_what() {
    let house = House::open().await;
    let (erp, shop) = (&house.erp, &house.shop);
    set(erp, "counted", "1").await;
    set(erp, "empty", "0").await;
    submit(shop, may_wait(order("a-1", &[("wanted", "1")]))).await.unwrap();
    for (said, expected) in [
        ("box@1 = 6 piece", "APPLIED"),
        ("box@1 = 6 piece", "DUPLICATE"),
        ("box@1 = 6.0 piece", "DUPLICATE"),
        ("box@1 = 7 piece", "REFUSED SOURCE_VERSION_REUSED"),
        ("box@0 = 7 piece", "STALE"),
        ("box@2 = 6 piece", "UNCHANGED"),
        ("box@1 = 6 piece", "STALE"),
        ("pallet@1 = 40 box", "APPLIED"),
        ("truck@1 = 30 pallet", "REFUSED COMPOSITION_TOO_DEEP"),
        // From below: the pallet would be of boxes of pieces of crumbs.
        ("piece@1 = 9 crumb", "REFUSED COMPOSITION_TOO_DEEP"),
        ("piece@1 = 9 pallet", "REFUSED COMPOSITION_TOO_DEEP"),
        ("piece@1 = 9 box", "REFUSED COMPOSITION_TOO_DEEP"),
        ("set@1 = 1 box 2 mug", "APPLIED"),
        ("two@1 = 2 set", "REFUSED COMPOSITION_TOO_DEEP"),
        ("pair@1 = 2 mug", "APPLIED"),
        ("four@1 = 2 pair 1 box", "APPLIED"),
        ("counted@1 = 2 mug", "REFUSED ARTICLE_HAS_STOCK"),
        ("wanted@1 = 2 mug", "REFUSED ARTICLE_HAS_STOCK"),
        ("empty@1 = 2 mug", "APPLIED"),
        // A box is a piece of its own again: then a piece may be made of crumbs, but no deeper.
        ("box@3 =", "APPLIED"),
        ("piece@1 = 9 crumb", "APPLIED"),
        ("box@4 = 6 piece", "REFUSED COMPOSITION_TOO_DEEP"),
    ] {
        let (head, parts) = said.split_once(" =").unwrap();
        let (sku, version) = head.split_once('@').unwrap();
        let parts: Vec<_> = parts.split_whitespace().collect();
        let parts: Vec<_> = parts.chunks(2).map(|it| (it[1], it[0])).collect();
        let row = composition(sku, version.parse().unwrap(), &parts);
        assert_eq!(compose(erp, vec![row]).await, [expected], "{said}");
    }
    let crowd: Vec<_> =
        (0..100).map(|it| composition(&format!("gift-{it}"), 1, &[("wrap", "1")])).collect();
    assert!(compose(erp, crowd).await.iter().all(|it| it == "APPLIED"));
    let one_more = composition("gift-100", 1, &[("wrap", "1")]);
    assert_eq!(compose(erp, vec![one_more]).await, ["REFUSED COMPOSITION_LIMIT"]);
    // Rows of one call know each other.
    let loops =
        vec![composition("hen", 1, &[("egg", "1")]), composition("egg", 1, &[("hen", "1")])];
    assert_eq!(compose(erp, loops).await, ["APPLIED", "REFUSED COMPOSITION_TOO_DEEP"]);

    let request = proto::GetCompositionRequest { sku: "four".into(), at_least_revision: 0 };
    let four = shop.compositions().get_composition(request).await.unwrap().into_inner();
    let parts =
        four.composition.unwrap().parts.into_iter().map(|it| format!("{} {}", it.quantity, it.sku));
    assert_eq!(parts.collect::<Vec<_>>(), ["1 box", "2 pair"]);
    let mut request = proto::ListCompositionsRequest { page_size: 60, ..Default::default() };
    let mut seen = Vec::new();
    loop {
        let page =
            shop.compositions().list_compositions(request.clone()).await.unwrap().into_inner();
        seen.extend(page.compositions.into_iter().map(|it| it.sku));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(seen.len(), 108);
    assert!(seen.is_sorted() && seen.contains(&"box".to_owned()));
}

/// The next message of a watch: `begin`, `mug=2`, `end 1`, `5>6 mug=1 box=0`; a tombstone is `box gone`.
async fn next(watch: &mut Streaming<proto::WatchStockResponse>) -> String {
    let levels = |levels: &[proto::StockLevel]| {
        let told = levels.iter().map(|it| match it.removed {
            true => format!("{} gone", it.sku),
            false => format!("{}={}", it.sku, it.sellable),
        });
        told.collect::<Vec<_>>().join(" ")
    };
    match watch.message().await.unwrap().expect("a message").event.unwrap() {
        Event::SnapshotBegin(_) => "begin".into(),
        Event::SnapshotChunk(it) => levels(&it.levels),
        Event::SnapshotEnd(it) => format!("end {}", it.entry_count),
        Event::Changes(it) => {
            let revisions: Vec<_> = it.levels.iter().map(|it| it.revision).collect();
            assert!(
                revisions.iter().all(|at| *at == it.revision),
                "{revisions:?} at {}",
                it.revision
            );
            format!("{}>{} {}", it.previous_revision, it.revision, levels(&it.levels))
        }
        Event::Heartbeat(it) => format!("beat {}", it.revision),
        Event::GoingAway(_) => "going".into(),
    }
}

async fn watch(shop: &Connection, skus: &[&str]) -> Streaming<proto::WatchStockResponse> {
    let skus = skus.iter().map(|it| it.to_string()).collect();
    let filter = Some(proto::StockFilter { skus, locations: vec![] });
    let request = proto::WatchStockRequest { filter, start: None };
    shop.stock().watch_stock(request).await.unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_part_is_told_of_all_that_it_is_in() {
    let house = furnished().await;
    let (erp, shop) = (&house.erp, &house.shop);
    set(erp, "mug", "4").await;
    set(erp, "piece", "13").await;
    let (mut all, mut one) = (watch(shop, &[]).await, watch(shop, &["set"]).await);
    for expected in ["begin", "box=2 mug=4 piece=13 set=2", "end 4"] {
        assert_eq!(next(&mut all).await, expected);
    }
    for expected in ["begin", "set=2", "end 1"] {
        assert_eq!(next(&mut one).await, expected);
    }
    set(erp, "piece", "11").await;
    assert_eq!(next(&mut all).await, "3>4 box=1 piece=11 set=1");
    assert_eq!(next(&mut one).await, "3>4 set=1");
    // An order of one is one revision of all of them.
    submit(shop, order("a-1", &[("set", "1")])).await.unwrap();
    assert_eq!(next(&mut all).await, "4>5 box=0 mug=2 piece=5 set=0");
    assert_eq!(next(&mut one).await, "4>5 set=0");
    // What it is made of changes, also two levels below.
    assert_eq!(compose(erp, vec![composition("box", 2, &[("piece", "5")])]).await, ["APPLIED"]);
    assert_eq!(next(&mut all).await, "5>6 box=1 set=1");
    assert_eq!(next(&mut one).await, "5>6 set=1");
    // A new one appears, where its parts are.
    assert_eq!(compose(erp, vec![composition("pair", 1, &[("mug", "2")])]).await, ["APPLIED"]);
    assert_eq!(next(&mut all).await, "6>7 pair=1");
    // One that is made of something else stays where it was; what it was made of still tells of it.
    assert_eq!(compose(erp, vec![composition("pair", 2, &[("cup", "2")])]).await, ["APPLIED"]);
    assert_eq!(next(&mut all).await, "7>8 pair=0");
    set(erp, "cup", "2").await;
    assert_eq!(next(&mut all).await, "8>9 cup=2 pair=1");
    // One that is of its own again is gone, and comes back once something is said of it.
    assert_eq!(compose(erp, vec![composition("pair", 3, &[])]).await, ["APPLIED"]);
    assert_eq!(next(&mut all).await, "9>10 pair gone");
    assert_eq!(shown(shop, "pair").await, "NOT_FOUND");
    set(erp, "cup", "3").await;
    assert_eq!(next(&mut all).await, "10>11 cup=3");
    set(erp, "pair", "9").await;
    assert_eq!(next(&mut all).await, "11>12 pair=9");

    // In single calls, and from the list, it is the same; everything tells each unit once.
    let mut request = proto::ReadStockChangesRequest { page_size: 2, ..Default::default() };
    let mut read = Vec::new();
    loop {
        let page = shop.stock().read_stock_changes(request.clone()).await.unwrap().into_inner();
        read.extend(page.levels.iter().map(|it| format!("{}={}", it.sku, it.sellable)));
        request.resume_token = page.resume_token;
        if !page.more {
            break;
        }
    }
    assert_eq!(read, ["box=1", "cup=3", "mug=2", "pair=9", "piece=5", "set=1"]);
    for size in [1, 2, 3, 100] {
        let mut request = proto::ListStockRequest { page_size: size, ..Default::default() };
        let mut listed = Vec::new();
        loop {
            let page = shop.stock().list_stock(request.clone()).await.unwrap().into_inner();
            listed.extend(page.levels.iter().map(|it| format!("{}={}", it.sku, it.sellable)));
            request.page_token = page.next_page_token;
            if request.page_token.is_empty() {
                break;
            }
        }
        assert_eq!(listed, read, "{size} a page");
    }
    let everything = proto::ReadChangesRequest { page_size: 1_000, ..Default::default() };
    let everything = house.tool.changes().read_changes(everything).await.unwrap().into_inner();
    let kept = everything.entries.iter().filter(|it| it.kind == "stock_level");
    assert_eq!(
        kept.map(|it| it.key.split('\u{1f}').next().unwrap()).collect::<Vec<_>>(),
        ["cup", "mug", "pair", "piece"]
    );
    assert_eq!(everything.entries.iter().filter(|it| it.kind == "composition").count(), 3);
}

/// A cart holds what its set is made of, and the order that it becomes takes that over.
#[tokio::test(flavor = "multi_thread")]
async fn a_cart_holds_what_its_sets_are_made_of() {
    let house = furnished().await;
    let (erp, shop) = (&house.erp, &house.shop);
    set(erp, "mug", "4").await;
    set(erp, "piece", "13").await;
    let line =
        proto::ReservationLine { sku: "set".into(), quantity: "2".into(), ..Default::default() };
    let hold = proto::CreateReservationRequest {
        external_reservation_id: "cart".into(),
        lines: vec![line],
        ..Default::default()
    };
    shop.reservations().create_reservation(hold).await.unwrap();
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("4/4/0", "13/12/0"));
    assert_eq!(
        submit(shop, order("a-1", &[("mug", "1")])).await.unwrap_err(),
        "INSUFFICIENT_STOCK"
    );
    let mut bought = order("a-1", &[("set", "1"), ("box", "1"), ("mug", "2")]);
    bought.external_reservation_id = "cart".into();
    assert_eq!(submit(shop, bought).await.unwrap(), "1+0 1+0 2+0");
    assert_eq!((&*level(erp, "mug").await, &*level(erp, "piece").await), ("4/4/0", "13/12/0"));
}
