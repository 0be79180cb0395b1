//! The documents that are told with their orders.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;

use crate::documents;
use crate::error::{Refusal, Result};
use crate::id::{Environment, OrderId};
use crate::invoices::{self, Invoice};
use crate::orders::{Attached, Attachments};
use crate::shipments::{self, Shipment};

/// Knows the slices below orders.
pub struct Documents;

impl Attachments for Documents {
    fn of<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        orders: &'a [OrderId],
    ) -> BoxFuture<'a, Result<HashMap<OrderId, Attached>>> {
        Box::pin(async move {
            let shipments = documents::of_orders::<Shipment>(conn, of, orders).await;
            let invoices = documents::of_orders::<Invoice>(conn, of, orders).await;
            let mut attached: HashMap<OrderId, Attached> = HashMap::new();
            for shipment in shipments.map_err(Refusal::of_read)? {
                let order = attached.entry(shipment.order).or_default();
                order.shipments.push(shipments::told(shipment));
            }
            for invoice in invoices.map_err(Refusal::of_read)? {
                attached.entry(invoice.order).or_default().invoices.push(invoices::told(invoice));
            }
            Ok(attached)
        })
    }
}
