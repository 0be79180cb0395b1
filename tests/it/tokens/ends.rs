//! What is open ends with its token: every stream that there is, and every call that waits.

use std::time::{Duration, Instant};

use erpsync::access::{RIGHTS, SystemKind};
use erpsync_client::proto;
use prost::Message as _;
use tokio_stream::StreamExt as _;
use tonic::transport::Endpoint;
use tonic::{Status, Streaming};
use tonic_prost::ProstCodec;

use crate::kit::trade::all_read;
use crate::kit::{House, address, create_token, reason, request_id, serve, signed};

/// Every call that answers with a stream, from the descriptors, and whether it listens to one as well.
fn streams() -> Vec<(String, bool)> {
    let all = prost_types::FileDescriptorSet::decode(erpsync::proto::DESCRIPTORS).unwrap();
    let services = all.file.iter().filter(|it| it.package() == "erpsync.v1");
    let services = services.flat_map(|it| &it.service);
    let methods = services.flat_map(|it| it.method.iter().map(move |method| (it.name(), method)));
    let streamed = methods.filter(|(_, it)| it.server_streaming());
    streamed
        .map(|(of, it)| (format!("erpsync.v1.{of}/{}", it.name()), it.client_streaming()))
        .collect()
}

/// A system that may call it.
fn caller(method: &str) -> &'static str {
    let right = RIGHTS.iter().find(|it| it.method == method).unwrap();
    match right.kinds[0] {
        SystemKind::Erp => "erp",
        SystemKind::Shop => "shop-a",
        SystemKind::Tool => "tool",
        SystemKind::Operator => panic!("{method}: operators watch nothing"),
    }
}

/// Opens a stream, whatever it is of.
async fn open(at: &str, method: &str, both_ways: bool, token: &str) -> Streaming<()> {
    let channel = Endpoint::from_shared(at.to_owned()).unwrap().connect().await.unwrap();
    let mut client = tonic::client::Grpc::new(channel);
    client.ready().await.unwrap();
    let path = format!("/{method}").parse().unwrap();
    let answer = if method == "erpsync.v1.StockService/PushStock" {
        use proto::push_stock_request::Message;
        let message = Some(Message::Open(proto::PushOpen { upload_id: "night".into() }));
        let first = proto::PushStockRequest { message };
        // As below.
        let said = tokio_stream::once(first).chain(tokio_stream::pending());
        client.streaming(signed(token, said), path, ProstCodec::default()).await
    } else if both_ways {
        assert_eq!(method, "erpsync.v1.InboxService/StreamTasks", "say how this one is opened");
        use proto::stream_tasks_request::Message;
        let message = Some(Message::Open(Default::default()));
        let first = proto::StreamTasksRequest { number: 0, message };
        // It stays open until the server ends it.
        let said = tokio_stream::once(first).chain(tokio_stream::pending());
        client.streaming(signed(token, said), path, ProstCodec::default()).await
    } else {
        let codec = ProstCodec::<(), ()>::default();
        client.server_streaming(signed(token, ()), path, codec).await
    };
    answer.unwrap().into_inner()
}

async fn end<T>(stream: &mut Streaming<T>) -> Status {
    loop {
        match stream.message().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("it ended without a reason"),
            Err(status) => return status,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stream_ends_with_its_token_within_five_seconds() {
    let house = House::open().await;
    let (elsewhere, _) = serve(&house.database, &house.clock).await;
    let mut open_streams = Vec::new();
    let mut tokens = Vec::new();
    for (method, both_ways) in streams() {
        let created = create_token(&house.operator, "acme", "production", caller(&method)).await;
        for at in [house.address(), address(&elsewhere)] {
            let mut stream = open(&at, &method, both_ways, &created.secret).await;
            stream.message().await.unwrap().expect("its beginning");
            open_streams.push((method.clone(), stream));
        }
        tokens.push(created.token.unwrap().token_id);
    }
    assert!(14 <= open_streams.len());
    for token_id in tokens {
        let request = proto::RevokeTokenRequest { request_id: request_id(), token_id };
        house.operator.admin().revoke_token(request).await.unwrap();
    }
    let revoked = Instant::now();
    for (method, stream) in &mut open_streams {
        assert_eq!(reason(&end(stream).await), "TOKEN_INVALID", "{method}");
        assert!(revoked.elapsed() < Duration::from_secs(5), "{method} was still open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_hears_that_its_token_has_ended() {
    let house = House::open().await;
    let (elsewhere, _) = serve(&house.database, &house.clock).await;
    let created = create_token(&house.operator, "acme", "production", "erp").await;
    let erp = house.erp.moved(&address(&elsewhere)).await.unwrap();
    let erp = erp.with_token(&created.secret).unwrap();
    let wait = Some(prost_types::Duration { seconds: 25, nanos: 0 });
    let resume_token = all_read(&erp).await;
    let (leasing, reading) = (erp.clone(), erp);
    let lease = proto::LeaseTasksRequest { wait, ..Default::default() };
    let lease = tokio::spawn(async move {
        leasing.inbox().lease_tasks(lease).await.err().map(|it| reason(&it))
    });
    let read = proto::ReadStockChangesRequest { resume_token, wait, ..Default::default() };
    let read = tokio::spawn(async move {
        reading.stock().read_stock_changes(read).await.err().map(|it| reason(&it))
    });
    // Both are known to be there and waiting once they have had time to fail.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let token_id = created.token.unwrap().token_id;
    let request = proto::RevokeTokenRequest { request_id: request_id(), token_id };
    house.operator.admin().revoke_token(request).await.unwrap();
    let revoked = Instant::now();
    assert_eq!(lease.await.unwrap().as_deref(), Some("TOKEN_INVALID"));
    assert_eq!(read.await.unwrap().as_deref(), Some("TOKEN_INVALID"));
    assert!(revoked.elapsed() < Duration::from_secs(10), "long before they had waited enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_when_the_time_of_its_token_has_come() {
    let house = House::open().await;
    let hour = Duration::from_secs(3600);
    let at = prost_types::Timestamp::from(std::time::SystemTime::now() + hour);
    let request = proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: "production".into(),
        system: "shop-a".into(),
        expire_time: Some(prost_types::Timestamp { nanos: 0, ..at }),
        scope: None,
    };
    let token = house.operator.admin().create_token(request).await.unwrap().into_inner().secret;
    let method = "erpsync.v1.StockService/WatchStock";
    let mut stream = open(&house.address(), method, false, &token).await;
    stream.message().await.unwrap().expect("its beginning");
    house.clock.advance(hour);
    assert_eq!(reason(&end(&mut stream).await), "TOKEN_INVALID");
}
