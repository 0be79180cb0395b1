use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tonic::codegen::http::HeaderValue;
use tonic::transport::{self, Endpoint};

use crate::Authorized;
use crate::lost::described;
use crate::tls::Trust;

/// Answers are at most 1 MiB by contract; the room above is for parts that cannot be split.
pub(crate) const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A channel to one server, in the name of one system. Cheap to clone; connects again by itself.
#[derive(Clone, Debug)]
pub struct Connection {
    authorized: Authorized,
    trust: Arc<Trust>,
}

/// What keeps a connection from being opened.
#[derive(Debug)]
pub enum OpenError {
    /// The address is no URI, or nobody answers there.
    Transport(transport::Error),
    /// The token has characters that no token has.
    Token,
}

impl Connection {
    /// Connects to `http://host:port` or `https://host:port` with a token; an empty token sends none.
    pub async fn open(address: &str, token: &str) -> Result<Connection, OpenError> {
        Connection::open_trusting(address, token, &Trust::default()).await
    }

    /// The same, with a say in whom to trust over `https://`.
    pub async fn open_trusting(
        address: &str,
        token: &str,
        trust: &Trust,
    ) -> Result<Connection, OpenError> {
        let endpoint = Endpoint::from_shared(address.to_owned())?
            .connect_timeout(Duration::from_secs(5))
            .http2_keep_alive_interval(Duration::from_secs(20))
            .keep_alive_while_idle(true)
            .tcp_nodelay(true);
        let (channel, token) = (trust.applied(endpoint)?.connect().await?, bearer(token)?);
        let authorized = Authorized { channel, token, bare: false };
        Ok(Connection { authorized, trust: Arc::new(trust.clone()) })
    }

    /// The same channel in the name of another system.
    pub fn with_token(&self, token: &str) -> Result<Connection, OpenError> {
        let token = bearer(token)?;
        Ok(self.through(Authorized { token, ..self.authorized.clone() }))
    }

    /// The same token at another address, where the server is now; whom to trust stays as it is.
    pub async fn moved(&self, address: &str) -> Result<Connection, OpenError> {
        let there = Connection::open_trusting(address, "", &self.trust).await?;
        let channel = there.authorized.channel;
        Ok(self.through(Authorized { channel, ..self.authorized.clone() }))
    }

    /// The same without comfort: generated clients say everything once, as it is given. For tests of
    /// servers, and for whoever has own rules about what to say again.
    pub fn bare(&self) -> Connection {
        self.through(Authorized { bare: true, ..self.authorized.clone() })
    }

    /// What generated clients speak through: for those of a service that is not erpsync's own, and for
    /// those with other limits.
    pub fn authorized(&self) -> Authorized {
        self.authorized.clone()
    }

    /// Calls by their path, with comfort also where the connection is bare.
    pub(crate) fn grpc(&self) -> tonic::client::Grpc<Authorized> {
        tonic::client::Grpc::new(Authorized { bare: false, ..self.authorized.clone() })
            .max_decoding_message_size(ANSWER_BYTES_MAX)
    }

    fn through(&self, authorized: Authorized) -> Connection {
        Connection { authorized, trust: self.trust.clone() }
    }
}

fn bearer(token: &str) -> Result<Option<HeaderValue>, OpenError> {
    if token.is_empty() {
        return Ok(None);
    }
    if !token.bytes().all(|it| it.is_ascii_graphic()) {
        return Err(OpenError::Token);
    }
    let value = HeaderValue::try_from(format!("Bearer {token}"));
    let mut value = value.map_err(|_| OpenError::Token)?;
    value.set_sensitive(true);
    Ok(Some(value))
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Transport(cause) => {
                write!(f, "cannot reach the server: {}", described(cause))
            }
            OpenError::Token => f.write_str("this is not a token"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<transport::Error> for OpenError {
    fn from(cause: transport::Error) -> Self {
        OpenError::Transport(cause)
    }
}
