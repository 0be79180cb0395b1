//! Refusals as the suite expects them: of what no service has refused it wants the code, and no
//! details. Those of erpsync always bear its reason, which is taken off here.

use http::{HeaderMap, Response};
use http_body_util::BodyExt as _;
use tonic::Status;
use tonic::body::Body;
use tonic_types::StatusExt as _;

const DETAILS: &str = "grpc-status-details-bin";

/// The same answer, without reasons.
pub fn refusals(mut answer: Response<Body>) -> Response<Body> {
    strip(answer.headers_mut());
    answer.map(|body| {
        Body::new(body.map_frame(|mut frame| {
            if let Some(trailers) = frame.trailers_mut() {
                strip(trailers);
            }
            frame
        }))
    })
}

fn strip(headers: &mut HeaderMap) {
    let info = Status::from_header_map(headers).and_then(|it| it.get_details_error_info());
    if info.is_some_and(|it| it.domain == erpsync::error::DOMAIN) {
        headers.remove(DETAILS);
    }
}
