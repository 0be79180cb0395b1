use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::book::KEY_JOINT;
use super::store;
use super::{Books, Entry};
use crate::id::{Environment, SystemName};
use crate::postgres::Writes;

/// What a system calls something: a request, or one of its own documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// Who calls it so.
    pub system: SystemName,
    /// What it is.
    pub kind: NameKind,
    /// How it is called.
    pub id: String,
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A single write, remembered for 30 days. All other names but `UploadBatch` are kept for ever, except
    /// those of parked documents that were given up.
    Request,
    /// An order, by the shop's number or the ERP's.
    Order,
    /// A shipment.
    Shipment,
    /// That a shipment is undone.
    ShipmentCancellation,
    /// An invoice.
    Invoice,
    /// A return.
    Return,
    /// What arrived of a return at one time.
    Reception,
    /// How units that arrived were judged.
    Inspection,
    /// A credit note.
    CreditNote,
    /// That a credit note was settled.
    Settlement,
    /// One thing that happened to a payment.
    Payment,
    /// A wish for another state of an order.
    Amendment,
    /// A wish to take units off an order.
    Cancellation,
    /// Units held for a cart.
    Reservation,
    /// A batch of an upload, remembered like a request.
    UploadBatch,
}

impl NameKind {
    const ALL: &[NameKind] = &[
        NameKind::Request,
        NameKind::Order,
        NameKind::Shipment,
        NameKind::ShipmentCancellation,
        NameKind::Invoice,
        NameKind::Return,
        NameKind::Reception,
        NameKind::Inspection,
        NameKind::CreditNote,
        NameKind::Settlement,
        NameKind::Payment,
        NameKind::Amendment,
        NameKind::Cancellation,
        NameKind::Reservation,
        NameKind::UploadBatch,
    ];

    /// As the database and people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            NameKind::Request => "request",
            NameKind::Order => "order",
            NameKind::Shipment => "shipment",
            NameKind::ShipmentCancellation => "shipment_cancellation",
            NameKind::Invoice => "invoice",
            NameKind::Return => "return",
            NameKind::Reception => "reception",
            NameKind::Inspection => "inspection",
            NameKind::CreditNote => "credit_note",
            NameKind::Settlement => "settlement",
            NameKind::Payment => "payment",
            NameKind::Amendment => "amendment",
            NameKind::Cancellation => "cancellation",
            NameKind::Reservation => "reservation",
            NameKind::UploadBatch => "upload_batch",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<NameKind> {
        NameKind::ALL.iter().copied().find(|it| it.as_str() == text)
    }
}

/// A name that was given: to what, when, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: Name,
    /// Our id of what it names; 0 for requests.
    pub subject: i64,
    /// The revision of the first answer.
    pub revision: i64,
    /// When it was given.
    pub at: OffsetDateTime,
    /// What was said and answered, where the name was given by saying something.
    pub said: Option<Heard>,
}

/// What was said under a name, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Tells the same content from another.
    pub fingerprint: Vec<u8>,
    /// The answer, in the words of `answer_version`.
    pub answer: Vec<u8>,
    /// How the answer is written.
    pub answer_version: i16,
}

/// What a request names: by our id of it, or as a system calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// Our id.
    Ours(i64),
    /// A system's name for it.
    Theirs(Name),
}

impl Named {
    /// The name, where it is a system's.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Named::Ours(_) => None,
            Named::Theirs(name) => Some(name),
        }
    }

    /// Wants what leads to it; our id, as far as it is known.
    pub fn want(&self, books: &mut Books) -> Option<i64> {
        if let Named::Theirs(name) = self {
            books.of::<Identity>().want(name);
        }
        self.id(books)
    }

    /// Our id, if that is known. Wanted before.
    pub fn id(&self, books: &mut Books) -> Option<i64> {
        match self {
            Named::Ours(id) => Some(*id),
            Named::Theirs(name) => Some(books.of::<Identity>().peek(name)?.subject),
        }
    }

    /// Our id, looked up outside of a command.
    pub async fn look_up(
        &self,
        conn: &mut sqlx::PgConnection,
        of: Environment,
    ) -> sqlx::Result<Option<i64>> {
        match self {
            Named::Ours(id) => Ok(Some(*id)),
            Named::Theirs(name) => {
                let found = Identity::load(conn, of, std::slice::from_ref(name)).await?;
                Ok(found.first().map(|it| it.subject))
            }
        }
    }
}

/// As whoever asked has named it.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Named::Ours(id) => id.fmt(f),
            Named::Theirs(name) => f.write_str(&name.id),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{KEY_JOINT}{}", self.kind.as_str(), self.system, self.id)
    }
}

impl Entry for Identity {
    type Key = Name;

    const KIND: Option<&'static str> = None;

    fn key(&self) -> Name {
        self.name.clone()
    }

    async fn load(
        conn: &mut sqlx::PgConnection,
        of: Environment,
        keys: &[Name],
    ) -> sqlx::Result<Vec<Identity>> {
        store::load(conn, of, keys).await
    }

    fn save(writes: &mut Writes, of: Environment, entries: &[&Identity]) {
        store::save(writes, of, entries);
    }

    fn remove(writes: &mut Writes, of: Environment, keys: &[Name]) {
        store::remove(writes, of, keys);
    }
}
