//! What is true of one order: what was ordered, and what became of each line.

mod demand;
mod line;
mod payments;

pub use demand::Demand;
pub use line::{Line, Status};
pub use payments::{PaymentStatus, Payments};

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::decimal::Decimal;
use crate::documents::Wording;
use crate::error::Result;
use crate::id::{ExternalId, OrderId, ReturnId, SystemName, TaskId};
use crate::inbox::{self, Handover};
use crate::money::Currency;
use crate::totals::{Charge, Document, PriceMode, RoundingMode, Tax};

/// An order as a shop says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Content {
    /// The date on the document.
    pub order_date: Option<Date>,
    /// Whether it was sold already: then it cannot be refused.
    pub already_placed: bool,
    /// Whether it may wait for stock.
    pub allow_back_order: bool,
    /// In which currency.
    pub currency: Currency,
    /// Whether prices contain taxes.
    pub price_mode: PriceMode,
    /// Where taxes are rounded.
    pub rounding_mode: RoundingMode,
    /// What is charged beside goods.
    pub charges: Vec<Charge>,
    /// Taxes of the whole order.
    pub tax_totals: Vec<Tax>,
    /// What is to be paid.
    pub total: Decimal,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// Who pays.
    pub billing_address: Option<Address>,
    /// The shop's id of the customer; empty: a guest.
    pub external_customer_id: String,
}

/// Where something goes, or who pays: a snapshot, never looked up again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The person.
    pub name: String,
    /// The company.
    pub company: String,
    /// Street and number.
    pub street: String,
    /// Its second line.
    pub street_extra: String,
    /// The postal code.
    pub postal_code: String,
    /// The city.
    pub city: String,
    /// The state or region.
    pub region: String,
    /// ISO 3166-1.
    pub country_code: String,
    /// For mail.
    pub email: String,
    /// For calls.
    pub phone: String,
}

/// An order, as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Ours.
    pub id: OrderId,
    /// Who submitted it.
    pub shop: SystemName,
    /// Under which number.
    pub external_id: ExternalId,
    /// When it came in.
    pub placed_at: OffsetDateTime,
    /// As it was said.
    pub content: Content,
    /// What was ordered, and what became of it.
    pub lines: Vec<Line>,
    /// Whether the ERP has taken it over.
    pub handover: Handover,
    /// Who keeps it back, if somebody does.
    pub hold: Option<Hold>,
    /// What was paid.
    pub payments: Payments,
    /// How often a document of it came or changed (shipments, invoices, payments, amendments,
    /// cancellations, credit notes), so that each is a change of it.
    pub documents: i32,
    /// The newest state of it that its shop has said; 0: the one in which it came.
    pub shop_version: i64,
    /// The return in exchange for which it was placed.
    pub replaces: Option<ReturnId>,
    /// Whether its content and what was ordered have still to be written.
    pub wording: Wording,
    /// Of the last change.
    pub revision: i64,
}

/// That an order is kept back: none of its tasks is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// By whom.
    pub by: SystemName,
    /// Why, for people.
    pub reason: String,
    /// Since when.
    pub at: OffsetDateTime,
}

impl Order {
    /// How far it has come: all that its lines say.
    pub fn status(&self) -> Status {
        Status::of(&self.lines)
    }

    /// Work of this order for the ERP.
    pub fn offer(&self, id: TaskId, kind: inbox::Kind) -> inbox::Offer {
        inbox::Offer {
            id,
            kind,
            system: self.shop.clone(),
            external_id: self.external_id.clone(),
            order: self.id,
            order_lines: self.lines.len(),
        }
    }

    /// Fine, or what does not add up. Asked before a wish is taken in; of a fact it is told.
    pub fn must_add_up(&self) -> Result<()> {
        must_add_up(&self.content, &self.lines)
    }

    /// What must be true of every order.
    pub fn must_be_sound(&self) -> Result<(), String> {
        self.lines.iter().try_for_each(Line::must_be_sound)
    }
}

/// Fine, or what does not add up.
pub fn must_add_up(content: &Content, lines: &[Line]) -> Result<()> {
    for (nth, line) in lines.iter().enumerate() {
        line.ordered.must_add_up(content.currency, nth)?;
    }
    let lines = lines.iter().enumerate().map(|(nth, it)| it.ordered.part(nth));
    let charges = content.charges.iter().enumerate().map(|(nth, it)| it.part(nth));
    Document {
        currency: content.currency,
        price_mode: content.price_mode,
        rounding_mode: content.rounding_mode,
        parts: lines.chain(charges).collect(),
        tax_totals: &content.tax_totals,
        total: content.total,
    }
    .must_add_up()
}
