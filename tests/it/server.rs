use erpsync_client::{Connection, proto};

use crate::kit::{House, address, request_id, serve};

async fn system(connection: &Connection) -> String {
    let request = proto::GetServerInfoRequest {};
    connection.server_info().get_server_info(request).await.unwrap().into_inner().system
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_on_one_database_are_one() {
    let house = House::open().await;
    let (second, first_tokens) = serve(&house.database, &house.clock).await;
    assert!(first_tokens.is_none(), "only an empty database gets tokens");
    for (connection, name) in
        [(&house.erp, "erp"), (&house.shop_b, "shop-b"), (&house.tool, "tool")]
    {
        let there = connection.moved(&address(&second)).await.unwrap();
        assert_eq!((system(connection).await, system(&there).await), (name.into(), name.into()));
    }
    let operator = house.operator.moved(&address(&second)).await.unwrap();
    let request = proto::CreateTenantRequest { request_id: request_id(), name: "bolts".into() };
    let first = operator.admin().create_tenant(request.clone()).await.unwrap();
    let again = house.operator.admin().create_tenant(request).await.unwrap();
    assert_eq!(again.metadata().get("erpsync-replayed").unwrap(), "true");
    assert_eq!(again.into_inner(), first.into_inner());
    second.stop().await.unwrap();
    house.server.stop().await.unwrap();
}
