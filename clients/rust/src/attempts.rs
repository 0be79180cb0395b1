//! A single call, said again with the same bytes where that may help.

use std::future::poll_fn;

use http_body_util::{BodyExt, Collected, Full};
use tokio::time::{Instant, sleep, timeout};
use tonic::body::Body;
use tonic::codegen::http::{Request, Response, StatusCode, response};
use tonic::codegen::{Bytes, Service, StdError};
use tonic::transport::{self, Channel};
use tonic::{Code, Status};

use crate::calls::{Call, Nature};
use crate::lost::{is_late, late, lost};
use crate::waits::{ATTEMPTS_MAX, Mends, mends, pause};
use crate::{deadline, identity};

/// Makes the call, at most five times. Where the caller has set a deadline, it is for all of them.
pub async fn single(
    channel: Channel,
    request: Request<Body>,
    call: &Call,
) -> Result<Response<Body>, StdError> {
    let (mut head, body) = request.into_parts();
    let mut message = body.collect().await?.to_bytes();
    if call.nature == Nature::Identified {
        message = identity::identified(message)?;
    }
    let end = deadline::asked(&head.headers).map(|it| Instant::now() + it);
    let mut attempt = 1;
    loop {
        let patience = match end {
            None => deadline::unasked(call.nature),
            Some(end) => {
                let left = end.saturating_duration_since(Instant::now());
                deadline::tell(&mut head.headers, left);
                left
            }
        };
        let body = Body::new(Full::new(message.clone()));
        let said = once(channel.clone(), Request::from_parts(head.clone(), body));
        let outcome = timeout(patience, said).await.unwrap_or_else(|_| Outcome::Late);
        let pause = pause(outcome.mends(), attempt).filter(|_| attempt < ATTEMPTS_MAX);
        match pause.filter(|it| end.is_none_or(|end| Instant::now() + *it < end)) {
            Some(pause) => sleep(pause).await,
            None => return outcome.into_response(),
        }
        attempt += 1;
    }
}

/// What came of one attempt.
enum Outcome {
    /// The server has answered, well or not.
    Answered(Box<response::Parts>, Collected<Bytes>),
    /// Nobody has, and saying it again may help.
    Lost(Status),
    /// Nobody has in the time that was given.
    Late,
}

impl Outcome {
    fn mends(&self) -> Mends {
        match self {
            Outcome::Answered(head, body) => match status(head, body) {
                Some(status) if status.code() != Code::Ok => mends(&status),
                _ => Mends::Never,
            },
            Outcome::Lost(_) => Mends::Soon,
            Outcome::Late => Mends::Never,
        }
    }

    fn into_response(self) -> Result<Response<Body>, StdError> {
        match self {
            Outcome::Answered(head, body) => Ok(Response::from_parts(*head, Body::new(body))),
            Outcome::Lost(status) => Err(status.into()),
            Outcome::Late => Err(late().into()),
        }
    }
}

/// One attempt, up to the end of the answer.
async fn once(channel: Channel, request: Request<Body>) -> Outcome {
    let (head, body) = match send(channel, request).await {
        Ok(response) => response.into_parts(),
        Err(cause) if is_late(&cause) => return Outcome::Late,
        Err(cause) => return Outcome::Lost(lost(&cause)),
    };
    let body = match body.collect().await {
        Ok(body) => body,
        Err(cause) => return Outcome::Lost(lost(&cause)),
    };
    if status(&head, &body).is_some() {
        return Outcome::Answered(Box::new(head), body);
    }
    // It was cut off in the midst, or somebody between here and the server has answered.
    match head.status {
        StatusCode::OK => Outcome::Lost(Status::unavailable("the answer was cut off")),
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => {
            Outcome::Lost(Status::unavailable(format!("no answer: HTTP {}", head.status)))
        }
        _ => Outcome::Answered(Box::new(head), body),
    }
}

/// What the server says of the call: before its answer, or after it.
fn status(head: &response::Parts, body: &Collected<Bytes>) -> Option<Status> {
    let before = Status::from_header_map(&head.headers);
    before.or_else(|| body.trailers().and_then(Status::from_header_map))
}

/// Hands a request to the channel, once that is connected.
pub async fn send(
    mut channel: Channel,
    request: Request<Body>,
) -> Result<Response<Body>, transport::Error> {
    poll_fn(|context| channel.poll_ready(context)).await?;
    channel.call(request).await
}
