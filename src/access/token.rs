use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::id::TokenId;

const PREFIX: &str = "esk_";
const SECRET_BYTES: usize = 32;

/// 256 random bits. Never logged, never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; SECRET_BYTES]);

/// What is kept of a secret.
#[derive(Clone, Copy, Debug)]
pub struct Digest([u8; 32]);

impl Secret {
    /// A new one.
    pub fn random() -> Result<Secret, getrandom::Error> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Secret(bytes))
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        Digest(*blake3::hash(&self.0).as_bytes())
    }

    /// The token as the caller sends it: `esk_<id>_<secret>`.
    pub fn token(&self, id: TokenId) -> String {
        format!("{PREFIX}{id}_{}", URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Digest {
    /// As it was kept.
    pub fn stored(bytes: &[u8]) -> Option<Digest> {
        bytes.try_into().ok().map(Digest)
    }

    /// As it is kept.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether it is the same, in the same time wherever they differ.
    pub fn is(&self, other: &Digest) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// The id and the digest of the secret, if it has the form of a token.
pub fn parse(token: &str) -> Option<(TokenId, Digest)> {
    let (id, secret) = token.strip_prefix(PREFIX)?.split_once('_')?;
    let bytes = URL_SAFE_NO_PAD.decode(secret).ok()?;
    let secret = Secret(bytes.try_into().ok()?);
    Some((TokenId::parse(id).ok()?, secret.digest()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_again_and_nothing_else_is() {
        let secret = Secret::random().unwrap();
        let token = secret.token(TokenId(7));
        let (id, digest) = parse(&token).unwrap();
        assert_eq!(id, TokenId(7));
        assert!(digest.is(&secret.digest()));
        assert!(!digest.is(&Secret::random().unwrap().digest()));
        for bad in ["", "esk_", "esk_7", "esk_7_", "esk_x_AAAA", &token[1..], &format!("{token}A")]
        {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }
}
