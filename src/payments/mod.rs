//! What happened to the payments of orders: kept as told, in any order, and added up.

mod model;
mod service;
mod store;
mod wire;

pub use model::{Event, Payment};
pub use service::PaymentDesk;
pub use wire::payment as told;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::books::{Books, Moment, Name, NameKind, Named, Weight};
use crate::decimal::Decimal;
use crate::documents::ByShop;
use crate::error::{Reason, Refusal, Result};
use crate::id::{ExternalId, OrderId, PaymentId, SystemName, TaskId};
use crate::inbox::{self, Kind};
use crate::money::{Currency, currency_mismatch};
use crate::orders::Order;
use crate::parking::Fact;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Payment>()
}

/// Something happened to a payment, as a shop or the ERP tells of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Who tells.
    pub system: SystemName,
    /// Its id there.
    pub external_id: ExternalId,
    /// Of which order.
    pub order: Named,
    /// What happened.
    pub event: Event,
    /// In which currency.
    pub currency: Currency,
    /// How much.
    pub amount: Decimal,
    /// When it happened there.
    pub event_time: Option<OffsetDateTime>,
    /// How it was paid, for people.
    pub method: String,
    /// What the payment provider calls it.
    pub reference: String,
    /// Whether the ERP has to be told: it is not the one that tells.
    pub for_erp: bool,
    /// Whose orders whoever tells sees: of others it is as of unknown ones.
    #[serde(default, skip_serializing_if = "ByShop::is_all")]
    pub sees: ByShop,
}

impl Fact for Record {
    const KIND: &'static str = "payment";

    fn name(&self) -> Name {
        let (system, id) = (self.system.clone(), self.external_id.to_string());
        Name { system, kind: NameKind::Payment, id }
    }

    fn names(&self) -> Vec<Name> {
        self.order.name().into_iter().cloned().collect()
    }

    fn needs(&self, id: i64, books: &mut Books) {
        books.of::<Payment>().want(&PaymentId(id));
        if let Some(order) = self.sees.want::<Order>(books, &self.order)
            && self.for_erp
        {
            inbox::needs_offer_behind(books, TaskId(id), order.id);
        }
    }

    type Made = ();

    fn apply(&self, id: i64, books: &mut Books, at: Moment) -> Result<()> {
        let mut order: Order = self.sees.find(books, &self.order)?;
        if self.currency != order.content.currency {
            return Err(currency_mismatch("the payment", order.content.currency, self.currency));
        }
        let sum = match self.event {
            Event::Authorised => Some(&mut order.payments.authorised),
            Event::Captured => Some(&mut order.payments.captured),
            Event::Refunded => Some(&mut order.payments.refunded),
            Event::ChargedBack => Some(&mut order.payments.charged_back),
            Event::Failed => None,
        };
        if let Some(sum) = sum {
            *sum = sum.try_add(self.amount)?;
        }
        order.documents += 1;
        if self.for_erp {
            let offer = order.offer(TaskId(id), Kind::Payment);
            let (system, external_id) = (self.system.clone(), self.external_id.clone());
            inbox::offer_behind(books, inbox::Offer { system, external_id, ..offer }, at.now)?;
        }
        let Record { system, external_id, method, reference, .. } = self.clone();
        books.of().put(Payment {
            id: PaymentId(id),
            system,
            external_id,
            order: order.id,
            event: self.event,
            currency: self.currency,
            amount: self.amount,
            event_time: self.event_time,
            method,
            reference,
            recorded_at: at.now,
            revision: 0,
        });
        books.of().put(order);
        Ok(())
    }

    fn is_kept_for(&self, refusal: &Refusal) -> bool {
        matches!(refusal.reason, Reason::WaitsForDocument | Reason::CurrencyMismatch)
    }

    fn order(&self, books: &mut Books) -> Option<OrderId> {
        self.sees.find::<Order>(books, &self.order).ok().map(|it| it.id)
    }

    fn weight(&self) -> Weight {
        Weight { rows: 4, bytes: 1024 }
    }
}
