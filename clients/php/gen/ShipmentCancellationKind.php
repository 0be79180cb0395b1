<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Why a shipment is undone. */
enum ShipmentCancellationKind: string
{
    /** Not a kind. */
    case Unspecified = 'SHIPMENT_CANCELLATION_KIND_UNSPECIFIED';
    /** The parcel never left. */
    case NeverLeft = 'SHIPMENT_CANCELLATION_KIND_NEVER_LEFT';
    /** The carrier brought it back undelivered. */
    case CarrierReturn = 'SHIPMENT_CANCELLATION_KIND_CARRIER_RETURN';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
