<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The shipment is in. */
final class CreateShipmentResponse extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $shipmentId = '',
        /** Whether it was applied, or waits. */
        public ?FactResult $result = null,
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('shipmentId', '', 'string'),
            $in->optional('result', 'message', FactResult::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('shipmentId', $this->shipmentId, '', 'string');
        $out->optional('result', $this->result, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
