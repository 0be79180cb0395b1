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
    /**
     * Less of an article lies at a location than is promised there: a statement, a shipment or another
     * movement has taken what was sold, or what never lay there. Subject: `sku` and `location`. Metadata: `sku`, `location`,
     * `short`, `reserved`, `on_hand`. Ends when as much lies there as is promised: more came, or less is
     * promised.
     */
    case Short = 'INCIDENT_KIND_SHORT';
    /**
     * The last five readings, or more, that a source gave of a level were all STALE: it was restored
     * without raising `source_epoch`, or lost count. Nothing that it says of such a level counts. Subject:
     * the system. Metadata: `system`, `levels` (how many there are now), `sku` and `location` (of the one
     * that became so last), and of that one `source_epoch` and `statement_sequence`, below which readings
     * are stale. Ends when of none of them the last reading was stale.
     */
    case StaleStatements = 'INCIDENT_KIND_STALE_STATEMENTS';
    /**
     * Articles, or locations, whose keys differ in case alone: they are different things, and mostly one
     * thing that two systems write in two ways. Subject: `sku` and `location`, in lower case as far as
     * letters are of ASCII. Metadata: `skus` and `locations`, as they are written, joined by U+001F. Ends
     * when of all but one of them nothing lies there, is promised or waited for.
     */
    case KeysDifferInCase = 'INCIDENT_KIND_KEYS_DIFFER_IN_CASE';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
