//! How often a token may call.

use std::time::{Duration, Instant};

use erpsync::config;
use erpsync_client::{Connection, proto, refusal};
use tonic::Code;

use crate::kit::trade::set;
use crate::kit::{House, Http, address, post, serve_behind};

const INFO: &str = "ServerInfoService/GetServerInfo";
const EACH: usize = 12;

async fn info(connection: &Connection) -> Result<proto::GetServerInfoResponse, tonic::Status> {
    let asked = connection.server_info().get_server_info(proto::GetServerInfoRequest {}).await;
    asked.map(|it| it.into_inner())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_calls_as_often_as_it_may_over_whatever_wire() {
    let house = House::open().await;
    let door = config::Door { calls_per_second: 1, ..Default::default() };
    let server = serve_behind(&house.database, &house.clock, door).await;
    let at = address(&server);
    let (token, other) = (house.token("shop-a").await.secret, house.token("shop-a").await.secret);
    let shop = Connection::open(&at, &token).await.unwrap();

    // A stream is one call, however much it tells.
    let request = proto::WatchStockRequest::default();
    let mut watch = shop.stock().watch_stock(request).await.unwrap().into_inner();
    watch.message().await.unwrap().expect("where it begins");

    let begin = Instant::now();
    let mut calls = Vec::new();
    for _ in 0..EACH {
        let shop = shop.clone();
        calls.push(tokio::spawn(async move {
            let Err(refused) = info(&shop).await else { return true };
            assert_eq!(refused.code(), Code::ResourceExhausted);
            let told = refusal(&refused).unwrap();
            assert_eq!(told.reason, "RATE_LIMITED");
            assert_eq!(told.metadata["calls_per_second"], "1");
            assert!(told.retry_after.unwrap() <= Duration::from_secs(1));
            false
        }));
        for (http, content_type) in [
            (Http::One, "application/json"),
            (Http::Two, "application/json"),
            (Http::One, "application/grpc-web+proto"),
        ] {
            let (at, bearer) = (at.clone(), format!("Bearer {token}"));
            calls.push(tokio::spawn(async move {
                let headers = [("content-type", content_type), ("authorization", &*bearer)];
                let is_json = content_type == "application/json";
                let body = if is_json { b"{}".to_vec() } else { vec![0; 5] };
                let heard = http.say(&at, post(INFO, &headers, body)).await;
                match (is_json, heard.status.as_u16(), heard.header("grpc-status")) {
                    (true, 200, _) | (false, 200, "") => true,
                    (true, 429, _) => {
                        assert!(heard.text().contains("RATE_LIMITED"), "{}", heard.text());
                        assert!(heard.text().contains("retryDelay"), "{}", heard.text());
                        false
                    }
                    (false, 200, "8") => false,
                    other => panic!("{content_type}: {other:?}"),
                }
            }));
        }
    }
    let mut let_in = 0;
    for call in calls {
        let_in += usize::from(call.await.unwrap());
    }
    // One was the stream; what a second gives is given meanwhile.
    let meanwhile = begin.elapsed().as_secs() as usize + 1;
    assert!((1..=1 + meanwhile).contains(&let_in), "{let_in} in {meanwhile} s");
    assert!(info(&shop.with_token(&other).unwrap()).await.is_ok(), "others have their own");

    // The stream goes on, and whoever waits as told is let in.
    set(&house.erp, "mug", "5").await;
    while let Some(said) = watch.message().await.unwrap() {
        if matches!(said.event, Some(proto::watch_stock_response::Event::Changes(_))) {
            break;
        }
    }
    while let Err(refused) = info(&shop).await {
        tokio::time::sleep(refusal(&refused).unwrap().retry_after.unwrap()).await;
    }
    server.stop().await.unwrap();
}
