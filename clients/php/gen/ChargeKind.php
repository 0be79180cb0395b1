<?php

// Generated from erpsync/v1/document.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What a charge is. */
enum ChargeKind: string
{
    /** Not a kind. */
    case Unspecified = 'CHARGE_KIND_UNSPECIFIED';
    /** Shipping: adds to the total. */
    case Shipping = 'CHARGE_KIND_SHIPPING';
    /** A fee: adds to the total. */
    case Fee = 'CHARGE_KIND_FEE';
    /** A discount on the document: lowers the total; its amount is positive. */
    case Discount = 'CHARGE_KIND_DISCOUNT';
    /**
     * Rounding to what coins there are: adds to the total, or lowers it if negative; has no taxes. At
     * most 0.50 in sum (HUF 2.50; currencies without decimals 50; those of which the smallest note is
     * up to a thousand 500): AMOUNTS_DO_NOT_ADD_UP.
     */
    case CashRounding = 'CHARGE_KIND_CASH_ROUNDING';
    /** What is to be paid ahead of goods: adds to the total. Only in a PREPAYMENT invoice. */
    case Prepayment = 'CHARGE_KIND_PREPAYMENT';
    /**
     * What was invoiced ahead of these goods: lowers the total; its amount is positive. Only in a
     * STANDARD invoice; `prepayment_invoice` says by which.
     */
    case PrepaymentDeduction = 'CHARGE_KIND_PREPAYMENT_DEDUCTION';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
