<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How a wish for another state of an order was answered. */
enum AmendmentStatus: string
{
    /** Not a status. */
    case Unspecified = 'AMENDMENT_STATUS_UNSPECIFIED';
    /** Not yet. */
    case Requested = 'AMENDMENT_STATUS_REQUESTED';
    /** The order is as it was wished. */
    case Accepted = 'AMENDMENT_STATUS_ACCEPTED';
    /** The ERP has changed it in another way, which is what counts. */
    case PartAccepted = 'AMENDMENT_STATUS_PART_ACCEPTED';
    /** The order is as it was. */
    case Refused = 'AMENDMENT_STATUS_REFUSED';
    /** Of an answer alone: a newer version was said before, and nothing happened. */
    case Stale = 'AMENDMENT_STATUS_STALE';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
