//! What merchants complained about, from the first event to the last; and a week at each of two ERPs.

mod balance;
mod invoices_ahead;
mod ships_at_once;
mod trade;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use erpsync::clock::Clock;
use erpsync_client::proto::{self, Disposition};
use erpsync_client::{Connection, refusal};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::kit::trade::{
    approve, because_of, correction, credit, get, get_invoice, invoice, level, order, receive,
    reception, record, request_return, set, ship, shipment, submit, until_nothing_is_parked,
};
use crate::kit::{House, address, serve};

/// All orders of five things.
fn permutations() -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for _ in 0..5 {
        let longer = |it: &Vec<usize>| {
            let rest = (0..5).filter(|next| !it.contains(next)).collect::<Vec<_>>();
            rest.into_iter().map(|next| [it.clone(), vec![next]].concat()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// One thing that happens to order `n`.
async fn tell(house: &House, n: usize, event: usize) {
    let [a, d, r, t, x, c] = ["a", "d", "r", "t", "x", "c"].map(|it| format!("{it}-{n}"));
    match event {
        0 => {
            submit(&house.shop, order(&a, &[("mug", "3")])).await.unwrap();
        }
        1 => drop(ship(&house.erp, shipment(&d, &a, &[("0", "3")])).await),
        2 => drop(record(&house.erp, invoice(&r, &a, &[("0", "3")])).await),
        3 => {
            let came = [("0", "2", Disposition::Restock)];
            drop(receive(&house.erp, reception(&x, &t, &came)).await);
        }
        _ => {
            let note = because_of(correction(&c, &r, &[("i-0", "2")]), &x);
            let fact = proto::IssueCreditNoteRequest { already_issued: true, ..note };
            drop(credit(&house.erp, fact).await);
        }
    }
}

/// R10: order, shipment, invoice, reception and credit note, in any order and three times each.
#[tokio::test(flavor = "multi_thread")]
async fn any_order_of_arrival_ends_in_the_same_state() {
    let house = House::open().await;
    set(&house.erp, "mug", "360").await;
    let permutations = permutations();
    assert_eq!(permutations.len(), 120);
    let play = async |(n, events): (usize, &Vec<usize>)| {
        for event in events {
            for _ in 0..3 {
                tell(&house, n, *event).await;
            }
        }
        // Nothing has left before it is known to have left: the shop asks until it may.
        let (t, a) = (format!("t-{n}"), format!("a-{n}"));
        while request_return(&house.shop, &t, &a, &[("0", "2")]).await != "OK" {
            tokio::task::yield_now().await;
        }
        assert_eq!(approve(&house.erp, &t).await, "OK");
    };
    join_all(permutations.iter().enumerate().map(play)).await;
    until_nothing_is_parked(&house.tool).await;

    for (n, events) in permutations.iter().enumerate() {
        let it = get(&house.shop, &format!("a-{n}")).await.quantities.remove(0);
        let units = [&it.reserved, &it.shipped, &it.received, &it.invoiced, &it.credited_quantity];
        assert_eq!(units, ["0", "3", "2", "3", "2"], "{events:?}");
        let credits = get_invoice(&house.erp, &format!("r-{n}")).await.credits.unwrap();
        assert_eq!(credits.total, "2", "{events:?}");
    }
    assert_eq!(level(&house.erp, "mug").await, "240/0/0");
}

/// A wire between a client and the server, which can swallow answers, and be cut.
struct Wire {
    address: String,
    swallows: Arc<AtomicBool>,
    cut: CancellationToken,
}

impl Wire {
    async fn to(server: SocketAddr) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (swallows, cut) = (Arc::<AtomicBool>::default(), CancellationToken::new());
        let (is_swallowing, is_cut) = (swallows.clone(), cut.clone());
        tokio::spawn(async move {
            let (client, _) = listener.accept().await.unwrap();
            let (mut from_client, mut to_client) = client.into_split();
            let server = TcpStream::connect(server).await.unwrap();
            let (mut from_server, mut to_server) = server.into_split();
            let asks = tokio::io::copy(&mut from_client, &mut to_server);
            let answers = async {
                let mut bytes = [0; 4096];
                while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
                    if !is_swallowing.load(Ordering::SeqCst) {
                        to_client.write_all(&bytes[..count]).await.unwrap();
                    }
                }
            };
            tokio::select! {
                () = is_cut.cancelled() => {}
                _ = asks => {}
                () = answers => {}
            }
        });
        Wire { address, swallows, cut }
    }
}

/// R11: it was stored, then the connection broke before the answer; the shop says it again.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_got_lost_is_given_again() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    let token = house.token("shop-a").await.secret;
    let wire = Wire::to(house.server.address()).await;
    let shop = Connection::open(&wire.address, &token).await.unwrap().bare();
    shop.server_info().get_server_info(proto::GetServerInfoRequest {}).await.unwrap();
    wire.swallows.store(true, Ordering::SeqCst);
    let bought = order("a-1", &[("mug", "2")]);
    let lost = tokio::spawn({
        let (shop, bought) = (shop.clone(), bought.clone());
        async move { shop.orders().submit_order(bought).await }
    });
    let committed = async {
        while level(&house.erp, "mug").await != "5/2/0" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), committed).await.expect("a commit");
    wire.cut.cancel();
    assert!(lost.await.unwrap().is_err(), "the answer is lost");

    let again = house.shop.orders().submit_order(bought.clone()).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    let there = get(&house.shop, "a-1").await;
    assert_eq!(again.into_inner().order_id, there.order_id);
    assert_eq!(level(&house.erp, "mug").await, "5/2/0", "reserved once");
    let other = house.shop.orders().submit_order(order("a-1", &[("mug", "3")])).await;
    assert_eq!(refusal(&other.unwrap_err()).unwrap().reason, "ORDER_CONTENT_MISMATCH");
}

