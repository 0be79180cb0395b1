//! What every slice's `wire.rs` needs: times, identities, and all faults at once.

pub mod document;

use std::fmt;
use std::time::Duration;

use prost_types::Timestamp;
use time::macros::format_description;
use time::{Date, OffsetDateTime};
use tonic::{Response, Status};

use crate::books::{Name, NameKind, Named};
use crate::error::{Faults, Reason, Refusal, Result};
use crate::id::{ExternalId, OrderId, RequestId, SystemName};
use crate::lanes::Receipt;
use crate::proto;

/// How many lines a document may have.
pub const LINES_MAX: usize = 2_000;

/// An instant on the wire.
pub fn timestamp(at: OffsetDateTime) -> Timestamp {
    Timestamp { seconds: at.unix_timestamp(), nanos: at.nanosecond() as i32 }
}

/// An instant from the wire, to the microsecond; years 1 to 9999.
pub fn instant(path: &str, timestamp: Timestamp) -> Result<OffsetDateTime> {
    parse_instant(timestamp).map_err(|it| Refusal::field(path, it))
}

/// The same where faults are collected: what is wrong with it.
pub fn parse_instant(timestamp: Timestamp) -> Result<OffsetDateTime, &'static str> {
    const WRONG: &str = "must be an instant between the years 1 and 9999";
    let Timestamp { seconds, nanos } = timestamp;
    if !(0..1_000_000_000).contains(&nanos) {
        return Err(WRONG);
    }
    let micros = i128::from(seconds) * 1_000_000 + i128::from(nanos / 1000);
    let at = OffsetDateTime::from_unix_timestamp_nanos(micros * 1000).map_err(|_| WRONG)?;
    if 1 <= at.year() { Ok(at) } else { Err(WRONG) }
}

/// A length of time in whole seconds, `from` to `to` with fractions; `default` where none is given.
pub fn duration(
    faults: &mut Faults,
    path: &str,
    given: Option<prost_types::Duration>,
    default: u64,
    from: u64,
    to: u64,
) -> Duration {
    let Some(prost_types::Duration { seconds, nanos }) = given else {
        return Duration::from_secs(default);
    };
    // Conversions of the library overflow where the numbers are absurd.
    let seconds = u64::try_from(seconds).ok().filter(|it| *it <= to);
    let nanos = u32::try_from(nanos).ok().filter(|it| *it < 1_000_000_000);
    let given = seconds.zip(nanos).map(|(seconds, nanos)| Duration::new(seconds, nanos));
    let within = |it: &Duration| Duration::from_secs(from) <= *it && *it <= Duration::from_secs(to);
    let given = given.filter(within).ok_or_else(|| format!("must be {from} to {to} s"));
    faults.take(path, given).unwrap_or_default()
}

/// The identity of a write that has no natural key.
pub fn request_id(text: &str) -> Result<RequestId> {
    must_have_identity(text)?;
    RequestId::parse(text).map_err(|it| Refusal::field("request_id", it))
}

/// The same where faults are collected: only a missing one is refused at once.
pub fn take_request_id(faults: &mut Faults, text: &str) -> Result<Option<RequestId>> {
    must_have_identity(text)?;
    Ok(faults.take("request_id", RequestId::parse(text)))
}

fn must_have_identity(text: &str) -> Result<()> {
    if text.is_empty() {
        return Err(Refusal::new(
            Reason::RequestIdRequired,
            "request_id is missing; give every write one, and the same one when you repeat it",
        ));
    }
    Ok(())
}

/// The name under which a caller says a request.
pub fn request_name(system: &SystemName, id: &RequestId) -> Name {
    Name { system: system.clone(), kind: NameKind::Request, id: id.to_string() }
}

/// What was parsed, or every fault. What was parsed is whole exactly if there is no fault.
pub fn all<T>(faults: Faults, parsed: impl FnOnce() -> Option<T>) -> Result<T> {
    faults.check()?;
    parsed().ok_or_else(|| Refusal::internal("a field went missing without a fault"))
}

/// An answer to a write, marked where it only repeats the first one.
pub fn response<A, T>(receipt: &Receipt<A>, answer: T) -> Result<Response<T>, Status> {
    let mut response = Response::new(answer);
    if receipt.replayed {
        let header = tonic::metadata::MetadataValue::from_static("true");
        response.metadata_mut().insert("erpsync-replayed", header);
    }
    Ok(response)
}

/// A date on a document, if one is given.
pub fn date(faults: &mut Faults, path: &str, text: &str) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let format = format_description!("[year]-[month]-[day]");
    let date = Date::parse(text, format).map_err(|_| "must be a date like 2026-11-23");
    faults.take(path, date)
}

