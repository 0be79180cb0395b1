//! Whoever is to say one thing says one thing: not none, and not two.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Request;
use http_body::{Frame, SizeHint};
use prost_reflect::MethodDescriptor;
use tonic::Status;
use tonic::body::Body;
use tower::Service;

use super::contract;
use super::frames::HEAD;
use super::refused::unsuitable;
use crate::error::Refusal;

/// A service whose methods are sent as many messages as they take.
#[derive(Clone)]
pub struct Counted<S> {
    inner: S,
    method: Option<MethodDescriptor>,
}

impl<S> Counted<S> {
    /// For a call of this method.
    pub fn of(inner: S, method: Option<MethodDescriptor>) -> Counted<S> {
        Counted { inner, method: method.filter(|it| !it.is_client_streaming()) }
    }
}

impl<S: Service<Request<Body>>> Service<Request<Body>> for Counted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> S::Future {
        self.inner.call(match &self.method {
            Some(method) => request.map(|body| Body::new(Single::of(body, method.clone()))),
            None => request,
        })
    }
}

/// Frames of gRPC of which there is to be one. They pass as they are; only their heads are read.
struct Single {
    body: Body,
    method: MethodDescriptor,
    count: Count,
    ended: bool,
}

impl Single {
    fn of(body: Body, method: MethodDescriptor) -> Single {
        Single { body, method, count: Count::default(), ended: false }
    }

    fn miscounted(&self, sent: &str) -> Refusal {
        let name = contract::name(&self.method);
        let message = format!("{name} takes one message; {sent}");
        unsuitable(message, &name, "one message")
    }
}

impl http_body::Body for Single {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let polled = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        let miscounted = match &polled {
            Some(Ok(frame)) => {
                frame.data_ref().is_some_and(|data| self.count.add(data)).then_some("two were sent")
            }
            None if self.count == Count::default() => Some("none was sent"),
            _ => None,
        };
        self.ended = miscounted.is_some() || matches!(polled, None | Some(Err(_)));
        Poll::Ready(match miscounted {
            Some(sent) => Some(Err(self.miscounted(sent).into())),
            None => polled,
        })
    }

    // The end is ours to tell, also of a body that is empty.
    fn is_end_stream(&self) -> bool {
        self.ended
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// How far a message has come.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    head: [u8; HEAD],
    /// Bytes of the head that are there.
    of_head: usize,
    /// Bytes of the message that are there, once its head is.
    of_message: usize,
}

impl Count {
    /// Whether another message begins in these bytes.
    fn add(&mut self, data: &[u8]) -> bool {
        let (head, data) = data.split_at(data.len().min(HEAD - self.of_head));
        self.head[self.of_head..self.of_head + head.len()].copy_from_slice(head);
        self.of_head += head.len();
        self.of_message += data.len();
        let [_, length @ ..] = self.head;
        self.of_head == HEAD && (u32::from_be_bytes(length) as usize) < self.of_message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wires::frames::framed;

    #[test]
    fn a_second_message_is_seen_at_its_first_byte_however_it_is_cut() {
        let one = framed(0, b"message");
        let empty = framed(0, b"");
        for (message, more) in [(&one, &one), (&one, &empty), (&empty, &one), (&empty, &empty)] {
            let two = [&message[..], more].concat();
            for piece in 1..two.len() {
                let mut count = Count::default();
                let mut seen = 0;
                for piece in two.chunks(piece) {
                    seen += piece.len();
                    assert_eq!(count.add(piece), message.len() < seen, "{seen} of {two:?}");
                }
            }
        }
    }
}
