<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Where a reservation stands. */
enum ReservationState: string
{
    /** Not a state. */
    case Unspecified = 'RESERVATION_STATE_UNSPECIFIED';
    /**
     * Its units are promised until `expire_time`. It may show so for a moment longer: from that time
     * on it has ended for every call, and its units are free once that is written, within a second.
     */
    case Held = 'RESERVATION_STATE_HELD';
    /** Its units were sold. */
    case Consumed = 'RESERVATION_STATE_CONSUMED';
    /** Its units were given back. */
    case Released = 'RESERVATION_STATE_RELEASED';
    /** Its time was over. */
    case Expired = 'RESERVATION_STATE_EXPIRED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
