<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How far a return has come. */
enum ReturnStatus: string
{
    /** Not a status. */
    case Unspecified = 'RETURN_STATUS_UNSPECIFIED';
    /** Nobody has allowed it yet. */
    case Requested = 'RETURN_STATUS_REQUESTED';
    /** It may come. */
    case Approved = 'RETURN_STATUS_APPROVED';
    /** It may not come. */
    case Declined = 'RETURN_STATUS_DECLINED';
    /** Some of it has come, or was lost; some is awaited. */
    case PartReceived = 'RETURN_STATUS_PART_RECEIVED';
    /** Nothing is awaited any more: all of it has come, or was lost. */
    case Received = 'RETURN_STATUS_RECEIVED';
    /** It was ended: nothing more may come. */
    case Closed = 'RETURN_STATUS_CLOSED';
    /** Nothing of it had come when its time was over: nothing may come. */
    case Expired = 'RETURN_STATUS_EXPIRED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
