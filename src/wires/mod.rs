//! One port, several wires: gRPC, gRPC-Web, Connect and plain JSON, over HTTP/1.1 and HTTP/2.
//!
//! Whatever a caller speaks becomes a call of gRPC, made in this process: behind this layer there is
//! one kind of call, with one way to check tokens, to end what takes too long, to log and to refuse.
//! Nothing here knows a method by name; all follows from the descriptors.

mod answer;
mod asked;
mod connect;
mod contract;
mod cors;
mod counted;
mod form;
mod frames;
mod json;
mod lingering;
mod packing;
mod refused;
mod terms;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Version};
use prost_reflect::MethodDescriptor;
use tonic::Status;
use tonic::body::Body;
use tonic_web::GrpcWebLayer;
use tower::Service;

use crate::error::{Reason, Refusal};
use crate::proto;
use answer::{full, respond};
use connect::Call;
use contract::Contract;
use cors::Origins;
use counted::Counted;
use form::{Form, Shape};
use lingering::Lingering;

/// Translates, in front of everything else.
#[derive(Clone)]
pub struct Layer {
    contract: Arc<Contract>,
    origins: Arc<Origins>,
    bytes_max: usize,
}

impl Layer {
    /// Translates calls of erpsync: reads messages up to a size, and lets pages of these origins call
    /// from browsers.
    pub fn new(bytes_max: usize, origins: &[String]) -> Result<Layer, String> {
        Layer::over(
            &[
                proto::DESCRIPTORS,
                tonic_health::pb::FILE_DESCRIPTOR_SET,
                tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
                tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
            ],
            bytes_max,
            origins,
        )
    }

    /// Translates calls of any services: those in these encoded `google.protobuf.FileDescriptorSet`s.
    pub fn over(sets: &[&[u8]], bytes_max: usize, origins: &[String]) -> Result<Layer, String> {
        // Details of refusals are told in every contract.
        let sets = [sets, &[tonic_types::pb::FILE_DESCRIPTOR_SET]].concat();
        let origins = Arc::new(Origins::parse(origins)?);
        Ok(Layer { contract: Arc::new(Contract::read(&sets)?), origins, bytes_max })
    }
}

impl<S> tower::Layer<S> for Layer {
    type Service = Wired<S>;

    fn layer(&self, inner: S) -> Wired<S> {
        Wired { layer: self.clone(), inner }
    }
}

/// A service behind the [`Layer`].
#[derive(Clone)]
pub struct Wired<S> {
    layer: Layer,
    inner: S,
}

impl<S> Service<Request<Body>> for Wired<S>
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

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        // The one that was asked whether it is ready is the one that is called.
        let clone = self.inner.clone();
        let inner = std::mem::replace(&mut self.inner, clone);
        let layer = self.layer.clone();
        Box::pin(async move {
            let origins = layer.origins.clone();
            let origin = origins.of(request.headers());
            let mut response = match origin {
                Some(_) if cors::is_asking(&request) => cors::yes(),
                _ => layer.serve(inner, request).await,
            };
            origins.open(&mut response, origin);
            Ok(response)
        })
    }
}

/// What a caller speaks, by its content type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wire {
    Grpc,
    /// As tonic-web writes it.
    GrpcWeb(&'static str),
    Whole(Form),
    Enveloped(Form),
}

impl Wire {
    fn of(headers: &HeaderMap) -> Option<Wire> {
        let named = terms::only(headers, &CONTENT_TYPE).ok()??.to_ascii_lowercase();
        let (essence, parameters) = named.split_once(';').unwrap_or((&named, ""));
        let charset = parameters.trim().strip_prefix("charset=").map(|it| it.trim_matches('"'));
        Some(match essence.trim() {
            "application/grpc" | "application/grpc+proto" => Wire::Grpc,
            "application/grpc-web" | "application/grpc-web+proto" => {
                Wire::GrpcWeb("application/grpc-web+proto")
            }
            "application/grpc-web-text" | "application/grpc-web-text+proto" => {
                Wire::GrpcWeb("application/grpc-web-text+proto")
            }
            "application/json" if charset.is_none_or(|it| it == "utf-8") => Wire::Whole(Form::Json),
            "application/proto" => Wire::Whole(Form::Proto),
            "application/connect+json" => Wire::Enveloped(Form::Json),
            "application/connect+proto" => Wire::Enveloped(Form::Proto),
            _ => return None,
        })
    }
}

