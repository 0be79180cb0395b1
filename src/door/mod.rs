//! The port: who may connect, how, how many, and for how long.
//!
//! A connection is bounded in everything that it can take without making a call: it must speak within
//! ten seconds, over TLS where there is TLS, in headers of some size, and it grows old. What is called
//! over it is none of this module's business.

mod connection;
mod line;
mod plaintext;
mod tls;
mod together;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic::body::Body;
use tower::Service;

use crate::wires;
use connection::Connections;
pub use connection::{HEADERS_BYTES_MAX, HEADERS_MAX, STREAMS_MAX};
pub use tls::Certificates;

/// After the system had no room for another connection.
const PAUSE: Duration = Duration::from_millis(100);
/// However many are turned away, the log says so once in so long.
const SAY_EVERY: Duration = Duration::from_secs(10);

/// What stands at the port.
pub struct Door {
    /// Without them calls are not encrypted.
    pub certificates: Option<Arc<Certificates>>,
    /// Says in the caller's own words that a call should have been encrypted.
    pub wires: wires::Layer,
    /// Connections at a time.
    pub connections_max: usize,
    /// How old a connection grows, give or take a tenth.
    pub connection_age: Duration,
}

impl Door {
    /// Serves until told to stop, and then until the last connection has ended. Whoever does not
    /// wait so long drops it, and with it all connections.
    pub async fn serve<S>(self, listener: TcpListener, service: S, stop: CancellationToken)
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        let Door { certificates, wires, connections_max, connection_age } = self;
        let connections = Connections::new(service, certificates, wires, connection_age);
        let connections = Arc::new(connections);
        let mut open = JoinSet::new();
        let mut said: Option<Instant> = None;
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => break,
                Some(_) = open.join_next() => continue,
                accepted = listener.accept() => accepted,
            };
            let line = match accepted {
                Ok((line, _)) => line,
                Err(cause) => {
                    // Of one caller who was gone already, or of a system that is full.
                    tracing::warn!(%cause, "a connection was not accepted: {cause}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            if connections_max <= open.len() {
                if said.is_none_or(|it| SAY_EVERY < it.elapsed()) {
                    said = Some(Instant::now());
                    tracing::warn!(connections_max, "{connections_max} connections: no more");
                }
                continue;
            }
            open.spawn(connections.clone().serve(line, stop.child_token()));
        }
        // Nobody waits at a port that is not answered any more.
        drop(listener);
        while open.join_next().await.is_some() {}
    }
}
