use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tonic::body::Body;

use super::connection::bounded;
use super::line::{Line, PATIENCE};
use crate::error::{Reason, Refusal};
use crate::wires;

/// With this every connection begins that speaks TLS: a record of its handshake.
const HANDSHAKE: u8 = 0x16;

/// Whether a caller begins with TLS. Nothing is taken off the line.
pub async fn is_tls(line: &TcpStream) -> std::io::Result<bool> {
    let mut first = [0];
    let heard = line.peek(&mut first).await?;
    Ok(heard == 0 || first == [HANDSHAKE])
}

/// Refuses one call that came unencrypted to a port that speaks TLS, as its caller speaks, and ends. What the caller
/// still says then is heard to its end: a line that is closed with something unread on it is torn, and whoever is
/// told meanwhile does not hear it. (Where the line stays, `wires` hears the rest of a request.)
pub async fn refuse(line: TcpStream, wires: wires::Layer) {
    let Ok((line, mut rest)) = twice(line) else { return };
    let refused = async {
        tell(line, wires).await;
        rest.shutdown().await?;
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
    };
    // However it ends: the caller was told, or does not listen.
    let _ = tokio::time::timeout(PATIENCE.speaks, refused).await;
}

/// The same line, to speak and to hear what is left.
fn twice(line: TcpStream) -> std::io::Result<(TcpStream, TcpStream)> {
    let line = line.into_std()?;
    let rest = line.try_clone()?;
    Ok((TcpStream::from_std(line)?, TcpStream::from_std(rest)?))
}

async fn tell(line: TcpStream, wires: wires::Layer) {
    let told = Arc::new(Notify::new());
    let telling = told.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        telling.notify_one();
        let request = request.map(Body::new);
        let answer = wires.refuse(request, StatusCode::BAD_REQUEST, tls_required());
        std::future::ready(Ok::<Response<Body>, Infallible>(answer))
    });
    let builder = bounded();
    let line = TokioIo::new(Line::over(line, PATIENCE));
    let mut connection = pin!(builder.serve_connection(line, service));
    tokio::select! {
        _ = connection.as_mut() => return,
        () = told.notified() => connection.as_mut().graceful_shutdown(),
    }
    // It may have broken meanwhile: then nobody hears anything any more.
    let _ = connection.await;
}

fn tls_required() -> Refusal {
    let message = "this port speaks TLS: call https:// instead, and have the token rotated if one was \
                   sent, because it was readable on its way";
    Refusal::new(Reason::TlsRequired, message)
}
