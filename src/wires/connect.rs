//! The Connect protocol, and plain JSON: a call becomes the same call over gRPC, and its answer is
//! told as the caller speaks.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, TryStreamExt as _};
use http::{Method, Request, Response, Version};
use http_body::Frame;
use http_body_util::StreamBody;
use prost_reflect::{MessageDescriptor, MethodDescriptor};
use tonic::body::Body;
use tonic::{Code, Status};
use tower::Service;

use super::answer::{Teller, Unread};
use super::contract::{self, Contract};
use super::form::{Form, Shape};
use super::frames::{self, Frames, PACKED, framed};
use super::packing::Packing;
use super::refused;
use super::terms::Terms;
use crate::error::{Refusal, Result};

/// A call that is made over one of these wires.
pub struct Call {
    /// What is called; `None` where nothing is called so, which the access layer tells.
    pub method: Option<MethodDescriptor>,
    /// How messages are written.
    pub form: Form,
    /// How they travel.
    pub shape: Shape,
    /// The largest message that is read.
    pub bytes_max: usize,
    /// HTTP/1.1 says nothing back before all was said.
    pub is_first_http: bool,
}

impl Call {
    /// Makes the call over gRPC. What is wrong with it is told by whoever reads the request behind
    /// the access layer: so strangers learn nothing, and one line is logged for each call.
    pub async fn make<S>(
        self,
        contract: Arc<Contract>,
        mut inner: S,
        request: Request<Body>,
    ) -> Response<Body>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    {
        let (mut parts, body) = request.into_parts();
        let (terms, fault) = match Terms::read(&parts.headers, self.shape == Shape::Stream) {
            Ok(terms) => (terms, self.method.as_ref().and_then(|it| self.one_way(it))),
            Err(refusal) => (Terms::default(), Some(refusal)),
        };
        let unread = Unread::default();
        parts.method = Method::POST;
        parts.version = Version::HTTP_2;
        parts.headers = terms.as_grpc(parts.headers);
        let body = match (fault, &self.method) {
            (Some(refusal), _) => flowing(stream::iter([Err(refusal)]), unread.clone()),
            (None, None) => Body::empty(),
            (None, Some(method)) => self.asked(method, body, &terms, &unread),
        };
        let Ok(response) = inner.call(Request::from_parts(parts, body)).await;
        self.tell(contract, response, terms, unread).await
    }

    /// Why a stream both ways cannot be had, if it cannot.
    fn one_way(&self, method: &MethodDescriptor) -> Option<Refusal> {
        let is_both = method.is_client_streaming() && method.is_server_streaming();
        (is_both && self.is_first_http).then(|| {
            let (name, single) = (contract::name(method), contract::single_calls(method));
            let message = format!("{name} needs HTTP/2; over HTTP/1.1 make single calls: {single}");
            refused::unsuitable(message, &name, "HTTP/2")
        })
    }

    /// The request's messages as gRPC frames them, each read when it is asked for.
    fn asked(&self, method: &MethodDescriptor, body: Body, terms: &Terms, unread: &Unread) -> Body {
        let (form, bytes_max, packed) = (self.form, self.bytes_max, terms.packed);
        let (of, unread) = (method.input(), unread.clone());
        match self.shape {
            Shape::Single | Shape::Lines => {
                let read = async move {
                    let text = packed.unpack(frames::whole(body, bytes_max).await?, bytes_max)?;
                    Ok(framed(0, &form.read(&of, text)?))
                };
                flowing(stream::once(read), unread)
            }
            Shape::Stream => {
                let envelopes = Frames::of(body, bytes_max);
                let asked = Asked { envelopes, of, form, packed, bytes_max };
                flowing(stream::try_unfold(asked, Asked::next), unread)
            }
        }
    }

    async fn tell(
        self,
        contract: Arc<Contract>,
        response: Response<Body>,
        terms: Terms,
        unread: Unread,
    ) -> Response<Body> {
        let (parts, body) = response.into_parts();
        let status = Status::from_header_map(&parts.headers).filter(|it| it.code() != Code::Ok);
        let headers = refused::metadata(&parts.headers);
        let Call { method, form, shape, .. } = self;
        let (is_known, packing) = (method.is_some(), terms.answer);
        let teller = Teller { contract, is_known, form, shape, packing, unread };
        match (status, method.map(|it| it.output())) {
            (Some(status), _) => teller.refused(&status, headers),
            (None, None) => {
                teller.refused(&Refusal::internal("no method has answered").into(), headers)
            }
            (None, Some(of)) if shape == Shape::Single => teller.single(of, headers, body).await,
            (None, Some(of)) => teller.stream(of, headers, body),
        }
    }
}

/// What is asked in envelopes.
struct Asked {
    envelopes: Frames,
    of: MessageDescriptor,
    form: Form,
    packed: Packing,
    bytes_max: usize,
}

impl Asked {
    /// The next message in its frame, and what comes after it.
    async fn next(mut self) -> Result<Option<(Bytes, Asked)>> {
        let Some((flags, text)) = self.envelopes.next().await? else { return Ok(None) };
        let text = match flags {
            0 => text,
            PACKED if self.packed == Packing::None => {
                let message =
                    "an envelope is compressed, but connect-content-encoding names nothing";
                return Err(refused::malformed(message));
            }
            PACKED => self.packed.unpack(text, self.bytes_max)?,
            _ => {
                let message = format!("an envelope has flags {flags}; 0 and 1 are known");
                return Err(refused::malformed(message));
            }
        };
        Ok(Some((framed(0, &self.form.read(&self.of, text)?), self)))
    }
}

fn flowing(
    messages: impl stream::Stream<Item = Result<Bytes>> + Send + 'static,
    unread: Unread,
) -> Body {
    let frames = messages.map_ok(Frame::data).map_err(move |refusal| {
        let status = Status::from(refusal);
        let _ = unread.set(status.clone());
        status
    });
    Body::new(StreamBody::new(frames))
}
