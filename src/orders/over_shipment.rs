//! More has left than was ordered: a fact, and somebody should look at it.

use super::{Line, Order};
use crate::admin::{Settings, TheSettings};
use crate::books::{Books, Moment};
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::OrderId;
use crate::incidents::{self, Finding, IncidentKey, Kind};

/// What [`observe_over_shipment`] needs.
pub fn needs_over_shipment(books: &mut Books, order: OrderId) {
    incidents::needs_observe(books, &key(order));
    books.of::<Settings>().want(&TheSettings);
}

/// Begins or ends the incident of an order of which more has left than was ordered. To be called
/// where units have left or come back, or other quantities are ordered.
pub fn observe_over_shipment(books: &mut Books, order: &Order, at: Moment) -> Result<()> {
    let beyond = Decimal::try_sum(order.lines.iter().map(Line::over_shipped))?;
    let finding = (beyond.is_positive() && !is_over_shipment_tolerated(books)).then(|| {
        let Order { id, shop, external_id, .. } = order;
        let message = format!(
            "{beyond} more than ordered have left for order \"{external_id}\" of {shop}; cancel \
            what has not really left, amend the order, or let it come back"
        );
        Finding::new(message)
            .of_order(*id)
            .with("order_id", id)
            .with("shop", shop)
            .with("external_order_id", external_id)
            .with("over_shipped", beyond)
    });
    incidents::observe(books, &key(order.id), finding, at.now);
    Ok(())
}

/// Whether nobody wants to hear of what is shipped beyond orders.
pub fn is_over_shipment_tolerated(books: &mut Books) -> bool {
    let settings = books.of::<Settings>().get(&TheSettings);
    settings.is_some_and(|it| it.over_shipment_tolerated)
}

fn key(order: OrderId) -> IncidentKey {
    IncidentKey { kind: Kind::OverShipped, subject: order.to_string() }
}
