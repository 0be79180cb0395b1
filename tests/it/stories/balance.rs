//! Whether the books are balanced: nothing is left to do, goods and money are where they were told to be,
//! and erpsync and the ERP count the same.

use erpsync_client::proto::{self, SettlementKind};

use super::trade::{Erp, Sale, Shop, cents};
use crate::inbox::lease;
use crate::kit::House;
use crate::kit::trade::parked;

/// Fine, and of each sale: `number STATUS: invoiced … credited …, paid … refunded …, kept …`, where kept
/// is what was credited and not paid out.
pub async fn balanced(
    house: &House,
    erp: &mut Erp<'_>,
    sales: &[(&Shop<'_>, &Sale)],
) -> Vec<String> {
    assert_eq!(lease(&house.erp, 10).await, [], "all is taken over");
    assert_eq!(parked(&house.tool).await, [""; 0], "nothing waits for anything");
    let incidents = proto::ListIncidentsRequest::default();
    let incidents = house.tool.monitoring().list_incidents(incidents).await.unwrap().into_inner();
    assert_eq!(incidents.incidents, [], "nobody has to look at anything");
    // What the ERP counts now is what erpsync knows already.
    let last = erp.reads();
    assert_eq!(erp.states(last).await, "UNCHANGED");
    let levels = proto::ListStockRequest::default();
    let levels = house.tool.stock().list_stock(levels).await.unwrap().into_inner().levels;
    for it in levels {
        let on_shelf = erp.shelf[&*it.sku].to_string();
        let figures = [&it.on_hand, &it.sellable, &it.reserved, &it.back_ordered];
        assert_eq!(figures, [&on_shelf, &on_shelf, "0", "0"], "{}", it.sku);
        assert_eq!([&*it.committed_elsewhere, &*it.short], ["0", "0"], "{}", it.sku);
    }
    let mut told = Vec::with_capacity(sales.len());
    for (shop, sale) in sales {
        told.push(of_sale(house, shop, sale).await);
    }
    told
}

async fn of_sale(house: &House, shop: &Shop<'_>, sale: &Sale) -> String {
    let order = shop.order(sale).await;
    let number = sale.number;
    let pieces = |it: &str| it.parse::<i64>().unwrap();
    for it in &order.quantities {
        let kept = pieces(&it.ordered) - pieces(&it.cancelled);
        assert_eq!(pieces(&it.shipped), kept, "{number}: all that was kept has left, and no more");
        let billed = pieces(&it.invoiced) - pieces(&it.reversed);
        assert_eq!(billed, kept, "{number}: all that was kept is invoiced, and no more");
        assert_eq!(
            [&*it.return_requested, &*it.lost],
            ["0", "0"],
            "{number}: nothing is on its way"
        );
    }
    let invoiced: i64 = order.invoices.iter().map(|it| cents(&it.total)).sum();
    for prepayment in order.invoices.iter().filter_map(|it| it.prepayment.as_ref()) {
        assert_eq!(prepayment.deductible.as_ref().unwrap().total, "0", "{number}: all is deducted");
    }
    let request = proto::ListCreditNotesRequest { order_id: order.order_id, ..Default::default() };
    let notes = house.tool.credit_notes().list_credit_notes(request).await.unwrap().into_inner();
    let notes = notes.credit_notes;
    let credited: i64 = notes.iter().map(|it| cents(&it.total)).sum();
    let credits = order.invoices.iter().map(|it| cents(&it.credits.as_ref().unwrap().total));
    assert_eq!(credits.sum::<i64>(), credited, "{number}: invoices and credit notes say the same");
    let settled = |is_meant: &dyn Fn(SettlementKind) -> bool| {
        let parts = notes.iter().flat_map(|it| &it.settlements);
        parts.filter(|it| is_meant(it.kind())).map(|it| cents(&it.amount)).sum::<i64>()
    };
    assert_eq!(settled(&|_| true), credited, "{number}: every credit note is settled");
    let refunded = settled(&|it| it == SettlementKind::Refund);
    let lowered = settled(&|it| it == SettlementKind::OpenBalance);
    let paid = order.payment_summary.unwrap();
    assert_eq!(cents(&paid.refunded), refunded, "{number}: what was to be refunded was");
    assert_eq!(cents(&paid.captured), invoiced - lowered, "{number}: what was to be paid was");
    let kept = credited - refunded - lowered;
    assert_eq!(cents(&paid.paid), invoiced - credited + kept);
    format!(
        "{number} {}: invoiced {invoiced} credited {credited}, paid {} refunded {refunded}, kept {kept}",
        order_status(order.status),
        cents(&paid.captured),
    )
}

fn order_status(status: i32) -> String {
    let status = proto::OrderStatus::try_from(status).unwrap();
    status.as_str_name().trim_start_matches("ORDER_STATUS_").into()
}
