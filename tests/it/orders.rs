use erpsync_client::{proto, refusal};
use futures_util::future::join_all;

use crate::kit::trade::{
    approve, cancel, get, level, lines, may_wait, order, receive, reception, request_return, set,
    ship, shipment, submit, undo, undoing,
};
use crate::kit::{House, request_id};

/// R3: the last unit is sold once, whoever asks.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_unit_is_sold_once() {
    let house = House::open().await;
    set(&house.erp, "MUG", "1").await;
    let shops = [&house.shop, &house.shop_b];
    let asked = (0..1000).map(|nth| {
        let shop = shops[nth % shops.len()];
        async move {
            // Whoever is told that too much waits says the same again.
            loop {
                let told = submit(shop, order(&format!("race-{nth}"), &[("MUG", "1")])).await;
                if told != Err("OVERLOADED".into()) {
                    break told;
                }
            }
        }
    });
    let told = join_all(asked).await;
    assert_eq!(told.iter().filter(|it| it.is_ok()).count(), 1);
    let short = Err("INSUFFICIENT_STOCK".to_owned());
    assert_eq!(told.iter().filter(|it| **it == short).count(), 999);
    assert_eq!(level(&house.shop, "MUG").await, "1/1/0");
}

/// R4: all or nothing, over the summed demand.
#[tokio::test(flavor = "multi_thread")]
async fn lines_of_one_article_add_up() {
    let house = House::open().await;
    set(&house.erp, "MUG", "5").await;
    set(&house.erp, "POT", "5").await;
    let short = Err("INSUFFICIENT_STOCK".to_owned());
    for (number, lines, expected, levels) in [
        ("1", &[("MUG", "3"), ("MUG", "3")][..], short.clone(), ("5/0/0", "5/0/0")),
        ("2", &[("MUG", "3"), ("POT", "6")], short.clone(), ("5/0/0", "5/0/0")),
        ("3", &[("MUG", "3"), ("MUG", "2")], Ok("3+0 2+0".to_owned()), ("5/5/0", "5/0/0")),
        ("4", &[("POT", "0.5"), ("POT", "4.5")], Ok("0.5+0 4.5+0".into()), ("5/5/0", "5/5/0")),
        ("5", &[("NONE", "1")], short, ("5/5/0", "5/5/0")),
    ] {
        assert_eq!(submit(&house.shop, order(number, lines)).await, expected, "{number}");
        let seen = (level(&house.shop, "MUG").await, level(&house.shop, "POT").await);
        assert_eq!((&*seen.0, &*seen.1), levels, "{number}");
    }
}

/// R11: saying it again answers the same; saying something else under the same number is refused.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_taken_in_once() {
    let house = House::open().await;
    set(&house.erp, "MUG", "5").await;
    let mut orders = house.shop.orders();
    let first = orders.submit_order(order("4711", &[("MUG", "2")])).await.unwrap().into_inner();
    set(&house.erp, "MUG", "9").await;
    let again = orders.submit_order(order("4711", &[("MUG", "2")])).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first);
    let mut by_value = order("4711", &[("MUG", "2")]);
    by_value.total = "2.00".into();
    assert!(orders.submit_order(by_value).await.is_ok(), "decimals compare by value");
    let other = order("4711", &[("MUG", "1")]);
    assert_eq!(submit(&house.shop, other).await, Err("ORDER_CONTENT_MISMATCH".into()));
    // The other shop has numbers of its own.
    assert!(submit(&house.shop_b, order("4711", &[("MUG", "1")])).await.is_ok());
    assert_eq!(level(&house.shop, "MUG").await, "9/3/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn back_orders_are_served_oldest_first() {
    let house = House::open().await;
    set(&house.erp, "MUG", "2").await;
    let wish = |number: &str, units| may_wait(order(number, &[("MUG", units)]));
    assert_eq!(submit(&house.shop, wish("1", "3")).await, Ok("2+1".into()));
    assert_eq!(submit(&house.shop, wish("2", "4")).await, Ok("0+4".into()));
    assert_eq!(submit(&house.shop, wish("3", "1")).await, Ok("0+1".into()));
    assert_eq!(level(&house.shop, "MUG").await, "2/2/6");
    // Nobody overtakes who waits.
    let hasty = submit(&house.shop, order("4", &[("MUG", "1")])).await;
    assert_eq!(hasty, Err("INSUFFICIENT_STOCK".into()));

    let line = |order: proto::Order| {
        format!("{}+{}", order.quantities[0].reserved, order.quantities[0].back_ordered)
    };
    for (on_hand, levels, lines) in [
        ("4", "4/4/4", ["3+0", "1+3", "0+1"]),
        ("7.5", "7.5/7.5/0.5", ["3+0", "4+0", "0.5+0.5"]),
        ("20", "20/8/0", ["3+0", "4+0", "1+0"]),
    ] {
        set(&house.erp, "MUG", on_hand).await;
        assert_eq!(level(&house.shop, "MUG").await, levels);
        for (number, expected) in ["1", "2", "3"].iter().zip(lines) {
            assert_eq!(line(get(&house.shop, number).await), expected, "{on_hand}, order {number}");
        }
    }

    // The environment may forbid it.
    let request = proto::UpdateEnvironmentRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        name: "production".into(),
        back_orders_allowed: false,
        over_shipment_tolerated: None,
    };
    house.operator.admin().update_environment(request).await.unwrap();
    let refused = submit(&house.shop, wish("5", "100")).await;
    assert_eq!(refused, Err("INSUFFICIENT_STOCK".into()));
}

