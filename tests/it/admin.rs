use erpsync_client::{proto, refusal};
use sqlx::ConnectOptions;
use tonic::Status;

use crate::kit::{House, address, create_token, request_id, serve};

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_is_created_once() {
    let house = House::open().await;
    let request = |id: &str, name: &str| proto::CreateTenantRequest {
        request_id: id.into(),
        name: name.into(),
    };
    let mut admin = house.operator.admin();
    let first = admin.create_tenant(request("one", "bolts")).await.unwrap();
    assert!(first.metadata().get("erpsync-replayed").is_none());
    // A later write, so that the first answer's own revision shows.
    admin.create_tenant(request("between", "screws")).await.unwrap();
    let again = admin.create_tenant(request("one", "bolts")).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first.into_inner());

    let cases = [
        (request("one", "nuts"), "REQUEST_ID_REUSED", ""),
        (request("two", "bolts"), "NAME_IN_USE", ""),
        (request("", "nuts"), "REQUEST_ID_REQUIRED", ""),
        (request("", ""), "REQUEST_ID_REQUIRED", ""),
        (request("three", ""), "FIELD_INVALID", "name"),
        (request("three", "a\0b"), "FIELD_INVALID", "name"),
        (request("three", "a b"), "FIELD_INVALID", "name"),
        (request("three", "é"), "FIELD_INVALID", "name"),
        (request("a b", "nuts"), "FIELD_INVALID", "request_id"),
        (request("a b", ""), "FIELD_INVALID", "request_id name"),
        (request("three", &"a".repeat(65)), "FIELD_INVALID", "name"),
        (request(&"a".repeat(65), "nuts"), "FIELD_INVALID", "request_id"),
    ];
    for (request, reason, fields) in cases {
        let refused = admin.create_tenant(request.clone()).await.unwrap_err();
        check(&refused, reason, fields, &format!("{request:?}"));
    }
    // Refusals are not remembered: nothing happened.
    admin.create_tenant(request("two", "nuts")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn environments_systems_and_tokens_are_refused_with_reasons() {
    let house = House::open().await;
    let mut admin = house.operator.admin();

    let environment = |tenant: &str, name: &str| proto::CreateEnvironmentRequest {
        request_id: request_id(),
        tenant: tenant.into(),
        name: name.into(),
    };
    let nameless =
        proto::CreateEnvironmentRequest { request_id: String::new(), ..environment("acme", "new") };
    for (request, reason, fields) in [
        (nameless, "REQUEST_ID_REQUIRED", ""),
        (environment("", ""), "FIELD_INVALID", "tenant name"),
        (environment("nobody", "new"), "NOT_FOUND", ""),
        (environment("acme", "production"), "NAME_IN_USE", ""),
    ] {
        let refused = admin.create_environment(request.clone()).await.unwrap_err();
        check(&refused, reason, fields, &format!("{request:?}"));
    }

    let update = |tenant: &str, name: &str| proto::UpdateEnvironmentRequest {
        request_id: request_id(),
        tenant: tenant.into(),
        name: name.into(),
        back_orders_allowed: false,
        over_shipment_tolerated: None,
    };
    let nameless =
        proto::UpdateEnvironmentRequest { request_id: String::new(), ..update("acme", "staging") };
    for (request, reason, fields) in [
        (nameless, "REQUEST_ID_REQUIRED", ""),
        (update("", ""), "FIELD_INVALID", "tenant name"),
        (update("acme", "nowhere"), "NOT_FOUND", ""),
        (update("nobody", "production"), "NOT_FOUND", ""),
    ] {
        let refused = admin.update_environment(request.clone()).await.unwrap_err();
        check(&refused, reason, fields, &format!("{request:?}"));
    }

    let system = |environment: &str, name: &str, kind: i32| proto::CreateSystemRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: environment.into(),
        name: name.into(),
        kind,
    };
    let nameless = proto::CreateSystemRequest {
        request_id: String::new(),
        ..system("production", "shop-c", 2)
    };
    for (request, reason, fields) in [
        (nameless, "REQUEST_ID_REQUIRED", ""),
        (system("production", "shop-c", 0), "FIELD_INVALID", "kind"),
        (system("production", "shop-c", 4), "FIELD_INVALID", "kind"),
        (system("production", "shop-c", 99), "FIELD_INVALID", "kind"),
        (system("", "", -1), "FIELD_INVALID", "environment name kind"),
        (system("nowhere", "shop-c", 2), "NOT_FOUND", ""),
        (system("production", "shop-a", 2), "NAME_IN_USE", ""),
        (system("production", "operator", 2), "NAME_IN_USE", ""),
    ] {
        let refused = admin.create_system(request.clone()).await.unwrap_err();
        check(&refused, reason, fields, &format!("{request:?}"));
    }

    let token = |environment: &str, system: &str, seconds: i64| proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: environment.into(),
        system: system.into(),
        expire_time: Some(prost_types::Timestamp { seconds, nanos: 0 }),
        scope: None,
    };
    let later = 4_000_000_000;
    let nameless = proto::CreateTokenRequest {
        request_id: String::new(),
        ..token("production", "erp", later)
    };
    for (request, reason, fields) in [
        (nameless, "REQUEST_ID_REQUIRED", ""),
        (token("production", "erp", 1), "FIELD_INVALID", "expire_time"),
        (token("production", "erp", i64::MAX), "FIELD_INVALID", "expire_time"),
        (token("", "", i64::MIN), "FIELD_INVALID", "environment system expire_time"),
        (token("nowhere", "erp", later), "NOT_FOUND", ""),
        (token("production", "nobody", later), "NOT_FOUND", ""),
    ] {
        let refused = admin.create_token(request.clone()).await.unwrap_err();
        check(&refused, reason, fields, &format!("{request:?}"));
    }

    let revoke = |id: &str, token_id: &str| proto::RevokeTokenRequest {
        request_id: id.into(),
        token_id: token_id.into(),
    };
    for (request, reason, fields) in [
        (revoke("", "7"), "REQUEST_ID_REQUIRED", ""),
        (revoke("one", ""), "FIELD_INVALID", "token_id"),
        (revoke("one", "seven"), "FIELD_INVALID", "token_id"),
        (revoke("one", "9223372036854775808"), "FIELD_INVALID", "token_id"),
        (revoke("one", "7"), "NOT_FOUND", ""),
    ] {
        let refused = admin.revoke_token(request.clone()).await.unwrap_err();
        check(&refused, reason, fields, &format!("{request:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_shown_once() {
    let house = House::open().await;
    let request = proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: "production".into(),
        system: "erp".into(),
        expire_time: None,
        scope: None,
    };
    let mut admin = house.operator.admin();
    let first = admin.create_token(request.clone()).await.unwrap().into_inner();
    let again = admin.create_token(request).await.unwrap().into_inner();
    assert!(first.secret.starts_with("esk_"));
    assert_eq!((again.secret.as_str(), again.token), ("", first.token));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_revoked_twice_is_revoked_once() {
    let house = House::open().await;
    let token_id =
        create_token(&house.operator, "acme", "production", "erp").await.token.unwrap().token_id;
    let mut admin = house.operator.admin();
    let mut request = proto::RevokeTokenRequest { request_id: request_id(), token_id };
    let first = admin.revoke_token(request.clone()).await.unwrap().into_inner().token;
    request.request_id = request_id();
    let again = admin.revoke_token(request).await.unwrap().into_inner().token;
    assert!(first.as_ref().unwrap().revoke_time.is_some());
    assert_eq!(first, again);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_environment_permits_is_shown() {
    let house = House::open().await;
    let mut admin = house.operator.admin();
    let mut request = proto::UpdateEnvironmentRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        name: "production".into(),
        back_orders_allowed: false,
        over_shipment_tolerated: None,
    };
    let list = proto::ListEnvironmentsRequest::default();
    let before = admin.list_environments(list.clone()).await.unwrap().into_inner();
    assert!(before.environments[0].back_orders_allowed);
    let first = admin.update_environment(request.clone()).await.unwrap().into_inner();
    let after = admin.list_environments(list).await.unwrap().into_inner();
    assert!(!after.environments[0].back_orders_allowed);
    let again = admin.update_environment(request.clone()).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first);
    request.back_orders_allowed = true;
    let refused = admin.update_environment(request).await.unwrap_err();
    check(&refused, "REQUEST_ID_REUSED", "", "other content");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_in_pages() {
    let house = House::open().await;
    house.other_world().await;
    let mut admin = house.operator.admin();
    for name in ["b", "a", "c"] {
        let request = proto::CreateTenantRequest { request_id: request_id(), name: name.into() };
        admin.create_tenant(request).await.unwrap();
    }
    let mut names = Vec::new();
    let mut request = proto::ListTenantsRequest { page_size: 3, ..Default::default() };
    loop {
        let page = admin.list_tenants(request.clone()).await.unwrap().into_inner();
        names.push(page.tenants.into_iter().map(|it| it.name).collect::<Vec<_>>().join(" "));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(names, ["a acme b", "c"]);

    let mut seen = Vec::new();
    let mut request = proto::ListSystemsRequest { page_size: 3, ..Default::default() };
    loop {
        let page = admin.list_systems(request.clone()).await.unwrap().into_inner();
        seen.extend(page.systems.into_iter().map(|it| format!("{}/{}", it.environment, it.name)));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    let expected = ["erp", "shop-a", "shop-b", "tool"];
    let expected: Vec<_> = ["production", "staging"]
        .iter()
        .flat_map(|world| expected.map(|it| format!("{world}/{it}")))
        .collect();
    assert_eq!(seen, expected);

    let page = proto::ListTokensRequest { page_size: 1, ..Default::default() };
    let tokens = admin.list_tokens(page.clone()).await.unwrap().into_inner();
    assert_eq!((tokens.tokens.len(), &*tokens.tokens[0].system), (1, ""), "the operator's first");
    let staging = proto::ListTokensRequest {
        tenant: "acme".into(),
        environment: "staging".into(),
        ..Default::default()
    };
    let of_staging = admin.list_tokens(staging.clone()).await.unwrap().into_inner().tokens;
    assert_eq!(of_staging.len(), 4);
    let of = proto::ListEnvironmentsRequest { tenant: "a".into(), ..Default::default() };
    assert!(admin.list_environments(of).await.unwrap().into_inner().environments.is_empty());

    let foreign = proto::ListTokensRequest { page_token: tokens.next_page_token, ..staging };
    let refused = admin.list_tokens(foreign).await.unwrap_err();
    check(&refused, "PAGE_TOKEN_INVALID", "", "another filter");
    let negative = proto::ListTenantsRequest { page_size: -1, ..Default::default() };
    check(&admin.list_tenants(negative).await.unwrap_err(), "FIELD_INVALID", "page_size", "-1");
    let wrong = proto::ListSystemsRequest {
        tenant: "a b".into(),
        environment: "a\0".into(),
        ..Default::default()
    };
    let refused = admin.list_systems(wrong).await.unwrap_err();
    check(&refused, "FIELD_INVALID", "tenant environment", "filters");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_restore_begins_a_new_incarnation_once() {
    let house = House::open().await;
    let mut admin = house.operator.admin();
    let declare = |id: &str| proto::DeclareRestoreRequest { request_id: id.into() };
    let first = admin.declare_restore(declare("one")).await.unwrap().into_inner();
    assert_eq!(first.incarnation, 2);
    assert!(1_000_000_000 < first.revision);
    let again = admin.declare_restore(declare("one")).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first);
    let second = admin.declare_restore(declare("two")).await.unwrap().into_inner();
    assert_eq!(second.incarnation, 3);
    for (id, reason, fields) in
        [("", "REQUEST_ID_REQUIRED", ""), ("a b", "FIELD_INVALID", "request_id")]
    {
        check(&admin.declare_restore(declare(id)).await.unwrap_err(), reason, fields, id);
    }
    let request = proto::CreateTenantRequest { request_id: request_id(), name: "later".into() };
    let created = admin.create_tenant(request).await.unwrap().into_inner();
    assert_eq!(created.revision, second.revision + 1, "dense within an incarnation");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_moved_is_found_out_at_the_start() {
    let house = House::open().await;
    for (column, incarnation) in [("system_identifier", 2), ("timeline", 3)] {
        // As if the rows had been written in another cluster, or before a restore.
        let mut owner = house.database.connect().await.unwrap();
        let moved = format!("update incarnation set {column} = {column} - 1");
        sqlx::query(sqlx::AssertSqlSafe(moved)).execute(&mut owner).await.unwrap();
        for _ in 0..2 {
            let (server, _) = serve(&house.database, &house.clock).await;
            let token = create_token(&house.operator, "acme", "production", "erp").await.secret;
            let erp = erpsync_client::Connection::open(&address(&server), &token).await.unwrap();
            let facts = erp.server_info().get_server_info(proto::GetServerInfoRequest {}).await;
            assert_eq!(facts.unwrap().into_inner().incarnation, incarnation, "{column}");
        }
    }
    let mut owner = house.database.connect().await.unwrap();
    let behind: i64 = sqlx::query_scalar(
        "
        select count(*)
        from tenant_environment as one
        where coalesce((select max(revision) from log where environment = one.number), 0)
            < 2000000000
        ",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(behind, 0, "environments that did not jump, though readers may know of more");
}

#[track_caller]
fn check(refused: &Status, reason: &str, fields: &str, what: &str) {
    let told = refusal(refused).unwrap_or_else(|| panic!("{what}: no reason in {refused:?}"));
    let paths: Vec<_> = told.fields.iter().map(|it| it.0.as_str()).collect();
    assert_eq!((told.reason.as_str(), &*paths.join(" ")), (reason, fields), "{what}");
}
