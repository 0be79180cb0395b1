//! Orders as the inbox hands them over.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;

use super::{Order, OrderFeed};
use crate::books::{Books, Entry};
use crate::error::{Refusal, Result};
use crate::id::{Environment, OrderId, SystemName};
use crate::inbox::{Handover, TaskSubjects, TellOrders};
use crate::proto;

/// Notes on each order whether the ERP has taken it over.
pub struct OrderTasks;

impl TaskSubjects for OrderTasks {
    fn needs(&self, books: &mut Books, order: OrderId) {
        books.of::<Order>().want(&order);
    }

    fn handed(&self, books: &mut Books, order: OrderId, handover: Handover) -> Result<()> {
        let order = of_task(books, order)?;
        books.of().put(Order { handover, ..order });
        Ok(())
    }

    fn said(&self, books: &mut Books, order: OrderId) -> Result<(SystemName, String)> {
        let Order { shop, external_id, .. } = of_task(books, order)?;
        Ok((shop, external_id.to_string()))
    }
}

fn of_task(books: &mut Books, order: OrderId) -> Result<Order> {
    let found = books.of::<Order>().get(&order).cloned();
    found.ok_or_else(|| Refusal::internal(format!("a task without its order {order}")))
}

impl TellOrders for OrderFeed {
    fn tell<'a>(
        &'a self,
        conn: &'a mut PgConnection,
        of: Environment,
        ids: &'a [OrderId],
    ) -> BoxFuture<'a, Result<HashMap<OrderId, proto::Order>>> {
        Box::pin(async move {
            let orders = Order::load(conn, of, ids).await.map_err(Refusal::of_read)?;
            self.told(conn, of, orders).await
        })
    }
}
