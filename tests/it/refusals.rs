//! What is malformed, unknown or too much, for every call of the API: a table of requests, and the
//! refusal of each, with all fields at fault at once. A call without a table fails the test.

mod admin;
mod changes;
mod compositions;
mod credit_notes;
mod inbox;
mod orders;
mod ownership;
mod payments;
mod reservations;
mod wishes;
mod returns;
mod shipments;
mod steps;
mod stock;

use std::collections::BTreeSet;
use std::fmt::Debug;

use erpsync_client::proto::{self, Disposition};
use erpsync_client::refusal;
use sqlx::{ConnectOptions, Connection as _};
use tonic::{Code, Response, Status};

use crate::kit::trade::{
    approve, cancellation, decline, invoice, order, receive, reception, record, request_return,
    set, ship, shipment, submit, wish_off,
};
use crate::kit::{Door, House, create_token, methods, reason, request_id};

/// No key has a NUL.
const NUL: &str = "a\0b";
/// No number of ours, for nothing has it.
const NOBODY: &str = "4711";
/// What is no decimal, or none that fits: 13 digits, 7 decimals, and worse.
const NO_DECIMALS: [&str; 9] =
    ["1e3", "-0", "9999999999999", "0.1234567", "1.", ".5", "+1", "01", "1,5"];
/// As `page_size`, `page_token`, and what is wrong with them.
const BAD_PAGES: [(i32, &str, &str); 3] = [
    (-1, "", "FIELD_INVALID page_size"),
    (0, "damaged", "PAGE_TOKEN_INVALID"),
    // What every other list says: version, filter, key; of nobody's filter.
    (0, "AQAAAAAAAAAAMQ", "PAGE_TOKEN_INVALID"),
];

/// A text of so many bytes.
fn long(bytes: usize) -> String {
    "x".repeat(bytes)
}

/// So many of one.
fn times<T: Clone>(count: usize, one: T) -> Vec<T> {
    vec![one; count]
}

/// A message of the API: fields as they are given, others as in another, or empty.
macro_rules! message {
    ($name:ident { $($field:ident: $value:expr,)* ..$other:expr }) => {{
        let mut message: erpsync_client::proto::$name = $other.clone();
        $(message.$field = $value.into();)*
        message
    }};
    ($name:ident { $($field:ident: $value:expr),* $(,)? }) => {{
        #[allow(clippy::needless_update, reason = "some messages are given whole")]
        let message =
            erpsync_client::proto::$name { $($field: $value.into(),)* ..Default::default() };
        message
    }};
}
use message;

/// Which calls were tried, and what was not refused as it should be.
struct Tried {
    house: House,
    calls: BTreeSet<&'static str>,
    strays: Vec<String>,
}

impl Tried {
    /// Says each request, and expects `REASON path path`, or what `call` makes of an answer.
    async fn table<M: Clone + Debug>(
        &mut self,
        method: &'static str,
        cases: impl IntoIterator<Item = (M, &str)>,
        call: impl AsyncFn(&House, M) -> String,
    ) {
        let mut count = 0;
        for (request, expected) in cases {
            count += 1;
            let what: String = format!("{request:?}").chars().take(300).collect();
            let answer = call(&self.house, request).await;
            if answer != expected {
                self.strays.push(format!("{method} {count}: {answer}, not {expected}: {what}"));
            }
        }
        assert!(0 < count, "{method} was never tried");
        self.calls.insert(method);
    }
}

