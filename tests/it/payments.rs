use erpsync_client::proto::PaymentEvent::{Authorised, Captured, ChargedBack, Failed, Refunded};
use erpsync_client::{Connection, proto};

use crate::kit::House;
use crate::kit::trade::{
    get, of_shop, order, parked, pay, payment, set, submit, until_nothing_is_parked,
};

async fn house() -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "9").await;
    submit(&house.shop, order("a-1", &[("mug", "5")])).await.unwrap();
    house
}

async fn summary(caller: &Connection, order: &str) -> proto::GetPaymentSummaryResponse {
    let request = proto::GetPaymentSummaryRequest { order: of_shop(order), at_least_revision: 0 };
    caller.payments().get_payment_summary(request).await.unwrap().into_inner()
}

/// `STATUS authorised/captured/refunded/charged back = paid of total`.
fn told(it: &proto::PaymentSummary) -> String {
    let status = it.status().as_str_name().trim_start_matches("PAYMENT_STATUS_");
    let sums = [&*it.authorised, &it.captured, &it.refunded, &it.charged_back].join("/");
    format!("{status} {sums} = {} of {}", it.paid, it.total)
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_are_added_up() {
    let house = house().await;
    assert_eq!(
        told(&get(&house.shop, "a-1").await.payment_summary.unwrap()),
        "UNPAID 0/0/0/0 = 0 of 5"
    );
    let steps = [
        ("p-1", Failed, "5", "UNPAID 0/0/0/0 = 0 of 5"),
        ("p-2", Authorised, "5", "AUTHORISED 5/0/0/0 = 0 of 5"),
        ("p-3", Captured, "3.49", "PART_PAID 5/3.49/0/0 = 3.49 of 5"),
        ("p-4", Captured, "1.51", "PAID 5/5/0/0 = 5 of 5"),
        ("p-5", Refunded, "2", "PART_PAID 5/5/2/0 = 3 of 5"),
        ("p-6", Refunded, "3", "REFUNDED 5/5/5/0 = 0 of 5"),
        ("p-7", ChargedBack, "0.5", "CHARGED_BACK 5/5/5/0.5 = -0.5 of 5"),
    ];
    for (number, event, amount, expected) in steps {
        let paid = payment(number, "a-1", event, amount);
        assert_eq!(pay(&house.shop, paid.clone()).await, "APPLIED", "{number}");
        assert_eq!(pay(&house.shop, paid.clone()).await, "APPLIED", "{number} again");
        let other = proto::RecordPaymentRequest { amount: "4711".into(), ..paid };
        assert_eq!(pay(&house.shop, other).await, "DOCUMENT_CONTENT_MISMATCH", "{number}");
        let order = get(&house.shop, "a-1").await;
        assert_eq!(told(&order.payment_summary.unwrap()), expected, "{number}");
    }
    let all = summary(&house.erp, "a-1").await;
    assert_eq!(told(&all.summary.unwrap()), steps[6].3);
    let listed: Vec<_> = all.payments.iter().map(|it| &*it.external_payment_id).collect();
    assert_eq!(listed, ["p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7"]);
    assert_eq!(all.payments, get(&house.shop, "a-1").await.payments);
}

/// What is said of payments does not depend on the order in which it is said.
#[tokio::test(flavor = "multi_thread")]
async fn payments_may_be_told_in_any_order() {
    let house = house().await;
    submit(&house.shop, order("a-2", &[("mug", "2")])).await.unwrap();
    let told_of = |order| {
        [
            payment(&format!("{order}-1"), order, Authorised, "5"),
            payment(&format!("{order}-2"), order, Captured, "4.20"),
            payment(&format!("{order}-3"), order, Refunded, "1.10"),
            payment(&format!("{order}-4"), order, ChargedBack, "0.99"),
        ]
    };
    for it in told_of("a-1") {
        assert_eq!(pay(&house.shop, it).await, "APPLIED");
    }
    for it in told_of("a-2").into_iter().rev() {
        assert_eq!(pay(&house.erp, it).await, "APPLIED");
    }
    let [one, other] = [summary(&house.shop, "a-1").await, summary(&house.shop, "a-2").await];
    let [one, other] = [one.summary.unwrap(), other.summary.unwrap()];
    assert_eq!(told(&one), "PART_PAID 5/4.2/1.1/0.99 = 2.11 of 5");
    assert_eq!(proto::PaymentSummary { total: "2".into(), status: one.status, ..one.clone() }, {
        proto::PaymentSummary { status: one.status, ..other }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_may_be_faster_than_its_order() {
    let house = house().await;
    let early = payment("p-1", "a-2", Captured, "2");
    assert_eq!(pay(&house.shop, early.clone()).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(pay(&house.shop, early).await, "PARKED WAITS_FOR_DOCUMENT", "the same");
    assert_eq!(parked(&house.tool).await, ["payment p-1 WAITS_FOR_DOCUMENT"]);
    submit(&house.shop, order("a-2", &[("mug", "2")])).await.unwrap();
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(told(&summary(&house.shop, "a-2").await.summary.unwrap()), "PAID 0/2/0/0 = 2 of 2");
}

/// Nothing is ever added up across currencies.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_in_another_currency_is_parked() {
    let house = house().await;
    let mut paid = payment("p-1", "a-1", Captured, "5");
    paid.currency_code = "USD".into();
    assert_eq!(pay(&house.shop, paid).await, "PARKED CURRENCY_MISMATCH");
    let all = summary(&house.shop, "a-1").await;
    assert_eq!(told(&all.summary.unwrap()), "UNPAID 0/0/0/0 = 0 of 5");
    assert_eq!(all.payments, []);
    let request = proto::ListParkedRequest::default();
    let it = house.tool.parking().list_parked(request).await.unwrap().into_inner().parked.remove(0);
    let problem = it.problem.unwrap();
    assert_eq!((&*problem.metadata["expected"], &*problem.metadata["given"]), ("EUR", "USD"));
}
