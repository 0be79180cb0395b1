<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Whether an article is sold at a moment. The first that is true of it, from the last one up. */
enum Sale: string
{
    /** Not told: whoever asks is no shop. */
    case Unspecified = 'SALE_UNSPECIFIED';
    /** It is. */
    case Open = 'SALE_OPEN';
    /** What is there is sold; nothing may wait for more, whatever order and environment allow. */
    case ClosedOut = 'SALE_CLOSED_OUT';
    /** Not yet. */
    case NotYet = 'SALE_NOT_YET';
    /** Not any more. */
    case Ended = 'SALE_ENDED';
    /** It is not. */
    case Blocked = 'SALE_BLOCKED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
