//! The same, to whoever watches everything.

use super::{Assignment, Buffer, Sellability, store, wire};
use crate::changes::{Entries, Source};
use crate::id::{Sku, SystemName};
use crate::proto::change_entry::State;

/// All of it, kind by kind.
pub fn sources() -> [Box<dyn Source>; 3] {
    [
        Box::new(Entries::<Assignment> {
            key: |it| Some(SystemName::stored(it)),
            told: Box::new(|it| (it.revision, State::StockAssignment(wire::told_assignment(it)))),
            gone: |_| None,
            list: |conn, of, after, limit| {
                Box::pin(async move { store::assignments(conn, of, None, after, limit).await })
            },
        }),
        Box::new(Entries::<Buffer> {
            key: wire::buffer_key,
            told: Box::new(|it| (it.revision, State::StockBuffer(wire::told_buffer(it)))),
            gone: |_| None,
            list: |conn, of, after, limit| {
                let after = after.and_then(wire::buffer_key);
                Box::pin(async move { store::buffers(conn, of, None, after.as_ref(), limit).await })
            },
        }),
        Box::new(Entries::<Sellability> {
            key: |it| Some(Sku::stored(it)),
            told: Box::new(|it| (it.revision, State::Sellability(wire::told_article(it)))),
            gone: |_| None,
            list: |conn, of, after, limit| {
                Box::pin(async move { store::articles(conn, of, None, after, limit).await })
            },
        }),
    ]
}
