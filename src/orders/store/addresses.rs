//! Where orders go, and who pays: written when it is said.

use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use crate::id::Environment;
use crate::orders::{Address, Order};
use crate::postgres::{Writes, write};

/// By order and role: `shipping` or `billing`.
pub type Addresses = HashMap<(i64, String), Address>;

pub fn save(writes: &mut Writes, of: Environment, entries: &[&Order]) {
    let all: Vec<(i64, &str, &Address)> = entries
        .iter()
        .flat_map(|it| {
            let content = &it.content;
            let roles =
                [("shipping", &content.shipping_address), ("billing", &content.billing_address)];
            roles.into_iter().filter_map(|(role, at)| Some((it.id.0, role, at.as_ref()?)))
        })
        .collect();
    if all.is_empty() {
        return;
    }
    let texts = |pick: fn(&Address) -> &String| {
        all.iter().map(|it| pick(it.2).as_str()).collect::<Vec<_>>()
    };
    write(
        writes,
        "
        insert into order_address (environment, order_id, role, name, company, street,
            street_extra, postal_code, city, region, country_code, email, phone)
        select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::text[]), unnest($7::text[]), unnest($8::text[]), unnest($9::text[]),
            unnest($10::text[]), unnest($11::text[]), unnest($12::text[]), unnest($13::text[])
        on conflict (environment, order_id, role) do nothing
        ",
    )
    .bind(of.0)
    .bind(all.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(all.iter().map(|it| it.1).collect::<Vec<_>>())
    .bind(texts(|it| &it.name))
    .bind(texts(|it| &it.company))
    .bind(texts(|it| &it.street))
    .bind(texts(|it| &it.street_extra))
    .bind(texts(|it| &it.postal_code))
    .bind(texts(|it| &it.city))
    .bind(texts(|it| &it.region))
    .bind(texts(|it| &it.country_code))
    .bind(texts(|it| &it.email))
    .bind(texts(|it| &it.phone));
}

/// Forgets those of orders that are said anew.
pub fn forget(writes: &mut Writes, of: Environment, orders: &[i64]) {
    write(
        writes,
        "delete from order_address where environment = $1 and order_id = any($2::bigint[])",
    )
    .bind(of.0)
    .bind(orders);
}

/// Those of some orders.
pub async fn load(
    conn: &mut PgConnection,
    of: Environment,
    orders: &[i64],
) -> sqlx::Result<Addresses> {
    let rows = sqlx::query(
        "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select order_id, role, name, company, street, street_extra, postal_code, city,
                    region, country_code, email, phone
                from order_address
                where environment = $1 and order_id = asked.id
                offset 0
            ) as found
            ",
    )
    .bind(of.0)
    .bind(orders)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|it| Ok(((it.try_get("order_id")?, it.try_get("role")?), address(it)?)))
        .collect()
}

fn address(row: &PgRow) -> sqlx::Result<Address> {
    Ok(Address {
        name: row.try_get("name")?,
        company: row.try_get("company")?,
        street: row.try_get("street")?,
        street_extra: row.try_get("street_extra")?,
        postal_code: row.try_get("postal_code")?,
        city: row.try_get("city")?,
        region: row.try_get("region")?,
        country_code: row.try_get("country_code")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
    })
}
