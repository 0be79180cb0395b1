use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tonic::Status;
use tonic::body::Body;

const MOST: usize = 16 * 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(5);

/// What is said over HTTP/1.1, heard for a while longer when it is refused before its end: a caller
/// who still speaks when the line is closed never reads the answer.
pub struct Lingering {
    body: Body,
    ended: bool,
}

impl Lingering {
    /// Listens to this.
    pub fn to(body: Body) -> Body {
        Body::new(Lingering { body, ended: false })
    }
}

impl http_body::Body for Lingering {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.ended |= matches!(polled, Poll::Ready(None | Some(Err(_))));
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if self.ended || self.body.is_end_stream() {
            return;
        }
        let mut rest = std::mem::take(&mut self.body);
        let drain = async move {
            let mut heard = 0;
            while let Some(Ok(frame)) = rest.frame().await {
                heard += frame.data_ref().map_or(0, Bytes::len);
                if MOST < heard {
                    return;
                }
            }
        };
        // Where no runtime is, nobody speaks any more.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(LONGEST, drain));
        }
    }
}
