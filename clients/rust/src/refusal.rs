use std::collections::HashMap;
use std::time::Duration;

use tonic::Status;
use tonic_types::StatusExt;

/// Why a call was refused, taken from a status: decide by [`Refusal::reason`], show the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// As documented in `error.proto`, without its prefix: `INSUFFICIENT_STOCK`.
    pub reason: String,
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
        reason: info.reason,
        metadata: info.metadata,
        fields: fields.into_iter().map(|it| (it.field, it.description)).collect(),
        retry_after: status.get_details_retry_info().and_then(|it| it.retry_delay),
    })
}