/// R16, and facts: what does not add up is refused, unless it has happened already.
#[tokio::test(flavor = "multi_thread")]
async fn amounts_must_add_up_or_have_happened() {
    let house = House::open().await;
    set(&house.erp, "MUG", "5").await;
    let tax = |base: &str, amount: &str| proto::Tax {
        category: "S".into(),
        rate: "10".into(),
        base: base.into(),
        amount: amount.into(),
    };
    let mut wish = order("1", &[("MUG", "1")]);
    wish.price_mode = proto::PriceMode::Net.into();
    wish.lines[0].unit_price = "100".into();
    wish.lines[0].amount = "100".into();
    wish.lines[0].taxes = vec![tax("", "10")];
    wish.charges = vec![proto::Charge {
        charge_id: "d".into(),
        kind: proto::ChargeKind::Discount.into(),
        amount: "20".into(),
        taxes: vec![tax("", "2")],
        description: "welcome".into(),
        prepayment_invoice: None,
    }];
    wish.tax_totals = vec![tax("80", "8")];
    wish.total = "90".into();
    let status = house.shop.orders().submit_order(wish.clone()).await.unwrap_err();
    let refused = refusal(&status).unwrap();
    assert_eq!(refused.reason, "AMOUNTS_DO_NOT_ADD_UP");
    assert_eq!((&*refused.metadata["given"], &*refused.metadata["computed"]), ("90", "88"));
    assert_eq!(level(&house.shop, "MUG").await, "5/0/0", "nothing has happened");

    wish.total = "88".into();
    assert_eq!(submit(&house.shop, wish.clone()).await, Ok("1+0".into()));
    let stored = get(&house.erp, "1").await;
    assert_eq!((&*stored.total, &*stored.charges[0].description), ("88", "welcome"));
    assert_eq!(stored.lines[0].taxes, [tax("100", "10")]);
    assert_eq!(stored.amounts_problem, None);

    // A fact is stored as it is told, and says what is wrong with it.
    let fact = proto::SubmitOrderRequest {
        external_order_id: "2".into(),
        already_placed: true,
        total: "90".into(),
        lines: vec![proto::OrderLine {
            quantity: "7".into(),
            amount: "700".into(),
            ..wish.lines[0].clone()
        }],
        ..wish
    };
    assert_eq!(submit(&house.shop, fact).await, Ok("4+3".into()));
    let problem = get(&house.shop, "2").await.amounts_problem.unwrap();
    assert_eq!(problem.reason, "AMOUNTS_DO_NOT_ADD_UP");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_orders_tell_all_their_faults() {
    let house = House::open().await;
    let faulty = proto::SubmitOrderRequest {
        external_order_id: "a\0b".into(),
        order_date: "2026-02-30".into(),
        currency_code: "XYZ".into(),
        price_mode: 7,
        lines: vec![
            proto::OrderLine { line_id: "1".into(), quantity: "0".into(), ..Default::default() },
            proto::OrderLine { line_id: "1".into(), sku: "x".repeat(256), ..Default::default() },
        ],
        ..order("1", &[("MUG", "1")])
    };
    let status = house.shop.orders().submit_order(faulty).await.unwrap_err();
    let refused = refusal(&status).unwrap();
    let paths: Vec<_> = refused.fields.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        paths,
        [
            "external_order_id",
            "order_date",
            "currency_code",
            "price_mode",
            "lines[0].sku",
            "lines[0].quantity",
            "lines[0].unit_price",
            "lines[0].amount",
            "lines[1].line_id",
            "lines[1].sku",
            "lines[1].quantity",
            "lines[1].unit_price",
            "lines[1].amount",
        ]
    );
    let line = order("1", &[("MUG", "1")]).lines.remove(0);
    let lines = (0..2001).map(|nth| proto::OrderLine { line_id: nth.to_string(), ..line.clone() });
    let long = proto::SubmitOrderRequest { lines: lines.collect(), ..order("1", &[("MUG", "1")]) };
    assert_eq!(submit(&house.shop, long).await, Err("FIELD_INVALID".into()));
    let yen = proto::SubmitOrderRequest {
        currency_code: "JPY".into(),
        total: "1.5".into(),
        ..order("1", &[("MUG", "1")])
    };
    assert_eq!(submit(&house.shop, yen).await, Err("FIELD_INVALID".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_watched_listed_and_kept_apart() {
    let house = House::open().await;
    let [_, other_shop, ..] = house.other_world().await;
    set(&house.erp, "MUG", "5").await;
    let filter = Some(proto::OrderFilter { shop: "shop-b".into() });
    let request = proto::WatchOrdersRequest { filter, start: None };
    let mut watch = house.tool.orders().watch_orders(request).await.unwrap().into_inner();
    submit(&house.shop, order("1", &[("MUG", "1")])).await.unwrap();
    submit(&house.shop_b, order("2", &[("MUG", "1")])).await.unwrap();
    let seen = loop {
        use proto::watch_orders_response::Event;
        match watch.message().await.unwrap().unwrap().event.unwrap() {
            Event::SnapshotChunk(chunk) => break chunk.orders,
            Event::Changes(changes) => break changes.orders,
            _ => continue,
        }
    };
    assert_eq!((seen.len(), &*seen[0].external_order_id), (1, "2"));

    let all = house.erp.orders().list_orders(proto::ListOrdersRequest::default()).await.unwrap();
    let numbers: Vec<_> =
        all.into_inner().orders.into_iter().map(|it| it.external_order_id).collect();
    assert_eq!(numbers, ["1", "2"]);

    let reference = Some(proto::order_reference::Reference::OrderId(seen[0].order_id.clone()));
    let request = proto::GetOrderRequest {
        order: Some(proto::OrderReference { reference }),
        at_least_revision: 0,
    };
    assert!(house.shop_b.orders().get_order(request.clone()).await.is_ok());
    for other in [&house.shop, &other_shop] {
        let refused = other.orders().get_order(request.clone()).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, "NOT_FOUND");
    }
}

/// Somebody has to look at it, and therefore needs all of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_sold_order_that_does_not_add_up_is_kept_whole() {
    let house = House::open().await;
    set(&house.erp, "MUG", "5").await;
    let tax = proto::Tax {
        category: "S".into(),
        rate: "19".into(),
        base: "4.9".into(),
        amount: "0.78".into(),
    };
    let mut sold = order("1", &[("MUG", "2")]);
    sold.charges = vec![proto::Charge {
        charge_id: "post".into(),
        kind: proto::ChargeKind::Shipping.into(),
        amount: "4.9".into(),
        taxes: vec![tax.clone()],
        description: "parcel".into(),
        prepayment_invoice: None,
    }];
    (sold.already_placed, sold.tax_totals, sold.total) = (true, vec![tax], "6.91".into());
    let address = proto::Address {
        name: "Ada".into(),
        street: "Gasse 1".into(),
        postal_code: "1010".into(),
        city: "Wien".into(),
        country_code: "AT".into(),
        ..Default::default()
    };
    sold.shipping_address = Some(address);
    submit(&house.shop, sold.clone()).await.unwrap();
    let kept = get(&house.shop, "1").await;
    assert_eq!(kept.handover(), proto::OrderHandover::Parked);
    assert_eq!((kept.charges, kept.tax_totals), (sold.charges, sold.tax_totals));
    assert_eq!(kept.shipping_address, sold.shipping_address);
}

/// Two waits for three; what one command makes free in two steps serves both.
#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_free_in_steps_serves_all_who_wait() {
    for how in ["cancelled", "adjusted", "undone", "returned"] {
        let house = House::open().await;
        set(&house.erp, "mug", "6").await;
        submit(&house.shop, order("a-1", &[("mug", "3"), ("mug", "3")])).await.unwrap();
        let both = [("0", "3"), ("1", "3")];
        if how != "cancelled" && how != "adjusted" {
            assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &both)).await, "APPLIED");
        }
        for number in ["a-2", "a-3"] {
            submit(&house.shop, may_wait(order(number, &[("mug", "3")]))).await.unwrap();
        }
        match how {
            "cancelled" => assert_eq!(cancel(&house.erp, "a-1", &both).await, "3 3"),
            "adjusted" => {
                let adjustment = proto::StockAdjustment {
                    sku: "mug".into(),
                    quantity: "3".into(),
                    ..Default::default()
                };
                let request = proto::AdjustStockRequest {
                    request_id: request_id(),
                    adjustments: vec![adjustment.clone(), adjustment],
                };
                house.erp.stock().adjust_stock(request).await.unwrap();
            }
            "undone" => {
                let kind = proto::ShipmentCancellationKind::CarrierReturn;
                let back = undoing("d-1", kind, proto::Disposition::Restock);
                assert_eq!(undo(&house.erp, back).await, "APPLIED");
            }
            _ => {
                assert_eq!(request_return(&house.shop, "t-1", "a-1", &both).await, "OK");
                assert_eq!(approve(&house.erp, "t-1").await, "OK");
                let came = both.map(|(line, units)| (line, units, proto::Disposition::Restock));
                assert_eq!(receive(&house.erp, reception("x-1", "t-1", &came)).await, "APPLIED");
            }
        }
        for number in ["a-2", "a-3"] {
            assert_eq!(lines(&house.shop, number).await, ["3/0/3/0/0"], "{number}, {how}");
        }
        house.close().await;
    }
}
