use erpsync_client::proto;

use super::{BAD_PAGES, NOBODY, NUL, Tried, long, message, times, told, told_each};

/// What the ERP never got.
const NO_LEASES: [&str; 7] = ["", NUL, "1", "1.", ".1", "1.+1", "1.0"];
const UNKNOWN: &str = "4711.1";

/// The problem of each item.
fn each(results: Vec<proto::TaskResult>) -> Vec<Option<proto::Problem>> {
    results.into_iter().map(|it| it.problem).collect()
}

pub async fn check(tried: &mut Tried) {
    leases(tried).await;
    stream(tried).await;
    answers(tried).await;
    parked(tried).await;
}

async fn leases(tried: &mut Tried) {
    let time = |seconds, nanos| prost_types::Duration { seconds, nanos };
    let cases = [
        (
            message!(LeaseTasksRequest {
                max_tasks: -1,
                lease_time: time(9, 0),
                wait: time(-1, 0)
            }),
            "FIELD_INVALID max_tasks lease_time wait",
        ),
        (
            message!(LeaseTasksRequest {
                max_tasks: i32::MIN,
                lease_time: time(600, 1),
                wait: time(25, 1)
            }),
            "FIELD_INVALID max_tasks lease_time wait",
        ),
        (
            message!(LeaseTasksRequest {
                lease_time: time(i64::MAX, i32::MAX),
                wait: time(i64::MIN, i32::MIN)
            }),
            "FIELD_INVALID lease_time wait",
        ),
    ];
    tried
        .table("InboxService/LeaseTasks", cases, async |house, it| {
            told(house.erp.inbox().lease_tasks(it).await)
        })
        .await;

    let of = |leases: Vec<String>| message!(ExtendLeasesRequest { leases: leases });
    let cases = [
        (of(vec![]), "FIELD_INVALID leases"),
        (of(times(101, UNKNOWN.into())), "FIELD_INVALID leases"),
        (of(times(100, UNKNOWN.into())), "100 x NOT_FOUND"),
        (
            message!(ExtendLeasesRequest { leases: [UNKNOWN.to_owned()], lease_time: time(9, 0) }),
            "FIELD_INVALID lease_time",
        ),
    ];
    let bad = NO_LEASES.map(|it| (of(vec![it.into()]), "1 x FIELD_INVALID leases[0]"));
    tried
        .table("InboxService/ExtendLeases", cases.into_iter().chain(bad), async |house, it| {
            told_each(house.erp.inbox().extend_leases(it).await, |it| each(it.results))
        })
        .await;
}

async fn stream(tried: &mut Tried) {
    use proto::stream_tasks_request::Message;
    let time = |seconds, nanos| prost_types::Duration { seconds, nanos };
    let open = |it: proto::OpenTaskStream| proto::StreamTasksRequest {
        number: 1,
        message: Some(Message::Open(it)),
    };
    let bad = message!(OpenTaskStream {
        max_leased: -1,
        lease_time: time(600, 1),
        heartbeat_interval: time(0, 999_999_999)
    });
    let answer = proto::ExtendLeasesRequest { leases: vec![UNKNOWN.into()], lease_time: None };
    let cases = [
        (message!(StreamTasksRequest {}), "FIELD_INVALID open"),
        (message!(StreamTasksRequest { message: Message::Extend(answer) }), "FIELD_INVALID open"),
        (open(bad), "FIELD_INVALID open.max_leased open.lease_time open.heartbeat_interval"),
        (
            open(message!(OpenTaskStream { heartbeat_interval: time(60, 1) })),
            "FIELD_INVALID open.heartbeat_interval",
        ),
    ];
    tried
        .table("InboxService/StreamTasks", cases, async |house, it| {
            told(house.erp.inbox().stream_tasks(tokio_stream::once(it)).await)
        })
        .await;
}

