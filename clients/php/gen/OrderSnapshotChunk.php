<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Some orders of a snapshot. */
final class OrderSnapshotChunk extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<Order>
         */
        public array $orders = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('orders', 'message', Order::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('orders', $this->orders, 'message');
    }
}
