//! The generated API. Nothing here is written by hand.

// The generator's own attributes stand in the included text.
#![allow(missing_docs, reason = "documented in proto/, for every language at once")]
// An order is larger than a level; boxing what is read once would save nothing.
#![allow(clippy::large_enum_variant)]

tonic::include_proto!("erpsync.v1");

/// All of the API as a descriptor set: for reflection, and for tests that walk every method.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
