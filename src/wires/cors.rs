//! Which pages a browser lets call us. None, unless an operator names them.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use tonic::body::Body;

/// What pages may send beside what they always may.
const SENT: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, content-encoding, connect-protocol-version, connect-timeout-ms, \
     connect-accept-encoding, connect-content-encoding, grpc-timeout, x-grpc-web, x-user-agent",
);
/// What pages may read of the wires' own, beside what they always may.
const READ: [&str; 4] =
    ["grpc-status", "grpc-message", "grpc-status-details-bin", "connect-content-encoding"];

/// Origins whose pages may call.
#[derive(Debug, Default)]
pub struct Origins(Vec<HeaderValue>);

impl Origins {
    /// `https://shop.example`, each without a path.
    pub fn parse(named: &[String]) -> Result<Origins, String> {
        let parse = |it: &String| {
            let host = it.split_once("://").map_or("", |(_, host)| host);
            let parsed = HeaderValue::from_str(it).ok();
            let parsed = parsed.filter(|_| !host.is_empty() && !host.contains(['/', '*', ' ']));
            parsed.ok_or_else(|| format!("{it} is no origin such as https://shop.example"))
        };
        named.iter().map(parse).collect::<Result<_, _>>().map(Origins)
    }

    /// The origin of a request, if its pages may call.
    pub fn of(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let mut sent = headers.get_all(ORIGIN).iter();
        let (Some(origin), None) = (sent.next(), sent.next()) else { return None };
        self.0.contains(origin).then(|| origin.clone())
    }

    /// Lets the page of this origin read an answer.
    pub fn open(&self, response: &mut Response<Body>, origin: Option<HeaderValue>) {
        let headers = response.headers_mut();
        if let Some(origin) = origin {
            // And all that a service has said beside its answer, whatever that is.
            let said = headers.keys().map(HeaderName::as_str).filter(|it| !READ.contains(it));
            let read: Vec<_> = READ.into_iter().chain(said).collect();
            if let Ok(read) = HeaderValue::try_from(read.join(", ")) {
                headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, read);
            }
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        if !self.0.is_empty() {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
    }
}

/// Whether a browser only asks whether its page might call.
pub fn is_asking(request: &Request<Body>) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// That it may.
pub fn yes() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, SENT);
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    response
}
