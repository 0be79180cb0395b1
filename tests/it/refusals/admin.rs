use super::{BAD_PAGES, NUL, Tried, long, message, told};

pub async fn check(tried: &mut Tried) {
    writes(tried).await;
    lists(tried).await;
}

async fn writes(tried: &mut Tried) {
    let cases = [
        (message!(CreateTenantRequest {}), "REQUEST_ID_REQUIRED"),
        (message!(CreateTenantRequest { request_id: NUL }), "FIELD_INVALID request_id name"),
        (
            message!(CreateTenantRequest { request_id: long(65), name: long(65) }),
            "FIELD_INVALID request_id name",
        ),
        (message!(CreateTenantRequest { request_id: "r", name: "acme" }), "NAME_IN_USE"),
    ];
    tried
        .table("AdminService/CreateTenant", cases, async |house, it| {
            told(house.operator.admin().create_tenant(it).await)
        })
        .await;

    let cases = [
        (message!(CreateEnvironmentRequest { tenant: "acme" }), "REQUEST_ID_REQUIRED"),
        (
            message!(CreateEnvironmentRequest { request_id: "a b", tenant: NUL, name: long(65) }),
            "FIELD_INVALID request_id tenant name",
        ),
        (
            message!(CreateEnvironmentRequest { request_id: "r", tenant: "nobody", name: "n" }),
            "NOT_FOUND",
        ),
        (
            message!(CreateEnvironmentRequest {
                request_id: "r",
                tenant: "acme",
                name: "production"
            }),
            "NAME_IN_USE",
        ),
    ];
    tried
        .table("AdminService/CreateEnvironment", cases, async |house, it| {
            told(house.operator.admin().create_environment(it).await)
        })
        .await;

    let cases = [
        (message!(UpdateEnvironmentRequest {}), "REQUEST_ID_REQUIRED"),
        (
            message!(UpdateEnvironmentRequest { request_id: NUL, tenant: NUL, name: long(65) }),
            "FIELD_INVALID request_id tenant name",
        ),
        (
            message!(UpdateEnvironmentRequest { request_id: "r", tenant: "acme", name: "nowhere" }),
            "NOT_FOUND",
        ),
    ];
    tried
        .table("AdminService/UpdateEnvironment", cases, async |house, it| {
            told(house.operator.admin().update_environment(it).await)
        })
        .await;

    let system = message!(CreateSystemRequest {
        request_id: "r",
        tenant: "acme",
        environment: "production",
        name: "erp",
        kind: 1
    });
    let cases = [
        (message!(CreateSystemRequest { kind: 1 }), "REQUEST_ID_REQUIRED"),
        (
            message!(CreateSystemRequest {
                request_id: NUL,
                tenant: NUL,
                environment: "",
                name: long(65),
                kind: 99
            }),
            "FIELD_INVALID request_id tenant environment name kind",
        ),
        (message!(CreateSystemRequest { kind: -1, ..system }), "FIELD_INVALID kind"),
        (message!(CreateSystemRequest { kind: 4, ..system }), "FIELD_INVALID kind"),
        (message!(CreateSystemRequest { environment: "nowhere", ..system }), "NOT_FOUND"),
        (system, "NAME_IN_USE"),
    ];
    tried
        .table("AdminService/CreateSystem", cases, async |house, it| {
            told(house.operator.admin().create_system(it).await)
        })
        .await;

    let at = |seconds, nanos| prost_types::Timestamp { seconds, nanos };
    let token = message!(CreateTokenRequest {
        request_id: "r",
        tenant: "acme",
        environment: "production",
        system: "nobody"
    });
    let cases = [
        (message!(CreateTokenRequest {}), "REQUEST_ID_REQUIRED"),
        (
            message!(CreateTokenRequest {
                request_id: NUL,
                tenant: NUL,
                environment: "",
                system: long(65),
                expire_time: at(i64::MAX, -1)
            }),
            "FIELD_INVALID request_id tenant environment system expire_time",
        ),
        (
            message!(CreateTokenRequest { expire_time: at(i64::MIN, 0), ..token }),
            "FIELD_INVALID expire_time",
        ),
        (
            message!(CreateTokenRequest { expire_time: at(4_000_000_000, 1_000_000_000), ..token }),
            "FIELD_INVALID expire_time",
        ),
        (token, "NOT_FOUND"),
    ];
    tried
        .table("AdminService/CreateToken", cases, async |house, it| {
            told(house.operator.admin().create_token(it).await)
        })
        .await;

    let overlap = |seconds| Some(prost_types::Duration { seconds, nanos: 0 });
    let cases = [
        (message!(RotateTokenRequest { token_id: "1" }), "REQUEST_ID_REQUIRED"),
        (
            message!(RotateTokenRequest { request_id: NUL, token_id: "-1", overlap: overlap(-1) }),
            "FIELD_INVALID request_id token_id overlap",
        ),
        (
            message!(RotateTokenRequest {
                request_id: "r",
                token_id: "1",
                overlap: overlap(30 * 24 * 60 * 60 + 1)
            }),
            "FIELD_INVALID overlap",
        ),
        (message!(RotateTokenRequest { request_id: "r", token_id: "4711" }), "NOT_FOUND"),
    ];
    tried
        .table("AdminService/RotateToken", cases, async |house, it| {
            told(house.operator.admin().rotate_token(it).await)
        })
        .await;

    let cases = [
        (message!(RevokeTokenRequest { token_id: "1" }), "REQUEST_ID_REQUIRED"),
        (
            message!(RevokeTokenRequest { request_id: NUL, token_id: "-1" }),
            "FIELD_INVALID request_id token_id",
        ),
        (
            message!(RevokeTokenRequest { request_id: "r", token_id: "9223372036854775808" }),
            "FIELD_INVALID token_id",
        ),
        (message!(RevokeTokenRequest { request_id: "r", token_id: "4711" }), "NOT_FOUND"),
    ];
    tried
        .table("AdminService/RevokeToken", cases, async |house, it| {
            told(house.operator.admin().revoke_token(it).await)
        })
        .await;

    let cases = [
        (message!(DeclareRestoreRequest {}), "REQUEST_ID_REQUIRED"),
        (message!(DeclareRestoreRequest { request_id: long(65) }), "FIELD_INVALID request_id"),
        (message!(DeclareRestoreRequest { request_id: NUL }), "FIELD_INVALID request_id"),
    ];
    tried
        .table("AdminService/DeclareRestore", cases, async |house, it| {
            told(house.operator.admin().declare_restore(it).await)
        })
        .await;
}

