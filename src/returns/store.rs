mod reception;

use std::collections::HashMap;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{DispatchProof, Return, ReturnLine, State, Units};
use crate::books::{Books, Entry};
use crate::documents::{Document, OfShop, corrupt};
use crate::id::{CreditNoteId, Environment, ExternalId, OrderId, ReturnId, SystemName};
use crate::orders::Order;
use crate::postgres::{Writes, write};

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
                    proof_carrier, proof_reference, proof_date, refund_shipping, expires_at,
                    complete_at, replaced_by, documents, credited_by, requested_at, revision
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
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select return_id, line, order_line_id, reason, requested, pending, restocked,
                    quarantined, scrapped, sent_back, rejected, rejected_apart, lost, wrong_item,
                    released, credited, loss_of_value, rejection_reason
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

    fn save(writes: &mut Writes, of: Environment, entries: &[&Return]) {
        let proofs = || entries.iter().map(|it| it.proof.as_ref());
        write(
            writes,
            "
            insert into return (environment, id, system, external_id, order_id, state,
                decline_reason, withdrawal_date, proof_carrier, proof_reference, proof_date,
                refund_shipping, expires_at, complete_at, replaced_by, documents, credited_by,
                requested_at, revision)
            select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::bigint[]), unnest($6::text[]), unnest($7::text[]), unnest($8::date[]),
                unnest($9::text[]), unnest($10::text[]), unnest($11::date[]),
                unnest($12::boolean[]), unnest($13::timestamptz[]), unnest($14::timestamptz[]),
                unnest($15::text[]), unnest($16::int[]), unnest($17::bigint[]),
                unnest($18::timestamptz[]), unnest($19::bigint[])
            on conflict (environment, id) do update
            set state = excluded.state,
                decline_reason = excluded.decline_reason,
                proof_carrier = excluded.proof_carrier,
                proof_reference = excluded.proof_reference,
                proof_date = excluded.proof_date,
                refund_shipping = excluded.refund_shipping,
                expires_at = excluded.expires_at,
                complete_at = excluded.complete_at,
                replaced_by = excluded.replaced_by,
                documents = excluded.documents,
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
        .bind(proofs().map(|it| it.map(|it| it.carrier.as_str())).collect::<Vec<_>>())
        .bind(proofs().map(|it| it.map(|it| it.reference.as_str())).collect::<Vec<_>>())
        .bind(proofs().map(|it| it.map(|it| it.date)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.refund_shipping).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.expires_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.complete_at).collect::<Vec<_>>())
        .bind_json(entries.iter().map(|it| Some(&it.replaced_by)))
        .bind(entries.iter().map(|it| it.documents).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.credited_by.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.requested_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
        let all =
            || entries.iter().flat_map(|it| (0..).zip(&it.lines).map(move |line| (it.id.0, line)));
        let lines = || all().map(|(_, (_, line))| line);
        write(
            writes,
            "
            insert into return_line (environment, return_id, line, order_line_id, reason, requested,
                pending, restocked, quarantined, scrapped, sent_back, rejected, rejected_apart,
                lost, wrong_item, released, credited, loss_of_value, rejection_reason)
            select $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::text[]),
                unnest($5::text[]), unnest($6::numeric[]), unnest($7::numeric[]),
                unnest($8::numeric[]), unnest($9::numeric[]), unnest($10::numeric[]),
                unnest($11::numeric[]), unnest($12::numeric[]), unnest($13::numeric[]),
                unnest($14::numeric[]), unnest($15::numeric[]), unnest($16::numeric[]),
                unnest($17::numeric[]), unnest($18::numeric[]), unnest($19::text[])
            on conflict (environment, return_id, line) do update
            set pending = excluded.pending,
                restocked = excluded.restocked,
                quarantined = excluded.quarantined,
                scrapped = excluded.scrapped,
                sent_back = excluded.sent_back,
                rejected = excluded.rejected,
                rejected_apart = excluded.rejected_apart,
                lost = excluded.lost,
                wrong_item = excluded.wrong_item,
                released = excluded.released,
                credited = excluded.credited,
                loss_of_value = excluded.loss_of_value,
                rejection_reason = excluded.rejection_reason
            ",
        )
        .bind(of.0)
        .bind(all().map(|(id, _)| id).collect::<Vec<i64>>())
        .bind(all().map(|(_, (nth, _))| nth).collect::<Vec<i32>>())
        .bind(lines().map(|it| it.line.as_str()).collect::<Vec<_>>())
        .bind(lines().map(|it| &*it.reason).collect::<Vec<_>>())
        .bind(lines().map(|it| it.requested).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.pending).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.restocked).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.quarantined).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.scrapped).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.sent_back).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.rejected).collect::<Vec<_>>())
        .bind(lines().map(|it| it.units.rejected_apart).collect::<Vec<_>>())
        .bind(lines().map(|it| it.lost).collect::<Vec<_>>())
        .bind(lines().map(|it| it.wrong_item).collect::<Vec<_>>())
        .bind(lines().map(|it| it.released).collect::<Vec<_>>())
        .bind(lines().map(|it| it.credited).collect::<Vec<_>>())
        .bind(lines().map(|it| it.loss_of_value).collect::<Vec<_>>())
        .bind(lines().map(|it| &*it.rejection_reason).collect::<Vec<_>>());
    }
}

