//! Answers of gRPC, told as Connect and plain JSON tell them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use http_body::Frame;
use http_body_util::{BodyExt as _, Full, StreamBody};
use prost_reflect::MessageDescriptor;
use tonic::body::Body;
use tonic::{Code, Status};

use super::contract::Contract;
use super::form::{Form, Shape};
use super::frames::{END, Frames, PACKED, framed};
use super::packing::Packing;
use super::refused::{self, Told};
use crate::error::Refusal;

/// What of a request could not be read: told at the end of the answer, whatever the method made of
/// a stream that broke.
pub type Unread = Arc<OnceLock<Status>>;

/// Says answers as the caller speaks.
pub struct Teller {
    pub contract: Arc<Contract>,
    /// Whether there is such a method.
    pub is_known: bool,
    pub form: Form,
    pub shape: Shape,
    /// How messages may be compressed.
    pub packing: Packing,
    pub unread: Unread,
}

impl Teller {
    /// The one message, and what stood behind it as headers that say so.
    pub async fn single(
        &self,
        of: MessageDescriptor,
        mut headers: HeaderMap,
        body: Body,
    ) -> Response<Body> {
        let mut answer = Frames::of(body, usize::MAX);
        let told = async {
            let message = answer.next().await?;
            // Trailers stand behind it.
            while answer.next().await?.is_some() {}
            Ok::<_, Refusal>(message)
        };
        let told = told.await;
        let trailers = answer.into_trailers();
        if let Some(status) = refusal_in(&trailers) {
            for (name, value) in &refused::metadata(&trailers) {
                headers.append(name, value.clone());
            }
            return self.refused(&status, headers);
        }
        let message = match told {
            Ok(Some((_, message))) => self.form.write(&of, message),
            Ok(None) => Err(Refusal::internal("an answer without a message")),
            Err(refusal) => Err(Refusal::internal(refusal)),
        };
        let message = match message {
            Ok(message) => message,
            Err(refusal) => return self.refused(&refusal.into(), headers),
        };
        for (name, value) in &refused::metadata(&trailers) {
            if let Ok(name) = HeaderName::try_from(format!("trailer-{name}")) {
                headers.append(name, value.clone());
            }
        }
        let packed = self.packing.pack(&message);
        if packed.is_some() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let content_type = match self.form {
            Form::Json => "application/json",
            Form::Proto => "application/proto",
        };
        respond(StatusCode::OK, headers, content_type, full(packed.unwrap_or(message)))
    }

    /// Messages as they come, and then how they ended.
    pub fn stream(
        self,
        of: MessageDescriptor,
        mut headers: HeaderMap,
        body: Body,
    ) -> Response<Body> {
        let content_type = self.content_type();
        if self.shape == Shape::Stream && self.packing == Packing::Gzip {
            headers.insert("connect-content-encoding", HeaderValue::from_static("gzip"));
        }
        let answer = Frames::of(body, usize::MAX);
        let told = stream::unfold(Some((answer, self, of)), async |rest| {
            let (mut answer, teller, of) = rest?;
            let message = match answer.next().await {
                Ok(Some((_, message))) => teller.form.write(&of, message),
                Ok(None) => {
                    let trailers = answer.into_trailers();
                    let status = refusal_in(&trailers).or_else(|| teller.unread.get().cloned());
                    return Some((
                        teller.end(status.as_ref(), &refused::metadata(&trailers)),
                        None,
                    ));
                }
                Err(refusal) => Err(Refusal::internal(refusal)),
            };
            match message {
                Ok(message) => Some((teller.message(message), Some((answer, teller, of)))),
                Err(refusal) => Some((teller.end(Some(&refusal.into()), &HeaderMap::new()), None)),
            }
        });
        let frames = told.map(|it| Ok::<_, Status>(Frame::data(it)));
        respond(StatusCode::OK, headers, content_type, Body::new(StreamBody::new(frames)))
    }

