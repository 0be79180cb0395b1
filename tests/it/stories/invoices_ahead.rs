//! A week at a merchant whose ERP wants its money before it sends anything, sends what it has, and tells of
//! its stock what is available by its own books, minutes after it has looked.

use erpsync_client::proto::{
    Disposition,
    PaymentEvent::Captured,
    PaymentEvent::Refunded,
    SettlementKind::{Refund, StoreCredit},
    StockBasis,
};

use super::balance::balanced;
use super::trade::{Erp, Shop};
use crate::kit::House;
use crate::kit::trade::{because_of, correction, credit, get_invoice};

#[tokio::test(flavor = "multi_thread")]
async fn a_week_at_an_erp_that_invoices_ahead_and_ships_in_parts() {
    let house = House::open().await;
    let shelf = [("mug", 30), ("plate", 20), ("lamp", 6)];
    let mut erp = Erp::new(&house.erp, StockBasis::Available, &shelf);
    let shop = Shop::for_buyers("shop-a", &house.shop);
    let dealers = Shop::for_dealers("shop-b", &house.shop_b);
    let first = erp.reads();
    assert_eq!(erp.states(first).await, "APPLIED");

    // Monday. A buyer orders, and is asked for a part of it first; then a dealer, who pays all of it.
    let a1 = shop.sale("A-1", &[("mug", 6), ("lamp", 1)], 490);
    assert_eq!(shop.sells(&a1, false).await, "6+0 1+0");
    assert_eq!(erp.takes_over(&[&a1]).await, ["ORDER A-1"]);
    assert_eq!(erp.invoices_ahead("V-1", &a1, 5_000).await, "50");
    shop.money("ahead of A-1", &a1, Captured, 5_000).await;
    let before_b1 = erp.reads();
    let b1 = dealers.sale("B-1", &[("mug", 10), ("plate", 4)], 0);
    assert_eq!(dealers.sells(&b1, false).await, "10+0 4+0");
    let taken = erp.takes_over(&[&b1]).await;
    assert_eq!(taken, ["PAYMENT ahead of A-1", "ORDER B-1"]);
    assert_eq!(erp.invoices("R-1", &b1).await, "133.28");
    dealers.money("paid B-1", &b1, Captured, 13_328).await;
    // What it had read before it knew of B-1 comes now: it takes no order for one of its own, nor twice.
    assert_eq!(erp.states(before_b1).await, "UNCHANGED");
    assert_eq!([shop.may_sell("mug").await, shop.may_sell("plate").await], ["14", "16"]);

    // Tuesday. Parcels leave in between of what it reads and what it tells.
    let morning = erp.reads();
    erp.ships("parcel 1", &a1, &[(0, 2), (1, 1)]).await;
    let noon = erp.reads();
    erp.ships("parcel 2", &b1, &[(0, 7), (1, 2)]).await;
    erp.ships("parcel 3", &a1, &[(0, 3)]).await;
    assert_eq!(erp.states(noon).await, "UNCHANGED", "of before two of the parcels");
    assert_eq!(erp.states(morning).await, "STALE", "which was overtaken on its way");
    assert_eq!([shop.may_sell("mug").await, shop.may_sell("lamp").await], ["14", "5"]);
    let left = shop.order(&a1).await;
    assert_eq!(left.shipments.len(), 2);
    let mugs = &left.quantities[0];
    assert_eq!([&*mugs.shipped, &*mugs.reserved], ["5", "1"]);

    // Wednesday. Nobody was at home: a parcel of A-1 comes back, and leaves again with the last mug.
    erp.gets_back("parcel 3", &a1, 0, 3).await;
    let mugs = shop.order(&a1).await.quantities.remove(0);
    assert_eq!([&*mugs.shipped, &*mugs.reserved], ["2", "4"]);
    let while_it_lay_here = erp.reads();
    erp.ships("parcel 4", &a1, &[(0, 4)]).await;
    // That it is open again the ERP knows since then alone: until it says so, the mug of the order that it
    // knew before counts as another's. One less is sold for a while, and none twice.
    assert_eq!(shop.may_sell("mug").await, "13");
    assert_eq!(erp.states(while_it_lay_here).await, "UNCHANGED APPLIED UNCHANGED");
    assert_eq!(shop.may_sell("mug").await, "14");
    // The rest is invoiced, less what was prepaid.
    assert_eq!(erp.invoices_rest("R-2", &a1, ("V-1", 5_000)).await, "64.5");
    let prepaid = get_invoice(&house.shop, "V-1").await.prepayment.unwrap();
    assert_eq!(prepaid.deductible.unwrap().total, "0");
    shop.money("rest of A-1", &a1, Captured, 6_450).await;

    // Thursday. The dealer wants a plate less, which was invoiced and has not left.
    erp.takes_over(&[]).await;
    assert_eq!(dealers.cancels("B-1, one plate", &b1, 1, 1).await, "REQUESTED");
    erp.lets_go("B-1, one plate", &b1, 1, 1).await;
    let plates = dealers.order(&b1).await.quantities.remove(1);
    assert_eq!([&*plates.cancelled, &*plates.to_credit], ["1", "1"]);
    assert_eq!(dealers.asks_what_back_gives(&b1, &[(1, 1)]).await, "12.5");
    assert_eq!(credit(&house.erp, correction("C-1", "R-1", &[("i-1", "1")])).await, "12.5");
    dealers.money("refund for the plate", &b1, Refunded, 1_250).await;
    dealers.settles("C-1", &[(Refund, "12.5")]).await;
    erp.ships("parcel 5", &b1, &[(0, 3), (1, 1)]).await;
    let evening = erp.reads();
    let told = erp.states(evening).await;
    assert_eq!(told, "UNCHANGED UNCHANGED APPLIED", "the plate may be sold again");
    assert_eq!(shop.may_sell("plate").await, "17");

    // The week after. Three mugs of B-1 come back in two parcels: for one there is money, for the others
    // the dealer has something to his credit.
    assert_eq!(dealers.asks_what_back_gives(&b1, &[(0, 3)]).await, "24.99");
    dealers.announces("back", &b1, 0, 3).await;
    erp.takes_over(&[]).await;
    erp.approves(&dealers, "back").await;
    erp.receives(("came 1", "back"), &b1, (0, 2), Disposition::Restock).await;
    erp.receives(("came 2", "back"), &b1, (0, 1), Disposition::Scrap).await;
    let of_two = because_of(correction("C-2", "R-1", &[("i-0", "2")]), "came 1");
    assert_eq!(credit(&house.erp, of_two).await, "16.66");
    dealers.settles("C-2", &[(StoreCredit, "16.66")]).await;
    let of_one = because_of(correction("C-3", "R-1", &[("i-0", "1")]), "came 2");
    assert_eq!(credit(&house.erp, of_one).await, "8.33");
    dealers.money("refund for a mug", &b1, Refunded, 833).await;
    dealers.settles("C-3", &[(Refund, "8.33")]).await;
    erp.takes_over(&[]).await;

    let sales = [(&shop, &a1), (&dealers, &b1)];
    assert_eq!(
        balanced(&house, &mut erp, &sales).await,
        [
            "A-1 SHIPPED: invoiced 11450 credited 0, paid 11450 refunded 0, kept 0",
            "B-1 SHIPPED: invoiced 13328 credited 3749, paid 13328 refunded 2083, kept 1666",
        ]
    );
    assert_eq!(erp.shelf, [("lamp", 5), ("mug", 16), ("plate", 17)].into());
}
