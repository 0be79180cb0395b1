use erpsync_client::proto;
use proto::watch_start::Start;

use super::{NUL, Tried, long, message, told};

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

async fn documents(tried: &mut Tried) {
    let wrong = "FIELD_INVALID filter.shop";
    let filters = [NUL.to_owned(), long(65)].map(|it| message!(ReturnFilter { shop: it }));
    let asked = BAD_READS.map(|(token, on_expired, size, wait, expected)| {
        let request = message!(ReadReturnChangesRequest {
            resume_token: token,
            on_expired: on_expired,
            page_size: size,
            wait: wait
        });
        (request, expected)
    });
    let filtered =
        filters.clone().map(|it| (message!(ReadReturnChangesRequest { filter: it }), wrong));
    tried
        .table(
            "ReturnService/ReadReturnChanges",
            asked.into_iter().chain(filtered),
            async |house, it| told(house.shop.returns().read_return_changes(it).await),
        )
        .await;
    let watched = bad_starts()
        .into_iter()
        .map(|(start, expected)| (message!(WatchReturnsRequest { start: start }), expected));
    let filtered = filters.map(|it| (message!(WatchReturnsRequest { filter: it }), wrong));
    tried
        .table("ReturnService/WatchReturns", watched.chain(filtered), async |house, it| {
            told(house.shop.returns().watch_returns(it).await)
        })
        .await;

    let wrong = "FIELD_INVALID filter.shop";
    let filters = [NUL.to_owned(), long(65)].map(|it| message!(CreditNoteFilter { shop: it }));
    let asked = BAD_READS.map(|(token, on_expired, size, wait, expected)| {
        let request = message!(ReadCreditNoteChangesRequest {
            resume_token: token,
            on_expired: on_expired,
            page_size: size,
            wait: wait
        });
        (request, expected)
    });
    let filtered =
        filters.clone().map(|it| (message!(ReadCreditNoteChangesRequest { filter: it }), wrong));
    tried
        .table(
            "CreditNoteService/ReadCreditNoteChanges",
            asked.into_iter().chain(filtered),
            async |house, it| told(house.shop.credit_notes().read_credit_note_changes(it).await),
        )
        .await;
    let watched = bad_starts()
        .into_iter()
        .map(|(start, expected)| (message!(WatchCreditNotesRequest { start: start }), expected));
    let filtered = filters.map(|it| (message!(WatchCreditNotesRequest { filter: it }), wrong));
    tried
        .table("CreditNoteService/WatchCreditNotes", watched.chain(filtered), async |house, it| {
            told(house.shop.credit_notes().watch_credit_notes(it).await)
        })
        .await;
}
