//! Malformed requests for every call, made from the descriptors: each is refused with a reason, and
//! nothing changes, hangs, or is our mistake.

use std::collections::HashMap;
use std::time::Duration;

use bytes::{Buf, BufMut};
use erpsync::access::{RIGHTS, SystemKind};
use erpsync_client::{proto, refusal};
use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint};
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FileDescriptorSet};
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

use crate::kit::trade::{order, set, submit};
use crate::kit::{House, create_token};

/// What stands in every field of its type, at once.
#[derive(Clone, Copy)]
struct Junk {
    text: &'static str,
    number: i64,
    choice: u64,
    /// How often a repeated field is repeated.
    times: usize,
}

const JUNK: &[Junk] = &[
    Junk { text: "", number: 0, choice: 0, times: 0 },
    Junk { text: "", number: 0, choice: 0, times: 1 },
    Junk { text: "\0", number: -1, choice: 99, times: 1 },
    Junk { text: "1e3", number: i64::MAX, choice: 0, times: 2 },
    Junk { text: "-0", number: i64::MIN, choice: 1 << 40, times: 1 },
    Junk { text: "9999999999999", number: -1, choice: 0, times: 1 },
    Junk { text: "0.1234567", number: -7, choice: 77, times: 3 },
    Junk { text: "\u{202e}e\u{301} \u{1f}", number: -1, choice: 99, times: 1 },
    Junk { text: LONG, number: -1, choice: 99, times: 1 },
    Junk { text: "x", number: -1, choice: 99, times: 2_001 },
];

const LONG: &str = match std::str::from_utf8(&[b'x'; 5_000]) {
    Ok(text) => text,
    Err(_) => panic!("it is ASCII"),
};

/// The messages of the contract, by their full names.
struct Contract(HashMap<String, DescriptorProto>);

impl Contract {
    /// A message of nothing but junk; messages in messages to a depth of six.
    fn fill(&self, message: &str, junk: Junk, depth: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Some(descriptor) = self.0.get(message) else { return bytes };
        let mut chosen = Vec::new();
        for field in &descriptor.field {
            // One of a oneof is enough; and the last would win anyway.
            if let Some(oneof) = field.oneof_index {
                if chosen.contains(&oneof) {
                    continue;
                }
                chosen.push(oneof);
            }
            let times = if field.label() == Label::Repeated { junk.times } else { 1 };
            let number = field.number() as u32;
            for _ in 0..times {
                match field.r#type() {
                    Type::String | Type::Bytes => {
                        encode_key(number, WireType::LengthDelimited, &mut bytes);
                        encode_varint(junk.text.len() as u64, &mut bytes);
                        bytes.put_slice(junk.text.as_bytes());
                    }
                    Type::Message if depth < 6 => {
                        let inner = self.fill(field.type_name(), junk, depth + 1);
                        encode_key(number, WireType::LengthDelimited, &mut bytes);
                        encode_varint(inner.len() as u64, &mut bytes);
                        bytes.put_slice(&inner);
                    }
                    Type::Message => {}
                    Type::Enum => {
                        encode_key(number, WireType::Varint, &mut bytes);
                        encode_varint(junk.choice, &mut bytes);
                    }
                    Type::Bool => {
                        encode_key(number, WireType::Varint, &mut bytes);
                        encode_varint(1, &mut bytes);
                    }
                    _ => {
                        encode_key(number, WireType::Varint, &mut bytes);
                        encode_varint(junk.number as u64, &mut bytes);
                    }
                }
            }
        }
        bytes
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn junk_is_refused_with_a_reason_and_changes_nothing() {
    let all = FileDescriptorSet::decode(erpsync::proto::DESCRIPTORS).unwrap();
    let messages = all.file.iter().flat_map(|file| {
        let name = |it: &str| format!(".{}.{it}", file.package());
        file.message_type.iter().map(move |it| (name(it.name()), it.clone()))
    });
    let contract = Contract(messages.collect());

    let house = House::open().await;
    set(&house.erp, "mug", "5").await;
    submit(&house.shop, order("a-1", &[("mug", "1")])).await.unwrap();
    let mut tokens = HashMap::new();
    for (kind, system) in
        [(SystemKind::Erp, "erp"), (SystemKind::Shop, "shop-a"), (SystemKind::Tool, "tool")]
    {
        let created = create_token(&house.operator, "acme", "production", system).await;
        tokens.insert(kind, created.secret);
    }
    let door = Endpoint::from_shared(house.address()).unwrap().connect().await.unwrap();
    let head = async || {
        let asked = house.tool.changes().get_head(proto::GetHeadRequest {}).await;
        asked.unwrap().into_inner().revision
    };
    let before = head().await;

    let mut refused = 0;
    for file in all.file.iter().filter(|it| it.package() == "erpsync.v1") {
        let methods = file.service.iter().flat_map(|service| {
            service.method.iter().map(move |it| (service.name().to_owned(), it.clone()))
        });
        for (service, method) in methods {
            let name = format!("erpsync.v1.{service}/{}", method.name());
            let right = RIGHTS.iter().find(|it| it.method == name).unwrap();
            // What operators may do is tried by itself in admin.rs.
            let Some(token) = right.kinds.iter().find_map(|it| tokens.get(it)) else { continue };
            for (nth, junk) in JUNK.iter().enumerate() {
                let request = contract.fill(method.input_type(), *junk, 0);
                let call = call(door.clone(), &name, token, request);
                let answer = tokio::time::timeout(Duration::from_secs(20), call).await;
                let Err(status) = answer.unwrap_or_else(|_| panic!("{name} hangs on {nth}")) else {
                    continue;
                };
                refused += 1;
                let told = refusal(&status);
                let told = told.unwrap_or_else(|| panic!("{name} on {nth}: {status:?}"));
                assert_ne!(told.reason, "INTERNAL", "{name} on {nth}: {status:?}");
            }
        }
    }
    assert!(200 < refused, "{refused} were refused");
    assert_eq!(head().await, before, "junk has changed something");
}

/// The first message of the answer, unread.
async fn call(door: Channel, method: &str, token: &str, request: Vec<u8>) -> Result<(), Status> {
    let mut grpc = Grpc::new(door).max_encoding_message_size(usize::MAX);
    grpc.ready().await.unwrap();
    let mut request = Request::new(request);
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let path = format!("/{method}").parse().unwrap();
    let request = request.map(tokio_stream::once);
    let mut answer = grpc.streaming(request, path, Raw).await?.into_inner();
    answer.message().await?;
    Ok(())
}

/// Bytes as they are.
#[derive(Clone, Copy)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = ();
    type Encoder = Raw;
    type Decoder = Raw;

    fn encoder(&mut self) -> Raw {
        Raw
    }

    fn decoder(&mut self) -> Raw {
        Raw
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = ();
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<()>, Status> {
        buffer.advance(buffer.remaining());
        Ok(Some(()))
    }
}