fn state(state: &State) -> (&'static str, &str) {
    match state {
        State::Requested => ("requested", ""),
        State::Approved => ("approved", ""),
        State::Declined(reason) => ("declined", reason),
        State::Closed(reason) => ("closed", reason),
        State::Expired => ("expired", ""),
    }
}

fn head(row: &PgRow, lines: &mut HashMap<i64, Vec<ReturnLine>>) -> sqlx::Result<Return> {
    let id: i64 = row.try_get("id")?;
    let proof = match row.try_get("proof_reference")? {
        None => None,
        Some(reference) => Some(DispatchProof {
            carrier: row.try_get("proof_carrier")?,
            reference: ExternalId::stored(reference),
            date: row.try_get("proof_date")?,
        }),
    };
    Ok(Return {
        id: ReturnId(id),
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        order: OrderId(row.try_get("order_id")?),
        state: match row.try_get("state")? {
            "requested" => State::Requested,
            "approved" => State::Approved,
            "declined" => State::Declined(row.try_get("decline_reason")?),
            "closed" => State::Closed(row.try_get("decline_reason")?),
            "expired" => State::Expired,
            other => return Err(corrupt(other)),
        },
        withdrawal_date: row.try_get("withdrawal_date")?,
        proof,
        refund_shipping: row.try_get("refund_shipping")?,
        expires_at: row.try_get("expires_at")?,
        lines: lines.remove(&id).unwrap_or_default(),
        complete_at: row.try_get("complete_at")?,
        replaced_by: serde_json::from_str(row.try_get("replaced_by")?)
            .map_err(|it| sqlx::Error::Decode(it.into()))?,
        documents: row.try_get("documents")?,
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
        units: units(row)?,
        lost: row.try_get("lost")?,
        wrong_item: row.try_get("wrong_item")?,
        released: row.try_get("released")?,
        credited: row.try_get("credited")?,
        loss_of_value: row.try_get("loss_of_value")?,
        rejection_reason: row.try_get("rejection_reason")?,
    })
}

fn units(row: &PgRow) -> sqlx::Result<Units> {
    Ok(Units {
        pending: row.try_get("pending")?,
        restocked: row.try_get("restocked")?,
        quarantined: row.try_get("quarantined")?,
        scrapped: row.try_get("scrapped")?,
        sent_back: row.try_get("sent_back")?,
        rejected: row.try_get("rejected")?,
        rejected_apart: row.try_get("rejected_apart")?,
    })
}

impl OfShop for Return {
    fn needs_shop(&self, books: &mut Books) {
        books.of::<Order>().want(&self.order);
    }

    fn shop(&self, books: &mut Books) -> Option<SystemName> {
        Some(books.of::<Order>().get(&self.order)?.shop.clone())
    }
}

impl Document for Return {
    fn revision(&self) -> i64 {
        self.revision
    }
}
