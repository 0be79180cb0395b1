use sqlx::{PgPool, Row as _};

use super::{Caller, Digest, Known, Leaving, SystemKind};
use crate::id::{Environment, SystemName, TokenId};

pub(super) async fn load(pool: &PgPool, id: TokenId) -> sqlx::Result<Option<Known>> {
    let row = sqlx::query(
        "
        select number, system, kind, digest, least(expires_at, revoked_at) as ends_at
        from access_token
        where environment = 0 and id = $1
        ",
    )
    .bind(id.0)
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || sqlx::Error::Decode("a token that nobody could have written".into());
    let kind: String = row.try_get("kind")?;
    let system: String = row.try_get("system")?;
    let caller = Caller {
        environment: Environment(row.try_get("number")?),
        system: SystemName::stored(&system),
        kind: SystemKind::parse(&kind).ok_or_else(corrupt)?,
        token: id,
        leaving: Leaving::default(),
    };
    let digest: Vec<u8> = row.try_get("digest")?;
    let digest = Digest::stored(&digest).ok_or_else(corrupt)?;
    Ok(Some(Known { caller, digest, ends_at: row.try_get("ends_at")? }))
}
