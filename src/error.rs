//! What can be refused, and what the caller is told about it.
//!
//! A [`Refusal`] is an answer: a reason for machines, a sentence for people, facts in the metadata.
//! Business code makes refusals; only here do they become gRPC statuses.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use crate::proto;
pub use crate::proto::Reason;

/// What a function answers that may refuse.
pub type Result<T, E = Refusal> = std::result::Result<T, E>;

/// The domain in every `google.rpc.ErrorInfo`.
pub const DOMAIN: &str = "erpsync";

/// Why something was not done. Nothing has changed where one is returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// For machines.
    #[serde(with = "reason_name")]
    pub reason: Reason,
    /// For people: what, which one, what now.
    pub message: String,
    /// The facts that the reason's documentation promises.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Every field at fault, where fields are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// How long to wait, where waiting helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<Duration>,
}

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// As in the proto: `lines[2].sku`.
    pub path: String,
    /// What is wrong with it.
    pub description: String,
}

impl Refusal {
    /// A refusal with its sentence and no facts yet.
    pub fn new(reason: Reason, message: impl Into<String>) -> Refusal {
        let (metadata, fields, retry_after) = (BTreeMap::new(), Vec::new(), None);
        Refusal { reason, message: message.into(), metadata, fields, retry_after }
    }

    /// One field at fault. Several are collected by [`Faults`].
    pub fn field(path: impl Into<String>, description: impl fmt::Display) -> Refusal {
        let mut faults = Faults::default();
        faults.push(path, description);
        faults.into_refusal()
    }

    /// What was named is not there; in the same words for another environment's.
    pub fn not_found(resource: &str, name: impl fmt::Display) -> Refusal {
        Refusal::new(Reason::NotFound, format!("{resource} \"{name}\" does not exist"))
            .with("resource", resource)
            .with("name", name)
    }

    /// A step that the state does not permit. States as the API writes them, in capitals.
    pub fn step(what: impl fmt::Display, from: &str, to: &str) -> Refusal {
        let message = format!("{what} is {from}, and cannot become {to}");
        Refusal::new(Reason::InvalidState, message).with("from", from).with("to", to)
    }

    /// Our fault: the log is told everything, the caller an id to report.
    pub fn internal(cause: impl fmt::Debug) -> Refusal {
        let mut bytes = [0; 8];
        // Without randomness the id is zeros: still findable by its time.
        let _ = getrandom::fill(&mut bytes);
        let error_id = format!("{:016x}", u64::from_be_bytes(bytes));
        tracing::error!(error_id, cause = ?cause, "internal error {error_id}");
        Refusal::new(Reason::Internal, format!("internal error {error_id}"))
            .with("error_id", error_id)
    }

    /// The database is away, or was while this was under way.
    pub fn unavailable() -> Refusal {
        Refusal::new(
            Reason::DatabaseUnavailable,
            "the database is away; say the same again, saying it twice does it once",
        )
        .after(Duration::from_secs(1))
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl fmt::Display) -> Refusal {
        self.metadata.insert(key.into(), value.to_string());
        self
    }

