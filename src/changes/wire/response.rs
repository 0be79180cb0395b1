use prost::bytes::Bytes;

use crate::proto::{GoingAway, Heartbeat, SnapshotBegin, SnapshotEnd};

/// A message of any watch. All of them have one shape and differ in their entries alone, which stand
/// here as they are sent: what many watchers are told is encoded once.
#[derive(Clone, PartialEq, prost::Message)]
pub struct WatchResponse {
    /// Where the reader stands behind it.
    #[prost(string, tag = "1")]
    pub resume_token: String,
    /// Counts the messages of one watch.
    #[prost(int64, tag = "2")]
    pub stream_sequence: i64,
    /// What is told.
    #[prost(oneof = "Event", tags = "3, 4, 5, 6, 7, 8")]
    pub event: Option<Event>,
}

/// What a watch tells.
#[derive(Clone, PartialEq, prost::Oneof)]
pub enum Event {
    /// A snapshot begins.
    #[prost(message, tag = "3")]
    SnapshotBegin(SnapshotBegin),
    /// Some of it.
    #[prost(message, tag = "4")]
    SnapshotChunk(Chunk),
    /// It is whole.
    #[prost(message, tag = "5")]
    SnapshotEnd(SnapshotEnd),
    /// Something has changed.
    #[prost(message, tag = "6")]
    Changes(Changed),
    /// Nothing has.
    #[prost(message, tag = "7")]
    Heartbeat(Heartbeat),
    /// The server is stopping.
    #[prost(message, tag = "8")]
    GoingAway(GoingAway),
}

/// Some of a snapshot.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Chunk {
    /// By key.
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub entries: Vec<Bytes>,
}

/// What has changed.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Changed {
    /// Where the reader was before.
    #[prost(int64, tag = "1")]
    pub previous_revision: i64,
    /// Where it is now.
    #[prost(int64, tag = "2")]
    pub revision: i64,
    /// By key.
    #[prost(bytes = "bytes", repeated, tag = "3")]
    pub entries: Vec<Bytes>,
}

#[cfg(test)]
mod tests {
    use prost::Message as _;
    use prost_reflect::{DescriptorPool, DynamicMessage, ReflectMessage as _, Value};

    use super::*;
    use crate::proto::DESCRIPTORS;

    /// Names of what is there, within each other; entries are called otherwise in each watch.
    fn fields(of: &DynamicMessage) -> String {
        assert_eq!(of.unknown_fields().count(), 0, "{}", of.descriptor().full_name());
        let named = of.fields().map(|(field, value)| match value {
            Value::Message(it) => format!("{}({})", field.name(), fields(it)),
            Value::List(entries) => format!("{} entries", entries.len()),
            _ => field.name().to_owned(),
        });
        named.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_watch_has_this_shape() {
        let entries = vec![Bytes::new(); 2];
        let changed = Changed { previous_revision: 1, revision: 2, entries: entries.clone() };
        let events = [
            (
                Event::SnapshotBegin(SnapshotBegin { as_of_revision: 1 }),
                "snapshot_begin(as_of_revision)",
            ),
            (Event::SnapshotChunk(Chunk { entries }), "snapshot_chunk(2 entries)"),
            (Event::SnapshotEnd(SnapshotEnd { entry_count: 2 }), "snapshot_end(entry_count)"),
            (Event::Changes(changed), "changes(previous_revision revision 2 entries)"),
            (Event::Heartbeat(Heartbeat { revision: 1, server_time: None }), "heartbeat(revision)"),
            (Event::GoingAway(GoingAway { retry_delay: None }), "going_away()"),
        ];
        let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
        let methods = pool.services().flat_map(|it| it.methods().collect::<Vec<_>>());
        let watches: Vec<_> = methods.filter(|it| it.name().starts_with("Watch")).collect();
        assert_eq!(watches.len(), 6);
        for watch in watches {
            for (event, expected) in &events {
                let told = WatchResponse {
                    resume_token: "token".into(),
                    stream_sequence: 1,
                    event: Some(event.clone()),
                };
                let bytes = told.encode_to_vec();
                let heard = DynamicMessage::decode(watch.output(), &*bytes).unwrap();
                let expected = format!("resume_token stream_sequence {expected}");
                assert_eq!(fields(&heard), expected, "{}", watch.full_name());
            }
        }
    }
}
