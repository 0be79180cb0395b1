mod reception;

use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{Return, ReturnLine, State};
use crate::books::Entry;
use crate::documents::{Document, corrupt};
use crate::id::{CreditNoteId, Environment, ExternalId, OrderId, ReturnId, SystemName};

impl Entry for Return {
    type Key = ReturnId;

    const KIND: Option<&'static str> = Some("return");

    fn key(&self) -> ReturnId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    fn check(&self) -> Result<(), String> {
        self.must_be_sound()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[ReturnId],
    ) -> sqlx::Result<Vec<Return>> {
        let ids: Vec<i64> = keys.iter().map(|it| it.0).collect();
        let heads = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select id, system, external_id, order_id, state, decline_reason, withdrawal_date,
                    credited_by, requested_at, revision
                from return
                where environment = $1 and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(&mut *conn)
        .await?;
        if heads.is_empty() {
            return Ok(Vec::new());
        }
        // `offset 0` leaves the planner no choice but one look-up for each return.
        let rows = sqlx::query(
            "
            select found.*
            from unnest($2::bigint[]) as asked(id)
            cross join lateral (
                select return_id, line, order_line_id, reason, requested, restocked, quarantined,
                    scrapped, sent_back, credited
                from return_line
                where environment = $1 and return_id = asked.id
                order by line
                offset 0
            ) as found
            order by found.return_id, found.line
            ",
        )
        .bind(of.0)
        .bind(&ids)
        .fetch_all(conn)
        .await?;
        let mut lines: HashMap<i64, Vec<ReturnLine>> = HashMap::new();
        for row in &rows {
            lines.entry(row.try_get("return_id")?).or_default().push(return_line(row)?);
        }
        heads.iter().map(|it| head(it, &mut lines)).collect()
    }

    async fn save(
        conn: &mut PgConnection,
        of: Environment,
        entries: &[&Return],
    ) -> sqlx::Result<()> {
        sqlx::query(
            "
            insert into return (environment, id, system, external_id, order_id, state,
                decline_reason, withdrawal_date, credited_by, requested_at, revision)
            select $1, entry.*
            from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[],
                $8::date[], $9::bigint[], $10::timestamptz[], $11::bigint[]) as entry
            on conflict (environment, id) do update
            set state = excluded.state,
                decline_reason = excluded.decline_reason,
                credited_by = excluded.credited_by,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| state(&it.state).0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| state(&it.state).1).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.withdrawal_date).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.credited_by.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.requested_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>())
        .execute(&mut *conn)
        .await?;
        let all =
            || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
        let lines = || all().map(|(_, (_, line))| line);
        sqlx::query(
            "
            insert into return_line (environment, return_id, line, order_line_id, reason, requested,
                restocked, quarantined, scrapped, sent_back, credited)
            select $1, entry.*
            from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::numeric[],
                $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[])
                as entry
            on conflict (environment, return_id, line) do update
            set restocked = excluded.restocked,
                quarantined = excluded.quarantined,
                scrapped = excluded.scrapped,
                sent_back = excluded.sent_back,
                credited = excluded.credited
            ",
        )
        .bind(of.0)
        .bind(all().map(|(id, _)| id).collect::<Vec<i64>>())
        .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
        .bind(lines().map(|it| it.line.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| &*it.reason).collect::<Vec<_>>())
        .bind(lines().map(|it| it.requested).collect::<Vec<_>>())
        .bind(lines().map(|it| it.restocked).collect::<Vec<_>>())
        .bind(lines().map(|it| it.quarantined).collect::<Vec<_>>())
        .bind(lines().map(|it| it.scrapped).collect::<Vec<_>>())
        .bind(lines().map(|it| it.sent_back).collect::<Vec<_>>())
        .bind(lines().map(|it| it.credited).collect::<Vec<_>>())
        .execute(conn)
        .await?;
        Ok(())
    }
}

fn state(state: &State) -> (&'static str, &str) {
    match state {
        State::Requested => ("requested", ""),
        State::Approved => ("approved", ""),
        State::Declined(reason) => ("declined", reason),
    }
}

fn head(row: &PgRow, lines: &mut HashMap<i64, Vec<ReturnLine>>) -> sqlx::Result<Return> {
    let id: i64 = row.try_get("id")?;
    Ok(Return {
        id: ReturnId(id),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        order: OrderId(row.try_get("order_id")?),
        state: match row.try_get("state")? {
            "requested" => State::Requested,
            "approved" => State::Approved,
            "declined" => State::Declined(row.try_get("decline_reason")?),
            other => return Err(corrupt(other)),
        },
        withdrawal_date: row.try_get("withdrawal_date")?,
        lines: lines.remove(&id).unwrap_or_default(),
        credited_by: row.try_get::<Option<i64>, _>("credited_by")?.map(CreditNoteId),
        requested_at: row.try_get("requested_at")?,
        revision: row.try_get("revision")?,
    })
}

fn return_line(row: &PgRow) -> sqlx::Result<ReturnLine> {
    Ok(ReturnLine {
        line: ExternalId::stored(row.try_get("order_line_id")?),
        reason: row.try_get("reason")?,
        requested: row.try_get("requested")?,
        restocked: row.try_get("restocked")?,
        quarantined: row.try_get("quarantined")?,
        scrapped: row.try_get("scrapped")?,
        sent_back: row.try_get("sent_back")?,
        credited: row.try_get("credited")?,
    })
}

impl Document for Return {
    fn revision(&self) -> i64 {
        self.revision
    }
}
