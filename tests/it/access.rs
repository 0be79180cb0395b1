use std::time::{Duration, Instant};

use erpsync::access::{RIGHTS, SystemKind};
use erpsync_client::{Connection, proto, refusal};
use prost::Message;
use tonic::transport::Endpoint;
use tonic::{Code, Request};
use tonic_health::pb::health_client::HealthClient;

use crate::kit::{Door, House, address, create_token, reason, request_id, serve, signed};

const INFO: &str = "erpsync.v1.ServerInfoService/GetServerInfo";
const CREATE_TENANT: &str = "erpsync.v1.AdminService/CreateTenant";

#[tokio::test(flavor = "multi_thread")]
async fn only_good_tokens_open_the_door() {
    let house = House::open().await;
    let info = proto::GetServerInfoRequest {};
    let facts = house.shop.server_info().get_server_info(info).await.unwrap().into_inner();
    assert_eq!(
        (&*facts.tenant, &*facts.environment, &*facts.system, facts.kind()),
        ("acme", "production", "shop-a", proto::SystemKind::Shop)
    );
    assert_eq!(facts.incarnation, 1);
    let facts = house.operator.server_info().get_server_info(info).await.unwrap().into_inner();
    assert_eq!((&*facts.system, facts.kind()), ("", proto::SystemKind::Operator));

    let good = create_token(&house.operator, "acme", "production", "erp").await.secret;
    let other = create_token(&house.operator, "acme", "production", "erp").await.secret;
    let (id, _) = good.rsplit_once('_').unwrap();
    // The secret of one token with the id of another.
    let mixed = format!("{id}_{}", other.splitn(3, '_').nth(2).unwrap());
    let mut door = Door::open(&house.address()).await;
    let bearer = |it: &str| vec![format!("Bearer {it}")];
    let cases = [
        ("none", vec![]),
        ("empty", vec![String::new()]),
        ("no scheme", vec![good.clone()]),
        ("another scheme", vec![format!("Basic {good}")]),
        ("two", vec![format!("Bearer {good}"), format!("Bearer {good}")]),
        ("nonsense", bearer("nonsense")),
        ("too short", bearer("esk_1_AAAA")),
        ("unknown", bearer("esk_7_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ("cut", bearer(&good[..good.len() - 1])),
        ("longer", bearer(&format!("{good}A"))),
        ("mixed", bearer(&mixed)),
    ];
    for (what, headers) in cases {
        let mut request = Request::new(());
        for header in headers {
            request.metadata_mut().append("authorization", header.parse().unwrap());
        }
        let refused = door.call(INFO, request).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated, "{what}");
        assert_eq!(reason(&refused), "TOKEN_INVALID", "{what}");
    }
    door.say(INFO, &good, ()).await.unwrap();
    // A second valid token does not end the first, so that tokens can be changed at leisure.
    door.say(INFO, &other, ()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_keeps_to_their_column_of_the_table() {
    let house = House::open().await;
    let mut door = Door::open(&house.address()).await;
    let operator = proto::CreateTokenRequest { request_id: request_id(), ..Default::default() };
    let operator = house.operator.admin().create_token(operator).await.unwrap().into_inner();
    let mut tokens = vec![(SystemKind::Operator, operator.secret)];
    for (kind, name) in
        [(SystemKind::Erp, "erp"), (SystemKind::Shop, "shop-a"), (SystemKind::Tool, "tool")]
    {
        let token = create_token(&house.operator, "acme", "production", name).await;
        tokens.push((kind, token.secret));
    }
    for right in RIGHTS {
        for (kind, token) in &tokens {
            let may = right.kinds.contains(kind);
            // Whoever may call them begins something that does not end.
            if may && (right.method.contains("/Watch") || right.method.contains("/Lease")) {
                continue;
            }
            let answer = door.say(right.method, token, ()).await;
            let told = answer.as_ref().err().map(reason).unwrap_or_default();
            assert_eq!(told == "SCOPE_MISSING", !may, "{} as {kind:?}: {told}", right.method);
            assert_ne!(told, "INTERNAL", "{} as {kind:?}", right.method);
            if let (false, Err(refused)) = (may, answer) {
                assert_eq!(refused.code(), Code::PermissionDenied);
                let told = refusal(&refused).unwrap();
                assert_eq!(told.metadata["method"], right.method);
                assert_eq!(told.metadata["kind"], kind.as_str());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_when_its_time_has_come() {
    let house = House::open().await;
    let hour = Duration::from_secs(3600);
    let at = prost_types::Timestamp::from(std::time::SystemTime::now() + hour);
    // What is finer than a microsecond is not kept.
    let expire_time = Some(prost_types::Timestamp { nanos: 0, ..at });
    let request = proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: "production".into(),
        system: "erp".into(),
        expire_time,
        scope: None,
    };
    let created = house.operator.admin().create_token(request).await.unwrap().into_inner();
    assert_eq!(created.token.unwrap().expire_time, expire_time);
    let mut door = Door::open(&house.address()).await;
    door.say(INFO, &created.secret, ()).await.unwrap();
    house.clock.advance(hour);
    let refused = door.say(INFO, &created.secret, ()).await.unwrap_err();
    assert_eq!(reason(&refused), "TOKEN_INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_is_worthless_here_at_once_and_elsewhere_in_seconds() {
    let house = House::open().await;
    let (elsewhere, _) = serve(&house.database, &house.clock).await;
    let created = create_token(&house.operator, "acme", "production", "erp").await;
    let (here, there) = (house.address(), address(&elsewhere));
    let mut here = Door::open(&here).await;
    let mut there = Door::open(&there).await;
    here.say(INFO, &created.secret, ()).await.unwrap();
    there.say(INFO, &created.secret, ()).await.unwrap();

    let token_id = created.token.unwrap().token_id;
    let request = proto::RevokeTokenRequest { request_id: request_id(), token_id };
    house.operator.admin().revoke_token(request).await.unwrap();
    let revoked = Instant::now();
    let refused = here.say(INFO, &created.secret, ()).await.unwrap_err();
    assert_eq!(reason(&refused), "TOKEN_INVALID");
    while there.say(INFO, &created.secret, ()).await.is_ok() {
        assert!(revoked.elapsed() < Duration::from_secs(5), "still open");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_malformed_is_told_so() {
    let house = House::open().await;
    let mut door = Door::open(&house.address()).await;
    let operator = proto::CreateTokenRequest { request_id: request_id(), ..Default::default() };
    let token = house.operator.admin().create_token(operator).await.unwrap().into_inner().secret;

    let no_text = door.say(CREATE_TENANT, &token, vec![0xff_u8]).await.unwrap_err();
    assert_eq!(no_text.code(), Code::InvalidArgument);
    assert_eq!(reason(&no_text), "REQUEST_MALFORMED");

    // 4 MiB to the byte are read, and refused for what they say; one more is not read.
    let bytes = |size: usize| vec![b'a'; size - 5];
    let size = bytes(4 * 1024 * 1024);
    assert_eq!(size.encoded_len(), 4 * 1024 * 1024);
    let long = door.say(CREATE_TENANT, &token, size).await.unwrap_err();
    assert_eq!(reason(&long), "FIELD_INVALID");
    let larger = door.say(CREATE_TENANT, &token, bytes(4 * 1024 * 1024 + 1)).await.unwrap_err();
    assert_eq!((larger.code(), &*reason(&larger)), (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"));

    for method in [
        "erpsync.v1.StockService/Nothing",
        "erpsync.v1.NothingService/SetStock",
        "erpsync.v2.AdminService/CreateTenant",
    ] {
        let unknown = door.say(method, &token, ()).await.unwrap_err();
        assert_eq!(unknown.code(), Code::Unimplemented, "{method}");
        assert_eq!(reason(&unknown), "METHOD_UNKNOWN", "{method}");
    }

    for timeout in ["", "S", "10", "10s", "-1S", "1.5S", "123456789S", "1 S", "S1", "10SS"] {
        let mut request = signed(&token, ());
        request.metadata_mut().insert("grpc-timeout", timeout.parse().unwrap());
        let refused = door.call(INFO, request).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{timeout:?}");
        assert_eq!(reason(&refused), "REQUEST_MALFORMED", "{timeout:?}");
    }
    for twice in [["10S", "10S"], ["1H", "x"]] {
        let mut request = signed(&token, ());
        for timeout in twice {
            request.metadata_mut().append("grpc-timeout", timeout.parse().unwrap());
        }
        let refused = door.call(INFO, request).await.unwrap_err();
        assert_eq!(reason(&refused), "REQUEST_MALFORMED", "{twice:?}");
        assert!(refused.message().contains("more than once"), "{}", refused.message());
    }
    for timeout in ["1H", "99999999H", "1M", "10S", "10000m", "9999999u"] {
        let mut request = signed(&token, ());
        request.metadata_mut().insert("grpc-timeout", timeout.parse().unwrap());
        door.call(INFO, request).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_takes_too_long_is_ended_with_a_reason() {
    let house = House::open().await;
    let mut door = Door::open(&house.address()).await;
    let operator = proto::CreateTokenRequest { request_id: request_id(), ..Default::default() };
    let token = house.operator.admin().create_token(operator).await.unwrap().into_inner().secret;
    // The operators' history is held by somebody else, as long as this test likes.
    use sqlx::{ConnectOptions, Connection as _};
    let mut other = house.database.connect().await.unwrap();
    let mut held = other.begin().await.unwrap();
    sqlx::query("lock table log in access exclusive mode").execute(&mut *held).await.unwrap();
    let name = proto::CreateTenantRequest { request_id: "late".into(), name: "late".into() };
    let mut request = signed(&token, name.clone());
    request.metadata_mut().insert("grpc-timeout", "500m".parse().unwrap());
    let refused = door.call(CREATE_TENANT, request).await.unwrap_err();
    assert_eq!(refused.code(), Code::DeadlineExceeded);
    assert_eq!(reason(&refused), "DEADLINE_EXCEEDED");
    held.rollback().await.unwrap();
    // The deed went on; saying the same again finds it done, once.
    let again = house.operator.admin().create_tenant(name).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_needs_no_token() {
    let house = House::open().await;
    let channel = Endpoint::from_shared(house.address()).unwrap().connect().await.unwrap();
    let request = tonic_health::pb::HealthCheckRequest::default();
    let health = HealthClient::new(channel).check(request).await.unwrap().into_inner();
    assert_eq!(health.status(), tonic_health::pb::health_check_response::ServingStatus::Serving);
}

#[tokio::test(flavor = "multi_thread")]
async fn first_tokens_are_for_our_eyes_only() {
    use std::os::unix::fs::PermissionsExt;

    let folder = std::env::temp_dir().join(format!("erpsync-first-{}", std::process::id()));
    let path = folder.join("tokens.txt");
    std::fs::create_dir_all(&folder).unwrap();
    // What stands there already, for everybody to read, is not written into.
    std::fs::write(&path, "old").unwrap();
    let database = crate::kit::database().await;
    let socket = database.get_socket().unwrap().display().to_string().replace('/', "%2F");
    let name = database.get_database().unwrap();
    let url = format!("postgres://{}@{socket}/{name}", database.get_username());
    let config = erpsync::config::Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: erpsync::config::Database::Url(url),
        folder: folder.clone(),
        origins: vec![],
        door: Default::default(),
        clock: Default::default(),
    };
    let first = erpsync::server::Server::start(config.clone()).await.unwrap();
    assert_eq!(first.tokens(), Some(&path));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    let token = text.lines().find_map(|it| it.strip_prefix("operator ")).unwrap();
    let operator = Connection::open(&address(&first), token).await.unwrap();
    operator.admin().list_tenants(proto::ListTenantsRequest::default()).await.unwrap();
    let second = erpsync::server::Server::start(config).await.unwrap();
    assert_eq!(second.tokens(), None);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Listening off loopback by its form, while no other machine reaches it.
#[tokio::test(flavor = "multi_thread")]
async fn strangers_off_loopback_see_health_and_nothing_else() {
    use tonic_reflection::pb::v1::ServerReflectionRequest;
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;

    let house = House::open().await;
    let door = erpsync::config::Door { insecure_off_loopback: true, ..Default::default() };
    let mut config = crate::kit::config(&house.database, &house.clock, door);
    config.listen = "[::ffff:127.0.0.1]:0".parse().unwrap();
    let open = erpsync::server::Server::start(config).await.unwrap();
    let open = format!("http://127.0.0.1:{}", open.address().port());
    let list = async |at: &str, token: &str| {
        let channel = Endpoint::from_shared(at.to_owned()).unwrap().connect().await.unwrap();
        let asked = ServerReflectionRequest {
            host: String::new(),
            message_request: Some(MessageRequest::ListServices(String::new())),
        };
        let mut asked = Request::new(tokio_stream::once(asked));
        if !token.is_empty() {
            let bearer = format!("Bearer {token}").parse().unwrap();
            asked.metadata_mut().insert("authorization", bearer);
        }
        let mut said = ServerReflectionClient::new(channel);
        let said = said.server_reflection_info(asked).await?.into_inner().message().await?;
        Ok::<_, tonic::Status>(format!("{said:?}"))
    };
    let token = house.token("shop-a").await.secret;
    assert!(list(&house.address(), "").await.unwrap().contains("erpsync.v1.StockService"));
    assert!(list(&open, &token).await.unwrap().contains("erpsync.v1.StockService"));
    for bad in ["", "esk_1_nonsense"] {
        let refused = list(&open, bad).await.unwrap_err();
        assert_eq!(reason(&refused), "TOKEN_INVALID");
    }
    let channel = Endpoint::from_shared(open).unwrap().connect().await.unwrap();
    let request = tonic_health::pb::HealthCheckRequest::default();
    HealthClient::new(channel).check(request).await.unwrap();
}
