//! What merchants complained about, from the first event to the last.

use erpsync_client::proto::{self, Disposition};
use futures_util::future::join_all;

use crate::kit::House;
use crate::kit::trade::{
    approve, because_of, correction, credit, get, get_invoice, invoice, level, order, receive,
    reception, record, request_return, set, ship, shipment, submit, until_nothing_is_parked,
};

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
