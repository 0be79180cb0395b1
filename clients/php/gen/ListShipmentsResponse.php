<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of shipments. */
final class ListShipmentsResponse extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<Shipment>
         */
        public array $shipments = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('shipments', 'message', Shipment::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('shipments', $this->shipments, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
