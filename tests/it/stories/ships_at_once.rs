//! A week at a merchant whose ERP sends an order in one parcel once all of it is there, and writes its
//! invoices on Friday. It keeps a ledger, and counts what lies on its shelf.

use erpsync_client::proto::{
    self, CreditNoteKind, Disposition,
    PaymentEvent::{Authorised, Captured, Refunded},
    SettlementKind::{LossOfValue, OpenBalance, Refund},
    StockBasis,
};

use super::balance::balanced;
use super::trade::{Erp, Shop};
use crate::kit::House;
use crate::kit::trade::{because_of, close, correction, credit, inspect, inspection};

#[tokio::test(flavor = "multi_thread")]
async fn a_week_at_an_erp_that_ships_at_once_and_invoices_later() {
    let house = House::open().await;
    let shelf = [("mug", 40), ("plate", 12), ("lamp", 5)];
    let mut erp = Erp::new(&house.erp, StockBasis::OnHand, &shelf);
    let shop = Shop::for_buyers("shop-a", &house.shop);
    let dealers = Shop::for_dealers("shop-b", &house.shop_b);

    // Monday. The ERP tells what lies there, and both shops sell it.
    let monday = erp.reads();
    assert_eq!(erp.states(monday.clone()).await, "APPLIED");
    let a1 = shop.sale("A-1", &[("mug", 3), ("plate", 1)], 490);
    assert_eq!(shop.sells(&a1, false).await, "3+0 1+0");
    shop.money("set aside for A-1", &a1, Authorised, 4_965).await;
    let a2 = shop.sale("A-2", &[("lamp", 4)], 490);
    assert_eq!(shop.sells(&a2, false).await, "4+0");
    shop.money("paid A-2", &a2, Captured, 20_450).await;
    let b1 = dealers.sale("B-1", &[("mug", 10), ("plate", 6)], 0);
    assert_eq!(dealers.sells(&b1, false).await, "10+0 6+0");
    // One lamp is left. Three are not sold, unless the dealer waits for the others.
    let b2 = dealers.sale("B-2", &[("lamp", 3)], 0);
    assert_eq!(dealers.sells(&b2, false).await, "INSUFFICIENT_STOCK");
    assert_eq!(dealers.sells(&b2, true).await, "1+2");
    assert_eq!(shop.may_sell("lamp").await, "0");

    // Tuesday. The ERP takes the orders over, and the payments behind them.
    let taken = erp.takes_over(&[&a1, &a2, &b1, &b2]).await;
    let orders = ["ORDER A-1", "ORDER A-2", "ORDER B-1", "ORDER B-2"];
    assert_eq!(taken[..4], orders);
    assert_eq!(taken[4..], ["PAYMENT set aside for A-1", "PAYMENT paid A-2"]);
    // The buyer of A-1 wants two mugs instead of three. The ERP has the order, so it is asked.
    let a1_of_two = a1.with(0, 2);
    assert_eq!(shop.amends("A-1, two mugs", 1, &a1_of_two).await, "REQUESTED");
    erp.agrees("A-1, two mugs", &a1, &a1_of_two).await;
    let a1 = a1_of_two;

    // Wednesday. It reads its stock, then three parcels leave; the reading comes after them.
    let morning = erp.reads();
    erp.ships_all("parcel 1", &a1).await;
    erp.ships_all("parcel 2", &b1).await;
    erp.ships_all("parcel 3", &a2).await;
    assert_eq!(shop.may_sell("mug").await, "28");
    assert_eq!(erp.states(morning).await, "UNCHANGED", "it revives nothing that has left");
    assert_eq!(shop.may_sell("mug").await, "28");
    assert_eq!(erp.states(monday).await, "STALE", "nor does one that got lost on Monday");
    shop.money("paid A-1", &a1, Captured, 3_970).await;
    let sent = shop.order(&a1).await;
    assert_eq!(sent.shipments[0].tracking_numbers, ["track parcel 1"]);

    // Thursday. Lamps come; the dealer who waits gets his before anybody else, all in one parcel.
    erp.gets("lamp", 10).await;
    let waited = dealers.order(&b2).await.quantities.remove(0);
    assert_eq!([waited.reserved, waited.back_ordered], ["3", "0"]);
    assert_eq!(shop.may_sell("lamp").await, "8");
    erp.ships_all("parcel 4", &b2).await;

    // Friday. Everything that has left is invoiced; dealers pay then.
    assert_eq!(erp.invoices("R-1", &a1).await, "39.7");
    assert_eq!(erp.invoices("R-2", &a2).await, "204.5");
    assert_eq!(erp.invoices("R-3", &b1).await, "158.27");
    assert_eq!(erp.invoices("R-4", &b2).await, "124.95");
    dealers.money("paid B-2", &b2, Captured, 12_495).await;
    // Two plates of B-1 are chipped. The dealer keeps them for less, and pays the rest.
    let line = proto::CreditNoteLine {
        invoice_line_id: "i-1".into(),
        amount: "12".into(),
        ..Default::default()
    };
    let chipped = proto::IssueCreditNoteRequest {
        kind: CreditNoteKind::PriceReduction.into(),
        lines: vec![line],
        ..correction("C-1", "R-3", &[])
    };
    assert_eq!(credit(&house.erp, chipped).await, "14.28");
    dealers.settles("C-1", &[(OpenBalance, "14.28")]).await;
    dealers.money("paid B-1", &b1, Captured, 14_399).await;

    // The week after. A mug of A-1 comes back; the shop told the buyer to the cent what it would give.
    assert_eq!(shop.asks_what_back_gives(&a1, &[(0, 1)]).await, "9.95");
    shop.announces("back 1", &a1, 0, 1).await;
    assert!(erp.takes_over(&[]).await.contains(&"RETURN back 1".into()));
    erp.approves(&shop, "back 1").await;
    erp.receives(("came 1", "back 1"), &a1, (0, 1), Disposition::Restock).await;
    let note = because_of(correction("C-2", "R-1", &[("i-0", "1")]), "came 1");
    assert_eq!(credit(&house.erp, note).await, "9.95");
    shop.money("refund A-1", &a1, Refunded, 995).await;
    shop.settles("C-2", &[(Refund, "9.95")]).await;

    // Two lamps of A-2: one is scratched and worth 5.00 less, the other was used and goes back to the buyer.
    shop.announces("back 2", &a2, 0, 2).await;
    erp.approves(&shop, "back 2").await;
    erp.receives(("came 2", "back 2"), &a2, (0, 2), Disposition::Pending).await;
    let note = because_of(correction("C-3", "R-2", &[("i-0", "1")]), "came 2");
    assert_eq!(
        credit(&house.erp, note.clone()).await,
        "CREDIT_EXCEEDS_INVOICE",
        "nobody has judged"
    );
    use proto::AcceptanceState::{Accepted, Rejected};
    let lines =
        [("0", "1", Accepted, Disposition::Scrap), ("0", "1", Rejected, Disposition::SendBack)];
    let mut judged = inspection("judged 2", "came 2", &lines);
    judged.lines[0].loss_of_value = "5".into();
    assert_eq!(inspect(&house.erp, judged).await, "APPLIED");
    assert_eq!(credit(&house.erp, note).await, "49.9");
    shop.money("refund A-2", &a2, Refunded, 4_490).await;
    shop.settles("C-3", &[(Refund, "44.9"), (LossOfValue, "5")]).await;
    for number in ["back 1", "back 2"] {
        assert_eq!(close(&house.erp, number).await, "OK");
    }
    erp.takes_over(&[]).await;

    let sales = [(&shop, &a1), (&shop, &a2), (&dealers, &b1), (&dealers, &b2)];
    assert_eq!(
        balanced(&house, &mut erp, &sales).await,
        [
            "A-1 SHIPPED: invoiced 3970 credited 995, paid 3970 refunded 995, kept 0",
            "A-2 SHIPPED: invoiced 20450 credited 4990, paid 20450 refunded 4490, kept 500",
            "B-1 SHIPPED: invoiced 15827 credited 1428, paid 14399 refunded 0, kept 0",
            "B-2 SHIPPED: invoiced 12495 credited 0, paid 12495 refunded 0, kept 0",
        ]
    );
    assert_eq!(erp.shelf, [("lamp", 8), ("mug", 29), ("plate", 5)].into());
}
