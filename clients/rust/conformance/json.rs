//! Messages as JSON, by the descriptors.

use std::sync::LazyLock;

use erpsync_client::DESCRIPTORS;
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor};
use serde_json::Value;

static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(DESCRIPTORS).expect("the descriptors"));

fn descriptor(name: &str) -> MessageDescriptor {
    POOL.get_message_by_name(&format!("erpsync.v1.{name}")).expect("a message of the API")
}

/// A message of this name, from JSON.
pub fn read<M: Message + Default>(name: &str, json: &Value) -> Result<M, String> {
    let read = DynamicMessage::deserialize(descriptor(name), json).map_err(|it| it.to_string())?;
    M::decode(&read.encode_to_vec()[..]).map_err(|it| it.to_string())
}

/// A message of this name as JSON.
pub fn show(name: &str, message: &impl Message) -> Value {
    let bytes = message.encode_to_vec();
    let shown = DynamicMessage::decode(descriptor(name), &bytes[..]).expect("its own bytes");
    serde_json::to_value(shown).expect("a message of the API")
}
