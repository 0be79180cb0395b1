//! Questions in a URL: `GET …?connect=v1&encoding=json&message={…}`, as Connect writes them.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, Request};
use tonic::body::Body;

use super::answer::full;
use super::refused::malformed;
use crate::error::{Refusal, Result};

/// With its padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The same call with its message in the body.
pub fn posted(request: Request<Body>) -> Result<Request<Body>, Refusal> {
    let (mut parts, _) = request.into_parts();
    let (mut encoding, mut message, mut is_base64) = (None, None, false);
    let mut seen = Vec::new();
    for (name, value) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
        if seen.contains(&name) {
            return Err(malformed(format!("the URL says {name} more than once")));
        }
        match (&*name, &*value) {
            ("message", _) => message = Some(value.into_owned()),
            ("encoding", "json" | "proto") => encoding = Some(format!("application/{value}")),
            ("base64", "0" | "1") => is_base64 = value == "1",
            ("connect", "v1") => {}
            ("compression", _) => {
                let packing = HeaderValue::try_from(&*value);
                let packing = packing.map_err(|_| malformed("the URL's compression is no word"))?;
                parts.headers.insert(CONTENT_ENCODING, packing);
            }
            ("encoding" | "base64" | "connect", _) => {
                return Err(malformed(format!("the URL's {name} cannot be \"{value}\"")));
            }
            _ => return Err(malformed(format!("the URL says {name}, which means nothing here"))),
        }
        seen.push(name);
    }
    let encoding =
        encoding.ok_or_else(|| malformed("the URL lacks encoding=json or encoding=proto"))?;
    let message = message.ok_or_else(|| malformed("the URL lacks message=…"))?;
    let message = match is_base64 {
        false => message.into_bytes(),
        true => BASE64.decode(&message).map_err(|it| malformed(format!("message: {it}")))?,
    };
    parts.method = Method::POST;
    let encoding = HeaderValue::try_from(encoding).map_err(|it| malformed(it.to_string()))?;
    parts.headers.insert(CONTENT_TYPE, encoding);
    parts.headers.remove(HeaderName::from_static("content-length"));
    Ok(Request::from_parts(parts, full(message.into())))
}
