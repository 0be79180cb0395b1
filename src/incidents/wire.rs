use serde::Serialize;

use super::{Incident, Kind};
use crate::access::Caller;
use crate::documents::ByShop;
use crate::error::{Refusal, Result};
use crate::proto;
use crate::wire::timestamp;

/// Which incidents a caller wants to see.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filter {
    /// Of this kind alone.
    pub kind: Option<Kind>,
    /// Only what the caller sees: of its orders, or of none.
    #[serde(skip_serializing_if = "ByShop::is_all")]
    pub sees: ByShop,
}

impl Filter {
    /// The filter of a request, which has the kind at `path`.
    pub fn parse(caller: &Caller, path: &str, kind: i32) -> Result<Filter> {
        let sees = ByShop::seen_by(caller);
        match proto::IncidentKind::try_from(kind) {
            Ok(kind) => Ok(Filter { kind: heard(kind), sees }),
            Err(_) => Err(Refusal::field(path, "is not a value we know")),
        }
    }

    /// Whether it wants to see one of this kind.
    pub fn lets_through(&self, kind: Kind) -> bool {
        self.kind.is_none_or(|it| it == kind)
    }
}

fn heard(kind: proto::IncidentKind) -> Option<Kind> {
    Kind::ALL.into_iter().find(|it| said(*it) == kind)
}

fn said(kind: Kind) -> proto::IncidentKind {
    match kind {
        Kind::OverShipped => proto::IncidentKind::OverShipped,
        Kind::ShippedBeyondOrder => proto::IncidentKind::ShippedBeyondOrder,
        Kind::OverCredited => proto::IncidentKind::OverCredited,
        Kind::Short => proto::IncidentKind::Short,
        Kind::StaleStatements => proto::IncidentKind::StaleStatements,
        Kind::KeysDifferInCase => proto::IncidentKind::KeysDifferInCase,
    }
}

/// As it is told.
pub fn incident(incident: Incident) -> proto::Incident {
    let Incident { key, message, facts, order: _, times, began_at, ended_at, revision, ending: _ } =
        incident;
    proto::Incident {
        kind: said(key.kind).into(),
        subject: key.subject,
        message,
        metadata: facts.into_iter().collect(),
        times,
        begin_time: Some(timestamp(began_at)),
        end_time: ended_at.map(timestamp),
        revision,
    }
}
