//! The suite's service: it answers what each request says is to be answered, and tells what it was asked.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use prost::{Message, Name};
use prost_types::Any;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::metadata::MetadataMap;
use tonic::{Code, Extensions, Request, Response, Status, Streaming};

use crate::proto::conformance_payload::{ConnectGetInfo, RequestInfo};
use crate::proto::conformance_service_server::ConformanceService;
use crate::proto::unary_response_definition::Response as Defined;
use crate::proto::*;

/// Answers are streams, also where there is one message in them: so they can end in trailers.
type Answer<T> = ReceiverStream<Result<T, Status>>;

/// What stood behind `?` in the URL, before the wires read a question there.
#[derive(Clone)]
pub struct Query(pub Option<String>);

/// The service.
pub struct Service;

#[tonic::async_trait]
impl ConformanceService for Service {
    type UnaryStream = Answer<UnaryResponse>;
    type IdempotentUnaryStream = Answer<IdempotentUnaryResponse>;
    type ClientStreamStream = Answer<ClientStreamResponse>;
    type ServerStreamStream = Answer<ServerStreamResponse>;
    type BidiStreamStream = Answer<BidiStreamResponse>;
    type UnimplementedStream = Answer<UnimplementedResponse>;

    async fn unary(
        &self,
        request: Request<UnaryRequest>,
    ) -> Result<Response<Self::UnaryStream>, Status> {
        let (asked, request) = Asked::of(request);
        let info = asked.info(vec![any(&request)?]);
        single(request.response_definition, info, |it| UnaryResponse { payload: Some(it) }).await
    }

    async fn idempotent_unary(
        &self,
        request: Request<IdempotentUnaryRequest>,
    ) -> Result<Response<Self::IdempotentUnaryStream>, Status> {
        let (asked, request) = Asked::of(request);
        let info = asked.info(vec![any(&request)?]);
        let wrap = |it| IdempotentUnaryResponse { payload: Some(it) };
        single(request.response_definition, info, wrap).await
    }

    async fn client_stream(
        &self,
        request: Request<Streaming<ClientStreamRequest>>,
    ) -> Result<Response<Self::ClientStreamStream>, Status> {
        let (asked, mut stream) = Asked::of(request);
        let (mut definition, mut requests) = (None, Vec::new());
        while let Some(request) = stream.message().await? {
            if requests.is_empty() {
                definition = request.response_definition.clone();
            }
            requests.push(any(&request)?);
        }
        let info = asked.info(requests);
        single(definition, info, |it| ClientStreamResponse { payload: Some(it) }).await
    }

    async fn server_stream(
        &self,
        request: Request<ServerStreamRequest>,
    ) -> Result<Response<Self::ServerStreamStream>, Status> {
        let (asked, request) = Asked::of(request);
        let info = asked.info(vec![any(&request)?]);
        let definition = request.response_definition.unwrap_or_default();
        let headers = metadata(&definition.response_headers);
        let (teller, answer) = mpsc::channel(1);
        let mut telling = Telling::new(definition, |it| ServerStreamResponse { payload: Some(it) });
        tokio::spawn(async move { telling.rest(&teller, info).await });
        Ok(Response::from_parts(headers, ReceiverStream::new(answer), Extensions::default()))
    }

    async fn bidi_stream(
        &self,
        request: Request<Streaming<BidiStreamRequest>>,
    ) -> Result<Response<Self::BidiStreamStream>, Status> {
        let (asked, mut stream) = Asked::of(request);
        let first = stream.message().await?;
        let first = first.ok_or_else(|| Status::unimplemented("no request was sent"))?;
        let mut requests = vec![any(&first)?];
        let definition = first.response_definition.unwrap_or_default();
        let headers = metadata(&definition.response_headers);
        let (teller, answer) = mpsc::channel(1);
        let mut telling = Telling::new(definition, |it| BidiStreamResponse { payload: Some(it) });
        tokio::spawn(async move {
            loop {
                if first.full_duplex {
                    let info = match telling.told {
                        0 => asked.info(std::mem::take(&mut requests)),
                        _ => RequestInfo {
                            requests: std::mem::take(&mut requests),
                            ..RequestInfo::default()
                        },
                    };
                    if !telling.has_more() {
                        requests = info.requests;
                        break;
                    }
                    telling.next(&teller, Some(info)).await;
                }
                match stream.message().await.and_then(|it| it.map(|it| any(&it)).transpose()) {
                    Ok(Some(request)) => requests.push(request),
                    Ok(None) => break,
                    Err(status) => {
                        // Nobody hears it who has gone.
                        let _ = teller.send(Err(status)).await;
                        return;
                    }
                }
            }
            telling.rest(&teller, asked.info(requests)).await;
        });
        Ok(Response::from_parts(headers, ReceiverStream::new(answer), Extensions::default()))
    }

    async fn unimplemented(
        &self,
        _: Request<UnimplementedRequest>,
    ) -> Result<Response<Self::UnimplementedStream>, Status> {
        Err(Status::unimplemented("this is not implemented"))
    }
}

/// What a call says beside its messages.
struct Asked {
    metadata: MetadataMap,
    query: Option<String>,
}

impl Asked {
    fn of<T>(request: Request<T>) -> (Asked, T) {
        let (metadata, extensions, message) = request.into_parts();
        let query = extensions.get::<Query>().and_then(|it| it.0.clone());
        (Asked { metadata, query }, message)
    }

