//! What is told with orders and tasks, by those who know all slices.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;

use crate::books::Entry as _;
use crate::documents::{self, Document};
use crate::error::{Refusal, Result};
use crate::id::{AmendmentId, CancellationId, Environment, OrderId, PaymentId, ReturnId};
use crate::inbox::{self, Kind, Task, TellTasks};
use crate::invoices::{self, Invoice};
use crate::orders::{self, Amendment, Attached, Attachments, Cancellation, Order, OrderFeed};
use crate::payments::{self, Payment};
use crate::proto;
use crate::returns::{self, Return};
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
            let payments = documents::of_orders::<Payment>(conn, of, orders).await;
            let amendments = documents::of_orders::<Amendment>(conn, of, orders).await;
            let cancellations = documents::of_orders::<Cancellation>(conn, of, orders).await;
            let mut attached: HashMap<OrderId, Attached> = HashMap::new();
            for shipment in shipments.map_err(Refusal::of_read)? {
                let order = attached.entry(shipment.order).or_default();
                order.shipments.push(shipments::told(shipment));
            }
            for invoice in invoices.map_err(Refusal::of_read)? {
                attached.entry(invoice.order).or_default().invoices.push(invoices::told(invoice));
            }
            for payment in payments.map_err(Refusal::of_read)? {
                attached.entry(payment.order).or_default().payments.push(payments::told(payment));
            }
            for amendment in amendments.map_err(Refusal::of_read)? {
                let order = attached.entry(amendment.order).or_default();
                order.amendments.push(orders::told_amendment(amendment));
            }
            for cancellation in cancellations.map_err(Refusal::of_read)? {
                let order = attached.entry(cancellation.order).or_default();
                order.cancellations.push(orders::told_cancellation(cancellation));
            }
            Ok(attached)
        })
    }
}

/// Tasks, with what they are about.
pub struct Tasks {
    /// As orders are told.
    pub orders: OrderFeed,
}

impl TellTasks for Tasks {
    fn tell<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        tasks: Vec<Task>,
    ) -> BoxFuture<'a, Result<Vec<proto::LeasedTask>>> {
        Box::pin(async move {
            let ids: Vec<OrderId> = tasks.iter().map(|it| it.order).collect();
            let orders = Order::load(conn, of, &ids).await.map_err(Refusal::of_read)?;
            let orders = self.orders.told(conn, of, orders).await?;
            let about = |kind| tasks.iter().filter(move |it| it.kind == kind).map(|it| it.id.0);
            let mut amendments = load::<Amendment>(conn, of, about(Kind::Amendment)).await?;
            let mut cancellations =
                load::<Cancellation>(conn, of, about(Kind::Cancellation)).await?;
            let mut returns = load::<Return>(conn, of, about(Kind::Return)).await?;
            let mut payments = load::<Payment>(conn, of, about(Kind::Payment)).await?;
            let told = tasks.into_iter().map(|task| proto::LeasedTask {
                order: orders.get(&task.order).cloned(),
                amendment: amendments.remove(&AmendmentId(task.id.0)).map(orders::told_amendment),
                cancellation: cancellations
                    .remove(&CancellationId(task.id.0))
                    .map(orders::told_cancellation),
                r#return: returns.remove(&ReturnId(task.id.0)).map(returns::told),
                payment: payments.remove(&PaymentId(task.id.0)).map(payments::told),
                task: Some(inbox::told(task)),
                lease: String::new(),
            });
            Ok(told.collect())
        })
    }
}

async fn load<D: Document>(
    conn: &mut PgConnection,
    of: Environment,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<D::Key, D>> {
    let found = documents::by_ids::<D>(conn, of, ids.collect()).await.map_err(Refusal::of_read)?;
    Ok(found.into_iter().map(|it| (it.key(), it)).collect())
}
