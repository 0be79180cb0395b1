//! Lists, page after page.

use erpsync_client::proto::{ListStockRequest, ListStockResponse, StockLevel};
use tonic::{Code, Status};

use crate::fake::{Answer, Fake, away, bytes, refused};

fn page(skus: &[&str], next: &str) -> Answer {
    let level = |it: &&str| StockLevel { sku: (*it).to_owned(), ..Default::default() };
    let levels = skus.iter().map(level).collect();
    Answer::Message(bytes(&ListStockResponse { levels, next_page_token: next.into() }))
}

async fn listed(script: Vec<Answer>) -> (Vec<Result<String, Status>>, Vec<String>) {
    let fake = Fake::start(script).await;
    let request = ListStockRequest { location: "main".into(), ..Default::default() };
    let mut listing = fake.connect().await.list(request);
    let mut items = Vec::new();
    while let Some(item) = listing.next().await {
        items.push(item.map(|it| it.sku));
    }
    let asked: Vec<ListStockRequest> = fake.heard().iter().map(|it| it.read()).collect();
    assert!(asked.iter().all(|it| it.location == "main"));
    (items, asked.into_iter().map(|it| it.page_token).collect())
}

#[tokio::test]
async fn a_list_is_all_its_pages() {
    let script = vec![page(&["A", "B"], "two"), page(&[], "three"), away(), page(&["C"], "")];
    let (items, asked) = listed(script).await;
    let items: Vec<_> = items.into_iter().map(Result::unwrap).collect();
    assert_eq!(items, ["A", "B", "C"]);
    assert_eq!(asked, ["", "two", "three", "three"]);

    let (items, asked) = listed(vec![page(&[], "")]).await;
    assert_eq!((items.len(), asked.len()), (0, 1));
}

#[tokio::test]
async fn a_refusal_ends_it() {
    let refused = refused(Code::InvalidArgument, "PAGE_TOKEN_INVALID", None);
    let (items, asked) = listed(vec![page(&["A"], "two"), Answer::Refused(refused)]).await;
    let codes: Vec<_> = items.into_iter().map(|it| it.map_err(|it| it.code())).collect();
    assert_eq!(codes, [Ok("A".to_owned()), Err(Code::InvalidArgument)]);
    assert_eq!(asked, ["", "two"]);

    let fake = Fake::start([page(&["A"], "two"), away(), page(&["B"], "")]).await;
    let all = fake.connect().await.list(ListStockRequest::default()).all().await.unwrap();
    assert_eq!(all.len(), 2);
}
