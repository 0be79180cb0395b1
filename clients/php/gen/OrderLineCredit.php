<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** How much of a line of an order would be credited. */
final class OrderLineCredit extends Message
{
    public function __construct(
        /** The order's line. */
        public string $orderLineId = '',
        /** Units, more than zero. */
        public string $quantity = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('orderLineId', '', 'string'),
            $in->one('quantity', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('orderLineId', $this->orderLineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
    }
}
