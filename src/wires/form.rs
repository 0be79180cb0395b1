use bytes::Bytes;
use prost_reflect::MessageDescriptor;

use super::json;
use crate::error::Result;

/// How a message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// proto3 JSON.
    Json,
    /// The bytes of gRPC.
    Proto,
}

impl Form {
    /// The bytes of a message.
    pub fn read(self, of: &MessageDescriptor, text: Bytes) -> Result<Bytes> {
        match self {
            Form::Json => json::read(of, &text),
            Form::Proto => Ok(text),
        }
    }

    /// A message of these bytes.
    pub fn write(self, of: &MessageDescriptor, message: Bytes) -> Result<Bytes> {
        match self {
            Form::Json => json::write(of, &message),
            Form::Proto => Ok(message),
        }
    }
}

/// How messages travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One there, one back.
    Single,
    /// Any number, in envelopes.
    Stream,
    /// One there, any number back, each on a line of its own.
    Lines,
}
