use sqlx::{PgConnection, Row as _};

use super::identity::{Heard, Identity, Name};
use crate::id::Environment;
use crate::postgres::{Writes, write};

pub async fn load(
    conn: &mut PgConnection,
    of: Environment,
    keys: &[Name],
) -> sqlx::Result<Vec<Identity>> {
    let rows = sqlx::query(
        "
        select asked.nth, found.subject, found.revision, found.at, found.fingerprint, found.answer,
            found.answer_version
        from unnest((select $2::text[]), (select $3::text[]), (select $4::text[])) with ordinality
            as asked(system, kind, id, nth)
        cross join lateral (
            select subject, revision, at, fingerprint, answer, answer_version
            from identity
            where environment = $1
                and system = asked.system and kind = asked.kind and id = asked.id
            limit 1
        ) as found
        ",
    )
    .bind(of.0)
    .bind(keys.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
    .bind(keys.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
    .bind(keys.iter().map(|it| it.id.as_str()).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|it| {
            let fingerprint: Option<Vec<u8>> = it.try_get("fingerprint")?;
            let said = match fingerprint {
                None => None,
                Some(fingerprint) => Some(Heard {
                    fingerprint,
                    answer: it.try_get("answer")?,
                    answer_version: it.try_get("answer_version")?,
                }),
            };
            Ok(Identity {
                name: keys[it.try_get::<i64, _>("nth")? as usize - 1].clone(),
                subject: it.try_get("subject")?,
                revision: it.try_get("revision")?,
                at: it.try_get("at")?,
                said,
            })
        })
        .collect()
}

pub fn save(writes: &mut Writes, of: Environment, entries: &[&Identity]) {
    let said = || entries.iter().map(|it| it.said.as_ref());
    write(
        writes,
        "
        insert into identity (environment, system, kind, id, subject, revision, at, fingerprint,
            answer, answer_version)
        select $1, unnest($2::text[]), unnest($3::text[]), unnest($4::text[]), unnest($5::bigint[]),
            unnest($6::bigint[]), unnest($7::timestamptz[]), unnest($8::bytea[]),
            unnest($9::bytea[]), unnest($10::smallint[])
        ",
    )
    .bind(of.0)
    .bind(entries.iter().map(|it| it.name.system.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.name.kind.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.name.id.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.subject).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.revision).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.at).collect::<Vec<_>>())
    .bind(said().map(|it| it.map(|it| it.fingerprint.clone())).collect::<Vec<_>>())
    .bind(said().map(|it| it.map(|it| it.answer.clone())).collect::<Vec<_>>())
    .bind(said().map(|it| it.map(|it| it.answer_version)).collect::<Vec<_>>());
}

pub fn remove(writes: &mut Writes, of: Environment, keys: &[Name]) {
    write(
        writes,
        "
        delete from identity
        using unnest($2::text[], $3::text[], $4::text[]) as gone(system, kind, id)
        where environment = $1 and identity.system = gone.system and identity.kind = gone.kind
            and identity.id = gone.id
        ",
    )
    .bind(of.0)
    .bind(keys.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
    .bind(keys.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>())
    .bind(keys.iter().map(|it| it.id.as_str()).collect::<Vec<_>>());
}
