//! The server under test of the Connect conformance suite: the suite's own service, behind erpsync's
//! door and wires. `make conformance` runs it.
//!
//! The suite says on standard input what it wants, is told on standard output where that listens, and
//! ends this process when it has asked everything.

mod plain;
mod proto;
mod service;

use std::convert::Infallible;
use std::error::Error;
use std::time::Duration;

use erpsync::access::answered;
use erpsync::door::Door;
use erpsync::wires;
use http::Request;
use prost::Message;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, stdin, stdout};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::body::Body;
use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tower::Layer as _;

use proto::conformance_service_server::ConformanceServiceServer;
use proto::{ServerCompatRequest, ServerCompatResponse};
use service::{Query, Service};

/// Where the suite names no limit: what erpsync itself reads.
const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ServerCompatRequest { message_receive_limit, use_tls, .. } = asked().await?;
    if use_tls {
        return Err("the suite is to ask without TLS".into());
    }
    let bytes_max = match message_receive_limit {
        0 => REQUEST_BYTES_MAX,
        limit => limit as usize,
    };
    let service = ConformanceServiceServer::new(Service)
        .max_decoding_message_size(bytes_max)
        .accept_compressed(CompressionEncoding::Gzip);
    let routes = Routes::new(service).prepare();
    let service = tower::service_fn(move |mut request: Request<Body>| {
        let query = Query(request.uri().query().map(str::to_owned));
        request.extensions_mut().insert(query);
        let call = answered(routes.clone(), request);
        async { Ok::<_, Infallible>(plain::refusals(call.await)) }
    });
    let wires = wires::Layer::over(&[proto::DESCRIPTORS], bytes_max, &[])?;
    let service = wires.layer(service);

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (host, port) = (address.ip().to_string(), address.port().into());
    tell(&ServerCompatResponse { host, port, pem_cert: Vec::new() }).await?;
    let connection_age = Duration::from_secs(3600);
    let door = Door { certificates: None, wires, connections_max: 1_000, connection_age };
    door.serve(listener, service, CancellationToken::new()).await;
    Ok(())
}

async fn asked() -> Result<ServerCompatRequest, Box<dyn Error>> {
    let mut stdin = stdin();
    let mut message = vec![0; stdin.read_u32().await? as usize];
    stdin.read_exact(&mut message).await?;
    Ok(ServerCompatRequest::decode(&*message)?)
}

async fn tell(response: &ServerCompatResponse) -> Result<(), Box<dyn Error>> {
    let message = response.encode_to_vec();
    let mut stdout = stdout();
    stdout.write_u32(u32::try_from(message.len())?).await?;
    stdout.write_all(&message).await?;
    Ok(stdout.flush().await?)
}
