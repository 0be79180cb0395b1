//! Two shops, their priorities and buffers, and orders at random: no shop is ever promised what it must
//! leave, and no unit is lost.

use std::collections::BTreeMap;

use erpsync_client::{Connection, proto};
use futures_util::future::join_all;

use super::{assign, keep_back, lies, place, seen};
use crate::batches::Random;
use crate::kit::House;
use crate::kit::trade::order;

const PLACES: [&str; 3] = ["east", "main", "west"];

/// What one article is at each place, and what each shop must leave there; as the rules say it, not as
/// the server does.
#[derive(Default)]
struct Model {
    free: BTreeMap<&'static str, i64>,
    /// By shop: where it sells from, in order.
    assigned: [Vec<&'static str>; 2],
    /// By shop and place.
    buffers: BTreeMap<(usize, &'static str), i64>,
}

impl Model {
    fn sellable(&self, shop: usize, place: &'static str) -> i64 {
        let buffer = self.buffers.get(&(shop, place)).or(self.buffers.get(&(shop, "")));
        (self.free[place] - buffer.copied().unwrap_or_default()).max(0)
    }

    /// Where an order of so many units is promised, if it is.
    fn sell(&mut self, shop: usize, units: i64) -> Option<&'static str> {
        let places =
            if self.assigned[shop].is_empty() { vec!["main"] } else { self.assigned[shop].clone() };
        let place = places.into_iter().find(|it| units <= self.sellable(shop, it))?;
        *self.free.get_mut(place).unwrap() -= units;
        Some(place)
    }

    fn seen(&self, shop: usize) -> String {
        let places = PLACES
            .iter()
            .filter(|it| self.assigned[shop].is_empty() || self.assigned[shop].contains(it));
        let told = places.map(|it| {
            let sellable = self.sellable(shop, it);
            match self.buffers.get(&(shop, *it)).or(self.buffers.get(&(shop, ""))) {
                None | Some(0) => format!("{it}:{sellable}"),
                Some(buffer) => format!("{it}:{sellable}-{buffer}"),
            }
        });
        told.collect::<Vec<_>>().join(" ")
    }
}

/// Step by step, everything is as the model says.
#[tokio::test(flavor = "multi_thread")]
async fn every_order_is_promised_where_the_rules_say() {
    let seed: u64 = std::env::var("ERPSYNC_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(7);
    let mut random = Random(seed);
    let house = House::open().await;
    let shops = [(&house.shop, "shop-a"), (&house.shop_b, "shop-b")];
    let mut model = Model::default();
    for place in PLACES {
        model.free.insert(place, 0);
    }
    let mut on_hand: BTreeMap<&str, i64> = PLACES.iter().map(|it| (*it, 0)).collect();
    lies(&house.erp, &PLACES.map(|it| ("mug", it, "0"))).await;
    for nth in 0..300 {
        let shop = random.below(2) as usize;
        let (caller, name) = shops[shop];
        match random.below(10) {
            0 => {
                let first = random.below(3) as usize;
                let count = random.below(4) as usize;
                let places: Vec<_> =
                    PLACES.iter().cycle().skip(first).take(count).copied().collect();
                assign(&house.erp, name, &places).await;
                model.assigned[shop] = places;
            }
            1 => {
                let place = *PLACES.iter().chain(&[""]).nth(random.below(4) as usize).unwrap();
                let units = random.below(4) as i64;
                let told = if units == 3 { String::new() } else { units.to_string() };
                keep_back(&house.erp, &[(name, "mug", place, &told)]).await;
                match units {
                    3 => model.buffers.remove(&(shop, place)),
                    units => model.buffers.insert((shop, place), units),
                };
            }
            2..5 => {
                let place = PLACES[random.below(3) as usize];
                let more = random.below(8) as i64;
                *on_hand.get_mut(place).unwrap() += more;
                *model.free.get_mut(place).unwrap() += more;
                lies(&house.erp, &[("mug", place, &on_hand[place].to_string())]).await;
            }
            _ => {
                let units = 1 + random.below(5) as i64;
                let asked = order(&format!("{name}-{nth}"), &[("mug", &units.to_string())]);
                let answer = place_of(caller, asked).await;
                assert_eq!(answer.as_deref(), model.sell(shop, units), "step {nth} of seed {seed}");
            }
        }
        for (shop, (caller, _)) in shops.iter().enumerate() {
            assert_eq!(seen(caller, "mug").await, model.seen(shop), "step {nth} of seed {seed}");
        }
    }
}

/// Where an order was promised, `None` where there is too little of it for this shop.
async fn place_of(shop: &Connection, asked: proto::SubmitOrderRequest) -> Option<String> {
    match place(shop, asked).await {
        Ok(promise) => Some(promise.split(' ').next().unwrap().to_owned()),
        Err(refused) => {
            assert_eq!(refused.reason, "INSUFFICIENT_STOCK");
            None
        }
    }
}

/// All at once: each shop gets as much as there is beyond its buffer, and not one unit more.
#[tokio::test(flavor = "multi_thread")]
async fn all_at_once_nobody_is_sold_what_it_must_leave() {
    let house = House::open().await;
    let House { erp, shop, shop_b, .. } = &house;
    lies(erp, &[("mug", "main", "20"), ("mug", "west", "20")]).await;
    assign(erp, "shop-a", &["west", "main"]).await;
    assign(erp, "shop-b", &["main", "west"]).await;
    keep_back(erp, &[("shop-a", "mug", "", "5"), ("shop-b", "mug", "west", "12")]).await;
    let orders = (0..80).map(|nth| {
        let (caller, name) = if nth % 2 == 0 { (shop, "a") } else { (shop_b, "b") };
        let asked = order(&format!("{name}-{nth}"), &[("mug", "1")]);
        async move { (name, place_of(caller, asked).await) }
    });
    let mut sold: BTreeMap<(&str, String), i64> = BTreeMap::new();
    for (name, place) in join_all(orders).await {
        if let Some(place) = place {
            *sold.entry((name, place)).or_default() += 1;
        }
    }
    let units = |place: &str| sold.iter().filter(|it| it.0.1 == place).map(|it| it.1).sum::<i64>();
    // 40 want one each: shop-b empties main, where it need leave nothing; of west it must leave most,
    // and shop-a five.
    assert_eq!((units("main"), units("west")), (20, 15), "{sold:?}");
    let of_b = sold.get(&("b", "west".to_owned())).copied().unwrap_or_default();
    assert!(of_b <= 8, "{sold:?}");
    assert_eq!(seen(erp, "mug").await, "main:0 west:5");
}
