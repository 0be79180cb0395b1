<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How a credit note was settled, or what was kept back of it. */
enum SettlementKind: string
{
    /** Not a kind. */
    case Unspecified = 'SETTLEMENT_KIND_UNSPECIFIED';
    /** Paid back. */
    case Refund = 'SETTLEMENT_KIND_REFUND';
    /** Kept for the buyer. */
    case StoreCredit = 'SETTLEMENT_KIND_STORE_CREDIT';
    /** The invoice was not paid yet, and is lower now. */
    case OpenBalance = 'SETTLEMENT_KIND_OPEN_BALANCE';
    /** Rounded to what coins there are: no more in sum than CHARGE_KIND_CASH_ROUNDING permits. */
    case CashRounding = 'SETTLEMENT_KIND_CASH_ROUNDING';
    /** Kept for the work of restocking. */
    case RestockingFee = 'SETTLEMENT_KIND_RESTOCKING_FEE';
    /** Kept because the goods are worth less. */
    case LossOfValue = 'SETTLEMENT_KIND_LOSS_OF_VALUE';
    /** Given out of goodwill. */
    case Goodwill = 'SETTLEMENT_KIND_GOODWILL';
    /** Shipping, which is kept or given back. */
    case Shipping = 'SETTLEMENT_KIND_SHIPPING';
    /** Set off against an order in exchange. */
    case Exchange = 'SETTLEMENT_KIND_EXCHANGE';
    /** Rounded by the ERP: at most one minor unit for each line and rate. */
    case ErpRounding = 'SETTLEMENT_KIND_ERP_ROUNDING';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
