//! A shipment contains goods that its order does not name.

use super::Shipment;
use crate::books::{Books, Moment};
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::ShipmentId;
use crate::incidents::{self, Finding, IncidentKey, Kind};
use crate::orders;

/// What [`observe`] needs beside the order's own over-shipment.
pub fn needs_observe(books: &mut Books, shipment: ShipmentId) {
    incidents::needs_observe(books, &key(shipment));
}

/// Begins or ends the incident of a shipment.
pub fn observe(books: &mut Books, shipment: &Shipment, at: Moment) -> Result<()> {
    let beyond = shipment.lines.iter().filter(|it| it.line.is_none()).map(|it| it.quantity);
    let beyond = Decimal::try_sum(beyond)?;
    let stands = beyond.is_positive() && shipment.cancelled.is_none();
    let finding = (stands && !orders::is_over_shipment_tolerated(books)).then(|| {
        let Shipment { id, system, external_id, order, .. } = shipment;
        let message = format!(
            "shipment \"{external_id}\" of {system} contains {beyond} units that its order does \
            not name; cancel it, or let them come back"
        );
        Finding::new(message)
            .of_order(*order)
            .with("shipment_id", id)
            .with("order_id", order)
            .with("quantity", beyond)
    });
    incidents::observe(books, &key(shipment.id), finding, at.now);
    Ok(())
}

fn key(shipment: ShipmentId) -> IncidentKey {
    IncidentKey { kind: Kind::ShippedBeyondOrder, subject: shipment.to_string() }
}
