use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use http::{HeaderMap, Request, Response};
use tonic::body::Body;
use tonic::{Code, Status};
use tower::Service;

use super::{Access, Caller, rights};
use crate::error::{Reason, Refusal, Result};

const DEADLINE: Duration = Duration::from_secs(10);
const DEADLINE_MAX: Duration = Duration::from_secs(30);

/// Lets in who may come in, and sees to it that every refusal says why.
#[derive(Clone)]
pub struct Layer {
    access: Access,
}

impl Layer {
    /// Asks this about tokens.
    pub fn new(access: Access) -> Layer {
        Layer { access }
    }
}

impl<S> tower::Layer<S> for Layer {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { access: self.access.clone(), inner }
    }
}

/// A service behind the [`Layer`].
#[derive(Clone)]
pub struct Guarded<S> {
    access: Access,
    inner: S,
}

impl<S> Service<Request<Body>> for Guarded<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let access = self.access.clone();
        // The one that was asked whether it is ready is the one that is called.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            let begin = Instant::now();
            let method = request.uri().path().trim_start_matches('/').to_owned();
            let answer = async {
                if is_public(&method) {
                    return Ok(inner.call(request).await.unwrap_or_else(|it| match it {}));
                }
                let deadline = deadline(request.headers())?;
                let caller = admit(&access, &method, request.headers()).await?;
                request.extensions_mut().insert(caller);
                // What a handler cannot survive is told like everything else.
                let call = AssertUnwindSafe(inner.call(request)).catch_unwind();
                match tokio::time::timeout(deadline, call).await {
                    Ok(Ok(Ok(response))) => Ok(response),
                    Ok(Err(_)) => Err(Refusal::internal(format!("{method} panicked"))),
                    Err(_) => Err(Refusal::new(
                        Reason::DeadlineExceeded,
                        "the call took longer than it may; say the same again with the same identity",
                    )),
                }
            };
            let response = match answer.await {
                Ok(response) => explained(&method, response),
                Err(refusal) => Status::from(refusal).into_http(),
            };
            let code = code_of(response.headers());
            let millis = begin.elapsed().as_millis() as u64;
            tracing::debug!(%method, ?code, millis, "{method} answered {code:?} in {millis} ms");
            Ok(response)
        })
    }
}

fn is_public(method: &str) -> bool {
    method.starts_with("grpc.health.v1.") || method.starts_with("grpc.reflection.")
}

async fn admit(access: &Access, method: &str, headers: &HeaderMap) -> Result<Caller> {
    let mut sent = headers.get_all(http::header::AUTHORIZATION).iter();
    let token = match (sent.next(), sent.next()) {
        (Some(only), None) => only.to_str().ok().and_then(|it| it.strip_prefix("Bearer ")),
        _ => None,
    };
    let caller = access.caller(token.unwrap_or_default()).await?;
    let kinds = rights::of(method).ok_or_else(|| method_unknown(method))?;
    if kinds.contains(&caller.kind) {
        return Ok(caller);
    }
    let kind = caller.kind.as_str();
    let message = format!("a system of kind {kind} may not call {method}");
    Err(Refusal::new(Reason::ScopeMissing, message).with("method", method).with("kind", kind))
}

fn method_unknown(method: &str) -> Refusal {
    let message = format!("there is no method {method}");
    Refusal::new(Reason::MethodUnknown, message).with("method", method)
}

/// How long a call may take until its answer begins: what it asks for, within bounds.
fn deadline(headers: &HeaderMap) -> Result<Duration> {
    let Some(asked) = headers.get("grpc-timeout") else { return Ok(DEADLINE) };
    let malformed = || {
        Refusal::new(
            Reason::RequestMalformed,
            "grpc-timeout must be 1 to 8 digits and a unit of HMSmun",
        )
    };
    let text = asked.to_str().map_err(|_| malformed())?;
    let (digits, unit) =
        text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(malformed)?;
    if digits.is_empty() || 8 < digits.len() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return Err(malformed());
    }
    let number: u64 = digits.parse().map_err(|_| malformed())?;
    let asked = match unit {
        "H" => Duration::from_secs(number * 3600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return Err(malformed()),
    };
    Ok(asked.min(DEADLINE_MAX))
}

/// Gives reasons to statuses that the libraries below us make: they have none.
fn explained(method: &str, response: Response<Body>) -> Response<Body> {
    let headers = response.headers();
    if headers.contains_key("grpc-status-details-bin") {
        return response;
    }
    let message = headers.get("grpc-message").and_then(|it| it.to_str().ok()).unwrap_or_default();
    let refusal = match code_of(headers) {
        Some(Code::Unimplemented) => method_unknown(method),
        Some(Code::OutOfRange) => {
            Refusal::new(Reason::MessageTooLarge, "the message is above 4 MiB; send less at a time")
        }
        // Decoding is the only thing that fails without a reason of ours.
        Some(Code::Internal | Code::InvalidArgument | Code::DataLoss) => Refusal::new(
            Reason::RequestMalformed,
            format!("the bytes are not a message of this method: {message}"),
        ),
        _ => return response,
    };
    Status::from(refusal).into_http()
}

fn code_of(headers: &HeaderMap) -> Option<Code> {
    headers.get("grpc-status").map(|it| Code::from_bytes(it.as_bytes()))
}
