//! What operators do from the command line.

use std::process::Command;

use erpsync_client::{Connection, proto, refusal};

use crate::kit::{House, create_token};

/// What `erpsync admin …` prints, and whether it went well.
fn admin(house: &House, token: &str, words: &str) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_erpsync"))
        .args(["admin", "--address", &house.address(), "--token", token])
        .args(words.split_whitespace())
        .output()
        .expect("the binary");
    let text = if done.status.success() { done.stdout } else { done.stderr };
    (done.status.success(), String::from_utf8(text).expect("text"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_makes_a_world_and_closes_a_door() {
    let house = House::open().await;
    let token = create_token(&house.operator, "", "", "").await.secret;
    let well = |words: &str| {
        let (well, text) = admin(&house, &token, words);
        assert!(well, "{words}: {text}");
        text
    };
    well("tenant create globex");
    assert!(well("tenant list").contains("globex"));
    well("environment create globex live");
    well("environment update globex live --back-orders-allowed false");
    assert!(well("environment list globex").contains("live"));
    well("system create globex live webshop shop");
    assert!(well("system list globex live").contains("webshop"));

    let printed = well("token create globex live webshop --expires-in-days 7");
    let secret = printed.split_whitespace().find(|it| it.starts_with("esk_")).expect("a secret");
    let shop = Connection::open(&house.address(), secret).await.unwrap();
    let info = proto::GetServerInfoRequest {};
    let facts = shop.server_info().get_server_info(info).await.unwrap().into_inner();
    assert_eq!((&*facts.tenant, &*facts.system), ("globex", "webshop"));

    let listed = well("token list globex live");
    assert!(!listed.contains(secret), "secrets are shown once");
    let id = secret.split('_').nth(1).expect("an id");
    assert!(listed.contains(id), "{listed}");
    well(&format!("token revoke {id}"));
    let refused = shop.server_info().get_server_info(info).await.unwrap_err();
    assert_eq!(refusal(&refused).unwrap().reason, "TOKEN_INVALID");

    let printed = well("token create globex live webshop --read-only --call StockService");
    let secret = printed.trim();
    let id = secret.split('_').nth(1).expect("an id");
    let listed = well("token list globex live");
    let line = listed.lines().find(|it| it.starts_with(id)).expect("it is listed");
    assert!(line.contains("read StockService"), "{line}");
    let rotated = well(&format!("token rotate {id} --overlap-hours 1"));
    assert!(rotated.starts_with(&format!("esk_{id}_")) && rotated.trim() != secret, "{rotated}");
    for secret in [secret, rotated.trim()] {
        let shop = Connection::open(&house.address(), secret).await.unwrap();
        let facts = shop.server_info().get_server_info(info).await.unwrap().into_inner();
        assert!(facts.scope.expect("a scope").read_only);
    }
    let listed = well("token list globex live");
    assert!(listed.contains("before good until"), "{listed}");

    assert!(well("token create --operator").contains("esk_"));
    well("restore declare");
    let facts = house.shop.server_info().get_server_info(info).await.unwrap().into_inner();
    assert_eq!(facts.incarnation, 2);

    let (well, text) = admin(&house, &token, "tenant create globex");
    assert!(!well && text.contains("globex"), "{text}");
    let (well, _) = admin(&house, "esk_1_nonsense", "tenant list");
    assert!(!well);
}
