<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Names a shipment. */
final class GetShipmentRequest extends Message
{
    public function __construct(
        /** Which. */
        public ?DocumentReference $shipment = null,
        /** Waits, at most 5 s, until this revision can be read; REVISION_NOT_REACHED after that. */
        public int $atLeastRevision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('shipment', 'message', DocumentReference::class),
            $in->one('atLeastRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('shipment', $this->shipment, 'message');
        $out->one('atLeastRevision', $this->atLeastRevision, 0, 'int64');
    }
}
