use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::{DataSet, Ownership, OwnershipKey, Refused};
use crate::books::Entry;
use crate::id::{Environment, Location, SystemName};
use crate::postgres::{Writes, write};

impl Entry for Ownership {
    type Key = OwnershipKey;

    const KIND: Option<&'static str> = Some("ownership");

    const SPARSE: Option<&'static str> = Some("ownership");

    fn key(&self) -> OwnershipKey {
        self.key.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    /// What was refused changes nothing; it is noted.
    fn quiet(&self, before: &Ownership) -> bool {
        (&self.leader, self.set_at) == (&before.leader, before.set_at)
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[OwnershipKey],
    ) -> sqlx::Result<Vec<Ownership>> {
        let rows = sqlx::query(
            "
            select found.*
            from unnest((select $2::text[]), (select $3::text[])) as asked(data_set, location)
            cross join lateral (
                select data_set, location, leader, set_at, refused_count, refused_by, refused_at,
                    revision
                from ownership
                where environment = $1 and data_set = asked.data_set and location = asked.location
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.data_set.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.location.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        rows.iter().map(ownership).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Ownership]) {
        let refused = || entries.iter().map(|it| it.refused.as_ref());
        write(
            writes,
            "
            insert into ownership (environment, data_set, location, leader, set_at, refused_count,
                refused_by, refused_at, revision)
            select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::text[]),
                unnest($5::timestamptz[]), unnest($6::bigint[]), unnest($7::text[]),
                unnest($8::timestamptz[]), unnest($9::bigint[])
            on conflict (environment, data_set, location) do update
            set leader = excluded.leader,
                set_at = excluded.set_at,
                refused_count = excluded.refused_count,
                refused_by = excluded.refused_by,
                refused_at = excluded.refused_at,
                revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(entries.iter().map(|it| it.key.data_set.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.key.location.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.leader.as_str()).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.set_at).collect::<Vec<_>>())
        .bind(refused().map(|it| it.map_or(0, |it| it.count)).collect::<Vec<_>>())
        .bind(refused().map(|it| it.map(|it| it.by.as_str())).collect::<Vec<_>>())
        .bind(refused().map(|it| it.map(|it| it.at)).collect::<Vec<_>>())
        .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>());
    }

    fn remove(writes: &mut Writes, of: Environment, keys: &[OwnershipKey]) {
        write(
            writes,
            "
            delete from ownership
            using unnest($2::text[], $3::text[]) as gone(data_set, location)
            where ownership.environment = $1 and ownership.data_set = gone.data_set
                and ownership.location = gone.location
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.data_set.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.location.as_str()).collect::<Vec<_>>());
    }
}

fn ownership(row: &PgRow) -> sqlx::Result<Ownership> {
    let data_set: &str = row.try_get("data_set")?;
    let unknown = || sqlx::Error::Decode(format!("no data set {data_set}").into());
    let refused_by: Option<&str> = row.try_get("refused_by")?;
    let refused = match refused_by {
        None => None,
        Some(by) => Some(Refused {
            count: row.try_get("refused_count")?,
            by: SystemName::stored(by),
            at: row.try_get("refused_at")?,
        }),
    };
    Ok(Ownership {
        key: OwnershipKey {
            data_set: DataSet::parse(data_set).ok_or_else(unknown)?,
            location: Location::stored(row.try_get("location")?),
        },
        leader: SystemName::stored(row.try_get("leader")?),
        set_at: row.try_get("set_at")?,
        refused,
        revision: row.try_get("revision")?,
    })
}

/// By data set and location, from behind `after` on.
pub async fn list(
    conn: &mut PgConnection,
    of: Environment,
    (data_set, location): (&str, &str),
    limit: i64,
) -> sqlx::Result<Vec<Ownership>> {
    let rows = sqlx::query(
        "
        select data_set, location, leader, set_at, refused_count, refused_by, refused_at, revision
        from ownership
        where environment = $1 and (data_set, location) > ($2, $3)
        order by data_set, location
        limit $4
        ",
    )
    .bind(of.0)
    .bind(data_set)
    .bind(location)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(ownership).collect()
}
