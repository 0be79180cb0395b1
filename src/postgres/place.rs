//! Where rows lie.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type};

/// Where an entry's row lies, as far as that is known: found there, or to be heard of from whoever writes it. What is
/// written again lies in another place.
#[derive(Clone, Debug, Default)]
pub struct Place(Option<Arc<AtomicU64>>);

/// No row lies there.
const NOWHERE: u64 = u64::MAX;

impl Place {
    /// There it was found.
    pub fn of(tid: Tid) -> Place {
        Place(Some(Arc::new(AtomicU64::new(tid.0))))
    }

    /// The row is not there yet. Whoever writes it tells where it lies.
    pub fn to_come() -> Place {
        Place::of(Tid(NOWHERE))
    }

    /// There it lies, if that is known.
    pub fn tid(&self) -> Option<Tid> {
        let tid = self.0.as_ref()?.load(Ordering::Relaxed);
        (tid != NOWHERE).then_some(Tid(tid))
    }

    /// There it was written.
    pub fn tell(&self, Tid(tid): Tid) {
        if let Some(it) = &self.0 {
            it.store(tid, Ordering::Relaxed);
        }
    }

    /// Whether it is known.
    pub fn is_known(&self) -> bool {
        self.tid().is_some()
    }
}

/// What Postgres calls a row's `ctid`: the number of its block, and under which of the block's items it lies, in the
/// lowest 16 bits. It changes whenever the row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tid(pub u64);

impl Tid {
    /// The number of its block.
    pub fn block(self) -> u64 {
        self.0 >> 16
    }

    /// The number of its item.
    pub fn item(self) -> u16 {
        self.0 as u16
    }
}

impl Type<Postgres> for Tid {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(27))
    }
}

impl PgHasArrayType for Tid {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(1010))
    }
}

impl Encode<'_, Postgres> for Tid {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(&self.0.to_be_bytes()[2..]);
        Ok(IsNull::No)
    }
}

impl Decode<'_, Postgres> for Tid {
    fn decode(value: PgValueRef<'_>) -> Result<Tid, BoxDynError> {
        let mut bytes = [0; 8];
        match (value.format(), value.as_bytes()?) {
            (PgValueFormat::Binary, tid) if tid.len() == 6 => bytes[2..].copy_from_slice(tid),
            _ => return Err("a tid has six bytes".into()),
        }
        Ok(Tid(u64::from_be_bytes(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_who_have_a_place_hear_where_a_row_lies() {
        let (place, nowhere) = (Place::to_come(), Place::default());
        let same = place.clone();
        assert!(!same.is_known());
        place.tell(Tid(0x0001_0007));
        assert_eq!(same.tid().map(|it| (it.block(), it.item())), Some((1, 7)));
        nowhere.tell(Tid(1));
        assert!(!nowhere.is_known());
    }
}
