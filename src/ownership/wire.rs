use super::{DataSet, Ownership, OwnershipKey, SetOwnership};
use crate::books::KEY_JOINT;
use crate::error::{Faults, Result};
use crate::id::{Location, RequestId, SystemName};
use crate::proto;
use crate::wire::{self, timestamp};

pub fn set(request: proto::SetOwnershipRequest) -> Result<(RequestId, SetOwnership)> {
    let (data_set, policy) = (request.data_set(), request.policy);
    let proto::SetOwnershipRequest { request_id, location, leader, data_set: _, policy: _ } =
        request;
    let mut faults = Faults::default();
    let id = wire::take_request_id(&mut faults, &request_id)?;
    let key = key_of(&mut faults, data_set, &location);
    let leader = wire::given(&mut faults, "leader", &leader, SystemName::parse);
    if proto::OwnershipPolicy::try_from(policy).is_err() {
        faults.push("policy", "must be REJECT");
    }
    wire::all(faults, || Some((id?, SetOwnership { key: key?, leader })))
}

pub fn key(data_set: proto::DataSet, location: &str) -> Result<OwnershipKey> {
    let mut faults = Faults::default();
    let key = key_of(&mut faults, data_set, location);
    wire::all(faults, || key)
}

fn key_of(faults: &mut Faults, data_set: proto::DataSet, location: &str) -> Option<OwnershipKey> {
    let data_set = match data_set {
        proto::DataSet::Unspecified => {
            faults.push("data_set", "must be STOCK");
            None
        }
        proto::DataSet::Stock => Some(DataSet::Stock),
    };
    let location = faults.take("location", Location::parse_or_main(location));
    Some(OwnershipKey { data_set: data_set?, location: location? })
}

/// A key as the log writes it.
pub fn key_of_log(text: &str) -> Option<OwnershipKey> {
    let (data_set, location) = text.split_once(KEY_JOINT)?;
    Some(OwnershipKey { data_set: DataSet::parse(data_set)?, location: Location::stored(location) })
}

/// Nobody leads any more.
pub fn nobody(key: &OwnershipKey) -> proto::Ownership {
    let data_set = match key.data_set {
        DataSet::Stock => proto::DataSet::Stock,
    };
    let (data_set, location) = (data_set.into(), key.location.to_string());
    proto::Ownership { data_set, location, ..Default::default() }
}

pub fn ownership(ownership: Ownership) -> proto::Ownership {
    let Ownership { key, leader, set_at, refused, revision } = ownership;
    let last = refused.as_ref();
    proto::Ownership {
        leader: leader.to_string(),
        policy: proto::OwnershipPolicy::Reject.into(),
        set_time: Some(timestamp(set_at)),
        revision,
        refused_count: last.map_or(0, |it| it.count),
        last_refused_system: last.map_or_else(String::new, |it| it.by.to_string()),
        last_refused_time: last.map(|it| timestamp(it.at)),
        ..nobody(&key)
    }
}
