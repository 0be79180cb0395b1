use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::BATCHES;
use crate::books::{KEY_JOINT, Moment, Name};
use crate::error::{Reason, Refusal, Result};
use crate::id::{RequestId, SystemName};

/// Which upload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadKey {
    /// Whose.
    pub system: SystemName,
    /// What it is called there.
    pub id: RequestId,
}

/// How far an upload has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub key: UploadKey,
    /// The last batch that was done; 0: none.
    pub last_batch_number: i64,
    /// Whether there are no more.
    pub finished: bool,
    /// What became of all rows.
    pub counts: Counts,
    /// At or after which everyone sees all that was done.
    pub revision: i64,
    /// Of the last batch.
    pub at: OffsetDateTime,
}

/// How many items ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Done.
    pub applied: i64,
    /// True already.
    pub unchanged: i64,
    /// Said before.
    pub duplicate: i64,
    /// Something newer is known.
    pub stale: i64,
    /// Not done.
    pub refused: i64,
    /// Kept, and waiting.
    pub parked: i64,
}

impl Upload {
    /// One of which nothing was said yet.
    pub fn new(key: UploadKey, at: Moment) -> Upload {
        Upload {
            key,
            last_batch_number: 0,
            finished: false,
            counts: Counts::default(),
            revision: at.revision - 1,
            at: at.now,
        }
    }

    /// The next batch, and no other.
    pub fn must_expect(&self, batch_number: i64) -> Result<()> {
        if self.finished {
            let what = format!("upload \"{}\"", self.key.id);
            return Err(Refusal::step(what, "FINISHED", "OPEN"));
        }
        let expected = self.last_batch_number + 1;
        if batch_number == expected {
            return Ok(());
        }
        let id = &self.key.id;
        let message = format!(
            "upload \"{id}\": batch {batch_number} was sent and {expected} is the next; open it again and go on there"
        );
        Err(Refusal::new(Reason::BatchOutOfOrder, message)
            .with("upload_id", id)
            .with("batch_number", batch_number)
            .with("expected", expected))
    }
}

impl Counts {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Counts) -> Counts {
        Counts {
            applied: self.applied + other.applied,
            unchanged: self.unchanged + other.unchanged,
            duplicate: self.duplicate + other.duplicate,
            stale: self.stale + other.stale,
            refused: self.refused + other.refused,
            parked: self.parked + other.parked,
        }
    }
}

impl UploadKey {
    /// The name of one of its batches.
    pub fn batch(&self, number: i64) -> Name {
        let id = format!("{}{KEY_JOINT}{number}", self.id);
        Name { system: self.system.clone(), kind: BATCHES, id }
    }
}

impl fmt::Display for UploadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{KEY_JOINT}{}", self.system, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_next_batch_is_expected() {
        let key = UploadKey {
            system: SystemName::parse("erp").unwrap(),
            id: RequestId::parse("night").unwrap(),
        };
        let at = Moment { now: OffsetDateTime::UNIX_EPOCH, revision: 1 };
        let check = |last, finished, number, expected: &str| {
            let upload =
                Upload { last_batch_number: last, finished, ..Upload::new(key.clone(), at) };
            let told = match upload.must_expect(number) {
                Ok(()) => "fine".to_owned(),
                Err(it) => format!("{} {:?}", it.reason_name(), it.metadata.get("expected")),
            };
            assert_eq!(told, expected, "{last} {finished} {number}");
        };
        check(0, false, 1, "fine");
        check(7, false, 8, "fine");
        check(0, false, 0, r#"BATCH_OUT_OF_ORDER Some("1")"#);
        check(0, false, -1, r#"BATCH_OUT_OF_ORDER Some("1")"#);
        check(7, false, 7, r#"BATCH_OUT_OF_ORDER Some("8")"#);
        check(7, false, 9, r#"BATCH_OUT_OF_ORDER Some("8")"#);
        check(7, true, 8, "INVALID_STATE None");
    }
}
