//! A token whose secret changes while it is in use.

use std::time::{Duration, Instant};

use erpsync_client::{Connection, proto};
use tonic::Code;

use crate::kit::{Door, House, address, reason, request_id, serve};

const INFO: &str = "erpsync.v1.ServerInfoService/GetServerInfo";

fn rotate(token_id: &str, overlap: Option<i64>) -> proto::RotateTokenRequest {
    proto::RotateTokenRequest {
        request_id: request_id(),
        token_id: token_id.into(),
        overlap: overlap.map(|seconds| prost_types::Duration { seconds, nanos: 0 }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_has_two_secrets_for_a_while() {
    let house = House::open().await;
    let (elsewhere, _) = serve(&house.database, &house.clock).await;
    let mut admin = house.operator.admin();
    let mut door = Door::open(&house.address()).await;
    let created = house.token("shop-a").await;
    let (first, token_id) = (created.secret, created.token.unwrap().token_id);
    door.say(INFO, &first, ()).await.unwrap();

    let request = rotate(&token_id, Some(3600));
    let rotated = admin.rotate_token(request.clone()).await.unwrap().into_inner();
    let (second, told) = (rotated.secret, rotated.token.unwrap());
    assert_eq!(told.token_id, token_id);
    let seconds = |it: &Option<prost_types::Timestamp>| it.as_ref().unwrap().seconds;
    let overlap = seconds(&told.previous_secret_expire_time) - seconds(&told.rotate_time);
    assert_eq!(overlap, 3600);
    assert!(second.starts_with(&format!("esk_{token_id}_")) && second != first);
    let again = admin.rotate_token(request.clone()).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner().secret, "", "secrets are shown once");
    let other = proto::RotateTokenRequest { overlap: None, ..request };
    let refused = admin.rotate_token(other).await.unwrap_err();
    assert_eq!(reason(&refused), "REQUEST_ID_REUSED");

    // Both open streams, here and, within seconds, on every other server.
    let begin = Instant::now();
    let mut there = Door::open(&address(&elsewhere)).await;
    while there.say(INFO, &second, ()).await.is_err() {
        assert!(begin.elapsed() < Duration::from_secs(5), "not known yet");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut watches = Vec::new();
    for (server, secret) in
        [(house.address(), &first), (house.address(), &second), (address(&elsewhere), &first)]
    {
        let shop = Connection::open(&server, secret).await.unwrap();
        let mut request = proto::WatchStockRequest::default();
        let heartbeat_interval = Some(prost_types::Duration { seconds: 1, nanos: 0 });
        request.start = Some(proto::WatchStart { heartbeat_interval, ..Default::default() });
        let mut watch = shop.stock().watch_stock(request).await.unwrap().into_inner();
        watch.message().await.unwrap().expect("where it begins");
        watches.push(watch);
    }
    house.clock.advance(Duration::from_secs(3600));
    for nth in [0, 2] {
        let refused = loop {
            match watches[nth].message().await {
                Ok(Some(_)) => {}
                other => break other.unwrap_err(),
            }
        };
        assert_eq!(reason(&refused), "TOKEN_INVALID");
    }
    let refused = door.say(INFO, &first, ()).await.unwrap_err();
    assert_eq!((refused.code(), &*reason(&refused)), (Code::Unauthenticated, "TOKEN_INVALID"));
    door.say(INFO, &second, ()).await.unwrap();
    for _ in 0..3 {
        // Longer than anybody would take to find out that it had ended.
        watches[1].message().await.unwrap().expect("a stream that goes on");
    }

    // Two changes in a row: the first of three secrets ends at once.
    let third = admin.rotate_token(rotate(&token_id, None)).await.unwrap().into_inner().secret;
    let fourth = admin.rotate_token(rotate(&token_id, None)).await.unwrap().into_inner().secret;
    for (secret, good) in [(&second, false), (&third, true), (&fourth, true)] {
        assert_eq!(door.say(INFO, secret, ()).await.is_ok(), good);
    }
    // No overlap: at once.
    let fifth = admin.rotate_token(rotate(&token_id, Some(0))).await.unwrap().into_inner().secret;
    for (secret, good) in [(&third, false), (&fourth, false), (&fifth, true)] {
        assert_eq!(door.say(INFO, secret, ()).await.is_ok(), good);
    }
    // All of them end with the token.
    let request_id = request_id();
    let revoke = proto::RevokeTokenRequest { request_id, token_id: token_id.clone() };
    admin.revoke_token(revoke).await.unwrap();
    assert_eq!(reason(&door.say(INFO, &fifth, ()).await.unwrap_err()), "TOKEN_INVALID");
    let refused = admin.rotate_token(rotate(&token_id, None)).await.unwrap_err();
    assert_eq!((refused.code(), &*reason(&refused)), (Code::FailedPrecondition, "INVALID_STATE"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_gets_no_new_secret() {
    let house = House::open().await;
    let mut admin = house.operator.admin();
    let soon = std::time::SystemTime::now() + Duration::from_secs(3600);
    let request = proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: "production".into(),
        system: "erp".into(),
        expire_time: Some(prost_types::Timestamp { nanos: 0, ..soon.into() }),
        scope: None,
    };
    let created = admin.create_token(request).await.unwrap().into_inner();
    let token_id = created.token.unwrap().token_id;
    let rotated = admin.rotate_token(rotate(&token_id, None)).await.unwrap().into_inner();
    let mut door = Door::open(&house.address()).await;
    door.say(INFO, &rotated.secret, ()).await.unwrap();
    // A new secret is no longer good than its token.
    house.clock.advance(Duration::from_secs(3600));
    for secret in [&created.secret, &rotated.secret] {
        assert_eq!(reason(&door.say(INFO, secret, ()).await.unwrap_err()), "TOKEN_INVALID");
    }
    let cases = [
        (rotate(&token_id, None), "INVALID_STATE"),
        (rotate("1", None), "NOT_FOUND"),
        (rotate("x", None), "FIELD_INVALID"),
        (rotate(&token_id, Some(-1)), "FIELD_INVALID"),
        (rotate(&token_id, Some(30 * 24 * 60 * 60 + 1)), "FIELD_INVALID"),
        (
            proto::RotateTokenRequest { request_id: String::new(), ..rotate(&token_id, None) },
            "REQUEST_ID_REQUIRED",
        ),
    ];
    for (request, expected) in cases {
        let refused = admin.rotate_token(request.clone()).await.unwrap_err();
        assert_eq!(reason(&refused), expected, "{request:?}");
    }
}
