mod races;

use std::time::Duration;

use erpsync_client::{Connection, proto, refusal};
use tonic::{Response, Status};

use crate::kit::trade::{get, level, lines, may_wait, of_system, order, set, submit};
use crate::kit::{House, request_id};

fn seconds(seconds: i64) -> Option<prost_types::Duration> {
    Some(prost_types::Duration { seconds, nanos: 0 })
}

/// For a cart, a minute long: `(article, quantity)`.
pub fn cart(id: &str, lines: &[(&str, &str)]) -> proto::CreateReservationRequest {
    let line = |(sku, quantity): &(&str, &str)| proto::ReservationLine {
        sku: sku.to_string(),
        location: String::new(),
        quantity: quantity.to_string(),
    };
    proto::CreateReservationRequest {
        external_reservation_id: id.into(),
        lines: lines.iter().map(line).collect(),
        lifetime: seconds(60),
    }
}

/// `OK`, or the reason and what the reservation is.
fn told<T>(answer: Result<Response<T>, Status>) -> String {
    match answer {
        Ok(_) => "OK".into(),
        Err(status) => {
            let told = refusal(&status).unwrap_or_else(|| panic!("{status:?}"));
            let from = told.metadata.get("from").map(String::as_str);
            [Some(&*told.reason), from].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}

pub async fn hold(shop: &Connection, cart: proto::CreateReservationRequest) -> String {
    told(shop.reservations().create_reservation(cart).await)
}

/// Of shop-a.
pub async fn consume(caller: &Connection, cart: &str) -> String {
    let reservation = of_system("shop-a", cart);
    let request = proto::ConsumeReservationRequest { request_id: request_id(), reservation };
    told(caller.reservations().consume_reservation(request).await)
}

/// Of shop-a.
pub async fn release(caller: &Connection, cart: &str) -> String {
    let reservation = of_system("shop-a", cart);
    let request = proto::ReleaseReservationRequest { request_id: request_id(), reservation };
    told(caller.reservations().release_reservation(request).await)
}

/// Of shop-a, for some seconds from now on.
pub async fn extend(caller: &Connection, cart: &str, lifetime: i64) -> String {
    let (reservation, lifetime) = (of_system("shop-a", cart), seconds(lifetime));
    let request =
        proto::ExtendReservationRequest { request_id: request_id(), reservation, lifetime };
    told(caller.reservations().extend_reservation(request).await)
}

/// An order that takes a cart over.
pub fn of_cart(order: proto::SubmitOrderRequest, cart: &str) -> proto::SubmitOrderRequest {
    proto::SubmitOrderRequest { external_reservation_id: cart.into(), ..order }
}

pub async fn reservation(caller: &Connection, cart: &str) -> proto::Reservation {
    let reservation = of_system("shop-a", cart);
    let request = proto::GetReservationRequest { reservation, at_least_revision: 0 };
    let found = caller.reservations().get_reservation(request).await.unwrap().into_inner();
    found.reservation.unwrap()
}

pub async fn state(caller: &Connection, cart: &str) -> String {
    let state = reservation(caller, cart).await.state().as_str_name();
    state.trim_start_matches("RESERVATION_STATE_").into()
}

/// Waits, for ten seconds at most, until it is so.
async fn until(caller: &Connection, cart: &str, expected: &str) {
    for _ in 0..500 {
        if state(caller, cart).await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{cart} is {}", state(caller, cart).await);
}

async fn head(tool: &Connection) -> i64 {
    let head = tool.changes().get_head(proto::GetHeadRequest {}).await;
    head.unwrap().into_inner().revision
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_cart_holds_no_other_gets() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    set(&house.erp, "cup", "1").await;
    let both = cart("c-1", &[("mug", "2"), ("cup", "1"), ("mug", "1")]);
    let done = house.shop.reservations().create_reservation(both.clone()).await.unwrap();
    let first = done.into_inner();
    assert_eq!(level(&house.shop_b, "mug").await, "5/3/0");
    assert_eq!(level(&house.shop_b, "cup").await, "1/1/0");

    let it = reservation(&house.shop, "c-1").await;
    let lines: Vec<_> =
        it.lines.iter().map(|it| format!("{} {} {}", it.sku, it.location, it.quantity)).collect();
    assert_eq!(lines, ["cup main 1", "mug main 3"], "what is of one article is one");
    assert_eq!((&*it.system, it.end_time, &*it.ended_by, &*it.order_id), ("shop-a", None, "", ""));
    assert_eq!((&it.reservation_id, it.expire_time), (&first.reservation_id, first.expire_time));
    assert_eq!(it.expire_time.unwrap().seconds - it.create_time.unwrap().seconds, 60);

    // All or nothing, over the sum.
    let before = head(&house.tool).await;
    let two = cart("c-2", &[("mug", "2"), ("cup", "1")]);
    assert_eq!(hold(&house.shop_b, two).await, "INSUFFICIENT_STOCK");
    let sum = cart("c-2", &[("mug", "2"), ("mug", "1")]);
    assert_eq!(hold(&house.shop_b, sum).await, "INSUFFICIENT_STOCK");
    let others = submit(&house.shop_b, order("b-1", &[("mug", "3")])).await;
    assert_eq!(others, Err("INSUFFICIENT_STOCK".into()));
    assert_eq!(head(&house.tool).await, before, "a refusal changes nothing");
    assert_eq!(hold(&house.shop_b, cart("c-1", &[("mug", "2")])).await, "OK", "another's c-1");

    // The same again is the same, whatever became of it.
    let again = house.shop.reservations().create_reservation(both.clone()).await.unwrap();
    assert!(again.metadata().contains_key("erpsync-replayed"));
    assert_eq!(again.into_inner(), first);
    let other = cart("c-1", &[("mug", "1")]);
    assert_eq!(hold(&house.shop, other).await, "DOCUMENT_CONTENT_MISMATCH");
    assert_eq!(release(&house.shop, "c-1").await, "OK");
    assert_eq!(level(&house.shop, "mug").await, "5/2/0");
    let again = house.shop.reservations().create_reservation(both).await.unwrap();
    assert_eq!(again.into_inner(), first);
    assert_eq!(state(&house.shop, "c-1").await, "RELEASED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_takes_over_what_is_held_for_it() {
    let house = House::open().await;
    set(&house.erp, "mug", "4").await;
    // Exactly, in two lines.
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "3")])).await, "OK");
    let exact = of_cart(order("a-1", &[("mug", "1"), ("mug", "2")]), "c-1");
    let done = house.shop.orders().submit_order(exact.clone()).await.unwrap().into_inner();
    assert_eq!(level(&house.shop, "mug").await, "4/3/0");
    let it = reservation(&house.shop, "c-1").await;
    assert_eq!((it.state(), &*it.ended_by), (proto::ReservationState::Consumed, "shop-a"));
    assert_eq!((it.order_id, it.revision), (done.order_id.clone(), done.revision), "at once");
    let again = house.shop.orders().submit_order(exact.clone()).await.unwrap().into_inner();
    assert_eq!(again, done);
    let other = of_cart(exact, "c-2");
    assert_eq!(submit(&house.shop, other).await, Err("ORDER_CONTENT_MISMATCH".into()));

    // More than is held: the rest is reserved as usual, or all is as it was.
    assert_eq!(hold(&house.shop, cart("c-2", &[("mug", "1")])).await, "OK");
    let more = of_cart(order("a-2", &[("mug", "2")]), "c-2");
    assert_eq!(submit(&house.shop, more.clone()).await, Err("INSUFFICIENT_STOCK".into()));
    assert_eq!(state(&house.shop, "c-2").await, "HELD");
    set(&house.erp, "mug", "5").await;
    assert_eq!(submit(&house.shop, more).await, Ok("2+0".into()));
    assert_eq!(level(&house.shop, "mug").await, "5/5/0");

    // What waits does so only for what is beyond.
    set(&house.erp, "mug", "6").await;
    assert_eq!(hold(&house.shop, cart("c-3", &[("mug", "1")])).await, "OK");
    let waits = of_cart(may_wait(order("a-3", &[("mug", "1"), ("mug", "1")])), "c-3");
    assert_eq!(submit(&house.shop, waits).await, Ok("1+0 0+1".into()));
    assert_eq!(level(&house.shop, "mug").await, "6/6/1");

    // Less than is held: the rest goes to whoever waits, in the same instant.
    set(&house.erp, "cup", "3").await;
    assert_eq!(hold(&house.shop, cart("c-4", &[("cup", "3")])).await, "OK");
    let waits = may_wait(order("a-4", &[("cup", "1")]));
    assert_eq!(submit(&house.shop, waits).await, Ok("0+1".into()));
    let less = of_cart(order("a-5", &[("cup", "1")]), "c-4");
    let done = house.shop.orders().submit_order(less).await.unwrap().into_inner();
    assert_eq!(lines(&house.shop, "a-4").await, ["1/0/1/0/0"]);
    assert_eq!(get(&house.shop, "a-4").await.revision, done.revision);
    assert_eq!(level(&house.shop, "cup").await, "3/2/0");
}