async fn lists(tried: &mut Tried) {
    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListTenantsRequest { page_size: size, page_token: token }), expected)
    });
    tried
        .table("AdminService/ListTenants", pages, async |house, it| {
            told(house.operator.admin().list_tenants(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListEnvironmentsRequest { page_size: size, page_token: token }), expected)
    });
    let names = [NUL.to_owned(), long(65)];
    let names =
        names.map(|it| (message!(ListEnvironmentsRequest { tenant: it }), "FIELD_INVALID tenant"));
    tried
        .table(
            "AdminService/ListEnvironments",
            pages.into_iter().chain(names),
            async |house, it| told(house.operator.admin().list_environments(it).await),
        )
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListSystemsRequest { page_size: size, page_token: token }), expected)
    });
    let names = (
        message!(ListSystemsRequest { tenant: NUL, environment: long(65) }),
        "FIELD_INVALID tenant environment",
    );
    tried
        .table("AdminService/ListSystems", pages.into_iter().chain([names]), async |house, it| {
            told(house.operator.admin().list_systems(it).await)
        })
        .await;

    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListTokensRequest { page_size: size, page_token: token }), expected)
    });
    let names = (
        message!(ListTokensRequest { tenant: long(65), environment: NUL }),
        "FIELD_INVALID tenant environment",
    );
    tried
        .table("AdminService/ListTokens", pages.into_iter().chain([names]), async |house, it| {
            told(house.operator.admin().list_tokens(it).await)
        })
        .await;
}
