//! One ERP works with single calls, one over a stream, each in a house of its own. What they do about a
//! task follows from a seed and the attempt alone, so both hear the same and end alike.

use std::collections::BTreeMap;
use std::time::Duration;

use erpsync_client::{Connection, proto};
use proto::TaskState::{Leased, Parked, Waiting};

use super::*;
use crate::batches::Random;
use crate::inbox::lease;
use crate::kit::trade::{pay, payment};

const ORDERS: usize = 12;

enum Worker {
    Calls(Connection),
    Stream(Box<Talk>),
}

impl Worker {
    /// What there is at the moment.
    async fn take(&mut self) -> Vec<proto::LeasedTask> {
        match self {
            Worker::Calls(erp) => lease(erp, 5).await,
            Worker::Stream(talk) => talk.soon().await,
        }
    }

    async fn say(&mut self, message: Message) -> Vec<String> {
        let erp = match self {
            Worker::Stream(talk) => return talk.say(Some(message)).await,
            Worker::Calls(erp) => erp.inbox(),
        };
        let mut erp = erp;
        let results = match message {
            Message::Open(_) => panic!("nothing is opened"),
            Message::Acknowledge(it) => {
                erp.acknowledge_tasks(it).await.map(|it| it.into_inner().results)
            }
            Message::Defer(it) => erp.defer_tasks(it).await.map(|it| it.into_inner().results),
            Message::Refuse(it) => erp.refuse_tasks(it).await.map(|it| it.into_inner().results),
            Message::Extend(it) => erp.extend_leases(it).await.map(|it| it.into_inner().results),
        };
        results.map_or_else(|it| vec![refusal(&it).unwrap().reason], answers)
    }
}

fn refused(lease: &str, message: &str) -> Message {
    let (lease, code, message) = (lease.into(), "C17".into(), message.into());
    let tasks = vec![proto::TaskRefusal { lease, code, message }];
    Message::Refuse(proto::RefuseTasksRequest { tasks })
}

/// What is done about a task, step by step.
fn deeds(random: &mut Random, lease: &str, old: &str, name: &str) -> Vec<Message> {
    let done = || acknowledged(lease, name).unwrap();
    let draft = || acknowledged(lease, "").unwrap();
    let later = || deferred(lease).unwrap();
    let longer = |lease| extended(lease).unwrap();
    let mut deeds = match random.below(9) {
        0 => vec![done()],
        1 => vec![draft(), done(), done()],
        2 => vec![longer(lease), done(), done()],
        3 => vec![later(), later(), done()],
        4 => vec![later(), longer(lease)],
        5 => vec![refused(lease, "unknown customer"), refused(lease, "unknown customer")],
        6 => vec![refused(lease, ""), later()],
        // Its time runs out.
        7 => vec![longer(lease)],
        _ => vec![],
    };
    match random.below(4) {
        0 => deeds.push(acknowledged(old, name).unwrap()),
        1 => deeds.push(Message::Defer(proto::DeferTasksRequest::default())),
        2 => deeds.push(longer("nonsense")),
        _ => {}
    }
    deeds
}

async fn all_tasks(tool: &Connection) -> Vec<proto::Task> {
    let filter = Some(proto::ChangeFilter { kinds: vec!["task".into()] });
    let request = proto::ReadChangesRequest { filter, page_size: 1_000, ..Default::default() };
    let page = tool.changes().read_changes(request).await.unwrap().into_inner();
    let task = |it: proto::ChangeEntry| match it.state {
        Some(proto::change_entry::State::Task(it)) => it,
        other => panic!("{other:?}"),
    };
    page.entries.into_iter().map(task).collect()
}

/// What both must agree on: what was answered to each deed, and how each task ended.
type Story = (BTreeMap<String, Vec<Vec<String>>>, BTreeMap<String, String>);

