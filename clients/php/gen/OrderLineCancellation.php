<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Units to take off an order's line. */
final class OrderLineCancellation extends Message
{
    public function __construct(
        /** The order's line. */
        public string $lineId = '',
        /** Units, more than zero, at most what is open; empty: all that is open. */
        public string $quantity = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('quantity', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
    }
}