/// `OK`, or `REASON path path`.
fn told<T>(answer: Result<Response<T>, Status>) -> String {
    match answer {
        Ok(_) => "OK".into(),
        Err(status) => {
            let told = refusal(&status).unwrap_or_else(|| panic!("no reason in {status:?}"));
            let paths = told.fields.into_iter().map(|it| it.0);
            [told.reason].into_iter().chain(paths).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The same of a call that answers item by item: `2 x REASON path path` for two items, by the first.
fn told_each<T>(
    answer: Result<Response<T>, Status>,
    problems: impl Fn(T) -> Vec<Option<proto::Problem>>,
) -> String {
    let items = match answer {
        Ok(answer) => problems(answer.into_inner()),
        refused => return told(refused),
    };
    let count = items.len();
    let Some(problem) = items.into_iter().next().expect("an item") else { return "OK".into() };
    let paths = problem.field_violations.into_iter().map(|it| it.path);
    let words = [format!("{count} x"), problem.reason].into_iter().chain(paths);
    words.collect::<Vec<_>>().join(" ")
}

/// Something of everything, for what is refused because of what there is.
async fn furnish(house: &House) {
    set(&house.erp, "mug", "9").await;
    set(&house.erp, "full", "999999999999").await;
    submit(&house.shop, order("a-1", &[("mug", "5"), ("mug", "1")])).await.unwrap();
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(record(&house.erp, invoice("r-1", "a-1", &[("0", "3")])).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    assert_eq!(request_return(&house.shop, "t-2", "a-1", &[("0", "1")]).await, "OK");
    assert_eq!(approve(&house.erp, "t-1").await, "OK");
    assert_eq!(decline(&house.erp, "t-2").await, "OK");
    submit(&house.shop, order("b-1", &[("mug", "1")])).await.unwrap();
    let wish = cancellation("k-1", "b-1", &[]);
    assert_eq!(wish_off(&house.shop, wish).await, "ACCEPTED 1/1");
    let came = reception("x-1", "t-1", &[("0", "1", Disposition::Scrap)]);
    assert_eq!(receive(&house.erp, came).await, "APPLIED");
}

/// How much was ever written, in all worlds.
async fn written(house: &House) -> i64 {
    let mut owner = house.database.connect().await.unwrap();
    let rows = sqlx::query_scalar("select count(*) from log").fetch_one(&mut owner).await.unwrap();
    owner.close().await.unwrap();
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_refuses_with_a_reason_and_all_fields_at_fault() {
    let house = House::open().await;
    furnish(&house).await;
    let before = written(&house).await;
    let mut tried = Tried { house, calls: BTreeSet::new(), strays: Vec::new() };
    admin::check(&mut tried).await;
    ownership::check(&mut tried).await;
    stock::check(&mut tried).await;
    reservations::check(&mut tried).await;
    compositions::check(&mut tried).await;
    orders::check(&mut tried).await;
    inbox::check(&mut tried).await;
    shipments::check(&mut tried).await;
    returns::check(&mut tried).await;
    credit_notes::check(&mut tried).await;
    payments::check(&mut tried).await;
    wishes::check(&mut tried).await;
    changes::check(&mut tried).await;
    assert!(tried.strays.is_empty(), "\n{}\n", tried.strays.join("\n"));
    let calls: BTreeSet<String> = tried.calls.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(calls, methods(), "every call has a table, and every table a call");
    assert_eq!(written(&tried.house).await, before, "a refused request has written something");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_call_is_open_to_strangers_or_reads_what_is_too_large() {
    let house = House::open().await;
    let other = House::open().await;
    let foreign = create_token(&other.operator, "acme", "production", "erp").await.secret;
    let revoked = house.token("erp").await;
    let token_id = revoked.token.unwrap().token_id;
    let request = proto::RevokeTokenRequest { request_id: request_id(), token_id };
    house.operator.admin().revoke_token(request).await.unwrap();
    let mut tokens = vec![create_token(&house.operator, "", "", "").await.secret];
    for system in ["erp", "shop-a", "tool"] {
        tokens.push(house.token(system).await.secret);
    }
    let mut door = Door::open(&house.address()).await;
    for method in methods() {
        let path = format!("erpsync.v1.{method}");
        let no_token = door.call(&path, tonic::Request::new(())).await.unwrap_err();
        assert_eq!(
            (no_token.code(), &*reason(&no_token)),
            (Code::Unauthenticated, "TOKEN_INVALID")
        );
        for token in [&foreign, &revoked.secret] {
            let refused = door.say(&path, token, ()).await.unwrap_err();
            assert_eq!(reason(&refused), "TOKEN_INVALID", "{method}");
        }
        // One byte more than 4 MiB, five of which are the field's tag and length.
        let large = vec![b'a'; 4 * 1024 * 1024 + 1 - 5];
        let mut reasons = BTreeSet::new();
        for token in &tokens {
            let refused = door.say(&path, token, large.clone()).await.unwrap_err();
            reasons.insert(reason(&refused));
        }
        assert!(reasons.contains("MESSAGE_TOO_LARGE"), "{method}: {reasons:?}");
        reasons.remove("MESSAGE_TOO_LARGE");
        assert!(reasons.iter().all(|it| it == "SCOPE_MISSING"), "{method}: {reasons:?}");
    }
}
