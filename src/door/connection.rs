use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, ready};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tonic::body::Body;
use tower::{Service, ServiceExt as _};

use super::line::{Line, PATIENCE};
use super::plaintext;
use super::tls::{Certificates, is_of_certificates};
use super::together::Together;
use crate::access::Leaving;
use crate::error::{Reason, Refusal};
use crate::wires;

/// Streams at a time over one connection.
pub const STREAMS_MAX: u32 = 100;
/// Between two pings, and until one must be answered.
const PING: Duration = Duration::from_secs(20);
/// How long what is under way may go on when a connection is left.
const GRACE: Duration = Duration::from_secs(35);
/// Headers of a request.
pub const HEADERS_MAX: usize = 100;
/// Their bytes: of names and values, and 32 for each.
pub const HEADERS_BYTES_MAX: usize = 16 * 1024;
/// Up to here a request with too many is read, so that it can be refused in the caller's own words.
const HEADERS_READ_MAX: usize = 2 * HEADERS_MAX;
const HEADERS_BYTES_READ_MAX: usize = 4 * HEADERS_BYTES_MAX;
/// Streams that the caller has reset before anybody looked at them.
const RESETS_MAX: usize = 100;
/// Streams that we had to reset, over the life of a connection. What arrives of a request that was
/// refused by then counts, too: a proxy with one caller whose token was revoked must not lose its
/// connection, and the calls of all others with it. Each costs us no more than a call does, for what
/// was begun for a stream ends when it is reset.
const OUR_RESETS_MAX: usize = 100_000;

/// Both versions of HTTP, with all their bounds.
pub fn bounded() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // So long, too, may such a connection be idle.
        .header_read_timeout(PATIENCE.speaks)
        .max_headers(HEADERS_READ_MAX)
        .max_buf_size(HEADERS_BYTES_READ_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING)
        .max_header_list_size(HEADERS_BYTES_READ_MAX as u32)
        .max_pending_accept_reset_streams(RESETS_MAX)
        .max_local_error_reset_streams(OUR_RESETS_MAX);
    builder
}

/// How connections are served, all alike.
pub struct Connections<S> {
    service: S,
    certificates: Option<Arc<Certificates>>,
    wires: wires::Layer,
    builder: Builder<TokioExecutor>,
    age: Duration,
}

impl<S> Connections<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send + 'static,
{
    pub fn new(
        service: S,
        certificates: Option<Arc<Certificates>>,
        wires: wires::Layer,
        age: Duration,
    ) -> Connections<S> {
        Connections { service, certificates, wires, builder: bounded(), age }
    }

    /// Serves one until it ends. `leave` says that it is to end; so does its age.
    pub async fn serve(self: Arc<Self>, line: TcpStream, leave: CancellationToken) {
        // Without it every other answer waits for the reader's delayed acknowledgement.
        let _ = line.set_nodelay(true);
        let Some(certificates) = &self.certificates else {
            return self.speak(line, leave).await;
        };
        let opened = async {
            if !plaintext::is_tls(&line).await? {
                return Ok(Err(line));
            }
            certificates.acceptor().accept(line).await.map(Ok)
        };
        let opened = tokio::select! {
            opened = timeout(PATIENCE.speaks, opened) => opened,
            () = leave.cancelled() => return,
        };
        match opened {
            Ok(Ok(Ok(line))) => self.speak(line, leave).await,
            Ok(Ok(Err(line))) => plaintext::refuse(line, self.wires.clone()).await,
            Ok(Err(cause)) if is_of_certificates(&cause) => {
                tracing::info!(%cause, "turned away, not the certificate of a caller: {cause}");
            }
            // Whoever scans ports ends like this.
            Ok(Err(cause)) => tracing::debug!(%cause, "no TLS came about: {cause}"),
            Err(_) => tracing::debug!("no TLS came about in time"),
        }
    }

    async fn speak<L>(&self, line: L, leave: CancellationToken)
    where
        L: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let leaving = Leaving(leave.clone());
        let service = service_fn(|request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            if let Some(refusal) = headers_too_large(request.headers()) {
                let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
                return Either::Left(ready(Ok(self.wires.refuse(request, status, refusal))));
            }
            request.extensions_mut().insert(leaving.clone());
            Either::Right(self.service.clone().oneshot(request))
        });
        let line = TokioIo::new(Together::over(Line::over(line, PATIENCE)));
        let mut connection = pin!(self.builder.serve_connection(line, service));
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = outlived(&leave, self.age) => {
                connection.as_mut().graceful_shutdown();
                match timeout(GRACE, connection).await {
                    Ok(ended) => ended,
                    Err(_) => return tracing::debug!("a connection was left with calls under way"),
                }
            }
        };
        if let Err(cause) = ended {
            tracing::debug!(cause, "a connection broke: {cause}");
        }
    }
}

/// Why headers are refused, if they are.
fn headers_too_large(headers: &HeaderMap) -> Option<Refusal> {
    let weight =
        |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len() + 32;
    let bytes: usize = headers.iter().map(weight).sum();
    let count = headers.len();
    if count <= HEADERS_MAX && bytes <= HEADERS_BYTES_MAX {
        return None;
    }
    let message = format!(
        "the request has {count} headers of {bytes} bytes, each counted with 32; it may have \
         {HEADERS_MAX} of {HEADERS_BYTES_MAX}"
    );
    Some(Refusal::new(Reason::HeadersTooLarge, message))
}

/// Waits until a connection is to be left, or is as old as it grows; then its streams hear of it, too.
async fn outlived(leave: &CancellationToken, age: Duration) {
    // Connections that were opened at one moment, after a start say, do not all end at one.
    let mut random = [0; 2];
    let _ = getrandom::fill(&mut random);
    let share = f64::from(u16::from_le_bytes(random)) / f64::from(u16::MAX);
    let age = age.mul_f64(0.9 + 0.2 * share);
    if leave.run_until_cancelled(tokio::time::sleep(age)).await.is_some() {
        leave.cancel();
    }
}
