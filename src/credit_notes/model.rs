//! A credit note; changes once at most, when it is told how it was settled.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::decimal::Decimal;
use crate::id::{CreditNoteId, ExternalId, InvoiceId, OrderId, ReceptionId, ReturnId, SystemName};
use crate::money::Currency;
use crate::totals::{Charge, PriceMode, RoundingMode, Tax};

/// A document that lowers an invoice, or stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNote {
    /// Ours.
    pub id: CreditNoteId,
    /// Who issued it.
    pub system: SystemName,
    /// Its number there.
    pub external_id: ExternalId,
    /// What it is.
    pub kind: Kind,
    /// The invoice that it lowers, and that one's order.
    pub lowers: Option<(InvoiceId, OrderId)>,
    /// What it was issued for.
    pub cause: Option<Cause>,
    /// The date on the document.
    pub credit_date: Date,
    /// Why, for people.
    pub reason: String,
    /// In which currency.
    pub currency: Currency,
    /// Whether amounts contain taxes.
    pub price_mode: PriceMode,
    /// Where taxes are rounded.
    pub rounding_mode: RoundingMode,
    /// What is credited.
    pub lines: Vec<CreditLine>,
    /// Charges of the invoice that are credited.
    pub charges: Vec<Charge>,
    /// Taxes of the whole note.
    pub tax_totals: Vec<Tax>,
    /// What is credited in sum.
    pub total: Decimal,
    /// How it was settled; empty: not told yet.
    pub settlements: Vec<Settlement>,
    /// Who told that, and when.
    pub settled: Option<Settled>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Of the last change.
    pub revision: i64,
}

/// What a credit note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// All that is left of an invoice.
    Reversal,
    /// Units of an invoice's lines, or its charges.
    Correction,
    /// Amounts of an invoice's lines, and no units.
    PriceReduction,
    /// Of no invoice.
    FreeCredit,
}

/// What a credit note is issued for: at most one note for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What came back at one time, of which return.
    Reception(ReceptionId, ReturnId),
    /// A return as a whole.
    Return(ReturnId),
}

/// What is credited of a line of the invoice; or what a free credit is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditLine {
    /// The invoice's line.
    pub invoice_line: Option<ExternalId>,
    /// Units.
    pub quantity: Option<Decimal>,
    /// How much, as the price mode has it.
    pub amount: Decimal,
    /// Its taxes.
    pub taxes: Vec<Tax>,
    /// What for, for people.
    pub description: String,
    /// The article, for information.
    pub sku: String,
}

/// A part of the settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// How.
    pub kind: SettlementKind,
    /// How much of the total.
    pub amount: Decimal,
    /// The invoice whose open balance is lower now.
    pub invoice: Option<InvoiceId>,
}

/// That it was told how a credit note was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Who told it.
    pub by: SystemName,
    /// When it was recorded.
    pub at: OffsetDateTime,
}

/// How a credit note was settled, or what was kept back of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlementKind {
    /// Paid back.
    Refund,
    /// Kept for the buyer.
    StoreCredit,
    /// The invoice was not paid yet.
    OpenBalance,
    /// Rounded to what coins there are.
    CashRounding,
    /// Kept for the work of restocking.
    RestockingFee,
    /// Kept because the goods are worth less.
    LossOfValue,
    /// Given out of goodwill.
    Goodwill,
    /// Shipping, kept or given back.
    Shipping,
    /// Set off against an order in exchange.
    Exchange,
    /// Rounded by the ERP.
    ErpRounding,
}

impl Kind {
    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Reversal => "reversal",
            Kind::Correction => "correction",
            Kind::PriceReduction => "price_reduction",
            Kind::FreeCredit => "free_credit",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<Kind> {
        let all = [Kind::Reversal, Kind::Correction, Kind::PriceReduction, Kind::FreeCredit];
        all.into_iter().find(|it| it.as_str() == text)
    }
}

impl SettlementKind {
    const ALL: [SettlementKind; 10] = [
        SettlementKind::Refund,
        SettlementKind::StoreCredit,
        SettlementKind::OpenBalance,
        SettlementKind::CashRounding,
        SettlementKind::RestockingFee,
        SettlementKind::LossOfValue,
        SettlementKind::Goodwill,
        SettlementKind::Shipping,
        SettlementKind::Exchange,
        SettlementKind::ErpRounding,
    ];

    /// As the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            SettlementKind::Refund => "refund",
            SettlementKind::StoreCredit => "store_credit",
            SettlementKind::OpenBalance => "open_balance",
            SettlementKind::CashRounding => "cash_rounding",
            SettlementKind::RestockingFee => "restocking_fee",
            SettlementKind::LossOfValue => "loss_of_value",
            SettlementKind::Goodwill => "goodwill",
            SettlementKind::Shipping => "shipping",
            SettlementKind::Exchange => "exchange",
            SettlementKind::ErpRounding => "erp_rounding",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<SettlementKind> {
        SettlementKind::ALL.into_iter().find(|it| it.as_str() == text)
    }
}