async fn play(house: &House, mut worker: Worker, seed: u64) -> Story {
    let mut told = BTreeMap::new();
    let mut old: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..2 {
        loop {
            let taken = worker.take().await;
            let is_idle = taken.is_empty();
            for proto::LeasedTask { task, lease, .. } in taken {
                let task = task.unwrap();
                let at = format!("{} {} {round}", task.external_id, task.attempts);
                let dice = mixed(seed, &at);
                let last = old.insert(task.external_id.clone(), lease.clone());
                let last = last.unwrap_or_else(|| "4711.1".into());
                let name = format!("N-{}", task.external_id);
                let mut answers = Vec::new();
                for deed in deeds(&mut Random(dice), &lease, &last, &name) {
                    answers.push(worker.say(deed).await);
                }
                let before = told.insert(at.clone(), answers);
                assert_eq!(before, None, "{at} was handed out twice");
            }
            if !is_idle {
                continue;
            }
            let all = all_tasks(&house.tool).await;
            // What is behind something parked stays there.
            if !all.iter().any(|it| [Waiting, Leased].contains(&it.state())) {
                break;
            }
            // Time goes on once nothing is on its way.
            let now = std::time::SystemTime::now()
                + Duration::from_micros(house.clock.ahead_micros() as u64);
            let now = prost_types::Timestamp::from(now);
            let comes = |it: &&proto::Task| {
                let from = it.available_time.unwrap_or_default();
                it.state() == Waiting && (from.seconds, from.nanos) <= (now.seconds, now.nanos)
            };
            let unseen = |it: &&proto::Task| {
                it.state() == Leased
                    && !told.contains_key(&format!("{} {} {round}", it.external_id, it.attempts))
            };
            if all.iter().any(|it| comes(&it) || unseen(&it)) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            } else {
                house.clock.advance(Duration::from_secs(4_000));
            }
        }
        let parked = all_tasks(&house.tool).await.into_iter().filter(|it| it.state() == Parked);
        let parked_ids: Vec<_> = parked.map(|it| it.task_id).collect();
        if round == 0 && !parked_ids.is_empty() {
            let request = proto::RetryParkedRequest { parked_ids };
            house.tool.parking().retry_parked(request).await.unwrap();
        }
    }
    let end = |it: proto::Task| {
        let reason = it.problem.as_ref().map_or("", |it| &*it.reason);
        let end = format!("{:?} {} {} {reason}", it.state(), it.attempts, it.external_number);
        (it.external_id, end)
    };
    let ends = all_tasks(&house.tool).await.into_iter().map(end).collect();
    (told, ends)
}

/// A number that follows from the seed and the text.
fn mixed(seed: u64, text: &str) -> u64 {
    text.bytes().fold(seed | 1, |it, byte| {
        (it ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(17)
    })
}

/// `ERPSYNC_SEED` repeats a run.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_over_a_stream_ends_as_in_single_calls() {
    let told = std::env::var("ERPSYNC_SEED").ok().and_then(|it| it.parse().ok());
    let seed = told.unwrap_or_else(|| std::process::id().into());
    println!("ERPSYNC_SEED={seed}");
    let houses = [house_with(ORDERS).await, house_with(ORDERS).await];
    for house in &houses {
        for nth in 1..=ORDERS {
            let (number, order) = (format!("p-{nth}"), format!("a-{nth}"));
            let paid = payment(&number, &order, proto::PaymentEvent::Captured, "1");
            assert_eq!(pay(&house.shop, paid).await, "APPLIED");
        }
    }
    let calls = Worker::Calls(houses[0].erp.clone());
    let stream = Worker::Stream(Box::new(Talk::open(&houses[1].erp, 100).await));
    let (calls, stream) =
        tokio::join!(play(&houses[0], calls, seed), play(&houses[1], stream, seed));
    assert!(ORDERS < calls.1.len(), "seed {seed}");
    assert_eq!(calls, stream, "seed {seed}");
}
