use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::proto::Reason;

/// Why a call was refused, taken from a status: decide by [`Refusal::reason`], show the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What the caller can do about it, in general.
    pub code: Code,
    /// As documented in `error.proto`, without its prefix: `INSUFFICIENT_STOCK`. A newer server may know
    /// more of them than [`Reason`] here has.
    pub reason: String,
    /// For people.
    pub message: String,
    /// The facts that the reason's documentation names.
    pub metadata: HashMap<String, String>,
    /// The fields at fault: path and what is wrong with it.
    pub fields: Vec<(String, String)>,
    /// How long to wait before saying the same again.
    pub retry_after: Option<Duration>,
}

/// The refusal in a status; `None` where the server did not answer (a broken connection, say).
pub fn refusal(status: &Status) -> Option<Refusal> {
    let info = status.get_details_error_info()?;
    let fields = status.get_details_bad_request().map(|it| it.field_violations).unwrap_or_default();
    Some(Refusal {
        code: status.code(),
        reason: info.reason,
        message: status.message().to_owned(),
        metadata: info.metadata,
        fields: fields.into_iter().map(|it| (it.field, it.description)).collect(),
        retry_after: status.get_details_retry_info().and_then(|it| it.retry_delay),
    })
}

impl Refusal {
    /// The reason as a value to match; `None` where this client does not know it yet.
    pub fn known_reason(&self) -> Option<Reason> {
        Reason::from_str_name(&format!("REASON_{}", self.reason))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.reason)
    }
}

impl std::error::Error for Refusal {}