/// What lies there may become less while it is held: the promise was made all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_stays_promised_when_stock_falls_short() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "2")])).await, "OK");
    set(&house.erp, "mug", "1").await;
    let mine = of_cart(order("a-1", &[("mug", "2")]), "c-1");
    assert_eq!(submit(&house.shop, mine).await, Ok("2+0".into()));
    assert_eq!(level(&house.shop, "mug").await, "1/2/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sold_already_is_taken_in_however_late() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "2")])).await, "OK");
    assert_eq!(release(&house.shop, "c-1").await, "OK");
    for (number, cart, reason) in [("a-1", "c-1", "INVALID_STATE"), ("a-2", "never", "NOT_FOUND")] {
        let late = of_cart(order(number, &[("mug", "2")]), cart);
        assert_eq!(submit(&house.shop, late.clone()).await, Err(reason.into()));
        let sold = proto::SubmitOrderRequest { already_placed: true, ..late };
        let done = house.shop.orders().submit_order(sold.clone()).await.unwrap().into_inner();
        assert_eq!(done.reservation_problem.as_ref().unwrap().reason, reason);
        let again = house.shop.orders().submit_order(sold).await.unwrap().into_inner();
        assert_eq!(again, done);
    }
    assert_eq!(level(&house.shop, "mug").await, "3/3/1");
    assert_eq!(hold(&house.shop_b, cart("c-2", &[("mug", "1")])).await, "INSUFFICIENT_STOCK");
}