    /// Adds how long to wait.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Refusal {
        self.retry_after = Some(delay);
        self
    }

    /// The reason as it stands on the wire: `INSUFFICIENT_STOCK`.
    pub fn reason_name(&self) -> &'static str {
        reason_name::of(self.reason)
    }

    /// A read that failed. Whoever asks again may have more luck; the log knows why.
    pub fn of_read(cause: sqlx::Error) -> Refusal {
        match cause {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => {
                tracing::warn!(%cause, "the database is away: {cause}");
                Refusal::unavailable()
            }
            sqlx::Error::Database(ref it)
                if it.code().is_some_and(|it| {
                    ["08", "53", "57P"].iter().any(|class| it.starts_with(class))
                }) =>
            {
                tracing::warn!(%cause, "the database is away: {cause}");
                Refusal::unavailable()
            }
            cause => Refusal::internal(cause),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Status {
        let code = code(refusal.reason);
        let reason = refusal.reason_name();
        let metadata: HashMap<_, _> = refusal.metadata.into_iter().collect();
        let mut details = ErrorDetails::with_error_info(reason, DOMAIN, metadata);
        for Field { path, description } in refusal.fields {
            details.add_bad_request_violation(path, description);
        }
        if let Some(delay) = refusal.retry_after {
            details.set_retry_info(Some(delay));
        }
        Status::with_error_details(code, refusal.message, details)
    }
}

/// The same answer for one item of a batch, whose call as a whole is fine.
impl From<Refusal> for proto::Problem {
    fn from(refusal: Refusal) -> proto::Problem {
        let reason = refusal.reason_name().into();
        let Refusal { message, metadata, fields, reason: _, retry_after: _ } = refusal;
        let violation = |Field { path, description }| proto::FieldViolation { path, description };
        let metadata = metadata.into_iter().collect();
        let field_violations = fields.into_iter().map(violation).collect();
        proto::Problem { reason, message, metadata, field_violations }
    }
}

/// One meaning per status code.
pub fn code(reason: Reason) -> Code {
    use Reason::*;
    match reason {
        FieldInvalid | RequestIdRequired | AmountsDoNotAddUp | PageTokenInvalid
        | ResumeTokenInvalid | RequestMalformed | CurrencyMismatch | NumberOutOfRange => {
            Code::InvalidArgument
        }
        TokenInvalid => Code::Unauthenticated,
        ScopeMissing => Code::PermissionDenied,
        NotFound | OrderLineNotFound => Code::NotFound,
        RequestIdReused
        | OrderContentMismatch
        | DocumentContentMismatch
        | ForeignNumberInUse
        | NameInUse => Code::AlreadyExists,
        InsufficientStock
        | ArticleNotForSale
        | LocationNotAssigned
        | SourceVersionReused
        | InvalidState
        | QuantityExceeded
        | CreditExceedsInvoice
        | CauseAlreadyCredited
        | PrepaymentMismatch
        | PrepaymentExceeded
        | LeaseSuperseded
        | StatementSequenceReused
        | StatementSequenceRequired
        | ArticleHasStock
        | ArticleIsComposed
        | CompositionTooDeep
        | CompositionLimit
        | WaitsForDocument
        | TaskRefused
        | AttemptsExhausted
        | BatchOutOfOrder
        | NotLeadingSystem
        | TlsRequired => Code::FailedPrecondition,
        RevisionNotReached => Code::Aborted,
        ResumeTokenExpired | ResumeTokenForeign => Code::OutOfRange,
        Overloaded | SlowConsumer | MessageTooLarge | RateLimited | HeadersTooLarge
        | UploadIdle => Code::ResourceExhausted,
        DatabaseUnavailable | ShuttingDown => Code::Unavailable,
        DeadlineExceeded => Code::DeadlineExceeded,
        MethodUnknown | WireUnsuitable => Code::Unimplemented,
        Internal | Unspecified => Code::Internal,
    }
}

/// Collects every field at fault, so that a caller mends all at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<Field>);

impl Faults {
    /// The value, or `None` and a fault at `path`.
    pub fn take<T, E: fmt::Display>(
        &mut self,
        path: impl Into<String>,
        parsed: std::result::Result<T, E>,
    ) -> Option<T> {
        parsed.map_err(|it| self.push(path, it)).ok()
    }

    /// A fault at `path`.
    pub fn push(&mut self, path: impl Into<String>, description: impl fmt::Display) {
        self.0.push(Field { path: path.into(), description: description.to_string() });
    }

    /// The faults of a part, each below the path of the part.
    pub fn extend_below(&mut self, path: &str, part: Faults) {
        let below = |it: Field| Field { path: format!("{path}.{}", it.path), ..it };
        self.0.extend(part.0.into_iter().map(below));
    }

    /// Whether anything was at fault so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fine, or everything that is not.
    pub fn check(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_refusal()) }
    }

    fn into_refusal(self) -> Refusal {
        let told: Vec<_> =
            self.0.iter().take(5).map(|it| format!("{}: {}", it.path, it.description)).collect();
        let rest = self.0.len() - told.len();
        let mut message = told.join("; ");
        if 0 < rest {
            message.push_str(&format!("; and {rest} more"));
        }
        // A megabyte of faults helps nobody, and a status travels in a header.
        let fields = self.0.into_iter().take(50).collect();
        Refusal { fields, ..Refusal::new(Reason::FieldInvalid, message) }
    }
}

/// Reasons by name, because numbers in kept answers could not be read by people.
mod reason_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Reason;

    pub fn of(reason: Reason) -> &'static str {
        reason.as_str_name().trim_start_matches("REASON_")
    }

    pub fn serialize<S: Serializer>(reason: &Reason, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(of(*reason))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Reason, D::Error> {
        let name = String::deserialize(from)?;
        Reason::from_str_name(&format!("REASON_{name}"))
            .ok_or_else(|| D::Error::custom(format!("no reason {name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_code_and_survives_being_kept() {
        for number in 0..200 {
            let Ok(reason) = Reason::try_from(number) else { continue };
            let refusal = Refusal::new(reason, "x").with("k", 1);
            let kept = serde_json::to_string(&refusal).unwrap();
            assert_eq!(serde_json::from_str::<Refusal>(&kept).unwrap(), refusal);
            let known = [Reason::Unspecified, Reason::Internal].contains(&reason);
            assert_eq!(code(reason) == Code::Internal, known, "{reason:?}");
        }
    }

    #[test]
    fn all_faults_at_once_in_their_order() {
        let mut faults = Faults::default();
        faults.push("a", "is empty");
        faults.push("b[1]", "is too long");
        let refusal = faults.check().unwrap_err();
        assert_eq!(refusal.message, "a: is empty; b[1]: is too long");
        assert_eq!(refusal.fields.len(), 2);
    }
}
