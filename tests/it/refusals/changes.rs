use erpsync_client::proto;
use proto::watch_start::Start;

use super::{BAD_PAGES, NUL, Tried, long, message, told};

/// A length of time: seconds, nanoseconds.
const fn time(seconds: i64, nanos: i32) -> Option<prost_types::Duration> {
    Some(prost_types::Duration { seconds, nanos })
}

type BadRead = (&'static str, i32, i32, Option<prost_types::Duration>, &'static str);

/// As `resume_token`, `on_expired`, `page_size`, `wait`, and what is wrong with them.
pub const BAD_READS: [BadRead; 6] = [
    ("", 99, -1, time(-1, 0), "FIELD_INVALID on_expired wait page_size"),
    ("", -1, i32::MIN, time(25, 1), "FIELD_INVALID on_expired wait page_size"),
    ("", 0, 0, time(i64::MAX, i32::MAX), "FIELD_INVALID wait"),
    ("", 0, 0, time(1, -1), "FIELD_INVALID wait"),
    ("damaged", 0, 0, None, "RESUME_TOKEN_INVALID"),
    (NUL, 2, 0, None, "RESUME_TOKEN_INVALID"),
];

/// As `start`, and what is wrong with it.
pub fn bad_starts() -> Vec<(proto::WatchStart, &'static str)> {
    let resume = |it: &str| Start::ResumeToken(it.into());
    vec![
        (
            message!(WatchStart {
                start: Start::Now(false),
                heartbeat_interval: time(0, 999_999_999),
                on_expired: 99
            }),
            "FIELD_INVALID start.on_expired start.heartbeat_interval start",
        ),
        (
            message!(WatchStart { start: Start::Snapshot(false), heartbeat_interval: time(60, 1) }),
            "FIELD_INVALID start.heartbeat_interval start",
        ),
        (
            message!(WatchStart { heartbeat_interval: time(i64::MIN, i32::MIN) }),
            "FIELD_INVALID start.heartbeat_interval",
        ),
        (message!(WatchStart { start: resume("damaged") }), "RESUME_TOKEN_INVALID"),
        (message!(WatchStart { start: resume(""), on_expired: 2 }), "RESUME_TOKEN_INVALID"),
        (message!(WatchStart { start: resume(NUL) }), "RESUME_TOKEN_INVALID"),
    ]
}

pub async fn check(tried: &mut Tried) {
    documents(tried).await;
    incidents(tried).await;
    let filters = [
        (vec!["order".to_owned(), "nothing".to_owned()], "FIELD_INVALID filter.kinds[1]"),
        (vec![String::new()], "FIELD_INVALID filter.kinds[0]"),
        (vec![NUL.to_owned()], "FIELD_INVALID filter.kinds[0]"),
    ];
    let filters =
        filters.map(|(kinds, expected)| (message!(ChangeFilter { kinds: kinds }), expected));
    let asked = BAD_READS.map(|(token, on_expired, size, wait, expected)| {
        let request = message!(ReadChangesRequest {
            resume_token: token,
            on_expired: on_expired,
            page_size: size,
            wait: wait
        });
        (request, expected)
    });
    let filtered = filters
        .clone()
        .map(|(filter, expected)| (message!(ReadChangesRequest { filter: filter }), expected));
    tried
        .table("ChangeService/ReadChanges", asked.into_iter().chain(filtered), async |house, it| {
            told(house.tool.changes().read_changes(it).await)
        })
        .await;

    let watched = bad_starts()
        .into_iter()
        .map(|(start, expected)| (message!(WatchChangesRequest { start: start }), expected));
    let filtered = filters
        .map(|(filter, expected)| (message!(WatchChangesRequest { filter: filter }), expected));
    tried
        .table("ChangeService/WatchChanges", watched.chain(filtered), async |house, it| {
            told(house.tool.changes().watch_changes(it).await)
        })
        .await;

    // There is nothing to say to these that could be wrong; only who says it.
    tried
        .table(
            "ChangeService/GetHead",
            [(proto::GetHeadRequest {}, "SCOPE_MISSING")],
            async |house, it| told(house.operator.changes().get_head(it).await),
        )
        .await;
    tried
        .table(
            "ServerInfoService/GetServerInfo",
            [(proto::GetServerInfoRequest {}, "OK")],
            async |house, it| told(house.operator.server_info().get_server_info(it).await),
        )
        .await;
}

/// Tries a watch and its twin in single calls, with filters that are wrong.
macro_rules! watch_and_twin {
    (
        $tried:expr, $service:literal, $client:ident, $filters:expr, $wrong:literal,
        $read:literal $read_request:ident $read_call:ident,
        $watch:literal $watch_request:ident $watch_call:ident
    ) => {
        let asked = BAD_READS.map(|(token, on_expired, size, wait, expected)| {
            let request = message!($read_request {
                resume_token: token,
                on_expired: on_expired,
                page_size: size,
                wait: wait
            });
            (request, expected)
        });
        let filtered = $filters.map(|it| (message!($read_request { filter: it }), $wrong));
        $tried
            .table(
                concat!($service, "/", $read),
                asked.into_iter().chain(filtered),
                async |house, it| told(house.tool.$client().$read_call(it).await),
            )
            .await;
        let watched = bad_starts()
            .into_iter()
            .map(|(start, expected)| (message!($watch_request { start: start }), expected));
        let filtered = $filters.map(|it| (message!($watch_request { filter: it }), $wrong));
        $tried
            .table(concat!($service, "/", $watch), watched.chain(filtered), async |house, it| {
                told(house.tool.$client().$watch_call(it).await)
            })
            .await;
    };
}

async fn documents(tried: &mut Tried) {
    let shops = || [NUL.to_owned(), long(65)];
    watch_and_twin!(
        tried, "ReturnService", returns,
        shops().map(|it| message!(ReturnFilter { shop: it })), "FIELD_INVALID filter.shop",
        "ReadReturnChanges" ReadReturnChangesRequest read_return_changes,
        "WatchReturns" WatchReturnsRequest watch_returns
    );
    watch_and_twin!(
        tried, "CreditNoteService", credit_notes,
        shops().map(|it| message!(CreditNoteFilter { shop: it })), "FIELD_INVALID filter.shop",
        "ReadCreditNoteChanges" ReadCreditNoteChangesRequest read_credit_note_changes,
        "WatchCreditNotes" WatchCreditNotesRequest watch_credit_notes
    );
    watch_and_twin!(
        tried, "MonitoringService", monitoring,
        [-1, 99].map(|it| message!(IncidentFilter { kind: it })), "FIELD_INVALID filter.kind",
        "ReadIncidentChanges" ReadIncidentChangesRequest read_incident_changes,
        "WatchIncidents" WatchIncidentsRequest watch_incidents
    );
}

async fn incidents(tried: &mut Tried) {
    let pages = BAD_PAGES.map(|(size, token, expected)| {
        (message!(ListIncidentsRequest { page_size: size, page_token: token }), expected)
    });
    let more = [
        (message!(ListIncidentsRequest { kind: 99 }), "FIELD_INVALID kind"),
        (
            message!(ListIncidentsRequest { at_least_revision: -1 }),
            "FIELD_INVALID at_least_revision",
        ),
    ];
    tried
        .table(
            "MonitoringService/ListIncidents",
            pages.into_iter().chain(more),
            async |house, it| told(house.tool.monitoring().list_incidents(it).await),
        )
        .await;
}
