<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What became of announced units on their way. A line keeps how many are in each state. */
enum ReceptionState: string
{
    /** Not a state; of what has come: RECEIVED. */
    case Unspecified = 'RECEPTION_STATE_UNSPECIFIED';
    /** Announced, and not here: `awaited`. */
    case Awaiting = 'RECEPTION_STATE_AWAITING';
    /** Here: `received`. */
    case Received = 'RECEPTION_STATE_RECEIVED';
    /** Lost on their way, as their carrier says: `lost`. What turns up all the same is RECEIVED. */
    case Lost = 'RECEPTION_STATE_LOST';
    /** Another article came in their place: `wrong_item`. They may be announced anew. */
    case WrongItem = 'RECEPTION_STATE_WRONG_ITEM';
    /**
     * Awaited no more, because the return was declined, closed or has expired: `released`. They may be
     * announced anew.
     */
    case Released = 'RECEPTION_STATE_RELEASED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