impl Layer {
    async fn serve<S>(self, inner: S, mut request: Request<Body>) -> Response<Body>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    {
        let method = self.contract.method(request.uri().path()).cloned();
        let mut inner = Counted::of(inner, method.clone());
        let is_first_http = request.version() < Version::HTTP_2;
        if is_first_http {
            request = request.map(Lingering::to);
        }
        match (request.method(), &method) {
            (&Method::POST, _) => {}
            (&Method::GET, Some(it)) if contract::is_safe(it) => {
                request = match asked::posted(request) {
                    Ok(request) => request,
                    Err(refusal) => {
                        return self.turned_away(StatusCode::BAD_REQUEST, None, refusal);
                    }
                }
            }
            _ => return self.wrong_verb(&request, method.as_ref()),
        }
        let wire = Wire::of(request.headers());
        let (form, shape) = match (wire, &method) {
            (Some(Wire::Grpc), _) if is_first_http => return self.wrong_version(&request),
            (Some(Wire::Grpc), _) => {
                let Ok(answer) = inner.call(request).await;
                return answer;
            }
            (Some(Wire::GrpcWeb(as_written)), _) => {
                let as_written = HeaderValue::from_static(as_written);
                request.headers_mut().insert(CONTENT_TYPE, as_written.clone());
                request.headers_mut().insert(ACCEPT, as_written);
                let mut inner = tower::Layer::layer(&GrpcWebLayer::new(), inner);
                let Ok(answer) = Box::pin(inner.call(request)).await;
                return answer;
            }
            (Some(Wire::Whole(form)), Some(it)) if contract::is_streamed(it) => {
                if it.is_client_streaming() || form == Form::Proto {
                    return self.wrong_type(&request, method.as_ref());
                }
                (form, Shape::Lines)
            }
            (Some(Wire::Whole(form)), _) => (form, Shape::Single),
            (Some(Wire::Enveloped(form)), None) => (form, Shape::Stream),
            (Some(Wire::Enveloped(form)), Some(it)) if contract::is_streamed(it) => {
                (form, Shape::Stream)
            }
            (Some(Wire::Enveloped(_)) | None, _) => {
                return self.wrong_type(&request, method.as_ref());
            }
        };
        let call = Call { method, form, shape, bytes_max: self.bytes_max, is_first_http };
        // Calls of gRPC, which are most, do not carry along what it takes to make one.
        Box::pin(call.make(self.contract, inner, request)).await
    }

    fn wrong_verb(
        &self,
        request: &Request<Body>,
        method: Option<&MethodDescriptor>,
    ) -> Response<Body> {
        let path = request.uri().path();
        let Some(method) = method else {
            let message = format!(
                "there is nothing at {path}; calls are made like POST /erpsync.v1.StockService/GetStock"
            );
            let name = path.trim_start_matches('/');
            let refusal = Refusal::new(Reason::MethodUnknown, message).with("method", name);
            return self.turned_away(StatusCode::NOT_FOUND, None, refusal);
        };
        let allowed = if contract::is_safe(method) { "GET, POST" } else { "POST" };
        let name = contract::name(method);
        let message = format!("{name} is not called with {}; {allowed} would do", request.method());
        let refusal = refused::unsuitable(message, &name, allowed);
        let status = StatusCode::METHOD_NOT_ALLOWED;
        self.turned_away_from(request, status, (ALLOW, allowed), refusal)
    }

    fn wrong_version(&self, request: &Request<Body>) -> Response<Body> {
        let name = request.uri().path().trim_start_matches('/');
        let instead = "application/grpc-web, application/json";
        let message = format!("gRPC needs HTTP/2; over {:?} {instead} would do", request.version());
        let refusal = refused::unsuitable(message, name, instead);
        self.turned_away(StatusCode::HTTP_VERSION_NOT_SUPPORTED, None, refusal)
    }

