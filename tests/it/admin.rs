use erpsync_client::{proto, refusal};

use crate::kit::{House, request_id};

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
    let again = admin.create_tenant(request("one", "bolts")).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first.into_inner());

    let cases = [
        (request("one", "nuts"), "REQUEST_ID_REUSED"),
        (request("two", "bolts"), "NAME_IN_USE"),
        (request("", "nuts"), "REQUEST_ID_REQUIRED"),
        (request("three", ""), "FIELD_INVALID"),
        (request("three", "a\0b"), "FIELD_INVALID"),
        (request("a b", "nuts"), "FIELD_INVALID"),
        (request("three", &"a".repeat(65)), "FIELD_INVALID"),
    ];
    for (request, reason) in cases {
        let refused = admin.create_tenant(request.clone()).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().reason, reason, "{request:?}");
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
    };
    let mut admin = house.operator.admin();
    let first = admin.create_token(request.clone()).await.unwrap().into_inner();
    let again = admin.create_token(request).await.unwrap().into_inner();
    assert!(first.secret.starts_with("esk_"));
    assert_eq!((again.secret.as_str(), again.token), ("", first.token));
}
