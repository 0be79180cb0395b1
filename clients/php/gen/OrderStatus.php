<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How far an order has come, derived from its lines. */
enum OrderStatus: string
{
    /** Not a status. */
    case Unspecified = 'ORDER_STATUS_UNSPECIFIED';
    /** Nothing has left yet. */
    case Open = 'ORDER_STATUS_OPEN';
    /** All of it was cancelled. */
    case Cancelled = 'ORDER_STATUS_CANCELLED';
    /** Some of it has left. */
    case PartShipped = 'ORDER_STATUS_PART_SHIPPED';
    /** Nothing is open any more. */
    case Shipped = 'ORDER_STATUS_SHIPPED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
