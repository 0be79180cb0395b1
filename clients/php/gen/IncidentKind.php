<?php

// Generated from erpsync/v1/monitoring.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** A kind of condition that somebody should look at. */
enum IncidentKind: string
{
    /** Not a kind. */
    case Unspecified = 'INCIDENT_KIND_UNSPECIFIED';
    /**
     * More of an order's lines has left than was ordered, and the environment does not tolerate it.
     * Subject: erpsync's id of the order. Metadata: `order_id`, `shop`, `external_order_id`,
     * `over_shipped` (units of all lines beyond their orders). Ends when nothing is beyond any more:
     * the shipment was cancelled, or the order amended.
     */
    case OverShipped = 'INCIDENT_KIND_OVER_SHIPPED';
    /**
     * A shipment contains goods that its order does not name, and the environment does not tolerate
     * it. Subject: erpsync's id of the shipment. Metadata: `shipment_id`, `order_id`, `quantity`.
     * Ends when the shipment is cancelled.
     */
    case ShippedBeyondOrder = 'INCIDENT_KIND_SHIPPED_BEYOND_ORDER';
    /**
     * More units were credited because of a return than came and were accepted: they were rejected, or
     * never came, after the money was told. Subject: erpsync's id of the return. Metadata: `return_id`,
     * `shop`, `external_return_id`, `order_id`, `over_credited` (units of all lines). Ends when as many
     * are accepted.
     */
    case OverCredited = 'INCIDENT_KIND_OVER_CREDITED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
