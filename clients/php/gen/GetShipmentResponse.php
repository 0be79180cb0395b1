<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A shipment. */
final class GetShipmentResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?Shipment $shipment = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('shipment', 'message', Shipment::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('shipment', $this->shipment, 'message');
    }
}
