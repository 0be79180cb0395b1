//! A server that answers as it is told to, and remembers what it heard.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use erpsync_client::Connection;
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::Message;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

/// What to do about one call.
pub enum Answer {
    /// Says this.
    Message(Bytes),
    /// Refuses it.
    Refused(Status),
    /// Begins to answer, and closes the connection.
    Halfway(Bytes),
    /// Says all these, and ends like that.
    Stream(Vec<Bytes>, End),
    /// Closes the connection.
    Lost,
    /// Answers as a proxy would, without gRPC.
    Http(u16),
    /// Says nothing.
    Silent,
}

/// How a stream ends.
pub enum End {
    Well,
    Refused(Status),
    Lost,
}

/// One call, as it came in.
#[derive(Clone)]
pub struct Heard {
    pub headers: HeaderMap,
    /// The frame of its message.
    pub body: Bytes,
}

impl Heard {
    /// The message.
    pub fn read<M: Message + Default>(&self) -> M {
        M::decode(&self.body[5..]).expect("a message")
    }
}

pub struct Fake {
    pub address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

struct State {
    script: Mutex<VecDeque<Answer>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Fake {
    /// Answers one call after the other like this; later ones with UNIMPLEMENTED.
    pub async fn start(script: impl IntoIterator<Item = Answer>) -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let script = Mutex::new(script.into_iter().collect());
        let state = Arc::new(State { script, heard: heard.clone() });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, state.clone()));
            }
        });
        Fake { address, heard }
    }

    pub async fn connect(&self) -> Connection {
        Connection::open(&self.address, "esk_1_x").await.unwrap()
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let cut = Arc::new(Notify::new());
    let service = service_fn(|request| answer(request, state.clone(), cut.clone()));
    let connection = http2::Builder::new(TokioExecutor::new());
    tokio::select! {
        _ = connection.serve_connection(TokioIo::new(stream), service) => {}
        () = cut.notified() => {}
    }
}

async fn answer(
    request: Request<Incoming>,
    state: Arc<State>,
    cut: Arc<Notify>,
) -> Result<Response<Said>, Infallible> {
    let (head, mut body) = request.into_parts();
    // A frame is enough: who streams does not end it.
    let body = match body.frame().await {
        Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
        _ => Bytes::new(),
    };
    let heard = Heard { headers: head.headers, body };
    state.heard.lock().unwrap().push(heard);
    let next = state.script.lock().unwrap().pop_front();
    let mut said = Said { frames: VecDeque::new(), cut: None };
    let mut response = Response::builder().header("content-type", "application/grpc");
    match next.unwrap_or_else(|| Answer::Refused(Status::unimplemented("not in the script"))) {
        Answer::Message(message) => said.all(vec![message], End::Well, cut),
        Answer::Stream(messages, end) => said.all(messages, end, cut),
        Answer::Halfway(message) => {
            let frame = framed(&message);
            said.frames.push_back(Frame::data(frame.slice(..frame.len() - 1)));
            said.cut = Some(cut);
        }
        Answer::Refused(status) => status.add_header(response.headers_mut().unwrap()).unwrap(),
        Answer::Http(code) => {
            response = Response::builder().status(code);
        }
        Answer::Lost => {
            cut.notify_one();
            std::future::pending().await
        }
        Answer::Silent => std::future::pending().await,
    }
    Ok(response.body(said).unwrap())
}

/// The body of an answer.
struct Said {
    frames: VecDeque<Frame<Bytes>>,
    /// After them, the connection is closed.
    cut: Option<Arc<Notify>>,
}

impl Said {
    fn all(&mut self, messages: Vec<Bytes>, end: End, cut: Arc<Notify>) {
        self.frames.extend(messages.iter().map(|it| Frame::data(framed(it))));
        let mut trailers = HeaderMap::new();
        match end {
            End::Well => Status::ok("").add_header(&mut trailers).unwrap(),
            End::Refused(status) => status.add_header(&mut trailers).unwrap(),
            End::Lost => {
                self.cut = Some(cut);
                return;
            }
        }
        self.frames.push_back(Frame::trailers(trailers));
    }
}

impl Body for Said {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match (self.frames.pop_front(), &self.cut) {
            (Some(frame), _) => Poll::Ready(Some(Ok(frame))),
            (None, None) => Poll::Ready(None),
            (None, Some(cut)) => {
                // What was said before is to be on its way by then.
                let cut = cut.clone();
                tokio::spawn(async move {
                    tokio::task::yield_now().await;
                    cut.notify_one();
                });
                let _ = context;
                Poll::Pending
            }
        }
    }
}

fn framed(message: &Bytes) -> Bytes {
    [&[0], &(message.len() as u32).to_be_bytes()[..], message].concat().into()
}

/// A message as it is sent.
pub fn bytes(message: &impl Message) -> Bytes {
    message.encode_to_vec().into()
}

/// A refusal, as the server words it.
pub fn refused(code: Code, reason: &str, retry_after: Option<Duration>) -> Status {
    let facts = [("sku".to_owned(), "MUG".to_owned())];
    let mut details = ErrorDetails::with_error_info(reason, "erpsync", facts);
    if retry_after.is_some() {
        details.set_retry_info(retry_after);
    }
    Status::with_error_details(code, "so it is", details)
}

/// Away for a moment.
pub fn away() -> Answer {
    Answer::Refused(refused(Code::Unavailable, "SHUTTING_DOWN", Some(Duration::from_millis(1))))
}
