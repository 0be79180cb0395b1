//! The wires beside gRPC: Connect, plain JSON and gRPC-Web, over HTTP/1.1 and HTTP/2.

mod asked;
mod bad;
mod single;
mod streams;
mod web;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use erpsync::access::SystemKind;
use prost::Message as _;
use serde_json::Value;

use crate::kit::{Heard, House, Http, create_token};

const BOTH: [Http; 2] = [Http::One, Http::Two];

/// Headers of a call in JSON.
fn json(token: &str) -> Vec<(&'static str, String)> {
    vec![("content-type", "application/json".into()), ("authorization", format!("Bearer {token}"))]
}

/// Says one thing in JSON, and hears all of the answer.
async fn say(house: &House, http: Http, token: &str, method: &str, body: &str) -> Heard {
    let headers = json(token);
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, &**value)).collect();
    http.say(&house.address(), crate::kit::post(method, &headers, body.to_owned())).await
}

/// A token of each kind of system.
async fn tokens(house: &House) -> Vec<(SystemKind, String)> {
    let mut tokens = Vec::new();
    for (kind, system) in
        [(SystemKind::Erp, "erp"), (SystemKind::Shop, "shop-a"), (SystemKind::Tool, "tool")]
    {
        tokens.push((kind, house.token(system).await.secret));
    }
    let operator = create_token(&house.operator, "", "", "").await.secret;
    tokens.push((SystemKind::Operator, operator));
    tokens
}

/// The reason in an error of Connect; the details say it twice, and the same.
fn reason(error: &Value) -> String {
    let details = error["details"].as_array().unwrap_or_else(|| panic!("no details in {error}"));
    let info = details.iter().find(|it| it["type"] == "google.rpc.ErrorInfo").expect("a reason");
    let bytes = BASE64_STANDARD_NO_PAD.decode(info["value"].as_str().unwrap()).unwrap();
    let told = tonic_types::pb::ErrorInfo::decode(&*bytes).unwrap();
    assert_eq!(info["debug"]["reason"], *told.reason);
    assert_eq!(info["debug"]["domain"], "erpsync");
    told.reason
}

/// `400 invalid_argument FIELD_INVALID path path`.
fn refused(heard: &Heard) -> String {
    assert_eq!(heard.header("content-type"), "application/json");
    format!("{} {}", heard.status.as_u16(), told(&heard.json()))
}

/// `invalid_argument FIELD_INVALID path path`.
fn told(error: &Value) -> String {
    let details = error["details"].as_array().into_iter().flatten();
    let violations = details.flat_map(|it| it["debug"]["fieldViolations"].as_array());
    let paths = violations.flatten().map(|it| it["field"].as_str().unwrap().to_owned());
    let words = [error["code"].as_str().unwrap().to_owned(), reason(error)];
    words.into_iter().chain(paths).collect::<Vec<_>>().join(" ")
}
