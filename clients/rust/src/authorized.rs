use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http_body_util::BodyExt;
use tonic::body::Body;
use tonic::codegen::http::header::AUTHORIZATION;
use tonic::codegen::http::{HeaderValue, Request, Response};
use tonic::codegen::{Service, StdError};
use tonic::transport::Channel;

use crate::attempts;
use crate::calls;
use crate::lost::lost;

/// What generated clients speak through: it puts the token into each call, and says single calls again
/// where that may help.
#[derive(Clone)]
pub struct Authorized {
    pub(crate) channel: Channel,
    pub(crate) token: Option<HeaderValue>,
    pub(crate) bare: bool,
}

impl Service<Request<Body>> for Authorized {
    type Response = Response<Body>;
    type Error = StdError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, StdError>> + Send>>;

    /// Each attempt waits for the channel by itself.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), StdError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if let Some(token) = &self.token {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        let channel = self.channel.clone();
        if self.bare {
            return Box::pin(async { Ok(attempts::send(channel, request).await?) });
        }
        match calls::single(request.uri().path()) {
            Some(call) => Box::pin(attempts::single(channel, request, call)),
            None => Box::pin(stream(channel, request)),
        }
    }
}

/// A stream: once, and with a lost connection told as such, however it was lost.
async fn stream(channel: Channel, request: Request<Body>) -> Result<Response<Body>, StdError> {
    let answer = attempts::send(channel, request).await.map_err(|it| lost(&it))?;
    Ok(answer.map(|body| Body::new(body.map_err(|it| lost(&it)))))
}

impl fmt::Debug for Authorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorized(…)")
    }
}
