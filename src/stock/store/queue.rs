//! Who waits.

use sqlx::{PgConnection, Row as _};

use crate::books::Entry;
use crate::id::{Environment, OrderId, SystemName};
use crate::postgres::{Writes, write};
use crate::stock::{BackOrder, BackOrderKey};

impl Entry for BackOrder {
    type Key = BackOrderKey;

    const KIND: Option<&'static str> = None;

    const SPARSE: Option<&'static str> = Some("back_order");

    fn key(&self) -> BackOrderKey {
        self.key.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[BackOrderKey],
    ) -> sqlx::Result<Vec<BackOrder>> {
        let rows = sqlx::query(
            "
            select asked.nth, found.order_id, found.shop, found.line, found.quantity
            from unnest((select $2::text[]), (select $3::text[]), (select $4::bigint[]))
                with ordinality
                as asked(sku, location, position, nth)
            cross join lateral (
                select order_id, shop, line, quantity
                from back_order
                where environment = $1 and sku = asked.sku and location = asked.location
                    and position = asked.position
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.position).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter()
            .map(|it| {
                Ok(BackOrder {
                    key: keys[it.try_get::<i64, _>("nth")? as usize - 1].clone(),
                    order: OrderId(it.try_get("order_id")?),
                    shop: SystemName::stored(it.try_get("shop")?),
                    line: it.try_get("line")?,
                    quantity: it.try_get("quantity")?,
                })
            })
            .collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&BackOrder]) {
        write(
            writes,
            "
            insert into back_order (environment, sku, location, position, order_id, shop, line,
                quantity)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[]),
                unnest($5::bigint[]), unnest($6::text[]), unnest($7::int[]), unnest($8::numeric[])
            on conflict (environment, sku, location, position) do update
            set quantity = excluded.quantity
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.level.sku.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.level.location.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.position).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.shop.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.line).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.quantity).collect::<Vec<_>>());
    }

    fn remove(writes: &mut Writes, of: Environment, keys: &[BackOrderKey]) {
        write(
            writes,
            "
            delete from back_order
            using unnest($2::text[], $3::text[], $4::bigint[]) as gone(sku, location, position)
            where back_order.environment = $1 and back_order.sku = gone.sku
                and back_order.location = gone.location and back_order.position = gone.position
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.level.sku.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.level.location.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.position).collect::<Vec<_>>());
    }
}
