<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Whether the ERP has taken an order over. */
enum OrderHandover: string
{
    /** Not a state. */
    case Unspecified = 'ORDER_HANDOVER_UNSPECIFIED';
    /** It waits in the inbox, or somebody works on it. */
    case Waiting = 'ORDER_HANDOVER_WAITING';
    /** The ERP has it. */
    case Acknowledged = 'ORDER_HANDOVER_ACKNOWLEDGED';
    /** Nobody takes it over until somebody has looked at it: see `ListParked`. */
    case Parked = 'ORDER_HANDOVER_PARKED';
    /** The ERP never has to: it was cancelled before, or given up. */
    case Withdrawn = 'ORDER_HANDOVER_WITHDRAWN';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
