//! What moved.

use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use super::save::name;
use crate::books::{Appended, Row};
use crate::decimal::Decimal;
use crate::id::{Environment, SystemName};
use crate::postgres::{Writes, write};
use crate::stock::LevelKey;

/// What moved, and why.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Of what, and where.
    pub key: LevelKey,
    /// Who told of it; `None`: told before that was noted.
    pub by: Option<SystemName>,
    /// Units that came or went.
    pub quantity: Decimal,
    /// Its number in the source's ledger; 0: none.
    pub ledger_number: i64,
    /// For people.
    pub cause: String,
    /// Whether a statement contained it already.
    pub contained: bool,
}

impl Row for Movement {
    const KIND: &'static str = "stock_movement";

    fn save(writes: &mut Writes, of: Environment, rows: &[Appended<Movement>]) {
        write(
            writes,
            "
            insert into stock_movement (environment, sku, location, revision, ordinal, at,
                quantity, ledger_number, cause, contained, system)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[]),
                unnest($5::int[]), unnest($6::timestamptz[]), unnest($7::numeric[]),
                unnest($8::bigint[]), unnest($9::text[]), unnest($10::boolean[]),
                unnest($11::text[])
            ",
        )
        .bind(of.0)
        .bind(rows.iter().map(|it| it.row.key.sku.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.key.location.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.at.revision).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.ordinal).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.at.now).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.quantity).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.ledger_number).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.cause.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.row.contained).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| name(it.row.by.as_ref())).collect::<Vec<_>>());
    }
}

/// A movement as it was recorded.
pub struct Recorded {
    /// Of the command that recorded it.
    pub revision: i64,
    /// As which of its command's.
    pub ordinal: i32,
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub movement: Movement,
}

/// Movements of one level, newest first, from before `before` (revision, ordinal) on.
pub async fn movements(
    conn: &mut PgConnection,
    of: Environment,
    key: &LevelKey,
    before: Option<(i64, i32)>,
    limit: i64,
) -> sqlx::Result<Vec<Recorded>> {
    let (revision, ordinal) = before.unwrap_or((i64::MAX, i32::MAX));
    let rows = sqlx::query(
        "
        select revision, ordinal, at, quantity, ledger_number, cause, contained, system
        from stock_movement
        where environment = $1 and sku = $2 and location = $3 and (revision, ordinal) < ($4, $5)
        order by revision desc, ordinal desc
        limit $6
        ",
    )
    .bind(of.0)
    .bind(key.sku.as_str())
    .bind(key.location.as_str())
    .bind(revision)
    .bind(ordinal)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|it| {
            let movement = Movement {
                key: key.clone(),
                by: Some(it.try_get("system")?)
                    .filter(|it: &&str| !it.is_empty())
                    .map(SystemName::stored),
                quantity: it.try_get("quantity")?,
                ledger_number: it.try_get("ledger_number")?,
                cause: it.try_get("cause")?,
                contained: it.try_get("contained")?,
            };
            let (revision, ordinal) = (it.try_get("revision")?, it.try_get("ordinal")?);
            Ok(Recorded { revision, ordinal, at: it.try_get("at")?, movement })
        })
        .collect()
}