    fn wrong_type(
        &self,
        request: &Request<Body>,
        method: Option<&MethodDescriptor>,
    ) -> Response<Body> {
        let said: Vec<_> = request.headers().get_all(CONTENT_TYPE).iter().collect();
        let said = match said[..] {
            [] => "no content-type".to_owned(),
            [only] => format!("content-type {}", String::from_utf8_lossy(only.as_bytes())),
            _ => "several content-types".to_owned(),
        };
        let streamed = method.map(|it| (it.is_client_streaming(), it.is_server_streaming()));
        let instead = match streamed.unwrap_or_default() {
            (true, _) => "application/connect+json, application/connect+proto, application/grpc",
            (_, true) => {
                "application/json, application/connect+json, application/connect+proto, \
                 application/grpc-web, application/grpc"
            }
            _ => "application/json, application/proto, application/grpc-web, application/grpc",
        };
        let name = request.uri().path().trim_start_matches('/');
        let twins = method.filter(|it| it.is_client_streaming()).map(contract::single_calls);
        let twins = twins.map(|it| format!("; or single calls: {it}")).unwrap_or_default();
        let message = format!("{name} cannot be called with {said}; {instead} would do{twins}");
        let refusal = refused::unsuitable(message, name, instead);
        let accepted = HeaderName::from_static("accept-post");
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        self.turned_away_from(request, status, (accepted, instead), refusal)
    }

    /// Refuses whatever is asked, as the caller speaks, without making a call of it.
    pub fn refuse(
        &self,
        request: Request<Body>,
        status: StatusCode,
        refusal: Refusal,
    ) -> Response<Body> {
        let wire = Wire::of(request.headers());
        let origin = self.origins.of(request.headers());
        if request.version() < Version::HTTP_2 {
            drop(Lingering::to(request.into_body()));
        }
        let mut answer = match wire {
            Some(Wire::Grpc) => Status::from(refusal).into_http(),
            Some(Wire::GrpcWeb(as_written)) => {
                let mut answer = Status::from(refusal).into_http();
                let as_written = HeaderValue::from_static(as_written);
                answer.headers_mut().insert(CONTENT_TYPE, as_written);
                answer
            }
            _ => self.turned_away(status, None, refusal),
        };
        self.origins.open(&mut answer, origin);
        answer
    }

    /// The same for whoever may read gRPC alone: it finds the status of gRPC in the headers.
    fn turned_away_from(
        &self,
        request: &Request<Body>,
        status: StatusCode,
        (header, value): (HeaderName, &'static str),
        refusal: Refusal,
    ) -> Response<Body> {
        let named = terms::only(request.headers(), &CONTENT_TYPE).ok().flatten();
        let written = match named.unwrap_or_default().to_ascii_lowercase() {
            it if it.starts_with("application/grpc-web") => "application/grpc-web+proto",
            it if it.starts_with("application/grpc") => "application/grpc",
            _ => return self.turned_away(status, Some((header, value)), refusal),
        };
        tracing::info!(reason = refusal.reason_name(), "turned away, {status}: {refusal}");
        let mut answer = Status::from(refusal).into_http();
        *answer.status_mut() = status;
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(written));
        answer.headers_mut().insert(header, HeaderValue::from_static(value));
        answer
    }

    /// What does not become a call is answered here, as Connect and people read it.
    fn turned_away(
        &self,
        status: StatusCode,
        header: Option<(HeaderName, &'static str)>,
        refusal: Refusal,
    ) -> Response<Body> {
        tracing::info!(reason = refusal.reason_name(), "turned away, {status}: {refusal}");
        let mut headers = HeaderMap::new();
        headers.extend(header.map(|(name, value)| (name, HeaderValue::from_static(value))));
        let told = refused::told(&self.contract, &Status::from(refusal));
        respond(status, headers, "application/json", full(told.into_json()))
    }
}
