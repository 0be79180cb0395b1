//! The inbox over one stream: what single calls do, no more leases than asked for, and nothing lost
//! with the stream.

mod twins;

use std::collections::VecDeque;
use std::time::Duration;

use erpsync_client::{Connection, proto, refusal};
use proto::stream_tasks_request::Message;
use proto::stream_tasks_response::Event;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Streaming;

use crate::inbox::{acknowledge, answers};
use crate::kit::House;
use crate::kit::trade::{get, order, set, submit};

/// A client of the stream.
pub struct Talk {
    say: mpsc::Sender<proto::StreamTasksRequest>,
    hear: Streaming<proto::StreamTasksResponse>,
    number: i64,
    /// Handed out while something else was waited for.
    tasks: VecDeque<proto::LeasedTask>,
}

/// With a heartbeat each second.
fn opening(max_leased: i32) -> proto::StreamTasksRequest {
    let heartbeat_interval = Some(prost_types::Duration { seconds: 1, nanos: 0 });
    let open = proto::OpenTaskStream { max_leased, lease_time: None, heartbeat_interval };
    proto::StreamTasksRequest { number: 0, message: Some(Message::Open(open)) }
}

impl Talk {
    pub async fn open(erp: &Connection, max_leased: i32) -> Talk {
        let (say, said) = mpsc::channel(16);
        say.send(opening(max_leased)).await.unwrap();
        let hear = erp.inbox().stream_tasks(ReceiverStream::new(said)).await.unwrap().into_inner();
        let mut talk = Talk { say, hear, number: 0, tasks: VecDeque::new() };
        let Event::Opened(opened) = talk.event().await else { panic!("it is not open") };
        assert_eq!(opened.max_leased, max_leased);
        talk
    }

    async fn event(&mut self) -> Event {
        let next = tokio::time::timeout(Duration::from_secs(30), self.hear.message());
        next.await.expect("a message in time").unwrap().expect("it goes on").event.unwrap()
    }

