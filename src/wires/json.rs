//! proto3 JSON, and where in it something is wrong.

use bytes::Bytes;
use prost::Message as _;
use prost_reflect::{
    Cardinality, DynamicMessage, EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor,
};
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment, Track};

use super::refused;
use crate::error::{Refusal, Result};

/// The bytes of a message that came as JSON.
pub fn read(of: &MessageDescriptor, json: &[u8]) -> Result<Bytes> {
    if json.trim_ascii().is_empty() {
        return Err(refused::malformed("there is no message; one without fields is {}"));
    }
    let mut track = Track::new();
    let mut text = serde_json::Deserializer::from_slice(json);
    let tracked = serde_path_to_error::Deserializer::new(&mut text, &mut track);
    let message = DynamicMessage::deserialize(of.clone(), tracked)
        .map_err(|cause| misfit(of, &track.path(), cause))?;
    text.end().map_err(|cause| refused::malformed(format!("the body is not JSON: {cause}")))?;
    Ok(message.encode_to_vec().into())
}

/// A message as JSON: fields in camelCase, without those that have their default.
pub fn write(of: &MessageDescriptor, message: &[u8]) -> Result<Bytes> {
    let message = DynamicMessage::decode(of.clone(), message).map_err(Refusal::internal)?;
    serde_json::to_vec(&message).map(Bytes::from).map_err(Refusal::internal)
}

/// What does not fit the message, said like every other field at fault.
fn misfit(of: &MessageDescriptor, path: &Path, cause: serde_json::Error) -> Refusal {
    if cause.classify() != Category::Data {
        return refused::malformed(format!("the body is not JSON: {cause}"));
    }
    let place = Place::find(of, path);
    let text = cause.to_string();
    // Where in the text it stands is told by the path.
    let said = text.rsplit_once(" at line ").map_or(&*text, |(said, _)| said);
    let unknown =
        said.strip_prefix("unrecognized field name '").and_then(|it| it.strip_suffix('\''));
    if let Some(unknown) = unknown {
        let known: Vec<_> =
            place.inside.iter().flat_map(|it| it.fields()).map(|it| it.name().to_owned()).collect();
        let known = if known.is_empty() { "none".into() } else { known.join(", ") };
        let named = place.inside.as_ref().map_or(of.full_name(), |it| it.full_name());
        let below = if place.path.is_empty() { "" } else { "." };
        let path = format!("{}{below}{unknown}", place.path);
        return Refusal::field(path, format!("{named} has no such field; it has {known}"));
    }
    match place.expected {
        Some(expected) => Refusal::field(place.path, format!("must be {expected}: {said}")),
        None => refused::malformed(format!("the body is no {}: {said}", of.full_name())),
    }
}

/// A place in a message.
struct Place {
    /// As in the proto: `lines[2].sku`.
    path: String,
    /// What stands there.
    expected: Option<String>,
    /// The message to whose fields it leads, if it leads to one.
    inside: Option<MessageDescriptor>,
}

impl Place {
    fn find(of: &MessageDescriptor, path: &Path) -> Place {
        let mut place = Place { path: String::new(), expected: None, inside: Some(of.clone()) };
        let mut list: Option<FieldDescriptor> = None;
        for segment in path {
            match segment {
                Segment::Map { key } => {
                    let field = place.inside.take().and_then(|it| {
                        it.get_field_by_json_name(key).or_else(|| it.get_field_by_name(key))
                    });
                    let name = field.as_ref().map_or(&**key, |it| it.name());
                    let below = if place.path.is_empty() { "" } else { "." };
                    place.path = format!("{}{below}{name}", place.path);
                    place.expected = field.as_ref().map(expected);
                    place.inside = field
                        .as_ref()
                        .filter(|it| !it.is_map())
                        .and_then(|it| it.kind().as_message().cloned());
                    list = field;
                }
                Segment::Seq { index } => {
                    place.path = format!("{}[{index}]", place.path);
                    place.expected = list.take().map(|it| one(&it.kind()));
                }
                _ => {}
            }
        }
        place
    }
}

fn expected(field: &FieldDescriptor) -> String {
    match (field.is_map(), field.cardinality()) {
        (true, _) => "an object of names and values".into(),
        (false, Cardinality::Repeated) => format!("a list, each {}", one(&field.kind())),
        _ => one(&field.kind()),
    }
}

fn one(kind: &Kind) -> String {
    match kind {
        Kind::String => "a string".into(),
        Kind::Bytes => "a string in base64".into(),
        Kind::Bool => "true or false".into(),
        Kind::Double | Kind::Float => "a number".into(),
        Kind::Enum(it) => format!("one of {}", names(it)),
        Kind::Message(it) => match it.full_name() {
            "google.protobuf.Timestamp" => "a time such as \"2026-11-25T08:30:00Z\"".into(),
            "google.protobuf.Duration" => "a duration such as \"1.5s\"".into(),
            _ => "an object".into(),
        },
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 | Kind::Uint64 | Kind::Fixed64 => {
            "a whole number of 64 bits, which may stand in a string".into()
        }
        _ => "a whole number of 32 bits".into(),
    }
}

fn names(of: &EnumDescriptor) -> String {
    of.values().map(|it| it.name().to_owned()).collect::<Vec<_>>().join(", ")
}
