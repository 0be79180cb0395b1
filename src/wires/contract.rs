use std::collections::BTreeMap;

use prost_reflect::prost_types::method_options::IdempotencyLevel::NoSideEffects;
use prost_reflect::{DescriptorPool, MessageDescriptor, MethodDescriptor};

/// Every method that can be called here, by its path, and every message that may travel.
pub struct Contract {
    pool: DescriptorPool,
    methods: BTreeMap<String, MethodDescriptor>,
}

impl Contract {
    /// Read from the descriptors that reflection serves as well.
    pub fn read(sets: &[&[u8]]) -> Result<Contract, String> {
        let mut pool = DescriptorPool::new();
        for set in sets {
            pool.decode_file_descriptor_set(*set).map_err(|it| it.to_string())?;
        }
        let methods: Vec<_> =
            pool.services().flat_map(|it| it.methods().collect::<Vec<_>>()).collect();
        let path = |it: &MethodDescriptor| format!("/{}", name(it));
        let methods = methods.into_iter().map(|it| (path(&it), it)).collect();
        Ok(Contract { pool, methods })
    }

    /// What is called by this path.
    pub fn method(&self, path: &str) -> Option<&MethodDescriptor> {
        self.methods.get(path)
    }

    /// A message by its full name.
    pub fn message(&self, name: &str) -> Option<MessageDescriptor> {
        self.pool.get_message_by_name(name)
    }
}

/// `erpsync.v1.StockService/SetStock`.
pub fn name(method: &MethodDescriptor) -> String {
    format!("{}/{}", method.parent_service().full_name(), method.name())
}

/// Whether a single call changes nothing, by its own word, so that it may be made with GET.
pub fn is_safe(method: &MethodDescriptor) -> bool {
    let options = method.method_descriptor_proto().options.clone().unwrap_or_default();
    options.idempotency_level() == NoSideEffects && !is_streamed(method)
}

/// Whether more than one message goes one way or the other.
pub fn is_streamed(method: &MethodDescriptor) -> bool {
    method.is_client_streaming() || method.is_server_streaming()
}

/// The single calls of the same service: by the contract each stream has its twin among them.
pub fn single_calls(method: &MethodDescriptor) -> String {
    let service = method.parent_service();
    let single = service.methods().filter(|it| !is_streamed(it)).map(|it| it.name().to_owned());
    single.collect::<Vec<_>>().join(", ")
}
