use std::sync::Arc;

use sqlx::Row as _;

use super::{Caller, Digest, Known, Leaving, Scope, SystemKind};
use crate::id::{Environment, SystemName, TokenId};
use crate::postgres::Reads;

pub(super) async fn load(reads: &Reads, id: TokenId) -> sqlx::Result<Option<Known>> {
    let row = sqlx::query(
        "
        select number, system, kind, digest, previous_digest, previous_until, read_only, calls,
            least(expires_at, revoked_at) as ends_at
        from access_token
        where environment = 0 and id = $1
        ",
    )
    .bind(id.0)
    .fetch_optional(&mut *reads.of(Environment::OPERATORS).await?)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || sqlx::Error::Decode("a token that nobody could have written".into());
    let kind: String = row.try_get("kind")?;
    let system: String = row.try_get("system")?;
    let digest = |column| -> sqlx::Result<Option<Digest>> {
        let bytes: Option<Vec<u8>> = row.try_get(column)?;
        bytes.map(|it| Digest::stored(&it).ok_or_else(corrupt)).transpose()
    };
    let current = digest("digest")?.ok_or_else(corrupt)?;
    let previous = digest("previous_digest")?.zip(row.try_get("previous_until")?);
    let scope = Scope { read_only: row.try_get("read_only")?, calls: row.try_get("calls")? };
    let caller = Caller {
        environment: Environment(row.try_get("number")?),
        system: SystemName::stored(&system),
        kind: SystemKind::parse(&kind).ok_or_else(corrupt)?,
        token: id,
        scope: Arc::new(scope),
        shown: current,
        leaving: Leaving::default(),
    };
    Ok(Some(Known { caller, digest: current, previous, ends_at: row.try_get("ends_at")? }))
}