/// A date that a document must bear.
pub fn needed_date(faults: &mut Faults, path: &str, text: &str) -> Option<Date> {
    if text.is_empty() {
        faults.push(path, "must be a date like 2026-11-23");
    }
    date(faults, path, text)
}

/// Words for people, which may be none.
pub fn text(faults: &mut Faults, path: impl fmt::Display, text: &str, bytes_max: usize) {
    if bytes_max < text.len() || text.contains('\0') {
        faults.push(path.to_string(), format!("must have at most {bytes_max} bytes, and no NUL"));
    }
}

/// The path of a field of one of several rows. It is written out only where it is told: rows come by the thousand, and
/// few are at fault.
#[derive(Clone, Copy)]
pub struct FieldPath<'a> {
    /// Of all rows.
    pub rows: &'a dyn fmt::Display,
    /// Of the row, from 0.
    pub nth: usize,
    /// Of the field, within the row.
    pub field: &'a str,
}

impl fmt::Display for FieldPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FieldPath { rows, nth, field } = self;
        write!(f, "{rows}[{nth}].{field}")
    }
}

impl From<FieldPath<'_>> for String {
    fn from(path: FieldPath<'_>) -> String {
        path.to_string()
    }
}

/// Something that may be left out.
pub fn given<T>(
    faults: &mut Faults,
    path: impl Into<String>,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    if text.is_empty() { None } else { faults.take(path, parse(text)) }
}

/// The number of a movement in a ledger; 0: none.
pub fn ledger_number(faults: &mut Faults, path: impl Into<String>, number: i64) {
    if number < 0 {
        faults.push(path, "must not be negative");
    }
}

/// The paths of a row's fields.
pub type At<'a> = &'a dyn Fn(&'static str) -> FieldPath<'static>;

/// The lines of a document, 1 to 2,000, each read by itself; `at` is the path of its fields.
pub fn lines<L, T>(
    faults: &mut Faults,
    lines: Vec<L>,
    mut read: impl FnMut(&mut Faults, At<'_>, L) -> Option<T>,
) -> Vec<T> {
    if !(1..=LINES_MAX).contains(&lines.len()) {
        let told = format!("must have 1 to {LINES_MAX} entries, and has {}", lines.len());
        faults.push("lines", told);
        return Vec::new();
    }
    let mut parsed = Vec::with_capacity(lines.len());
    for (nth, line) in lines.into_iter().enumerate() {
        let at = |field| FieldPath { rows: &"lines", nth, field };
        parsed.extend(read(faults, &at, line));
    }
    parsed
}

/// Which order a request names; an empty system is the caller.
pub fn order_named(
    faults: &mut Faults,
    path: &str,
    order: Option<proto::OrderReference>,
    caller: &SystemName,
) -> Option<Named> {
    use proto::order_reference::Reference as Given;
    match order.and_then(|it| it.reference) {
        None => {
            faults.push(path, "must name an order");
            None
        }
        Some(Given::OrderId(id)) => ours(faults, &format!("{path}.order_id"), &id),
        Some(Given::External(it)) => theirs(faults, path, it, caller, NameKind::Order),
    }
}

/// Which document of a kind a request names; an empty system is the caller.
pub fn document_named(
    faults: &mut Faults,
    path: &str,
    document: Option<proto::DocumentReference>,
    caller: &SystemName,
    kind: NameKind,
) -> Option<Named> {
    use proto::document_reference::Reference as Given;
    match document.and_then(|it| it.reference) {
        None => {
            let what = kind.as_str().replace('_', " ");
            faults.push(path, format!("must name a document: {what}"));
            None
        }
        Some(Given::DocumentId(id)) => ours(faults, &format!("{path}.document_id"), &id),
        Some(Given::External(it)) => theirs(faults, path, it, caller, kind),
    }
}

/// The same where nothing else can be at fault.
pub fn one_document(
    path: &str,
    document: Option<proto::DocumentReference>,
    caller: &SystemName,
    kind: NameKind,
) -> Result<Named> {
    let mut faults = Faults::default();
    let named = document_named(&mut faults, path, document, caller, kind);
    all(faults, || named)
}

fn ours(faults: &mut Faults, path: &str, id: &str) -> Option<Named> {
    // All our ids are written alike.
    faults.take(path, OrderId::parse(id)).map(|it| Named::Ours(it.0))
}

fn theirs(
    faults: &mut Faults,
    path: &str,
    reference: proto::ExternalReference,
    caller: &SystemName,
    kind: NameKind,
) -> Option<Named> {
    let proto::ExternalReference { system, external_id } = reference;
    let system = match system.as_str() {
        "" => Some(caller.clone()),
        system => faults.take(format!("{path}.external.system"), SystemName::parse(system)),
    };
    let id = faults.take(format!("{path}.external.external_id"), ExternalId::parse(&external_id));
    Some(Named::Theirs(Name { system: system?, kind, id: id?.to_string() }))
}
