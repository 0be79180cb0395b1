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
