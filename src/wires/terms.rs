//! What a call of the Connect family says in its headers.

use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE,
};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::packing::Packing;
use super::refused;
use crate::error::Result;

const VERSION: HeaderName = HeaderName::from_static("connect-protocol-version");
const TIMEOUT: HeaderName = HeaderName::from_static("connect-timeout-ms");
const STREAM_PACKING: HeaderName = HeaderName::from_static("connect-content-encoding");
const STREAM_ACCEPTS: HeaderName = HeaderName::from_static("connect-accept-encoding");

/// How a call is made, beside its message.
#[derive(Debug, Default)]
pub struct Terms {
    /// As gRPC says it.
    timeout: Option<HeaderValue>,
    /// How what is asked is compressed.
    pub packed: Packing,
    /// How the answer may be.
    pub answer: Packing,
}

impl Terms {
    /// Reads them; a stream names its compression in headers of its own.
    pub fn read(headers: &HeaderMap, stream: bool) -> Result<Terms> {
        if let Some(version) = only(headers, &VERSION)?
            && version != "1"
        {
            let message = format!("connect-protocol-version is \"{version}\"; 1 is the only one");
            return Err(refused::malformed(message));
        }
        let timeout = only(headers, &TIMEOUT)?.map(grpc_timeout).transpose()?;
        let (packed, accepts) = match stream {
            true => (STREAM_PACKING, STREAM_ACCEPTS),
            false => (CONTENT_ENCODING, ACCEPT_ENCODING),
        };
        let packed = Packing::parse(only(headers, &packed)?)?;
        let lists = headers.get_all(accepts).iter().filter_map(|it| it.to_str().ok());
        let answer = Packing::accepted(&lists.collect::<Vec<_>>().join(","));
        Ok(Terms { timeout, packed, answer })
    }

    /// The headers of the same call as gRPC: what belongs to the wire goes, all else stays.
    pub fn as_grpc(&self, mut headers: HeaderMap) -> HeaderMap {
        let ours =
            [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, ACCEPT_ENCODING, VERSION, TIMEOUT];
        for header in ours.into_iter().chain([STREAM_PACKING, STREAM_ACCEPTS]) {
            headers.remove(header);
        }
        for header in ["grpc-timeout", "grpc-encoding", "grpc-accept-encoding", "te", "connection"]
        {
            headers.remove(header);
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
        headers.insert("te", HeaderValue::from_static("trailers"));
        if let Some(timeout) = &self.timeout {
            headers.insert("grpc-timeout", timeout.clone());
        }
        if let Some(token) = headers.get_mut(AUTHORIZATION) {
            token.set_sensitive(true);
        }
        headers
    }
}

/// The one value of a header; two are as bad as none that can be read.
pub fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => match value.to_str() {
            Ok(text) => Ok(Some(text.trim())),
            Err(_) => Err(refused::malformed(format!("the header {name} is no text"))),
        },
        _ => Err(refused::malformed(format!("the header {name} is there more than once"))),
    }
}

/// Milliseconds, as gRPC writes them: eight digits at most, and a unit.
fn grpc_timeout(millis: &str) -> Result<HeaderValue> {
    let digits = (1..=10).contains(&millis.len()) && millis.bytes().all(|it| it.is_ascii_digit());
    let number = millis.parse::<u64>().ok().filter(|_| digits);
    let number = number.ok_or_else(|| {
        refused::malformed(format!("connect-timeout-ms must be 1 to 10 digits, not \"{millis}\""))
    })?;
    let text =
        if number < 100_000_000 { format!("{number}m") } else { format!("{}S", number / 1000) };
    HeaderValue::try_from(text).map_err(|it| refused::malformed(it.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_by_their_digits() {
        let read = |text| grpc_timeout(text).map(|it| it.to_str().unwrap_or_default().to_owned());
        assert_eq!(read("0").unwrap(), "0m");
        assert_eq!(read("99999999").unwrap(), "99999999m");
        assert_eq!(read("100000000").unwrap(), "100000S");
        assert_eq!(read("9999999999").unwrap(), "9999999S");
        for bad in ["", "-1", "+1", "1.5", "10s", " ", "10000000000", "１"] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