async fn answers(tried: &mut Tried) {
    let one = message!(TaskAcknowledgement { lease: UNKNOWN });
    let of =
        |items: Vec<proto::TaskAcknowledgement>| message!(AcknowledgeTasksRequest { tasks: items });
    let cases = [
        (of(vec![]), "FIELD_INVALID tasks"),
        (of(times(101, one.clone())), "FIELD_INVALID tasks"),
        (of(times(100, one.clone())), "100 x NOT_FOUND"),
        (
            of(vec![message!(TaskAcknowledgement { external_number: NUL })]),
            "1 x FIELD_INVALID tasks[0].lease tasks[0].external_number",
        ),
        (
            of(vec![message!(TaskAcknowledgement { external_number: long(256), ..one })]),
            "1 x FIELD_INVALID tasks[0].external_number",
        ),
    ];
    let bad = NO_LEASES.map(|it| {
        (of(vec![message!(TaskAcknowledgement { lease: it })]), "1 x FIELD_INVALID tasks[0].lease")
    });
    tried
        .table("InboxService/AcknowledgeTasks", cases.into_iter().chain(bad), async |house, it| {
            told_each(house.erp.inbox().acknowledge_tasks(it).await, |it| each(it.results))
        })
        .await;

    let one = message!(TaskDeferral { lease: UNKNOWN });
    let of = |items: Vec<proto::TaskDeferral>| message!(DeferTasksRequest { tasks: items });
    let cases = [
        (of(vec![]), "FIELD_INVALID tasks"),
        (of(times(101, one.clone())), "FIELD_INVALID tasks"),
        (of(times(100, one)), "100 x NOT_FOUND"),
        (
            of(vec![message!(TaskDeferral { lease: "1", message: NUL })]),
            "1 x FIELD_INVALID tasks[0].lease tasks[0].message",
        ),
        (
            of(vec![message!(TaskDeferral { lease: UNKNOWN, message: long(1_001) })]),
            "1 x FIELD_INVALID tasks[0].message",
        ),
    ];
    tried
        .table("InboxService/DeferTasks", cases, async |house, it| {
            told_each(house.erp.inbox().defer_tasks(it).await, |it| each(it.results))
        })
        .await;

    let one = message!(TaskRefusal { lease: UNKNOWN, message: "no" });
    let of = |items: Vec<proto::TaskRefusal>| message!(RefuseTasksRequest { tasks: items });
    let cases = [
        (of(vec![]), "FIELD_INVALID tasks"),
        (of(times(101, one.clone())), "FIELD_INVALID tasks"),
        (of(times(100, one)), "100 x NOT_FOUND"),
        (
            of(vec![message!(TaskRefusal { code: long(65) })]),
            "1 x FIELD_INVALID tasks[0].lease tasks[0].code tasks[0].message",
        ),
        (
            of(vec![message!(TaskRefusal { lease: UNKNOWN, code: NUL, message: long(1_001) })]),
            "1 x FIELD_INVALID tasks[0].code tasks[0].message",
        ),
    ];
    tried
        .table("InboxService/RefuseTasks", cases, async |house, it| {
            told_each(house.erp.inbox().refuse_tasks(it).await, |it| each(it.results))
        })
        .await;
}

async fn parked(tried: &mut Tried) {
    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListParkedRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (
            message!(ListParkedRequest {
                kind: NUL,
                system: NUL,
                reason: long(65),
                order_id: "-1"
            }),
            "FIELD_INVALID kind system reason order_id",
        ),
        (message!(ListParkedRequest { at_least_revision: -1 }), "FIELD_INVALID at_least_revision"),
    ];
    tried
        .table("ParkingService/ListParked", pages.into_iter().chain(more), async |house, it| {
            told(house.tool.parking().list_parked(it).await)
        })
        .await;

    let of = |ids: Vec<String>| message!(RetryParkedRequest { parked_ids: ids });
    let cases = [
        (of(vec![]), "FIELD_INVALID parked_ids"),
        (of(times(101, NOBODY.into())), "FIELD_INVALID parked_ids"),
        (of(times(100, NOBODY.into())), "100 x NOT_FOUND"),
        (
            of(vec![NUL.into(), NOBODY.into(), "01".into()]),
            "FIELD_INVALID parked_ids[0] parked_ids[2]",
        ),
    ];
    tried
        .table("ParkingService/RetryParked", cases, async |house, it| {
            let answer = house.tool.parking().retry_parked(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;

    let of = |ids: Vec<String>| message!(DiscardParkedRequest { parked_ids: ids, reason: "no" });
    let nobody = || of(times(100, NOBODY.into()));
    let cases = [
        (message!(DiscardParkedRequest {}), "FIELD_INVALID parked_ids reason"),
        (of(times(101, NOBODY.into())), "FIELD_INVALID parked_ids"),
        (nobody(), "100 x NOT_FOUND"),
        (
            message!(DiscardParkedRequest { reason: long(1_001), ..of(vec![NUL.into()]) }),
            "FIELD_INVALID parked_ids[0] reason",
        ),
        (message!(DiscardParkedRequest { reason: NUL, ..nobody() }), "FIELD_INVALID reason"),
    ];
    tried
        .table("ParkingService/DiscardParked", cases, async |house, it| {
            let answer = house.tool.parking().discard_parked(it).await;
            told_each(answer, |it| it.results.into_iter().map(|it| it.problem).collect())
        })
        .await;
}
