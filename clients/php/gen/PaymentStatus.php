<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How far an order is paid; follows from the sums. */
enum PaymentStatus: string
{
    /** Not a status. */
    case Unspecified = 'PAYMENT_STATUS_UNSPECIFIED';
    /** No money was promised or moved. */
    case Unpaid = 'PAYMENT_STATUS_UNPAID';
    /** Some is set aside, and none is kept. */
    case Authorised = 'PAYMENT_STATUS_AUTHORISED';
    /** Less is kept than the order's total. */
    case PartPaid = 'PAYMENT_STATUS_PART_PAID';
    /** As much is kept as the order's total, or more. */
    case Paid = 'PAYMENT_STATUS_PAID';
    /** None is kept any more: it was refunded. */
    case Refunded = 'PAYMENT_STATUS_REFUNDED';
    /** None is kept any more: some was charged back. */
    case ChargedBack = 'PAYMENT_STATUS_CHARGED_BACK';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
