use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::{HeaderMap, Request, Response};
use tonic::body::Body;
use tonic::{Code, Status};
use tonic_types::StatusExt;
use tower::Service;

use super::answered::{answered, code_of, method_unknown};
use super::farewell::Farewell;
use super::{Access, Caller, Leaving, rights};
use crate::error::{Reason, Refusal, Result};

const HEALTH: &str = "grpc.health.v1.";
const REFLECTION: &str = "grpc.reflection.";

/// Lets in who may come in, and sees to it that every refusal says why.
#[derive(Clone)]
pub struct Layer {
    access: Access,
    reflection_is_public: bool,
}

impl Layer {
    /// Asks this about tokens. Whether strangers may ask what there is to call is for the house to say.
    pub fn new(access: Access, reflection_is_public: bool) -> Layer {
        Layer { access, reflection_is_public }
    }
}

impl<S> tower::Layer<S> for Layer {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { layer: self.clone(), inner }
    }
}

/// A service behind the [`Layer`].
#[derive(Clone)]
pub struct Guarded<S> {
    layer: Layer,
    inner: S,
}

impl<S> Service<Request<Body>> for Guarded<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let Layer { access, reflection_is_public } = self.layer.clone();
        // The one that was asked whether it is ready is the one that is called.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            let begin = Instant::now();
            let method = request.uri().path().trim_start_matches('/').to_owned();
            let leaving: Leaving = request.extensions().get().cloned().unwrap_or_default();
            if method.starts_with(HEALTH) || method.starts_with(REFLECTION) {
                if method.starts_with(REFLECTION) && !reflection_is_public {
                    let known = identify(&access, request.headers()).await;
                    if let Err(refusal) = known {
                        return Ok(Status::from(refusal).into_http());
                    }
                }
                let answer = inner.call(request).await?;
                return Ok(answer.map(|it| Farewell::to(it, leaving)));
            }
            let (called_by, response) = match admit(&access, &method, request.headers()).await {
                Ok(mut caller) => {
                    caller.leaving = leaving;
                    request.extensions_mut().insert(caller.clone());
                    (Some(caller), answered(inner, request).await)
                }
                Err(refusal) => (None, Status::from(refusal).into_http()),
            };
            tell(&method, called_by, response.headers(), begin.elapsed());
            Ok(response)
        })
    }
}

/// One line for each call: what went well for whoever looks for it, refusals for everybody.
fn tell(method: &str, caller: Option<Caller>, headers: &HeaderMap, took: Duration) {
    let millis = took.as_millis() as u64;
    let (environment, system) = match &caller {
        Some(it) => (it.environment.0, it.system.as_str()),
        None => (0, "a stranger"),
    };
    match code_of(headers) {
        None | Some(Code::Ok) => {
            tracing::debug!(method, environment, system, millis, "{method} for {system}: done");
        }
        Some(code) => {
            let info = Status::from_header_map(headers).and_then(|it| it.get_details_error_info());
            let reason = info.map(|it| it.reason).unwrap_or_default();
            tracing::info!(
                method,
                environment,
                system,
                millis,
                ?code,
                reason,
                "{method} for {system}: refused, {code:?} {reason}"
            );
        }
    }
}

/// Who calls, by its token; and one call more is counted.
async fn identify(access: &Access, headers: &HeaderMap) -> Result<Caller> {
    let mut sent = headers.get_all(http::header::AUTHORIZATION).iter();
    let token = match (sent.next(), sent.next()) {
        (Some(only), None) => only.to_str().ok().and_then(|it| it.strip_prefix("Bearer ")),
        _ => None,
    };
    let caller = access.caller(token.unwrap_or_default()).await?;
    access.count(&caller)?;
    Ok(caller)
}

async fn admit(access: &Access, method: &str, headers: &HeaderMap) -> Result<Caller> {
    let caller = identify(access, headers).await?;
    let kinds = rights::of(method).ok_or_else(|| method_unknown(method))?;
    let kind = caller.kind.as_str();
    let missing = |message| {
        Refusal::new(Reason::ScopeMissing, message).with("method", method).with("kind", kind)
    };
    if !kinds.contains(&caller.kind) {
        return Err(missing(format!("a system of kind {kind} may not call {method}")));
    }
    if !caller.scope.permits(method) {
        let scope = &caller.scope;
        let message = format!("this token may not call {method}; it may call: {scope}");
        return Err(missing(message).with("scope", scope));
    }
    Ok(caller)
}
