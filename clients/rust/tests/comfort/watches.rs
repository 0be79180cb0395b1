//! Watches: where they resume.

use std::time::Duration;

use erpsync_client::proto::watch_start::Start;
use erpsync_client::proto::watch_stock_response::Event;
use erpsync_client::proto::{self, WatchStart, WatchStockRequest, WatchStockResponse};
use hyper::body::Bytes;
use tonic::{Code, Status};

use crate::fake::{Answer, End, Fake, away, bytes, refused};

fn message(token: &str, event: Event) -> Bytes {
    let resume_token = token.into();
    bytes(&WatchStockResponse { resume_token, stream_sequence: 1, event: Some(event) })
}

fn heartbeats(tokens: &[&str], end: End) -> Answer {
    let heartbeat = |it: &&str| message(it, Event::Heartbeat(Default::default()));
    Answer::Stream(tokens.iter().map(heartbeat).collect(), end)
}

fn request() -> WatchStockRequest {
    let filter = Some(proto::StockFilter { skus: vec!["MUG".into()], ..Default::default() });
    let start = WatchStart {
        start: Some(Start::Now(true)),
        heartbeat_interval: Some(prost_types::Duration { seconds: 3, nanos: 0 }),
        on_expired: proto::OnExpired::Snapshot.into(),
    };
    WatchStockRequest { filter, start: Some(start) }
}

/// Takes messages until the watch ends or so many have come: their tokens, how it ended, and from where
/// each stream was to begin.
async fn watched(
    script: Vec<Answer>,
    take: usize,
) -> (Vec<String>, Option<Status>, Vec<Option<Start>>) {
    let fake = Fake::start(script).await;
    let mut watch = fake.connect().await.watch(request());
    let (mut tokens, mut ended) = (Vec::new(), None);
    while tokens.len() < take {
        match watch.next().await {
            Some(Ok(it)) => tokens.push(it.resume_token),
            Some(Err(status)) => {
                assert!(watch.next().await.is_none(), "after an error there is nothing");
                ended = Some(status);
                break;
            }
            None => panic!("a watch has no end"),
        }
    }
    let asked: Vec<WatchStockRequest> = fake.heard().iter().map(|it| it.read()).collect();
    let mut starts = Vec::new();
    for WatchStockRequest { filter, start } in asked {
        assert_eq!(filter, request().filter);
        let WatchStart { start, heartbeat_interval, on_expired } = start.unwrap();
        let expected = request().start.unwrap();
        assert_eq!(heartbeat_interval, expected.heartbeat_interval);
        assert_eq!(on_expired, expected.on_expired);
        starts.push(start);
    }
    (tokens, ended, starts)
}

fn from(token: &str) -> Option<Start> {
    Some(Start::ResumeToken(token.into()))
}

#[tokio::test]
async fn it_goes_on_after_the_last_message() {
    let slow = refused(Code::ResourceExhausted, "SLOW_CONSUMER", None);
    let script = vec![
        heartbeats(&["a", "b"], End::Lost),
        heartbeats(&["c"], End::Well),
        Answer::Lost,
        heartbeats(&["d"], End::Refused(slow)),
        heartbeats(&["e", "f"], End::Lost),
    ];
    let (tokens, ended, starts) = watched(script, 6).await;
    assert_eq!(tokens, ["a", "b", "c", "d", "e", "f"]);
    assert!(ended.is_none());
    assert_eq!(starts, [Some(Start::Now(true)), from("b"), from("c"), from("c"), from("d")]);
}

#[tokio::test]
async fn before_the_first_message_it_begins_as_it_was_to() {
    let script =
        vec![Answer::Lost, away(), heartbeats(&[], End::Lost), heartbeats(&["a"], End::Lost)];
    let (tokens, _, starts) = watched(script, 1).await;
    assert_eq!(tokens, ["a"]);
    assert_eq!(starts, vec![Some(Start::Now(true)); 4]);
}

#[tokio::test]
async fn it_waits_as_long_as_it_takes() {
    let mut script: Vec<_> = (0..20).map(|_| away()).collect();
    script.push(heartbeats(&["a"], End::Lost));
    let (tokens, ended, starts) = watched(script, 1).await;
    assert_eq!((tokens.len(), ended.is_none(), starts.len()), (1, true, 21));
}

#[tokio::test]
async fn a_server_that_goes_away_is_heard_out() {
    let retry_delay = Some(Duration::from_millis(1).try_into().unwrap());
    let going = message("b", Event::GoingAway(proto::GoingAway { retry_delay }));
    let script = vec![Answer::Stream(vec![going], End::Well), heartbeats(&["c"], End::Lost)];
    let (tokens, _, starts) = watched(script, 2).await;
    assert_eq!(tokens, ["b", "c"]);
    assert_eq!(starts, [Some(Start::Now(true)), from("b")]);
}

#[tokio::test]
async fn what_no_waiting_mends_ends_it() {
    let codes = [
        (Code::Unauthenticated, "TOKEN_INVALID"),
        (Code::OutOfRange, "RESUME_TOKEN_EXPIRED"),
        (Code::InvalidArgument, "RESUME_TOKEN_INVALID"),
        (Code::Internal, "INTERNAL"),
    ];
    for (code, reason) in codes {
        let at_once = vec![Answer::Refused(refused(code, reason, None))];
        let (tokens, ended, _) = watched(at_once, 9).await;
        assert_eq!((tokens.len(), ended.unwrap().code()), (0, code));
        let later = vec![heartbeats(&["a"], End::Refused(refused(code, reason, None)))];
        let (tokens, ended, starts) = watched(later, 9).await;
        assert_eq!((tokens.len(), ended.unwrap().code(), starts.len()), (1, code, 1));
    }
}
