//! What a service answers, and what the libraries below it answer in its stead: in time, and never without a
//! reason. Knows no caller.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::FutureExt;
use http::{HeaderMap, Request, Response};
use http_body::Frame;
use tonic::body::Body;
use tonic::{Code, Status};
use tower::Service;

use crate::error::{Reason, Refusal, Result};

const DETAILS: &str = "grpc-status-details-bin";
const DEADLINE: Duration = Duration::from_secs(10);
const DEADLINE_MAX: Duration = Duration::from_secs(30);

/// Calls a service, for as long as the call may take.
pub async fn answered<S>(mut inner: S, request: Request<Body>) -> Response<Body>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    let method = request.uri().path().trim_start_matches('/').to_owned();
    let deadline = match deadline(&method, request.headers()) {
        Ok(deadline) => deadline,
        Err(refusal) => return Status::from(refusal).into_http(),
    };
    // What a handler cannot survive is told like everything else.
    let call = AssertUnwindSafe(inner.call(request)).catch_unwind();
    let refusal = match tokio::time::timeout(deadline, call).await {
        Ok(Ok(Ok(response))) => return explained(&method, response),
        Ok(Err(_)) => Refusal::internal(format!("{method} panicked")),
        Err(_) => Refusal::new(
            Reason::DeadlineExceeded,
            "the call took longer than it may; say the same again with the same identity",
        ),
    };
    Status::from(refusal).into_http()
}

/// Unary calls that may wait for something to happen.
fn may_wait(method: &str) -> bool {
    let name = method.rsplit('/').next().unwrap_or_default();
    name == "LeaseTasks" || name.starts_with("Read") && name.ends_with("Changes")
}

/// How long a call may take until its answer begins: what it asks for, within bounds.
fn deadline(method: &str, headers: &HeaderMap) -> Result<Duration> {
    for name in ["grpc-timeout", "grpc-encoding"] {
        if 1 < headers.get_all(name).iter().count() {
            let message = format!("the header {name} is there more than once");
            return Err(Refusal::new(Reason::RequestMalformed, message));
        }
    }
    let Some(asked) = headers.get("grpc-timeout") else {
        // Who asks to wait says how long in the request itself, which is not read yet.
        return Ok(if may_wait(method) { DEADLINE_MAX } else { DEADLINE });
    };
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
    let asked = asked.min(DEADLINE_MAX);
    // The caller's own library ends the call at that moment, and then nobody hears a reason.
    Ok(asked - (asked / 10).min(Duration::from_millis(20)))
}

/// Gives reasons to statuses that the libraries below us make: they have none.
fn explained(method: &str, response: Response<Body>) -> Response<Body> {
    let headers = response.headers();
    let Some(code) = code_of(headers) else {
        let method = method.to_owned();
        return response.map(|body| Body::new(Explained { method, body: Some(body) }));
    };
    if code == Code::Ok || headers.contains_key(DETAILS) {
        return response;
    }
    let status = Status::from_header_map(headers);
    let message = status.as_ref().map(|it| it.message()).unwrap_or_default();
    let refusal = match code {
        Code::Unimplemented if !message.contains("compressed") => method_unknown(method),
        Code::Unimplemented => {
            Refusal::new(Reason::WireUnsuitable, message).with("instead", "gzip, identity")
        }
        Code::OutOfRange | Code::ResourceExhausted => too_large(),
        // Decoding is the only thing that fails without a reason of ours.
        _ => Refusal::new(
            Reason::RequestMalformed,
            format!("the bytes are not a message of this method: {message}"),
        ),
    };
    Status::from(refusal).into_http()
}

/// An answer whose end is told like everything else: where its stream panics, or a library below
/// ends it without a reason.
struct Explained {
    method: String,
    /// `None` once it has ended.
    body: Option<Body>,
}

impl http_body::Body for Explained {
    type Data = <Body as http_body::Body>::Data;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Status>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let polled = AssertUnwindSafe(|| Pin::new(body).poll_frame(context));
        let polled = match std::panic::catch_unwind(polled) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(polled)) => polled,
            Err(_) => {
                self.body = None;
                let refusal = Refusal::internal(format!("{} panicked in its answer", self.method));
                return Poll::Ready(Some(Ok(Frame::trailers(trailers(refusal)))));
            }
        };
        let explained = polled.map(|it| {
            it.map(|frame| match frame.into_trailers() {
                Err(frame) => frame,
                Ok(told) => {
                    let code = code_of(&told).unwrap_or(Code::Ok);
                    let told = match code {
                        _ if told.contains_key(DETAILS) => told,
                        // Said of what was asked: an answer of ours may have any size.
                        Code::OutOfRange | Code::ResourceExhausted => trailers(too_large()),
                        Code::Internal | Code::Unknown => trailers(Refusal::internal(told)),
                        _ => told,
                    };
                    Frame::trailers(told)
                }
            })
        });
        Poll::Ready(explained)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(http_body::Body::is_end_stream)
    }
}

/// The end of an answer that was refused when it had begun.
pub fn trailers(refusal: Refusal) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    // What a refusal says is made by us, and is always fit for a header.
    let _ = Status::from(refusal).add_header(&mut trailers);
    trailers
}

fn too_large() -> Refusal {
    Refusal::new(Reason::MessageTooLarge, "the message is above 4 MiB; send less at a time")
}

/// What is called is not there.
pub fn method_unknown(method: &str) -> Refusal {
    let message = format!("there is no method {method}");
    Refusal::new(Reason::MethodUnknown, message).with("method", method)
}

/// How an answer ended, where its headers say so.
pub fn code_of(headers: &HeaderMap) -> Option<Code> {
    headers.get("grpc-status").map(|it| Code::from_bytes(it.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_takes_ten_seconds_or_what_it_asks_for_up_to_thirty() {
        let allowed = |method: &str, timeout: &str| {
            let mut headers = HeaderMap::new();
            if !timeout.is_empty() {
                headers.insert("grpc-timeout", timeout.parse().unwrap());
            }
            deadline(method, &headers).map(|it| it.as_millis()).map_err(|it| it.reason)
        };
        const GET: &str = "erpsync.v1.StockService/GetStock";
        const READ: &str = "erpsync.v1.StockService/ReadStockChanges";
        assert_eq!((allowed(GET, ""), allowed(READ, "")), (Ok(10_000), Ok(30_000)));
        // A little less, so that it hears why.
        for (timeout, millis) in
            [("30S", 29_980), ("31S", 29_980), ("1H", 29_980), ("29999m", 29_979), ("1S", 980)]
        {
            assert_eq!(allowed(GET, timeout), Ok(millis), "{timeout}");
        }
        assert_eq!((allowed(GET, "100m"), allowed(GET, "0S")), (Ok(90), Ok(0)));
        assert_eq!(allowed(GET, "30"), Err(Reason::RequestMalformed));
    }
}
