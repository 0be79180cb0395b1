use std::convert::Infallible;
use std::time::Duration;

use bytes::{Buf as _, Bytes, BytesMut};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub type Said = BoxBody<Bytes, Infallible>;

/// HTTP as it is, in either version, below all clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Http {
    One,
    Two,
}

/// An answer that is there as a whole.
pub struct Heard {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Http {
    /// Says one thing on a connection of its own.
    pub async fn open(self, address: &str, request: Request<Said>) -> Response<Incoming> {
        let line = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
        line.set_nodelay(true).unwrap();
        self.open_over(line, request).await
    }

    /// The same, over a line that is there.
    pub async fn open_over<L>(self, line: L, request: Request<Said>) -> Response<Incoming>
    where
        L: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let line = TokioIo::new(line);
        let answer = match self {
            Http::One => {
                let (mut send, connection) = http1::handshake(line).await.unwrap();
                tokio::spawn(connection);
                send.send_request(request).await
            }
            Http::Two => {
                let (mut send, connection) =
                    http2::handshake(TokioExecutor::new(), line).await.unwrap();
                tokio::spawn(connection);
                send.send_request(request).await
            }
        };
        answer.unwrap()
    }

    /// Says one thing, and hears all of the answer.
    pub async fn say(self, address: &str, request: Request<Said>) -> Heard {
        let all = async { Heard::all(self.open(address, request).await).await };
        timeout(Duration::from_secs(30), all).await.expect("an answer that ends")
    }
}

impl Heard {
    /// All of an answer.
    pub async fn all(answer: Response<Incoming>) -> Heard {
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Heard { status: parts.status, headers: parts.headers, body }
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {:?}", self.body))
    }
}

/// A request to a method, with headers; its address does not matter.
pub fn post(method: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request<Said> {
    asked("POST", &format!("/erpsync.v1.{method}"), headers, body)
}

/// Any request.
pub fn asked(
    verb: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Request<Said> {
    let mut request = Request::builder().method(verb).uri(format!("http://localhost{path}"));
    for (name, value) in headers {
        // What is in no text can be in a header: é stands for a byte of its own.
        let value: Vec<u8> = value.chars().map(|it| it as u8).collect();
        request = request.header(*name, http::HeaderValue::from_bytes(&value).unwrap());
    }
    request.body(Full::new(body.into()).boxed()).unwrap()
}

/// Frames of gRPC and envelopes of Connect, as they come.
pub struct Framed {
    body: Incoming,
    buffer: BytesMut,
}

impl Framed {
    pub fn of(body: Incoming) -> Framed {
        Framed { body, buffer: BytesMut::new() }
    }

    /// Flags and message of the next; `None` at the end.
    pub async fn next(&mut self) -> Option<(u8, Bytes)> {
        loop {
            if 5 <= self.buffer.len() {
                let length = u32::from_be_bytes(self.buffer[1..5].try_into().unwrap()) as usize;
                if 5 + length <= self.buffer.len() {
                    let flags = self.buffer.get_u8();
                    self.buffer.advance(4);
                    return Some((flags, self.buffer.split_to(length).freeze()));
                }
            }
            self.more().await?;
        }
    }

    /// The next line.
    pub async fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.buffer.iter().position(|it| *it == b'\n') {
                let line = self.buffer.split_to(end + 1);
                return Some(String::from_utf8(line[..end].to_vec()).unwrap());
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Option<()> {
        let frame = timeout(Duration::from_secs(20), self.body.frame()).await.expect("more")?;
        if let Ok(data) = frame.unwrap().into_data() {
            self.buffer.extend_from_slice(&data);
        }
        Some(())
    }
}
