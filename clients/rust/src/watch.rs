//! Watches that go on by themselves.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Sleep, sleep};
use tokio_stream::Stream;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::{Request, Status, Streaming};
use tonic_prost::ProstCodec;

use crate::proto;
use crate::waits::{Mends, mends, pause};
use crate::{Connection, refusal};

/// A request that begins a watch: [`proto::WatchStockRequest`] and its like.
pub trait Watch: prost::Message + Clone + Unpin + 'static {
    /// What the watch hands over.
    type Message: Watched;
    /// Of its method.
    const PATH: &'static str;

    /// Where it begins.
    fn start_mut(&mut self) -> &mut Option<proto::WatchStart>;
}

/// A message of a watch.
pub trait Watched: prost::Message + Default + 'static {
    /// Resumes after this message: to be stored once what the message says was done.
    fn resume_token(&self) -> &str;

    /// Said by a server that is stopping.
    fn going_away(&self) -> Option<&proto::GoingAway>;
}

/// A watch without end: a stream of messages, among them heartbeats. When the line breaks, the server goes
/// away or the reader was too slow, it resumes after the message that it handed over last, and waits
/// as long as it takes. What no waiting mends ends it with an error.
pub struct Watching<R: Watch> {
    connection: Connection,
    request: R,
    /// In a row, since the last message.
    failures: u32,
    state: State<R::Message>,
}

type Opening<M> = Pin<Box<dyn Future<Output = Result<Streaming<M>, Status>> + Send>>;

enum State<M> {
    Opening(Opening<M>),
    Open(Box<Streaming<M>>),
    Resting(Pin<Box<Sleep>>),
    Ended,
}

impl Connection {
    /// Watches, from where the request says on. Nothing is sent before the first message is asked for.
    pub fn watch<R: Watch>(&self, request: R) -> Watching<R> {
        let state = State::Opening(open(self, &request));
        Watching { connection: self.clone(), request, failures: 0, state }
    }
}

fn open<R: Watch>(connection: &Connection, request: &R) -> Opening<R::Message> {
    let (mut grpc, request) = (connection.grpc(), Request::new(request.clone()));
    Box::pin(async move {
        let path = PathAndQuery::from_static(R::PATH);
        let codec = ProstCodec::<R, R::Message>::default();
        Ok(grpc.server_streaming(request, path, codec).await?.into_inner())
    })
}

impl<R: Watch> Watching<R> {
    /// The next message; after an error there is none.
    pub async fn next(&mut self) -> Option<Result<R::Message, Status>> {
        tokio_stream::StreamExt::next(self).await
    }

    /// Waits and opens anew, or ends.
    fn after(&mut self, status: Status) -> Result<(), Status> {
        let slow = refusal(&status).is_some_and(|it| it.reason == "SLOW_CONSUMER");
        let mends = match mends(&status) {
            Mends::Never if slow => Mends::Soon,
            mends => mends,
        };
        self.failures = self.failures.saturating_add(1);
        match pause(mends, self.failures) {
            Some(pause) => self.rest(pause),
            None => {
                self.state = State::Ended;
                return Err(status);
            }
        }
        Ok(())
    }

    fn rest(&mut self, pause: Duration) {
        self.state = State::Resting(Box::pin(sleep(pause)));
    }

    /// Notes what was handed over, so that it goes on after it.
    fn noted(&mut self, message: &R::Message) {
        self.failures = 0;
        let start = self.request.start_mut().get_or_insert_default();
        let token = message.resume_token().to_owned();
        start.start = Some(proto::watch_start::Start::ResumeToken(token));
        if let Some(going_away) = message.going_away() {
            let asked = going_away.retry_delay.and_then(|it| Duration::try_from(it).ok());
            self.after_going(asked);
        }
    }

    fn after_going(&mut self, asked: Option<Duration>) {
        let mends = asked.map_or(Mends::Soon, Mends::After);
        self.rest(pause(mends, 1).unwrap_or_default());
    }
}

impl<R: Watch> Stream for Watching<R> {
    type Item = Result<R::Message, Status>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let ended = match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Resting(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    this.state = State::Opening(open(&this.connection, &this.request));
                    continue;
                }
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(stream) => {
                        this.state = State::Open(Box::new(stream));
                        continue;
                    }
                    Err(status) => status,
                },
                State::Open(stream) => match ready!(Pin::new(stream).poll_next(context)) {
                    Some(Ok(message)) => {
                        this.noted(&message);
                        return Poll::Ready(Some(Ok(message)));
                    }
                    Some(Err(status)) => status,
                    None => Status::unavailable("the watch ended"),
                },
            };
            if let Err(status) = this.after(ended) {
                return Poll::Ready(Some(Err(status)));
            }
        }
    }
}
