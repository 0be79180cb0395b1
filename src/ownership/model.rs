//! Who leads.

use std::fmt;

use serde::Serialize;
use time::OffsetDateTime;

use crate::books::KEY_JOINT;
use crate::id::{Location, SystemName};

/// Data that one system leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum DataSet {
    /// What lies at a location.
    Stock,
}

impl DataSet {
    /// As the database and people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            DataSet::Stock => "stock",
        }
    }

    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            DataSet::Stock => "STOCK",
        }
    }

    /// What is called so.
    pub fn parse(text: &str) -> Option<DataSet> {
        (text == "stock").then_some(DataSet::Stock)
    }
}

/// What is led, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OwnershipKey {
    /// What.
    pub data_set: DataSet,
    /// Where.
    pub location: Location,
}

/// Who leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// What, and where.
    pub key: OwnershipKey,
    /// Who.
    pub leader: SystemName,
    /// Since when.
    pub set_at: OffsetDateTime,
    /// What others tried since, if they did.
    pub refused: Option<Refused>,
    /// Of the last change that can be seen.
    pub revision: i64,
}

/// What others tried who do not lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// How many times.
    pub count: i64,
    /// Who did last.
    pub by: SystemName,
    /// When.
    pub at: OffsetDateTime,
}

impl fmt::Display for OwnershipKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{KEY_JOINT}{}", self.data_set.as_str(), self.location)
    }
}