    /// Says something, and what became of each item; or why nothing was done.
    pub async fn say(&mut self, message: Option<Message>) -> Vec<String> {
        self.number += 1;
        let number = self.number;
        self.say.send(proto::StreamTasksRequest { number, message }).await.unwrap();
        loop {
            match self.event().await {
                Event::Results(told) => {
                    assert_eq!(told.number, number);
                    return told.problem.map_or(answers(told.results), |it| vec![it.reason]);
                }
                Event::Tasks(it) => self.tasks.extend(it.tasks),
                Event::Heartbeat(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// What is handed out until nothing more comes: until a heartbeat.
    pub async fn tasks(&mut self) -> Vec<proto::LeasedTask> {
        let mut beats = 0;
        // The first may have been on its way already.
        while beats < 2 {
            match self.event().await {
                Event::Tasks(it) => self.tasks.extend(it.tasks),
                Event::Heartbeat(_) => beats += 1,
                other => panic!("{other:?}"),
            }
        }
        self.tasks.drain(..).collect()
    }

    /// What is handed out soon.
    pub async fn soon(&mut self) -> Vec<proto::LeasedTask> {
        let soon = Duration::from_millis(20);
        while let Ok(message) = tokio::time::timeout(soon, self.hear.message()).await {
            if let Some(Event::Tasks(it)) = message.unwrap().expect("it goes on").event {
                self.tasks.extend(it.tasks);
            }
        }
        self.tasks.drain(..).collect()
    }
}

fn acknowledged(lease: &str, number: &str) -> Option<Message> {
    let (lease, external_number) = (lease.into(), number.into());
    let tasks = vec![proto::TaskAcknowledgement { lease, external_number }];
    Some(Message::Acknowledge(proto::AcknowledgeTasksRequest { tasks }))
}

fn deferred(lease: &str) -> Option<Message> {
    let tasks = vec![proto::TaskDeferral { lease: lease.into(), message: String::new() }];
    Some(Message::Defer(proto::DeferTasksRequest { tasks }))
}

fn extended(lease: &str) -> Option<Message> {
    let lease_time = Some(prost_types::Duration { seconds: 600, nanos: 0 });
    Some(Message::Extend(proto::ExtendLeasesRequest { leases: vec![lease.into()], lease_time }))
}

fn numbers(tasks: &[proto::LeasedTask]) -> Vec<&str> {
    tasks.iter().map(|it| it.order.as_ref().unwrap().external_order_id.as_str()).collect()
}

async fn house_with(orders: usize) -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "100").await;
    for nth in 1..=orders {
        submit(&house.shop, order(&format!("a-{nth}"), &[("mug", "1")])).await.unwrap();
    }
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn never_more_is_leased_than_the_client_asked_for() {
    let house = house_with(7).await;
    let mut talk = Talk::open(&house.erp, 2).await;
    let first = talk.tasks().await;
    assert_eq!(numbers(&first), ["a-1", "a-2"], "and not one more");
    assert_eq!(talk.say(acknowledged(&first[0].lease, "SO-1")).await, ["APPLIED"]);
    assert_eq!(talk.say(acknowledged(&first[0].lease, "SO-1")).await, ["DUPLICATE"]);
    let third = talk.tasks().await;
    assert_eq!(numbers(&third), ["a-3"]);
    assert_eq!(talk.say(deferred(&first[1].lease)).await, ["APPLIED"]);
    let fourth = talk.tasks().await;
    assert_eq!(numbers(&fourth), ["a-4"]);
    // A number that is another's leaves the lease where it is.
    let taken = talk.say(acknowledged(&fourth[0].lease, "SO-1")).await;
    assert_eq!(taken, ["REFUSED FOREIGN_NUMBER_IN_USE"]);
    assert_eq!(talk.say(extended(&fourth[0].lease)).await, ["APPLIED"]);
    // The lease that was not extended is over, the other counts on.
    house.clock.advance(Duration::from_secs(61));
    let next = talk.tasks().await;
    assert_eq!(next.len(), 1, "{:?}", numbers(&next));
    assert_eq!(get(&house.shop, "a-1").await.erp_number, "SO-1");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_comes_as_soon_as_it_is_there() {
    let house = house_with(0).await;
    let mut talk = Talk::open(&house.erp, 10).await;
    submit(&house.shop, order("a-1", &[("mug", "1")])).await.unwrap();
    loop {
        match talk.event().await {
            Event::Tasks(it) => break assert_eq!(numbers(&it.tasks), ["a-1"]),
            Event::Heartbeat(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// A lease is the caller's: where it came from does not matter.
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_ends_takes_nothing_along() {
    let house = house_with(3).await;
    let mut talk = Talk::open(&house.erp, 2).await;
    let before = talk.tasks().await;
    assert_eq!(numbers(&before), ["a-1", "a-2"]);
    drop(talk);
    let mut talk = Talk::open(&house.erp, 100).await;
    assert_eq!(numbers(&talk.tasks().await), ["a-3"], "the others are held still");
    assert_eq!(talk.say(acknowledged(&before[0].lease, "SO-1")).await, ["APPLIED"]);
    assert_eq!(get(&house.shop, "a-1").await.erp_number, "SO-1");
    house.clock.advance(Duration::from_secs(120));
    // The scanner ends the leases, and the tasks wait some seconds.
    assert_eq!(talk.tasks().await, []);
    house.clock.advance(Duration::from_secs(60));
    let again = talk.tasks().await;
    assert_eq!(again.len(), 2);
    let superseded = talk.say(acknowledged(&before[1].lease, "SO-2")).await;
    assert_eq!(superseded, ["REFUSED LEASE_SUPERSEDED"]);
    let second = again.iter().find(|it| numbers(std::slice::from_ref(it)) == ["a-2"]).unwrap();
    assert_eq!(acknowledge(&house.erp, &[(&second.lease, "SO-2")]).await, ["APPLIED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_told_and_the_stream_goes_on() {
    let house = house_with(1).await;
    let mut talk = Talk::open(&house.erp, 1).await;
    let only = talk.tasks().await.remove(0);
    assert_eq!(talk.say(None).await, ["FIELD_INVALID"]);
    assert_eq!(talk.say(opening(1).message).await, ["FIELD_INVALID"]);
    let nothing = proto::AcknowledgeTasksRequest::default();
    assert_eq!(talk.say(Some(Message::Acknowledge(nothing))).await, ["FIELD_INVALID"]);
    let lease_time = Some(prost_types::Duration { seconds: 9, nanos: 0 });
    let short = proto::ExtendLeasesRequest { leases: vec![only.lease.clone()], lease_time };
    assert_eq!(talk.say(Some(Message::Extend(short))).await, ["FIELD_INVALID"]);
    assert_eq!(talk.say(acknowledged("4711.1", "")).await, ["REFUSED NOT_FOUND"]);
    assert_eq!(talk.say(acknowledged("nonsense", "")).await, ["REFUSED FIELD_INVALID"]);
    assert_eq!(talk.say(acknowledged(&only.lease, "SO-1")).await, ["APPLIED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so() {
    let house = house_with(0).await;
    let (second, erp) = house.second_server("erp").await;
    let mut talk = Talk::open(&erp, 1).await;
    let stopping = tokio::spawn(second.stop());
    let gone = loop {
        match talk.event().await {
            Event::GoingAway(it) => break it,
            Event::Heartbeat(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(gone.retry_delay.unwrap().seconds, 1);
    assert_eq!(talk.hear.message().await.unwrap(), None);
    drop(talk);
    stopping.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_does_not_begin_is_refused() {
    let house = house_with(0).await;
    let first = proto::StreamTasksRequest { number: 1, message: deferred("4711.1") };
    for said in [vec![], vec![first]] {
        let refused = house.erp.inbox().stream_tasks(tokio_stream::iter(said)).await.unwrap_err();
        assert_eq!(refusal(&refused).unwrap().fields[0].0, "open");
    }
}