/// R13: two servers whose clocks are two hours apart, as in the night when an hour comes twice.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_depends_on_whose_clock_is_right() {
    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    house.clock.advance(Duration::from_secs(2 * 3_600));
    let (late, _) = serve(&house.database, &Clock::default()).await;
    let token = house.token("shop-a").await.secret;
    let shop = Connection::open(&address(&late), &token).await.unwrap();

    let begin = proto::ReadOrderChangesRequest::default();
    let begun = house.shop.orders().read_order_changes(begin).await.unwrap().into_inner();
    submit(&house.shop, order("a-1", &[("mug", "1")])).await.unwrap();
    submit(&shop, order("a-2", &[("mug", "1")])).await.unwrap();
    submit(&house.shop, order("a-3", &[("mug", "1")])).await.unwrap();
    let mut seen = Vec::new();
    let mut resume_token = begun.resume_token;
    while seen.len() < 3 {
        let wait = Some(prost_types::Duration { seconds: 5, nanos: 0 });
        let request = proto::ReadOrderChangesRequest { resume_token, wait, ..Default::default() };
        let page = shop.orders().read_order_changes(request).await.unwrap().into_inner();
        seen.extend(page.orders.into_iter().map(|it| (it.external_order_id, it.place_time)));
        resume_token = page.resume_token;
    }
    let names: Vec<_> = seen.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["a-1", "a-2", "a-3"]);
    let times = seen.iter().map(|it| it.1.unwrap()).map(|it| (it.seconds, it.nanos));
    assert!(times.is_sorted(), "an environment's time never runs back");
    late.stop().await.unwrap();
}

/// R6: the ERP goes on saying what lies there, and does not revive what is sold but not shipped.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_stays_sold_until_it_has_left() {
    let house = House::open().await;
    let sellable = async || {
        let request = proto::GetStockRequest { sku: "mug".into(), ..Default::default() };
        let level = house.shop.stock().get_stock(request).await.unwrap().into_inner().level;
        level.unwrap().sellable
    };
    set(&house.erp, "mug", "80").await;
    submit(&house.shop, order("a-1", &[("mug", "29")])).await.unwrap();
    assert_eq!(sellable().await, "51");
    set(&house.erp, "mug", "80").await;
    assert_eq!(sellable().await, "51", "it still lies there, and is sold");
    ship(&house.erp, shipment("d-1", "a-1", &[("0", "29")])).await;
    assert_eq!(sellable().await, "51");
    set(&house.erp, "mug", "51").await;
    assert_eq!(sellable().await, "51");
}
