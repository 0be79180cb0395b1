//! `erpsync stock`: stated, exported, read back.

use erpsync_client::proto;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::{Desk, cells, objects, said};
use crate::kit::trade::{compose, composition, level, order, set, submit};
use crate::kit::{create_token, request_id};

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_stated() {
    let desk = Desk::open("cli-set").await;
    assert_eq!(desk.erp("stock set MUG 5").await, "applied, at revision 1\n");
    assert_eq!(desk.erp("stock set MUG 5 --location main").await, "unchanged, at revision 1\n");
    assert_eq!(desk.erp("stock set MUG -2.5").await, "applied, at revision 2\n");
    assert_eq!(level(&desk.house.erp, "MUG").await, "-2.5/0/0");

    let numbered = "stock set CUP 7 --statement-sequence 3 --request-id mine --output json";
    let first = objects(&desk.erp(numbered).await).remove(0);
    assert_eq!(first["results"][0]["outcome"], "OUTCOME_APPLIED");
    assert_eq!(objects(&desk.erp(numbered).await)[0], first, "the same identity");
    let told = "stock set CUP 7 --available --orders-counted-through 3 --statement-sequence 4";
    desk.erp(told).await;

    // A refused row is told as such, whatever the format.
    for format in ["", "--output json"] {
        let said = desk.say("erp", &format!("stock set CUP 7 {format}")).await;
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.err.contains("STATEMENT_SEQUENCE_REQUIRED"), "{said:?}");
        assert!(said.out.to_lowercase().contains("refused"), "{said:?}");
    }
    let said = desk.say("shop-a", "stock set MUG 5").await;
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("may not call") && said.err.contains("SCOPE_MISSING"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_can_be_imported() {
    let desk = Desk::open("cli-export").await;
    let odd = "say \"hi\", or bye";
    for (sku, on_hand) in [("MUG", "5"), (odd, "2.5"), ("CUP", "-1")] {
        set(&desk.house.erp, sku, on_hand).await;
    }
    // Of a box nothing is kept: what is stated of it would count twice.
    compose(&desk.house.erp, vec![composition("BOX", 1, &[("MUG", "2")])]).await;
    submit(&desk.house.shop, order("a-1", &[("MUG", "2")])).await.unwrap();

    let file = desk.erp("stock export").await;
    let lines: Vec<_> = file.lines().collect();
    assert_eq!(
        lines,
        [
            "sku,location,on_hand,reserved,committed_elsewhere,sellable,back_ordered,revision",
            "CUP,main,-1,0,0,0,0,3",
            "MUG,main,5,2,0,3,0,5",
            "\"say \"\"hi\"\", or bye\",main,2.5,0,0,2.5,0,2",
        ]
    );
    desk.write("stock.csv", &file);
    assert_eq!(cells(&desk.erp("stock import stock.csv").await)[1], "unchanged|3");
    set(&desk.house.erp, "MUG", "9").await;
    // The same file is the same statement, unless somebody says so.
    let said = desk.say("erp", "stock import stock.csv").await;
    assert!(said.err.contains("stock.csv was imported already, and nothing was sent"), "{said:?}");
    assert_eq!((said.code, &*cells(&said.out)[1]), (0, "unchanged|3"));
    assert_eq!(level(&desk.house.erp, "MUG").await, "9/2/0");
    let again = desk.erp("stock import stock.csv --again").await;
    assert_eq!(cells(&again)[1..], ["applied|1", "unchanged|2"]);
    assert_eq!(level(&desk.house.erp, "MUG").await, "5/2/0");

    // Elsewhere nobody has stated it yet.
    desk.house.other_world().await;
    let staging = create_token(&desk.house.operator, "acme", "staging", "erp").await.secret;
    let there = desk.say("erp", &format!("stock import stock.csv --token {staging}")).await;
    assert_eq!(cells(&there.out)[1..], ["applied|3"], "{there:?}");

    assert_eq!(desk.erp("stock export --sku MUG").await.lines().count(), 2);
    assert_eq!(desk.erp("stock export --location store").await.lines().count(), 1);
    let levels = objects(&desk.erp("stock export --output json").await);
    let told: Vec<_> = levels.iter().map(|it| (&it["sku"], &it["onHand"])).collect();
    assert_eq!(told[2], (&odd.into(), &"2.5".into()));
}

/// `erpsync stock export | head`: who has read enough is no failure.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_need_read_to_the_end() {
    let desk = Desk::open("cli-head").await;
    for thousand in 0..4 {
        let reading = |nth: usize| proto::StockReading {
            sku: format!("an article of which there are many {thousand}-{nth}"),
            on_hand: "1".into(),
            ..Default::default()
        };
        let request = proto::SetStockRequest {
            request_id: request_id(),
            readings: (0..1_000).map(reading).collect(),
        };
        desk.house.erp.stock().set_stock(request).await.unwrap();
    }
    for words in ["stock export", "stock export --output json"] {
        let mut child = desk.command("erp", words).await.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
        assert!(!line.is_empty());
        let done = child.wait_with_output().await.unwrap();
        assert_eq!(String::from_utf8(done.stderr).unwrap(), "", "{words}");
        assert_eq!(done.status.code(), Some(0), "{words}");
    }
    // All of it is more than a pipe holds, or the above has shown nothing.
    let all = said(desk.command("erp", "stock export").await, "").await;
    assert!(128 * 1024 < all.out.len() && all.out.lines().count() == 4_001);
}
