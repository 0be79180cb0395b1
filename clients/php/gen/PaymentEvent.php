<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What happened to a payment. */
enum PaymentEvent: string
{
    /** Not an event. */
    case Unspecified = 'PAYMENT_EVENT_UNSPECIFIED';
    /** The buyer's money is set aside. */
    case Authorised = 'PAYMENT_EVENT_AUTHORISED';
    /** The merchant has the money. */
    case Captured = 'PAYMENT_EVENT_CAPTURED';
    /** The buyer has it back. */
    case Refunded = 'PAYMENT_EVENT_REFUNDED';
    /** Nothing came of it: no money moved. */
    case Failed = 'PAYMENT_EVENT_FAILED';
    /** The buyer's bank has taken it back. */
    case ChargedBack = 'PAYMENT_EVENT_CHARGED_BACK';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
