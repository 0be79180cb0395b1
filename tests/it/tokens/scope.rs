//! Tokens that may call less than their system.

use erpsync_client::{proto, refusal};
use tonic::Code;

use crate::kit::{Door, House, Http, post, reason, request_id};

fn asked(system: &str, scope: Option<proto::TokenScope>) -> proto::CreateTokenRequest {
    proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: "acme".into(),
        environment: "production".into(),
        system: system.into(),
        expire_time: None,
        scope,
    }
}

fn scope(read_only: bool, calls: &[&str]) -> Option<proto::TokenScope> {
    let calls = calls.iter().map(|it| (*it).to_owned()).collect();
    Some(proto::TokenScope { read_only, calls })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_may_call_less_than_its_system() {
    let house = House::open().await;
    let mut door = Door::open(&house.address()).await;
    const CALLS: [&str; 6] = [
        "StockService/GetStock",
        "StockService/SetStock",
        "OrderService/ListOrders",
        "InboxService/AcknowledgeTasks",
        "OrderService/SubmitOrder",
        "AdminService/ListTenants",
    ];
    // The scope, what of the above it may call, and how that reads.
    let cases = [
        (None, &CALLS[..4], ""),
        (scope(false, &[]), &CALLS[..4], ""),
        (scope(true, &[]), &[CALLS[0], CALLS[2]], "reads"),
        (scope(false, &["StockService"]), &CALLS[..2], "StockService"),
        (scope(true, &["StockService"]), &CALLS[..1], "reads of StockService"),
        (
            scope(false, &[CALLS[3], CALLS[0]]),
            &[CALLS[0], CALLS[3]],
            "InboxService/AcknowledgeTasks, StockService/GetStock",
        ),
        (scope(true, &[CALLS[1]]), &[], "reads of StockService/SetStock"),
    ];
    for (scope, may, reads) in cases {
        let request = asked("erp", scope.clone());
        let created = house.operator.admin().create_token(request).await.unwrap().into_inner();
        let token = created.secret;
        let told = created.token.unwrap().scope;
        assert_eq!(told.is_none(), reads.is_empty());
        for call in CALLS {
            let answer = door.say(&format!("erpsync.v1.{call}"), &token, ()).await;
            let refused = answer.err().filter(|it| reason(it) == "SCOPE_MISSING");
            assert_eq!(refused.is_none(), may.contains(&call), "{call} by {scope:?}");
            let Some(refused) = refused else { continue };
            assert_eq!(refused.code(), Code::PermissionDenied);
            let facts = refusal(&refused).unwrap().metadata;
            assert_eq!(facts["method"], format!("erpsync.v1.{call}"));
            // What the kind may not call is told so, whatever the token may.
            let of_kind = CALLS[4..].contains(&call);
            let scope = if of_kind { None } else { Some(reads) };
            assert_eq!(facts.get("scope").map(String::as_str), scope, "{call}");
        }
        let info = house.erp.with_token(&token).unwrap();
        let info = info.server_info().get_server_info(proto::GetServerInfoRequest {}).await;
        assert_eq!(info.unwrap().into_inner().scope, told, "who may little may know who it is");
    }
    let listed = house.operator.admin().list_tokens(proto::ListTokensRequest::default()).await;
    let listed = listed.unwrap().into_inner().tokens;
    assert_eq!(listed.iter().filter(|it| it.scope.is_some()).count(), 5);

    // The same over the other wires.
    let request = asked("erp", scope(true, &[]));
    let token = house.operator.admin().create_token(request).await.unwrap().into_inner().secret;
    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/json"), ("authorization", &*bearer)];
    for (call, status) in [("StockService/SetStock", 403), ("StockService/ListStock", 200)] {
        let heard = Http::One.say(&house.address(), post(call, &headers, "{}")).await;
        assert_eq!(heard.status, status, "{call}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_names_what_there_is() {
    let house = House::open().await;
    let mut admin = house.operator.admin();
    let too_many = vec!["StockService"; 101];
    let cases = [
        ("erp", scope(false, &["StockService/Get"]), "scope.calls[0]"),
        ("erp", scope(false, &["StockService", "", "stock"]), "scope.calls[1] scope.calls[2]"),
        ("erp", scope(false, &["erpsync.v1.StockService"]), "scope.calls[0]"),
        ("erp", scope(false, &too_many), "scope.calls"),
        ("erp", scope(false, &["StockService", "AdminService"]), "scope.calls"),
        ("shop-a", scope(false, &["StockService/SetStock"]), "scope.calls"),
    ];
    for (system, scope, paths) in cases {
        let refused = admin.create_token(asked(system, scope.clone())).await.unwrap_err();
        assert_eq!(reason(&refused), "FIELD_INVALID", "{scope:?}");
        let fields = refusal(&refused).unwrap().fields;
        let fields: Vec<_> = fields.into_iter().map(|(path, _)| path).collect();
        assert_eq!(fields.join(" "), paths, "{scope:?}");
    }
    // Other content under the same id is another token.
    let first = asked("erp", None);
    admin.create_token(first.clone()).await.unwrap();
    let same = proto::CreateTokenRequest { scope: scope(false, &[]), ..first.clone() };
    assert_eq!(admin.create_token(same).await.unwrap().into_inner().secret, "");
    let other = proto::CreateTokenRequest { scope: scope(true, &[]), ..first };
    let refused = admin.create_token(other).await.unwrap_err();
    assert_eq!(reason(&refused), "REQUEST_ID_REUSED");
}
