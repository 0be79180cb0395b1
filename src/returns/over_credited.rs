//! More was credited because of a return than came and was accepted: a fact that somebody should look
//! at, because money has gone that nobody can take back by himself.

use time::OffsetDateTime;

use super::Return;
use crate::books::Books;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::id::ReturnId;
use crate::incidents::{self, Finding, IncidentKey, Kind};

/// What [`put`] needs.
pub fn needs_put(books: &mut Books, id: ReturnId) {
    incidents::needs_observe(books, &key(id));
}

/// Keeps a return of which units came, were judged, are awaited no more or were proved to be sent, and
/// begins or ends its incident.
pub fn put(books: &mut Books, of: Return, now: OffsetDateTime) -> Result<()> {
    let over = Decimal::try_sum(of.lines.iter().map(|it| of.over_credited(it)))?;
    let finding = over.is_positive().then(|| {
        let Return { id, system, external_id, order, .. } = &of;
        let message = format!(
            "because of return \"{external_id}\" of {system} {over} more were credited than were \
            accepted; agree with the buyer, or accept what was rejected"
        );
        Finding::new(message)
            .of_order(*order)
            .with("return_id", id)
            .with("shop", system)
            .with("external_return_id", external_id)
            .with("order_id", order)
            .with("over_credited", over)
    });
    incidents::observe(books, &key(of.id), finding, now);
    books.of().put(of);
    Ok(())
}

fn key(id: ReturnId) -> IncidentKey {
    IncidentKey { kind: Kind::OverCredited, subject: id.to_string() }
}