    fn info(&self, requests: Vec<Any>) -> RequestInfo {
        let headers = self.metadata.as_ref();
        let header = |name: &HeaderName| Header {
            name: name.to_string(),
            value: headers.get_all(name).iter().map(text).collect(),
        };
        let pairs = |query: &String| {
            let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
            let query_params =
                pairs.map(|(name, value)| Header { name, value: vec![value] }).collect();
            ConnectGetInfo { query_params }
        };
        RequestInfo {
            request_headers: headers.keys().map(header).collect(),
            timeout_ms: headers.get("grpc-timeout").and_then(|it| millis(it.to_str().ok()?)),
            requests,
            connect_get_info: self.query.as_ref().map(pairs),
        }
    }
}

/// One message, or an error instead of it.
async fn single<T: Send + 'static>(
    definition: Option<UnaryResponseDefinition>,
    info: RequestInfo,
    wrap: impl FnOnce(ConformancePayload) -> T,
) -> Result<Response<Answer<T>>, Status> {
    let UnaryResponseDefinition {
        response_headers,
        response_trailers,
        response_delay_ms,
        raw_response: _,
        response,
    } = definition.unwrap_or_default();
    tokio::time::sleep(Duration::from_millis(response_delay_ms.into())).await;
    let trailers = metadata(&response_trailers);
    let answers = match response {
        Some(Defined::Error(error)) => {
            let status = refused(error, Some(&info), trailers)?;
            if response_headers.is_empty() {
                return Err(status);
            }
            vec![Err(status)]
        }
        Some(Defined::ResponseData(data)) => {
            let payload = ConformancePayload { data, request_info: Some(info) };
            vec![Ok(wrap(payload)), Err(well(trailers))]
        }
        None => {
            let payload = ConformancePayload { request_info: Some(info), ..Default::default() };
            vec![Ok(wrap(payload)), Err(well(trailers))]
        }
    };
    let (teller, answer) = mpsc::channel(answers.len());
    for answer in answers {
        // There is room for all, and the other end is in our hands.
        let _ = teller.try_send(answer);
    }
    let headers = metadata(&response_headers);
    Ok(Response::from_parts(headers, ReceiverStream::new(answer), Extensions::default()))
}

/// A stream of answers that is under way.
struct Telling<W> {
    definition: StreamResponseDefinition,
    wrap: W,
    told: usize,
}

impl<W> Telling<W> {
    fn new(definition: StreamResponseDefinition, wrap: W) -> Telling<W> {
        Telling { definition, wrap, told: 0 }
    }

    fn has_more(&self) -> bool {
        self.told < self.definition.response_data.len()
    }

    async fn next<T>(
        &mut self,
        teller: &mpsc::Sender<Result<T, Status>>,
        request_info: Option<RequestInfo>,
    ) where
        W: Fn(ConformancePayload) -> T,
    {
        let delay = Duration::from_millis(self.definition.response_delay_ms.into());
        tokio::time::sleep(delay).await;
        let data = std::mem::take(&mut self.definition.response_data[self.told]);
        self.told += 1;
        // Nobody hears it who has gone.
        let _ = teller.send(Ok((self.wrap)(ConformancePayload { data, request_info }))).await;
    }

    /// What was not told yet, and how the stream ends.
    async fn rest<T>(&mut self, teller: &mpsc::Sender<Result<T, Status>>, info: RequestInfo)
    where
        W: Fn(ConformancePayload) -> T,
    {
        while self.has_more() {
            let info = (self.told == 0).then(|| info.clone());
            self.next(teller, info).await;
        }
        let trailers = metadata(&self.definition.response_trailers);
        let end = match self.definition.error.take() {
            Some(error) => refused(error, (self.told == 0).then_some(&info), trailers),
            None => Ok(well(trailers)),
        };
        let _ = teller.send(Err(end.unwrap_or_else(|status| status))).await;
    }
}

/// Trailers of an answer that ended well.
fn well(trailers: MetadataMap) -> Status {
    Status::with_metadata(Code::Ok, "", trailers)
}

/// The error that is asked for; where no message tells what was asked, it does.
fn refused(
    error: Error,
    info: Option<&RequestInfo>,
    trailers: MetadataMap,
) -> Result<Status, Status> {
    let Error { code, message, mut details } = error;
    let message = message.unwrap_or_default();
    details.extend(info.map(any).transpose()?);
    let status = tonic_types::pb::Status { code, message: message.clone(), details };
    let details = status.encode_to_vec().into();
    Ok(Status::with_details_and_metadata(Code::from_i32(code), message, details, trailers))
}

fn any<T: Name>(message: &T) -> Result<Any, Status> {
    Any::from_msg(message).map_err(|it| Status::internal(it.to_string()))
}

fn metadata(headers: &[Header]) -> MetadataMap {
    let mut map = HeaderMap::new();
    for Header { name, value } in headers {
        let Ok(name) = HeaderName::try_from(name) else { continue };
        for value in value.iter().filter_map(|it| HeaderValue::try_from(it).ok()) {
            map.append(&name, value);
        }
    }
    MetadataMap::from_headers(map)
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// How long the caller waits, as gRPC writes it.
fn millis(timeout: &str) -> Option<i64> {
    let (digits, unit) = timeout.split_at_checked(timeout.len().checked_sub(1)?)?;
    let number: i64 = digits.parse().ok()?;
    Some(match unit {
        "H" => number * 3_600_000,
        "M" => number * 60_000,
        "S" => number * 1_000,
        "m" => number,
        "u" => number / 1_000,
        "n" => number / 1_000_000,
        _ => return None,
    })
}
