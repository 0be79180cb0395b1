//! A database that was restored from a copy is another life of it.

use erpsync::clock::Clock;
use erpsync_client::{proto, refusal};

use crate::kit::trade::{level, set};
use crate::kit::{Folder, Process, address, copy_of, serve};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_in_another_cluster_is_another_incarnation() {
    let folder = Folder::new("restored");
    let old = Process::start(folder.path());
    let (erp, shop) =
        (old.connect("demo/production/erp").await, old.connect("demo/production/shop-a").await);
    set(&erp, "mug", "5").await;
    let read = proto::ReadStockChangesRequest::default();
    let begun = shop.stock().read_stock_changes(read).await.unwrap().into_inner();
    let copy = copy_of(&old).await;
    // What the copy does not have, and a reader was told of.
    set(&erp, "mug", "7").await;
    let head = |it: &erpsync_client::Connection| {
        let changes = it.changes();
        async move { { changes }.get_head(proto::GetHeadRequest {}).await.unwrap().into_inner() }
    };
    let before = head(&erp).await;
    assert_eq!(before.incarnation, 1);

    let (new, _) = serve(&copy, &Clock::default()).await;
    let (erp, shop) =
        (erp.moved(&address(&new)).await.unwrap(), shop.moved(&address(&new)).await.unwrap());
    let after = head(&erp).await;
    assert_eq!(after.incarnation, 2);
    assert!(1_000_000 < after.revision - before.revision, "no revision is used twice");
    assert_eq!(level(&shop, "mug").await, "5/0/0");

    let token = begun.resume_token;
    let read = |resume_token: String, on_expired: proto::OnExpired| {
        let on_expired = on_expired.into();
        proto::ReadStockChangesRequest { resume_token, on_expired, ..Default::default() }
    };
    let refused = read(token.clone(), proto::OnExpired::Unspecified);
    let refused = shop.stock().read_stock_changes(refused).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "RESUME_TOKEN_FOREIGN");
    let afresh = read(token, proto::OnExpired::Snapshot);
    let afresh = shop.stock().read_stock_changes(afresh).await.unwrap().into_inner();
    assert!(afresh.snapshot && afresh.levels[0].on_hand == "5");
    new.stop().await.unwrap();
}
