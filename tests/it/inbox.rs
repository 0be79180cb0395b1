use std::time::Duration;

use erpsync_client::{Connection, proto};

use crate::kit::House;
use crate::kit::trade::{
    get, of_shop, of_system, order, pay, payment, request_return, retry, set, ship, shipment,
    submit,
};

pub async fn lease(erp: &Connection, max_tasks: i32) -> Vec<proto::LeasedTask> {
    lease_within(erp, max_tasks, 0).await
}

/// Waits until there is something, for some seconds of real time at most.
pub async fn lease_within(
    erp: &Connection,
    max_tasks: i32,
    seconds: i64,
) -> Vec<proto::LeasedTask> {
    let wait = Some(prost_types::Duration { seconds, nanos: 0 });
    let asked = proto::LeaseTasksRequest { max_tasks, wait, ..Default::default() };
    let mut request = tonic::Request::new(asked);
    request.set_timeout(Duration::from_secs(29));
    erp.inbox().lease_tasks(request).await.unwrap().into_inner().tasks
}

async fn lease_one(erp: &Connection) -> String {
    let mut tasks = lease_within(erp, 1, 20).await;
    assert_eq!(tasks.len(), 1);
    tasks.remove(0).lease
}

/// `OUTCOME` or `OUTCOME REASON`, item by item.
pub fn answers(results: Vec<proto::TaskResult>) -> Vec<String> {
    let told = |it: proto::TaskResult| {
        let outcome = it.outcome().as_str_name().trim_start_matches("OUTCOME_").to_owned();
        it.problem.map_or(outcome.clone(), |problem| format!("{outcome} {}", problem.reason))
    };
    results.into_iter().map(told).collect()
}

pub async fn acknowledge(erp: &Connection, items: &[(&str, &str)]) -> Vec<String> {
    let item = |(lease, number): &(&str, &str)| proto::TaskAcknowledgement {
        lease: (*lease).into(),
        external_number: (*number).into(),
    };
    let request = proto::AcknowledgeTasksRequest { tasks: items.iter().map(item).collect() };
    answers(erp.inbox().acknowledge_tasks(request).await.unwrap().into_inner().results)
}

pub async fn defer(erp: &Connection, lease: &str) -> Vec<String> {
    let task = proto::TaskDeferral { lease: lease.into(), message: "busy".into() };
    let request = proto::DeferTasksRequest { tasks: vec![task] };
    answers(erp.inbox().defer_tasks(request).await.unwrap().into_inner().results)
}

pub async fn refuse(erp: &Connection, lease: &str) -> Vec<String> {
    let (code, message) = ("C17".into(), "unknown customer group".into());
    let task = proto::TaskRefusal { lease: lease.into(), code, message };
    let request = proto::RefuseTasksRequest { tasks: vec![task] };
    answers(erp.inbox().refuse_tasks(request).await.unwrap().into_inner().results)
}

pub async fn extend(erp: &Connection, lease: &str) -> Vec<String> {
    let lease_time = Some(prost_types::Duration { seconds: 600, nanos: 0 });
    let request = proto::ExtendLeasesRequest { leases: vec![lease.into()], lease_time };
    answers(erp.inbox().extend_leases(request).await.unwrap().into_inner().results)
}

async fn parked(caller: &Connection) -> Vec<proto::Parked> {
    let request = proto::ListParkedRequest::default();
    caller.parking().list_parked(request).await.unwrap().into_inner().parked
}

