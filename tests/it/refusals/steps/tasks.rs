//! Tasks: answered by whoever does not hold them, or holds them no more; and what is parked.

use std::time::Duration;

use erpsync_client::{Connection, proto};

use super::{Row, became, task};
use crate::inbox::{acknowledge, extend, lease, refuse};
use crate::kit::House;
use crate::kit::trade::{
    discard, hold, order, parked_id, pay, payment, retry, set, submit, until_nothing_is_parked,
};

/// Leases, and what is parked no more.
pub struct Arranged {
    /// Its task is done.
    done: String,
    /// Its task was given up.
    withdrawn: String,
    /// Another has come after it.
    superseded: String,
    /// Its time is over, and nobody has leased the task since.
    ended: String,
    /// None: its task stands behind another.
    behind: String,
    /// None: its task was never leased.
    waiting: String,
    /// It is good.
    held: String,
    other_erp: Connection,
    discarded: String,
    applied: String,
}

async fn leased(house: &House, number: &str) -> String {
    submit(&house.shop, order(number, &[("mug", "1")])).await.unwrap();
    lease(&house.erp, 1).await.remove(0).lease
}

/// A minute passes: all leases end.
async fn let_end(house: &House, number: &str) {
    house.clock.advance(Duration::from_secs(61));
    while task(house, number).await.state() != proto::TaskState::Waiting {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub async fn arrange(house: &House) -> Arranged {
    set(&house.erp, "mug", "99").await;
    let early = payment("p-1", "t-done", proto::PaymentEvent::Captured, "1");
    assert_eq!(pay(&house.erp, early).await, "PARKED WAITS_FOR_DOCUMENT");
    let done = leased(house, "t-done").await;
    assert_eq!(acknowledge(&house.erp, &[(&done, "SO-1")]).await, ["APPLIED"]);
    until_nothing_is_parked(&house.tool).await;
    let applied = parked_id(&house.tool, "p-1").await;

    let withdrawn = leased(house, "t-withdrawn").await;
    assert_eq!(refuse(&house.erp, &withdrawn).await, ["PARKED TASK_REFUSED"]);
    let discarded = parked_id(&house.tool, "t-withdrawn").await;
    assert_eq!(discard(&house.tool, &discarded).await, "APPLIED");

    // What waits is held, so that nobody leases it afterwards.
    let superseded = leased(house, "t-superseded").await;
    let_end(house, "t-superseded").await;
    house.clock.advance(Duration::from_secs(10));
    assert_eq!(lease(&house.erp, 1).await.len(), 1, "again");
    let ended = leased(house, "t-ended").await;
    let_end(house, "t-ended").await;
    let_end(house, "t-superseded").await;
    for number in ["t-superseded", "t-ended"] {
        assert_eq!(hold(&house.shop, number).await, "OK");
    }
    let held = leased(house, "t-held").await;
    assert_eq!(extend(&house.erp, &held).await, ["APPLIED"], "for longer than this takes");
    let paid = payment("p-2", "t-held", proto::PaymentEvent::Captured, "1");
    assert_eq!(pay(&house.shop, paid).await, "APPLIED");
    submit(&house.shop, order("t-waiting", &[("mug", "1")])).await.unwrap();
    assert_eq!(hold(&house.shop, "t-waiting").await, "OK");
    let first_of = async |number: &str| format!("{}.1", task(house, number).await.task_id);
    Arranged {
        done,
        withdrawn,
        superseded,
        ended,
        behind: first_of("p-2").await,
        waiting: first_of("t-waiting").await,
        held,
        other_erp: house.another_erp("till").await,
        discarded,
        applied,
    }
}

async fn acknowledged(erp: &Connection, lease: &str, external_number: &str) -> String {
    let (lease, external_number) = (lease.into(), external_number.into());
    let tasks = vec![proto::TaskAcknowledgement { lease, external_number }];
    let request = proto::AcknowledgeTasksRequest { tasks };
    let done = erp.inbox().acknowledge_tasks(request).await.unwrap();
    let it = done.into_inner().results.remove(0);
    became(it.outcome(), it.problem)
}

async fn extended(erp: &Connection, lease: &str) -> String {
    let request = proto::ExtendLeasesRequest { leases: vec![lease.into()], lease_time: None };
    let it = erp.inbox().extend_leases(request).await.unwrap().into_inner().results.remove(0);
    became(it.outcome(), it.problem)
}

/// Whatever may be answered to a task, with a lease that is not good: alike each time.
async fn any(erp: &Connection, lease: &str) -> String {
    let deferral = proto::TaskDeferral { lease: lease.into(), message: "busy".into() };
    let request = proto::DeferTasksRequest { tasks: vec![deferral] };
    let deferred = erp.inbox().defer_tasks(request).await.unwrap().into_inner().results;
    let refusal =
        proto::TaskRefusal { lease: lease.into(), code: "C17".into(), message: "no".into() };
    let request = proto::RefuseTasksRequest { tasks: vec![refusal] };
    let refused = erp.inbox().refuse_tasks(request).await.unwrap().into_inner().results;
    let told = deferred.into_iter().chain(refused).map(|it| became(it.outcome(), it.problem));
    let mut told: Vec<String> = told.collect();
    told.push(acknowledged(erp, lease, "SO-2").await);
    told.push(extended(erp, lease).await);
    told.dedup();
    told.join("\n")
}

async fn retried(tool: &Connection, id: &str) -> String {
    let request = proto::RetryParkedRequest { parked_ids: vec![id.into()] };
    let it = tool.parking().retry_parked(request).await.unwrap().into_inner().results.remove(0);
    became(it.outcome(), it.problem)
}

async fn given_up(tool: &Connection, id: &str) -> String {
    let (parked_ids, reason) = (vec![id.into()], "typed by hand".into());
    let request = proto::DiscardParkedRequest { parked_ids, reason };
    let it = tool.parking().discard_parked(request).await.unwrap().into_inner().results.remove(0);
    became(it.outcome(), it.problem)
}

pub async fn steps(house: &House, arranged: &Arranged) -> Vec<Row> {
    const SUPERSEDED: &str = "REFUSED LEASE_SUPERSEDED lease=#.1 task_id=# | this lease of task # is not \
        the newest; drop the work, or look whether it is done";
    let House { erp, tool, .. } = house;
    assert_eq!(retry(tool, &arranged.applied).await, "DUPLICATE", "which is no refusal");
    vec![
        ("answer what is done, otherwise", any(erp, &arranged.done).await, SUPERSEDED),
        ("answer what was given up", any(erp, &arranged.withdrawn).await, SUPERSEDED),
        ("answer what another has now", any(erp, &arranged.superseded).await, SUPERSEDED),
        ("extend a lease that has ended", extended(erp, &arranged.ended).await, SUPERSEDED),
        ("answer what stands behind", any(erp, &arranged.behind).await, SUPERSEDED),
        ("answer what nobody ever leased", any(erp, &arranged.waiting).await, SUPERSEDED),
        ("answer what another holds", any(&arranged.other_erp, &arranged.held).await, SUPERSEDED),
        (
            "give a number that is another's",
            acknowledged(erp, &arranged.held, "SO-1").await,
            "REFUSED FOREIGN_NUMBER_IN_USE kind=order name=SO-1 | order number \"SO-1\" of erp is that \
            of order # already",
        ),
        (
            "retry what was given up",
            retried(tool, &arranged.discarded).await,
            "REFUSED INVALID_STATE from=DISCARDED to=APPLIED | parked task # is DISCARDED, and cannot \
            become APPLIED",
        ),
        (
            "give up what was applied",
            given_up(tool, &arranged.applied).await,
            "REFUSED INVALID_STATE from=APPLIED to=DISCARDED | parked payment # is APPLIED, and cannot \
            become DISCARDED",
        ),
    ]
}
