use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http_body::Frame;
use tonic::Status;
use tonic::body::Body;

use super::Leaving;
use super::answered::trailers;
use crate::error::{Reason, Refusal};

/// So long a stream may still say something, that the server does not serve any more, say.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// An answer that knows nothing of its connection, and ends with it.
pub struct Farewell {
    /// `None` once it has ended.
    body: Option<Body>,
    left: BoxFuture<'static, ()>,
}

impl Farewell {
    /// Ends a moment after the connection is to be left.
    pub fn to(body: Body, Leaving(leaving): Leaving) -> Body {
        let left = async move {
            leaving.cancelled().await;
            tokio::time::sleep(LAST_WORDS).await;
        };
        Body::new(Farewell { body: Some(body), left: Box::pin(left) })
    }
}

impl http_body::Body for Farewell {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if let Poll::Ready(polled) = Pin::new(body).poll_frame(context) {
            return Poll::Ready(polled);
        }
        ready!(self.left.as_mut().poll(context));
        self.body = None;
        let refusal = Refusal::new(Reason::ShuttingDown, "this connection ends; call again");
        Poll::Ready(Some(Ok(Frame::trailers(trailers(refusal)))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(http_body::Body::is_end_stream)
    }
}
