use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Event, Payment};
use crate::books::Entry;
use crate::documents::{Document, corrupt};
use crate::id::{Environment, ExternalId, OrderId, PaymentId, SystemName};
use crate::money::Currency;
use crate::postgres::{Writes, write};

impl Entry for Payment {
    type Key = PaymentId;

    const KIND: Option<&'static str> = Some("payment");

    fn key(&self) -> PaymentId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[PaymentId],
    ) -> sqlx::Result<Vec<Payment>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, order_id, event, currency, amount, event_time,
                    method, reference, recorded_at, revision
                from payment
                where environment = $1 and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(payment).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Payment]) {
        write(
            writes,
            "
            insert into payment (environment, id, system, external_id, order_id, event, currency,
                amount, event_time, method, reference, recorded_at, revision)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::bigint[]), unnest($6::text[]), unnest($7::text[]),
                unnest($8::numeric[]), unnest($9::timestamptz[]), unnest($10::text[]),
                unnest($11::text[]), unnest($12::timestamptz[]), unnest($13::bigint[])
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.event.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.currency.to_string()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.amount).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.event_time).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.method).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| &*it.reference).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.recorded_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

fn payment(row: &PgRow) -> sqlx::Result<Payment> {
    let event = row.try_get("event")?;
    Ok(Payment {
        id: PaymentId(row.try_get("id")?),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        order: OrderId(row.try_get("order_id")?),
        event: Event::parse(event).ok_or_else(|| corrupt(event))?,
        currency: Currency::parse(row.try_get("currency")?).map_err(corrupt)?,
        amount: row.try_get("amount")?,
        event_time: row.try_get("event_time")?,
        method: row.try_get("method")?,
        reference: row.try_get("reference")?,
        recorded_at: row.try_get("recorded_at")?,
        revision: row.try_get("revision")?,
    })
}

impl Document for Payment {
    fn revision(&self) -> i64 {
        self.revision
    }
}
