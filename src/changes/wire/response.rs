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
    use prost_reflect::{DescriptorPool, FieldDescriptor, Kind, MessageDescriptor};

    use crate::proto::DESCRIPTORS;

    fn fields(of: &MessageDescriptor) -> Vec<(u32, String)> {
        let named = |it: FieldDescriptor| match it.kind() {
            // What entries are called is each watch's own affair.
            Kind::Message(_) if it.is_list() => (it.number(), "entries".to_owned()),
            _ => (it.number(), it.name().to_owned()),
        };
        of.fields().map(named).collect()
    }

    #[test]
    fn every_watch_has_this_shape() {
        let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
        let services = pool.services().collect::<Vec<_>>();
        let methods = services.iter().flat_map(|it| it.methods());
        let watches = methods.filter(|it| it.name().starts_with("Watch"));
        let mut count = 0;
        for watch in watches {
            count += 1;
            let told = watch.output();
            let names = [
                "resume_token",
                "stream_sequence",
                "snapshot_begin",
                "snapshot_chunk",
                "snapshot_end",
                "changes",
                "heartbeat",
                "going_away",
            ];
            let expected: Vec<_> = (1..).zip(names.map(str::to_owned)).collect();
            assert_eq!(fields(&told), expected, "{}", watch.full_name());
            let of = |number| match told.get_field(number).unwrap().kind() {
                Kind::Message(it) => fields(&it),
                other => panic!("{other:?}"),
            };
            assert_eq!(of(4), [(1, "entries".to_owned())]);
            let changed = ["previous_revision", "revision", "entries"].map(str::to_owned);
            assert_eq!(of(6), (1..).zip(changed).collect::<Vec<_>>());
        }
        assert!(5 < count, "{count} watches");
    }
}