/// What is sold beside us leaves, and the next statement tells how much lies there.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_elsewhere_leaves() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "2")])).await, "OK");
    assert_eq!(consume(&house.erp, "c-1").await, "OK");
    assert_eq!(level(&house.shop, "mug").await, "1/0/0");
    let it = reservation(&house.shop, "c-1").await;
    assert_eq!((it.state(), &*it.ended_by), (proto::ReservationState::Consumed, "erp"));
    assert_eq!(it.order_id, "");
    let request = proto::ListStockMovementsRequest { sku: "mug".into(), ..Default::default() };
    let moved = house.shop.stock().list_stock_movements(request).await.unwrap().into_inner();
    let moved: Vec<_> = moved.movements.iter().map(|it| (&*it.quantity, &*it.cause)).collect();
    assert_eq!(moved, [("-2", "reservation c-1 of shop-a")]);
    set(&house.erp, "mug", "1").await;
    assert_eq!(level(&house.shop, "mug").await, "1/0/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn time_ends_it_and_whoever_waits_gets_it() {
    let house = House::open().await;
    set(&house.erp, "mug", "2").await;
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "2")])).await, "OK");
    let waits = may_wait(order("a-1", &[("mug", "1")]));
    assert_eq!(submit(&house.shop, waits).await, Ok("0+1".into()));
    assert_eq!(extend(&house.shop, "c-1", 120).await, "OK");
    assert_eq!(extend(&house.shop, "c-1", 10).await, "OK", "which is no longer than it is");
    house.clock.advance(Duration::from_secs(100));
    assert_eq!(extend(&house.erp, "c-1", 10).await, "OK");
    assert_eq!(level(&house.shop, "mug").await, "2/2/1", "it was extended");
    house.clock.advance(Duration::from_secs(21));
    until(&house.shop, "c-1", "EXPIRED").await;
    assert_eq!(lines(&house.shop, "a-1").await, ["1/0/1/0/0"]);
    assert_eq!(level(&house.shop, "mug").await, "2/1/0");
    let it = reservation(&house.shop, "c-1").await;
    assert_eq!((it.end_time, &*it.ended_by), (it.expire_time, ""), "however late we were");
}

