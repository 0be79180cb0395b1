//! The suite's API, generated. Nothing here is written by hand.

// The generator's own attributes stand in the included text.
#![allow(missing_docs, reason = "documented in proto/")]
#![allow(dead_code, reason = "the suite keeps some of it to itself")]
#![allow(clippy::large_enum_variant, reason = "what is read once is not worth a box")]

tonic::include_proto!("connectrpc.conformance.v1");

/// The same as a descriptor set, in which single answers are single answers.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
