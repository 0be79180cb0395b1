//! Refusals, as Connect and plain JSON tell them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use prost::Message as _;
use prost_reflect::DynamicMessage;
use tonic::{Code, Status};

use super::contract::Contract;
use crate::error::{Reason, Refusal};

/// What cannot be read.
pub fn malformed(message: impl Into<String>) -> Refusal {
    Refusal::new(Reason::RequestMalformed, message)
}

/// What is not read to its end.
pub fn too_large(bytes_max: usize) -> Refusal {
    let most = match bytes_max >> 20 {
        mebi if mebi << 20 == bytes_max => format!("{mebi} MiB"),
        _ => format!("{bytes_max} bytes"),
    };
    let message = format!("the message is above {most}, as it is or unpacked; send less at a time");
    Refusal::new(Reason::MessageTooLarge, message)
}

/// What is called in a way in which it cannot be called, and how it can.
pub fn unsuitable(message: impl Into<String>, method: &str, instead: &str) -> Refusal {
    Refusal::new(Reason::WireUnsuitable, message).with("method", method).with("instead", instead)
}

/// A refusal as Connect writes it.
#[derive(serde::Serialize)]
pub struct Told {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail>,
}

#[derive(serde::Serialize)]
struct Detail {
    r#type: String,
    /// For programs: the bytes, in base64 without padding.
    value: String,
    /// For people: the same, readable.
    #[serde(skip_serializing_if = "Option::is_none")]
    debug: Option<serde_json::Value>,
}

/// What of a status is told.
pub fn told(contract: &Contract, status: &Status) -> Told {
    let details = tonic_types::pb::Status::decode(status.details()).unwrap_or_default().details;
    let detail = |it: prost_types::Any| {
        let name = it.type_url.rsplit('/').next().unwrap_or_default();
        let of = contract.message(name);
        let debug = of.and_then(|of| DynamicMessage::decode(of, &*it.value).ok());
        let debug = debug.and_then(|it| serde_json::to_value(it).ok());
        Detail { r#type: name.into(), value: BASE64_STANDARD_NO_PAD.encode(&it.value), debug }
    };
    let details = details.into_iter().map(detail).collect();
    Told { code: name(status.code()), message: status.message().into(), details }
}

impl Told {
    /// As the body of an answer.
    pub fn into_json(self) -> Bytes {
        // What consists of texts can always be written.
        serde_json::to_vec(&self).unwrap_or_default().into()
    }
}

/// The status of HTTP that belongs to a refusal.
pub fn http(status: &Status) -> StatusCode {
    match status.code() {
        Code::Ok => StatusCode::OK,
        // Said by nobody but the caller's own side.
        Code::Cancelled => StatusCode::from_u16(499).unwrap_or(StatusCode::BAD_REQUEST),
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => {
            StatusCode::BAD_REQUEST
        }
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::PermissionDenied => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::AlreadyExists | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        Code::Unimplemented => StatusCode::NOT_IMPLEMENTED,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::DeadlineExceeded => StatusCode::GATEWAY_TIMEOUT,
        Code::Internal | Code::Unknown | Code::DataLoss => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "ok",
        Code::Cancelled => "canceled",
        Code::Unknown => "unknown",
        Code::InvalidArgument => "invalid_argument",
        Code::DeadlineExceeded => "deadline_exceeded",
        Code::NotFound => "not_found",
        Code::AlreadyExists => "already_exists",
        Code::PermissionDenied => "permission_denied",
        Code::ResourceExhausted => "resource_exhausted",
        Code::FailedPrecondition => "failed_precondition",
        Code::Aborted => "aborted",
        Code::OutOfRange => "out_of_range",
        Code::Unimplemented => "unimplemented",
        Code::Internal => "internal",
        Code::Unavailable => "unavailable",
        Code::DataLoss => "data_loss",
        Code::Unauthenticated => "unauthenticated",
    }
}

/// What a caller may see of the headers and trailers of gRPC.
pub fn metadata(headers: &HeaderMap) -> HeaderMap {
    let mut seen = headers.clone();
    for ours in ["grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-encoding"] {
        seen.remove(ours);
    }
    seen.remove(http::header::CONTENT_TYPE);
    seen.remove(http::header::CONTENT_LENGTH);
    seen
}