/// Every step of every state, and what is refused of it: code, facts, words; nothing changes.
#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_stays_so() {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    for id in ["consumed", "sold", "released", "expired"] {
        assert_eq!(hold(&house.shop, cart(id, &[("mug", "1")])).await, "OK");
    }
    assert_eq!(consume(&house.shop, "consumed").await, "OK");
    submit(&house.shop, of_cart(order("a-1", &[("mug", "1")]), "sold")).await.unwrap();
    assert_eq!(release(&house.tool, "released").await, "OK");
    house.clock.advance(Duration::from_secs(60));
    until(&house.shop, "expired", "EXPIRED").await;

    let before = head(&house.tool).await;
    let order_id = get(&house.shop, "a-1").await.order_id;
    for (id, from, ended_by, by_order) in [
        ("consumed", "CONSUMED", Some("shop-a"), None),
        ("sold", "CONSUMED", Some("shop-a"), Some(&*order_id)),
        ("released", "RELEASED", Some("tool"), None),
        ("expired", "EXPIRED", None, None),
    ] {
        let name = of_system("", id);
        let request = proto::ConsumeReservationRequest {
            request_id: request_id(),
            reservation: name.clone(),
        };
        let consumed = house.shop.reservations().consume_reservation(request).await.map(|_| ());
        let request = proto::ReleaseReservationRequest {
            request_id: request_id(),
            reservation: name.clone(),
        };
        let released = house.shop.reservations().release_reservation(request).await.map(|_| ());
        let request = proto::ExtendReservationRequest {
            request_id: request_id(),
            reservation: name,
            lifetime: None,
        };
        let extended = house.shop.reservations().extend_reservation(request).await.map(|_| ());
        let late = of_cart(order("a-2", &[("mug", "1")]), id);
        let ordered = house.shop.orders().submit_order(late).await.map(|_| ());
        let steps = [
            (consumed, "CONSUMED"),
            (released, "RELEASED"),
            (extended, "HELD"),
            (ordered, "CONSUMED"),
        ];
        for (answer, to) in steps {
            let status = answer.unwrap_err();
            let told = refusal(&status).unwrap();
            assert_eq!(status.code(), tonic::Code::FailedPrecondition);
            assert_eq!(told.reason, "INVALID_STATE");
            let fact = |it: &str| told.metadata.get(it).map(String::as_str);
            assert_eq!((fact("from"), fact("to")), (Some(from), Some(to)));
            assert_eq!((fact("ended_by"), fact("order_id")), (ended_by, by_order));
            let words = format!("reservation \"{id}\" of shop-a is {from}, and cannot become {to}");
            assert_eq!(status.message(), words);
        }
    }
    assert_eq!(head(&house.tool).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_acts_on_its_own_alone() {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "1")])).await, "OK");
    assert_eq!(consume(&house.shop_b, "c-1").await, "NOT_FOUND");
    assert_eq!(release(&house.shop_b, "c-1").await, "NOT_FOUND");
    assert_eq!(extend(&house.shop_b, "c-1", 60).await, "NOT_FOUND");
    let theirs = of_cart(order("b-1", &[("mug", "1")]), "c-1");
    assert_eq!(submit(&house.shop_b, theirs).await, Err("NOT_FOUND".into()));
    assert_eq!(state(&house.tool, "c-1").await, "HELD");
    assert_eq!(extend(&house.erp, "c-1", 600).await, "OK");
    assert_eq!(release(&house.tool, "c-1").await, "OK");
}

/// What is held shows in the stock that shops watch, and in the stream of everything.
#[tokio::test(flavor = "multi_thread")]
async fn watchers_see_what_is_held() {
    let house = House::open().await;
    set(&house.erp, "mug", "3").await;
    let read = async |token: &str| {
        let request =
            proto::ReadStockChangesRequest { resume_token: token.into(), ..Default::default() };
        house.shop_b.stock().read_stock_changes(request).await.unwrap().into_inner()
    };
    let mut page = read("").await;
    while page.more {
        page = read(&page.resume_token).await;
    }
    assert_eq!(hold(&house.shop, cart("c-1", &[("mug", "2")])).await, "OK");
    let page = read(&page.resume_token).await;
    assert_eq!((page.levels.len(), &*page.levels[0].sellable), (1, "1"));
    submit(&house.shop, of_cart(order("a-1", &[("mug", "2")]), "c-1")).await.unwrap();
    let page = read(&page.resume_token).await;
    assert_eq!(page.levels, [], "the units are another's, and as many");

    let filter = Some(proto::ChangeFilter { kinds: vec!["reservation".into()] });
    let request = proto::ReadChangesRequest { filter, ..Default::default() };
    let page = house.tool.changes().read_changes(request).await.unwrap().into_inner();
    let seen = page.entries.into_iter().map(|it| match it.state {
        Some(proto::change_entry::State::Reservation(it)) => it,
        other => panic!("{other:?}"),
    });
    assert_eq!(seen.collect::<Vec<_>>(), [reservation(&house.shop, "c-1").await]);
}
