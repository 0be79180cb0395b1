use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use time::OffsetDateTime;

use super::model::Chain;
use super::{Kind, State, Task};
use crate::books::{Added, Entry};
use crate::documents::{self, Document};
use crate::error::Refusal;
use crate::id::{Environment, ExternalId, OrderId, SystemName, TaskId};
use crate::postgres::{Write, Writes, write};

impl Entry for Task {
    type Key = TaskId;

    const KIND: Option<&'static str> = Some("task");

    fn key(&self) -> TaskId {
        self.id
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[TaskId],
    ) -> sqlx::Result<Vec<Task>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select id, kind, system, external_id, order_id, order_lines, state,
                    next_task, available_at, holder, leased_until, lease, attempts,
                    external_number, refusal, offered_at, revision
                from task
                where environment = $1 and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(task).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Task]) {
        // Nothing but what stands below is in it.
        bind(write(writes, AssertSqlSafe(format!("{INSERT} {OR_UPDATE}"))), of, entries);
    }

    fn insert(writes: &mut Writes, of: Environment, added: &[Added<Task>]) {
        bind(write(writes, INSERT), of, &added.iter().map(|it| &it.is).collect::<Vec<_>>());
    }
}

const INSERT: &str = "
    insert into task (environment, id, kind, system, external_id, order_id, order_lines, state,
        next_task, available_at, holder, leased_until, lease, attempts, external_number, refusal,
        offered_at, revision)
    select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
        unnest($6::bigint[]), unnest($7::int[]), unnest($8::text[]), unnest($9::bigint[]),
        unnest($10::timestamptz[]), unnest($11::text[]), unnest($12::timestamptz[]),
        unnest($13::bigint[]), unnest($14::int[]), unnest($15::text[]), unnest($16::text[]),
        unnest($17::timestamptz[]), unnest($18::bigint[])
    ";

const OR_UPDATE: &str = "
    on conflict (environment, id) do update
    set state = excluded.state,
        next_task = excluded.next_task,
        available_at = excluded.available_at,
        holder = excluded.holder,
        leased_until = excluded.leased_until,
        lease = excluded.lease,
        attempts = excluded.attempts,
        external_number = excluded.external_number,
        refusal = excluded.refusal,
        revision = excluded.revision
    ";

fn bind(write: &mut Write, of: Environment, entries: &[&Task]) {
    let columns: Vec<Columns> = entries.iter().map(|it| Columns::of(&it.state)).collect();
    write
        .bind(of.0)
        .bind(entries.iter().map(|it| it.id.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.external_id.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.order_lines).collect::<Vec<_>>())
        .bind(columns.iter().map(|it| it.state).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.next.map(|it| it.0)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.available_at).collect::<Vec<_>>())
        .bind(columns.iter().map(|it| it.holder).collect::<Vec<_>>())
        .bind(columns.iter().map(|it| it.leased_until).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.lease).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.attempts).collect::<Vec<_>>())
        .bind(columns.iter().map(|it| it.external_number).collect::<Vec<_>>())
        .bind_json(columns.iter().map(|it| it.refusal))
        .bind(entries.iter().map(|it| it.offered_at).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
}

/// Nobody watches which task of an order is the newest.
impl Entry for Chain {
    type Key = OrderId;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> OrderId {
        self.order
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[OrderId],
    ) -> sqlx::Result<Vec<Chain>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::bigint[])) as asked(id)
            cross join lateral (
                select order_id, last_task, held
                from task_chain
                where environment = $1 and order_id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.0).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        let chain = |it: &PgRow| {
            let last = TaskId(it.try_get("last_task")?);
            let held = it.try_get("held")?;
            Ok(Chain { order: OrderId(it.try_get("order_id")?), last, held })
        };
        rows.iter().map(chain).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Chain]) {
        write(
            writes,
            "
            insert into task_chain (environment, order_id, last_task, held)
            select $1, unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::boolean[])
            on conflict (environment, order_id) do update
            set last_task = excluded.last_task, held = excluded.held
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.order.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.last.0).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.held).collect::<Vec<_>>());
    }
}

/// A state, as columns.
#[derive(Default)]
struct Columns<'a> {
    state: &'static str,
    holder: Option<&'a str>,
    leased_until: Option<OffsetDateTime>,
    external_number: Option<&'a str>,
    refusal: Option<&'a Refusal>,
}

impl<'a> Columns<'a> {
    fn of(state: &'a State) -> Columns<'a> {
        let none = Columns::default();
        match state {
            State::Behind => Columns { state: "behind", ..none },
            State::Waiting => Columns { state: "waiting", ..none },
            State::Leased { holder, until } => Columns {
                state: "leased",
                holder: Some(holder.as_str()),
                leased_until: Some(*until),
                ..none
            },
            State::Parked(refusal) => Columns { state: "parked", refusal: Some(refusal), ..none },
            State::Withdrawn => Columns { state: "withdrawn", ..none },
            State::Done { holder, number } => Columns {
                state: "done",
                holder: Some(holder.as_str()),
                external_number: number.as_ref().map(ExternalId::as_str),
                ..none
            },
        }
    }
}

fn task(row: &PgRow) -> sqlx::Result<Task> {
    let holder = || -> sqlx::Result<SystemName> {
        Ok(SystemName::stored(row.try_get::<Option<&str>, _>("holder")?.unwrap_or_default()))
    };
    let state = match row.try_get("state")? {
        "behind" => State::Behind,
        "waiting" => State::Waiting,
        "leased" => State::Leased { holder: holder()?, until: row.try_get("leased_until")? },
        "parked" => {
            let refusal: Refusal = serde_json::from_str(row.try_get("refusal")?)
                .map_err(|it| sqlx::Error::Decode(it.into()))?;
            State::Parked(refusal)
        }
        "done" => {
            let number: Option<&str> = row.try_get("external_number")?;
            State::Done { holder: holder()?, number: number.map(ExternalId::stored) }
        }
        "withdrawn" => State::Withdrawn,
        other => return Err(documents::corrupt(other)),
    };
    let kind = row.try_get("kind")?;
    Ok(Task {
        id: TaskId(row.try_get("id")?),
        kind: Kind::parse(kind).ok_or_else(|| documents::corrupt(kind))?,
        system: SystemName::stored(row.try_get("system")?),
        external_id: ExternalId::stored(row.try_get("external_id")?),
        order: OrderId(row.try_get("order_id")?),
        order_lines: row.try_get("order_lines")?,
        state,
        next: row.try_get::<Option<i64>, _>("next_task")?.map(TaskId),
        available_at: row.try_get("available_at")?,
        lease: row.try_get("lease")?,
        attempts: row.try_get("attempts")?,
        offered_at: row.try_get("offered_at")?,
        revision: row.try_get("revision")?,
    })
}

/// Tasks that may be leased now, longest waiting first, with the lines of their orders.
pub async fn candidates(
    conn: &mut PgConnection,
    of: Environment,
    ahead_micros: i64,
    limit: i64,
) -> sqlx::Result<Vec<(TaskId, i32)>> {
    let rows = sqlx::query(
        "
        select id, order_lines
        from task
        where environment = $1 and state = 'waiting'
            and available_at <= clock_timestamp() + $2 * interval '1 microsecond'
            and not exists (
                select from task_chain
                where environment = $1 and order_id = task.order_id and held
            )
        order by available_at, id
        limit $3
        ",
    )
    .bind(of.0)
    .bind(ahead_micros)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|it| Ok((TaskId(it.try_get("id")?), it.try_get("order_lines")?))).collect()
}

impl Document for Task {
    fn revision(&self) -> i64 {
        self.revision
    }
}
