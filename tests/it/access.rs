use erpsync_client::{Connection, proto, refusal};
use tonic::Code;

use crate::kit::House;

#[tokio::test(flavor = "multi_thread")]
async fn only_good_tokens_open_the_door() {
    let house = House::open().await;
    let info = proto::GetServerInfoRequest {};
    let facts = house.shop.server_info().get_server_info(info).await.unwrap().into_inner();
    assert_eq!(
        (&*facts.tenant, &*facts.environment, &*facts.system),
        ("acme", "production", "shop-a")
    );
    assert_eq!(facts.incarnation, 1);

    for token in ["", "nonsense", "esk_1_AAAA", "esk_7_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        let stranger = Connection::open(&house.address(), token).await.unwrap();
        let refused = stranger.server_info().get_server_info(info).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated, "{token}");
        assert_eq!(refusal(&refused).unwrap().reason, "TOKEN_INVALID", "{token}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_and_systems_keep_to_their_own() {
    let house = House::open().await;
    let refused =
        house.erp.admin().list_tenants(proto::ListTenantsRequest::default()).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    assert_eq!(refusal(&refused).unwrap().reason, "SCOPE_MISSING");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_when_its_time_is_over() {
    let house = House::open().await;
    let in_an_hour = std::time::SystemTime::now() + std::time::Duration::from_secs(3600);
    let request = proto::CreateTokenRequest {
        request_id: crate::kit::request_id(),
        tenant: "acme".into(),
        environment: "production".into(),
        system: "tool".into(),
        expire_time: Some(in_an_hour.into()),
    };
    let created = house.operator.admin().create_token(request).await.unwrap().into_inner();
    let guest = Connection::open(&house.address(), &created.secret).await.unwrap();
    let info = proto::GetServerInfoRequest {};
    guest.server_info().get_server_info(info).await.unwrap();
    house.clock.advance(std::time::Duration::from_secs(3601));
    let refused = guest.server_info().get_server_info(info).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "TOKEN_INVALID");
}
