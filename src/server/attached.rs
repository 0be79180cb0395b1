//! The documents that are told with their orders.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;

use crate::error::Result;
use crate::id::{Environment, OrderId};
use crate::orders::{Attached, Attachments};

/// Knows the slices below orders.
pub struct Documents;

impl Attachments for Documents {
    fn of<'a>(
        &'a self,
        _conn: &'a mut PgConnection,
        _of: Environment,
        _orders: &'a [OrderId],
    ) -> BoxFuture<'a, Result<HashMap<OrderId, Attached>>> {
        Box::pin(async move { Ok(HashMap::new()) })
    }
}
