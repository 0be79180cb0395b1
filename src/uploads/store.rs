use sqlx::{PgConnection, Row as _};

use super::{Counts, Upload, UploadKey};
use crate::books::Entry;
use crate::id::Environment;
use crate::postgres::{Writes, write};

impl Entry for Upload {
    type Key = UploadKey;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> UploadKey {
        self.key.clone()
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[UploadKey],
    ) -> sqlx::Result<Vec<Upload>> {
        let rows = sqlx::query(
            "
            select asked.nth, found.*
            from unnest((select $2::text[]), (select $3::text[])) with ordinality
                as asked(system, id, nth)
            cross join lateral (
                select last_batch_number, finished, applied, unchanged, duplicate, stale, refused,
                    parked, revision, at
                from upload
                where environment = $1 and system = asked.system and id = asked.id
                limit 1
            ) as found
            ",
        )
        .bind(of.0)
        .bind(keys.iter().map(|it| it.system.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|it| it.id.as_str()).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        let upload = |it: &sqlx::postgres::PgRow| {
            Ok(Upload {
                key: keys[it.try_get::<i64, _>("nth")? as usize - 1].clone(),
                last_batch_number: it.try_get("last_batch_number")?,
                finished: it.try_get("finished")?,
                counts: Counts {
                    applied: it.try_get("applied")?,
                    unchanged: it.try_get("unchanged")?,
                    duplicate: it.try_get("duplicate")?,
                    stale: it.try_get("stale")?,
                    refused: it.try_get("refused")?,
                    parked: it.try_get("parked")?,
                },
                revision: it.try_get("revision")?,
                at: it.try_get("at")?,
            })
        };
        rows.iter().map(upload).collect()
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Upload]) {
        // One or two: whoever uploads, uploads in batches.
        for Upload { key, last_batch_number, finished, counts, revision, at } in entries {
            let Counts { applied, unchanged, duplicate, stale, refused, parked } = counts;
            write(
                writes,
                "
                insert into upload (environment, system, id, last_batch_number, finished, applied,
                    unchanged, duplicate, stale, refused, parked, revision, at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                on conflict (environment, system, id) do update
                set last_batch_number = excluded.last_batch_number,
                    finished = excluded.finished,
                    applied = excluded.applied,
                    unchanged = excluded.unchanged,
                    duplicate = excluded.duplicate,
                    stale = excluded.stale,
                    refused = excluded.refused,
                    parked = excluded.parked,
                    revision = excluded.revision,
                    at = excluded.at
                ",
            )
            .bind(of.0)
            .bind(key.system.as_str())
            .bind(key.id.as_str())
            .bind(last_batch_number)
            .bind(finished)
            .bind(applied)
            .bind(unchanged)
            .bind(duplicate)
            .bind(stale)
            .bind(refused)
            .bind(parked)
            .bind(revision)
            .bind(at);
        }
    }
}
