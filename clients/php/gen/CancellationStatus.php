<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How a wish to take units off an order was answered; follows from its lines. */
enum CancellationStatus: string
{
    /** Not a status. */
    case Unspecified = 'CANCELLATION_STATUS_UNSPECIFIED';
    /** Not yet. */
    case Requested = 'CANCELLATION_STATUS_REQUESTED';
    /** All that was wished is off. */
    case Accepted = 'CANCELLATION_STATUS_ACCEPTED';
    /** Some of it. */
    case PartAccepted = 'CANCELLATION_STATUS_PART_ACCEPTED';
    /** None of it. */
    case Refused = 'CANCELLATION_STATUS_REFUSED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
