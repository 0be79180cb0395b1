use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sqlx::{PgConnection, Row as _};

use crate::error::{Reason, Refusal, Result};
use crate::id::Environment;

const VERSION: u8 = 1;
const SEAL_BYTES: usize = 16;

/// Where a reader stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// Everything up to this revision was delivered.
    Behind(i64),
    /// Of what changed up to `end`, everything up to this key was delivered.
    Among {
        /// Everything up to this revision was delivered.
        revision: i64,
        /// The last revision of what is under way.
        end: i64,
        /// The last key.
        after: String,
    },
    /// In the middle of a snapshot that began at this revision, behind this key.
    Within {
        /// Where the changes go on after it.
        as_of: i64,
        /// `None` at its beginning.
        after: Option<String>,
        /// How many entries it had so far.
        count: i64,
    },
}

/// What a token is good for: the same reader of the same stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub of: Environment,
    pub incarnation: i64,
    pub stream: &'static str,
    /// The filter's content.
    pub filter: Vec<u8>,
}

/// Signs resume tokens, and reads them again. Keys are kept in the database, so that every server
/// knows them.
#[derive(Clone)]
pub struct Tokens {
    keys: Arc<BTreeMap<i32, [u8; 32]>>,
}

impl Tokens {
    /// The keys of this database; makes the first one.
    pub async fn load(conn: &mut PgConnection) -> sqlx::Result<Tokens> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|it| sqlx::Error::Configuration(it.into()))?;
        sqlx::query(
            "
            insert into token_key (id, secret, created_at)
            select 1, $1, clock_timestamp()
            where not exists (select from token_key)
            on conflict (id) do nothing
            ",
        )
        .bind(&secret[..])
        .execute(&mut *conn)
        .await?;
        let rows = sqlx::query("select id, secret from token_key").fetch_all(conn).await?;
        let key = |secret: Vec<u8>| {
            secret.try_into().map_err(|_| sqlx::Error::Decode("a key of another length".into()))
        };
        let keys = rows.iter().map(|it| Ok((it.try_get("id")?, key(it.try_get("secret")?)?)));
        Ok(Tokens { keys: Arc::new(keys.collect::<sqlx::Result<_>>()?) })
    }

    /// A token for a position.
    pub fn sign(&self, scope: &Scope, position: &Position) -> Result<String> {
        let (id, key) = self.keys.last_key_value().ok_or_else(|| Refusal::internal("no key"))?;
        let mut bytes = vec![VERSION];
        bytes.extend(id.to_le_bytes());
        bytes.extend(scope.incarnation.to_le_bytes());
        match position {
            Position::Behind(revision) => {
                bytes.push(0);
                bytes.extend(revision.to_le_bytes());
            }
            Position::Among { revision, end, after } => {
                bytes.push(3);
                bytes.extend(revision.to_le_bytes());
                bytes.extend(end.to_le_bytes());
                bytes.extend(after.as_bytes());
            }
            Position::Within { as_of, after, count } => {
                bytes.push(if after.is_some() { 2 } else { 1 });
                bytes.extend(as_of.to_le_bytes());
                bytes.extend(count.to_le_bytes());
                bytes.extend(after.as_deref().unwrap_or_default().as_bytes());
            }
        }
        let seal = seal(key, scope, &bytes);
        bytes.extend(seal);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Where a token stands; refused if it is damaged, or of another reader or incarnation.
    pub fn read(&self, scope: &Scope, token: &str) -> Result<Position> {
        let invalid = || {
            let message = "the resume token is damaged, or of another environment, stream or filter; take a snapshot";
            Refusal::new(Reason::ResumeTokenInvalid, message)
        };
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid())?;
        let body = bytes.len().checked_sub(SEAL_BYTES).ok_or_else(invalid)?;
        let (body, given) = bytes.split_at(body);
        let (version, rest) = body.split_first().ok_or_else(invalid)?;
        let (id, rest) = rest.split_first_chunk().ok_or_else(invalid)?;
        let key = self.keys.get(&i32::from_le_bytes(*id)).ok_or_else(invalid)?;
        let expected = seal(key, scope, body);
        if *version != VERSION || !bool::from(subtle::ConstantTimeEq::ct_eq(given, &expected[..])) {
            return Err(invalid());
        }
        let (incarnation, rest) = rest.split_first_chunk().ok_or_else(invalid)?;
        if i64::from_le_bytes(*incarnation) != scope.incarnation {
            return Err(foreign());
        }
        let (kind, rest) = rest.split_first().ok_or_else(invalid)?;
        let (revision, rest) = rest.split_first_chunk().ok_or_else(invalid)?;
        let revision = i64::from_le_bytes(*revision);
        if *kind == 0 {
            return Ok(Position::Behind(revision));
        }
        let (number, key) = rest.split_first_chunk().ok_or_else(invalid)?;
        let number = i64::from_le_bytes(*number);
        let key = String::from_utf8(key.to_vec()).map_err(|_| invalid())?;
        if *kind == 3 {
            return Ok(Position::Among { revision, end: number, after: key });
        }
        let after = (*kind == 2).then_some(key);
        Ok(Position::Within { as_of: revision, after, count: number })
    }
}

/// The database was restored since the token was handed out.
pub fn foreign() -> Refusal {
    let message = "the resume token is of another incarnation: the database was restored since; take a snapshot";
    Refusal::new(Reason::ResumeTokenForeign, message)
}

fn seal(key: &[u8; 32], scope: &Scope, body: &[u8]) -> [u8; SEAL_BYTES] {
    let Scope { of, incarnation: _, stream, filter } = scope;
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&of.0.to_le_bytes());
    for part in [stream.as_bytes(), filter, body] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut seal = [0; SEAL_BYTES];
    hasher.finalize_xof().fill(&mut seal);
    seal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_reader_alone() {
        let tokens = Tokens { keys: Arc::new(BTreeMap::from([(1, [7; 32])])) };
        let scope = Scope { of: Environment(3), incarnation: 1, stream: "stock", filter: vec![1] };
        let within = Position::Within { as_of: 9, after: Some("MUG".into()), count: 4 };
        let among = Position::Among { revision: 8, end: 9, after: "MUG".into() };
        for position in [Position::Behind(41), within, among] {
            let token = tokens.sign(&scope, &position).unwrap();
            assert_eq!(tokens.read(&scope, &token), Ok(position));
            let others = [
                (Scope { of: Environment(4), ..scope.clone() }, Reason::ResumeTokenInvalid),
                (Scope { stream: "order", ..scope.clone() }, Reason::ResumeTokenInvalid),
                (Scope { filter: vec![2], ..scope.clone() }, Reason::ResumeTokenInvalid),
                (Scope { incarnation: 2, ..scope.clone() }, Reason::ResumeTokenForeign),
            ];
            for (other, reason) in others {
                assert_eq!(tokens.read(&other, &token).unwrap_err().reason, reason);
            }
            for damaged in [&token[1..], &token[..token.len() - 2], &format!("{token}A"), "", "x"] {
                let refused = tokens.read(&scope, damaged).unwrap_err();
                assert_eq!(refused.reason, Reason::ResumeTokenInvalid);
            }
        }
    }
}
