//! Single calls: which are said again, and how.

use std::time::Duration;

use erpsync_client::proto::{SetStockRequest, SetStockResponse, StockReading};
use erpsync_client::{Refusal, proto, refusal};
use tonic::{Code, Request, Status};

use crate::fake::{Answer, End, Fake, away, bytes, refused};

fn reading() -> SetStockRequest {
    let reading = StockReading { sku: "MUG".into(), on_hand: "5".into(), ..Default::default() };
    SetStockRequest { readings: vec![reading], ..Default::default() }
}

fn done() -> Answer {
    Answer::Message(bytes(&SetStockResponse { revision: 7, ..Default::default() }))
}

/// States stock once; what came of it, and how often it was said.
async fn set_stock(script: Vec<Answer>) -> (Result<i64, Status>, usize) {
    let fake = Fake::start(script).await;
    let answer = fake.connect().await.stock().set_stock(reading()).await;
    let heard = fake.heard();
    let ids: Vec<_> = heard.iter().map(|it| it.read::<SetStockRequest>().request_id).collect();
    assert!(ids.iter().all(|it| it.len() == 36 && *it == ids[0]), "{ids:?}");
    assert!(heard.iter().all(|it| it.body == heard[0].body));
    assert!(heard.iter().all(|it| it.headers["authorization"] == "Bearer esk_1_x"));
    (answer.map(|it| it.into_inner().revision), heard.len())
}

#[tokio::test]
async fn what_may_help_is_said_again_with_the_same_bytes() {
    let moment = Some(Duration::from_millis(1));
    let half = bytes(&SetStockResponse { revision: 7, ..Default::default() });
    let scripts = [
        vec![],
        vec![Answer::Lost],
        vec![Answer::Halfway(half)],
        vec![Answer::Refused(Status::unavailable(""))],
        vec![Answer::Refused(refused(Code::DeadlineExceeded, "DEADLINE_EXCEEDED", None))],
        vec![Answer::Refused(refused(Code::ResourceExhausted, "OVERLOADED", moment))],
        vec![Answer::Http(503)],
        vec![Answer::Stream(vec![], End::Refused(Status::unavailable("")))],
        vec![away(), Answer::Lost, away(), away()],
    ];
    for mut script in scripts {
        let failures = script.len();
        script.push(done());
        let (answer, said) = set_stock(script).await;
        assert_eq!((answer.unwrap(), said), (7, failures + 1));
    }
}

#[tokio::test]
async fn five_times_is_enough() {
    let (answer, said) = set_stock((0..9).map(|_| away()).collect()).await;
    assert_eq!((answer.unwrap_err().code(), said), (Code::Unavailable, 5));
}

#[tokio::test]
async fn what_does_not_help_is_not_said_again() {
    let codes = [
        (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"),
        (Code::Aborted, "REVISION_NOT_REACHED"),
        (Code::FailedPrecondition, "INSUFFICIENT_STOCK"),
        (Code::InvalidArgument, "FIELD_INVALID"),
        (Code::Internal, "INTERNAL"),
        (Code::Unauthenticated, "TOKEN_INVALID"),
    ];
    for (code, reason) in codes {
        let refused = refused(code, reason, None);
        let (answer, said) = set_stock(vec![Answer::Refused(refused), done()]).await;
        assert_eq!(said, 1, "{code:?}");
        let told = refusal(&answer.unwrap_err()).unwrap();
        let Refusal { code: there, reason: because, message, metadata, .. } = &told;
        assert_eq!((*there, &**because, &**message), (code, reason, "so it is"));
        assert_eq!(metadata["sku"], "MUG");
        assert!(told.known_reason().is_some(), "{reason}");
    }
    let (answer, said) = set_stock(vec![Answer::Http(404), done()]).await;
    assert_eq!((refusal(&answer.unwrap_err()), said), (None, 1));
}

#[tokio::test]
async fn an_identity_of_the_callers_own_is_kept() {
    let fake = Fake::start([Answer::Lost, done()]).await;
    let request = SetStockRequest { request_id: "mine".into(), ..reading() };
    fake.connect().await.stock().set_stock(request.clone()).await.unwrap();
    let said: Vec<SetStockRequest> = fake.heard().iter().map(|it| it.read()).collect();
    assert_eq!(said, [request.clone(), request]);
}

#[tokio::test]
async fn a_bare_connection_says_it_once_and_as_it_is() {
    let fake = Fake::start([Answer::Refused(Status::unavailable("")), done()]).await;
    let bare = fake.connect().await.bare();
    let answer = bare.stock().set_stock(reading()).await;
    assert_eq!(answer.unwrap_err().code(), Code::Unavailable);
    let heard = fake.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].read::<SetStockRequest>(), reading());
    assert_eq!(heard[0].headers["authorization"], "Bearer esk_1_x");
}

#[tokio::test]
async fn streams_are_opened_once() {
    let fake = Fake::start([Answer::Lost, Answer::Lost]).await;
    let connection = fake.connect().await;
    let watch = connection.stock().watch_stock(proto::WatchStockRequest::default()).await;
    assert_eq!(watch.unwrap_err().code(), Code::Unavailable);
    let open = proto::StreamTasksRequest::default();
    let tasks = connection.inbox().stream_tasks(tokio_stream::iter([open])).await;
    assert_eq!(tasks.unwrap_err().code(), Code::Unavailable);
    assert_eq!(fake.heard().len(), 2);
}

#[tokio::test]
async fn a_deadline_of_the_callers_is_for_all_attempts() {
    // Nobody answers: it is over when the caller says so.
    let fake = Fake::start([Answer::Silent, done()]).await;
    let mut request = Request::new(reading());
    request.set_timeout(Duration::from_millis(50));
    let answer = fake.connect().await.stock().set_stock(request).await;
    assert_eq!(answer.unwrap_err().code(), Code::DeadlineExceeded);
    assert_eq!(fake.heard().len(), 1);
    let told = fake.heard()[0].headers["grpc-timeout"].to_str().unwrap().to_owned();
    assert!(told.ends_with('u') && told.len() <= 6, "{told}");

    // What the server asks for would end after it.
    let asked = refused(Code::Unavailable, "SHUTTING_DOWN", Some(Duration::from_secs(20)));
    let fake = Fake::start([Answer::Refused(asked), done()]).await;
    let mut request = Request::new(reading());
    request.set_timeout(Duration::from_secs(10));
    let answer = fake.connect().await.stock().set_stock(request).await;
    assert_eq!(answer.unwrap_err().code(), Code::Unavailable);
    assert_eq!(fake.heard().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_opened() {
    let gone = {
        let fake = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", fake.local_addr().unwrap())
    };
    let told = erpsync_client::Connection::open(&gone, "").await.unwrap_err().to_string();
    assert!(told.contains("cannot reach the server") && told.contains("refused"), "{told}");
    let fake = Fake::start([]).await;
    let told = erpsync_client::Connection::open(&fake.address, "a\nb").await.unwrap_err();
    assert_eq!(told.to_string(), "this is not a token");
}
