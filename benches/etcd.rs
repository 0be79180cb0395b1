//! etcd, as somebody would use it who wants changes to reach watchers: single puts, and a watch of a prefix.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use prost::Message;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::client::Grpc;
use tonic::codec::Streaming;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, codegen::http::uri::PathAndQuery};
use tonic_prost::ProstCodec;

/// A server of one member, with durable commits.
pub struct Etcd {
    child: Child,
    pub address: String,
}

/// The parts of its API that are needed here; of what a watcher is told, all: ours is handed whole levels, too.
#[derive(Clone, PartialEq, Message)]
struct PutRequest {
    #[prost(bytes = "vec", tag = "1")]
    key: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    value: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct PutResponse {}

#[derive(Clone, PartialEq, Message)]
struct WatchRequest {
    #[prost(message, optional, tag = "1")]
    create: Option<WatchCreateRequest>,
}

#[derive(Clone, PartialEq, Message)]
struct WatchCreateRequest {
    #[prost(bytes = "vec", tag = "1")]
    key: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    range_end: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct WatchResponse {
    #[prost(message, optional, tag = "1")]
    header: Option<ResponseHeader>,
    #[prost(int64, tag = "2")]
    watch_id: i64,
    #[prost(bool, tag = "3")]
    created: bool,
    #[prost(message, repeated, tag = "11")]
    events: Vec<Event>,
}

#[derive(Clone, PartialEq, Message)]
struct ResponseHeader {
    #[prost(uint64, tag = "1")]
    cluster_id: u64,
    #[prost(uint64, tag = "2")]
    member_id: u64,
    #[prost(int64, tag = "3")]
    revision: i64,
    #[prost(uint64, tag = "4")]
    raft_term: u64,
}

#[derive(Clone, PartialEq, Message)]
struct Event {
    #[prost(int32, tag = "1")]
    kind: i32,
    #[prost(message, optional, tag = "2")]
    pair: Option<KeyValue>,
}

#[derive(Clone, PartialEq, Message)]
struct KeyValue {
    #[prost(bytes = "vec", tag = "1")]
    key: Vec<u8>,
    #[prost(int64, tag = "2")]
    create_revision: i64,
    #[prost(int64, tag = "3")]
    mod_revision: i64,
    #[prost(int64, tag = "4")]
    version: i64,
    #[prost(bytes = "vec", tag = "5")]
    value: Vec<u8>,
    #[prost(int64, tag = "6")]
    lease: i64,
}

impl Etcd {
    pub async fn start(folder: &Path) -> Etcd {
        let [client, peer] = [free_port(), free_port()];
        let (client, peer) =
            (format!("http://127.0.0.1:{client}"), format!("http://127.0.0.1:{peer}"));
        let data = folder.join("etcd");
        let _ = std::fs::remove_dir_all(&data);
        let child = Command::new("etcd")
            .arg("--data-dir")
            .arg(data)
            .args(["--listen-client-urls", &client, "--advertise-client-urls", &client])
            .args(["--listen-peer-urls", &peer, "--initial-advertise-peer-urls", &peer])
            .args(["--initial-cluster", &format!("default={peer}")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("etcd: apt-get install etcd-server");
        let etcd = Etcd { child, address: client };
        let first = Client::open(&etcd.address).await;
        first.put("ready", 0).await;
        etcd
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One that nobody uses now.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its number").port()
}

#[derive(Clone)]
pub struct Client(Channel);

impl Client {
    pub async fn open(address: &str) -> Client {
        let endpoint = Endpoint::from_shared(address.to_owned()).expect("an address");
        for _ in 0..200 {
            match endpoint.clone().tcp_nodelay(true).connect().await {
                Ok(channel) => return Client(channel),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("etcd does not answer at {address}")
    }

    pub async fn put(&self, key: &str, value: u64) {
        let request = PutRequest { key: key.into(), value: value.to_string().into() };
        let mut grpc = Grpc::new(self.0.clone());
        grpc.ready().await.expect("a connection");
        let path = PathAndQuery::from_static("/etcdserverpb.KV/Put");
        let codec: ProstCodec<PutRequest, PutResponse> = ProstCodec::default();
        grpc.unary(Request::new(request), path, codec).await.expect("a put");
    }

    /// Watches all keys that begin so; ready when etcd says that it watches.
    pub async fn watch(&self, prefix: &str) -> Watch {
        let mut range_end = prefix.as_bytes().to_vec();
        *range_end.last_mut().expect("a prefix") += 1;
        let create = Some(WatchCreateRequest { key: prefix.into(), range_end });
        let (say, said) = mpsc::channel(1);
        say.send(WatchRequest { create }).await.expect("an open channel");
        let mut grpc = Grpc::new(self.0.clone());
        grpc.ready().await.expect("a connection");
        let path = PathAndQuery::from_static("/etcdserverpb.Watch/Watch");
        let codec: ProstCodec<WatchRequest, WatchResponse> = ProstCodec::default();
        let request = Request::new(ReceiverStream::new(said));
        let mut hear = grpc.streaming(request, path, codec).await.expect("a watch").into_inner();
        let first = hear.message().await.expect("an answer").expect("it goes on");
        assert!(first.created);
        Watch { _say: say, hear }
    }
}

pub struct Watch {
    /// Dropped, it would end.
    _say: mpsc::Sender<WatchRequest>,
    hear: Streaming<WatchResponse>,
}

impl Watch {
    /// The values that come next.
    pub async fn values(&mut self) -> Vec<u64> {
        let told = self.hear.message().await.expect("a message").expect("it goes on");
        let pairs = told.events.into_iter().filter_map(|it| it.pair);
        pairs.filter_map(|it| String::from_utf8(it.value).ok()?.parse().ok()).collect()
    }
}