async fn house_with_orders(numbers: &[&str]) -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "100").await;
    for number in numbers {
        submit(&house.shop, order(number, &[("mug", "1")])).await.unwrap();
    }
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_taken_over_in_the_order_in_which_they_came() {
    let house = house_with_orders(&["a-1", "a-2", "a-3"]).await;
    let tasks = lease(&house.erp, 2).await;
    let numbers: Vec<_> =
        tasks.iter().map(|it| it.order.as_ref().unwrap().external_order_id.as_str()).collect();
    assert_eq!(numbers, ["a-1", "a-2"]);
    let leases: Vec<_> = tasks.iter().map(|it| it.lease.as_str()).collect();
    let both = [(leases[0], "SO-1"), (leases[1], "SO-2")];
    assert_eq!(acknowledge(&house.erp, &both).await, ["APPLIED", "APPLIED"]);
    assert_eq!(acknowledge(&house.erp, &both).await, ["DUPLICATE", "DUPLICATE"]);

    let order = get(&house.shop, "a-1").await;
    assert_eq!(
        (order.handover(), &*order.erp_number),
        (proto::OrderHandover::Acknowledged, "SO-1")
    );
    assert_eq!(get(&house.shop, "a-3").await.handover(), proto::OrderHandover::Waiting);

    // From now on the ERP may call it by its own number.
    let external = proto::ExternalReference { system: String::new(), external_id: "SO-2".into() };
    let reference = Some(proto::order_reference::Reference::External(external));
    let order = Some(proto::OrderReference { reference });
    let request = proto::GetOrderRequest { order, at_least_revision: 0 };
    let found = house.erp.orders().get_order(request).await.unwrap().into_inner().order.unwrap();
    assert_eq!(found.external_order_id, "a-2");

    let third = lease(&house.erp, 10).await;
    assert_eq!(third.len(), 1, "what is done is not handed out again");
    let taken = acknowledge(&house.erp, &[(&third[0].lease, "SO-1")]).await;
    assert_eq!(taken, ["REFUSED FOREIGN_NUMBER_IN_USE"]);
    assert_eq!(acknowledge(&house.erp, &[(&third[0].lease, "")]).await, ["APPLIED"], "a draft");
    assert_eq!(acknowledge(&house.erp, &[(&third[0].lease, "SO-3")]).await, ["APPLIED"]);
    assert_eq!(get(&house.shop, "a-3").await.erp_number, "SO-3");
    let other = acknowledge(&house.erp, &[(&third[0].lease, "SO-4")]).await;
    assert_eq!(other, ["REFUSED LEASE_SUPERSEDED"]);
    assert_eq!(lease(&house.erp, 10).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_wakes_who_waits_for_work() {
    let house = house_with_orders(&[]).await;
    let erp = house.erp.clone();
    let waits = tokio::spawn(async move { lease_within(&erp, 1, 25).await });
    submit(&house.shop, order("a-1", &[("mug", "1")])).await.unwrap();
    assert_eq!(waits.await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_newest_lease_may_answer() {
    let house = house_with_orders(&["a-1"]).await;
    let first = lease_one(&house.erp).await;
    assert_eq!(extend(&house.erp, &first).await, ["APPLIED"]);
    house.clock.advance(Duration::from_secs(120));
    assert_eq!(lease(&house.erp, 1).await, [], "it was extended");
    house.clock.advance(Duration::from_secs(600));
    // The scanner ends the lease; then the task waits some seconds.
    assert_eq!(lease(&house.erp, 1).await, []);
    house.clock.advance(Duration::from_secs(60));
    let second = lease_one(&house.erp).await;
    assert_ne!(first, second);
    let superseded = ["REFUSED LEASE_SUPERSEDED"];
    assert_eq!(acknowledge(&house.erp, &[(&first, "SO-1")]).await, superseded);
    assert_eq!(defer(&house.erp, &first).await, superseded);
    assert_eq!(refuse(&house.erp, &first).await, superseded);
    assert_eq!(extend(&house.erp, &first).await, superseded);
    assert_eq!(acknowledge(&house.erp, &[(&second, "SO-1")]).await, ["APPLIED"]);
    assert_eq!(get(&house.shop, "a-1").await.erp_number, "SO-1");
}

/// R12: a poison order is parked alone.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_waits_for_somebody_and_everything_else_flows() {
    let house = house_with_orders(&["a-1", "a-2"]).await;
    let first = lease_one(&house.erp).await;
    assert_eq!(refuse(&house.erp, &first).await, ["PARKED TASK_REFUSED"]);
    assert_eq!(refuse(&house.erp, &first).await, ["DUPLICATE"]);
    assert_eq!(get(&house.shop, "a-1").await.handover(), proto::OrderHandover::Parked);
    let all = parked(&house.tool).await;
    assert_eq!(all.len(), 1);
    let (it, problem) = (&all[0], all[0].problem.as_ref().unwrap());
    assert_eq!((&*it.kind, &*it.system, &*it.external_id), ("task", "shop-a", "a-1"));
    assert_eq!(problem.message, "unknown customer group");
    assert_eq!((&*problem.metadata["system"], &*problem.metadata["code"]), ("erp", "C17"));

    let second = lease(&house.erp, 10).await;
    assert_eq!(second.len(), 1, "the other order flows");
    assert_eq!(acknowledge(&house.erp, &[(&second[0].lease, "SO-2")]).await, ["APPLIED"]);

    assert_eq!(retry(&house.tool, &it.parked_id).await, "APPLIED");
    assert_eq!(retry(&house.tool, &it.parked_id).await, "DUPLICATE");
    assert_eq!(parked(&house.tool).await, []);
    let again = lease_one(&house.erp).await;
    assert_eq!(acknowledge(&house.erp, &[(&again, "SO-1")]).await, ["APPLIED"]);
    assert_eq!(retry(&house.tool, "4711").await, "REFUSED NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_attempts_somebody_has_to_look() {
    let house = house_with_orders(&["a-1"]).await;
    for attempt in 1..=10 {
        let lease = lease_one(&house.erp).await;
        let expected = if attempt < 10 { "APPLIED" } else { "PARKED ATTEMPTS_EXHAUSTED" };
        assert_eq!(defer(&house.erp, &lease).await, [expected]);
        assert_eq!(defer(&house.erp, &lease).await, ["DUPLICATE"]);
        house.clock.advance(Duration::from_secs(4_000));
    }
    assert_eq!(lease(&house.erp, 1).await, []);
    let all = parked(&house.tool).await;
    assert_eq!(all[0].problem.as_ref().unwrap().metadata["attempts"], "10");
    assert_eq!(retry(&house.erp, &all[0].parked_id).await, "APPLIED");
    let lease = lease_one(&house.erp).await;
    assert_eq!(acknowledge(&house.erp, &[(&lease, "SO-1")]).await, ["APPLIED"]);
}

/// Two workers, and every order is taken over exactly once.
#[tokio::test(flavor = "multi_thread")]
async fn workers_share_the_inbox() {
    let numbers: Vec<String> = (0..60).map(|it| format!("a-{it}")).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let house = house_with_orders(&numbers).await;
    let work = |name: &'static str| {
        let erp = house.erp.clone();
        tokio::spawn(async move {
            let mut done = 0;
            loop {
                let tasks = lease(&erp, 7).await;
                if tasks.is_empty() {
                    return done;
                }
                for task in tasks {
                    let number = format!("{name}-{done}");
                    assert_eq!(acknowledge(&erp, &[(&task.lease, &number)]).await, ["APPLIED"]);
                    done += 1;
                }
            }
        })
    };
    let (one, two) = (work("one"), work("two"));
    assert_eq!(one.await.unwrap() + two.await.unwrap(), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sold_order_that_does_not_add_up_is_reserved_and_parked() {
    let house = house_with_orders(&[]).await;
    let mut sold = order("a-1", &[("mug", "2")]);
    (sold.already_placed, sold.total) = (true, "2.01".into());
    assert_eq!(submit(&house.shop, sold).await.unwrap(), "2+0");
    let order = get(&house.shop, "a-1").await;
    assert_eq!(order.handover(), proto::OrderHandover::Parked);
    assert_eq!(order.amounts_problem.unwrap().metadata["computed"], "2");
    assert_eq!(lease(&house.erp, 1).await, []);
    let all = parked(&house.tool).await;
    assert_eq!(all[0].problem.as_ref().unwrap().reason, "AMOUNTS_DO_NOT_ADD_UP");
    // Somebody has looked at it, and lets it go on as it is.
    assert_eq!(retry(&house.tool, &all[0].parked_id).await, "APPLIED");
    lease_one(&house.erp).await;
}

/// What each task is about: `KIND external-id`.
pub fn kinds(tasks: &[proto::LeasedTask]) -> Vec<String> {
    let told = |it: &proto::LeasedTask| {
        let task = it.task.as_ref().unwrap();
        let kind = task.kind().as_str_name().trim_start_matches("TASK_KIND_");
        format!("{kind} {}", task.external_id)
    };
    tasks.iter().map(told).collect()
}

/// An order that was paid, then partly sent back: three tasks; and another order.
pub async fn house_with_more() -> House {
    let house = house_with_orders(&["a-1"]).await;
    let paid = payment("p-1", "a-1", proto::PaymentEvent::Captured, "1");
    assert_eq!(pay(&house.shop, paid).await, "APPLIED");
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!(request_return(&house.shop, "t-1", "a-1", &[("0", "1")]).await, "OK");
    submit(&house.shop, order("a-2", &[("mug", "1")])).await.unwrap();
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_an_order_comes_one_after_the_other() {
    let house = house_with_more().await;
    let first = lease(&house.erp, 10).await;
    assert_eq!(kinds(&first), ["ORDER a-1", "ORDER a-2"], "one of each order");
    assert_eq!(acknowledge(&house.erp, &[(&first[0].lease, "SO-1")]).await, ["APPLIED"]);
    let second = lease(&house.erp, 10).await;
    assert_eq!(kinds(&second), ["PAYMENT p-1"]);
    assert_eq!(second[0].payment.as_ref().unwrap().amount, "1");
    assert_eq!(lease(&house.erp, 10).await, [], "the next waits until this one is done");
    assert_eq!(acknowledge(&house.erp, &[(&second[0].lease, "PAY-1")]).await, ["APPLIED"]);
    let third = lease(&house.erp, 10).await;
    assert_eq!(kinds(&third), ["RETURN t-1"]);
    assert_eq!(third[0].r#return.as_ref().unwrap().lines[0].quantity, "1");
    assert_eq!(acknowledge(&house.erp, &[(&third[0].lease, "RMA-1")]).await, ["APPLIED"]);
    assert_eq!(lease(&house.erp, 10).await, []);

    // From now on the ERP may call it by its own number.
    let named = of_system("", "RMA-1");
    let request = proto::GetReturnRequest { r#return: named, at_least_revision: 0 };
    let found = house.erp.returns().get_return(request).await.unwrap().into_inner().r#return;
    assert_eq!(found.unwrap().external_return_id, "t-1");
    // What comes when all is done comes at once.
    let more = payment("p-2", "a-1", proto::PaymentEvent::Refunded, "1");
    assert_eq!(pay(&house.shop, more).await, "APPLIED");
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["PAYMENT p-2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_parked_holds_back_what_comes_after_it_and_nothing_else() {
    let house = house_with_more().await;
    let first = lease(&house.erp, 1).await;
    assert_eq!(refuse(&house.erp, &first[0].lease).await, ["PARKED TASK_REFUSED"]);
    assert_eq!(kinds(&lease(&house.erp, 10).await), ["ORDER a-2"]);
    let all = parked(&house.tool).await;
    assert_eq!(retry(&house.tool, &all[0].parked_id).await, "APPLIED");
    let again = lease(&house.erp, 10).await;
    assert_eq!(kinds(&again), ["ORDER a-1"]);
    assert_eq!(acknowledge(&house.erp, &[(&again[0].lease, "")]).await, ["APPLIED"]);
    let paid = lease(&house.erp, 10).await;
    assert_eq!(kinds(&paid), ["PAYMENT p-1"], "a draft is taken over too");
    assert_eq!(refuse(&house.erp, &paid[0].lease).await, ["PARKED TASK_REFUSED"]);
    let order = get(&house.shop, "a-1").await;
    assert_eq!(
        order.handover(),
        proto::OrderHandover::Acknowledged,
        "the payment is not the order"
    );
    assert_eq!(parked(&house.tool).await[0].external_id, "p-1");
    assert_eq!(lease(&house.erp, 10).await, []);
}

/// What the ERP itself says, it is not told.
#[tokio::test(flavor = "multi_thread")]
async fn the_erp_is_not_told_what_it_said() {
    let house = house_with_orders(&["a-1"]).await;
    assert_eq!(ship(&house.erp, shipment("d-1", "a-1", &[("0", "1")])).await, "APPLIED");
    assert_eq!(request_return(&house.erp, "t-1", "a-1", &[("0", "1")]).await, "OK");
    let paid = payment("p-1", "a-1", proto::PaymentEvent::Captured, "1");
    assert_eq!(pay(&house.erp, paid).await, "APPLIED");
    let first = lease(&house.erp, 10).await;
    assert_eq!(kinds(&first), ["ORDER a-1"]);
    assert_eq!(acknowledge(&house.erp, &[(&first[0].lease, "SO-1")]).await, ["APPLIED"]);
    assert_eq!(lease(&house.erp, 10).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_names_what_the_task_is_about() {
    let house = house_with_more().await;
    let first = lease(&house.erp, 10).await;
    let both = [(&*first[0].lease, "7"), (&*first[1].lease, "8")];
    assert_eq!(acknowledge(&house.erp, &both).await, ["APPLIED", "APPLIED"]);
    // An order and a payment may have the same number: they are called so, each in its kind.
    let paid = lease(&house.erp, 10).await;
    assert_eq!(acknowledge(&house.erp, &[(&paid[0].lease, "7")]).await, ["APPLIED"]);
    let back = lease(&house.erp, 10).await;
    assert_eq!(acknowledge(&house.erp, &[(&back[0].lease, "7")]).await, ["APPLIED"]);
    let request = proto::GetOrderRequest { order: of_shop("a-1"), at_least_revision: 0 };
    let found = house.erp.orders().get_order(request).await.unwrap().into_inner().order.unwrap();
    assert_eq!(found.erp_number, "7");
}
