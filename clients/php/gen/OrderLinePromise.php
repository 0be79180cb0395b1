<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What was promised of a line when the order came in. */
final class OrderLinePromise extends Message
{
    public function __construct(
        /** The shop's id of the line. */
        public string $lineId = '',
        /** Promised and there. */
        public string $reserved = '',
        /** Waited for. */
        public string $backOrdered = '',
        /**
         * Where: as named, or as the shop's priority has chosen it. Empty where an order of before this was
         * told is repeated.
         */
        public string $location = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('reserved', '', 'string'),
            $in->one('backOrdered', '', 'string'),
            $in->one('location', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('reserved', $this->reserved, '', 'string');
        $out->one('backOrdered', $this->backOrdered, '', 'string');
        $out->one('location', $this->location, '', 'string');
    }
}
