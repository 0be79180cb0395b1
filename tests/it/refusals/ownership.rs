use super::{BAD_PAGES, NUL, Tried, long, message, told};

pub async fn check(tried: &mut Tried) {
    let good = message!(SetOwnershipRequest { request_id: "r", data_set: 1, leader: "erp" });
    let cases = vec![
        (message!(SetOwnershipRequest { request_id: "", ..good }), "REQUEST_ID_REQUIRED"),
        (
            message!(SetOwnershipRequest {
                request_id: NUL,
                data_set: 99,
                location: long(65),
                leader: NUL,
                policy: 99
            }),
            "FIELD_INVALID request_id data_set location leader policy",
        ),
        (message!(SetOwnershipRequest { data_set: 0, ..good }), "FIELD_INVALID data_set"),
        // Only an ERP can state stock.
        (message!(SetOwnershipRequest { leader: "shop-a", ..good }), "FIELD_INVALID leader"),
        (message!(SetOwnershipRequest { leader: "nobody", ..good }), "NOT_FOUND"),
    ];
    tried
        .table("OwnershipService/SetOwnership", cases, async |house, it| {
            told(house.tool.ownership().set_ownership(it).await)
        })
        .await;

    let good = message!(GetOwnershipRequest { data_set: 1 });
    let cases = vec![
        (
            message!(GetOwnershipRequest { data_set: 0, location: NUL }),
            "FIELD_INVALID data_set location",
        ),
        (
            message!(GetOwnershipRequest { at_least_revision: -1, ..good }),
            "FIELD_INVALID at_least_revision",
        ),
        (good, "NOT_FOUND"),
    ];
    tried
        .table("OwnershipService/GetOwnership", cases, async |house, it| {
            told(house.shop.ownership().get_ownership(it).await)
        })
        .await;

    let cases = BAD_PAGES.map(|(page_size, page_token, expected)| {
        (message!(ListOwnershipRequest { page_size: page_size, page_token: page_token }), expected)
    });
    tried
        .table("OwnershipService/ListOwnership", cases, async |house, it| {
            told(house.tool.ownership().list_ownership(it).await)
        })
        .await;
}