    /// A call of which nothing came but a refusal.
    pub fn refused(&self, status: &Status, headers: HeaderMap) -> Response<Body> {
        if self.shape == Shape::Stream {
            let end = self.end(Some(status), &headers);
            return respond(StatusCode::OK, HeaderMap::new(), self.content_type(), full(end));
        }
        let http = match status.code() {
            // To whoever knows HTTP alone, a method that is not there is a page that is not there.
            Code::Unimplemented if !self.is_known => StatusCode::NOT_FOUND,
            _ => refused::http(status),
        };
        let told = refused::told(&self.contract, status);
        respond(http, headers, "application/json", full(told.into_json()))
    }

    fn content_type(&self) -> &'static str {
        match (self.shape, self.form) {
            (Shape::Lines, _) => "application/x-ndjson",
            (_, Form::Json) => "application/connect+json",
            (_, Form::Proto) => "application/connect+proto",
        }
    }

    fn message(&self, message: Bytes) -> Bytes {
        if self.shape == Shape::Lines {
            return line(&message);
        }
        match self.packing.pack(&message) {
            Some(packed) => framed(PACKED, &packed),
            None => framed(0, &message),
        }
    }

    /// How a stream ended: without `error`, well.
    fn end(&self, status: Option<&Status>, metadata: &HeaderMap) -> Bytes {
        let error = status.map(|it| refused::told(&self.contract, it));
        if self.shape == Shape::Lines {
            let last = error.map_or(LastLine::End {}, LastLine::Error);
            return line(&serde_json::to_vec(&last).unwrap_or_default());
        }
        let mut end = End { error, metadata: BTreeMap::new() };
        for (name, value) in metadata {
            let values = end.metadata.entry(name.as_str()).or_default();
            values.extend(value.to_str().ok());
        }
        // What consists of texts can always be written.
        framed(END, &serde_json::to_vec(&end).unwrap_or_default())
    }
}

/// The last envelope of a stream.
#[derive(serde::Serialize)]
struct End<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Told>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<&'a str, Vec<&'a str>>,
}

/// The last line of lines.
#[derive(serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum LastLine {
    End {},
    Error(Told),
}

fn line(text: &[u8]) -> Bytes {
    [text, b"\n"].concat().into()
}

/// Why an answer ended, unless it ended well.
fn refusal_in(trailers: &HeaderMap) -> Option<Status> {
    let unsaid = || Refusal::internal("an answer that does not say how it ended").into();
    let status = Status::from_header_map(trailers).unwrap_or_else(unsaid);
    (status.code() != Code::Ok).then_some(status)
}

/// An answer of this layer.
pub fn respond(
    status: StatusCode,
    headers: HeaderMap,
    content_type: &'static str,
    body: Body,
) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A body that is there already.
pub fn full(bytes: Bytes) -> Body {
    Body::new(Full::new(bytes).map_err(|never| match never {}))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A single answer, or a refusal, of a service that says `x: head` before it and `x: tail` behind.
    async fn told(code: &'static str) -> Response<Body> {
        let contract = Arc::new(Contract::read(&[tonic_types::pb::FILE_DESCRIPTOR_SET]).unwrap());
        let of = contract.message("google.rpc.ErrorInfo").unwrap();
        let pairs = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs.iter().map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_static(value))
            });
            pairs.collect::<HeaderMap>()
        };
        let trailers = pairs(&[("grpc-status", code), ("x", "tail")]);
        let frames = [Frame::data(framed(0, b"")), Frame::trailers(trailers)];
        let body = StreamBody::new(tokio_stream::iter(frames.map(Ok::<_, Status>)));
        let (form, shape, packing) = (Form::Json, Shape::Single, Packing::None);
        let unread = Unread::default();
        let teller = Teller { contract, is_known: true, form, shape, packing, unread };
        teller.single(of, pairs(&[("x", "head")]), Body::new(body)).await
    }

    #[tokio::test]
    async fn what_is_said_beside_an_answer_stands_in_its_headers() {
        let all = |of: &Response<Body>, name| {
            let values = of.headers().get_all(name).iter();
            values.map(|it| it.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let well = told("0").await;
        assert_eq!(well.status(), 200);
        assert_eq!(
            (all(&well, "x"), all(&well, "trailer-x")),
            (vec!["head".into()], vec!["tail".into()])
        );
        let refused = told("5").await;
        assert_eq!(refused.status(), 404);
        assert_eq!(all(&refused, "x"), ["head", "tail"]);
    }
}
