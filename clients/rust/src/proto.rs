//! The generated messages and clients.

#![allow(missing_docs, reason = "documented in proto/, for every language at once")]
// An order is larger than a level; boxing what is read once would save nothing.
#![allow(clippy::large_enum_variant)]

include!("../gen/erpsync.v1.rs");

/// All of the API as a descriptor set, for whoever needs JSON of messages.
pub const DESCRIPTORS: &[u8] = include_bytes!("../gen/descriptors.bin");
